"""Short ways to write the script: one line for one request."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.cli.tour.steps import Moment, Request
from app.core.clock import SHANGHAI

_WITHOUT_STATE = frozenset({"Decision", "Statement", "Report", "Delegation", "PaperAuthority"})


def _mutation(name: str, result: str, selected: str) -> str:
    title = name[:1].upper() + name[1:]
    return (
        f"mutation {title}($input: {title}Input!) {{\n"
        f"  {name}(input: $input) {{\n"
        f"    __typename\n"
        f"    ... on {result} {{ {selected} }}\n"
        f"    ... on Refusal {{ code message clause who }}\n"
        f"  }}\n"
        f"}}"
    )


def moment(at: str, why: str) -> Moment:
    """`at` is a time in Shanghai."""
    return Moment(datetime.fromisoformat(at).replace(tzinfo=SHANGHAI), why)


def act(
    who: str,
    does: str,
    clause: str,
    mutation: str,
    gives: str,
    *,
    state: str = "",
    select: str = "",
    keep: Mapping[str, str] | None = None,
    refused: str = "",
    shows: str = "stateLabel",
    **given: Any,
) -> Request:
    """A mutation on one input. `keep` and `select` start at the object that it gives."""
    own = " ".join(filter(None, ["id", "" if gives in _WITHOUT_STATE else "state stateLabel", select]))
    answers = {} if refused else {f"{mutation}.__typename": gives}
    if state:
        answers[f"{mutation}.state"] = state
    return Request(
        who=who,
        does=does,
        clause=clause,
        document=_mutation(mutation, gives, own),
        variables={"input": given},
        keep={known: f"{mutation}.{path}" for known, path in (keep or {}).items()},
        answers=answers,
        refused=refused,
        shows=shows and f"{mutation}.{shows}",
    )


def ask(
    who: str,
    does: str,
    clause: str,
    document: str,
    variables: Mapping[str, Any] | None = None,
    *,
    keep: Mapping[str, str] | None = None,
    answers: Mapping[str, Any] | None = None,
    shows: str = "",
) -> Request:
    """A query."""
    return Request(
        who=who,
        does=does,
        clause=clause,
        document=document,
        variables=variables or {},
        keep=keep or {},
        answers=answers or {},
        shows=shows,
    )


def inbox(who: str, does: str, event: str) -> Request:
    """Look into the inbox until this event has come: a worker brings it, a moment after the clock has moved."""
    line = f"viewer.notifications.edges[node.event={event}].node"
    document = "query Inbox { viewer { notifications(first: 50) { edges { node { event text clause } } } } }"
    return Request(
        who=who,
        does=does,
        clause="C2",
        document=document,
        answers={f"{line}.clause": "C2"},
        shows=f"{line}.text",
        patient=True,
    )


def sign_in(who: str, phone: str, password: str) -> Request:
    """Sign in on one device: the one request without a token; all later ones of this person carry it."""
    return Request(
        who=who,
        does="登录 signs in",
        clause="C13",
        document=_mutation("signIn", "Session", "token"),
        variables={"input": {"login": phone, "password": password, "device": "tour"}},
        keep={f"token of {who}": "signIn.token"},
        answers={"signIn.__typename": "Session"},
        shows="signIn.__typename",
    )
