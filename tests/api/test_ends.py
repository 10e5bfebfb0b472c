"""A list within a row can be asked for its beginning or its end only."""

from typing import Any

import pytest

from schema.ids import pack


async def _history(api: Any, motion: Any, arguments: str) -> Any:
    query = "query($id: ID!) { node(id: $id) { ... on Motion { history%s { action } } } }" % arguments  # noqa: UP031 - braces
    found = await api.ask("staff", query, id=pack("Motion", motion.id))
    return [row["action"] for row in found["node"]["history"]]


@pytest.mark.clause("C6")
async def test_the_beginning_and_the_end_of_a_list(api: Any) -> None:
    motion = await api.city.motion("admitted")
    assert await _history(api, motion, "") == ["submit", "endorse", "review", "admit"]
    assert await _history(api, motion, "(first: 3)") == ["submit", "endorse", "review"]
    assert await _history(api, motion, "(last: 1)") == ["admit"]
    assert await _history(api, motion, "(first: 3, last: 2)") == ["endorse", "review"]
    assert await _history(api, motion, "(last: 100, first: null)") == ["submit", "endorse", "review", "admit"]
    assert await _history(api, motion, "(last: 0)") == []


@pytest.mark.parametrize("arguments", ["(first: -1)", "(last: 101)"])
async def test_a_size_that_no_list_gives(api: Any, arguments: str) -> None:
    motion = await api.city.motion("submitted")
    query = "query($id: ID!) { node(id: $id) { ... on Motion { history%s { action } } } }" % arguments  # noqa: UP031 - braces
    answer = await api.post("staff", query, id=pack("Motion", motion.id))
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["BAD_PAGE_SIZE"]


async def test_the_viewer_is_named(api: Any) -> None:
    found = await api.ask("staff", "{ viewer { id name person { id name } } }")
    assert found["viewer"]["person"] == {"id": found["viewer"]["id"], "name": found["viewer"]["name"]}
    assert await api.ask("", "{ viewer { id name } }") == {"viewer": {"id": None, "name": None}}
