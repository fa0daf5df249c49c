"""Forest plots of proportions: each study with its exact interval, then the pooled one.

A study's name and numbers stand on a line of their own above its interval, so
that the intervals keep the whole width and the figure can be read on a phone.
"""

from secondlook.forest.figure import forest_figure
from secondlook.forest.frame import forest_frame

__all__ = ["forest_figure", "forest_frame"]
