"""What runs the application in production names only what there is."""

import re
from pathlib import Path

from app.core.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = (ROOT / "docker-compose.yml").read_text("utf-8")
IMAGE = (ROOT / "Dockerfile").read_text("utf-8")
# Read by the compose file itself, to publish ports.
NOT_SETTINGS = {"YISHI_WEB_PORTS"}


def test_every_setting_in_the_files_is_one_of_the_application() -> None:
    named = set(re.findall(r"\bYISHI_[A-Z_]+", COMPOSE + IMAGE)) - NOT_SETTINGS
    assert named
    assert named <= {f"YISHI_{each.upper()}" for each in Settings.model_fields}


def test_the_image_copies_what_exists_and_nothing_else_reaches_its_builder() -> None:
    copied = re.findall(r"^COPY (?!--from)(\S+)", IMAGE, re.MULTILINE)
    let_through = re.findall(r"^!(\S+)", (ROOT / ".dockerignore").read_text("utf-8"), re.MULTILINE)
    assert sorted(copied) == sorted(let_through)
    assert [each for each in copied if not (ROOT / each).exists()] == []


def test_the_image_installs_by_hash_and_runs_without_rights() -> None:
    assert "--require-hashes" in IMAGE
    assert re.search(r"^USER yishi$", IMAGE, re.MULTILINE)


def test_production_keeps_no_state_in_a_process() -> None:
    """Web and worker are many: neither SQLite nor the embedded Valkey or worker may serve them."""
    assert "YISHI_DATABASE_URL: postgresql://" in COMPOSE
    assert "YISHI_REDIS_URL: redis://" in COMPOSE
    assert 'YISHI_EMBEDDED_WORKER: "0"' in COMPOSE
    assert "YISHI_ASSETS: local" in COMPOSE
    assert "YISHI_DEMO" not in COMPOSE


def test_no_password_stands_in_the_compose_file() -> None:
    values = re.findall(r'(?:PASSWORD|REDISCLI_AUTH): +"?([^\s",}]+)', COMPOSE)
    assert values
    assert [each for each in values if not each.startswith("${")] == []


def test_lock_files_name_hashes_and_no_address() -> None:
    for file in (ROOT / "requirements").glob("*.lock"):
        text = file.read_text("utf-8")
        assert "://" not in text
        packages = re.findall(r"^[a-z0-9]\S*==.*$(?:\n    --hash=.*)*", text, re.MULTILINE)
        assert packages
        assert [each for each in packages if "--hash=sha256:" not in each] == []


def test_casbin_comes_from_one_package_only() -> None:
    """`casbin` and `pycasbin` install the same module over one another."""
    for file in (ROOT / "requirements").glob("*.lock"):
        names = re.findall(r"^([a-z0-9-]+)(?:\[[^]]*\])?==", file.read_text("utf-8"), re.MULTILINE)
        assert "pycasbin" in names
        assert "casbin" not in names
