"""Where a request comes from, and whether it came encrypted: also through a proxy.

A header is believed only from the proxies that `SKM_PROXY` names; without any, the connection is
all that counts. Nothing of this is kept or logged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address

from starlette.types import ASGIApp, Receive, Scope, Send

from skm.settings import Network, Settings

Address = IPv4Address | IPv6Address
_ENCRYPTED = {"http": "https", "ws": "wss"}


def client_address(scope: Scope, settings: Settings) -> str | None:
    """Return the address of who asks: the connection's, or the last hop that is no proxy of ours.

    Each proxy appends to X-Forwarded-For whom it was asked by, so the list is read from its end;
    what a client wrote into it itself stands before that and is never reached.
    """
    peer = _peer(scope)
    known = _address(peer) if peer else None
    if known is None or not _trusted(known, settings.proxies):
        return peer
    for text in _from_the_end(_values(scope, b"x-forwarded-for")):
        hop = _address(text)
        if hop is None:  # no address: whatever stands before it is nobody's word
            break
        known = hop
        if not _trusted(hop, settings.proxies):
            break
    return str(known)


def request_is_https(scope: Scope, settings: Settings) -> bool:
    """Return whether the way to the person's browser is encrypted, by us or by a proxy of ours."""
    if scope.get("scheme") in _ENCRYPTED.values():
        return True
    known = _address(_peer(scope) or "") if settings.proxies else None
    if known is None or not _trusted(known, settings.proxies):
        return False
    last = next(_from_the_end(_values(scope, b"x-forwarded-proto")), "")
    return last.lower() in _ENCRYPTED.values()


class AsSeenOutside:
    """Pure ASGI middleware: the client and the scheme of a request are the visitor's, not the
    proxy's. Everything behind it (limits, cookies, redirects) may take them as they stand.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] in ("http", "websocket") and self.settings.proxies:
            scope = self._from_outside(scope)
        await self.app(scope, receive, send)

    def _from_outside(self, scope: Scope) -> Scope:
        scheme, address = scope.get("scheme", ""), client_address(scope, self.settings)
        if scheme in _ENCRYPTED and request_is_https(scope, self.settings):
            scheme = _ENCRYPTED[scheme]
        client = None if address is None else (address, scope["client"][1])
        return {**scope, "scheme": scheme, "client": client}


def _peer(scope: Scope) -> str | None:
    client = scope.get("client")
    return str(client[0]) if client else None


def _values(scope: Scope, name: bytes) -> list[str]:
    return [value.decode("latin-1") for key, value in scope["headers"] if key.lower() == name]


def _from_the_end(values: Sequence[str]) -> Iterator[str]:
    """Yield the parts of a header that may come several times, the last one first."""
    for value in reversed(values):
        for part in reversed(value.split(",")):
            yield part.strip()


def _address(text: str) -> Address | None:
    """Return an address as proxies write it: bare, with a port, or IPv6 in brackets."""
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    # A socket for both kinds shows an IPv4 peer as ::ffff:192.0.2.1.
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _trusted(address: Address, proxies: Sequence[Network]) -> bool:
    return any(address in network for network in proxies)
