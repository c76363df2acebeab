"""Build the sample survey's three CSV files from the figures that LKIP Bekasi 2024 published.

    python surveys/rekonstruksi/bangun_contoh.py [folder]

The rows are a reconstruction: random, but with exactly the published NRR, IKM and counts, which
`check_periode` and `check_rekap` prove before anything is written. The same inputs give the same
bytes, on any machine: every draw comes from a named stream, normal noise is made of integers.
"""

from __future__ import annotations

import csv
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

FOLDER = Path(__file__).parent
SURVEYS = FOLDER.parent
NAMA = "contoh-disdukcapil-bekasi-2024"

Tabel = dict[str, Any]


@dataclass(frozen=True)
class Sumber:
    """Both input files: the survey and the figures. Published decimals are exact Fractions."""

    survei: Tabel
    angka: Tabel

    @property
    def unsur(self) -> list[str]:
        """Names of the unsur, in the survey's order."""
        return [unsur["nama"] for unsur in self.survei["unsur"]]

    def stream(self, *topic: str) -> Random:
        """Return the random stream of one topic, independent of all others."""
        return Random("/".join([self.angka["acak"]["benih"], *topic]))

    def pengaruh(self, nama: str, *topic: str) -> float:
        """Return one fixed effect on the latent score, e.g. of a titik."""
        return float(self.angka["pengaruh"][nama]) * draw_normal(self.stream(nama, *topic))


@dataclass
class Responden:
    """One row to be; `nilai` runs along the unsur, None is a blank answer."""

    waktu: datetime
    layanan: Tabel
    titik: Tabel
    profil: list[str]
    nilai: list[int | None] = field(default_factory=list)
    saran: str = ""


def load_sumber(folder: Path = SURVEYS) -> Sumber:
    """Read the survey and its figures."""
    survei = tomllib.loads((folder / f"{NAMA}.toml").read_text(encoding="utf-8"))
    teks = (FOLDER / "angka.toml").read_text(encoding="utf-8")
    return Sumber(survei, tomllib.loads(teks, parse_float=Fraction))


def draw_normal(rng: Random) -> float:
    """Return a nearly normal draw (mean 0, sd 1) from integers, so equal on every machine."""
    return float(sum(rng.getrandbits(16) for _ in range(12)) - 6 * 65535) / 65536


def spread(total: int, weights: Sequence[int], least: int) -> list[int]:
    """Split `total` along the weights by largest remainder, everyone getting at least `least`."""
    rest = total - least * len(weights)
    exact = [Fraction(rest * weight, sum(weights)) for weight in weights]
    parts = [int(share) for share in exact]
    order = sorted(range(len(weights)), key=lambda i: (parts[i] - exact[i], i))
    for i in order[: rest - sum(parts)]:
        parts[i] += 1
    return [least + part for part in parts]


# Where and when: layanan, titik, waktu


def draw_layanan(sumber: Sumber, periode: Tabel) -> list[int]:
    """Return the respondents per layanan: published for T4, else T4's shares, ±15 %."""
    if "per_layanan" in periode:
        return list(periode["per_layanan"])
    rng = sumber.stream(periode["kode"], "layanan")
    terbit = next(p["per_layanan"] for p in sumber.angka["periode"] if "per_layanan" in p)
    return spread(periode["responden"], [n * rng.randint(85, 115) for n in terbit], 1)


def draw_titik(sumber: Sumber, periode: Tabel) -> list[int]:
    """Return the respondents per titik; a titik keeps its size, ±20 %, from period to period."""
    rng = sumber.stream(periode["kode"], "titik")
    weights = [0] * len(sumber.survei["titik"])
    for jenis, isi in sumber.angka["titik"].items():
        anggota = [i for i, titik in enumerate(sumber.survei["titik"]) if titik["jenis"] == jenis]
        sizes = sumber.stream("titik", jenis)
        drawn = [sizes.randint(*isi["bobot"]) * rng.randint(80, 120) for _ in anggota]
        for i, weight in zip(anggota, drawn, strict=True):
            weights[i] = weight * isi["per_mil"] * 10_000 // sum(drawn)
    return spread(periode["responden"], weights, 2)


