"""The measurements behind docs/skala.md; answers are made from a seed, so every run has the same.

    python docs/hitung_skala.py rekap                     # no database: rows of the recaps by N
    python docs/hitung_skala.py ukuran POSTGRES_URL       # bytes an answer takes, with its indexes
    python docs/hitung_skala.py simpul POSTGRES_URL       # answers a second of 1, 2, 4 nodes

The database must be an empty one for this alone: its tables are dropped at the end.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from sqlalchemy import text  # noqa: E402

from skm.jawaban import Jawaban, Kanal  # noqa: E402
from skm.kiriman import Kiriman, new_receipt  # noqa: E402
from skm.periode import parse_period  # noqa: E402
from skm.store import BatchBaru, Store, TautanBaru, make_engine, open_store  # noqa: E402
from skm.store.recap import RecapCounts, Tempat  # noqa: E402
from skm.store.schema import SEMUA_REKAP, metadata  # noqa: E402
from skm.survei import Survei, parse_survei  # noqa: E402

TOML = (ROOT / "surveys" / "contoh-disdukcapil-bekasi-2024.toml").read_text(encoding="utf-8")
BENIH = 14
MULAI = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
SARAN = ("Pelayanan cepat, petugas ramah.", "Ruang tunggu panas dan kursinya kurang.", "-", "Baik")
SIZES = (1_000, 10_000, 80_000, 320_000)
SECONDS = 10


def answers(survei: Survei, benih: int = BENIH) -> Iterator[Jawaban]:
    """Yield answers without end, as a quarter of the sample survey brings them."""
    chance = random.Random(benih)  # noqa: S311 - a seeded simulation
    layanan, titik = list(survei.layanan_by_kode()), list(survei.titik_by_kode())
    # A few places and services have most of the people.
    weights_l = [1 / (i + 1) for i in range(len(layanan))]
    weights_t = [1 / (i + 1) for i in range(len(titik))]
    periode = parse_period("2026-T1")
    number = 0
    while True:
        number += 1
        yield Jawaban(
            nilai="".join(
                chance.choices("1234", (2, 6, 42, 50), k=len(survei.kuesioner.pertanyaan))
            ),
            periode=periode,
            waktu=MULAI + timedelta(seconds=chance.randrange(80 * 86_400)),
            layanan=chance.choices(layanan, weights_l)[0],
            titik=chance.choices(titik, weights_t)[0],
            profil=tuple(
                (
                    p.kode,
                    chance.choice(p.pilihan).kode if p.pilihan else str(chance.randint(17, 75)),
                )
                for p in survei.profil
            ),
            saran=chance.choice(SARAN) if chance.random() < 0.2 else None,
            identitas=str(number),
        )


def rekap() -> None:
    """Print how many rows the recaps of one quarter have after N answers."""
    survei = parse_survei(TOML, "contoh")
    counts, coming, done = RecapCounts(survei), answers(survei), 0
    print("| jawaban |", " | ".join(t.name for t in SEMUA_REKAP), "|")
    for size in SIZES:
        for answer in islice(coming, size - done):
            place = Tempat(
                survei.kuesioner.versi, "2026-T1", answer.layanan or "", answer.titik or "", "qr"
            )
            counts.add(place, answer.nilai, answer.profil, answer.waktu)
        done = size
        print(f"| {size} |", " | ".join(str(len(counts.counts(t))) for t in SEMUA_REKAP), "|")


def ukuran(url: str) -> None:
    """Print bytes by table for answers that came by file, and then for some from the form."""
    with open_store(url) as store:
        survei = _save(store, "skala")
        done = 0
        coming = answers(survei)
        for size in SIZES[:3]:
            store.add_batch("skala", BatchBaru(Kanal.UNGGAH), list(islice(coming, size - done)))
            done = size
            print(f"{size} by file:", _bytes(store))
        before = _bytes(store)
        (tautan,) = store.add_tautan("skala", [TautanBaru(None, None)])
        for answer in islice(coming, 4_000):
            store.submit(tautan, Kiriman(new_receipt() + new_receipt() + "0" * 10, answer))
        after = _bytes(store)
        grown = {name: (after[name] - before.get(name, 0)) / 4_000 for name in after}
        print("by the form, bytes an answer:", {n: round(b) for n, b in grown.items() if b > 1})


def simpul(url: str) -> None:
    """Print answers a second of several nodes at one survey, and each at a survey of its own."""
    with open_store(url) as store:
        for number in range(4):
            _save(store, f"skala-{number}")
            store.add_tautan(f"skala-{number}", [TautanBaru(None, None)] * 4)
    for together in (True, False):
        for nodes in (1, 2, 4):
            surveys = [f"skala-{0 if together else n}" for n in range(nodes)]
            command = [sys.executable, __file__, "satu", url]
            running = [
                subprocess.Popen([*command, s, str(n)], stdout=subprocess.PIPE, text=True)
                for n, s in enumerate(surveys)
            ]
            rates = [float(p.communicate()[0]) for p in running]
            kind = "one survey" if together else "own surveys"
            print(f"{nodes} nodes, {kind}: {sum(rates):.0f} answers a second")


def satu(url: str, survei_id: str, number: str) -> None:
    """Be one node: store answers for some seconds; print how many a second."""
    with open_store(url) as store:
        coming = answers(store.load_survei(survei_id), BENIH + int(number))
        places = store.list_tautan(survei_id)
        start, done = time.monotonic(), 0
        while time.monotonic() - start < SECONDS:
            code = f"{number}{time.time_ns():020}{done:08}"
            store.submit(places[done % len(places)], Kiriman(code, next(coming)))
            done += 1
        print(done / (time.monotonic() - start))


def _save(store: Store, survei_id: str) -> Survei:
    toml = TOML.replace('id = "contoh-disdukcapil-bekasi-2024"', f'id = "{survei_id}"', 1)
    survei = parse_survei(toml, survei_id)
    store.save_survei(survei, toml)
    return survei


def _bytes(store: Store) -> dict[str, int]:
    """Return each table's bytes with its indexes, packed as after a quiet night."""
    names = ["jawaban", "resi", *(t.name for t in SEMUA_REKAP)]
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        conn.execute(text("VACUUM ANALYZE"))
        size = text("SELECT pg_total_relation_size(to_regclass(:name))")
        return {name: conn.execute(size, {"name": name}).scalar_one() for name in names}


def main() -> None:
    """Run what the first word names."""
    kinds = {"rekap": rekap, "ukuran": ukuran, "simpul": simpul, "satu": satu}
    name, *rest = sys.argv[1:] or ["rekap"]
    try:
        kinds[name](*rest)
    finally:
        if name in ("ukuran", "simpul"):
            engine = make_engine(rest[0])
            with engine.begin() as conn:
                metadata.drop_all(conn)
                conn.execute(text("DROP TABLE IF EXISTS versi_skema"))
            engine.dispose()


if __name__ == "__main__":
    main()
