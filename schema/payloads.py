"""What a mutation answers: the object, or why not. A refusal is data, for people to read and programs to branch on."""

from typing import Annotated, Any, Union

import strawberry

from app.core.refusals import Conflict, Invalid, NotFound, Refusal
from app.core.refusals import Refused as RefusedError
from schema.context import Context
from schema.declare import Noun, ref

# One text for each field that every kind of refusal has.
CODE = "Its code, the same in every language."
MESSAGE = "A sentence for people."
CLAUSE = "The clause of the rulebook behind it."
WHO = "Who can remove the obstacle; empty where nobody can."


@strawberry.interface(name="Refusal", description="Why an act was not done (C7).")
class RefusalAnswer:
    code: str = strawberry.field(description=CODE)
    message: str = strawberry.field(description=MESSAGE)
    clause: str = strawberry.field(description=CLAUSE)
    who: str = strawberry.field(description=WHO)


@strawberry.type(name="RuleRefusal", description="The rules do not allow the act now.")
class RuleRefusal(RefusalAnswer):
    pass


@strawberry.type(name="NotFound", description="It does not exist or is not the asker's to see (A4.4).")
class NotFoundAnswer(RefusalAnswer):
    pass


@strawberry.type(name="Conflict", description="Somebody else acted in the meantime.")
class ConflictAnswer(RefusalAnswer):
    pass


@strawberry.type(description="One fault of an input.")
class Problem:
    field: str = strawberry.field(description="The field at fault.")
    message: str = strawberry.field(description="What is wrong with it.")


@strawberry.type(name="ValidationError", description="The input is at fault.")
class InvalidAnswer(RefusalAnswer):
    problems: list[Problem] = strawberry.field(description="What is wrong with which field.")


REFUSALS = (RuleRefusal, NotFoundAnswer, ConflictAnswer, InvalidAnswer)


def answer(context: Context, error: RefusedError) -> RefusalAnswer:
    """The refusal as data, in the asker's language."""
    refusal: Refusal = error.refusal
    given = {
        "code": refusal.code,
        "message": refusal.sentence(context.language),
        "clause": refusal.clause,
        "who": context.say(refusal.who_zh, refusal.who_en),
    }
    if isinstance(error, Invalid):
        problems = [Problem(field=each.field, message=context.say(each.zh, each.en)) for each in error.problems]
        return InvalidAnswer(**given, problems=problems)
    if isinstance(error, NotFound):
        return NotFoundAnswer(**given)
    return ConflictAnswer(**given) if isinstance(error, Conflict) else RuleRefusal(**given)


def union(name: str, members: tuple[Any, ...], says: str) -> Any:
    """One of these types."""
    return Annotated.__class_getitem__(  # type: ignore[attr-defined]
        (Union.__getitem__(members), strawberry.union(name, description=says))
    )


@strawberry.type(description="The act was done, and its object is none that the asker may see.")
class Acted:
    done: bool = strawberry.field(description="Always true.")


def payload(noun: Noun) -> Any:
    """The noun after the act, or a refusal."""
    members = (ref(noun.name), Acted, *REFUSALS)
    return union(f"{noun.name}Payload", members, f"The {noun.name} after the act, or why the act was not done.")
