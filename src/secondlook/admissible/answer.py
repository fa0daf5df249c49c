"""Whether the printed numbers of a curve can hold together, and what they leave open.

    >>> from secondlook.admissible import CurveFacts, curve
    >>> answer = curve(CurveFacts.read("os", {"n": "8", "at_risk": "8 5 2", "ticks": "6",
    ...                                       "survival": {5: "30"}}))
    >>> answer.answer, answer.contradiction
    ('unattainable', ('5 at risk at 6', 'S(5) = 30%'))

An answer has three values and never pretends. *Attainable*: a data set was constructed, and the
estimators find every printed number in it. *Unattainable*: the bound shows that there is none.
*Undecided*: neither.
"""

from __future__ import annotations

import itertools
import math
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

from secondlook import inputs
from secondlook.admissible.bound import Bound, bound
from secondlook.admissible.contradictory import smallest
from secondlook.admissible.facts import UNKNOWN, CurveFacts, Stated, ticks_every
from secondlook.admissible.listing import MOST_PREFIXES, Listing, listing
from secondlook.admissible.parts import Decision, in_parts
from secondlook.admissible.question import pose
from secondlook.admissible.ranges import Range, Row, around, bands, hull, joined, named
from secondlook.admissible.verify import readings, unmet
from secondlook.admissible.witness import HARDEST, WIDTHS, DataSet, laid, witness
from secondlook.survival import INTERVAL_TYPES

if TYPE_CHECKING:
    import pandas as pd

CurveVerdict = Literal["attainable", "unattainable", "conflicts", "undecided"]
SPACINGS = ("0.5", "1", "2", "3", "4", "5", "6", "8", "9", "10", "12", "15", "18", "20", "24", "30",
            "36", "48", "50", "60", "100", "120", "180", "200", "365")  # fmt: skip
# A question wider than this, marks times deaths over all cells, is not asked only to find out which
# statements contradict each other: it would take half a minute.
WIDEST = 1_500_000
SEED = 20_261_125
# By how much longer a list may be where nothing else tells whether there is a data set.
LONGER = 5
# How many listed sequences are given times before the search inside the bound has its turn.
MOST_LAID = 40
# How hard a data set is sought that only serves to say that fewer statements hold together.
SHORT = WIDTHS[:2]


@dataclass(frozen=True)
class Judged(Stated):
    """One printed number of the block, and its verdict given all others.

    Attributes
    ----------
    where
        The place in the paper, as the block names it, or the address.
    verdict
        ``conflicts`` if it and others cannot hold together and nothing says which is wrong;
        ``unattainable`` if it alone stands against all others.
    how
        The reason, in a sentence.
    values
        What the constructed data set gives.
    """

    where: str
    verdict: CurveVerdict
    how: str
    values: tuple[float, ...] = ()


@dataclass(frozen=True)
class Convention:
    """One reading of what the paper does not say: the ticks of the row, the types of intervals."""

    ticks: str
    interval: str
    follow_up_interval: str
    answer: Decision


