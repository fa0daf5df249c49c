"""Correct: sets with transplantations laid at random, one cohort drawn again.

Stable: the stored sets.
"""

import numpy as np
import pandas as pd
import pytest

from papers.kayser_2022 import data, sampled


@pytest.mark.slow
def test_a_stored_cohort_is_what_a_fresh_draw_gives():
    stored = sampled.stored()
    number = int(stored["cohort"].iloc[0])
    fresh = sampled.from_cohort(number)
    rows = stored.loc[stored["cohort"] == number, fresh.columns].reset_index(drop=True)
    pd.testing.assert_frame_equal(fresh, rows, check_dtype=False)


def test_every_set_has_a_direction_and_the_shares_add_up():
    by_direction = sampled.by_direction()
    assert by_direction["sets"].sum() == len(sampled.stored())
    assert by_direction["share"].sum() == pytest.approx(1)
    assert by_direction["fewer"].tolist() == [True, False]


def test_the_printed_p_is_read_as_printed():
    sets = sampled.stored()
    printed = sets[sets["prints"]]
    assert printed["p"].between(0.185, 0.195).all()
    assert not sets.loc[~sets["prints"], "p"].between(0.1851, 0.1949).any()


def test_more_deaths_than_expected_go_with_a_higher_hazard():
    sets = sampled.stored()
    clear = sets[sets["p"] < 0.5]
    assert ((clear["hazard_ratio"] < 1) == clear["fewer"]).all()


def test_the_patients_told_of_have_died_or_live_after_transplantation():
    # Two of the transplanted are told to have died, and one to live.
    observed = sampled.stored()["observed"]
    assert observed.between(2, data.said("res-hsct") - 1).all()
    assert np.ptp(observed) > 0
