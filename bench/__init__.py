"""How fast, how small, and against whom: `python -m bench`."""
