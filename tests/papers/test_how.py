"""Correct: what a result says of how it is made adds up to its value, from printed numbers.

`how` is text for readers: "9 in first line + 9 at relapse", "31 less 24 assessed", "17 + 9 of 31,
in percent". Its sums are done again here, from the text alone.
"""

import re
from fractions import Fraction

import pytest
from numpy.testing import assert_allclose

from papers.droracle_2025 import shared_denominator
from papers.kayser_2022 import facts
from papers.kucukciler_2021 import data, rates
from papers.morley_2016 import percents, phase_three
from secondlook import claims, claims_file
from secondlook.claims import Derived, NotDerivable
from secondlook.numerals import parse

NUMBER = r"\d+(?:\.\d+)?"
NAMES = re.compile(
    rf"\b(?:Tables?|Figure|Section|reference|version|grade|case|month|ECOG) {NUMBER}(?:–\d+)?"
)
TERM = re.compile(rf"(?P<sign>^|\+|\bless\b|\band\b|\bof\b)\s*(?P<number>{NUMBER})")
# Texts that begin with a sum. A text that is no longer read as one would go unseen.
SUMS = {"droracle-2025": 1, "kayser-2022": 50, "kucukciler-2021": 10, "morley-2016": 40}


def computed(key):
    """Return the numbers of a document's texts that it does not print, made by the code."""
    if key == "droracle-2025":
        return {shared_denominator.smallest()}
    if key == "kayser-2022":
        # The last is a bound of our own on the size of a trial.
        return {Fraction(str(facts.DAYS_IN_A_MONTH)), 1000}
    if key == "kucukciler-2021":
        cited = rates.beside_the_literature()["n"]
        return {int(data.cohort()["survival"].sum()), 2021, *cited.tolist()}
    if key == "morley-2016":
        _, second, _ = phase_three.equal_arms()
        one = percents.number("p2-n") - percents.number("p2-response-count")
        other = percents.number("keb-n") - percents.number("keb-vod-deaths")
        responders = sum(percents.number(f"{stem}-count") for stem in percents.RESPONSES)
        return {second, int(phase_three.fitting(13)["n_soc"].min()), one, other, responders}
    return set()


def worth(how):
    """Do the sum that a text begins with: a + b, a less b, a of n in percent; None for others."""
    text = NAMES.sub("", re.sub(r"\([^)]*\)", "", how))
    text = re.sub(r"^[^\d:]*: ", "", text)
    steps = [part for part in re.split(r"\s*[:=]\s*", text) if re.match(NUMBER, part)]
    if how.startswith("restated") or not steps or re.search(r"\bless (?!\d)", text):
        return None
    sums = [sum_and_size(step) for step in steps]
    assert len({total for total, _ in sums}) == 1, f"{how}: {sums}"
    total, size = sums[-1]
    return total if size is None else 100 * total / size


def sum_and_size(text):
    total = Fraction(0)
    for term in TERM.finditer(text):
        number = Fraction(term["number"])
        if term["sign"] == "of":
            return total, number
        total += -number if term["sign"] in ("less", "and") else number
    return total, None


def printed_numbers(key):
    found = set()
    for claim in claims_file.read(key):
        try:
            found.add(parse(claim.printed).value)
        except ValueError:  # a date
            found |= set(map(Fraction, re.findall(NUMBER, claim.printed)))
    return found


@pytest.mark.parametrize("key", claims.keys())
def test_a_sum_in_words_is_the_value(key):
    read = 0
    for claim, result in claims.recompute(key).items():
        if isinstance(result, Derived) and (amount := worth(result.how)) is not None:
            read += 1
            assert_allclose(float(result.value), float(amount), rtol=1e-12, err_msg=claim)
    assert read >= SUMS.get(key, 0)


@pytest.mark.parametrize("key", claims.keys())
def test_every_number_in_words_is_printed_or_computed(key):
    known = printed_numbers(key) | computed(key)
    unknown = {}
    for claim, result in claims.recompute(key).items():
        if isinstance(result, NotDerivable):
            continue
        text = re.sub(r"(?<=\d),(?=\d{3})", "", NAMES.sub("", result.how))
        numbers = set(map(Fraction, re.findall(NUMBER, text)))
        if not numbers <= known:
            unknown[claim] = result.how
    assert unknown == {}


def test_sums_are_read_as_they_are_meant():
    assert worth("9 in first line + 9 at relapse (Methods)") == 18
    assert worth("12 less 6 and 3") == 3
    assert worth("17 + 27 + 8 = 52 of 90, in percent") == Fraction(5200, 90)
    assert worth("14 of 21 on days 1, 4 and 7 (Section 2.2), in percent") == Fraction(200, 3)
    assert worth("31 less the other responses") is None
    with pytest.raises(AssertionError):
        worth("29 less 9 severe: 21 of 49")
