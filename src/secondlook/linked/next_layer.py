"""All prefixes with one more mark, gathered from the steps that lead to them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from secondlook.inputs import BoolArray, IntArray
from secondlook.linked.look_ahead import within_reach
from secondlook.linked.order_graph import Arcs
from secondlook.linked.place_numbers import PlaceNumbers
from secondlook.linked.prefixes import Prefixes, Step, empty_prefix
from secondlook.linked.problem import Problem

__all__ = ["Sprout", "gather"]

_MIXER = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True)
class Sprout:
    """Rows of a step that lead to one place, waiting for their layer."""

    layer: int
    source: IntArray
    step: Step
    row: IntArray
    cell: int
    place: int


def gather(
    problem: Problem, numbered: PlaceNumbers, sprouts: list[Sprout], gone: int, keep: int | None
) -> tuple[Prefixes, list[tuple[int, Arcs]]]:
    """Make one layer of what leads to it: equal prefixes at equal places are one.

    Of more than `keep` prefixes as many are kept, spread over all places.
    """
    if not sprouts:
        return empty_prefix(0).rows(np.zeros(0, dtype=np.int64)), []
    order = np.concatenate([s.step.after.order[s.row] for s in sprouts])
    place = np.concatenate([np.full(len(s.row), s.place, dtype=np.int64) for s in sprouts])
    _, first, target = np.unique(place << problem.n | order, return_index=True, return_inverse=True)
    ends = np.cumsum([len(s.row) for s in sprouts])
    layer = _pick(sprouts, ends, first)
    kept = _promising(problem, numbered, layer, gone)
    if keep is not None and kept.sum() > keep:
        kept = _thinned(layer, kept, keep)
    renumbered = np.where(kept, np.cumsum(kept) - 1, -1)
    found = []
    for sprout, end in zip(sprouts, ends, strict=True):
        to = renumbered[target[end - len(sprout.row) : end]]
        alive = to >= 0
        if alive.any():
            arc = Arcs(
                sprout.source[alive].astype(np.int32),
                to[alive].astype(np.int32),
                sprout.cell,
                sprout.step.death,
                sprout.step.marks,
            )
            found.append((sprout.layer, arc))
    return layer.rows(kept), found


def _thinned(layer: Prefixes, kept: BoolArray, keep: int) -> BoolArray:
    """Keep so many, as many of each place as go; which ones does not follow the order of marks."""
    rows = np.flatnonzero(kept)
    # Every second of a sorted list would end in the same mark, layer after layer.
    mixed = (layer.order[rows].astype(np.uint64) + np.uint64(1)) * _MIXER
    by_place = np.lexsort((mixed ^ mixed >> np.uint64(32), layer.place[rows]))
    place = layer.place[rows][by_place]
    turn = np.arange(len(rows)) - np.searchsorted(place, place)
    chosen = rows[by_place[np.argsort(turn, kind="stable")[:keep]]]
    thinned = np.zeros(len(kept), dtype=bool)
    thinned[chosen] = True
    return thinned


def _pick(sprouts: list[Sprout], ends: IntArray, chosen: IntArray) -> Prefixes:
    """Copy the chosen rows of the joined sprouts without joining all of their columns."""
    which = np.searchsorted(ends, chosen, side="right")
    parts, at = [], []
    for index, sprout in enumerate(sprouts):
        mine = np.flatnonzero(which == index)
        if len(mine):
            row = sprout.row[chosen[mine] - (ends[index] - len(sprout.row))]
            part = sprout.step.after.rows(row)
            parts.append((part, sprout.place))
            at.append(mine)
    back = np.argsort(np.concatenate(at))
    columns = {
        name: np.concatenate([getattr(part, name) for part, _ in parts])[back]
        for name in Prefixes.__dataclass_fields__
        if name != "place"
    }
    place = np.concatenate([np.full(len(part), number, dtype=np.int64) for part, number in parts])
    return Prefixes(place=place[back], **columns)


def _promising(problem: Problem, numbered: PlaceNumbers, layer: Prefixes, gone: int) -> BoolArray:
    deaths = np.bitwise_count(layer.order)
    fewest, most = problem.deaths
    kept: BoolArray = (deaths <= most) & (deaths + problem.n - gone >= fewest)
    for place in np.unique(layer.place):
        rows = np.flatnonzero((layer.place == place) & kept)
        kept[rows] = within_reach(problem, layer.rows(rows), gone, numbered.places[place])
    return kept
