"""Typst templates filled with data: a PDF/UA whose bytes depend on the data alone, or a picture.

Data reaches a template as JSON in `sys.inputs`, never as source, so that no text of a survey can
be read as markup. Only the fonts in the typst wheel are used, and no date is written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import typst

TEMPLATES = Path(__file__).parent
_RUNS_REMEMBERED = 10
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff\s]+")


def compile_pdf(template: str, data: Mapping[str, object]) -> bytes:
    """Return the PDF of `template` (a file beside this module) filled with `data`."""
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    try:
        return _compile(template, inputs, system_fonts=False)
    except typst.TypstError:
        # A character that the wheel's fonts lack (an emoji, a Javanese letter): PDF/UA refuses to
        # print a hole. This computer's fonts may have it; if they do not, the rest still prints.
        try:
            return _compile(template, inputs, system_fonts=True)
        except typst.TypstError:
            return _compile(template, inputs, system_fonts=True, accessible=False)


def compile_png(template: str, data: Mapping[str, object], ppi: float) -> bytes:
    """Return the one page of `template` as a PNG with `ppi` pixels per inch.

    Letters that the wheel's fonts lack come from this computer's.
    """
    return compile_pages(template, data, ppi)[0]


def compile_pages(template: str, data: Mapping[str, object], ppi: float) -> list[bytes]:
    """Return every page of `template` as `compile_png` does."""
    pages = typst.compile(
        str(TEMPLATES / template),
        root=str(TEMPLATES),
        font_paths=_fonts(True),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        format="png",
        ppi=ppi,
    )
    return pages if isinstance(pages, list) else [pages]


def forget() -> None:
    """Give back the memory of earlier documents.

    The wheel remembers each layout until it has run ten times more; a long report's is 170 MB.
    """
    for _ in range(_RUNS_REMEMBERED):
        typst.compile(b"", font_paths=_fonts(False), format="svg")


def plain(text: str) -> str:
    """Return text on one line without control characters."""
    return _UNPRINTABLE.sub(" ", text).strip()


def _compile(
    template: str, inputs: dict[str, str], *, system_fonts: bool, accessible: bool = True
) -> bytes:
    return typst.compile(
        str(TEMPLATES / template),
        root=str(TEMPLATES),
        font_paths=_fonts(system_fonts),
        sys_inputs=inputs,
        pdf_standards=["ua-1"] if accessible else [],
    )


@lru_cache(maxsize=2)
def _fonts(system: bool) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=system)
