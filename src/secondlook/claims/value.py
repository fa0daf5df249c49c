"""What a derivation works with: tables and claims, values with their rounding, answers."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from secondlook import printed
from secondlook.claims.verdict import Result
from secondlook.printed import Bounds, Number

_MOST_NAMED = 8
_MOST_LISTED = 30


@dataclass(frozen=True)
class Rows:
    """A table of the paper: its cells as text, a missing one as None."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[Mapping[str, str | None]]


@dataclass(frozen=True)
class Value:
    """The value of a part of an expression, and what it rests on.

    `source` is the part as written, `said` the same with numbers in place of names; `value` takes
    every number as printed, from `low` to `high` is what the rounding of printed numbers allows.
    It rests on claims and parts of tables; a name has no `parts`.
    """

    source: str
    said: str
    value: Fraction
    low: Number
    high: Number
    rests_on: frozenset[str] = frozenset()
    parts: tuple[Value, ...] = ()

    @property
    def within(self) -> Bounds | None:
        """The limits that rounding allows, or None if there is no rounded number in it."""
        if self.low == self.high:
            return None
        return Bounds(self.low, self.high, True, True)


@dataclass(frozen=True)
class Answer:
    """The result of a derivation, with what it rests on and the values of its expressions."""

    result: Result
    rests_on: frozenset[str]
    values: tuple[Value, ...] = ()


def limits_of(text: str) -> tuple[Number, Number]:
    """Return the least and the greatest value that a printed number may stand for.

    Whole numbers count, and are taken as they are; decimals were rounded, or cut.
    """
    number = printed.parse(text)
    if number.decimals == 0 and number.unit == 1:
        return number.value, number.value
    either = printed.admits(text).either
    return either.lower, either.upper


def number_in(cell: str | None) -> Fraction | None:
    """Return the one number in a cell, if there is one."""
    if cell is None:
        return None
    try:
        number = printed.parse(cell)
    except ValueError:
        return None
    return number.value if number.relation == "=" else None


def bracketed(value: Value, sign: str = "*", *, last: bool = False) -> str:
    """Return a part's words, in brackets where the words bind less than the sign beside them.

    A phrase has its value before it, if it does not begin with it.
    """
    outer = value.said
    while (inner := re.sub(r"\([^()]*\)", "", outer)) != outer:  # what has brackets needs none
        outer = inner
    loose, tight, phrase = (
        any(f" {each} " in outer for each in words)
        for words in (("+", "−"), ("×", "/"), ("of", "and", "less", "by"))
    )
    needs = (loose and (sign in "*/" or (sign == "-" and last))) or (
        tight and sign in "*/" and last
    )
    if phrase or "," in outer:
        words = summed(value)
        return f"({words})" if words == value.said else words
    return f"({value.said})" if needs else value.said


def summed(value: Value) -> str:
    """Return a part's words; with its value before it, if it is made of several."""
    first = f"{plain(value.value)} ("
    if value.said.startswith(first) or not (value.parts or value.said.startswith("the ")):
        return value.said
    return f"{first}{value.said})"


def enumerated(words: Sequence[str]) -> str:
    """Return words as a list in a sentence: ``a, b and c``."""
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last


def in_digits(text: str, value: Fraction) -> str:
    """Return a printed number as it is printed, but a word or a comma in plain digits."""
    digits = plain(value)
    has_digits = any(sign.isdigit() for sign in text)
    return text if (has_digits and "," not in text) or Fraction(digits) != value else digits


def paper_in_words(name: str) -> str:
    """Return ``other-key, `` of ``other-key:id``, a claim of another paper; else nothing."""
    paper, colon, _ = name.rpartition(":")
    return f"{paper}, " if colon else ""


def table_in_words(name: str) -> str:
    """Return the name of a table of the data as a table."""
    return name if name.startswith("table") else f"table {name}"


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the names that are most like one that is unknown, as the end of a sentence.

    Where none is like it and they are few, all of them.
    """
    names = list(known)
    if near := difflib.get_close_matches(name, names, 3, 0.5):
        return f"; the nearest known are {', '.join(near)}"
    return f"; there are {', '.join(names)}" if 0 < len(names) <= _MOST_LISTED else ""


def plain(value: Fraction) -> str:
    """Return a value in few digits."""
    return str(value.numerator) if value.denominator == 1 else f"{float(value):.6g}"


def exactly(number: int) -> Value:
    """Return a whole number of a definition as a value."""
    whole = Fraction(number)
    return Value(str(number), str(number), whole, whole, whole)


def resting(parts: Iterable[Value]) -> frozenset[str]:
    """Return all that some values rest on."""
    return frozenset().union(*(part.rests_on for part in parts))


def legend(rests_on: frozenset[str]) -> str:
    """Return the names of what something rests on, to stand after its words."""
    # A statistic has its table in its words; a cell is only a number, and is named.
    cells = {name for name in rests_on if name.startswith("cell(")}
    names = sorted([*map(_cell_in_words, cells), *(name for name in rests_on if "(" not in name)])
    if len(names) > _MOST_NAMED:
        names = [*names[: _MOST_NAMED - 1], f"{len(names) - _MOST_NAMED + 1} more"]
    return f" [{('; ' if cells else ', ').join(names)}]" if names else ""


def _cell_in_words(source: str) -> str:
    """Return ``cell(doi, "first page", printed)`` as ``table doi: first page, printed``.

    And ``cell(references.number, year = 1982)`` as ``table references: number with year = 1982``.
    """
    inner = source.removeprefix("cell(").removesuffix(")").replace('"', "")
    table, labels = re.split(r",\s*", inner, maxsplit=1)
    table, point, column = table.partition(".")
    return f"{table_in_words(table)}: {column}{' with ' if point else ''}{labels}"
