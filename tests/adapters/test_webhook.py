"""Where deliveries may go, and how they are signed (C9)."""

import base64
import hashlib
import hmac
from contextlib import aclosing

import pytest

from app.adapters.webhook import NotAllowed, NotDelivered, Parcel, Sender, check_url, is_public, new_secret, signature
from tests.support.hooks import HookSink

pytestmark = pytest.mark.clause("C9")
INSIDE = (
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",  # noqa: S104
    "255.255.255.255", "240.0.0.1", "192.0.0.1", "::1", "::", "fe80::1%eth0", "fd00::1", "ff02::1", "::ffff:10.0.0.1",
    "2002:0a00:0001::", "64:ff9b::10.0.0.1", "2001:db8::1",
)  # fmt: skip
REFUSED = (
    "http://93.184.215.14/x", "https://10.0.0.1/x", "https://[::1]/x", "https://127.0.0.1:8443/", "ftp://example.cn/",
    "https://user:word@example.cn/", "https:///path", "https://example.cn/#part", "nonsense", "", "https://例子.cn/",
    "https://example.cn:99999/", "http://gateway.internal/", "https://[::ffff:127.0.0.1]/",
)  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_addresses_inside_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:4700::1111", "64:ff9b::93.184.215.14"])
def test_addresses_of_the_internet_are(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("url", REFUSED)
def test_other_addresses_are_refused_before_anybody_is_asked(url: str) -> None:
    with pytest.raises(NotAllowed):
        check_url(url, ["sms.internal"])


def test_a_host_inside_is_reached_when_the_operator_listed_it() -> None:
    assert check_url("https://example.cn/hook", ()) == ("example.cn", 443)
    assert check_url("http://sms.internal:8600/x", ["sms.internal"]) == ("sms.internal", 8600)
    assert check_url("http://10.0.0.8:8600/x", ["10.0.0.8:8600"]) == ("10.0.0.8", 8600)
    with pytest.raises(NotAllowed):
        check_url("http://10.0.0.8:22/x", ["10.0.0.8:8600"])


def test_a_receiver_works_out_the_same_signature() -> None:
    secret = new_secret()
    raw = base64.b64decode(secret.removeprefix("whsec_"))
    assert len(raw) == 32
    expected = base64.b64encode(hmac.new(raw, b"msg_1.1772413200.{}", hashlib.sha256).digest()).decode()
    assert signature(secret, "msg_1", 1772413200, b"{}") == f"v1,{expected}"
    # As published by Standard Webhooks for its own libraries.
    known = signature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330,
                      b'{"test": 2432232314}')  # fmt: skip
    assert known == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


async def test_a_name_that_leads_inside_is_refused_and_the_address_that_was_checked_is_the_one_reached(hooks) -> None:
    asked: list[str] = []

    def answering(*answers: str):
        async def resolve(host: str, port: int) -> list[str]:
            asked.append(host)
            return list(answers)

        return resolve

    def parcel(url: str) -> Parcel:
        return Parcel(url, "msg_1", 1, b"{}", (new_secret(),))

    for answers in (("127.0.0.1",), ("93.184.215.14", "10.0.0.1"), ()):
        with pytest.raises(NotDelivered) as refused:
            await Sender(resolve=answering(*answers)).send(parcel("https://rebinding.example.cn/"))
        assert not refused.value.reached
    url = f"http://gateway.internal:{hooks.port}/hook?a=1"
    async with aclosing(Sender(["gateway.internal"], answering("127.0.0.1"))) as sender:
        await sender.send(parcel(url))
    assert asked.count("gateway.internal") == 1, "looked up once: a second answer could be another one"
    (taken,) = hooks.taken
    assert (taken.headers["host"], taken.path) == (f"gateway.internal:{hooks.port}", "/hook?a=1")


async def test_redirects_are_not_followed_and_no_proxy_is_asked(hooks, monkeypatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    hooks.status, hooks.location = 307, hooks.url
    async with aclosing(Sender([hooks.host])) as sender:
        with pytest.raises(NotDelivered, match="307") as refused:
            await sender.send(Parcel(hooks.url, "msg_1", 1, b"{}", (new_secret(),)))
    assert refused.value.reached and len(hooks.taken) == 1


async def posts(sender: Sender, *urls: str) -> None:
    for number, url in enumerate(urls):
        await sender.send(Parcel(url, f"msg_{number}", 1, b"{}", (new_secret(),)))


async def test_a_connection_is_kept_for_its_name_alone_and_made_anew_where_the_receiver_ended_it(hooks) -> None:
    async def resolve(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    one, other = (f"http://{name}.internal:{hooks.port}/hook" for name in ("chat", "sms"))
    async with aclosing(Sender(["chat.internal", "sms.internal"], resolve)) as sender:
        await posts(sender, one, one, one)
        assert hooks.connections == 1
        await posts(sender, other, one)
        assert hooks.connections == 2, "what was made for one name carries nothing for another"
        hooks.hang_up = True
        await posts(sender, one, one, one)
        assert hooks.connections == 4 and len(hooks.taken) == 8, "each arrived, once"
        hooks.hang_up, hooks.deaf = False, 1
        await posts(sender, one)
        assert len(hooks.taken) == 9
        hooks.deaf = 2
        with pytest.raises(NotDelivered):
            await posts(sender, one)


async def test_a_kept_connection_opens_no_way_to_an_address_that_was_not_looked_at(hooks, monkeypatch) -> None:
    """The name leads elsewhere the next moment: to another machine, then inside."""
    answers = ["127.0.0.1"]

    async def resolve(host: str, port: int) -> list[str]:
        return list(answers)

    moved = HookSink("127.0.0.2", hooks.port)
    moved.start()
    url = f"http://gateway.internal:{hooks.port}/hook"
    try:
        async with aclosing(Sender(["gateway.internal"], resolve)) as sender:
            await posts(sender, url, url)
            answers[:] = ["127.0.0.2"]
            await posts(sender, url)
            assert (len(hooks.taken), len(moved.taken)) == (2, 1), "not over the connection to where it was before"
            monkeypatch.setattr(sender, "internal", frozenset())
            monkeypatch.setattr("app.adapters.webhook.check_url", lambda *_: ("gateway.internal", hooks.port))
            with pytest.raises(NotDelivered, match="internal address"):
                await posts(sender, url)
    finally:
        moved.stop()
    assert (len(hooks.taken), len(moved.taken)) == (2, 1), "looked at before each delivery, a kept connection or none"


async def test_connections_are_hung_up_after_a_while_and_at_the_end(hooks, monkeypatch) -> None:
    async with aclosing(Sender([hooks.host])) as sender:
        await posts(sender, hooks.url)
        await sender.rest()
        await posts(sender, hooks.url)
        assert hooks.connections == 1
        monkeypatch.setattr("app.adapters.webhook_lines.KEPT_SECONDS", 0.0)
        await sender.rest()
        await posts(sender, hooks.url)
        assert hooks.connections == 2


async def test_nothing_a_receiver_says_is_kept_or_read_without_end(hooks) -> None:
    """No cookie comes back, and what is too long is not waited for."""
    hooks.said = {"set-cookie": "spy=1; Path=/"}
    async with aclosing(Sender([hooks.host])) as sender:
        await posts(sender, hooks.url, hooks.url)
        assert "cookie" not in hooks.taken[1].headers and hooks.connections == 1
        hooks.body = b"x" * 200_000
        await posts(sender, hooks.url, hooks.url)
    assert len(hooks.taken) == 4 and hooks.connections == 2
