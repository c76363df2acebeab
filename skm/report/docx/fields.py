"""Fields: what Word computes itself, each with the result that stands there until it does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from skm.report.docx.xml import Element, fixed, paragraph, run, tab, verbatim, w


def field(instruction: str, result: str) -> list[Element]:
    """Return the runs of a field that shows `result` until it is updated."""
    return [*_opening(instruction), run(result), _mark("end")]


def caption(name: str, number: int, expected: int, words: str) -> list[Element]:
    """Return "Tabel 1. …" whose number Word counts (SEQ); one other than expected is set."""
    restart = "" if number == expected else f" \\r {number}"
    counted = field(f"SEQ {name} \\* ARABIC{restart}", str(number))
    return [fixed(f"{name} "), *counted, fixed(". "), run(words)]


def bookmark(name: str, number: int, content: Iterable[Element]) -> list[Element]:
    """Return runs as a place that links and page numbers refer to."""
    return [w("bookmarkStart", id=number, name=name), *content, w("bookmarkEnd", id=number)]


def contents_entry(style: str, words: Sequence[str], target: str, page: str, width: int) -> Element:
    """Return a line of a table of contents; words stand apart by a tab, `width` is in twips."""
    runs: list[Element] = []
    for word in words:
        runs += [run(word), tab()]
    link = w("hyperlink", *runs, *field(f"PAGEREF {target} \\h", page), anchor=target, history=1)
    stop = w("tabs", w("tab", val="right", leader="dot", pos=width))
    return paragraph(style, link, properties=(stop,))


def contents(entries: Sequence[Element], last_style: str) -> Element:
    """Return a table of contents of two levels around entries, as Word's own gallery makes it."""
    first = entries[0]
    first[1:1] = _opening('TOC \\o "1-2" \\h \\z')
    gallery = w("docPartObj", w("docPartGallery", val="Table of Contents"), w("docPartUnique"))
    closing = paragraph(last_style, _mark("end"))
    return w("sdt", w("sdtPr", gallery), w("sdtContent", *entries, closing))


def _opening(instruction: str) -> list[Element]:
    code = verbatim("instrText", f" {instruction} ")
    return [_mark("begin"), w("r", code), _mark("separate")]


def _mark(kind: str) -> Element:
    return w("r", w("fldChar", fldCharType=kind))
