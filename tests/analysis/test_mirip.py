"""Remarks that say nearly the same, beside a comparison of everything with everything."""

from collections.abc import Mapping
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from skm.analysis import mirip
from skm.analysis.mirip import MIRIP, Grouping, are_alike, group_alike

words = st.frozensets(st.sampled_from("abcdefgh"), min_size=1, max_size=7)
remarks = st.lists(words, max_size=25).map(lambda sets: {f"{i:02}": s for i, s in enumerate(sets)})


def grouped(*texts: str, **jumlah: int) -> dict[str, str]:
    return group_alike(
        {text: frozenset(text.split()) for text in texts},
        {text: jumlah.get(text.replace(" ", "_"), 1) for text in texts},
    )


def test_two_thirds_of_the_words_are_enough() -> None:
    assert are_alike(frozenset("ab"), frozenset("abc"))
    assert not are_alike(frozenset("abc"), frozenset("abd"))
    assert are_alike(frozenset("abcde"), frozenset("abcdf"))
    assert not are_alike(frozenset("a"), frozenset("b"))


def test_the_most_frequent_text_stands_for_its_group() -> None:
    found = grouped("antre lama sekali", "antre lama", "parkir sempit", antre_lama=5)
    assert found == {
        "antre lama sekali": "antre lama",
        "antre lama": "antre lama",
        "parkir sempit": "parkir sempit",
    }


def test_the_order_of_the_words_does_not_matter() -> None:
    assert set(grouped("lama antre", "antre lama").values()) == {"antre lama"}
    assert set(grouped("lama antre", "antre lama", lama_antre=2).values()) == {"lama antre"}


def naive(texts: Mapping[str, frozenset[str]], jumlah: Mapping[str, int]) -> dict[str, str]:
    """The same rule, looking at everything: most frequent first, then in the given order."""
    totals: dict[frozenset[str], int] = {}
    for key, s in texts.items():
        totals[s] = totals.get(s, 0) + jumlah[key]
    leaders: list[frozenset[str]] = []
    joined = {}
    for s in sorted(totals, key=lambda s: -totals[s]):
        scores = [(Fraction(len(s & o), len(s | o)), o) for o in leaders]
        best = max((score for score, _ in scores), default=Fraction(0))
        if best >= MIRIP:
            joined[s] = {o for score, o in scores if score == best}
        else:
            leaders.append(s)
            joined[s] = {s}
    return {key: joined[s] for key, s in texts.items()}


@given(remarks, st.randoms(use_true_random=False))
def test_nothing_alike_is_missed_and_nothing_else_is_joined(texts, rng) -> None:
    jumlah = {key: rng.randint(1, 3) for key in texts}
    found = group_alike(texts, jumlah)
    expected = naive(texts, jumlah)
    for key, leader in found.items():
        assert texts[leader] in expected[key]
        assert found[leader] == leader
        assert are_alike(texts[key], texts[leader])


@given(remarks)
def test_the_same_remarks_give_the_same_groups(texts) -> None:
    jumlah = dict.fromkeys(texts, 1)
    assert group_alike(texts, jumlah) == group_alike(dict(texts), dict(jumlah))


def test_the_comparisons_are_bounded() -> None:
    """Each of 400 texts shares a word with every other one, and is compared with two at most."""
    texts = {f"{i:03}": frozenset({"sama", f"a{i}", f"b{i}"}) for i in range(400)}
    assert len(set(group_alike(texts, dict.fromkeys(texts, 1), most=2).values())) == 400


def written(sets: list[tuple[frozenset[str], int]]) -> tuple[dict, dict]:
    """Texts named by their words, so that the same text is the same one each time."""
    named = {" ".join(sorted(words)) + "+" * (n % 2): (words, n) for words, n in sets}
    return {k: w for k, (w, _) in named.items()}, {k: n for k, (_, n) in named.items()}


some = st.tuples(words, st.integers(1, 4))


@settings(deadline=None)
@given(
    st.lists(st.lists(some, max_size=14), min_size=2, max_size=6), st.sampled_from([1, 2, 3, 60])
)
def test_carried_on_from_anything_groups_are_the_same(states, most) -> None:
    carried = Grouping(most)
    for sets in states:
        texts, jumlah = written(sets)
        assert carried.group(texts, jumlah) == group_alike(texts, jumlah, most)


@settings(deadline=None)
@given(st.lists(some, min_size=10, max_size=40), st.data())
def test_carried_on_by_few_texts_groups_are_the_same(sets, data) -> None:
    """One comes, goes, or is written once more, as when answers come in all day."""
    most = data.draw(st.sampled_from([2, 60]))
    carried, now = Grouping(most), list(sets)
    carried.group(*written(now))
    for _ in range(5):
        at = data.draw(st.integers(0, len(now) - 1))
        match data.draw(st.sampled_from(["come", "go", "again"])):
            case "come":
                now.insert(at, data.draw(some))
            case "go" if len(now) > 1:
                del now[at]
            case _:
                now[at] = (now[at][0], now[at][1] + 2)
        texts, jumlah = written(now)
        assert carried.group(texts, jumlah) == group_alike(texts, jumlah, most)


def test_texts_that_have_nothing_to_do_with_a_new_one_are_not_compared_again(monkeypatch) -> None:
    texts = {f"{i:03}": frozenset({f"a{i}", f"b{i}", f"c{i}"}) for i in range(300)}
    jumlah = dict.fromkeys(texts, 1)
    carried, compared = Grouping(), []
    carried.group(texts, jumlah)
    find = mirip._Groups.find
    monkeypatch.setattr(
        mirip._Groups, "find", lambda g, w, rare: compared.append(w) or find(g, w, rare)
    )
    new = frozenset({"a7", "b7", "c7", "baru"})
    found = carried.group(texts | {"zzz": new}, jumlah | {"zzz": 1})
    assert (found["zzz"], found["007"]) == ("007", "007")
    assert compared == [new]
    compared.clear()
    assert carried.group(texts | {"zzz": new}, jumlah | {"zzz": 1}) == found
    assert compared == []
    often = jumlah | {"zzz": 1, "250": 2}
    carried.group(texts | {"zzz": new}, often)
    assert compared == [texts["250"]], "its turn came earlier, but nobody shares a word with it"
