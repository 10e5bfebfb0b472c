"""Which steps are not entered from paper (C20), and why not. Every other step of every table is, by one mechanism:
`app.services.from_paper`."""

from dataclasses import dataclass

from app.rules.catalogue import TABLES
from app.rules.workflow import Step


@dataclass(frozen=True, slots=True)
class Why:
    """Why a step has no paper route, as a person reads it."""

    zh: str
    en: str


AT_ONCE = Why(
    "这一步由系统当场办理(抽取、编号、送达、发布、签到码),纸面上没有可以代录的签署。",
    "The system does this at that moment (a lot, a number, a delivery, a publication, a code shown in the hall): "
    "there is nothing signed to enter.",
)
TEXT = Why(
    "这一步是起草或修改文字,签署时才生效;谁录入,谁就是拟稿人。",
    "This writes a text, which binds nobody before it is signed: whoever writes it here is its drafter.",
)
DESK = Why(
    "这一步是办公室自己的经办和记录,经办人以本人名义直接办理。",
    "This is the office's own handling and record: whoever handles it takes the step in his own name.",
)

WITHOUT_PAPER: dict[tuple[str, str], Why] = {
    ("panel", "fix"): AT_ONCE,
    ("panel", "unfix"): AT_ONCE,
    ("panel", "draw"): AT_ONCE,
    ("meeting", "deliver_papers"): AT_ONCE,
    ("attendance", "check_in"): AT_ONCE,
    ("document", "register"): AT_ONCE,
    ("publication", "publish"): AT_ONCE,
    ("motion", "amend"): TEXT,
    ("motion", "draft_sheet"): TEXT,
    ("opinion", "draft_answer"): TEXT,
    ("panel", "edit"): TEXT,
    ("meeting", "draft_minutes"): TEXT,
    ("document", "revise"): TEXT,
    ("document", "correct"): TEXT,
    ("document", "drop_correction"): TEXT,
    ("directive", "edit"): TEXT,
    ("directive", "answer_question"): TEXT,
    ("motion", "list"): DESK,
    ("motion", "begin_requirement"): DESK,
    ("motion", "meet_requirement"): DESK,
    ("topic", "list"): DESK,
    ("panel", "answer_advice"): DESK,
    ("meeting", "arrange"): DESK,
    ("meeting", "add_late"): DESK,
    ("meeting", "raise_matter"): DESK,
    ("meeting", "correct_record"): DESK,
    ("item", "arrange"): DESK,
    ("item", "recuse"): DESK,
    ("attendance", "sign_in"): DESK,
    ("attendance", "leave"): DESK,
}


# An act that moves no matter, so that no table holds it, and is signed for on paper all the same. It holds nothing up:
# an objection to it undoes it at once.
READING = Step(
    action="read_papers", from_=(), to="", zh="签收会议材料", en="Sign for papers of a meeting", clause="A4.2"
)
BESIDE: dict[tuple[str, str], Step] = {("meeting", READING.action): READING}
# The office director's act on an entry that is contested: no step of a table, kept as a signature with its reason.
VOIDING = Step(action="void_entry", from_=(), to="", zh="作废代录", en="Void an entry", clause="C20", reason=True)


def takes_paper(noun: str, action: str) -> bool:
    """Whether somebody can take this step, and so sign it on paper."""
    if (noun, action) in BESIDE:
        return True
    rows = TABLES[noun].rows(action) if noun in TABLES else ()
    return bool(rows) and not rows[0].by_service and (noun, action) not in WITHOUT_PAPER
