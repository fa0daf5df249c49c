"""The counts with their percents in a table, and which printed denominator each is of.

A cell is given every ordinary reading: the denominator in the cell, the row, the column above it, a
size row, a total; the sum of the levels of its variable, or of its row; a row above that it is a
part of, if that row explains the other columns too; a footnote. Nothing here judges.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations, product, zip_longest

from secondlook.printed import verdict
from secondlook.scan.cells import (
    MARK,
    REAL,
    WHOLE,
    Share,
    any_case,
    numeral,
    only_count,
    only_percent,
    shares,
    sizes_printing,
    value,
    whole,
    without_zeros,
)
from secondlook.scan.document import grouped
from secondlook.scan.groups import ELSEWHERE, Groups
from secondlook.scan.layout import (
    CATEGORY,
    CONTINUOUS,
    COUNT_PERCENT,
    ESTIMATED,
    ESTIMATED_THROUGHOUT,
    PERCENT,
    PERCENT_COUNT,
    TOTAL,
    Layout,
    measured,
    of_percents,
    sizes,
)

LACKING = any_case(
    r"\b(?:missing|unknown|unavailable|excluded?|excluding|no data|lost|non-?response|"
    r"incomplete data|(?:could|did) not|declined|refused|with (?:available |complete )?data)\b|"
    r"(?:\bnot|n't) (?:\w+ ){0,2}(?:all|available|reported|recorded|known|complete|perform|answer|"
    r"assessed|obtained|done|measured|sum|add|total)\w*(?!\w|\s*(?:[.,;)]|$))|"
    r"\bavailable (?:for|from|in|data)\b|"
    r"\b(?:denominators?|sample sizes?|numbers?|totals?) (?:\w+ ){0,5}"
    r"(?:var(?:y|ies|ied)|differs?|lower|less|smaller)\b"
)
"""A note that says so: some patients lack a datum, which a percent is of those who have it.

What ends the note, as in ``NR, not reported``, explains no more than a sign.
"""
_NOTES = re.compile(r"[.;] |\^[a-z](?=[A-Z])|(?=\^)")
"""Between the notes of a footnote."""
_NO_TIME = r"(?![- ]?(?:years?|months?|weeks?|days?|hours?|min|h|m[gl]|points?|items?)\b)"
_NO_SIZE = r"(?!100\b|(?:19|20)\d\d\b)"
"""A year, and what percents add up to."""
_LABELLED = re.compile(rf"[:=] ?({WHOLE})(?![\d.,]*[\d%]){_NO_TIME}")
"""A number in a label: ``Mobility (UC: 96; I: 114)``."""
_SIZES = any_case(r"(?:total )?n|(?:no|number)\.?(?: of)? (?:patients|subjects)")
"""The head of a column of sizes, which stand before what was counted."""
_ONLY_SIZE = any_case(r"\s?[(\[]?\s?n\s?=\s?\d[\d,]*\s?[)\]]?\s?")
"""The size of one cell in a column of its own: ``56 (39) | (N = 144)``."""
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
_NAMES = any_case(r"quartiles?|ranges?|percentiles?|min|max")
"""Words that also name a group: the lowest quartile of age."""
_NOT_IN_BRACKETS = any_case(
    r"(?:means?|averages?)?\s?(?:±|\+/-)\s?(?:SDs?|SEMs?|SE|standard \w+)|"
    r"medians?,? (?:[(\[](?:IQRs?|ranges?|inter-?quartile ranges?)[)\]]|and ranges?)"
)
"""How means are told whose SD stands behind a sign, and medians whose limits are two numbers."""
_TEST = any_case(r"χ|chi-?square|\bdf\b")
"""A column of statistics, or a cell that holds one, with its degrees of freedom."""
_MEAN = re.compile(rf"\s*-?{REAL}\s?±")
_MONEY = re.compile("[$€£]")
_WHOLE = re.compile(WHOLE)
_OVER = re.compile(rf"{WHOLE}\s?/\s?{WHOLE}")
_SLASHED = re.compile(rf"({WHOLE})\s?/\s?({REAL})\s?(%?)")
_SAYS_SLASHED = any_case(r"\b(?:n|no\.?)\s?/\s?%")
"""A count and its percent, ``34/53.1``, where label, head or caption say ``n/%``."""
_PER = re.compile(r"\bper ((?!100|1,000|patient|year|month|week|day)[a-z]+(?: [a-z]+)?)")
"""What a label says it counts some of, unless it is a rate."""
SAYS_NOT, DOUBTFUL, UNSAID, SAID = range(4)
BEHIND = "the size behind"
BESIDE = "beside it"
COUNT_OF = "the count of row"
LEVELS = "the sum of these"
OF_BLOCK = "the label of the block"
OF_ROW = "the label of the row"
OF_HEAD = "the size in the head of the column"
OF_SUM = "the sum of the row"
COUNT_BEFORE = "the count of a column before"
NOTED = "in the caption, the corner or the footnotes"
LEAST_LEFT = 4
"""Percents of a column, of no size that it prints, of which a size of the text may be."""
MOST_GROUPS = 12
"""Columns of a row of which parts are summed; a hostile table has a thousand."""
LONGEST_RUN = 30
"""Levels of one variable that are summed at most."""
FAIR, LIKELY, LIKE, SURE = (9, 6), (9, 8), (12, 7), (18, 9)
"""How firmly percents that hold speak for what they hold of: bits, and tenths that hold.

