"""What a process has answered since it began, counted for whoever watches it (the text format of Prometheus)."""

from collections import Counter
from collections.abc import Mapping

from schema.errors import NotExecuted

NAMES = {
    "yishi_graphql_answers_total": "Requests that were executed, by kind of operation and way of answering.",
    "yishi_graphql_refusals_total": "Requests that were not executed, by code.",
    "yishi_graphql_not_planned_total": "Queries that the planner left to the resolvers, by reason.",
}

MOST = 50  # reasons are few; a long list of them would be a fault, and not the watcher's


class Tally:
    """Counts that only grow. An operation that was planned took one statement."""

    def __init__(self) -> None:
        self.answers: Counter[tuple[str, str]] = Counter()
        self.refusals: Counter[str] = Counter()

    def refused(self, error: NotExecuted) -> None:
        extensions = error.errors[0].extensions or {}
        self.refusals[str(extensions.get("code", ""))] += 1

    def text(self, not_planned: Mapping[str, int]) -> str:
        answers = {f'kind="{kind}",by="{by}"': count for (kind, by), count in self.answers.items()}
        refusals = {f'code="{code}"': count for code, count in self.refusals.items()}
        reasons = {f'because="{_plain(why)}"': count for why, count in Counter(not_planned).most_common(MOST)}
        lines = []
        for (name, says), counts in zip(NAMES.items(), (answers, refusals, reasons), strict=True):
            lines += [f"# HELP {name} {says}", f"# TYPE {name} counter"]
            lines += [f"{name}{{{labels}}} {count}" for labels, count in sorted(counts.items())]
        return "\n".join([*lines, ""])


def _plain(text: str) -> str:
    """As a label may stand between quotation marks."""
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")[:100]
