"""Acts of the preliminary review that carry more than a reason (A3.3, C16): their fields and their services."""

from typing import Any
from uuid import UUID

from app.admin.fields import OPINION, REASON, Field, Payload
from app.admin.forms import Form
from app.models.review import OpinionDraft
from app.rules.roles import Actor
from app.services import amendments, freshness, major, opinion_drafts, opinions, review_clock, sheets
from app.services.amendments import Amendment
from app.services.work import Work


async def _ask_opinions(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await opinions.ask_opinions(work, actor, key, form.uuids("unit_ids"), form.day_or_none("due_on"))


async def _consolidate(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await opinions.consolidate(work, actor, key, form.text("text"))


async def _amend(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await freshness.amend_motion(work, actor, key, form.text("title"), form.text("body"), form.text("reason"))


async def _ask_signer_again(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await freshness.ask_signer_again(work, actor, key, form.uuid("signature_id"))


async def _reaffirm(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await freshness.reaffirm(work, actor, key, form.text("opinion"))


def _proposed(form: Form) -> list[Amendment]:
    """The amendments of the form; blocks that were left empty are left out."""
    numbers = range(1, amendments.MOST + 1)
    blocks = [(form.text(f"passage_{n}"), form.text(f"wording_{n}"), form.text(f"why_{n}")) for n in numbers]
    return [Amendment(*block) for block in blocks if any(block)]


def drafted(row: OpinionDraft) -> dict[str, str]:
    """What a draft puts into the fields of an answer."""
    given = {name: "" for n in range(1, BLOCKS + 1) for name in (f"passage_{n}", f"wording_{n}", f"why_{n}")}
    for n, each in enumerate(row.amendments, 1):
        given |= {f"passage_{n}": each["passage"], f"wording_{n}": each["wording"], f"why_{n}": each["reason"]}
    return {"position": row.position, "text": row.text, **given}


async def _answer(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await opinions.answer_opinion(work, actor, key, form.text("position"), form.text("text"), _proposed(form))


async def _draft_answer(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await opinion_drafts.save_draft(work, actor, key, form.text("position"), form.text("text"), _proposed(form))


async def _release(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await opinion_drafts.release(work, actor, key)


async def _settle(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await amendments.settle(work, actor, form.uuid("amendment_id"), form.text("outcome"), form.text("reason"))


async def _mark(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await major.mark_major(work, actor, key, form.text("reason"))


async def _unmark(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await major.unmark_major(work, actor, key, form.text("reason"))


async def _begin(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    starts_on, ends_on = form.day("starts_on"), form.day_or_none("ends_on")
    kind, reason, published_in = form.text("kind"), form.text("reason"), form.text("published_in")
    return await major.begin_requirement(work, actor, key, kind, starts_on, ends_on, reason, published_in)


async def _meet(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await major.meet_requirement(work, actor, key, form.text("kind"), form.text("result"))


async def _draft_sheet(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await sheets.draft_sheet(work, actor, key, form.text("text"))


async def _extend(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await opinions.extend_opinion(work, actor, key, form.day("due_on"), form.text("reason"))


async def _grant(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await opinions.grant_more_time(work, actor, key)


async def _refuse(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await opinions.refuse_more_time(work, actor, key, form.text("reason"))


async def _restart(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await review_clock.restart(work, actor, key, form.day("due_on"))


async def _ask_again(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await freshness.ask_opinion_again(work, actor, key, form.day_or_none("due_on"))


async def _respond(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await opinions.respond(work, actor, key, form.text("text"))


_UNITS = Field("unit_ids", "征求意见的单位", "Units", "choices", needed=False, choices="units")
_UNTIL = Field("due_on", "答复期限(不填按规定工作日)", "Answer by (default: by working days)", "day", needed=False)
_NEW_DATE = Field("due_on", "新期限", "New date", "day")
_SIGNER = Field("signature_id", "在此前文稿上的签署", "Signature on an earlier text", "choice", choices="stale")
BLOCKS = 3


def answer_fields(blocks: int = BLOCKS) -> tuple[Field, ...]:
    """The fields of an answer, with room for so many amendments."""
    changes = (
        field
        for n in range(1, blocks + 1)
        for field in (
            Field(f"passage_{n}", f"修改{n}:原文", f"Amendment {n}: the passage", "line", needed=False),
            Field(f"wording_{n}", f"修改{n}:建议文字", f"Amendment {n}: the new wording", "line", needed=False),
            Field(f"why_{n}", f"修改{n}:理由", f"Amendment {n}: why", "line", needed=False),
        )
    )
    return (
        Field("position", "意见类别", "Position", "choice", choices="positions"),
        Field("text", "意见", "Opinion", "text", needed=False),
        *changes,
    )


_ANSWER = answer_fields()
_KIND = Field("kind", "程序", "Requirement", "choice", choices="requirements")
_BEGIN = (
    _KIND,
    Field("starts_on", "开始日期", "First day", "day"),
    Field("ends_on", "征求意见结束日期(不填为30日)", "Last day for comments (default: 30 days)", "day", needed=False),
    Field("reason", "缩短期限的理由(须公布)", "Published reason for a shorter period", "text", needed=False),
    Field("published_in", "该理由公布在何处", "Where that reason is published", needed=False),
)
_SHEET = Field("text", "汇总意见(不填即签发最新一稿)", "Text (default: the newest version)", "text", needed=False)
_SETTLE = (
    Field("amendment_id", "修改意见", "Amendment", "choice", choices="amendments"),
    Field("outcome", "采纳情况", "What became of it", "choice", choices="outcomes"),
    Field("reason", "理由(未全部采纳时)", "Why, where not in full", "text", needed=False),
)
_TEXT = (Field("title", "标题", "Title", prefilled=True), Field("body", "正文", "Text", "text", prefilled=True))

REVIEW: dict[tuple[str, str], Payload] = {
    ("motion", "ask_opinions"): Payload(_ask_opinions, (_UNITS, _UNTIL)),
    ("motion", "consolidate"): Payload(_consolidate, (_SHEET,)),
    ("motion", "amend"): Payload(_amend, (*_TEXT, REASON)),
    ("motion", "ask_signer_again"): Payload(_ask_signer_again, (_SIGNER,)),
    ("motion", "reaffirm"): Payload(_reaffirm, (OPINION,)),
    ("opinion", "answer"): Payload(_answer, _ANSWER),
    ("opinion", "answer_late"): Payload(_answer, _ANSWER),
    ("opinion", "draft_answer"): Payload(_draft_answer, _ANSWER),
    ("opinion", "release"): Payload(_release),
    ("opinion", "settle"): Payload(_settle, _SETTLE),
    ("motion", "mark_major"): Payload(_mark, (REASON,)),
    ("motion", "unmark_major"): Payload(_unmark, (REASON,)),
    ("motion", "begin_requirement"): Payload(_begin, _BEGIN),
    ("motion", "meet_requirement"): Payload(_meet, (_KIND, Field("result", "结果", "Result", "text"))),
    ("motion", "draft_sheet"): Payload(
        _draft_sheet,
        (
            Field(
                "text",
                "汇总意见(不填则由各单位意见汇成)",
                "Consolidated opinion (default: made from the answers)",
                "text",
                needed=False,
            ),
        ),
    ),
    ("opinion", "extend"): Payload(_extend, (_NEW_DATE, REASON)),
    ("opinion", "grant_more_time"): Payload(_grant),
    ("opinion", "refuse_more_time"): Payload(_refuse, (REASON,)),
    ("opinion", "restart"): Payload(_restart, (_NEW_DATE,)),
    ("opinion", "ask_again"): Payload(_ask_again, (_UNTIL,)),
    ("opinion", "respond"): Payload(_respond, (Field("text", "回应", "Response", "text"),)),
}
