"""Whether a request comes from a page of ours: a foreign one must not use somebody's sign-in."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers

UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_OWN = frozenset({"same-origin", "none"})


def same_origin(headers: Headers) -> bool:
    """Return whether a request comes from our own page, or from no page at all.

    Browsers say so in Sec-Fetch-Site; over plain HTTP on a network they leave it out, and Origin
    has to do. What sends neither is no browser, and has nobody's login to abuse.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in _OWN
    return same_host(headers)


def same_host(headers: Headers) -> bool:
    """Return whether Origin, where it is sent, names the host that was asked."""
    origin = headers.get("origin")
    if origin is None:
        return True
    try:
        return urlsplit(origin).netloc.lower() == headers.get("host", "").lower() != ""
    except ValueError:
        return False
