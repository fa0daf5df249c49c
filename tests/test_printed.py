"""Correct: cases solved by hand, brute force over decimals, and properties of rounding."""

import math
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondlook.printed import Bounds, admits, parse, show, verdict

ROUNDINGS = {"half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN, "truncated": ROUND_DOWN}


@pytest.mark.parametrize(
    ("text", "value", "unit", "relation"),
    [
        ("52.3", Fraction(523, 10), Fraction(1, 10), "="),
        ("0.50", Fraction(1, 2), Fraction(1, 100), "="),
        ("12,7", Fraction(127, 10), Fraction(1, 10), "="),
        ("1,113", Fraction(1113), Fraction(1), "="),
        ("1,113.5", Fraction(2227, 2), Fraction(1, 10), "="),
        ("0,123", Fraction(123, 1000), Fraction(1, 1000), "="),
        ("12·8", Fraction(64, 5), Fraction(1, 10), "="),
        (".03", Fraction(3, 100), Fraction(1, 100), "="),
        ("−2.5", Fraction(-5, 2), Fraction(1, 10), "="),
        ("80%", Fraction(80), Fraction(1), "="),
        ("<0.001", Fraction(1, 1000), Fraction(1, 1000), "<"),
        ("≥ 65", Fraction(65), Fraction(1), ">="),
        ("more than 80%", Fraction(80), Fraction(1), ">"),
        ("about 25", Fraction(25), Fraction(1), "~"),
        ("1.2e-4", Fraction(12, 100000), Fraction(1, 100000), "="),
        ("1.2×10^-4", Fraction(12, 100000), Fraction(1, 100000), "="),
        ("Twenty-one", Fraction(21), Fraction(1), "="),
        ("twelve", Fraction(12), Fraction(1), "="),
        ("ninety nine", Fraction(99), Fraction(1), "="),
        ("-1,113", Fraction(-1113), Fraction(1), "="),
        ("−1,113.5", Fraction(-2227, 2), Fraction(1, 10), "="),
        ("+1 113", Fraction(1113), Fraction(1), "="),
        ("1\u202f113\u202f000", Fraction(1113000), Fraction(1), "="),
        ("1'113", Fraction(1113), Fraction(1), "="),
        ("1.113,5", Fraction(2227, 2), Fraction(1, 10), "="),
        ("-1.113.000", Fraction(-1113000), Fraction(1), "="),
        ("1.113", Fraction(1113, 1000), Fraction(1, 1000), "="),
        ("12,7%", Fraction(127, 10), Fraction(1, 10), "="),
        ("38.5 per cent", Fraction(77, 2), Fraction(1, 10), "="),
        ("P = .03", Fraction(3, 100), Fraction(1, 100), "="),
        ("p<0.001", Fraction(1, 1000), Fraction(1, 1000), "<"),
        ("P ≤ 0.05", Fraction(1, 20), Fraction(1, 100), "<="),
        ("P value of 0.2", Fraction(1, 5), Fraction(1, 10), "="),
        ("<-1.5", Fraction(-3, 2), Fraction(1, 10), "<"),
        ("∼25", Fraction(25), Fraction(1), "~"),
        ("ca. 25", Fraction(25), Fraction(1), "~"),
        ("fewer than ten", Fraction(10), Fraction(1), "<"),
        ("1.2×10⁻⁴", Fraction(12, 100000), Fraction(1, 100000), "="),
        ("1.2 x 10−4", Fraction(12, 100000), Fraction(1, 100000), "="),
        ("3×10⁹", Fraction(3 * 10**9), Fraction(10**9), "="),
        ("third", Fraction(3), Fraction(1), "="),
        ("twenty-first", Fraction(21), Fraction(1), "="),
        ("thirtieth", Fraction(30), Fraction(1), "="),
        ("21st", Fraction(21), Fraction(1), "="),
        ("a hundred", Fraction(100), Fraction(1), "="),
        ("One hundred and five", Fraction(105), Fraction(1), "="),
        ("two hundred twenty-one", Fraction(221), Fraction(1), "="),
    ],
)
def test_the_text_of_a_number_is_read_with_its_last_digit(text, value, unit, relation):
    number = parse(text)
    assert (number.value, number.unit, number.relation) == (value, unit, relation)
    assert number.text == text


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "40-60",
            "n/a",
            "1.2.3",
            "twenty-eleven",
            "5 to 7",
            "%",
            "-",
            "0.5.",
            "1,11,111",
        ),
        *(
            "1,113,5",
            "1.113.5",
            "12 34",
            "1 113,000",
            "e5",
            "×10^3",
            "1e",
            "hundred hundred",
        ),
        *("twenty hundred", "a", "and five", "p", "p<", "<", "belowground 5", "overt", "5-", "--5"),
        *(
            "1e301",
            "1e1000000000",
            "1e-99999999999",
            "٣",
            "½",
            "1_000",
            "0x10",
            "nan",
            "inf",
        ),
    ],
)
def test_text_that_is_not_one_number_is_refused_with_the_text_in_the_message(text):
    with pytest.raises(ValueError, match="as one printed number") as error:
        parse(text)
    assert repr(text) in str(error.value)


