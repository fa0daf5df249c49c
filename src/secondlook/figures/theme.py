"""One look for every figure: palette, type sizes, and a white plate on light and dark pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from secondlook import inputs

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotnine as p9

PALETTE = ("#0072B2", "#C44E00", "#222222", "#6600CC")
"""Blue, vermilion, near-black, violet.

Each has a contrast of at least 4.5 to 1 against white, so that it serves for text too, and any two
stay apart (CIE Lab distance above 30) for readers with deuteranopia, protanopia or tritanopia.
"""

INK = "#222222"
RULE = "#E3E3E3"
LARGEST_SIDE = 100
PLATE = "#FFFFFF"


def type_size(*, wall: bool = False) -> float:
    """Return the base size of type in points: for a page, or for a wall at a lecture."""
    return 18.0 if inputs.flag(wall, "wall") else 12.0


def figure_size(
    size: tuple[float, float] | None, default: tuple[float, float]
) -> tuple[float, float]:
    """Return width and height of a figure in inches; the default where no size is given."""
    if size is None:
        return default
    sides = inputs.numbers(size, "size")
    if len(sides) != 2 or sides.min() <= 0 or sides.max() > LARGEST_SIDE:
        raise ValueError(
            f"size is {inputs.shown(size)}; give width and height in inches, up to "
            f"{LARGEST_SIDE}: (7, 4.5)"
        )
    return float(sides[0]), float(sides[1])


def percent_axis(levels: Sequence[float]) -> p9.scale_y_continuous:
    """Return a vertical axis from 0 to 100% for proportions, with lines at some levels."""
    import plotnine as p9

    return p9.scale_y_continuous(
        breaks=list(levels),
        labels=[f"{level:.0%}" for level in levels],
        limits=(0, 1),
        expand=(0, 0.01),
    )


def report_theme(*, wall: bool = False, size: tuple[float, float] | None = None) -> p9.theme:
    """Return the plotnine theme that all figures share.

    The plate is opaque white: a dark page shows the same figure on a card, and no line or letter
    has to be legible on two backgrounds.
    """
    import plotnine as p9

    base = type_size(wall=wall)
    return p9.theme_minimal(base_size=base) + p9.theme(
        figure_size=figure_size(size, (7.0, 4.6)),
        plot_background=p9.element_rect(fill=PLATE, color=PLATE),
        panel_background=p9.element_blank(),
        panel_grid_minor=p9.element_blank(),
        panel_grid_major_x=p9.element_blank(),
        panel_grid_major_y=p9.element_line(color=RULE, size=0.5),
        axis_line_x=p9.element_line(color=INK, size=0.6),
        axis_ticks_major_x=p9.element_line(color=INK, size=0.6),
        axis_ticks_length_major_x=base * 0.3,
        axis_text=p9.element_text(color=INK, size=base * 0.9),
        axis_title=p9.element_text(color=INK, size=base),
        plot_title=p9.element_text(color=INK, size=base * 1.1),
        legend_text=p9.element_text(color=INK, size=base * 0.95),
        text=p9.element_text(color=INK),
    )
