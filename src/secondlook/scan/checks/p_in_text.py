"""The P of two counts in a sentence: ``106 (89.8%) vs 111 (94.8%), P = 0.035``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from secondlook import printed as numbers
from secondlook.scan.cells import WHOLE, sizes_printing, whole
from secondlook.scan.checks.counts_with_p import usual
from secondlook.scan.document import Document
from secondlook.scan.findings import Finding, Level, in_text

_COUNT = re.compile(
    rf"(?<![\d.,/±-])(?:(?P<n>{WHOLE})\s?(?:/|of|out of)\s?(?P<of>{WHOLE})"
    r"(?![\d/.]|\s?(?:months?|weeks?|days?|years?|mg|m[lL])\b)|"
    rf"(?P<k>{WHOLE})\s?(?:patients|women|men|children|subjects|participants)?\s?"
    r"[(\[]\s?(?P<p>\d{1,3}(?:[.·]\d{1,2})?)\s?%\s?[)\]])"
)
_P = re.compile(r"\b[pP](?:[- ]?values?)?\s?(?P<p>[=<>≤≥]?\s?0?[.·]\d{1,6})(?!\d)")
COMPARED = re.compile(r"\bvs?\b|v/s|versus|\band\b|compared|than|against|while|whereas|[,;]", re.I)
_ENDS = re.compile(r"[a-z)\]%]\.\s+[A-Z]|;(?!\s?[pP]\b)")
_OTHER = re.compile(
    r"adjust|regress|log[- ]?rank|trend|mcnemar|paired|matched|ratio|hazard|interaction|"
    r"non-?inferior|stratif|mantel",
    re.IGNORECASE,
)
NEAR, FAR = 60, 140
"""Characters between the second count and its P, and between the two counts."""


@dataclass(frozen=True)
class Counted:
    """A count in a sentence with what it may be of."""

    text: str
    count: int
    sizes: tuple[int, ...]
    start: int
    end: int


def check_text_p_values(document: Document) -> list[Finding]:
    """Judge the P values behind two counts that a sentence compares."""
    findings = []
    for paragraph in document.paragraphs:
        for order, (first, second, p) in enumerate(_compared(paragraph.text)):
            values = [
                each
                for n, m in product(first.sizes, second.sizes)
                if first.count + second.count and n + m > first.count + second.count
                for each in usual(
                    ((first.count, second.count), (n - first.count, m - second.count))
                ).values()
            ]
            if not values:
                continue
            bounds = numbers.admits(p).either
            level: Level = "holds"
            reading = "usual tests of the counts print it, or nearly"
            if not _near(float(bounds.lower), float(bounds.upper), min(values), max(values)):
                level = "question"
                reading = "no usual test of these counts prints it; adjusted, or of other data?"
            against = " and ".join(
                f"{c.count} of {' to '.join(map(str, dict.fromkeys(c.sizes)))}"
                for c in (first, second)
            )
            recomputed = f"P {min(values):.2g} to {max(values):.2g}"
            printed = f"{first.text} and {second.text}, P {p}"
            findings.append(
                in_text(
                    "p-of-table", level, paragraph, printed, against, recomputed, reading, order
                )
            )
    return findings


def _near(low: float, high: float, least: float, most: float) -> bool:
    """Whether a printed P is within what the tests give, by a fifth of its odds."""
    return low <= 1.25 * most / (1 - most + 1.25 * most) and high >= least / (1.25 - least / 4)


def _compared(text: str) -> Iterator[tuple[Counted, Counted, str]]:
    """Give each P with the two counts before it, if a sentence compares no others."""
    values = list(_P.finditer(text))
    counts, sentences = (
        list(counts_in(text)) if values else [],
        [m.end() for m in _ENDS.finditer(text)],
    )
    last = 0
    for match in values:
        before = [c for c in counts if last <= c.start and c.end <= match.start()]
        ends = [end for end in sentences if last < end <= match.start()]
        start = ends[-1] - 1 if ends else last
        before = [c for c in before if c.start >= start]
        last = match.end()
        if len(before) != 2 or match.start() - before[1].end > NEAR:
            continue
        between = text[before[0].end : before[1].start]
        if before[0].text == before[1].text:
            continue  # 6/12 and 6/12 may be months
        if len(between) > FAR or not COMPARED.search(between):
            continue
        if not _OTHER.search(text[start : match.end() + 20]):
            p = match["p"].replace("·", ".").replace(" ", "").removeprefix("=")
            yield before[0], before[1], p


def counts_in(text: str) -> Iterator[Counted]:
    """Give the counts of a text with what each is of: 27 of 77, 27/77, 27 (35.1%)."""
    for match in _COUNT.finditer(text):
        if match["n"]:
            count, sizes = whole(match["n"]), [whole(match["of"])]
        else:
            count = whole(match["k"])
            sizes = list(sizes_printing(match["p"].replace("·", "."), count) or ())
        if sizes and count <= sizes[0] and sizes[-1] < 100_000:
            yield Counted(match.group(), count, tuple(sizes), match.start(), match.end())
