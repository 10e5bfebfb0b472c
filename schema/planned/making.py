"""From shapes to a plan, and from the database's answer to what goes out: the same for queries and for payloads."""

from collections.abc import Mapping
from typing import Any

import orjson

from app.queries.planner.shapes import Thing, spoken
from app.queries.planner.statement import statement
from app.queries.planner.values import Json
from schema.context import Context
from schema.planned.asides import ASIDES, read_asides
from schema.planned.askers import Known
from schema.planned.builder import Builder
from schema.planned.computed import Fix, Run
from schema.planned.plans import Plan
from schema.planned.readings import noted


def made(builder: Builder, shape: Json, fix: Fix | None, lite: bool) -> Plan:
    """The plan of this shape, with whatever its fixes need beside it."""
    notes, whole = builder.notes, shape
    if notes.asides:
        whole = Thing((("answer", shape), *((name, ASIDES[name]()) for name in sorted(notes.asides))))
    binds = tuple((name, bind) for name, (_, bind) in notes.binds.items())
    return Plan(statement(whole, lite), binds, fix, bool(notes.asides), notes.marked, notes.beside, spoken(shape))


def finished(plan: Plan, found: bytes, known: Known, context: Context, moment: Mapping[str, Any]) -> bytes:
    """The answer as it goes out: the database's bytes, unless Python has something to work out."""
    if plan.marked:
        found = noted(found, context, beside=plan.marked_beside)
    if plan.fix is None:
        return found
    run = Run(known.view, context.language, moment["now"])
    answer = orjson.loads(found)
    if plan.beside:
        read_asides(answer, run)
        answer = answer["answer"]
    return orjson.dumps(plan.fix(answer, run))