def place(sumber: Sumber, periode: Tabel) -> list[tuple[Tabel, Tabel]]:
    """Pair layanan and titik with both margins exact; layanan found in few places choose first."""
    rng = sumber.stream(periode["kode"], "tempat")
    titik = zip(sumber.survei["titik"], draw_titik(sumber, periode), strict=True)
    free = [place for place, banyak in titik for _ in range(banyak)]
    rng.shuffle(free)
    layanan = list(zip(sumber.survei["layanan"], draw_layanan(sumber, periode), strict=True))
    tempat = {kode: isi["tempat"] for kode, isi in sumber.angka["layanan"].items()}
    pairs = []
    for jenis, banyak in sorted(layanan, key=lambda pair: len(tempat[pair[0]["kode"]])):
        fit = [i for i, titik in enumerate(free) if titik["jenis"] in tempat[jenis["kode"]]]
        taken = set(fit[:banyak])
        pairs += [(jenis, free[i]) for i in sorted(taken)]
        free = [titik for i, titik in enumerate(free) if i not in taken]
    rng.shuffle(pairs)
    return pairs


def draw_waktu(sumber: Sumber, periode: Tabel) -> list[datetime]:
    """Return the local times of a period's rows in order: working days, 08:00 to 15:59."""
    rng = sumber.stream(periode["kode"], "waktu")
    kalender = sumber.angka["kalender"]
    mulai: date = periode["mulai"]
    days = [mulai + timedelta(days=i) for i in range((periode["akhir"] - mulai).days + 1)]
    days = [day for day in days if day.weekday() < 5 and day not in kalender["libur"]]
    chosen = rng.choices(days, [rng.randint(6, 14) for _ in days], k=periode["responden"])
    hours = rng.choices(range(8, 16), kalender["jam"], k=periode["responden"])
    return sorted(
        datetime.combine(day, time(hour, rng.randrange(60), rng.randrange(60)))
        for day, hour in zip(chosen, hours, strict=True)
    )


# Who: profil


def draw_profil(sumber: Sumber, layanan: Tabel, rng: Random) -> list[str]:
    """Return Jenis Kelamin, Usia, Pendidikan, Pekerjaan that go together; some left blank."""
    termuda, terbanyak, tertua = sumber.angka["layanan"][layanan["kode"]]["usia"]
    usia = int(rng.triangular(termuda, tertua + 1, terbanyak))
    jenis_kelamin = rng.choices("LP", [45, 55])[0]
    mungkin = [p for p in sumber.angka["pekerjaan"] if p["usia"][0] <= usia <= p["usia"][1]]
    bobot = [p["bobot"][jenis_kelamin] for p in mungkin]
    pekerjaan = rng.choices(mungkin, bobot)[0]
    lulus = {
        teks: bobot
        for teks, bobot in pekerjaan["pendidikan"].items()
        if usia >= sumber.angka["usia_termuda"][teks]
    }
    pendidikan = rng.choices(list(lulus), list(lulus.values()))[0]
    isi = [jenis_kelamin, str(usia), pendidikan, pekerjaan["teks"]]
    kosong = sumber.angka["acak"]["profil_kosong_per_mil"]
    return ["" if rng.randrange(1000) < kosong else teks for teks in isi]


# What they answered: nilai


def nrr_window(periode: Tabel, unsur: int) -> tuple[Fraction, Fraction]:
    """Return the exact NRR [low, high) that print as published, with `ikm_unsur` if that binds."""
    windows = [(periode["nrr"][unsur], Fraction(1, 2000))]
    if "ikm_unsur" in periode:
        windows.append((periode["ikm_unsur"][unsur] / 25, Fraction(1, 200) / 25))
    return max(tengah - half for tengah, half in windows), min(
        tengah + half for tengah, half in windows
    )


def solve_jumlah(periode: Tabel, unsur: int) -> tuple[int, int]:
    """Return (answers, sum of nilai) with the published NRR, blanks as near as can be to wished."""
    n: int = periode["responden"]
    if "jumlah_nilai" in periode:
        return n, periode["jumlah_nilai"][unsur]
    low, high = nrr_window(periode, unsur)
    wished = n - n * periode["kosong_per_mil"][unsur] // 1000
    for step in count():
        for terisi in (wished - step, wished + step):
            jumlah = round((low + high) / 2 * terisi)
            if low * terisi <= jumlah < high * terisi:
                return terisi, jumlah
    raise AssertionError("unreachable")


