"""A new installation from the command line: first administrators, invitations, where a demonstration may run."""

from pathlib import Path

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from app.cli.commands import build
from app.core.settings import Settings, get_settings
from app.models.engine import Database
from app.models.migrate import upgrade
from app.models.people import Administrator, Person
from app.models.records import PolicyRule
from app.services import installation
from app.services.accounts import accept_invite, sign_in
from app.services.installation import NotHere, check_place
from app.services.work import Works
from tests.support.postgres import apart

ADMINISTRATORS = ("--system", "管平 13900000001", "--security", "安琪 13900000002", "--auditor", "申鉴 shen@example.cn")


@pytest.fixture
def run(tmp_path: Path, monkeypatch):
    """One command on an installation of this test's own."""
    monkeypatch.setenv("YISHI_VAR", str(tmp_path / "var"))
    monkeypatch.setenv("YISHI_PUBLIC_URL", "https://yishi.example.cn")

    def command(*arguments: str, **settings: str):
        for name, value in settings.items():
            monkeypatch.setenv(f"YISHI_{name}", value)
        get_settings.cache_clear()
        return CliRunner().invoke(build([arguments[0]]), list(arguments))

    yield command
    get_settings.cache_clear()


def in_database(tmp_path: Path, work):
    async def inside():
        db = Database(f"sqlite+aiosqlite:///{tmp_path / 'var' / 'yishi.sqlite3'}")
        try:
            return await work(db)
        finally:
            await db.close()

    return apart(inside())


@pytest.mark.clause("C13")
def test_init_makes_three_administrators_whose_links_work_once(run, tmp_path: Path) -> None:
    done = run("init", *ADMINISTRATORS)
    assert done.exit_code == 0, done.output
    links = [line.split("\t")[1] for line in done.output.splitlines() if "\t" in line]
    assert len(links) == 3 and all(link.startswith("https://yishi.example.cn/admin/invite/") for link in links)

    async def first_sign_in(db: Database) -> set[str]:
        works = Works(db)
        async with works.begin() as work:
            await accept_invite(work, links[0].rpartition("/")[2], "Erste-Anmeldung-1")
        async with works.begin() as work:
            await sign_in(work, "13900000001", "Erste-Anmeldung-1")
        async with db.read() as session:
            assert await session.scalar(select(PolicyRule.id).limit(1)) is not None
            return set((await session.scalars(select(Administrator.role))).all())

    assert in_database(tmp_path, first_sign_in) == {"system_admin", "security_admin", "auditor"}
    again = run("init", *ADMINISTRATORS)
    assert again.exit_code == 2 and "already" in again.output


@pytest.mark.clause("C13")
@pytest.mark.parametrize("auditor", ["管平 13900000009", "申鉴 13900000001", "申鉴"])
def test_no_one_person_becomes_two_administrators(run, tmp_path: Path, auditor: str) -> None:
    done = run("init", *ADMINISTRATORS[:5], auditor)
    assert done.exit_code == 2

    async def people(db: Database) -> int:
        async with db.read() as session:
            return len((await session.scalars(select(Person))).all())

    assert in_database(tmp_path, people) == 0


def test_invite_finds_one_person_and_lists_several(run, tmp_path: Path) -> None:
    run("init", *ADMINISTRATORS)

    async def two_of_one_name(db: Database) -> None:
        async with db.write() as session:
            session.add_all([Person(name="王伟", phone="13911110001"), Person(name="王伟", phone="13911110002")])

    in_database(tmp_path, two_of_one_name)
    assert "13911110002\thttps://" in run("invite", "13911110002").output
    ambiguous = run("invite", "王伟")
    assert ambiguous.exit_code == 2 and "13911110001" in ambiguous.output and "/invite/" not in ambiguous.output
    assert run("invite", "无此人").exit_code == 2
    assert run("invite").exit_code == 2
    assert run("invite", "--all").output.count("/admin/invite/") == 5
    assert run("invite", "--all", "--mail").exit_code == 2  # no mail server is set


def test_invitations_go_by_mail(run, mail) -> None:
    run("init", *ADMINISTRATORS)
    done = run("invite", "申鉴", "--mail", SMTP_URL=mail.url)
    assert done.exit_code == 0, done.output
    (sent,) = mail.to("shen@example.cn")
    assert "https://yishi.example.cn/admin/invite/" in sent.get_body(("plain",)).get_content()
    assert "/invite/" not in done.output


@pytest.mark.clause("C6")
def test_verify_finds_a_changed_entry_and_backup_keeps_a_copy(run, tmp_path: Path) -> None:
    run("init", *ADMINISTRATORS)
    assert "whole" in run("verify").output
    copy = tmp_path / "copy.sqlite3"
    assert run("backup", str(copy)).exit_code == 0 and copy.stat().st_size > 10_000
    assert run("backup", str(copy)).exit_code == 2

    async def tamper(db: Database) -> None:
        async with db.write() as session:
            await (await session.connection()).exec_driver_sql("UPDATE trail SET action = 'x' WHERE seq = 2")

    in_database(tmp_path, tamper)
    broken = run("verify")
    assert broken.exit_code == 1 and "entry 2" in broken.output


def test_migrations_equal_the_models_on_sqlite_and_the_check_says_so(run) -> None:
    done = run("migrate", "--check")
    assert done.exit_code == 0 and "0 differences" in done.output


async def test_migrations_equal_the_models(empty_database_url: str) -> None:
    from app.models.migrate import at_head, differences

    db = Database(empty_database_url)
    assert not await at_head(db)
    await upgrade(db)
    await upgrade(db)
    assert await at_head(db) and await differences(db) == []
    await db.close()


@pytest.mark.clause("C13")
@pytest.mark.parametrize(
    ("demo", "settings"),
    [
        (False, {"demo": True}),
        (False, {"clock_file": Path("clock")}),
        (True, {"host": "0.0.0.0"}),  # noqa: S104
        (True, {"host": "0.0.0.0", "demo": True}),  # noqa: S104
        (True, {"host": "10.0.0.5", "clock_file": Path("clock")}),
    ],
)
def test_demonstrations_stay_on_loopback_and_out_of_real_installations(demo: bool, settings: dict[str, object]) -> None:
    with pytest.raises(NotHere):
        check_place(Settings(**settings), demo)


@pytest.mark.clause("C13")
def test_a_real_database_is_not_served_as_a_demonstration(run, tmp_path: Path) -> None:
    run("init", *ADMINISTRATORS)
    assert run("serve", DEMO="1").exit_code == 2
    (tmp_path / "clock").write_text("+0", "utf-8")
    assert run("serve", DEMO="0", CLOCK_FILE=str(tmp_path / "clock")).exit_code == 2


@pytest.mark.clause("C13")
async def test_a_database_with_people_never_becomes_a_demonstration(db) -> None:
    async with db.write() as session:
        session.add(Person(name="真人"))
    async with db.write() as session:
        assert (await installation.make(session, demo=True)).demo is False
    async with db.write() as session:
        assert (await installation.make(session, demo=True)).demo is False
