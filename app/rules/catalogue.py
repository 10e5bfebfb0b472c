"""Every table of procedure, by noun, in the order of a matter's life."""

from app.rules.directive import DIRECTIVE
from app.rules.document import DOCUMENT
from app.rules.extract import EXTRACT
from app.rules.meeting import ATTENDANCE, ITEM, MEETING
from app.rules.motion import MOTION
from app.rules.opinion import OPINION
from app.rules.panel import PANEL, PANEL_MEMBER
from app.rules.publication import PUBLICATION
from app.rules.topic import TOPIC
from app.rules.workflow import Table

TABLES: dict[str, Table] = {
    table.noun: table
    for table in (
        MOTION, OPINION, PANEL, PANEL_MEMBER, TOPIC, MEETING, ITEM, ATTENDANCE, DOCUMENT, EXTRACT, DIRECTIVE,
        PUBLICATION,
    )
}  # fmt: skip
