"""Acting over the API: every step has its mutation, refusals are data, a key acts once."""

import asyncio
from typing import Any

import pytest

from app.rules.catalogue import TABLES
from app.services import outbox
from app.services.accounts import make_invite
from schema import build_schema
from schema.ids import pack
from schema.naming import mutation_name, steps_of

DRAFT = {
    "title": "2027年度资金安排计划",
    "body": "正文",
    "category": "A1_3_1",
    "project": "数据平台",
    "year": 2027,
    "amountAsked": "12000000.00",
}


def test_every_step_has_its_mutation() -> None:
    """A row that is added to a table adds its mutation; a payload of its own wants one written."""
    fields = build_schema()._schema.mutation_type.fields
    steps = [(noun, action) for noun in TABLES for action in steps_of(noun)]
    assert [step for step in steps if mutation_name(*step) not in fields] == []


@pytest.mark.clause("A3.2", "C7")
async def test_the_chain_of_a_motion(api: Any) -> None:
    draft = {**DRAFT, "groupId": api.group, "proposingUnitId": api.unit("市经信委")}
    select = "... on Motion { id state stateLabel waitingOn { names late kind } }"
    motion = await api.do("staff", "draftMotion", select, **draft)
    assert (motion["__typename"], motion["state"]) == ("Motion", "DRAFT")
    key = motion["id"]
    early = await api.do("director", "endorseMotion", select, id=key)
    assert (early["__typename"], early["code"], early["clause"]) == ("RuleRefusal", "wrong_state", "A3.2")
    for who, mutation, state, waits in (
        ("staff", "submitMotion", "SUBMITTED", "Office director"),
        ("director", "endorseMotion", "ENDORSED", "Deputy in charge"),
        ("in_charge", "reviewMotion", "REVIEWED", "Leader"),
        ("leader", "admitMotion", "ADMITTED", "综合部"),
    ):
        done = await api.do(who, mutation, select, id=key, opinion="同意")
        assert (done["state"], done["waitingOn"]["names"]) == (state, waits)
    story = await api.ask(
        "leader",
        """query($id: ID!) { story(motionId: $id) {
        motion { title history { actionLabel line opinion } } signatures { action roleLabel } } }""",
        id=key,
    )
    assert [row["action"] for row in story["story"]["signatures"]] == ["submit", "endorse", "review", "admit"]
    assert story["story"]["motion"]["history"][1] == {"actionLabel": "Endorse", "line": "主任戊", "opinion": "同意"}


@pytest.mark.clause("C7")
async def test_available_actions_agree_with_the_act(api: Any) -> None:
    motion = await api.city.motion("submitted")
    key = pack("Motion", motion.id)
    query = """query($id: ID!) { node(id: $id) { ... on Motion { availableActions {
        action mutation label allowed needsReason blockers { code message clause who } } } } }"""
    for who in ("staff", "director"):
        actions = (await api.ask(who, query, id=key))["node"]["availableActions"]
        assert {each["action"] for each in actions} == set(steps_of("motion"))
        endorse = next(each for each in actions if each["action"] == "endorse")
        if who == "director":
            assert endorse["allowed"] and endorse["blockers"] == []
        else:
            refused = await api.do(who, endorse["mutation"], id=key)
            assert endorse["blockers"] == [{name: refused[name] for name in ("code", "message", "clause", "who")}]


@pytest.mark.clause("C7")
async def test_why_speaks_the_asker_s_language(api: Any) -> None:
    motion = await api.city.motion("submitted")
    query = 'query($id: ID!) { why(noun: "motion", id: $id, action: "endorse") { refusal { message clause } } }'
    english = await api.post("staff", query, "en-GB,zh;q=0.5", id=pack("Motion", motion.id))
    chinese = await api.post("staff", query, "fr", id=pack("Motion", motion.id))
    assert english["data"]["why"]["refusal"] == {"message": "“Endorse” is for: Office director.", "clause": "A3.2"}
    assert chinese["data"]["why"]["refusal"]["message"] == "“核签”由办公室主任办理。"


async def test_faults_of_the_input_come_by_field(api: Any) -> None:
    before = await api.city.counts()
    answer = await api.do("staff", "draftMotion", **{**DRAFT, "groupId": api.group, "title": " ", "year": 1900})
    assert answer["__typename"] == "ValidationError"
    assert [problem["field"] for problem in answer["problems"]] == ["title", "year"]
    no_reason = await api.do("director", "returnMotion", id=pack("Motion", (await api.city.motion("submitted")).id))
    assert [problem["field"] for problem in no_reason["problems"]] == ["reason"]
    assert (await api.city.counts())[0] == before[0] + 2


