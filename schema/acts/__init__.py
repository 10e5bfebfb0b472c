"""Mutations with a payload, one noun a file. Importing the package declares them all."""

from schema.acts import accounts, delegations, directives, documents, meetings, motions, opinions, people, publications

__all__ = [
    "accounts", "delegations", "directives", "documents", "meetings", "motions", "opinions", "people", "publications",
]
