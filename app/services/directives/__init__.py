"""Directives (A3.6, B1.5, B1.7, B2.7, C3, C19): drafts, reports, more time, parts, and what follows from each act."""

from app.services.directives.course import renew_directive, reopen_directive
from app.services.directives.drafts import (
    DECIDED,
    DirectiveDraft,
    draft_directive,
    draft_directives,
    edit_directive,
    issue_directive,
    store_draft,
    why_no_source,
)
from app.services.directives.extensions import ask_extension, grant_extension, refuse_extension
from app.services.directives.parts import PartDraft, split_directive
from app.services.directives.questions import Answer, answer_question, ask
from app.services.directives.reports import report_completion, report_nothing_new, report_progress
from app.services.directives.results import draft_results_report

__all__ = [
    "DECIDED",
    "Answer",
    "DirectiveDraft",
    "PartDraft",
    "answer_question",
    "ask",
    "ask_extension",
    "draft_directive",
    "draft_directives",
    "draft_results_report",
    "edit_directive",
    "grant_extension",
    "issue_directive",
    "refuse_extension",
    "renew_directive",
    "reopen_directive",
    "report_completion",
    "report_nothing_new",
    "report_progress",
    "split_directive",
    "store_draft",
    "why_no_source",
]
