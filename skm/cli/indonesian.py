"""argparse in Indonesian: its headings, its errors, and one sentence instead of a usage dump."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from skm.pesan import SkmError

WIDTH = 80

ARGPARSE = {
    "usage: ": "Pemakaian: ",
    "positional arguments": "Argumen",
    "options": "Pilihan",
    "subcommands": "Perintah",
    "show this help message and exit": "Tampilkan bantuan ini.",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "unrecognized arguments: %s": "argumen tidak dikenal: %s",
    "ambiguous option: %(option)s could match %(matches)s": (
        "%(option)s kurang lengkap; maksud Anda salah satu dari %(matches)s?"
    ),
    "invalid choice: %(value)r (choose from %(choices)s)": (
        "%(value)r tidak dikenal; pilih salah satu dari %(choices)s"
    ),
    "unknown parser %(parser_name)r (choices: %(choices)s)": (
        "perintah %(parser_name)r tidak dikenal; pilih salah satu dari %(choices)s"
    ),
    "expected one argument": "perlu satu isian",
    "expected at most one argument": "paling banyak satu isian",
    "expected at least one argument": "perlu sedikitnya satu isian",
    "expected %s argument": "perlu %s isian",
    "expected %s arguments": "perlu %s isian",
    "invalid %(type)s value: %(value)r": "isian %(value)r tidak dapat dibaca",
    "the following arguments are required: %s": "isian wajib belum ada: %s",
    "one of the arguments %s is required": "salah satu dari %s wajib diisi",
    "not allowed with argument %s": "tidak dapat dipakai bersama %s",
    "ignored explicit argument %r": "pilihan ini tidak memakai isian %r",
    "unexpected option string: %s": "pilihan tidak dikenal: %s",
    "can't open '%(filename)s': %(error)s": "berkas '%(filename)s' tidak dapat dibuka: %(error)s",
    "%(prog)s: error: %(message)s\n": "%(message)s\n",
}
"""What argparse says to a person. Sentences only a programmer can cause are not in it."""


@contextmanager
def indonesian() -> Iterator[None]:
    """Let argparse speak Indonesian inside the block (it asks gettext for each sentence)."""
    names: dict[str, Any] = vars(argparse)
    before = {name: names[name] for name in ("_", "ngettext")}
    names["_"] = lambda text: ARGPARSE.get(text, text)
    names["ngettext"] = lambda one, many, n: ARGPARSE.get(*((one, one) if n == 1 else (many, many)))
    try:
        yield
    finally:
        names.update(before)


class Formatter(argparse.RawDescriptionHelpFormatter):
    """Help no wider than 80 columns, examples as they are written."""

    def __init__(self, prog: str) -> None:
        width = min(WIDTH, shutil.get_terminal_size((WIDTH, 24)).columns)
        super().__init__(prog, max_help_position=26, width=max(width - 1, 40))


class Parser(argparse.ArgumentParser):
    """A parser whose errors are raised as SkmError `argumen-salah`."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - argparse's own keywords
        self.option_names: list[str] = []
        super().__init__(formatter_class=Formatter, allow_abbrev=False, **kwargs)

    def add_argument(self, *names: str, **kwargs: Any) -> argparse.Action:  # noqa: ANN401
        """Add an argument and remember its name, for "maksud Anda …?"."""
        self.option_names += [n for n in names if n.startswith("--")]
        return super().add_argument(*names, **kwargs)

    def error(self, message: str) -> NoReturn:
        """Raise instead of printing the usage: one sentence, and where the help is."""
        raise SkmError("argumen-salah", isi=message, bantuan=self.prog)
