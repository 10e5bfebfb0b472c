"""Do a draw of experts again, with nothing but Python (A3.7): `python redo.py draw.json`.

draw.json is the record of a draw, as the pages and the API hand it out. The algorithm is told in README.md beside this
file and written down here a second time, so that it need not be taken on trust. Exit 0: the same result; 1: not.
"""

import hashlib
import json
import sys

ALGORITHM = "yishi-draw-1"


def sha256(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def redo(commitment, seed):
    """The experts that this seed draws under these conditions, lot by lot."""
    conditions = json.loads(commitment)
    commit_hash = sha256(commitment)
    gone = {each["expert"] for each in conditions["excluded"]}
    result = []
    for number, lot in enumerate(conditions["lots"], start=1):
        tickets = []
        for each in conditions["pool"]:
            if lot["field"] in each["fields"] and each["expert"] not in gone:
                words = "\n".join([ALGORITHM, seed, commit_hash, str(number), each["expert"]])
                tickets.append((sha256(words), each["expert"]))
        drawn = [expert for _, expert in sorted(tickets)[: lot["number"]]]
        gone.update(drawn)
        result.append(drawn)
    return result


def main(path):
    with open(path, encoding="utf-8") as file:
        record = json.load(file)
    faults = []
    if record["algorithm"] != ALGORITHM:
        faults.append("another algorithm: " + record["algorithm"])
    if sha256(record["commitment"]) != record["commit_hash"]:
        faults.append("the conditions do not fit their hash")
    if record["fixed_at"] > record["drawn_at"]:
        faults.append("drawn before the conditions were fixed")
    drawn = redo(record["commitment"], record["seed"])
    if drawn != record["drawn"]:
        faults.append("the seed draws somebody else: " + json.dumps(drawn))
    for number, lot in enumerate(drawn, start=1):
        print(f"lot {number}: {', '.join(lot)}")
    for fault in faults:
        print("DIFFERS: " + fault)
    print("redo: " + ("not the same" if faults else "the same result"))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
