"""`python -m app documents`: what a client was built with is registered, listed and withdrawn."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.processes import environment

HELLO = "query Hello { __typename }\n"
NAME = "query Name { viewer { name } }\n"


@pytest.fixture
def build(tmp_path: Path) -> Path:
    folder = tmp_path / "build"
    (folder / "more").mkdir(parents=True)
    (folder / "hello.graphql").write_text(HELLO, "utf-8")
    (folder / "more" / "name.gql").write_text(NAME, "utf-8")
    (folder / "read.me").write_text("not a document", "utf-8")
    return folder


def run(tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "app", "documents", *arguments],
        env=environment(VAR=str(tmp_path / "var")), capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_a_folder_is_registered_listed_and_withdrawn(tmp_path: Path, build: Path) -> None:
    done = run(tmp_path, "register", str(build), "--client", "ios 1", "--by", "ci")
    assert done.stdout == "documents: 2 registered, 0 were already\n", done.stderr
    assert run(tmp_path, "register", str(build), "--client", "ios 1").stdout.startswith("documents: 0 registered, 2")
    key = f"sha256:{hashlib.sha256(HELLO.encode()).hexdigest()}"
    assert run(tmp_path, "withdraw", key, "--client", "ios 1", "--by", "op").stdout == "documents: 1 withdrawn\n"
    listed = run(tmp_path, "list").stdout.splitlines()
    assert listed[-1] == "documents: 1 trusted, 2 in all"
    [line] = [line for line in listed if key in line]
    assert "hello.graphql" in line and "by ci" in line and "by op" in line
    gone = run(tmp_path, "withdraw", key, "--client", "ios 1")
    assert gone.returncode == 2 and "Not found" in gone.stderr


@pytest.mark.parametrize(
    "manifest",
    [{"a1": HELLO, "b2": NAME},
     {"format": "apollo-persisted-query-manifest", "version": 1, "operations": [
         {"id": "a1", "name": "Hello", "type": "query", "body": HELLO}, {"id": "b2", "body": NAME}]}],
    ids=["map", "apollo"],
)  # fmt: skip
def test_a_manifest_brings_its_own_ids(tmp_path: Path, manifest: dict[str, object]) -> None:
    file = tmp_path / "manifest.json"
    file.write_text(json.dumps(manifest), "utf-8")
    assert run(tmp_path, "register", str(file), "--client", "web").returncode == 0
    listed = run(tmp_path, "list", "--client", "web").stdout
    assert "web\ta1\t" in listed and "web\tb2\t" in listed


@pytest.mark.parametrize(
    "text",
    [
        "query A { nothing }",
        pytest.param("query A {", marks=pytest.mark.slow),
        pytest.param("{ __schema { types { name } } }", marks=pytest.mark.slow),
    ],
)
def test_one_that_would_not_be_executed_refuses_all(tmp_path: Path, build: Path, text: str) -> None:
    (build / "wrong.graphql").write_text(text, "utf-8")
    done = run(tmp_path, "register", str(build), "--client", "ios 1")
    assert done.returncode == 2 and "documents: wrong.graphql: " in done.stderr
    assert run(tmp_path, "list").stdout == "documents: 0 trusted, 0 in all\n"


@pytest.mark.parametrize("content", ["{", "[]", '{"a": 1}', '{"operations": [{"id": "x"}]}', "{}"])
def test_what_is_no_manifest_is_said_so(tmp_path: Path, content: str) -> None:
    file = tmp_path / "manifest.json"
    file.write_text(content, "utf-8")
    done = run(tmp_path, "register", str(file), "--client", "web")
    assert done.returncode == 2 and "manifest.json" in done.stderr and "Traceback" not in done.stderr
