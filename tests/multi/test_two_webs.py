"""Two web processes over one database: what one does holds at once on the other."""

import re
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from sqlalchemy import select
from sqlmodel import col

from app.models.records import Signature
from app.services.trail import verify
from tests.multi.stage import PASSWORD, Caller, Stage
from tests.support.processes import Process

pytestmark = pytest.mark.multi
SECONDS_TO_OBEY = 2.0


@pytest.mark.clause("C1", "C6")
async def test_what_one_process_does_the_other_knows_at_once(stage: Stage) -> None:
    first, second = stage.cluster.start(web=2, workers=0).web
    staff, director = stage.sign_in(first, "staff"), stage.sign_in(second, "director")

    motion = staff.motion(first, stage)
    assert staff.do(second, "submitMotion", "Motion", id=motion["id"])["state"] == "SUBMITTED"
    for process in (first, second):
        assert _owes(director, process, motion["id"])

    assert director.do(first, "endorseMotion", "Motion", id=motion["id"])["state"] == "ENDORSED"
    assert not _owes(director, second, motion["id"])
    assert director.do(second, "endorseMotion", "Motion", id=motion["id"])["code"] == "wrong_state"
    in_charge = stage.sign_in(second, "in_charge")
    assert _owes(in_charge, first, motion["id"])

    director.ask(first, "mutation { signOut { __typename } }")
    assert not director.open_tasks(second)
    assert director.ask(second, "{ viewer { person { name } } }")["viewer"]["person"] is None


def _owes(who: Caller, process: Process, motion_id: str) -> bool:
    return any(task["matter"] and task["matter"]["id"] == motion_id for task in who.open_tasks(process))


@pytest.mark.clause("A3.2", "C6")
async def test_two_clicks_at_once_on_two_processes_are_one_act(stage: Stage) -> None:
    """Ten motions, each endorsed through both processes at the same moment; the trail's chain stays whole."""
    first, second = stage.cluster.start(web=2, workers=0).web
    staff, director = stage.sign_in(first, "staff"), stage.sign_in(second, "director")
    motions = [staff.motion(first, stage, title=f"议题{number}")["id"] for number in range(10)]
    for each in motions:
        staff.do(first, "submitMotion", "Motion", id=each)

    def endorse(process: Process, motion: str) -> str:
        answer = director.do(process, "endorseMotion", "Motion", id=motion)
        return str(answer.get("state") or answer["code"])

    with ThreadPoolExecutor(8) as pool:
        asked = [(pool.submit(endorse, first, each), pool.submit(endorse, second, each)) for each in motions]
        answers = [sorted(one.result() for one in pair) for pair in asked]
    for pair in answers:
        assert pair.count("ENDORSED") == 1, answers
        assert "wrong_state" in pair, answers  # the second waits, and reads what the first has done
    async with stage.db.read() as session:
        signed = (await session.scalars(select(Signature).where(col(Signature.action) == "endorse"))).all()
        assert len({each.object_id for each in signed}) == len(signed) == len(motions)
        assert (await verify(session))[1] is None


@pytest.mark.clause("C13")
async def test_a_rule_changed_on_a_page_of_one_process_binds_the_other(stage: Stage) -> None:
    first, second = stage.cluster.start(web=2, workers=0).web
    staff, director = stage.sign_in(first, "staff"), stage.sign_in(second, "director")
    motion = staff.motion(second, stage)["id"]
    staff.do(second, "submitMotion", "Motion", id=motion)
    ask = {"noun": "motion", "action": "endorse", "role": "office_director"}

    with httpx.Client(base_url=first.url, trust_env=False, timeout=30) as browser:
        csrf = _sign_in_on_the_page(browser, "14000010001")
        _submit(browser, "/admin/roles", csrf=csrf, allowed="0", **ask)
        _within(lambda: director.do(second, "endorseMotion", "Motion", id=motion).get("code") == "not_your_role")
        _submit(browser, "/admin/roles", csrf=csrf, allowed="1", **ask)
        _within(lambda: director.do(second, "endorseMotion", "Motion", id=motion).get("state") == "ENDORSED")


def _sign_in_on_the_page(browser: httpx.Client, login: str) -> str:
    """The token that the forms of this session carry."""
    csrf = _csrf(browser.get("/admin/sign-in").text)
    _submit(browser, "/admin/sign-in", csrf=csrf, login=login, password=PASSWORD)
    return _csrf(browser.get("/admin/roles?noun=motion").text)


def _csrf(page: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found, page
    return found[1]


def _submit(browser: httpx.Client, path: str, **fields: str) -> None:
    answer = browser.post(path, data=fields, headers={"sec-fetch-site": "same-origin"})
    assert answer.status_code == 303, answer.text


def _within(obeyed: "object") -> None:
    """Asked again and again: the other process must come round in time. The first answer is right as a rule."""
    assert callable(obeyed)
    until = time.monotonic() + SECONDS_TO_OBEY
    while not obeyed():
        assert time.monotonic() < until, f"not obeyed within {SECONDS_TO_OBEY} s"
        time.sleep(0.05)
