"""Channels outside the app over the API: webhooks, dead letters, preferences (C9, C13)."""

import pytest

from app.core.clock import now
from app.models.records import Outbox
from tests.api.conftest import REFUSAL, Api

pytestmark = pytest.mark.clause("C9")
LIST = "{ webhooks { nodes { id name url kinds phones endedAt group { code } } } }"


async def add(api: Api, who: str, **changes):
    given = {"groupId": api.group, "name": "网关", "url": "https://sms.example.cn/", "kinds": ["REPLY"], **changes}
    query = (
        "mutation($input: AddWebhookInput!) { addWebhook(input: $input) { "
        f"{REFUSAL} ... on WebhookSecret {{ secret webhook {{ id name }} }} }} }}"
    )
    return (await api.ask(who, query, input=given))["addWebhook"]


@pytest.mark.clause("C13")
async def test_a_webhook_is_added_changed_rotated_and_ended_by_the_administrator(api: Api) -> None:
    made = await add(api, "sysadmin")
    key, secret = made["webhook"]["id"], made["secret"]
    assert secret.startswith("whsec_")
    assert (await add(api, "staff"))["code"] == "not_your_role"
    wrong = await add(api, "sysadmin", url="http://127.0.0.1/")
    assert [each["field"] for each in wrong["problems"]] == ["url"]
    select = "... on Webhook { name kinds endedAt }"
    changed = await api.do("sysadmin", "editWebhook", select, id=key, name="聊天", url="https://chat.example.cn/")
    assert (changed["name"], changed["kinds"]) == ("聊天", [])
    rotate = (
        "mutation($input: RotateWebhookSecretInput!) { rotateWebhookSecret(input: $input) { "
        f"{REFUSAL} ... on WebhookSecret {{ secret webhook {{ id }} }} }} }}"
    )
    again = (await api.ask("sysadmin", rotate, input={"id": key, "overlapHours": 1}))["rotateWebhookSecret"]
    assert again["secret"] != secret and again["webhook"]["id"] == key
    faulty = (await api.ask("sysadmin", rotate, input={"id": key, "overlapHours": -1}))["rotateWebhookSecret"]
    assert faulty["__typename"] == "ValidationError"
    (row,) = (await api.ask("sysadmin", LIST))["webhooks"]["nodes"]
    assert row["url"] == "https://chat.example.cn/" and "secret" not in str(row)
    for who in ("staff", "leader", "auditor", ""):
        assert (await api.ask(who, LIST))["webhooks"]["nodes"] == []
    assert (await api.do("sysadmin", "endWebhook", select, id=key))["endedAt"]


@pytest.mark.clause("C13")
async def test_a_dead_letter_is_seen_and_sent_again_without_its_matter(api: Api) -> None:
    async with api.city.db.write() as session:
        row = Outbox(dedupe="1", event="motion.submit", channel="mail", person_id=api.city.people["staff"],
                     attempts=15, error="451", dead_at=now())  # fmt: skip
        session.add(row)
    query = "{ undelivered { nodes { id channel event error deadAt person { name } webhook { id } } } }"
    (line,) = (await api.ask("sysadmin", query))["undelivered"]["nodes"]
    assert (line["channel"], line["error"], line["person"]["name"]) == ("mail", "451", "科员壬")
    assert (await api.ask("staff", query))["undelivered"]["nodes"] == []
    assert (await api.do("staff", "sendAgain", id=line["id"]))["__typename"] == "NotFound"
    done = await api.do("sysadmin", "sendAgain", "... on Delivery { deadAt }", id=line["id"])
    assert done == {"__typename": "Delivery", "deadAt": None}


async def test_a_person_sets_what_reaches_him(api: Api) -> None:
    query = "{ noticePreferences { kind label mandatory mail webhook } }"
    rows = (await api.ask("staff", query))["noticePreferences"]
    assert all(row["mail"] and row["webhook"] for row in rows)
    done = await api.do(
        "staff", "setNoticePreference", "... on Person { name }", kind="MOTION", mail=False, webhook=True
    )
    assert done == {"__typename": "Person", "name": "科员壬"}
    rows = {row["kind"]: row for row in (await api.ask("staff", query))["noticePreferences"]}
    assert rows["MOTION"] == {"kind": "MOTION", "label": "Motion: progress", "mandatory": False, "mail": False,
                              "webhook": True}  # fmt: skip
    refused = await api.do("staff", "setNoticePreference", kind="REMINDER", mail=False, webhook=True)
    assert (refused["code"], refused["clause"]) == ("mandatory_notice", "C9")
    assert (await api.ask("", query))["noticePreferences"] == []
    assert (await api.do("", "setNoticePreference", kind="MOTION", mail=True, webhook=True))["code"] == "sign_in_needed"


async def test_a_calendars_address_is_told_once_and_revoked(api: Api) -> None:
    renew = f"mutation {{ renewCalendar {{ {REFUSAL} ... on CalendarAddress {{ address }} }} }}"
    first, second = [(await api.ask("staff", renew))["renewCalendar"]["address"] for _ in range(2)]
    assert first != second and second.endswith(".ics")
    assert (await api.do("staff", "revokeCalendar"))["__typename"] == "Person"
    assert (await api.ask("", renew))["renewCalendar"]["code"] == "sign_in_needed"
