"""The band that all admissible survival curves lie in, with what was printed on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from secondlook.figures.theme import INK, PALETTE, percent_axis, report_theme, type_size

if TYPE_CHECKING:
    from plotnine import ggplot


def step_frame(envelope: pd.DataFrame, low: str, high: str) -> pd.DataFrame:
    """Turn readings at some times into the band between them.

    Survival does not rise: between two readings it lies between the highest value at the earlier
    and the lowest value at the later one.

    Parameters
    ----------
    envelope
        time (ascending, the first after 0), and the columns `low` and `high` (proportions).

    Returns
    -------
    pandas.DataFrame
        time, lowest, highest: corners of the band, from time 0 (survival 1) on.
    """
    times = np.concatenate([[0.0], envelope["time"].to_numpy(dtype=float)])
    lowest = np.concatenate([[1.0], envelope[low].to_numpy(dtype=float)])
    highest = np.concatenate([[1.0], envelope[high].to_numpy(dtype=float)])
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
    size: tuple[float, float] | None = None,
) -> ggplot:
    """Draw the band of all admissible curves, of their limits, and the printed values.

    Parameters
    ----------
    envelope
        time, survival_lowest, survival_highest, lower_lowest, upper_highest (proportions).
    points
        What is printed: months, survival, lower, upper (proportions).
    ticks
        Of the time axis.
    time_unit, outcome
        What the axes say.
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
        geom_errorbar,
        geom_point,
        geom_ribbon,
        ggplot,
        labs,
        scale_x_continuous,
    )

    band = step_frame(envelope, "survival_lowest", "survival_highest")
    limits = step_frame(envelope, "lower_lowest", "upper_highest")
    points_size = type_size(wall=wall)
    return (
        ggplot()
        + geom_ribbon(
            limits, aes("time", ymin="lowest", ymax="highest"), fill=PALETTE[0], alpha=0.12
        )
        + geom_ribbon(
            band,
            aes("time", ymin="lowest", ymax="highest"),
            fill=PALETTE[0],
            color=PALETTE[0],
            alpha=0.55,
            size=0.6,
        )
        + geom_errorbar(
            points,
            aes("months", ymin="lower", ymax="upper"),
            color=PALETTE[1],
            width=max(ticks) / 40,
            size=0.09 * points_size,
        )
        + geom_point(
            points,
            aes("months", "survival"),
            shape="D",
            size=0.3 * points_size,
            fill="white",
            color=INK,
            stroke=1.1,
        )
        + scale_x_continuous(breaks=list(ticks), limits=(0, 1.03 * max(ticks)), expand=(0.01, 0))
        + percent_axis([0, 0.25, 0.5, 0.75, 1])
        + labs(x=time_unit, y=outcome)
        + report_theme(wall=wall, size=size or ((9.6, 4.9) if wall else (6.4, 3.9)))
    )
