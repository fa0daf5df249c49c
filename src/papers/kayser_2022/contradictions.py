"""Why no other spacing of the ticks and no other type of interval prints the paper's numbers.

For every combination without an admissible order a smallest set of printed statements that no data
set prints together is stored (``evidence.csv``; data/kayser-2022/make/searches.py looks for them).
Where the statements name no limits, they rule a spacing out whatever the type; where they name no
number at risk, they rule a type out whatever the spacing.

Most of it can be redone on paper. Whoever is at risk later is alive earlier. The share at risk is
the share alive times the share still followed (the product limit of the reverse curve), because
every patient who leaves is an event of exactly one of the two curves. And limits lie symmetrically
around their estimate on the scale that they are made on.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

import pandas as pd

from papers.kayser_2022 import searches
from papers.kayser_2022.data import KEY
from secondlook import printed
from secondlook.admissible import CurveFacts
from secondlook.admissible.facts import NOT_REACHED, Stated, Triple
from secondlook.data import load_text
from secondlook.printed import Bounds, parse
from secondlook.survival import INTERVAL_TYPES, IntervalType, middle_bounds
from secondlook.tables import DASH

ANY = "any"
SEPARATOR = "; "
LIMITS = "/limits"


MEDIANS = {"median": "median survival", "follow-up": "median follow-up"}


def _words(one: Stated) -> str:
    """Say what is printed, other than a limit, with months."""
    what = one.address.split("/")[1]
    if what.isdigit():
        return f"survival of {one.printed}% at month {what}"
    if what in MEDIANS:
        return f"{MEDIANS[what]} of {one.printed} months"
    return one.words.replace(" at risk at ", " at risk at month ")


class Paired(CurveFacts):
    """Facts of which the two limits of a number are one statement."""

    @classmethod
    def of(cls, facts: CurveFacts) -> Paired:
        """Return the same facts."""
        return cls(**vars(facts))

    @property
    def plain(self) -> CurveFacts:
        """The same facts, each limit a statement of its own."""
        return CurveFacts(**vars(self))

    def statements(self) -> tuple[Stated, ...]:
        """Return the statements in words of the report, limits in pairs."""
        found: dict[str, Stated] = {}
        for one in super().statements():
            base, _, end = one.address.rpartition("/")
            if end not in ("lower", "upper"):
                found[one.address] = Stated(one.address, one.printed, _words(one))
                continue
            what = base.split("/")[1]
            text = f"{one.printed}%" if what.isdigit() else one.printed.replace(NOT_REACHED, "none")
            before = found.get(base + LIMITS)
            pair = text if before is None else f"{before.printed} and {text}"
            of = f"at month {what}" if what.isdigit() else f"months of the {MEDIANS[what]}"
            found[base + LIMITS] = Stated(base + LIMITS, pair, f"limits of {pair} {of}")
        return tuple(found.values())

    def only(self, addresses: Collection[str]) -> Paired:
        """Keep the named statements, and `n`."""
        bases = {one.removesuffix(LIMITS) for one in addresses if one.endswith(LIMITS)}
        ends = {f"{base}/{end}" for base in bases for end in ("lower", "upper")}
        return super().only({*addresses, *ends})


def facts(what: str, spacing: str, interval: str) -> Paired:
    """Return the facts among which a row of the evidence was looked for.

    They are of ``searches.CURVE`` or ``searches.RELAPSE_FREE``. `ANY` for the months between the
    ticks leaves the numbers at risk out, for the type of interval the limits.
    """
    step = searches.SPACINGS[0] if spacing == ANY else spacing
    # Without limits every type gives the same answer.
    found = searches.facts(what, step, "log" if interval == ANY else interval)
    if spacing == ANY:
        found = replace(found, at_risk=(), ticks=())
    whole = Paired.of(found)
    if interval != ANY:
        return whole
    return whole.only([one.address for one in whole.statements() if LIMITS not in one.address])


def stored() -> pd.DataFrame:
    """Return the evidence as stored: facts, spacing, interval, statements, smallest."""
    return load_text(KEY, "evidence")


def named(what: str, spacing: str, interval: str, row: str) -> Paired:
    """Return the facts that consist of a stored row's statements alone."""
    whole = facts(what, spacing, interval)
    addresses = {one.words: one.address for one in whole.statements()}
    return whole.only([addresses[words] for words in row.split(SEPARATOR)])


