"""A mean with its SD: can whole numbers, or zeros and ones, have it.

Whether the data are whole numbers is told by the label: a number of children, of visits. Data may
be missing, so it is a question only if fewer than most of the patients can have the mean and SD
(GRIM, GRIMMER; of zeros and ones DEBIT), divided by n or by n - 1, and an accusation only if no
number of them up to the printed one can and the label is of what comes in whole numbers only. What
may be an SE is left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from secondlook import printed as numbers
from secondlook.scan.cells import DECIMAL, MARK, any_case, only_count, value
from secondlook.scan.checks.possible import debit, grim, grimmer
from secondlook.scan.findings import Finding, Level
from secondlook.scan.groups import Groups
from secondlook.scan.layout import Layout, measured, sizes
from secondlook.scan.shares.share import FAIR, Entry, by_column, nearly_all

if TYPE_CHECKING:
    from secondlook.scan.checks.methods import Methods

MEAN_SD = re.compile(
    rf"^\s?(?P<mean>-?{DECIMAL})\s?(?:(?P<pm>±\s?)|[(\[]\s?(?:±|(?:SD|s\.d\.)\s?[=:,±]?)?\s?)"
    rf"(?P<sd>{DECIMAL})(?(pm)|\s?[)\]])(?!\.?\.\d)"
)
SD_WORD = any_case(r"\bSDs?\b|standard deviation|\bs\.d\b\.?")
SD = any_case(rf"{SD_WORD.pattern}|±")
SE = any_case(r"(?-i:\bSEM?\b|\bsem\b)|standard error|s\.e\.")  # Se is selenium
MEAN = any_case(r"^means?$")
SPREAD = any_case(rf"^(?:±\s?)?(?:{SD_WORD.pattern}|{SE.pattern})$")
_WHOLE = any_case(r"\b(?:number|no\.|count) of\b|\bnumber\b")
_COUNTED = any_case(
    r"\b(?:number|no\.|count) of (?:[a-z-]+ ){0,2}(?:children|siblings|pregnancies|births|"
    r"deliveries|visits|admissions|hospitali[sz]ations|falls|teeth|comorbidities|embryos|oocytes|patients)\b|"
    r"^(?:parity|gravidity)\b"
)
_NOT_WHOLE = any_case(
    r"per |rate|ratio|/|score|log|average|adjusted|change|differ|cells?\b|10\^|consumption|dose|"
    r"[µμ]|\b(?:mg|g|kg|ml|l|IU)\b|completers|remitters|responders"
)
_ZERO_ONE = any_case(
    r"\b(?:0\s?/\s?1|[01]\s?=\s?(?:yes|no|true|false)|(?:yes|no)\s?=\s?[01]|dummy|binary)\b"
)
_COUNTS_TOO = any_case(r"\b(?:n(?!\s?=)|no\.|numbers?|counts?|frequenc\w+)(?!\w)")
"""What tells that a number beside a percent may be one of patients."""
_BEHIND = re.compile(rf"^\W{{0,4}}[(\[]\s?(\d{{1,4}})\s?[)\]]\s?{MARK}$")
_SAYS_BEHIND = any_case(rf"(?:{SD_WORD.pattern}|{SE.pattern})\W{{1,5}}n\s?[)\]]")
"""A size in brackets behind a mean and its SD, and what tells of it."""
N_HEAD = any_case(r"^(?:n|no\.?|number)$")
_TWO_COUNTS = re.compile(r"^\s?(\d{1,4})\s?[/:]\s?(\d{1,4})\s?$")
_SEX = any_case(r"\bsex\b|\bgender\b|\b(?:fe)?males?\b")
_PLUS_MINUS = re.compile(r"\+\s?/?\s?-")
_MARKED = re.compile(r"\s?(?:\^\w{1,2}|[*†‡§#]){1,4}$")
_RANGE = any_case("range|median")
MOST = Fraction(4, 5)
"""The part of a group that has a datum, if most have."""
_NO_MEAN = any_case(r"median ?±|\bMAD\b|\b[tF] ?\(df\)")


@dataclass(frozen=True)
class MeanSD:
    """A mean and its SD as printed, with the size of its group."""

    text: str
    mean: str
    sd: str
    n: int
    row: int
    column: int
    named: bool
    """Whether the cell, its label or its head says so, and not a footnote alone."""
    least: int = 0
    """The least size that the group may have, where it is not told."""
    said: bool = True
    """Whether anything says that it is a mean, or only its two numbers may be one."""
    words: str = ""
    """What is said of it in a table: its label with that of its block, and its head."""


def check_means(
    layout: Layout, entries: list[Entry], told: list[MeanSD], methods: Methods
) -> list[Finding]:
    """Judge the means with SD of one table; what holds as a count with its percent is none."""
    of_sd = [m for m in told if not SE.search(f"{m.words} {layout.told}")]
    found = [m for m in sized(layout, entries, of_sd, methods.groups) if m.n]
    return [finding for m in found if (finding := _of_discrete_data(layout, m, methods))]


def _of_discrete_data(layout: Layout, cell: MeanSD, methods: Methods) -> Finding | None:
    """Judge a mean with its SD of whole numbers, or of zeros and ones; else, or of most, None."""
    label = layout.context(cell.row)
    decimals = len(cell.mean.partition(".")[2])
    share = decimals and _ZERO_ONE.search(label) and 0 <= value(cell.mean) <= 1
    counted = share or _COUNTED.search(layout.label(cell.row))
    whole = _WHOLE.search(label) or counted
    if not share and (not whole or _NOT_WHOLE.search(label) or cell.n >= 10**decimals):
        return None
    data = "zeros and ones" if share else "whole numbers"
    possible: Callable[..., bool] | None = debit if share else grimmer
    if True in methods.spreads(label, layout.heads[cell.column], layout.told):
        possible = None
    level: Level = "question"
    n = next((n for n in range(cell.n, 1, -1) if _can_have(cell, n, possible)), None)
    if n == cell.n:
        level, reading = "holds", f"{data} can have this mean and SD"
    elif n is not None and n >= MOST * cell.n:
        return None
    elif n is not None:
        reading = f"no {cell.n} {data} have this mean and SD; holds if {n} of {cell.n} had data"
    else:
        unit = Fraction(1, 10**decimals)
        off = abs(Fraction(round(value(cell.mean) * cell.n), cell.n) - value(cell.mean))
        near = unit / 2 < off <= unit
        level = "fails" if counted and cell.named and not near else "question"
        reading = f"no {data} have this mean and SD, of whatever number up to {cell.n}"
    against = f"{cell.n} {data}"
    return layout.finding("mean", level, cell.row, cell.column, cell.text, against, "", reading)


def _can_have(cell: MeanSD, n: int, possible: Callable[..., bool] | None) -> bool:
    """Whether `n` such data can have the mean, and the SD, if it is one, by n - 1 or by n."""
    if possible is None:
        return grim(cell.mean, n)
    return any(possible(cell.mean, cell.sd, n, population=each) for each in (False, True))


def sized(
    layout: Layout, entries: list[Entry], told: Iterable[MeanSD], groups: Groups
) -> Iterator[MeanSD]:
    """Give the means with the sizes of their groups, 0 where none is told.

    A size stands in the cell, beside it in a column of sizes, in a row above, in the head, behind
    the percents or the two sexes of the column, or behind the name of the group elsewhere.
    """
    shares = {(e.row, e.column) for e in entries if e.holds}
    counted = {r for r, _ in shares}  # beside a count with its percent is another
    known = _of_columns(layout, entries)
    for mean in told:
        r, c = mean.row, mean.column
        if (r, c) in shares or (r in counted and not mean.named):
            continue
        if c not in known:
            names = reversed(layout.heads[c].split(" / "))
            elsewhere = [n for n, _ in groups.of(layout, c)]
            alike = not elsewhere or MOST * max(elsewhere) <= min(elsewhere)  # but for a few
            known[c] = next((n for name in names if alike and (n := groups.named(name))), 0)
        above = layout.sizes_above(r, c)[:1]
        own = [*_own(layout, mean), *beside(layout, r, c), *above, known[c]]
        yield replace(mean, n=own[0], least=own[0])


def _own(layout: Layout, mean: MeanSD) -> list[int]:
    """Return the size in the cell of a mean: 4.2 (1.1), n = 12; or [12] where mean (SD) [n]."""
    text = layout.grid[mean.row][mean.column].line
    behind = _BEHIND.match(_PLUS_MINUS.sub("±", text).partition(mean.text)[2])
    said = f"{layout.context(mean.row)} {layout.heads[mean.column]} {layout.told}"
    return [int(behind[1])] if behind and _SAYS_BEHIND.search(said) else sizes(text)


def beside(layout: Layout, r: int, c: int) -> Iterator[int]:
    """Give the size in a column of sizes before a cell, or behind it under the same head."""
    of = layout.upper_head(c)
    for at, heads in ((c - 1, {of, ""}), (c + 1, {of} - {""})):
        if at in layout.columns and N_HEAD.match(layout.lowest[at]):
            size = only_count(layout.grid[r][at].text)
            if size and layout.upper_head(at) in heads:
                yield size


def _of_columns(layout: Layout, entries: list[Entry]) -> dict[int, int]:
    """Find the sizes of the groups: in the head, behind percents, or of a column's two sexes."""
    found = dict(layout.sizes)
    for c, column in by_column(entries).items():
        for n, _ in Counter(e.of for e in column if e.of).most_common(1):
            if n and nearly_all(column, n, FAIR):
                found.setdefault(c, n)
    for r, c, cell in layout.cells():
        both, named = _TWO_COUNTS.match(cell.text), _SEX.findall(layout.label(r).lower())
        if both and named:
            of = int(both[2])  # 30/33 males are of 33, and M/F 30/33 of 63
            alone = sum("male" in each for each in named) == 1
            found.setdefault(c, of if alone else int(both[1]) + of)
    return found


