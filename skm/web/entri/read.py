"""Read what the page sends: every fault with its field.

Nothing that arrives here is trusted, and nothing that arrives here raises.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from types import MappingProxyType

from skm.entri import Kedua, Ketikan
from skm.intake.privacy import MAX_SARAN, clean_saran
from skm.jawaban import KOSONG, Jawaban
from skm.kiriman import Kiriman, is_submit_id
from skm.periode import Jenis, Periode, parse_period, period_of
from skm.pesan import SkmError, message
from skm.survei import Kuesioner, Profil, Survei

FIRST_YEAR = 2000
LAST_NUMBER = 999_999
MAX_SECOND = 400
"""So many sheets are compared at once."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMBER = re.compile(r"\d{1,3}", re.ASCII)
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_TIME = ("periode", "tanggal")
_KEYS = frozenset({"sesi", "versi", "nomor", "nilai", "titik", "layanan", "profil", "saran"})
_SECOND_KEYS = frozenset({"id_kirim", "nilai", "layanan", "profil"})


@dataclass(frozen=True, slots=True)
class Salah:
    """A fault of one field: a question by its code, a profile field by its code, or "nomor"."""

    isian: str
    kode: str
    isi: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def pesan(self) -> str:
        """Return the sentence."""
        return message(self.kode, **self.isi)


@dataclass(frozen=True, slots=True)
class Terbaca:
    """What a page sent: a keyed sheet, or all of its faults."""

    ketikan: Ketikan | None
    salah: tuple[Salah, ...] = ()


def read_sheet(
    survei: Survei,
    versions: Mapping[str, Kuesioner],
    data: object,
    today: date,
    id_kirim: str | None = None,
) -> Terbaca:
    """Return the sheet that a page sent, as JSON gives it; `id_kirim` where the address names it.

    `versions` are the questionnaires that the survey has had; the page says which one it shows.
    """
    if not isinstance(data, dict):
        return Terbaca(None, (Salah("", "entri-bentuk"),))
    expected = _KEYS | {key for key in _TIME if key in data}
    if id_kirim is None:
        expected |= {"id_kirim"}
    if odd := set(data) ^ expected:
        names = _plain(", ".join(sorted(str(key)[:40] for key in odd)[:5]))
        return Terbaca(None, (Salah("", "entri-kunci", {"kunci": names}),))
    reader = _Reader(survei, data, today)
    code = reader.submit_id("id_kirim", data["id_kirim"] if id_kirim is None else id_kirim)
    sesi = reader.submit_id("sesi", data["sesi"])
    versi = data["versi"] if isinstance(data["versi"], str) else ""
    nomor, answer = reader.number(), reader.answer(versions.get(versi))
    if reader.faults:
        return Terbaca(None, tuple(reader.faults))
    return Terbaca(Ketikan(Kiriman(code, answer), sesi, versi, nomor))


def read_second(
    survei: Survei, kuesioner: Kuesioner, data: object
) -> tuple[tuple[Kedua, ...], tuple[Salah, ...]]:
    """Return the sheets keyed a second time, or their faults, from a list as JSON gives it."""
    if not isinstance(data, list) or len(data) > MAX_SECOND:
        return (), (Salah("", "entri-bentuk"),)
    found: dict[str, Kedua] = {}
    faults: list[Salah] = []
    for item in data:
        if not isinstance(item, Mapping) or set(item) != _SECOND_KEYS:
            return (), (Salah("", "entri-bentuk"),)
        reader = _Reader(survei, item, date.max)
        code = reader.submit_id("id_kirim", item["id_kirim"])
        nilai = reader.answers(kuesioner)
        layanan = reader.place("layanan", survei.layanan_by_kode())
        found[code] = Kedua(code, nilai, layanan, reader.profile())
        faults += reader.faults
    return tuple(found.values()), tuple(faults)


