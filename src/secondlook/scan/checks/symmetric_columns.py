"""What the estimates of a column tell by lying in the middle of their limits.

They tell on which scale they are where no words do, or others than fit them; and where nothing
announces limits, that these are some.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from secondlook.scan.checks.estimate import SCALES, Estimate

BITS = 16
"""What estimates exactly in the middle of their limits must tell more than any number between two
others would, for these to be limits though nothing says so: 0.8 (0.4 to 1.2) tells two bits.
"""


def on_one_scale(column: list[Estimate]) -> list[Estimate]:
    """Give estimates the scale on which those of their column are symmetric.

    It is taken where nothing names it, also from those alone that are symmetric on one and not on
    the other, and where the one that is named fits few of them.
    """
    for named in ("unknown", *SCALES):
        some = [e for e in column if e.scale == named]
        even = [{scale for scale in SCALES if e.aside(scale) == 0} for e in some]
        symmetric = {scale: sum(scale in each for each in even) for scale in SCALES}
        scale = max(symmetric, key=lambda name: symmetric[name])
        most, least = symmetric[scale], min(symmetric.values())
        fits = most >= max(4, len(some) - 1) and 2 * least <= most
        telling = [each for each in even if len(each) < len(SCALES)]
        sole = telling.count({scale})
        if named == "unknown":
            fits = fits or (sole >= 4 and 10 * sole >= 9 * (len(telling) - 1))
            signed = [e for e in column if e.scale == "difference" and e.low[0] == "-"]
            exact = sum(e.skew == 0 for e in signed)
            if exact >= 4 and 10 * exact >= 8 * len(signed):
                scale, fits = "difference", True
                other = ("ratio", "correlation")
                some = [e for e in some if e.aside(scale) == 0 or 0 not in map(e.aside, other)]
        if fits and scale != named:
            column = [
                replace(e, scale=scale, p=e.p if named == "unknown" else None) if e in some else e
                for e in column
            ]
    return column


def announced_by_middles(columns: list[list[Estimate]]) -> Iterator[list[Estimate]]:
    """Give those of each column, or of all others together, that are nearly all in the middle."""
    alone = [in_the_middle(column) for column in columns]
    rest = [e for column, even in zip(columns, alone, strict=True) if not even for e in column]
    yield from (*alone, in_the_middle(rest))


def in_the_middle(found: list[Estimate]) -> list[Estimate]:
    """Return estimates on the scales on which nearly all are in the middle, as hardly by chance."""
    both = [{scale: replace(e, scale=scale) for scale in SCALES} for e in found]
    usual, other = sorted(SCALES, key=lambda name: -sum(e[name].skew == 0 for e in both))
    read = [
        e["difference"] if e[usual].low[0] == "-"
        else e[other if e[other].skew == 0 != e[usual].skew else usual]
        for e in both
    ]  # fmt: skip
    bits = [e.bits - (e.scale == other) for e in read if e.skew == 0]
    if len(bits) < 3 or 10 * len(bits) < 9 * (len(found) - 1) or sum(bits) < BITS:
        return []
    return [replace(e, said=False) for e in read]
