"""The sheet of a survival figure: what lies where in inches and lines, and where names go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from secondlook.figures.theme import figure_size, type_size
from secondlook.inputs import FloatArray

WIDTH_OF_A_LETTER = 0.58
"""Mean width of a letter in units of the type size; generous, so that words never collide."""


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
    first, last = limits
    line = type_size / 72 / height
    curves = {
        label: (part["time"].to_numpy(), part["survival"].to_numpy())
        for label, part in steps.groupby("group", observed=True)
    }
    placed: list[tuple[float, float, float, float]] = []
    for label, own in curves.items():
        word = len(str(label)) * WIDTH_OF_A_LETTER * type_size / 72 * (last - first) / width
        end = min(float(own[0].max()), last - word / 2)
        left = np.repeat(np.linspace(first + word / 2, end, 40), 2) - word / 2
        right, above = left + word, np.arange(80) % 2 == 0
        bottom = np.where(above, _at(own, left), _at(own, right) - 2.47 * line) + 0.585 * line
        top = bottom + 1.3 * line
        # Where a curve has ended there is nothing to keep clear of.
        clear = {
            other: np.where(
                left > curve[0].max(),
                1.0,
                np.maximum(bottom - _at(curve, left), _at(curve, right) - top),
            )
            for other, curve in curves.items()
        }
        fits = (bottom >= 0.01) & (top <= 1.02) & (left >= first - 1e-9 * (last - first))
        for from_, to, low, high in placed:
            fits &= (right <= from_) | (to <= left) | (top <= low) | (high <= bottom)
        nearest = np.min([np.ones(80), *(clear[c] for c in curves if c != label)], axis=0)
        # Of places that are equally far but for rounding, the first.
        score = np.where(fits, nearest, 0.0).round(9)
        best = int(score.argmax())
        if score[best] <= 0.6 * line:
            return None
        placed.append((left[best], right[best], bottom[best], top[best]))
    return pd.DataFrame(
        {
            "group": pd.Categorical(list(curves), categories=steps["group"].cat.categories),
            "time": [(left + right) / 2 for left, right, _, _ in placed],
            "survival": [(bottom + top) / 2 for _, _, bottom, top in placed],
        }
    )


def _at(curve: tuple[FloatArray, FloatArray], times: FloatArray) -> FloatArray:
    """Return the survival of a curve, its times and heights, at given times."""
    position = np.searchsorted(curve[0], times, side="right") - 1
    heights: FloatArray = curve[1][np.maximum(position, 0)]
    return heights


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
    width, height = figure_size(size, (8.4, 3.6 + beneath) if wall else (6.4, 3.2 + beneath))
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
