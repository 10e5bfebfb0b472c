"""Signed webhooks: a delivery is posted once to one address, which has been resolved and is held to.

Signed as Standard Webhooks has it: HMAC-SHA256 over id, time stamp and body. Only public addresses are reached, and
internal hosts that the operator has listed. A name is resolved here, before each delivery, and the connection goes to
the address that was looked at, so that a name which answers differently the next moment leads nowhere else; only a
connection to this very address, made for this very name, is used again. Redirects are not followed.
"""

import asyncio
import base64
import hashlib
import hmac
import secrets
import socket
import ssl
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

import httpx

from app.adapters.webhook_lines import Line, Lines
from app.core.enforces import enforces

SECRET_MARK = "whsec_"  # noqa: S105 (what every secret begins with)
SECONDS = 10.0
_NAT64 = IPv6Network("64:ff9b::/96")
Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]


class NotAllowed(ValueError):
    """The address is none to which deliveries may go. Says why, in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


class NotDelivered(Exception):
    """The receiver could not be reached or did not take it. `reached`: it answered, so others may still arrive."""

    def __init__(self, why: str, reached: bool) -> None:
        super().__init__(why)
        self.reached = reached


@dataclass(frozen=True, slots=True)
class Parcel:
    url: str
    id: str
    sent_at: int
    body: bytes
    secrets: tuple[str, ...]


def new_secret() -> str:
    return SECRET_MARK + base64.b64encode(secrets.token_bytes(32)).decode()


@enforces("C9")
def signature(secret: str, id: str, sent_at: int, body: bytes) -> str:
    """What a receiver works out anew: v1, and HMAC-SHA256 in base64."""
    key = base64.b64decode(secret.removeprefix(SECRET_MARK))
    signed = hmac.new(key, f"{id}.{sent_at}.".encode() + body, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(signed).decode()}"


def _embedded(address: Address) -> Address:
    """The IPv4 address within an IPv6 one that leads to it."""
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else address)


@enforces("C9")
def is_public(text: str) -> bool:
    """Whether everybody on the internet would reach the same machine under this address."""
    outer = ip_address(text.partition("%")[0])
    inner = _embedded(outer)
    return inner.is_global and not inner.is_multicast and not inner.is_reserved


@enforces("C9")
def check_url(url: str, internal: Collection[str]) -> tuple[str, int]:
    """Host and port of an address to which deliveries may go; raises NotAllowed otherwise. Asks no name server."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise NotAllowed("地址写法有误。", "The address is malformed.") from None
    if parts.scheme not in ("http", "https") or not host or parts.username or parts.fragment or not url.isascii():
        raise NotAllowed(
            "地址须是 https://主机/路径,不带用户名。", "Write https://host/path, without a user name in it."
        )
    if _listed(host, port, internal):
        return host, port
    if parts.scheme != "https":
        raise NotAllowed("未列入部署配置的主机只能用 https。", "A host that the operator has not listed needs https.")
    if _is_address(host) and not is_public(host):
        raise NotAllowed(
            "内部地址须先由运维列入部署配置。", "The operator must list an internal host in the configuration first."
        )
    return host, port


def _listed(host: str, port: int, internal: Collection[str]) -> bool:
    shown = f"[{host}]" if ":" in host else host
    return any(each in (host, shown, f"{shown}:{port}") for each in internal)


def _is_address(host: str) -> bool:
    try:
        ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


async def _ask_the_system(host: str, port: int) -> Sequence[str]:
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(each[4][0]) for each in found]


class Sender:
    """Posts parcels, over connections that it keeps for a while. `internal`: hosts inside that the operator has listed,
    `host` or `host:port`."""

    def __init__(
        self, internal: Collection[str] = (), resolve: Resolve = _ask_the_system, trusted: ssl.SSLContext | None = None
    ) -> None:
        self.internal = frozenset(each.lower() for each in internal)
        self._resolve = resolve
        self._lines = Lines(trusted)

    async def send(self, parcel: Parcel) -> None:
        try:
            async with asyncio.timeout(SECONDS):
                await self._post(parcel, await self._address(parcel.url))
        except NotAllowed as error:
            raise NotDelivered(f"{error.zh} / {error.en}", reached=False) from error
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:  # a TimeoutError is an OSError
            why = " ".join(str(error).split())[:160]
            raise NotDelivered(f"{type(error).__name__}: {why}", reached=False) from error

    async def rest(self) -> None:
        """Hang up where nothing was said for a while."""
        await self._lines.hang_up_idle()

    async def aclose(self) -> None:
        await self._lines.aclose()

    @enforces("C9")
    async def _address(self, url: str) -> str:
        """The one address that is connected to: looked up now, and every answer must be one that may be reached."""
        host, port = check_url(url, self.internal)
        found = await self._resolve(host, port)
        if not found:
            raise NotAllowed("主机名没有解析结果。", "The name leads to no address.")
        if not _listed(host, port, self.internal) and not all(is_public(each) for each in found):
            raise NotAllowed("主机名指向内部地址。", "The name leads to an internal address.")
        return found[0]

    async def _post(self, parcel: Parcel, address: str) -> None:
        url = httpx.URL(parcel.url)
        there = url.copy_with(host=address.partition("%")[0])
        line = Line(url.scheme, url.host, there.host, there.port)
        status = await self._lines.post(line, there, _headers(parcel, url), parcel.body)
        if not 200 <= status < 300:
            raise NotDelivered(f"HTTP {status}", reached=True)


def _headers(parcel: Parcel, url: httpx.URL) -> dict[str, str]:
    signed = (signature(secret, parcel.id, parcel.sent_at, parcel.body) for secret in parcel.secrets)
    return {
        "host": url.netloc.decode(),
        "content-type": "application/json; charset=utf-8",
        "user-agent": "Yishi",
        "webhook-id": parcel.id,
        "webhook-timestamp": str(parcel.sent_at),
        "webhook-signature": " ".join(signed),
    }