KEYS = ["facts", "spacing", "interval"]
WHATEVER_TYPE, WHATEVER_TICKS = "Whatever the type of interval", "Whatever the ticks"
ONE_ONLY, RELAPSE_FREE = "One combination, by fewer statements", "Relapse-free survival"


def listed() -> pd.DataFrame:
    """List the evidence: part, assumed, statements that contradict each other, and why.

    A combination has a row of its own only where its evidence is smaller than that against its
    spacing and that against its type.
    """
    table = stored()
    whole = table[(table["spacing"] == ANY) | (table["interval"] == ANY)]
    curve = (table["facts"] == searches.CURVE) & ~table["statements"].isin(whole["statements"])
    shown = pd.concat([whole, table[curve], table[table["facts"] == searches.RELAPSE_FREE]])
    shown = shown.assign(part=[_part(*key) for key in shown[KEYS].itertuples(index=False)])
    # Types against which the same statements stand share a row.
    shared = shown.groupby(["part", "spacing", "statements", "smallest"], sort=False)
    rows = []
    for (part, spacing, found, smallest), group in shared:
        intervals = group["interval"].tolist()
        proven = "" if smallest == "True" else " (perhaps not the smallest set)"
        rows.append(
            {
                "part": part,
                "assumed": _assumed(str(spacing), intervals),
                "statements": str(found) + proven,
                "why": why(group["facts"].iloc[0], str(spacing), intervals, str(found)) or DASH,
            }
        )
    return pd.DataFrame(rows)


def why(what: str, spacing: str, intervals: list[str], row: str) -> str:
    """Say by hand why stored statements contradict each other; empty if not short."""
    known = [one for one in INTERVAL_TYPES if one in intervals]
    return by_hand(named(what, spacing, intervals[0], row), known)


def why_not(spacing: str) -> str:
    """Say by hand why the ticks are not so many months apart."""
    table = stored()
    rows = table[(table["spacing"] == spacing) & (table["interval"] == ANY)]
    return why(searches.CURVE, spacing, [ANY], str(rows["statements"].item()))


def middles() -> pd.DataFrame:
    """Set the middles of printed limits beside the estimates: type, os-12, os-24, rfs-12, rfs-24.

    Percents; a row a type of interval, last what is printed.
    """
    stated = {
        f"{name}-{at}": one
        for name, what in (("os", searches.CURVE), ("rfs", searches.RELAPSE_FREE))
        for at, one in searches.facts(what, searches.SPACINGS[0], "log").survival
    }
    rows: list[dict[str, str]] = [
        {"type": str(interval)} | {key: _between(one, interval) for key, one in stated.items()}
        for interval in INTERVAL_TYPES
    ]
    last = {"type": "printed"} | {key: str(one.estimate) for key, one in stated.items()}
    return pd.DataFrame([*rows, last])


def _between(one: Triple, interval: IntervalType) -> str:
    bounds = middle_of(one, interval)
    if bounds is None:
        return DASH
    return " to ".join(printed.show(float(end), like="0.0") for end in (bounds.lower, bounds.upper))


def _part(what: str, spacing: str, interval: str) -> str:
    if what == searches.RELAPSE_FREE:
        return RELAPSE_FREE
    if interval == ANY:
        return WHATEVER_TYPE
    return WHATEVER_TICKS if spacing == ANY else ONE_ONLY


def _assumed(spacing: str, intervals: list[str]) -> str:
    months = "month" if spacing == "1" else "months"
    ticks = f"ticks of {spacing} {months}" if spacing not in ("", ANY) else ""
    *others, last = intervals
    types = f"{', '.join(others)} or {last}" if others else last
    limits = f"{types} limits" if last != ANY else ""
    return ", ".join(filter(None, (ticks, limits)))


