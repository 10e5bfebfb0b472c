"""A database in use is brought up to date: its policy gets the lines that a revision brings along, and no others."""

import pytest
from alembic import command
from sqlalchemy import delete, select

from app.models import migrate
from app.models.engine import Database
from app.models.records import PolicyRule, PolicyVersion
from app.policy import seed_lines, seed_policy

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
            await session.execute(delete(PolicyRule).where(PolicyRule.object == noun))  # type: ignore[arg-type]
        await session.execute(delete(PolicyRule).where(PolicyRule.role == "expert"))  # type: ignore[arg-type]
        await session.execute(delete(PolicyRule).where(PolicyRule.action == "flag_technical"))  # type: ignore[arg-type]
    await migrate.upgrade(db)
    async with db.read() as session:
        rules = (await session.scalars(select(PolicyRule).where(PolicyRule.object.in_(NEW)))).all()  # type: ignore[attr-defined]
        there = {(row.role, row.object, row.action, row.scope, row.effect, row.clause) for row in rules}
        assert there == {line[1:] for line in seed_lines() if line[0] == "p" and line[2] in NEW}
        role = select(PolicyRule.object).where(PolicyRule.kind == "g", PolicyRule.role == "expert")  # type: ignore[arg-type]
        assert (await session.scalars(role)).all() == ["signed_in"]
        assert (await session.scalar(select(PolicyVersion.version)) or 0) > 1
        gone = select(PolicyRule).where(PolicyRule.action == "flag_technical")  # type: ignore[arg-type]
        assert (await session.scalars(gone)).all() == [], "what the security administrator took out stays out"
    await db.close()


async def test_a_new_database_gets_the_policy_once(empty_database_url: str) -> None:
    db = Database(empty_database_url)
    await migrate.upgrade(db)
    async with db.read() as session:
        assert (await session.scalars(select(PolicyRule))).all() == []
    await db.close()
