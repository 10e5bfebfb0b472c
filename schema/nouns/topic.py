"""Topics of office meetings (B2.4)."""

from app.models.matters import Decision, Item
from app.models.office import Topic
from app.models.people import Unit
from app.rules.departments import SUBJECTS
from schema.declare import Label, Many, Noun, One, column
from schema.matters import matter_fields

NOUN = Noun(
    Topic,
    "Topic",
    "A matter that a department puts to an office meeting (B2.4).",
    matter="topic",
    fields=(
        column("title", str, "What it is called."),
        column("body", str, "Its text."),
        One("department", Unit, "department_id", "The department that submits it."),
        column("subject", str, "The subject of the department's remit; empty for work that the group handed over."),
        Label("subject_label", "The subject in words; empty where it has none.", "subject", SUBJECTS),
        One("decision", Decision, "decision_id", "The decision of the group that handed the work over (B1.8)."),
        Many("items", Item, "topic_id", "Its places on agendas."),
        *matter_fields("topic"),
    ),
)
