"""A database in use is brought up to date: its policy gets the lines that a revision brings along, and no others."""

import csv
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import delete, select

from app.models import migrate
from app.models.engine import Database
from app.models.records import PolicyRule, PolicyVersion
from app.policy import seed_lines, seed_policy

TODAY = Path("policies/policy.csv")
FIRST = Path(__file__).parents[1] / "data" / "policy_of_the_first_release.csv"
NEW = ("expert", "panel", "panel_member", "panel_draw")


async def at(db: Database, revision: str) -> None:
    async with db.engine.execution_options(yishi_writes=True).begin() as connection:
        await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), revision))


@pytest.mark.clause("C13")
async def test_an_older_database_gets_the_new_lines_of_the_policy(empty_database_url: str) -> None:
    db = Database(empty_database_url)
    await at(db, "0001")
    async with db.write() as session:
        await seed_policy(session)
        await session.flush()
        for noun in NEW:
            await session.execute(delete(PolicyRule).where(PolicyRule.object == noun))
        await session.execute(delete(PolicyRule).where(PolicyRule.role == "expert"))
        await session.execute(delete(PolicyRule).where(PolicyRule.action == "flag_technical"))
    await migrate.upgrade(db)
    async with db.read() as session:
        rules = (await session.scalars(select(PolicyRule).where(PolicyRule.object.in_(NEW)))).all()
        there = {(row.role, row.object, row.action, row.scope, row.effect, row.clause) for row in rules}
        assert there == {line[1:] for line in seed_lines() if line[0] == "p" and line[2] in NEW}
        role = select(PolicyRule.object).where(PolicyRule.kind == "g", PolicyRule.role == "expert")
        assert (await session.scalars(role)).all() == ["signed_in"]
        assert (await session.scalar(select(PolicyVersion.version)) or 0) > 1
        gone = select(PolicyRule).where(PolicyRule.action == "flag_technical")
        assert (await session.scalars(gone)).all() == [], "what the security administrator took out stays out"
    await db.close()


def lines_of(file: Path) -> set[tuple[str, ...]]:
    rows = ([cell.strip() for cell in row] for row in csv.reader(file.read_text("utf-8").splitlines()))
    return {(*row, "", "", "", "")[:7] for row in rows if row and row[0] in ("p", "g")}


@pytest.mark.clause("C13")
async def test_the_policy_of_the_first_release_becomes_that_of_today(empty_database_url: str) -> None:
    """As shipped then, and changed by nobody: after the upgrade it says what a new installation's policy says."""
    db = Database(empty_database_url)
    await at(db, "0001")
    names = ("kind", "role", "object", "action", "scope", "effect", "clause")
    async with db.write() as session:
        session.add(PolicyVersion(version=1))
        for line in lines_of(FIRST):
            session.add(PolicyRule(**dict(zip(names, line, strict=True))))
    await migrate.upgrade(db)
    async with db.read() as session:
        rules = (await session.scalars(select(PolicyRule))).all()
    await db.close()
    assert {tuple(getattr(row, name) for name in names) for row in rules} == lines_of(TODAY)


async def test_a_new_database_gets_the_policy_once(empty_database_url: str) -> None:
    db = Database(empty_database_url)
    await migrate.upgrade(db)
    async with db.read() as session:
        assert (await session.scalars(select(PolicyRule))).all() == []
    await db.close()
