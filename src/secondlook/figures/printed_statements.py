"""What printed statements allow: which hold together, with how many deaths, and in which band."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from secondlook import inputs
from secondlook.figures.theme import (
    INK,
    PALETTE,
    RULE,
    figure_size,
    percent_axis,
    report_theme,
    type_size,
)

if TYPE_CHECKING:
    import plotnine as p9

HOLDS, FAILS = PALETTE[0], PALETTE[1]


def statements_figure(
    values: pd.DataFrame, *, wall: bool = False, size: tuple[float, float] | None = None
) -> p9.ggplot:
    """Draw a card for each statement under each assumption: filled where the statement holds.

    Parameters
    ----------
    values
        statement, assumption (both categorical, in order), holds (boolean), shown (the number that
        the assumption gives, as text).
    """
    import plotnine as p9

    values = inputs.read_frame(values, ["statement", "assumption", "holds", "shown"])
    for name in ("statement", "assumption"):
        if not isinstance(values[name].dtype, pd.CategoricalDtype):
            raise ValueError(f"column {name!r} must be categorical, in the order of the figure")
    if values["holds"].dtype != bool:
        raise ValueError("column 'holds' must hold True and False alone")
    frame = values.assign(state=values["holds"].map({True: "holds", False: "fails"}))
    statements = list(frame["statement"].cat.categories)
    points = type_size(wall=wall)
    size = figure_size(size, (11.0, 5.4) if wall else (4.8, 4.6))
    return (
        p9.ggplot(frame, p9.aes("assumption", "statement"))
        + p9.geom_tile(p9.aes(fill="state", color="state"), width=0.92, height=0.82, size=0.9)
        + p9.geom_text(p9.aes(label="shown", color="state"), size=points, show_legend=False)
        + p9.geom_text(
            frame[frame["holds"]],
            p9.aes(label="shown"),
            color="white",
            size=points,
            fontweight="bold",
        )
        + p9.scale_fill_manual({"holds": HOLDS, "fails": "white"}, guide=None)
        + p9.scale_color_manual({"holds": HOLDS, "fails": FAILS}, guide=None)
        + p9.scale_y_discrete(limits=statements[::-1], labels=_lines(wall))
        + p9.scale_x_discrete(labels=_lines(False))
        + p9.labs(x="", y="")
        + report_theme(wall=wall, size=size)
        + p9.theme(
            panel_grid_major_y=p9.element_blank(),
            axis_line_x=p9.element_blank(),
            axis_ticks_major_x=p9.element_blank(),
            axis_text_y=p9.element_text(ha="right", size=points * 0.95),
            axis_text_x=p9.element_text(size=points * 0.95),
        )
    )


def _lines(wall: bool) -> Callable[[Sequence[str]], list[str]]:
    """Break names into lines, short ones where the figure must be read on a phone."""
    return lambda names: [textwrap.fill(name, 40 if wall else 14) for name in names]


def mark_points(plot: p9.ggplot, points: pd.DataFrame) -> p9.ggplot:
    """Mark printed percents on a survival figure, at `months` and `survival` (a proportion)."""
    import plotnine as p9

    inputs.instance_of(plot, p9.ggplot, "plot")
    points = inputs.read_frame(points, (), numeric=["months", "survival"], known=["months"])
    return plot + p9.geom_point(
        points,
        p9.aes("months", "survival"),
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
) -> p9.ggplot:
    """Draw with how many deaths each statement can hold.

    Parameters
    ----------
    by_deaths
        statement, deaths, assignments, as ``EventAssignments.by_deaths``; statements in the order
        of the figure.
    printed
        The number of deaths that is printed, to be marked.
    """
    import plotnine as p9

    by_deaths = inputs.read_frame(
        by_deaths,
        ["statement", "deaths"],
        numeric=["assignments"],
        known=["statement", "assignments"],
    )
    last = int(inputs.not_negative(by_deaths["deaths"], "deaths").max(initial=0))
    printed = inputs.whole_number(printed, "printed")
    order = list(dict.fromkeys(by_deaths["statement"]))
    frame = by_deaths.assign(
        possible=(by_deaths["assignments"] > 0).map({True: "possible", False: "impossible"})
    )
    points = type_size(wall=wall)
    size = figure_size(size, (11.0, 4.4) if wall else (4.8, 4.8))
    return (
        p9.ggplot(frame, p9.aes("deaths", "statement"))
        + p9.annotate(
            "rect",
            xmin=printed - 0.5,
            xmax=printed + 0.5,
            ymin=0.4,
            ymax=len(order) + 0.6,
            fill=RULE,
        )
        + p9.geom_point(p9.aes(color="possible"), size=points * 0.36)
        + p9.scale_color_manual({"possible": HOLDS, "impossible": "#D2D2D2"}, guide=None)
        + p9.scale_y_discrete(limits=order[::-1], labels=_lines(wall))
        + p9.scale_x_continuous(breaks=sorted({0, 5, printed, 15, last}), limits=(0, last))
        + p9.labs(x=f"deaths (grey: the printed {printed})", y="")
        + report_theme(wall=wall, size=size)
        + p9.theme(
            panel_grid_major_y=p9.element_blank(),
            axis_text_y=p9.element_text(ha="right", size=points * 0.95, color=INK),
        )
    )


def step_frame(envelope: pd.DataFrame, low: str, high: str) -> pd.DataFrame:
    """Turn readings at ascending times after 0, proportions in two columns, into a band.

    Survival does not rise: between two readings it lies between the highest value at the earlier
    and the lowest value at the later one. The corners (time, lowest, highest) begin at 0 with
    survival 1.
    """
    envelope = inputs.read_frame(envelope, ["time", low, high])
    times = np.concatenate([[0.0], inputs.check_times(envelope["time"], "time")])
    if not (np.diff(times) >= 0).all():
        raise ValueError("time must ascend: sort the rows of the envelope")
    lowest = np.concatenate([[1.0], inputs.numbers(envelope[low], low)])
    highest = np.concatenate([[1.0], inputs.numbers(envelope[high], high)])
    corners = np.repeat(times, 2)[1:]
    return pd.DataFrame(
        {
            "time": corners[:-1],
            # From each reading on the lowest curve may already be where the next reading finds it.
            "lowest": np.repeat(lowest[1:], 2),
            "highest": np.repeat(highest[:-1], 2),
        }
    )


def envelope_figure(
    envelope: pd.DataFrame,
    points: pd.DataFrame,
    *,
    ticks: Sequence[float],
    time_unit: str = "Months",
    outcome: str = "Survival",
    wall: bool = False,
) -> p9.ggplot:
    """Draw the band of all admissible curves, of their limits, and the printed values.

    Parameters
    ----------
    envelope
        time, survival_lowest, survival_highest (proportions), and lower_lowest and upper_highest if
        the limits are to be drawn.
    points
        What is printed: months, survival, lower, upper (proportions; missing where not printed).
    """
    import plotnine as p9

    inputs.instance_of(time_unit, str, "time_unit")
    inputs.instance_of(outcome, str, "outcome")
    held = ["months", "survival", "lower", "upper"]
    points = inputs.read_frame(points, (), numeric=held, known=["months"])
    axis = inputs.not_negative(ticks, "ticks")
    if not axis.any():
        raise ValueError("ticks has no time after 0")
    band = step_frame(envelope, "survival_lowest", "survival_highest")
    end = max(axis.max(), band["time"].max(), points["months"].max() if len(points) else 0)
    points_size = type_size(wall=wall)
    figure = p9.ggplot()
    if "lower_lowest" in inputs.read_frame(envelope, ()):
        limits = step_frame(envelope, "lower_lowest", "upper_highest")
        figure += p9.geom_ribbon(
            limits, p9.aes("time", ymin="lowest", ymax="highest"), fill=PALETTE[0], alpha=0.12
        )
    return (
        figure
        + p9.geom_ribbon(
            band,
            p9.aes("time", ymin="lowest", ymax="highest"),
            fill=PALETTE[0],
            color=PALETTE[0],
            alpha=0.55,
            size=0.6,
        )
        + p9.geom_errorbar(
            points,
            p9.aes("months", ymin="lower", ymax="upper"),
            color=PALETTE[1],
            width=end / 40,
            size=0.09 * points_size,
            na_rm=True,  # not every survival is printed with limits
        )
        + p9.geom_point(
            points,
            p9.aes("months", "survival"),
            shape="D",
            size=0.3 * points_size,
            fill="white",
            color=INK,
            stroke=1.1,
        )
        + p9.scale_x_continuous(breaks=axis.tolist(), limits=(0, 1.03 * end), expand=(0.01, 0))
        + percent_axis([0, 0.25, 0.5, 0.75, 1])
        + p9.labs(x=time_unit, y=outcome)
        + report_theme(wall=wall, size=(9.6, 4.9) if wall else (6.4, 3.9))
    )
