"""Meetings of the group and its office, their agenda items and who is called (A2, A3.1, A3.4, A4.1, A4.3, B2.3)."""

from app.rules.workflow import Ask, State, Step, Table

# The rows are a table, to be read in columns.
# fmt: off
MEETING = Table(
    noun="meeting",
    zh="会议",
    en="Meeting",
    initial="draft",
    states={
        "draft": State("筹备中", "In preparation"),
        "requested": State("待批准召开", "Awaiting consent", (Ask("consent", "consenter", "signature_days"),)),
        "agreed": State("已同意召开", "Agreed", (Ask("convene", "organizer", "answer_days"),)),
        "convened": State("已通知", "Convened"),
        "in_session": State("会议进行中", "In session"),
        "closed": State("已结束", "Closed", final=True),
        "refused": State("不同意召开", "Refused", final=True),
        "cancelled": State("已取消", "Cancelled", final=True),
    },
    steps=(
        Step(action="request", from_=("draft",), to="requested", zh="请示召开", en="Ask for consent", clause="A3.1",
             guards=("asks_for_it", "has_items", "organizer_fits", "presider_may"), signs=True, parts=("consenter",),
             tells=("consenter",)),
        Step(action="choose", from_=("draft",), to="agreed", zh="决定召开", en="Decide to hold it", clause="B2.3",
             guards=("chooses", "has_items", "organizer_fits", "presider_may"), signs=True, tells=("office",)),
        Step(action="agree", from_=("requested",), to="agreed", zh="同意召开", en="Agree", clause="A3.1",
             guards=("consents", "one_hand"), signs=True, parts=("leadership",), tells=("office",)),
        Step(action="return", from_=("requested",), to="draft", zh="退回", en="Return", clause="A3.1", reason=True,
             guards=("consents",), voids=True, tells=("office",)),
        Step(action="refuse", from_=("requested",), to="refused", zh="不同意召开", en="Refuse", clause="A3.1",
             guards=("consents",), reason=True, tells=("office",)),
        Step(action="convene", from_=("agreed",), to="convened", zh="发出通知", en="Convene", clause="A3.1",
             guards=("organizes",), parts=("called",), tells=("called",)),
        Step(action="change", from_=("agreed", "convened"), to="draft", zh="变更", en="Change", clause="A3.1",
             reason=True, voids=True, tells=("consenter", "called")),
        Step(action="deliver_papers", from_=("convened",), to="convened", zh="送达材料", en="Deliver papers",
             clause="A3.4", guards=("organizes",), tells=("leadership", "called")),
        Step(action="open", from_=("convened",), to="in_session", zh="开会", en="Open", clause="A3.4",
             guards=("presides", "presider_may", "on_the_day", "papers_in_time")),
        Step(action="close", from_=("in_session",), to="closed", zh="散会", en="Close", clause="A4.3",
             guards=("presides", "all_items_settled")),
        Step(action="cancel", from_=("draft", "requested", "agreed", "convened"), to="cancelled", zh="取消",
             en="Cancel", clause="A3.1", reason=True, tells=("consenter", "called")),
    ),
)

ITEM = Table(
    noun="item",
    zh="议程",
    en="Agenda item",
    initial="listed",
    states={
        "listed": State("待议", "Listed"),
        "decided": State("已议定", "Decided", final=True),
        "removed": State("已撤下", "Removed", final=True),
    },
    steps=(
        Step(action="waive_papers", from_=("listed",), to="", zh="准予免提前送达", en="Waive papers in advance",
             clause="A3.4", reason=True, signs=True),
        Step(action="record_statement", from_=("listed",), to="", zh="记录发言", en="Record a statement",
             clause="A4.3", guards=("in_session",)),
        Step(action="decide", from_=("listed",), to="decided", zh="记录议定事项", en="Record the decision",
             clause="A4.3", guards=("in_session", "presider_reason")),
        Step(action="remove", from_=("listed",), to="removed", zh="撤下", en="Remove", clause="A3.1", reason=True,
             guards=("before_consent",)),
    ),
)

ATTENDANCE = Table(
    noun="attendance",
    zh="参会",
    en="Attendance",
    initial="called",
    states={
        "called": State("待回复", "Called", (Ask("invitation", "called_unit", "row.answer_by"),)),
        "accepted": State("参加", "Accepted"),
        "leave_asked": State("已请假", "Leave asked", (Ask("leave", "presider", "leave_days"),)),
        "excused": State("准假", "Excused"),
        "leave_refused": State("不准假", "Leave refused"),
        "present": State("已签到", "Present", final=True),
        "absent": State("缺席", "Absent", final=True),
    },
    steps=(
        Step(action="accept", from_=("called", "leave_asked", "excused", "leave_refused"), to="accepted", zh="参加",
             en="Accept", clause="A4.1", guards=("of_called_unit", "before_opening")),
        Step(action="ask_leave", from_=("called", "accepted"), to="leave_asked", zh="请假", en="Ask for leave",
             clause="A4.1", guards=("of_called_unit", "before_opening"), reason=True, tells=("presider",)),
        Step(action="grant_leave", from_=("leave_asked",), to="excused", zh="准假", en="Grant leave", clause="A4.1",
             guards=("is_presider",), tells=("called_unit",)),
        Step(action="refuse_leave", from_=("leave_asked",), to="leave_refused", zh="不准假", en="Refuse leave",
             clause="A4.1", guards=("is_presider",), reason=True, tells=("called_unit",)),
        Step(action="sign_in", from_=("called", "accepted", "leave_asked", "excused", "leave_refused"), to="present",
             zh="签到", en="Sign in", clause="A4.1", guards=("meeting_running",)),
        Step(action="mark_absent", from_=("called", "accepted", "leave_refused"), to="absent", zh="记缺席",
             en="Mark absent", clause="A4.1", guards=("meeting_running",)),
    ),
)
