"""Every guard by its name: importing the modules registers them."""

from app.services.guards import (
    directives,
    documents,
    forms,
    freshness,
    major,
    meetings,
    minutes,
    motions,
    opinions,
    panels,
    paper,
    topics,
)
from app.services.guards.registry import GUARDS, Guard

__all__ = [
    "GUARDS",
    "Guard",
    "directives",
    "documents",
    "forms",
    "freshness",
    "major",
    "meetings",
    "minutes",
    "motions",
    "opinions",
    "panels",
    "paper",
    "topics",
]
