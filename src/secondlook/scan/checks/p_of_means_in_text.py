"""The P of a sentence that gives two means: ``12 ± 3 in one group and 14 ± 4, P = 0.2``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from secondlook.scan.cells import DECIMAL, any_case, p_value, with_exponents
from secondlook.scan.checks.compared_means import SUBGROUP, Compared, comparable, of_sizes_between
from secondlook.scan.checks.mean import MeanSD
from secondlook.scan.checks.methods import ANOVA, CROSSED, OF_OTHERS, SENTENCE, Methods
from secondlook.scan.checks.p_of_means import CHANGED, tolerance, why_asked
from secondlook.scan.findings import Finding, in_text

_THEN = any_case(
    r"^(?:(?!\band\b)[^\d,;]){0,30}\bto $|"
    r"\b(?:baseline|before|after|pre|post|follow-?up|final|end)\b"
)
"""Between two means of one group: 12 ± 3 at baseline to 14 ± 4."""
_GROUP = any_case(r"\b(?:groups?|arms?|controls?|placebo)\b")
_OTHER_GROUP = any_case(r"\b(?:than|between|compared \w+(?! (?:the )?(?:base|before|pre)))\b")
_IN_TEXT = re.compile(
    rf"(?<![\d.±/:])(?P<mean>-?{DECIMAL})\s?[a-zA-Z%/]{{0,9}}\s?"
    rf"(?:±\s?|,?\s?[(\[]?\s?(?:SD|s\.d\.)\s?[=:]?\s?)(?P<sd>{DECIMAL})(?P<percent>\s?%)?"
)
_STATISTIC = re.compile(r"\b[tF]\s?[(\[]\s?\d")
_SURVIVAL = any_case(r"surviv|cumulative|incidence|actuarial|-free")
"""Percents of this have an SE, and a P that is none of means."""
_P_IN_TEXT = re.compile(
    rf"\b[pP](?:\s?-?\s?values?)?\s?(?:was |of )?(?P<p>[=<>≤≥]\s?{DECIMAL}(?:[eE]-?\d{{1,3}})?)"
)
_DIFFER = re.compile(r"^(?:The|This|These|There|No|It)\b.*\b(?:differ|significan)")
"""A sentence that begins so tells of what the last one gave."""
FARTHEST = 80
"""Characters between a mean of a sentence and its P; twice as many without a digit."""
WIDEST = 4
"""How many times the least size the largest may be for a sentence to be of one between them."""


def check_p_of_means_in_text(methods: Methods) -> Iterator[Finding]:
    """Judge the P of the sentences that give two means before it."""
    for paragraph in methods.paragraphs:
        if OF_OTHERS.search(paragraph.section):
            continue
        text = with_exponents(paragraph.text).replace("vs.", "vs ")
        if "±" not in text and "SD" not in text:
            continue
        parts = (one for one in _sentences(text) if not SUBGROUP.search(one))
        rows = [each for one in parts for each in _of_sentence(one, methods)]
        for part, row in enumerate(rows):
            if row.beyond(tolerance(row, methods), True):
                yield in_text(
                    "mean", "question", paragraph, f"{row.printed}; P {row.text}", row.text,
                    row.recomputed, why_asked(row, False), part,
                )  # fmt: skip


def _sentences(text: str) -> Iterator[str]:
    """Give the sentences, with the next where that alone tells the P: The difference was ..."""
    for one, following in pairwise([*SENTENCE.split(text), ""]):
        p = None if _P_IN_TEXT.search(one) else _P_IN_TEXT.search(following)
        before = following[: p.start()] if p else ""
        beside = _DIFFER.search(before) and not re.search(r"\d", before)
        yield f"{one}. {following}" if beside else one


def _of_sentence(sentence: str, methods: Methods) -> Iterator[Compared]:
    """Find each P of a sentence that has two means before it."""
    told = list(_IN_TEXT.finditer(sentence))
    start = 0
    for match in _P_IN_TEXT.finditer(sentence):
        means_told = [m for m in told if start <= m.start() and m.end() <= match.start()]
        own, start = sentence[start : match.end()], match.end()
        text = p_value(match["p"].replace(" ", ""))
        most = 3 if methods.names(ANOVA) else 2
        if not (2 <= len(means_told) <= most and text):
            continue
        behind = sentence[means_told[-1].end() : match.start()]
        if len(behind) > (FARTHEST if re.search(r"\d", behind) else 2 * FARTHEST):
            continue
        if _STATISTIC.search(own) or ("%" in own and _SURVIVAL.search(sentence)):
            continue  # a statistic is held against its P itself
        percents = [bool(m["percent"]) for m in means_told]
        if percents != sorted(percents):
            continue  # -4.5 ± 6.2%, -4.07 ± 6.01 kg
        groups = [MeanSD(m[0], m["mean"], m["sd"], 0, 0, i, True) for i, m in enumerate(means_told)]
        bounds = methods.of_groups(len(groups), own)
        between = sentence[means_told[0].end() : means_told[1].start()]
        changed = CHANGED.search(sentence[: match.end()]) and not _of_two(own, between, methods)
        paired = methods.names(CROSSED) or bool(_THEN.search(between) or changed)
        known = bounds and bounds[1] <= WIDEST * bounds[0]
        if bounds and known and comparable(groups) and not (paired and len(groups) > 2):
            groups = of_sizes_between(groups, bounds)
            ways = methods.spreads(own)
            yield Compared(0, text, groups, ways, paired, own=sentence, in_text=True)


def _of_two(told: str, between: str, methods: Methods) -> bool:
    """Whether words with two means name two groups: between them, or with what compares them."""
    if _GROUP.search(between) or methods.groups.named_in(between):
        return True
    groups = max(len(methods.groups.named_in(told)), len(_GROUP.findall(told)))
    return groups > 1 and bool(_OTHER_GROUP.search(told))
