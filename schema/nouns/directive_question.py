"""What a draft of a directive leaves open (C19)."""

from datetime import datetime
from typing import Any

from app.models.outcome import Directive, DirectiveQuestion
from app.models.people import Person
from app.rules.questions import sentence
from schema.context import Info
from schema.declare import Computed, Noun, One, column, optional
from schema.enums import QuestionKind


def _sentence(root: Any, info: Info) -> str:
    said: str = info.context.say(sentence(root.kind, root.about), sentence(root.kind, root.about, "en"))
    return said


NOUN = Noun(
    DirectiveQuestion,
    "DirectiveQuestion",
    "What a draft leaves open; while one question is open the draft cannot be issued (C19).",
    fields=(
        One("directive", Directive, "directive_id", "The draft."),
        column("kind", QuestionKind, "What is left open."),
        column("about", str, "The words that left it open."),
        Computed("sentence", str, "The question for people.", _sentence, ("kind", "about")),
        column("asked_at", datetime, "When it was asked."),
        column("answer", str, "The answer; empty until then."),
        One("answered_by", Person, "answered_by", "Who answered."),
        column("answered_at", optional(datetime), "When it was answered."),
    ),
)
