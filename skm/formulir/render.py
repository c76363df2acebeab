"""The form's pages as bytes: autoescaped, strict about unknown names, one inline style sheet."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Literal

from jinja2 import Environment
from markupsafe import Markup

from skm.formulir.fields import Isian, build_fields
from skm.formulir.parse import Salah
from skm.formulir.texts import Teks, languages
from skm.laman import make_environment, policy_hash, read_style
from skm.survei import Kuesioner, Survei

TEMPLATES = Path(__file__).resolve().parent / "templat"
Status = Literal["gagal", "sering"]

_SCRIPT_TEXTS = (
    "saran-sisa", "saran-lebih", "maju", "kirim", "kirim-lagi", "js-luring-judul", "js-luring",
    "js-kurang", "js-langkah-luring", "js-tunggu", "js-server", "js-terkirim", "js-ditolak",
    "js-mengirim", "js-draf", "js-hapus-draf", "js-masih", "js-masih-isi", "js-masih-ya",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tempat:
    """Where a form stands: its placement's code, place, fixed layanan, and kind of device."""

    kode: str
    titik: str | None = None
    layanan: str | None = None
    kios: bool = False
    bersama: bool = False


@dataclass(frozen=True, slots=True)
class Halaman:
    """What one page of the form shows. `langkah` counts from 1; 0 is the whole form."""

    survei: Survei
    tempat: Tempat
    id_kirim: str
    cap: str
    bahasa: str | None = None
    kuesioner: Kuesioner | None = None
    nilai: Mapping[str, str] = field(default_factory=dict)
    salah: Mapping[str, Salah] = field(default_factory=dict)
    status: Status | None = None
    detik: int = 0
    langkah: int = 0
    kosong: bool = False


@dataclass(frozen=True, slots=True)
class Terima:
    """What the thanks say: the response code, that of a remark ("" without one), the address of
    the results, where a code can be typed, and what the page's own address holds, for its links to
    other languages.
    """

    tanggapan: str
    kode_saran: str = ""
    hasil: str | None = None
    alamat_saran: str = ""
    kueri: str = ""


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return make_environment(TEMPLATES)


@lru_cache(maxsize=1)
def style() -> str:
    """Return the style sheet, without comments and with little white space."""
    return read_style(TEMPLATES / "isi.css")


@lru_cache(maxsize=1)
def style_hash() -> str:
    """Return the style sheet's hash as a content security policy names it."""
    return policy_hash(style())


def split_steps(fields: Iterable[Isian]) -> list[tuple[Isian, ...]]:
    """Return the fields by page: layanan, each question, then profile and saran together."""
    steps: list[tuple[Isian, ...]] = []
    rest: list[Isian] = []
    for item in fields:
        if item.bagian in ("layanan", "pertanyaan"):
            steps.append((item,))
        else:
            rest.append(item)
    return [*steps, tuple(rest)]


def render_form(halaman: Halaman, skrip: str) -> bytes:
    """Return the form, or one step of it; `skrip` is the address of its script."""
    return _form(halaman, skrip)


def render_preview(survei: Survei, bahasa: str | None = None, *, selesai: bool = False) -> str:
    """Return the whole form, or with `selesai` the page after sending it, to look at.

    No script runs in it, and nothing can be sent.
    """
    policy = f"default-src 'none'; style-src '{style_hash()}'; form-action 'none'; base-uri 'none'"
    if selesai:
        blank = ("kode", "kios", "bersama", "hasil", "kode_saran", "alamat_saran", "kueri")
        isi: dict[str, object] = dict.fromkeys(blank, "")
        isi |= {"tanggapan": "ABCD-1234", "skrip": "data:,", "kebijakan": policy}
        return _page("terima_kasih.html", Teks(bahasa, survei), survei, **isi).decode()
    tempat = Tempat("PRATINJAU", titik=next((t.kode for t in survei.titik if t.aktif), None))
    halaman = Halaman(survei, tempat, "", "", bahasa, kosong=True)
    return _form(halaman, "data:,", kebijakan=policy).decode()


