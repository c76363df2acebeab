"""A period's way from draft to publication: where it stands, the next step, and how to go back."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

import streamlit as st

from skm.akun import Hak
from skm.analysis.table import Kolom, Tabel
from skm.analysis.tables import ikm_text
from skm.angka import format_number
from skm.dashboard import source
from skm.dashboard.confirm import ask, ask_reason
from skm.dashboard.render import show_table
from skm.dashboard.selection import go_to
from skm.dashboard.source import Sumber
from skm.dashboard.state import NAMA_KEADAAN, SHORT, addendum_text, office_day, state_of
from skm.pengumpulan import clock_text, today
from skm.penutupan.arsip import Jumlah
from skm.penutupan.tutup import close, describe_addendum
from skm.periode import Periode
from skm.pesan import message
from skm.store import JenisPeristiwa, Keadaan, Peristiwa, Store, Tutupan
from skm.survei import Survei
from skm.tanggal import day_text

ARTI = {
    Keadaan.DRAF: "Angka mengikuti setiap jawaban yang masuk, diperbaiki, atau dikecualikan.",
    Keadaan.DITUTUP: "Jawaban, aturan, dan angka dibekukan. Jawaban sesudahnya dicatat terpisah.",
    Keadaan.DITERBITKAN: "Hasil dan posternya terbuka bagi masyarakat di halaman hasil.",
}
"""What each state means."""
NAMA_PERISTIWA = {
    JenisPeristiwa.DITUTUP: "Ditutup",
    JenisPeristiwa.DITERBITKAN: "Diterbitkan",
    JenisPeristiwa.DITARIK: "Ditarik dari halaman hasil",
    JenisPeristiwa.DIBUKA: "Dibuka kembali",
    JenisPeristiwa.DISUSUTKAN: "Jawaban dihapus setelah masa simpan",
}


def show_state(sumber: Sumber, periode: Periode) -> None:
    """Show the three steps, the amounts, what has come in since, and the buttons."""
    tutupan = sumber.resmi.closing(periode)
    st.html(steps_html(tutupan, sumber.survei))
    if tutupan is not None and tutupan.periode != periode:
        _show_part(periode, tutupan)
        return
    jumlah = source.amounts(sumber, periode)
    if jumlah is not None:
        st.html(amounts_html(jumlah))
    if added := addendum_text(sumber, periode):
        st.info(added)
    with st.container(horizontal=True, key="keadaan-tombol"):
        if tutupan is None:
            _offer_closing(sumber, periode, jumlah)
        else:
            _offer_next(sumber, tutupan, added)
    if tutupan is not None:
        st.html(proof_html(tutupan, arsip=sumber.may(Hak.ARSIP)))


def steps_html(tutupan: Tutupan | None, survei: Survei) -> str:
    """Return the three states in order, the present one marked, with the day of each."""
    order, now = list(Keadaan), state_of(tutupan)
    days = {Keadaan.DRAF: ""}
    if tutupan is not None:
        days[Keadaan.DITUTUP] = office_day(tutupan.ditutup, survei)
        if tutupan.diterbitkan is not None:
            days[Keadaan.DITERBITKAN] = office_day(tutupan.diterbitkan, survei)
    items = ""
    for keadaan in order:
        reached = order.index(keadaan) <= order.index(now)
        kelas = "kini" if keadaan is now else "sudah" if reached else "nanti"
        current = ' aria-current="step"' if keadaan is now else ""
        items += (
            f'<li class="{kelas}"{current}><strong>{NAMA_KEADAAN[keadaan]}</strong>'
            f"<em>{escape(days.get(keadaan, ''))}</em><span>{ARTI[keadaan]}</span></li>"
        )
    return f'<ol class="skm-tahapan" aria-label="Keadaan periode">{items}</ol>'


def amounts_html(jumlah: Jumlah) -> str:
    """Return how many answers were received, used, marked and left out."""
    facts = (
        ("Diterima", jumlah.diterima, "semua jawaban"),
        ("Dipakai", jumlah.dipakai, "masuk hitungan"),
        ("Ditandai", jumlah.ditandai, "dipakai, tetapi bertanda"),
        ("Dikecualikan", jumlah.dikecualikan, "dengan alasan tertulis"),
    )
    items = "".join(
        f"<div><dt>{label}</dt><dd><strong>{format_number(n)}</strong><span>{note}</span></dd></div>"
        for label, n, note in facts
    )
    return f'<dl class="skm-fakta skm-hitung" aria-label="Jumlah jawaban">{items}</dl>'


def proof_html(tutupan: Tutupan, *, arsip: bool) -> str:
    """Return the check code, which one click selects, the archive, and the public page."""
    base = f"{quote(tutupan.survei_id)}/{quote(tutupan.periode.kode)}"
    links = [f'<a href="/unduh/{base}/arsip.zip" download>Unduh arsip (ZIP)</a>'] if arsip else []
    if tutupan.keadaan is Keadaan.DITERBITKAN:
        links.insert(0, f'<a href="/hasil/{base}" target="_blank">Buka halaman hasil</a>')
    return (
        '<div class="skm-bukti"><p><strong>Kode periksa (SHA-256)</strong> '
        f"<code>{tutupan.sha256}</code></p>"
        '<p class="skm-penjelas">Klik kodenya untuk memilih semuanya, lalu salin. Kode yang sama '
        "tercetak pada laporan; arsip berisi semua yang diperlukan untuk menghitung ulang.</p>"
        f'<div class="skm-unduh">{"".join(links)}</div></div>'
    )


def _show_part(periode: Periode, tutupan: Tutupan) -> None:
    outer = tutupan.periode
    text = f"{periode.label} dibekukan bersama {outer.label}. Keadaannya diatur dari periode itu."
    st.html(f'<p class="skm-penjelas">{escape(text)}</p>')
    st.button(f"Buka {outer.label}", key="buka-luar", on_click=go_to, args=(outer,))


def _offer_closing(sumber: Sumber, periode: Periode, jumlah: Jumlah | None) -> None:
    if not sumber.may(Hak.TUTUP):
        st.html('<p class="skm-penjelas">Periode ditutup oleh manajer.</p>')
        return
    if st.button(f"Tutup {periode.label}", key="tutup", type="primary"):
        hasil = source.summary(sumber, periode, None).kini.hasil
        isi = (
            f"<p>Jawaban, aturan, dan angka {escape(periode.label)} dibekukan: IKM "
            f"<strong>{ikm_text(hasil.ikm)}</strong> ({escape(hasil.mutu or '')}).</p>"
            f"{amounts_html(jumlah) if jumlah else ''}{_list(closing_warnings(sumber, periode))}"
            "<p>Bila ternyata keliru, periode dapat dibuka kembali dengan alasan tertulis.</p>"
        )
        store, survei_id = sumber.store, sumber.survei.id
        title = f"Tutup {periode.label}?"
        ask(title, isi, "Ya, tutup", lambda: close_now(store, survei_id, periode))


def closing_warnings(sumber: Sumber, periode: Periode) -> list[str]:
    """Return what to know before a period is closed: too early, parts missing, answers left out."""
    found = []
    if today(sumber.survei) <= periode.selesai:
        found.append(
            f"{periode.label} baru berakhir {day_text(periode.selesai)}. Jawaban yang masuk "
            "setelah ditutup tidak ikut dihitung."
        )
    kini = source.summary(sumber, periode, None).kini
    if kini.hilang:
        found.append(f"Belum ada data: {', '.join(p.label for p in kini.hilang)}.")
    inside = [part.tutupan.periode for part in sumber.resmi.parts(periode)]
    added = [(part, source.addendum(sumber, part)) for part in inside]
    found += [
        f"{describe_addendum(tambahan, part)} Perubahan itu juga tidak masuk ke {periode.label}."
        for part, tambahan in added
        if tambahan
    ]
    jumlah = source.amounts(sumber, periode)
    if jumlah is not None and jumlah.ditandai:
        found.append(
            f"{format_number(jumlah.ditandai)} jawaban bertanda ikut dihitung. Bila belum "
            "diperiksa, periksa dahulu di halaman Pengumpulan."
        )
    return found


def _list(warnings: list[str]) -> str:
    items = "".join(f"<li>{escape(text)}</li>" for text in warnings)
    return f'<ul class="skm-ingat">{items}</ul>' if items else ""


def close_now(store: Store, survei_id: str, periode: Periode) -> str:
    """Close a period and return the sentence about it."""
    tutupan = close(store, survei_id, periode)
    return message("kabar-ditutup", label=periode.label, kode=tutupan.sha256[:SHORT])


def _offer_next(sumber: Sumber, tutupan: Tutupan, tambahan: str) -> None:
    """Show what a closed period can become: public, withdrawn, or open again."""
    store, survei_id, periode = sumber.store, sumber.survei.id, tutupan.periode
    label = escape(periode.label)
    if not sumber.may(Hak.TERBIT):
        pass
    elif tutupan.keadaan is Keadaan.DITUTUP:
        if st.button(f"Terbitkan {periode.label}", key="terbitkan", type="primary"):
            isi = (
                f"<p>Hasil {label} dapat dibuka siapa pun, berikut posternya. Sesudahnya hasil "
                "dapat ditarik kembali dengan alasan tertulis.</p>"
            )
            ask(
                f"Terbitkan {periode.label}?",
                isi + _list([tambahan] if tambahan else []),
                "Ya, terbitkan",
                lambda: publish(store, survei_id, periode),
            )
    elif st.button("Tarik dari halaman hasil", key="tarik"):
        ask_reason(
            f"Tarik {periode.label}?",
            f"<p>Hasil {label} tidak lagi dapat dibuka masyarakat. Angkanya tetap dibekukan.</p>",
            "Ya, tarik",
            lambda alasan: withdraw(store, survei_id, periode, alasan),
        )
    if sumber.may(Hak.TUTUP) and st.button("Buka kembali", key="buka"):
        ask_reason(
            f"Buka kembali {periode.label}?",
            f"<p>Angka {label} kembali menjadi draf dan mengikuti jawaban yang masuk. Hasil yang "
            "sudah diterbitkan ikut ditarik. Kode periksa yang lama tetap ada pada riwayat.</p>",
            "Ya, buka",
            lambda alasan: reopen(store, survei_id, periode, alasan),
        )


def publish(store: Store, survei_id: str, periode: Periode) -> str:
    """Publish a closed period and return the sentence about it."""
    store.publish_period(survei_id, periode)
    return message("kabar-diterbitkan", label=periode.label)


def withdraw(store: Store, survei_id: str, periode: Periode, alasan: str) -> str:
    """Take a period off the public page and return the sentence about it."""
    store.withdraw_period(survei_id, periode, alasan)
    return message("kabar-ditarik", label=periode.label)


def reopen(store: Store, survei_id: str, periode: Periode, alasan: str) -> str:
    """Make a closed period a draft again and return the sentence about it."""
    store.reopen_period(survei_id, periode, alasan)
    return message("kabar-dibuka", label=periode.label)


def show_events(sumber: Sumber, periode: Periode) -> None:
    """Show what happened to the period, by the office's clock."""
    events = sumber.store.events(sumber.survei.id, periode)
    if not events:
        text = f"{periode.label} belum pernah ditutup."
        st.html(f'<p class="skm-penjelas">{escape(text)}</p>')
        return
    show_table(events_table(events, sumber.survei, periode))


def events_table(events: tuple[Peristiwa, ...], survei: Survei, periode: Periode) -> Tabel:
    """Return the events as a table, the latest first."""
    rows = tuple(
        (
            clock_text(e.waktu, survei),
            NAMA_PERISTIWA[e.jenis],
            e.sha256[:SHORT],
            e.keterangan,
        )
        for e in reversed(events)
    )
    kolom = (Kolom("Waktu"), Kolom("Peristiwa"), Kolom("Kode periksa"), Kolom("Keterangan"))
    return Tabel("riwayat", f"Riwayat {periode.label}", kolom, rows)
