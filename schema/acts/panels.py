"""Expert panels: set up, named or drawn, called, heard, concluded, answered (A3.7)."""

from datetime import date, datetime
from typing import Any

import strawberry

from app.core.draw import Lot
from app.models.matters import Meeting
from app.models.panels import Panel, PanelMember
from app.rules.roles import Actor
from app.services import draws, expert_views, panels
from app.services.joint_meetings import convene_jointly
from app.services.panels import PanelDraft
from app.services.work import Work
from schema.acting import Act, mutation
from schema.enums import AdviceAnswer, ConflictKind, ExpertPosition, PanelConclusion, PanelKind, PanelMode
from schema.ids import need, need_all


@strawberry.input(description="So many experts of one field.")
class LotInput:
    field: str = strawberry.field(description="The field.")
    number: int = strawberry.field(description="How many.")


@strawberry.input(description="What is planned of a panel.")
class PanelPlan(Act):
    kind: PanelKind = strawberry.field(description="What it is convened for.")
    mode: PanelMode = strawberry.field(description="How it works.")
    due_on: date = strawberry.field(description="Until when the views are awaited.")
    question: str = strawberry.field(default="", description="What the office asks.")
    body: str = strawberry.field(default="", description="To whom it is commissioned.")
    place: str = strawberry.field(default="", description="Where it meets.")
    starts_at: datetime | None = strawberry.field(default=None, description="When it meets.")
    unit_ids: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="Units that would carry the motion out; whom they employ cannot sit on it."
    )
    lots: list[LotInput] = strawberry.field(default_factory=list, description="How many of which field shall be drawn.")


@strawberry.input(description="A panel to be set up.")
class DraftPanelInput(PanelPlan):
    motion_id: strawberry.ID = strawberry.field(description="The motion it judges.")


@strawberry.input(description="A panel's plan anew, as a whole.")
class EditPanelInput(PanelPlan):
    id: strawberry.ID = strawberry.field(description="The panel.")


@strawberry.input(description="A member listed by hand.")
class NamePanelMemberInput(Act):
    id: strawberry.ID = strawberry.field(description="The panel.")
    expert_id: strawberry.ID = strawberry.field(description="The expert.")
    reason: str = strawberry.field(default="", description="Why it is he; must be given.")


@strawberry.input(description="An expert who is not to be drawn.")
class ExclusionInput:
    expert_id: strawberry.ID = strawberry.field(description="The expert.")
    reason: str = strawberry.field(description="Why.")


@strawberry.input(description="The conditions of the draw. Whoever has a conflict is left out by itself.")
class FixPanelInput(Act):
    id: strawberry.ID = strawberry.field(description="The panel.")
    lots: list[LotInput] = strawberry.field(
        default_factory=list, description="How many of which field; by default as planned."
    )
    exclusions: list[ExclusionInput] = strawberry.field(default_factory=list, description="Whom to leave out besides.")


@strawberry.input(description="A panel and a reason.")
class PanelReasonInput(Act):
    id: strawberry.ID = strawberry.field(description="The panel.")
    reason: str = strawberry.field(default="", description="Why; of a first draw none is needed.")


@strawberry.input(description="Who presides over the panel.")
class NamePanelChairInput(Act):
    id: strawberry.ID = strawberry.field(description="The panel.")
    member_id: strawberry.ID = strawberry.field(description="One of its members.")


@strawberry.input(description="A panel.")
class CallPanelInput(Act):
    id: strawberry.ID = strawberry.field(description="The panel.")


@strawberry.input(description="A panel to be held as a joint meeting.")
class ConvenePanelInput(CallPanelInput):
    ends_at: datetime = strawberry.field(description="When the meeting is meant to end, with its time zone.")
    presider_id: strawberry.ID = strawberry.field(description="Who presides: the director, or a deputy director.")


@strawberry.input(description="An expert's view.")
class GiveExpertViewInput(Act):
    id: strawberry.ID = strawberry.field(description="His place on the panel.")
    position: ExpertPosition = strawberry.field(description="What he says.")
    score: int = strawberry.field(description="His score, 0 to 100.")
    text: str = strawberry.field(description="His reasons.")


@strawberry.input(description="The conclusion of a panel.")
class ConcludePanelInput(Act):
    id: strawberry.ID = strawberry.field(description="The panel.")
    conclusion: PanelConclusion = strawberry.field(description="What it concludes.")
    text: str = strawberry.field(description="On what it rests.")
    advice: list[str] = strawberry.field(default_factory=list, description="Its recommendations.")


@strawberry.input(description="The office's answer to a recommendation.")
class AnswerPanelAdviceInput(Act):
    id: strawberry.ID = strawberry.field(description="The recommendation.")
    answer: AdviceAnswer = strawberry.field(description="Whether it was taken over.")
    text: str = strawberry.field(default="", description="Why; needed where it was not taken over in full.")


@strawberry.input(description="A member and a reason.")
class MemberReasonInput(Act):
    id: strawberry.ID = strawberry.field(description="The place on the panel.")
    reason: str = strawberry.field(default="", description="Why; must be given.")


@strawberry.input(description="A conflict of interest.")
class ExcludePanelMemberInput(MemberReasonInput):
    conflict: ConflictKind = strawberry.field(description="Which kind.")
    also: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="Others of the panel who were found at the same time."
    )


