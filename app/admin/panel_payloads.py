"""Acts of expert panels that carry more than a reason (A3.7): their fields and their services."""

import re
from typing import Any
from uuid import UUID

from app.admin.fields import REASON, Field, Payload
from app.admin.forms import Form
from app.core.draw import Lot
from app.core.refusals import invalid
from app.rules.roles import Actor
from app.services import draws, expert_views, panels
from app.services.joint_meetings import convene_jointly
from app.services.panels import PanelDraft
from app.services.work import Work

_LOT = re.compile(r"(.+?)\s*[:：×x*\s]\s*(\d{1,2})\s*人?")


async def _name(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await panels.name_member(work, actor, key, form.uuid("expert_id"), form.text("reason"))


def _lots(text: str) -> list[Lot]:
    """One lot a line or between 、: `物联网 3`, `网络安全:2`."""
    found = []
    for line in re.split(r"[\n、;；]+", text):
        if not line.strip():
            continue
        lot = _LOT.fullmatch(line.strip())
        if lot is None:
            raise invalid(
                "lots", "每行写一个领域和人数,例如:物联网 3。", "One field and number a line: 物联网 3.", "A3.7"
            )
        found.append(Lot(lot[1].strip(), int(lot[2])))
    return found


def panel_draft(form: Form) -> PanelDraft:
    return PanelDraft(
        kind=form.text("kind"), mode=form.text("mode"), due_on=form.day("due_on"), question=form.text("question"),
        body=form.text("body"), place=form.text("place"), unit_ids=form.uuids("unit_ids"),
        starts_at=form.instant("starts_at") if form.text("starts_at") else None, lots=_lots(form.text("lots_said")),
    )  # fmt: skip


async def _edit(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await panels.edit_panel(work, actor, key, panel_draft(form))


async def _fix(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    out, why = form.uuids("excluded"), form.text("exclusion_reason")
    return await draws.fix_conditions(work, actor, key, _lots(form.text("lots_said")), dict.fromkeys(out, why))


async def _unfix(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await draws.set_anew(work, actor, key, form.text("reason"))


async def _draw(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await draws.draw_members(work, actor, key, form.text("reason"))


async def _convene(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await convene_jointly(work, actor, key, form.instant("ends_at"), form.uuid("presider_id"))


async def _chair(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await panels.name_chair(work, actor, key, form.uuid("member_id"))


async def _call(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await panels.call_panel(work, actor, key)


async def _cancel(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await panels.cancel_panel(work, actor, key, form.text("reason"))


async def _conclude(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    advice = form.text("advice").split("\n")
    return await expert_views.conclude(work, actor, key, form.text("conclusion"), form.text("text"), advice)


async def _answer(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    answer, text = form.text("answer"), form.text("text")
    return await expert_views.answer_advice(work, actor, form.uuid("advice_id"), answer, text)


def _score(form: Form) -> int:
    score = form.needed("score")
    if not score.isdecimal():
        raise invalid("score", "评分应为0至100的整数。", "A score is a whole number from 0 to 100.", "A3.7")
    return int(score)


async def _view(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await expert_views.give_view(work, actor, key, form.text("position"), _score(form), form.text("text"))


async def _declare(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await expert_views.declare_conflict(work, actor, key, form.text("reason"))


async def _exclude(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    conflict, reason, also = form.text("conflict"), form.text("reason"), form.uuids("also")
    return await expert_views.exclude(work, actor, key, conflict, reason, [each for each in also if each != key])


async def _release(work: Work, actor: Actor, key: UUID, form: Form) -> Any:
    return await expert_views.release(work, actor, key, form.text("reason"))


_AGAIN = Field("reason", "理由(重新抽取时必填)", "Reason (needed for a new draw)", "text", needed=False)
_VIEW = (
    Field("position", "意见", "Position", "choice", choices="views"),
    Field("score", "评分(0至100)", "Score (0 to 100)"),
    Field("text", "理由", "Reasons", "text"),
)
_EXPERT = Field("expert_id", "专家", "Expert", "choice", choices="experts")
PLAN = (
    Field("kind", "类型", "Kind", "choice", choices="panel_kinds", prefilled=True),
    Field("mode", "方式", "How", "choice", choices="panel_modes", prefilled=True),
    Field("question", "论证问题", "Question", "text", needed=False, prefilled=True),
    Field("unit_ids", "实施单位", "Implementing units", "choices", needed=False, choices="units", prefilled=True),
    Field("lots_said", "拟抽取的领域和人数(每行一个,如:物联网 3)", "Fields and numbers to draw, one a line: 物联网 3",
          "text", needed=False, prefilled=True),
    Field("due_on", "意见期限", "Views due", "day", prefilled=True),
    Field("starts_at", "论证会时间(会议方式)", "Session (as a meeting)", "instant", needed=False, prefilled=True),
    Field("place", "论证会地点(会议方式)", "Place (as a meeting)", needed=False, prefilled=True),
    Field("body", "受委托机构(委托方式)", "Commissioned to", needed=False, prefilled=True),
)  # fmt: skip
PANEL_PAYLOADS: dict[tuple[str, str], Payload] = {
    ("panel", "edit"): Payload(_edit, PLAN),
    ("panel", "name_member"): Payload(_name, (_EXPERT, REASON)),
    ("panel", "fix"): Payload(
        _fix,
        (
            Field("lots_said", "领域和人数(每行一个,如:物联网 3)", "Fields and numbers, one a line: 物联网 3", "text",
                  prefilled=True),
            Field("excluded", "另行排除", "Leave out besides", "choices", needed=False, choices="experts"),
            Field("exclusion_reason", "排除理由", "Why they are left out", needed=False),
        ),
    ),
    ("panel", "unfix"): Payload(_unfix, (REASON,)),
    ("panel", "draw"): Payload(_draw, (_AGAIN,)),
    ("panel", "name_chair"): Payload(_chair, (Field("member_id", "组长", "Chair", "choice", choices="members"),)),
    ("panel", "call"): Payload(_call),
    ("panel", "convene"): Payload(
        _convene,
        (
            Field("ends_at", "会议结束时间", "The meeting ends", "instant"),
            Field("presider_id", "会议主持人", "Presider of the meeting", "choice", choices="presiders"),
        ),
    ),
    ("panel", "cancel"): Payload(_cancel, (REASON,)),
    ("panel", "conclude"): Payload(
        _conclude,
        (
            Field("conclusion", "结论", "Conclusion", "choice", choices="conclusions"),
            Field("text", "依据", "On what it rests", "text"),
            Field("advice", "建议(每行一条)", "Recommendations, one a line", "text", needed=False),
        ),
    ),
    ("panel", "answer_advice"): Payload(
        _answer,
        (
            Field("advice_id", "建议", "Recommendation", "choice", choices="advice"),
            Field("answer", "采纳情况", "Answer", "choice", choices="answers"),
            Field("text", "说明", "Why", "text", needed=False),
        ),
    ),
    ("panel_member", "give_view"): Payload(_view, _VIEW),
    ("panel_member", "declare_conflict"): Payload(_declare, (REASON,)),
    ("panel_member", "exclude"): Payload(
        _exclude,
        (
            Field("conflict", "回避情形", "Conflict", "choice", choices="conflicts"),
            Field("also", "同时发现的其他成员", "Others found at the same time", "choices", needed=False,
                  choices="members"),
            REASON,
        ),
    ),
    ("panel_member", "release"): Payload(_release, (REASON,)),
}  # fmt: skip
