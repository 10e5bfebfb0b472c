"""Documents: of decisions (A3.5), and minutes (B2.6)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import strawberry

from app.models.matters import Decision, Meeting
from app.models.minutes import Extract
from app.models.outcome import Correction, Document, DocumentDecision, Publication
from app.models.people import Unit
from app.models.texts import TextVersion
from app.queries.around import AROUND, load_near
from app.queries.official_papers import paper_url
from app.queries.planner.given import Terms
from app.queries.planner.rows import all_columns, shown
from app.queries.planner.shapes import Entries, Thing
from app.queries.subject_facts import near_facts, rows_near
from app.queries.visibility import Table
from app.rules.claims import WRONG
from app.rules.minutes import CIRCUITS
from app.services.guards.minutes import claims_of
from schema.context import Info
from schema.declare import Across, Computed, Label, Many, Noun, One, column, optional
from schema.matters import matter_fields


def _paper_url(root: Any) -> str:
    return paper_url("document", root.id)


NEEDED = ("body", "circuit", "meeting_id", "id")
_NEAR = ("section", "recorded")
_WAYS = {"": ("", ""), **{row.code: (row.zh, row.en) for row in CIRCUITS.values()}}


@strawberry.type(description="A sentence of minutes that claims a decision which no item recorded (C17).")
class UnfoundedClaim:
    item: int = strawberry.field(description="On which item of the minutes, from 1; 0 before the first.")
    sentence: str = strawberry.field(description="The sentence.")
    code: str = strawberry.field(description="no_decision, other_decision or not_in_decision.")
    message: str = strawberry.field(description="What is wrong with it.")


def _claims(context: Any, row: Any, near: Mapping[str, list[Any]]) -> list[UnfoundedClaim]:
    return [
        UnfoundedClaim(item=each.item, sentence=each.sentence, code=each.code, message=context.say(*WRONG[each.code]))
        for each in claims_of(row, near["section"], near["recorded"])
    ]


async def _make_claims(root: Any, info: Info) -> list[UnfoundedClaim]:
    found = {}
    async with info.context.db.read() as session:
        for near in AROUND["document"]:
            if near.name in _NEAR:
                key = getattr(root, near.own)
                rows = await load_near(session, near, [key]) if key else {}
                found[near.name] = list(rows.get(key, ()))
    return _claims(info.context, root, found)


def _claim_facts(terms: Terms, table: Table) -> Entries:
    return (("row", Thing(all_columns(Document, table, NEEDED))), *near_facts("document", _NEAR, terms, table))


def _finish_claims(values: Mapping[str, Any], run: Any) -> list[UnfoundedClaim]:
    near = {name: rows_near("document", name, values) for name in _NEAR}
    return _claims(run, shown(Document, values["row"]), near)


NOUN = Noun(
    Document,
    "Document",
    "An official document, bound to its signatures by the hash of its content (A3.5).",
    matter="document",
    fields=(
        column("kind", str, "Its kind, such as 通知."),
        column("title", str, "Its title."),
        column("addressee", str, "To whom it goes."),
        column("body", str, "Its text."),
        column("content_hash", str, "SHA-256 of kind, title, addressee and text."),
        Computed(
            "paper_url",
            str,
            "Where it is taken as DOCX in the layout of GB/T 9704 (C8), by cookie or bearer token.",
            _paper_url,
            ("id",),
        ),
        column("number", str, "Its number with 〔year〕; empty until it is registered."),
        column("dated_on", optional(date), "Its date."),
        column("issued_at", optional(datetime), "When it was issued."),
        column("reports_results", bool, "Whether it reports the results of directives to the group (A3.6)."),
        Label("circuit_label", "Of minutes, by which way they go (B2.6); empty for other documents.", "circuit", _WAYS),
        column("draft_by", optional(date), "Of minutes, until when they are drafted."),
        Computed(
            "claims",
            list[UnfoundedClaim],
            "What minutes claim to have been decided and no item recorded, for the drafter to mend or confirm (C17).",
            _make_claims,
            facts=_claim_facts,
            finish=_finish_claims,
        ),
        Many("extracts", Extract, "document_id", "What was sent to whom, and whether it was received (B2.6, C1)."),
        One("meeting", Meeting, "meeting_id", "The meeting whose decisions it carries, or whose minutes it is."),
        One("department", Unit, "department_id", "The department that drafted it."),
        Across("decisions", Decision, DocumentDecision, "document_id", "decision_id", "Decisions it puts in force."),
        Many("corrections", Correction, "document_id", "Its editorial corrections, oldest first."),
        Many("text_versions", TextVersion, "object_id", "Its texts, the oldest first (C16).", "number"),
        Many("publications", Publication, "document_id", "Its public text: one at most (C10)."),
        *matter_fields("document"),
    ),
)
