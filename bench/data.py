"""Answers that look like an office's, from a seed, and stores filled with them.

An office of the size of the sample: 14 layanan, 72 titik, nine questions, four profile fields, the
four triwulan of 2025. Answers lean to 3 and 4, one in a hundred is blank, and one in ten carries a
remark.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from skm.jawaban import Kanal
from skm.settings import SURVEYS
from skm.store import BatchBaru, Store, open_store
from skm.store.statistics import fix_statistics
from skm.survei import Survei, parse_survei

CHUNK = 100_000
SARAN = (
    "Pelayanannya cepat dan petugasnya ramah, terima kasih.",
    "Antreannya panjang, tolong tambah loket pada hari Senin.",
    "Mohon kursi tunggu ditambah dan AC diperbaiki",
    "Formulirnya membingungkan untuk orang tua",
    "Tempat parkirnya sempit sekali, apalagi hari Jumat.",
)
MULAI = datetime(2025, 1, 1, 1, tzinfo=UTC)
_HARI = 364
_SQLITE_TIME = "%Y-%m-%d %H:%M:%S.000000"
INSERT = (
    "INSERT INTO jawaban (survei_id, kuesioner_versi, batch_id, periode, waktu, layanan, titik, "
    f"kanal, nilai, profil, saran, identitas, sidik) VALUES ({', '.join('?' * 13)})"
)
"""What puts a row of `stored` into the table."""


@dataclass(frozen=True)
class Jawaban:
    """N answers as columns of numbers: places in the survey's lists, marks 1-4 (0 is a blank)."""

    survei: Survei
    layanan: np.ndarray[Any, Any]
    titik: np.ndarray[Any, Any]
    detik: np.ndarray[Any, Any]
    nilai: np.ndarray[Any, Any]
    profil: np.ndarray[Any, Any]

    @cached_property
    def triwulan(self) -> np.ndarray[Any, Any]:
        """Return the triwulan of each answer, 1 to 4."""
        ends = [int((datetime(2025, m, 1, tzinfo=UTC) - MULAI).total_seconds()) for m in (4, 7, 10)]
        # Midnight in Jakarta is 17:00 UTC of the day before.
        return np.searchsorted(np.array(ends) - 7 * 3600, self.detik, side="right") + 1

    def __len__(self) -> int:
        return len(self.detik)


def survei() -> Survei:
    """Return the survey that everything is measured with."""
    return parse_survei(toml(), "bench.toml")


def toml() -> str:
    """Return its text: the sample, as a survey of its own without data."""
    text = (SURVEYS / "contoh-disdukcapil-bekasi-2024.toml").read_text(encoding="utf-8")
    text = text.replace('id = "contoh-disdukcapil-bekasi-2024"', 'id = "bench"')
    text = text.replace("contoh = true", "contoh = false")
    return re.sub(r"^data = \[.*?\]\n", "", text, flags=re.MULTILINE | re.DOTALL)


def make(n: int) -> Jawaban:
    """Return n answers, the same ones each time, in the order of their time."""
    rng = np.random.default_rng(20_250_101)
    known = survei()
    layanan = rng.choice(len(known.layanan), n, p=_weights(len(known.layanan)))
    titik = rng.choice(len(known.titik), n, p=_weights(len(known.titik)))
    days = np.sort(rng.integers(0, _HARI, n))
    seconds = days * 86_400 + rng.integers(0, 7 * 3600, n)  # 08:00 to 15:00 in Jakarta
    # People are of a mood: most give the same mark throughout.
    mood = rng.choice(4, n, p=(0.02, 0.08, 0.4, 0.5)).astype(np.int8) + 1
    marks = np.repeat(mood[:, None], len(known.kuesioner.pertanyaan), axis=1)
    other = rng.random(marks.shape) < 0.12
    marks[other] = rng.integers(1, 5, int(other.sum()), dtype=np.int8)
    marks[rng.random(marks.shape) < 0.01] = 0
    sizes = [len(p.pilihan) or 60 for p in known.profil]
    profil = np.column_stack([rng.integers(0, size, n, dtype=np.int8) for size in sizes])
    order = np.argsort(seconds, kind="stable")
    return Jawaban(known, layanan[order], titik[order], seconds[order], marks, profil)


