"""`python -m app import roster|experts|directives|calendar FILE`: what a spreadsheet says, with --apply doing it (C12).

Without --apply nothing is written. Exit 0: no fault; 2: faults, all listed. The last line is always
`import: R rows, F faults, C changes`; with --json it goes to the error output, so that the output stays JSON.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Protocol

import orjson
import typer
from sqlalchemy import inspect
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncSession

from app.adapters.breakdown import read_breakdown
from app.adapters.expert_sheet import read_experts
from app.adapters.roster import read_roster
from app.core import clock
from app.core.settings import get_settings
from app.models.engine import Database
from app.models.migrate import upgrade
from app.services.importing import calendar, directives, experts, roster
from app.services.importing.plan import ImportPlan, apply

app = typer.Typer(help="Take over spreadsheets: a dry run unless --apply is given.", no_args_is_help=True)

File = Annotated[Path, typer.Argument(help="The spreadsheet.")]
GroupCode = Annotated[str | None, typer.Option("--group", help="Code of the leading group.")]
Apply = Annotated[bool, typer.Option("--apply", help="Write what the dry run shows.")]
Json = Annotated[bool, typer.Option("--json", help="The whole answer as JSON.")]
Decision = Annotated[
    str, typer.Option("--decision", help="The decision behind the tasks: its document's number, or its id.")
]
Assigner = Annotated[str, typer.Option("--assigned-by", help="The director or deputy director who assigns them.")]
Planner = Callable[[AsyncSession], Coroutine[Any, Any, ImportPlan]]
Applier = Callable[[AsyncSession, Any, datetime], Coroutine[Any, Any, int]]
FAULTY = 2


@app.command("roster")
def import_roster(file: File, group: GroupCode = None, carry_out: Apply = False, as_json: Json = False) -> None:
    """Units, people, posts, standing observers and deputies in charge from an office's contact list."""
    reading = read_roster(file)

    async def planner(session: AsyncSession) -> ImportPlan:
        return await roster.plan(session, group, reading)

    _finish(reading.count, planner, carry_out, as_json)


@app.command("experts")
def import_experts(file: File, group: GroupCode = None, carry_out: Apply = False, as_json: Json = False) -> None:
    """The expert pool: fields, employer, title, term, units to avoid (A3.7)."""
    reading = read_experts(file)

    async def planner(session: AsyncSession) -> ImportPlan:
        return await experts.plan(session, group, reading)

    _finish(reading.count, planner, carry_out, as_json)


@app.command("calendar")
def import_calendar(file: File, carry_out: Apply = False, as_json: Json = False) -> None:
    """The days off and the worked weekends of a year, from the State Council's notice: a table, or its text as .txt."""
    read = calendar.read_calendar(file)

    async def planner(session: AsyncSession) -> ImportPlan:
        return await calendar.plan(session, read)

    _finish(read.rows, planner, carry_out, as_json)


@app.command("directives")
def import_directives(
    file: File,
    decision: Decision = "",
    assigned_by: Assigner = "",
    group: GroupCode = None,
    carry_out: Apply = False,
    as_json: Json = False,
) -> None:
    """Drafts of directives from a task breakdown; what a row leaves open becomes a question on its draft."""
    reading = read_breakdown(file)

    async def planner(session: AsyncSession) -> ImportPlan:
        return await directives.plan(session, group, reading, decision, assigned_by)

    _finish(reading.count, planner, carry_out, as_json, directives.apply)


def _finish(rows: int, planner: Planner, carry_out: bool, as_json: bool, applier: Applier = apply) -> None:
    made = asyncio.run(_run(planner, carry_out, applier))
    applied = carry_out and not made.faults
    summary = f"import: {rows} rows, {len(made.faults)} faults, {len(made.changes)} changes"
    if as_json:
        typer.echo(orjson.dumps(_as_dict(made, rows, applied), option=orjson.OPT_INDENT_2).decode())
    else:
        _print(made, applied)
    typer.echo(summary, err=as_json)
    raise typer.Exit(FAULTY if made.faults else 0)


async def _run(planner: Planner, carry_out: bool, applier: Applier) -> ImportPlan:
    async with _database(for_writing=carry_out) as db:
        if not carry_out:
            async with db.read() as session:
                return await planner(session)
        async with db.write() as session:
            made = await planner(session)
            if not made.faults:
                await applier(session, made, clock.now())
            return made


@asynccontextmanager
async def _database(*, for_writing: bool) -> AsyncIterator[Database]:
    """The installation's database, brought up to date when it is to be written.

    A dry run where there is none yet compares with an empty one and leaves no trace.
    """
    settings = get_settings()
    clock.use_file(settings.clock_file)
    with tempfile.TemporaryDirectory() as folder:
        if for_writing:
            settings.var.mkdir(parents=True, exist_ok=True)
            db = Database(settings.url)
            await upgrade(db)
        else:
            db = await _present(settings.url) or await _empty(folder)
        try:
            yield db
        finally:
            await db.close()


async def _present(url: str) -> Database | None:
    if not _may_exist(url):
        return None
    db = Database(url)
    if await _is_made(db):
        return db
    await db.close()
    return None


async def _empty(folder: str) -> Database:
    db = Database(f"sqlite+aiosqlite:///{folder}/empty.sqlite3")
    await db.create_all()
    return db


def _may_exist(url: str) -> bool:
    """Connecting to an SQLite file would create it; a dry run must not."""
    path = make_url(url).database or ""
    return not url.startswith("sqlite") or path in ("", ":memory:") or Path(path).exists()


async def _is_made(db: Database) -> bool:
    async with db.engine.connect() as connection:
        return await connection.run_sync(lambda sync: inspect(sync).has_table("leading_group"))


def _as_dict(made: ImportPlan, rows: int, applied: bool) -> dict[str, object]:
    return {
        "rows": rows,
        "group": {"code": made.group_code, "name": made.group_name},
        "applied": applied,
        "faults": [fault.as_dict() for fault in made.faults],
        "changes": [change.as_dict() for change in made.changes],
        "notes": [note.as_dict() for note in made.notes],
    }


def _print(made: ImportPlan, applied: bool) -> None:
    if made.group_code:
        typer.echo(f"领导小组 group: {made.group_name} ({made.group_code})")
    _section("注意 notes", made.notes)
    _section("改动 changes" if applied else "将要改动 changes to be made", made.changes)
    _section("错误 faults", made.faults)
    if made.faults:
        typer.echo("\n有错误,没有写入任何内容。Nothing was written because of the faults.")
    elif made.changes and not applied:
        typer.echo("\n这是预演,没有写入;加上 --apply 才写入。A dry run: nothing was written; add --apply to write.")
    typer.echo("")


class _Said(Protocol):
    def sentence(self, language: str = "zh") -> str: ...


def _section(heading: str, lines: Sequence[_Said]) -> None:
    if lines:
        typer.echo(f"\n{heading}:")
    for line in lines:
        typer.echo(f"  {line.sentence('zh')}\n    {line.sentence('en')}")
