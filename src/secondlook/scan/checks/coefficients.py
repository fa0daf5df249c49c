"""The columns of a regression that determine each other: B, SE, statistic, P and limits.

The statistic is B in its SE, or the square of that; the SE is the width of the limits in z of two
sides, on the scale of the estimate. Which of these hold in a table is not read from its heads alone
but found: where nearly all rows hold, the others are asked. Where no head names an SE, two numbers
beside each other or in one cell are an estimate and its SE if they give nearly all P.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from scipy import special

from secondlook.scan.cells import DECIMAL, MARK, any_case, p_value
from secondlook.scan.checks.estimate import AS_LESS, FEWEST_DF, WIDE, Estimate, Range, theirs
from secondlook.scan.checks.estimate_scale import RATIO
from secondlook.scan.checks.limits_in_tables import number_alone, shown
from secondlook.scan.checks.mean import SD, ends
from secondlook.scan.checks.p_apart import standard_errors_apart
from secondlook.scan.document import grouped
from secondlook.scan.findings import Finding, told_range
from secondlook.scan.layout import Layout

_SE = any_case(r"^\W*(?:S\.?\s?E\.?|std\.? ?err(?:or)?\.?|standard errors?)(?:\W.{0,12})?$")
_STATISTIC = any_case(r"^\W*(?:wald\b.{0,14}|[tz](?:[- ](?:values?|statistics?|ratio))?)\W*$")
_B = any_case(
    r"^\W*(?:(?:regression |parameter )?(?:B|β|beta|coeff?(?:icients?)?|estimates?)|means?|"
    r"(?:mean )?diff\w*|log.{0,8}(?:OR|HR|odds|hazard))\b"
)
_WITH_SE = re.compile(
    rf"\s?(?P<b>-?{DECIMAL})\s?(?:(?P<pm>±\s?)|[(\[]\s?)(?P<se>{DECIMAL})(?(pm)|\s?[)\]])\s?{MARK}$"
)
_RATIO_WITH_B = re.compile(r"\b(?:OR|HR|RR)s? \((?:B|β|b|beta)\)")
_BOTH = re.compile(rf"({DECIMAL})\s?(?:[(\[]\s?)?(?<![\d.])(-?{DECIMAL})\s?[)\]]?\s?{MARK}$")
_OF_MODEL = any_case(r"\btests?\b|omnibus|likelihood|\bR ?\^?2|constant|intercept")
FEWEST = 4
"""Rows that a relation must be known in."""
LOOSE = 0.03
"""What part of it a number may be off, made from others that were rounded or cut before."""
JUST = 0.005
"""The same of a ratio, which is made of B alone."""
FAR_P = 0.3
"""Standard errors that a P may be off, as one of a t with few degrees of freedom is."""


@dataclass(frozen=True)
class Held:
    """A number of a row against what others of its row make of it."""

    row: int
    column: int
    printed: str
    against: str
    recomputed: str
    holds: bool
    off: float | None = None
    """How many standard errors a P is off, if the others say which."""


Ways = list[list[Held]]
"""The numbers of a column against others, in each way in which they may be made of them."""


def check_coefficients(layout: Layout, estimates: list[Estimate]) -> list[Finding]:
    """Judge the numbers of one table that follow from others of their row where most rows do."""
    spreads = [c for c in layout.columns if _SE.match(layout.lowest[c])]
    found: dict[tuple[int, int], Finding] = {}
    found_out = [*_of_statistics(layout, spreads), *_of_limits(layout, estimates, spreads)]
    found_out += [*_of_p(layout, spreads), *_of_ratios(layout, estimates)]
    for ways, least in (*((ways, 8) for ways in found_out), ([_of_cells(layout)], 5)):
        relation = max(ways, key=lambda way: sum(each.holds for each in way))
        good = sum(each.holds for each in relation)
        if len(relation) < FEWEST or good < 3 or 10 * good < least * (len(relation) - 1):
            continue
        for each in relation:
            if each.holds and (each.row, each.column) in found:
                continue
            told = f"those of {good} other rows do; misprinted?"
            reading = f"it does not follow from what stands beside it, as {told}"
            found[each.row, each.column] = layout.finding(
                "interval", "holds" if each.holds else "question", each.row, each.column,
                each.printed, each.against, each.recomputed,
                "it follows from what stands beside it" if each.holds else reading,
            )  # fmt: skip
    return list(found.values())


def _of_statistics(layout: Layout, spreads: list[int]) -> Iterator[Ways]:
    """Hold t, z or Wald to B in its SE."""
    for s in spreads:
        b = next((c for c in range(s - 1, max(0, s - 4), -1) if _B.match(layout.lowest[c])), None)
        behind = range(s + 1, min(s + 5, layout.width))
        statistic = next((c for c in behind if _STATISTIC.match(layout.lowest[c])), None)
        if b is not None and statistic is not None:
            yield [
                [
                    _held(r, statistic, own, against, (low**power, high**power))
                    for r, against, (low, high) in _in_se(layout, b, s)
                    if (own := number_alone(layout, r, statistic))
                ]
                for power in (1, 2)
            ]


def _of_p(layout: Layout, spreads: list[int]) -> Iterator[Ways]:
    """Hold P to an estimate in its SE, as heads name them or as nearly all of these P tell."""
    near = ((p, s, b) for p in layout.p_columns for s in range(max(1, p - 4), p)
            for b in range(max(1, s - 3), s + 1))  # fmt: skip
    for p, s, b in near:
        if {s, b} & set(layout.p_columns) or SD.search(layout.lowest[s]):
            continue
        if len({layout.upper_head(s), layout.upper_head(p)} - {""}) > 1:
            continue  # of two models, or groups
        in_se = {r: (against, given) for r, against, given in _in_se(layout, b, s)}
        texts = {r: layout.grid[r][p].text.strip() for r in in_se}
        held = [
            _held_p(r, p, own, *told)
            for r, told in in_se.items()
            if (own := p_value(texts[r])) and own[0] not in "<>≤≥"
            and texts.get(r + 1, own)  # else it is that of several levels
        ]  # fmt: skip
        if theirs([each.off for each in held]) or (s in spreads and _B.match(layout.lowest[b])):
            yield [held]


def _in_se(layout: Layout, b: int, s: int) -> Iterator[tuple[int, str, Range]]:
    """Give rows with what B and its SE are, and the least and largest size of B in its SE."""
    for r in layout.rows:
        b_, se = number_alone(layout, r, b), number_alone(layout, r, s)
        if b == s and (both := _WITH_SE.match(shown(layout, r, b))):
            b_, se = both.group("b", "se")
        if b_ and se and (spread := ends(se))[0] > 0:
            low, high = _size(b_)
            yield r, f"{b_} with SE {se}", (low / spread[1], high / spread[0])


def _size(text: str) -> Range:
    """Return the least and the largest size of what prints so, without its sign."""
    low, high = ends(text)
    return max(0.0, low, -high), max(-low, high)


def _held(r: int, c: int, printed: str, against: str, given: Range, loose: float = LOOSE) -> Held:
    (low, high), own = given, _size(printed)
    holds = own[0] <= high * (1 + loose) and low * (1 - loose) <= own[1]
    return Held(r, c, printed, against, f"{low:.4g} to {high:.4g}", holds)


def _held_p(r: int, c: int, printed: str, against: str, given: Range) -> Held:
    low, high = (2 * float(special.ndtr(-size)) for size in reversed(given))
    told, off = told_range(low, high, 2), standard_errors_apart(printed, (low, high))
    by_t = low, 2 * float(special.stdtr(FEWEST_DF, -given[0]))
    as_less = bool(AS_LESS.fullmatch(printed)) and low < 0.001
    holds = off < FAR_P or standard_errors_apart(printed, by_t) == 0 or as_less
    return Held(r, c, f"P {printed}", against, told, holds, off if high - low < WIDE else None)


def _of_limits(layout: Layout, estimates: list[Estimate], spreads: list[int]) -> Iterator[Ways]:
    """Hold the SE to the limits of its row, of a difference or of the logarithm of a ratio."""
    columns = grouped(estimates, lambda e: e.column)
    for s in spreads:
        for column in columns.values():
            yield [
                [
                    _held(e.cell[0], s, se, f"limits {e.low} and {e.high}", given)
                    for e in column
                    if (se := number_alone(layout, e.cell[0], s)) and (given := _se_of(e, scale))
                ]
                for scale in ("difference", "ratio")
            ]


def _of_ratios(layout: Layout, estimates: list[Estimate]) -> Iterator[Ways]:
    """Hold a ratio to the exponential of B in a column before it."""
    read = {(e.row, e.column): e.value for e in estimates}
    for o in (c for c, head in enumerate(layout.lowest) if RATIO.search(head)):
        for b in range(max(1, o - 5), o):
            if layout.upper_head(b) == layout.upper_head(o) and _B.match(layout.lowest[b]):
                yield [[
                    _held_ratio(r, o, ratio, b_)
                    for r in layout.rows
                    if (ratio := read.get((r, o)) or number_alone(layout, r, o))
                    and (b_ := number_alone(layout, r, b))
                ]]  # fmt: skip


def _of_cells(layout: Layout) -> list[Held]:
    """Hold a ratio to the exponential of the B behind it, where the head says that one is."""
    return [
        _held_ratio(r, c, *both.groups())
        for r, c, _ in layout.cells()
        if _RATIO_WITH_B.search(layout.heads[c]) and not _OF_MODEL.search(layout.label(r))
        if (both := _BOTH.match(shown(layout, r, c)))
    ]


def _held_ratio(r: int, c: int, ratio: str, b: str) -> Held:
    least, most = (math.exp(min(99, end)) for end in ends(b))
    return _held(r, c, ratio, f"B {b}", (least, most), JUST)


def _se_of(e: Estimate, scale: str) -> Range | None:
    on = e.on(scale)
    if on is None:
        return None
    _, low, high = on
    width = 2 * float(special.ndtri(e.tail))
    return (high[0] - low[1]) / width, (high[1] - low[0]) / width
