"""What one line of a cell (or a clause of a sentence) says: a count with its percent.

Every pattern is linear in the length of the text: no quantifier stands inside another.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from secondlook import printed as numbers


def any_case(pattern: str) -> re.Pattern[str]:
    """Compile a pattern that takes capitals for small letters."""
    return re.compile(pattern, re.IGNORECASE)


WHOLE = r"(?:[1-9]\d{0,2}(?:[,\u202f]\d{3}){1,3}|\d{1,9})"
_SMALL = r"0,\d{3}(?![,.·]?\d)"
"""Where a comma behind a nought is the sign of decimals."""
REAL = (
    rf"(?:[1-9]\d{{0,2}}(?:[,\u202f]\d{{3}}){{1,4}}(?:\.\d{{1,9}})?|{_SMALL}|"
    r"\d{1,12}(?:[.·]\d{1,9}|,\d{1,2}(?!\d))?|[.·]\d{1,9})"
)
DECIMAL = (
    rf"(?:[1-9]\d{{0,2}}(?:,\d{{3}}){{1,4}}(?:[.·]\d{{1,17}})?|{_SMALL}|"
    r"\d{1,9}(?:[.·]\d{1,17})?|[.·]\d{1,17})"
)
"""A number where a comma stands between two numbers, and is no sign of decimals."""
_ONES = "one|two|three|four|five|six|seven|eight|nine"
COUNTED = (
    rf"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:{_ONES}))?|{_ONES}|zero|"
    "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
)
"""An English word below one hundred."""
MARK = r"(?:\^\(?[^\s()\[\],;^]{1,3}\)?,?){0,3}[*†‡§¶#]{0,4}"
"""A superscript or a sign that points to a footnote."""
CALLED = r"(?:C\.?I\.?s?|CrI|(?:confidence|credible) (?:interval|limit)s?(?:\s?[(\[]CI[)\]]?)?)"
"""What limits are called."""

_BEFORE = r"(?<![\d.,·^±<>≤≥=+-])(?<![^)]/)(?<![\d·^±<>≤≥=+-] )(?<![^)]/ )"
"""No part of another number; what a slash parts from a closed bracket begins anew."""
_BELOW = r"[<≤]\s?(?:1|0?[.·][15]0?(?=\s?%))"
"""A share too small to be printed: ``3 (<1%)``; in brackets ``<0.1`` alone is a P."""
_SHARES = tuple(
    re.compile(pattern.replace("~", r"\s?"))
    for pattern in (
        # n/N (p%), n of N (p%)
        rf"{_BEFORE}(?P<n>{WHOLE}){MARK}~(?:/|of|out of)~(?P<N>{WHOLE}){MARK}~[,;:]?~"
        rf"[(\[]~(?:%~)?(?P<p>{_BELOW}|{REAL})~(?P<pc>%?)~[)\]]",
        # p% (n/N)
        rf"{_BEFORE}(?P<p>{REAL})~(?P<pc>%?){MARK}~[(\[]~(?P<n>{WHOLE})~(?:/|of|out of)~"
        rf"(?P<N>{WHOLE})~[)\]]",
        # p% (n), and p (n) where p has decimals
        rf"{_BEFORE}(?P<p>{REAL})~(?P<pc>%){MARK}~[(\[]~(?:n ?= ?)?(?P<n>{WHOLE})~[)\]]",
        rf"{_BEFORE}(?P<p>\d{{1,3}}[.·]\d{{1,3}})~(?P<pc>){MARK}~[(\[]~(?:n ?= ?)?(?P<n>{WHOLE})~"
        r"[)\]]",
        # n (p%), n [p]
        rf"{_BEFORE}(?P<n>{WHOLE}){MARK}~[,;:]?~[(\[]~(?:%~)?(?P<p>{_BELOW}|{REAL})~(?P<pc>%?){MARK}~"
        r"[)\]]",
        # n, p%
        rf"{_BEFORE}(?P<n>{WHOLE}){MARK}~[,;] (?P<p>{REAL})~(?P<pc>%)",
    )
)
_OPENED = re.compile(r"[(\[]\s?(?:n ?= ?|%\s?|[<≤]\s?)?[\d.·]")
_ONLY_WHOLE = re.compile(rf"\s*[*†‡§¶#]?({WHOLE}){MARK}\s*$")
_ONLY_PERCENT = re.compile(rf"\s*[(\[]?\s*({REAL})\s*(%?){MARK}\s*[)\]]?\s*$")
_SMALL = r"(?:\d(?:\.\d{1,8})?|\.\d{1,8})[eE]-\d{1,3}"
_POWER_OF_TEN = re.compile(
    r"(?P<before>(?:^|\b[pP](?:\s?-?\s?values?)?)\s*[<>≤≥=]?\s*)(?P<digits>\d?\.\d{1,8}|\d)"
    r"\s?[×xX*]\s?10\s?\^?\s?-\s?(?P<exponent>\d{1,3})(?!\d)"
)
_TIMES_TEN = re.compile(r"[×xX*]\s?10")
_P_VALUE = re.compile(
    rf"\s*(?:-?\d{{0,4}}\.\d{{1,4}}\s?[;,|]\s)?(?:\^?\(?[*†‡]{{1,3}}\)?\s?)?(?:[pP]\s*)?(?P<p>(?:[<>≤≥=]\s*)?(?:0|1)?[.,·]\s?\d{{1,9}}"
    rf"|(?:[<>≤≥=]\s*)?1|(?:[<>≤≥=]\s*)?{_SMALL})[a-h]?\s?{MARK}(?:\s{MARK})?\s*$"
)

_FLOAT = 1e-12
"""More than what a float is off."""
_NO_EFFECT = any_case(r"n\.?\s?s\.?")
"""What stands for a P above 0.05."""


@dataclass
class Share:
    """A count and a percent as printed; `over` is the denominator where the text itself has it."""

    text: str
    count: int
    percent: str
    sign: bool = False
    over: int | None = None
    swapped: bool = False
    start: int = 0

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)

    def prints(self, of: int) -> str:
        """Say whether the count of `of` prints as the percent: as `printed.verdict`."""
        return printed_as(self.percent, self.count, of)

    def fits(self, of: int) -> bool:
        """Whether the count of `of` prints as the percent."""
        return of >= self.count and self.prints(of) != "differs"

    def units_off(self, of: int) -> float:
        """Return how many units of its last digit lie between the percent and that of the count.

        A bound (``<1``) is kept or is not; nothing is nearly below it.
        """
        number = numbers.parse(self.percent)
        if number.relation != "=":
            return math.inf if self.prints(of) == "differs" else 0.0
        return float(abs(number.value - Fraction(100 * self.count, of)) / number.unit)

    def nearly(self, of: int) -> bool:
        """Whether it is at most one unit of its last digit off."""
        return of >= max(self.count, 1) and self.units_off(of) <= 1

    def padded(self, of: int) -> bool:
        """Whether it holds with fewer decimals, to which zeros were added: 48.2 as 48.0."""
        shorter = without_zeros(self.percent)
        fits = of >= self.count and shorter != self.percent
        return fits and printed_as(shorter, self.count, of) == "reproduced"

    @property
    def span(self) -> tuple[int, int] | None:
        """The least and the largest size of which the count prints so."""
        return sizes_printing(self.percent, self.count)

    def exactly(self, of: int) -> str:
        """Say which percent the count is, with one more digit than is printed."""
        exact = numbers.show(100 * self.count / of, like=self.percent, extra=1)
        return f"{self.count} of {of} is {exact} %"

    def is_left_by(self, others: Iterable[str], of: int) -> bool:
        """Whether other percents leave it of 100, and it is off by no more than their rounding."""
        told = [numbers.parse(percent.lstrip("<≤>≥~")) for percent in others]
        off = abs(value(self.percent) - Fraction(100 * self.count, of))
        left = 100 - sum(number.value for number in told)
        return left == value(self.percent) and off <= sum(number.unit for number in told) / 2


def whole(text: str) -> int:
    """Return the whole number that digits with or without groups spell."""
    return int(re.sub(r"\D", "", text))


def numeral(word: str) -> int | None:
    """Return the whole number that digits or an English word spell."""
    try:
        number = numbers.parse(word).value
    except ValueError:
        return None
    return int(number) if number.denominator == 1 else None


def shares(line: str) -> Iterator[Share]:
    """Find each count with a percent, from left to right; none overlaps another."""
    bracketed = _OPENED.search(line)
    if not bracketed and "%" not in line:
        return
    found: list[Share] = []
    for kind, pattern in enumerate(_SHARES):
        if not bracketed and kind < len(_SHARES) - 1:
            continue  # the last alone has no brackets
        for match in pattern.finditer(line):
            text, of = match[0].strip(), match.groupdict().get("N")
            count, percent = whole(match["n"]), match["p"].replace("·", ".")
            over, swapped = whole(of) if of else None, kind in (1, 2, 3)
            found.append(Share(text, count, percent, "%" in text, over, swapped, match.start()))
    yield from apart(found)


def apart(found: Iterable[Share]) -> list[Share]:
    """Return those that overlap none before them, from left to right."""
    told, kept = list(found), []
    taken = bytearray(max((share.end for share in told), default=0))
    for share in told:
        if not any(taken[share.start : share.end]):
            taken[share.start : share.end] = b"1" * len(share.text)
            kept.append(share)
    return sorted(kept, key=lambda share: share.start)


def only_count(text: str) -> int | None:
    """Return the number of a cell that holds one whole number and nothing else."""
    match = _ONLY_WHOLE.match(text)
    return whole(match[1]) if match else None


def only_percent(text: str) -> tuple[str, bool] | None:
    """Return the digits of a cell that holds one number, and whether a percent sign follows."""
    match = _ONLY_PERCENT.match(text)
    return (match[1].replace("·", "."), bool(match[2])) if match else None


def with_exponents(text: str) -> str:
    """Write a P of ``1.7 × 10^-4`` as ``1.7e-4``, also where the superscript was lost."""
    if not _TIMES_TEN.search(text):
        return text
    return _POWER_OF_TEN.sub(r"\g<before>\g<digits>e-\g<exponent>", text)


def p_value(text: str) -> str | None:
    """Return the text of a P value, with its relation, if the cell holds nothing else."""
    match = _P_VALUE.match(with_exponents(text))
    if not match:
        return ">0.05" if _NO_EFFECT.fullmatch(text.strip()) else None
    found = bare_p(match["p"])
    return found if value(found) <= 1 else None


def bare_p(text: str) -> str:
    """Return a printed P without blanks and without a sign that it equals."""
    return text.replace("·", ".").replace(" ", "").removeprefix("=")


def without_zeros(number: str) -> str:
    """Return a printed number without the zeros that end its decimals: 48.2 of 48.20."""
    return number.rstrip("0").rstrip(".") or "0" if "." in number else number


def value(text: str) -> Fraction:
    """Return the value that a printed number spells."""
    return numbers.parse(text).value


def amount(text: str) -> float:
    """Return the value that a printed number spells, as a float."""
    return float(value(text))


@lru_cache(maxsize=1 << 16)
def printed_as(percent: str, count: int, of: int) -> str:
    """Say whether `count` of `of` prints as this percent: as `printed.verdict`."""
    if of <= 0:
        return "differs"
    near, (low, high) = 100 * count / of, _ends(percent)
    if not low <= near * (1 + _FLOAT) or not near * (1 - _FLOAT) <= high:
        return "differs"
    return numbers.verdict(percent, Fraction(100 * count, of))


@lru_cache(maxsize=1 << 16)
def _ends(percent: str) -> tuple[float, float]:
    """Return the ends of what prints as a percent."""
    bounds = numbers.admits(percent).either
    return float(bounds.lower), float(bounds.upper)


def rounded_twice(text: str, exact: Fraction | float) -> bool:
    """Whether it was rounded to one digit more first: 12 of 22 as 54.55, and then as 54.6."""
    number = numbers.parse(text)
    first = round(Fraction(exact) / (number.unit / 10)) * number.unit / 10
    return abs(first - number.value) <= number.unit / 2


def spanned(span: tuple[int, int]) -> str:
    """Say which sizes, where they are one or several."""
    return f"{span[0]}" if span[0] == span[1] else f"{span[0]} to {span[1]}"


def p_bounds(text: str) -> tuple[float, float]:
    """Return the least and the largest P that prints so, rounded or cut."""
    bounds = numbers.admits(text).either
    return max(0.0, float(bounds.lower)), min(1.0, float(bounds.upper))


@lru_cache(maxsize=1 << 16)
def sizes_printing(percent: str, count: int) -> tuple[int, int] | None:
    """Return the least and the largest N of which `count` prints so, rounded or cut; None if none.

    A printed 0 has no largest N; a count of 0 has no N that means anything.
    """
    if count == 0:
        return None
    bounds = numbers.admits(percent).either
    low = -(-100 * count // Fraction(bounds.upper))
    high = 10**9 if bounds.lower <= 0 else 100 * count // Fraction(bounds.lower)
    possible = range(max(1, low), high + 1)
    ends = {*possible[:3], *possible[-3:]}  # percents are monotone between them
    fitting = sorted(n for n in ends if printed_as(percent, count, n) != "differs")
    return (fitting[0], high if high == 10**9 else fitting[-1]) if fitting else None


def nearly_of_any(percent: str, count: int) -> bool:
    """Whether some number of patients gives a percent within two units of its last digit."""
    number = numbers.parse(percent)
    low, high = number.value - 2 * number.unit, number.value + 2 * number.unit
    return low <= 0 or 100 * count // low >= 100 * count / high
