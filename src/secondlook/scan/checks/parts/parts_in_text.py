"""Parts that a sentence lists, against the whole that it names.

``Ten patients dropped out: 6, 2 and 3`` lists eleven. What is listed may overlap, or leave someone
out, so that this is a question; it is asked only of people, samples or events, where the parts
nearly make the whole. A number that names a group or a time, or has a unit, is no part. Parts with
percents are of what these are percents of: ``of 142, 127 (89%) did and 16 (11%) did not``.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator
from itertools import accumulate, chain, pairwise, takewhile
from operator import ne

from secondlook.scan.cells import COUNTED, WHOLE, any_case, numeral
from secondlook.scan.checks import methods
from secondlook.scan.checks.percents.percent_in_text import ELSEWHERE, PEOPLE, SENTENCE, N
from secondlook.scan.document import Document
from secondlook.scan.findings import Finding, Level, in_text
from secondlook.scan.layout import EVENTS

_UNIT = (
    r"(?:%|per ?cent|(?:year|month|week|day|hour|minute|second|min|visit)s?\b|h\b|"
    r"(?:[mkµμ]|mc)?g\b|[mµμ]l\b|[mc]m\b|m?mol\b|IU\b|mmHg\b|Gy\b|MET\b|"
    r"(?:dose|tablet|cycle)s?\b|points?\b|times\b|fold\b|units?\b|steps\b|groups?\b|"
    r"each\b|or\b|of\b|out of\b)"
)
_NAMES = r"(?:group|arm|phase|stage|grade|class|week|day|month|hour|visit|year|table|cohort|site)"
_NAMED = any_case(
    rf"\b(?:{_NAMES}|stratum|fig\.|figure|cent(?:re|er)|time|(?-i:[A-Z]{{5,9}}))"
    r" ?(?:no\. ?|number )?#? ?$|"
    rf"\b(?:{_NAMES}(?:es|s)|strata) (?:#?{N}, )*(?:#?{N},? (?:and|or|to|&|vs\.?|versus) )?#?$"
)
"""Before a number that names one: in group 1, at weeks 4, 8 and 12."""
_WHOLE = any_case(
    r" ?(?:\([^()]*\) ?)?(?:(?!(?:of|in|on|for|from|to|with|by|at|and|or|than)\b)[a-z-]+ ){0,4}?"
    rf"(?:{PEOPLE}|{methods.PEOPLE}\b|deaths\b|(?!visits?\b)(?:{EVENTS.pattern}))|"
    r" (?:were|had|have|died|received|completed|withdrew|dropped|discontinued|(?:in)?eligible)\b"
)
"""Behind the number of a whole: people, samples or events, or what only people did."""
_NO_PART = r"(?<![\d.,/·^±<>≤≥=–-])(?<![\d/±<>≤≥=–-] )"
_WORDS = r"(?: [^\W\d][\w'’/+-]{0,24}(?: ?[(\[][^()\[\]]{0,40}%[^()\[\]]{0,40}[)\]])?){1,9}"
"""Some words, a percent in brackets behind any."""
_TOTALS = (
    # 52 patients had side effects, i.e.,; 17 had received it (
    any_case(
        rf"{_NO_PART}(?:(?<!of )(?<!of the )|(?<=total of ))(?P<T>{N})(?! ?{_UNIT})"
        rf"(?: ?\([^()]*\))?{_WORDS},? ?"
        r"(?:(?P<s>\()|:|, i\.e\.,?|, namely|;)"
    ),
    # Of the 180 patients,
    any_case(
        rf"\b(?:Of|Among)(?: the| these| those| all){{0,2}} (?P<T>{N})(?! ?{_UNIT})"
        rf"(?: ?\([^()]*\))?{_WORDS}(?P<s>,)"
    ),
)
_GROUP = any_case(r"\b(?:groups?|arms?)\b")
_PART = any_case(
    rf"{_NO_PART}(?<!\b[a-z] )(?<!the )(?<!than )(?<!at least )(?<!at most )(?<!received )"
    rf"(?P<n>{N})(?![\w/^)]|[–-]\w|[.,·]\d| ?(?:to|–|-|/) ?\d| ?{_UNIT}|"
    rf"(?:,|,? and) {N} (?:year|month|week|day|hour|minute)s?\b|"
    r"(?: (?!in\b|of\b)[a-z-]+){1,2} (?:groups|arms)\b)"
)
_OF_GROUP = any_case(r"\bof (?=(?:the )?(?:[\w-]+ ){0,3}?(?:groups?|arms?)\b)")
"""Behind a part: 9 of group I and 7 of group II."""
_ARM = any_case(rf"(?<!cluster)(?<!clusters)[(\[ ]n ?= ?(?P<n>{WHOLE})(?=\s?[)\],;])")
_ASSIGNS = any_case(
    r"\b(?<!not )(?:randomi[sz]|allocat|assign|divided|grouped)|"
    rf"\bin(?:to)? (?:the )?(?:{COUNTED}|\d) (?:[a-z]+ )?(?:groups|arms|cohorts)\b"
)
_WITH_PERCENT = any_case(
    rf"{_NO_PART}(?P<n>{N})(?: [a-z-]+){{0,2}} ?[(\[](?P<p>\d{{1,2}}(?:[.·]\d{{1,2}})?) ?%[)\]]"
)
_LISTS = re.compile(r"[:;(]|, i\.e\.|, namely|\b(?:Of|Among) ")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\]]*\]")
_ENDS = re.compile(r"\b(?:with|median|mean|leaving)\b|[:;] (?=[A-Z])")
_NAMES_NO_NUMBER = re.compile(r"\b(?:the (?:last|other|remaining|rest)|each|others?|at least)\b")
_NOT_ALL = re.compile(rf"{_NAMES_NO_NUMBER.pattern}|\b(?:complet|screen|both|required)|\d/\d")
LEAST, LONGEST, NEAR, FAR, MOST = 4, 800, 60, 100, 9
"""Patients of a whole that is looked for, letters in which its parts are listed, or both sexes, or
a part and its group; groups."""
_COUNTS = tuple(
    any_case(
        rf"{_NO_PART}(?P<n>{N})(?: ?\([^()]*\))? (?:were |was )?{sex}\b|"
        rf"\b{sex}(?: ?[=:]| ?[(\[,]? ?n ?=) ?(?P<k>{WHOLE})(?![\d.,]*[\d%]| ?[%–-])"
    )
    for sex in ("(?:males?|men|boys)", "(?:females?|women|girls)")
)
_OPENED = re.compile(
    rf"(?:{_NO_PART}(?P<n>{N})(?! ?{_UNIT})(?: [a-z-]+){{0,5}} ?[(\[]|"
    rf"\b[nN] ?= ?(?P<k>{WHOLE})[,;:]? ?[(\[]?)$"
)
_CLOSED = re.compile(r"[a-z ]{0,20}[)\]]")
_PEOPLE = any_case(rf"{_NO_PART}(?P<n>{N})(?! ?{_UNIT})")


_Parts = tuple[int, str, list[int], tuple[float, float], str]
"""A whole, its words, its parts; what share of it they may lack or exceed to be asked, and how."""
OVER, NEARLY, SURELY = (0.0, 0.1), (0.1, 0.1), (0.25, 0.35)


def check_text_parts(document: Document) -> list[Finding]:
    """Hold what sentences list to the whole that they name."""
    findings: list[Finding] = []
    for paragraph in document.paragraphs:
        if not ELSEWHERE.search(paragraph.section):
            found = chain.from_iterable(map(_of_sentence, SENTENCE.split(paragraph.text)))
            for order, (level, told) in enumerate(found):
                findings.append(in_text("parts", level, paragraph, *told, order))
    return findings


def _of_sentence(sentence: str) -> Iterator[tuple[Level, tuple[str, str, str, str]]]:
    """Say whether parts make a whole; ask if nearly, and the sentence does not print their sum."""
    kinds = _lists, _sexes, _arms, _groups, _percents
    told: dict[tuple[int, tuple[int, ...]], _Parts] = {}
    for found in chain.from_iterable(kind(sentence) for kind in kinds):
        told.setdefault((found[0], tuple(found[2])), found)
    for total, printed, parts, shares, reading in told.values():
        each, added = " + ".join(map(str, parts)), sum(parts)
        if total in accumulate(parts):
            yield "holds", (printed, each, str(total), "what is listed makes the whole")
            continue
        share = shares[added > total]
        if (
            share
            and max(parts) < total >= LEAST
            and abs(added - total) <= max(1, int(share * total))
            and added not in {_number(m["n"]) for m in _PEOPLE.finditer(sentence)}
        ):
            yield "question", (printed, each, str(added), reading)


def _lists(sentence: str) -> Iterator[_Parts]:
    """Give what a sentence lists: ``ten dropped out: 6, 2 and 3``."""
    listed = _LISTS.search(sentence) is not None
    for shares, pattern in zip((NEARLY, OVER), _TOTALS, strict=True):
        for match in pattern.finditer(sentence) if listed else ():
            tail = _OF_GROUP.sub("in ", sentence[match.end() :][:LONGEST])
            tail = _BRACKETS.sub(" ", tail)
            if match["s"] == "(":
                tail = tail.partition(")")[0]
            tail = _ENDS.split(tail)[0]
            told = [_number(m["n"]) for m in _parts(tail)]
            printed = re.split(r"[:(;]| i\.e\.", sentence[match.start() : match.end()])[0].strip()
            total, people = _number(match["T"]), _WHOLE.match(sentence, match.end("T"))
            several = len(told) > 1 and not _NAMES_NO_NUMBER.search(tail)
            overlap = "both" in sentence or sum(told) == 2 * max(told, default=0)
            overlap = overlap and sum(told) != total  # 4 in both, or of others
            if people and several and not overlap:
                yield total, printed, told, shares, "what is listed makes another sum"


def _sexes(sentence: str) -> Iterator[_Parts]:
    """Give men and women; of those whom they list, ``504 (328 women, 126 men)``, nobody is left."""
    found = sorted(
        ((m.start(), m.end(), m.start(m.lastgroup or 0), _number(m[m.lastgroup or 0]), sex)
         for sex, pattern in enumerate(_COUNTS) for m in pattern.finditer(sentence))
    )  # fmt: skip
    for (start, until, at, first, sex), (begin, end, where, last, other) in pairwise(found):
        if sex == other or begin - until > NEAR:
            continue
        people = _people(sentence) if len(found) == 2 else ()
        wholes = {n: (said, OVER) for n, said, place in people if place not in {at, where}}
        opened = _OPENED.search(sentence, max(0, start - 2 * NEAR), start)
        if opened and _CLOSED.match(sentence, end):
            size = opened[opened.lastgroup or 0]
            wholes[_number(size)] = size, SURELY
        for n, (said, shares) in wholes.items():
            yield n, said, [first, last], shares, "the men and women are not as many as that"


def _arms(sentence: str) -> Iterator[_Parts]:
    """Give the arms: ``75 patients were assigned to A (n = 37) or B (n = 36)``."""
    arms = list(_ARM.finditer(sentence))
    until = arms[0].start() if len(arms) > 1 else 0
    wholes = [(n, said) for n, said, at in _people(sentence[:until])
              if _ASSIGNS.search(sentence, at, until)]  # fmt: skip
    for n, said in wholes[-1:]:
        told = [_number(arm["n"]) for arm in arms]
        yield n, said, told, SURELY, "the arms are not as many as that"


def _groups(sentence: str) -> Iterator[_Parts]:
    """Give what is counted in each group: ``of 52 patients, 29 of one arm and 23 of the other``."""
    if len(_GROUP.findall(sentence)) < 2 or _NOT_ALL.search(sentence):
        return
    bare = _BRACKETS.sub(lambda match: " " * len(match[0]), sentence)
    told = [m for m in _parts(bare) if not bare.endswith("of ", 0, m.start())]
    starts = [m.start() for m in told]
    ends = [*starts[1:], len(bare)]
    in_groups = [
        _number(m["n"]) if _GROUP.search(bare, m.end(), min(end, m.end() + FAR)) else 0
        for m, end in zip(told, ends, strict=False)
    ]
    for n, said, at in _people(bare):
        first = bisect(starts, at)
        parts = list(takewhile(bool, in_groups[first : first + MOST]))
        if len(parts) > 1 and not _GROUP.search(bare, at, told[first].start()):
            one, other = str(n), str(sum(parts))
            slip = len(one) == len(other) > 1 == sum(map(ne, one, other))
            shares = SURELY if slip else NEARLY
            yield n, said, parts, shares, "those of the groups are not as many as that"


def _percents(sentence: str) -> Iterator[_Parts]:
    """Give parts whose percents make 100, unless one as small as their rounding is not listed."""
    parts = list(_WITH_PERCENT.finditer(sentence))
    told = [_number(part["n"]) for part in parts]
    percents = [float(part["p"].replace("·", ".")) for part in parts]
    slack, rest = 0.5 * len(parts), 100 - sum(percents)
    for whole in _PEOPLE.finditer(sentence, 0, parts[0].start() if len(parts) > 1 else 0):
        total = _number(whole["n"])
        shares = [100 * n / total if total else 0.0 for n in told]
        near = all(abs(share - p) <= 1 for share, p in zip(shares, percents, strict=True))
        if abs(rest) <= slack and near and not 0 < 100 - sum(shares) <= rest + slack:
            yield total, whole["n"], told, NEARLY, "parts whose percents make 100 make another sum"
            return


def _parts(text: str) -> Iterator[re.Match[str]]:
    """Give the numbers that may be parts, and name nothing."""
    for m in _PART.finditer(text):
        if not _NAMED.search(text, max(0, m.start() - 40), m.start()):
            yield m


def _people(text: str) -> Iterator[tuple[int, str, int]]:
    """Give the numbers of people that a text names, with their words and where they stand."""
    for m in _PEOPLE.finditer(text):
        if named := _WHOLE.match(text, m.end()):
            yield _number(m["n"]), m["n"] + named[0], m.start()


def _number(text: str) -> int:
    return numeral(text.replace(",", "")) or 0
