"""Survival curves as steps with a band, censor marks, and numbers at risk aligned beneath.

A tidy frame (:func:`survival_frame`) holds what is drawn, a layer a value of its first column.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from secondlook import inputs
from secondlook.figures.survival_sheet import AT_RISK, Sheet, lay_out, place_labels
from secondlook.figures.theme import INK, PALETTE, RULE, report_theme

if TYPE_CHECKING:
    import plotnine as p9

    from secondlook.survival import SurvivalCurve


def survival_figure(
    curves: Mapping[Any, SurvivalCurve] | SurvivalCurve,
    *,
    time_unit: str = "Months",
    outcome: str = "Survival",
    ticks: Sequence[float] | None = None,
    band: bool = True,
    wall: bool = False,
    size: tuple[float, float] | None = None,
) -> p9.ggplot:
    """Draw survival curves with pointwise intervals and the numbers at risk beneath.

    The numbers at risk stand in the panel itself, under their ticks, so that nothing can move them
    out of line. Each curve bears its name; where the curves leave no room, a legend does.

    Of Simon-Makuch curves (Simon & Makuch 1984, Stat Med 3, 35-44) the rows beneath are the numbers
    in each state, which may rise; a patient who changes state at a tick is counted there once, in
    the state that is left.

    Parameters
    ----------
    curves
        One curve, or a mapping from label to curve; at most four, in the order of the legend.
    time_unit
        What the time axis says, for example ``"Months since the first dose"``.
    outcome
        What the curve is of; it stands above the probability axis.
    ticks
        Times of the axis and of the numbers at risk; round times by default.
    band
        Whether to draw the pointwise interval.
    """
    inputs.instance_of(time_unit, str, "time_unit")
    inputs.instance_of(outcome, str, "outcome")
    frame = survival_frame(curves, ticks=ticks, months="month" in time_unit.lower())
    groups = list(frame["group"].cat.categories)
    if len(groups) > len(PALETTE):
        raise ValueError(
            f"A survival figure shows at most {len(PALETTE)} curves and got {len(groups)}: "
            "draw fewer curves, or several figures."
        )
    sheet = lay_out(groups, wall=wall, size=size)
    plot = draw_curves(frame, band=band, weight=1.6 if wall else 1.0)
    names = place_labels(
        frame[frame["layer"] == "step"],
        width=sheet.panel_width,
        height=sheet.curve_height,
        type_size=sheet.type_size,
        limits=_span(frame),
    )
    if len(groups) > 1 and names is None:
        sheet = replace(sheet, height=sheet.height + 0.09 * sheet.type_size / 2)
    plot = name_curves(plot, frame, sheet, names)
    plot = write_beneath(plot, frame, sheet, time_unit)
    return draw_axes(plot, frame, sheet, outcome, wall=wall)


COLUMNS = ["layer", "group", "time", "survival", "lower", "upper", "at_risk"]


SHORTEST = 1e-300
"""Of a shorter axis no round times can be said."""


def nice_ticks(horizon: float, *, most: int = 8, months: bool = False) -> list[float]:
    """Return at most so many round times from 0 to at most `horizon`, evenly spaced.

    Spacings are 1, 2, 2.5 and 5 times a power of ten; for months those that make up years.

    Examples
    --------
    >>> nice_ticks(17.3, months=True)
    [0.0, 3.0, 6.0, 9.0, 12.0, 15.0]
    >>> nice_ticks(1100)
    [0.0, 200.0, 400.0, 600.0, 800.0, 1000.0]
    """
    horizon = inputs.number(horizon, "horizon", above=SHORTEST, below=1 / SHORTEST)
    most, months = inputs.whole_number(most, "most", least=1), inputs.flag(months, "months")
    scale = 10.0 ** (np.floor(np.log10(horizon)) - 1)
    steps = [scale * m for m in (1, 2, 2.5, 5, 10, 20, 25, 50, 100)]
    if months and 2 <= horizon < 120 * most:
        steps = [1, 3, 6, 12, 24, 36, 60, 120]
    step = next(s for s in steps if horizon / s < most)
    count = int(np.floor(horizon / step * (1 + 1e-12)))
    return [float(round(i * step, 12)) for i in range(count + 1)]


def survival_frame(
    curves: Mapping[Any, SurvivalCurve] | SurvivalCurve,
    *,
    ticks: Sequence[float] | None = None,
    months: bool = False,
) -> pd.DataFrame:
    """Lay out survival curves as the tidy frame that :func:`survival_figure` draws.

    Its columns are `layer`, `group`, `time`, `survival`, `lower`, `upper`, `at_risk`. The layer is
    ``step`` (a row a time at which the curve may step), ``censor`` (a row a time at which somebody
    leaves without an event) or ``at-risk`` (a row a tick; by default round times, of `months`).
    """
    months = inputs.flag(months, "months")
    given = curves if isinstance(curves, Mapping) else {"All patients": curves}
    named = {str(label): curve for label, curve in given.items()}
    if len(named) < len(given):
        raise ValueError(f"Two curves have one name as text: {', '.join(map(repr, given))}.")
    if not named:
        raise ValueError("There is no curve to draw: the mapping of curves is empty.")
    for label, curve in named.items():
        if not (inputs.has(curve, "table") and inputs.has(curve, "at")):
            raise ValueError(f"{label} is {type(curve).__name__}; give a survival curve")
    begin = min(_begin(curve) for curve in named.values())
    if ticks is None:
        last = max(float(curve.table["time"].max()) for curve in named.values())
        ticks = [tick for tick in nice_ticks(last, months=months) if tick >= begin]
    parts = [
        part.assign(layer=layer, group=label)
        for label, curve in named.items()
        for layer, part in (
            ("step", _steps(curve)),
            ("censor", curve.table[curve.table["censored"] > 0]),
            ("at-risk", _at_ticks(curve, ticks, begin)),
        )
        if len(part)
    ]
    frame = pd.concat(parts, ignore_index=True)[COLUMNS]
    groups = pd.Categorical(frame["group"], categories=list(named), ordered=True)
    return frame.assign(group=groups)


def _steps(curve: SurvivalCurve) -> pd.DataFrame:
    """Put the origin, where survival is one, before the times of the table.

    A state that nobody is in at the start has no curve until somebody enters it.
    """
    steps = curve.table
    origin = {
        "time": _begin(curve), "survival": 1.0, "lower": 1.0, "upper": 1.0,
        "at_risk": steps["at_risk"].iloc[0],
    }  # fmt: skip
    return pd.concat([pd.DataFrame([origin]), steps[list(origin)]], ignore_index=True)


def _begin(curve: SurvivalCurve) -> float:
    entries = getattr(curve, "entries", None)
    return 0.0 if entries is None else float(entries[0])


def _at_ticks(curve: SurvivalCurve, ticks: Sequence[float], begin: float) -> pd.DataFrame:
    """Read the curve at the ticks; where all begin, as at a landmark, count who enters there."""
    read = curve.at(ticks)
    entries = getattr(curve, "entries", None)
    if entries is not None and begin > 0:
        entered = int(np.sum(entries <= begin))
        read["at_risk"] = read["at_risk"].where(read["time"] != begin, entered)
    return read


def step_outline(steps: pd.DataFrame) -> pd.DataFrame:
    """Return both ends of every step, for a band that has corners and no slopes.

    Steps are that layer of :func:`survival_frame`; those without limits (after the curve has
    reached zero, on most scales) are left out.
    """
    columns = ["survival", "lower", "upper"]
    before = steps.copy()
    before[columns] = steps.groupby("group", observed=True)[columns].shift()
    both = pd.concat([before.assign(end=0), steps.assign(end=1)])
    both = both.sort_values(["group", "time", "end"], kind="stable")
    return both.dropna(subset=columns)[["group", "time", *columns]].reset_index(drop=True)


LEVELS = (0.0, 0.25, 0.5, 0.75, 1.0)


def draw_curves(frame: pd.DataFrame, *, band: bool, weight: float) -> p9.ggplot:
    """Draw level lines, bands, steps and censor marks, in this order."""
    import plotnine as p9

    steps = frame[frame["layer"] == "step"]
    first, last = _span(frame)
    levels = pd.DataFrame({"y": LEVELS, "first": first, "last": last})
    plot = p9.ggplot() + p9.geom_segment(
        p9.aes("first", "y", xend="last", yend="y"), levels, color=RULE, size=0.5 * weight
    )
    plot += p9.geom_segment(
        p9.aes("first", "y", xend="last", yend="y"), levels.head(1), color=INK, size=0.6 * weight
    )
    if inputs.flag(band, "band"):
        plot += p9.geom_ribbon(
            p9.aes("time", ymin="lower", ymax="upper", fill="group"),
            step_outline(steps),
            alpha=0.15 if steps["group"].nunique() <= 2 else 0.08,
            show_legend=False,
        )
    plot += p9.geom_step(p9.aes("time", "survival", color="group"), steps, size=0.9 * weight)
    marks = frame[frame["layer"] == "censor"]
    if marks.empty:
        return plot
    return plot + p9.geom_point(
        p9.aes("time", "survival", color="group"),
        marks,
        shape="|",
        size=2.4 * weight,
        stroke=0.6 * weight,
        show_legend=False,
    )


def name_curves(
    plot: p9.ggplot, frame: pd.DataFrame, sheet: Sheet, names: pd.DataFrame | None
) -> p9.ggplot:
    """Write each name beside its curve, or add a legend where the curves leave no room."""
    import plotnine as p9

    if len(frame["group"].cat.categories) == 1:
        return plot + p9.guides(color="none", fill="none")
    if names is None:
        letters = sum(len(str(label)) + 4 for label in frame["group"].cat.categories)
        legend = p9.guide_legend(title="", position="top", nrow=1 + (letters > 56))
        return plot + p9.guides(color=legend, fill="none")
    return (
        plot
        + p9.geom_text(
            p9.aes("time", "survival", label="group", color="group"),
            names,
            size=sheet.type_size,
            show_legend=False,
        )
        + p9.guides(color="none", fill="none")
    )


def write_beneath(plot: p9.ggplot, frame: pd.DataFrame, sheet: Sheet, time_unit: str) -> p9.ggplot:
    """Write the ticks' labels, the axis title and the numbers at risk under the axis."""
    import plotnine as p9

    risk = frame[frame["layer"] == "at-risk"]
    ticks = pd.DataFrame({"time": sorted(risk["time"].unique())})
    ticks = ticks.assign(
        top=0.0, end=-0.22 * sheet.line, y=sheet.level(0), label=[f"{t:g}" for t in ticks["time"]]
    )
    first, last = _span(frame)
    small = 0.9 * sheet.type_size
    plot += p9.geom_segment(
        p9.aes("time", "top", xend="time", yend="end"), ticks, color=INK, size=0.5
    )
    plot += p9.geom_text(p9.aes("time", "y", label="label"), ticks, color=INK, size=small)
    plot += p9.annotate(
        "text",
        x=(first + last) / 2,
        y=sheet.level(1),
        label=time_unit,
        color=INK,
        size=sheet.type_size,
    )
    rows = {label: i for i, label in enumerate(frame["group"].cat.categories)}
    risk = risk.assign(
        y=[sheet.level(2 + rows[label]) for label in risk["group"]],
        label=[f"{int(n)}" for n in risk["at_risk"]],
    )
    return plot + p9.geom_text(
        p9.aes("time", "y", label="label", color="group"), risk, size=small, show_legend=False
    )


