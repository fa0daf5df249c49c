"""Figures: survival curves with the numbers at risk aligned beneath, as plotnine objects.

Each figure is made from a tidy frame that a test can read (:func:`survival_frame`), and every
figure of the project shares one theme (:func:`report_theme`) and one palette (:data:`PALETTE`).
plotnine is imported when a figure is drawn, not before.
"""

from secondlook.figures.envelope import envelope_figure
from secondlook.figures.patient_flow import patient_flow_figure
from secondlook.figures.power_curve import power_figure
from secondlook.figures.statements import deaths_figure, mark_points, statements_figure
from secondlook.figures.survival import simon_makuch_figure, survival_figure
from secondlook.figures.survival_frame import nice_ticks, survival_frame
from secondlook.figures.theme import PALETTE, report_theme

__all__ = [
    "PALETTE",
    "deaths_figure",
    "envelope_figure",
    "mark_points",
    "nice_ticks",
    "patient_flow_figure",
    "power_figure",
    "report_theme",
    "simon_makuch_figure",
    "statements_figure",
    "survival_figure",
    "survival_frame",
]
