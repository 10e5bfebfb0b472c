"""`python -m app explain`: what a query becomes can be looked at."""

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from app.cli.commands import build
from app.core.settings import get_settings
from schema import explained
from tests.planned.conftest import BothWays

QUERY = "query($c: String) { motions(first: 3, after: $c) { nodes { title availableActions { action } } } }"


async def test_sql_parameters_and_the_databases_plan_are_told(both: BothWays) -> None:
    city = both.api.city
    told = await explained(city.works, QUERY, {"c": "c_" + "0" * 32}, city.people["staff"], "zh")
    assert "SELECT" in told and "part" in told and f"person/{city.people['staff']}" in told
    assert ("SEARCH" if city.db.is_sqlite else "Execution Time") in told
    assert "worked out in Python" in told


@pytest.mark.parametrize(
    ("text", "says"),
    [("{ nothing }", "refused"), ("{ workingDays(from: \"2026-03-02\", days: 1) { date } }", "Left to the resolvers"),
     ("subscription { notifications { id } }", "Only a query"), ("{ viewer { id } }", "parameters alone")],
)  # fmt: skip
async def test_what_has_no_statement_says_why(both: BothWays, text: str, says: str) -> None:
    city = both.api.city
    assert says in await explained(city.works, text, {}, city.people["staff"], "en")


def test_the_command(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv("YISHI_VAR", str(tmp_path / "var"))
    get_settings.cache_clear()
    file = tmp_path / "query.graphql"
    file.write_text("{ publications { totalCount } }", "utf-8")
    run = CliRunner().invoke(build(["explain"]), ["explain", str(file)])
    assert run.exit_code == 0 and "FROM publication" in run.stdout
    assert CliRunner().invoke(build(["explain"]), ["explain", str(file), "--as", "无此人"]).exit_code == 2
    assert CliRunner().invoke(build(["explain"]), ["explain", str(file), "--variables", "[]"]).exit_code == 2
    get_settings.cache_clear()
