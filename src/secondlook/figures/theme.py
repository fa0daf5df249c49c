"""One look for every figure: palette, type sizes, and a white plate on light and dark pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plotnine import scale_y_continuous, theme

PALETTE = ("#0072B2", "#C44E00", "#222222", "#6600CC")
"""Blue, vermilion, near-black, violet.

Each has a contrast of at least 4.5 to 1 against white, so that it serves for text too, and any two
stay apart (CIE Lab distance above 30) for readers with deuteranopia, protanopia or tritanopia.
"""

INK = "#222222"
RULE = "#E3E3E3"
PLATE = "#FFFFFF"


def type_size(*, wall: bool = False) -> float:
    """Return the base size of type in points: for a page, or for a wall at a lecture."""
    return 18.0 if wall else 12.0


def percent_axis(levels: Sequence[float]) -> scale_y_continuous:
    """Return a vertical axis from 0 to 100% for proportions, with lines at some levels."""
    from plotnine import scale_y_continuous

    return scale_y_continuous(
        breaks=list(levels),
        labels=[f"{level:.0%}" for level in levels],
        limits=(0, 1),
        expand=(0, 0.01),
    )


def report_theme(*, wall: bool = False, size: tuple[float, float] = (7.0, 4.6)) -> theme:
    """Return the theme that all figures share.

    The plate is opaque white: a dark page shows the same figure on a card, and no line or letter
    has to be legible on two backgrounds.

    Parameters
    ----------
    wall
        Larger type, for a slide that is read from the last row.
    size
        Width and height of the whole figure in inches.

    Returns
    -------
    theme
        A plotnine theme, to be added to a plot.
    """
    from plotnine import (
        element_blank,
        element_line,
        element_rect,
        element_text,
        theme,
        theme_minimal,
    )

    base = type_size(wall=wall)
    return theme_minimal(base_size=base) + theme(
        figure_size=size,
        plot_background=element_rect(fill=PLATE, color=PLATE),
        panel_background=element_blank(),
        panel_grid_minor=element_blank(),
        panel_grid_major_x=element_blank(),
        panel_grid_major_y=element_line(color=RULE, size=0.5),
        axis_line_x=element_line(color=INK, size=0.6),
        axis_ticks_major_x=element_line(color=INK, size=0.6),
        axis_ticks_length_major_x=base * 0.3,
        axis_text=element_text(color=INK, size=base * 0.9),
        axis_title=element_text(color=INK, size=base),
        plot_title=element_text(color=INK, size=base * 1.1),
        legend_text=element_text(color=INK, size=base * 0.95),
        text=element_text(color=INK),
    )
