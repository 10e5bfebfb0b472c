"""Reads what a client's build writes: GraphQL files, or a manifest of ids and texts."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

SUFFIXES = (".graphql", ".gql")
Entry = tuple[str, str, str]
"""Id, text, and where it stands."""


class BadManifest(Exception):
    """What was given cannot be read as documents."""


def read_documents(path: Path) -> list[Entry]:
    """Every document below a folder, of a file, or of a JSON manifest."""
    if path.is_dir():
        files = sorted(file for file in path.rglob("*") if file.suffix in SUFFIXES)
        found = [_of_file(file, file.relative_to(path).as_posix()) for file in files]
    elif path.suffix == ".json":
        found = list(_of_manifest(path))
    else:
        found = [_of_file(path, path.name)]
    if not found:
        raise BadManifest(f"{path}: no document in it")
    return found


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadManifest(f"{path}: {error}") from None


def _of_file(path: Path, label: str) -> Entry:
    """By the hash of its text, exactly as it stands: who asks by hash hashes the same bytes."""
    text = _text(path)
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}", text, label


def _of_manifest(path: Path) -> Iterator[Entry]:
    """Either {id: text, ...}, or Apollo's {"operations": [{"id", "body", "name"}, ...]}."""
    try:
        found: Any = orjson.loads(_text(path))
    except orjson.JSONDecodeError as error:
        raise BadManifest(f"{path}: {error}") from None
    if not isinstance(found, dict):
        raise BadManifest(f"{path}: neither a map of ids to texts nor a manifest of operations")
    operations = found.get("operations")
    if not isinstance(operations, list):
        operations = [{"id": key, "body": text} for key, text in found.items()]
    for each in operations:
        if not isinstance(each, dict) or not isinstance(each.get("id"), str) or not isinstance(each.get("body"), str):
            raise BadManifest(f"{path}: an operation without id or body")
        yield each["id"], each["body"], str(each.get("name") or each["id"])
