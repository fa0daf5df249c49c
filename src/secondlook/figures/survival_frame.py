"""The tidy frame behind a survival figure: steps, censor marks and numbers at risk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np
import pandas as pd

COLUMNS = ["layer", "group", "time", "survival", "lower", "upper", "at_risk"]


class Curve(Protocol):
    """What a figure asks of a survival curve; ``SurvivalCurve`` gives it."""

    @property
    def table(self) -> pd.DataFrame:
        """One row a distinct time: at_risk, events, censored, survival, lower, upper."""

    def at(self, times: Sequence[float]) -> pd.DataFrame:
        """Return the same columns at given times; ``at_risk`` is just before each."""


def nice_ticks(
    horizon: float, *, start: float = 0.0, most: int = 8, months: bool = False
) -> list[float]:
    """Return round times from `start` to at most `horizon`, evenly spaced.

    Spacings are 1, 2, 2.5 and 5 times a power of ten; for months those that make up years.

    Parameters
    ----------
    horizon
        The last time that the axis shows, in the unit of the durations.
    start
        The first tick.
    most
        The largest number of ticks.
    months
        Prefer 1, 3, 6, 12, 24, 36, 60 and 120.

    Raises
    ------
    ValueError
        If the horizon does not lie after the first tick.

    Examples
    --------
    >>> nice_ticks(17.3, months=True)
    [0.0, 3.0, 6.0, 9.0, 12.0, 15.0]
    >>> nice_ticks(1100)
    [0.0, 200.0, 400.0, 600.0, 800.0, 1000.0]
    """
    if not horizon > start:
        raise ValueError(f"The horizon ({horizon}) must lie after the first tick ({start}).")
    width = horizon - start
    scale = 10.0 ** (np.floor(np.log10(width)) - 1)
    steps = [scale * m for m in (1, 2, 2.5, 5, 10, 20, 25, 50, 100)]
    if months and 2 <= width < 120 * most:
        steps = [1, 3, 6, 12, 24, 36, 60, 120]
    step = next(s for s in steps if width / s < most)
    count = int(np.floor(width / step * (1 + 1e-12)))
    return [float(round(start + i * step, 12)) for i in range(count + 1)]


def survival_frame(
    curves: Mapping[Any, Curve] | Curve,
    *,
    ticks: Sequence[float] | None = None,
    start: float = 0.0,
    name: str = "All patients",
) -> pd.DataFrame:
    """Lay out survival curves as the tidy frame that :func:`survival_figure` draws.

    Parameters
    ----------
    curves
        One curve, or a mapping from the group's label to its curve, in the order of the legend.
    ticks
        Times at which the numbers at risk are shown; by default round times up to the last one.
    start
        Where the curves start at one: zero, or the landmark.
    name
        The label of a single curve.

    Returns
    -------
    pandas.DataFrame
        Columns `layer`, `group`, `time`, `survival`, `lower`, `upper`, `at_risk`. The layer is
        ``step`` (a row a time at which the curve may step, from `start` on), ``censor`` (a row a
        time at which somebody leaves without an event) or ``at-risk`` (a row a tick).

    Raises
    ------
    ValueError
        If there is no curve.
    """
    named = _by_name(curves, name)
    last = max(float(curve.table["time"].max()) for curve in named.values())
    at = list(ticks) if ticks is not None else nice_ticks(last, start=start)
    parts = [
        part.assign(layer=layer, group=label)
        for label, curve in named.items()
        for layer, part in (
            ("step", _steps(curve, start)),
            ("censor", _censor_marks(curve.table, start)),
            ("at-risk", _at_ticks(curve, at, start)),
        )
        if len(part)
    ]
    frame = pd.concat(parts, ignore_index=True)[COLUMNS]
    groups = pd.Categorical(frame["group"], categories=list(named), ordered=True)
    return frame.assign(group=groups)


def _by_name(curves: Mapping[Any, Curve] | Curve, name: str) -> dict[str, Curve]:
    if not isinstance(curves, Mapping):
        return {name: curves}
    if not curves:
        raise ValueError("There is no curve to draw: the mapping of curves is empty.")
    return {str(label): curve for label, curve in curves.items()}


def _steps(curve: Curve, start: float) -> pd.DataFrame:
    """Put the origin, where survival is one, before the times of the table.

    A state that nobody is in at the start has no curve until somebody enters it.
    """
    entries = getattr(curve, "entries", None)
    origin_time = start if entries is None else max(start, float(entries[0]))
    steps = curve.table[curve.table["time"] > origin_time]
    origin = pd.DataFrame(
        {
            "time": [origin_time],
            "survival": [1.0],
            "lower": [1.0],
            "upper": [1.0],
            "at_risk": [steps["at_risk"].iloc[0] if len(steps) else 0],
        }
    )
    return pd.concat([origin, steps[origin.columns]], ignore_index=True)


def _at_ticks(curve: Curve, ticks: Sequence[float], start: float) -> pd.DataFrame:
    """Read the curve at the ticks; at a landmark, count those whom it starts with."""
    read = curve.at(ticks)
    entries = getattr(curve, "entries", None)
    if start > 0 and entries is not None:
        begun = read["time"] == start
        read.loc[begun, "at_risk"] = int((entries <= start).sum())
    return read


def _censor_marks(table: pd.DataFrame, start: float) -> pd.DataFrame:
    return table[(table["time"] > start) & (table["censored"] > 0)]


def step_outline(steps: pd.DataFrame) -> pd.DataFrame:
    """Return both ends of every step, for a band that has corners and no slopes.

    Parameters
    ----------
    steps
        The ``step`` layer of :func:`survival_frame`.

    Returns
    -------
    pandas.DataFrame
        Columns `group`, `time`, `survival`, `lower`, `upper`, two rows a step; rows without
        limits (after the curve has reached zero, on most scales) are left out.
    """
    columns = ["survival", "lower", "upper"]
    before = steps.copy()
    before[columns] = steps.groupby("group", observed=True)[columns].shift()
    both = pd.concat([before.assign(end=0), steps.assign(end=1)])
    both = both.sort_values(["group", "time", "end"], kind="stable")
    return both.dropna(subset=columns)[["group", "time", *columns]].reset_index(drop=True)
