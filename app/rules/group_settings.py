"""What a group may set: the names of its times and customs, and which values are allowed."""

from types import MappingProxyType

from app.rules.defaults import DEFAULT_DAYS

# The fifteen kinds of the official-document rules; a group lists those it may issue (A3.5).
KINDS = (
    "决议",
    "决定",
    "命令",
    "公报",
    "公告",
    "通告",
    "意见",
    "通知",
    "通报",
    "报告",
    "请示",
    "批复",
    "议案",
    "函",
    "纪要",
)
DEFAULT_KINDS = ("决定", "意见", "通知", "通报", "报告", "请示", "批复", "函", "纪要")
MOST_DAYS = 366

FLAGS = MappingProxyType(
    {
        "all_deputy_directors_sign": ("文件由全体办公室副主任审签", "All office deputy directors sign off a document"),
        "directive_waits_for_document": (
            "督办事项待文件印发后下达",
            "A directive is issued after the document of its decision",
        ),
        "silence_is_no_remark": ("逾期未复视为无意见", "Silence counts as no remark"),
        "mail_titles": ("邮件中可写明标题", "Mails may carry titles"),
    }
)
UNITS = MappingProxyType(
    {
        "general_affairs": ("综合部", "General Affairs"),
        "finance_unit": ("资金事项必须征求意见的单位", "The unit always asked about funds"),
    }
)
NUMBERS = MappingProxyType(
    {"reminders_daily": ("每人每天逐条催办的上限(超出的合并为一条;0为不限)",
                         "Reminders told one by one to a person in a day; more come as one (0: no limit)")}
)  # fmt: skip
DEFAULT_NUMBERS = MappingProxyType({"reminders_daily": 20})
MOST_REMINDERS = 1000
DAYS = MappingProxyType(
    {
        "signature_days": ("每一签批环节", "Each signature"),
        "revision_days": ("退回后修改", "Revision after a return"),
        "opinion_days": ("答复初审意见", "Opinion in preliminary review"),
        "opinion_soon_days": ("初审意见即将到期提前", "An opinion counts as due soon before its date"),
        "more_time_days": ("批复延期申请", "Decision on more time"),
        "consolidate_days": ("汇总初审意见", "Consolidating opinions"),
        "panel_days": ("筹组专家小组", "Setting up an expert panel"),
        "expert_read_days": ("专家签收材料", "An expert's receipt of the papers"),
        "conclude_days": ("意见到齐后形成结论", "The conclusion after the views"),
        "advice_days": ("回应专家建议", "Answer to recommendations"),
        "papers_plenary_days": ("全体会议材料提前", "Papers before a plenary"),
        "papers_leaders_days": ("组长会议材料提前", "Papers before a leaders' meeting"),
        "read_days": ("阅读会议材料提前", "Papers are read before a meeting"),
        "notice_days": ("会议通知提前", "Notice before a meeting"),
        "answer_days": ("参会回复提前", "Answer to an invitation"),
        "leave_days": ("批复请假", "Decision on leave"),
        "minutes_days": ("起草纪要", "Drafting minutes"),
        "minutes_signature_days": ("纪要每一签批环节", "Each signature on minutes"),
        "minutes_issue_days": ("印发纪要", "Issuing minutes"),
        "receipt_days": ("签收送达的文件", "Receipt of what was sent"),
        "question_days": ("答复督办拟稿的疑点", "Answer to what a draft of a directive leaves open"),
        "acknowledge_days": ("签收督办事项", "Acknowledging a directive"),
        "verify_days": ("核验办结报告", "Verifying a report"),
        "close_days": ("办结督办事项", "Closing a directive"),
        "register_days": ("登记编号", "Registration"),
        "second_reading_days": ("复核文字更正", "Second reading of an editorial correction"),
        "publication_days": ("公开期限", "Publication"),
        "check_days": ("保密审查", "Secrecy check"),
        "yellow_days": ("黄灯提前", "Yellow light before the due date"),
        "ready_wait_days": ("议题待上会最长(自然日)", "A ready motion waits at most (calendar days)"),
    }
)


def name_of(setting: str, language: str = "zh") -> str:
    """What a setting is called; its key where nobody has named it yet."""
    kinds = {
        "document_kinds": ("可以使用的文种", "Kinds of document"),
        "file_types": ("可以上传的文件类型", "Types of file"),
        "secrecy_officer": ("保密员", "Secrecy officer"),
    }
    zh, en = {**DAYS, **NUMBERS, **FLAGS, **UNITS, **kinds}.get(setting, (setting, setting))
    return zh if language == "zh" else en


def day_settings() -> tuple[str, ...]:
    return tuple(DEFAULT_DAYS)