async def test_one_key_acts_once(api: Any) -> None:
    draft = {**DRAFT, "groupId": api.group, "proposingUnitId": api.unit("市经信委")}
    first = await api.do("staff", "draftMotion", "... on Motion { id }", **draft, idempotencyKey="k1")
    before = await api.city.counts()
    again = await api.do("staff", "draftMotion", "... on Motion { id }", **draft, idempotencyKey="k1")
    assert again == first and await api.city.counts() == before
    other = await api.do("staff", "draftMotion", **{**draft, "title": "另一议题"}, idempotencyKey="k1")
    assert other["__typename"] == "ValidationError" and other["problems"][0]["field"] == "idempotencyKey"
    head = await api.do("head", "draftMotion", "... on Motion { id }", **draft, idempotencyKey="k1")
    assert head["id"] != first["id"]


async def test_one_key_acts_once_also_at_the_same_moment(api: Any) -> None:
    draft = {**DRAFT, "groupId": api.group, "proposingUnitId": api.unit("市经信委"), "idempotencyKey": "together"}
    await api.token("staff")
    asked = [api.do("staff", "draftMotion", "... on Motion { id }", **draft) for _ in range(3)]
    answers = await asyncio.gather(*asked)
    assert answers == answers[:1] * 3 and answers[0]["__typename"] == "Motion"
    assert (await api.ask("staff", "{ motions { totalCount } }"))["motions"]["totalCount"] == 1


@pytest.mark.clause("C13")
async def test_invite_sign_in_and_out(api: Any) -> None:
    async with api.city.works.begin() as work:
        token = await make_invite(work, api.city.people["staff"])
    password = "Bridge-over-2026"
    done = await api.do("", "acceptInvite", token=token, password=password)
    assert done["__typename"] == "Done"
    used = await api.do("", "acceptInvite", token=token, password=password)
    assert used["code"] == "invite_invalid"
    wrong = await api.do("", "signIn", login="14000000008", password="wrong-password-1")
    unknown = await api.do("", "signIn", login="19900000000", password="wrong-password-1")
    assert wrong == unknown and wrong["code"] == "sign_in_failed"
    select = "... on Session { token person { name } }"
    session = await api.do("", "signIn", select, login="14000000008", password=password)
    assert session["person"] == {"name": "科员壬"}
    api.tokens["me"] = session["token"]
    assert (await api.ask("me", "{ viewer { person { name } roles { label } } }"))["viewer"] == {
        "person": {"name": "科员壬"},
        "roles": [{"label": "Department staff"}],
    }
    await api.ask("me", "mutation { signOut { __typename } }")
    assert (await api.ask("me", "{ viewer { person { name } } }"))["viewer"]["person"] is None


@pytest.mark.clause("C20")
async def test_a_signature_entered_from_paper(api: Any) -> None:
    motion = await api.city.motion("reviewed")
    key = pack("Motion", motion.id)
    paper = {"principalId": api.person("leader"), "signedOn": "2026-03-02", "note": "原件存档案柜"}
    refused = await api.do("staff", "admitMotion", id=key, paper=paper)
    assert (refused["code"], refused["clause"]) == ("not_authorised", "C20")
    given = await api.do(
        "leader",
        "authoriseClerk",
        "... on PaperAuthority { clerk { name } }",
        groupId=api.group,
        clerkId=api.person("staff"),
    )
    assert given["clerk"] == {"name": "科员壬"}
    done = await api.do("staff", "admitMotion", "... on Motion { state history { line } }", id=key, paper=paper)
    assert done["state"] == "ADMITTED"
    assert done["history"][-1]["line"] == "组长甲, entered by 科员壬 from paper"


@pytest.mark.clause("C4")
async def test_a_lent_power_shows_on_what_is_done_under_it(api: Any) -> None:
    motion = await api.city.motion("endorsed")
    powers = await api.ask("in_charge", "{ delegablePowers { permission role } }")
    assert {"permission": "motion:review", "role": "DEPUTY_IN_CHARGE"} in powers["delegablePowers"]
    given = {
        "groupId": api.group,
        "delegateId": api.person("deputy"),
        "role": "DEPUTY_IN_CHARGE",
        "permission": "motion:review",
        "startsAt": "2026-03-01T00:00:00+08:00",
        "endsAt": "2026-03-09T00:00:00+08:00",
    }
    lent = await api.do("in_charge", "grantDelegation", "... on Delegation { inForce delegate { name } }", **given)
    assert lent["inForce"] and lent["delegate"] == {"name": "副组长丙"}
    done = await api.do(
        "deputy", "reviewMotion", "... on Motion { history { line onBehalfOf { name } } }", id=pack("Motion", motion.id)
    )
    assert done["history"][-1] == {"line": "副组长丙 for 分管乙", "onBehalfOf": {"name": "分管乙"}}


