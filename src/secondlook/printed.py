"""A printed number is text, and the interval of values that print so.

``"0.50"`` promises more than ``0.5``, and a printed ``"80"`` may have been rounded from 80.3 or
cut from 80.95. This module reads the text as papers write it, turns it into the values that it
admits under each rounding rule, and says whether a recomputed value is among them. Bounds are exact
fractions, so that a count over a denominator never falls on the wrong side of a tie; a float within
1e-12 (relative) of a bound counts as that bound, because 0.285 * 100 is not 28.5 in binary.
"""

from __future__ import annotations

import math
import numbers
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any, Literal

__all__ = ["Bounds", "Interval", "Number", "PrintedNumber", "admits", "parse", "show", "verdict"]

Relation = Literal["=", "<", "<=", ">", ">=", "~"]
PrintedVerdict = Literal["reproduced", "truncated", "differs"]
Number = int | float | Fraction

FLOAT_TOLERANCE = 1e-12
LONGEST = 200
"""Characters of the longest text that is read as a number."""
LARGEST_POWER = 300
"""The largest power of ten, up or down, as in 1.2e-300."""

# What the text says -------------------------------------------------------------------------------

_RELATIONS: dict[str, Relation] = {
    "<": "<", "less than": "<", "fewer than": "<", "below": "<", "under": "<",
    "<=": "<=", "≤": "<=", "⩽": "<=", "≦": "<=", "at most": "<=", "up to": "<=",
    ">": ">", "more than": ">", "greater than": ">", "above": ">", "over": ">",
    ">=": ">=", "≥": ">=", "⩾": ">=", "≧": ">=", "at least": ">=",
    "~": "~", "∼": "~", "≈": "~", "about": "~", "approximately": "~", "approx.": "~",
    "around": "~", "nearly": "~", "almost": "~", "circa": "~", "ca.": "~", "=": "=",
}  # fmt: skip
_RELATION = re.compile(
    r"(" + "|".join(sorted(map(re.escape, _RELATIONS), key=len, reverse=True)) + r")(?![a-z])\s*",
    re.IGNORECASE,
)
# "P = .03", "p<0.001", "P-value of 0.2": the letter says only what the number is.
_P = re.compile(r"[Pp](?:[- ]?values?)?\s*(?:(?==)|(?=[<>≤≥⩽⩾≦≧])|of\s)\s*")
_PERCENT = re.compile(r"\s*(?:%|per ?cent\.?)$", re.IGNORECASE)
# One kind of divider throughout: a comma, an apostrophe or a blank; or dots before a comma.
_GROUPED = re.compile(
    r"(?P<sign>[-+]?)(?P<whole>[1-9][0-9]{0,2}(?:(?:,[0-9]{3})+|(?:['’][0-9]{3})+"
    r"|(?:[\u2009\u202f\u00a0 ][0-9]{3})+))(?:[.\u00b7](?P<part>[0-9]+))?"
)
_DOTTED = re.compile(
    r"(?P<sign>[-+]?)(?P<whole>[1-9][0-9]{0,2}(?:(?:\.[0-9]{3})+(?=,)|(?:\.[0-9]{3}){2,}))"
    r"(?:,(?P<part>[0-9]+))?"
)
_PLAIN = re.compile(r"(?P<sign>[-+]?)(?P<whole>[0-9]*)(?:[.,\u00b7](?P<part>[0-9]+))?")
_POWER = re.compile(r"\s*(?:[eE]|[×x*]\s*10\s*\^?|\s[·⋅]\s*10\s*\^?)\s*(?P<power>[-+]?[0-9]+)$")
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d", "-"))

_NO_WIDTH = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
"""Signs that a reader does not see and that do not turn the direction of writing."""

_AS_SEEN = _DASHES | _NO_WIDTH

_UNITS = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
]  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORDS = {word: value for value, word in enumerate(_UNITS)} | {
    word: 10 * value for value, word in enumerate(_TENS, start=2)
}
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12,
} | {
    f"{word}th": value
    for word, value in _WORDS.items()
    if word not in ("zero", "one", "two", "three", "five", "eight", "nine", "twelve")
    and not word.endswith("y")
} | {f"{word[:-1]}ieth": value for word, value in _WORDS.items() if word.endswith("y")}  # fmt: skip
_BELOW_HUNDRED = _WORDS | _ORDINALS | {
    f"{ten} {word}": _WORDS[ten] + value
    for ten in _TENS for word, value in (_WORDS | _ORDINALS).items() if 0 < value < 10
}  # fmt: skip
_HUNDREDS = re.compile(rf"(?:(?P<many>a|{'|'.join(_UNITS[1:10])}) )?hundred(?:$| (?:and )?)")


