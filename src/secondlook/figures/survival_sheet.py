"""The sheet of a survival figure: what lies where in inches and lines, and where names go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from secondlook.figures.theme import type_size

WIDTH_OF_A_LETTER = 0.58
"""Mean width of a letter in units of the type size; generous, so that words never collide."""


@dataclass(frozen=True)
class _Box:
    left: float
    right: float
    bottom: float
    top: float

    def meets(self, other: _Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.bottom < other.top
            and other.bottom < self.top
        )


def place_labels(
    steps: pd.DataFrame,
    *,
    width: float,
    height: float,
    type_size: float,
    limits: tuple[float, float],
) -> pd.DataFrame | None:
    """Return the centre of each curve's name: `group`, `time`, `survival`; None if one has no room.

    A place is above or below its own curve, touches no curve and no other name, and is as far as
    possible from the other curves, so that nobody can mistake whose name it is. `steps` have the
    same columns; the time axis (between `limits`) and the probability axis (from 0 to 1) take
    `width` and `height` inches on paper, and the type has so many points.
    """
    an_inch_of_time = (limits[1] - limits[0]) / width
    half_line = 0.5 * type_size / 72 / height
    curves = dict(list(steps.groupby("group", observed=True)))
    placed: dict[object, _Box] = {}
    for label, own in curves.items():
        half_word = 0.5 * len(str(label)) * WIDTH_OF_A_LETTER * type_size / 72 * an_inch_of_time
        others = [part for other, part in curves.items() if other != label]
        best, best_score = None, 1.2 * half_line
        for box in _candidates(own, half_word, 1.3 * half_line, limits):
            if any(box.meets(other) for other in placed.values()):
                continue
            if min((_clearance(box, part) for part in [own, *others]), default=1.0) <= 0:
                continue
            score = min((_clearance(box, part) for part in others), default=1.0)
            if score > best_score:
                best, best_score = box, score
        if best is None:
            return None
        placed[label] = best
    return pd.DataFrame(
        {
            "group": pd.Categorical(list(placed), categories=steps["group"].cat.categories),
            "time": [(box.left + box.right) / 2 for box in placed.values()],
            "survival": [(box.bottom + box.top) / 2 for box in placed.values()],
        }
    )


def _candidates(
    own: pd.DataFrame, half_word: float, half_line: float, limits: tuple[float, float]
) -> list[_Box]:
    """Boxes just above and just below the curve, along its length."""
    end = min(float(own["time"].max()), limits[1] - half_word)
    gap = 0.9 * half_line
    boxes = []
    for centre in np.linspace(limits[0] + half_word, end, 40):
        left, right = centre - half_word, centre + half_word
        above = _survival_at(own, left) + gap
        below = _survival_at(own, right) - gap
        boxes.append(_Box(left, right, above, above + 2 * half_line))
        boxes.append(_Box(left, right, below - 2 * half_line, below))
    return [b for b in boxes if b.bottom >= 0.01 and b.top <= 1.02 and b.left >= limits[0]]


def _survival_at(curve: pd.DataFrame, time: float) -> float:
    position = int(np.searchsorted(curve["time"].to_numpy(), time, side="right")) - 1
    return float(curve["survival"].iloc[max(position, 0)])


def _clearance(box: _Box, curve: pd.DataFrame) -> float:
    """Vertical distance from the box to the curve over the box's width; at most zero if it meets.

    Where the curve has ended there is nothing to keep clear of.
    """
    if box.left > float(curve["time"].max()):
        return 1.0
    high, low = _survival_at(curve, box.left), _survival_at(curve, box.right)
    return max(box.bottom - high, low - box.top)


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


def lay_out(groups: Sequence[str], *, wall: bool, size: tuple[float, float] | None) -> Sheet:
    """Give the curves what their names, left of the rows of numbers at risk, and the rows leave."""
    points = type_size(wall=wall)
    lines = 2 + len(groups)
    beneath = (lines + 0.4) * LINE_PITCH * points / 72
    width, height = size or ((8.4, 3.6 + beneath) if wall else (6.4, 3.2 + beneath))
    longest = max(len(word) for word in [AT_RISK, *groups])
    panel_width = width - longest * 0.9 * WIDTH_OF_A_LETTER * points / 72 - 0.3
    panel_width -= 4.4 * WIDTH_OF_A_LETTER * 0.9 * points / 72
    curve_height = height - beneath - 3.0 * points / 72
    if curve_height < 1 or panel_width < 1.5:
        raise ValueError(
            f"A figure of {width} x {height} inches leaves no room for its curves: make it larger "
            "or shorten the names of the groups."
        )
    return Sheet(width, height, points, panel_width, curve_height, lines)
