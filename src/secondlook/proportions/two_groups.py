"""Two proportions compared: odds ratio, risk ratio, risk difference, with their intervals.

Each interval has the name that papers give it, as those of one proportion have. Those that invert a
test ask how well the nearest pair of proportions with a given ratio or difference fits the counts:
by Pearson's chi-square (``score``, ``miettinen-nurminen``) or by the likelihood ratio.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Literal, get_args

import numpy as np
import scipy

from secondlook.inputs import choice, count_of, probability
from secondlook.proportions.fisher import Hypergeometric
from secondlook.proportions.intervals import TINY, Limits, deviate, interval, root

Measure = Literal["odds ratio", "risk ratio", "risk difference"]
Count = int | Fraction
Interval = Callable[[int, int, int, int, float], Limits]


@dataclass(frozen=True)
class Comparison:
    """A measure of `count` of `n` against `other_count` of `other_n`, with its interval."""

    estimate: float
    lower: float
    upper: float
    measure: Measure
    method: str
    level: float


def compare(
    count: int,
    n: int,
    other_count: int,
    other_n: int,
    *,
    measure: Measure = "odds ratio",
    method: str | None = None,
    level: float = 0.95,
) -> Comparison:
    """Return what two groups' counts make, the first over (or less) the second, with its interval.

    Limits of a difference beyond -1 and 1, which Wald and Agresti-Caffo can give, are cut to these.

    Parameters
    ----------
    count, n, other_count, other_n
        Whole numbers, each count at most its n.
    measure, method
        The first method of a measure is taken if none is said. `COMPARISONS` has them:

        odds ratio
            ``woolf``: Wald on the log scale (logistic regression's); ``haldane``: that, and the
            estimate, with 1/2 added to each cell; ``exact``: Cornfield's, given both margins, with
            the conditional estimate (R: `fisher.test`); ``mid-p``: that with half of the observed
            table's probability.
        risk ratio
            ``katz``: Wald on the log scale; ``haldane``: as of the odds ratio.
        risk difference
            ``wald``; ``wald-cc``: plus (1/n + 1/other_n)/2, or the difference if that is less (R:
            `prop.test`); ``newcombe``, ``newcombe-cc``: from two intervals of Wilson's (his methods
            10 and 11); ``agresti-caffo``: Wald with a success and a failure more in each group.
        all three
            ``score``: inverts Pearson's chi-square (Mee; Koopman; Cornfield without correction);
            ``miettinen-nurminen``: that times (N - 1)/N; ``likelihood``: profile likelihood.

    Raises
    ------
    ValueError
        If a count exceeds its n, or the counts leave the interval undefined (a cell of 0 with
        ``woolf``, a count of 0 or no failure at all with ``katz``).

    References
    ----------
    Woolf (1955), Ann Hum Genet 19, 251-253. Katz et al. (1978), Biometrics 34, 469-474.
    Newcombe (1998), Stat Med 17, 873-890. Agresti & Caffo (2000), Am Stat 54, 280-288.
    Miettinen & Nurminen (1985), Stat Med 4, 213-226.

    Examples
    --------
    >>> found = compare(15, 60, 6, 62)
    >>> f"{found.estimate:.2f} ({found.lower:.2f} to {found.upper:.2f})"
    '3.11 (1.12 to 8.67)'
    """
    a, n = count_of(count, n)
    b, m = count_of(other_count, other_n)
    measure = choice(measure, "measure", get_args(Measure))
    methods = COMPARISONS[measure]
    method = choice(next(iter(methods)) if method is None else method, "method", methods)
    level = probability(level, "level")
    try:
        lower, upper = methods[method](a, n, b, m, level)
    except ZeroDivisionError:
        raise ValueError(
            f"{measure} of {a} of {n} and {b} of {m}: its {method} interval does not exist; "
            "use score"
        ) from None
    if measure == "risk difference":
        lower, upper = max(lower, -1.0), min(upper, 1.0)
    return Comparison(
        float(measured(measure, a, n, b, m, method)), lower, upper, measure, method, level
    )


def measured(
    measure: Measure, a: Count, n: Count, b: Count, m: Count, method: str = ""
) -> float | Fraction:
    """Return what counts make, exactly of fractions; infinite, or nan, where it divides by 0."""
    if method in ("exact", "mid-p"):
        return _cell(int(a), int(n), int(b), int(m)).odds_ratio(int(a))
    if measure == "risk difference":
        return a / n - b / m
    if method == "haldane":
        a, n, b, m = _with_halves(a, n, b, m)
    odds = measure == "odds ratio"
    above, below = (a * (m - b), b * (n - a)) if odds else (a * m, b * n)
    return above / below if below else math.inf if above else math.nan


def _with_halves(a: Count, n: Count, b: Count, m: Count) -> tuple[Count, Count, Count, Count]:
    """Return the counts with half a patient more in each of the four cells."""
    half = Fraction(1, 2)
    return a + half, n + 1, b + half, m + 1


# Intervals from a standard error ------------------------------------------------------------------


def _logarithmic(measure: Measure, a: Count, n: Count, b: Count, m: Count, level: float) -> Limits:
    """Return Woolf's or Katz's limits: a ratio times and by a factor."""
    rest = 1 / (n - a) + 1 / (m - b) if measure == "odds ratio" else -1 / n - 1 / m
    variance = 1 / a + 1 / b + rest
    if not variance:
        raise ZeroDivisionError
    ratio = float(measured(measure, a, n, b, m))
    factor = math.exp(deviate(1.0 - level) * math.sqrt(variance))
    return ratio / factor, ratio * factor


def _haldane(measure: Measure, a: int, n: int, b: int, m: int, level: float) -> Limits:
    return _logarithmic(measure, *_with_halves(a, n, b, m), level)


def _wald(a: float, n: float, b: float, m: float, level: float) -> Limits:
    p, q = a / n, b / m
    margin = deviate(1.0 - level) * math.sqrt(p * (1 - p) / n + q * (1 - q) / m)
    return p - q - margin, p - q + margin


def _wald_cc(a: int, n: int, b: int, m: int, level: float) -> Limits:
    (lower, upper), more = _wald(a, n, b, m, level), min((1 / n + 1 / m) / 2, abs(a / n - b / m))
    return lower - more, upper + more


def _agresti_caffo(a: int, n: int, b: int, m: int, level: float) -> Limits:
    return _wald(a + 1, n + 2, b + 1, m + 2, level)


def _newcombe(
    a: int, n: int, b: int, m: int, level: float, method: Literal["wilson", "wilson-cc"]
) -> Limits:
    one, other = (interval(x, k, method=method, level=level) for x, k in ((a, n), (b, m)))
    apart = one.estimate - other.estimate
    return (
        apart - math.hypot(one.estimate - one.lower, other.upper - other.estimate),
        apart + math.hypot(one.upper - one.estimate, other.estimate - other.lower),
    )


# Intervals that invert a test ---------------------------------------------------------------------


def _cell(a: int, n: int, b: int, m: int) -> Hypergeometric:
    return Hypergeometric.of(np.array([[a, n - a], [b, m - b]]))


def _conditional(part: float, a: int, n: int, b: int, m: int, level: float) -> Limits:
    """Return the exact limits given both margins, `part` of the observed table in each tail."""
    cell, alpha = _cell(a, n, b, m), (1.0 - level) / 2.0
    return cell.lower_odds_ratio(a, alpha, part), cell.upper_odds_ratio(a, alpha, part)


def _inverted(
    measure: Measure, misfit: str, a: int, n: int, b: int, m: int, level: float
) -> Limits:
    """Return where the misfit of the nearest proportions is the quantile of chi-square."""
    centre, most = float(measured(measure, a, n, b, m)), deviate(1.0 - level) ** 2
    # On these scales every number is a null that can be tested.
    to, back = (math.atanh, math.tanh) if measure == "risk difference" else (math.log, math.exp)
    ends = back(-math.inf), back(math.inf)

    def excess(at: float) -> float:
        p, q = _nearest(measure, back(at), a, n, b, m)
        cells = ((a, n * p), (n - a, n * (1 - p)), (b, m * q), (m - b, m * (1 - q)))
        if misfit == "likelihood":
            found = 2 * sum(seen * math.log(seen / max(fit, TINY)) for seen, fit in cells if seen)
        else:
            found = sum((seen - fit) ** 2 / max(fit, TINY) for seen, fit in cells)
        return found * (1 - 1 / (n + m) if misfit == "miettinen-nurminen" else 1) - most

    def limit(toward: int) -> float:
        end = ends[toward > 0]
        if math.isnan(centre) or centre == end:
            return end
        near, step = (0.0 if centre in ends else to(centre)), 1.0
        while excess(near) >= 0:
            near, step = near - toward * step, 2 * step
        far, step = near + toward, 1.0
        while excess(far) < 0:
            near, far, step = far, far + 2 * toward * step, 2 * step
        return back(scipy.optimize.brentq(excess, *sorted((near, far)), xtol=1e-13, rtol=8.9e-16))

    return limit(-1), limit(1)


def _nearest(measure: Measure, null: float, a: int, n: int, b: int, m: int) -> tuple[float, float]:
    """Return the two most likely proportions with this ratio or difference."""
    if measure == "risk difference":
        low, high = max(0.0, -null), min(1.0, 1 - null)
    else:
        low, high = 0.0, 1.0 if measure == "odds ratio" else min(1.0, 1 / null)

    def first(q: float) -> tuple[float, float]:
        """Return the proportion of the first group, and how fast it changes with the other."""
        if measure == "odds ratio":
            return null * q / (1 - q + null * q), null / (1 - q + null * q) ** 2
        return (null * q, null) if measure == "risk ratio" else (q + null, 1.0)

    def slope(q: float) -> float:
        """Return how the log likelihood changes."""
        p, change = first(q)
        one, other = (
            seen / max(r, TINY) - (size - seen) / max(1 - r, TINY)
            for seen, size, r in ((a, n, p), (b, m, q))
        )
        return one * change + other

    q = low if slope(low) <= 0 else high if slope(high) >= 0 else root(slope, low, high)
    return first(q)[0], q


_OWN: Mapping[Measure, Mapping[str, Interval]] = {
    "odds ratio": {
        "woolf": partial(_logarithmic, "odds ratio"),
        "haldane": partial(_haldane, "odds ratio"),
        "exact": partial(_conditional, 1.0),
        "mid-p": partial(_conditional, 0.5),
    },
    "risk ratio": {
        "katz": partial(_logarithmic, "risk ratio"),
        "haldane": partial(_haldane, "risk ratio"),
    },
    "risk difference": {
        "wald": _wald,
        "wald-cc": _wald_cc,
        "newcombe": partial(_newcombe, method="wilson"),
        "newcombe-cc": partial(_newcombe, method="wilson-cc"),
        "agresti-caffo": _agresti_caffo,
    },
}
COMPARISONS: Mapping[Measure, Mapping[str, Interval]] = {
    measure: {
        **own,
        **{
            m: partial(_inverted, measure, m) for m in ("score", "miettinen-nurminen", "likelihood")
        },
    }
    for measure, own in _OWN.items()
}
"""Measure -> its methods, each the limits of two counts, each with its size, at a level."""
