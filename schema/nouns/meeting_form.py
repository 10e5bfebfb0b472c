"""Forms of office meeting that a director added (B2.3)."""

from datetime import date

from app.models.office import AddedForm
from app.models.people import Group, Person
from schema.declare import Noun, One, column, listed, optional

NOUN = Noun(
    AddedForm,
    "AddedForm",
    "A form of office meeting that the director added (B2.3).",
    fields=(
        One("group", Group, "group_id", "The leading group of the office."),
        column("name", str, "Its name."),
        column("name_en", str, "Its name in English; empty where none was given."),
        column("calls", listed(str), "Who is called without being named: directors, departments, ..."),
        column("organizers", listed(str), "Who may organize it (B2.5)."),
        One("added_by", Person, "added_by", "Who added it."),
        column("ends_on", optional(date), "The last day on which it could be used; null while it can."),
    ),
)