Chance alone would have them hold once in 2^9 or 2^18 times. That a table was understood
must be fair, what may save a number likely, and what accuses it sure.
"""
LEVEL_BITS = 12
"""How firmly all levels but one say that they are of their sum."""
MOST_BITS = 3
"""Of one percent: six make sure."""


@dataclass(kw_only=True)
class Entry(Share):
    """A count with a percent in a cell, and what it was found to be of."""

    row: int
    column: int
    part: int = 0
    strength: int
    own: list[tuple[int, str]]
    of: int | None = None
    reading: str = ""
    verdict: str = "differs"
    parts: tuple[Entry, ...] = ()
    exclusive: bool = False
    promoted: bool = False
    to_hundred: bool = False
    apart: str = ""
    """Of which size nearly all of its column is, where this is not that of its head."""

    @property
    def holds(self) -> bool:
        """Whether a printed denominator gives the percent."""
        return self.of is not None

    @property
    def turned(self) -> bool:
        """Whether a printed size holds for 100 (34) of 34 as a percent with its count."""
        if self.sign or self.over is not None or not self.percent.isdecimal():
            return False
        turned = Share(self.text, int(self.percent), str(self.count))
        return any(turned.fits(n) for n, _ in self.own)

    @property
    def tells(self) -> bool:
        """Whether few denominators print this: 1 (1) holds for most, and says nothing."""
        return self.bits(self.of) >= 3

    @property
    def sure(self) -> bool:
        """Whether hardly a mean with its SD would hold so by chance."""
        return self.bits(self.of) >= math.log2(25)

    def bits(self, of: int | None) -> float:
        """Return how unlikely it is that it would hold of a size by chance: of 8, 3; 0 if not."""
        if not of or (span := self.span) is None:
            return 0.0
        return max(0.0, math.log2(of / max(0.25, span[1] - span[0])))

    @property
    def largest(self) -> int:
        """The largest size that is printed for it; 0 if there is none."""
        return max((n for n, _ in self.own), default=0)

    @property
    def beyond(self) -> bool:
        """Whether it counts more than any size that is printed for it."""
        return 0 < self.largest < self.count

    @property
    def as_printed(self) -> bool:
        """Whether it holds for a size that is printed for its column, row or block."""
        return self.of in {n for n, where in self.own if where != COUNT_BEFORE}

    @property
    def sizes(self) -> tuple[int, int] | None:
        """The least and the largest size that it can be of, none if more than is printed for it."""
        span = (self.of, self.of) if self.of else self.span
        return None if span is None or span[0] > self.largest > 0 else span

    def promote(self) -> None:
        """Take it for a count with its percent, as those like it are."""
        self.strength, self.promoted = SAID, True

    def take(self, of: int, reading: str) -> None:
        """Accept a denominator."""
        self.of, self.reading = of, reading
        self.verdict = self.prints(of)


def nearly_all(told: Iterable[Entry], of: int | None, proof: tuple[int, int]) -> bool:
    """Whether nearly all percents hold of this size (None: of whichever they were found to be)."""
    each = list(told)
    if of is None:
        return prove([(e, e.of or 0) for e in each], proof)
    return prove([(e, of if e.of in (None, of) else 0) for e in each], proof)


def nearly_complete(told: Iterable[Entry]) -> bool:
    """Whether nearly all percents hold of their own size, or of up to a tenth less: some lack data.

    That says that these are shares of it; what each is of it leaves open.
    """
    each = [(e, e.own[0][0]) for e in told if e.own and e.count]
    bits: dict[tuple[int, str], float] = {}
    good = 0
    for e, n in each:
        percent = without_zeros(e.percent) if e.padded(n) else e.percent
        low, high = sizes_printing(percent, e.count) or (1, 0)
        if low <= min(high, n) and 10 * high >= 9 * n:
            good += 1
            bits[e.count, e.percent] = -math.log2(min(1, 0.1 + (high - low) / n))
    return sum(bits.values()) >= FAIR[0] and 10 * good >= LIKELY[1] * len(each)


def prove(told: Iterable[tuple[Entry, int]], proof: tuple[int, int]) -> bool:
    """Whether nearly all of these percents are each of the size beside it.

    `proof` says how many must: `FAIR`, `LIKELY` or `SURE`. What is printed twice proves once.
    """
    each = [(e, n) for e, n in told if e.count]
    good = [(e, n) for e, n in each if n and (e.of == n or e.fits(n))]
    once = {(e.count, e.percent): min(MOST_BITS, max(0.0, e.bits(n))) for e, n in good}
    return sum(once.values()) >= proof[0] and len(good) * 10 >= proof[1] * len(each)


def entries(layout: Layout, stated: Container[int]) -> list[Entry]:
    """Collect the counts with percents of a table, with the denominators printed for each."""
    grid, found = layout.grid, []
    heads = list(layout.heads)
    pairs = _pairs(layout, stated)
    for r in layout.rows:
        for c in range(1, layout.width):
            cell = grid[r][c]
            if not cell.first or _TEST.search(cell.text):
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
    strength, own = _strength(share, layout, r, head), _own(layout, r, c, share)
    return Entry(**vars(share), row=r, column=c, part=part, strength=strength, own=own)


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
        of = _shared(told, set())
        alike = sum(value(e.percent) == e.count for e in told)
        if 2 * alike >= len(told) or not nearly_all(told, of, SURE):
            continue
        if of in stated:
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


def _strength(share: Share, layout: Layout, r: int, head: str) -> int:
    """Say how firmly the paper says that this is a count with its percent."""
    label, context = layout.label(r), layout.context(r)
    if (value(share.percent) > 100 and not share.sign) or _TEST.search(head):
        return SAYS_NOT
    told = f"{context} / {head}"
    if CATEGORY.search(_MONEY.sub("", label)):  # a class of income is no cost
        told = _MONEY.sub("", told)
    doubtful = ESTIMATED.search(told) or ESTIMATED_THROUGHOUT.search(layout.told)
    of_shares = any(words.search(head) for words in (COUNT_PERCENT, PERCENT))
    of_shares = of_shares or bool(COUNT_PERCENT.search(context))
    of_means = CONTINUOUS.search(_NAMES.sub("", head)) and not of_shares
    if share.sign and not (doubtful or of_means or CONTINUOUS.search(context)):
        return SAID
    if share.sign:
        return DOUBTFUL if share.over is None else UNSAID
    throughout = (layout.heads[0], *layout.table.notes, layout.table.caption)
    if "n" in share.text and not PERCENT.search(" ".join((head, context, *throughout))):
        return SAYS_NOT  # 7.8 (n = 184): a mean and how many it is of
    named = COUNT_PERCENT.search(label) or (share.swapped and PERCENT.match(label))
    if named:
        return DOUBTFUL if doubtful else SAID
    if of_means or CONTINUOUS.search(context):
        level = not of_means and CATEGORY.search(label)  # Age, mean (SD) > 65 to 74
        return DOUBTFUL if level or share.count <= (share.over or 0) else SAYS_NOT
    if doubtful or measured(label):
        return DOUBTFUL
    if COUNT_PERCENT.search(context):
        return UNSAID if PERCENT.search(label) else SAID
    if PERCENT.search(head) and not CONTINUOUS.search(head):
        return SAID
    throughout = tuple(_NOT_IN_BRACKETS.sub("", text) for text in throughout)
    said = any(COUNT_PERCENT.search(t) and not CONTINUOUS.search(t) for t in throughout)
    return SAID if said and not PERCENT.search(label) else UNSAID


def _own(layout: Layout, r: int, c: int, share: Share) -> list[tuple[int, str]]:
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


def resolve(layout: Layout, groups: Groups | None = None) -> list[Entry]:
    """Give each entry of a table the printed denominator that it holds for, if there is one.

    Without `groups` no size is taken from another table or the text for a column's name.
    """
    found = _without_empty_decimals(entries(layout, groups.stated if groups else ()))
    _counts_before(layout, found)
    for c, column in by_column(found).items():
        if groups is not None and not any(e.own for e in column):
            named = groups.of(layout, c)
            told = [e for e in column if any(0 < e.count < n and e.fits(n) for n, _ in named)]
            for entry in column if 5 * len(told) + 4 >= len(column) else ():
                entry.own = list(named)
    _of_all(found)
    for entry in found:
        if own := next(((n, w) for n, w in entry.own if entry.fits(n)), None):
            entry.take(own[0], f"{own[0]}: {own[1]}")
    _proportions(found)
    _levels(layout, found)
    _column_totals(layout, found)
    _row_shares(layout, found)
    _parts_of_rows(layout, found)
    _in_block(layout, found)
    _in_notes(layout, found)
    _said_by_neighbours(layout, found)
    _sizes_behind(found, groups)
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
            entry.take(entry.count, f"{entry.count}: its own number")


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
                entry.take(n, f"{n}: {where}, as a proportion")
                entry.verdict = "reproduced"
                break


def _without_empty_decimals(found: list[Entry]) -> list[Entry]:
    """Drop a last decimal that is 0 in every percent of the table: it was printed, not computed."""
    percents = [e.percent for e in found if "." in e.percent and value(e.percent) not in (0, 100)]
    if len(set(percents)) < 5 or not all(p.endswith("0") for p in percents):
        return found
    for entry in found:
        shorter = entry.percent[:-1].rstrip(".") if "." in entry.percent else entry.percent
        entry.percent = shorter
    return found


def _said_by_neighbours(layout: Layout, found: list[Entry]) -> None:
    """Take unlabelled cells for counts with percents where nearly all like them hold as such."""
    open_ = (DOUBTFUL, UNSAID)  # a word beside a fraction leaves open what that is
    for column in (found, *by_column(found).values()):
        alike = [e for e in column if e.count and e.strength in open_[e.over is None :]]
        sure = nearly_all(alike, None, SURE if column is found else LIKE)
        if sure or (column is not found and nearly_complete(alike)):
            for entry in alike:
                entry.promote()
    # More than there are patients may be an SD, as in 33.9% (29) of 12 clinics.
    beyond = {id(e) for e in found if e.beyond}
    over = [e for e in found if e.strength in open_ and e.count <= (e.over or 0)]
    for entry in over if nearly_all(over, None, LIKELY) else ():
        entry.promote()
    for column in by_column(found).values():
        signed = [e for e in column if e.sign and e.strength in open_]
        told = [*signed, *(e for e in column if e.strength == SAID)]
        for entry in signed if nearly_all(told, None, LIKELY) or nearly_complete(told) else ():
            entry.promote()
    for row in by_row(found).values():
        for entry in row:
            others = [e for e in row if e is not entry and e.count]
            sure = any(e.sure for e in others) and all(e.holds for e in others)
            if entry.strength in open_ and sure and id(entry) not in beyond:
                entry.promote()


def _shared(said: list[Entry], stated: set[int]) -> int:
    """Return the least size, or stated one, of which most telling percents are; 0 if none tells."""
    spans = {(e.count, e.percent): e.span for e in said}
    narrow = [s for s in spans.values() if s and (s[1] - s[0]) * 8 <= s[0]]
    times = Counter(n for low, high in narrow for n in range(low, min(high, low + 50) + 1))
    most = max(times.values(), default=0)
    often = {n for n, k in times.items() if k == most}
    return min(often & stated or often, default=0)


def _sizes_behind(found: list[Entry], groups: Groups | None) -> None:
    """Take the size behind nearly all percents of a column that prints none, or ask of another."""
    for column in by_column(found).values():
        said = _without_size(e for e in column if e.strength == SAID and e.count)
        held = Counter(of for e in said if (of := e.of) and e.tells).most_common(1)
        often = [n for n, _ in held if nearly_all(said, n, LIKELY)]
        stated = groups.stated if groups else set()
        of = next(iter(often), _shared(said, stated))
        if not nearly_all(said, of, LIKELY):  # what other sizes leave may be of one that is stated
            said = [e for e in said if not e.holds]
            of = _shared(said, stated)
            if of not in stated or len(said) < LEAST_LEFT or not nearly_all(said, of, LIKELY):
                continue
        own = Counter(e.own[0] for e in said if e.own and not e.own[0][1].startswith(ELSEWHERE))
        (size, where), times = next(iter(own.most_common(1)), ((of, ""), 0))
        astray = [e for e in said if not e.fits(size)]
        told, apart = f"{sum(e.fits(of) for e in said)} percents", ""
        open_ = [e for e in _nameless(column) if not e.holds]
        if 10 * times >= 8 * len(said) and 2 * len(astray) > len(said):
            apart = f"{size} is {where}, but {of} {BEHIND} {len(astray)} percents"
            open_ = [e for e in astray if not e.holds and e.fits(of)]
        for entry in open_:
            if entry.fits(of):
                entry.apart = apart
                entry.take(of, f"{of}: {BEHIND} {told} of the column")
            elif not entry.own:
                entry.own = [(of, f"{BEHIND} {told} of the column")]


def by_row(found: list[Entry]) -> dict[int, list[Entry]]:
    """Group them by row."""
    return grouped(found, lambda entry: entry.row)


def by_column(found: list[Entry]) -> dict[int, list[Entry]]:
    """Group them by column."""
    return grouped(found, lambda entry: entry.column)


def runs(column: list[Entry]) -> Iterator[list[Entry]]:
    """Cut a column's entries where a row without one stands between."""
    run: list[Entry] = []
    for entry in column:
        if run and entry.row - run[-1].row > 1:
            yield run
            run = []
        run.append(entry)
    yield run


