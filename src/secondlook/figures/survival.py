"""Survival curves as steps with a band, censor marks, and numbers at risk aligned beneath."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from secondlook.figures.sheet import lay_out
from secondlook.figures.survival_frame import Curve, nice_ticks, survival_frame
from secondlook.figures.survival_layers import (
    draw_axes,
    draw_curves,
    name_curves,
    places_of_names,
    write_beneath,
)
from secondlook.figures.theme import PALETTE

if TYPE_CHECKING:
    from plotnine import ggplot


def survival_figure(
    curves: Mapping[Any, Curve] | Curve,
    *,
    time_unit: str = "Months",
    outcome: str = "Survival",
    ticks: Sequence[float] | None = None,
    start: float = 0.0,
    band: bool = True,
    at_risk: bool = True,
    wall: bool = False,
    size: tuple[float, float] | None = None,
    name: str = "All patients",
) -> ggplot:
    """Draw survival curves with pointwise intervals and the numbers at risk beneath.

    The numbers at risk stand in the panel itself, under their ticks, so that nothing can move them
    out of line. Each curve bears its name; where the curves leave no room, a legend does.

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
    start
        Where the curves start at one: zero, or the landmark.
    band, at_risk
        Whether to draw the pointwise interval, and the rows of numbers at risk.
    wall
        Larger type and lines, for a slide.
    size
        Width and height of the whole figure in inches; by default 6.4 wide (10 for a wall) and as
        high as the rows need.
    name
        The label of a single curve.

    Returns
    -------
    plotnine.ggplot

    Raises
    ------
    ValueError
        If there is no curve, or there are more than four, or `size` leaves no room.
    """
    if ticks is None:
        ticks = _ticks(curves, start, months="month" in time_unit.lower())
    frame = survival_frame(curves, ticks=ticks, start=start, name=name)
    groups = list(frame["group"].cat.categories)
    if len(groups) > len(PALETTE):
        raise ValueError(
            f"A survival figure shows at most {len(PALETTE)} curves and got {len(groups)}: "
            "draw fewer curves, or several figures."
        )
    sheet = lay_out(groups, at_risk=at_risk, wall=wall, size=size)
    plot = draw_curves(frame, sheet, band=band, weight=1.6 if wall else 1.0)
    names = places_of_names(frame, sheet)
    if len(groups) > 1 and names is None:
        sheet = replace(sheet, height=sheet.height + 0.09 * sheet.type_size / 2)
    plot = name_curves(plot, frame, sheet, names)
    plot = write_beneath(plot, frame, sheet, time_unit, at_risk=at_risk)
    return draw_axes(plot, frame, sheet, outcome, at_risk=at_risk, wall=wall)


def simon_makuch_figure(
    curves: Mapping[Any, Curve],
    *,
    landmark: float | None = None,
    time_unit: str = "Months",
    outcome: str = "Survival",
    ticks: Sequence[float] | None = None,
    band: bool = True,
    wall: bool = False,
    size: tuple[float, float] | None = None,
) -> ggplot:
    """Draw Simon-Makuch curves: each patient counts in the state that they are in.

    The rows beneath are the numbers in each state, which may rise; a patient who changes state at
    a tick is counted there once, in the state that is left.

    Parameters
    ----------
    curves
        What ``secondlook.transitions.simon_makuch`` returns: a curve a state.
    landmark
        The landmark that the curves were made with; they start there at one.
    time_unit, outcome, ticks, band, wall, size
        As in :func:`survival_figure`.

    Returns
    -------
    plotnine.ggplot

    References
    ----------
    Simon & Makuch (1984), Stat Med 3, 35-44.
    """
    return survival_figure(
        curves,
        time_unit=time_unit,
        outcome=outcome,
        ticks=ticks,
        start=landmark or 0.0,
        band=band,
        wall=wall,
        size=size,
    )


def _ticks(curves: Mapping[Any, Curve] | Curve, start: float, *, months: bool) -> list[float]:
    named = curves.values() if isinstance(curves, Mapping) else [curves]
    last = max((float(curve.table["time"].max()) for curve in named), default=start + 1)
    return nice_ticks(last, start=start, months=months)
