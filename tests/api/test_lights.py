"""The light of a directive is the same in a list's filter and on the row (C3)."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from app.core.workdays import shipped
from app.models.outcome import Directive
from app.models.people import Group
from app.queries.lights import light, light_is, yellow_days
from app.rules.catalogue import TABLES
from app.services import directives as services
from schema.ids import pack
from tests.support.city import City

pytestmark = pytest.mark.clause("C3")
# A Friday before a make-up Saturday and the spring festival: working days and days differ most here.
DAYS = [date(2026, 2, 13) + timedelta(days=n) for n in (0, 1, 4, 11, 14, 15, 16, 17)]


async def directives(city: City) -> list[Directive]:
    async with city.db.write() as session:
        rows = [
            Directive(group_id=city.group, state=state, title="t", result="r", lead_unit_id=city.units["市财政局"],
                      issuer_id=city.people["director"], due_on=date(2026, 2, 10) + timedelta(days=n))
            for state in TABLES["directive"].states for n in range(25)
        ]  # fmt: skip
        session.add_all(rows)
    return rows


@pytest.mark.parametrize("setting", [None, 0, 1, 5])
async def test_row_and_list_agree(city: City, setting: int | None) -> None:
    rows = await directives(city)
    async with city.db.write() as session:
        group = await session.get(Group, city.group)
        assert group is not None
        if setting is not None:
            group.settings = {**group.settings, "yellow_days": setting}
    async with city.db.read() as session:
        for day in DAYS:
            expected = {row.id: light(shipped(), row.state, row.due_on, day, yellow_days(group)) for row in rows}
            for name in ("green", "yellow", "red", "grey"):
                found = await session.scalars(select(col(Directive.id)).where(light_is(name, [group], shipped(), day)))
                assert set(found) == {key for key, shown in expected.items() if shown == name}, (day, name)


async def test_a_list_by_light(api: Any) -> None:
    draft = services.DirectiveDraft("平台验收", "通过验收并提交报告", api.city.units["市财政局"], date(2026, 3, 4))
    row = await api.city.do("director", services.draft_directive, api.city.group, draft)
    await api.city.do("director", services.issue_directive, row.id)
    query = "query($light: Light!) { directives(filter: {light: $light}) { nodes { id light } } }"
    shown = (await api.ask("finance", query, light="YELLOW"))["directives"]["nodes"]
    assert shown == [{"id": pack("Directive", row.id), "light": "YELLOW"}]
    assert (await api.ask("finance", query, light="GREEN"))["directives"]["nodes"] == []
