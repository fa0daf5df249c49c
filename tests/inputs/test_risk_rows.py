"""Correct: events are boolean or 0/1. Each case once gave a wrong number."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from secondlook import survival


def test_events_may_be_truth_values_of_any_column():
    for events in (
        [True, False],
        [True, 0],
        pd.Series([True, False], dtype=object),
        np.array([1.0, 0.0]),
    ):
        assert survival.kaplan_meier([1, 2], events).events.tolist() == [1, 0]


def test_pairs_are_no_events():
    with pytest.raises(ValueError, match="events must be boolean or 0/1"):
        survival.kaplan_meier([1, 2], pd.MultiIndex.from_arrays([[1, 0], [1, 0]]))


@pytest.mark.parametrize("coded", [[1, 2], ["alive", "dead"], pd.Categorical(["no", "yes"])])
def test_events_that_are_coded_are_to_be_compared_with_the_code(coded):
    with pytest.raises(ValueError, match=r"boolean or 0/1: .*; compare a code .*status == 2$"):
        survival.kaplan_meier([1, 2], coded)
    with pytest.raises(ValueError, match=r"not at positions? .*None\)$"):  # which equals no code
        survival.kaplan_meier([1, 2, 3], [None, *coded])