@pytest.mark.parametrize("extra", [-1, 0.5, 10**12, None, "1"])
def test_further_decimals_are_a_small_whole_number(extra):
    with pytest.raises(ValueError, match=r"extra is .*; give a whole number of decimals, 0 to 200"):
        show(1.5, like="0.1", extra=extra)


def test_what_is_missing_is_no_text_to_be_shown_like():
    for like in (None, pd.NA, 0.5):
        with pytest.raises(ValueError, match="a printed number is text"):
            show(1.5, like=like)


@pytest.mark.parametrize("text", ["1" * 201, "9" * 10**6, " " * 10**6])
def test_a_text_too_long_to_be_a_number_is_refused_at_once(text):
    assert parse("1" * 200).value == int("1" * 200)
    with pytest.raises(ValueError, match="at most 200 are read"):
        parse(text)


@pytest.mark.parametrize(
    ("relation", "words"),
    [
        ("<", ["<", "less than", "fewer than", "below", "under", "P <"]),
        ("<=", ["<=", "≤", "⩽", "≦", "at most", "up to"]),
        (">", [">", "more than", "greater than", "above", "over"]),
        (">=", [">=", "≥", "⩾", "≧", "at least"]),
        ("~", ["~", "∼", "≈", "about", "approximately", "approx.", "around", "nearly", "almost"]),
        ("~", ["circa", "ca.", "About"]),
        ("=", ["=", "P =", "p-value of"]),
    ],
)
def test_every_sign_and_word_of_relation_is_read_before_a_number(relation, words):
    for word in words:
        assert (parse(f"{word} 25").relation, parse(f"{word} 25").value) == (relation, 25), word


# As a dictionary has them, not as the code makes them.
BELOW_TWENTY = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
)
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
TENTHS = "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth"


def test_every_number_word_and_ordinal_below_a_hundred_is_read():
    words = {word: value for value, word in enumerate(BELOW_TWENTY.split())}
    words |= {word: value for value, word in enumerate(ORDINALS.split(), start=1)}
    for ten, (tens, tenth) in enumerate(zip(TENS.split(), TENTHS.split(), strict=True), start=2):
        words |= {tens: 10 * ten, tenth: 10 * ten}
        for one in range(1, 10):
            words[f"{tens}-{BELOW_TWENTY.split()[one]}"] = 10 * ten + one
            words[f"{tens} {ORDINALS.split()[one - 1]}"] = 10 * ten + one
    assert {word: parse(word).value for word in words} == words
    hundreds = {word: value for value, word in enumerate(BELOW_TWENTY.split()) if 0 < value < 10}
    for word, value in (hundreds | {"a": 1}).items():
        assert parse(f"{word} hundred").value == 100 * value
        assert parse(f"{word} hundred and twelve").value == 100 * value + 12
    assert parse("hundred").value == 100
    assert [parse(text).value for text in ("1st", "22nd", "3rd", "112th")] == [1, 22, 3, 112]


