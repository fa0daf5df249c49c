"""Confidence intervals for one proportion, each under the name that papers give it.

A printed interval can come from a dozen formulas that agree for 500 of 1000
and disagree for 1 of 21. All of them are here, so that a printed interval
can be recognised, and so that our own can be exact.

Mid-p, Blaker and likelihood have no closed form: each is the edge of a set of proportions that a
test of the observed count accepts. An upper limit is one minus the lower limit of the other
outcome, so that only lower limits are sought.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal, get_args

import scipy

from secondlook.inputs import choice, count_of, probability
from secondlook.proportions.one_proportion import at_least, at_most

Method = Literal[
    "clopper-pearson",
    "wilson",
    "wilson-cc",
    "agresti-coull",
    "jeffreys",
    "mid-p",
    "blaker",
    "likelihood",
    "wald",
    "wald-cc",
    "logit",
    "arcsine",
]
Side = Literal["both", "lower", "upper"]
METHODS: tuple[Method, ...] = get_args(Method)

Limits = tuple[float, float]


@dataclass(frozen=True)
class ProportionInterval:
    """An interval for a proportion; every number is a proportion, not a percent."""

    count: int
    n: int
    estimate: float
    lower: float
    upper: float
    level: float
    method: Method
    side: Side


def interval(
    count: int,
    n: int,
    *,
    method: Method = "clopper-pearson",
    level: float = 0.95,
    side: Side = "both",
) -> ProportionInterval:
    """Return the proportion `count` of `n` with its confidence interval.

    Limits outside [0, 1], which Wald and Agresti-Coull can give, are cut to 0 and 1. ``logit`` has
    no interval at 0 of n and n of n, and ``blaker`` none that is one-sided.

    Parameters
    ----------
    count, n
        Whole numbers, 0 <= count <= n, n >= 1.
    method
        One of `METHODS`.

        ``clopper-pearson``
            Exact: inverts two one-sided binomial tests (R: `binom.test`).
        ``wilson``, ``wilson-cc``
            Inverts the score test, without and with continuity correction
            (R: `prop.test`; see Notes).
        ``agresti-coull``
            Wald about (count + z^2/2)/(n + z^2).
        ``jeffreys``
            Beta(count + 1/2, n - count + 1/2) quantiles; the lower limit is 0
            at count = 0 and the upper 1 at count = n.
        ``mid-p``
            Clopper-Pearson, with only half of the observed count's probability.
        ``blaker``
            Exact and inside Clopper-Pearson: inverts a single two-sided test.
        ``likelihood``
            Where twice the drop of the log likelihood is at most z^2.
        ``wald``, ``wald-cc``
            Estimate plus and minus z standard errors, then (cc) 1/(2n).
        ``logit``, ``arcsine``
            Wald on the transformed scale.
    side
        ``both``, or ``lower``/``upper`` for a one-sided bound at `level`; the
        other limit is then 1 or 0.

    Notes
    -----
    R's `prop.test` shrinks its correction when count/n is within 1/(2n) of
    1/2, because it takes the correction from a test of 1/2. ``wilson-cc`` is
    Newcombe's, which always corrects by 1/(2n); the two differ only there.

    References
    ----------
    Clopper & Pearson (1934), Biometrika 26, 404-413.
    Newcombe (1998), Stat Med 17, 857-872 (methods 1 to 7).
    Blaker (2000), Can J Stat 28, 783-798.
    Brown, Cai & DasGupta (2001), Stat Sci 16, 101-133.

    Examples
    --------
    >>> response = interval(11, 21)
    >>> f"{response.estimate:.3f} ({response.lower:.3f} to {response.upper:.3f})"
    '0.524 (0.298 to 0.743)'
    """
    events, size = count_of(count, n)
    level = probability(level, "level")
    method = choice(method, "method", METHODS)
    side = choice(side, "side", get_args(Side))
    if side != "both" and method == "blaker":
        raise ValueError("Blaker's interval inverts a two-sided test and has no one-sided bound")
    if side != "both" and level < 0.5:
        raise ValueError(f"level is {level!r}; a one-sided bound needs at least 0.5")
    alpha = 1.0 - level if side == "both" else 2.0 * (1.0 - level)
    lower, upper = _LIMITS[method](events, size, alpha)
    return ProportionInterval(
        count=events,
        n=size,
        estimate=events / size,
        lower=0.0 if side == "upper" else min(max(lower, 0.0), 1.0),
        upper=1.0 if side == "lower" else max(min(upper, 1.0), 0.0),
        level=level,
        method=method,
        side=side,
    )


def deviate(alpha: float) -> float:
    """Return the z beyond which, on both sides, lies `alpha`."""
    return float(-scipy.special.ndtri(alpha / 2.0))


def _clopper_pearson_lower(count: int, n: int, alpha: float) -> float:
    return float(scipy.special.betaincinv(count, n - count + 1, alpha / 2.0))


def _jeffreys_lower(count: int, n: int, alpha: float) -> float:
    return float(scipy.special.betaincinv(count + 0.5, n - count + 0.5, alpha / 2.0))


def _wilson_lower(count: float, n: int, alpha: float) -> float:
    z = deviate(alpha)
    spread = z * math.sqrt(count * (n - count) / n + z * z / 4.0)
    return (count + z * z / 2.0 - spread) / (n + z * z)


def _wilson_cc_lower(count: int, n: int, alpha: float) -> float:
    # Newcombe's method 4 is his method 3 of half a patient less.
    return _wilson_lower(count - 0.5, n, alpha)


def _wald(count: int, n: int, alpha: float) -> Limits:
    estimate = count / n
    margin = deviate(alpha) * math.sqrt(estimate * (1.0 - estimate) / n)
    return estimate - margin, estimate + margin


def _wald_cc(count: int, n: int, alpha: float) -> Limits:
    lower, upper = _wald(count, n, alpha)
    return lower - 0.5 / n, upper + 0.5 / n


def _agresti_coull(count: int, n: int, alpha: float) -> Limits:
    z = deviate(alpha)
    size = n + z * z
    centre = (count + z * z / 2.0) / size
    margin = z * math.sqrt(centre * (1.0 - centre) / size)
    return centre - margin, centre + margin


def _logit(count: int, n: int, alpha: float) -> Limits:
    if count in (0, n):
        raise ValueError(
            f"the logit interval does not exist at {count} of {n}; "
            "use clopper-pearson, wilson or jeffreys"
        )
    centre = math.log(count / (n - count))
    margin = deviate(alpha) * math.sqrt(n / (count * (n - count)))
    return 1.0 / (1.0 + math.exp(margin - centre)), 1.0 / (1.0 + math.exp(-margin - centre))


def _arcsine(count: int, n: int, alpha: float) -> Limits:
    centre = math.asin(math.sqrt(count / n))
    margin = deviate(alpha) / (2.0 * math.sqrt(n))
    return (
        math.sin(max(centre - margin, 0.0)) ** 2,
        math.sin(min(centre + margin, math.pi / 2.0)) ** 2,
    )


TINY = 1e-300


def _mirror(count: int, n: int, alpha: float, lower: Callable[[int, int, float], float]) -> Limits:
    """Return the lower limit, and as the upper one what the mirrored count leaves."""
    return (
        0.0 if count == 0 else lower(count, n, alpha),
        1.0 if count == n else 1.0 - lower(n - count, n, alpha),
    )


def root(function: Callable[[float], float], low: float, high: float) -> float:
    """Return the root between two numbers, to all digits of a float."""
    return float(scipy.optimize.brentq(function, low, high, xtol=TINY, rtol=8.9e-16, maxiter=500))


def _mid_p_lower(count: int, n: int, alpha: float) -> float:
    """Return where P(more) + P(observed)/2 is alpha/2."""

    def excess(p: float) -> float:
        tail = (at_least(count, n, p) + at_least(count + 1, n, p)) / 2.0
        return tail - alpha / 2.0

    return root(excess, 0.0, 1.0)


def _likelihood_lower(count: int, n: int, alpha: float) -> float:
    """Return where twice the log likelihood ratio against the estimate is z squared."""
    estimate = count / n
    z = deviate(alpha)

    def log_likelihood(p: float) -> float:
        return float(scipy.special.xlogy(count, p) + scipy.special.xlogy(n - count, 1.0 - p))

    top = log_likelihood(estimate)
    return root(lambda p: z * z - 2.0 * (top - log_likelihood(p)), TINY, estimate)


def _blaker_lower(count: int, n: int, alpha: float) -> float:
    """Walk up in p over the pieces on which the opposite tail holds the same counts.

    Below the estimate the observed tail is P(X >= count). The opposite tail
    {0..k} joins at the p where P(X <= k) has fallen to it, and the
    acceptability jumps up there. On each piece it falls, then rises, so that
    alpha is first reached at a jump or at the one root of the rising part.
    """

    def excess(opposite: int, p: float) -> float:
        return at_least(count, n, p) + at_most(opposite, n, p) - alpha

    # The interval lies within Clopper and Pearson's: begin on the piece that holds their limit.
    left = _clopper_pearson_lower(count, n, alpha)
    joined = bisect_right(range(count), alpha / 2.0, key=lambda k: at_most(k, n, left))
    for opposite in range(joined - 1, count):
        if excess(opposite, left) >= 0:
            return left
        right = _joins(opposite + 1, count, n)
        if excess(opposite, right) >= 0:
            return root(partial(excess, opposite), left, right)
        left = right
    raise AssertionError(f"Blaker's acceptability of {count} of {n} never reached {alpha}.")


def _joins(opposite: int, count: int, n: int) -> float:
    """Return the p at which P(X <= opposite) has fallen to P(X >= count)."""
    return root(
        lambda p: at_least(count, n, p) - at_most(opposite, n, p), 0.0, math.nextafter(1.0, 0.0)
    )


_LIMITS: dict[Method, Callable[[int, int, float], Limits]] = {
    "clopper-pearson": partial(_mirror, lower=_clopper_pearson_lower),
    "wilson": partial(_mirror, lower=_wilson_lower),
    "wilson-cc": partial(_mirror, lower=_wilson_cc_lower),
    "agresti-coull": _agresti_coull,
    "jeffreys": partial(_mirror, lower=_jeffreys_lower),
    "mid-p": partial(_mirror, lower=_mid_p_lower),
    "blaker": partial(_mirror, lower=_blaker_lower),
    "likelihood": partial(_mirror, lower=_likelihood_lower),
    "wald": _wald,
    "wald-cc": _wald_cc,
    "logit": _logit,
    "arcsine": _arcsine,
}
