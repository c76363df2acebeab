"""What the program writes down while people use it: nothing of who came, or of what they asked."""

from __future__ import annotations

import urllib.error
import urllib.request

from .running import Server, stop


def ask(server: Server, path: str, body: bytes | None = None) -> int:
    request = urllib.request.Request(f"{server.address}{path}", body)  # noqa: S310
    request.add_header("User-Agent", "peramban-rahasia")
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_no_visit_is_written_down(server: Server) -> None:
    assert ask(server, "/isi/RAHASIA1") == 404
    assert ask(server, "/isi/RAHASIA1", b"saran=rahasia") == 404
    assert ask(server, "/hasil/rahasia?r=rahasia") == 404
    assert ask(server, "/sehat") == 200
    stop(server)
    written = server.output()
    assert "SKM siap di" in written
    assert "rahasia" not in written.lower()
    assert "/isi" not in written
    assert "/sehat" not in written
