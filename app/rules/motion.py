"""Motions: from the draft to the loop's end (A3.2, A3.3, A1, C18)."""

from app.rules.workflow import Ask, State, Step, Table

# The rows are a table, to be read in columns.
# fmt: off
_TURN = ("submitted", "endorsed", "reviewed")

MOTION = Table(
    noun="motion",
    zh="议题",
    en="Motion",
    initial="draft",
    states={
        "draft": State("起草中", "Draft"),
        "submitted": State("待核签", "Awaiting endorsement", (Ask("signature", "office_director", "signature_days"),)),
        "endorsed": State("待审核", "Awaiting review", (Ask("signature", "deputy_in_charge", "signature_days"),)),
        "reviewed": State("待审定", "Awaiting admission", (Ask("signature", "leader", "signature_days"),)),
        "admitted": State("已审定", "Admitted", (Ask("review", "general_affairs", "consolidate_days"),)),
        "under_review": State("初审中", "In preliminary review"),
        "ready": State("待上会", "Ready for a meeting"),
        "listed": State("已列入议程", "On an agenda"),
        "decided": State("已议定", "Decided"),
        "closed": State("已办结", "Closed", final=True),
        "returned": State("已退回", "Returned", (Ask("revision", "drafter", "revision_days"),)),
        "refused": State("不予上会", "Refused", final=True),
        "withdrawn": State("已撤回", "Withdrawn", final=True),
    },
    steps=(
        Step(action="submit", from_=("draft", "returned"), to="submitted", zh="提交核签", en="Submit", clause="A3.2",
             guards=("is_drafter", "complete", "one_hand"), signs=True, tells=("office_director",)),
        Step(action="endorse", from_=("submitted",), to="endorsed", zh="核签", en="Endorse", clause="A3.2",
             guards=("one_hand",), signs=True, parts=("deputy_in_charge",), tells=("deputy_in_charge", "drafter")),
        Step(action="review", from_=("endorsed",), to="reviewed", zh="审核", en="Review", clause="A3.2",
             guards=("one_hand",), signs=True, parts=("leader",), tells=("leader", "drafter")),
        Step(action="admit", from_=("reviewed",), to="admitted", zh="审定", en="Admit", clause="A3.2",
             guards=("one_hand",), signs=True, parts=("deputies",), tells=("general_affairs", "drafter")),
        Step(action="return", from_=_TURN, to="returned", zh="退回修改", en="Return", clause="A3.2",
             guards=("your_turn",), reason=True, voids=True, tells=("drafter",)),
        Step(action="refuse", from_=_TURN, to="refused", zh="不予上会", en="Refuse", clause="A3.2",
             guards=("your_turn", "one_hand"), reason=True, tells=("drafter", "office_director")),
        Step(action="withdraw", from_=("draft", "returned", *_TURN), to="withdrawn", zh="撤回", en="Withdraw",
             clause="A3.2", guards=("is_drafter",), reason=True, tells=("office_director",)),
        Step(action="ask_opinions", from_=("admitted", "under_review"), to="under_review", zh="征求意见",
             en="Ask for opinions", clause="A3.3"),
        Step(action="consolidate", from_=("under_review",), to="ready", zh="汇总初审意见", en="Consolidate opinions",
             clause="A3.3", guards=("opinions_in", "disagreements_answered"), signs=True,
             tells=("office_director", "deputy_in_charge")),
        Step(action="flag_technical", from_=("draft", "returned", "submitted"), to="", zh="调整专业性标记",
             en="Set or lift the technical flag", clause="A3.7", reason=True),
        Step(action="list", from_=("ready",), to="listed", zh="列入议程", en="Put on an agenda", clause="A2.1",
             guards=("panel_concluded",)),
        Step(action="unlist", from_=("listed",), to="ready", zh="退出议程", en="Take off the agenda", clause="A3.1",
             by_service=True),
        Step(action="decide", from_=("listed",), to="decided", zh="记录议定", en="Decide", clause="A4.3",
             by_service=True, tells=("drafter",)),
        Step(action="defer", from_=("listed",), to="ready", zh="暂缓", en="Defer", clause="C17",
             by_service=True, tells=("drafter",)),
        Step(action="close", from_=("decided",), to="closed", zh="办结", en="Close", clause="C18",
             guards=("loop_closed",), tells=("drafter", "leader")),
    ),
)
