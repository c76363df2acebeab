"""How every route under /masuk answers: off the event loop, and on to a page of ours only."""

from __future__ import annotations

import logging
from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from skm.pesan import message
from skm.web.masuk.pages import notice_page

LOG = logging.getLogger("skm.masuk")


async def answer(work: Callable[[], Response]) -> Response:
    """Work off the event loop; a fault is one sentence, and the log has only its kind."""
    try:
        return await run_in_threadpool(work)
    except Exception as error:
        LOG.error("a sign-in page failed: %s", type(error).__name__)
        return notice_page(message("masuk-gangguan"), 503)


def safe_target(text: str) -> str:
    """Return a path of this program to go on to; anything else becomes the first page."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return "/"
    plain = text.isascii() and text.isprintable() and "\\" not in text and len(text) <= 500
    own = text.startswith("/") and not text.startswith("//") and not parts.scheme
    if not (plain and own and not parts.netloc) or parts.path.startswith("/masuk/awal"):
        return "/"
    return text
