"""Figures: survival curves with the numbers at risk aligned beneath, as plotnine objects.

Each figure is made from a tidy frame that a test can read (:func:`survival_frame`), and every
figure of the project shares one theme (:func:`report_theme`) and one palette (:data:`PALETTE`).
:func:`show_figure` puts one into a document. plotnine is imported when a figure is drawn, not
before. Each figure takes `wall`, larger type and lines for a slide that is read from the last row,
and `size`, its width and height in inches.
"""

from secondlook.figures.forest import forest_figure, forest_frame
from secondlook.figures.patient_flow import patient_flow_figure
from secondlook.figures.power import power_figure
from secondlook.figures.printed_statements import (
    deaths_figure,
    envelope_figure,
    mark_points,
    statements_figure,
)
from secondlook.figures.show import show_figure
from secondlook.figures.survival import nice_ticks, survival_figure, survival_frame
from secondlook.figures.theme import PALETTE, report_theme

__all__ = [
    "PALETTE", "deaths_figure", "envelope_figure", "forest_figure", "forest_frame", "mark_points",
    "nice_ticks", "patient_flow_figure", "power_figure", "report_theme", "show_figure",
    "statements_figure", "survival_figure", "survival_frame",
]  # fmt: skip
