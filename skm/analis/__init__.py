"""For analysts: a survey's answers as data frames, and its figures as the exact objects they are.

The only part that knows pandas besides the dashboard. See docs/analis.md.
"""

from skm.analis.survei import Analis, Hitungan, open_survei

__all__ = ["Analis", "Hitungan", "open_survei"]
