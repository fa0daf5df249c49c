"""The P of counts in a sentence: ``106 (89.8%) vs 111 (94.8%), P = 0.035``.

Two percents without counts, ``44% with it and 66% without (P = 0.048)``, are those of a row of a
table, or of two groups of printed sizes, if some counts of these print so.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, combinations, pairwise, permutations, product

from secondlook import printed as numbers
from secondlook.scan.cells import (
    COUNTED,
    WHOLE,
    amount,
    any_case,
    bare_p,
    numeral,
    printed_as,
    sizes_printing,
    whole,
)
from secondlook.scan.checks.methods import CLUSTERED, OF_OTHERS, ONE_SIDED, SENTENCE, Methods, words
from secondlook.scan.checks.p_of_counts.contingency import usual
from secondlook.scan.findings import NEARBY, Finding, Level, in_text, told_range
from secondlook.scan.groups import LEAST
from secondlook.scan.shares.share import Entry

_NUMBER = rf"(?:{WHOLE}|\b(?i:{COUNTED})\b)"
_COUNT = re.compile(
    rf"(?:(?<![\d.,/±-])(?<!± )|(?<=vs\.))(?:"
    rf"(?P<n>{_NUMBER})\s?(?:/|of|out of)\s?(?:the\s)?(?P<of>{WHOLE})"
    r"(?![\d/.]|\s?%|\s?(?:months?|weeks?|days?|years?|mg|m[lL])\b)|"
    rf"(?P<k>{_NUMBER})(?:\s[a-z]{{3,15}})?\s?"
    r"[(\[]\s?(?P<p>\d{1,3}(?:[.·]\d{1,2})?)\s?%\s?[)\]]|"
    rf"(?P<q>\d{{1,3}}(?:[.·]\d{{1,2}})?)\s?%\s?[(\[]\s?n\s?=\s?(?P<j>{WHOLE})\s?[)\]])"
)
_P = re.compile(r"\b[pP](?:[- ]?values?)?\s?(?P<p>[=<>≤≥]?\s?0?[.·]\d{1,6})(?!\d)")
COMPARED = any_case(r"\bvs?\b|v/s|versus|\band\b|compared|than|against|while|whereas|[,;]")
_ENDS = re.compile(r"(?<!vs)(?<=[a-z)\]%])\.\s+[A-Z\d]|(?<!\d%);(?!\s?[pP]\b)")
_DIFFER = any_case(
    r"[;\s]*(?:(?:however|therefore|thus|hence),? )?(?:there (?:was|were) |the differences? |"
    r"th(?:is|ese) (?:[a-z]+ ){1,3})[^\d;]{0,110}"
)
"""A sentence that tells of what stands before it: ``This difference was not significant (P =``."""
_OTHER = any_case(
    r"adjust|regress|log[- ]?rank|trend|mcnemar|paired|matched|ratio|hazard|interaction|"
    r"non-?inferior|stratif|mantel|mmrm|multilevel|cluster|ridit|wilcoxon|mann[- ]whitney|"
    r"(?-i:\bHR\b)"
)
_ESTIMATED = re.compile(r"\b(?:[aA]?[OHR]R|CI)\b")
_TIME = any_case(r"\b(?:day|week|month|year|visit)s?\s(?:\d{1,3} [(\[][^()\[\]]*[)\]] and )?$")
_PAIRED = any_case("mcnemar|cochran")
_SHARE = r"\d{1,3}(?:[.·]\d{1,2})?"
_AGAINST = re.compile(r",?\s?(?:vs?\.?|versus|compared (?:to|with))\s")
_PERCENT = re.compile(
    rf"(?<![\d.±–<>≤≥+-])(?<![±<>≤≥] )(?P<p>{_SHARE})(?:(?={_AGAINST.pattern}{_SHARE}\s?%)|"
    r"\s?%(?![–-]|\s?(?:CI|C\.I|conf|cred|reduc|incr|decr|lower|higher|great|impro)))"
)
_OWN_PERCENT = re.compile(r"^[^%\d]{0,14}[\d.·]+\s?%")
"""Behind ``7/21`` its percent."""
_NUMBERS = re.compile(r"\d[.·]\d|\d\s?%")
_PARTS = re.compile(r";(?!\s?$)")
_OF_MORE = any_case(r"\b(?:both|all|each) p|\d\)?,? (?:vs|versus|for|compared|both|each)\b")
"""Beside a P: it is of another pair of groups, or of several."""
_NO_COUNTS = any_case(
    r"±|\bmean|\bmedian|chang|reduc|incre|decre|improvement of|surviv|score|baseline|"
    r"estimated|probabilit|predict|IQR|\bamong\b|subgroup|\bwomen\b|\bmen\b|et al|\bwho\b|"
    r"\b(?:sessions|episodes|attacks|visits|cycles|doses|samples|eyes|lesions)\b|"
    r"\bof (?:those|these|whom)\b"
)
"""Words beside which a percent may be of something else than of all patients of a group."""
_AND_P = re.compile(r",? and \s?[pP]?\s?[=<>≤≥]")
"""Behind a P: each count has one of its own."""
_MORE_P = re.compile(r"^,? and (?:[pP]\s?=\s?)?(0?[.·]\d{1,6})")
Pair = tuple[int, int]
"""A count and what it is of."""
Compared = tuple[str, Sequence[tuple[Pair, ...]], str]
"""What is compared as printed, the counts that it may be, and its P."""
LEVEL = 0.001
"""A P of it may stand for what is smaller."""
MOST = 4
"""Groups that a sentence compares."""
NEAR, FURTHER, FAR = 60, 120, 140
"""Characters between the last count and its P, where they compare nothing else, and two counts."""


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
    findings: list[Finding] = []
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
            judged = _judged(p, ways, [v for v in tested if v], methods)
            if judged is None:
                continue
            level, reading = judged
            against = " and ".join(
                f"{' or '.join(map(str, dict.fromkeys(k for k, _ in side)))} of "
                f"{' to '.join(map(str, dict.fromkeys(n for _, n in side)))}"
                for side in zip(*ways, strict=True)
            )
            findings.append(in_text(
                "p-of-table", level, paragraph, f"{told}, P {p}", against,
                told_range(min(values), max(values), 2), reading, order,
            ))  # fmt: skip
    return findings


def _judged(
    p: str, ways: Sequence[tuple[Pair, ...]], tested: list[list[float]], methods: Methods
) -> tuple[Level, str] | None:
    """Hold a P to those of the usual tests, of all groups first, by a fifth of its odds."""
    bounds, unit = numbers.admits(p).either, float(numbers.parse(p).unit)
    smaller = p[0] not in ">≥" and amount(p.lstrip("<≤")) <= LEVEL
    low, high = 0.0 if smaller else float(bounds.lower), float(bounds.upper)
    beyond = methods.names(CLUSTERED) and low > max(tested[0])
    if methods.names(ONE_SIDED):
        tested = [[*values, min(values) / 2] for values in tested]
    if not any(_near(low, high, min(v), max(v)) for v in tested):
        paired = methods.names(_PAIRED)
        if beyond or (paired and any(len({n for _, n in way}) == 1 for way in ways)):
            return None
        return "question", "usual tests of these counts give another P; adjusted, or of other data?"
    printed = any(low - unit <= max(v) and high + unit >= min(v) for v in tested)
    if len(ways) == 1 and not printed:
        return "question", f"{NEARBY}; adjusted, or of other counts?"
    return "holds", "usual tests of the counts print it, or nearly"


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
    def _rows(self) -> dict[str, set[tuple[int, int, Pair]]]:
        """The counts behind each percent of the tables, also rounded, with their table and row."""
        found: dict[str, set[tuple[int, int, Pair]]] = defaultdict(set)
        for i, entries in enumerate(self._tables):
            for e in entries:
                size = e.of or next((n for n, _ in e.own), None)
                if size and e.holds:
                    exact = amount(e.percent.lstrip("<≤"))
                    for percent in (e.percent, f"{exact:.1f}", f"{exact + 1e-9:.0f}"):
                        found[percent].add((i, e.row, (e.count, size)))
        return found

    @cached_property
    def sizes(self) -> list[Pair]:
        """The sizes of two groups, in either order."""
        for k in range(2, MOST + 1):
            tables = self.methods.in_heads(k)
            if k > 2:
                tables = [each for each in tables if sum(each) in self.methods.groups.stated]
            if tables:
                break
        else:
            tables = [[*(self.methods.of_groups(2, roughly=False) or ())]]
        return list(dict.fromkeys(pair for each in tables for pair in permutations(each, 2)))

    def names(self, sentence: str) -> bool:
        """Whether a sentence names the groups, as the heads of the tables with sizes do."""
        named = {"group", "groups", "arm", "arms"} | self.methods.names_of_groups
        return bool(words(sentence) & named)

    def of_percents(self, first: str, second: str, *, plain: bool) -> list[tuple[Pair, Pair]]:
        """Return the counts of two percents: of one row of a table, else of two groups."""
        ones, others = (self._rows.get(percent, set()) for percent in (first, second))
        rows = {(a, b) for *at, a in ones for *there, b in others if at == there}
        if rows or not plain:
            return sorted(rows) if len(rows) == 1 else []
        ways = (product(_printing(first, one), _printing(second, two)) for one, two in self.sizes)
        return list(chain.from_iterable(ways))


def _printing(percent: str, of: int) -> list[Pair]:
    """Return the least and the largest count that is this percent of a size."""
    bounds = numbers.admits(percent).either
    ends = {max(0, math.ceil(bounds.lower * of / 100)), math.floor(bounds.upper * of / 100)}
    return [(k, of) for k in sorted(ends) if k <= of and printed_as(percent, k, of) != "differs"]


def _near(low: float, high: float, least: float, most: float) -> bool:
    """Whether a printed P is within what the tests give, by a fifth of its odds."""
    return low <= 1.25 * most / (1 - most + 1.25 * most) and high >= least / (1.25 - least / 4)


def _compared(text: str) -> Iterator[Compared]:
    """Give each P with the counts before it, of its sentence or bracket."""
    values = list(_P.finditer(text))
    if not values:
        return
    counts = list(counts_in(text))
    places = [c.start for c in counts]
    ends = [m.end() - 1 for m in _ENDS.finditer(text)]
    last = 0
    for match in values:
        starts = [last, *ends[bisect_left(ends, last) : bisect_left(ends, match.start())]]
        start = starts.pop()
        if starts and _DIFFER.fullmatch(text, start, match.start()):
            start = starts.pop()
        # A list may have a P of its own within one bracket.
        start = min(start, _bracket(text, last, match.start()))
        last = match.end()
        first, end = (bisect_left(places, at) for at in (start, match.start()))
        before = counts[first:end]
        if len(before) > 2 and before[0].count == sum(c.count for c in before[1:]):
            before = before[1:]  # of all, and then of each group
        if not 2 <= len(before) <= MOST or match.start() - before[-1].end > FURTHER:
            continue
        behind = text[before[-1].end : match.start()]
        plain = len(before) == 2 and not _NUMBERS.search(_OWN_PERCENT.sub("", behind))
        between = [text[a.end : b.start] for a, b in pairwise(before)]
        several = len(before) > 2 and len({c.sizes for c in before}) < len(before)
        if (
            (len(behind) > NEAR and not plain)
            or re.search(rf"\d{_AGAINST.pattern}\d", behind)  # after 26 vs 38 procedures
            or several  # two counts of one group
            or len({c.text for c in before}) == 1
            or _AND_P.match(text, match.end())
            or max(c.sizes[-1] for c in before) < LEAST  # 6/12 and 7/12 may be months
            or any(len(gap) > FAR or not COMPARED.search(gap) for gap in between)
            or _OTHER.search(text[start : match.end() + 20])
        ):
            continue
        of = [(c.sizes[0], c.sizes[-1]) if len(before) > 2 else c.sizes for c in before]
        sides = [[(c.count, n) for n in own] for c, own in zip(before, of, strict=True)]
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
    for sentence in SENTENCE.split(text) if "%" in text else ():
        last = 0
        if "%" not in sentence or _OTHER.search(sentence):
            continue
        for match in _P.finditer(sentence):
            part = _PARTS.split(sentence[last : match.start()])[-1]
            last = match.end()
            values = [match["p"], *_MORE_P.findall(sentence[last : last + 12])]
            told = list(_PERCENT.finditer(part))
            other = _OF_MORE.search(sentence, max(0, match.start() - 8), match.end() + 10)
            other = other or _ESTIMATED.search(part)
            if not told or len(part) - told[-1].end() > FAR or other:
                continue
            pairs = [(a, b) for a, b in pairwise(told)
                     if _AGAINST.fullmatch(part, a.end(), b.start())]  # fmt: skip
            if not pairs and len(told) == 2 and not any(counts_in(part)):
                a, b = told
                pairs = [(a, b)] if COMPARED.search(part, a.end(), b.start()) else []
            for (a, b), p in zip(pairs, values, strict=False) if len(pairs) == len(values) else ():
                plain = not _NO_COUNTS.search(sentence) and known.names(sentence)
                if ways := known.of_percents(a["p"], b["p"], plain=plain):
                    yield part[a.start() : b.end()], ways, bare_p(p)


def counts_in(text: str) -> Iterator[Counted]:
    """Give the counts of a text with what each is of: 27 of 77, 27/77, 27 (35.1%)."""
    for match in _COUNT.finditer(text):
        count = numeral(match["n"] or match["k"] or match["j"]) or 0
        percent = match["p"] or match["q"]
        fitting = sizes_printing(percent, count) if percent else (whole(match["of"]),)
        sizes: tuple[int, ...] = fitting or ()
        time = _TIME.search(text, max(0, match.start() - 120), match.start())
        if sizes and count <= sizes[0] and sizes[-1] < 100_000 and not time:
            yield Counted(match.group(), count, sizes, *match.span())
