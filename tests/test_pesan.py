"""Every message code that the code raises is in the catalogue, and the other way round."""

import re
import string
import tomllib
from pathlib import Path

from skm.pesan import SkmError, catalogue

SKM = Path(__file__).parents[1] / "skm"
SOURCE = "\n".join(
    p.read_text(encoding="utf-8") for p in (*SKM.rglob("*.py"), SKM.parent / "app.py")
)
CODE = r"\s*\"([a-z0-9-]+)\""
RAISED = re.compile(rf"(?:SkmError|fault|message)\({CODE}|_fault\(\s*f?\"[^\"]*\",{CODE}")


def test_no_code_stands_in_two_files() -> None:
    names = [k for p in (SKM / "pesan").glob("*.toml") for k in tomllib.loads(p.read_text("utf-8"))]
    assert len(names) == len(set(names)) == len(catalogue())


def test_every_raised_code_has_a_sentence() -> None:
    used = {kode for pair in RAISED.findall(SOURCE) for kode in pair if kode}
    assert "periode-tak-dikenal" in used  # the pattern finds something
    assert used <= set(catalogue())


def test_every_sentence_is_used() -> None:
    quoted = SOURCE.replace("'", '"')
    assert [kode for kode in catalogue() if f'"{kode}"' not in quoted] == []


def test_sentences_are_whole_and_only_fill_by_name() -> None:
    for kode, text in catalogue().items():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", kode)
        assert text[0].isupper() or text[0] in '{"', kode
        assert text.endswith((".", "?", "!")), kode
        names = [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
        assert all(name.isidentifier() for name in names), kode


def test_an_error_prints_its_sentence() -> None:
    error = SkmError("periode-tak-dikenal", teks="2024-T9")
    assert "2024-T9" in str(error)
    assert error.kode == "periode-tak-dikenal"