def split_nilai(terisi: int, jumlah: int, rng: Random) -> list[int]:
    """Return the answers in ascending order: a few 1s and 2s, 3s as the sum needs, then 4s."""
    kurang = 4 * terisi - jumlah
    satu = max(1, kurang * rng.randint(9, 18) // 1000)
    dua = max(2, kurang * rng.randint(45, 80) // 1000)
    tiga = kurang - 3 * satu - 2 * dua
    return [1] * satu + [2] * dua + [3] * tiga + [4] * (terisi - satu - dua - tiga)


def score(sumber: Sumber, periode: Tabel, rows: list[Responden]) -> list[list[float]]:
    """Return a latent satisfaction per row and unsur: respondent, layanan, titik and noise."""
    kode = periode["kode"]
    layanan = {
        (jenis["kode"], unsur): float(sumber.angka["layanan"][jenis["kode"]]["pengaruh"])
        + sumber.pengaruh("layanan_unsur", jenis["kode"], unsur)
        for jenis in sumber.survei["layanan"]
        for unsur in sumber.unsur
    }
    titik = {
        titik["kode"]: sumber.pengaruh("titik", titik["kode"])
        + sumber.pengaruh("titik_periode", kode, titik["kode"])
        for titik in sumber.survei["titik"]
    }
    responden, galat = (float(sumber.angka["pengaruh"][nama]) for nama in ("responden", "galat"))
    rng = sumber.stream(kode, "responden")
    scores = []
    for row in rows:
        orang = responden * draw_normal(rng) + titik[row.titik["kode"]]
        tetap = [orang + layanan[row.layanan["kode"], unsur] for unsur in sumber.unsur]
        scores.append([nilai + galat * draw_normal(rng) for nilai in tetap])
    return scores


def answer(sumber: Sumber, periode: Tabel, rows: list[Responden]) -> None:
    """Give every row its nilai: per unsur the lowest nilai go to the lowest scores."""
    scores = score(sumber, periode, rows)
    for unsur, nama in enumerate(sumber.unsur):
        rng = sumber.stream(periode["kode"], "nilai", nama)
        terisi, jumlah = solve_jumlah(periode, unsur)
        kosong = set(rng.sample(range(len(rows)), len(rows) - terisi))
        order = sorted(set(range(len(rows))) - kosong, key=lambda i: scores[i][unsur])
        nilai = dict(zip(order, split_nilai(terisi, jumlah, rng), strict=True))
        for i, row in enumerate(rows):
            row.nilai.append(nilai.get(i))


# What they wrote: saran


def write_saran(sumber: Sumber, periode: Tabel, rows: list[Responden]) -> None:
    """Give about one row in eight a saran about its weakest unsur; the dissatisfied write more."""
    rng = sumber.stream(periode["kode"], "saran")
    per_mil: int = sumber.angka["acak"]["saran_per_mil"]
    for row in rows:
        terendah = min(nilai for nilai in row.nilai if nilai)
        bagian = {4: per_mil * 2 // 3, 3: per_mil * 5 // 4}.get(terendah, per_mil * 3)
        if rng.randrange(1000) < bagian:
            row.saran = vary(rng.choice(saran_choices(sumber, row, terendah, rng)), rng)


def saran_choices(sumber: Sumber, row: Responden, terendah: int, rng: Random) -> list[str]:
    """Return the sentences that suit the row's lowest nilai."""
    saran = sumber.angka["saran"]
    lemah = [
        unsur for unsur, nilai in zip(sumber.unsur, row.nilai, strict=True) if nilai == terendah
    ]
    if terendah == 4 or (terendah == 3 and rng.randrange(4) == 0):
        return list(saran["puas"])
    return list(saran["unsur"][rng.choice(lemah)]["usul" if terendah == 3 else "keluhan"])


def vary(teks: str, rng: Random) -> str:
    """Write a sentence as people type: now and then in small letters or without the full stop."""
    style = rng.randrange(10)
    if style < 3:
        teks = teks.removesuffix(".")
    return teks.lower() if style < 2 else teks


# Checks and output


def nrr_exact(rows: list[Responden]) -> list[Fraction]:
    """Return the NRR of each unsur over the rows that answered it."""
    columns = ([n for n in kolom if n] for kolom in zip(*(row.nilai for row in rows), strict=True))
    return [Fraction(sum(kolom), len(kolom)) for kolom in columns]


def ikm_exact(rows: list[Responden]) -> Fraction:
    """Return the IKM without any rounding: mean NRR × 25."""
    nrr = nrr_exact(rows)
    return sum(nrr, Fraction()) / len(nrr) * 25


def require(ok: bool, apa: str) -> None:
    """Stop the build when a published figure is not met (holds under `python -O` too)."""
    if not ok:
        raise SystemExit(f"Rekonstruksi tidak cocok dengan angka terbitan: {apa}")


def prints_as(exact: Fraction, printed: Fraction, places: int) -> bool:
    """Tell whether `exact`, rounded half-up to `places` decimals, is the printed figure."""
    half = Fraction(1, 2 * 10**places)
    return printed - half <= exact < printed + half


def check_periode(sumber: Sumber, periode: Tabel, rows: list[Responden]) -> None:
    """Hold one period against its published table."""
    kode = periode["kode"]
    require(len(rows) == periode["responden"], f"{kode} responden")
    for unsur, nrr in enumerate(nrr_exact(rows)):
        low, high = nrr_window(periode, unsur)
        require(low <= nrr < high, f"{kode} NRR U{unsur + 1}")
    require(prints_as(ikm_exact(rows), periode["ikm"], 2), f"{kode} IKM")
    jumlah = [sum(n or 0 for n in kolom) for kolom in zip(*(r.nilai for r in rows), strict=True)]
    require(jumlah == periode.get("jumlah_nilai", jumlah), f"{kode} jumlah nilai")
    banyak = Counter(row.layanan["kode"] for row in rows)
    per_layanan = [banyak[layanan["kode"]] for layanan in sumber.survei["layanan"]]
    require(per_layanan == periode.get("per_layanan", per_layanan), f"{kode} jenis layanan")
    titik = {row.titik["kode"] for row in rows}
    require(len(titik) == len(sumber.survei["titik"]), f"{kode} titik layanan")


def check_rekap(sumber: Sumber, ikm: dict[str, Fraction]) -> None:
    """Hold semester II and the year, from unrounded values, against the published recap."""
    semester_2 = (ikm["2024-T3"] + ikm["2024-T4"]) / 2
    tahunan = (ikm["2024-S1"] + semester_2) / 2
    rekap = sumber.angka["rekap"]
    require(prints_as(semester_2, rekap["semester_II"], 2), "semester II")
    require(prints_as(tahunan, rekap["tahunan"], 2), "tahunan")


def build_periode(sumber: Sumber, periode: Tabel) -> list[Responden]:
    """Return the checked rows of one period, in order of time."""
    rng = sumber.stream(periode["kode"], "profil")
    waktu = draw_waktu(sumber, periode)
    pairs = place(sumber, periode)
    rows = [
        Responden(jam, layanan, titik, draw_profil(sumber, layanan, rng))
        for jam, (layanan, titik) in zip(waktu, pairs, strict=True)
    ]
    answer(sumber, periode, rows)
    write_saran(sumber, periode, rows)
    check_periode(sumber, periode, rows)
    return rows


def csv_rows(sumber: Sumber, kode: str, rows: list[Responden]) -> Iterator[list[str]]:
    """Yield the header and the lines of one file."""
    profil = ["Jenis Kelamin", "Usia", "Pendidikan", "Pekerjaan"]
    yield ["Nomor", "Waktu", "Jenis Layanan", "Titik Layanan", *sumber.unsur, *profil, "Saran"]
    for nomor, row in enumerate(rows, 1):
        nilai = ["" if n is None else str(n) for n in row.nilai]
        kepala = [f"REKONSTRUKSI-{kode}-{nomor:04}", row.waktu.isoformat(sep=" ")]
        yield [*kepala, row.layanan["nama"], row.titik["nama"], *nilai, *row.profil, row.saran]


def build(target: Path) -> None:
    """Write the CSV files into `target`, once all of them are proven."""
    sumber = load_sumber()
    periods = sumber.angka["periode"]
    built = {periode["kode"]: build_periode(sumber, periode) for periode in periods}
    check_rekap(sumber, {kode: ikm_exact(rows) for kode, rows in built.items()})
    for periode in periods:
        path = target / periode["berkas"]
        with path.open("w", encoding="utf-8", newline="") as berkas:
            writer = csv.writer(berkas, lineterminator="\n")
            writer.writerows(csv_rows(sumber, periode["kode"], built[periode["kode"]]))


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else SURVEYS)
