"""The deployment's settings: what operators write is understood, what cannot be is refused by name."""

import os
import subprocess
import sys

import pytest

from app.core.settings import Settings


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("", "sqlite+aiosqlite:///var/yishi.sqlite3"),
        ("sqlite:////srv/yishi.sqlite3", "sqlite+aiosqlite:////srv/yishi.sqlite3"),
        ("sqlite+aiosqlite:///a.sqlite3", "sqlite+aiosqlite:///a.sqlite3"),
        ("postgres://yishi@db/yishi", "postgresql+asyncpg://yishi@db/yishi"),
        ("postgresql://yishi@db/yishi", "postgresql+asyncpg://yishi@db/yishi"),
    ],
)
def test_a_database_is_named_in_any_usual_way(written: str, read: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("YISHI_VAR", raising=False)
    assert Settings(database_url=written).url == read


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("YISHI_DATABASE_URL", "mysql://yishi:geheim@db/yishi"),
        ("YISHI_DATABASE_URL", "geheim"),
        ("YISHI_PORT", "geheim"),
    ],
)
def test_a_setting_that_cannot_be_read_is_named_without_its_value(name: str, value: str) -> None:
    asked = subprocess.run(
        [sys.executable, "-m", "app", "migrate"], env=os.environ | {name: value}, capture_output=True, text=True
    )
    said = asked.stdout + asked.stderr
    assert asked.returncode == 1
    assert f"{name}:" in said and "Traceback" not in said and "geheim" not in said
