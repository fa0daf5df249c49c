"""Which printed denominator each count with its percent of a table is of.

A cell is given every ordinary reading: the denominator in the cell, the row, the column above it, a
size row, a total; the sum of the levels of its variable, or of its row; a row above that it is a
part of, if that row explains the other columns too; a footnote. Nothing here judges.
"""

from __future__ import annotations

import re
from collections import Counter
from fractions import Fraction

from secondlook.printed import verdict
from secondlook.scan.cells import WHOLE, any_case, numeral, value, whole
from secondlook.scan.groups import Groups
from secondlook.scan.layout import Layout, sizes
from secondlook.scan.shares.denominators_behind import take_size_behind
from secondlook.scan.shares.denominators_counted import offer_counts_before, take_counts_of_rows
from secondlook.scan.shares.denominators_summed import (
    take_sums_of_levels,
    take_sums_of_other_levels,
    take_sums_of_rows,
)
from secondlook.scan.shares.said_shares import promote_by_neighbours
from secondlook.scan.shares.share import (
    LIKELY,
    NOTED,
    OF_BLOCK,
    SAID,
    Entry,
    by_column,
    nameless,
    nearly_all,
    without_size,
)
from secondlook.scan.shares.share_cells import entries

_NO_TIME = r"(?![- ]?(?:years?|months?|weeks?|days?|hours?|min|h|m[gl]|points?|items?)\b)"
_NO_SIZE = r"(?!100\b|(?:19|20)\d\d\b)"
"""A year, and what percents add up to."""
_LABELLED = re.compile(rf"[:=] ?({WHOLE})(?![\d.,]*[\d%]){_NO_TIME}")
"""A number in a label: ``Mobility (UC: 96; I: 114)``."""
LACKING = any_case(
    r"\b(?:missing|unknown|unavailable|excluded?|excluding|no data|lost|non-?response|"
    r"incomplete data|(?:could|did) not|declined|refused|with (?:available |complete )?data)\b|"
    r"(?:\bnot|n't) (?:\w+ ){0,2}(?:all|available|reported|recorded|known|complete|perform|answer|"
    r"assessed|obtained|done|measured|sum|add|total)\w*(?!\w|\s*(?:[.,;)]|$))|"
    r"\bavailable (?:for|from|in|data)\b|"
    r"\b(?:denominators?|sample sizes?|numbers?|totals?) (?:\w+ ){0,5}"
    r"(?:var(?:y|ies|ied)|differs?|lower|less|smaller)\b"
)
"""A note that says that some lack a datum: a percent is then of those who have it.

What ends the note, as in ``NR, not reported``, explains no more than a sign.
"""
_NOTES = re.compile(r"[.;] |\^[a-z](?=[A-Z])|(?=\^)")
"""Between the notes of a footnote."""


def resolve(layout: Layout, groups: Groups | None = None) -> list[Entry]:
    """Give each entry of a table the printed denominator that it holds for, if there is one.

    Without `groups` no size is taken from another table or the text for a column's name.
    """
    found = _without_empty_decimals(entries(layout, groups.stated if groups else ()))
    offer_counts_before(layout, found)
    for c, column in by_column(found).items():
        if groups is not None and not any(e.own for e in column):
            named = groups.of(layout, c)
            told = [e for e in column if any(0 < e.count < n and e.fits(n) for n, _ in named)]
            for entry in column if 5 * len(told) + 4 >= len(column) else ():
                entry.own = list(named)
    _of_all(found)
    for entry in found:
        if own := next(((n, w) for n, w in entry.own if entry.fits(n)), None):
            entry.take(*own)
    _proportions(found)
    take_sums_of_levels(layout, found)
    take_sums_of_other_levels(layout, found)
    take_sums_of_rows(layout, found)
    take_counts_of_rows(layout, found)
    _in_block(layout, found)
    _in_notes(layout, found)
    promote_by_neighbours(found)
    take_size_behind(found, groups)
    _of_themselves(found)
    return found


def _of_all(found: list[Entry]) -> None:
    """Give a column that begins with 100 %, as of those who came at first, its count as a size."""
    for column in by_column(found).values():
        first, *rest = column
        others = [e for e in rest if e.count]
        fits = sum(e.fits(first.count) for e in others)
        greatest = all(e.count <= first.count for e in others)
        if value(first.percent) == 100 and greatest and fits and 2 * fits >= len(others):
            for entry in column:
                entry.own.insert(0, (first.count, "the row of 100 %"))


