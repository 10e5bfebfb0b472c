"""The engine: may this act be done now, and doing it. Buttons, `availableActions` and the act itself ask `why_not`."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from app.core.enforces import enforces
from app.core.refusals import Refusal, Refused, invalid
from app.models.people import Delegation
from app.models.records import Trail
from app.policy import Policy
from app.queries.subjects import Subject, load_subject, load_subjects
from app.rules.roles import RANKS, ROLE_NAMES, Actor, Role, Seat, of_person
from app.rules.workflow import Step
from app.services import parts, tasks, text_hash, texts, trail
from app.services.audiences import resolve
from app.services.guards import GUARDS
from app.services.hands import Hand, possible_hands
from app.services.objections import ends_objections, objection
from app.services.paper import tell_signer, void_objected
from app.services.signatures import sign
from app.services.tells import tell
from app.services.work import Work


@dataclass(frozen=True, slots=True)
class Availability:
    """One action of the table for one actor: allowed, or what stands in the way."""

    action: str
    zh: str
    en: str
    clause: str
    reason: bool
    blocker: Refusal | None

    @property
    def allowed(self) -> bool:
        return self.blocker is None


def _wrong_state(subject: Subject, action: str) -> Refusal:
    rows = subject.table.rows(action)
    if not rows:
        return Refusal("unknown_action", f"没有“{action}”这一步骤。", f"There is no step {action!r}.", "C7")
    state = subject.state
    wanted = "、".join(subject.table.states[name].zh for row in rows for name in row.from_)
    wanted_en = ", ".join(subject.table.states[name].en for row in rows for name in row.from_)
    return Refusal(
        "wrong_state",
        f"现在是“{state.zh}”,“{rows[0].zh}”须在“{wanted}”时办理。",
        f"The state is “{state.en}”; “{rows[0].en}” belongs to: {wanted_en}.",
        rows[0].clause,
    )


def _not_your_role(policy: Policy, subject: Subject, step: Step) -> Refusal:
    names = [ROLE_NAMES[Role(role)] for role in sorted(policy.allowed_roles(subject.noun, step.action))]
    zh, en = "、".join(name[0] for name in names), ", ".join(name[1] for name in names)
    return Refusal("not_your_role", f"“{step.zh}”由{zh}办理。", f"“{step.en}” is for: {en}.", step.clause, zh, en)


def _blocked(subject: Subject, step: Step, hand: Hand, now: datetime) -> Refusal | None:
    for name in step.guards:
        if not GUARDS[name].check(subject, hand, now):
            return GUARDS[name].refusal()
    turn = {of_person(person) for person in hand.people} & set(resolve(subject, step.all_of)) if step.all_of else True
    return None if turn else GUARDS["your_turn"].refusal()


@enforces("C7", "C20")
def choose_hand(policy: Policy, subject: Subject, action: str, actor: Actor, now: datetime) -> Hand | Refusal:
    """The capacity in which the actor may act now, or the reason why in none. Pure: asks no database."""
    step = subject.table.step(action, subject.row.state)
    if step is None or step.by_service:
        return _wrong_state(subject, action)
    hands = possible_hands(policy, subject, action, actor)
    if not hands:
        return _not_your_role(policy, subject, step)
    if suspended := objection(subject, action):
        return suspended
    refusals = [_blocked(subject, step, hand, now) for hand in hands]
    allowed = next((hand for hand, refusal in zip(hands, refusals, strict=True) if refusal is None), None)
    return allowed or next(refusal for refusal in refusals if refusal)


@enforces("C7")
def why_not(policy: Policy, subject: Subject, action: str, actor: Actor, now: datetime) -> Refusal | None:
    """None when the actor may take this action now; otherwise the refusal."""
    answer = choose_hand(policy, subject, action, actor, now)
    return answer if isinstance(answer, Refusal) else None


def require(work: Work, subject: Subject, action: str, actor: Actor) -> None:
    """Refuse now what `perform` would refuse later, before anything is looked up or asked for it."""
    if refusal := why_not(work.policy, subject, action, actor, work.now):
        raise Refused(refusal)


def available(policy: Policy, subject: Subject, actor: Actor, now: datetime) -> list[Availability]:
    """Every action of the noun's table with the same answer that the act itself would get."""
    found = []
    for action in subject.table.actions:
        rows = subject.table.rows(action)
        if not rows[0].by_service:
            blocker = why_not(policy, subject, action, actor, now)
            found.append(Availability(action, rows[0].zh, rows[0].en, rows[0].clause, rows[0].reason, blocker))
    return found


