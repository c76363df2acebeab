"""What can stand in an address: anything else is answered before the store is asked for it."""

from __future__ import annotations

import re

_LONGEST = 60
_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
"""As `skm.survei` has it for the id of a survey."""


def is_survey_id(text: str) -> bool:
    """Return whether a survey can have this id."""
    return len(text) <= _LONGEST and _ID.fullmatch(text) is not None


def is_plain(text: str) -> bool:
    """Return whether a text has no NUL, line end or half a character: databases refuse those."""
    return text.isprintable()