def draw_axes(
    plot: p9.ggplot, frame: pd.DataFrame, sheet: Sheet, outcome: str, *, wall: bool
) -> p9.ggplot:
    """Add scales, the labels left of the panel, and the theme."""
    import plotnine as p9

    groups = list(frame["group"].cat.categories)
    breaks = [*LEVELS, *(sheet.level(1 + row) for row in range(len(groups) + 1))]
    labels = [*(f"{level:.0%}" for level in LEVELS), AT_RISK, *groups]
    first, last = _span(frame)
    air = sheet.air * (last - first) / sheet.panel_width
    colours = dict(zip(groups, PALETTE, strict=False))
    return (
        plot
        + p9.scale_color_manual(values=colours, limits=groups)
        + p9.scale_fill_manual(values=colours, limits=groups)
        + p9.scale_x_continuous(limits=(first - air, last + air), breaks=[], expand=(0, 0))
        + p9.scale_y_continuous(
            limits=(sheet.floor, 1.03), breaks=breaks, labels=labels, expand=(0, 0)
        )
        + p9.labs(x="", y="", title=outcome)
        + report_theme(wall=wall, size=(sheet.width, sheet.height))
        + p9.theme(
            axis_line_x=p9.element_blank(),
            axis_title=p9.element_blank(),
            axis_text_x=p9.element_blank(),
            panel_grid=p9.element_blank(),
            panel_grid_major_y=p9.element_blank(),
            plot_title=p9.element_text(ha="left", size=sheet.type_size),
            plot_title_position="plot",
        )
    )


def _span(frame: pd.DataFrame) -> tuple[float, float]:
    """First and last time that the figure shows."""
    return float(frame["time"].min()), float(frame["time"].max())
