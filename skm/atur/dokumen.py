"""A survey file as a document: one value or one list is changed, comments and order stay.

Every operation takes TOML text and returns TOML text. The text may be an unfinished survey (an
empty name, an unknown unsur): what a person typed is kept, and `skm.atur.periksa` says what is
wrong with it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import time
from decimal import Decimal
from typing import Any, cast

import tomlkit
from tomlkit import TOMLDocument
from tomlkit.items import AoT, Array, Comment, InlineTable, Item, Table, Whitespace

Keys = tuple[str, ...]
Data = dict[str, Any]
Row = Mapping[str, Any]


def read(text: str) -> Data:
    """Return the content of a TOML text. Raises tomllib.TOMLDecodeError."""
    return tomllib.loads(text, parse_float=Decimal)


def get(data: Mapping[str, Any], path: Keys, default: object = None) -> Any:  # noqa: ANN401
    """Return the value at a path of keys, or `default`."""
    found: Any = data
    for key in path:
        if not isinstance(found, Mapping) or key not in found:
            return default
        found = found[key]
    return found


def rows(data: Mapping[str, Any], path: Keys) -> list[Data]:
    """Return the list of tables at a path; what is no table in it is left out."""
    found = get(data, path, [])
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []


def set_value(text: str, path: Keys, value: object | None) -> str:
    """Return the text with the value at a path of keys; None takes it out."""
    data, doc = read(text), tomlkit.parse(text)
    if get(data, path) == value:
        return text
    _put(data, path, deepcopy(value))
    _put_item(doc, path, value)
    return _written(doc, data)


def set_values(text: str, values: Mapping[Keys, object | None]) -> str:
    """Return the text with several values."""
    for path, value in values.items():
        text = set_value(text, path, value)
    return text


def set_rows(text: str, path: Keys, wanted: Sequence[Row], kunci: str = "kode") -> str:
    """Return the text with this list of tables at a path.

    A table whose `kunci` was there before keeps its comments and what `wanted` does not name; a
    None takes a key out. Comments above a table go where it goes.
    """
    data = read(text)
    before = rows(data, path)
    made = _merged(before, wanted, kunci)
    if made == before:
        return text
    doc = tomlkit.parse(text)
    _put(data, path, made or None)
    _put_rows(doc, path, made, kunci)
    return _written(doc, data)


def dump(data: Mapping[str, Any]) -> str:
    """Return new TOML text of plain data: scalars first, then tables, then lists of tables."""
    doc = tomlkit.document()
    _fill(doc, data)
    return doc.as_string()


def _written(doc: TOMLDocument, data: Data) -> str:
    """Return the document as text.

    A file that is laid out too oddly to be edited in place (a list of tables in several pieces) is
    written anew from its content: its comments go, nothing else does.
    """
    text = doc.as_string()
    try:
        if read(text) == data:
            return text
    except tomllib.TOMLDecodeError:
        pass
    return dump(data)


def _merged(before: Sequence[Data], wanted: Sequence[Row], kunci: str) -> list[Data]:
    old = {row.get(kunci): row for row in reversed(before)}
    made = []
    for row in wanted:
        kept = {**old.get(row.get(kunci), {}), **row}
        made.append({key: deepcopy(value) for key, value in kept.items() if value is not None})
    return made


def _put(data: Data, path: Keys, value: object | None) -> None:
    """Change plain data; tables on the way are made."""
    *above, last = path
    for key in above:
        data = data.setdefault(key, {})
    if value is None:
        data.pop(last, None)
    else:
        data[last] = value


def _put_item(doc: TOMLDocument, path: Keys, value: object | None) -> None:
    *above, last = path
    place: Any = doc
    for depth, key in enumerate(above, start=1):
        if key not in place:
            # A table of nothing but tables needs no heading of its own.
            place[key] = tomlkit.table(is_super_table=depth < len(above))
        place = place[key]
    if value is None:
        if last in place:
            del place[last]
    elif last in place or not isinstance(place, Table):
        place[last] = _item(value)
    else:
        tail = _take_tail(place)  # a comment there belongs to what follows
        place[last] = _item(value)
        for item in tail:
            place.value.append(None, item)


def _put_rows(doc: TOMLDocument, path: Keys, made: Sequence[Data], kunci: str) -> None:
    place: Any = doc
    for key in path[:-1]:
        place = place[key]
    name, found = path[-1], place.get(path[-1])
    if not made:
        del place[name]
    elif isinstance(found, AoT):
        _rebuild(found, made, kunci)
    else:
        place[name] = _array(made) if isinstance(found, Array) else _tables(made)


def _rebuild(aot: AoT, made: Sequence[Data], kunci: str) -> None:
    """Bring a list of `[[tables]]` into the wanted order, each with the comments above it."""
    tables = list(aot.body)
    tails = [_take_tail(table) for table in tables]
    above = {id(table): tail for table, tail in zip(tables[1:], tails, strict=False)}
    end = tails[-1] if tails else [Whitespace("\n")]
    known: dict[str, Table] = {}
    for table in tables:
        known.setdefault(str(table.get(kunci)), table)
    new = []
    for row in made:
        kept = known.pop(str(row.get(kunci)), None) or tomlkit.table()
        _update(kept, row)
        new.append(kept)
    leads = [above.pop(id(table), [Whitespace("\n")]) for table in new[1:]]
    # What stands above the list is not its own: the comment of a table that is first now follows.
    leads = [[*above.pop(id(new[0]), ()), *lead] for lead in leads[:1]] + leads[1:]
    for table, lead in zip(new, [*leads, end], strict=True):
        for item in lead:
            table.value.append(None, item)
    while len(aot):
        del aot[0]
    for table in new:
        aot.append(table)


def _take_tail(table: Table) -> list[Item]:
    """Cut off the blank lines and comments after a table's last value: they belong to the next."""
    body, tail = table.value.body, list[Item]()
    while body and body[-1][0] is None and isinstance(body[-1][1], Comment | Whitespace):
        tail.insert(0, body.pop()[1])
    return tail or [Whitespace("\n")]


