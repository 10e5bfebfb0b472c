"""Who asks: the public has no name to act under."""

from uuid import uuid4

import pytest

from app.core.refusals import Refused
from app.rules.roles import PUBLIC, Actor


@pytest.mark.clause("C13")
def test_who_is_not_signed_in_acts_as_nobody() -> None:
    with pytest.raises(Refused) as caught:
        _ = PUBLIC.me
    assert (caught.value.refusal.code, caught.value.refusal.clause) == ("sign_in_needed", "C13")
    me = uuid4()
    assert Actor(me).me == me
