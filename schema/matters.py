"""What every matter answers: its state, what may be done now and why not, whom it waits for, who took which step."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from itertools import chain
from operator import itemgetter
from typing import Any

import strawberry

from app.core.clock import now
from app.core.refusals import Refusal
from app.models.papers import Attachment, RegisterCard
from app.models.people import Group, Person
from app.models.records import Signature
from app.queries.planner.rows import shown
from app.queries.subject_facts import awaited_facts, subject_facts, subject_of
from app.queries.subjects import MODELS, load_subjects
from app.queries.waiting import Waiting, resting, waits_of
from app.rules.attachments import CARDED
from app.rules.catalogue import TABLES
from app.services.transitions import Availability, available
from schema.context import Context, Info
from schema.declare import Computed, Field, Label, Many, One, column, optional
from schema.enums import STATES, Disclosure
from schema.naming import mutation_name


@strawberry.type(description="What stands in the way of an action (C7).")
class Blocker:
    code: str = strawberry.field(description="Its code, the same in every language.")
    message: str = strawberry.field(description="A sentence for people.")
    clause: str = strawberry.field(description="The clause of the rulebook behind it.")
    who: str = strawberry.field(description="Who can remove the obstacle; empty where nobody can.")


@strawberry.type(description="One step of the table of procedure, for the asker, now (C7).")
class AvailableAction:
    action: str = strawberry.field(description="Its name in the table.")
    mutation: str = strawberry.field(description="The mutation that takes it.")
    label: str = strawberry.field(description="What the button says.")
    clause: str = strawberry.field(description="The clause that gives rise to it.")
    needs_reason: bool = strawberry.field(description="Whether a reason must be given.")
    allowed: bool = strawberry.field(description="Whether the asker may take it now.")
    blockers: list[Blocker] = strawberry.field(description="Why not; empty when allowed.")


@strawberry.type(description="Whom a matter waits for (C15).")
class WaitingOn:
    kind: str = strawberry.field(description="The kind of reply that is awaited; next_step where nobody owes one.")
    names: str = strawberry.field(description="Who owes it.")
    since: datetime = strawberry.field(description="Since when.")
    until: date | None = strawberry.field(
        description="The due day, which ends at 24:00 in Shanghai (C14); null where no date is set for the next step."
    )
    late: bool = strawberry.field(description="Whether the due day has passed.")


def blocker(context: Context, refusal: Refusal) -> Blocker:
    return Blocker(
        code=refusal.code,
        message=refusal.sentence(context.language),
        clause=refusal.clause,
        who=context.say(refusal.who_zh, refusal.who_en),
    )


def _action(context: Context, noun: str, found: Availability) -> AvailableAction:
    return AvailableAction(
        action=found.action,
        mutation=mutation_name(noun, found.action),
        label=context.say(found.zh, found.en),
        clause=found.clause,
        needs_reason=found.reason,
        allowed=found.allowed,
        blockers=[blocker(context, found.blocker)] if found.blocker else [],
    )


async def availabilities(context: Context, noun: str, row: Any) -> list[Availability]:
    """The engine's own answer for every step; asked for many rows at once."""

    async def load(rows: list[Any]) -> Sequence[Any]:
        view = await context.view()
        async with context.db.read() as session:
            subjects = await load_subjects(session, noun, rows)
        return [available(view.policy, subject, view.actor, now()) for subject in subjects]

    found: list[Availability] = await context.loader(("available", noun), load, lambda key: key.id).load(row)
    return found


async def _waiting(context: Context, noun: str, row: Any) -> WaitingOn | None:
    async def load(rows: list[Any]) -> Sequence[Any]:
        view = await context.view()
        async with context.db.read() as session:
            found = await waits_of(session, view, noun, rows)
        return [found.get(each.id) for each in rows]

    waiting: Waiting | None = await context.loader(("waiting", noun), load, lambda each: each.id).load(row)
    if waiting is None:
        return None
    return WaitingOn(
        kind=waiting.kind,
        names=context.say(waiting.zh, waiting.en),
        since=waiting.since,
        until=waiting.until,
        late=waiting.late,
    )


def _finish_actions(noun: str) -> Callable[[Mapping[str, Any], Any], Any]:
    def finish(values: Mapping[str, Any], run: Any) -> list[AvailableAction]:
        subject = subject_of(noun, values, run.asides["groups"], run.asides["posts"], run.calendar)
        return [_action(run, noun, each) for each in available(run.view.policy, subject, run.view.actor, run.now)]

    return finish


def _finish_waiting(noun: str) -> Callable[[Mapping[str, Any], Any], Any]:
    return partial(_whom, noun)


def _whom(noun: str, values: Mapping[str, Any], run: Any) -> WaitingOn | None:
    tasks = sorted(chain(values["own"], *values["grown"].values()), key=itemgetter("due_on", "id"))
    if not tasks:
        return _rests(noun, values["row"], run)
    until = date.fromisoformat(tasks[0]["due_on"])
    return WaitingOn(
        kind=tasks[0]["kind"],
        names=run.say("、", ", ").join(dict.fromkeys(task["name"] for task in tasks)),
        since=min(datetime.fromisoformat(task["opened_at"]) for task in tasks),
        until=until,
        late=until < run.today,
    )


def _rests(noun: str, values: Mapping[str, Any], run: Any) -> WaitingOn | None:
    found = resting(noun, shown(MODELS[noun], values))
    if found is None:
        return None
    names = run.say(found.zh, found.en)
    return WaitingOn(kind=found.kind, names=names, since=found.since, until=found.until, late=found.late)


def _cards(noun: str) -> tuple[Field, ...]:
    says = "What stands in the place of papers that may not be kept here (A4.4)."
    return (Many("register_cards", RegisterCard, "object_id", says),) if noun in CARDED else ()


def matter_fields(noun: str) -> tuple[Field, ...]:
    """The fields that every noun with a table of procedure has."""
    table = TABLES[noun]

    states = {name: (state.zh, state.en) for name, state in table.states.items()}

    async def available_actions(root: Any, info: Info) -> list[AvailableAction]:
        found = await availabilities(info.context, noun, root)
        return [_action(info.context, noun, each) for each in found]

    async def whom(root: Any, info: Info) -> WaitingOn | None:
        return await _waiting(info.context, noun, root)

    return (
        One("group", Group, "group_id", "The leading group it belongs to."),
        column("state", STATES[noun], "Its state in the table of procedure."),
        Label("state_label", "The state's name for people.", "state", states),
        column("state_since", datetime, "Since when it is in this state."),
        column("disclosure", Disclosure, "Its disclosure class (A4.4)."),
        column("round", int, "Which round of signatures runs; a return or change of substance begins the next."),
        column("created_at", datetime, "When it was made."),
        One("drafter", Person, "drafter_id", "Who drafted it."),
        Computed(
            "available_actions",
            list[AvailableAction],
            "Every step, with the answer that the mutation would get (C7).",
            available_actions,
            facts=partial(subject_facts, noun),
            finish=_finish_actions(noun),
            asides=("calendar", "groups", "posts"),
        ),
        Computed(
            "waiting_on",
            optional(WaitingOn),
            "Whom it waits for; null when nothing is left to do (C15).",
            whom,
            facts=partial(awaited_facts, noun),
            finish=_finish_waiting(noun),
        ),
        Many("attachments", Attachment, "object_id", "Its files, all versions that the asker may see (C8)."),
        *_cards(noun),
        Many(
            "history",
            Signature,
            "object_id",
            "Who took which step, the voided ones too, oldest first (C6).",
            "entered_at",
        ),
    )