def _form(halaman: Halaman, skrip: str, **isi: object) -> bytes:
    survei, tempat = halaman.survei, halaman.tempat
    teks = Teks(halaman.bahasa, survei)
    fields = build_fields(survei, teks, tempat.layanan, halaman.kuesioner)
    steps = split_steps(fields)
    shown = steps[halaman.langkah - 1] if halaman.langkah else fields
    names = {item.nama for item in shown}
    asked = [item.nama for item in fields if item.bagian == "pertanyaan"]
    layanan = survei.layanan_by_kode().get(tempat.layanan or "")
    titik = survei.titik_by_kode().get(tempat.titik or "")
    page = (
        _environment()
        .get_template("formulir.html")
        .render(
            kelas="kios" if tempat.kios else "formulir",
            teks=teks,
            bahasa=languages(survei),
            gaya=style(),
            skrip=skrip,
            survei=survei,
            kode=tempat.kode,
            titik=titik.nama if titik else "",
            layanan=teks.of(f"layanan.{layanan.kode}", layanan.nama) if layanan else "",
            kios=tempat.kios,
            bersama=tempat.bersama or tempat.kios,
            kosong=halaman.kosong,
            terisi=not halaman.kosong,
            kueri="",
            id_kirim=halaman.id_kirim,
            cap=halaman.cap,
            nilai=halaman.nilai,
            isian=shown,
            nomor={name: i for i, name in enumerate(asked, start=1)},
            jumlah_pertanyaan=len(asked),
            langkah=halaman.langkah,
            jumlah_langkah=len(steps),
            tersembunyi=[(n, v) for n, v in halaman.nilai.items() if n not in names],
            pesan=_sentences(halaman.salah, fields, teks),
            tautan={item.nama: item.anchor for item in shown} | {"id_kirim": ""},
            judul_status=teks(f"{halaman.status}-judul") if halaman.status else "",
            isi_status=teks(f"{halaman.status}-isi", detik=halaman.detik) if halaman.status else "",
            teks_skrip=_as_json({name: teks(name) for name in _SCRIPT_TEXTS}),
            **isi,
        )
    )
    return page.encode()


def render_thanks(
    survei: Survei, tempat: Tempat, terima: Terima, bahasa: str | None, skrip: str
) -> bytes:
    """Return the page that follows a stored answer."""
    return _page(
        "terima_kasih.html",
        Teks(bahasa, survei),
        survei,
        kode=tempat.kode,
        kios=tempat.kios,
        bersama=tempat.bersama or tempat.kios,
        tanggapan=terima.tanggapan,
        kode_saran=terima.kode_saran,
        hasil=terima.hasil,
        alamat_saran=terima.alamat_saran,
        skrip=skrip,
        kueri=terima.kueri,
    )


def render_sentence(kunci: str, bahasa: str | None, survei: Survei | None = None) -> bytes:
    """Return a page of one heading and one sentence: closed, not found, and so on."""
    return _page("kalimat.html", Teks(bahasa, survei), survei, kunci=kunci)


def render_kept(kode: str, pairs: Iterable[tuple[str, str]], bahasa: str | None) -> bytes:
    """Return a page that holds answers which could not even be matched to a form, to send again."""
    return _page("titipan.html", Teks(bahasa), None, kode=kode, pasangan=list(pairs))


def _page(templat: str, teks: Teks, survei: Survei | None, **isi: object) -> bytes:
    page = (
        _environment()
        .get_template(templat)
        .render(
            kelas="kios" if isi.get("kios") else "kalimat",
            teks=teks,
            survei=survei,
            bahasa=languages(survei) if survei else {},
            gaya=style(),
            terisi=False,
            **{"kueri": "", **isi},
        )
    )
    return page.encode()


def _sentences(salah: Mapping[str, Salah], fields: Iterable[Isian], teks: Teks) -> dict[str, str]:
    """Return the sentence of each fault, in the order of the form."""
    called = {item.nama: item.sebutan for item in fields}
    order = [name for name in called if name in salah]
    order += [name for name in salah if name not in called]
    return {
        name: teks.fault(salah[name].kode, **{**salah[name].isi, "isian": called.get(name, name)})
        for name in order
    }


def _as_json(value: object) -> Markup:
    """Return JSON that can stand inside a script element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704 - the only dangerous letter is gone