@pytest.mark.parametrize(
    "text",
    ["zeroth", "oneth", "twoth", "threeth", "fiveth", "eightth", "nineth", "twelveth", "twentyth",
     "ten hundred", "zero hundred", "fourteenieth", "twenty-zero", "twenty-ten", "five six",
     "hundred and", "11111th", "five six hundred"],
)  # fmt: skip
def test_what_is_no_number_word_is_refused(text):
    with pytest.raises(ValueError, match="as one printed number"):
        parse(text)


def test_the_largest_powers_of_ten_are_read_and_no_larger_ones():
    assert parse("1e300").value == 10**300
    assert parse("1e-300").unit == Fraction(1, 10**300)
    for text in ("1e301", "1e-301"):
        with pytest.raises(ValueError, match="its power of ten is beyond 300"):
            parse(text)


def test_the_hull_of_the_rules_is_closed_where_the_rule_at_that_end_is():
    assert str(admits("52.3").either) == "[52.25, 52.4)"
    assert str(admits("52.4").rounded) == "[52.35, 52.45]"
    assert str(admits("-1.5").either) == "(-1.6, -1.45]"
    assert str(admits("0").either) == "(-1, 1)"
    assert str(admits(">5").either) == "(5, inf)"
    assert str(admits("≥5").either) == "[5, inf)"
    assert str(admits("≤5").either) == "(-inf, 5]"
    assert str(admits("about 300").truncated) == "[300, 400)"


def test_a_number_that_lost_its_quotes_is_refused():
    with pytest.raises(ValueError, match="put it in quotes"):
        parse(0.5)


def test_eleven_of_twenty_one_prints_52_3_only_when_cut():
    assert verdict("52.3", 100 * 11 / 21) == "truncated"
    assert verdict("52.4", 100 * 11 / 21) == "reproduced"
    assert verdict("52.2", 100 * 11 / 21) == "differs"


def test_a_trailing_zero_is_a_promise():
    assert verdict("0.5", 0.54) == "reproduced"
    assert verdict("0.50", 0.54) == "differs"


def test_a_tie_is_reproduced_by_both_ways_of_rounding():
    assert verdict("43", Fraction(85, 2)) == "reproduced"  # half up
    assert verdict("42", Fraction(85, 2)) == "reproduced"  # half to even
    assert verdict("44", Fraction(87, 2)) == "reproduced"
    assert verdict("43", Fraction(87, 2)) == "truncated"  # 43.5 rounds to 44 under both rules


def test_a_float_at_a_tie_counts_as_the_tie():
    nearly = 0.285 * 100  # 28.499999999999996 in binary
    assert nearly != 28.5
    assert verdict("29", nearly) == "reproduced"
    assert verdict("28", nearly) == "reproduced"


def test_the_tolerance_is_relative_so_that_tiny_p_values_keep_their_bounds():
    assert verdict("<1e-12", 1.5e-12) == "differs"
    assert verdict("<1e-12", 0.5e-12) == "reproduced"
    assert verdict("3e-13", 2e-13) == "differs"


def test_a_relation_is_taken_at_its_word():
    assert verdict("<0.001", 0.0009) == "reproduced"
    assert verdict("<0.001", 0.001) == "differs"
    assert verdict("≤0.001", 0.001) == "reproduced"
    assert verdict("more than 80", 80) == "differs"
    assert verdict("≥80", 80) == "reproduced"


def test_about_thirty_admits_what_rounds_to_the_last_digit_that_is_not_zero():
    assert verdict("about 30", 34.9) == "reproduced"
    assert verdict("about 30", 35.1) == "truncated"
    assert verdict("about 25", 25.6) == "truncated"
    assert verdict("about 25", 24.4) == "differs"


@pytest.mark.parametrize("value", [np.float64("nan"), np.float32("nan"), Decimal("nan")])
def test_a_value_that_is_not_a_number_has_no_verdict_whatever_its_type(value):
    with pytest.raises(ValueError, match="NaN"):
        verdict("5", value)
    assert value not in Bounds(0, 10, True, True)


@pytest.mark.parametrize("value", [None, "5", 5j, np.complex128(5), [5], True, np.array([5.0])])
def test_what_is_no_real_number_is_refused_by_its_type(value):
    for use in (
        lambda: verdict("5", value),
        lambda: show(value),
        lambda: value in admits("5").rounded,
    ):
        with pytest.raises(ValueError, match="a recomputed value is one real number; got"):
            use()


