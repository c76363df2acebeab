"""Write the sample's report to docs/contoh: `python docs/buat_laporan_contoh.py`.

The survey, its plan and the earlier years are those of the tests; the answers are the sample's
reconstruction (surveys/README.md).
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "laporan")]

from contoh_laporan import S1, S2, SURVEI, T3, T4, sample  # noqa: E402

from skm.laporan.berkas import Bentuk, make_report  # noqa: E402
from skm.penutupan.resmi import open_official  # noqa: E402

FOLDER = Path(__file__).parent / "contoh"
NAMES = {
    Bentuk.PDF: "laporan-skm-2024-S2.pdf",
    Bentuk.DOCX: "laporan-skm-2024-S2.docx",
    Bentuk.XLSX: "olah-data-skm-2024-S2.xlsx",
    Bentuk.LKIP_DOCX: "lkip-skm-2024.docx",
}


def main() -> None:
    """Write every form of the report of semester II 2024."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name, sample(Path(name), S1, T3, T4, S2) as store:
        resmi = open_official(store, SURVEI)
        for bentuk, file in NAMES.items():
            (FOLDER / file).write_bytes(make_report(resmi, S2, bentuk).isi)


if __name__ == "__main__":
    main()
