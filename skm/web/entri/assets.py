"""The page's own script and style files, under the hash of all of them: kept by browsers for good.

The hash stands in the folder, so that the modules of the script find each other by plain names.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

FOLDER = Path(__file__).resolve().parent / "aset"
HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_TYPES = {".js": "text/javascript", ".css": "text/css"}


@lru_cache(maxsize=1)
def files() -> dict[str, bytes]:
    """Return the files by name."""
    return {p.name: p.read_bytes() for p in sorted(FOLDER.iterdir()) if p.suffix in _TYPES}


@lru_cache(maxsize=1)
def folder_name() -> str:
    """Return the name of the folder in addresses, which changes with any file."""
    whole = hashlib.sha256()
    for name, content in files().items():
        whole.update(b"%s\0%d\0%s" % (name.encode(), len(content), content))
    return whole.hexdigest()[:16]


async def serve_asset(request: Request) -> Response:
    """Answer with a file of the current version."""
    name = request.path_params["nama"]
    content = files().get(name)
    if content is None or request.path_params["sidik"] != folder_name():
        return PlainTextResponse("", status_code=404, headers={"Cache-Control": "no-store"})
    return Response(content, media_type=_TYPES[Path(name).suffix], headers=HEADERS)