def _levels(layout: Layout, found: list[Entry]) -> None:
    """Take as denominator the sum of neighbouring rows whose percents all are of that sum."""
    variables: set[tuple[int, ...]] = set()
    for run in (run for column in by_column(found).values() for run in runs(column)):
        for start in range(len(run)):
            total = run[start].count
            named = layout.is_section(run[start].row - 1)
            for end in range(start + 1, min(len(run), start + LONGEST_RUN)):
                total += run[end].count
                levels = run[start : end + 1]
                if not (_mostly(levels, total) or (levels == run and _surely(run, total))):
                    goes_on = any(e.fits(total + e.count) for e in run[end + 1 : end + 2])
                    if goes_on or not (named and _all_but_one(levels, total)):
                        continue
                    levels = [e for e in levels if e.fits(total)]
                if sum(e.count > 0 for e in levels) < 2 and any(not e.holds for e in levels):
                    continue
                _take_or_offer(levels, total, f"{LEVELS} {len(levels)} levels")
                for entry in levels:
                    entry.exclusive = entry.exclusive or entry.of == total
                # All are of one size, so that the one that tells most tells whether by chance.
                # What all have leaves out nobody, and so says of no other that it is a level.
                parts = [e for e in levels if e.of == total and value(e.percent) < 100]
                tells = max((e.bits(total) for e in parts), default=0)
                if tells >= 2 * math.log2(len(run)) + 2:
                    variables.add(tuple(e.row for e in levels))
    # What excludes each other in one column does so in those that state no size.
    for column in by_column(found).values():
        at = {e.row: e for e in column if e.part == 0}
        for rows in variables:
            levels = [at[r] for r in rows if r in at]
            if len(levels) == len(rows) and not any(e.own or e.holds for e in levels):
                total = sum(e.count for e in levels)
                _take_or_offer(levels, total, f"{LEVELS} {len(levels)} levels")


