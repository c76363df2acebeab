"""Editing a survey: operations on its file, faults and changes in words, and saving."""
