"""Correct: counts and cells of a table are whole numbers. Each case once gave a wrong number."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from secondlook import pooling, proportions, survival


def test_a_cell_that_cannot_be_compared_is_named():
    for cell in (pd.NA, Decimal("sNaN"), None, np.inf):
        with pytest.raises(ValueError, match=r"the cell in row 0, column 1 is .*; it must be"):
            proportions.pearson([[2, cell], [3, 4]])


def test_half_floats_hold_counts():
    cells = np.array([[3, 4], [5, 6]], dtype=np.float16)
    assert proportions.pearson(cells) == proportions.pearson([[3, 4], [5, 6]])


def test_texts_are_no_counts():
    with pytest.raises(ValueError, match="counts is str; give a list"):
        proportions.trend_test("12", "34")
    with pytest.raises(ValueError, match="study 0: count is '1'"):
        pooling.pool(["1", "2"], [3, 4])


def test_a_message_shows_a_number_of_numpy_as_one():
    with pytest.raises(ValueError, match=r"row 0, column 0 is -1; it must"):
        proportions.pearson(np.array([[-1, 2], [3, 4]]))
    series = pd.Series([1, 1], index=[3, 2])
    with pytest.raises(ValueError, match=r"position 0: 3 and 0\)"):
        survival.kaplan_meier(series, pd.Series([1, 1]))
