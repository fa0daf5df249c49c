"""A finding: what a check says of one printed number, and the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal

from secondlook.scan.document import Paragraph

Level = Literal["fails", "question", "holds"]
LEVELS: tuple[Level, ...] = ("fails", "question", "holds")
SMALLEST_P = 1e-6
"""Of smaller ones nobody reads the digits."""
OF_COLUMN = "of the column"
"""A question that ends so is of the column, and not of the cell alone."""
A_UNIT = "at most one unit of the last digit"
CUT_ALONE = "its digits are cut, and others are rounded"
TO_HUNDRED = "moved so that the percents of its variable add to 100?"
"""A question with one of these asks of no more than how a number was rounded."""
NEARBY, NEAR_LIMITS = "near the P of a usual test", "near the P that the limits give"
"""A question that begins so asks of a P that an adjusted or a rarer test may give."""
ONLY_ABSTRACT = "only the abstract prints"
"""A question that begins so asks of a number that a figure may show."""


@dataclass(frozen=True)
class Finding:
    """What a check says of one printed number.

    Attributes
    ----------
    check
        The name of the check, as in the table of `secondlook.scan.checks`.
    level
        ``fails``: no ordinary reading saves it; ``question``: a reading that is not printed would;
        ``holds``.
    table, row, column
        Which table of the document and where in its grid after spans are expanded, all from 0;
        None in text.
    part
        The how-many-th statement of the cell, from 0.
    place
        In words.
    printed, against
        The text, and the numbers that it was held against.
    recomputed
        What these give.
    reading
        How the numbers were read.
    """

    check: str
    level: Level
    table: int | None
    row: int | None
    column: int | None
    part: int
    place: str
    printed: str
    against: str
    recomputed: str
    reading: str

    @property
    def slight(self) -> bool:
        """Whether it asks of no more than rounding, a P near those of the tests, or an omission."""
        said = (A_UNIT, CUT_ALONE, TO_HUNDRED, NEARBY, NEAR_LIMITS, ONLY_ABSTRACT)
        return self.level == "question" and any(each in self.reading for each in said)

    def as_dict(self) -> dict[str, object]:
        """Return the finding as one row."""
        return asdict(self)


def in_text(
    check: str, level: Level, paragraph: Paragraph, printed: str, against: str, recomputed: str,
    reading: str, part: int,
) -> Finding:  # fmt: skip
    """Return what a check says of the how-many-th statement of a paragraph."""
    told = printed, against, recomputed, reading
    return Finding(check, level, None, None, None, part, paragraph.place, *told)


def told_range(low: float, high: float, digits: int = 3) -> str:
    """Write down the P between two; of very small ones only that they are."""
    if high < SMALLEST_P:
        return f"P <{SMALLEST_P:f}"
    first, last = f"{low:.{digits}g}", f"{high:.{digits}g}"
    return f"P {first} to {last}" if first != last else f"P {first}"


def in_order(findings: Iterable[Finding], paragraphs: Iterable[Paragraph] = ()) -> list[Finding]:
    """Sort: what does not hold, what is asked, what holds; within, as in the paper.

    Slight questions stand behind the others.
    """
    order: dict[str, int] = {}
    for paragraph in paragraphs:
        order.setdefault(paragraph.place, len(order))

    def key(f: Finding) -> tuple[Any, ...]:
        at = f.table is None, f.table or 0, f.row or 0, f.column or 0, order.get(f.place, 0), f.part
        return LEVELS.index(f.level), f.slight, *at, f.check, f.place, f.printed

    return sorted(findings, key=key)
