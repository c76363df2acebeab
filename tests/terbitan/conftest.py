"""The sample with every period of 2024 published."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from kantor_uji import SAMPLE

from skm.mulai import prepare
from skm.penutupan.tutup import close
from skm.periode import parse_period
from skm.settings import read_settings
from skm.store import Store


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    settings = read_settings({"SKM_DATA": str(tmp_path_factory.mktemp("terbit"))})
    with prepare(settings) as store:
        for kode in ("2024-S1", "2024-T3", "2024-T4", "2024-S2", "2024"):
            close(store, SAMPLE, parse_period(kode))
            store.publish_period(SAMPLE, parse_period(kode))
        yield store
