"""Ask "Maksud Anda …?" for a name that is nearly right."""

from __future__ import annotations

from collections.abc import Iterable

from skm.pesan import message


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the most similar known name, upper and lower case alike."""
    import difflib

    by_folded = {k.casefold(): k for k in known}
    close = difflib.get_close_matches(name.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[close[0]] if close else None


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return the question with a space in front, ready to follow a sentence; or nothing."""
    found = nearest(name, known)
    return "" if found is None else " " + message("maksud-anda", usul=found)
