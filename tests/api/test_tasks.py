"""Over the API: what do I owe, and what is owed to me (C1)."""

import pytest

from tests.api.conftest import Api

QUERY = "{ viewer { tasks { nodes { kind } } owedToMe { nodes { kind holder } } } }"


@pytest.mark.clause("C1")
@pytest.mark.parametrize(("who", "mine", "others"), [("staff", 0, 1), ("director", 1, 0), ("civil", 0, 0), ("", 0, 0)])
async def test_what_others_owe_is_a_list_of_its_own(api: Api, who: str, mine: int, others: int) -> None:
    await api.city.motion("submitted")
    found = (await api.ask(who, QUERY))["viewer"]
    assert (len(found["tasks"]["nodes"]), len(found["owedToMe"]["nodes"])) == (mine, others)
