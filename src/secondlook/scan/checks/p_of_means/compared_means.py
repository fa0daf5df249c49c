"""A P, the means that it compares, and which P the tests of their SD and sizes give.

A t test of Student or Welch; of three groups and more an analysis of variance; of two times a
paired test of whatever correlation. They are taken over all that rounds to what is printed, and
over all sizes of the groups between those that the article tells.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations

from scipy import special

from secondlook import printed as numbers
from secondlook.means import ANOVA as ONE_WAY
from secondlook.means import p_ranges
from secondlook.scan.cells import any_case, p_bounds, value
from secondlook.scan.checks.mean import MOST, MeanSD, ends
from secondlook.scan.checks.methods import RANK_TEST
from secondlook.scan.checks.p_apart import standard_errors_apart
from secondlook.scan.findings import told_range
from secondlook.scan.shares.share import MOST_BITS

SUBGROUP = any_case("sub-?(?:group|set|population)")
"""In such a table or sentence the sizes that others print are not those of its groups."""
OTHER_TEST = any_case(
    rf"{RANK_TEST.pattern}|adjust|ancova|covari|(?<!sensory )(?<!motor )(?<!block )regression|"
    r"mixed|(?<!un)matched|(?<!un)paired|repeated[- ]measures|bonferroni"
)
"""Words of tests that are no plain t test."""
_LEVEL = re.compile(r"0?\.(?:0*1|05|0+)")
"""A P printed so may stand for what is below it."""
START = any_case(r"^\W*(?:baseline|before|pre|pre-?op\w*)\b[^/]{0,15}$")
"""The head of the first of two columns of the same patients."""
_BASELINE = any_case(r"baseline|demographic|characteristic")
_LATER = any_case(r"\bafter\b|follow-?up|\bchanges?\b|\b(?:weeks?|months?)\b")
EXACT, NEARER, NEAR = 0.03, 0.2, 0.35
"""Standard errors between a P and those of the tests that rounding in between makes, where the test
is named; where it is not, or others hold; and where sizes are not printed."""
MOST_VARIED = 6
"""Of more groups the ends of all roundings are too many."""
_TWO_SIDED = ("t test", "Welch t test", ONE_WAY)


@dataclass(frozen=True)
class Compared:
    """A P, the means that it compares, and whether their spreads are SE: one way, or two."""

    row: int
    text: str
    groups: list[MeanSD]
    ways: list[bool]
    paired: bool = False
    """Whether they are of the same patients, before and after."""
    chosen: bool = False
    """Whether they are one or two of more, by the P that their tests give."""
    own: str = ""
    """What its head, its label and the notes of their marks say, or its sentence."""
    told: str = ""
    """Which tests the note of its mark names, or else the caption and all notes."""
    caption: str = ""
    """That of its table."""
    label: str = ""
    """That of its row alone."""
    in_text: bool = False

    @property
    def baseline(self) -> bool:
        """Whether it is of what was measured before, by its label or its table."""
        of_all = _BASELINE.search(self.caption) and not _LATER.search(self.caption)
        return bool(START.match(self.label) or of_all)

    @property
    def beside(self) -> str:
        """All that is said beside it."""
        return f"{self.told} {self.own}"

    @cached_property
    def p(self) -> list[tuple[float, float]]:
        """The least and the largest P of the tests, for each way."""
        test = change_range if self.paired or len(self.groups) == 1 else p_range
        sizes = {tuple(m.n for m in self.groups), tuple(m.least for m in self.groups)}
        found = []
        for se in self.ways:
            groups = (of_sizes(self.groups, of) for of in sizes)
            lows, highs = zip(*(test([*map(_as_sd, g)] if se else g) for g in groups), strict=True)
            found.append((min(lows), max(highs)))
        return found

    @property
    def statistic(self) -> tuple[float, float]:
        """The least and the largest t that have these P."""
        least, most = max(high for _, high in self.p), min(low for low, _ in self.p)
        sizes = sum(m.least for m in self.groups), sum(m.n for m in self.groups)
        low, high = (abs(float(special.stdtrit(n - len(self.groups), p / 2)))
                     for p, n in zip((least, most), sizes, strict=True))  # fmt: skip
        return low, high

    @property
    def exact(self) -> bool:
        """Whether the P is printed, and not a bound of it."""
        return self.text[0] not in "<≤>≥"

    @cached_property
    def off(self) -> float:
        """How many standard errors lie between the P and those of the tests."""
        texts = [self.text, f"<{self.text}"] if _LEVEL.fullmatch(self.text) else [self.text]
        return min(standard_errors_apart(text, p) for p in self.p for text in texts)

    @property
    def halved(self) -> bool:
        """Whether a test of one side gives the P."""
        halves = ((low / 2, high / 2) for low, high in self.p)
        return any(standard_errors_apart(self.text, half) == 0 for half in halves)

    @cached_property
    def fewer(self) -> Compared:
        """The same of any fewer patients, or of most of them where their number is printed."""
        least = [2 if self.loose else max(2, math.floor(m.n * MOST)) for m in self.groups]
        return replace(self, groups=of_sizes(self.groups, [m.n for m in self.groups], least))

    def beyond(self, limit: float, pairs: bool) -> bool:
        """Whether it is so many standard errors from the tests of all, and of two if `pairs`."""
        off, fewer = (each.least_off if pairs else each.off for each in (self, self.fewer))
        if not (self.exact or self.loose):
            return off > limit  # a decision, which those who have no datum would not save
        return fewer > limit or (self.loose and off > max(limit, NEAR))

    @cached_property
    def least_off(self) -> float:
        """The same of these means or of any two of them."""
        pairs = combinations(self.groups, 2) if self.text[0] not in ">≥" else ()
        return min([self.off, *(replace(self, groups=list(two)).off for two in pairs)])

    @cached_property
    def skewed(self) -> bool:
        """Whether an SD is beyond half of its mean."""
        return relative_sd(self.groups) > 0.5

    @cached_property
    def loose(self) -> bool:
        """Whether the size of a group is told by the article only."""
        return any(m.least < m.n for m in self.groups)

    @property
    def test(self) -> str:
        """The name of the test."""
        name = "t test" if len(self.groups) <= 2 else "analysis of variance"
        return f"paired {name}" if self.paired or len(self.groups) == 1 else name

    @property
    def a_test(self) -> str:
        """The name with its article."""
        return f"{'an' if self.test[0] == 'a' else 'a'} {self.test}"

    @property
    def sizes(self) -> str:
        """Say of how many patients it is."""
        if self.loose:
            least, most = min(m.least for m in self.groups), max(m.n for m in self.groups)
            return f"{least} to {most} patients a group"
        *others, last = (f"{m.n}" for m in self.groups)
        return f"{', '.join(others)}{' and ' if others else ''}{last} patients"

    @property
    def printed(self) -> str:
        """The means as they are printed."""
        return "; ".join(m.text for m in self.groups)

    @property
    def recomputed(self) -> str:
        """Say which P the tests give."""
        return " or ".join(told_range(low, high) for low, high in self.p)


def given_exactly(rows: list[Compared]) -> list[Compared]:
    """Return those whose P the tests give to the digit; a bound holds of most."""
    return [row for row in rows if row.exact and row.off <= EXACT]


def bits_of(rows: list[Compared]) -> float:
    """Return how unlikely chance would have so many P agree, as a power of a half.

    A bound counts for nothing: where it holds, most other tests would have it hold.
    """
    bits = 0.0
    for row in (row for row in rows if row.exact):
        (low, high), (least, most) = p_bounds(row.text), row.p[0]
        spread = max(high, most) - min(low, least)
        bits += min(2 * MOST_BITS, -math.log2(max(1e-6, min(1.0, spread))))
    return bits


def of_sizes(
    groups: list[MeanSD], sizes: Sequence[int], least: Sequence[int] | None = None
) -> list[MeanSD]:
    """Return the groups of these sizes, or of any between these and the least."""
    of = zip(groups, sizes, sizes if least is None else least, strict=True)
    return [replace(m, n=n, least=low) for m, n, low in of]


def of_sizes_between(groups: list[MeanSD], told: tuple[int, int]) -> list[MeanSD]:
    """Return the groups of sizes between those that are told of any, with some patients missing."""
    low = max(2, math.floor(told[0] * MOST))
    return [replace(m, n=max(told[1], low + 1), least=low) for m in groups]


def comparable(groups: list[MeanSD]) -> bool:
    """Whether means that nothing but their order brings together may be of one variable."""
    values = [abs(value(m.mean)) for m in groups]
    return max(values, default=0) <= 4 * min(values, default=0)


def relative_sd(groups: list[MeanSD]) -> float:
    """Return the largest SD in units of its mean: beyond a half, of a skewed variable."""
    found = [(value(m.sd), abs(value(m.mean))) for m in groups]
    return max(float(sd / mean) if mean else math.inf for sd, mean in found)


def p_range(groups: list[MeanSD]) -> tuple[float, float]:
    """Return the least and the largest P of the tests over all that rounds to what is printed."""
    means = [ends(m.mean) for m in groups]
    sds = [(max(0.0, low), high) for low, high in (ends(m.sd) for m in groups)]
    found = p_ranges(means, sds, [m.n for m in groups])
    lows, highs = zip(*(found[test] for test in _TWO_SIDED if test in found), strict=True)
    return min(lows), max(highs)


def change_range(groups: list[MeanSD]) -> tuple[float, float]:
    """Return the least and the largest P of a t test of whether a mean change is none.

    Of two means it is the change between them, of whatever correlation from 0 on.
    """
    (low, high), errors = (ends(each) for each in (groups[0].mean, groups[0].sd))
    for m in groups[1:]:
        mean, sd = ends(m.mean), ends(m.sd)
        low, high = low - mean[1], high - mean[0]
        errors = max(0.0, errors[0] - sd[1], sd[0] - errors[1]), math.hypot(errors[1], sd[1])
    n = min(m.n for m in groups)
    t = [
        change * math.sqrt(n) / error if error > 0 else math.inf
        for change, error in zip((max(-low, high), max(0.0, low, -high)), errors, strict=True)
    ]
    least, most = (2 * float(special.stdtr(n - 1, -each)) for each in t)
    return least, most


def _as_sd(cell: MeanSD) -> MeanSD:
    """Return the mean with the SD of its standard error."""
    sd = numbers.parse(cell.sd)
    return replace(cell, sd=f"{float(sd.value) * math.sqrt(cell.n):.{sd.decimals + 2}f}")
