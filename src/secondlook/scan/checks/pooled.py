"""A mean, an SD or a median of all patients against those of the groups that they are made of.

The mean of all is that of the groups weighted by their sizes, of which some may lack a datum; a
mean or a median of all beyond those of every group is impossible whatever is missing, and so is an
SD below or far above all of theirs. Its groups are the columns whose sizes add to its own. All may
stand in a column or in a row. An accusation only where the sizes add to the total, and the means of
most other rows do.

Where a table has no column of all, a sentence may tell their mean: "mean age was 62.1 years".
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from secondlook import printed as numbers
from secondlook.scan.cells import DECIMAL, amount, any_case, only_percent
from secondlook.scan.checks.mean import MEAN_SD, N_HEAD, SE, MeanSD, beside, ends, means, sized
from secondlook.scan.checks.methods import OF_OTHERS, PEOPLE, SENTENCE, Methods
from secondlook.scan.checks.p_of_means.same_patients import of_same
from secondlook.scan.document import grouped
from secondlook.scan.findings import Finding, Level, in_text
from secondlook.scan.groups import Groups, name
from secondlook.scan.layout import CATEGORY, PERCENT, TOTAL, Layout, sizes
from secondlook.scan.shares.share import Entry

_FIRST = re.compile(rf"^\s?(-?{DECIMAL})(?:\s?[±(\[]|\s?$)")
_MEAN = any_case(r"\bmeans?\b|\baverage\b|±|\bSDs?\b")
_MEDIAN = any_case(r"\bmedian\b|\bIQR\b|quartile")
_NO_MEAN = any_case(r"adjusted|change|differ|ratio|least[- ]squares?|\bLS|model|geometric|weighted")
_NO_ROW = any_case(r"p\b|s[de]m?$")
_NO_GROUP = any_case(r"\bmissing\b|\b(?:period|day|night)s?\b")
"""The head of a column of none, or of all times: "whole period", "missing data"."""
_MEAN_OF = any_case(
    rf"\b(?:mean|average)\b(?P<of>[^\d;:]{{2,60}}?(?:\d+ {PEOPLE}[^\d;:]{{0,60}}?)?)"
    rf"(?P<mean>{DECIMAL})(?![\d.,~–-]*\d)(?!\s?(?:%|{PEOPLE}\b))"
    rf"(?!(?:[^.]|\.\d){{0,50}}\band {DECIMAL} (?!{PEOPLE}))"
)
"""A mean in a sentence: "mean (SD) age of the 66 patients was 60.9"."""
_SAID_OF = re.compile(
    rf"(?: (?:of|for|in|among) (?:the |all |these |our )*(?:\d+ )?(?:\w+ )??"
    rf"(?:{PEOPLE}|sample|population|cohort)(?: \w+){{0,5}}?)?"
    r"[\s,(]*(?:was|of|is|were|[=:])?\s*"
)
"""What stands between the name of a variable and its mean."""
_NO_NAME = any_case(
    r"\([^)]*\)|\[[^\]]*\]|\^\S+|±|\bSD\b|\bat baseline\b|\bin years|"
    r"^\s*(?:(?:the|mean|average|baseline|patients?|participants?)(?:['’]s?)?\s)*"
)
_UNIT = re.compile("[,*†‡§]")
_OF_GROUPS = any_case(
    r"\b(?:groups?|arms?|each|respectively|placebo|controls?|vs|versus|than|compared|"
    r"chang\w+|increas\w+|decreas\w+|reduc\w+|older|younger)\b"
)
_OF_SOME = any_case(
    r"\b(?:complet\w+|who|whose|those|after|follow-?up|end of|final|lost|withdr\w+|dropp\w+|"
    r"exclu\w+|screen\w+|subset|sub-?sample|approximately|about)\b"
)
"""A sentence with one of these may tell of some of the patients, if it does not say of how many."""
MISSING = 0.8
"""The least share of a group that has a datum, where most rows are of all."""
MOST_GROUPS = 5
SLACK = 0.03
"""The part of an SD that a few patients of none of the groups may add."""


Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Row:
    """What one row prints of all and of the groups: as text, and its ends."""

    row: int
    total: str
    groups: list[str]
    median: bool
    named: bool
    """Whether something says that they are means or medians."""
    percents: bool
    sds: list[str]
    """That of all and those of the groups, or none."""
    weights: list[int]
    """The sizes of the groups, 0 where none is printed."""

    @property
    def unweighted(self) -> bool:
        """Whether it is known only to lie between those of the groups."""
        return self.median or not all(self.weights)

    @property
    def between(self) -> tuple[float, float]:
        """The least and the largest of the groups."""
        found = [end for text in self.groups for end in ends(text)]
        return min(found), max(found)

    def _sizes(self, least: float) -> Floats:
        """Return how many have a datum, of all groups in each way: all, or this share."""
        ways: Floats = np.array(list(product((least, 1.0), repeat=len(self.weights))))
        return np.asarray(ways * np.array(self.weights))

    def range(self, least: float) -> tuple[float, float]:
        """Return the least and the largest mean of all, if of each group this share has a datum."""
        if self.unweighted:
            return self.between
        n = self._sizes(least)
        found = n @ np.array([ends(text) for text in self.groups]) / n.sum(axis=1, keepdims=True)
        return float(found.min()), float(found.max())

    def fits(self, least: float) -> bool:
        """Whether the groups give the mean of all, if of each this share has a datum."""
        return _overlap(ends(self.total), self.range(least))

    def as_errors(self) -> bool:
        """Whether the SD of all is that of groups whose SD are SE, or is an SE itself."""
        sizes = [sum(self.weights), *self.weights]
        whole, *groups = (
            (ends(sd)[0] * math.sqrt(n), ends(sd)[1] * math.sqrt(n))
            for sd, n in zip(self.sds, sizes, strict=True)
        )
        as_sds = self._range_of_sd(np.array([(sum(sd) / 2,) * 2 for sd in groups]))
        return _overlap(whole, self.range_of_sd()) or _overlap(ends(self.sds[0]), as_sds)

    def range_of_sd(self) -> tuple[float, float]:
        """Return the least and the largest SD of all, if of each group most have a datum."""
        return self._range_of_sd(np.array([ends(text) for text in self.sds[1:]]))

    def _range_of_sd(self, sds: Floats) -> tuple[float, float]:
        n = self._sizes(MISSING)
        groups = np.array([ends(text) for text in self.groups])
        middles, reach = groups.mean(axis=1), np.ptp(groups, axis=1).max() / 2
        apart = abs(middles - (n @ middles / n.sum(axis=1))[:, None])
        bounds = []
        for side, far in ((0, np.maximum(0.0, apart - reach)), (1, apart + reach)):
            squares = (n - 1) @ sds[:, side] ** 2 + (n * far * far).sum(axis=1)
            bounds.append(np.sqrt(squares / (n.sum(axis=1) - 1)))
        return (1 - SLACK) * float(bounds[0].min()), (1 + SLACK) * float(bounds[1].max())


def check_pooled(
    layout: Layout, entries: list[Entry], told: list[MeanSD], sizes_of: Groups
) -> list[Finding]:
    """Judge the column of all groups of one table, or its row."""
    found = _of_column(layout, entries, told, sizes_of)
    if any(TOTAL.search(layout.label(r)) for r in layout.rows):
        across = layout.turned
        told = list(means(across))
        found += [layout.turned_back(f) for f in _of_column(across, [], told, sizes_of, True)]
    return found


def _of_column(
    layout: Layout, entries: list[Entry], told: list[MeanSD], sizes_of: Groups, across: bool = False
) -> list[Finding]:
    counted = {e.row for e in entries if e.holds}
    columns = [c for c in layout.columns if c not in layout.p_columns and _is_group(layout, c)]
    size = {c: next(iter(sizes_of.printed(layout, c)), 0) for c in columns}
    findings = []
    for total in filter(layout.is_total, columns):
        others = [c for c in columns if not layout.is_total(c)]
        groups = _parts(layout, total, others, size)
        if not groups or (across and not size[total]):
            continue  # of rows a total is as often a sum
        rows = [r for r in _rows(layout, told, total, groups, size) if r.row not in counted]
        findings += _judge(layout, total, groups, rows)
    return findings


def _is_group(layout: Layout, c: int) -> bool:
    body = [layout.grid[r][c].text for r in layout.rows]
    told = [text for text in body if text.strip()]
    numbers = sum(bool(_FIRST.match(text)) for text in told)
    other = N_HEAD.match(layout.lowest[c]) or _NO_GROUP.search(layout.heads[c])
    return numbers * 2 > len(told) > 0 and not other


def _parts(layout: Layout, total: int, others: list[int], size: dict[int, int]) -> list[int]:
    """Return the columns of the groups of a total: those beside it and each other whose sizes add.

    Where the table has several totals, a group shares the upper or the lower head with its own. All
    are taken if no size is printed.
    """
    heads = {c: [name(each) or each for each in layout.heads[c].split(" / ")] for c in size}
    for at in (-1, 0):
        alike = [c for c in others if heads[c][at] == heads[total][at]]
        if len(heads[total]) > 1 and 2 <= len(alike) < len(others):
            others = alike
    if not (size[total] or any(size[c] for c in others)):
        return others if 2 <= len(others) <= MOST_GROUPS else []
    told = [c for c in others if size[c]]
    low = {c: [other for other in told if heads[other][-1] == heads[c][-1]] for c in told}
    runs = list(low.values())  # those of one time, which may stand between those of another
    runs += [told[i : i + k] for k in range(2, MOST_GROUPS + 1) for i in range(len(told) - k + 1)]
    adding = [run for run in runs if len(run) > 1 and sum(size[c] for c in run) == size[total]]
    return min(adding, key=lambda run: min(abs(c - total) for c in run), default=[])


def _rows(
    layout: Layout, told: list[MeanSD], total: int, groups: list[int], size: dict[int, int]
) -> list[Row]:
    """Read the rows of means, and of medians; what nothing names is taken for means."""
    with_sd = {(m.row, m.column): m for m in told}
    rows = []
    for r in layout.rows:
        texts = [layout.grid[r][c].text for c in (total, *groups)]
        said = f"{layout.context(r)} {layout.heads[total]}"
        cells = [_FIRST.match(text) for text in texts]
        if not all(cells) or _NO_MEAN.search(said) or _NO_ROW.match(layout.last_label(r)):
            continue
        sds = [with_sd.get((r, c)) for c in (total, *groups)]
        spread = all(sds) and not SE.search(f"{said} {layout.told}")
        median = bool(_MEDIAN.search(said))
        named = bool(spread or median or _MEAN.search(layout.context(r)))
        of_percents = PERCENT.search(f"{said} {layout.heads[0]}")
        percents = bool(of_percents and all(map(only_percent, texts)))
        if not (spread or named or percents or all(map(MEAN_SD.match, texts))):
            continue
        whole, *parts = (match[1] for match in cells if match)
        of_all, added = amount(whole), sum(map(amount, parts))
        if of_all > 1 and abs(of_all - added) <= max(1, of_all / 20):
            continue  # counts
        all_of = [m.sd for m in sds if m] if spread else []
        own = [n for c in groups for n in beside(layout, r, c)]
        weights = own if len(own) == len(groups) else [size[c] for c in groups]
        rows.append(Row(r, whole, parts, median, named, percents, all_of, weights))
    return rows


def _judge(layout: Layout, total: int, groups: list[int], rows: list[Row]) -> list[Finding]:
    if not _mostly(rows, 4):
        rows = [row for row in rows if row.named]
    sized = all(all(row.weights) for row in rows)
    if not (sized or _mostly(rows, 4)):
        return []
    fits = [row.fits(1) for row in rows]
    mostly = _mostly(rows, 1)
    sure = sum(fits) >= 4 and mostly and sized
    findings = []
    for row, fit in zip(rows, fits, strict=True):
        recomputed, reading, impossible = _said(row, fit)
        if not (fit or reading) or (reading and not (mostly or impossible)):
            continue
        accused = sure and impossible and not row.percents and not sizes(layout.context(row.row))
        level: Level = ("fails" if accused else "question") if reading else "holds"
        whole, *parts = (layout.grid[row.row][c].line.strip() for c in (total, *groups))
        reading = reading or "the groups give it"
        findings.append(layout.finding(
            "mean", level, row.row, total, whole, "; ".join(parts), recomputed, reading,
        ))  # fmt: skip
    return findings


def _said(row: Row, fit: bool) -> tuple[str, str, bool]:
    """Say what the groups give, what does not agree, and whether whatever is missing."""
    expected = row.range(1 if fit else MISSING)
    recomputed = "{:.4g} to {:.4g}".format(*expected)
    if not _overlap(ends(row.total), row.between):
        return recomputed, "the mean of all lies outside the means of its groups", True
    if not _overlap(ends(row.total), expected):
        reading = "the groups do not give it, even if a fifth of each had no datum"
        return recomputed, reading, False
    if not row.sds or row.unweighted:
        return recomputed, "", False
    (low, high), sd = row.range_of_sd(), ends(row.sds[0])
    if _overlap(sd, (low, high)):
        return recomputed, "", False
    reading = "groups with these means and SD have another SD together"
    if row.as_errors():
        return recomputed, f"{reading}, unless one that is called an SD is an SE", False
    least = min(ends(text)[0] for text in row.sds[1:])
    impossible = not _overlap(sd, (least / 2, 2 * high))
    return f"SD {low:.3g} to {high:.3g}", reading, impossible


def _mostly(rows: list[Row], least: int) -> bool:
    """Whether the groups give the means of all, or would without some patients, but for a few."""
    good = sum(row.fits(MISSING) for row in rows)
    return good >= least and good * 10 >= 8 * (len(rows) - 1)


def _overlap(a: tuple[float, float], b: tuple[float, float]) -> bool:
    return a[0] <= b[1] and b[0] <= a[1]


def check_pooled_in_text(
    tables: Sequence[tuple[Layout, list[Entry]]], methods: Methods
) -> Iterator[Finding]:
    """Hold the mean of all in a sentence against those of the groups of a table without it."""
    rows = _by_variable(tables, methods.groups)
    for paragraph in methods.paragraphs if rows else ():
        if OF_OTHERS.search(paragraph.section):
            continue
        told = (one for sentence in SENTENCE.split(paragraph.text)
                for one in _of_all(sentence, rows, methods.groups))  # fmt: skip
        for part, (printed, of_all) in enumerate(told):
            given = [each for each in of_all if _given(each[0])]
            row, where = (given or of_all)[0]
            recomputed, reading, _ = _said(row, bool(given))
            if given or not any(each.fits(MISSING) for each, _ in of_all):
                yield in_text(
                    "mean", "holds" if given else "question", paragraph, printed,
                    f"{'; '.join(row.groups)} ({where})", recomputed,
                    "the groups give it" if given else reading, part,
                )  # fmt: skip


def _given(row: Row) -> bool:
    """Whether all of the groups give the mean, rounded or cut."""
    total = numbers.admits(row.total).either
    return _overlap((float(total.lower), float(total.upper)), row.range(1))


def _of_all(
    sentence: str, rows: dict[str, list[tuple[Row, str]]], sizes_of: Groups
) -> Iterator[tuple[str, list[tuple[Row, str]]]]:
    """Give each mean of all that a sentence tells, with the rows of the groups and their places."""
    if _OF_GROUPS.search(sentence) or sizes_of.named_in(sentence):
        return
    people = {*sizes(sentence), sum(sizes(sentence))} - {0}
    for match in _MEAN_OF.finditer(sentence):
        told = _plain(match["of"])
        name_of = next((n for n in rows if told.startswith(n)), "")
        if name_of and _SAID_OF.fullmatch(told, len(name_of)):
            found = [
                (replace(row, total=match["mean"]), where) for row, where in rows[name_of]
                if sum(row.weights) in people or not (people or _OF_SOME.search(sentence))
            ]  # fmt: skip
            yield from [(match[0], found)] if found else []


def _by_variable(
    tables: Sequence[tuple[Layout, list[Entry]]], sizes_of: Groups
) -> dict[str, list[tuple[Row, str]]]:
    """Give the means of all groups of a table without a total, by the name of what was measured."""
    found: dict[str, list[tuple[Row, str]]] = defaultdict(list)
    for layout, entries in tables:
        columns = [c for c in layout.columns if _is_group(layout, c)]
        if any(map(layout.is_total, columns)) or _OF_SOME.search(layout.table.caption):
            continue
        cells = grouped(sized(layout, entries, means(layout), sizes_of), lambda m: m.row)
        for r, groups in cells.items():
            labels = reversed(layout.context(r).split(" > "))
            names = (_plain(_UNIT.split(label)[0]) for label in labels)
            name_of = next((name for name in names if len(name) > 2), "")
            filled = {c for c in layout.columns if re.search(r"\d", layout.grid[r][c].text)}
            others = filled - {*layout.p_columns}
            if (
                len(others) == len(groups) and 2 <= len(groups) <= MOST_GROUPS
                and all(m.n > 1 for m in groups) and not of_same(layout, groups)
                and name_of and not _NO_MEAN.search(layout.context(r))
                and not CATEGORY.search(layout.label(r)) and sizes_of.says(sum(m.n for m in groups))
            ):  # fmt: skip
                texts, weights = [m.mean for m in groups], [m.n for m in groups]
                row = Row(r, "", texts, False, True, False, [], weights)
                found[name_of].append((row, layout.place(r, groups[0].column)))
    return found


def _plain(label: str) -> str:
    """Return the name of what was measured, without its unit: age, of Mean age (years)."""
    return " ".join(_NO_NAME.sub(" ", label).lower().split()).replace("body mass index", "bmi")
