"""Files that never change are compressed once; everything else goes its way."""

import gzip
import os

import brotli
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from skm.web.mampat import PackedStatic

FOR_EVER = "public, immutable, max-age=31536000"
TEXT = b"const x = 1;\n" * 500


class Files:
    """An app that counts how often it is asked."""

    def __init__(self, content: bytes = TEXT, cache: str = FOR_EVER, status: int = 200) -> None:
        self.asked = 0
        self.answer = {"content": content, "status_code": status}
        self.cache = cache
        app = Starlette(routes=[Route("/{path:path}", self.serve)], middleware=[])
        self.client = TestClient(PackedStatic(app))

    def serve(self, _: Request) -> Response:
        self.asked += 1
        headers = {"Cache-Control": self.cache, "ETag": '"disk"', "X-Own": "yes"}
        return Response(**self.answer, headers=headers, media_type="text/javascript")

    def get(self, path: str = "/static/a.js", **headers: str):
        return self.client.get(path, headers={"Accept-Encoding": "gzip", **headers})


def test_a_file_is_read_and_compressed_once():
    files = Files()
    answers = [files.get() for _ in range(3)]
    assert files.asked == 1
    for answer in answers:
        assert answer.content == TEXT
        assert answer.headers["content-encoding"] == "gzip"
        assert int(answer.headers["content-length"]) < len(TEXT) / 10
        assert answer.headers["cache-control"] == FOR_EVER
        assert answer.headers["vary"] == "Accept-Encoding"
        assert (answer.headers["x-own"], "etag" in answer.headers) == ("yes", False)


def test_each_file_is_kept_under_its_own_name():
    files = Files()
    files.get("/static/a.js")
    files.get("/static/b.js")
    assert files.asked == 2


def test_what_may_change_passes_untouched():
    for files in (
        Files(cache="no-cache"),
        Files(status=404),
        Files(content=b"small"),
        Files(content=os.urandom(5_000)),  # gets no smaller
    ):
        for _ in range(2):
            answer = files.get()
            assert "content-encoding" not in answer.headers
            assert answer.headers["etag"] == '"disk"'
        assert files.asked == 2


def test_only_a_whole_compressed_file_of_the_folder_comes_from_here():
    files = Files()
    files.get()
    for path, headers in (
        ("/media/a.js", {}),
        ("/static/a.js", {"Accept-Encoding": "identity"}),
        ("/static/a.js", {"Range": "bytes=0-9"}),
        ("/static/a.js", {"If-None-Match": '"disk"'}),
    ):
        before = files.asked
        assert "content-encoding" not in files.get(path, **headers).headers
        assert files.asked == before + 1


@pytest.mark.parametrize(
    ("asked", "sent", "unpack"),
    [
        ("gzip, deflate, br, zstd", "br", brotli.decompress),
        ("br", "br", brotli.decompress),
        ("gzip, deflate", "gzip", gzip.decompress),
    ],
)
def test_each_browser_gets_what_it_can_read(asked: str, sent: str, unpack):
    files = Files()
    files.get(**{"Accept-Encoding": "br" if sent == "gzip" else "gzip"})  # another came before
    for _ in range(2):
        raw = files.client.build_request("GET", "/static/a.js")
        headers = {**raw.headers, "accept-encoding": asked}
        with files.client.stream("GET", raw.url, headers=headers) as answer:
            assert answer.headers["content-encoding"] == sent
            assert answer.headers["vary"] == "Accept-Encoding"
            assert unpack(b"".join(answer.iter_raw())) == TEXT
    assert files.asked == 2, "once for each encoding"
