"""Figures that follow the answers: a page looks for news by itself and is drawn anew only then."""

from __future__ import annotations

import logging

import streamlit as st

from skm.dashboard.source import Sumber

EVERY = 10
"""Seconds between two looks."""

log = logging.getLogger(__name__)


def watch(sumber: Sumber) -> None:
    """Draw the page anew once the survey's data have changed; a look reads one number."""
    drawn = False

    @st.fragment(run_every=EVERY)
    def look() -> None:
        nonlocal drawn
        # The first run belongs to the page itself. Comparing there could draw it for ever while
        # answers come in faster than it is drawn.
        if drawn and _changed(sumber):
            st.rerun()
        drawn = True

    look()


def _changed(sumber: Sumber) -> bool:
    try:
        return sumber.store.data_version(sumber.survei.id) != sumber.versi
    except Exception:
        # The page in view is still right as of then; whatever is wrong shows at the next step.
        log.warning("a look for new answers failed", exc_info=True)
        return False
