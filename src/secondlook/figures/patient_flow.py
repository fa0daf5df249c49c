"""Patients from stage to stage: each column holds all of them, each ribbon moves some.

Ribbons join groups of states, because a table of counts says how many leave a group and not who.
Of two stages the labels stand beside the columns, so that a block of one patient has a label as
large as the others and the figure can be read on a phone; of more they stand within the blocks.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from secondlook import inputs
from secondlook.figures.survival_sheet import WIDTH_OF_A_LETTER
from secondlook.figures.theme import INK, figure_size, report_theme, type_size

if TYPE_CHECKING:
    import plotnine as p9

WITHIN, BESIDE = 0.37, 0.1
"""Half the width of a column with its labels within or beside it; the next column is 1 away."""


def column_frame(stacks: pd.DataFrame) -> pd.DataFrame:
    """Add bottom and top to rows that have patients: the states of a stage stacked in their order.

    Columns are stage (1, 2, ...), state, group and patients.
    """
    kept = stacks[stacks["patients"] > 0].copy()
    kept["top"] = kept.groupby("stage")["patients"].cumsum()
    kept["bottom"] = kept["top"] - kept["patients"]
    return kept.reset_index(drop=True)


def ribbon_frame(
    columns: pd.DataFrame, streams: pd.DataFrame, groups: Sequence[str], half: float = WITHIN
) -> pd.DataFrame:
    """Return the outlines of the ribbons between columns: ribbon, source, target, patients, x, y.

    Streams have the stage that is left, source and target (groups, here from the bottom of a column
    upwards) and patients; what leaves or reaches a group has to be all its patients.
    """
    rank = {group: i for i, group in enumerate(groups)}
    by_group = columns.groupby(["stage", "group"], observed=True)
    base, held = by_group["bottom"].min().to_dict(), by_group["patients"].sum().to_dict()
    moving = streams[streams["patients"] > 0]
    if moving.empty:
        raise ValueError("streams has no row with patients; a ribbon is where patients go")
    for corner, shift, ends in (("y0", 0, ["source", "target"]), ("y1", 1, ["target", "source"])):
        moving = moving.sort_values(
            ["stage", *ends], key=lambda column: column.map(lambda each: rank.get(each, each))
        )
        level: dict[Any, int] = dict(base)
        heights = []
        for stage, group, patients in moving[["stage", ends[0], "patients"]].to_numpy().tolist():
            place = stage + shift, group
            heights.append(level.setdefault(place, 0))
            level[place] += patients
        moving = moving.assign(**{corner: heights})
        for key, top in level.items():
            patients, holds = top - base.get(key, 0), held.get(key, 0)
            if patients not in (0, holds):
                raise ValueError(
                    f"{patients} patients move through {ends[0]} {key}, which holds {holds}"
                )
    along = np.linspace(0, 1, 25)
    eased = along**2 * (3 - 2 * along)
    outlines = []
    for number, moved in enumerate(moving.to_dict("records")):
        x = moved["stage"] + half + along * (1 - 2 * half)
        lower = moved["y0"] + (moved["y1"] - moved["y0"]) * eased
        outline = {
            "ribbon": number,
            **{name: moved[name] for name in ("source", "target", "patients")},
            "x": np.concatenate([x, x[::-1]]),
            "y": np.concatenate([lower, (lower + moved["patients"])[::-1]]),
        }
        outlines.append(pd.DataFrame(outline))
    return pd.concat(outlines, ignore_index=True)


def patient_flow_figure(
    stacks: pd.DataFrame,
    streams: pd.DataFrame,
    colors: Mapping[str, str],
    stages: Sequence[str],
    *,
    wall: bool = False,
    size: tuple[float, float] | None = None,
) -> p9.ggplot:
    """Draw the columns and the ribbons between them.

    Parameters
    ----------
    stacks, streams
        As in :func:`column_frame` and :func:`ribbon_frame`; in `stacks` the rows of a stage go
        from the bottom upwards.
    colors
        State -> fill; a ribbon takes the colour of the topmost state of the group it reaches.
    stages
        The headings of the columns.
    """
    import plotnine as p9

    held, moved = ("stage", "patients", "state", "group"), ("stage", "patients", "source", "target")
    stacks = inputs.read_frame(stacks, held[2:], numeric=held[:2], known=held)
    streams = inputs.read_frame(streams, moved[2:], numeric=moved[:2], known=moved)
    inputs.instance_of(colors, Mapping, "colors")
    for state in dict.fromkeys(stacks["state"]):
        if not re.fullmatch("#[0-9A-Fa-f]{6}", str(colors.get(state))):
            raise ValueError(f"colors has {colors.get(state)!r} for {state!r}; give it as #0072B2")
    stages = inputs.column_names(stages, "stages")
    columns = column_frame(stacks)
    beside = set(columns["stage"]) == {1, 2}
    half = BESIDE if beside else WITHIN
    groups = list(dict.fromkeys(stacks["group"]))
    last_state = dict(zip(stacks["group"], stacks["state"], strict=True))
    ribbons = ribbon_frame(columns, streams, groups, half)
    ribbons = ribbons.assign(fill=ribbons["target"].map(last_state))
    columns = columns.assign(
        left=columns["stage"] - half,
        right=columns["stage"] + half,
        middle=(columns["bottom"] + columns["top"]) / 2,
        label=columns["patients"].map("{:.10g}".format) + " " + columns["state"].astype(str),
    )
    points = type_size(wall=wall) * (0.76 if wall else 0.82)
    size = figure_size(size, (11.0, 5.6) if wall else (4.6, 5.2) if beside else (7.4, 4.6))
    total = int(columns["top"].max())
    # The plate is about 0.85 of the figure high.
    columns = columns.assign(block=columns["patients"] * 0.85 * 72 * size[1] / total)
    limits = None
    if beside:
        labels, limits = _beside(columns, points, size[0])
    else:
        labels = [_within(columns, colors, points)]
    stages_axis = p9.scale_x_continuous(
        breaks=list(range(1, len(stages) + 1)), labels=list(stages), limits=limits, expand=(0, 0.08)
    )
    patients_axis = p9.scale_y_continuous(breaks=[] if beside else [0, total], expand=(0.01, 0))
    return (
        p9.ggplot()
        + p9.geom_polygon(ribbons, p9.aes("x", "y", group="ribbon", fill="fill"), alpha=0.3)
        + p9.geom_rect(
            columns,
            p9.aes(xmin="left", xmax="right", ymin="bottom", ymax="top", fill="state"),
            color="white",
            size=0.7,
        )
        + labels
        + p9.scale_size_identity(guide=None)
        + p9.scale_fill_manual(dict(colors), guide=None)
        + p9.scale_color_manual({INK: INK, "white": "white"}, guide=None)
        + stages_axis
        + patients_axis
        + p9.labs(x="", y="" if beside else "patients")
        + report_theme(wall=wall, size=size)
        + p9.theme(
            panel_grid_major_y=p9.element_blank(),
            axis_line_x=p9.element_blank(),
            axis_ticks_major_x=p9.element_blank(),
        )
    )


def _within(columns: pd.DataFrame, colors: Mapping[str, str], points: float) -> p9.geom_text:
    """Write each label within its block, smaller where the block is thin."""
    import plotnine as p9

    columns = columns.assign(
        ink=columns["state"].map({state: _ink_on(fill) for state, fill in colors.items()}),
        points=np.minimum(points, 0.8 * columns["block"]),
    )
    shown = p9.aes("stage", "middle", label="label", color="ink", size="points")
    return p9.geom_text(columns, shown)


def _beside(
    columns: pd.DataFrame, points: float, width: float
) -> tuple[list[p9.geom_text], tuple[float, float]]:
    """Write each label beside its block, on lines of a few letters where the block is as high."""
    import plotnine as p9

    columns = columns.assign(
        label=[
            textwrap.fill(label, 14) if block > 2.5 * points else label
            for label, block in zip(columns["label"], columns["block"], strict=True)
        ]
    )
    sides = [columns[columns["stage"] == stage] for stage in (1, 2)]
    letters = [
        max(len(line) for label in side["label"] for line in label.split("\n")) for side in sides
    ]
    # Inches that the labels take; what is left of the figure is the columns and what joins them.
    first, second = (WIDTH_OF_A_LETTER * points / 72 * (1 + count) for count in letters)
    inch = (1 + 2 * BESIDE) / max(0.9 * width - first - second, 0.25 * width)
    gap = 0.5 * points / 72 * inch
    text = [
        p9.geom_text(
            side.assign(x=side[edge] + away),
            p9.aes("x", "middle", label="label"),
            ha=ha,
            size=points,
            color=INK,
        )
        for side, edge, away, ha in zip(
            sides, ("left", "right"), (-gap, gap), ("right", "left"), strict=True
        )
    ]
    return text, (1 - BESIDE - first * inch, 2 + BESIDE + second * inch)


def _ink_on(fill: str) -> str:
    red, green, blue = (int(fill[i : i + 2], 16) for i in (1, 3, 5))
    return "white" if 0.299 * red + 0.587 * green + 0.114 * blue < 140 else INK