def _mostly(group: list[Entry], total: int) -> bool:
    """Whether the percents of a group are of its sum, some of them but for a rounding."""
    if all(e.padded(total) for e in group):
        return True
    off = [e for e in group if not e.fits(total)]
    fitting = len(group) - len(off)
    sure = fitting > 1 or (_make_hundred(group) and 2 * total > group[0].largest)
    enough = sure and fitting >= len(off)
    return enough and all(e.nearly(total) or _to_hundred(e, group, total) for e in off)


def _all_but_one(group: list[Entry], total: int) -> bool:
    """Whether all but one are of the sum, and not by chance."""
    fitting = {(e.count, e.percent): e.bits(total) for e in group if e.fits(total)}
    off = [e for e in group if not e.fits(total)]
    more = any(total > max((n for n, _ in e.own), default=total) for e in group)
    if len(off) != 1 or more or sum(fitting.values()) < LEVEL_BITS:
        return False
    return off[0].units_off(total) > 2


def _surely(run: list[Entry], total: int) -> bool:
    """Whether two thirds are of the sum of all, so narrowly that it is not by chance."""
    fitting = [e for e in run if e.fits(total)]
    return sum(e.bits(total) >= 4 for e in fitting) >= 4 and 3 * len(fitting) >= 2 * len(run)


