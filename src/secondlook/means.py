"""Printed means: the P of the usual tests, the limits of a difference, over all that round to them.

Every data set with such means and SDs has its P, and its limits, within the range that is given;
those of Welch's test are a little wider, because its degrees of freedom are bounded on their own,
and so are those of more than `MOST_EXACT` groups.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy import special

from secondlook.inputs import FloatArray, probability

__all__ = ["difference_ranges", "p_ranges"]

Range = tuple[float, float]
T_TESTS = ("t test", "Welch t test", "z test")
ANOVA = "one-way analysis of variance"
"""Of three groups or more; of two it is the t test."""
MOST_EXACT = 12
"""Groups of which all corners are tried; of more the greatest sum of squares is a bound."""


def p_ranges(means: Sequence[Range], sds: Sequence[Range], n: Sequence[int]) -> Mapping[str, Range]:
    """Return the least and the greatest P of each usual test whether means are equal.

    Parameters
    ----------
    means, sds
        The least and the greatest that each group's mean and SD (n - 1) may be.
    n
        The sizes of the groups, each 2 or more.

    Returns
    -------
    Mapping
        Test -> its range. Of two groups `T_TESTS`, each also one-sided ("one-sided t test");
        of more `ANOVA`.

    Raises
    ------
    ValueError
        If there are not two groups or more of two or more, or a number is infinite, or an SD
        below 0.

    Examples
    --------
    >>> low, high = p_ranges([(960, 960), (930, 930)], [(335, 335), (221, 221)], [60, 62])["t test"]
    >>> round(low, 4), round(high, 4)
    (0.5592, 0.5592)
    """
    size, sd = _checked(means, sds, n)
    least, greatest = sd.T
    df, more = size.sum() - len(n), len(n) - 1
    near, far = _between(means, size)
    with np.errstate(divide="ignore", invalid="ignore"):
        # Nothing apart of nothing is no difference.
        f = [
            np.nan_to_num(between / more / (((size - 1) * sd**2).sum() / df), nan=0.0)
            for between, sd in ((near, greatest), (far, least))
        ]
        if more > 1:
            few, most = special.fdtrc(more, df, f[::-1])
            return {ANOVA: (float(few), float(most))}
        unequal = [
            np.nan_to_num(between * np.sum(1 / size) / np.sum(sd**2 / size), nan=0.0)
            for between, sd in ((near, greatest), (far, least))
        ]
        low, high = _welch_df(least**2 / size, greatest**2 / size, size - 1)
    t, z = np.sqrt(f), np.sqrt(unequal)
    found = dict(zip(T_TESTS, (
        special.stdtr(df, -t), special.stdtr([low, high], -z), special.ndtr(-z)
    ), strict=True))  # fmt: skip
    two = {test: (2 * float(tail[1]), 2 * float(tail[0])) for test, tail in found.items()}
    one = {f"one-sided {test}": (low / 2, high / 2) for test, (low, high) in two.items()}
    return two | one


def difference_ranges(
    means: Sequence[Range], sds: Sequence[Range], n: Sequence[int], *, level: float = 0.95
) -> Mapping[str, tuple[Range, Range]]:
    """Return the limits of the first of two means less the second, by the interval of each t test.

    Parameters as of `p_ranges`, of two groups. The result has `T_TESTS`, and each of Student's and
    of z with the standard error of the other (``t test, unpooled``, ``z test, pooled``), each with
    the least and the greatest that its lower limit may be, and its upper.

    Examples
    --------
    >>> found = difference_ranges([(960, 960), (930, 930)], [(335, 335), (221, 221)], [60, 62])
    >>> [[round(end, 1) for end in limit] for limit in found["t test"]]
    [[-71.4, -71.4], [131.4, 131.4]]
    """
    size, sd = _checked(means, sds, n)
    if len(n) != 2:
        raise ValueError(f"a difference is of two means; got {len(n)}")
    tail, df = (1 - probability(level, "level")) / 2, size - 1
    pooled = np.sqrt((df @ sd**2) / df.sum() * np.sum(1 / size))
    own = np.sqrt((1 / size) @ sd**2)
    with np.errstate(divide="ignore", invalid="ignore"):
        few, many = _welch_df(sd[:, 0] ** 2 / size, sd[:, 1] ** 2 / size, df)
    z, student = -special.ndtri(tail), -special.stdtrit(df.sum(), tail)
    times = {
        "t test": pooled * student,
        "Welch t test": own * -special.stdtrit(np.array([many, few]), tail),
        "z test": own * z,
        "t test, unpooled": own * student,
        "z test, pooled": pooled * z,
    }
    (low, high), (other_low, other_high) = means
    apart = low - other_high, high - other_low
    return {
        test: (
            (float(apart[0] - wide), float(apart[1] - narrow)),
            (float(apart[0] + narrow), float(apart[1] + wide)),
        )
        for test, (narrow, wide) in times.items()
    }


def _checked(
    means: Sequence[Range], sds: Sequence[Range], n: Sequence[int]
) -> tuple[FloatArray, FloatArray]:
    """Return the sizes, and the least and greatest SD of each group."""
    if len(n) < 2 or min(n) < 2 or not len(means) == len(sds) == len(n):
        raise ValueError(f"means are of two groups or more, each of two or more; got n {n}")
    size, sd = np.array(n, float), np.array(sds, float)
    if sd.min() < 0 or not np.isfinite([*means, *sds]).all():
        raise ValueError(f"means are finite, and SDs too and not below 0; got {means}, {sds}")
    return size, sd


def _between(means: Sequence[Range], size: FloatArray) -> Range:
    """Return the least and the greatest sum of squares between groups.

    It is convex in the means: greatest at a corner, least where each is as near as it can be to
    the mean of all.
    """
    low, high = np.array(means, float).T
    if len(size) == 2:
        apart = max(0.0, low[0] - high[1], low[1] - high[0]), max(high - low[::-1])
        near, far = (float(size.prod() / size.sum() * each**2) for each in apart)
        return near, far

    ends = np.unique([low, high])[:, None]
    pull = (np.clip(ends, low, high) - ends) @ size  # falls in straight lines from end to end
    nearest = np.clip(np.interp(0, -pull, ends[:, 0]), low, high)
    if len(size) > MOST_EXACT:  # about any value the squares are as great or greater
        centre = (low + high) @ size / size.sum() / 2
        return _about_mean(nearest, size), float(
            np.maximum(high - centre, centre - low) ** 2 @ size
        )
    corners = np.where(np.arange(1 << len(size))[:, None] >> np.arange(len(size)) & 1, high, low)
    return _about_mean(nearest, size), _about_mean(corners, size)


def _about_mean(values: FloatArray, size: FloatArray) -> float:
    """Return the greatest sum of squares about its mean of one row of values, or of each."""
    apart = values - values @ size[:, None] / size.sum()
    return float(np.max(apart**2 @ size))


def _welch_df(least: FloatArray, greatest: FloatArray, df: FloatArray) -> Range:
    """Return the least and the greatest degrees of freedom of Welch's test.

    They depend on the ratio of the two squared errors alone, and are greatest where it is that of
    the degrees of freedom.
    """
    ratios = [least[0] / greatest[1], greatest[0] / least[1]]
    peak = df[0] / df[1]
    inside = [peak] if ratios[0] <= peak <= ratios[1] else []
    found = [
        float(df[0]) if np.isinf(r) else float((r + 1) ** 2 / (r**2 / df[0] + 1 / df[1]))
        for r in (*ratios, *inside)
        if not np.isnan(r)
    ]
    return min(found, default=float(df.min())), max(found, default=float(df.sum()))
