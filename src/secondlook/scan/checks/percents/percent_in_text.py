"""A count and its percent in a sentence, held against the denominator that the sentence names.

``7/21 (33%)`` and ``seven of the 21 patients (33%)`` name their own, ``Of the 21 patients, 7 (33%)
died`` names that of its clause. Where none is named, what no whole number of patients gives is
accused, and also what needs more of them than the article prints anywhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import chain, combinations

from secondlook import printed as numbers
from secondlook.scan.cells import (
    COUNTED,
    DECIMAL,
    REAL,
    WHOLE,
    Share,
    any_case,
    apart,
    nearly_of_any,
    numeral,
    printed_as,
    shares,
    sizes_printing,
    spanned,
    value,
    whole,
    without_zeros,
)
from secondlook.scan.document import Document, Paragraph, grouped
from secondlook.scan.findings import A_UNIT, TO_HUNDRED, Finding, Level, in_text
from secondlook.scan.groups import Groups
from secondlook.scan.layout import sizes

_RATE = any_case(
    r"\b(?:event )?rates? of\b|\bincidence\b|\bprobabilit|\bat least\b|\bbut\s$|"
    r"\b(?:mean|average)\b[^.,;\d]{0,60}$"
)
"""Before a percent: it may be estimated with censoring, be a threshold, or be of all but these."""
_OTHERWISE = any_case(
    r"\b(?:weighted|kaplan|meier|actuarial|"
    r"cumulative|adjusted|imputed|imputation|standardi[sz]ed|survival|modell?ed|event[- ]free|"
    r"freedom from|(?:[RPDE]FS|OS) rates?|"
    r"person[- ]?(?:\w+[- ])?(?:years?|months?|weeks?|days?)|extrapolated|"
    r"CVs?|coefficients? of variation|(?:inter|intra)-?assay)\b"
)
"""As these say on either side of it."""
_MODELLED = any_case(
    r"\b(?:percentages?|proportions?|rates?|episodes?)\b[^.]{0,120}"
    r"(?:\bGEE\b|generali[sz]ed estimating)"
)
"""An article with this prints percents that are estimated for patients who have several."""
_CENSORED = any_case(r"\bhazard|\bHR ?[=:\[(,]|\blog[- ]?rank|\bkaplan|\bcensor")
"""In its sentence or the next: its rate may be estimated with censoring, beside the counts."""
_HEDGED = any_case(
    r"(?:\b(?:over|above|exceed\w*|nearly|almost|about|around|approximately|roughly|up to|at most|"
    r"below|under|(?:more|greater|higher|less|fewer|lower) than|close to)|[<>≤≥~≈])\s?$"
)
"""Directly before a percent that is a bound, or near it, and no rounding of the fraction."""
_NO_SHARE = re.compile(r"% (?:\w+ )?(?:groups?|arms?|solutions?|to|than)\b")
"""A percent that names a group, as in the 4% group (26/36), or a change: 3.3% to none."""
_RATES = (1_000, 10_000, 100_000)
"""Of so many a rate is told."""
_YEARS = range(1500, 2101)
"""Two of which may be told with a slash: in 1844/1847, 52%."""
_WITH_N = re.compile(r"%.*\bn ?=")
"""32% (n = 89)."""
_NAMED = any_case(
    r"(?:\b(?:grades?|stages?|types?|status|class(?:es)?|phase)\s(?:\d (?:and|or) )?|\*\s?)$"
)
"""Before a number that names something: type 2 diabetes, status 0 or 1, the allele *2."""
PEOPLE = (
    r"(?:patients|subjects|participants|women|men|children|infants|cases|controls|individuals|"
    r"persons|people|adults|girls|boys|mothers|students|respondents|males|females|neonates|"
    r"volunteers|families|eyes|knees|hips|tumou?rs|lesions|samples)\b"
)
N = rf"(?:\b{WHOLE}|\b(?:{COUNTED})\b)"
_COUNT = (
    r"(?<![\d.,/·^±<>≤≥=+-])(?<![\d/·^±<>≤≥=+-] )(?<!hundred )(?<!hundred and )(?<!ty[- ])"
    rf"(?P<n>{N})"
)
_PERCENT = rf"(?P<p>{REAL}) ?(?P<pc>%)(?! ?(?:CI|C\.I|confidence|credible))"
_WORDS = "(?: [a-z-]{2,20})"
_FROM = "(?:of|out of)(?: (?:the|all|these|our|remaining|a total of)){0,2}"
_UNIT = r"(?:m[glm]|[µμk]g|g|IU|mmHg|years?|months?|weeks?|days?|hours?)\b"
_OF = rf"(?: ?/ ?|{_WORDS}? {_FROM} )(?P<N>{N})(?![.,]?\d| ?{_UNIT})"
_ENDS = (
    r"(?= ?(?:[)\],;.]|$|(?:vs?|versus|and|in|for|compared|of (?!whom|which|these|those|them))\b))"
    rf"(?! ?(?:vs?|versus|and|or)\.? ?{REAL} ?%| of [^.;%]{{1,60}} and {REAL} ?% of\b)"
)
_NO_COUNT = (
    r"(?:years?|months?|weeks?|days?|hours?|min|minutes?|m[gl]|kg|points?|items?|times?|fold|scores?|"
    r"hundred|thousand|million|thirds?|quarters?|groups?|stud(?:y|ies)|trials?|arms?|age|injections?|"
    r"to|than|from|until|at|by|per|and|or|in|percent|logs?)\b"
)
"""Words that do not stand between a number of patients and its percent."""
_TOLD = tuple(
    any_case(pattern)
    for pattern in (
        # seven of the 21 patients (33%); 7/21 patients [33%]; 7 out of 21, 33%, were
        rf"{_COUNT}{_OF}{_WORDS}{{0,3}} ?[(\[] ?(?:or |i\.e\.,? |= ?)?{_PERCENT} ?[)\],;]",
        rf"{_COUNT}{_OF}{_WORDS}{{0,3}} ?(?:[,;:=]|,? or|, i\.e\.,?) ?{_PERCENT}{_ENDS}",
        # 33% (7 of 21 patients; 33%; 7/21
        rf"{_PERCENT}{_WORDS}{{0,2}} ?[(\[,;:=] ?(?:[nN/]{{0,3}} ?= ?)?"
        rf"(?P<n>{N}){_OF}{_WORDS}{{0,2}} ?[,;.)\]]",
        # seven (33%) of the 21 patients
        rf"{_COUNT}{_WORDS}? ?[(\[] ?{_PERCENT} ?[)\]]{_WORDS}? {_FROM} (?P<N>{N})"
        rf"(?![.,]?\d| ?%| ?{_UNIT}| (?:to|or)\b)",
        # seven patients (33%); 81 patients were women (55.7%); 113 Gram-negative bacteria (84.3%)
        rf"{_COUNT}(?: (?!{_NO_COUNT})[a-z-]{{2,20}}){{1,2}}(?: (?:were|was) [a-z-]{{2,20}})? ?"
        rf"[(\[] ?{_PERCENT} ?[)\]](?P<N>)",
        # Ninety-four percent were not married (259/573)
        rf"\b(?P<p>{REAL}|{COUNTED}) ?(?P<pc>%|per ?cent){_WORDS}{{0,5}} ?[(\[] ?"
        rf"(?P<n>{WHOLE}) ?/ ?(?P<N>{WHOLE}) ?[)\]]",
        # (n = 7; 33%), n = 7 (33%), (33%; n = 7)
        rf"\bn ?= ?(?P<n>{WHOLE}) ?(?:[,;:] ?|[(\[] ?|(?<= )){_PERCENT}(?P<N>)",
        rf"(?<![<>≤≥\d.·]){_PERCENT} ?[,;] ?n ?= ?(?P<n>{WHOLE})(?![.,]?\d| ?/)(?P<N>)",
        # 7/21, 33% of whom; (7/21) 33%; 33%, 7/21 patients
        rf"{_COUNT} ?/ ?(?P<N>{WHOLE})(?: ?[,;:=]|[)\]]) ?{_PERCENT}"
        rf"(?! ?(?:vs?|versus|and|or)\.? ?{REAL} ?%)",
        rf"(?<![(\[\d.·]){_PERCENT},? ?[(\[]?(?P<n>{WHOLE}) ?/ ?(?P<N>{WHOLE})(?! ?/|[.,]?\d)",
    )
)
_AMONG = any_case(r"\b(?<!total )(?:of|among|from)(?: these| those| the| whom)? $")
_COUNTED = any_case(rf"\b{PEOPLE} ?[(\[]")
_COUNTS = any_case(rf" ?(?:(?!(?:and|or)\b)[a-z-]{{1,15}} ){{0,2}}{PEOPLE}")
"""What follows a count with a percent that says what is counted."""
_PAIR = re.compile(rf"(?<![\d.,/])({WHOLE})/({WHOLE})(?![\d/]|[.,]\d)")
_WHOLE = re.compile(rf"(?<![\d.,·]){WHOLE}(?![\d]|[.,·]\d)")
_NO_PERCENT = re.compile(rf"{_WHOLE.pattern}(?! ?%)")
_COMPARED = any_case(r"\b(?:vs|versus|compared|than|whom|which|groups?|arms?)\b|;")
SENTENCE = re.compile(r"(?<=[a-z)\]%\d][.;]) (?=[A-Z])")
_OF_ALL = any_case(
    rf"\b(?:of|among)(?: the| these| all| our| a total of){{0,3}} ({WHOLE}|(?:{COUNTED})\b) "
    r"(?!of\b|to\b|and\b|or\b|years?\b|months?\b|weeks?\b|days?\b|hours?\b|min|mg\b|%|per)[a-z]"
)
_UP_TO = re.compile(r"[.;,]\s|[(\[]|\d")
_COUNTING = re.compile(
    r"(?:^|[,;:.(] |\b(?:and|or|only|in|with|remaining|other|were|was|the|had) )$"
)
"""Before a count of which nothing says what it counts."""
ELSEWHERE = any_case(r"\b(?:introduction|background|discussion|comment|conclusions?)\b")
"""The sections that tell of other studies."""
AROUND = 300
"""Characters on either side that are searched as its sentence and the next."""
MOST_OFF = 5
"""Points that a percent that is said to be over or about another is off."""
MOST_SHARES = 500
"""Shares of an article with which others are compared."""
MOST_LISTED = 7
"""Counts with a percent that are taken as a list."""
LARGEST = 1_000
"""Patients, beyond whom those of a database are counted and not those of a trial."""
MOST_NAMED = 20
"""Sizes of one sentence that are remembered."""


@dataclass(kw_only=True)
class _Told(Share):
    """A share of a paragraph, with the sizes that its sentence names before it.

    `sentence` is where that begins.
    """

    paragraph: Paragraph
    order: int
    named: tuple[int, ...]
    sentence: int

    @cached_property
    def of_another_kind(self) -> bool:
        """Whether the words beside it say that it is no plain share."""
        text, at = self.paragraph.text, self.start
        before, after = text[max(0, at - 80) : at], text[at : at + 80]
        words = before + after
        if _WITH_N.search(self.text):  # the n may be of whom the rate of the sentence is
            words += SENTENCE.split(text[:at])[-1]
        around = text[max(self.sentence, at - AROUND) : at + AROUND]
        censored = _CENSORED.search(" ".join(SENTENCE.split(around, 2)[:2]))
        return bool(_RATE.search(before) or _OTHERWISE.search(words) or self.hedged or censored)

    @property
    def hedged(self) -> bool:
        """Whether it is said to be over, nearly or about this percent."""
        at = self.start + max(0, self.text.find(self.percent))
        return bool(_HEDGED.search(self.paragraph.text[max(0, at - 20) : at]))

    @property
    def of_neighbours(self) -> bool:
        """Whether its fraction is another percent beside it, or a count before it its percent.

        As in 74%, 70/94; 69%, 63/91 and in 112 grade 1 or 2 out of 158, 70.9%: only what stands in
        brackets is surely of the number before them.
        """
        text, before = self.paragraph.text, max(0, self.start - 40)
        if re.search(r"[(\[]", text[max(0, self.start - 1) : self.end]):
            return False
        percents = re.findall(rf"({REAL}) ?%", text[before : self.end + 40].replace("·", "."))
        counts = map(whole, _WHOLE.findall(text[before : self.start]))
        pairs = [*((p, self.count) for p in percents), *((self.percent, n) for n in counts)]
        return any(printed_as(p, n, self.over or 0) != "differs" for p, n in pairs)

    @property
    def points_off(self) -> Fraction:
        """How many points lie between the percent and that of the count."""
        return abs(value(self.percent) - Fraction(100 * self.count, self.over or 1))

    @property
    def counts_people(self) -> bool:
        """Whether it or the next word says what it counts: 7 (33%) patients."""
        if self.swapped or "(" not in self.text:
            return False
        behind = self.paragraph.text[self.end :][:60]
        return bool(_COUNTED.search(self.text) or _COUNTS.match(behind))

    @property
    def plain(self) -> bool:
        """Whether it is a count of this study with its percent in brackets, or behind ``n =``."""
        before = self.paragraph.text[max(0, self.start - 12) : self.start]
        worded = re.search(r"[a-z]{3}|n ?= ?\d", self.text)
        bare = "(" in self.text and not self.swapped and _COUNTING.search(before)
        return not self.other and bool(self.counts_people or worded or bare)

    @property
    def other(self) -> bool:
        """Whether it may be a percent of another kind, or of another study."""
        return self.of_another_kind or bool(ELSEWHERE.search(self.paragraph.section))

    @property
    def behind(self) -> str:
        """What the sentence says behind it, up to the next number."""
        return _UP_TO.split(self.paragraph.text[self.end : self.end + 80], maxsplit=1)[0]

    def near(self, of: int) -> bool:
        """Whether its count is this percent of a size but for a tenth."""
        share = Fraction(100 * self.count, of)
        off = abs(share - value(self.percent))
        return 10 * off <= share or off <= numbers.parse(self.percent).unit

    def nearest(self, of: set[int]) -> int | None:
        """Return the size of which its count is nearly this percent, if there is one."""
        shown = 100 * self.count / max(float(value(self.percent)), 0.01)
        size = min(of, key=lambda n: abs(n - shown), default=0)
        return size if size and self.near(size) else None

    def shares(self, span: tuple[int, int] | None) -> bool:
        """Whether it may be of the same number of patients."""
        own = self.span
        return bool(span and own and max(span[0], own[0]) <= min(span[1], own[1]))

    @property
    def padded_of_any(self) -> bool:
        """Whether some size gives it with fewer decimals, to which a zero was added."""
        return "." in self.percent and bool(sizes_printing(without_zeros(self.percent), self.count))

    @property
    def remains(self) -> bool:
        """Whether it is what others of its sentence leave of 100, and off by no more than they are.

        Of one other it is a slip in both.
        """
        begin, end = max(self.sentence, self.start - AROUND), self.start + AROUND
        sentence = next(iter(SENTENCE.split(self.paragraph.text[begin:end])), "")
        told = re.findall(rf"(?<![\d.])({DECIMAL}) ?%", sentence)
        others = [p for p in told if value(p) != value(self.percent)][:MOST_LISTED]
        some = chain.from_iterable(combinations(others, k) for k in (2, 3))
        return any(self.is_left_by(each, self.over or 1) for each in some)

    def beside(self, other: _Told) -> bool:
        """Whether one sentence part counts both, and compares no groups: 25 women and 15 men."""
        first, second = sorted((self, other), key=lambda each: each.start)
        between = self.paragraph.text[first.end : second.start]
        apart = abs(Fraction(100 * (f := first.count), f + second.count) - value(first.percent))
        return len(between) <= 40 and apart <= 2 and not _COMPARED.search(between)

    @property
    def holds_before(self) -> int | None:
        """The last number before it in its paragraph of which the percent is."""
        before = _WHOLE.findall(self.paragraph.text[: self.start])
        return next(filter(self.fits, map(whole, reversed(before))), None)

    def finding(self, level: Level, against: list[int], reading: str) -> Finding:
        """Return what is said of it."""
        recomputed = "; ".join(map(self.exactly, against[:3]))
        return in_text(
            "percent", level, self.paragraph, self.text, ", ".join(map(str, against)),
            recomputed, reading, self.order,
        )  # fmt: skip


def check_text_percents(document: Document, groups: Groups) -> list[Finding]:
    """Judge the counts with a percent of the text."""
    told = [told for paragraph in document.paragraphs for told in _told(paragraph)]
    return [*_of_printed(told, document), *_of_named(told, document, groups)]


def _told(paragraph: Paragraph) -> Iterator[_Told]:
    """Find each count with a percent of a paragraph, once."""
    start, order = 0, 0
    for sentence in SENTENCE.split(paragraph.text):
        plain = list(shares(sentence))
        with_size = (s for s in plain if s.over is not None)
        found = apart((*with_size, *_in_words(sentence), *plain))
        of_all = _OF_ALL.finditer(sentence) if found else ()
        named_sizes = [(m.end(), n) for m in of_all if (n := numeral(m[1]))]
        for share in found:
            if share.sign and not _NAMED.search(sentence, max(0, share.start - 40), share.start):
                before = (n for end, n in named_sizes[:MOST_NAMED] if end <= share.start)
                named = tuple(n for n in before if n >= share.count)
                here = vars(share) | {"start": start + share.start}
                yield _Told(**here, paragraph=paragraph, order=order, named=named, sentence=start)
            order += 1
        start += len(sentence) + 1


def _in_words(sentence: str) -> Iterator[Share]:
    for pattern in _TOLD if "%" in sentence or "cent" in sentence else ():
        for match in pattern.finditer(sentence):
            count, of = (numeral(match[group].replace(",", "")) for group in ("n", "N"))
            if count is None:
                continue
            percent = match["p"].replace("·", ".")
            if percent[0].isalpha():
                percent = str(numeral(percent))
            yield Share(match.group(), count, percent, True, of, start=match.start())


def _is_share(share: _Told, pairs: Counter[tuple[int, int]]) -> bool:
    """Whether 7/21 (33%) is a count of a number, and no grade 3/4, pressure or pair of doses."""
    of = share.over
    if not of:
        return False
    plain = " of " in share.text or (share.swapped and of > 5)  # 33% (7/21)
    if share.count > of and not plain:
        return False
    differs = share.prints(of) == "differs"
    if differs and pairs[share.count, of] >= 3:
        return False
    if differs and (of <= 5 or of in _RATES or _NO_SHARE.search(share.text)):
        return False  # about a third, or of five categories
    if differs and not plain and share.count in _YEARS and of in _YEARS:
        return False
    return plain or share.points_off <= 15 or of >= 20


def _of_printed(told: list[_Told], document: Document) -> Iterator[Finding]:
    """Judge those that print their denominator."""
    if not any(t.over for t in told):
        return
    modelled = _MODELLED.search(document.text)
    pairs = Counter((whole(a), whole(b)) for a, b in _PAIR.findall(document.text))
    fit = [t for t in told if t.over and t.fits(t.over)]
    pairs.subtract((t.count, t.over or 0) for t in fit if "/" in t.text)
    stated = [t for t in told if _is_share(t, pairs)]
    fitting = {(t.over, t.swapped) for t in fit}
    apart = Counter((t.over, t.swapped) for t in stated if t.points_off > 10)
    for each in stated:
        of = each.over or 0
        shorter = re.sub(r"(?<=\.\d)0+$", "", each.percent)  # 0.50, of 0.485
        how = {printed_as(percent, each.count, of) for percent in (each.percent, shorter)}
        level: Level = "holds"
        reading = "reproduced" if "reproduced" in how else "its digits cut"
        if how == {"differs"}:
            level = "question"
            if (each.hedged and each.points_off <= MOST_OFF) or each.of_neighbours:
                continue
            if each.padded(of):
                reading = "rounded to a whole percent, and a zero added?"
            elif each.units_off(of) <= 1:
                reading = f"{A_UNIT} from {each.count} of {of}"
            elif each.of_another_kind:
                reading = "a percent of another kind?"
            elif (kind := (of, each.swapped)) not in fitting and (
                apart[kind] > 1 or each.count > of
            ):
                reading = f"no percent of {of} is near its count: thresholds, not shares?"
            elif each.remains:
                reading = TO_HUNDRED
            elif (other := each.holds_before) is not None:
                reading = f"holds of {other}, which the paragraph says before"
            elif modelled:
                reading = "a percent of another kind?"
            else:
                level, reading = "fails", "not the percent of the fraction printed with it"
        yield each.finding(level, [of], reading)


def _of_named(told: list[_Told], document: Document, groups: Groups) -> Iterator[Finding]:
    """Judge those without one: by what the sentence names, or else by all numbers printed."""
    told = [each for each in told if each.over is None and each.count]
    if not told:
        return
    texts = [p.text for p in document.paragraphs]
    cells = [cell.text for t in document.tables for row in t.grid for cell in row if cell.first]
    others = [t.caption for t in document.tables] + [n for t in document.tables for n in t.notes]
    printed = {whole(n) for text in (*texts, *cells, *others) for n in _WHOLE.findall(text)}
    in_tables = {(s.count, s.percent) for text in cells for s in shares(text.replace("\n", " "))}
    near = told[:MOST_SHARES]
    listed = grouped(told, lambda each: (each.paragraph.place, each.sentence))
    for each in told:
        if (each.count, each.percent) in in_tables:
            continue
        if _AMONG.search(each.paragraph.text[max(0, each.start - 20) : each.start]):
            continue  # of these 7, 33% died; 4 eggs from 7 follicles (57%)
        here = listed[each.paragraph.place, each.sentence]
        found = _of_names(each, near, printed, groups) or _of_others(each, here, groups.stated)
        if found is not None:
            yield found


def _of_names(each: _Told, near: list[_Told], printed: set[int], groups: Groups) -> Finding | None:
    """Judge one by the sizes that its sentence or a group has, or else by all numbers printed."""
    span = each.span
    if fitting := list(filter(each.fits, each.named)):
        return each.finding("holds", fitting[-1:], "of what the sentence names")
    against, largest = list(each.named[-1:]), max(printed, default=0)
    possible = range(span[0], min(span[1], largest) + 1) if span is not None else range(0)
    group = set() if each.other else groups.sizes_named(each.behind)
    level: Level = "question"
    if any(map(each.fits, group)):
        return None
    if against and span is not None and each.near(against[0]):
        here = set(map(whole, _WHOLE.findall(each.paragraph.text)))
        if (here | groups.stated).intersection(possible):
            return None
    elif (size := each.nearest(group)) and not set(sizes(each.paragraph.text)) & set(possible):
        alike = [t for t in near if t.shares(span) and t.text != each.text]
        alike = [t for t in alike if not any(map(t.fits, group))]
        if any(groups.sizes_named(t.behind) == group for t in alike):
            return None
        of = spanned(span) if span else "no whole number of patients"
        reading = f"it is of {of}; the group that is named has {size}"
        return each.finding("question", [size], reading)
    elif printed.intersection(possible) or not (each.counts_people or each.plain):
        return None
    beside = (n for n in {*each.named, *group} if each.units_off(n) <= 1)
    if span is None and (unit_off := next(beside, 0)):
        against, reading = [unit_off], f"{A_UNIT} from {each.count} of {unit_off}"
    elif span is None:
        reading = "no whole number of patients gives it"
        sure = each.counts_people and not nearly_of_any(each.percent, each.count)
        level = "fails" if sure else "question"
    elif against and (each.counts_people or each.near(against[0])):
        level = "fails" if each.counts_people and span[0] > max(each.named) else "question"
        reading = f"it is of {spanned(span)}; the sentence names {against[0]}"
    elif (
        each.plain
        and not group  # or it is of a part of it
        and span[0] <= LARGEST
        and not each.behind.startswith(" of ")
        and groups.stated
        and "." in each.percent
        and span[1] - span[0] <= max(3, span[0] // 16)
        and not any(t.shares(span) and t.percent != each.percent for t in near)
    ):
        reading = f"it is of {spanned(span)}, which the article does not print"
    else:
        return None
    if level == "fails" and (each.of_another_kind or each.padded_of_any):
        level, reading = "question", f"{reading}; rounded, or of another kind?"
    return each.finding(level, against, reading)


def _of_others(each: _Told, here: list[_Told], stated: set[int]) -> Finding | None:
    """Ask of one of a sentence, whose others are of their sum with it or of a size stated."""
    if each.other or not 2 <= len(here) <= MOST_SHARES:
        return None
    if any(map(each.fits, _numbers(each.paragraph.text) | stated)):
        return None
    at = here.index(each)
    lists = [
        here[first:end]
        for first in range(max(0, at - MOST_LISTED), at + 1)
        for end in range(max(at + 1, first + 2), min(len(here), first + MOST_LISTED) + 1)
    ]
    wholes = [([sum(t.count for t in listed)], listed) for listed in lists]
    wholes += [([*stated], here)] if len(here) > 2 else []
    for possible, listed in sorted(wholes, key=lambda told: -len(told[1])):
        others = [t for t in listed if t is not each]
        spans = [t.span or (0, 0) for t in others]
        low, high = max(a for a, _ in spans), min(b for _, b in spans)
        if each.shares((low, high)) or (len(listed) == 2 and not each.beside(others[0])):
            continue
        for size in possible:
            if low <= size <= high <= low + max(2, size // 8) and each.near(size):
                reading = f"its sentence lists it beside percents of {size}"
                return each.finding("question", [size], reading)
    return None


@lru_cache(maxsize=8)
def _numbers(text: str) -> frozenset[int]:
    """Return the whole numbers of a paragraph, but for percents."""
    return frozenset(map(whole, _NO_PERCENT.findall(text)))
