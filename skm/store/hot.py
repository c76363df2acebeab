"""Statements written out for the driver, text and tuples: where many answers go in at once, and
where a small recap is read.

SQLAlchemy looks at every value of every row; with a few rows of text and integers, for which both
databases need nothing done, that is most of the work. Everywhere else it is worth its time.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection

from skm.store.driver import Values, execute, execute_many, fetch_all


class Hot:
    """A statement with `?` for its values, the same for both databases but for `{among}`.

    `{among}` follows a column and takes a list of texts (`text_list`).
    """

    def __init__(self, text: str) -> None:
        self._texts = {
            "sqlite": text.replace("{among}", "IN (SELECT value FROM json_each(?))"),
            "postgresql": text.replace("{among}", "= ANY(?)").replace("?", "%s"),
        }

    def run(self, conn: Connection, values: Values) -> int:
        """Execute it; return how many rows it touched."""
        return int(execute(conn, self._texts[conn.dialect.name], values).rowcount)

    def run_many(self, conn: Connection, rows: Sequence[Values]) -> None:
        """Execute it for each of the rows."""
        execute_many(conn, self._texts[conn.dialect.name], rows)

    def rows(self, conn: Connection, values: Values) -> list[Values]:
        """Return what it selects as the driver's own tuples."""
        return fetch_all(conn, self._texts[conn.dialect.name], values)


def text_list(conn: Connection, texts: Sequence[str]) -> object:
    """Return texts as the value of `{among}`."""
    return json.dumps(texts) if conn.dialect.name == "sqlite" else list(texts)


def stored_time(conn: Connection, moment: datetime) -> object:
    """Return an aware moment as `WaktuUtc` stores it."""
    utc = moment.astimezone(UTC)
    if conn.dialect.name != "sqlite":
        return utc
    return utc.replace(tzinfo=None).isoformat(" ", "microseconds")
