"""A figure with its caption and its alternative text, all three made in the cell that draws."""

from __future__ import annotations

import base64
import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from secondlook.markup import captioned, check_label, quoted

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from plotnine import ggplot

_SIDES = [re.compile(rb'<svg\b[^>]*?\s%s="([\d.]+)pt"' % side) for side in (b"width", b"height")]
_PIXELS_A_POINT = 96 / 72


@dataclass(frozen=True)
class Drawing:
    """A figure as a document shows it: Markdown with the drawing in it, under its caption."""

    # Without repr a notebook would hold the drawing a second time, as text.
    markdown: str = field(repr=False)
    label: str = ""
    caption: str = field(default="", repr=False)

    def _repr_markdown_(self) -> str:
        return captioned(self.markdown, self.label, self.caption)


def show_figure(plot: ggplot | Figure, label: str = "", *, alt: str, caption: str = "") -> Drawing:
    """Return a figure for the page, with a caption and an alternative text that code may make.

    The figure is drawn here and now, as SVG, so that one that cannot be drawn fails its cell.

    Parameters
    ----------
    label
        By which the text refers to it: ``"fig-survival"`` for ``@fig-survival``. The cell itself
        then has no label that begins with ``fig-``.
    alt
        What the figure says, for those who do not see it: plain text, never empty.
    caption
        Markdown; needs a `label`, and a label needs a caption.
    """
    if not isinstance(alt, str) or not alt.strip():
        raise ValueError(f"Figure {label or plot!r} has no alternative text: give alt=... .")
    check_label(label, caption, "fig")
    if not hasattr(plot, "savefig") and not hasattr(plot, "save"):
        raise ValueError(f"plot is {type(plot).__name__}; give what plotnine or matplotlib made")
    drawing, width, height = svg(plot)
    address = f"data:image/svg+xml;base64,{base64.b64encode(drawing).decode('ascii')}"
    attributes = f"fig-alt={quoted(alt)} width={width} height={height}"
    return Drawing(f"![]({address}){{{attributes}}}", label, caption)


def svg(plot: Any) -> tuple[bytes, int, int]:
    """Draw as SVG: bytes that do not differ between runs, and the size in CSS pixels."""
    import matplotlib as mpl
    import matplotlib.pyplot as plt

    buffer = io.BytesIO()
    unchanging = {"Date": None, "Creator": None}
    with mpl.rc_context({"svg.hashsalt": "secondlook", "svg.fonttype": "path"}):
        if hasattr(plot, "savefig"):
            plot.savefig(buffer, format="svg", metadata=unchanging)
            # A figure of pyplot's that stays open would be shown once more when the cell ends.
            plt.close(plot)
        else:
            plot.save(buffer, format="svg", verbose=False, metadata=unchanging)
    drawing = buffer.getvalue()
    sides = [side.search(drawing) for side in _SIDES]
    width, height = (round(float(each[1]) * _PIXELS_A_POINT) if each else 0 for each in sides)
    if not (width and height):
        raise ValueError("The drawing does not say how large it is.")
    return drawing, width, height
