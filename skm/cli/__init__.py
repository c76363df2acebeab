"""The same steps from a terminal: `python -m skm`."""

from skm.cli.program import main

__all__ = ["main"]
