"""Do what was asked, after a question where that is due, and say afterwards what came of it."""

from __future__ import annotations

import logging
from collections.abc import Callable

import streamlit as st

from skm.pesan import SkmError, message

_NEWS, _TROUBLE = "kabar", "kabar-galat"
_REASON = "tanya-alasan"
REASON_LENGTH = 500

log = logging.getLogger(__name__)


def ask(judul: str, isi: str, label: str, action: Callable[[], str]) -> None:
    """Open a dialog with HTML `isi`. `action` runs on yes and returns what to say then."""

    @st.dialog(judul)
    def question() -> None:
        st.html(f'<div class="skm-tanya">{isi}</div>')
        yes, no = _answers(label, action)
        if yes or no:
            st.rerun()

    question()


def ask_reason(judul: str, isi: str, label: str, action: Callable[[str], str]) -> None:
    """Open a dialog as `ask` does, with a reason to write, which `action` is given."""

    @st.dialog(judul)
    def question() -> None:
        st.html(f'<div class="skm-tanya">{isi}</div>')
        st.text_area("Alasan (wajib)", key=_REASON, max_chars=REASON_LENGTH)
        yes, no = _answers(label, lambda: action(st.session_state[_REASON]))
        end_dialog(yes=yes, no=no)

    question()


def _answers(label: str, action: Callable[[], str]) -> tuple[bool, bool]:
    """Show yes and no; return which was pressed."""
    place = st.empty()

    def run() -> None:
        with place, st.spinner("Sedang dikerjakan…"):
            act(action)

    with st.container(horizontal=True):
        # The action is a callback, so that it has happened before the page is drawn anew.
        yes = st.button(label, key="tanya-ya", type="primary", on_click=run)
        no = st.button("Tidak", key="tanya-tidak")
    return yes, no


def end_dialog(*, yes: bool, no: bool) -> None:
    """Close a dialog whose action is done; a failed one is told inside it, and nothing is lost."""
    if yes and (text := st.session_state.pop(_TROUBLE, None)):
        st.error(text)
    elif yes or no:
        st.rerun()


def act(action: Callable[[], str]) -> None:
    """Run an action, as the callback of a button; `show_news` says what it returns."""
    try:
        st.session_state[_NEWS] = action()
    except SkmError as error:
        st.session_state[_TROUBLE] = str(error)
    except Exception:
        log.exception("an action failed")
        st.session_state[_TROUBLE] = message("dasbor-gangguan")


def show_news() -> None:
    """Show once what the last action has done, or why it could not."""
    if text := st.session_state.pop(_NEWS, None):
        st.toast(text)
    if text := st.session_state.pop(_TROUBLE, None):
        st.error(text)
