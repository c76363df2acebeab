"""The tables can be spread over servers by survey: every key says which survey it is of."""

import pytest
from sqlalchemy import Table, UniqueConstraint

from skm.store.schema import MILIK_PERIODE, REKAP, metadata

BY_SURVEY = "survei_id"
SURVEYS_THEMSELVES = {"survei": "id", "survei_dihapus": "id"}
"""Here the key is the survey."""

EVERYWHERE = {
    "rahasia": "A key or two that all nodes read at their start: the same on every server.",
}
"""Reference tables: a few rows, copied to all servers."""

OF_THE_OFFICE = {
    "akun": "People belong to the office and see several surveys; a few rows, on all servers.",
    "sesi_masuk": "A browser is signed in to the office; looked up by its token alone.",
    "jejak": "One chain over everything that happened, numbered without a gap: on one server.",
}
"""Tables of people and their acts. No answer of a citizen touches them."""

BY_NUMBER = {
    "batch": "B-20241231-7F3A2C is what a person reads out on the phone; drawn at random.",
    "jawaban": "Numbered as they arrive; a number is asked for together with its survey.",
    "tautan": "The code on a poster is all that a phone brings; it has to lead to the survey.",
    "peristiwa": "Only added to; read by survey and period.",
    "tindak_lanjut": "Read by survey and period.",
    "susutan": "Only added to; read by survey and period.",
    "tanggapan_saran": "One a remark, by the number of its answer.",
}
"""Tables whose key is a number or code of its own. The survey stands in every row, so it can be put
before the key when the tables are spread (docs/skala.md); nothing but the key would change."""

BY_CODE = {"tanggapan_saran": ("sidik_kode",)}
"""Codes that a citizen brings without a survey: an office that is spread looks in each."""

TABLES = pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda t: t.name)


def keys(table: Table) -> list[tuple[str, ...]]:
    """The primary key and everything else that is unique."""
    found = [tuple(c.name for c in table.primary_key)]
    found += [tuple(c.name for c in i.columns) for i in table.indexes if i.unique]
    unique = [c for c in table.constraints if isinstance(c, UniqueConstraint)]
    return found + [tuple(c.name for c in constraint.columns) for constraint in unique]


@TABLES
def test_every_key_says_the_survey_or_why_not(table: Table) -> None:
    if table.name in EVERYWHERE:
        assert BY_SURVEY not in table.columns
        return
    if table.name in OF_THE_OFFICE:
        assert BY_SURVEY not in keys(table)[0]
        return
    primary, *others = keys(table)
    others = [key for key in others if key != BY_CODE.get(table.name)]
    assert all(key[0] == BY_SURVEY for key in others), "also in the tables by number"
    if table.name in SURVEYS_THEMSELVES:
        assert primary == (SURVEYS_THEMSELVES[table.name],)
    elif table.name in BY_NUMBER:
        assert len(primary) == 1
        assert not table.columns[BY_SURVEY].nullable
    else:
        assert primary[0] == BY_SURVEY


@TABLES
def test_a_reference_to_another_table_stays_with_the_survey(table: Table) -> None:
    """Between servers nobody checks a foreign key: it leads to the survey, or to a row of it."""
    for key in table.foreign_key_constraints:
        there = key.referred_table
        if table.name in OF_THE_OFFICE:
            assert there.name in OF_THE_OFFICE
            continue
        assert there.name == "survei" or BY_SURVEY in there.columns
        assert there.name not in {*EVERYWHERE, *OF_THE_OFFICE}


@TABLES
def test_what_is_asked_for_is_found_by_survey(table: Table) -> None:
    """Of a table by number each survey's rows are found without reading the others'."""
    if table.name in BY_NUMBER:
        assert any(next(iter(i.columns)).name == BY_SURVEY for i in table.indexes)


def test_the_exceptions_are_tables() -> None:
    assert {*EVERYWHERE, *OF_THE_OFFICE, *BY_NUMBER, *SURVEYS_THEMSELVES} <= set(metadata.tables)


def test_counts_and_periods_are_keyed_by_survey_alone() -> None:
    """The rows that every answer changes: none of them is shared by two surveys."""
    for table in (*REKAP, *MILIK_PERIODE):
        assert BY_SURVEY in table.columns
    assert {keys(table)[0][0] for table in REKAP} == {BY_SURVEY}
