"""The limits of one group against what is printed beside them: a mean's SD, a share's count.

With the size of the group they follow, by z or t, or by a usual interval of a share. Some data may
be missing, and a model may have made them: what does not follow is asked. So are the limits of a
difference of two means, where those of the others of the table follow from their SDs.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from scipy import special

from secondlook import printed as numbers
from secondlook.means import difference_ranges
from secondlook.proportions.intervals import Method, interval
from secondlook.scan.cells import amount, any_case, only_count, printed_as
from secondlook.scan.checks.estimate import Estimate
from secondlook.scan.checks.mean import MEAN_SD, SD, SE
from secondlook.scan.checks.ratio import Judged
from secondlook.scan.document import grouped
from secondlook.scan.findings import Level
from secondlook.scan.groups import Groups
from secondlook.scan.layout import PERCENT, Layout, sizes
from secondlook.scan.shares import Entry

FEWEST = 3
"""Intervals that follow, before others of the column or of two groups are expected to."""
METHODS: tuple[Method, ...] = ("wald", "wilson", "clopper-pearson", "agresti-coull", "logit")
NARROW, WIDE = 0.85, 1.3
"""How many times as wide as it is an interval may seem to be."""
MOST_COLUMNS = 24
"""Columns of a row of which two means are sought."""
_OTHER = any_case(
    r"adjust|least|\bLSM?\b|model|bootstrap|median|geometric|weighted|cluster|imput|survival|kaplan|"
    r"estimat|bayes|poisson|ratio"
)
_DIFFERENCE = any_case(r"differen")


@dataclass(frozen=True)
class OfOne:
    """The limits of a group and those that follow by each way, with what they may be off.

    `sure` says whether the count of a share is printed, and not only its percent; `alike` of what
    they are: the column of a mean, "two" of a difference, "share".
    """

    estimate: Estimate
    against: str
    ways: list[tuple[float, float]]
    slack: float
    alike: int | str
    sure: bool = True

    @property
    def nearest(self) -> tuple[float, float]:
        """Those that follow and are nearest."""
        return min(self.ways, key=self._off)

    @property
    def exact(self) -> bool:
        """Whether they follow, but for rounding."""
        return self._off(self.nearest) <= self.slack

    @property
    def far(self) -> bool:
        """Whether they are narrower or wider than any that follow."""
        widths = [high - low for low, high in self.ways]
        width = amount(self.estimate.high) - amount(self.estimate.low)
        return not NARROW * min(widths) <= width + self.slack <= WIDE * max(widths) + 2 * self.slack

    def _off(self, way: tuple[float, float]) -> float:
        limits = self.estimate.low, self.estimate.high
        return max(abs(end - amount(limit)) for end, limit in zip(way, limits, strict=True))


def from_spread(
    layout: Layout, entries: list[Entry], estimates: list[Estimate], groups: Groups
) -> dict[int, Judged]:
    """Judge the limits of shares, and of the means of a column; keys are the `id` of estimates."""
    judged = {}
    alike = grouped(_of_one(layout, entries, estimates, groups), lambda one: one.alike)
    table = [one for kind, group in alike.items() if kind != "two" for one in group]
    far = sum(one.far for one in table)
    for kind, group in alike.items():
        exact = sum(one.exact for one in group)
        for one in group:
            level: Level = "holds" if one.exact else "question"
            if one.exact:
                reading = "the limits follow"
            elif kind != "two" and one.far and (kind == "share" or 2 * far <= len(table) + 1):
                reading = "not as wide as such an interval; of others, or from an SE?"
            elif exact >= max(1 if kind == "share" else FEWEST, len(group) - 1):
                reading = "those of others follow, and not these"
            else:
                continue
            if one.exact or one.sure:
                low, high = one.nearest
                judged[id(one.estimate)] = level, f"{low:.4g} to {high:.4g}", reading, one.against
    return judged


def _of_one(
    layout: Layout, entries: list[Entry], estimates: list[Estimate], groups: Groups
) -> Iterator[OfOne]:
    counts = {(e.row, e.column): (e.count, e.of) for e in entries if e.of}
    for e in estimates:
        r, c = e.cell
        own = re.sub(r"\d\d\s?% ?(?i:c)", "c", f"{layout.heads[c]} {layout.context(r)}")
        if e.scale == "ratio" or not e.inside or _OTHER.search(own):
            continue
        ns = [n for n in {*sizes(layout.context(r)), *groups.printed(layout, c)} if n > 4]
        match = _mean_sd(layout, r, c)
        if _DIFFERENCE.search(own):
            yield from _of_two(layout, e, groups)
        elif (r, c) in counts:
            count, n = counts[r, c]
            if 0 < count < n:
                yield _share(e, count, n)
        elif match and ns and not PERCENT.search(own):
            yield _mean(e, match["sd"], ns, f"{own} {layout.told}")
        elif len(ns) == 1 and PERCENT.search(own + e.text):
            count = round(amount(e.value) * ns[0] / 100)
            if 0 < count < ns[0] and printed_as(e.value, count, ns[0]) != "differs":
                above = only_count(layout.grid[r - 1][c].text)
                yield _share(e, count, ns[0], sure=above == count)
        elif not match:
            yield from _of_two(layout, e, groups)


def _mean_sd(layout: Layout, r: int, c: int) -> re.Match[str] | None:
    """Read the mean and the spread of a cell."""
    return MEAN_SD.match(layout.grid[r][c].line.replace("–", "-").replace("·", "."))


def _of_two(layout: Layout, e: Estimate, groups: Groups) -> Iterator[OfOne]:
    """Hold the limits of a difference to the SDs of the first two means of its row that make it."""
    r, told = e.cell[0], []
    for c in range(layout.labels, min(layout.width, MOST_COLUMNS)):
        ns = groups.printed(layout, c) if c != e.column else []
        if (match := _mean_sd(layout, r, c)) and ns and min(ns) > 1:
            told.append((match["mean"], match["sd"], ns[0]))
    for (one, spread, n), (two, other, m) in combinations(told, 2):
        apart, slack = amount(one) - amount(two), (_unit(one) + _unit(two) + _unit(e.value)) / 2
        if abs(abs(apart) - abs(amount(e.value))) > slack * (1 + 1e-9):
            continue  # it is not of these two
        s, t = amount(spread), amount(other)
        if not s and not t:
            continue
        made = difference_ranges([(0, 0)] * 2, [(s, s), (t, t)], [n, m], level=e.level / 100)
        halves, value = [half for _, (half, _) in made.values()], amount(e.value)
        off = max(halves) * max(_unit(spread) / s if s else 0, _unit(other) / t if t else 0)
        slack = (max(_unit(e.low), _unit(e.high)) + _unit(e.value) + off) / 2
        against = f"{one} ({spread}) of {n}, {two} ({other}) of {m}"
        yield OfOne(e, against, [(value - half, value + half) for half in halves], slack, "two")
        return


def _share(e: Estimate, count: int, n: int, *, sure: bool = True) -> OfOne:
    made = [interval(count, n, method=way, level=e.level / 100) for way in METHODS]
    ways = [(100 * each.lower, 100 * each.upper) for each in made]
    return OfOne(e, f"{count} of {n}", ways, max(_unit(e.low), _unit(e.high)), "share", sure)


def _mean(e: Estimate, spread: str, ns: list[int], words: str) -> OfOne:
    """Read what stands behind ± as the SD or the SE that it is called, or as either."""
    mean, sd, se = amount(e.value), SD.search(words), SE.search(words)
    roots = [math.sqrt(n) for n in ns] if sd or not se else []
    roots += [1.0] if se or not sd else []
    multiples = [special.ndtri(e.tail), *(special.stdtrit(n - 1, e.tail) for n in ns)]
    halves = [float(q) * amount(spread) / root for q in multiples for root in roots]
    slack = max(_unit(e.low), _unit(e.high)) + _unit(e.value) / 2 + _unit(spread) / min(roots)
    against = f"{spread} of {' or '.join(map(str, ns))} patients"
    ways = [(mean - half, mean + half) for half in halves]
    return OfOne(e, against, ways, slack, e.cell[1])


def _unit(text: str) -> float:
    return float(numbers.parse(text).unit)