@dataclass(frozen=True)
class Answer:
    """What a block says.

    Attributes
    ----------
    answer
        Whether all numbers can hold together.
    statements
        Every number of the block.
    contradiction
        In words, statements that cannot hold together; empty if there are none.
    smallest
        Whether fewer statements than these are shown to agree.
    conventions
        The readings tried, and which of them fit.
    ranges
        By name, what the facts leave open.
    band
        A row a cut of the time axis: the time, whether what happens at it has happened, and the
        lowest and highest survival.
    sequences, orders
        How many sequences of deaths and censorings print every number, and in how many ways they
        can be spread over the time between the printed times; None where there are too many to
        list.
    data_set
        The constructed data set that prints every number: durations and events (0 or 1).
    exact
        Whether all ranges are known to be taken.
    seconds
        How long it took.
    """

    name: str
    n: int
    answer: Decision
    statements: tuple[Judged, ...]
    contradiction: tuple[str, ...] = ()
    smallest: bool = False
    conventions: tuple[Convention, ...] = ()
    ranges: Mapping[str, Range] = field(default_factory=dict)
    band: tuple[Row, ...] = ()
    sequences: int | None = None
    orders: int | None = None
    data_set: tuple[tuple[float, int], ...] = ()
    exact: bool = False
    seconds: float = field(default=0.0, compare=False)

    def __getitem__(self, address: str) -> Judged:
        """Return the statement at an address."""
        for statement in self.statements:
            if statement.address == address:
                return statement
        known = ", ".join(statement.address for statement in self.statements)
        raise KeyError(f"the block {self.name!r} has no number {address!r}; it has {known}")

    def survival(self, time: float) -> Range:
        """Return between which values S(time) lies in every data set that prints the numbers."""
        return around(self.band, (inputs.number(time, "time", least=0), True))

    def envelope(self) -> pd.DataFrame:
        """Return the band as a frame: time, survival_lowest, survival_highest."""
        import pandas as pd

        rows = [(time, low, high) for time, _, low, high in self.band if time > 0]
        return pd.DataFrame(rows, columns=["time", "survival_lowest", "survival_highest"])

    def to_json(self) -> dict[str, Any]:
        """Return the answer as JSON has it; an infinite end of a range is null."""
        return asdict(self) | {
            "ranges": {
                name: [end if math.isfinite(end) else None for end in (one.lowest, one.highest)]
                for name, one in self.ranges.items()
            },
            "data_set": [{"time": time, "event": died} for time, died in self.data_set],
        }


def curve(
    facts: CurveFacts,
    *,
    explain: bool = True,
    progress: Callable[[str, float], None] = lambda what, share: None,
) -> Answer:
    """Decide whether the numbers of a block can hold together, and what they leave open.

    Parameters
    ----------
    facts
        The block, as `CurveFacts.read` reads it.
    explain
        Whether to look for the statements that contradict each other, if there is no data set.
    progress
        Called with what is being done and which share of it is.
    """
    began = time.perf_counter()
    explain = inputs.flag(explain, "explain")
    asked = []
    for one in _ask(facts, most=MOST_PREFIXES):
        asked.append(one)
        progress("bound and witness", len(asked) / one.of)
    decision = _together(one.decision for one in asked)
    progress("contradiction" if decision == "unattainable" else "ranges", 0.0)
    statements, contradiction, sure = _judge(facts, asked, explain=explain)
    left = [one for one in asked if one.decision != "unattainable"]
    spans, band = _ranges(facts, left) if left else ({}, ())
    listed = [one.listing for one in left if one.listing is not None and one.listing.exact]
    counted = bool(left) and len(listed) == len(left)
    found = next((one.found for one in asked if one.found is not None), None)
    progress("done", 1.0)
    return Answer(
        name=facts.name,
        n=facts.patients,
        answer=decision,
        statements=statements,
        contradiction=tuple(stated.words for stated in contradiction),
        smallest=sure,
        conventions=tuple(
            Convention(" ".join(read.ticks), read.interval, read.follow_up_interval, one.decision)
            for one in asked
            for read in [one.facts]
        ),
        ranges=spans,
        band=band,
        sequences=sum(len(one) for one in listed) if counted else None,
        orders=sum(int(one.orders.sum()) for one in listed) if counted else None,
        data_set=() if found is None else found.rows,
        exact=bool(spans) and all(one.exact for one in spans.values()),
        seconds=round(time.perf_counter() - began, 3),
    )


def decide(facts: CurveFacts) -> Decision:
    """Decide whether the numbers of a block can hold together, and no more: quicker than `curve`.

    What the bound leaves is searched for a data set, and not listed.
    """
    return _together(one.decision for one in _ask(facts))


def judged(facts: CurveFacts) -> tuple[Judged, ...]:
    """Return every number with its verdict, and no more: quicker than `curve`."""
    found = next((one for one in _ask(facts) if one.found is not None), None)
    asked = _ask(facts, most=MOST_PREFIXES) if found is None else [found]
    return _judge(facts, list(asked))[0]


def data_sets(facts: CurveFacts, count: int, seed: int) -> Iterator[DataSet]:
    """Construct data sets that print every number; each is verified by the estimators.

    Raises
    ------
    ValueError
        If none was found.
    """
    count, seed = inputs.whole_number(count, "count"), inputs.whole_number(seed, "seed")
    rng = np.random.default_rng(seed)
    fitting = [one for one in _ask(facts, widths=(), thorough=False) if one.bound]
    for _ in range(count):
        order = [fitting[which] for which in rng.permutation(len(fitting))]
        tries = (witness(one.facts, one.bound, rng, (*WIDTHS, *HARDEST)) for one in order)
        found = next((one for one in tries if one is not None), None)
        if found is None:
            raise ValueError(f"no data set that prints every number of {facts.name!r} was found")
        yield found


