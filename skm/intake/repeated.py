"""The header again among the rows: as it stands, or a second line of numbers right under it."""

from __future__ import annotations

from collections.abc import Sequence

from skm.intake.fold import fold
from skm.intake.sheets import Sel, cell_text


def repeats_header(cells: Sequence[Sel], titles: Sequence[str], *, second: bool) -> bool:
    """Return whether the answer cells of a row are their columns' titles, folded in `titles`.

    `second` allows U1, U2, … or (1), (2), … in a row right under the header.
    """
    same = sum(
        bool(title) and isinstance(c, str) and fold(c) == title
        for c, title in zip(cells, titles, strict=True)
    )
    if same * 2 > len(cells):
        return True
    texts = [fold(cell_text(c)) for c in cells]
    numbers = {t.removeprefix("u") for t in texts}
    return second and len(texts) > 4 and numbers == {str(i) for i in range(1, len(texts) + 1)}
