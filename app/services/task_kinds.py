"""Kinds of task: what a person reads, and which are light (C2: papers to read, receipts, invitations)."""

LIGHT_KINDS = frozenset({"invitation", "papers", "receipt"})

KIND_NAMES: dict[str, tuple[str, str]] = {
    "signature": ("签署", "Signature"),
    "revision": ("修改", "Revision"),
    "review": ("组织初审", "Preliminary review"),
    "more_time": ("批准延期", "Decision on more time"),
    "reaffirmation": ("确认修改稿", "Reaffirmation"),
    "opinion": ("答复意见", "Opinion"),
    "panel": ("组织专家论证", "Expert panel"),
    "panel_session": ("召开论证会", "Session of the panel"),
    "expert_view": ("出具专家意见", "Expert's view"),
    "conclusion": ("形成专家结论", "Conclusion of the panel"),
    "advice": ("回应专家建议", "Answer to recommendations"),
    "consent": ("是否同意", "Consent"),
    "convene": ("发出通知", "Notice"),
    "invitation": ("答复参会", "Answer to an invitation"),
    "leave": ("批假", "Decision on leave"),
    "papers": ("阅读材料", "Papers to read"),
    "receipt": ("文件签收", "Receipt"),
    "minutes": ("起草纪要", "Minutes"),
    "minutes_issue": ("印发纪要", "Issue of the minutes"),
    "second_reading": ("复核文字更正", "Second reading"),
    "drafting": ("起草修改", "Drafting"),
    "consolidation": ("汇总意见", "Consolidated opinion"),
    "release": ("签发汇总意见", "Release of the consolidated opinion"),
    "question": ("答复疑点", "Answer to what a draft leaves open"),
    "registration": ("登记编号", "Registration"),
    "acknowledgement": ("签收督办事项", "Acknowledgement"),
    "progress": ("报告进展", "Progress report"),
    "completion": ("报告办结", "Completion report"),
    "verification": ("核验", "Verification"),
    "closing": ("办结", "Closing"),
    "publication": ("公开", "Publication"),
    "reconsideration": ("复查不予公开", "Another look at what is withheld"),
    "secrecy_check": ("保密审查", "Secrecy check"),
}


def kind_name(kind: str, language: str = "zh") -> str:
    zh, en = KIND_NAMES.get(kind, (kind, kind))
    return zh if language == "zh" else en
