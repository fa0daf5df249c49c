"""A mean body mass index against the mean weight and height of the same people.

The mean of weight over squared height is not that of the means, but near: with coefficients of
variation v of the weight and h of the height it is so apart by 3 h² - 2 r v h of itself, to second
order, and no correlation r is beyond one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from secondlook.scan.checks.mean import SE, MeanSD, Told, ends, means
from secondlook.scan.findings import Finding
from secondlook.scan.layout import Layout

_OTHER = r"\b(?!.*(?:gain|loss|change|ideal|birth|lean|fat|lb|pound|inch|percentile|z-?score))"
_KINDS = {
    "weight": re.compile(rf"(?:(?:mean|body|total) )*(?:weight|mass){_OTHER}", re.IGNORECASE),
    "height": re.compile(rf"(?:(?:mean|body) )*(?:height|stature){_OTHER}", re.IGNORECASE),
    "index": re.compile(rf"(?:mean )?(?:BMI|body mass index){_OTHER}", re.IGNORECASE),
}
MISSING = 0.02
"""The part of itself by which some people without one of the three may change an index."""


def check_body_mass(layout: Layout, told: list[Told]) -> Iterator[Finding]:
    """Ask for each mean index of a table that its mean weight and height do not give."""
    yield from _of_rows(layout, told)
    if not any(_KINDS["index"].match(layout.lowest_head(c)) for c in range(layout.table.columns)):
        return
    across = layout.turned
    yield from map(layout.turned_back, _of_rows(across, list(means(across))))


def _of_rows(layout: Layout, told: list[Told]) -> Iterator[Finding]:
    rows = {}
    for kind, pattern in _KINDS.items():
        found = {mean.row for mean, _ in told if pattern.match(layout.last_label(mean.row))}
        if len(found) != 1:
            return
        rows[kind] = found.pop()
    cells = {(m.row, m.column): m for m, said in told if not SE.search(f"{said} {layout.told}")}
    for c in range(layout.labels, layout.table.columns):
        weight, height, index = (cells.get((rows[kind], c)) for kind in _KINDS)
        if not (weight and height and index):
            continue
        low, high = _expected(weight, height)
        least, most = ends(index.mean)
        if low > 0 and (most < low or high < least):
            yield layout.finding(
                "mean", "question", index.row, c, index.text, f"{weight.text}; {height.text}",
                f"{low:.3g} to {high:.3g}",
                "so much weight and height have another index; of others, or a misprint?",
            )  # fmt: skip


def _expected(weight: MeanSD, height: MeanSD) -> tuple[float, float]:
    """Return the least and the largest mean index of people with these means and SD."""
    (w1, w2), (h1, h2) = ends(weight.mean), ends(height.mean)
    if w1 <= 0 or h1 <= 0:
        return 0.0, 0.0
    v, h = ends(weight.sd)[1] / w1, ends(height.sd)[1] / h1
    metres = 1 if h2 < 3 else 100
    apart = 3 * h * h + 2 * v * h + MISSING
    return w1 / (h2 / metres) ** 2 * (1 - apart), w2 / (h1 / metres) ** 2 * (1 + apart)
