"""The table, as Markdown: the same on the screen and in `hasil.md`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from bench.ukur import Baris, Sasaran, Sebaran

HASIL = Path(__file__).with_name("hasil.md")
_HEAD = (
    "work", "n", "way", "median", "min-max", "ratio to the others", "target", "reached", "note"
)  # fmt: skip
_STEPS = ((1.0, 1.0, "s"), (1e-3, 1e3, "ms"), (0.0, 1e6, "µs"))


def table(rows: Sequence[Baris]) -> str:
    """Return the lines of one or more benchmarks."""
    cells = [_HEAD, *(_cells(row) for row in rows)]
    widths = [max(len(line[i]) for line in cells) for i in range(len(_HEAD))]
    lines = [_line(line, widths) for line in cells]
    lines.insert(1, "|" + "|".join("-" * (w + 2) for w in widths) + "|")
    return "\n".join(lines)


def figure(value: float, satuan: str) -> str:
    """Return a figure with three digits that mean something."""
    if satuan == "s":
        _, factor, satuan = next(step for step in _STEPS if abs(value) >= step[0])
        value *= factor
    text = f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return f"{text}×" if satuan == "kali" else f"{text} {satuan}"


def write(nama: str, text: str, path: Path = HASIL) -> None:
    """Put one benchmark's section into the file in place of its former one."""
    head, sections = _read(path)
    sections[nama] = text.strip() + "\n"
    body = "\n".join(f"## {name}\n\n{part}" for name, part in sorted(sections.items()))
    path.write_text(f"{head}\n{body}", encoding="utf-8", newline="\n")


_FRESH = """# Measured

Written by `python -m bench`; what each benchmark does and what was tried is in
[README.md](README.md). Ways of one work were measured in turn in the same run; "min-max" is the
spread over the rounds, ratios are medians of the ratios round by round (ours / theirs).
Load, kills, restarts, a full disk and a jumping clock: [hasil-beban.md](hasil-beban.md).
"""


def _read(path: Path) -> tuple[str, dict[str, str]]:
    text = path.read_text(encoding="utf-8") if path.exists() else _FRESH
    head, *rest = re.split(r"^## (.+)\n", text, flags=re.MULTILINE)
    names, parts = rest[::2], rest[1::2]
    return head.strip() + "\n", {n: p.strip() + "\n" for n, p in zip(names, parts, strict=True)}


def _cells(row: Baris) -> tuple[str, ...]:
    reached = {None: "", True: "yes", False: "**no**"}[row.tercapai]
    ratios = ", ".join(f"{_ratio(r)} {name}" for name, r in row.rasio.items())
    return (
        row.kerja,
        f"{row.n:,}",
        row.cara,
        figure(row.hasil.median, row.hasil.satuan),
        _spread(row.hasil),
        ratios,
        _target(row.sasaran, row.hasil.satuan),
        reached,
        row.catatan,
    )


def _ratio(found: Sebaran) -> str:
    return figure(found.median, "kali")


def _spread(found: Sebaran) -> str:
    low, high = min(found.nilai), max(found.nilai)
    return "" if low == high else f"{figure(low, found.satuan)} - {figure(high, found.satuan)}"


def _target(target: Sasaran | None, satuan: str) -> str:
    if target is None:
        return ""
    if target.kali is None:
        return f"≤ {figure(target.batas, satuan)}"
    return f"≤ {figure(target.batas, 'kali')} {target.kali}"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
    return "| " + " | ".join(padded) + " |"
