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

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pandas as pd

from papers.kayser_2022 import scan
from papers.kayser_2022.data import KEY
from secondlook import printed
from secondlook.data import load_text
from secondlook.linked import SurvivalFacts
from secondlook.linked.conventions import without_limits
from secondlook.linked.printed_statements import split_facts, together
from secondlook.linked.survival_facts import admitted
from secondlook.printed import Bounds
from secondlook.survival import INTERVAL_TYPES, IntervalType, middle_bounds
from secondlook.tables import DASH

__all__ = [
    "ANY",
    "SEPARATOR",
    "by_hand",
    "facts",
    "listed",
    "middles",
    "named",
    "statements",
    "stored",
    "type_of",
    "why_not",
]

ANY = "any"
SEPARATOR = "; "
# Without limits every type gives the same answer.
NO_MATTER: IntervalType = "log"


def facts(what: str, spacing: str, interval: str) -> SurvivalFacts:
    """Return the facts among which a row of the evidence was looked for.

    Parameters
    ----------
    what
        ``scan.CURVE`` or ``scan.RELAPSE_FREE``.
    spacing
        Months between the ticks; `ANY` leaves the numbers at risk out.
    interval
        A type of interval; `ANY` leaves the limits out.
    """
    if what == scan.RELAPSE_FREE:
        return scan.facts(what, "")
    printed = scan.facts(what, scan.SPACINGS[0] if spacing == ANY else spacing)
    if spacing == ANY:
        printed = replace(printed, at_risk="", spacing=None)
    return without_limits(printed) if interval == ANY else printed


def type_of(interval: str) -> IntervalType:
    """Return the type to search under; any will do where no limits are among the facts."""
    return next((known for known in INTERVAL_TYPES if known == interval), NO_MATTER)


def stored() -> pd.DataFrame:
    """Return the evidence as stored: facts, spacing, interval, statements, smallest."""
    return load_text(KEY, "evidence")


def statements(row: str) -> Iterator[str]:
    """Take the statements of a stored row apart."""
    yield from row.split(SEPARATOR)


def named(what: str, spacing: str, interval: str, row: str) -> SurvivalFacts:
    """Return the facts that consist of a stored row's statements alone."""
    whole = facts(what, spacing, interval)
    parts = split_facts(whole)
    return together((parts[words] for words in statements(row)), whole.n)


PHRASES = (
    (r"(\d+) at risk at (\S+)", r"\1 at risk at month \2"),
    (r"S\((\S+)\) = (\S+)", r"survival of \2 at month \1"),
    (r"limits (\S+) and (\S+) of S\((\S+)\)", r"limits of \1 and \2 at month \3"),
    (r"limits (\S+) and (.+) of the median (\S+)", r"limits of \1 and \2 months of the median \3"),
    (r"median (\S+) ([\d.]+)", r"median \1 of \2 months"),
)
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
    curve = (table["facts"] == scan.CURVE) & ~table["statements"].isin(whole["statements"])
    shown = pd.concat([whole, table[curve], table[table["facts"] == scan.RELAPSE_FREE]])
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
                "statements": in_words(str(found)) + proven,
                "why": why(group["facts"].iloc[0], str(spacing), intervals, str(found)) or DASH,
            }
        )
    return pd.DataFrame(rows)


def why(what: str, spacing: str, intervals: list[str], row: str) -> str:
    """Say by hand why stored statements contradict each other; empty if not short."""
    alone = named(what, spacing, intervals[0], row)
    return by_hand(alone, [type_of(interval) for interval in intervals])


def why_not(spacing: str) -> str:
    """Say by hand why the ticks are not so many months apart."""
    table = stored()
    rows = table[(table["spacing"] == spacing) & (table["interval"] == ANY)]
    return why(scan.CURVE, spacing, [ANY], str(rows["statements"].item()))


def in_words(row: str) -> str:
    """Write the statements of a stored row in words, with months."""
    return "; ".join(_in_words(one) for one in statements(row))


def middles() -> pd.DataFrame:
    """Set the middles of printed limits beside the estimates: type, os-12, os-24, rfs-12, rfs-24.

    Percents; a row a type of interval, last what is printed.
    """
    stated = {
        f"{name}-{fact.time}": fact
        for name, what in (("os", scan.CURVE), ("rfs", scan.RELAPSE_FREE))
        for fact in scan.facts(what, scan.SPACINGS[0]).survival
    }
    rows: list[dict[str, str]] = [
        {"type": str(interval)}
        | {key: _between(fact.limits, interval) for key, fact in stated.items() if fact.limits}
        for interval in INTERVAL_TYPES
    ]
    last = {"type": "printed"} | {key: str(fact.estimate) for key, fact in stated.items()}
    return pd.DataFrame([*rows, last])


