"""What a header may mean: the survey's own names first, then the alias table `kolom.toml`."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from skm.intake.fold import fold, fold_header
from skm.intake.near import same_question
from skm.peraturan import pertanyaan_baku, unsur_baku
from skm.survei import Profil, Survei

BIASA = ("layanan", "titik", "waktu", "tanggal", "jam", "nomor", "saran", "pribadi", "abaikan")
"""The targets that every survey has, besides its questions and profile fields."""

_NUMBER = re.compile(r"(?P<huruf>u|unsur|indikator|p|q|pertanyaan|soal|butir)\s*(?P<ke>\d{1,2})")
_LEADING = re.compile(
    r"(?:(?:u|unsur|indikator|p|q|pertanyaan|soal|butir|no|nomor)\s*)?(?P<ke>\d{1,2})(?=\D)\s*(?P<nama>.+)"
)
_SENTENCE = 7
"""A question of so many words is recognised by most of them."""
_OF_UNSUR = ("u", "unsur", "indikator")
_DIGITS = re.compile(r"\D*(\d{1,2})")
_BRACKET = re.compile(r"^(?P<luar>[^\[]*)\[(?P<dalam>[^\[\]]+)\]\s*$", re.DOTALL)
_PARENTHESES = re.compile(r"\([^()]*\)[\s.?:*]*$")
_PRIVATE = frozenset(["nik", "hp", "telepon", "telp", "whatsapp", "email", "surel", "handphone"])


@lru_cache(maxsize=1)
def alias_table() -> dict[str, Any]:
    """Return the alias table as data."""
    return tomllib.loads(files("skm.intake").joinpath("kolom.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Makna:
    """What a header means: its possible targets, and the number that it carries.

    `bernama` is False where nothing but a number says so ("U8").
    """

    tujuan: tuple[str, ...] = ()
    nomor: int | None = None
    bernama: bool = True


@dataclass(frozen=True, slots=True)
class Kamus:
    """Every folded name with its targets; numbers by unsur code and by question code.

    `teks` are the folded texts of the survey's questions, where they are whole sentences.
    """

    nama: dict[str, tuple[str, ...]]
    unsur: dict[int, str]
    pertanyaan: dict[int, str]
    ragu: dict[str, str]
    teks: dict[str, str]

    def lookup(self, judul: str) -> Makna:
        """Return what a header means; no targets where nothing is known."""
        variants = tuple(_variants(judul))
        for text in variants:
            if match := _NUMBER.fullmatch(fold(text)):
                return self.by_number(int(match["ke"]), of_unsur=match["huruf"] in _OF_UNSUR)
        for text in variants:
            if found := self.nama.get(fold_header(text)):
                return Makna(found)
        for text in variants:
            match = _LEADING.fullmatch(fold(text))
            if match and (found := self.nama.get(fold_header(match["nama"]))):
                return Makna(found, int(match["ke"]))
        if _PRIVATE & set(fold(judul).split()):
            return Makna(("pribadi",))
        for text in variants:
            if found := self._by_question(fold_header(text)):
                return Makna(found)
        return Makna()

    def _by_question(self, folded: str) -> tuple[str, ...]:
        """Return the question whose text a header is, but for a few words; none if two could be."""
        if len(folded.split()) < _SENTENCE - 2:
            return ()
        found = tuple(dict.fromkeys(k for t, k in self.teks.items() if same_question(folded, t)))
        return found if len(found) == 1 else ()

    def by_number(self, ke: int, *, of_unsur: bool = True) -> Makna:
        """Return the question that a bare number means: by its unsur's code, or by its own."""
        order = (self.unsur, self.pertanyaan) if of_unsur else (self.pertanyaan, self.unsur)
        found = next((table[ke] for table in order if ke in table), None)
        return Makna((found,) if found else (), ke, bernama=False)

    def nearest(self, judul: str) -> str | None:
        """Return the target of the most similar name, for a question to the user."""
        folded = fold_header(judul)
        if folded in self.ragu:
            return self.ragu[folded]
        if _NUMBER.fullmatch(folded) or not any(c.isalpha() for c in folded):
            return None  # "U10" is no misspelt "U1"
        if close := difflib.get_close_matches(folded[:200], self.nama, n=1, cutoff=0.8):
            return self.nama[close[0]][0] if len(folded) > 2 else None
        padded = f" {folded} "
        inside = [name for name in self.nama if len(name) > 6 and f" {name} " in padded]
        return self.nama[max(inside, key=len)][0] if inside else None