def _make_hundred(group: list[Entry]) -> bool:
    """Whether the percents of a variable add to 100."""
    return sum(value(e.percent) for e in group) == 100


def _to_hundred(entry: Entry, group: list[Entry], total: int) -> bool:
    """Whether it may have been moved so that the percents of its variable add to 100."""
    return _make_hundred(group) and entry.units_off(total) <= 2


def _take_or_offer(group: list[Entry], total: int, reading: str) -> None:
    for entry in group:
        cut = entry.verdict == "truncated" and entry.prints(total)
        if entry.holds and cut != "reproduced":
            continue
        if entry.fits(total):
            entry.take(total, f"{total}: {reading}")
            entry.parts = tuple(group)
        else:
            entry.own.insert(0, (total, reading))
            entry.to_hundred = _to_hundred(entry, group, total)


def _column_totals(layout: Layout, found: list[Entry]) -> None:
    """Where a head states no size, take the sums that the levels of a variable gave."""
    for c, column in by_column(found).items():
        totals = Counter(e.of for e in column if e.exclusive and e.of)
        for n, times in totals.most_common() if c not in layout.sizes else ():
            sure = nearly_all(_without_size(column), n, SURE)
            for entry in _nameless(column) if sure or times >= 3 else ():
                if not entry.holds and entry.fits(n):
                    entry.take(n, f"{n}: the sum of the levels of another variable")
                elif not entry.holds and sure:
                    entry.own = [(n, "the sum of the levels of other variables")]