def resolved(facts: CurveFacts) -> Iterator[CurveFacts]:
    """Give the facts under every reading of what the paper does not say."""
    inputs.instance_of(facts, CurveFacts, "facts")
    rows: list[tuple[str, ...]] = [facts.ticks]
    if len(facts.at_risk) > 1 and not facts.ticks:
        rows = [ticks_every(step, len(facts.at_risk)) for step in SPACINGS]
    kinds: Iterable[str] = [facts.interval] if facts.interval != UNKNOWN else INTERVAL_TYPES
    limited = (facts.median, facts.follow_up, *(triple for _, triple in facts.survival))
    if facts.interval == UNKNOWN and not any(one.lower or one.upper for one in limited):
        # Without limits every type says the same.
        kinds = ["log"]
    for ticks, kind in itertools.product(rows, kinds):
        reverse = kind if facts.follow_up_interval == UNKNOWN else facts.follow_up_interval
        yield replace(facts, ticks=ticks, interval=kind, follow_up_interval=reverse)


class _Asked(NamedTuple):
    """What came out under one reading, of so many, of what the paper does not say."""

    facts: CurveFacts
    of: int
    bound: Bound
    decision: Decision
    found: DataSet | None
    listing: Listing | None


def _ask(
    facts: CurveFacts, *, widths: tuple[int, ...] = WIDTHS, most: int = 0, thorough: bool = True
) -> Iterator[_Asked]:
    """Decide under every reading of what the paper does not say.

    `widths` say how hard a data set is sought, `most` how many beginnings of sequences may be
    listed, `thorough` whether more is tried where this does not decide.
    """
    every = list(resolved(facts))
    for _, group in itertools.groupby(every, key=lambda reading: reading.ticks):
        alike = list(group)
        # What cannot be without its limits cannot be with limits of any type.
        bare = None if len(alike) == 1 else bound(pose(_without_limits(alike[0])))
        for reading in alike:
            room = bound(pose(reading)) if bare is None or bare else bare
            rng = np.random.default_rng(SEED)
            listed = listing(room, most) if most and room else None
            decision, found = _decided(reading, room, listed, rng, widths)
            if decision == "undecided" and listed is None and thorough:
                listed = listing(room, LONGER * most) if most else None
                decision, found = _decided(reading, room, listed, rng, ())
            if decision == "undecided" and listed is None and thorough:
                decision, found = in_parts(reading, room, rng)
            yield _Asked(reading, len(every), room, decision, found, listed)


def _decided(
    facts: CurveFacts,
    room: Bound,
    listed: Listing | None,
    rng: np.random.Generator,
    widths: tuple[int, ...],
) -> tuple[Decision, DataSet | None]:
    """Decide by the bound, by the list, if there is one, and by a search."""
    if not room or (listed is not None and not len(listed)):
        return "unattainable", None
    found = _of_list(facts, listed, rng) or witness(facts, room, rng, widths)
    return ("undecided" if found is None else "attainable"), found


def _without_limits(facts: CurveFacts) -> CurveFacts:
    stated = [one.address for one in facts.statements()]
    return facts.only([one for one in stated if not one.endswith(("/lower", "/upper"))])


def _of_list(facts: CurveFacts, listed: Listing | None, rng: np.random.Generator) -> DataSet | None:
    """Return a data set of one of the sequences, if they are listed, tied and not."""
    if listed is None:
        return None
    for row in rng.permutation(len(listed))[:MOST_LAID]:
        marks = listed.marks(int(row), rng)
        for tied in (0.0, 0.3):
            found = laid(listed.bound.question, marks, rng, tied=tied)
            if not unmet(facts, *found):
                return found
    return None


def _impossible(facts: CurveFacts, most: int = 0) -> bool:
    """Say whether it is shown that no reading fits; a question too wide is not asked."""
    return _width(facts) <= WIDEST and all(
        one.decision == "unattainable" for one in _ask(facts, widths=(), most=most, thorough=False)
    )


