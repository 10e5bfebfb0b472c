"""The clauses of the rulebook as data: id, short title in Chinese and English, one sentence on what is wanted.

The ids are the shared vocabulary of tables, guards, policy lines, refusals, tests and documentation.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clause:
    id: str
    zh: str
    en: str
    says: str


class UnknownClause(LookupError):
    """A clause id that the rulebook does not have: a slip of the pen in code, policy or test."""

    def __init__(self, id: str) -> None:
        super().__init__(f"the rulebook has no clause {id!r}")
        self.id = id


_CLAUSES = (
    # Part A: the leading group
    Clause("A1.1", "会议形式", "Two forms of meeting",
           "Under the Party committee and the government the group deliberates in a plenary or in a leaders' meeting."),
    Clause("A1.2", "全体会议议定范围", "What the plenary decides",
           "Five categories belong before the plenary, from conveying instructions to plans and major policy."),
    Clause("A1.3", "组长会议议定范围", "What the leaders' meeting decides",
           "Five categories belong before the leaders' meeting: funds, major schemes, key projects and the like."),
    Clause("A2.1", "会议时机", "When a meeting is held",
           "Need or the leader's wish calls a meeting, no timetable does; motions left waiting too long are shown."),
    Clause("A2.2", "会议主持", "Who presides",
           "The leader takes the chair, or one deputy to whom he has demonstrably handed that one meeting."),
    Clause("A2.3", "邀请列席", "Invited observers",
           "Further officials may be asked to sit in, on the whole meeting or on some of its items."),
    Clause("A2.4", "常设列席部门", "Standing observers",
           "Units on the group's list of observers are invited to each leaders' meeting without anyone's doing."),
    Clause("A3.1", "会议报批与召集", "Convening with the leader's consent",
           "No notice goes out before the leader has agreed to the request, and a changed plan is put to him again."),
    Clause("A3.2", "议题提请程序", "The path of a motion",
           "Draft, endorsement, review and admission follow one another, each by another person, none left out."),
    Clause("A3.3", "议题初审", "Preliminary review",
           "Units and departments give dated opinions on an admitted motion and the office draws them into one."),
    Clause("A3.4", "会前送阅", "Papers ahead of the meeting",
           "Leader and deputies get each motion's papers some working days ahead, or the item cannot be taken."),
    Clause("A3.5", "议定事项文件", "The document behind a decision",
           "A decision takes effect by a document that passes its circuit of signatures, is issued, then numbered."),
    Clause("A3.6", "组织实施", "Carrying decisions out",
           "The office turns decisions into directives with one lead unit and tells the group what became of them."),
    Clause("A3.7", "专家论证", "Expert panels",
           "A highly specialized matter waits for the conclusion of an unbiased, properly composed expert panel."),
    Clause("A4.1", "出席与请假", "Attendance and leave",
           "Called members come or ask the presider for leave, and who came, late or not at all is kept."),
    Clause("A4.2", "会前研读", "Reading in advance",
           "Every addressee's reading of the papers is seen by the office and chased when it is missing."),
    Clause("A4.3", "发言与执行", "Speaking freely, carrying out loyally",
           "Statements, dissent included, stay on record, and what is decided returns only as a new motion."),
    Clause("A4.4", "保密", "Confidentiality",
           "Until publication a matter exists only for those who have part in it, and state secrets never enter."),
    # Part B: the office
    Clause("B1.1", "日常工作", "Daily administration",
           "The office keeps the group's people, units, tasks and records in order from day to day."),
    Clause("B1.2", "会议筹备", "Preparing the meetings",
           "The office gets plenaries and leaders' meetings ready: consent, agenda, invitations, papers."),
    Clause("B1.3", "初审职责", "Running the preliminary review",
           "The office asks for opinions, watches their dates and answers for the consolidated one."),
    Clause("B1.4", "起草规范性文件", "Drafting the group's documents",
           "The office writes the documents by which the group speaks."),
    Clause("B1.5", "督办落实", "Supervising what was decided",
           "The office follows each decision through directives until it is done."),
    Clause("B1.6", "公开发布", "Announcing to the public",
           "The office makes deliberated and decided matters known, save those that are secret."),
    Clause("B1.7", "牵头建设项目", "Leading the city's own projects",
           "For basic construction and major applications the office itself can be the lead of a directive."),
    Clause("B1.8", "交办事项", "Other work from the group",
           "What else the group hands to the office is taken on and followed like the rest."),
    Clause("B2.1", "内设机构", "Three departments",
           "The office works for the group through general affairs, planning and technical departments."),
    Clause("B2.2", "主任负责", "The director answers for daily business",
           "Daily business is the director's, with General Affairs at his side."),
    Clause("B2.3", "办公室会议形式", "Forms of office meeting",
           "The director picks among the office's forms of meeting, and can add others as data."),
    Clause("B2.4", "办公室议题", "Topics of office meetings",
           "A department's topic passes its deputy director and the director before an office meeting takes it."),
    Clause("B2.5", "办公室会议组织", "Who organizes office meetings",
           "General Affairs does as a rule; a special-topic meeting may be left to the department that wants it."),
    Clause("B2.6", "会议纪要", "Minutes",
           "Who organized drafts the minutes, the proper hand approves them, each attendant gets his extract."),
    Clause("B2.7", "主任交办督办", "Assignments by the directors",
           "What the director or a deputy director assigns is supervised as a directive without any meeting."),
    # Part C: what users expect beyond the rules
    Clause("C1", "待办", "Tasks",
           "Each reply that someone awaits is one task, found in what I owe and in what is owed to me."),
    Clause("C2", "催办", "Chasing",
           "Reminders climb a ladder in working days, each rung once, and never out of hours or on days off."),
    Clause("C3", "督办事项", "Directives",
           "A directive runs from issue over reports to verification and closing, with a light and fair lists."),
    Clause("C4", "授权代理", "Delegation",
           "Named powers can be lent for a time or a matter, visibly, without lending on and without acting twice."),
    Clause("C5", "任职变动", "Appointments change",
           "Offices and units have a beginning and an end, the past stays true, and open work goes to the successor."),
    Clause("C6", "留痕", "History",
           "All changes stand on a chained trail that shows gaps and reads as a matter's story."),
    Clause("C7", "可否办理的说明", "Explanations",
           "Whether an action is open to me, and under which clause not, has one answer for buttons and for acts."),
    Clause("C8", "公文版式与附件", "Papers and forms",
           "Papers come out in the national layout as DOCX and PDF, and attachments are versioned and hashed."),
    Clause("C9", "日历与通知渠道", "Calendar and channels",
           "Meetings reach calendars, news reaches people by several channels, and channels outside say little."),
    Clause("C10", "公众查阅", "Public reading",
           "Anyone reads what was published, after a second person's check and within a period that is watched."),
    Clause("C11", "中文检索", "Search",
           "Chinese text is searched across the nouns, never past what the searcher may see."),
    Clause("C12", "导入与导出", "Import and export",
           "Spreadsheets come in after a dry run that names each fault; lists and whole matters go out verifiable."),
    Clause("C13", "三员分立", "Three administrators apart",
           "System, security and audit are three roles for three people, and none of them opens a matter's content."),
    Clause("C14", "工作日", "Working days",
           "Due dates follow the published calendar, are explained, and are provisional where no calendar is known."),
    Clause("C15", "等谁", "Who is it waiting for",
           "One field tells for whom a matter waits, since when, until when, and whether that is late."),
    Clause("C16", "意见时效", "Freshness of opinions",
           "An opinion or signature remembers the text it was given on and shows when that text moved on."),
    Clause("C17", "议定与讨论", "Decided is not discussed",
           "Only a recorded decision of a known kind has consequences, with a reason where positions differed."),
    Clause("C18", "闭环", "The loop closes",
           "Open directives head the next agenda, and a decision is done only when all that hangs on it is."),
    Clause("C19", "可检查的督办", "Directives one can check",
           "One lead, a result that can be seen and a date, split at most two deep, verified by someone else."),
    Clause("C20", "纸质办理", "The paper route",
           "An authorised clerk enters what was signed on paper or said by telephone, and the signer can object."),
)  # fmt: skip

CLAUSES: dict[str, Clause] = {each.id: each for each in _CLAUSES}


def clause(id: str) -> Clause:
    """The clause of this id; an unknown one is an error, never a blank."""
    try:
        return CLAUSES[id]
    except KeyError:
        raise UnknownClause(id) from None