def _of_themselves(found: list[Entry]) -> None:
    """Take 17 (100%) of no printed size for all that there are, as of those who were treated."""
    for entry in found:
        alone = entry.count and entry.strength == SAID and not (entry.own or entry.holds)
        if alone and value(entry.percent) == 100:
            entry.take(entry.count, "its own number")


def _proportions(found: list[Entry]) -> None:
    """Take 21 (0.7) of 30 as a proportion, if no percent sign says otherwise.

    Nor a column of percents, for 0.0 alone.
    """
    percents = {e.column for e in found if value(e.percent) > 1}
    for entry in found:
        if entry.column in percents and not value(entry.percent):
            continue
        decimals = entry.percent.partition(".")[2]
        if entry.holds or entry.sign or not decimals.isdecimal() or value(entry.percent) > 1:
            continue
        for n, where in entry.own:
            if verdict(entry.percent, Fraction(entry.count, n)) != "differs":
                entry.take(n, f"{where}, as a proportion")
                entry.verdict = "reproduced"
                break


def _without_empty_decimals(found: list[Entry]) -> list[Entry]:
    """Drop a last decimal that is 0 in every percent of the table: it was printed, not computed."""
    percents = [e.percent for e in found if "." in e.percent and value(e.percent) not in (0, 100)]
    if len(set(percents)) < 5 or not all(p.endswith("0") for p in percents):
        return found
    for entry in found:
        entry.percent = entry.percent[:-1].rstrip(".") if "." in entry.percent else entry.percent
    return found


def _in_block(layout: Layout, found: list[Entry]) -> None:
    """Take a number of the label, or that behind a count above it in its block: 40/1022."""
    above: dict[tuple[int, int | None], int] = {}
    for entry in found:
        block = entry.column, layout.sections[entry.row]
        if entry.over is not None:
            above[block] = entry.over
            continue
        labelled = map(whole, _LABELLED.findall(layout.context(entry.row)))
        fitting = [n for n in (above.get(block, 0), *labelled) if entry.count and entry.fits(n)]
        fitting.sort(key=entry.prints)
        if fitting and not entry.holds:
            entry.take(fitting[0], "printed in its block")


def _in_notes(layout: Layout, found: list[Entry]) -> None:
    """Take a size that the footnotes, the caption or the head of the labels state."""
    told = re.findall(rf"(?<![\d.,]){_NO_SIZE}({WHOLE})(?![\d.%]){_NO_TIME}", layout.told)
    stated = (*map(whole, told), *sizes(" ".join((layout.told, *layout.heads[:1]))))
    noted = [n for n in stated if n >= 10]
    without = [n for note in layout.table.notes for n in told_missing(note)]
    variables = {e.row: layout.context(e.row).rpartition(" > ")[0] for e in found}
    levels: Counter[tuple[int, str]] = Counter()
    for entry in found:
        if variables[entry.row] and entry.part == 0:
            levels[entry.column, variables[entry.row]] += entry.count
    of_block = (e for e in found if e.tells and (e.of, OF_BLOCK) in e.own)
    sized = {(e.column, layout.sections[e.row]) for e in of_block}
    for entry in found:
        if entry.holds or entry.over is not None or entry.count == 0:
            continue
        apart = (entry.column, layout.sections[entry.row]) in sized  # its block has its own size
        if not apart and (n := next((n for n in noted if entry.fits(n)), None)) is not None:
            entry.take(n, NOTED)
            continue
        whole_group = levels[entry.column, variables[entry.row]]
        own = [n for n, _ in entry.own if n != whole_group]  # levels that make it up lack none
        lacking = ((n, n - k) for n in own for k in without if 0 < k < n)
        if pair := next(((n, m) for n, m in lacking if entry.fits(m)), None):
            entry.take(pair[1], f"{pair[0]} less {pair[0] - pair[1]} of a footnote")
    for n in (n for n in noted if nearly_all(without_size(found), n, LIKELY)):
        for entry in nameless(found):
            if not entry.holds:
                entry.own = [(n, NOTED)]


def told_missing(note: str) -> list[int]:
    """Return how many patients a footnote leaves out: "not recorded in four", "3 missing"."""
    said = " ".join(part for part in _NOTES.split(note) if LACKING.search(part))
    return [n for word in re.findall(r"\b[A-Za-z]+\b|(?<![\w.,^])\d{1,4}(?![\w.,%])", said)
            if (n := numeral(word)) is not None]  # fmt: skip
