"""`python -m app rules`: is the procedure whole, are its pages true, and which clauses are shown."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from app.cli.evidence import POLICIES, ROOT, TESTS, enforcements, guard_sentences, policy_lines
from app.rules.catalogue import TABLES
from app.rules.check import policy_faults, table_faults, unknown_clauses, unused_guards
from app.rules.coverage import accounts, lines, summary
from app.rules.pages import Surroundings, page
from app.rules.permissions import BESIDE_TABLES
from app.rules.roles import ROLE_NAMES, Role
from app.rules.rulebook_page import rulebook
from app.rules.shown import shown_by_tests
from app.services.audiences import AUDIENCES
from app.services.guards import GUARDS

app = typer.Typer(help="The tables of procedure, their pages, and the clauses of the rulebook.")

Check = Annotated[bool, typer.Option("--check", help="Hold tables, guards, clauses, policy and pages together.")]
Write = Annotated[bool, typer.Option("--write", help="Write the generated pages anew.")]
Coverage = Annotated[bool, typer.Option("--coverage", help="Of each clause: where it is enforced and shown.")]


@app.callback(invoke_without_command=True)
def rules(context: typer.Context, check: Check = False, write: Write = False, coverage: Coverage = False) -> None:
    """Check the procedure, write its pages, or list the coverage of the rulebook."""
    if not (check or write or coverage):
        typer.echo(context.get_help())
    if write:
        write_pages()
    if coverage:
        print_coverage()
    if check and (faults := list(all_faults())):
        for each in faults:
            typer.echo(each)
        typer.echo(f"rules: {len(faults)} faults")
        raise typer.Exit(1)
    if check:
        typer.echo(f"rules: {len(TABLES)} tables, no faults")


def all_faults() -> Iterator[str]:
    for table in TABLES.values():
        yield from table_faults(table, GUARDS, AUDIENCES)
    yield from unused_guards(TABLES, GUARDS)
    yield from (f"guard {guard.name}: lacks a sentence" for guard in GUARDS.values() if not (guard.zh and guard.en))
    yield from policy_faults(TABLES, policy_lines(), BESIDE_TABLES)
    yield from unknown_clauses((f"{each.kind} {each.name}", each.clause) for each in enforcements())
    yield from stale_pages()


def generated() -> dict[Path, str]:
    """Every generated page with the text it should have."""
    around = Surroundings(guards=guard_sentences(), may=who_may())
    pages = {POLICIES / f"{table.noun}.md": page(table, around) for table in TABLES.values()}
    return {**pages, ROOT / "docs" / "rulebook.md": rulebook(TABLES)}


def who_may() -> dict[str, list[str]]:
    """Permission -> the roles that have it, with the scope when it is a narrow one."""
    may: dict[str, list[str]] = {}
    for line in policy_lines():
        zh = ROLE_NAMES[Role(line.role)][0] if line.role in set(Role) else line.role
        may.setdefault(line.permission, []).append(f"{zh} `{line.role}` ({line.scope})")
    return may


def stale_pages() -> Iterator[str]:
    for path, text in generated().items():
        if not path.is_file() or path.read_text("utf-8") != text:
            yield f"{path.relative_to(ROOT).as_posix()}: is not what the tables say; run: python -m app rules --write"


def write_pages() -> None:
    for path, text in generated().items():
        path.write_text(text, "utf-8")
        typer.echo(f"wrote {path.relative_to(ROOT).as_posix()}")


def print_coverage() -> None:
    if not TESTS.is_dir():
        typer.echo("The tests are not installed beside the program: no clause can count as shown here.")
    found = accounts(enforcements(), shown_by_tests(TESTS) if TESTS.is_dir() else {})
    for each in lines(found):
        typer.echo(each)
    typer.echo(summary(found))
