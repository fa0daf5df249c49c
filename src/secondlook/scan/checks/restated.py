"""The same quantity at two places, with one of its numbers different.

Two analyses seldom have the same limits to two decimals, or the same estimate and one of its
limits. If so much agrees and the rest does not, but for rounding, one of the two is a misprint, or
they are two analyses after all: a question. So is the size of a group that two tables print with
its digits in another order.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from secondlook import printed as numbers
from secondlook.scan.cells import DECIMAL, MARK, shares, whole
from secondlook.scan.checks.estimates import Estimate
from secondlook.scan.document import Document
from secondlook.scan.findings import Finding, Level, in_text
from secondlook.scan.layout import Layout

_TRIPLE = re.compile(
    rf"(?<![\d,/±^])(?<!\d\.)(?P<e>{DECIMAL})\s?[(\[]\s?(?:IQR|range)?\s?:?\s?(?P<lo>{DECIMAL})\s?"
    rf"(?:-|–|to|,)\s?(?P<hi>{DECIMAL})\s?[)\]]"
)
_MEAN_SD = re.compile(rf"(?<![\d,/±^])(?<!\d\.)(?P<e>{DECIMAL})\s?±\s?(?P<sd>{DECIMAL})")
_CELL = re.compile(rf"\s*(?P<e>-?{DECIMAL})\s?(?:±|\+/-)\s?(?P<sd>{DECIMAL})\s?{MARK}$")
_OVER = re.compile(r"\s*\d{1,6}\s?/\s?(\d{1,6})\b")
_FOR_GROUP = re.compile(r"(?<![\d.,])(\d{2,6}) (?:for|in|of)(?: the)? (\w{2,20}) (?:group|arm)\b")
MOST_ALIKE = 60
"""Means of one name that are compared with each other."""
_SIZED = re.compile(r"^(?P<name>.*[A-Za-z]{3}.*?)\W*\b[nN]\s?=\s?(?P<n>[\d,]{3,9})(?![\d.])")


@dataclass(frozen=True)
class Repeat:
    """Numbers that a text prints as one quantity; of a mean the SD is its `low`."""

    value: str
    low: str
    high: str
    text: str
    place: str
    order: int = 0


def check_restated(
    document: Document,
    layouts: Sequence[Layout],
    in_text: Sequence[Estimate],
    in_tables: Sequence[Estimate],
) -> list[Finding]:
    """Hold what the text repeats against the tables, and the abstract against the text."""
    findings = []
    for number, estimate in enumerate(in_text):
        for other in [*in_text[number + 1 :], *in_tables]:
            if not _same(estimate.low, other.low) or not _same(estimate.high, other.high):
                continue
            if _decimals(estimate.low) < 2 and _decimals(other.low) < 2:
                continue
            level: Level = "question"
            reading = "the same limits, but another estimate there"
            if _same(estimate.value, other.value):
                level, reading = "holds", "the same in both places"
                another_p = estimate.p and other.p and not _same(estimate.p, other.p)
                if another_p and _texts(estimate) == _texts(other):
                    level, reading = "question", f"the same, but for its P there: {other.p}"
            findings.append(_finding(estimate, other, level, reading))
    told = [_repeat(e) for e in in_text]
    triples = list(_triples(document))
    findings += _one_limit_differs([*told, *triples], [_repeat(e) for e in in_tables])
    return [
        *findings, *_means_again(triples, layouts), *_sizes(layouts), *_swapped(document, layouts),
        *_shares(document),
    ]  # fmt: skip


def _repeat(estimate: Estimate) -> Repeat:
    return Repeat(
        estimate.value, estimate.low, estimate.high, estimate.text, estimate.place, estimate.order
    )


def _finding(
    here: Repeat | Estimate, there: Repeat | Estimate, level: Level, reading: str
) -> Finding:
    return Finding(
        "restated", level, None, None, None, here.order, here.place, here.text,
        f"{there.text} ({there.place})", "", reading,
    )  # fmt: skip


def _texts(repeat: Repeat | Estimate) -> tuple[str, str, str]:
    return repeat.value, repeat.low, repeat.high


def _triples(document: Document) -> Iterator[Repeat]:
    """Find ``78.0 [70.0-85.5]`` and ``17.8 ± 1.53`` in the text, of three digits or more."""
    for paragraph in document.paragraphs:
        text = paragraph.text.replace("·", ".")
        for order, match in enumerate(_MEAN_SD.finditer(text)):
            if len(match["e"]) >= 4:
                yield Repeat(match["e"], match["sd"], "", match.group(), paragraph.place, order)
        for order, match in enumerate(_TRIPLE.finditer(text)):
            parts = match["e"], match["lo"], match["hi"]
            if all("." in part and len(part) >= 4 for part in parts):
                yield Repeat(*parts, match.group(), paragraph.place, order)


def _one_limit_differs(told: Sequence[Repeat], tables: Sequence[Repeat]) -> Iterator[Finding]:
    """Find an estimate that is repeated with one of its limits, the other one digit off."""
    again = [_texts(r) for r in (*told, *tables)]
    once = [r for r in told if again.count(_texts(r)) == 1]
    for number, repeat in enumerate(once):
        for other in [*once[number + 1 :], *tables]:
            if repeat.value != other.value or not (repeat.high or _elsewhere(repeat, other)):
                continue
            lows, highs = (repeat.low, other.low), (repeat.high, other.high)
            if (lows[0] == lows[1] and _one_digit(*highs)) or (
                highs[0] == highs[1] and _one_digit(*lows)
            ):
                reading = "the same but for one digit; a misprint, or another analysis?"
                yield _finding(repeat, other, "question", reading)


def _elsewhere(repeat: Repeat, other: Repeat) -> bool:
    """Whether two statements stand in different sections: means of one are of different groups."""
    return re.split(" > |, ", repeat.place)[0] != re.split(" > |, ", other.place)[0]


def _one_digit(a: str, b: str) -> bool:
    """Whether two texts of two decimals, or of three digits, differ in one digit alone."""
    digits = sum(c.isdigit() for c in a)
    if len(a) != len(b) or "." not in a or (_decimals(a) < 2 and digits < 3):
        return False
    apart = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    return len(apart) == 1 and all(c.isdigit() for c in apart[0])


Mean = tuple[Layout, int, int, tuple[str, str]]
"""A mean with its SD: its table, row and column, and both texts."""


def _means_again(triples: list[Repeat], layouts: Sequence[Layout]) -> Iterator[Finding]:
    """Find a mean with its SD of which another table, or the text, prints one with another digit.

    All have three digits, the labels share a word, and no table holds both pairs.
    """
    sharing: dict[tuple[int, str], list[Mean]] = defaultdict(list)
    tables: dict[tuple[str, str], set[int]] = defaultdict(set)
    for layout in layouts:
        for r, c, cell in layout.cells():
            if match := _CELL.match(cell.text.replace("·", ".")):
                pair = match["e"], match["sd"]
                tables[pair].add(layout.table.index)
                if all(_telling(text) for text in pair):
                    for side, text in enumerate(pair):
                        sharing[side, text].append((layout, r, c, pair))
    for (side, _), alike in sharing.items():
        for one, other in combinations(alike[:MOST_ALIKE], 2):
            here, there = one[3], other[3]
            if not _one_digit(here[1 - side], there[1 - side]) or tables[here] & tables[there]:
                continue
            if _named(one) & _named(other) and _size(one) == _size(other):
                layout, r, c, _ = other
                against = f"{' ± '.join(here)} ({one[0].place(*one[1:3])})"
                reading = "the same but for one digit; a misprint, or another group?"
                yield layout.finding(
                    "restated", "question", r, c, " ± ".join(there), against, "", reading
                )
    for told in triples:
        pair = told.value, told.low
        alike = [m for side, text in enumerate(pair) for m in sharing.get((side, text), ())]
        for mean in alike if not told.high and pair not in tables else ():
            if any(_one_digit(a, b) for a, b in zip(pair, mean[3], strict=True)):
                other_place = mean[0].place(*mean[1:3])
                again = Repeat(*mean[3], "", " ± ".join(mean[3]), other_place)
                yield _finding(told, again, "question", "the same but for one digit; a misprint?")
                break


def _telling(text: str) -> bool:
    """Whether a number has three digits behind its leading zeros: hardly two are the same."""
    return len(re.sub(r"\D", "", text).lstrip("0")) >= 3


def _named(mean: Mean) -> set[str]:
    """Return the words of its row that say what a mean is of."""
    said = set(re.findall("[a-z]{4,}", mean[0].context(mean[1]).lower()))
    return said - {"mean", "group", "control", "baseline"}


def _size(mean: Mean) -> list[int]:
    return mean[0].head_sizes[mean[2]]


def _plain(text: str) -> str:
    """Return the words of a head without what they say of numbers."""
    text = re.sub(r"[(\[][^)\]]*[)\]]", " ", text.lower())
    return " ".join(re.findall(r"[a-z][a-z0-9-]*", text))


def _swapped(document: Document, layouts: Sequence[Layout]) -> Iterator[Finding]:
    """Find two groups whose sizes a footnote gives in the other order than another table."""
    names = {n for la in layouts for c in range(la.labels, la.table.columns) for n in _names(la, c)}
    printed: dict[str, Counter[int]] = defaultdict(Counter)
    for layout in layouts:
        for r, c, cell in layout.cells():
            told = {_plain(layout.table.grid[r][i].text) for i in range(c)} & names
            if (match := _OVER.match(cell.text)) and len(told) == 1:
                printed[told.pop()][int(match[1])] += 1
    for layout in layouts:
        for note in layout.table.notes:
            found = [(m[2].lower(), int(m[1])) for m in _FOR_GROUP.finditer(note)]
            for (a, n), (b, m) in pairwise(found):
                if n != m and printed[a][m] and printed[b][n] and not printed[a][n]:
                    reading = f"another table has {m} of {a} and {n} of {b}"
                    against = f"{a} {m}, {b} {n}"
                    yield layout.finding(
                        "restated", "question", 0, 0, f"{n} {a}, {m} {b}", against, "", reading
                    )


def _names(layout: Layout, c: int) -> Iterator[str]:
    for part in layout.heads[c].split(" / "):
        if 0 < len(name := _plain(part)) <= 20:
            yield name


def _sizes(layouts: Sequence[Layout]) -> Iterator[Finding]:
    """Find a group whose size has its digits in another order in another table."""
    seen: dict[str, tuple[str, str]] = {}
    for layout in layouts:
        for r in range(layout.head):
            for c, cell in enumerate(layout.table.grid[r]):
                match = _SIZED.match(cell.text.replace("\n", " ")) if cell.first else None
                if not match:
                    continue
                name, size = match["name"].strip(), match["n"].rstrip(",")
                first, place = seen.setdefault(name, (size, layout.table.label))
                digits, others = str(whole(size)), str(whole(first))
                if digits != others and sorted(digits) == sorted(others):
                    reading = "the same group with its digits in another order"
                    yield layout.finding(
                        "restated", "question", r, c, cell.text, f"{first} ({place})", "", reading
                    )


def _shares(document: Document) -> list[Finding]:
    """Tell which counts with percents of the text stand in a table as well."""
    printed = {
        (share.count, share.percent): table
        for table in document.tables
        for row in table.grid
        for cell in row
        for share in shares(cell.text.replace("\n", " "))
    }
    findings = []
    for paragraph in document.paragraphs:
        for order, share in enumerate(shares(paragraph.text)):
            if share.sign and (table := printed.get((share.count, share.percent))):
                same = "the same in both places"
                findings.append(
                    in_text(
                        "restated", "holds", paragraph, share.text, table.label, "", same, order
                    )
                )
    return findings


def _decimals(text: str) -> int:
    return numbers.parse(text).decimals


def _same(a: str, b: str) -> bool:
    """Whether two texts can be the same number, printed with more or fewer digits."""
    first, second = numbers.admits(a).either, numbers.admits(b).either
    return float(first.lower) < float(second.upper) and float(second.lower) < float(first.upper)