def _between(limits: tuple[str, str], interval: IntervalType) -> str:
    bounds = middle_of(limits, interval)
    if bounds is None:
        return DASH
    return " to ".join(printed.show(float(end), like="0.0") for end in (bounds.lower, bounds.upper))


def _in_words(statement: str) -> str:
    for pattern, words in PHRASES:
        if re.fullmatch(pattern, statement):
            return re.sub(pattern, words, statement)
    raise ValueError(f"no words are known for the statement {statement!r}")


def _part(what: str, spacing: str, interval: str) -> str:
    if what == scan.RELAPSE_FREE:
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


def by_hand(facts: SurvivalFacts, intervals: Sequence[IntervalType] = ()) -> str:
    """Return in a sentence or two why no data set prints the facts.

    Parameters
    ----------
    facts
        The statements of one contradiction, together; times in months.
    intervals
        The types of limits that are to be ruled out, if limits are among the statements.

    Returns
    -------
    str
        Empty if none of the rules shows the contradiction.
    """
    limits = any(fact.limits for fact in facts.survival)
    if limits and intervals and not facts.ticks and not facts.median and not facts.follow_up:
        return _no_middle(facts, intervals)
    if limits or facts.median or len(facts.ticks) != 1 or len(facts.survival) > 1:
        return ""
    if facts.follow_up is None:
        return _alive_earlier(facts)
    if facts.follow_up.limits or not facts.follow_up.estimate:
        return ""
    return _too_few(facts) if facts.survival else _all_gone(facts)


def middle_of(limits: tuple[str, str], interval: IntervalType) -> Bounds | None:
    """Return the percents that may lie in the middle of printed limits; None if nothing follows."""
    lower, upper = (_fraction(limit) for limit in limits)
    between = middle_bounds(lower, upper, interval)
    if between is None:
        return None
    return Bounds(100 * float(between.lower), 100 * float(between.upper), True, True)


def _no_middle(facts: SurvivalFacts, intervals: Sequence[IntervalType]) -> str:
    estimates = {fact.time: fact.estimate for fact in facts.survival if fact.estimate}
    for fact in facts.survival:
        if fact.limits is None or fact.time not in estimates:
            continue
        stated = admitted(estimates[fact.time], "rounded")
        middles = {interval: middle_of(fact.limits, interval) for interval in intervals}
        said = [
            f"{_tenths(float(between.lower))} to {_tenths(float(between.upper))}% ({interval})"
            for interval, between in middles.items()
            if between and (between.lower > stated.upper or between.upper < stated.lower)
        ]
        if len(said) == len(intervals):
            return f"In the middle of these limits lies {', '.join(said)}."
    return ""


def _alive_earlier(facts: SurvivalFacts) -> str:
    ((tick, left),), (fact,) = facts.ticks, facts.survival
    share = left / facts.patients
    if fact.at > tick or fact.estimate is None or share <= _fraction(fact.estimate).upper:
        return ""
    return (
        f"{left} of {facts.n} are {_percent(share)}%: at least so many are alive at month {tick}, "
        f"and were at month {fact.time}."
    )


def _all_gone(facts: SurvivalFacts) -> str:
    assert facts.follow_up is not None
    ((tick, left),) = facts.ticks
    if left or tick > admitted(facts.follow_up.estimate or "", "rounded").lower:
        return ""
    return f"If nobody is left at month {tick}, nobody has been followed for longer."


def _too_few(facts: SurvivalFacts) -> str:
    assert facts.follow_up is not None
    ((tick, left),), (fact,) = facts.ticks, facts.survival
    share, median = left / facts.patients, admitted(facts.follow_up.estimate or "", "rounded")
    if fact.estimate is None:
        return ""
    alive = _fraction(fact.estimate)
    at_risk = f"{left} of {facts.n}, {_percent(share)}%, are at risk at month {tick}"
    # What counts is S just before the tick, which is no lower than S at it or later.
    if fact.at >= tick and tick <= median.lower and share / float(alive.lower) < 0.5:
        return (
            f"{at_risk}. With at least {_percent(float(alive.lower))}% alive, at most "
            f"{_percent(share / float(alive.lower))}% of these can still be followed: the median "
            f"follow-up would lie before month {tick}."
        )
    most = float(alive.upper) / 2
    if fact.at <= median.upper < tick and share > most:
        return (
            f"From month {float(median.upper):g} on at most {_percent(float(alive.upper))}% are "
            f"alive and at most half of these still followed, {_percent(most)}%; but {at_risk}."
        )
    return ""


def _fraction(percent: str) -> Bounds:
    bounds = admitted(percent, "rounded")
    return Bounds(float(bounds.lower) / 100, float(bounds.upper) / 100, True, True)


def _percent(share: float) -> str:
    return _tenths(100 * share)


def _tenths(value: float) -> str:
    return printed.show(value, like="0.0")
