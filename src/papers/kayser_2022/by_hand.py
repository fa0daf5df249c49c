"""Why statements that contradict each other do so, where a reader can redo it on paper.

Three rules are enough. Whoever is at risk later is alive earlier. The share at risk is the share
alive times the share still followed (the product limit of the reverse curve), because every
patient who leaves is an event of exactly one of the two curves. And limits lie symmetrically
around their estimate on the scale that they are made on.
"""

from __future__ import annotations

from collections.abc import Sequence

from secondlook import printed
from secondlook.linked import SurvivalFacts
from secondlook.linked.survival_facts import admitted
from secondlook.printed import Bounds
from secondlook.survival import IntervalType, middle_bounds

__all__ = ["by_hand", "middle_of"]


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
