"""The root of acting: every declared mutation as a field."""

from typing import Any

import strawberry

import schema.acts
import schema.steps
from schema.acting import MUTATIONS, resolver
from schema.acts import accounts, channels


def _fields() -> dict[str, Any]:
    made = {act.name: strawberry.field(resolver=resolver(act), description=act.says) for act in MUTATIONS.values()}
    return {**accounts.FIELDS, **channels.FIELDS, **made}


Mutation: Any = strawberry.type(
    type("Mutation", (), _fields()),
    description="Acting: one unit of work each, committed before its answer is read. A refusal is data (C7).",
)
REGISTERED = (schema.acts, schema.steps)