def by_hand(facts: CurveFacts, intervals: Sequence[IntervalType] = ()) -> str:
    """Return in a sentence or two why no data set prints the facts; empty if no rule shows it.

    `facts` are the statements of one contradiction, together, times in months; `intervals` the
    types of limits that are to be ruled out, if limits are among the statements.
    """
    ticks = [
        (float(parse(tick).value), int(number))
        for tick, number in zip(facts.ticks[1:], facts.at_risk[1:], strict=True)
        if number != "-"
    ]
    survival = [(at, one) for at, one in facts.survival if one != Triple()]
    if any(one.lower for _, one in survival):
        alone = not ticks and facts.median == facts.follow_up == Triple()
        return _no_middle(facts, intervals) if intervals and alone else ""
    followed = facts.follow_up.estimate
    limits = facts.follow_up.lower or facts.follow_up.upper
    if facts.median != Triple() or len(ticks) != 1 or len(survival) > 1 or (followed and limits):
        return ""
    tick, left = ticks[0]
    if not survival:
        gone = followed and not left and tick <= _admitted(followed).lower
        sentence = f"If nobody is left at month {tick:g}, nobody has been followed for longer."
        return sentence if gone else ""
    ((month, one),) = survival
    at, alive = float(parse(month).value), _admitted(one.estimate or "")
    share = f"{left} of {facts.n}"
    if followed is not None:
        return _too_few(share, 100 * left / facts.patients, tick, at, alive, _admitted(followed))
    if at > tick or 100 * left / facts.patients <= alive.upper:
        return ""
    return (
        f"{share} are {_tenths(100 * left / facts.patients)}%: at least so many are alive at month "
        f"{tick:g}, and were at month {month}."
    )


def middle_of(one: Triple, interval: IntervalType) -> Bounds | None:
    """Return the percents that may lie in the middle of printed limits; None if nothing follows."""
    ends = [_admitted(str(end)) for end in (one.lower, one.upper)]
    lower, upper = (
        Bounds(float(end.lower) / 100, float(end.upper) / 100, True, True) for end in ends
    )
    between = middle_bounds(lower, upper, interval)
    if between is None:
        return None
    return Bounds(100 * float(between.lower), 100 * float(between.upper), True, True)


def _no_middle(facts: CurveFacts, intervals: Sequence[IntervalType]) -> str:
    for _, one in facts.survival:
        if one.estimate is None or one.lower is None:
            continue
        stated = _admitted(one.estimate)
        middles = {interval: middle_of(one, interval) for interval in intervals}
        said = [
            f"{_tenths(float(between.lower))} to {_tenths(float(between.upper))}% ({interval})"
            for interval, between in middles.items()
            if between and (between.lower > stated.upper or between.upper < stated.lower)
        ]
        if len(said) == len(intervals):
            return f"In the middle of these limits lies {', '.join(said)}."
    return ""


def _too_few(
    left: str, percent: float, tick: float, at: float, alive: Bounds, median: Bounds
) -> str:
    """Say why so many at risk do not go with those alive at a month and a median follow-up."""
    seen = f"{left}, {_tenths(percent)}%, are at risk at month {tick:g}"
    # What counts is S just before the tick, which is no lower than S at it or later.
    followed = 100 * percent / float(alive.lower)
    if at >= tick and tick <= median.lower and followed < 50:
        return (
            f"{seen}. With at least {_tenths(float(alive.lower))}% alive, at most "
            f"{_tenths(followed)}% of these can still be followed: the median follow-up would lie "
            f"before month {tick:g}."
        )
    most = float(alive.upper) / 2
    if at <= median.upper < tick and percent > most:
        return (
            f"From month {float(median.upper):g} on at most {_tenths(float(alive.upper))}% are "
            f"alive and at most half of these still followed, {_tenths(most)}%; but {seen}."
        )
    return ""


def _admitted(text: str) -> Bounds:
    return printed.admits(text).rounded


def _tenths(value: float) -> str:
    return printed.show(value, like="0.0")
