"""Marked answers: counts, the IKM with and without them, and taking some out, or in again."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from skm.akun import Hak, Tindakan
from skm.angka import format_number
from skm.dashboard import source
from skm.dashboard.confirm import act
from skm.dashboard.history import moment_text
from skm.dashboard.render import csv_link, show_table
from skm.dashboard.source import Sumber
from skm.dashboard.upload_columns import escape_markdown
from skm.jawaban import NAMA_KANAL
from skm.kiriman import Tanda
from skm.pengumpulan import NAMA_TANDA, marked_answers
from skm.periode import Periode
from skm.pesan import SkmError, message
from skm.store import Ditandai
from skm.survei import Survei

STEP = 20
"""Answers shown at first, and how many more with each press."""
EVERY = "semua"
_FAULT, _MANY, _SEEN = "tanda-galat", "tanda-banyak", "tanda-terbaca"


def show_marked(sumber: Sumber, periode: Periode) -> None:
    """Show the section."""
    st.html('<h2 class="skm-judul skm-bagian">Jawaban yang ditandai</h2>')
    checked = source.examined(sumber, periode)
    if not (checked.ditandai or checked.dikecualikan):
        st.html(
            '<p class="skm-penjelas">Tidak ada jawaban yang ditandai atau dikecualikan pada '
            "periode ini. Yang ditandai: terlalu cepat, semua sama, beruntun, perangkat sama, "
            "isian jebakan, dan di luar jam layanan.</p>"
        )
        return
    link = csv_link(sumber.survei, periode, checked.tanda)
    show_table(checked.tanda, link, judul="Menurut tanda")
    show_table(checked.ikm, csv_link(sumber.survei, periode, checked.ikm))
    states = {
        False: f"Dihitung ({format_number(checked.ditandai)})",
        True: f"Dikecualikan ({format_number(checked.dikecualikan)})",
    }
    left, right = st.columns([1.4, 1], vertical_alignment="bottom")
    out = bool(
        left.segmented_control(
            "Jawaban",
            list(states),
            format_func=states.__getitem__,
            default=False,
            required=True,
            key="tanda-keadaan",
        )
    )
    names = {EVERY: "Semua tanda", **{mark.value: NAMA_TANDA[mark][0] for mark in Tanda}}
    chosen = right.selectbox(
        "Tanda", list(names), format_func=names.__getitem__, key="tanda-pilih", filter_mode=None
    )
    mark = None if chosen == EVERY else Tanda(chosen)
    rows = marked_answers(sumber.store, sumber.survei, periode, mark, dikecualikan=out)
    if not rows:
        st.html('<p class="skm-penjelas">Tidak ada jawaban pada pilihan ini.</p>')
        return
    _record_once(sumber, periode)
    if sumber.may(Hak.KECUALIKAN):
        _show_form(sumber, rows, out=out)
    else:
        shown = rows[: st.session_state.get(_MANY, STEP)]
        st.markdown("\n".join(f"- {row_label(sumber.survei, row)}" for row in shown))
        _offer_more(shown, rows)


def _record_once(sumber: Sumber, periode: Periode) -> None:
    """Write down that somebody looks at single answers: once a period and visit, not every run."""
    seen: set[str] = st.session_state.setdefault(_SEEN, set())
    key = f"{sumber.survei.id} {periode.kode}"
    if key not in seen:
        sumber.store.record(Tindakan.BACA_TANDA, sumber.survei.id, periode.kode)
        seen.add(key)


def _show_form(sumber: Sumber, rows: Sequence[Ditandai], *, out: bool) -> None:
    shown = rows[: st.session_state.get(_MANY, STEP)]
    keys = {row.id: f"tanda-{row.id}" for row in shown}
    ids = [row.id for row in rows]
    with st.form("tanda-daftar"):
        if len(rows) > 1:
            st.checkbox(
                f"**Semua {format_number(len(rows))} jawaban pada pilihan ini**", key="tanda-semua"
            )
        for row in shown:
            st.checkbox(row_label(sumber.survei, row), key=keys[row.id])
        if out:
            st.form_submit_button(
                "Hitung lagi",
                type="primary",
                key="tanda-hitung",
                on_click=_try,
                args=(lambda: _include(sumber, ids, keys),),
            )
        else:
            st.text_input(
                "Alasan mengecualikan (wajib)",
                key="tanda-alasan",
                max_chars=200,
                placeholder="Misalnya: uji coba formulir oleh petugas",
            )
            st.form_submit_button(
                "Kecualikan dari hitungan",
                type="primary",
                key="tanda-kecualikan",
                on_click=_try,
                args=(lambda: _exclude(sumber, ids, keys),),
            )
    if fault := st.session_state.pop(_FAULT, None):
        st.error(fault)
    _offer_more(shown, rows)


def _offer_more(shown: Sequence[Ditandai], rows: Sequence[Ditandai]) -> None:
    if len(shown) < len(rows):
        st.button(
            f"Tampilkan {STEP} lagi dari {format_number(len(rows))}",
            key="tanda-lagi",
            on_click=_show_more,
        )


def _try(action: Callable[[], str]) -> None:
    """Run the action of the form; what is missing in it is said beside it, not above the page."""

    def checked() -> str:
        try:
            return action()
        except SkmError as error:
            st.session_state[_FAULT] = str(error)
            return ""

    act(checked)


def _show_more() -> None:
    st.session_state[_MANY] = st.session_state.get(_MANY, STEP) + STEP


def row_label(survei: Survei, row: Ditandai) -> str:
    """Return what tells one answer from another; names are text, never markup."""
    places, services = survei.titik_by_kode(), survei.layanan_by_kode()
    when = moment_text(row.waktu, survei) if row.waktu else "tanpa tanggal"
    marks = ", ".join(NAMA_TANDA[m][0].lower() for m in Tanda if m in row.tanda)
    if row.detik is not None:
        marks += f" ({format_number(row.detik)} detik)"
    parts = [
        places[row.titik].nama if row.titik in places else "",
        services[row.layanan].nama if row.layanan in services else "",
        NAMA_KANAL[row.kanal],
        f"nilai {' '.join(row.nilai)}",
        marks.strip(),
        f"alasan: {row.dikecualikan}" if row.dikecualikan is not None else "",
    ]
    return f"**{escape_markdown(when)}** · " + escape_markdown(" · ".join(filter(None, parts)))


def _chosen(ids: Sequence[int], keys: dict[int, str]) -> list[int]:
    if st.session_state.get("tanda-semua"):
        return list(ids)
    chosen = [kode for kode, key in keys.items() if st.session_state.get(key)]
    if not chosen:
        raise SkmError("jawaban-belum-dipilih")
    return chosen


def _exclude(sumber: Sumber, ids: Sequence[int], keys: dict[int, str]) -> str:
    chosen = _chosen(ids, keys)
    n = sumber.store.exclude(sumber.survei.id, chosen, st.session_state["tanda-alasan"])
    _forget(keys)
    return message("jawaban-dikecualikan", jumlah=format_number(n))


def _include(sumber: Sumber, ids: Sequence[int], keys: dict[int, str]) -> str:
    n = sumber.store.include(_chosen(ids, keys))
    _forget(keys)
    return message("jawaban-dihitung-lagi", jumlah=format_number(n))


def _forget(keys: dict[int, str]) -> None:
    """Untick everything, so that the next action begins with nothing chosen."""
    for key in (*keys.values(), "tanda-semua"):
        st.session_state[key] = False
    st.session_state["tanda-alasan"] = ""
