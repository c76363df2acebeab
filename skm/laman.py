"""Plain HTML pages: templates that escape everything, and one style sheet inside the page."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment


def make_environment(folder: Path) -> Environment:
    """Return the templates of a folder: autoescaped, strict about unknown names."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # not before the first page

    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def read_style(path: Path) -> str:
    """Return a style sheet without comments and with little white space."""
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.sub(r"\s*([{};,])\s*|(?<=:)\s+|\s*\n\s*", r"\1", text).replace(";}", "}")


def policy_hash(style: str) -> str:
    """Return a style sheet's hash as a content security policy names it."""
    return "sha256-" + b64encode(hashlib.sha256(style.encode()).digest()).decode()
