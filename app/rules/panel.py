"""Expert panels for a motion, and each member's part in one (A3.7, C16)."""

from app.rules.workflow import Ask, State, Step, Table

# The rows are a table, to be read in columns.
# fmt: off
LEAST_MEMBERS = 3
KINDS = {
    "consultation": ("技术咨询", "Technical consultation"),
    "appraisal": ("方案论证", "Appraisal of the scheme"),
    "review": ("评审", "Review"),
}
MODES = {
    "meeting": ("会议", "As a meeting"),
    "in_writing": ("书面", "In writing"),
    "commissioned": ("委托", "Commissioned"),
}
VIEWS = {
    "agree": ("同意", "Agree"),
    "agree_with_amendments": ("修改后同意", "Agree with amendments"),
    "against": ("不同意", "Against"),
}
CONCLUSIONS = {
    "pass": ("通过", "Pass"),
    "pass_with_amendments": ("修改后通过", "Pass with amendments"),
    "fail": ("不通过", "Fail"),
}
ANSWERS = {
    "taken_over": ("采纳", "Taken over"),
    "in_part": ("部分采纳", "Taken over in part"),
    "not_taken": ("不采纳", "Not taken over"),
}
CONFLICTS = {
    "employer": ("与提请或实施单位有工作关系", "Employed by the proposing or an implementing unit"),
    "listed": ("列有应回避单位", "The unit stands on his list of units to avoid"),
    "declared": ("专家本人申明", "Declared by the expert"),
}
# A conclusion that stands: the motion may go on an agenda.
STANDING = frozenset({"concluded", "settled"})
RUNNING = ("in_session", "collecting")
OPEN_TO_EXPERTS = ("called", *RUNNING)
# Members who count: neither kept out nor released.
AT_WORK = ("called", "received", "given")
IN_FORCE = ("named", *AT_WORK)
_BEFORE_CALL = ("draft", "fixed")

PANEL = Table(
    noun="panel",
    zh="专家小组",
    en="Expert panel",
    initial="draft",
    states={
        "draft": State("筹组中", "In preparation", (Ask("panel", "general_affairs", "panel_days"),)),
        "fixed": State("抽取条件已固定", "Conditions fixed", (Ask("panel", "general_affairs", "panel_days"),)),
        "called": State("已邀请", "Called", (Ask("panel_session", "general_affairs", "row.due_on"),)),
        "in_session": State("论证会进行中", "In session", (Ask("conclusion", "panel_chair", "row.conclude_on"),)),
        "collecting": State("征集意见中", "Collecting views", (Ask("conclusion", "panel_chair", "row.conclude_on"),)),
        "concluded": State("已形成结论", "Concluded", (Ask("advice", "general_affairs", "advice_days"),)),
        "settled": State("建议已回应", "Recommendations answered"),
        "fallen": State("结论失效", "Conclusion fallen", final=True),
        "cancelled": State("已取消", "Cancelled", final=True),
    },
    steps=(
        Step(action="edit", from_=("draft",), to="", zh="修改筹组方案", en="Change what is planned", clause="A3.7"),
        Step(action="name_member", from_=(*_BEFORE_CALL, "called", *RUNNING), to="", zh="指定专家", en="Name a member",
             clause="A3.7", reason=True),
        Step(action="fix", from_=("draft",), to="fixed", zh="固定抽取条件", en="Fix the conditions of the draw",
             clause="A3.7",),
        Step(action="unfix", from_=("fixed",), to="draft", zh="重设抽取条件", en="Set the conditions anew",
             clause="A3.7", reason=True),
        Step(action="draw", from_=("fixed",), to="", zh="随机抽取", en="Draw members at random", clause="A3.7"),
        Step(action="name_chair", from_=(*_BEFORE_CALL, "called", *RUNNING), to="", zh="确定组长", en="Name the chair",
             clause="A3.7"),
        Step(action="call", from_=_BEFORE_CALL, to="called", zh="邀请专家", en="Call the experts", clause="A3.7",
             guards=("panel_composed", "no_conflict", "members_in_term", "motion_waits"), parts=("leader", "deputies"),
             tells=("panel_members",)),
        Step(action="open", from_=("called",), to="in_session", zh="论证会开始", en="Open the session", clause="A3.7",
             guards=("session_day", "no_joint_meeting")),
        Step(action="convene", from_=("called",), to="", zh="提请联合会议", en="Put to a joint meeting", clause="B2.3",
             guards=("no_joint_meeting",)),
        Step(action="collect", from_=("called",), to="collecting", zh="开始征集意见", en="Begin to collect views",
             clause="A3.7", by_service=True),
        Step(action="conclude", from_=RUNNING, to="concluded", zh="形成结论", en="Conclude", clause="A3.7",
             guards=("is_panel_chair", "all_views_in", "no_conflict", "panel_composed", "views_uncontested"),
             signs=True, tells=("office_director", "general_affairs", "deputy_in_charge")),
        Step(action="answer_advice", from_=("concluded",), to="", zh="回应专家建议", en="Answer a recommendation",
             clause="A3.7"),
        Step(action="settle", from_=("concluded",), to="settled", zh="建议回应完毕", en="All recommendations answered",
             clause="A3.7", by_service=True),
        Step(action="fall", from_=("concluded", "settled"), to="fallen", zh="结论失效", en="The conclusion falls",
             clause="A3.7", by_service=True,
             tells=("office_director", "general_affairs", "deputy_in_charge", "leader")),
        Step(action="set_aside", from_=("concluded", "settled"), to="fallen", zh="撤销结论",
             en="Set the conclusion aside", clause="C20", guards=("view_contested",), reason=True,
             tells=("office_director", "general_affairs", "deputy_in_charge", "leader")),
        Step(action="cancel", from_=(*_BEFORE_CALL, "called", *RUNNING), to="cancelled", zh="取消", en="Cancel",
             clause="A3.7", reason=True, tells=("panel_members", "office_director")),
    ),
)

