"""A question that neither its bound nor the search inside it decides, asked in parts.

The bound encloses ways with few early deaths together with those with many, and what lies between
may print the facts where neither does. A part has at most so many deaths up to a time at which
survival is printed, or more. What no part has, no data set has.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

import numpy as np

from secondlook.admissible.bound import Bound, bound
from secondlook.admissible.facts import CurveFacts
from secondlook.admissible.listing import none
from secondlook.admissible.question import Question
from secondlook.admissible.witness import HARDEST, DataSet, witness

Decision = Literal["attainable", "unattainable", "undecided"]
MOST_PARTS = 100
# Marks times deaths over all cells and parts: half a minute.
WIDEST = 20_000_000
# How hard a data set is sought in each part.
SHORT = (400,)


def in_parts(
    facts: CurveFacts, whole: Bound, rng: np.random.Generator
) -> tuple[Decision, DataSet | None]:
    """Decide by parts, each divided until it decides, or nothing is left to divide it by."""
    parts, cost = [whole], 0
    for _ in range(MOST_PARTS):
        if not parts:
            return "unattainable", None
        part = parts.pop()
        found = witness(facts, part, rng, SHORT)
        if found is not None:
            return "attainable", found
        if none(part):
            continue
        halves = list(_halves(part))
        cost += sum(half.width for half in halves)
        if not halves or cost > WIDEST:
            break
        parts += filter(None, map(bound, halves))
    found = witness(facts, whole, rng, HARDEST)
    return ("undecided" if found is None else "attainable"), found


def _halves(part: Bound) -> Iterator[Question]:
    """Divide a question by its deaths, where survival is printed and they are known least."""
    q = part.question
    printed = [
        cell
        for cell, tests in enumerate(q.tests)
        if any(test.curve == "survival" and not test.half for test in tests)
    ]
    cells = [*printed, len(q.cells) - 1]
    cell = max(cells, key=lambda cell: part.died[cell][1] - part.died[cell][0])
    least, most = part.died[cell]
    middle = (least + most) // 2
    if least < most:
        yield _with_deaths(q, cell, least, middle)
        yield _with_deaths(q, cell, middle + 1, most)


def _with_deaths(q: Question, cell: int, least: int, most: int) -> Question:
    """Ask for so many deaths up to the end of a cell: no more before it, no fewer after it."""
    before = [(low, min(high, most)) for low, high in q.died[:cell]]
    after = [(max(low, least), high) for low, high in q.died[cell + 1 :]]
    return replace(q, died=(*before, (least, most), *after))
