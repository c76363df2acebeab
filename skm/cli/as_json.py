"""Results for other programs: every number a string with fixed decimals, null for "nobody"."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from skm.analysis.as_json import result_json
from skm.analysis.groups import Kelompok
from skm.cli.groups import Nama


def dump(value: object) -> str:
    """Return the JSON text, letters as they are."""
    return json.dumps(value, ensure_ascii=False, indent=2)


def groups_json(groups: Sequence[Kelompok], nama: Nama) -> list[dict[str, Any]]:
    """Return every group with its figures."""
    return [_group(group, nama) for group in groups]


def _group(group: Kelompok, nama: Nama) -> dict[str, Any]:
    return {
        "kunci": {per.value: nama.name(per, kode) for per, kode in group.kunci},
        "kode": {per.value: kode for per, kode in group.kunci},
        **result_json(group.hasil),
    }