def _without_size(found: Iterable[Entry]) -> list[Entry]:
    """Those that do not print what they are of beside them."""
    return [e for e in found if e.over is None]


def _nameless(found: Iterable[Entry]) -> list[Entry]:
    """Those for whose column the table prints no size, whatever another place does."""
    each = _without_size(found)
    return [e for e in each if all(where.startswith(ELSEWHERE) for _, where in e.own)]


def _row_shares(layout: Layout, found: list[Entry]) -> None:
    """Take as denominator the sum of the row or of some groups, or another number of the row."""
    rows = grouped(found, lambda entry: (entry.row, entry.part))
    for (r, _), row in rows.items():
        groups = [e for e in row if not layout.is_total(e.column)]
        for n in {n for e in row if e not in groups for n, _ in e.own}:
            fit = len(groups) > 1 and all(e.fits(n) and not e.holds for e in groups)
            if fit and any(e.bits(n) >= MOST_BITS for e in groups):
                _take_or_offer(groups, n, "all groups together")
        named = grouped(groups, lambda e: layout.lowest[e.column])
        if all(e.column in layout.sizes for e in groups):  # the others have no number here
            several = sum(layout.sizes[e.column] for e in groups)
            for entry in _without_size(row) if len(groups) > 1 else ():
                if entry not in groups and not entry.holds and entry.fits(several):
                    entry.take(several, f"{several}: the groups that the row prints")
        ends = combinations(range(min(len(groups), MOST_GROUPS) + 1), 2)
        for some in (groups, *(groups[start:end] for start, end in ends), *named.values()):
            total = sum(e.count for e in some)
            every = some is groups
            added = sum((value(e.percent) for e in some), Fraction(0))
            hundred = abs(added - 100) <= Fraction(1, 5)
            near = hundred and all(e.nearly(total) for e in some)
            near = near or all(e.fits(total) for e in some) or (every and _mostly(some, total))
            other = any(e.of != total and e.verdict == "reproduced" and e.tells for e in some)
            if len(some) > 1 and total and near and (every or not other):
                _take_or_offer(some, total, OF_SUM if every else f"{LEVELS} columns")
        for c in range(1, layout.width):
            n = only_count(layout.grid[r][c].text) or 0
            every = all(e.holds or e.fits(n) for e in row)
            for entry in row if every or layout.is_total(c) else ():
                if not entry.holds and entry.fits(n):
                    entry.take(n, f"{n}: in the same row")
    # Where most are of the sum of their row, it is the size of those for which none is printed.
    sums = [(row, sum(e.count for e in row)) for row in rows.values() if len(row) > 1]
    unsized = [(e, n) for row, n in sums for e in row if not e.own and n]
    if prove(unsized, FAIR):
        for entry, n in unsized:
            if not entry.holds:
                _take_or_offer([entry], n, OF_SUM)


