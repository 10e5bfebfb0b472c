"""What a clerk says of an act that was done on paper (C20)."""

from datetime import date

import strawberry

from app.services.paper import PaperEntry
from schema.ids import need


@strawberry.input(description="An act that was done on paper and is entered by an authorised clerk (C20).")
class PaperInput:
    principal_id: strawberry.ID = strawberry.field(description="Who signed on paper.")
    signed_on: date = strawberry.field(description="On which day.")
    note: str = strawberry.field(description="Where the paper lies, or the number of the scan.")
    scan: str = strawberry.field(
        default="", description="The number of the scan; of an expert's view it does instead of his authority."
    )


def paper_of(given: PaperInput | None) -> PaperEntry | None:
    if given is None:
        return None
    return PaperEntry(need("Person", given.principal_id), given.signed_on, given.note, given.scan)
