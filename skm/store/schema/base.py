"""What all tables share: their list, moments, numbers, and indexes over some rows."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    DateTime,
    Dialect,
    Integer,
    MetaData,
    TypeDecorator,
)

TANPA = ""
"""The stored form of a missing layanan, titik or profile answer."""


class WaktuUtc(TypeDecorator[datetime]):
    """An aware moment, stored in UTC; SQLite has no time zones, so UTC is implied there."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment to store. Raises ValueError for a naive one."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an aware datetime is needed")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ANN401
        """Return the stored moment, aware, in UTC."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


metadata = MetaData()
Serial = BigInteger().with_variant(Integer(), "sqlite")


def only_where(condition: ColumnElement[bool]) -> dict[str, Any]:
    """Return the options of an index over some rows only."""
    return {"sqlite_where": condition, "postgresql_where": condition}
