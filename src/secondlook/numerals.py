"""Read the text of one printed number: its relation, its digits, the worth of the last digit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Relation = Literal["=", "<", "<=", ">", ">=", "~"]

_RELATIONS: dict[str, Relation] = {
    "<": "<", "less than": "<", "below": "<", "under": "<",
    "<=": "<=", "≤": "<=", "⩽": "<=", "at most": "<=", "up to": "<=",
    ">": ">", "more than": ">", "above": ">", "over": ">",
    ">=": ">=", "≥": ">=", "⩾": ">=", "at least": ">=",
    "~": "~", "≈": "~", "about": "~", "approximately": "~", "around": "~", "nearly": "~",
    "almost": "~", "=": "=",
}  # fmt: skip
_RELATION = re.compile(
    r"^(" + "|".join(sorted(map(re.escape, _RELATIONS), key=len, reverse=True)) + r")\s*",
    re.IGNORECASE,
)
_GROUPED = re.compile(r"^[1-9]\d{0,2}([,\u2009\u202f\u00a0 ]\d{3})+(?=$|\.)")
_PLAIN = re.compile(r"^(?P<sign>[-\u2212+]?)(?P<whole>\d*)(?:[.,\u00b7](?P<part>\d+))?$")
_POWER = re.compile(r"\s*(?:[eE]|[×x]\s*10\^?)\s*(?P<power>[-\u2212+]?\d+)$")

_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORDS = {word: value for value, word in enumerate(_UNITS)} | {
    word: 10 * value for value, word in enumerate(_TENS, start=2)
}


@dataclass(frozen=True)
class PrintedNumber:
    """What the text of one printed number says.

    Attributes
    ----------
    text
        As printed.
    value
        The number that the digits spell, exactly.
    unit
        The worth of one step in the last printed digit: 1/10 for ``"52.3"``.
    relation
        ``"="``, or the sign or word printed before the number (``"~"`` for "about").
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
    """Read the text of one printed number.

    Understood are digits with a decimal point, decimal comma or middle dot; groups of three digits
    (``"1,113"``); a percent sign; a sign or word of relation before the number (``"<0.001"``,
    ``"≥65"``, ``"about 25"``); powers of ten (``"1.2e-4"``, ``"1.2×10^-4"``); and English number
    words below one hundred (``"Twenty-one"``).

    Raises
    ------
    ValueError
        If the text is not one number. A range such as ``"40-60"`` is two numbers, thus two claims.

    Examples
    --------
    >>> parse("12,7").value
    Fraction(127, 10)
    >>> parse("Twenty-one").value
    Fraction(21, 1)
    """
    if not isinstance(printed, str):
        raise ValueError(
            f"a printed number is text, so that 0.50 keeps its zero; got {printed!r} "
            f"({type(printed).__name__}): put it in quotes"
        )
    text = " ".join(printed.replace("\u2212", "-").split())
    relation: Relation = "="
    if found := _RELATION.match(text):
        relation = _RELATIONS[found.group(1).lower()]
        text = text[found.end() :]
    text = text.removesuffix("%").rstrip()
    power = 0
    if found := _POWER.search(text):
        power = int(found["power"])
        text = text[: found.start()]
    value_and_places = _digits(text) or _words(text)
    if value_and_places is None:
        raise ValueError(
            f"cannot read {printed!r} as one printed number; write the digits as they are printed, "
            "and give each end of a range a claim of its own"
        )
    value, places = value_and_places
    scale = Fraction(10) ** power
    return PrintedNumber(printed, value * scale, Fraction(1, 10**places) * scale, relation)


def _digits(text: str) -> tuple[Fraction, int] | None:
    grouped = _GROUPED.match(text)
    if grouped:
        text = re.sub(r"\D", "", grouped.group()) + text[grouped.end() :]
    found = _PLAIN.match(text)
    if not found or not (found["whole"] or found["part"]):
        return None
    part = found["part"] or ""
    value = Fraction(int((found["whole"] or "0") + part), 10 ** len(part))
    return (-value if found["sign"] == "-" else value), len(part)


def _words(text: str) -> tuple[Fraction, int] | None:
    parts = text.lower().replace("-", " ").split()
    if len(parts) == 1 and parts[0] in _WORDS:
        return Fraction(_WORDS[parts[0]]), 0
    if len(parts) == 2 and parts[0] in _TENS and parts[1] in _UNITS[1:10]:
        return Fraction(_WORDS[parts[0]] + _WORDS[parts[1]]), 0
    return None
