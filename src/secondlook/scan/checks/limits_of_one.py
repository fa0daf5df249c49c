"""The limits of one group against what is printed beside them: a mean's SD, a share's count.

With the size of the group they follow, by z or t, or by a usual interval of a share. Some data may
be missing, and a model may have made them: what does not follow is asked.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from scipy import special

from secondlook import printed as numbers
from secondlook.proportions.intervals import Method, interval
from secondlook.scan.cells import only_count, printed_as
from secondlook.scan.checks.estimates import Estimate
from secondlook.scan.checks.mean import MEAN_SD, SD, SE
from secondlook.scan.checks.ratio import Judged
from secondlook.scan.findings import Level
from secondlook.scan.groups import Groups
from secondlook.scan.layout import PERCENT, Layout, sizes
from secondlook.scan.shares import Entry

METHODS: tuple[Method, ...] = ("wald", "wilson", "clopper-pearson", "agresti-coull", "logit")
DATA = 0.75
"""Of a group, the share at least that has data."""
NARROW, WIDE = 0.85, 1.3
"""How many times as wide as it is an interval may seem to be."""
_OTHER = re.compile(
    r"adjust|least|\bLSM?\b|model|bootstrap|median|geometric|weighted|cluster|imput|survival|kaplan|"
    r"estimat|bayes|poisson|ratio|differen",
    re.IGNORECASE,
)
Limits = tuple[float, float]


@dataclass(frozen=True)
class OfOne:
    """The limits of a group as printed, and what they may follow from.

    `spread` is the SD of a mean, its SE where `errors` says so, or either; a share has a `count`.
    """

    estimate: Estimate
    sizes: tuple[int, ...]
    spread: str = ""
    errors: tuple[bool, ...] = ()
    count: int = 0
    sure: bool = True
    """Whether a count is printed, and not only the percent."""

    @property
    def said(self) -> str:
        """What they are held against."""
        size = " or ".join(map(str, self.sizes))
        return f"{self.count} of {size}" if self.count else f"{self.spread} of {size} patients"

    @property
    def printed(self) -> Limits:
        """The limits."""
        return _value(self.estimate.low), _value(self.estimate.high)

    def ways(self, n: int) -> list[Limits]:
        """Return the limits that follow with so many patients, by each usual way."""
        level = self.estimate.level / 100
        if self.count:
            made = [interval(self.count, n, method=way, level=level) for way in METHODS]
            return [(100 * each.lower, 100 * each.upper) for each in made]
        mean, tail = _value(self.estimate.value), (1 + level) / 2
        return [
            (mean - half, mean + half)
            for q in (special.ndtri(tail), special.stdtrit(n - 1, tail))
            for error in self.errors
            for half in [float(q) * _value(self.spread) / (1 if error else math.sqrt(n))]
        ]

    def nearest(self, n: int) -> Limits:
        """Return those of the ways that are nearest."""
        low, high = self.printed
        return min(self.ways(n), key=lambda way: abs(way[0] - low) + abs(way[1] - high))

    def exact(self, n: int) -> bool:
        """Whether a way gives them, but for rounding."""
        slack = max(_unit(self.estimate.low), _unit(self.estimate.high))
        if self.spread:
            root = 1 if True in self.errors else math.sqrt(n)
            slack += _unit(self.estimate.value) / 2 + _unit(self.spread) / root
        return all(abs(a - b) <= slack for a, b in zip(self.nearest(n), self.printed, strict=True))

    def far(self, n: int) -> bool:
        """Whether they are narrower or wider than any way makes them."""
        widths = [high - low for low, high in self.ways(n)]
        width, unit = self.printed[1] - self.printed[0], _unit(self.estimate.low)
        return not NARROW * min(widths) - unit <= width <= WIDE * max(widths) + unit


def from_spread(
    layout: Layout, entries: list[Entry], estimates: list[Estimate], groups: Groups
) -> dict[int, Judged]:
    """Judge the limits of shares, and of the means of a column; keys are the `id` of estimates."""
    alike, judged = defaultdict(list), {}
    for one in _of_one(layout, entries, estimates, groups):
        alike[one.estimate.column if one.spread else None].append(one)
    table = [one for group in alike.values() for one in group]
    far = [one for one in table if all(map(one.far, one.sizes))]
    for group in alike.values():
        exact = [one for one in group if any(map(one.exact, one.sizes))]
        for n in {n for one in group if one.spread for n in _with_data(one.sizes)}:
            exact = max(exact, [one for one in group if one.exact(n)], key=len)
        for one in group:
            reading = "the limits follow"
            if one not in exact and one.sure:
                if one in far and (one.count or 2 * len(far) <= len(table) + 1):
                    reading = "not as wide as such an interval; of others, or from an SE?"
                elif len(exact) >= max(3 if one.spread else 1, len(group) - 1):
                    reading = "those of others follow, and not these"
            if one in exact or reading != "the limits follow":
                low, high = one.nearest(max(one.sizes))
                level: Level = "holds" if one in exact else "question"
                judged[id(one.estimate)] = level, f"{low:.4g} to {high:.4g}", reading, one.said
    return judged


def _with_data(sizes: tuple[int, ...]) -> Iterator[int]:
    """Give the sizes that a group may have if some of its data are missing."""
    for size in sizes:
        yield from range(math.ceil(DATA * size), size + 1)


def _of_one(
    layout: Layout, entries: list[Entry], estimates: list[Estimate], groups: Groups
) -> Iterator[OfOne]:
    counts = {(e.row, e.column): e for e in entries if e.of and 0 < e.count < e.of}
    for e in estimates:
        r, c = e.row or 0, e.column or 0
        own = re.sub(r"\d\d\s?% ?(?i:c)", "c", f"{layout.heads[c]} {layout.context(r)}")
        if e.scale == "ratio" or not e.inside or _OTHER.search(own):
            continue
        ns = tuple(n for n in {*sizes(layout.context(r)), *groups.printed(layout, c)} if n > 4)
        match = MEAN_SD.match(layout.table.grid[r][c].line.replace("–", "-"))
        if entry := counts.get((r, c)):
            yield OfOne(e, (entry.of or 0,), count=entry.count)
        elif match and ns and not PERCENT.search(own):
            words = f"{own} {layout.told}"
            se, sd = SE.search(words), SD.search(words)
            errors = (bool(se),) if se or sd else (False, True)
            yield OfOne(e, ns, (match["pm"] or match["sd"]).replace("·", "."), errors)
        elif len(ns) == 1 and PERCENT.search(own + e.text):
            count = round(_value(e.value) * ns[0] / 100)
            if 0 < count < ns[0] and printed_as(e.value, count, ns[0]) != "differs":
                above = only_count(layout.table.grid[r - 1][c].text)
                yield OfOne(e, ns, count=count, sure=above == count)


def _value(text: str) -> float:
    return float(numbers.parse(text).value)


def _unit(text: str) -> float:
    return float(numbers.parse(text).unit)