def _all_have_signed(subject: Subject, step: Step) -> bool:
    """Whether everybody of a parallel step has taken it; nobody to take it counts as taken."""
    return set(resolve(subject, step.all_of)) <= _have_signed(subject, step)


def _have_signed(subject: Subject, step: Step) -> set[str]:
    """The holders whose signature this step has, given by themselves or for them."""
    return {
        of_person(person)
        for row in subject.signatures
        if row.action == step.action
        for person in (row.person_id, row.for_id)
        if person
    }


def _void(work: Work, subject: Subject) -> None:
    for signature in subject.signatures:
        signature.voided_at = work.now
    subject.signatures = []
    subject.row.round += 1


async def _enter(work: Work, subject: Subject, state: str, clause: str, outcome: str, hand: Hand | None) -> None:
    """Leave the present state and enter another: its open tasks end, those of the new state begin."""
    await tasks.close_all(work, subject, outcome, hand.person_id if hand else None)
    subject.row.state, subject.row.state_since = state, work.now
    await tasks.open_for_state(work, subject, clause)
    await _parts_for_delegates(work, subject)


async def _parts_for_delegates(work: Work, subject: Subject) -> None:
    """Whoever may act now for an office-holder sees this matter, no sooner than he himself (C4, A4.4)."""
    for row in subject.related["mandate"]:
        may_act = subject.table.step(row.permission.partition(":")[2], subject.row.state) is not None
        if may_act and await _concerns_principal(work, subject, row):
            lists = await parts.lists_of(work, subject)
            await parts.grant(work, subject.noun, subject.row.id, [of_person(row.delegate_id)], "C4", lists)


async def _concerns_principal(work: Work, subject: Subject, row: Delegation) -> bool:
    """Whether the principal's own reply is awaited; where none is, whether he has part: nobody lends more sight."""
    posts = [post for post in subject.appointments if post.person_id == row.principal_id and post.role == row.role]
    seats = (Seat(Role(post.role), post.group_id, post.unit_id) for post in posts)
    owed = {of_person(row.principal_id), *(holder for seat in seats for holder in seat.holders)}
    awaited = {holder for ask in subject.state.awaits for holder in resolve(subject, ask.audience)}
    return bool(awaited & owed) if awaited else await parts.any_has_part(work, subject, owed)


async def _pass_empty_steps(work: Work, subject: Subject) -> None:
    """A parallel step that nobody has to take is passed at once."""
    for step in subject.table.steps:
        if step.all_of and subject.row.state in step.from_ and not resolve(subject, step.all_of):
            before = subject.row.state
            await _enter(work, subject, step.to, step.clause, "passed", None)
            await _record(work, subject, step, before, None, None)


def out_of_step(subject: Subject, waiting: Collection[str], expected: Collection[str]) -> tuple[set[str], set[str]]:
    """Of a parallel step, who owes a signature no longer since he left the office, and who owes one since he came to
    it. `waiting` are the holders of open tasks, `expected` those whose seat begins later."""
    step = _parallel(subject)
    if step is None:
        return set(), set()
    wanted = set(resolve(subject, step.all_of))
    return set(waiting) - wanted - set(expected), wanted - set(waiting) - _have_signed(subject, step)


def _parallel(subject: Subject) -> Step | None:
    return next((each for each in subject.table.steps if each.all_of and subject.row.state in each.from_), None)


