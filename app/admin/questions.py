"""The forms in which the office answers what a draft of a directive leaves open (C19)."""

from app.admin.fields import Field
from app.admin.panels import Panel

ACTION = "answer_question"
_DAY = Field("due_on", "完成时限", "Due", "day", needed=False)
_PAST = Field("confirmed", "时限早于今天,确认无误", "The past date is meant", "check", needed=False)

FIELDS: dict[str, tuple[Field, ...]] = {
    "result": (Field("text", "可以检查的成果", "A result that can be checked", "text"),),
    "date": (_DAY, _PAST),
    "past_date": (_DAY, _PAST),
    "units": (
        Field("unit_ids", "单位", "Units", "choices", needed=False, choices="units"),
        Field("confirmed", "没有其他单位", "No further unit", "check", needed=False),
    ),
}


def take_answering(panel: Panel) -> bool:
    """Whether the asker may answer. The general button goes: each question has a form of its own."""
    found = any(button.action == ACTION for button in panel.can)
    panel.can = [button for button in panel.can if button.action != ACTION]
    return found
