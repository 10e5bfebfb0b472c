"""Mutations with a payload, one noun a file. Importing the package declares them all."""

from schema.acts import (
    accounts,
    corrections,
    delegations,
    directive_course,
    directives,
    documents,
    experts,
    groups,
    meetings,
    motions,
    notifications,
    office,
    opinions,
    panels,
    people,
    publications,
)

__all__ = [
    "accounts",
    "corrections",
    "delegations",
    "directive_course",
    "directives",
    "documents",
    "experts",
    "groups",
    "meetings",
    "motions",
    "notifications",
    "office",
    "opinions",
    "panels",
    "people",
    "publications",
]