@enforces("A3.5", "C5")
async def follow_seats(work: Work, subject: Subject, gone: Collection[str], come: Collection[str]) -> None:
    """A parallel step follows the seats; where nobody is left to wait for, it is complete."""
    step = _parallel(subject)
    assert step is not None  # out_of_step has found it
    for task in await tasks.open_tasks(work, subject, list(gone)):
        tasks.close(work, task, "left_office", None)
    await tasks.open_for_state(work, subject, "C5", come)
    flag_modified(subject.row, "state")
    before = subject.row.state
    await _record(work, subject, replace(step, action="follow_seats", clause="C5"), before, None, None)
    if not come and _have_signed(subject, step) and _all_have_signed(subject, step):
        await _enter(work, subject, step.to, step.clause, "passed", None)
        await _record(work, subject, step, before, None, None)
    await _pass_empty_steps(work, subject)
    await work.session.flush()


async def _record(
    work: Work, subject: Subject, step: Step, before: str, hand: Hand | None, actor: Actor | None
) -> None:
    await work.session.flush()
    row = subject.row
    work.woken_by(subject)
    await trail.append(
        work.session,
        trail.entry(
            work.now,
            subject.noun,
            step.action,
            step.clause,
            object_id=row.id,
            group_id=row.group_id,
            actor_id=hand.person_id if hand else None,
            for_id=hand.for_id if hand else None,
            entered_by=actor.entry.clerk_id if actor and actor.entry else None,
            version=row.version,
            from_state=before,
            to_state=row.state,
            origin=actor.origin if actor else "system",
            content_hash=text_hash.of(row),
        ),
    )


async def _move(work: Work, subject: Subject, step: Step, hand: Hand | None) -> None:
    if step.all_of and not _all_have_signed(subject, step):
        own = [of_person(person) for person in (hand.people if hand else ())]
        for task in await tasks.open_tasks(work, subject, own):
            tasks.close(work, task, step.action, hand.person_id if hand else None)
    elif step.to:
        await _enter(work, subject, step.to, step.clause, step.action, hand)


@enforces("C1")
async def _beside(work: Work, subject: Subject, step: Step, hand: Hand | None) -> None:
    """Tasks that belong to the act itself: those that it answers end, those that it asks for begin."""
    if step.answers:
        for task in await tasks.open_tasks(work, subject):
            if task.kind in step.answers:
                tasks.close(work, task, step.action, hand.person_id if hand else None)
        await work.session.flush()
    for ask in step.asks:
        tasks.open_asked(work, subject, ask, step.clause)


async def _apply(
    work: Work,
    subject: Subject,
    step: Step,
    hand: Hand | None,
    actor: Actor | None,
    words: str,
    told: Mapping[str, str] | None = None,
    from_paper: bool = False,
) -> None:
    """State, signature, tasks, parts, outbox and trail: one transaction, in this order.

    Every act raises the row's version, also one that moves no state: of two at once, such as the last two
    countersignatures, the second meets a conflict instead of overlooking the first.
    """
    flag_modified(subject.row, "state")
    before, version, stale = subject.row.state, await texts.keep(work, subject.row), False
    if hand and actor and (step.signs or step.reason or from_paper):
        if version and from_paper:
            version, stale = await texts.judged(work, subject.row, actor)
        sign(work, subject, step, hand, actor, words, version, stale)
    if step.voids:
        _void(work, subject)
    elif ends_objections(subject, step.action):
        void_objected(work, subject)
    await _move(work, subject, step, hand)
    await _beside(work, subject, step, hand)
    await parts.give(work, subject, step.parts, step.clause)
    await _record(work, subject, step, before, hand, actor)
    payload = {"state": subject.row.state, "clause": step.clause, "zh": step.zh, "en": step.en, **(told or {})}
    await tell(
        work, subject, f"{subject.noun}.{step.action}", step.tells, hand.person_id if hand else None, payload, step.asks
    )
    await _pass_empty_steps(work, subject)
    await work.session.flush()


