"""The P of counts in a sentence: ``106 (89.8%) vs 111 (94.8%), P = 0.035``.

A sentence of a P that compares what it does not print is of the counts of the sentence before. Two
percents without counts are those of a row of a table, or of the two groups of the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise, permutations, product

from secondlook import printed as numbers
from secondlook.scan.cells import COUNTED, WHOLE, bare_p, numeral, printed_as, sizes_printing, whole
from secondlook.scan.checks.counts_with_p import BY_CHANCE, usual
from secondlook.scan.checks.methods import SENTENCE, Methods
from secondlook.scan.checks.statistic import OF_OTHERS
from secondlook.scan.findings import Finding, Level, in_text, told_range
from secondlook.scan.groups import LEAST
from secondlook.scan.shares import Entry

_NUMBER = rf"(?:{WHOLE}|\b(?i:{COUNTED})\b)"
_COUNT = re.compile(
    rf"(?<![\d.,/±-])(?:(?P<n>{_NUMBER})\s?(?:/|of|out of)\s?(?P<of>{WHOLE})"
    r"(?![\d/.]|\s?(?:months?|weeks?|days?|years?|mg|m[lL])\b)|"
    rf"(?P<k>{_NUMBER})\s?(?:patients?|women|men|children|subjects|participants)?\s?"
    r"[(\[]\s?(?P<p>\d{1,3}(?:[.·]\d{1,2})?)\s?%\s?[)\]]|"
    rf"(?P<q>\d{{1,3}}(?:[.·]\d{{1,2}})?)\s?%\s?[(\[]\s?n\s?=\s?(?P<j>{WHOLE})\s?[)\]])"
)
_P = re.compile(r"\b[pP](?:[- ]?values?)?\s?(?P<p>[=<>≤≥]?\s?0?[.·]\d{1,6})(?!\d)")
COMPARED = re.compile(r"\bvs?\b|v/s|versus|\band\b|compared|than|against|while|whereas|[,;]", re.I)
_ENDS = re.compile(r"[a-z)\]%]\.\s+[A-Z]|;(?!\s?[pP]\b)")
_OTHER = re.compile(
    r"adjust|regress|log[- ]?rank|trend|mcnemar|paired|matched|ratio|hazard|interaction|"
    r"non-?inferior|stratif|mantel",
    re.IGNORECASE,
)
_THAN = re.compile(r"\bthan\b|difference|compared|versus|\bvs\b")
"""A sentence of one count, or none, with one of these compares it with one before."""
_PERCENTS = re.compile(
    r"(?<![\d.±–-])(?<![\d%], )(?P<a>\d{1,2}\.\d{1,2})\s?%?,?\s"
    r"(?:vs\.?|versus|and|compared (?:to|with))\s(?P<b>\d{1,2}\.\d{1,2})(?![\d.–-]|%[–-])\s?%?"
)
_MORE_P = re.compile(r"^,? and (0?[.·]\d{1,6})")
Pair = tuple[int, int]
"""A count and what it is of."""
Compared = tuple[str, Sequence[tuple[Pair, ...]], str]
"""What is compared as printed, the counts that it may be, and its P."""
LEVEL = 0.0012
"""A P below may stand for what is smaller."""
SENTENCES = 3
"""The sentence of a P and those before that are searched for counts."""
MOST = 4
"""Groups that a sentence compares."""
NEAR, FAR = 60, 140
"""Characters between the last count and its P, and between two counts."""


@dataclass(frozen=True)
class Counted:
    """A count in a sentence with what it may be of."""

    text: str
    count: int
    sizes: tuple[int, ...]
    start: int
    end: int


def check_text_p_values(tables: Sequence[Sequence[Entry]], methods: Methods) -> list[Finding]:
    """Judge the P values behind two to four counts, or two percents, that a sentence compares."""
    known = _Known(tables, methods)
    findings = []
    for paragraph in methods.paragraphs:
        compared = list(_compared(paragraph.text))
        if not OF_OTHERS.search(paragraph.section):
            compared += _percents(paragraph.text, known)
        for order, (told, ways, p) in enumerate(compared):
            groups = range(len(ways[0]))
            tested = [_tested(ways, which) for which in [groups, *combinations(groups, 2)]]
            values = tested[0]
            if not values:
                continue
            bounds = numbers.admits(p).either
            level: Level = "holds"
            reading = "usual tests of the counts print it, or nearly"
            lower = 0.0 if float(bounds.upper) < LEVEL else float(bounds.lower)
            if not any(_near(lower, float(bounds.upper), min(v), max(v)) for v in tested if v):
                level = "question"
                reading = "usual tests of these counts give another P; adjusted, or of other data?"
            against = " and ".join(
                f"{' or '.join(map(str, dict.fromkeys(k for k, _ in side)))} of "
                f"{' to '.join(map(str, dict.fromkeys(n for _, n in side)))}"
                for side in zip(*ways, strict=True)
            )
            recomputed = told_range(min(values), max(values), 2)
            findings.append(
                in_text(
                    "p-of-table", level, paragraph, f"{told}, P {p}", against, recomputed, reading,
                    order,
                )
            )  # fmt: skip
    return findings


def _tested(ways: Sequence[tuple[Pair, ...]], groups: Sequence[int]) -> list[float]:
    """Return the P of the usual tests of some groups, whichever counts they are."""
    found: list[float] = []
    for way in dict.fromkeys(tuple(way[g] for g in groups) for way in ways):
        of, rest = [k for k, _ in way], [n - k for k, n in way]
        levels = sum(of) == way[0][1] and len(dict.fromkeys(n for _, n in way)) == 1
        if sum(of) and sum(rest) and not levels:  # and not boys and girls of one group
            found += usual((tuple(of), tuple(rest))).values()
    return found


class _Known:
    """What the tables and the article tell of the groups that its sentences compare."""

    def __init__(self, tables: Sequence[Sequence[Entry]], methods: Methods) -> None:
        self._tables = tables
        self.methods = methods

    @cached_property
    def _rows(self) -> dict[str, list[tuple[int, int, Pair]]]:
        """The counts behind each percent of the tables, with their table and row."""
        found: dict[str, list[tuple[int, int, Pair]]] = {}
        for i, entries in enumerate(self._tables):
            for e in entries:
                size = e.of or next((n for n, _ in e.own), None)
                if size and e.holds:
                    found.setdefault(e.percent, []).append((i, e.row, (e.count, size)))
        return found

    @cached_property
    def sizes(self) -> tuple[int, int] | None:
        """The sizes of two groups."""
        return self.methods.of_groups(2, roughly=False)

    def of_percents(self, first: str, second: str) -> list[tuple[Pair, Pair]]:
        """Return the counts of two percents: of one row of a table, else of both groups."""
        rows = {
            (a, b)
            for i, r, a in self._rows.get(first, [])
            for j, q, b in self._rows.get(second, [])
            if (i, r) == (j, q)
        }
        if rows or not self.sizes:
            return sorted(rows) if len(rows) == 1 else []
        found = []
        for sizes in dict.fromkeys(permutations(self.sizes)):
            chance, pairs = 1.0, []
            for percent, n in zip((first, second), sizes, strict=True):
                count = round(float(percent) * n / 100)
                chance *= min(1.0, n / 10 ** (2 + len(percent.partition(".")[2])))
                if printed_as(percent, count, n) != "differs":
                    pairs.append((count, n))
            if len(pairs) == 2 and chance <= BY_CHANCE:
                found.append((pairs[0], pairs[1]))
        return found


def _near(low: float, high: float, least: float, most: float) -> bool:
    """Whether a printed P is within what the tests give, by a fifth of its odds."""
    return low <= 1.25 * most / (1 - most + 1.25 * most) and high >= least / (1.25 - least / 4)


def _compared(text: str) -> Iterator[Compared]:
    """Give each P with the counts before it, of its sentence or bracket, or of the one before."""
    values = list(_P.finditer(text))
    if not values:
        return
    counts = list(counts_in(text))
    sentences = [m.end() for m in _ENDS.finditer(text)]
    last = 0
    for match in values:
        told = [c for c in counts if last <= c.start and c.end <= match.start()]
        starts = [last, *(end - 1 for end in sentences if last < end <= match.start())]
        if ";" in text[last : match.start()]:
            starts = starts[-1:]  # each part of a list has a P of its own
        if (bracket := _bracket(text, last, match.start())) < starts[-1]:
            starts[-1] = max(bracket, last)  # a list with a P of its own within one bracket
        last = match.end()
        before = [c for c in told if c.start >= starts[-1]]
        near, far, start = NEAR, FAR, starts[-1]
        if len(before) < 2 and _THAN.search(text[start : match.start()]):
            near, far = 2 * NEAR, 2 * FAR
            for start in starts[-2 : -1 - SENTENCES : -1]:
                before = [c for c in told if c.start >= start]
                if len(before) > 1:
                    break
        if not 2 <= len(before) <= MOST or match.start() - before[-1].end > near:
            continue
        between = [text[a.end : b.start] for a, b in pairwise(before)]
        if len(before) > 2 and len({c.sizes for c in before}) < len(before):
            continue  # of one group perhaps two counts
        if len({c.text for c in before}) == 1 or max(c.sizes[-1] for c in before) < LEAST:
            continue  # 6/12 and 6/12 may be months
        if any(len(gap) > far or not (far > FAR or COMPARED.search(gap)) for gap in between):
            continue
        if not _OTHER.search(text[start : match.end() + 20]):
            ends = len(before) > 2
            sides = [
                [(c.count, n) for n in ((c.sizes[0], c.sizes[-1]) if ends else c.sizes)]
                for c in before
            ]
            yield " and ".join(c.text for c in before), list(product(*sides)), bare_p(match["p"])


def _bracket(text: str, start: int, end: int) -> int:
    """Return where the bracket opens that is not closed before the end, or else the end."""
    opened = []
    for at in range(start, end):
        if text[at] in "([":
            opened.append(at)
        elif text[at] in ")]" and opened:
            opened.pop()
    return opened[0] if opened else end


def _percents(text: str, known: _Known) -> Iterator[Compared]:
    """Give each P with the two percents before it, of which it is of as many as there are P."""
    if "%" not in text:
        return
    for sentence in SENTENCE.split(text):
        last = 0
        for match in _P.finditer(sentence):
            pairs = list(_PERCENTS.finditer(sentence, last, match.start()))
            values = [match["p"], *_MORE_P.findall(sentence[match.end() : match.end() + 12])]
            last = match.end()
            near = pairs and match.start() - pairs[-1].end() <= FAR
            if not near or len(pairs) != len(values) or _OTHER.search(sentence):
                continue
            for pair, p in zip(pairs, values, strict=True):
                if ways := known.of_percents(pair["a"], pair["b"]):
                    yield pair[0], ways, bare_p(p)


def counts_in(text: str) -> Iterator[Counted]:
    """Give the counts of a text with what each is of: 27 of 77, 27/77, 27 (35.1%)."""
    for match in _COUNT.finditer(text):
        if match["n"]:
            count, sizes = _counted(match["n"]), [whole(match["of"])]
        else:
            count = _counted(match["k"] or match["j"])
            percent = (match["p"] or match["q"]).replace("·", ".")
            sizes = list(sizes_printing(percent, count) or ())
        if sizes and count <= sizes[0] and sizes[-1] < 100_000:
            yield Counted(match.group(), count, tuple(sizes), match.start(), match.end())


def _counted(text: str) -> int:
    return whole(text) if text[0].isdigit() else numeral(text.lower()) or 0