@pytest.mark.clause("C14")
async def test_working_days_are_explained(api: Any) -> None:
    found = await api.ask("", '{ workingDays(from: "2026-01-19", days: 20) { date provisional explanation } }')
    assert found["workingDays"] == {
        "date": "2026-02-14",
        "provisional": False,
        "explanation": "20 working days from 2026-01-19 = 2026-02-14, a working Saturday",
    }


async def test_a_changed_policy_is_obeyed_at_once(api: Any) -> None:
    motion = await api.city.motion("submitted")
    rule = {"role": "OFFICE_DIRECTOR", "noun": "motion", "action": "endorse", "allowed": False}
    assert (await api.do("leader", "setRule", **rule))["code"] == "not_your_role"
    assert (await api.do("secadmin", "setRule", **rule))["__typename"] == "Done"
    assert (await api.do("director", "endorseMotion", id=pack("Motion", motion.id)))["code"] == "not_your_role"


@pytest.mark.clause("C20")
async def test_a_clerks_authority_is_listed_and_withdrawn(api: Any) -> None:
    given = {"groupId": api.group, "clerkId": api.person("staff")}
    made = await api.do("leader", "authoriseClerk", "... on PaperAuthority { id withdrawnAt }", **given)
    listed = "{ viewer { paperAuthorities { nodes { id principal { name } clerk { name } } } } }"
    own = {"id": made["id"], "principal": {"name": "组长甲"}, "clerk": {"name": "科员壬"}}
    for who, seen in (("leader", [own]), ("staff", [own]), ("director", [])):
        assert (await api.ask(who, listed))["viewer"]["paperAuthorities"]["nodes"] == seen
    assert (await api.do("staff", "withdrawClerk", id=made["id"]))["code"] == "not_found"
    ended = await api.do("leader", "withdrawClerk", "... on PaperAuthority { withdrawnAt }", id=made["id"])
    assert ended["withdrawnAt"]


@pytest.mark.clause("C9")
async def test_a_notification_is_read(api: Any) -> None:
    await api.city.motion("submitted")
    await outbox.deliver_in_app(api.city.db)
    asked = "{ viewer { notifications(unreadOnly: true) { nodes { id readAt } } } }"
    ((line,),) = [(await api.ask("director", asked))["viewer"]["notifications"]["nodes"]]
    assert (await api.do("leader", "readNotification", id=line["id"]))["code"] == "not_found"
    read = await api.do("director", "readNotification", "... on Notification { readAt }", id=line["id"])
    assert read["readAt"]
    assert (await api.ask("director", asked))["viewer"]["notifications"]["nodes"] == []


@pytest.mark.clause("A3.5")
async def test_a_number_is_voided(api: Any) -> None:
    _, _, decision = await api.city.decided()
    document = await api.city.document(decision, "registered")
    given = {"id": pack("Document", document.id), "reason": "主送机关有误"}
    assert (await api.do("staff", "voidDocument", **given))["code"] == "not_your_role"
    voided = await api.do("director", "voidDocument", "... on Document { state number }", **given)
    assert (voided["state"], voided["number"]) == ("VOIDED", document.number)


@pytest.mark.clause("C13")
async def test_a_groups_settings(api: Any) -> None:
    select = "... on Group { bodyCode settings { name label value isDefault } }"
    given = {"id": api.group, "bodyCode": "江信领", "days": [{"name": "signature_days", "days": 1}], "mailTitles": True}
    assert (await api.do("leader", "editGroup", **given))["code"] == "not_your_role"
    done = await api.do("sysadmin", "editGroup", select, **given)
    settings = {row["name"]: (row["value"], row["isDefault"]) for row in done["settings"]}
    assert done["bodyCode"] == "江信领"
    assert settings["signature_days"] == ("1", False) and settings["opinion_days"] == ("5", True)
    assert settings["mail_titles"] == ("true", False)
    wrong = await api.do("sysadmin", "editGroup", id=api.group, chaseHours=["08:30"])
    assert [each["field"] for each in wrong["problems"]] == ["chaseHours"]
