"""Forest plots of proportions: each study with its exact interval, then the pooled one.

A study's name and numbers stand on a line of their own above its interval, so that the intervals
keep the whole width and the figure can be read on a phone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from secondlook import inputs
from secondlook.figures.survival import nice_ticks
from secondlook.figures.survival_sheet import WIDTH_OF_A_LETTER
from secondlook.figures.theme import INK, PALETTE, RULE, figure_size, report_theme, type_size
from secondlook.pooling import pool
from secondlook.proportions import interval

if TYPE_CHECKING:
    import plotnine as p9

STUDY = ("study", "count", "n")
COLUMNS = ["row", "kind", "group", "label", "count", "n", "estimate", "lower", "upper", "text"]
MOST = 100.0
"""The right end of the axis, percent."""


def forest_frame(studies: pd.DataFrame, *, least: int = 3) -> pd.DataFrame:
    """Make the tidy frame that a forest plot draws, and that a table can show.

    Each study has its exact 95% interval (Clopper-Pearson); a group of `least` studies or more is
    pooled by a binomial-normal model, with the prediction on k - 1 degrees of freedom
    (`secondlook.pooling.pool`). A group in which all patients or none had the event is shown and
    not pooled, since no random-effects model can be fitted to it. A very large `least` pools
    nothing.

    Parameters
    ----------
    studies
        One row a study: ``study`` (text), ``count`` and ``n`` (whole numbers) and, if studies are
        to be shown and pooled by group, ``group``. Groups and studies keep their order.

    Returns
    -------
    DataFrame
        One row a line of the plot, from the top: ``row``; ``kind`` (``heading``, ``study``,
        ``pooled``, ``prediction``); ``group``; ``label``; ``count``, ``n`` (missing for headings;
        totals for pooled rows); ``estimate``, ``lower``, ``upper`` in percent (a prediction has no
        estimate); ``text``, the numbers as printed in the plot.
    """
    least = inputs.whole_number(least, "least")
    studies = inputs.read_frame(studies, STUDY, known=["study"])
    if studies.empty:
        raise ValueError("There is no study to show.")
    if grouped := "group" in studies.columns:
        inputs.read_frame(studies, ["group"], known=["group"])
    rows: list[tuple[Any, ...]] = []
    listed = list(zip(*(studies[name].tolist() for name in STUDY), strict=True))
    groups = studies["group"].tolist() if grouped else [""] * len(listed)
    for name in dict.fromkeys(groups):
        if grouped:
            rows.append(("heading", name, str(name), None, None, np.nan, np.nan, np.nan))
        counts, sizes = [], []
        for (study, count, n), group in zip(listed, groups, strict=True):
            if group != name:
                continue
            try:
                found = interval(count, n)
            except ValueError as error:
                raise ValueError(f"Study {inputs.shown(study)}: {error}") from None
            numbers = (found.count, found.n, found.estimate, found.lower, found.upper)
            rows.append(("study", name, f"{study}  {found.count}/{found.n}", *numbers))
            counts.append(found.count)
            sizes.append(found.n)
        events, patients = sum(counts), sum(sizes)
        if len(counts) >= max(2, least) and events not in (0, patients):
            model = pool(counts, sizes)
            numbers = (events, patients, model.estimate, model.lower, model.upper)
            rows.append(("pooled", name, f"Pooled, {model.studies} studies", *numbers))
            limits = (model.prediction_lower, model.prediction_upper)
            new_study = "Where a new study may lie"
            rows.append(("prediction", name, new_study, None, None, np.nan, *limits))
    frame = pd.DataFrame(rows, columns=COLUMNS[1:-1]).astype({"count": "Int64", "n": "Int64"})
    percents = ["estimate", "lower", "upper"]
    frame[percents] *= 100
    texts = [_text(*row) for row in frame[percents].itertuples(index=False)]
    return frame.assign(row=range(len(rows)), text=texts)[COLUMNS]


def _text(estimate: float, lower: float, upper: float) -> str:
    if np.isnan(lower):
        return ""
    limits = f"{lower:.0f} to {upper:.0f}"
    return limits if np.isnan(estimate) else f"{estimate:.0f}% ({limits})"


def forest_figure(
    frame: pd.DataFrame,
    *,
    outcome: str = "Patients with the outcome, %",
    wall: bool = False,
    size: tuple[float, float] | None = None,
) -> p9.ggplot:
    """Draw a forest plot of a frame as `forest_frame` returns it.

    A study is a square and its interval, a pooled rate a diamond as wide as its interval, a
    prediction a dashed line. It is 4.8 inches wide (10 for a wall) and as high as the rows need, if
    not said otherwise; a label that runs into its numbers is refused.
    """
    import plotnine as p9

    inputs.instance_of(outcome, str, "outcome")
    frame = inputs.read_frame(
        frame,
        ["kind", "label", "text"],
        numeric=["row", "n", "estimate", "lower", "upper"],
        known=["row", "kind", "label", "text"],
    )
    points = type_size(wall=wall)
    heavy = points / 12.0
    ticks = nice_ticks(MOST)
    lines = _places(frame, heavy)
    size = figure_size(size, (10.0 if wall else 4.8, (2.6 * points / 72) * len(frame) + 0.9))
    _check_room(frame, size[0], points)
    studies, pooled = lines[lines["kind"] == "study"], lines[lines["kind"] == "pooled"]
    predictions = lines[lines["kind"] == "prediction"]
    bottom, top = float(lines["bar"].min()) - 0.45, float(lines["line"].max()) + 0.45
    figure = p9.ggplot() + [
        p9.annotate("segment", x=x, xend=x, y=bottom, yend=top, color=RULE, size=0.5) for x in ticks
    ]
    for kind, weight in (("heading", "bold"), ("study", "normal"), ("pooled", "bold"),
                         ("prediction", "normal")):  # fmt: skip
        named = lines[lines["kind"] == kind]
        style = {"size": 0.9 * points, "color": INK, "fontweight": weight}
        figure += p9.geom_text(p9.aes(y="line", label="label"), named, x=0, ha="left", **style)
        figure += p9.geom_text(p9.aes(y="line", label="text"), named, x=MOST, ha="right", **style)
    return (
        figure
        + p9.geom_segment(
            p9.aes(x="lower", xend="upper", y="bar", yend="bar"),
            studies,
            color=PALETTE[0],
            size=0.9 * heavy,
        )
        + p9.geom_point(
            p9.aes("estimate", "bar", size="weight"), studies, color=PALETTE[0], shape="s"
        )
        + p9.geom_polygon(p9.aes("x", "y", group="row"), _diamonds(pooled), fill=PALETTE[1])
        + p9.geom_segment(
            p9.aes(x="lower", xend="upper", y="bar", yend="bar"),
            predictions,
            color=PALETTE[1],
            size=0.9 * heavy,
            linetype="dashed",
        )
        + p9.scale_size_identity(guide=None)
        + p9.scale_x_continuous(breaks=ticks, expand=(0, 0))
        + p9.scale_y_continuous(breaks=[], expand=(0, 0))
        + p9.coord_cartesian(xlim=(-0.02 * MOST, 1.02 * MOST), ylim=(bottom, top))
        + p9.labs(x=outcome, y="")
        + report_theme(wall=wall, size=size)
        + p9.theme(
            panel_grid_major_y=p9.element_blank(),
            axis_text_y=p9.element_blank(),
            axis_line_x=p9.element_line(color=INK, size=0.6),
        )
    )


def _check_room(frame: pd.DataFrame, width: float, points: float) -> None:
    letters = int(0.96 * width / (0.9 * points * WIDTH_OF_A_LETTER / 72.0)) - 2
    for label, text in zip(frame["label"], frame["text"], strict=True):
        if len(label) + len(text) > letters:
            raise ValueError(
                f"{label!r} and {text!r} do not fit on a line of {letters} letters: shorten the "
                "study's name, or make the figure wider."
            )


def _places(frame: pd.DataFrame, heavy: float) -> pd.DataFrame:
    """Give each row the heights of its line of type and of its bar, and squares their size.

    A square's area grows with the study, from a size that can still be seen.
    """
    share = (frame["n"] / frame.loc[frame["kind"] == "study", "n"].max()).astype("float64")
    height = np.where(frame["kind"] == "heading", 0.75, 1.0)
    base = -np.cumsum(height)
    return frame.assign(
        line=base + np.where(frame["kind"] == "heading", 0.25, 0.62),
        bar=base + 0.2,
        weight=heavy * (1.4 + 3.4 * np.sqrt(share)),
    )


def _diamonds(pooled: pd.DataFrame) -> pd.DataFrame:
    """Return the corners of the pooled rows' diamonds: left, top, right, bottom."""
    corners = [
        pd.DataFrame(
            {
                "row": row["row"],
                "x": [row["lower"], row["estimate"], row["upper"], row["estimate"]],
                "y": [row["bar"], row["bar"] + 0.17, row["bar"], row["bar"] - 0.17],
            }
        )
        for row in pooled.to_dict("records")
    ]
    return pd.concat(corners) if corners else pd.DataFrame({"row": [], "x": [], "y": []})
