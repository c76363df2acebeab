"""Survei Kepuasan Masyarakat (SKM) under PermenPANRB 14/2017: exact, recomputable IKM."""

__version__ = "0.1.0"
