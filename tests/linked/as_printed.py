"""Survival printed as a paper prints it, from the estimators."""

import math

from secondlook.linked import PrintedSurvival
from secondlook.printed import show


def print_survival(curve, times):
    """S(t) with its limits in whole percent, at the times at which the limits exist."""
    survival = []
    for at in times:
        values = [
            100 * float(curve.at(float(at))[c].iloc[0]) for c in ("survival", "lower", "upper")
        ]
        if not any(math.isnan(value) for value in values):
            estimate, lower, upper = (show(value, like="5") for value in values)
            survival.append(PrintedSurvival(at, estimate, (lower, upper)))
    return tuple(survival)
