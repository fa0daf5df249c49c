"""Which cells of a table print a count with its percent: one cell, or two beside each other.

And the denominators printed for each: in it, beside it, by its label, above it.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import replace
from itertools import product, zip_longest

from secondlook.scan.cells import (
    MARK,
    REAL,
    WHOLE,
    Share,
    any_case,
    only_count,
    only_percent,
    shares,
    value,
    whole,
)
from secondlook.scan.layout import COUNT_PERCENT, PERCENT, PERCENT_COUNT, Layout, of_percents, sizes
from secondlook.scan.shares.denominators_behind import shared_size
from secondlook.scan.shares.said_shares import STATISTIC, strength_of
from secondlook.scan.shares.share import (
    BESIDE,
    OF_BLOCK,
    OF_HEAD,
    OF_ROW,
    SAID,
    SURE,
    Entry,
    nearly_all,
)

COUNTS = any_case(
    r"^(?:n|no|numbers?|counts?|freq(?:uency|uencies)?|patients|cases|events|f|#)(?![a-z])"
)
"""The head of a column of counts, beside one of percents."""
_COUNTS_LAST = any_case(r"[\s,(](?:n|no\.?|#)\)?$")
"""The end of such a head: ``Group A (n)``, ``Total n``."""
_LIMITED = re.compile(
    rf"({REAL}\s?%?){MARK}\s?[(\[]\s?{REAL}\s?%?\s?(?:[-–;,]|to)\s?{REAL}\s?%?\s?[)\]]"
)
"""A percent with its limits: ``19.4 (16.9-22.1)``."""
_WITH_LIMITS = any_case(r"(?=.*\bC\.?I|.*confidence)(?:.*(?<![\d.])(?<!\d )%|.*\bper ?cent)")
"""A head of percents with limits, which ``Rate per year (95% CI)`` is not."""
_ALONE = any_case(r"[(\s]*(?:%|per ?cents?|percentages?)\)?$")
_HEAD_WITHIN = any_case(
    r"(?=.*[A-Za-z%])\s*(?:n|no\.?|number|count|%|mean|median)?[\s,;/±(\[]*"
    r"(?:n|%|SD|SE|IQR|range|per ?cent)?[\s)\]]*(?:[(\[]?%[)\]]?)?\s*|\d[\d,]* ?[(\[] ?% ?[)\]]"
)
"""A head within a table: ``N (%)`` below one of means, or ``627 (%)`` in a row of sizes."""
_MEAN = re.compile(rf"\s*-?{REAL}\s?±")
_WHOLE = re.compile(WHOLE)
_OVER = re.compile(rf"{WHOLE}\s?/\s?{WHOLE}")
_SLASHED = re.compile(rf"({WHOLE})\s?/\s?({REAL})\s?(%?)")
_SAYS_SLASHED = any_case(r"\b(?:n|no\.?)\s?/\s?%")
"""A count and its percent, ``34/53.1``, where label, head or caption say ``n/%``."""
_SIZES = any_case(r"(?:total )?n|(?:no|number)\.?(?: of)? (?:patients|subjects)")
"""The head of a column of sizes, which stand before what was counted."""
_ONLY_SIZE = any_case(r"\s?[(\[]?\s?n\s?=\s?\d[\d,]*\s?[)\]]?\s?")
"""The size of one cell in a column of its own: ``56 (39) | (N = 144)``."""


def entries(layout: Layout, stated: Container[int]) -> list[Entry]:
    """Collect the counts with percents of a table, with the denominators printed for each."""
    grid, found = layout.grid, []
    heads = list(layout.heads)
    pairs = _pairs(layout, stated)
    for r in layout.rows:
        for c in range(1, layout.width):
            cell = grid[r][c]
            if not cell.first or STATISTIC.search(cell.text):
                continue
            if _HEAD_WITHIN.fullmatch(cell.text):
                heads[c] = cell.text
            told = [share for line in _with_percents(cell.lines) for share in shares(line)]
            if not told and len(cell.lines) == 2:  # the bracket stands in a line of its own
                told = list(shares(cell.line))
            told = told or list(_slashed(layout, r, cell.text, heads[c]))
            for part, each in enumerate(told):
                share = _turned(each, layout, r, heads[c])
                found.append(_entry(layout, r, c, share, heads[c], part))
            taken = told or (found and (found[-1].row, found[-1].column) == (r, c))
            if not taken and (split := _split(layout, r, c, heads, pairs)) is not None:
                head = f"{heads[c]} / %" if PERCENT.search(heads[c + 1]) else heads[c]
                found.append(replace(_entry(layout, r, c, split, head), column=c + 1))
    return found


def _entry(layout: Layout, r: int, c: int, share: Share, head: str, part: int = 0) -> Entry:
    """Return a share of a cell with the denominators printed for it."""
    strength, own = strength_of(share, layout, r, head), _denominators(layout, r, c, share)
    return Entry(**vars(share), row=r, column=c, part=part, strength=strength, own=own)


def _denominators(layout: Layout, r: int, c: int, share: Share) -> list[tuple[int, str]]:
    """List the denominators printed for a cell, the nearest first, with where each stands."""
    if share.over is not None:
        return [(share.over, "printed in the cell")] if share.over else []
    found = [(n, "printed in the cell") for n in sizes(layout.grid[r][c].text) if n != share.count]
    found += [(n, OF_ROW) for n in sizes(layout.label(r))]
    found += [(n, OF_BLOCK) for n in sizes(layout.heading(r))]
    found += [(n, BESIDE) for n in _beside(layout, r, c)]
    after = layout.grid[r][c + 1].text if c + 1 < layout.width else ""
    found += [(n, BESIDE) for n in sizes(after) if _ONLY_SIZE.fullmatch(after)]
    above = [row for row in layout.size_rows if row < r and c in layout.size_rows[row]]
    above = [row for row in above if not _of_another_block(layout, row, r)]
    for row in sorted(above, reverse=True):
        found += [(n, f"row {layout.label(row) or row}") for n in layout.size_rows[row][c]]
        if row in layout.heads_anew:  # other groups than above: no size of those is of it
            break
    else:
        found += [(n, OF_HEAD) for n in layout.head_sizes[c]]
    nearest: dict[int, str] = {}
    for n, where in found:
        nearest.setdefault(n, where)
    return list(nearest.items())


def _of_another_block(layout: Layout, row: int, r: int) -> bool:
    """Whether a size is that of the block above: a total at its end, or a number of attempts."""
    own, label = layout.sections[row], layout.label(row).strip().lower()
    below = label == "total" and layout.sections[row - 1] == own
    ends = (below and row > layout.head) or (label == "number" and own is not None)
    return ends and own != layout.sections[r]


def _beside(layout: Layout, r: int, c: int) -> Iterator[int]:
    """Give the size of its row in the column before, or in the one column that prints sizes."""
    columns = [i for i in range(1, c) if _SIZES.fullmatch(layout.lowest[i])]
    if not columns or (columns[-1] < c - 1 and len(columns) > 1):
        return
    heads = [layout.lowest[i].strip() for i in (columns[-1], c)]
    if _SIZES.fullmatch(heads[1]) and (columns[-1] < c - 1 or heads != ["N", "n"]):
        return  # where n heads the count itself, it does so before
    size = only_count(layout.grid[r][columns[-1]].text)
    if size:
        yield size


def _with_percents(lines: list[str]) -> Iterator[str]:
    """Give the lines of a cell, and in one line a count of a number with the percent below it."""
    for line, below in zip_longest(lines, lines[1:], fillvalue=""):
        percent = only_percent(below) if _OVER.fullmatch(line.strip()) else None
        yield f"{line} ({below.strip()})" if percent and percent[1] else line


def _slashed(layout: Layout, r: int, text: str, head: str) -> Iterator[Share]:
    """Read a count with its percent behind a slash, where it is said that one is there."""
    match = _SLASHED.fullmatch(text.strip())
    if match and _SAYS_SLASHED.search(f"{layout.context(r)} / {head} / {layout.table.caption}"):
        yield Share(match[0], whole(match[1]), match[2], bool(match[3]))


def _turned(share: Share, layout: Layout, r: int, head: str) -> Share:
    """Turn a count with its percent where label or head say ``% (n)`` of two whole numbers."""
    plain = not (share.sign or share.swapped or share.over is not None)
    said = PERCENT_COUNT.search(layout.context(r)) or PERCENT_COUNT.search(head)
    if plain and said and _WHOLE.fullmatch(share.percent):
        return replace(share, count=whole(share.percent), percent=str(share.count), swapped=True)
    return share


def _beside_each_other(layout: Layout, r: int, c: int, turned: bool) -> Share | None:
    """Read a count, or one of a number, and the percent behind it, or before it, in two cells."""
    cells = layout.grid[r][c : c + 2]
    if len(cells) < 2 or not all(cell.first for cell in cells) or c + 1 in layout.p_columns:
        return None
    count_text, percent_text = (cell.text.strip() for cell in (cells[::-1] if turned else cells))
    limited = None if turned else _LIMITED.fullmatch(percent_text)
    percent = only_percent(limited[1] if limited else percent_text)
    if percent is None or value(percent[0]) > 100:
        return None
    counted = count_text.strip("()[] ")
    match = _OVER.fullmatch(counted)
    count, of = map(whole, counted.split("/")) if match else (only_count(counted), None)
    if count is None:
        return None
    text = " | ".join(cell.text.strip() for cell in cells)
    return Share(text, count, percent[0], percent[1], of, turned)


def _pairs(layout: Layout, stated: Container[int]) -> set[tuple[int, bool]]:
    """Find two columns of which nearly all rows are a count and its percent of a printed size."""
    found = set()
    for c, turned in product(range(1, layout.width - 1), (False, True)):
        read = ((r, _beside_each_other(layout, r, c, turned)) for r in layout.rows)
        counted = ((r, share) for r, share in read if share and share.count)
        told = [Entry(**vars(s), row=r, column=c, strength=SAID, own=[]) for r, s in counted]
        of = shared_size(told, set())
        alike = sum(value(e.percent) == e.count for e in told)
        if of in stated and 2 * alike < len(told) and nearly_all(told, of, SURE):
            found.add((c, turned))
    return found


def _split(
    layout: Layout, r: int, c: int, heads: list[str], pairs: set[tuple[int, bool]]
) -> Share | None:
    """Read a count and its percent from two columns beside each other, whose heads these are."""
    if share := _beside_each_other(layout, r, c, turned=True):
        over = share.over is not None and share.text.endswith(")")  # 23.65 | (781/3307)
        if over or (c, True) in pairs:
            return share
    share = _beside_each_other(layout, r, c, turned=False)
    if share is None or (c, False) in pairs:
        return share
    means = (row[c] for row in layout.grid if _MEAN.match(row[c + 1].text))
    if sum(only_count(cell.text) is not None for cell in means) > 1:
        return None  # beside means stands how many have the datum, and so perhaps beside a percent
    ahead = [_words(heads[i]) for i in (layout.labels, c - 1)]
    if all(map(of_percents, ahead)):
        return None  # it is of the percent before it, and not the count of the one behind
    head, named = map(_words, heads[c : c + 2])
    spanned = bool(layout.heads[c] and layout.heads[c] == layout.heads[c + 1])
    said = share.sign or share.text.endswith((")", "]")) or COUNT_PERCENT.search(layout.context(r))
    counts = share.over is not None or _counts(head, named)
    if _LIMITED.fullmatch(layout.grid[r][c + 1].text.strip()):
        return share if counts and _WITH_LIMITS.search(named) else None
    pair = head.split(" (")[0] == named.split(" (")[0]  # Total (n = 4925) | Total (%)
    paired = pair and layout.head_sizes[c] and of_percents(named) and not PERCENT.search(head)
    shown = paired or (spanned and said) or (counts and (share.sign or of_percents(named)))
    return share if shown else None


def _words(head: str) -> str:
    """Return the lowest part of a head that is no number alone, as of a size below ``n``."""
    parts = (part for part in reversed(head.split(" / ")) if only_count(part) is None)
    return next(parts, "")


def _counts(head: str, behind: str) -> bool:
    """Whether it heads counts: ``n``, or ``Group A (n)`` before ``%``, ``Total n | Total %``."""
    last = _COUNTS_LAST.search(head)
    pair = last and _ALONE.sub("", behind) in {"", head[: last.start()].strip()}
    return bool(COUNTS.search(head) or pair)
