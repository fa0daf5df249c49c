"""Correct: the axis cut into cells, and which of them a window holds, by hand."""

import math
from fractions import Fraction

import pytest

from secondlook.admissible.time_cells import (
    AFTER,
    BEFORE,
    Cell,
    cells_between,
    cells_within,
    window_cuts,
)
from secondlook.printed import Bounds

FIVE, SIX = Fraction(5), Fraction(6)
CELLS = cells_between([(SIX, AFTER), (FIVE, BEFORE), (FIVE, AFTER), (Fraction(0), BEFORE)])


def test_an_instant_is_a_cell_for_deaths_and_one_for_censorings():
    assert (
        Cell((Fraction(0), AFTER), (FIVE, BEFORE)),
        Cell((FIVE, BEFORE), (FIVE, AFTER), "deaths"),
        Cell((FIVE, BEFORE), (FIVE, AFTER), "censorings"),
        Cell((FIVE, AFTER), (SIX, AFTER)),
        Cell((SIX, AFTER), None),
    ) == CELLS
    assert [(cell.begins, cell.ends) for cell in CELLS[::2]] == [(0, 5), (5, 5), (6, math.inf)]
    assert cells_between([]) == (Cell((Fraction(0), AFTER), None),)


@pytest.mark.parametrize(
    ("window", "cuts", "cells"),
    [
        (Bounds(FIVE, FIVE, True, True), ((FIVE, BEFORE), (FIVE, AFTER)), (1, 2)),
        (Bounds(FIVE, SIX, False, True), ((FIVE, AFTER), (SIX, AFTER)), (3, 3)),
        (Bounds(-math.inf, FIVE, False, False), (None, (FIVE, BEFORE)), (0, 0)),
        (Bounds(Fraction(0), SIX, True, True), (None, (SIX, AFTER)), (0, 3)),
        (Bounds(SIX, math.inf, False, False), ((SIX, AFTER), None), (4, 4)),
        # Between two ends that are one and left out there is nothing.
        (Bounds(FIVE, FIVE, False, False), ((FIVE, AFTER), (FIVE, BEFORE)), (1, 0)),
    ],
)
def test_the_cells_of_a_window_are_those_between_its_cuts(window, cuts, cells):
    assert window_cuts(window) == cuts
    assert cells_within(CELLS, window) == cells
