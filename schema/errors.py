"""Errors of the transport: coded where the caller can do something about them, masked where he cannot.

What the rules refuse is no error but data (schema.payloads); it appears here only where a query was refused.
"""

import logging
from collections.abc import Callable

from graphql import GraphQLError
from strawberry.extensions import MaskErrors

from app.core.refusals import Refused

logger = logging.getLogger("yishi.graphql")
MAX_ERRORS = 5


def coded(message: str, code: str) -> GraphQLError:
    """An error that the caller can tell by its code."""
    return GraphQLError(message, extensions={"code": code})


def _refused(error: GraphQLError, refused: Refused) -> GraphQLError:
    refusal = refused.refusal
    extensions = {"code": refusal.code.upper(), "clause": refusal.clause}
    return GraphQLError(refusal.en, error.nodes, path=error.path, extensions=extensions)


def presentable(error: GraphQLError) -> GraphQLError:
    """The error as a stranger may see it."""
    cause = error.original_error
    while isinstance(cause, GraphQLError) and cause.original_error is not None:
        cause = cause.original_error
    if isinstance(cause, Refused):
        return _refused(error, cause)
    if cause is None or isinstance(cause, GraphQLError):
        error.extensions = {"code": "BAD_REQUEST", **(error.extensions or {})}
        return error
    logger.error("a resolver failed", exc_info=cause)
    return GraphQLError("Unexpected error.", error.nodes, path=error.path, extensions={"code": "INTERNAL"})


class Errors(MaskErrors):
    """At most five errors, none of them telling what went wrong inside."""

    should_mask_error: Callable[[GraphQLError], bool]

    def _process_errors(self, errors: list[GraphQLError]) -> list[GraphQLError]:
        return [presentable(error) for error in errors[:MAX_ERRORS]]
