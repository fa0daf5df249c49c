"""What a paper prints about one survival curve: a `curves:` block, read and checked.

    >>> facts = CurveFacts.read("os", {"n": "31", "at_risk": "31 13 3", "ticks": "12",
    ...                                "survival": {12: "53 (37-76)"}, "median": "12.8 (9.9-NR)"})
    >>> [statement.words for statement in facts.statements()][:3]
    ['13 at risk at 12', '3 at risk at 24', 'S(12) = 53%']

Every value is the printed text. `NOT_REACHED` stands for a median or limit that is printed as not
reached; None for a number that is not printed.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, NoReturn, Self, get_args

from secondlook.inputs import shown
from secondlook.printed import Bounds, admits, parse
from secondlook.survival import INTERVAL_TYPES

if TYPE_CHECKING:
    import pandas as pd

    from secondlook.linked_curves import Link

Rounding = Literal["rounded", "either"]
Part = Literal["estimate", "lower", "upper"]
Plateau = Literal["midpoint", "left", "right", "unknown"]
UNKNOWN = "unknown"
NOT_REACHED = "NR"
MOST_PATIENTS = 5_000

_NOT_REACHED = re.compile(r"(not (yet )?(reached|estimable|evaluable)|n\.?[rea]\.?|inf|∞)", re.I)
_FRACTION = re.compile(r"0?\.\d+|1\.0+")
_WORDS = re.compile(
    r"\d+\s*%\s*(CI|confidence (interval|limits))\s*[:=,]?\s*|\bCI\b\s*[:=,]?\s*"
    r"|\b(months?|mo|years?|weeks?|days?)\b\.?",
    re.I,
)
_TRIPLE = re.compile(r"^(?P<estimate>[^()\[\]]*)([(\[](?P<limits>[^()\[\]]*)[)\]])?$")
_BETWEEN = (r"\s*[\u2013\u2014]\s*", r"\s+to\s+", r"(?<=[\d%RE])\s*-\s*", r"\s*;\s*", r"\s*,\s*")


@dataclass(frozen=True)
class Triple:
    """An estimate with its limits, as printed; None for what is not printed."""

    estimate: str | None = None
    lower: str | None = None
    upper: str | None = None

    def parts(self) -> tuple[tuple[Part, str], ...]:
        """Return name and text of what is printed."""
        every = ((part, getattr(self, part)) for part in get_args(Part))
        return tuple((part, text) for part, text in every if text is not None)

    def only(self, base: str, kept: Collection[str]) -> Triple:
        """Keep the parts whose addresses, the first of which is the base, are among some."""
        return Triple(**{part: text for part, text in self.parts() if address(base, part) in kept})


def address(base: str, part: Part) -> str:
    """Return the address of an estimate or a limit."""
    return base if part == "estimate" else f"{base}/{part}"


@dataclass(frozen=True)
class Told:
    """One patient whose exit is told; each needs a mark of his own."""

    mark: Literal["died", "alive"]
    time: str
    who: str = ""


@dataclass(frozen=True)
class Stated:
    """One printed number of the block.

    Attributes
    ----------
    address
        ``os/12/lower``: which number of which block it is.
    printed
        The text.
    words
        The statement as a reader would say it.
    """

    address: str
    printed: str
    words: str


@dataclass(frozen=True)
class CurveFacts:
    """Everything that a paper prints about one survival curve; `read` makes one from a block.

    Attributes
    ----------
    name
        The key of the block, the first part of every address.
    n
        The number of patients.
    at_risk
        The row under the figure; ``-`` stands for a number that is not printed.
    ticks
        The times of the row, one a number; empty if they are not known.
    left
        Numbers at risk that are told at other times: how many have not left before each.
    survival
        S(t) in percent, with its limits, at times that are taken as exact.
    median, follow_up
        The median survival, and the median of the reverse Kaplan-Meier.
    deaths
        The number of deaths, or bounds on it (``<4``, ``20-23``).
    last
        The longest time of anybody.
    told
        Single patients.
    interval, follow_up_interval
        The type of the limits of either curve, or ``unknown``.
    level
        The level of confidence of all limits, in percent.
    rounding
        ``rounded``, or ``either`` if digits may have been cut.
    plateau
        Which time stands for a level stretch at one half: ``midpoint`` (R), ``left``, ``right``, or
        any of them.
    where, unit
        Words: where in the paper, and in which unit of time.
    part_of
        What ties these patients to those of another curve; `linked_curves` searches both together.
    """

    name: str
    n: str
    at_risk: tuple[str, ...] = ()
    ticks: tuple[str, ...] = ()
    left: tuple[tuple[str, str], ...] = ()
    survival: tuple[tuple[str, Triple], ...] = ()
    median: Triple = Triple()
    follow_up: Triple = Triple()
    deaths: str | None = None
    last: str | None = None
    told: tuple[Told, ...] = ()
    interval: str = UNKNOWN
    follow_up_interval: str = UNKNOWN
    level: str = "95"
    rounding: Rounding = "rounded"
    plateau: Plateau = "unknown"
    where: str = ""
    unit: str = ""
    part_of: Link | None = None

    @classmethod
    def read(cls, name: str, block: Mapping[str, object]) -> CurveFacts:
        """Read a block of a claims file.

        Raises
        ------
        ValueError
            Naming the field, its value and what to write instead.
        """
        return _Reader(name, block).read()

    @property
    def patients(self) -> int:
        """The number of patients."""
        return int(parse(self.n).value)

    @property
    def death_bounds(self) -> tuple[int, int]:
        """Least and greatest number of deaths that the paper allows."""
        return (0, self.patients) if self.deaths is None else _counts(self.deaths, self.patients)

    def admitted(self, printed: str) -> Bounds:
        """Return the values that print so, rounded or (``either``) possibly cut."""
        interval = admits(printed)
        return interval.rounded if self.rounding == "rounded" else interval.either

    def statements(self) -> tuple[Stated, ...]:
        """Return every printed number but `n`, which all others are about, in order."""
        found: list[Stated] = []

        def add(address: str, printed: str, words: str) -> None:
            found.append(Stated(f"{self.name}/{address}", printed, words))

        for position, number in enumerate(self.at_risk):
            if number != "-" and position:
                at = self.ticks[position] if self.ticks else f"tick {position}"
                add(f"at-risk/{position}", number, f"{number} at risk at {at}")
        for time, number in self.left:
            add(f"left/{time}", number, f"{number} at risk at {time}")
        if self.deaths is not None:
            add("deaths", self.deaths, f"{self.deaths} deaths")
        triples = [(time, f"S({time})", "%", triple) for time, triple in self.survival]
        triples += [("median", "median", "", self.median)]
        triples += [("follow-up", "median follow-up", "", self.follow_up)]
        for base, what, unit, triple in triples:
            for part, text in triple.parts():
                said = "not reached" if text == NOT_REACHED else f"{text}{unit}"
                of, equals = (what, " = ") if unit else (f"the {what}", " ")
                whole = (
                    f"{what}{equals}{said}"
                    if part == "estimate"
                    else f"{part} limit {said} of {of}"
                )
                add(address(base, part), text, whole)
        if self.last is not None:
            add("last", self.last, f"longest time {self.last}")
        for position, told in enumerate(self.told, start=1):
            who = f" ({told.who})" if told.who else ""
            mark = "died" if told.mark == "died" else "alive when last seen"
            add(f"told/{position}", told.time, f"a patient {mark} at {told.time}{who}")
        return tuple(found)

    def points(self) -> pd.DataFrame:
        """Return the printed S(t) as a frame: months, survival, lower, upper (proportions)."""
        import pandas as pd

        def share(text: str | None) -> float:
            return math.nan if text is None else float(parse(text).value) / 100

        rows = [
            (
                float(parse(at).value),
                *(share(text) for text in (one.estimate, one.lower, one.upper)),
            )
            for at, one in self.survival
        ]
        return pd.DataFrame(rows, columns=["months", "survival", "lower", "upper"])

    def only(self, addresses: Collection[str]) -> Self:
        """Keep the named statements, and `n`."""
        prefix = f"{self.name}/"
        stated = [one.address.removeprefix(prefix) for one in self.statements()]
        try:
            kept = {address.removeprefix(prefix) for address in addresses}
        except (TypeError, AttributeError):
            raise ValueError(
                f"addresses is {shown(addresses)}; give a list such as [os/12]"
            ) from None
        if unknown := kept.difference(stated):
            raise ValueError(
                f"curve {self.name!r} prints no {', '.join(sorted(unknown))}; it prints "
                f"{', '.join(stated)}"
            )
        row = enumerate(self.at_risk)
        return replace(
            self,
            at_risk=tuple(text if not i or f"at-risk/{i}" in kept else "-" for i, text in row),
            left=tuple(one for one in self.left if f"left/{one[0]}" in kept),
            survival=tuple((time, one.only(time, kept)) for time, one in self.survival),
            median=self.median.only("median", kept),
            follow_up=self.follow_up.only("follow-up", kept),
            deaths=self.deaths if "deaths" in kept else None,
            last=self.last if "last" in kept else None,
            told=tuple(one for i, one in enumerate(self.told, start=1) if f"told/{i}" in kept),
        )


class _Reader:
    """Reads one block; every complaint names the block and the field."""

    def __init__(self, name: str, block: Mapping[str, object]) -> None:
        if not isinstance(block, Mapping):
            raise ValueError(f"curve {name!r}: a block of fields is needed, not {shown(block)}")
        if not isinstance(name, str):
            raise ValueError(f"the name of a curve is {shown(name)}; give a text, such as os")
        self.name = name
        self.block = {field: value for field, value in block.items() if value is not None}
        self.n = 0
        self.row: tuple[str, ...] = ()

    def read(self) -> CurveFacts:
        """Read every field that is given, in the order of `CurveFacts`."""
        known = [field.name for field in fields(CurveFacts) if field.name != "name"]
        for field, value in self.block.items():
            if field not in known:
                self._refuse(field, value, f"no such field; there are {', '.join(known)}")
        if "n" not in self.block:
            self._refuse("n", None, "the number of patients is needed, as printed")
        kinds = partial(self._one_of, (*INTERVAL_TYPES, UNKNOWN))
        read: dict[str, Callable[[str, object], object]] = {
            "n": self._patients,
            "at_risk": self._at_risk,
            "ticks": self._ticks,
            "left": self._left,
            "survival": self._survival,
            "median": self._triple,
            "follow_up": self._triple,
            "deaths": self._deaths,
            "last": self._time,
            "told": self._told,
            "interval": kinds,
            "follow_up_interval": kinds,
            "level": self._level,
            "rounding": partial(self._one_of, get_args(Rounding)),
            "plateau": partial(self._one_of, get_args(Plateau)),
            "where": self._text,
            "unit": self._text,
            "part_of": self._part_of,
        }
        given: dict[str, Any] = {
            field: read[field](field, self.block[field]) for field in known if field in self.block
        }
        given.setdefault("follow_up_interval", given.get("interval", UNKNOWN))
        return CurveFacts(self.name, **given)

    def _refuse(self, field: str, value: object, why: str) -> NoReturn:
        raise ValueError(f"curve {self.name!r}: {field}: {shown(value)}: {why}")

    def _text(self, field: str, value: object) -> str:
        if not isinstance(value, str):
            self._refuse(field, value, "a printed value is text: put it in quotes")
        return " ".join(value.split())

    def _one_of(self, known: tuple[str, ...], field: str, value: object) -> str:
        if not isinstance(value, str) or value not in known:
            self._refuse(field, value, f"write one of {', '.join(known)}")
        return str(value)

    def _number(self, field: str, value: object, *, relations: bool = False) -> str:
        text = self._text(field, value)
        try:
            number = parse(text)
        except ValueError as error:
            self._refuse(field, value, str(error))
        if number.relation == "~" or (number.relation != "=" and not relations):
            self._refuse(field, value, "this field needs an exact number")
        if number.value < 0:
            self._refuse(field, value, "it must not lie below 0")
        return text

    def _whole(self, field: str, value: object, least: int, most: int) -> int:
        number = parse(self._number(field, value)).value
        if number.denominator != 1 or not least <= number <= most:
            why = f"a whole number is needed, {least} or more, at most {most:,}"
            self._refuse(field, value, why)
        return int(number)

    def _patients(self, field: str, value: object) -> str:
        self.n = self._whole(field, value, 1, MOST_PATIENTS)
        return self._text(field, value)

    def _at_risk(self, field: str, value: object) -> tuple[str, ...]:
        row = tuple(self._text(field, value).split())
        if row == (UNKNOWN,):
            return ()
        before = self.n
        for position, text in enumerate(row):
            if text == "-":
                continue
            number = parse(self._number(field, text)).value
            if number.denominator != 1:
                self._refuse(field, text, "a number at risk is whole")
            if position == 0 and number != self.n:
                self._refuse(field, value, f"the row begins with {text}, but n is {self.n}")
            if number > before:
                self._refuse(field, value, f"the row rises from {before} to {text}")
            before = int(number)
        self.row = row
        return row

    def _ticks(self, field: str, value: object) -> tuple[str, ...]:
        ticks = self._text(field, value).split()
        if ticks == [UNKNOWN] or not self.row:
            return ()
        times = [parse(self._number(field, tick)).value for tick in ticks]
        if len(ticks) == 1:
            if times[0] <= 0:
                self._refuse(field, value, "the distance of ticks must be above 0")
            return ticks_every(ticks[0], len(self.row))
        if len(times) != len(self.row):
            self._refuse(field, value, f"{len(times)} times for {len(self.row)} numbers at risk")
        if times[0] != 0 or any(b <= a for a, b in itertools.pairwise(times)):
            self._refuse(field, value, "times begin with 0 and rise")
        return tuple(ticks)

    def _by_time(self, field: str, value: object, example: str) -> list[tuple[str, object]]:
        """Return what a mapping has at each time, in order of time."""
        if not isinstance(value, Mapping):
            self._refuse(field, value, f"write times and values, as {example}")
        for key in value:
            if parse(self._number(field, str(key))).value <= 0:
                self._refuse(field, key, "a time after 0 is needed")
        found = sorted(
            ((str(key), one) for key, one in value.items()), key=lambda one: parse(one[0]).value
        )
        for (time, _), (again, _) in itertools.pairwise(found):
            if parse(time).value == parse(again).value:
                self._refuse(field, again, "this time stands twice; keep one of them")
        return found

    def _left(self, field: str, value: object) -> tuple[tuple[str, str], ...]:
        every = self._by_time(field, value, '{0.46: "30"}')
        for _, text in every:
            self._whole(field, text, 0, self.n)
        return tuple((time, self._text(field, text)) for time, text in every)

    def _survival(self, field: str, value: object) -> tuple[tuple[str, Triple], ...]:
        found = []
        for time, text in self._by_time(field, value, '{12: "53 (37-76)"}'):
            triple = self._triple(f"survival: {time}", text)
            for _, part in triple.parts():
                if part == NOT_REACHED or parse(part).value > 100:
                    self._refuse(f"survival: {time}", text, "percents lie between 0 and 100")
            found.append((time, triple))
        parts = [part for _, triple in found for _, part in triple.parts()]
        if parts and "%" not in _WORDS.sub("", str(value)) and all(map(_FRACTION.fullmatch, parts)):
            why = "percents are needed, such as 68 for 0.68; write 0.68% if it is so little"
            self._refuse(field, value, why)
        return tuple(found)

    def _triple(self, field: str, value: object) -> Triple:
        found = _TRIPLE.match(_WORDS.sub("", self._text(field, value)).strip())
        if found is None:
            self._refuse(field, value, 'write it as "12.8 (9.9-16.2)"')
        estimate = self._part(field, found["estimate"])
        if found["limits"] is None:
            return Triple(estimate)
        for between in _BETWEEN:
            ends = re.split(between, found["limits"].strip())
            if len(ends) == 2 and all(ends):
                return Triple(estimate, *(self._part(field, end) for end in ends))
        self._refuse(field, value, 'two limits are needed, as in "12.8 (9.9-16.2)"')

    def _part(self, field: str, text: str) -> str | None:
        text = text.strip().removesuffix("%").strip()
        if _NOT_REACHED.fullmatch(text):
            return NOT_REACHED
        return self._number(field, text, relations=True) if text else None

    def _deaths(self, field: str, value: object) -> str:
        text = self._text(field, value)
        for part in re.split(_COUNTS, text):
            if parse(self._number(field, part, relations=True)).value.denominator != 1:
                self._refuse(field, value, "deaths are whole")
        low, high = _counts(text, self.n)
        if low > high:
            why = f"no number of deaths among {self.n} patients is meant by this"
            self._refuse(field, value, why)
        return text

    def _time(self, field: str, value: object) -> str:
        text = self._number(field, value, relations=True)
        if admits(text).rounded.upper <= 0:
            self._refuse(field, value, "a time after 0 is needed")
        return text

    def _told(self, field: str, value: object) -> tuple[Told, ...]:
        if not isinstance(value, (list, tuple)):
            self._refuse(field, value, 'write a list, as [{died: "5"}, {alive: ">24"}]')
        found = []
        for one in value:
            marks = [mark for mark in ("died", "alive") if isinstance(one, Mapping) and mark in one]
            if len(marks) != 1 or set(one) - {"died", "alive", "who"}:
                self._refuse(field, one, 'write {died: "5"} or {alive: ">24"}, with who: if wanted')
            mark: Literal["died", "alive"] = "died" if marks[0] == "died" else "alive"
            who = self._text(field, one.get("who", ""))
            found.append(Told(mark, self._time(field, one[mark]), who))
        return tuple(found)

    def _level(self, field: str, value: object) -> str:
        text = self._number(field, value)
        if not 50 <= parse(text).value < 100:
            self._refuse(field, value, 'write percents, as "95"')
        return text

    def _part_of(self, field: str, value: object) -> Link:
        if not isinstance(value, Mapping) or "whole" not in value:
            self._refuse(field, value, 'name the other block: {whole: os, delay: "0.5"}')
        from secondlook.linked_curves import Link

        try:
            return Link(**value)
        except (TypeError, ValueError) as error:
            self._refuse(field, value, str(error))


_COUNTS = r"\s*(?:-|\u2013| to )\s*"


def _counts(text: str, n: int) -> tuple[int, int]:
    """Return the least and greatest whole number that a printed count means."""
    parts = [parse(part) for part in re.split(_COUNTS, text)]
    if len(parts) == 2:
        return int(parts[0].value), min(n, int(parts[1].value))
    value, relation = int(parts[0].value), parts[0].relation
    low = {"=": value, ">": value + 1, ">=": value}.get(relation, 0)
    high = {"=": value, "<": value - 1, "<=": value}.get(relation, n)
    return max(low, 0), min(high, n)


def ticks_every(step: str, count: int) -> tuple[str, ...]:
    """Return so many times, a step apart, from 0 on."""
    times = [position * parse(step).value for position in range(count)]
    return tuple(str(at) if at.denominator == 1 else f"{float(at):.10g}" for at in times)
