"""Topics of office meetings: from a department's head to the office meeting that hears them (B2.4)."""

from app.rules.workflow import Ask, State, Step, Table

# The rows are a table, to be read in columns.
# fmt: off
_TURN = ("submitted", "reviewed")

TOPIC = Table(
    noun="topic",
    zh="办公室议题",
    en="Topic",
    initial="draft",
    states={
        "draft": State("起草中", "Draft", next_by=("提出部门", "the department")),
        "submitted": State("待分管副主任审核", "Awaiting review",
                           (Ask("signature", "deputy_director_in_charge", "signature_days"),)),
        "reviewed": State("待主任审定", "Awaiting approval", (Ask("signature", "office_director", "signature_days"),)),
        "approved": State("待上会", "Ready for an office meeting", next_by=("办公室", "the office")),
        "listed": State("已列入议程", "On an agenda", next_by=("会议", "the meeting")),
        "decided": State("已议定", "Decided", final=True),
        "returned": State("已退回", "Returned", (Ask("revision", "drafter", "revision_days"),)),
        "refused": State("不予上会", "Refused", final=True),
        "withdrawn": State("已撤回", "Withdrawn", final=True),
    },
    steps=(
        Step(action="submit", from_=("draft", "returned"), to="submitted", zh="提交", en="Submit", clause="B2.4",
             guards=("heads_department", "within_remit", "one_hand"), signs=True, tells=("deputy_director_in_charge",)),
        Step(action="review", from_=("submitted",), to="reviewed", zh="审核", en="Review", clause="B2.4",
             guards=("in_charge_of_department", "one_hand"), signs=True, tells=("office_director", "drafter")),
        Step(action="approve", from_=("reviewed",), to="approved", zh="审定", en="Approve", clause="B2.4",
             guards=("one_hand",), signs=True, tells=("general_affairs", "drafter")),
        Step(action="return", from_=_TURN, to="returned", zh="退回修改", en="Return", clause="B2.4",
             guards=("topic_turn",), reason=True, voids=True, tells=("drafter",)),
        Step(action="refuse", from_=_TURN, to="refused", zh="不予上会", en="Refuse", clause="B2.4",
             guards=("topic_turn", "one_hand"), reason=True, tells=("drafter",)),
        Step(action="withdraw", from_=("draft", "returned", *_TURN), to="withdrawn", zh="撤回", en="Withdraw",
             clause="B2.4", guards=("heads_department",), reason=True, tells=("office_director",)),
        Step(action="list", from_=("approved",), to="listed", zh="列入议程", en="Put on an agenda", clause="B2.4"),
        Step(action="unlist", from_=("listed",), to="approved", zh="退出议程", en="Take off the agenda",
             clause="B2.4", by_service=True),
        Step(action="decide", from_=("listed",), to="decided", zh="记录议定", en="Decide", clause="B2.4",
             by_service=True, tells=("drafter",)),
        Step(action="defer", from_=("listed",), to="approved", zh="暂缓", en="Defer", clause="C17",
             by_service=True, tells=("drafter",)),
    ),
)