def _fit(facts: CurveFacts) -> _Asked | None:
    """Return a reading under which a data set is found with little effort, if there is one."""
    tried = _ask(facts, widths=SHORT, thorough=False) if _width(facts) <= WIDEST else ()
    return next((one for one in tried if one.found is not None), None)


def _width(facts: CurveFacts) -> int:
    return pose(next(resolved(facts))).width


def _together(decisions: Iterable[Decision]) -> Decision:
    """Return what readings say together; once one fits, no further is asked."""
    every: list[Decision] = []
    for one in decisions:
        if one == "attainable":
            return one
        every.append(one)
    return "undecided" if "undecided" in every else "unattainable"


def _judge(
    facts: CurveFacts, asked: list[_Asked], *, explain: bool = True
) -> tuple[tuple[Judged, ...], tuple[Stated, ...], bool]:
    """Give every number its verdict; and a contradiction, and whether none of fewer can be."""
    decision = _together(one.decision for one in asked)
    found = next((one for one in asked if one.found is not None), None)
    contradiction: tuple[Stated, ...] = ()
    sure, culprit, dropped = False, None, set[str]()
    if explain and decision == "unattainable":
        # Where every reading fails by the bound alone, no list is needed to say why.
        most = MOST_PREFIXES // 10 if any(one.bound for one in asked) else 0
        impossible = partial(_impossible, most=most)
        contradiction, sure = smallest(facts, impossible, lambda some: bool(_fit(some)), _width)
        culprit, found, dropped = _rest(facts, {stated.address for stated in contradiction})
    among = {stated.address for stated in contradiction} | dropped
    others = "; ".join(stated.words for stated in contradiction)
    given = readings(found.facts, *found.found) if found and found.found else {}
    statements = []
    for stated in facts.statements():
        verdict: CurveVerdict = "attainable"
        if decision == "attainable":
            how = "a constructed data set prints every number of this curve"
        elif stated.address == culprit:
            verdict = "unattainable"
            how = f"all the others hold together, but no data set has all of: {others}"
        elif stated.address in among:
            verdict, how = "conflicts", f"no data set has all of: {others}"
        elif decision == "unattainable" and found is not None:
            how = f"a constructed data set prints it, but not all of: {others}"
        else:
            verdict = "undecided"
            how = "neither a data set that prints every number was found nor a proof that none does"
        values = given.get(stated.address, ()) if verdict == "attainable" else ()
        shown = tuple(value for value in values if not math.isnan(value))
        where = facts.where or stated.address
        statements.append(
            Judged(stated.address, stated.printed, stated.words, where, verdict, how, shown)
        )
    return tuple(statements), contradiction, sure


def _rest(facts: CurveFacts, among: set[str]) -> tuple[str | None, _Asked | None, set[str]]:
    """Find what is left when a contradiction is taken out.

    That is the one statement without which all others hold together, if there is just one; a data
    set that prints the rest; and what else had to be left out for it.
    """
    every = {stated.address for stated in facts.statements()}
    fits = {one: _fit(facts.only(every - {one})) for one in sorted(among)}
    fitting = [one for one, found in fits.items() if found is not None]
    if fitting:
        return fitting[0] if len(fitting) == 1 else None, fits[fitting[0]], set()
    dropped: set[str] = set()
    for _ in range(4):
        rest = facts.only(every - among - dropped)
        found = _fit(rest)
        if found is not None or not _impossible(rest):
            return None, found, dropped
        more, _ = smallest(rest, _impossible, lambda part: False, _width)
        dropped |= {stated.address for stated in more}
    return None, None, dropped


def _ranges(facts: CurveFacts, asked: list[_Asked]) -> tuple[dict[str, Range], tuple[Row, ...]]:
    """Return what every reading that may fit leaves open, and the band of the curves."""
    found: defaultdict[str, list[Range]] = defaultdict(list)
    every = [bands(one.bound, one.listing) for one in asked]
    for one, at in zip(asked, every, strict=True):
        for name, span in named(facts, one.bound, one.listing, at):
            found[name].append(span)
    spans = {name: hull(some) for name, some in found.items() if len(some) == len(asked)}
    return spans, joined(every)