def _lots(given: list[LotInput]) -> list[Lot]:
    return [Lot(each.field, each.number) for each in given]


def _plan(given: PanelPlan) -> PanelDraft:
    return PanelDraft(
        given.kind.value, given.mode.value, given.due_on, given.question, given.body, given.place, given.starts_at,
        need_all("Unit", given.unit_ids), _lots(given.lots),
    )  # fmt: skip


@mutation(Panel, "筹组专家小组: begin to set up a panel (A3.7).")
async def draft_panel(work: Work, actor: Actor, given: DraftPanelInput) -> Any:
    return await panels.draft_panel(work, actor, need("Motion", given.motion_id), _plan(given))


@mutation(Panel, "修改筹组方案: change what is planned, while nobody was called and nothing fixed (A3.7).")
async def edit_panel(work: Work, actor: Actor, given: EditPanelInput) -> Any:
    return await panels.edit_panel(work, actor, need("Panel", given.id), _plan(given))


@mutation(Panel, "指定专家: list a member by hand, with the reason (A3.7).")
async def name_panel_member(work: Work, actor: Actor, given: NamePanelMemberInput) -> Any:
    key, expert = need("Panel", given.id), need("Expert", given.expert_id)
    return await panels.name_member(work, actor, key, expert, given.reason)


@mutation(Panel, "固定抽取条件: fix and hash pool, fields, numbers and exclusions (A3.7).")
async def fix_panel(work: Work, actor: Actor, given: FixPanelInput) -> Any:
    exclusions = {need("Expert", each.expert_id): each.reason for each in given.exclusions}
    return await draws.fix_conditions(work, actor, need("Panel", given.id), _lots(given.lots), exclusions)


@mutation(Panel, "重设抽取条件: give up the fixed conditions; draws made under them are kept (A3.7).")
async def unfix_panel(work: Work, actor: Actor, given: PanelReasonInput) -> Any:
    return await draws.set_anew(work, actor, need("Panel", given.id), given.reason)


@mutation(Panel, "随机抽取: draw members; the system makes the seed now, a new draw needs a reason (A3.7).")
async def draw_panel_members(work: Work, actor: Actor, given: PanelReasonInput) -> Any:
    row = await draws.draw_members(work, actor, need("Panel", given.id), given.reason)
    return row.panel_id


@mutation(Panel, "确定组长: name the chair (A3.7).")
async def name_panel_chair(work: Work, actor: Actor, given: NamePanelChairInput) -> Any:
    return await panels.name_chair(work, actor, need("Panel", given.id), need("PanelMember", given.member_id))


@mutation(Panel, "邀请专家: call the experts (A3.7).")
async def call_panel(work: Work, actor: Actor, given: CallPanelInput) -> Any:
    return await panels.call_panel(work, actor, need("Panel", given.id))


@mutation(Meeting, "提请联合会议: hold the panel as a joint meeting of the office with its experts (B2.3).")
async def convene_panel(work: Work, actor: Actor, given: ConvenePanelInput) -> Any:
    key, presider = need("Panel", given.id), need("Person", given.presider_id)
    return await convene_jointly(work, actor, key, given.ends_at, presider)


@mutation(Panel, "取消: nobody owes the panel anything any more (A3.7).")
async def cancel_panel(work: Work, actor: Actor, given: PanelReasonInput) -> Any:
    return await panels.cancel_panel(work, actor, need("Panel", given.id), given.reason)


@mutation(PanelMember, "出具意见: an expert's own signed view, bound to the text (A3.7, C16).")
async def give_expert_view(work: Work, actor: Actor, given: GiveExpertViewInput) -> Any:
    key = need("PanelMember", given.id)
    return await expert_views.give_view(work, actor, key, given.position.value, given.score, given.text)


@mutation(Panel, "形成结论: the chair concludes (A3.7).")
async def conclude_panel(work: Work, actor: Actor, given: ConcludePanelInput) -> Any:
    key = need("Panel", given.id)
    return await expert_views.conclude(work, actor, key, given.conclusion.value, given.text, given.advice)


@mutation(Panel, "回应专家建议: taken over, in part, or not and why (A3.7).")
async def answer_panel_advice(work: Work, actor: Actor, given: AnswerPanelAdviceInput) -> Any:
    return await expert_views.answer_advice(work, actor, need("PanelAdvice", given.id), given.answer.value, given.text)


@mutation(PanelMember, "回避: keep an expert out for a conflict, also when it is found late (A3.7).")
async def exclude_panel_member(work: Work, actor: Actor, given: ExcludePanelMemberInput) -> Any:
    key, also = need("PanelMember", given.id), need_all("PanelMember", given.also)
    return await expert_views.exclude(work, actor, key, given.conflict.value, given.reason, also)


@mutation(PanelMember, "申明回避: an expert says himself that he has a conflict (A3.7).")
async def declare_conflict(work: Work, actor: Actor, given: MemberReasonInput) -> Any:
    return await expert_views.declare_conflict(work, actor, need("PanelMember", given.id), given.reason)


@mutation(PanelMember, "解除邀请: let an expert go who has given no view (A3.7).")
async def release_panel_member(work: Work, actor: Actor, given: MemberReasonInput) -> Any:
    return await expert_views.release(work, actor, need("PanelMember", given.id), given.reason)
