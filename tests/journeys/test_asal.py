"""Whose address the running program counts: the server underneath must not believe by itself."""

from __future__ import annotations

import urllib.error
import urllib.parse
import urllib.request
import uuid
from pathlib import Path

import pytest

from skm.kiriman import Tanda
from skm.store import TautanBaru, open_store

from .running import serve, stop
from .test_kill import SURVEI, NoRedirect

CITIZEN = "203.0.113.9"
BURST = 12
"""More than the ten in ten minutes that are not remarkable."""


@pytest.mark.parametrize(
    ("settings", "flagged"),
    [({}, 0), ({"SKM_PROXY": "127.0.0.1"}, BURST - 10), ({"SKM_PROXY": "198.51.100.1"}, 0)],
    ids=["no proxy", "our proxy", "another proxy"],
)
def test_a_written_address_counts_only_from_a_proxy_of_ours(
    tmp_path: Path, settings: dict[str, str], flagged: int
) -> None:
    """This machine itself is an office network and never counted; the citizen's is."""
    server = serve(tmp_path, **settings)
    try:
        with open_store(f"sqlite:///{tmp_path / 'data' / 'skm.db'}") as store:
            (tautan,) = store.add_tautan(SURVEI, [TautanBaru("dinas", None)])
            opener = urllib.request.build_opener(NoRedirect)
            for _ in range(BURST):
                fields = {f"u{i}": "3" for i in range(1, 10)} | {"layanan": "kia"}
                body = urllib.parse.urlencode({**fields, "id_kirim": uuid.uuid4().hex}).encode()
                headers = {"X-Forwarded-For": f"1.1.1.1, {CITIZEN}"}
                request = urllib.request.Request(  # noqa: S310
                    f"{server.address}/isi/{tautan.kode}", body, headers
                )
                with pytest.raises(urllib.error.HTTPError, match="303"):
                    opener.open(request, timeout=10)
            assert store.flag_counts(SURVEI).get(Tanda.RENTETAN, 0) == flagged
    finally:
        stop(server)
    assert CITIZEN not in server.output()
