"""A web process dies under its callers: whoever asks again elsewhere with the same key acts once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import select
from sqlmodel import col

from app.models.matters import Motion
from app.models.records import Trail
from app.services.trail import verify
from tests.multi.stage import Caller, Stage

pytestmark = pytest.mark.multi
CALLERS, EACH = 6, 3


@pytest.mark.clause("C6")
async def test_an_act_asked_again_after_a_crash_is_done_once(stage: Stage) -> None:
    first, second = stage.cluster.start(web=2, workers=1).web
    staff = stage.sign_in(first, "staff")
    half = threading.Semaphore(0)

    def insist(staff: Caller) -> list[str]:
        """Draft motions one after the other; where the first process does not answer, ask the second."""
        made = []
        for _ in range(EACH):
            key = uuid4().hex
            try:
                answer = staff.motion(first, stage, idempotencyKey=key, title=key)
            except httpx.TransportError:
                answer = staff.motion(second, stage, idempotencyKey=key, title=key)
            made.append(str(answer["id"]))
            half.release()
        return made

    with ThreadPoolExecutor(CALLERS) as pool:
        asked = [pool.submit(insist, staff) for _ in range(CALLERS)]
        for _ in range(CALLERS):
            half.acquire()
        first.kill()
        made = [each for one in asked for each in one.result()]

    assert len(set(made)) == len(made) == CALLERS * EACH
    async with stage.db.read() as session:
        motions = (await session.scalars(select(Motion))).all()
        assert sorted(stage.id("Motion", each.id) for each in motions) == sorted(made)
        assert len({each.title for each in motions}) == len(motions)
        drafts = (await session.scalars(select(Trail).where(col(Trail.noun) == "motion"))).all()
        assert len(drafts) == len(motions)
        assert (await verify(session))[1] is None
    first.start()
    first.wait_ready()
    assert staff.do(first, "submitMotion", "Motion", id=made[0])["state"] == "SUBMITTED"
