"""Survival of one state: risk sets, curves with their limits, and the log-rank comparison.

- ``risk_sets``: who is at risk and who fails, at each time, by group, from (start, stop] rows
- ``tied_times``: which times are one time
- ``kaplan_meier``: the product limit, its quantiles and restricted mean; follow-up
- ``intervals``: the five interval types of a survival probability
- ``printed_limits``: what printed limits say: their type, and the estimate between them
- ``log_rank``: the log-rank test, by chi-square and over every way to draw two groups

Every public name is importable from here. What cannot be true of an argument (a time that is
missing, infinite, negative or, at the end of a row, zero; an event that is neither boolean nor 0/1;
other lengths or indexes; an unknown option) is refused with a ValueError that names the argument,
the positions (from 0) and what to do.
"""

from secondlook.survival.intervals import INTERVAL_TYPES, IntervalType
from secondlook.survival.kaplan_meier import (
    Plateau,
    Quantile,
    RestrictedMean,
    SurvivalCurve,
    follow_up,
    kaplan_meier,
)
from secondlook.survival.log_rank import LogRank, exact_log_rank, log_rank
from secondlook.survival.printed_limits import identify_interval_type, middle, middle_bounds
from secondlook.survival.risk_sets import RiskSets, risk_sets

__all__ = [
    "INTERVAL_TYPES", "IntervalType", "LogRank", "Plateau", "Quantile", "RestrictedMean",
    "RiskSets", "SurvivalCurve", "exact_log_rank", "follow_up", "identify_interval_type",
    "kaplan_meier", "log_rank", "middle", "middle_bounds", "risk_sets",
]  # fmt: skip