def _weights(count: int) -> np.ndarray[Any, Any]:
    """Return the shares of `count` groups: a few large ones, many small ones."""
    raw: np.ndarray[Any, Any] = 1 / np.sqrt(np.arange(1, count + 1))
    shares: np.ndarray[Any, Any] = raw / raw.sum()
    return shares


def filled(folder: Path, n: int) -> Store:
    """Return a store on SQLite with n answers, made on first use and kept in `folder`.

    The raw rows go in through one bulk insert past the store, with the indexes made afterwards;
    the recaps are then counted from those rows by the store's own `rebuild_recap`. Everything
    read from them is what the program would read after uploads of the same answers.
    """
    path = folder / f"isi-{n}.db"
    whole = path.with_suffix(".utuh")
    if not whole.exists():
        path.unlink(missing_ok=True)
        with open_store(f"sqlite:///{path}") as store:
            known = survei()
            store.save_survei(known, toml())
            batch = store.add_batch(known.id, BatchBaru(Kanal.UNGGAH, "bench.csv"), [])
            _insert(path, batch.id, n)
            with store.engine.begin() as conn:
                fix_statistics(conn)  # those of the indexes went with them
            store.rebuild_recap(known.id)
        whole.touch()
    return open_store(f"sqlite:///{path}")


def _insert(path: Path, batch_id: str, n: int) -> None:
    conn = sqlite3.connect(path)
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'jawaban'"
    indexes = [(name, sql) for name, sql in conn.execute(query) if sql]
    conn.execute("PRAGMA synchronous = OFF")
    for name, _ in indexes:
        conn.execute(f"DROP INDEX {name}")
    with conn:
        conn.executemany(INSERT, stored(make(n), batch_id))
        conn.execute("UPDATE batch SET diterima = ?", (n,))
        for _, sql in indexes:
            conn.execute(sql)
    conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    conn.close()


def stored(answers: Jawaban, batch_id: str) -> Iterator[tuple[str | None, ...]]:
    """Yield the rows of the table `jawaban`."""
    known = answers.survei
    layanan = [item.kode for item in known.layanan]
    titik = [item.kode for item in known.titik]
    versi, kanal = known.kuesioner.versi, Kanal.UNGGAH.value
    for ke, row in enumerate(rows(answers)):
        seconds, quarter, i, j, nilai, profil, saran = row
        moment = (MULAI + timedelta(seconds=seconds)).strftime(_SQLITE_TIME)
        kept = ",".join(f'"{kode}":"{value}"' for kode, value in profil if value)
        sidik = hashlib.blake2b(b"%d" % ke, digest_size=16).hexdigest()
        yield (
            known.id, versi, batch_id, f"2025-T{quarter}", moment, layanan[i], titik[j], kanal,
            nilai, f"{{{kept}}}", saran, str(ke), sidik,
        )  # fmt: skip


Profil = tuple[tuple[str, str], ...]
Satu = tuple[int, int, int, int, str, Profil, str | None]


def rows(answers: Jawaban) -> Iterator[Satu]:
    """Yield (second, triwulan, layanan, titik, marks, profile, remark) of each answer."""
    fields = [(p.kode, _options(p.pilihan)) for p in answers.survei.profil]
    known: dict[bytes, Profil] = {}
    for start in range(0, len(answers), CHUNK):
        part = slice(start, start + CHUNK)
        marks = np.where(answers.nilai[part] == 0, ord("-"), answers.nilai[part] + 48)
        text = marks.astype(np.uint8).tobytes().decode()
        width = answers.nilai.shape[1]
        columns = (answers.detik, answers.triwulan, answers.layanan, answers.titik)
        lists = [column[part].tolist() for column in columns]
        for ke, (moment, quarter, i, j) in enumerate(zip(*lists, strict=True)):
            key = answers.profil[start + ke].tobytes()
            profil = known.get(key)
            if profil is None:
                pairs = zip(fields, key, strict=True)
                profil = known[key] = tuple((kode, texts[at]) for (kode, texts), at in pairs)
            number = start + ke
            saran = SARAN[number // 10 % len(SARAN)] if number % 10 == 0 else None
            yield moment, quarter, i, j, text[ke * width : (ke + 1) * width], profil, saran


def _options(pilihan: Sequence[Any]) -> list[str]:
    return [option.kode for option in pilihan] or [str(age) for age in range(17, 77)]
