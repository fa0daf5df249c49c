"""The verdicts with their meanings, and the kinds of result that a derivation can give for a claim.

Each kind of result computes its own verdict from the printed text.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, Protocol, get_args

from secondlook import printed
from secondlook.printed import Bounds, Number

Verdict = Literal[
    "reproduced",
    "truncated",
    "differs",
    "conflicts",
    "attainable",
    "unattainable",
    "not-derivable",
]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

MEANINGS: dict[Verdict, str] = {
    "reproduced": "What the paper prints elsewhere gives this number, correctly rounded.",
    "truncated": "It follows only if the digits were cut off instead of rounded.",
    "differs": "The paper's own data give another number.",
    "conflicts": (
        "Read plainly, two printed statements cannot both hold, and nothing printed says which is "
        "right; the reason names a reading that saves both, if there is one."
    ),
    "attainable": (
        "Not determined, but at least one data set that agrees with what else is printed of it "
        "gives it."
    ),
    "unattainable": "No data set that agrees with what else is printed of it gives it.",
    "not-derivable": "Nothing printed bears on it; the ledger says what would be needed.",
}
"""What each verdict says, in the order of the vocabulary."""

_YEAR = re.compile(r"(?:19|20)\d\d")
_OF_A_DATE = re.compile(
    rf"{_YEAR.pattern}|\d\d?(?:st|nd|rd|th)?|"
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*"
)


class Result(Protocol):
    """What a recomputation says about one claim."""

    @property
    def how(self) -> str:
        """How the result is made, in one line."""

    def verdict(self, text: str) -> Verdict:
        """Return the verdict on the printed text."""

    def shown(self, text: str) -> str:
        """Write the result beside the printed text, with two more decimals than it has."""


@dataclass(frozen=True)
class Derived:
    """One value follows from what the paper prints elsewhere, each number taken as printed.

    `within` are the values that follow if the rounded numbers among them are taken for all that
    print so, which may make the claim attainable; None if it rests on counts alone.
    """

    value: Number
    how: str
    within: Bounds | None = None

    def __post_init__(self) -> None:
        """Refuse what is no number."""
        _check_words(self.how)
        object.__setattr__(self, "value", printed.known(self.value, f"{self.how}: the value"))

    def verdict(self, text: str) -> Verdict:
        """Return what the value says of the printed digits."""
        found = printed.verdict(text, self.value)
        if found == "reproduced" or self.within is None:
            return found
        admitted = printed.admits(text)
        if self.within.meets(admitted.rounded):
            return "attainable"
        if found == "differs" and self.within.meets(admitted.truncated):
            return "attainable"
        return found

    def shown(self, text: str) -> str:
        """Write the value, with its limits where the printed digits lie elsewhere in them."""
        value = _shown(self.value, text)
        if self.within is not None and self.verdict(text) == "attainable":
            low, high = (_shown(end, text) for end in (self.within.lower, self.within.upper))
            return f"{value} ({low} to {high})"
        return value


@dataclass(frozen=True)
class Restated:
    """The number is printed elsewhere, too, as this `text`, and that is all that bears on it.

    With fewer digits or as a bound there, the claim is attainable at best.
    """

    text: str
    how: str

    def __post_init__(self) -> None:
        """Refuse what is no text or has no words."""
        _check_words(self.how)
        if not isinstance(self.text, str) or not self.text.strip():
            raise ValueError(
                f"{self.how}: the text restated is {self.text!r}; give what is printed"
            )

    def verdict(self, text: str) -> Verdict:
        """Return whether the two texts agree; words that are no number must be the same words.

        A date may have its day or its month at one place alone.
        """
        try:
            here, there = printed.parse(text), printed.parse(self.text)
        except ValueError:
            return _of_words(printed.words(text), printed.words(self.text))
        if (here.relation, here.value) == (there.relation, there.value):
            return "reproduced"
        if there.relation == "=":
            found = printed.verdict(text, there.value)
            if found != "differs":
                return found
        # The other place may be this number with fewer digits, a bound of it, or "about" it.
        elsewhere = printed.admits(self.text).either
        if here.relation == "=":
            fits = here.value in elsewhere
        else:
            fits = there.relation != "=" and printed.admits(text).either.meets(elsewhere)
        return "attainable" if fits else "conflicts"

    def shown(self, text: str) -> str:
        """Write the number as the other place prints it."""
        return self.text


@dataclass(frozen=True)
class Alternatives:
    """Several printed statements give the quantity, and nothing printed says which is right.

    By place, the value that follows from what is printed there, and the values that its rounding
    allows.
    """

    values: Mapping[str, Number]
    how: str
    within: Mapping[str, Bounds] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what is no mapping of places to numbers, and one of none."""
        _check_words(self.how)
        if not isinstance(self.values, Mapping) or not self.values:
            raise ValueError(f"{self.how}: no alternatives were given; give values by their place")
        for place, value in self.values.items():
            printed.known(value, f"{self.how}: {place}")

    def verdict(self, text: str) -> Verdict:
        """Return whether every statement agrees with the printed text."""
        verdicts = {
            Derived(value, "", self.within.get(place)).verdict(text)
            for place, value in self.values.items()
        }
        if "differs" in verdicts:
            return "conflicts"
        order: tuple[Verdict, ...] = ("attainable", "truncated", "reproduced")
        return next(each for each in order if each in verdicts)

    def shown(self, text: str) -> str:
        """Write each value with its place."""
        return "; ".join(f"{_shown(value, text)} ({place})" for place, value in self.values.items())