def _counts_before(layout: Layout, found: list[Entry]) -> None:
    """Where no size is printed above, take the counts of a column before, or those of the labels.

    Nearly all percents beyond it must be of them, unless of those of a nearer column: they are the
    sizes of groups that stand below each other, or the patients of whom some are counted on.
    """
    grid, width = layout.grid, layout.width
    counts = {(r, c): only_count(grid[r][c].text) for r in range(len(grid)) for c in range(width)}
    counts |= {(e.row, e.column): e.count for e in found if e.part == 0}
    for r in range(len(grid)):
        counts[r, 0] = next(iter(sizes(layout.label(r), head=True)), None)
    open_ = by_column([e for e in found if e.part == 0 and not e.own])
    for c in range(width - 1, -1, -1):
        beyond = [e for d in range(c + 1, c + 1 + MOST_GROUPS) for e in open_.get(d, [])]
        of = [(e, counts[e.row, c] or 0) for e in beyond if not e.own]
        if prove(of, LIKELY):
            for entry, n in of:
                entry.own += [(n, COUNT_BEFORE)] if n else []


def _parts_of_rows(layout: Layout, found: list[Entry]) -> None:
    """Take the counts of another row as denominators where they explain several columns."""
    rows = _Rows(layout, found)
    for sure in (True, False):
        for r in rows.shares:
            rows.take(r, sure)
    # Where several are of a lone count just above them, so are others below such a count.
    below = [(e, rows.counts.get(e.row - 1, {}).get(e.column, 0)) for e in found]
    below = [(e, n) for e, n in below if n >= e.count > 0 and e.row - 1 not in rows.shares]
    if sum(e.of == n and e.tells for e, n in below) > 1:
        for entry, n in below:
            if not entry.holds:
                entry.own.insert(0, (n, f"{COUNT_OF} {layout.label(entry.row - 1)}"))


