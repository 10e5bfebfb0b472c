"""The command: `python -m tests.support.removals [--clause A3.5 ...] [--kind guard ...] [--name TEXT]`."""

import argparse
import os
import sys
from collections import Counter

import pytest

from tests.support.removals.runner import Trial


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.support.removals")
    parser.add_argument("--clause", nargs="*", default=[], help="only these clauses")
    parser.add_argument("--kind", nargs="*", default=[], help="only these of: row guard policy code")
    parser.add_argument("--name", default="", help="only removals whose name has this in it")
    given = parser.parse_args()
    with os.fdopen(os.dup(1), "w") as out:
        trial = Trial(given.clause, given.kind, given.name, out)
        ended = pytest.main(["-q", "-n0", "-p", "no:cacheprovider", "tests"], plugins=[trial])
    for clause, count in Counter(each.clauses[0] for each in trial.holes).items():
        print(f"{clause}: {count} removals that no test notices")
    print(f"removals: {trial.tried} tried, {len(trial.holes)} holes, {len(trial.broken)} could not be tried")
    return 1 if ended or trial.holes or trial.broken or not trial.tried else 0


if __name__ == "__main__":
    sys.exit(main())
