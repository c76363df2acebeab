"""The headers of the form's pages: nothing foreign, nothing framed, nothing kept."""

from __future__ import annotations

from functools import lru_cache

from starlette.responses import HTMLResponse, Response

from skm.formulir.render import style_hash


def page_headers() -> dict[str, str]:
    """Return the headers that every page of the form carries."""
    return dict(_page_headers())


def zipped_page(content: bytes) -> Response:
    """Return a page whose content is a gzip member already."""
    answer = Response(content)
    answer.raw_headers = [
        (b"content-length", b"%d" % len(content)),
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-encoding", b"gzip"),
        (b"vary", b"Accept-Encoding"),
        *_raw_headers(),
    ]
    return answer


def see_other(path: str) -> Response:
    """Return the way on after an answer is stored; `path` is ASCII, as an address has it."""
    answer = Response(status_code=303)
    answer.raw_headers = [
        (b"content-length", b"0"),
        (b"location", path.encode("ascii")),
        *_raw_headers(),
    ]
    return answer


@lru_cache(maxsize=1)
def _raw_headers() -> tuple[tuple[bytes, bytes], ...]:
    """Return `page_headers` as they go over the wire."""
    return tuple((n.lower().encode(), v.encode()) for n, v in _page_headers().items())


@lru_cache(maxsize=1)
def _page_headers() -> dict[str, str]:
    return {
        "Content-Security-Policy": "; ".join(
            (
                "default-src 'none'",
                f"style-src '{style_hash()}'",
                "script-src 'self'",
                "connect-src 'self'",
                "img-src 'self' data:",
                "form-action 'self'",
                "base-uri 'none'",
                "frame-ancestors 'none'",
            )
        ),
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": (
            "camera=(), microphone=(), geolocation=(), payment=(), usb=(), screen-wake-lock=(self)"
        ),
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cache-Control": "no-store",
    }


def page(content: bytes, status: int = 200, **extra: str) -> HTMLResponse:
    """Return a page; further headers are given with underscores: Retry_After="5"."""
    own = {name.replace("_", "-"): value for name, value in extra.items()}
    return HTMLResponse(content, status_code=status, headers=_page_headers() | own)
