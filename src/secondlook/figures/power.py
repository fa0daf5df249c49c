"""Power of a test over the size of an effect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from secondlook import inputs
from secondlook.figures.theme import INK, PALETTE, RULE, percent_axis, report_theme

if TYPE_CHECKING:
    import pandas as pd
    import plotnine as p9


def power_figure(power: pd.DataFrame, *, wall: bool = False) -> p9.ggplot:
    """Draw how often a test finds an effect, with the Monte Carlo limits.

    Columns are hazard_ratio (drawn on a log scale), power, lower and upper (proportions).
    """
    import plotnine as p9

    wall = inputs.flag(wall, "wall")
    drawn = ("hazard_ratio", "power", "lower", "upper")
    power = inputs.read_frame(power, (), numeric=drawn, known=drawn)
    breaks = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 8]
    return (
        p9.ggplot(power, p9.aes("hazard_ratio"))
        + p9.geom_hline(yintercept=0.8, linetype="dashed", color=INK, size=0.5)
        + p9.geom_vline(xintercept=1, color=RULE, size=1)
        + p9.geom_ribbon(p9.aes(ymin="lower", ymax="upper"), fill=PALETTE[0], alpha=0.25)
        + p9.geom_line(p9.aes(y="power"), color=PALETTE[0], size=1.8 if wall else 1.1)
        + p9.scale_x_log10(breaks=breaks, labels=[f"{value:g}" for value in breaks])
        + percent_axis([0, 0.2, 0.4, 0.6, 0.8, 1])
        + p9.labs(x="hazard ratio of death after transplantation", y="found (P < 0.05)")
        + report_theme(wall=wall, size=(9.6, 4.9) if wall else (6.4, 3.7))
    )
