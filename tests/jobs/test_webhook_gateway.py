"""The gateway of docs/webhooks, as it stands there, between a delivery and a chat or an SMS service (C9)."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import aclosing, contextmanager
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from app.adapters.webhook import NotDelivered, Parcel, Sender, new_secret
from app.core import clock as app_clock
from app.models.people import Person
from app.services import webhooks
from app.services.hooks import deliver_webhooks
from app.services.webhooks import WebhookDraft
from tests.support.city import build

pytestmark = pytest.mark.clause("C9")
GATEWAY = Path(__file__).resolve().parents[2] / "docs" / "webhooks" / "gateway.py"
LINK = "https://yishi.example.cn/"


@contextmanager
def gateway(secrets: str, way: str, url: str) -> Iterator[str]:
    """Its address, `host:port`."""
    command = [sys.executable, str(GATEWAY), "--port", "0", way, url]
    environment = {**os.environ, "WEBHOOK_SECRET": secrets}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip().removeprefix("listening on http://")
        finally:
            process.terminate()


async def test_a_chat_and_an_sms_service_get_each_entry_once(sqlite_url, hooks) -> None:
    from app.models.engine import Database

    db = Database(sqlite_url)
    city = await build(db)
    async with db.write() as session:
        (await session.get(Person, city.people["director"])).phone = "14000000001"
    for way in ("--chat", "--sms"):
        hooks.taken.clear()
        with gateway("whsec_" + "A" * 43 + "=", way, hooks.url) as host:
            draft = WebhookDraft("网关", f"http://{host}/", phones=True, internal=(host,))
            row, secret = await city.do("sysadmin", webhooks.add_webhook, city.group, draft)
        with gateway(f"whsec_{'A' * 43}= {secret}", way, hooks.url) as host:
            changed = WebhookDraft("网关", f"http://{host}/", phones=True, internal=(host,))
            await city.do("sysadmin", webhooks.edit_webhook, row.id, changed)
            motion = await city.motion("submitted")
            async with aclosing(Sender([host])) as sender:
                assert await deliver_webhooks(db, sender, LINK) == 1
            assert len(hooks.taken) == 1
            said = hooks.taken[0].body.decode()
            text = parse_qs(said)["content"][0] if way == "--sms" else said
            assert str(motion.id)[-8:].upper() in text
            assert ("14000000001" in said) == (way == "--sms") and motion.title not in said
        await city.do("sysadmin", webhooks.end_webhook, row.id)
    await db.close()


async def test_it_takes_nothing_that_is_old_unsigned_or_was_there_before(hooks) -> None:
    secret, now = new_secret(), int(app_clock.now().timestamp())
    body = '{"recipient":{"name":"甲"},"entries":[{"id":"1","text":"有一项待办"}],"link":"https://x/"}'.encode()
    with gateway(secret, "--chat", hooks.url) as host:
        async with aclosing(Sender([host])) as sender:
            for sent_at, by in ((now - 600, secret), (now + 600, secret), (now, new_secret())):
                with pytest.raises(NotDelivered, match="401"):
                    await sender.send(Parcel(f"http://{host}/", "msg_1", sent_at, body, (by,)))
            for _ in range(2):
                await sender.send(Parcel(f"http://{host}/", "msg_1", now, body, (secret,)))
            assert len(hooks.taken) == 1
            hooks.status = 500
            with pytest.raises(NotDelivered, match="502"):
                await sender.send(Parcel(f"http://{host}/", "msg_2", now, body.replace(b'"1"', b'"2"'), (secret,)))
            hooks.status = 204
            await sender.send(Parcel(f"http://{host}/", "msg_2", now, body.replace(b'"1"', b'"2"'), (secret,)))
            assert len(hooks.taken) == 3