@pytest.mark.parametrize(
    "value", [np.int64(5), np.float32(5), np.float64(5), Decimal(5), Fraction(5)]
)
def test_every_kind_of_number_is_taken(value):
    assert (verdict("5", value), show(value, like="0.0")) == ("reproduced", "5.0")


def test_infinity_is_beyond_every_finite_bound():
    assert verdict(">100", math.inf) == "reproduced"
    assert verdict("≥100", math.inf) == "reproduced"
    assert verdict("<100", -math.inf) == "reproduced"
    assert verdict("<100", math.inf) == "differs"
    assert verdict("100", math.inf) == "differs"


def test_a_number_that_shows_as_zero_has_no_sign_and_a_large_one_all_its_digits():
    assert show(-0.125, like="0") == "0"
    assert show(-0.4, like="0.0") == "-0.4"
    assert show(Fraction(-1, 10**6), like="0.00") == "0.00"
    assert show(10**40 + 1) == str(10**40 + 1)
    assert show(Fraction(10**40 * 3 + 1, 3), like="0.0") == f"{10**40}.3"


def test_a_value_that_is_not_a_number_has_no_verdict():
    with pytest.raises(ValueError, match="NaN"):
        verdict("52.3", float("nan"))


def test_bounds_print_with_their_ends():
    assert str(admits("0").half_up) == "(-0.5, 0.5)"
    assert str(admits("-1.5").truncated) == "(-1.6, -1.5]"
    assert str(admits("<0.05").half_up) == "(-inf, 0.05)"


@pytest.mark.parametrize("rule", list(ROUNDINGS))
@pytest.mark.parametrize("places", [0, 1])
def test_the_admitted_values_are_those_that_decimal_arithmetic_prints_so(rule, places):
    step = Decimal(1).scaleb(-places)
    for tick in range(-260, 261):  # every hundredth of a unit across several printed values
        value = step * tick / 100
        for printed in range(-3, 4):
            text = f"{step * printed:f}"
            prints_so = value.quantize(step, rounding=ROUNDINGS[rule]) == step * printed
            assert (Fraction(value) in getattr(admits(text), rule)) == prints_so, (value, text)


@given(count=st.integers(0, 400), n=st.integers(1, 400), places=st.integers(0, 3))
def test_a_percentage_printed_from_counts_is_reproduced_or_truncated(count, n, places):
    percent = Fraction(100 * count, n)
    step = Decimal(1).scaleb(-places)
    exact = Decimal(percent.numerator) / Decimal(percent.denominator)
    rounded = f"{exact.quantize(step, rounding=ROUND_HALF_UP):f}"
    cut = f"{exact.quantize(step, rounding=ROUND_DOWN):f}"
    assert verdict(rounded, percent) == verdict(rounded, float(percent)) == "reproduced"
    assert verdict(cut, percent) in {"reproduced", "truncated"}
    assert show(percent, like=rounded) == rounded


@given(st.integers(-(10**6), 10**6), st.integers(0, 4))
def test_every_rule_admits_the_printed_value_and_the_hull_holds_each_rule(digits, places):
    text = f"{Decimal(digits).scaleb(-places):f}"
    interval, value = admits(text), parse(text).value
    for bounds in (interval.half_up, interval.half_even, interval.truncated, interval.rounded):
        assert value in bounds
        assert interval.either.lower <= bounds.lower
        assert bounds.upper <= interval.either.upper


def test_show_rounds_ties_away_from_zero_at_the_printed_number_of_decimals():
    assert show(Fraction(5, 2), like="9") == "3"
    assert show(-2.5, like="9") == "-3"
    assert show(0.285, like="0.00") == "0.29"
    assert show(100 * 11 / 21, like="52.3", extra=2) == "52.381"
    assert show(float("inf"), like="1.0") == "inf"


def test_an_infinite_value_is_in_no_rounded_interval():
    assert verdict("52.3", float("inf")) == "differs"
    assert verdict(">5", 1e300) == "reproduced"
    assert float("nan") not in Bounds(0, 1, True, True)
