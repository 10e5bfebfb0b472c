"""Directives: a task laid on units, from issue to closing (A3.6, B1.5, B2.7, C3, C19)."""

from app.rules.workflow import Ask, State, Step, Table

# The rows are a table, to be read in columns.
# fmt: off
_OPEN = ("issued", "in_progress", "reported")

DIRECTIVE = Table(
    noun="directive",
    zh="督办事项",
    en="Directive",
    initial="draft",
    states={
        "draft": State("拟办", "Draft"),
        "issued": State("待签收", "Awaiting acknowledgement",
                        (Ask("acknowledgement", "lead_unit", "acknowledge_days"),)),
        "in_progress": State("办理中", "In progress", (Ask("completion", "lead_unit", "row.due_on"),)),
        "reported": State("待核验", "Awaiting verification", (Ask("verification", "verifier", "verify_days"),)),
        "verified": State("待办结", "Awaiting closing", (Ask("closing", "office_director", "close_days"),)),
        "closed": State("已办结", "Closed", final=True),
        "suspended": State("已中止", "Suspended"),
        "withdrawn": State("已撤销", "Withdrawn", final=True),
    },
    steps=(
        Step(action="answer_question", from_=("draft",), to="", zh="答复疑点", en="Answer a question", clause="C19",
             guards=("question_open",)),
        Step(action="issue", from_=("draft",), to="issued", zh="下达", en="Issue", clause="A3.6",
             guards=("questions_answered", "checkable", "dated", "lead_is_clear"),
             parts=("lead_unit", "cooperating_units"), tells=("lead_unit", "cooperating_units")),
        Step(action="acknowledge", from_=("issued",), to="in_progress", zh="签收", en="Acknowledge", clause="C3",
             guards=("of_lead_unit",), tells=("issuer",)),
        Step(action="report", from_=("in_progress",), to="", zh="报告进展", en="Report progress", clause="C3",
             guards=("of_lead_unit",), tells=("general_affairs",)),
        Step(action="ask_extension", from_=("in_progress",), to="", zh="申请延期", en="Ask for more time", clause="C3",
             guards=("of_lead_unit", "no_extension_pending", "before_due"), reason=True, tells=("issuer",)),
        Step(action="grant_extension", from_=("in_progress",), to="", zh="同意延期", en="Grant more time", clause="C3",
             guards=("is_issuer", "extension_pending"), tells=("lead_unit",)),
        Step(action="refuse_extension", from_=("in_progress",), to="", zh="不同意延期", en="Refuse more time",
             clause="C3", guards=("is_issuer", "extension_pending"), reason=True, tells=("lead_unit",)),
        Step(action="report_completion", from_=("in_progress",), to="reported", zh="报告办结", en="Report completion",
             clause="C3", guards=("of_lead_unit",), tells=("verifier",)),
        Step(action="verify", from_=("reported",), to="verified", zh="核验", en="Verify", clause="C3",
             guards=("is_verifier", "not_reporter"), tells=("lead_unit", "office_director")),
        Step(action="return_report", from_=("reported",), to="in_progress", zh="退回报告", en="Return the report",
             clause="C3", guards=("is_verifier", "not_reporter"), reason=True, tells=("lead_unit",)),
        Step(action="close", from_=("verified",), to="closed", zh="办结", en="Close", clause="C3",
             guards=("not_reporter",), tells=("lead_unit", "cooperating_units", "issuer")),
        Step(action="suspend", from_=_OPEN, to="suspended", zh="中止", en="Suspend", clause="C3", reason=True,
             tells=("lead_unit",)),
        Step(action="resume", from_=("suspended",), to="in_progress", zh="恢复", en="Resume", clause="C3", reason=True,
             tells=("lead_unit",)),
        Step(action="withdraw", from_=("draft", *_OPEN, "suspended"), to="withdrawn", zh="撤销", en="Withdraw",
             clause="C3", guards=("is_issuer",), reason=True, tells=("lead_unit", "cooperating_units")),
    ),
)
