"""Which printed statements hold together, and with how many deaths each of them can hold."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from secondlook.figures.theme import INK, PALETTE, RULE, report_theme, type_size

if TYPE_CHECKING:
    import pandas as pd
    from plotnine import ggplot

HOLDS, FAILS = PALETTE[0], PALETTE[1]


def statements_figure(
    values: pd.DataFrame, *, wall: bool = False, size: tuple[float, float] | None = None
) -> ggplot:
    """Draw a card for each statement under each assumption: filled where the statement holds.

    Parameters
    ----------
    values
        statement, assumption (both categorical, in order), holds (boolean), shown (the number that
        the assumption gives, as text).
    wall
        Larger type, for a slide.
    size
        Width and height in inches.

    Returns
    -------
    plotnine.ggplot
    """
    from plotnine import (
        aes,
        element_blank,
        element_text,
        geom_text,
        geom_tile,
        ggplot,
        labs,
        scale_color_manual,
        scale_fill_manual,
        scale_x_discrete,
        scale_y_discrete,
        theme,
    )

    frame = values.assign(state=values["holds"].map({True: "holds", False: "fails"}))
    statements = list(frame["statement"].cat.categories)
    points = type_size(wall=wall)
    size = size or ((11.0, 5.4) if wall else (7.6, 4.2))
    return (
        ggplot(frame, aes("assumption", "statement"))
        + geom_tile(aes(fill="state", color="state"), width=0.92, height=0.82, size=0.9)
        + geom_text(aes(label="shown", color="state"), size=points, show_legend=False)
        + geom_text(
            frame[frame["holds"]],
            aes(label="shown"),
            color="white",
            size=points,
            fontweight="bold",
        )
        + scale_fill_manual({"holds": HOLDS, "fails": "white"}, guide=None)
        + scale_color_manual({"holds": HOLDS, "fails": FAILS}, guide=None)
        + scale_y_discrete(limits=statements[::-1])
        + scale_x_discrete(labels=lambda names: [textwrap.fill(name, 14) for name in names])
        + labs(x="", y="")
        + report_theme(wall=wall, size=size)
        + theme(
            panel_grid_major_y=element_blank(),
            axis_line_x=element_blank(),
            axis_ticks_major_x=element_blank(),
            axis_text_y=element_text(ha="right", size=points * 0.95),
            axis_text_x=element_text(size=points * 0.95),
        )
    )


def mark_points(plot: ggplot, points: pd.DataFrame) -> ggplot:
    """Mark printed percents on a survival figure.

    Parameters
    ----------
    plot
        From ``survival_figure``.
    points
        months, survival (proportion).

    Returns
    -------
    plotnine.ggplot
    """
    from plotnine import aes, geom_point

    return plot + geom_point(
        points,
        aes("months", "survival"),
        shape="D",
        size=3.6,
        fill="white",
        color=INK,
        stroke=1.1,
        inherit_aes=False,
    )


def deaths_figure(
    by_deaths: pd.DataFrame,
    printed: int,
    *,
    wall: bool = False,
    size: tuple[float, float] | None = None,
) -> ggplot:
    """Draw with how many deaths each statement can hold.

    Parameters
    ----------
    by_deaths
        statement, deaths, assignments, as ``EventAssignments.by_deaths``; statements in the order
        of the figure.
    printed
        The number of deaths that is printed, to be marked.
    wall, size
        As in :func:`statements_figure`.

    Returns
    -------
    plotnine.ggplot
    """
    from plotnine import (
        aes,
        annotate,
        element_blank,
        element_text,
        geom_point,
        ggplot,
        labs,
        scale_color_manual,
        scale_x_continuous,
        scale_y_discrete,
        theme,
    )

    order = list(dict.fromkeys(by_deaths["statement"]))
    frame = by_deaths.assign(
        possible=(by_deaths["assignments"] > 0).map({True: "possible", False: "impossible"})
    )
    points = type_size(wall=wall)
    size = size or ((11.0, 4.4) if wall else (7.6, 3.0))
    last = int(frame["deaths"].max())
    return (
        ggplot(frame, aes("deaths", "statement"))
        + annotate(
            "rect",
            xmin=printed - 0.5,
            xmax=printed + 0.5,
            ymin=0.4,
            ymax=len(order) + 0.6,
            fill=RULE,
        )
        + geom_point(aes(color="possible"), size=points * 0.36)
        + scale_color_manual({"possible": HOLDS, "impossible": "#D2D2D2"}, guide=None)
        + scale_y_discrete(limits=order[::-1])
        + scale_x_continuous(breaks=sorted({0, 5, printed, 15, last}), limits=(0, last))
        + labs(x=f"deaths (grey: the printed {printed})", y="")
        + report_theme(wall=wall, size=size)
        + theme(
            panel_grid_major_y=element_blank(),
            axis_text_y=element_text(ha="right", size=points * 0.95, color=INK),
        )
    )