@dataclass(frozen=True)
class PrintedNumber:
    """What the text of one printed number says: the value that its digits spell, exactly.

    `unit` is the worth of one step in the last printed digit, 1/10 for ``"52.3"``, and `relation`
    ``"="`` or what is printed before the number (``"~"`` for "about").
    """

    text: str
    value: Fraction
    unit: Fraction
    relation: Relation

    @property
    def decimals(self) -> int:
        """The number of decimal places printed; 0 for a whole number."""
        return max(0, len(str(self.unit.denominator)) - 1)


def parse(printed: str) -> PrintedNumber:
    """Return what the text of one printed number says.

    Understood are digits with a decimal point, decimal comma or middle dot; groups of three digits
    (``"1,113"``, ``"-1 113"``, ``"1.113,5"``); a percent sign or word; a sign or word of relation
    before the number (``"<0.001"``, ``"≥65"``, ``"about 25"``), also after a P; powers of ten
    (``"1.2e-4"``, ``"1.2×10⁻⁴"``); and English number words and ordinals below one thousand
    (``"Twenty-one"``, ``"a hundred"``, ``"third"``, ``"21st"``). Anything else is a ValueError,
    also a range such as ``"40-60"``: it is two numbers, thus two claims.

    Examples
    --------
    >>> parse("12,7").value
    Fraction(127, 10)
    >>> parse("Twenty-one").value
    Fraction(21, 1)
    """
    if not isinstance(printed, str):
        raise ValueError(
            f"a printed number is text, so that 0.50 keeps its zero; got {_shown(printed)} "
            f"({type(printed).__name__}): put it in quotes"
        )
    if len(printed) > LONGEST:
        raise ValueError(
            f"cannot read {printed[:40]!r}... as one printed number: it has {len(printed)} "
            f"characters, at most {LONGEST} are read"
        )
    return _parsed(printed)


@lru_cache(maxsize=4096)
def _parsed(printed: str) -> PrintedNumber:
    text = " ".join(printed.translate(_AS_SEEN).split())
    if found := _P.match(text):
        text = text[found.end() :]
    relation: Relation = "="
    if found := _RELATION.match(text):
        relation = _RELATIONS[found.group(1).lower()]
        text = text[found.end() :]
    text = _PERCENT.sub("", text)
    value_and_places = _digits(text) or _words(text)
    power = 0
    if value_and_places is None and (found := _POWER.search(text.translate(_SUPERSCRIPT))):
        power = int(found["power"][:6])
        value_and_places = _digits(text[: found.start()])
    if value_and_places is None:
        raise ValueError(
            f"cannot read {printed!r} as one printed number; write the digits as they are printed, "
            "and give each end of a range a claim of its own"
        )
    if abs(power) > LARGEST_POWER:
        raise ValueError(
            f"cannot read {printed!r} as one printed number: its power of ten is beyond "
            f"{LARGEST_POWER}"
        )
    value, places = value_and_places
    scale = Fraction(10) ** power
    return PrintedNumber(printed, value * scale, Fraction(1, 10**places) * scale, relation)


def _digits(text: str) -> tuple[Fraction, int] | None:
    """Return the value of digits and the number of decimals, or None if the text has others."""
    found = _DOTTED.fullmatch(text) or _GROUPED.fullmatch(text) or _PLAIN.fullmatch(text)
    if found is None or not (found["whole"] or found["part"]):
        return None
    part = found["part"] or ""
    value = Fraction(int(re.sub(r"[^0-9]", "", found["whole"]) + part), 10 ** len(part))
    return (-value if found["sign"] == "-" else value), len(part)


def _words(text: str) -> tuple[Fraction, int] | None:
    """Return the value of number words or an ordinal below one thousand, or None."""
    lower = text.lower()
    if found := re.fullmatch(r"([0-9]{1,4})(?:st|nd|rd|th)", lower):
        return Fraction(int(found[1])), 0
    said, hundreds = " ".join(lower.replace("-", " ").split()), 0
    if found := _HUNDREDS.match(said):
        said, hundreds = said[found.end() :], 100 * _WORDS.get(found["many"], 1)
        if not said:
            return Fraction(hundreds), 0
    below = _BELOW_HUNDRED.get(said)
    return None if below is None else (Fraction(hundreds + below), 0)


