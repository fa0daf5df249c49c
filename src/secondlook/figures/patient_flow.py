"""Patients from stage to stage: each column holds all of them, each ribbon moves some.

Ribbons join groups of states, because a table of counts says how many leave a group and not who.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from secondlook import inputs
from secondlook.figures.theme import INK, figure_size, report_theme, type_size

if TYPE_CHECKING:
    import plotnine as p9

HALF_WIDTH = 0.37


def column_frame(stacks: pd.DataFrame) -> pd.DataFrame:
    """Add bottom and top to rows that have patients: the states of a stage stacked in their order.

    Columns are stage (1, 2, ...), state, group and patients.
    """
    kept = stacks[stacks["patients"] > 0].copy()
    kept["top"] = kept.groupby("stage")["patients"].cumsum()
    kept["bottom"] = kept["top"] - kept["patients"]
    return kept.reset_index(drop=True)


def ribbon_frame(
    columns: pd.DataFrame, streams: pd.DataFrame, groups: Sequence[str]
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
        x = moved["stage"] + HALF_WIDTH + along * (1 - 2 * HALF_WIDTH)
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
    groups = list(dict.fromkeys(stacks["group"]))
    last_state = dict(zip(stacks["group"], stacks["state"], strict=True))
    ribbons = ribbon_frame(columns, streams, groups)
    ribbons = ribbons.assign(fill=ribbons["target"].map(last_state))
    columns = columns.assign(
        left=columns["stage"] - HALF_WIDTH,
        right=columns["stage"] + HALF_WIDTH,
        middle=(columns["bottom"] + columns["top"]) / 2,
        label=columns["patients"].map("{:.10g}".format) + " " + columns["state"].astype(str),
        ink=columns["state"].map({state: _ink_on(fill) for state, fill in colors.items()}),
    )
    points = type_size(wall=wall) * (0.76 if wall else 0.82)
    size = figure_size(size, (11.0, 5.6) if wall else (7.4, 4.6))
    total = int(columns["top"].max())
    # A label stays within its block; the plate is about 0.85 of the figure high.
    block = columns["patients"] * 0.85 * 72 * size[1] / total
    columns = columns.assign(points=np.minimum(points, 0.8 * block))
    return (
        p9.ggplot()
        + p9.geom_polygon(ribbons, p9.aes("x", "y", group="ribbon", fill="fill"), alpha=0.3)
        + p9.geom_rect(
            columns,
            p9.aes(xmin="left", xmax="right", ymin="bottom", ymax="top", fill="state"),
            color="white",
            size=0.7,
        )
        + p9.geom_text(
            columns, p9.aes("stage", "middle", label="label", color="ink", size="points")
        )
        + p9.scale_size_identity(guide=None)
        + p9.scale_fill_manual(dict(colors), guide=None)
        + p9.scale_color_manual({INK: INK, "white": "white"}, guide=None)
        + p9.scale_x_continuous(
            breaks=list(range(1, len(stages) + 1)), labels=list(stages), expand=(0, 0.08)
        )
        + p9.scale_y_continuous(breaks=[0, total], expand=(0.01, 0))
        + p9.labs(x="", y="patients")
        + report_theme(wall=wall, size=size)
        + p9.theme(
            panel_grid_major_y=p9.element_blank(),
            axis_line_x=p9.element_blank(),
            axis_ticks_major_x=p9.element_blank(),
        )
    )


def _ink_on(fill: str) -> str:
    red, green, blue = (int(fill[i : i + 2], 16) for i in (1, 3, 5))
    return "white" if 0.299 * red + 0.587 * green + 0.114 * blue < 140 else INK