PANEL_MEMBER = Table(
    noun="panel_member",
    zh="专家组成员",
    en="Panel member",
    initial="named",
    states={
        "named": State("拟邀请", "Named", next_by=("办公室", "the office")),
        "called": State("已邀请", "Called", (Ask("papers", "panelist", "row.read_by"),
                                         Ask("expert_view", "panelist", "row.due_on"))),
        "received": State("已签收材料", "Papers received", (Ask("expert_view", "panelist", "row.due_on"),)),
        "given": State("已出具意见", "View given"),
        "excluded": State("已回避", "Kept out for a conflict", final=True),
        "released": State("已解除", "Released", final=True),
    },
    steps=(
        Step(action="call", from_=("named",), to="called", zh="邀请", en="Call", clause="A3.7", by_service=True,
             parts=("panelist", "leader", "deputies")),
        Step(action="receive", from_=("called",), to="received", zh="签收材料", en="Receive the papers", clause="A4.2",
             guards=("is_panelist",), signs=True),
        Step(action="give_view", from_=("called", "received"), to="given", zh="出具意见", en="Give a view",
             clause="A3.7", guards=("is_panelist", "panel_running"), signs=True, parts=("panel_chair",),
             tells=("general_affairs", "panel_chair")),
        Step(action="ask_again", from_=("given",), to="called", zh="请就修改稿再次出具意见", en="Ask again",
             clause="C16", guards=("panel_running", "view_outdated"), voids=True, tells=("panelist",)),
        Step(action="void_view", from_=("given",), to="called", zh="作废代录意见", en="Void what was entered",
             clause="C20", guards=("panel_running", "view_contested"), reason=True, voids=True, tells=("panelist",)),
        Step(action="declare_conflict", from_=("called", "received", "given"), to="excluded", zh="申明回避",
             en="Declare a conflict", clause="A3.7", guards=("is_panelist",), reason=True,
             tells=("general_affairs", "office_director")),
        Step(action="exclude", from_=("named", "called", "received", "given"), to="excluded", zh="回避",
             en="Keep out for a conflict", clause="A3.7", reason=True, tells=("panelist", "office_director")),
        Step(action="release", from_=("named", "called", "received"), to="released", zh="解除邀请", en="Release",
             clause="A3.7", reason=True, tells=("panelist",)),
    ),
)
