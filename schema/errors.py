"""Errors of the transport: coded where the caller can do something about them, masked where he cannot.

What the rules refuse is no error but data (schema.payloads); it appears here only where a query was refused.
"""

import logging
from collections.abc import Iterable
from typing import Any

from graphql import GraphQLError

from app.core.refusals import Refused

logger = logging.getLogger("yishi.graphql")
MAX_ERRORS = 5


class NotExecuted(Exception):
    """Why nothing of a request was executed. `malformed`: it was no GraphQL request at all, whatever it accepts."""

    def __init__(self, *errors: GraphQLError, status: int = 400, malformed: bool = False) -> None:
        super().__init__(*errors)
        self.errors = errors
        self.status = status
        self.malformed = malformed
        self.headers: tuple[tuple[bytes, bytes], ...] = ()


def coded(message: str, code: str) -> GraphQLError:
    """An error that the caller can tell by its code."""
    return GraphQLError(message, extensions={"code": code})


def malformed(message: str, code: str = "BAD_REQUEST", status: int = 400) -> NotExecuted:
    return NotExecuted(coded(message, code), status=status, malformed=True)


def with_code(errors: Iterable[GraphQLError], code: str) -> list[GraphQLError]:
    """The first of these errors, each with this code unless it has one already."""
    kept = [error for error, _ in zip(errors, range(MAX_ERRORS), strict=False)]
    for error in kept:
        error.extensions = {"code": code, **(error.extensions or {})}
    return kept


def _refused(error: GraphQLError, refused: Refused) -> GraphQLError:
    refusal = refused.refusal
    extensions = {"code": refusal.code.upper(), "clause": refusal.clause}
    return GraphQLError(refusal.en, error.nodes, path=error.path, extensions=extensions)


def presentable(error: GraphQLError) -> GraphQLError:
    """The error as a stranger may see it."""
    cause: BaseException | None = error.original_error
    while isinstance(cause, GraphQLError) and cause.original_error is not None:
        cause = cause.original_error
    if isinstance(cause, Refused):
        return _refused(error, cause)
    if cause is None or isinstance(cause, GraphQLError):
        error.extensions = {"code": "BAD_REQUEST", **(error.extensions or {})}
        return error
    logger.error("a resolver failed", exc_info=cause)
    return GraphQLError("Unexpected error.", error.nodes, path=error.path, extensions={"code": "INTERNAL"})


def as_error(cause: Exception) -> GraphQLError:
    """What escaped outside of any field, made presentable."""
    return presentable(cause if isinstance(cause, GraphQLError) else GraphQLError(str(cause), original_error=cause))


def formatted(errors: Iterable[GraphQLError]) -> list[dict[str, Any]]:
    """At most five errors, none of them telling what went wrong inside."""
    return [dict(presentable(error).formatted) for error, _ in zip(errors, range(MAX_ERRORS), strict=False)]
