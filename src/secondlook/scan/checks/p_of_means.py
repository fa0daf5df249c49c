"""The P of two means, or of more: do the tests of their SD and sizes give it.

A P and the means that it compares stand in a row, in a column, in two rows beside a P of both, or
in a sentence; which two of a row it compares, or of which change it is, most P of the column tell.
A P that a t test of Student or Welch gives, or nearly, holds; of three groups and
more that of an analysis of variance, of two times that of a paired test of whatever correlation.
What stands behind ± may be an SE where nothing names it. Another P may be of a rank test, adjusted,
or of two of the groups. It is a question where the tests give most others of the column, or where
none comes near: how near, depends on what the article names beside a t test. Where it names only
that, rounding saves a P, and a missing fifth of each group, and nothing else. It is an accusation
only where the tests give nearly all others, too many for chance, and it is far from them, even if a
third had no datum, and of a variable no more skewed than others that hold.

The size of a group stands in the head, behind the percents of its column or in a row of it; else
it is between the least and the largest that the article tells of such groups.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations, pairwise

from scipy import special

from secondlook import printed as numbers
from secondlook.means import ANOVA as ONE_WAY
from secondlook.means import p_ranges
from secondlook.scan.cells import DECIMAL, MARK, any_case, p_bounds, p_value, value, with_exponents
from secondlook.scan.checks.mean import MOST, MeanSD, beside, ends, means, sized
from secondlook.scan.checks.methods import (
    ANOVA,
    CROSSED,
    MODELS,
    OF_OTHERS,
    ONE_SIDED,
    PAIRED,
    RANK_TEST,
    REGRESSION,
    SENTENCE,
    T_TEST,
    UNPAIRED,
    Methods,
)
from secondlook.scan.checks.statistic_columns import kinds_of
from secondlook.scan.findings import Finding, Level, in_text, told_range
from secondlook.scan.layout import Layout, sizes
from secondlook.scan.shares import MOST_BITS, SURE, Entry

_ADJUSTED = any_case(
    r"adjust|ancova|covari|(?<!sensory )(?<!motor )(?<!block )regression|mixed|(?<!un)matched|"
    r"(?<!un)paired|repeated[- ]measures|bonferroni"
)
_COVARIATE = any_case("adjusted|ancova|covari")
_FOR_OTHERS = any_case(
    rf"{_COVARIATE.pattern}|\btrend|interaction|geometric|×(?! ?10)|\btime ?[x*]|[x*] ?time\b|"
    r"least[- ]squares|\bLS\b|transform|correlat|pearson|spearman|kolmogorov|"
    r"random[- ]effect|regression model"
)
_SUBGROUP = any_case("sub-?(?:group|set|population)")
"""In such a table or sentence the sizes that others print are not those of its groups."""
_OF_SOME = any_case(
    r"(?:^|> )\W*(?:(?:fe)?males?|(?:wo)?men|boys|girls)\W*(?:$| >)|\bage ?[<>≤≥] ?\d"
)
"""A row of some of the patients of each group, of which the head does not tell the number."""
_OTHER_TEST = any_case(f"{RANK_TEST.pattern}|{_ADJUSTED.pattern}")
_PAIR = any_case(r"\b(\w+)\s(?:vs?\.?|versus)\s(?:group\s)?(\w+)")
_ALONE = re.compile(rf"^\s?(-?{DECIMAL})\s?{MARK}$")
_LEVEL = re.compile(r"0?\.(?:0*1|05|0+)")
"""A P printed so may stand for what is below it."""
_TIME = any_case(
    r"\b(?:before|after|baseline|pre|post|pre-?test|post-?test|pre-?\w*treatment|post-?\w*treatment|"
    r"initial|final|end(?:-?point)?|start|follow-?up|randomi[sz]ation|inclusion|enrol?lment|"
    r"(?:week|month|day|year|visit|hour|time|t)s?\.? ?\d+|first|last|admission|discharge|"
    r"(?:\d+|one|two|three|six)[- ]?(?:wk|weeks?|months?|mo|days?|years?|h|hours?|min)|"
    r"pre-?\w*|post-?\w*)\b|^\d+$"
)
_START = any_case(r"^\W*(?:baseline|before|pre|pre-?op\w*)\b[^/]{0,15}$")
"""The head of the first of two columns of the same patients."""
_SIZE = any_case(r" / \W*n ?= ?\d+\W*(?= / |$)")
_CHANGED = any_case(
    r"\b(?:before|after|baseline|initial\w*|final\w*|from\b.{1,60}\bto|pre-?\w*treatment|"
    r"post-?\w*treatment|(?:un)?changed?|(?:in|de)creased?|improve(?:d|ments?)|"
    r"reduc(?:ed|tions?)|rose|fell)\b"
)
_THEN = any_case(
    r"^(?:(?!\band\b)[^\d,;]){0,30}\bto $|"
    r"\b(?:baseline|before|after|pre|post|follow-?up|final|end)\b"
)
"""Between two means of one group: 12 ± 3 at baseline to 14 ± 4."""
_GROUP = any_case(r"\b(?:groups?|arms?|controls?|placebo)\b")
_OTHER_GROUP = any_case(r"\b(?:than|between|compared \w+(?! (?:the )?(?:base|before|pre)))\b")
_CHANGE = any_case(r"\bdifferences?\b|\bchanges?\b|[Δ∆△]|\bdelta\b")
_CHANGES = any_case(rf"β|coefficients?|\beffect\b|{_CHANGE.pattern}")
_BASELINE = any_case(r"baseline|demographic|characteristic")
_LATER = any_case(r"\bafter\b|follow-?up|\bchanges?\b|\b(?:weeks?|months?)\b")
_IN_TEXT = re.compile(
    rf"(?<![\d.±/:])(?P<mean>-?{DECIMAL})\s?[a-zA-Z%/]{{0,9}}\s?"
    rf"(?:±\s?|,?\s?[(\[]?\s?(?:SD|s\.d\.)\s?[=:]?\s?)(?P<sd>{DECIMAL})(?P<percent>\s?%)?"
)
_STATISTIC = re.compile(r"\b[tF]\s?[(\[]\s?\d")
_SURVIVAL = any_case(r"surviv|cumulative|incidence|actuarial|-free")
"""Percents of this have an SE, and a P that is none of means."""
_P_IN_TEXT = re.compile(
    rf"\b[pP](?:\s?-?\s?values?)?\s?(?:was |of )?(?P<p>[=<>≤≥]\s?{DECIMAL}(?:[eE]-?\d{{1,3}})?)"
)
_DIFFER = re.compile(r"^(?:The|This|These|There|No|It)\b.*\b(?:differ|significan)")
"""A sentence that begins so tells of what the last one gave."""
EXACT, NEARER, NEAR = 0.03, 0.2, 0.35
"""Standard errors between a P and those of the tests that rounding in between makes, where the test
is named; where it is not, or others hold; and where sizes are not printed."""
FAR, VERY_FAR, BEYOND = 0.5, 1.0, 1.5
"""Standard errors beyond which a P is asked for; where another test is likely, of a model or of
ranks of what is skewed; where what is beside the P tells of an adjustment.
"""
CORRECTED = 0.99
"""A P beyond it is of an exact or a corrected test, where most others are not of a t test."""
FARTHEST = 80
"""Characters between a mean of a sentence and its P; twice as many without a digit."""
MOST_TRIED = 8
"""Means of a row of which pairs are tried; a hostile table has a thousand."""
MOST_VARIED = 6
"""Of more groups the ends of all roundings are too many."""
FEWEST = 3
"""P of a column that are half of those of the tests, to be called so."""
WIDEST = 4
"""How many times the least size the largest may be for a sentence to be of one between them."""


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
        return bool(_START.match(self.label) or of_all)

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
            groups = (_of(self.groups, of) for of in sizes)
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
        return min(apart(text, p) for p in self.p for text in texts)

    @property
    def halved(self) -> bool:
        """Whether a test of one side gives the P."""
        return any(apart(self.text, (low / 2, high / 2)) == 0 for low, high in self.p)

    @cached_property
    def fewer(self) -> Compared:
        """The same of any fewer patients, or of most of them where their number is printed."""
        least = [2 if self.loose else max(2, math.floor(m.n * MOST)) for m in self.groups]
        return replace(self, groups=_of(self.groups, [m.n for m in self.groups], least))

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


def check_p_of_means(layout: Layout, entries: list[Entry], methods: Methods) -> list[Finding]:
    """Judge the P values of means of one table, in its columns and in its rows."""
    findings = _of_columns(layout, entries, methods)
    across = layout.turned
    if across.p_columns:
        found = _of_columns(across, [], methods, True)
        findings += [layout.turned_back(f) for f in found]
    return list({(f.row, f.column): f for f in reversed(findings)}.values())


def _of_columns(
    layout: Layout, entries: list[Entry], methods: Methods, across: bool = False
) -> list[Finding]:
    """Judge the columns of P of a table; `across` says that they are rows, of levels maybe."""
    findings: list[Finding] = []
    if not layout.p_columns:
        return findings
    found = list(sized(layout, entries, means(layout, unsaid=True), methods.groups))
    found = [m for m in found if not layout.is_total(m.column)]
    lowest = {m: layout.lowest[m.column] for m in found}
    plain = [m for m in found if not _CHANGES.search(lowest[m])]
    changes = [m for m in found if _CHANGE.search(lowest[m])]
    plain = plain or changes  # the change of each group
    before = [sum(m.column < p for m in plain) for p in layout.p_columns]
    left = previous = 0
    for p_column, told in zip(layout.p_columns, before, strict=True):
        first = any(previous < m.column < p_column for m in plain)
        left = previous if first else left
        previous = p_column
        of_these, changed = ([m for m in each if m.column > left] for each in (plain, changes))
        rows = _compared(layout, of_these, changed, p_column, methods, across)
        rows = _paired(layout, _chosen(layout, rows, found, methods, across), methods)
        first = first or any(row.chosen for row in rows)
        findings += _judge(layout, p_column, rows, first, before.count(told) > 1, methods)
    return findings


def _compared(
    layout: Layout, found: list[MeanSD], changes: list[MeanSD], p_column: int, methods: Methods,
    across: bool,
) -> list[Compared]:  # fmt: skip
    """Give each P of a column with its means: of the two that its head names, or those before."""
    pair = _PAIR.search(layout.heads[p_column])
    of_parts = bool(_SUBGROUP.search(layout.table.caption))
    columns = {m.column for m in found if m.column < p_column}
    rows = []
    for r in layout.rows:
        cell = layout.grid[r][p_column]
        text = p_value(cell.text)
        if not cell.first or not text:
            continue
        groups = [m for m in found if m.row == r and m.column < p_column]
        if len(groups) == 1 and len(layout.p_columns) == 1:  # the P stands between them
            groups = [m for m in found if m.row == r]
        others = (layout.grid[r][c] for c in columns - {m.column for m in groups})
        if len(groups) > 1 and any(x.first and re.search(r"\d", x.text) for x in others):
            continue  # a group whose mean is not read
        block = _rows_of(layout, r, p_column)
        if pair and len(groups) > 2:
            groups = _named(layout, groups, pair[1], pair[2])
        last = max((m.column for m in groups), default=p_column)
        behind = [m for m in changes if m.row == r and last < m.column < p_column]
        behind = behind if len(groups) == 2 else []
        if len(behind) == 1 and not of_same(layout, groups):
            continue  # the difference of two groups, of the patients of both
        if len(groups) < 2:
            groups = _stacked(layout, [m for m in found if m.row in block], p_column, methods)
        elif any(m.row in block and m.row != r for m in found):
            continue  # a P of more than one row
        elif len(of_row := sizes(layout.context(r))) == 1 and of_same(layout, groups):
            groups = _of(groups, of_row * len(groups))  # Drug (n = 31), before and after
        elif (
            (of_row or _OF_SOME.search(layout.context(r)))
            and not all(sizes(layout.grid[r][m.column].text) for m in groups)
        ) or (of_parts and not all(layout.head_sizes[m.column] for m in groups)):
            continue  # Male (n = 386): and how many in each group
        ways = methods.spreads(layout.context(r), *layout.heads, layout.told)
        # A P behind the change of two times, or behind that of each group, is of the changes.
        groups = _at_least(layout, behind or groups, methods, across)
        row = Compared(r, text, groups, ways, chosen=len(behind) == 1)
        rows.append(_with_words(layout, row, p_column))
    return rows


def _with_words(layout: Layout, row: Compared, p_column: int) -> Compared:
    """Add what is said beside a P of a table."""
    last = max((m.column for m in row.groups), default=p_column)
    head = " ".join(layout.heads[min(last + 1, p_column) : p_column + 1])  # with those between
    label, caption = layout.context(row.row), layout.table.caption
    note = layout.noted(layout.grid[row.row][p_column].text, layout.heads[p_column], label)
    told = note if T_TEST.search(note) or _OTHER_TEST.search(note) else layout.told
    beside = {kind for c in (p_column - 1, p_column + 1) if c < layout.width
              for kind in kinds_of(layout, c)}  # fmt: skip
    if len(row.groups) == 2 and beside and not beside & {"t", ""}:  # z or χ2 is of ranks
        head += " mixed model" if "F" in beside else " rank test"
    own, last_label = f"{head} {label} {note}", layout.last_label(row.row)
    return replace(row, own=own, told=told, caption=caption, label=last_label)


def _chosen(
    layout: Layout, rows: list[Compared], found: list[MeanSD], methods: Methods, across: bool
) -> list[Compared]:
    """Take the change or the two means of a row whose t tests give half of the P, of four at least.

    The means before the P are left only if their tests give fewer than half as many.
    """
    tried: dict[tuple[int, ...], list[Compared]] = defaultdict(list)
    for row in rows:
        own = [m for m in found if m.row == row.row][:MOST_TRIED]
        label = layout.last_label(row.row)
        changes = [m for m in own if _CHANGE.search(f"{label} {layout.heads[m.column]}")]
        rest = [m for m in own if m not in changes]
        for of in (*((m,) for m in changes), *combinations(changes, 2), *combinations(rest, 2)):
            if groups := _at_least(layout, list(of), methods, across):
                columns = tuple(m.column for m in of)
                tried[columns].append(replace(row, groups=groups, chosen=True))
    given = _given([row for row in rows if 2 <= len(row.groups) <= MOST_VARIED])
    those = [(of, _given(of)) for of in tried.values()]
    half = [each for each in those if 2 * len(each[1]) >= sum(row.exact for row in each[0])]
    best, theirs = max(half, key=lambda each: _worth(each[1]), default=([], []))
    enough = len(theirs) >= max(4, 2 * len(given) + 1)
    return best if enough and _worth(theirs) >= SURE[0] else rows


def _given(rows: list[Compared]) -> list[Compared]:
    """Return those whose P the tests give to the digit; a bound holds of most."""
    return [row for row in rows if row.exact and row.off <= EXACT]


def _worth(rows: list[Compared]) -> float:
    """Return how unlikely chance would have so many P agree, as a power of a half.

    A bound counts for nothing: where it holds, most other tests would have it hold.
    """
    bits = 0.0
    for row in (row for row in rows if row.exact):
        (low, high), (least, most) = p_bounds(row.text), row.p[0]
        spread = max(high, most) - min(low, least)
        bits += min(2 * MOST_BITS, -math.log2(max(1e-6, min(1.0, spread))))
    return bits


def _paired(layout: Layout, rows: list[Compared], methods: Methods) -> list[Compared]:
    """Say which are of the same patients, and leave those of which the tests tell nothing."""
    rows = [
        replace(row, paired=paired)
        for row in rows
        if 2 - row.chosen <= len(row.groups) <= MOST_VARIED
        if (paired := of_same(layout, row.groups)) is not None
    ]
    same = methods.names(CROSSED) or (methods.names(PAIRED) and not methods.names(UNPAIRED))
    apart = [row for row in rows if row.exact and not row.paired]
    given = sum(row.off <= NEARER for row in apart)
    if given < max(1, min(2, len(apart)), 0.6 * len(apart)):
        rows = [
            replace(row, paired=row.paired or paired)
            for row in rows
            if (paired := _of_one_group(layout, row, bool(same))) is not None
        ]
    return [  # three of the same patients have a smaller P than apart
        row
        for row in rows
        if not same or len(row.groups) <= 2 or row.off <= EXACT
        or p_bounds(row.text)[0] > max(high for _, high in row.p)
    ]  # fmt: skip


def _rows_of(layout: Layout, r: int, p_column: int) -> range:
    """Return the rows of a P: its own with those where the column is empty, of the same block."""

    def empty(row: int) -> bool:
        cell = layout.grid[row][p_column]
        return not (cell.first and cell.text.strip()) and not layout.is_section(row)

    def same(row: int) -> bool:
        return layout.labels > 1 and layout.grid[row][0].text == layout.grid[r][0].text

    start, end = r, r + 1
    while start > layout.head and empty(start - 1) and same(start - 1):
        start -= 1
    while end in layout.rows and empty(end) and (same(end) or not same(end - 1) or end == r + 1):
        end += 1
    return range(start, end)


def _stacked(layout: Layout, found: list[MeanSD], p_column: int, methods: Methods) -> list[MeanSD]:
    """Return the means of the last column before a P of several rows, which are the groups."""
    c = max((m.column for m in found if m.column < p_column), default=0)
    groups = [m for m in found if m.column == c]
    if any(m.column == c - 1 for m in found) or not _comparable(groups):
        return []
    names = [layout.last_label(m.row) for m in groups]
    told = ([*sizes(n), *beside(layout, m.row, c), methods.groups.named(n) or 0]
            for m, n in zip(groups, names, strict=True))  # fmt: skip
    return _of(groups, [each[0] for each in told])


def _of(
    groups: list[MeanSD], sizes: Sequence[int], least: Sequence[int] | None = None
) -> list[MeanSD]:
    """Return the groups of these sizes, or of any between these and the least."""
    of = zip(groups, sizes, sizes if least is None else least, strict=True)
    return [replace(m, n=n, least=low) for m, n, low in of]


def _between(groups: list[MeanSD], told: tuple[int, int]) -> list[MeanSD]:
    """Return the groups of sizes between those that are told of any, with some patients missing."""
    low = max(2, math.floor(told[0] * MOST))
    return [replace(m, n=max(told[1], low + 1), least=low) for m in groups]


def _comparable(groups: list[MeanSD]) -> bool:
    """Whether means that nothing but their order brings together may be of one variable."""
    values = [abs(value(m.mean)) for m in groups]
    return max(values, default=0) <= 4 * min(values, default=0)


def _at_least(layout: Layout, groups: list[MeanSD], methods: Methods, across: bool) -> list[MeanSD]:
    """Give the groups without a size those between which the article tells it; none if nowhere."""
    known = {m.n for m in groups if m.n > 1}
    if all(m.n > 1 for m in groups):
        return groups
    if len(known) == 1 and of_same(layout, groups):
        return _of(groups, [*known] * len(groups))  # at one of its times it is printed
    of_levels = len({m.row for m in groups}) == 1 and len(layout.p_columns) > 1 and across
    told = methods.of_groups(max(2, len(groups)), layout.told, roughly=not of_levels)
    if told and told[0] == told[1] and len(sizes(layout.told)) == 1:
        return _of(groups, [told[0]] * len(groups))  # n = 32 each
    if not told and methods.told:
        told = 2 if len(methods.told) > 1 else max(methods.told), max(methods.told)
    return _between(groups, told) if told else []


def _names(layout: Layout, groups: list[MeanSD]) -> list[list[str]]:
    """Return the heads of some means, or their labels, without what stands under each of them."""
    heads = [_SIZE.sub("", layout.heads[m.column]).split(" / ") for m in groups]
    if len({m.column for m in groups}) == 1:
        heads = [[layout.last_label(m.row)] for m in groups]
    while len({head[-1] for head in heads}) == 1 and min(map(len, heads)) > 1:
        heads = [head[:-1] for head in heads]
    return heads


def _of_one_group(layout: Layout, row: Compared, same: bool) -> bool | None:
    """Whether two means are of the same patients: a note names a paired test, or a head a start.

    So are they in an article on the `same` patients, but for a P whose own note names other tests
    and for two groups of other sizes; of what is compared at the start it is not told: None.
    """
    starts = [bool(_START.match(head[-1])) for head in _names(layout, row.groups)]
    paired = PAIRED.search(row.beside) and not UNPAIRED.search(row.beside)
    sized = {tuple(layout.head_sizes[m.column]) for m in row.groups}
    same = same and not (len(sized) > 1 or UNPAIRED.search(row.own))
    if same and row.baseline:
        return None
    return len(starts) == 2 and (sum(starts) == 1 or same or bool(paired))


def of_same(layout: Layout, groups: list[MeanSD]) -> bool | None:
    """Whether the means are of the same patients at two times; None of more, or of both kinds."""
    if len(groups) == 1:
        return False
    heads = _names(layout, groups)
    named = [[match.group().lower() for match in _TIME.finditer(head[-1])] for head in heads]
    times = sum(map(bool, named))
    if len(groups) == 2 and times == 2 and named[0] == named[1]:
        return False  # at the same time, as drug after and placebo after
    if len(groups) == 2:
        shared = [sizes(text) for text in heads[0][:-1] if text in heads[1]]
        return times == 2 or any(shared)
    above = Counter(" / ".join(head[:-1]) for head in heads)
    crossed = len({head[-1] for head in heads}) < len(groups) or 1 < len(above) <= len(groups) // 2
    return None if times or crossed else False


def _named(layout: Layout, groups: list[MeanSD], *names: str) -> list[MeanSD]:
    """Return the groups of the heads that the two names are words of."""
    words = [any_case(rf"\b{re.escape(name)}\b") for name in names]
    chosen = [[m for m in groups if word.search(layout.heads[m.column])] for word in words]
    return [m for (m,) in chosen] if all(len(each) == 1 for each in chosen) else []


def _judge(
    layout: Layout, p_column: int, rows: list[Compared], first: bool, several: bool,
    methods: Methods,
) -> Iterator[Finding]:  # fmt: skip
    """Judge a column of P; of `several` of the same means only the `first` is asked for."""
    said, rows = rows, _one_way(rows)
    as_se = [(row, o) for row, o in zip(rows, said, strict=True) if row.ways == [True] != o.ways]
    called_sd = {o.row: o for row, o in as_se if row.off <= EXACT}
    near = [row for row in rows if row.off < NEAR and not row.paired]
    printed = sum(row.exact for row in rows)
    mostly = sum(row.exact for row in near) >= max(2, 0.6 * printed)
    mostly &= 2 * len(_given(near)) >= sum(row.exact for row in near)  # else other tests are near
    exact = _given([row.fewer for row in near])
    strict = _worth(exact) >= SURE[0] and len(exact) >= 5 and 2 * len(exact) >= len(rows)
    sure = _worth(near) >= SURE[0] and len(near) * 10 >= SURE[1] * (len(rows) - 1)
    spreads = [relative_sd(row.groups) for row in near]
    exchanged = _exchanged(rows)
    halves = {row.row for row in rows if row.exact and row.off > NEARER and row.halved}
    for row in rows:
        level: Level | None = None
        reading = f"{row.a_test} {'' if row.off == 0 else 'nearly '}gives it"
        told = row.own if strict else row.beside  # no model of all is of what t tests print
        other = bool(_OTHER_TEST.search(told) or RANK_TEST.search(row.beside))
        limit = _limit(row, methods)
        if mostly:
            limit = limit if other else min(limit, _usual(row, strict, methods))
        elif p_bounds(row.text)[0] > CORRECTED:
            limit = math.inf
        pairs = several or not (mostly or methods.names(ANOVA))
        if not (strict or all(m.said for m in row.groups)):
            continue
        if not ((first or mostly) and row.beyond(min(limit, NEAR), pairs)):
            if not (row.paired or row.off >= NEAR or (row.loose and row.off >= NEARER)):
                level = "holds"
        elif (
            sure and not (_OTHER_TEST.search(row.beside) or as_se or row.chosen)
            and _far(row, spreads, methods) and not _again(layout, row, methods)
        ):  # fmt: skip
            level = "fails"
            reading = f"t tests give {len(near)} other P of the column, and not this one"
        elif row.beyond(limit, pairs):
            level, reading = "question", _asked(row, mostly)
            if row.row in halves and len(halves) >= FEWEST:
                reading = f"half the P of {row.a_test}, as {len(halves) - 1} others; one-sided?"
        if row.row in called_sd and called_sd[row.row].beyond(FAR, pairs):
            level = "question"
            reading = f"{row.a_test} gives it only if what is called an SD is an SE"
        if row.row in exchanged:
            level, reading = "question", exchanged[row.row]
        if level:
            yield layout.finding(
                "mean", level, row.row, p_column, row.text, row.printed, row.recomputed, reading
            )
        asked = level in ("question", "fails")
        own_limit = min(_limit(row, methods), NEARER if asked else math.inf)
        yield from _statistic(layout, row, p_column, own_limit)


def _exchanged(rows: list[Compared]) -> dict[int, str]:
    """Say of which rows the P is that of the row beside it, whose tests give it, and the other."""
    said: dict[int, str] = {}
    for one, two in pairwise(row for row in rows if row.exact and not row.paired):
        off, other = min(one.off, two.off), _FOR_OTHERS.search(f"{one.own} {two.own}")
        far = off > (BEYOND if other else NEAR) and one.off + two.off > 2 * FAR
        if far and two.row - one.row <= 2:
            turned = replace(one, text=two.text), replace(two, text=one.text)
            if all(4 * row.off < off for row in turned):
                said |= {row.row: f"a P of {row.text} would fit, that of the next row; exchanged?"
                         for row in turned}  # fmt: skip
    return said


def _statistic(layout: Layout, row: Compared, p_column: int, limit: float) -> Iterator[Finding]:
    """Hold the t beside a P against the two means; it is asked for beyond a limit."""
    last = max(m.column for m in row.groups)
    beside = range(last + 1, min(p_column + 2, layout.width))
    for c in beside if len(row.groups) <= 2 else ():
        match = _ALONE.match(layout.grid[row.row][c].text)
        kinds = kinds_of(layout, c)
        if not match or "t" not in kinds or "F" in kinds or row.paired:
            continue  # of what is headed t/F it is not told
        low, high = row.statistic
        number = numbers.parse(match[1])
        size, unit = abs(float(number.value)), float(number.unit)
        off = max(low - unit - size, size - high - unit)
        if off > max(limit, 0.1 * size) and low < math.inf:
            yield layout.finding(
                "statistic", "question", row.row, c, f"t {match[1]}", row.printed,
                f"t {low:.3g} to {high:.3g}",
                f"no {row.test} of {row.sizes} has this t; another test, or adjusted?",
            )  # fmt: skip
            return


def _asked(row: Compared, mostly: bool) -> str:
    """Say why a P is asked for, and what would save it."""
    if row.paired:
        return f"no {row.test} of {row.sizes} comes near, however alike both are"
    if row.off > VERY_FAR and False in row.ways and replace(row, ways=[True]).fewer.off <= EXACT:
        return f"no {row.test} of {row.sizes} gives this P; one does if what is behind ± is an SE"
    if mostly:
        return f"{row.a_test} gives another P here, and most others of the column"
    fewer = "" if row.loose else ", or of four in five of them,"
    return f"no {row.test} of {row.sizes}{fewer} gives this P; another test, or adjusted?"


def _one_way(rows: list[Compared]) -> list[Compared]:
    """Take SE or SD for all rows of a column, where one gives many more of its P."""
    exact = [row for row in rows if row.exact and not row.paired]
    ways = [[replace(row, ways=[se]) for row in exact] for se in (False, True)]
    close = [[(row if row.loose else row.fewer).off <= EXACT for row in way] for way in ways]
    (sd, se), near = map(sum, close), [[row.off < NEAR for row in way] for way in ways]
    as_se = se >= 3 and sum(near[1]) > max(2 * sum(near[0]), 0.6 * len(exact) - 1)
    if len(exact) < 3 or not (as_se or sd > 2 * se):
        return rows
    return [replace(row, ways=[as_se]) if row.ways != [True] else row for row in rows]


def _limit(row: Compared, methods: Methods) -> float:
    """Return how far a P may be from the tests by what is said beside it and in the article."""
    covariate = _COVARIATE.search(row.caption) or _FOR_OTHERS.search(row.own)
    if covariate or ONE_SIDED.search(row.beside):
        return math.inf
    named = bool(T_TEST.search(row.told))
    beside = row.own if named else row.beside
    if RANK_TEST.search(beside) and row.skewed:
        return math.inf  # the means tell nothing of the ranks
    if _OTHER_TEST.search(PAIRED.sub("", beside) if row.paired else beside):
        return BEYOND
    t_of_own = T_TEST.search(row.own) and not (ANOVA.search(row.own) or row.loose)
    if methods.names(MODELS) and not (row.baseline or row.paired or t_of_own):
        return VERY_FAR
    if row.paired:
        return VERY_FAR if row.in_text else FAR
    t_test, ranks = methods.names(T_TEST), methods.names(RANK_TEST)
    if (named and not RANK_TEST.search(row.told)) or (t_test and not ranks):
        return EXACT
    if (row.baseline or named) and not (ranks and (row.skewed or not t_test)):
        return NEARER
    other = ranks if t_test else row.skewed or methods.names(REGRESSION)
    return VERY_FAR if other and (row.skewed or not t_test) else FAR


def _usual(row: Compared, strict: bool, methods: Methods) -> float:
    """Return how far it may be where the t tests give most others of its column.

    What an article names beside them, ranks or a model, others may be of.
    """
    ranks = methods.names(RANK_TEST) and not T_TEST.search(row.told)
    models = methods.names(MODELS) and not row.baseline
    if ranks and (row.skewed or not methods.names(T_TEST)):
        return VERY_FAR
    return EXACT if strict and not (row.skewed or ranks or models) else NEARER


def relative_sd(groups: list[MeanSD]) -> float:
    """Return the largest SD in units of its mean: beyond a half, of a skewed variable."""
    found = [(value(m.sd), abs(value(m.mean))) for m in groups]
    return max(float(sd / mean) if mean else math.inf for sd, mean in found)


def _again(layout: Layout, row: Compared, methods: Methods) -> bool:
    """Whether the means may be of the same patients, whose P is that of a paired test."""
    heads = " ".join(layout.heads[m.column] for m in row.groups)
    return bool(_CHANGED.search(f"{row.own} {heads}")) or methods.names(CROSSED)


def _far(row: Compared, spreads: list[float], methods: Methods) -> bool:
    """Whether no such test comes near the P, of all patients or of two thirds."""
    groups, relative = row.groups, relative_sd(row.groups)
    skewed = relative > 0.5 and sum(s >= min(0.5, relative) for s in spreads) < 2
    if skewed or (row.skewed and methods.names(RANK_TEST)) or row.loose or row.paired:
        return False
    if any(50 * value(m.sd) < abs(value(m.mean)) for m in groups):
        return False  # geometric, or of logarithms: 1071 (3.24)
    fewer = [max(2, round(m.n * 2 / 3)) for m in groups]
    less = replace(row, groups=_of(groups, fewer))
    sure = all(m.named for m in groups) and replace(row, ways=[True]).off > EXACT
    by_ranks = methods.names(RANK_TEST) and not methods.names(T_TEST)
    return sure and not by_ranks and min(row.off, less.off) > 2 * NEAR


def check_p_of_means_in_text(methods: Methods) -> Iterator[Finding]:
    """Judge the P of a sentence that gives two means: 12 ± 3 in one group and 14 ± 4, P = 0.2."""
    for paragraph in methods.paragraphs:
        if OF_OTHERS.search(paragraph.section):
            continue
        text = with_exponents(paragraph.text).replace("vs.", "vs ")
        if "±" not in text and "SD" not in text:
            continue
        parts = (one for one in _sentences(text) if not _SUBGROUP.search(one))
        rows = [each for one in parts for each in _of_sentence(one, methods)]
        for part, row in enumerate(rows):
            if row.beyond(_limit(row, methods), True):
                yield in_text(
                    "mean", "question", paragraph, f"{row.printed}; P {row.text}", row.text,
                    row.recomputed, _asked(row, False), part,
                )  # fmt: skip


def _sentences(text: str) -> Iterator[str]:
    """Give the sentences, with the next where that alone tells the P: The difference was ..."""
    for one, following in pairwise([*SENTENCE.split(text), ""]):
        p = None if _P_IN_TEXT.search(one) else _P_IN_TEXT.search(following)
        before = following[: p.start()] if p else ""
        beside = _DIFFER.search(before) and not re.search(r"\d", before)
        yield f"{one}. {following}" if beside else one


def _of_sentence(sentence: str, methods: Methods) -> Iterator[Compared]:
    """Find each P of a sentence that has two means before it."""
    told = list(_IN_TEXT.finditer(sentence))
    start = 0
    for match in _P_IN_TEXT.finditer(sentence):
        means_told = [m for m in told if start <= m.start() and m.end() <= match.start()]
        own, start = sentence[start : match.end()], match.end()
        text = p_value(match["p"].replace(" ", ""))
        most = 3 if methods.names(ANOVA) else 2
        if not (2 <= len(means_told) <= most and text):
            continue
        behind = sentence[means_told[-1].end() : match.start()]
        if len(behind) > (FARTHEST if re.search(r"\d", behind) else 2 * FARTHEST):
            continue
        if _STATISTIC.search(own) or ("%" in own and _SURVIVAL.search(sentence)):
            continue  # a statistic is held against its P itself
        percents = [bool(m["percent"]) for m in means_told]
        if percents != sorted(percents):
            continue  # -4.5 ± 6.2%, -4.07 ± 6.01 kg
        groups = [MeanSD(m[0], m["mean"], m["sd"], 0, 0, i, True) for i, m in enumerate(means_told)]
        bounds = methods.of_groups(len(groups), own)
        between = sentence[means_told[0].end() : means_told[1].start()]
        changed = _CHANGED.search(sentence[: match.end()]) and not _of_two(own, between, methods)
        paired = methods.names(CROSSED) or bool(_THEN.search(between) or changed)
        known = bounds and bounds[1] <= WIDEST * bounds[0]
        if bounds and known and _comparable(groups) and not (paired and len(groups) > 2):
            groups = _between(groups, bounds)
            ways = methods.spreads(own)
            yield Compared(0, text, groups, ways, paired, own=sentence, in_text=True)


def _of_two(told: str, between: str, methods: Methods) -> bool:
    """Whether words with two means name two groups: between them, or with what compares them."""
    if _GROUP.search(between) or methods.groups.named_in(between):
        return True
    groups = max(len(methods.groups.named_in(told)), len(_GROUP.findall(told)))
    return groups > 1 and bool(_OTHER_GROUP.search(told))


def apart(text: str, p: tuple[float, float]) -> float:
    """Return how many standard errors lie between a printed P and those of the t tests."""
    low, high = p_bounds(text)
    return max(0.0, _z(high) - _z(p[0]), _z(p[1]) - _z(low))


def _z(p: float) -> float:
    return -float(special.ndtri(min(max(p, 1e-12), 1.0) / 2))


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
