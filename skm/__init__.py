"""Survei Kepuasan Masyarakat (SKM) under PermenPANRB 14/2017: exact, recomputable IKM.

For analysts: `from skm import open_survei` (docs/analis.md).
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"
__all__ = ["__version__", "open_survei"]


def __getattr__(name: str) -> Any:  # noqa: ANN401
    """Return what analysts use, read on first use: pandas is no business of the other parts."""
    if name == "open_survei":
        return import_module("skm.analis").open_survei
    raise AttributeError(name)
