"""A P of more than one or of less than none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from secondlook.scan.cells import p_value, with_exponents
from secondlook.scan.document import Document
from secondlook.scan.findings import Finding, in_text
from secondlook.scan.layout import Layout

_NO_P = re.compile(
    r"(?<![βγ] )\b[pP](?:[- ]values?)?\s?(?:>\s?1(?:\.0{1,3})?|=\s?(?:(?!1\.0+\b)[1-9]\d?\.\d{1,4}|"
    r"0\d{1,4}(?=[\s),;\]]|$)|-\s?0?\.\d{1,4}))(?![\d.,]*\s?[×x*%eE\d/^±])"
)
"""A P of more than one or of less than none: p = 2.51, p = 039, P = -0.427."""
_ABOVE_ONE = re.compile(
    r"(?:[pP]\s?)?[=<>]?\s?(?:0\d{1,4}|[2-9]|\d{2,4}|[1-9]\d?\.\d{1,4})[*†‡§]{0,3}"
)
LEAST_P = 5
"""P values of a column beside which a number above 1 may be one that lost its point."""


def check_impossible_p(document: Document, layouts: Sequence[Layout]) -> list[Finding]:
    """Find a P of more than one or of less than none."""
    reading = "a P is between 0 and 1; is its point misplaced, or is it no P?"
    found = [
        in_text("statistic", "question", paragraph, match.group(), "1", "", reading, part)
        for paragraph in (*document.paragraphs, *document.footnotes)
        for part, match in enumerate(_NO_P.finditer(with_exponents(paragraph.text)))
    ]
    cells = [(layout, *each) for layout in layouts for each in layout.cells()]
    told = [(layout, r, c, match[0]) for layout, r, c, cell in cells
            for match in _NO_P.finditer(with_exponents(cell.line))]  # fmt: skip
    others = [(layout, *each) for layout in layouts for each in _among_p_values(layout)]
    told += [one for one in others if _ABOVE_ONE.fullmatch(one[3]) and not _NO_P.search(one[3])]
    for layout, r, c, text in told:
        found.append(layout.finding("statistic", "question", r, c, text, "1", "", reading))
    return found


def _among_p_values(layout: Layout) -> Iterator[tuple[int, int, str]]:
    """Yield what is no P value in a column of which nearly all is one."""
    for c in layout.p_columns:
        cells = [(r, row[c]) for r, row in enumerate(layout.grid) if r >= layout.head]
        told = [(r, x.line.strip()) for r, x in cells if x.first and re.search(r"\d", x.text)]
        other = [(r, text) for r, text in told if p_value(text) is None]
        if len(told) > LEAST_P and len(other) <= max(1, len(told) // 10):
            yield from ((r, c, text) for r, text in other)
