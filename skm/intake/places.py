"""The texts of a layanan or titik column bound to codes; unknown ones gathered for one decision."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from skm.intake.fold import fold
from skm.intake.near import SURE, same_name
from skm.intake.once import Once
from skm.intake.privacy import mask
from skm.intake.sheets import Sel, cell_text
from skm.intake.values import is_unanswered
from skm.survei import Layanan, Titik

MAX_SUGGESTED = 300
MAX_TEXT = 120


@dataclass(frozen=True, slots=True)
class TakDikenal:
    """A text that names no layanan or titik: how often, and the code it may mean.

    `(jenis, teks)` is the key of `Opsi.padanan`; `jenis` is "layanan" or "titik".
    """

    jenis: str
    teks: str
    jumlah: int
    usul: str | None


class PlaceReader:
    """Reads the cells of a layanan or titik column.

    `codes` has what `read` returns, by the cell; of it nothing is counted.
    """

    def __init__(
        self,
        jenis: str,
        daftar: Sequence[Layanan | Titik],
        padanan: Mapping[tuple[str, str], str],
    ) -> None:
        self.jenis = jenis
        codes = {item.kode for item in daftar}
        self._names: dict[str, str] = {}
        for item in daftar:
            for text in (item.kode, item.nama, *item.alias):
                self._names.setdefault(fold(text), item.kode)
        self._decided = {
            fold(text): kode for (j, text), kode in padanan.items() if j == jenis and kode in codes
        }
        self._listed = bool(daftar)
        self.codes: Once[Sel, str | None] = Once(self._parse)
        self._unknown: dict[str, int] = {}
        self._shown: dict[str, str] = {}

    def read(self, sel: Sel) -> str | None:
        """Return the code; "" for a blank, or where the survey lists none; None if unknown."""
        kode = self.codes[sel]
        if kode is None:
            folded = fold(cell_text(sel))
            self._unknown[folded] = self._unknown.get(folded, 0) + 1
            self._shown.setdefault(folded, shown(sel))
        return kode

    def knows(self, sel: Sel) -> bool:
        """Return whether a text names a layanan or titik; nothing is counted."""
        return bool(self._parse(sel))

    def _parse(self, sel: Sel) -> str | None:
        if not self._listed:
            return ""
        folded = fold(cell_text(sel))
        found = self._names.get(folded) or self._decided.get(folded)
        if found is None:
            # A text cut or masked for display is decided by what was displayed.
            found = self._decided.get(fold(shown(sel)))
        if found is None and is_unanswered(sel):
            return ""
        return found

    @property
    def unknown(self) -> tuple[TakDikenal, ...]:
        """Return the unknown texts, the most frequent first."""
        ranked = sorted(self._unknown.items(), key=lambda item: -item[1])
        return tuple(
            TakDikenal(
                self.jenis,
                self._shown[folded],
                count,
                self._nearest(folded) if at < MAX_SUGGESTED else None,
            )
            for at, (folded, count) in enumerate(ranked)
        )

    def _nearest(self, folded: str) -> str | None:
        """Return the one code that a text can only mean; a weak likeness is no suggestion."""
        close = difflib.get_close_matches(folded[:200], self._names, n=5, cutoff=SURE)
        found = {self._names[name] for name in close if same_name(folded, name)}
        return found.pop() if len(found) == 1 else None


def shown(sel: Sel) -> str:
    """Return a cell as it may be shown: masked, and not longer than a line."""
    text = mask(" ".join(cell_text(sel)[:1000].split()))
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 1] + "…"
