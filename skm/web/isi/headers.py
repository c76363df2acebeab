"""The headers of the form's pages: nothing foreign, nothing framed, nothing kept."""

from __future__ import annotations

from starlette.responses import HTMLResponse

from skm.formulir.render import style_hash


def page_headers() -> dict[str, str]:
    """Return the headers that every page of the form carries."""
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
    headers = page_headers() | {name.replace("_", "-"): value for name, value in extra.items()}
    return HTMLResponse(content, status_code=status, headers=headers)