class _Reader:
    """Reads the fields of one sheet and gathers their faults."""

    def __init__(self, survei: Survei, data: Mapping[str, object], today: date) -> None:
        self.survei, self.data, self.today = survei, data, today
        self.faults: list[Salah] = []

    def _fault(self, isian: str, kode: str, /, **isi: object) -> None:
        self.faults.append(Salah(isian, kode, isi))

    def submit_id(self, isian: str, value: object) -> str:
        if isinstance(value, str) and is_submit_id(value):
            return value
        self._fault(isian, "entri-id")
        return ""

    def number(self) -> int:
        value = self.data["nomor"]
        if type(value) is int and 1 <= value <= LAST_NUMBER:
            return value
        self._fault("nomor", "entri-nomor", batas=LAST_NUMBER)
        return 0

    def answer(self, kuesioner: Kuesioner | None) -> Jawaban:
        nilai = ""
        if kuesioner is None:
            self._fault("versi", "entri-versi")
        else:
            nilai = self.answers(kuesioner)
        waktu, periode = self._moment()
        return Jawaban(
            nilai=nilai,
            periode=periode,
            waktu=waktu,
            layanan=self.place("layanan", self.survei.layanan_by_kode()),
            titik=self.place("titik", self.survei.titik_by_kode()),
            profil=self.profile(),
            saran=self._saran(),
        )

    def answers(self, kuesioner: Kuesioner) -> str:
        nilai, asked = self.data["nilai"], kuesioner.pertanyaan
        if not isinstance(nilai, str) or len(nilai) != len(asked):
            self._fault("nilai", "entri-panjang", perlu=len(asked))
            return ""
        for nomor, (question, mark) in enumerate(zip(asked, nilai, strict=True), start=1):
            if mark not in "1234" + KOSONG:
                self._fault(question.kode, "entri-jawaban", nomor=nomor, nilai=_plain(mark))
        if nilai == KOSONG * len(asked):
            self._fault(asked[0].kode, "entri-tanpa-jawaban")
        return nilai

    def place(self, isian: str, known: Mapping[str, object]) -> str | None:
        value = self.data[isian]
        if value is None:
            return None
        if isinstance(value, str) and value in known:
            return value
        self._fault(isian, "entri-tempat", isian=isian)
        return None

    def profile(self) -> tuple[tuple[str, str], ...]:
        given = self.data["profil"]
        if not isinstance(given, Mapping):
            self._fault("profil", "entri-bentuk")
            return ()
        fields = {p.kode: p for p in self.survei.profil}
        for kode in given:
            if kode not in fields:
                self._fault("profil", "entri-kunci", kunci=_plain(str(kode)[:40]))
        found = []
        for kode, profil in fields.items():
            value = given.get(kode, "")
            if value == "":
                continue
            if isinstance(value, str) and _accepts(profil, value):
                found.append((kode, str(int(value)) if profil.kelompok else value))
            else:
                self._fault(kode, "entri-profil", label=profil.label)
        return tuple(found)

    def _saran(self) -> str | None:
        value = self.data["saran"]
        if value is None:
            return None
        if not isinstance(value, str) or len(value) > MAX_SARAN:
            self._fault("saran", "entri-saran", batas=MAX_SARAN)
            return None
        return clean_saran(_plain(value))

    def _moment(self) -> tuple[datetime | None, Periode | None]:
        given = [key for key in _TIME if key in self.data]
        if len(given) != 1:
            self._fault("periode", "entri-waktu")
            return None, None
        return self._day() if given == ["tanggal"] else (None, self._period())

    def _day(self) -> tuple[datetime | None, Periode | None]:
        value = self.data["tanggal"]
        try:
            if not isinstance(value, str) or not _DAY.fullmatch(value):
                raise ValueError
            day = date.fromisoformat(value)
        except ValueError:
            self._fault("tanggal", "entri-tanggal")
            return None, None
        if not day.year >= FIRST_YEAR or day > self.today:
            self._fault("tanggal", "entri-tanggal-luar", awal=FIRST_YEAR)
            return None, None
        start = datetime.combine(day, time(), tzinfo=self.survei.zona)
        return start.astimezone(UTC), period_of(day, Jenis.TRIWULAN)

    def _period(self) -> Periode | None:
        value = self.data["periode"]
        try:
            periode = parse_period(value if isinstance(value, str) else "")
        except SkmError:
            self._fault("periode", "entri-periode")
            return None
        usual = periode.jenis is Jenis.TRIWULAN or periode in self.survei.dinilai_langsung
        if not usual or periode.mulai > self.today or periode.tahun < FIRST_YEAR:
            self._fault("periode", "entri-periode")
            return None
        return periode


def _accepts(profil: Profil, value: str) -> bool:
    if profil.pilihan:
        return any(value == option.kode for option in profil.pilihan)
    return bool(_NUMBER.fullmatch(value)) and profil.classify(int(value)) is not None


def _plain(text: str) -> str:
    return _SURROGATE.sub("\ufffd", text)
