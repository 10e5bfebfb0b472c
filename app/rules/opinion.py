"""Opinions asked of units in preliminary review (A3.3, C16)."""

from app.rules.workflow import Ask, State, Step, Table

# The rows are a table, to be read in columns.
# fmt: off
OPINION = Table(
    noun="opinion",
    zh="初审意见",
    en="Opinion",
    initial="not_started",
    states={
        "not_started": State("未启动", "Not started", next_by=("办公室", "the office")),
        "asked": State("征求中", "Asked", (Ask("opinion", "asked_unit", "row.due_on"),)),
        "stopped": State("已中止计时", "Stopped", next_by=("拟稿人", "the drafter")),
        "answered": State("已答复", "Answered"),
        "closed": State("逾期未复", "Closed without reply"),
        "answered_late": State("逾期答复", "Answered late"),
        "waived": State("免予征求", "Waived", final=True),
    },
    steps=(
        Step(action="send", from_=("not_started",), to="asked", zh="发出征求", en="Send", clause="A3.3",
             by_service=True, parts=("asked_unit",), tells=("asked_unit",)),
        Step(action="draft_answer", from_=("asked", "closed"), to="", zh="拟写意见", en="Draft an answer",
             clause="A3.3", guards=("of_asked_unit",)),
        Step(action="answer", from_=("asked",), to="answered", zh="答复意见", en="Answer", clause="A3.3",
             guards=("of_asked_unit", "in_time"), signs=True, tells=("general_affairs",)),
        Step(action="extend", from_=("asked",), to="", zh="申请延期", en="Ask for more time", clause="A3.3",
             guards=("of_asked_unit", "not_extended", "before_due"), reason=True, tells=("office_director",),
             asks=(Ask("more_time", "office_director", "more_time_days"),)),
        Step(action="grant_more_time", from_=("asked",), to="", zh="准予延期", en="Grant more time", clause="A3.3",
             guards=("more_time_asked",), tells=("asked_unit", "general_affairs"), answers=("more_time",)),
        Step(action="refuse_more_time", from_=("asked",), to="", zh="不予延期", en="Refuse more time", clause="A3.3",
             guards=("more_time_asked",), reason=True, tells=("asked_unit", "general_affairs"),
             answers=("more_time",)),
        Step(action="waive", from_=("asked", "stopped"), to="waived", zh="免予征求", en="Waive", clause="A3.3",
             reason=True, tells=("asked_unit",)),
        Step(action="waive", from_=("not_started",), to="waived", zh="免予征求", en="Waive", clause="A3.3",
             reason=True),
        Step(action="stop", from_=("asked",), to="stopped", zh="中止计时", en="Stop the clock", clause="A3.3",
             by_service=True, tells=("asked_unit",)),
        Step(action="restart", from_=("stopped",), to="asked", zh="重新起算", en="Start the clock again", clause="A3.3",
             guards=("motion_admitted_again",), tells=("asked_unit",)),
        Step(action="close", from_=("asked",), to="closed", zh="截止", en="Close", clause="A3.3", by_service=True),
        Step(action="answer_late", from_=("asked", "closed"), to="answered_late", zh="逾期答复", en="Answer late",
             clause="A3.3", guards=("of_asked_unit", "past_due"), signs=True, tells=("general_affairs",)),
        Step(action="ask_again", from_=("answered", "answered_late"), to="asked", zh="就修改稿再次征求", en="Ask again",
             clause="C16", guards=("motion_in_review", "judged_earlier_text"), voids=True, tells=("asked_unit",)),
        Step(action="undo_entry", from_=("answered", "answered_late"), to="asked", zh="作废代录的答复",
             en="Undo an answer entered from paper", clause="C20", by_service=True, tells=("asked_unit",)),
    ),
)
