"""From options to the survey and the calculation rules."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from skm.agregasi import Agregasi, Aturan
from skm.analysis.groups import Per
from skm.cli.suggest import did_you_mean
from skm.metode import Metode, find_method
from skm.periode import Jenis, Periode, parse_period
from skm.pesan import SkmError
from skm.settings import SURVEYS
from skm.survei import Survei, load_survei


def find_survei(text: str) -> Survei:
    """Return the survey of `surveys/ID.toml`, or of a TOML file. Raises SkmError."""
    return load_survei(survei_path(text))


def survei_path(text: str) -> Path:
    """Return the file that an id or a path names. Raises SkmError `survei-berkas-tak-ada`."""
    if text.lower().endswith(".toml") or "/" in text or "\\" in text:
        path = Path(text)
        if path.is_dir():
            raise SkmError("berkas-folder", berkas=text)
        if not path.exists():
            raise SkmError("berkas-tak-ada", berkas=text, usul="")
        return path
    path = SURVEYS / f"{text}.toml"
    if not path.is_file():
        known = sorted(p.stem for p in SURVEYS.glob("*.toml"))
        usul = did_you_mean(text, known)
        raise SkmError("survei-berkas-tak-ada", id=text, usul=usul, pilihan=", ".join(known) or "-")
    return path


def check_method(args: Namespace) -> None:
    """Refuse an unknown method or weight before a long file is read. Raises SkmError."""
    find_method(args.metode or "penuh", args.bobot or "1/k")


def build_rules(survei: Survei, args: Namespace) -> Aturan:
    """Return the survey's rules, with what the options change of them. Raises SkmError."""
    aturan = survei.rules(_method(survei, args))
    return replace(aturan, agregasi=Agregasi(args.agregasi)) if args.agregasi else aturan


def _method(survei: Survei, args: Namespace) -> Metode:
    own = survei.metode.build(survei.unsur)
    bobot = find_method("penuh", args.bobot).bobot if args.bobot else own.bobot
    metode = (find_method(args.metode) if args.metode else own).with_weight(bobot)
    codes = [u.kode for u in survei.unsur]
    metode.bobot.shares(codes, codes)  # raises for a weight that does not fit the unsur
    return metode


def parse_result_period(text: str) -> Periode:
    """Return a period that results exist for: not a month. Raises SkmError."""
    periode = parse_period(text)
    if periode.jenis is Jenis.BULAN:
        raise SkmError("periode-jenis", periode=periode.label)
    return periode


def parse_per(words: Iterable[str]) -> tuple[Per, ...]:
    """Return the dimensions, written apart or with commas, each once. Raises SkmError."""
    found: list[Per] = []
    for word in (part for text in words for part in text.split(",") if part):
        try:
            per = Per(word.strip().lower())
        except ValueError:
            known = [p.value for p in Per]
            usul = did_you_mean(word, known)
            raise SkmError(
                "per-tak-dikenal", nilai=word, usul=usul, pilihan=", ".join(known)
            ) from None
        if per not in found:
            found.append(per)
    return tuple(found)


def is_per(word: str) -> bool:
    """Return whether a word could be meant for --per: no file name looks like that."""
    return not Path(word).suffix and not Path(word).exists()
