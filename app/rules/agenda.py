"""Orders into which an agenda can be brought by rule, and how long an item takes where nobody says (A2.1)."""

from collections.abc import Mapping

ITEM_MINUTES = 15
MOST_MINUTES = 480
ORDERS: Mapping[str, tuple[str, str]] = {
    "waiting": ("按等待时间", "The longest waiting first"),
    "category": ("按类别", "By category"),
    "unit": ("按提请单位", "By proposing unit or department"),
}
# What an item is: a motion or topic (none of these), the state of open directives, or a matter raised on the spot.
KINDS: Mapping[str, tuple[str, str]] = {
    "matter": ("议题", "A motion or a topic"),
    "panel": ("专家论证", "A panel that sits at the meeting (B2.3)"),
    "directives": ("督办事项进展", "The state of open directives"),
    "raised": ("临时提出事项", "A matter raised on the spot"),
}
# A matter raised on the spot can be noted or referred and is never decided (C17).
RAISED = ("noted", "referred")
