"""Kinds of notice: what a person can mute outside the app, and what he cannot (C9).

What asks a reply of somebody, reminds of one, calls to a meeting or tells a signer what was entered in his name always
goes out. What only informs is a kind of its noun, and each person may mute it.
"""

from dataclasses import dataclass

from app.core.enforces import enforces
from app.rules.catalogue import TABLES

# The channels that can be muted; the inbox in the app cannot.
OUTSIDE = ("mail", "webhook")
MEETING_NOTICES = frozenset({"meeting.convene", "meeting.change", "meeting.postpone", "meeting.cancel"})


@dataclass(frozen=True, slots=True)
class Kind:
    code: str
    zh: str
    en: str
    mandatory: bool = False


_MANDATORY = (
    Kind("reply", "等待您办理的事项", "What waits for your reply", True),
    Kind("reminder", "催办", "Reminders", True),
    Kind("meeting_notice", "会议通知和变更", "Notice of a meeting and its changes", True),
    Kind("secrecy", "拒收涉密内容的情况", "That a state secret was refused", True),
    Kind("paper", "纸面签署代录", "What was entered for you from paper", True),
)
_INFORMING = tuple(Kind(table.noun, f"{table.zh}进展", f"{table.en}: progress") for table in TABLES.values())
_OTHER = Kind("other", "其他通知", "Other news")
KINDS: dict[str, Kind] = {kind.code: kind for kind in (*_MANDATORY, *_INFORMING, _OTHER)}
MUTABLE = frozenset(code for code, kind in KINDS.items() if not kind.mandatory)


@enforces("C9")
def kind_of(event: str, asked: bool = False) -> Kind:
    """The kind of an event's name, such as motion.endorse. `asked`: the one who is told of it owes a reply from now."""
    noun = event.partition(".")[0]
    if noun == "task":
        return KINDS["reminder"]
    if event in MEETING_NOTICES:
        return KINDS["meeting_notice"]
    return KINDS["reply"] if asked else KINDS.get(noun, _OTHER)