# Which values print so ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Bounds:
    """An interval of real numbers; an end is infinite or exact, and open or closed."""

    lower: Number
    upper: Number
    lower_closed: bool
    upper_closed: bool

    def __post_init__(self) -> None:
        """Refuse ends that are no numbers, and words for closed ends, which would all be true."""
        for end in (self.lower, self.upper):
            known(end, "an end of an interval")
        for closed in (self.lower_closed, self.upper_closed):
            truth(closed, "whether an end is closed")

    def __contains__(self, value: object) -> bool:
        """Whether `value` lies inside; a float at a bound to 1e-12 is taken to be that bound.

        Beyond every finite bound lies infinity: it is inside where no bound is on its side.
        """
        value = _number(value)
        if not isinstance(value, float):
            above = self.lower < value or (self.lower_closed and value == self.lower)
            below = value < self.upper or (self.upper_closed and value == self.upper)
            return above and below
        if not math.isfinite(value):
            return value in (self.lower, self.upper)
        if _same(value, self.lower):
            return self.lower_closed
        if _same(value, self.upper):
            return self.upper_closed
        return bool(self.lower < value < self.upper)

    def meets(self, other: Bounds) -> bool:
        """Whether some number lies in both."""
        lower, upper = max(self.lower, other.lower), min(self.upper, other.upper)
        return lower < upper or (lower == upper and lower in self and lower in other)

    def times(self, factor: Fraction) -> Bounds:
        """Return the interval of the products with a factor above 0."""
        lower, upper = self.lower * factor, self.upper * factor
        return Bounds(lower, upper, self.lower_closed, self.upper_closed)

    def whole(self, most: int) -> range:
        """Return the whole numbers inside, from 0 to `most`."""
        first = math.ceil(max(self.lower, 0)) if self.lower <= most else most + 1
        last = math.floor(min(self.upper, most)) if self.upper >= 0 else -1
        return range(first + (first not in self), last + (last in self))

    def ends(self, slack: float) -> tuple[float, float]:
        """Return the ends as floats, a slack further out if closed and further in if open."""
        lower = float(self.lower) - (slack if self.lower_closed else -slack)
        return lower, float(self.upper) + (slack if self.upper_closed else -slack)

    def __str__(self) -> str:
        """Write the interval with square brackets for closed ends and round ones for open ends."""
        left, right = "[" if self.lower_closed else "(", "]" if self.upper_closed else ")"
        return f"{left}{float(self.lower):g}, {float(self.upper):g}{right}"


@dataclass(frozen=True)
class Interval:
    """The values that print as one text, under each rounding rule.

    Rounded with ties away from zero (`half_up`, what most people and most statistics programs
    print) or to the even digit (`half_even`: IEC 60559; R's ``round``, Python, NumPy), or with the
    further digits cut off.
    """

    half_up: Bounds
    half_even: Bounds
    truncated: Bounds

    @cached_property
    def rounded(self) -> Bounds:
        """The values that print so under at least one of the two ways of rounding."""
        return _around_both(self.half_up, self.half_even)

    @property
    def either(self) -> Bounds:
        """The smallest interval that holds every value admitted under some rule."""
        return _around_both(self.rounded, self.truncated)


def _around_both(*both: Bounds) -> Bounds:
    """Return the smallest interval that holds two."""
    lower, upper = min(b.lower for b in both), max(b.upper for b in both)
    return Bounds(
        lower,
        upper,
        any(b.lower == lower and b.lower_closed for b in both),
        any(b.upper == upper and b.upper_closed for b in both),
    )


def admits(printed: str) -> Interval:
    """Return the values that print as this text, for each rounding rule.

    A relation is taken at its word: ``"<0.001"`` admits every smaller value. An approximate number
    ("about 30") admits what rounds to its last digit that is not a zero.

    Examples
    --------
    >>> interval = admits("52.3")
    >>> str(interval.half_up), str(interval.truncated)
    ('[52.25, 52.35)', '[52.3, 52.4)')
    >>> 100 * 11 / 21 in interval.truncated
    True
    """
    parse(printed)  # refuses what is no printed number before anything is kept
    return _admitted(printed)


@lru_cache(maxsize=4096)
def _admitted(printed: str) -> Interval:
    number = _parsed(printed)
    if number.relation == "~":
        return _around(number.value, _last_digit(number))
    if number.relation != "=":
        beyond = _beyond(number.value, number.relation)
        return Interval(beyond, beyond, beyond)
    return _around(number.value, number.unit)


def verdict(printed: str, recomputed: Number) -> PrintedVerdict:
    """Return whether a recomputed value, on the same scale, prints as the paper printed it.

    It is ``"reproduced"`` if some way of rounding gives the text, ``"truncated"`` if only cutting
    off the digits does, else ``"differs"``. What is no number is a ValueError.

    Examples
    --------
    >>> verdict("33.3", 100 * 7 / 21), verdict("52.3", 100 * 11 / 21), verdict("80", 66.7)
    ('reproduced', 'truncated', 'differs')
    """
    value = _number(recomputed)
    if value != value:
        known(value, f"the value recomputed for {_shown(printed)}")
    interval = admits(printed)
    if value in interval.rounded:
        return "reproduced"
    if value in interval.truncated:
        return "truncated"
    return "differs"


