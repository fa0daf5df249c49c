"""The single statements that printed survival facts consist of, each in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from secondlook.linked.survival_facts import PrintedMedian, SurvivalFacts

__all__ = ["split_facts", "together"]


def split_facts(facts: SurvivalFacts) -> dict[str, SurvivalFacts]:
    """Return each statement in words, with facts that hold this statement alone."""
    return (
        _numbers_at_risk(facts) | _survival(facts) | _medians(facts) | _deaths(facts) | _told(facts)
    )


def together(parts: Iterable[SurvivalFacts], n: str) -> SurvivalFacts:
    """Join statements of one paper into one set of facts; `n` is the number of patients."""
    whole = SurvivalFacts(n=n)
    for part in parts:
        if part.row:
            row = part.at_risk.split()
            before = whole.at_risk.split()
            width = max(len(row), len(before))
            row, before = ([*side, *["-"] * (width - len(side))] for side in (row, before))
            merged = (new if new != "-" else old for new, old in zip(row, before, strict=True))
            whole = replace(whole, at_risk=" ".join(merged), spacing=part.spacing)
        if part.median is not None:
            whole = replace(whole, median=_join(whole.median, part.median))
        if part.follow_up is not None:
            whole = replace(whole, follow_up=_join(whole.follow_up, part.follow_up))
        if part.deaths is not None:
            whole = replace(whole, deaths=part.deaths)
        whole = replace(
            whole,
            survival=whole.survival + part.survival,
            known=whole.known + part.known,
            left=whole.left + part.left,
        )
    return whole


def _join(kept: PrintedMedian | None, new: PrintedMedian) -> PrintedMedian:
    if kept is None:
        return new
    estimate = kept.estimate if new.estimate == "" else new.estimate
    return PrintedMedian(estimate, new.limits or kept.limits)


def _numbers_at_risk(facts: SurvivalFacts) -> dict[str, SurvivalFacts]:
    found = {}
    for index, number in enumerate(facts.row):
        if index and number is not None:
            row = " ".join([*["-"] * index, str(number)])
            time = float(facts.ticks[-1][0]) * index / (len(facts.row) - 1)
            found[f"{number} at risk at {time:g}"] = SurvivalFacts(
                n=facts.n, at_risk=row, spacing=facts.spacing
            )
    return found


def _survival(facts: SurvivalFacts) -> dict[str, SurvivalFacts]:
    found = {}
    for fact in facts.survival:
        if fact.estimate is not None:
            alone = replace(fact, limits=None)
            found[f"S({fact.time}) = {fact.estimate}%"] = SurvivalFacts(
                n=facts.n, survival=(alone,)
            )
        if fact.limits is not None:
            alone = replace(fact, estimate=None)
            words = f"limits {fact.limits[0]}% and {fact.limits[1]}% of S({fact.time})"
            found[words] = SurvivalFacts(n=facts.n, survival=(alone,))
    return found


def _medians(facts: SurvivalFacts) -> dict[str, SurvivalFacts]:
    found = {}
    if facts.median is not None:
        for words, alone in _parts_of(facts.median, "survival").items():
            found[words] = SurvivalFacts(n=facts.n, median=alone)
    if facts.follow_up is not None:
        for words, alone in _parts_of(facts.follow_up, "follow-up").items():
            found[words] = SurvivalFacts(n=facts.n, follow_up=alone)
    return found


def _parts_of(median: PrintedMedian, name: str) -> dict[str, PrintedMedian]:
    parts = {}
    if median.estimate != "":
        words = f"median {name} {median.estimate or 'not reached'}"
        parts[words] = replace(median, limits=None)
    if median.limits is not None:
        ends = " and ".join(limit or "not reached" for limit in median.limits)
        parts[f"limits {ends} of the median {name}"] = replace(median, estimate="")
    return parts


def _deaths(facts: SurvivalFacts) -> dict[str, SurvivalFacts]:
    if facts.deaths is None:
        return {}
    shown = facts.deaths if isinstance(facts.deaths, str) else " to ".join(facts.deaths)
    return {f"{shown} deaths": SurvivalFacts(n=facts.n, deaths=facts.deaths)}


def _told(facts: SurvivalFacts) -> dict[str, SurvivalFacts]:
    left = {
        f"{number} left at {time}": SurvivalFacts(n=facts.n, left=((time, number),))
        for time, number in facts.left
    }
    return left | {
        f"patient told of {number}: {known.mark} at {known.time}"
        + (f" ({known.who})" if known.who else ""): SurvivalFacts(n=facts.n, known=(known,))
        for number, known in enumerate(facts.known, start=1)
    }
