"""From shapes to a plan, and from the database's answer to what goes out: the same for queries and for payloads."""

from collections.abc import Mapping
from typing import Any

import orjson

from app.queries.planner.shapes import Thing, spoken
from app.queries.planner.statement import statement
from app.queries.planner.values import Json
from schema.context import Context
from schema.planned.around import AFTER, BEFORE, whole_answer
from schema.planned.asides import ASIDES, read_asides
from schema.planned.askers import Known
from schema.planned.builder import Builder
from schema.planned.computed import Fix, Run
from schema.planned.plans import Plan
from schema.planned.readings import noted


def made(builder: Builder, shape: Json, fix: Fix | None, lite: bool, *, payload: bool = False) -> Plan:
    """The plan of this shape, with whatever its fixes need beside it."""
    notes, whole = builder.notes, shape
    if notes.asides:
        whole = Thing((("answer", shape), *((name, ASIDES[name]()) for name in sorted(notes.asides))))
    binds = tuple((name, bind) for name, (_, bind) in notes.binds.items())
    around = ("", "") if payload or fix is not None else (BEFORE, AFTER)
    return Plan(
        statement(whole, lite, *around), binds, fix, bool(notes.asides), notes.marked, notes.beside, spoken(shape)
    )


def finished(plan: Plan, row: Any, known: Known, context: Context, moment: Mapping[str, Any]) -> bytes:
    """The answer as it goes out: the database's bytes in their frame, unless Python has something to work out."""
    if plan.fix is None:
        return _said(plan, row, context)
    return whole_answer(worked_out(plan, row, known, context, moment))


def worked_out(plan: Plan, row: Any, known: Known, context: Context, moment: Mapping[str, Any]) -> Any:
    """The answer as values."""
    answer = orjson.loads(_said(plan, row, context))
    if plan.fix is None:
        return answer
    run = Run(known.view, context.language, moment["now"])
    if plan.beside:
        read_asides(answer, run)
        answer = answer["answer"]
    return plan.fix(answer, run)


def _said(plan: Plan, row: Any, context: Context) -> bytes:
    found = plan.statement.frame.around(row)
    return noted(found, context, beside=plan.marked_beside) if plan.marked else found
