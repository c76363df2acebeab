"""The draft of a survey that a person is editing, and inputs that write into it.

The draft is the survey file as text, kept in the session: what was typed survives a change of
section, a faulty value, and another person's edit. An input is set from the draft only where it
differs, because setting one overrides what is being typed into it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import streamlit as st

from skm.atur.dokumen import read
from skm.dashboard.confirm import act
from skm.store import Store, file_digest

Ubah = Callable[[str, str], str]
"""From the draft's text and what was typed to the new text."""


@dataclass(frozen=True)
class Draf:
    """The text that editing began with, the text now, and whether the store has another by now."""

    survei_id: str
    dasar: str
    teks: str
    usang: bool

    @property
    def berubah(self) -> bool:
        """Return whether something is not saved yet."""
        return self.teks != self.dasar

    @cached_property
    def isi(self) -> Mapping[str, Any]:
        """Return the content of the draft."""
        return read(self.teks)

    def key(self, kunci: str) -> str:
        """Return the key of an input of this survey."""
        return f"atur-{self.survei_id}-{kunci}"


def open_draft(store: Store, survei_id: str) -> Draf:
    """Return the draft in the session; without changes it follows the store."""
    stored = store.load_toml(survei_id)
    dasar, teks = st.session_state.get(_place(survei_id), (stored, stored))
    if teks in (dasar, stored):
        dasar = teks = stored
    st.session_state[_place(survei_id)] = (dasar, teks)
    return Draf(survei_id, dasar, teks, file_digest(dasar) != file_digest(stored))


def edit(survei_id: str, change: Callable[[str], str]) -> None:
    """Change the draft, as the callback of an input or a button."""
    dasar, teks = st.session_state[_place(survei_id)]
    st.session_state[_place(survei_id)] = (dasar, change(teks))


def discard(survei_id: str) -> None:
    """Forget everything that is not saved."""
    st.session_state.pop(_place(survei_id), None)


def _place(survei_id: str) -> str:
    return f"atur-draf-{survei_id}"


def text_field(
    draf: Draf,
    label: str,
    kunci: str,
    nilai: str,
    ubah: Ubah,
    *,
    baris: int = 1,
    petunjuk: str | None = None,
) -> None:
    """Show a text input of the draft; with `baris` more than 1 it has several lines.

    `petunjuk` stands inside while the field is empty. Streamlit's own `help` would be announced in
    English ("Help for …"), so an explanation is a paragraph of its own.
    """
    key = _filled(draf, kunci, nilai)
    if baris > 1:
        height = 44 + 24 * baris
        st.text_area(label, key=key, height=height, on_change=_take, args=(draf, key, ubah))
    else:
        st.text_input(
            label,
            key=key,
            on_change=_take,
            args=(draf, key, ubah),
            placeholder=petunjuk,
        )


def choice_field(
    draf: Draf,
    label: str,
    kunci: str,
    nilai: str,
    pilihan: Mapping[str, str],
    ubah: Ubah,
    *,
    dicari: bool = False,
) -> None:
    """Show a choice of the draft; a value that is no option is offered as it stands.

    `dicari` lets one type a part of the name.
    """
    options: Sequence[str] = list(pilihan) if nilai in pilihan else [nilai, *pilihan]
    key = _filled(draf, kunci, nilai)
    st.selectbox(
        label,
        options,
        format_func=lambda kode: pilihan.get(kode, kode),
        key=key,
        on_change=_take,
        args=(draf, key, ubah),
        filter_mode="fuzzy" if dicari else None,
    )


def switch_field(
    draf: Draf,
    label: str,
    kunci: str,
    nilai: bool,
    ubah: Callable[[str, bool], str],
) -> None:
    """Show a switch of the draft."""
    key = _filled(draf, kunci, nilai)
    st.toggle(label, key=key, on_change=_take, args=(draf, key, ubah))


def button(draf: Draf, label: str, kunci: str, change: Callable[[str], str]) -> None:
    """Show a button that changes the draft."""
    st.button(label, key=draf.key(kunci), on_click=lambda: act(lambda: _done(draf, change)))


def _filled(draf: Draf, kunci: str, nilai: object) -> str:
    key = draf.key(kunci)
    if st.session_state.get(key) != nilai:
        st.session_state[key] = nilai
    return key


def _take(draf: Draf, key: str, ubah: Callable[[str, Any], str]) -> None:
    typed = st.session_state[key]
    act(lambda: _done(draf, lambda text: ubah(text, typed)))


def _done(draf: Draf, change: Callable[[str], str]) -> str:
    edit(draf.survei_id, change)
    return ""
