"""Which unprinted conventions the printed facts allow: ticks of the axis, type of the interval."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from secondlook.linked.contradiction import Contradiction, contradiction
from secondlook.linked.order_set import orders
from secondlook.linked.survival_facts import Rounding, SurvivalFacts
from secondlook.survival import INTERVAL_TYPES, IntervalType

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["possible_conventions", "without_limits"]


def possible_conventions(
    facts: SurvivalFacts,
    *,
    spacings: Iterable[str] = ("1", "2", "3", "4", "5", "6"),
    intervals: Iterable[IntervalType] = INTERVAL_TYPES,
    rounding: Rounding = "rounded",
    explain: bool = True,
) -> pd.DataFrame:
    """Search under every spacing of the numbers at risk and every type of interval.

    Parameters
    ----------
    facts
        What is printed; its own spacing does not matter.
    spacings, intervals
        What to try.
    rounding
        As in `orders`.
    explain
        Whether to look for the smallest contradiction where there is no order, which takes far
        longer than to see that there is none.

    Returns
    -------
    DataFrame
        A row a combination: spacing, interval, orders, sequences, possible, evidence. Where a
        contradiction found for one type of interval names no limits, it holds for all types; such
        a one is preferred among equally small ones.
    """
    import pandas as pd

    tried = list(intervals)
    rows = []
    for spacing in spacings:
        spaced = replace(facts, spacing=spacing)
        for_all = contradiction(without_limits(spaced), rounding=rounding) if explain else None
        for interval in tried:
            found = orders(spaced, interval, rounding=rounding)
            evidence = ""
            if found:
                evidence = f"{found.count} orders print every fact"
            elif explain:
                why = contradiction(spaced, interval, rounding=rounding)
                evidence = str(_preferred(for_all, why))
            rows.append(
                {
                    "spacing": spacing,
                    "interval": interval,
                    "orders": found.count if found else 0,
                    "sequences": len(found.sequences),
                    "possible": bool(found),
                    "evidence": evidence,
                }
            )
    return pd.DataFrame(rows)


def without_limits(facts: SurvivalFacts) -> SurvivalFacts:
    """Keep what no type of interval touches: a contradiction among these holds for all types."""
    return replace(
        facts,
        survival=tuple(replace(fact, limits=None) for fact in facts.survival),
        median=facts.median and replace(facts.median, limits=None),
        follow_up=facts.follow_up and replace(facts.follow_up, limits=None),
    )


def _preferred(for_all: Contradiction | None, alone: Contradiction | None) -> Contradiction | None:
    if for_all is None or alone is None:
        return for_all or alone
    return for_all if len(for_all.statements) <= len(alone.statements) else alone