def _variants(judul: str) -> Iterator[str]:
    """Yield a header as it is, its part in [] (a Google Forms grid), and without (…)."""
    yield judul
    if match := _BRACKET.match(judul):
        yield match["dalam"]
        yield match["luar"]
    shorter = _PARENTHESES.sub("", judul)
    if shorter != judul:
        yield shorter


def single_questions(survei: Survei) -> dict[str, str]:
    """Return the question code of each unsur name that has exactly one question."""
    counts = Counter(p.unsur for p in survei.kuesioner.pertanyaan)
    return {p.unsur: p.kode for p in survei.kuesioner.pertanyaan if counts[p.unsur] == 1}


def dictionary(survei: Survei) -> Kamus:
    """Return every name that a header may have for this survey."""
    names: dict[str, list[str]] = {}

    def add(target: str, texts: Iterable[str]) -> None:
        for text in texts:
            targets = names.setdefault(fold_header(text), [])
            if target not in targets:
                targets.append(target)

    single = single_questions(survei)
    for question in survei.kuesioner.pertanyaan:
        add(question.kode, [question.kode, question.teks, *question.alias])
    for unsur in survei.unsur:
        if kode := single.get(unsur.nama):
            add(kode, [unsur.nama, *unsur.alias])
    for profil in survei.profil:
        add(profil.kode, [profil.kode, profil.label, *profil.alias, *_known_profile(profil)])
    for baku in _regulation_names():
        for unsur in survei.unsur:
            same = {fold_header(n) for n in (unsur.nama, *unsur.alias)} & set(baku)
            if same and (kode := single.get(unsur.nama)):
                add(kode, baku)
    table = alias_table()
    for target, texts in table["tujuan"].items():
        if target not in ("abaikan", "pribadi"):
            add(target, texts)
    for target in ("pribadi", "abaikan"):
        add(target, [t for t in table["tujuan"][target] if fold_header(t) not in names])
    names.pop("", None)
    return Kamus(
        nama={name: tuple(targets) for name, targets in names.items()},
        unsur=_numbers((u.kode, single.get(u.nama)) for u in survei.unsur),
        pertanyaan=_numbers((p.kode, p.kode) for p in survei.kuesioner.pertanyaan),
        ragu={fold_header(t): target for target, texts in table["ragu"].items() for t in texts},
        teks=_sentences(survei),
    )


def _sentences(survei: Survei) -> dict[str, str]:
    texts = {fold_header(p.teks): p.kode for p in survei.kuesioner.pertanyaan}
    single = single_questions(survei)
    for text, nama in alias_table()["ejaan"].items():
        if nama in single:
            texts.setdefault(fold_header(text), single[nama])
    return {text: kode for text, kode in texts.items() if len(text.split()) >= _SENTENCE}


def numbering_trap(survei: Survei) -> bool:
    """Return whether a bare U8 or U9 may mean Sarana or Pengaduan, in either order."""
    known = {name for names in _regulation_names()[7:9] for name in names}
    named = {
        u.kode: {fold_header(n) for n in (u.nama, *u.alias)}
        for u in survei.unsur
        if u.kode in ("U8", "U9")
    }
    return len(named) == 2 and any(names & known for names in named.values())


def _known_profile(profil: Profil) -> list[str]:
    own = {fold_header(t) for t in (profil.kode, profil.label, *profil.alias)}
    for kode, texts in alias_table()["profil"].items():
        if own & {fold_header(t) for t in (kode, *texts)}:
            return list(texts)
    return []


@lru_cache(maxsize=1)
def _regulation_names() -> tuple[tuple[str, ...], ...]:
    """Return, for each unsur of the regulation, all its folded names and question texts."""
    questions = {p.unsur: p.teks for p in pertanyaan_baku()}
    spelling = alias_table()["ejaan"]
    own = {u.nama: [t for t, nama in spelling.items() if nama == u.nama] for u in unsur_baku()}
    return tuple(
        tuple(map(fold_header, (u.nama, u.pendek, *u.alias, questions[u.nama], *own[u.nama])))
        for u in unsur_baku()
    )


def _numbers(codes: Iterable[tuple[str, str | None]]) -> dict[int, str]:
    """Return {8: question} for codes such as "U8"; a number that two codes carry is left out."""
    found: dict[int, list[str]] = {}
    for code, target in codes:
        match = _DIGITS.fullmatch(code)
        if match and target:
            found.setdefault(int(match[1]), []).append(target)
    return {number: targets[0] for number, targets in found.items() if len(targets) == 1}
