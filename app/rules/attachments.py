"""What files a matter can have: for which purpose, put in by whom, in which of its states (A3.3, A3.7, C3, C8, C20)."""

from dataclasses import dataclass

MOST_FILES = 200


@dataclass(frozen=True, slots=True)
class Purpose:
    """One row. Who may is a policy line `attachment:file_<name>`; what must hold besides, guards.

    states     in which a file can be put in or withdrawn; any of them, where none is named
    amending   in which that changes what others have judged or signed, and so needs a reason (C16)
    of_text    the files are part of the matter's text: a signature on it is bound to them (A3.5)
    held_by    whose alone the file is until it is handed in with an answer, a view or a report; nobody's: at once all's
    """

    name: str
    noun: str
    zh: str
    en: str
    clause: str
    states: frozenset[str] = frozenset()
    amending: frozenset[str] = frozenset()
    guards: tuple[str, ...] = ()
    of_text: bool = False
    held_by: str = ""

    @property
    def action(self) -> str:
        return f"file_{self.name}"


_DRAFT = frozenset({"draft", "returned"})
_AMENDING = frozenset({"admitted", "under_review", "ready", "listed"})
_ROWS = (
    Purpose("paper", "motion", "议题材料", "Motion paper", "A4.2", _DRAFT | _AMENDING, _AMENDING, of_text=True),
    Purpose("topic", "topic", "议题材料", "Topic paper", "B2.4", _DRAFT, guards=("heads_department",), of_text=True),
    Purpose("annex", "document", "文件附件", "Annex of a document", "A3.5", frozenset({"draft"}),
            guards=("is_drafter",), of_text=True),
    Purpose("opinion", "opinion", "意见附件", "File with an opinion", "A3.3", frozenset({"asked", "closed"}),
            guards=("of_asked_unit",), held_by="asked_unit"),
    Purpose("view", "panel_member", "专家意见附件", "File with an expert's view", "A3.7",
            frozenset({"called", "received"}), guards=("is_panelist",), held_by="panelist"),
    Purpose("evidence", "directive", "佐证材料", "Evidence of a report", "C3", frozenset({"in_progress"}),
            guards=("of_lead_unit",), held_by="lead_unit"),
)  # fmt: skip
PURPOSES: dict[str, Purpose] = {row.name: row for row in _ROWS}
# The scan of a signature given on paper belongs to that signature, on whatever matter it stands (C20).
SCAN = Purpose("scan", "", "纸面签署扫描件", "Scan of a signature on paper", "C20")
NAMES = {name: (row.zh, row.en) for name, row in {**PURPOSES, SCAN.name: SCAN}.items()}
# Matters in whose place of papers a register card can stand, besides those with files (A4.4).
CARDED = frozenset({"motion", "topic", "document"})


def purpose_of(noun: str) -> Purpose | None:
    """The files that this noun can have."""
    return next((row for row in _ROWS if row.noun == noun), None)
