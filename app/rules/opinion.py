"""Opinions asked of units in preliminary review (A3.3)."""

from app.rules.workflow import Ask, State, Step, Table

# The rows are a table, to be read in columns.
# fmt: off
OPINION = Table(
    noun="opinion",
    zh="初审意见",
    en="Opinion",
    initial="asked",
    states={
        "asked": State("征求中", "Asked", (Ask("opinion", "asked_unit", "row.due_on"),)),
        "answered": State("已答复", "Answered"),
        "closed": State("逾期未复", "Closed without reply"),
        "answered_late": State("逾期答复", "Answered late"),
        "waived": State("免予征求", "Waived", final=True),
    },
    steps=(
        Step(action="answer", from_=("asked",), to="answered", zh="答复意见", en="Answer", clause="A3.3",
             guards=("of_asked_unit",), signs=True, tells=("general_affairs",)),
        Step(action="extend", from_=("asked",), to="", zh="申请延期", en="Ask for more time", clause="A3.3",
             guards=("of_asked_unit", "not_extended", "before_due"), reason=True, tells=("general_affairs",)),
        Step(action="waive", from_=("asked",), to="waived", zh="免予征求", en="Waive", clause="A3.3", reason=True,
             guards=("not_mandatory",), tells=("asked_unit",)),
        Step(action="close", from_=("asked",), to="closed", zh="截止", en="Close", clause="A3.3", by_service=True),
        Step(action="answer_late", from_=("closed",), to="answered_late", zh="补充答复", en="Answer late",
             clause="A3.3", guards=("of_asked_unit",), signs=True, tells=("general_affairs",)),
        Step(action="ask_again", from_=("answered", "answered_late"), to="asked", zh="就修改稿再次征求", en="Ask again",
             clause="C16", guards=("motion_in_review", "judged_earlier_text"), voids=True, tells=("asked_unit",)),
    ),
)