def _update(table: Table | InlineTable, row: Row) -> None:
    """Change what differs, so that untouched values keep their form and their comments."""
    for key in [key for key in table if key not in row]:
        del table[key]
    for key, value in row.items():
        present = table.get(key)
        if present is not None and _plain(present) == _plain(value):
            continue
        if isinstance(present, Array) and _same_shape(present, value):
            for inner, wanted in zip(present, cast("list[Data]", value), strict=True):
                _update(inner, wanted)
        else:
            table[key] = _item(value)


def _same_shape(present: Array, value: object) -> bool:
    return (
        isinstance(value, list)
        and len(present) == len(value)
        and all(isinstance(i, InlineTable) for i in present)
        and all(isinstance(v, dict) for v in value)
    )


def _plain(value: object) -> object:
    return value.unwrap() if isinstance(value, Item) else value


def _fill(place: TOMLDocument | Table, data: Mapping[str, Any]) -> None:
    """Add scalars first: in TOML whatever follows a table's heading is its own."""
    later = [(k, v) for k, v in data.items() if isinstance(v, Mapping) or _is_tables(v)]
    for key, value in data.items():
        if not isinstance(value, Mapping) and not _is_tables(value):
            place.append(key, _item(value))
    for nomor, (key, value) in enumerate(later):
        follows_list = nomor and not isinstance(later[nomor - 1][1], Mapping)
        if len(place) and not follows_list:
            place.add(tomlkit.nl())
        if isinstance(value, Mapping):
            scalars = [v for v in value.values() if not isinstance(v, Mapping)]
            table = tomlkit.table(is_super_table=bool(value) and not scalars)
            _fill(table, value)
            place.append(key, table)
        else:
            place.append(key, _tables(value))


def _is_tables(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(v, Mapping) for v in value)


def _tables(made: Sequence[Row]) -> AoT:
    aot = tomlkit.aot()
    for row in made:
        table = tomlkit.table()
        for key, value in row.items():
            table.append(key, _item(value))
        aot.append(table)
    return aot


def _array(made: Sequence[object]) -> Array:
    """Return a list with each element on a line of its own."""
    array = tomlkit.array()
    for value in made:
        array.append(_inline(value) if isinstance(value, Mapping) else _item(value))
    return array.multiline(bool(made) and isinstance(made[0], Mapping))


def _inline(row: Row) -> InlineTable:
    table = tomlkit.inline_table()
    for key, value in row.items():
        table.append(key, _item(value))
    return table


def _item(value: object) -> Item:
    if isinstance(value, Decimal):
        return tomlkit.float_(str(value))
    if isinstance(value, time):
        return tomlkit.time(value.isoformat())
    if isinstance(value, Mapping):
        return _inline(value)
    if isinstance(value, list | tuple):
        return _array(value)
    return tomlkit.item(value)
