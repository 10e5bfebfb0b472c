"""Ladders of reminders over the API (C2)."""

from typing import Any

import pytest

RUNG = "offset recipients label inPerson since"
PREVIEW = (
    "query($group: ID!, $name: LadderName!, $due: Date!, $rungs: [RungInput!], $unit: ID) { ladderPreview(group: "
    f"$group, name: $name, dueOn: $due, rungs: $rungs, unit: $unit) {{ days {{ day working due kind rungs {{ {RUNG} }} "
    "places { place label holders told instead } } owedBy problems { field message } } }"
)


@pytest.mark.clause("C2")
async def test_a_ladder_is_tried_then_set_then_shipped_again(api: Any) -> None:
    rungs = [{"offset": 1, "recipients": ["LIAISON"]}]
    given = {"group": api.group, "name": "OPINION", "due": "2026-02-13", "rungs": rungs}
    days = (await api.ask("director", PREVIEW, **given))["ladderPreview"]["days"]
    assert [(each["day"], each["kind"], len(each["rungs"])) for each in days] == [
        ("2026-02-13", "Friday", 0), ("2026-02-14", "working Saturday", 1),
    ]  # fmt: skip
    select = f"... on Group {{ ladders {{ name isDefault rungs {{ {RUNG} }} }} }}"
    done = await api.do("sysadmin", "setLadder", select, id=api.group, name="OPINION", rungs=rungs)
    ladders = {each["name"]: each for each in done["ladders"]}
    (rung,) = ladders["OPINION"]["rungs"]
    assert (rung["offset"], rung["recipients"], rung["label"]) == (1, ["LIAISON"], "the liaison officer")
    assert not ladders["OPINION"]["isDefault"] and ladders["RECEIPT"]["isDefault"]
    assert [each["inPerson"] for each in ladders["LEADERS"]["rungs"]] == [False, False, True]
    back = await api.do("sysadmin", "setLadder", select, id=api.group, name="OPINION")
    assert len(next(each for each in back["ladders"] if each["name"] == "OPINION")["rungs"]) == 6


@pytest.mark.clause("C2")
async def test_the_preview_names_persons_as_a_reminder_would_find_them(api: Any) -> None:
    rungs = [{"offset": 1, "recipients": ["ASSIGNEE", "LIAISON", "OFFICE_DIRECTOR"]}]
    given = {"group": api.group, "name": "OPINION", "due": "2026-03-10", "rungs": rungs}
    civil = api.unit("市民政局")
    tried = (await api.ask("director", PREVIEW, **given, unit=civil))["ladderPreview"]
    places = {each["place"]: each for day in tried["days"] for each in day["places"]}
    assert tried["owedBy"] == "市民政局" and set(places) == {"ASSIGNEE", "LIAISON", "OFFICE_DIRECTOR"}
    assert (places["ASSIGNEE"]["holders"], places["ASSIGNEE"]["instead"]) == (["民政局长"], "")
    assert (places["LIAISON"]["holders"], places["LIAISON"]["told"]) == ([], ["部长辛", "科员壬"])
    assert "vacant" in places["LIAISON"]["label"] and "is missing" in places["LIAISON"]["instead"]
    assert places["OFFICE_DIRECTOR"]["label"] == "the office director: 主任戊"


@pytest.mark.clause("C2")
async def test_what_is_wrong_is_said_by_the_rung(api: Any) -> None:
    rungs = [{"offset": 0, "recipients": ["ASSIGNEE"]}, {"offset": 2, "recipients": ["OFFICE_DIRECTOR"]}]
    given = {"group": api.group, "name": "LEADERS", "due": "2026-02-13", "rungs": rungs}
    tried = (await api.ask("sysadmin", PREVIEW, **given))["ladderPreview"]
    assert tried["days"] == [] and [each["field"] for each in tried["problems"]] == ["rungs.1"]
    wrong = await api.do("sysadmin", "setLadder", id=api.group, name="LEADERS", rungs=rungs)
    assert wrong["clause"] == "C2" and [each["field"] for each in wrong["problems"]] == ["rungs.1"]
    assert (await api.do("director", "setLadder", id=api.group, name="LEADERS", rungs=rungs))["code"] == "not_your_role"
