"""Whether anything in the database has changed: asked for every page, so it must cost nothing.

SQLite keeps a number that another connection's commit changes, whichever process it is of
(https://www.sqlite.org/pragma.html#pragma_data_version); reading it takes microseconds and waits
for nobody. PostgreSQL has nothing of the kind.
"""

from __future__ import annotations

import sqlite3
from threading import Lock

from sqlalchemy import Engine


class ChangeMark:
    """A connection that only ever looks at that number. Safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        name = engine.url.database if engine.dialect.name == "sqlite" else None
        self._path = None if not name or name == ":memory:" or name.startswith("file:") else name
        self._lock = Lock()
        self._conn: sqlite3.Connection | None = None

    def read(self) -> int | None:
        """Return a number that is another one after every commit; None where nobody can say."""
        if self._path is None:
            return None
        with self._lock:
            try:
                if self._conn is None:
                    self._conn = sqlite3.connect(
                        self._path, timeout=0, isolation_level=None, check_same_thread=False
                    )
                (mark,) = self._conn.execute("PRAGMA data_version").fetchone()
            except sqlite3.Error:  # busy, or no file any more: whoever asks looks properly
                self._close()
                return None
            return int(mark)

    def close(self) -> None:
        """Close the connection; the next `read` opens another."""
        with self._lock:
            self._close()

    def _close(self) -> None:
        if self._conn is not None:
            self._conn.close()
            self._conn = None
