"""An eta squared held against the F before it."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from secondlook import printed as numbers
from secondlook.scan.cells import DECIMAL, p_bounds
from secondlook.scan.checks.statistics.statistic_notation import last_f
from secondlook.scan.document import Document, Paragraph
from secondlook.scan.findings import Finding, in_text

_ETA = re.compile(
    r"(?P<name>(?:[Pp]artial )?(?:[ηƞ]|\b[Ee]ta)[-_ ]?p?(?:artial)?\s?(?:\^?2|²|squared)(?:_?p)?)"
    rf"\s?=\s?(?P<eta>{DECIMAL})"
)
FARTHEST = 120
"""Characters before an eta squared in which its F stands."""
ALIKE = 3
"""Eta squared that are as partial ones, before all others of an article are held to be so."""
GIVEN = "F and its degrees of freedom give it"
OF_ANOTHER = "F and its degrees of freedom give another; is it of another effect, or test?"


def check_eta_squared(document: Document) -> list[Finding]:
    """Hold an eta squared against the F before it: partial ones are F df1 / (F df1 + df2).

    Others are smaller, unless most of an article are as partial ones.
    """
    told = (
        _held(paragraph, part, match)
        for paragraph in document.paragraphs
        for part, match in enumerate(_ETA.finditer(paragraph.text))
    )
    found = [finding for finding in told if finding]
    if sum(f.reading == GIVEN for f in found) > max(ALIKE, len(found) * 2 // 3):  # all are partial
        another = [replace(f, level="question", reading=OF_ANOTHER) for f in found]
        found = [f if f.reading == GIVEN else a for f, a in zip(found, another, strict=True)]
    return found


def _held(paragraph: Paragraph, part: int, match: re.Match[str]) -> Finding | None:
    """Hold one eta squared against the F before it; None without an F, and of one in percent."""
    test = last_f(paragraph.text[max(0, match.start() - FARTHEST) : match.start()])
    unit = float(numbers.parse(match["eta"]).unit)
    least, most = p_bounds(match["eta"])
    if test is None or unit < 1 < least:
        return None
    f, (df1, df2) = numbers.parse(test.value), map(Fraction, test.df)
    ends = max(Fraction(0), f.value - f.unit / 2), f.value + f.unit / 2
    low, high = (float(end / (end + df2 / df1)) for end in ends)
    partial = re.search("p", match["name"].lower().removesuffix("squared"))
    fewer = low > most + unit
    other = least - unit > high or (fewer and partial)
    reading = OF_ANOTHER if other else f"{GIVEN}, or more" if fewer else GIVEN
    return in_text(
        "statistic", "question" if other else "holds", paragraph, f"{test.text}, {match[0]}",
        match["eta"], f"{low:.3f} to {high:.3f}", reading, part,
    )  # fmt: skip
