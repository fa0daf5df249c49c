"""Ratios and differences that follow from the counts printed beside them.

The counts of two groups in a row; or of one row and of a row of reference, as where cases and
controls are counted by a risk factor; or events of patients in both. Only where most estimates of
the table follow so, they are crude and of these counts, and another is a misprint or adjusted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import combinations
from typing import TYPE_CHECKING

from secondlook import printed as numbers
from secondlook.proportions.two_groups import COMPARISONS, Measure, measured
from secondlook.scan.cells import amount, any_case, only_count
from secondlook.scan.checks.mean import N_HEAD
from secondlook.scan.checks.p_of_counts.counts_with_p import compared
from secondlook.scan.checks.p_of_counts.group_counts import OVER
from secondlook.scan.checks.p_of_counts.p_in_text import NEAR, counts_in
from secondlook.scan.findings import Level
from secondlook.scan.layout import Layout
from secondlook.scan.shares.share import SAID, Entry

if TYPE_CHECKING:
    from secondlook.scan.checks.estimates.estimate import Estimate

Judged = tuple[Level, str, str, str]
"""Level, recomputed, reading, against."""
Interval = tuple[float, float, float]
Pair = tuple[int, int, int, int]
"""Two counts, each before the number that it is of."""
Crude = dict[str, tuple[Pair, Interval]]
"""What counts make, by the way of making it."""
Counts = dict[tuple[int, int], tuple[int, int]]
"""The counts of cells, each with the number that it is of, 0 where nothing tells it."""

_REFERENCE = any_case(r"^\s*(?:1(?:[.·]0{1,3})?|[-–—]|.{0,8}\bref(?:erence)?\b.{0,12}|)\s*$")
_NO_COUNTS = re.compile(r"^\W*(?:%|per ?cents?|percentages?)\W*$|\b(?:OR|RR|HR)\b")
"""The lowest head of a column of percents or ratios."""
_LIMITS = re.compile(r"\d\s?(?:[-–—,;]|to)\s?-?\d")
_CALLED = {
    "RR": re.compile(r"\bRR\b|(?i:relative risk|risk ratio)"),
    "OR": re.compile(r"\bOR\b|(?i:odd.?s ratio)"),
    "NNT": re.compile(r"\bNN[TH]s?\b|(?i:numbers? needed)"),
    "RD": re.compile(r"\bA?RD\b|\bARR\b|(?i:\bdifference)"),
}
_ENDS = re.compile(r"[a-z)\]%]\.\s+(?=[A-Z])|;")
_MODEL = any_case(
    r"adjust|multivari|\ba(?:OR|RR|HR)\b|matched|weighted|stratified|mantel|"
    r"logistic|regress|model|\bcox\b|GEE|mixed|poisson|cluster|covaria|imput|"
    r"accounting for|correct(?:ed|ing) for|random effect|pooled|meta-|hazard|\bHR\b|rate ratio|"
    r"incidence rate"
)
_CRUDE = any_case(r"un-?adjusted|crude|uni-?vari|bivari")
NEARLY = 0.02
"""What part of it a number may be off what other software makes of the counts."""
FAR, NOT_SO_FAR = 0.06, 0.2
"""Of other tests limits may be so much wider, where not nearly all are of the usual one; those
corrected for several comparisons more, which are then no accusation."""
MOST_GROUPS = 4
"""Groups of a row of which any two may be compared."""
MANY = 8
"""Estimates of a table that counts must give to the last digit, for all others to be held to it."""
ENOUGH = 2
"""Estimates of a table that must follow from counts, for the others to be expected to."""


def from_counts(layout: Layout, found: list[Entry], estimates: list[Estimate]) -> dict[int, Judged]:
    """Judge the estimates that have counts beside them; keys are their `id`."""
    counts = _counts(layout, found)
    follow: dict[int, Judged] = {}
    ways: Counter[tuple[int, str]] = Counter()
    rest: list[tuple[Estimate, str, Crude]] = []
    loosely: dict[int, tuple[str, Crude]] = {}
    exact = modelled = 0
    clusters = "cluster" if any("cluster" in head.lower() for head in layout.heads) else ""
    for estimate in estimates:
        row, column = estimate.cell
        said = f"{layout.heads[column]} {layout.context(row)} {clusters}"
        crude = dict(_candidates(layout, counts, estimate))
        ways_given = [w for w, (_, values) in crude.items() if _follows(estimate, values)]
        way = max(ways_given, key=lambda w: _near(estimate, crude[w][1], 0.0), default=None)
        if way is not None:
            values = crude[way][1]
            ways[column, way] += 1
            exact += all(_prints(estimate, values))
            follow[id(estimate)] = _judged("holds", way, crude, "the counts of the row give it")
            if not _near(estimate, values, 0.0):
                loosely[id(estimate)] = way, crude
        elif crude and _modelled(said):
            modelled += 1
        elif crude:
            rest.append((estimate, said, crude))
    if exact >= MANY and 10 * exact >= 9 * (len(follow) - 1):
        asked = f"the counts give {exact} others to the last digit, and not this"
        follow |= {one: _judged("question", *of, asked) for one, of in loosely.items()}
    if len(follow) < ENOUGH or len(rest) > len(follow):
        told = [
            (e, judged) for e, said, crude in rest
            if sum(at == e.row and c < e.cell[1] for at, c in counts) == 2
            and (judged := _of_two(e, f"{said} {layout.told}", crude))
        ]  # fmt: skip
        doubted = {id(e): judged for e, judged in told if judged[0] == "question"}
        given = len(follow) + len(told) - len(doubted)
        return follow | (doubted if given > len(doubted) else {})
    holding = len(follow)
    loose = 10 * exact < 8 * holding
    for estimate, _, crude in rest:
        near = {way: n for way in crude if (n := ways[estimate.cell[1], way])}
        if near:
            way = max(near, key=lambda w: (sum(_prints(estimate, crude[w][1])), near[w]))
            judged = _differs(estimate, way, crude, counts, holding, len(rest) + modelled, loose)
            follow |= {id(estimate): judged} if judged else {}
    return follow


def _of_two(estimate: Estimate, said: str, crude: Crude) -> Judged | None:
    """Judge a ratio by the counts of two groups beside it, if it is called so and none adjusted."""
    named = _called(said)
    names = {way: way.removesuffix(", second to first").rstrip("%") for way in crude}
    ways = {way: of for way, of in crude.items() if names[way] in named}
    if not ways or _modelled(said):
        return None
    way = min(ways, key=lambda w: abs(ways[w][1][0] - amount(estimate.value)))
    if _close(estimate.value, ways[way][1][0]):
        return _judged("holds", way, ways, "the counts give it")
    return _judged("question", way, ways, "the counts do not give it; adjusted?")


def _called(said: str) -> list[str]:
    """Return how words call an estimate."""
    return [way for way, words in _CALLED.items() if words.search(said)]


def _modelled(said: str) -> bool:
    """Whether a model made an estimate, and not the counts of one table alone."""
    return bool(_MODEL.search(said)) and not _CRUDE.search(said)


def from_counts_in_text(estimates: list[Estimate], clustered: bool) -> dict[int, Judged]:
    """Judge ``33 of 73 vs. 27 of 77, RR 1.18 (0.90-1.54)``; keys are the `id` of estimates.

    In a `clustered` trial another is that of a model.
    """
    judged = {}
    for estimate in estimates:
        text = _ENDS.split(estimate.before)[-1]
        found = [each for each in counts_in(text) if len(set(each.sizes)) == 1][-2:]
        if len(found) < 2 or len(text) - found[1].end > NEAR:
            continue
        first, second = found
        pair = first.count, first.sizes[0], second.count, second.sizes[0]
        ways = crude(*pair).items()
        told = _of_two(estimate, estimate.before, {w: (pair, v) for w, v in ways if "RD" not in w})
        if told and not (clustered and told[0] == "question"):
            judged[id(estimate)] = told
    return judged


def _differs(
    estimate: Estimate, way: str, crude: Crude, counts: Counts, holding: int, rest: int, loose: bool
) -> Judged | None:
    """Judge an estimate that its counts do not give; None if it may be of a `loose` other test."""
    pair, values = crude[way]
    prints = _prints(estimate, values)
    alone = (rest == 1 and holding >= 8) or (sum(prints) == 2 and holding >= 4)
    if alone and not _near(estimate, values, NOT_SO_FAR if loose else 0.0):
        doubt = _of_sizes_above(counts, estimate, pair)
        reading = doubt or f"the counts give {holding} others, and not this"
        return _judged("question" if doubt else "fails", way, crude, reading)
    if loose and _near(estimate, values, FAR):
        return None
    reading = f"the counts give {holding} others, and not this; adjusted, or of other patients?"
    return _judged("question", way, crude, reading)


def _judged(level: Level, way: str, crude: Crude, reading: str) -> Judged:
    """Return what is said of an estimate, with what the counts make in one way."""
    pair, values = crude[way]
    recomputed = "{} {:.4g} ({:.4g} to {:.4g})".format(way, *values)
    return level, recomputed, reading, "{} of {}, {} of {}".format(*pair)


def _of_sizes_above(counts: Counts, estimate: Estimate, pair: Pair) -> str | None:
    """Say that the counts give an estimate of the sizes that another row prints for the columns."""
    r, (a, n, b, m) = estimate.row, pair
    beside = [(c, told) for (row, c), told in counts.items() if row == r]
    columns = [c for own in ((a, n), (b, m)) for c, told in beside if told == own]
    if len(columns) != 2:
        return None
    for s in {row for row, _ in counts}:
        k, j = (counts.get((s, c), (0, 0))[1] for c in columns)
        if k >= a and j >= b and any(all(_prints(estimate, v)) for v in crude(a, k, b, j).values()):
            return f"the counts give it of {k} and {j}, the sizes of another row"
    return None


def _counts(layout: Layout, found: list[Entry]) -> Counts:
    """Return the counts of the cells, each with what it is of where the table says so."""
    counts: Counts = {}
    for r, c, cell in layout.cells():
        if _NO_COUNTS.search(layout.lowest[c]):
            continue
        text = cell.text.strip(" ()") if N_HEAD.match(layout.lowest[c].strip("()")) else cell.text
        count, size = only_count(text), layout.sizes.get(c, 0)
        if count is not None:
            counts[r, c] = count, size if size >= count else 0
        elif (over := OVER.fullmatch(cell.text.strip())) and int(over[1]) <= int(over[2]):
            counts[r, c] = int(over[1]), int(over[2])
    for entry in found:
        low, high = entry.span or (0, 0)
        own = entry.strength == SAID and " | " not in entry.text and entry.over
        if entry.part:
            continue
        if entry.holds or own:
            counts[entry.row, entry.column] = entry.count, own or entry.of or 0
        elif entry.strength == SAID and not entry.own and high <= 1.02 * low:
            counts[entry.row, entry.column] = entry.count, (low + high) // 2
        elif entry.strength == SAID:  # a count, whatever its percent is of
            counts.setdefault((entry.row, entry.column), (entry.count, 0))
    return counts


def _candidates(
    layout: Layout, counts: Counts, estimate: Estimate
) -> Iterator[tuple[str, tuple[Pair, Interval]]]:
    """Give what the counts about an estimate make, by the way of making it."""
    r, end = estimate.cell
    columns = [c for c in range(layout.labels, end) if (r, c) in counts and not layout.is_total(c)]
    sized = {c: n for c in columns if (n := counts[r, c][1])}
    named = [c for c in compared(layout, end) if (r, c) in counts]
    if len(named) == 2:
        columns = named
    elif len(sized) == 2 or any(counts[r, c][0] in sized.values() for c in columns):
        columns = list(sized)  # beside what they are of, or their percents
    elif len(columns) > 2 and columns[-2:] == [end - 2, end - 1]:
        columns = columns[-2:]
    apart = max((p for p in layout.p_columns if columns and p < columns[-1]), default=0)
    columns = [c for c in columns if c > apart]  # behind a P another block begins
    two: list[tuple[str, Sequence[int]]] = [("", columns)] if len(columns) == 2 else []
    if 2 < len(sized) <= MOST_GROUPS:
        two += [(f" of columns {c + 1} and {k + 1}", (c, k)) for c, k in combinations(sized, 2)]
    pairs: list[tuple[str, Pair]] = [(told, (*counts[r, c], *counts[r, k])) for told, (c, k) in two]
    for where, other in _references(layout, r, end) if len(columns) in (1, 2) else ():
        if any((other, c) not in counts for c in columns):
            continue
        (a, n), (a0, n0) = (counts[at, columns[0]] for at in (r, other))
        if len(columns) == 1:
            pairs.append((f" of reference{where}", (a, n, a0, n0)))
            continue
        b, b0 = (counts[at, columns[1]][0] for at in (r, other))
        pairs.append((f" by columns{where}", (a, a + a0, b, b + b0)))
        pairs.append((f" by rows{where}", (a, a + b, a0, a0 + b0)))
        pairs.append((f" of reference{where}", (a, b, a0, b0)))
    head = layout.head_of(r, end)
    named_in = (_called(words) for words in (head.rpartition(" / ")[2], head))
    of_scale = {"unknown": ["RR", "OR", "RD"], "difference": ["RD"]}.get(estimate.scale)
    kinds = next(filter(None, named_in), of_scale or ["RR", "OR"])
    for name, (a, n, b, m) in pairs:
        for way, values in crude(a, n, b, m).items() if a <= n and b <= m else ():
            if re.split("[ %,]", way)[0] in kinds:
                yield f"{way}{name}", ((a, n, b, m), values)


def _references(layout: Layout, r: int, c: int) -> Iterator[tuple[str, int]]:
    """Give the next rows of the block above and below that print 1 or nothing, without limits."""
    grid, sections = layout.grid, layout.sections
    for step, where in ((-1, ""), (1, " below")):
        other = r + step
        while layout.head <= other < len(grid) and sections[other] == sections[r]:
            cell, beside = grid[other][c], grid[other][c + 1 : c + 2]
            text = cell.text if cell.first else ""
            limits = any(_LIMITS.search(each.text) for each in beside)
            if _REFERENCE.match(text) and not limits:
                yield where, other
                break
            other += step


def _prints(estimate: Estimate, values: Interval) -> list[bool]:
    texts = zip(estimate.texts, values, strict=True)
    return [numbers.verdict(text, value) != "differs" for text, value in texts]


def _near(estimate: Estimate, values: Interval, part: float = NEARLY) -> bool:
    texts = zip(estimate.texts, values, strict=True)
    return all(_close(text, value, part) for text, value in texts)


def _follows(estimate: Estimate, values: Interval) -> bool:
    """Whether the estimate and its limits are those of the counts, or nearly, on the same side."""
    null = 1.0 if estimate.scale == "ratio" else 0.0
    low, high = map(amount, (estimate.low, estimate.high))
    same_side = (values[1] < null < values[2]) == (low < null < high)
    return _near(estimate, values) and (same_side or all(_prints(estimate, values)))


def _close(text: str, value: float, part: float = NEARLY) -> bool:
    """Whether a number is a unit and a half of its last digit off at most, or such a part."""
    number = numbers.parse(text)
    apart = abs(float(number.value) - value)
    return apart <= max(1.5 * float(number.unit), part * abs(value))


def crude(a: int, n: int, b: int, m: int) -> dict[str, Interval]:
    """Return the odds ratio (Woolf), risk ratio (Katz), difference (Wald), NNT; both ways round."""
    found: dict[str, Interval] = {}
    for pair, way in (((a, n, b, m), ""), ((b, m, a, n), ", second to first")):
        if min(n, m) == 0:
            continue
        rd, low, high = found[f"RD{way}"] = _made("risk difference", "wald", pair)
        found[f"RD%{way}"] = (100 * rd, 100 * low, 100 * high)
        if low > 0:
            found[f"NNT{way}"] = (1 / rd, 1 / high, 1 / low)
        with suppress(ZeroDivisionError):
            found[f"RR{way}"] = _made("risk ratio", "katz", pair)
            found[f"OR{way}"] = _made("odds ratio", "woolf", pair)
    return found


def _made(measure: Measure, method: str, pair: Pair) -> Interval:
    return float(measured(measure, *pair)), *COMPARISONS[measure][method](*pair, 0.95)
