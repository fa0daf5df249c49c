"""The P of a row or a variable of counts: which usual test prints it.

Groups are the columns with counts to the left of the P, without a total. A variable with one row
is completed with the patients who are not in it, from the denominators that the percents hold for.
A P beside a level may be of this level or of its variable; the table that prints it is taken. Where
each level has a P, and not the same, it is of the level.

That no usual test prints a P is a question: it may be of a trend, adjusted, or of other data.
It is an accusation only where usual tests print the other P values of the article and of the
column, and this one, of two levels whose percents hold or with a percent that does not, is far from
every test of its counts and of two of its groups.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np

from secondlook.printed import show, verdict
from secondlook.proportions import kruskal_wallis, n_minus_one
from secondlook.proportions.identify import usual_tests
from secondlook.scan.cells import any_case, p_bounds
from secondlook.scan.checks.methods import CLUSTERED, ONE_SIDED, RANK_TEST, Methods
from secondlook.scan.checks.p_apart import log_odds_apart
from secondlook.scan.checks.p_of_counts.chi_squares import check_chi_squares
from secondlook.scan.checks.p_of_counts.contingency import RATIO, Case, usual
from secondlook.scan.checks.p_of_counts.counts_with_p import cases
from secondlook.scan.findings import A_UNIT, NEARBY, OF_COLUMN, Finding, Level
from secondlook.scan.layout import EVENTS, Layout
from secondlook.scan.shares.share import Entry

ADJUSTED = any_case(
    r"(?<!un)(?<!un-)adjust|mantel|cmh|logistic|regression|\bGEE\b|trend|mixed|stratif|weighted|imput|cluster|"
    r"random effect|mcnemar|paired(?! (?:student|t\b|samples))|matched|log[- ]?rank|\bcox\b|"
    r"non-?inferior|interaction"
)
"""A footnote with one of these tells of another test than those of the counts alone."""
_RARE = any_case(r"one-sided|unpooled|trend")
"""Tests that an article would name."""
_BETWEEN = re.compile("Mid-p")
"""A test whose P lies between those of the usual ones, and which no reader would ask for."""
_SAID = any_case(rf"{_RARE.pattern}|{ONE_SIDED.pattern}|armitage|linear")
_OF_COUNTS = any_case(r"fisher|chi\b|χ")
ENOUGH = 6
"""Other P values of a column that usual tests must print to be taken for its tests."""
MANY = 8
"""Of so many of one column it need not print one."""
_MERGED = re.compile(
    r"\b(?:[0-4]|I{1,3}|IV|[TN][0-4])\s?(?:[/+&–-]|and|or|to)\s?(?:[1-5]|I|V|[TN])"
)
"""A label of levels that were joined for the table, and perhaps not for its P."""
TINY = 0.0005
"""Whether a P is less than this by much or by little, no reader asks."""
NEARLY, ROUGHLY = 1.2, 4 / 3
"""How many times its odds a P may be that a test nearly gives; and of numbers that may be none."""
HALF = 0.1
"""How far in log odds half of a P may be."""
LEAST_OTHERS = 4
"""P values that no usual test prints before their column is asked about once."""
_NONE = "usual tests of these counts give another P; another test, a trend, or other data?"
USUAL = ("Fisher", "Pearson chi-square", "Yates chi-square", RATIO)


def check_p_values(
    tables: Sequence[tuple[Layout, list[Entry], Sequence[Finding]]], methods: Methods
) -> list[Finding]:
    """Judge the P values beside counts with percents: tables, their counts, what fails of them."""
    clustered, one_sided = methods.names(CLUSTERED), methods.names(ONE_SIDED)
    columns = [
        (layout, {(f.row, f.column) for f in percents if f.level == "fails"}, same)
        for layout, found, percents in tables
        for same in cases(layout, found, methods.groups)
    ]
    printed = [case for _, _, same in columns for case in same if not _above(case)]
    by_usual = list(filter(_usual, printed))
    findings: list[Finding] = []
    for layout, wrong, same in columns:
        told = [
            _judge(layout, case, others, _twin(case, same), wrong, one_sided)
            for case, others in zip(same, _usual_elsewhere(same, printed, by_usual), strict=True)
        ]
        # Percents that may be of anything are of patients where most add up, or give their P.
        rough = [case for case in same if case.unsure]
        good = [c for c in rough if c.printing or len(c.table) > 2 or _near(c, ROUGHLY)]
        unsure = len(good) < max(2, len(rough) / 2)
        exact, modelled = [case for case in same if case.exact], _modelled(layout, same)
        usual_here = 2 * sum(map(_usual, exact)) >= len(exact)
        in_clusters = clustered and len(same) > 2  # whose P are larger
        larger = [in_clusters and case.p > min(case.p_values.values()) for case in same]
        of_model = [not usual_here and (modelled or more) for more in larger]
        found = [
            finding for case, finding, other in zip(same, told, of_model, strict=True)
            if finding is not None and not (case.unsure and unsure)
            and not (other and finding.level == "question")
        ]  # fmt: skip
        asked = sum(finding.reading == _NONE for finding in found)
        if asked >= LEAST_OTHERS and 2 * asked > len(told):
            of = f"{asked} of the {len(told)} P values {OF_COLUMN}"
            asked_too = f"usual tests give another P for {of}"
            found = [replace(f, reading=asked_too) if f.reading == _NONE else f for f in found]
        if not any(finding.level == "holds" for finding in found):
            found = [finding for finding in found if not finding.slight]
        findings += [*found, *check_chi_squares(layout, same)]
    return findings


def _usual(case: Case) -> bool:
    """Whether a usual test prints a P, or nearly."""
    return bool(case.printing) or _close(case)


def _modelled(layout: Layout, same: list[Case]) -> bool:
    """Whether a table says of a column of P that these are of more than its counts."""
    column = [row[same[0].column] for row in layout.grid]
    told = " ".join(cell.text for cell in column if cell.first)
    return bool(ADJUSTED.search(f"{layout.told} {layout.heads[same[0].column]} {told}"))


def _usual_elsewhere(
    same: list[Case], printed: list[Case], usual: list[Case]
) -> Iterator[list[Case]]:
    """Give for each P of a column the others that usual tests print, if they do nearly all.

    And all beside it. `usual` are those among the `printed`; neither has a P that most tests print,
    as > 0.05.
    """
    known = set(map(id, usual))
    among, plain = sum(id(o) in known for o in same), sum(not _above(o) for o in same)
    for case in same:
        own = id(case) in known
        beside, apart = among - own, plain - (not _above(case)) - (among - own)
        nearly_all = 10 * (len(usual) - own) >= 9 * (len(printed) - 1)
        telling = beside >= ENOUGH and nearly_all and apart <= (beside >= MANY)
        yield [o for o in usual if o is not case] if telling else []


def _above(case: Case) -> bool:
    return case.text[0] in ">≥"


def _twin(case: Case, same: list[Case]) -> Case | None:
    """Return the same counts in the other order beside it, with a P that is another."""
    low, high = p_bounds(case.text)
    turned = (o for o in same if abs(o.row - case.row) == 1 and o.table == case.table[::-1])
    bounds = ((other, p_bounds(other.text)) for other in turned)
    twin = next((other for other, (least, most) in bounds if high < least or most < low), None)
    if twin and any(verdict(case.text, p) != "differs" for o in same for p in o.p_values.values()):
        return None  # it is printed of the counts of another row: one row off
    return twin


def _judge(
    layout: Layout, case: Case, others: list[Case], twin: Case | None,
    wrong: set[tuple[int | None, int | None]], one_sided: bool,
) -> Finding | None:  # fmt: skip
    recomputed = "; ".join(f"{name} {_shown(p, case.text)}" for name, p in case.p_values.items())
    counts = _counted(case)
    told = f"{layout.told} {layout.heads[case.column]} {layout.context(case.row)}"
    level: Level = "question"
    if case.printing:
        level, reading = "holds", f"printed by {', '.join(case.printing)}"
    elif case.text == "1" or _of_another(layout, case):
        return None  # the level that others are compared with, or of what its note says
    elif twin:
        level = "fails" if twin.printing and case.binary else "question"
        by = f" by {twin.printing[0]}" if twin.printing else ""
        reading = f"the same counts have another P in the table: {twin.text}{by}"
    elif more := _further(case):
        rare = all(_RARE.search(each) for each in more)
        rare = rare and not (one_sided or _SAID.search(told))
        level = "question" if (others or rare) and not _close(case) else "holds"
        reading = f"printed by {', '.join(more)}"
        if level == "question":
            reading = f"only {more[0]} gives this P; was that used?"
    elif _close(case):
        level, reading = "holds", f"{A_UNIT} from a usual test"
    elif _near(case):
        if case.unsure or ADJUSTED.search(told):
            return None
        reading = f"{NEARBY}, or between two; adjusted, or of other counts?"
    elif log_odds_apart(min(case.p_values.values()) / 2, case.p, 1e-6) < HALF:
        reading = "nearly half the P of a usual test; one-sided?"
        if one_sided:
            return None
    elif any(_of_two(case)):
        return None
    else:
        reading = _NONE
        own = {(case.row, c) for c in range(layout.width)} & wrong
        sure = case.binary and (case.sound or own) and len(case.text.partition(".")[2]) > 1
        joined = any(
            _MERGED.search(layout.label(row))
            for row, section in enumerate(layout.sections)
            if row == case.row or section in {case.row, layout.sections[case.row]} - {None}
        )
        other = joined or ADJUSTED.search(told) or EVENTS.search(layout.label(case.row))
        if others and sure and _far(case, others) and not other:
            level = "fails"
            given = f"{len(others)} other P values"
            reading = f"the usual tests give {given}, but not this of these counts"
    return layout.finding(
        "p-of-table", level, case.row, case.column, case.text, counts, recomputed, reading
    )


def _of_another(layout: Layout, case: Case) -> bool:
    """Whether the note of the mark of a P, its head or its label names another test alone."""
    marked = layout.grid[case.row][case.column].text, layout.heads[case.column]
    note = layout.noted(*marked, layout.label(case.row))
    other = ADJUSTED.search(note) or RANK_TEST.search(note)
    return bool(other and not _OF_COUNTS.search(note))


def _near(case: Case, times: float = NEARLY) -> bool:
    """Whether it lies between two tests, or so near one that one adjusted may well print it."""
    tests, most = case.p_values.values(), math.log(2 if case.rough else times)
    between = min(tests) <= case.p <= max(tests)
    return case.exact and (between or any(log_odds_apart(p, case.p, 1e-6) <= most for p in tests))


def _of_two(case: Case) -> Iterator[bool]:
    """Say of each usual test of two of the groups whether it prints the P."""
    cells = np.array(case.table)
    for pair in combinations(range(cells.shape[1]), 2):
        part = cells[:, pair][cells[:, pair].any(axis=1)]
        if len(part) > 1:
            tests = usual(tuple(map(tuple, part.tolist()))).values()
            yield from (verdict(case.text, p) != "differs" for p in tests)


def _further(case: Case) -> list[str]:
    """Try the rarer tests where no usual one prints the P."""
    cells = np.array(case.table)
    found: list[str] = []
    if cells.shape == (2, 2) and cells.sum() <= 200:
        found = [
            f"{each.test} ({'one' if each.sides == 1 else 'two'}-sided)"
            for each in usual_tests(cells.T, case.text, unconditional=False)
            if each.verdict in {"reproduced", "truncated"} and not _BETWEEN.match(each.test)
        ]
    elif verdict(case.text, n_minus_one(cells).p_value) != "differs":
        found = ["Chi-square times (N - 1)/N (two-sided)"]
    elif cells.shape[0] > 2 and verdict(case.text, kruskal_wallis(cells.T).p_value) != "differs":
        found = ["a test of the ranks of the levels"]
    return found


def _close(case: Case) -> bool:
    """Whether it is at most one unit of its last digit, or a hundredth, off a test in common use.

    A bound is held to the letter, but for what rounds to it. One that the likelihood ratio alone
    nearly prints is of something else.
    """
    unit = 10.0 ** -len(case.text.partition(".")[2])
    common = [p for test, p in case.p_values.items() if test != RATIO]
    if _above(case):
        return any(1.04 * p >= case.p for p in common)
    if not case.exact:
        return any(p <= 1.04 * case.p for p in common)
    return any(abs(p - case.p) <= unit / 2 + min(unit, 0.01) for p in common)


def _far(case: Case, others: list[Case]) -> bool:
    """Whether the P is far from those of the tests of the others, of all patients or but one."""
    counted = Counter(test for other in others for test in other.printing)
    told = sum(bool(other.printing) for other in others)
    tests = {test for test, count in counted.items() if 10 * count >= 9 * told} or set(counted)
    cells = np.array(case.table)
    tables = [case.table]
    for row, column in np.ndindex(*cells.shape):
        less = cells.copy()
        less[row, column] = max(0, less[row, column] - 1)
        if not all(less.any(axis=axis).all() for axis in (0, 1)):
            return False  # one patient is all that it tests
        tables.append(tuple(map(tuple, less.tolist())))
    given = ((table, test, p) for table in tables for test, p in usual(table).items())
    theirs = (p for table, test, p in given if test in tests or table == case.table)
    return all(log_odds_apart(p, case.p, TINY) > math.log(1.25) for p in theirs)


def _counted(case: Case) -> str:
    if len(case.table) == 2:
        return ", ".join(f"{a} of {a + b}" for a, b in zip(*case.table, strict=True))
    return " | ".join(", ".join(map(str, row)) for row in case.table)


def _shown(p: float, text: str) -> str:
    if p < 0.0001:
        return "<0.0001"
    return show(p, like=text.lstrip("<>≤≥="), extra=2)
