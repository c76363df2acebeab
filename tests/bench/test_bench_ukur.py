"""How ways are measured, compared and written down."""

from pathlib import Path

from bench.tabel import figure, table, write
from bench.ukur import Baris, Sasaran, Sebaran, compare, race


def test_ways_take_turns_and_the_first_round_does_not_count():
    order: list[str] = []
    found = race({"a": lambda: order.append("a"), "b": lambda: order.append("b")}, 3)
    assert order == ["a", "b", "b", "a", "a", "b", "b", "a"]
    assert {name: len(figures.nilai) for name, figures in found.items()} == {"a": 3, "b": 3}


def test_ratios_are_of_the_same_round():
    figures = {"SKM": Sebaran((1.0, 9.0, 2.0)), "lain": Sebaran((2.0, 3.0, 4.0))}
    ours, second, other = compare("x", 10, figures, (Sasaran(0.5, "lain"), Sasaran(1.0)))
    assert ours.rasio["lain"].nilai == (0.5, 3.0, 0.5)
    assert ours.tercapai is True
    assert second.tercapai is False  # the median of 1, 9, 2 is 2 seconds
    assert (other.cara, other.rasio, other.tercapai) == ("lain", {}, None)


def test_a_target_against_a_peer_that_is_not_there_is_neither_reached_nor_missed():
    (row,) = compare("x", 10, {"SKM": Sebaran((1.0,))}, (Sasaran(0.5, "DuckDB"),))
    assert row.tercapai is None


def test_figures_have_three_digits():
    assert figure(0.00123456, "s") == "1.23 ms"
    assert figure(12.3456, "s") == "12.3 s"
    assert figure(1234.5, "kB") == "1234 kB"
    assert figure(0.05, "kali") == "0.05×"


def test_the_table_names_what_was_missed():
    row = Baris("x", 1000, "SKM", Sebaran((0.004, 0.003, 0.005)), {}, Sasaran(0.002))
    head, _, line = table([row]).splitlines()
    assert [cell.strip() for cell in line.split("|")[1:-1]] == [
        "x", "1,000", "SKM", "4 ms", "3 ms - 5 ms", "", "≤ 2 ms", "**no**", "",
    ]  # fmt: skip
    assert head.count("|") == line.count("|")


def test_a_benchmark_replaces_its_own_section_only(tmp_path: Path):
    path = tmp_path / "hasil.md"
    write("satu", "first", path)
    write("dua", "other", path)
    write("satu", "second", path)
    text = path.read_text()
    assert "first" not in text
    assert text.index("## dua\n\nother") < text.index("## satu\n\nsecond")
    assert text.startswith("# Measured")