def show(value: Number, like: str = "", *, extra: int = 0) -> str:
    """Return a value as text, with the decimals of a printed number, ties away from zero.

    Without a number like which to print it has none; `extra` decimals, up to 200, are for a value
    that is to be shown beside the printed one.

    Examples
    --------
    >>> show(100 * 11 / 21, like="52.3"), show(100 * 11 / 21, like="52.3", extra=2)
    ('52.4', '52.381')
    """
    if not isinstance(extra, int) or isinstance(extra, bool) or not 0 <= extra <= LONGEST:
        raise ValueError(
            f"extra is {_shown(extra)}; give a whole number of decimals, 0 to {LONGEST}"
        )
    places = (0 if isinstance(like, str) and not like else parse(like).decimals) + extra
    value = _number(value)
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    nearest = round(Fraction(value) * 10 ** (places + 9))
    # As many digits as the number has, so that a large one is not rounded before its last place.
    context = Context(prec=len(str(abs(nearest))) + 5)
    decimal = Decimal(nearest).scaleb(-places - 9, context)
    shown = decimal.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, context)
    return f"{shown if shown else abs(shown):f}"


def words(text: str) -> str:
    """Return what a reader sees of words, in one case and with single blanks."""
    return " ".join(text.translate(_NO_WIDTH).split()).casefold()


def known(value: object, name: str) -> Number:
    """Return a recomputed value as a number, refusing what is none and NaN."""
    found = _number(value)
    if found != found:
        raise ValueError(
            f"{name} is not a number (NaN); "
            "a quantity that cannot be derived needs a result that says so"
        )
    return found


def truth(value: object, name: str) -> None:
    """Refuse what is neither True nor False; numpy's are, too."""
    if type(value).__name__ not in ("bool", "bool_"):
        raise ValueError(f"{name} is {_shown(value)}; it must be True or False")


def _number(value: Any) -> Number:
    """Return a recomputed value as a number whose arithmetic is exact, or Python's float."""
    if type(value) in (Fraction, float, int):
        return value  # type: ignore[no-any-return]
    if not isinstance(value, bool):
        if isinstance(value, (int, float, Fraction)):
            return value
        if isinstance(value, Decimal) and not value.is_snan():
            exact = value.is_finite() and abs(value.adjusted()) <= LARGEST_POWER
            return Fraction(value) if exact else float(value)
        # numpy counts its time spans among the integers.
        if isinstance(value, numbers.Real) and type(value).__name__ != "timedelta64":
            return int(value) if isinstance(value, numbers.Integral) else float(value)
    raise ValueError(
        f"a recomputed value is one real number; got {_shown(value)} ({type(value).__name__})"
    )


def _shown(value: object) -> str:
    from secondlook.inputs import shown  # with numpy, which a printed number does not need

    return shown(value)


def _last_digit(number: PrintedNumber) -> Fraction:
    unit = number.unit
    while number.value and number.unit >= 1 and (number.value / (unit * 10)).denominator == 1:
        unit *= 10
    return unit


def _around(value: Fraction, unit: Fraction) -> Interval:
    half = unit / 2
    even = (abs(value) / unit) % 2 == 0
    if value == 0:
        return Interval(
            Bounds(-half, half, False, False),
            Bounds(-half, half, True, True),
            Bounds(-unit, unit, False, False),
        )
    sides: Callable[[Number, Number, bool, bool], Bounds] = Bounds if value > 0 else _mirrored
    size = abs(value)
    return Interval(
        sides(size - half, size + half, True, False),
        sides(size - half, size + half, even, even),
        sides(size, size + unit, True, False),
    )


def _mirrored(lower: Number, upper: Number, lower_closed: bool, upper_closed: bool) -> Bounds:
    return Bounds(-upper, -lower, upper_closed, lower_closed)


def _beyond(value: Fraction, relation: Relation) -> Bounds:
    if relation in ("<", "<="):
        return Bounds(-math.inf, value, False, relation == "<=")
    return Bounds(value, math.inf, relation == ">=", False)


def _same(value: float, bound: Number) -> bool:
    if not math.isclose(value, bound, rel_tol=2 * FLOAT_TOLERANCE):
        return False  # far off, or infinite: most values, at no cost of fractions
    return abs(Fraction(value) - Fraction(bound)) <= FLOAT_TOLERANCE * abs(float(bound))