@enforces("C6", "C7")
async def perform(
    work: Work,
    subject: Subject,
    action: str,
    actor: Actor,
    *,
    reason: str = "",
    opinion: str = "",
    changes: Mapping[str, Any] | None = None,
    told: Mapping[str, str] | None = None,
) -> Subject:
    """Take the action or raise Refused; nothing is changed when it is refused.

    `changes` are the columns that the act's payload sets. They are applied after the guards have spoken, in the same
    transaction as state, signature, task, parts, outbox and trail. `told` is what those who are told read of it.
    What a clerk enters from paper is judged as on the day of the paper, always kept as a signature, and told to its
    signer (C20).
    """
    answer = choose_hand(work.policy, subject, action, actor, actor.moment(work.now))
    if isinstance(answer, Refusal):
        raise Refused(answer)
    step = subject.table.step(action, subject.row.state)
    assert step is not None  # choose_hand has found it
    if step.reason and not reason.strip():
        raise invalid("reason", f"“{step.zh}”须写明理由。", f"“{step.en}” needs a reason.", step.clause)
    if texts.touches(subject.noun, changes):
        await texts.keep(work, subject.row)
    for name, value in (changes or {}).items():
        setattr(subject.row, name, value)
    words, from_paper = reason.strip() or opinion.strip(), actor.entry is not None
    await _apply(work, subject, step, answer, actor, words, told, from_paper)
    await tell_signer(work, subject, action, actor)
    return subject


async def advance(work: Work, subject: Subject, action: str, actor: Actor | None = None, reason: str = "") -> Subject:
    """Take a step that follows from another act (a decision moves its motion). The other act has been allowed."""
    step = subject.table.step(action, subject.row.state)
    if step is None:
        raise Refused(_wrong_state(subject, action))
    hand = None
    if actor and actor.person_id:
        roles = actor.roles_in(subject.row.group_id)
        hand = Hand(actor.person_id, min(roles, key=RANKS.__getitem__, default=Role.DEPARTMENT_STAFF))
    await _apply(work, subject, step, hand, actor, reason.strip())
    return subject


@enforces("C6", "A4.4")
async def begin(
    work: Work, noun: str, row: Any, actor: Actor, clause: str, audiences: tuple[str, ...] = ("drafter", "office")
) -> Subject:
    """Bring a new matter into the world in its initial state, with its first tasks, parts and trail entry."""
    work.session.add(row)
    await work.session.flush()
    subject = await load_subject(work.session, noun, row)
    await texts.keep(work, row)
    await parts.give(work, subject, audiences, clause)
    await tasks.open_for_state(work, subject, clause)
    await work.session.flush()
    await trail.append(work.session, _first_entry(work, subject, actor, clause))
    return subject


@enforces("C6", "A4.4")
async def begin_all(
    work: Work, noun: str, rows: Sequence[Any], actor: Actor, clause: str, audiences: tuple[str, ...]
) -> list[Subject]:
    """As `begin`, for many at once: what is asked of the database does not grow with them, but for the trail."""
    work.session.add_all(rows)
    await work.session.flush()
    subjects = await load_subjects(work.session, noun, rows)
    for subject in subjects:
        await texts.keep(work, subject.row)
        await parts.give_first(work, subject, audiences, clause)
        await tasks.open_for_state(work, subject, clause)
    await work.session.flush()
    await trail.append_all(work.session, [_first_entry(work, subject, actor, clause) for subject in subjects])
    return subjects


def _first_entry(work: Work, subject: Subject, actor: Actor, clause: str) -> Trail:
    row = subject.row
    return trail.entry(
        work.now,
        subject.noun,
        "draft",
        clause,
        object_id=row.id,
        group_id=row.group_id,
        actor_id=actor.person_id,
        version=row.version,
        to_state=row.state,
        origin=actor.origin,
        content_hash=text_hash.of(row),
    )
