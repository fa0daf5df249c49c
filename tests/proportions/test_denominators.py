"""Denominators behind percents. Correct: by hand, and brute force in exact fractions."""

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondlook.printed import admits
from secondlook.proportions import counts_printing, denominators, sizes_printing


def brute_force(percents, max_n):
    """Try every count of every n against the printed interval."""
    expected = {}
    for n in range(1, max_n + 1):
        exact = [Fraction(100 * count, n) for count in range(n + 1)]
        rounding = [[c for c in range(n + 1) if exact[c] in admits(p).rounded] for p in percents]
        cutting = [[c for c in range(n + 1) if exact[c] in admits(p).truncated] for p in percents]
        either = [sorted({*a, *b}) for a, b in zip(rounding, cutting, strict=True)]
        if all(either):
            expected[n] = (all(rounding), all(cutting), tuple(map(tuple, either)))
    return expected


def as_tuples(row):
    return tuple(map(tuple, row))


def test_a_third_needs_a_multiple_of_three_among_small_n():
    frame = denominators(["33.3"], 20)
    assert frame["n"].tolist() == [3, 6, 9, 12, 15, 18]
    assert frame["rounding"].all()
    assert frame["truncation"].all()
    assert frame["counts"].map(as_tuples).tolist() == [((k,),) for k in range(1, 7)]


def test_eleven_of_twenty_one_prints_52_4_rounded_and_52_3_cut():
    rounded, cut = denominators(["52.4"], 21), denominators(["52.3"], 21)
    assert rounded.set_index("n").loc[21, ["rounding", "truncation"]].tolist() == [True, False]
    assert cut.set_index("n").loc[21, ["rounding", "truncation"]].tolist() == [False, True]
    assert as_tuples(cut.set_index("n").loc[21, "counts"]) == ((11,),)


def test_a_tie_may_go_up_or_to_the_even_digit():
    # 1 of 8 is 12.5: half up prints 13, half even and truncation print 12.
    assert counts_printing("13", 8) == (1,)
    assert counts_printing("12", 8) == (1,)
    by_n = denominators(["13"], 8).iloc[-1]
    assert (by_n["rounding"], by_n["truncation"]) == (True, False)
    # 3 of 8 is 37.5: both roundings print 38.
    assert not denominators(["37"], 8).iloc[-1]["rounding"]


def test_digits_are_a_promise():
    assert 21 in denominators(["33"], 21)["n"].tolist()
    assert denominators(["33.0"], 21)["n"].tolist() == []
    assert denominators(["50", "50.0", "50.00"], 3)["n"].tolist() == [2]


def test_zero_and_one_hundred_percent_fit_every_small_n():
    frame = denominators(["0", "100"], 40)
    assert frame["n"].tolist() == list(range(1, 41))
    assert frame["counts"].map(as_tuples).tolist() == [((0,), (n,)) for n in range(1, 41)]
    # From 201 on, 1 of n prints 0 too; a cut 99.5 never prints 100.
    assert counts_printing("0", 201) == (0, 1, 2)
    assert counts_printing("100", 201) == (200, 201)
    assert counts_printing("0.0", 201) == (0,)


def test_percents_of_different_rules_share_a_denominator_only_under_either():
    frame = denominators(["54.1", "79.2"], 30)
    assert frame["n"].tolist() == [24]
    assert frame.loc[0, ["rounding", "truncation", "either"]].tolist() == [False, False, True]
    assert as_tuples(frame.loc[0, "counts_rounding"]) == ((), (19,))
    assert as_tuples(frame.loc[0, "counts_truncation"]) == ((13,), ())


@given(
    st.lists(
        st.tuples(st.integers(0, 1000), st.integers(0, 2)).map(
            lambda pair: f"{min(pair[0] / 10, 100):.{pair[1]}f}"
        ),
        min_size=1,
        max_size=3,
    )
)
def test_the_frame_is_what_brute_force_finds(percents):
    frame = denominators(percents, 30)
    found = {
        row.n: (row.rounding, row.truncation, as_tuples(row.counts))
        for row in frame.itertuples(index=False)
    }
    assert found == brute_force(percents, 30)


@given(st.integers(1, 400), st.data())
def test_the_true_denominator_is_always_found(n, data):
    count = data.draw(st.integers(0, n))
    tenths = Fraction(1000 * count, n)
    half_up, cut = (2 * tenths + 1) // 2, tenths // 1
    assert count in counts_printing(f"{half_up // 10}.{half_up % 10}", n)
    assert count in counts_printing(f"{cut // 10}.{cut % 10}", n)


def test_printed_relations_are_taken_at_their_word():
    assert counts_printing("<5", 21) == (0, 1)
    assert counts_printing(">90", 20) == (19, 20)
    assert counts_printing(">0", 3) == (1, 2, 3)
    assert counts_printing("<100", 3) == (0, 1, 2)


def test_more_digits_than_a_machine_word_holds_are_exact():
    third = "33." + 22 * "3"
    assert denominators([third], 12)["n"].tolist() == [3, 6, 9, 12]
    assert as_tuples(denominators([third], 12).loc[3, "counts"]) == ((4,),)
    assert denominators(["33." + 21 * "3" + "5"], 12)["n"].tolist() == []
    assert counts_printing("33." + 15 * "3", 99_999) == (33_333,)
    assert counts_printing("0." + 28 * "0" + "1", 77) == ()


def test_both_ends_of_the_sizes_are_tried():
    assert denominators(["100"], 1)["n"].tolist() == [1]
    assert denominators(["50.0000"], 100_000)["n"].tolist()[-2:] == [99_998, 100_000]


def test_a_bound_may_lie_at_an_end():
    assert counts_printing("≤0", 3) == (0,)
    assert denominators(["≤0", "≥100"], 2)["n"].tolist() == [1, 2]


def test_the_sizes_alone_are_those_of_the_frame():
    percents = ["54.1", "79.2"]
    for texts in (percents, np.array(percents), pd.Series(percents)):
        assert sizes_printing(texts, 60) == denominators(texts, 60)["n"].tolist() == [24, 48]


@pytest.mark.parametrize(
    ("percents", "max_n", "message"),
    [
        ([], 10, r"percents is \[\]; give a list"),
        ("54.1", 10, "percents is '54.1'; give a list"),
        ([">100"], 10, "'>100' is no percent"),
        (["<0"], 10, "'<0' is no percent"),
        (["140"], 10, "'140' is no percent"),
        (["-3"], 10, "'-3' is no percent"),
        (["100.4"], 10, "'100.4' is no percent"),
        (["-0.4"], 10, "'-0.4' is no percent"),
        (["54.1"], 0, "max_n is 0"),
        (["54.1"], 10**6, "max_n is 1,000,000; beyond 100,000 every percent is some count"),
        (["54.1"], 10.5, "max_n is 10.5"),
    ],
)
def test_what_cannot_be_a_percent_or_a_size_is_refused(percents, max_n, message):
    with pytest.raises(ValueError, match=rf"^{message}"):
        denominators(percents, max_n)