@lru_cache(maxsize=1 << 12)
def ends(text: str) -> tuple[float, float]:
    """Return the least and the largest value that rounds to a printed number."""
    number = numbers.parse(text)
    return float(number.value - number.unit / 2), float(number.value + number.unit / 2)


def means(layout: Layout, *, unsaid: bool = False) -> Iterator[MeanSD]:
    """Give the means of a table with their SD or SE, of 0 patients.

    `unsaid` adds those that nothing calls so: of something measured, or that others may show.
    """
    heads = [*layout.lowest, ""]
    apart = [bool(MEAN.match(a) and SPREAD.match(b)) for a, b in pairwise(heads)]
    for r, c, cell in layout.cells():
        text = _PLUS_MINUS.sub("±", cell.text)
        sayings = f"{layout.context(r)} {layout.heads[c]}"
        if apart[c]:  # the SD stands in the next column
            text = f"{_MARKED.sub('', text)} ({layout.grid[r][c + 1].text})"
            sayings = f"{sayings} {heads[c + 1]}"
        match = MEAN_SD.match(text)
        if not match or (not match["pm"] and _RANGE.search(sayings)) or _NO_MEAN.search(sayings):
            continue
        named = bool(match["pm"] or SD.search(sayings))
        mean, sd = (t.replace("·", ".") for t in match.group("mean", "sd"))
        both = "." in mean and "." in sd  # a count has no decimals
        either = "." in mean + sd and not _COUNTS_TOO.search(f"{sayings} {layout.told}")
        share = "%" in sayings and not (both or either)
        told = named or SE.search(sayings) or (not share and SD.search(layout.told))
        if told or (unsaid and both):
            known = bool(told or measured(layout.label(r)))
            text = match.group().strip()
            yield MeanSD(text, mean, sd, 0, r, c, named, said=known, words=sayings)