@dataclass(frozen=True)
class Contradicted:
    """Another printed statement bears on the claim by logic rather than through one value.

    `by` is that statement in words; `contradicts` says if the two cannot both hold, as computed.
    """

    by: str
    contradicts: bool
    how: str

    def __post_init__(self) -> None:
        """Refuse words, which would all be true."""
        _check_words(self.how)
        printed.truth(self.contradicts, f"{self.how}: contradicts")

    def verdict(self, text: str) -> Verdict:
        """Return whether the two statements can both hold."""
        return "conflicts" if self.contradicts else "reproduced"

    def shown(self, text: str) -> str:
        """Write the other statement."""
        return self.by


@dataclass(frozen=True)
class Possible:
    """The values, or their range, of data sets that agree with what else is printed of the claim.

    `shown_as` are words for the ledger where the values are too many to list; `found_in` stands
    behind the values that are listed, where they are not all: "in a constructed set".
    """

    values: Iterable[Number] | Bounds
    how: str
    shown_as: str = ""
    found_in: str = ""

    def __post_init__(self) -> None:
        """Keep the values of a generator, which is read only once; refuse what is no number."""
        _check_words(self.how)
        if not isinstance(self.values, Bounds):
            if not isinstance(self.values, Iterable) or isinstance(self.values, str | bytes):
                raise ValueError(
                    f"{self.how}: the values are {self.values!r}; give a list or Bounds"
                )
            name = f"{self.how}: a value"
            values = tuple(printed.known(value, name) for value in self.values)
            object.__setattr__(self, "values", values)

    def verdict(self, text: str) -> Verdict:
        """Return whether an attainable value prints so, rounded, or only cut."""
        interval = printed.admits(text)
        if self._reaches(interval.rounded):
            return "attainable"
        return "truncated" if self._reaches(interval.truncated) else "unattainable"

    def _reaches(self, admitted: Bounds) -> bool:
        """Whether one of the values lies in an interval."""
        if isinstance(self.values, Bounds):
            return self.values.meets(admitted)
        return any(value in admitted for value in self.values)

    def shown(self, text: str) -> str:
        """Write the values, or their range if they are many."""
        if self.shown_as:
            return self.shown_as
        return f"{self._listed(text)} {self.found_in}".rstrip()

    def _listed(self, text: str) -> str:
        if isinstance(self.values, Bounds):
            return f"{_shown(self.values.lower, text)} to {_shown(self.values.upper, text)}"
        distinct = sorted(set(self.values))
        if not distinct:
            return "none"
        if len(distinct) > 4:
            return f"{_shown(distinct[0], text)} to {_shown(distinct[-1], text)}"
        return ", ".join(_shown(value, text) for value in distinct)


@dataclass(frozen=True)
class Searched:
    """A search of the data sets that agree with a printed curve has decided the claim.

    `found` is the verdict, `shown_as` the values that constructed data sets give, in words.
    """

    found: Verdict
    how: str
    shown_as: str

    def __post_init__(self) -> None:
        """Refuse what is no verdict."""
        _check_words(self.how)
        if not isinstance(self.found, str) or self.found not in VERDICTS:
            raise ValueError(f"{self.how}: found is {self.found!r}; give {', '.join(VERDICTS)}")

    def verdict(self, text: str) -> Verdict:
        """Return what the search found."""
        return self.found

    def shown(self, text: str) -> str:
        """Write the values."""
        return self.shown_as


@dataclass(frozen=True)
class NotDerivable:
    """Nothing printed bears on the claim."""

    needs: str

    @property
    def how(self) -> str:
        """What would be needed."""
        return f"would need {self.needs}"

    def verdict(self, text: str) -> Verdict:
        """Return ``"not-derivable"``."""
        return "not-derivable"

    def shown(self, text: str) -> str:
        """Write a dash."""
        return "–"


def _of_words(here: str, there: str) -> Verdict:
    """Return whether words restate others: the same, or a date with its day or month left out."""
    one, other = (set(re.findall(r"\w+", each)) for each in (here, there))
    dates = all(map(_OF_A_DATE.fullmatch, one | other)) and any(map(_YEAR.fullmatch, one & other))
    if here == there or (dates and one < other):
        return "reproduced"
    return "attainable" if dates and other < one else "conflicts"


def _check_words(how: object) -> None:
    if not isinstance(how, str):
        raise ValueError(f"how is {how!r}; give the words that say how the result was found")


def _shown(value: Number, text: str) -> str:
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if value == int(value):
        return str(int(value))
    try:
        rounded = printed.show(value, like=text)
        return rounded if Fraction(rounded) == value else printed.show(value, like=text, extra=2)
    except ValueError:
        return f"{float(value):.6g}"