class _Rows:
    """The counts of a table, by row and column, and the shares among them that state no size."""

    def __init__(self, layout: Layout, found: list[Entry]) -> None:
        self.layout = layout
        self.shares: dict[int, list[Entry]] = defaultdict(list)
        self.counts: dict[int, dict[int, int]] = defaultdict(dict)
        for r in layout.rows:
            for c in range(1, layout.width):
                if (lone := only_count(layout.grid[r][c].text)) is not None:
                    self.counts[r][c] = lone
        for entry in found:
            if entry.part == 0:
                self.counts[entry.row][entry.column] = entry.count
                if entry.over is None:
                    self.shares[entry.row].append(entry)
        self._totals = {s for s in self.counts if TOTAL.search(layout.label(s))}
        self._wholes: Counter[int] = Counter()

    def take(self, r: int, sure: bool) -> None:
        """Take the counts of the row that most of a row are of, or offer them, if there is one."""
        open_ = [e for e in self.shares[r] if not e.holds and e.count]
        # A row above is the likelier whole, and the nearest of those.
        fits, _, s = max(
            ((self._fitting(r, s, sure), -abs(r - s) - (1000 if s > r else 0), s)
             for s in (self.counts if open_ else ()) if s != r),
            default=(0, 0, 0),
        )  # fmt: skip
        self._wholes[s] += fits > 0
        offered = self._says(r, s) or (fits >= 3 and fits * 10 >= 6 * len(open_))
        for entry in open_ if fits else ():
            n = self.counts[s].get(entry.column, 0)
            if n and offered:
                entry.own.insert(0, (n, f"{COUNT_OF} {self.layout.label(s)}"))
            if entry.fits(n):
                entry.take(n, f"{n}: row {self.layout.label(s)}")

    def _fitting(self, r: int, s: int, sure: bool) -> int:
        """Return how many of a row are of the counts of another, or 0 if it may be by chance."""
        layout, counts = self.layout, self.counts[s]
        of = ((e, counts.get(e.column, 0)) for e in self.shares[r] if e.count)
        judged = [(e, n) for e, n in of if n and e.of in (None, n)]
        fitting = [(e, n) for e, n in judged if e.fits(n)]
        alike = layout.last_label(s) == layout.last_label(r) or len(judged) == 1
        few = 2 * len(fitting) < len(judged) + (not (alike or self._says(r, s)))
        if few or all(e.holds for e, _ in fitting):
            return 0
        bits = sum(e.bits(n) for e, n in fitting)
        alone = s < r and s not in self.shares
        several = len(fitting) > 1 and (alone or s in self._totals or self._wholes[s] > 1)
        above = {layout.parent(r), layout.sections[r], (layout.sections[r] or 0) - 1}
        likely = s in above or several or (alone and s == r - 1)
        enough = bits >= math.log2(len(self.counts)) + 5 or (likely and bits >= 3 and not sure)
        return len(fitting) if enough else 0

    def _says(self, r: int, s: int) -> bool:
        """Whether a label names another row as what it is of: births per clinical pregnancy."""
        per = _PER.search(self.layout.label(r).lower())
        return per is not None and per[1] in self.layout.label(s).lower()


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
            entry.take(fitting[0], f"{fitting[0]}: printed in its block")


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
            entry.take(n, f"{n}: {NOTED}")
            continue
        whole_group = levels[entry.column, variables[entry.row]]
        own = [n for n, _ in entry.own if n != whole_group]  # levels that make it up lack none
        lacking = ((n, n - k) for n in own for k in without if 0 < k < n)
        if pair := next(((n, m) for n, m in lacking if entry.fits(m)), None):
            entry.take(pair[1], f"{pair[1]}: {pair[0]} less {pair[0] - pair[1]} of a footnote")
    for n in noted:
        if nearly_all(_without_size(found), n, LIKELY):
            for entry in _nameless(found):
                if not entry.holds:
                    entry.own = [(n, NOTED)]


def told_missing(note: str) -> list[int]:
    """Return how many patients a footnote leaves out: "not recorded in four", "3 missing"."""
    said = " ".join(part for part in _NOTES.split(note) if LACKING.search(part))
    return [n for word in re.findall(r"\b[A-Za-z]+\b|(?<![\w.,^])\d{1,4}(?![\w.,%])", said)
            if (n := numeral(word)) is not None]  # fmt: skip
