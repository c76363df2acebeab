"""The form's script, and the longer one of kiosks, under names that change with their content."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

ASSETS = Path(__file__).resolve().parent / "aset"
HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "X-Content-Type-Options": "nosniff",
}


@lru_cache(maxsize=2)
def script(kios: bool) -> bytes:
    """Return the script without indentation and lines of comment: a phone needs neither."""
    files = ("isi.js", "kios.js") if kios else ("isi.js",)
    text = "\n".join((ASSETS / name).read_text(encoding="utf-8") for name in files)
    kept = [line.strip() for line in text.splitlines()]
    return "\n".join(line for line in kept if line and not line.startswith("//")).encode()


@lru_cache(maxsize=2)
def script_name(kios: bool) -> str:
    """Return the script's file name: it may be kept forever."""
    return f"{'kios' if kios else 'isi'}.{hashlib.sha256(script(kios)).hexdigest()[:12]}.js"


async def serve_script(request: Request) -> Response:
    """Answer with a script; a name of another version is not found, and the form does without."""
    for kios in (False, True):
        if request.path_params["nama"] == script_name(kios):
            return Response(script(kios), media_type="text/javascript", headers=HEADERS)
    return PlainTextResponse("", status_code=404, headers={"Cache-Control": "no-store"})
