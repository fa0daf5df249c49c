"""The sheet of a survival figure: what lies where, in inches and in lines of type."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from secondlook.figures.curve_labels import WIDTH_OF_A_LETTER
from secondlook.figures.theme import type_size

LINE_PITCH = 1.5
"""Distance between two lines of type beneath the axis, in units of the type size."""

AT_RISK = "Number at risk"


@dataclass(frozen=True)
class Sheet:
    """Inches of the figure and of its panel, type in points, and the lines beneath the axis."""

    width: float
    height: float
    type_size: float
    panel_width: float
    curve_height: float
    lines: int

    @property
    def line(self) -> float:
        """One line of type, on the scale of the probability axis."""
        return LINE_PITCH * self.type_size / 72 / self.curve_height

    @property
    def air(self) -> float:
        """Inches left of the first tick and right of the last: half a number of four digits."""
        return 2.2 * WIDTH_OF_A_LETTER * 0.9 * self.type_size / 72

    @property
    def floor(self) -> float:
        """The lower end of the panel, on the scale of the probability axis."""
        return -self.line * (self.lines + 0.4)

    def level(self, line: int) -> float:
        """Return the height of a line of type beneath the axis; line 0 has the ticks' labels."""
        return -self.line * (line + 0.75)


def lay_out(
    groups: Sequence[str], *, at_risk: bool, wall: bool, size: tuple[float, float] | None
) -> Sheet:
    """Give the curves what the labels and the rows of numbers at risk leave.

    Parameters
    ----------
    groups
        Names of the curves, which stand left of their rows.
    at_risk, wall, size
        As in ``survival_figure``.

    Raises
    ------
    ValueError
        If a figure of that size has no room for curves.
    """
    points = type_size(wall=wall)
    lines = 2 + len(groups) * at_risk
    beneath = (lines + 0.4) * LINE_PITCH * points / 72
    width, height = size or ((8.4, 3.6 + beneath) if wall else (6.4, 3.2 + beneath))
    longest = max(len(word) for word in ([AT_RISK, *groups] if at_risk else ["100%"]))
    panel_width = width - longest * 0.9 * WIDTH_OF_A_LETTER * points / 72 - 0.3
    panel_width -= 4.4 * WIDTH_OF_A_LETTER * 0.9 * points / 72
    curve_height = height - beneath - 3.0 * points / 72
    if curve_height < 1 or panel_width < 1.5:
        raise ValueError(
            f"A figure of {width} x {height} inches leaves no room for its curves: make it larger "
            "or shorten the names of the groups."
        )
    return Sheet(width, height, points, panel_width, curve_height, lines)
