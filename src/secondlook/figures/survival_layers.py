"""The layers of a survival figure, each drawn from its part of the tidy frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from secondlook.figures.curve_labels import place_labels
from secondlook.figures.sheet import AT_RISK, Sheet
from secondlook.figures.survival_frame import step_outline
from secondlook.figures.theme import INK, PALETTE, RULE, report_theme

if TYPE_CHECKING:
    from plotnine import ggplot

LEVELS = (0.0, 0.25, 0.5, 0.75, 1.0)


def draw_curves(frame: pd.DataFrame, sheet: Sheet, *, band: bool, weight: float) -> ggplot:
    """Draw level lines, bands, steps and censor marks, in this order."""
    from plotnine import aes, geom_point, geom_ribbon, geom_segment, geom_step, ggplot

    steps = frame[frame["layer"] == "step"]
    first, last = _span(frame)
    levels = pd.DataFrame({"y": LEVELS, "first": first, "last": last})
    plot = ggplot() + geom_segment(
        aes("first", "y", xend="last", yend="y"), levels, color=RULE, size=0.5 * weight
    )
    plot += geom_segment(
        aes("first", "y", xend="last", yend="y"), levels.head(1), color=INK, size=0.6 * weight
    )
    if band:
        plot += geom_ribbon(
            aes("time", ymin="lower", ymax="upper", fill="group"),
            step_outline(steps),
            alpha=0.15 if steps["group"].nunique() <= 2 else 0.08,
            show_legend=False,
        )
    plot += geom_step(aes("time", "survival", color="group"), steps, size=0.9 * weight)
    marks = frame[frame["layer"] == "censor"]
    if marks.empty:
        return plot
    return plot + geom_point(
        aes("time", "survival", color="group"),
        marks,
        shape="|",
        size=2.4 * weight,
        stroke=0.6 * weight,
        show_legend=False,
    )


def places_of_names(frame: pd.DataFrame, sheet: Sheet) -> pd.DataFrame | None:
    """Find where each name stands beside its curve; None where there is no room."""
    return place_labels(
        frame[frame["layer"] == "step"],
        width=sheet.panel_width,
        height=sheet.curve_height,
        type_size=sheet.type_size,
        limits=_span(frame),
    )


def name_curves(
    plot: ggplot, frame: pd.DataFrame, sheet: Sheet, names: pd.DataFrame | None
) -> ggplot:
    """Write each name beside its curve, or add a legend where the curves leave no room."""
    from plotnine import aes, geom_text, guide_legend, guides

    if len(frame["group"].cat.categories) == 1:
        return plot + guides(color="none", fill="none")
    if names is None:
        legend = guide_legend(title="", position="top", nrow=1 + (_letters(frame) > 56))
        return plot + guides(color=legend, fill="none")
    return (
        plot
        + geom_text(
            aes("time", "survival", label="group", color="group"),
            names,
            size=sheet.type_size,
            show_legend=False,
        )
        + guides(color="none", fill="none")
    )


def write_beneath(
    plot: ggplot, frame: pd.DataFrame, sheet: Sheet, time_unit: str, *, at_risk: bool
) -> ggplot:
    """Write the ticks' labels, the axis title and the numbers at risk under the axis."""
    from plotnine import aes, annotate, geom_segment, geom_text

    risk = frame[frame["layer"] == "at-risk"]
    ticks = pd.DataFrame({"time": sorted(risk["time"].unique())})
    ticks = ticks.assign(
        top=0.0, end=-0.22 * sheet.line, y=sheet.level(0), label=[f"{t:g}" for t in ticks["time"]]
    )
    first, last = _span(frame)
    small = 0.9 * sheet.type_size
    plot += geom_segment(aes("time", "top", xend="time", yend="end"), ticks, color=INK, size=0.5)
    plot += geom_text(aes("time", "y", label="label"), ticks, color=INK, size=small)
    plot += annotate(
        "text",
        x=(first + last) / 2,
        y=sheet.level(1),
        label=time_unit,
        color=INK,
        size=sheet.type_size,
    )
    if not at_risk:
        return plot
    rows = {label: i for i, label in enumerate(frame["group"].cat.categories)}
    risk = risk.assign(
        y=[sheet.level(2 + rows[label]) for label in risk["group"]],
        label=[f"{int(n)}" for n in risk["at_risk"]],
    )
    return plot + geom_text(
        aes("time", "y", label="label", color="group"), risk, size=small, show_legend=False
    )


def draw_axes(
    plot: ggplot, frame: pd.DataFrame, sheet: Sheet, outcome: str, *, at_risk: bool, wall: bool
) -> ggplot:
    """Add scales, the labels left of the panel, and the theme."""
    from plotnine import (
        element_blank,
        element_text,
        labs,
        scale_color_manual,
        scale_fill_manual,
        scale_x_continuous,
        scale_y_continuous,
        theme,
    )

    groups = list(frame["group"].cat.categories)
    breaks, labels = list(LEVELS), [f"{level:.0%}" for level in LEVELS]
    if at_risk:
        breaks += [sheet.level(1 + row) for row in range(len(groups) + 1)]
        labels += [AT_RISK, *groups]
    first, last = _span(frame)
    air = sheet.air * (last - first) / sheet.panel_width
    colours = dict(zip(groups, PALETTE, strict=False))
    return (
        plot
        + scale_color_manual(values=colours, limits=groups)
        + scale_fill_manual(values=colours, limits=groups)
        + scale_x_continuous(limits=(first - air, last + air), breaks=[], expand=(0, 0))
        + scale_y_continuous(
            limits=(sheet.floor, 1.03), breaks=breaks, labels=labels, expand=(0, 0)
        )
        + labs(x="", y="", title=outcome)
        + report_theme(wall=wall, size=(sheet.width, sheet.height))
        + theme(
            axis_line_x=element_blank(),
            axis_title=element_blank(),
            axis_text_x=element_blank(),
            panel_grid=element_blank(),
            panel_grid_major_y=element_blank(),
            plot_title=element_text(ha="left", size=sheet.type_size),
            plot_title_position="plot",
        )
    )


def _letters(frame: pd.DataFrame) -> int:
    return sum(len(str(label)) + 4 for label in frame["group"].cat.categories)


def _span(frame: pd.DataFrame) -> tuple[float, float]:
    """First and last time that the figure shows."""
    return float(frame["time"].min()), float(frame["time"].max())
