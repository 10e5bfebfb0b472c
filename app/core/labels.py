"""Words that people see and that no table of procedure holds, Chinese first, English second."""

from collections.abc import Mapping

Names = Mapping[str, tuple[str, str]]

TASK_KINDS: Names = {
    "next_step": ("办理下一步", "The next step"),
    "signature": ("签批", "Signature"),
    "review": ("组织初审", "Preliminary review"),
    "revision": ("修改重报", "Revision"),
    "more_time": ("批准延期", "Decision on more time"),
    "reaffirmation": ("确认修改稿", "Reaffirmation"),
    "opinion": ("答复初审意见", "Opinion"),
    "panel": ("组织专家论证", "Expert panel"),
    "panel_session": ("召开论证会", "Session of the panel"),
    "papers": ("签收材料", "Papers to read"),
    "expert_view": ("出具专家意见", "Expert's view"),
    "conclusion": ("形成专家结论", "Conclusion of the panel"),
    "advice": ("回应专家建议", "Answer to recommendations"),
    "consent": ("会议请示批复", "Consent to a meeting"),
    "convene": ("发出会议通知", "Notice of meeting"),
    "invitation": ("回复参会", "Answer to an invitation"),
    "leave": ("批准请假", "Decision on leave"),
    "minutes": ("起草纪要", "Minutes"),
    "minutes_issue": ("印发纪要", "Issue of the minutes"),
    "receipt": ("签收", "Receipt"),
    "second_reading": ("复核文字更正", "Second reading"),
    "drafting": ("起草修改", "Drafting"),
    "consolidation": ("汇总意见", "Consolidated opinion"),
    "release": ("签发汇总意见", "Release of the consolidated opinion"),
    "question": ("答复疑点", "Answer to what a draft leaves open"),
    "registration": ("登记编号", "Registration"),
    "acknowledgement": ("签收督办", "Acknowledgement"),
    "progress": ("报告进展", "Progress report"),
    "completion": ("报告办结", "Completion report"),
    "verification": ("核验", "Verification"),
    "closing": ("办结", "Closing"),
    "publication": ("公开", "Publication"),
    "reconsideration": ("复查不予公开", "Another look at what is withheld"),
    "secrecy_check": ("保密审查", "Secrecy check"),
}
DISCLOSURE: Names = {
    "public": ("公开", "Public"),
    "internal": ("内部", "Internal"),
    "restricted": ("工作秘密", "Restricted"),
}
LIGHTS: Names = {
    "green": ("正常", "On time"),
    "yellow": ("临近到期", "Due soon"),
    "red": ("已超期", "Overdue"),
    "grey": ("不计时", "Not counting"),
}
EVENTS: Names = {
    "calendar.missing": ("缺少放假安排", "A year's calendar is missing"),
    "task.remind": ("催办", "Reminder"),
    "task.in_person": ("请当面提醒", "Remind in person"),
    "task.digest": ("催办汇总", "Reminders"),
    "secrecy.refused": ("拒收带密级标志的内容", "Refused: the mark of a state secret"),
    "document.sent": ("文件已送达,请签收", "A document was sent to you: confirm its receipt"),
    "minutes.sent": ("会议纪要已送达", "Minutes were sent to you"),
    "signature.void": ("代录的签署已作废", "What was entered from paper is void"),
    "paper.entered": ("纸面签署已代录", "Entered from paper for you"),
    "signature.object": ("签署人对代录提出异议,事项暂停", "A signer objects to what was entered for him"),
}
STANDINGS: Names = {
    "not_started": ("未启动", "Not started"),
    "running": ("进行中", "Running"),
    "due_soon": ("即将到期", "Due soon"),
    "overdue": ("已逾期", "Overdue"),
    "answered": ("已答复", "Answered"),
    "answered_late": ("逾期答复", "Answered late"),
    "stopped": ("已中止计时", "Stopped"),
    "waived": ("免予征求", "Waived"),
    "silent": ("逾期未复", "No reply"),
}
MORE_TIME: Names = {"granted": ("已准予延期", "More time granted"), "refused": ("未准延期", "More time refused")}
TEXT_FIELDS: Names = {
    "title": ("标题", "Title"),
    "body": ("正文", "Text"),
    "category": ("类别", "Category"),
    "project": ("项目", "Project"),
    "year": ("年度", "Year"),
    "amount_asked": ("申请金额", "Amount asked"),
    "kind": ("文种", "Kind"),
    "addressee": ("主送机关", "Addressee"),
    "annexes": ("附件", "Attachments"),
    "consolidated": ("初审意见", "Preliminary opinion"),
    "conclusion": ("专家结论", "Conclusion of the experts"),
}
REPORT_KINDS: Names = {"progress": ("进展", "Progress"), "completion": ("办结", "Completion")}
PERIODS: Names = {
    "": ("不定期", "None"),
    "weekly": ("每周", "Weekly"),
    "fortnightly": ("每两周", "Fortnightly"),
    "monthly": ("每月", "Monthly"),
    "quarterly": ("每季度", "Quarterly"),
}
CAPACITIES: Names = {
    "member": ("成员单位", "Member"),
    "observer": ("列席", "Observer"),
    "leadership": ("副组长", "Deputy"),
    "office": ("办公室负责人", "Head of the office"),
    "department": ("内设机构", "Department"),
    "invited": ("邀请列席", "Invited observer"),
    "expert": ("专家", "Expert"),
}
NOUNS: Names = {
    "statement": ("发言", "Statement"),
    "panel_draw": ("专家抽取记录", "Draw of experts"),
    "decision": ("议定事项", "Decision"),
    "report": ("督办报告", "Report"),
    "signature": ("签署", "Signature"),
    "asking_rule": ("征求规则", "Rule of whom to ask"),
    "opinion_draft": ("意见草稿", "Draft of an opinion"),
    "review_sheet": ("汇总意见", "Consolidated opinion"),
    "text_version": ("文稿版本", "Version of a text"),
    "task": ("待办", "Task"),
    "reminder": ("催办记录", "Reminder"),
    "notification": ("通知", "Notification"),
    "unit": ("单位", "Unit"),
    "person": ("人员", "Person"),
    "expert": ("专家", "Expert"),
    "group": ("领导小组", "Group"),
    "appointment": ("任职", "Appointment"),
    "delegation": ("授权", "Delegation"),
    "paper": ("纸面代录", "Paper route"),
    "trail": ("留痕", "Trail"),
    "outbox": ("待发消息", "Outbox"),
    "webhook": ("消息推送", "Webhook"),
    "meeting_form": ("会议形式", "Form of meeting"),
    "department": ("内设机构", "Department"),
    "job_run": ("作业", "Job"),
    "policy": ("权限", "Policy"),
    "attachment": ("附件", "Attachment"),
    "register_card": ("登记卡", "Register card"),
    "item_paper": ("会议材料", "Papers of an item"),
    "paper_receipt": ("材料签收", "Receipt of papers"),
}
ACTIONS: Names = {
    "read": ("查看", "Read"),
    "draft": ("起草", "Draft"),
    "edit": ("编辑", "Edit"),
    "grant": ("授权", "Grant"),
    "withdraw": ("收回", "Withdraw"),
    "authorise": ("授权代录", "Authorise a clerk"),
    "enter": ("代录", "Enter from paper"),
    "object": ("提出异议", "Object"),
    "void": ("作废代录", "Void an entry"),
    "read_papers": ("签收会议材料", "Sign for papers of a meeting"),
    "void_entry": ("作废代录", "Void an entry"),
    "respond": ("回应意见", "Respond to an opinion"),
    "add": ("增加", "Add"),
    "retire": ("停用", "Retire"),
    "chase": ("催办", "Remind"),
    "set_remit": ("明确职责", "Set the remit"),
    "file_paper": ("上传议题材料", "Put in motion papers"),
    "file_topic": ("上传办公室议题材料", "Put in topic papers"),
    "file_annex": ("上传文件附件", "Put in annexes"),
    "file_opinion": ("上传意见附件", "Put in files with an opinion"),
    "file_view": ("上传专家意见附件", "Put in files with an expert's view"),
    "file_evidence": ("上传佐证材料", "Put in evidence"),
}
SCOPES: Names = {
    "group": ("本领导小组", "In the group"),
    "own_unit": ("本单位", "Own unit"),
    "own": ("本人", "Own"),
    "called": ("受邀的专家小组", "When called to the panel"),
    "in_charge": ("分管", "In charge"),
    "presiding": ("主持时", "When presiding"),
    "part": ("参与的事项", "Matters one has part in"),
    "part_since": ("参与以来的文稿", "Texts since one has part"),
    "filed": ("参与以来的附件", "Files since one has part"),
    "held": ("归本人或本单位的", "What is one's own or one's unit's"),
    "public": ("已公开", "Published"),
    "directory": ("通讯录", "Directory"),
    "installation": ("全系统", "Whole installation"),
}


def pick(pair: tuple[str, str], language: str) -> str:
    """The word in the reader's language."""
    return pair[0] if language == "zh" else pair[1]


def name_of(names: Names, key: str, language: str) -> str:
    """The word for a key; the key itself where nobody has named it."""
    return pick(names[key], language) if key in names else key
