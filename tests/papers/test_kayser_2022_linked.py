"""Correct: what the report says of both curves together, recomputed in part.

Stable: the stored searches.
"""

import pandas as pd
import pytest
from tests.papers.generators import generator

from papers.kayser_2022 import searches


@pytest.fixture(scope="module")
def within_two_months():
    return generator("kayser-2022", "searches").together(2.0, deaths_count=True)


def test_a_stored_search_is_what_a_fresh_one_finds(within_two_months):
    stored = searches.stored("linked")
    row = stored[(stored["longest"] == 2.0) & (stored["deaths_in_remission"] == "events")]
    assert row.iloc[0].to_dict() == pytest.approx(within_two_months)


def test_a_tighter_bound_on_the_time_to_remission_never_leaves_more():
    for _, rows in searches.stored("linked").groupby("deaths_in_remission"):
        by_bound = rows.assign(longest=rows["longest"].fillna(float("inf")))
        by_bound = by_bound.sort_values("longest", ascending=False)
        for column in ("sequences", "relapse_free_sequences", "relapse_free_orders", "pairs"):
            assert by_bound[column].is_monotonic_decreasing


def test_deaths_add_up_to_those_of_all_patients():
    stored = searches.stored("linked")
    least, most = (20, 21)
    assert (stored["fewest_deaths_in_17"] + stored["most_deaths_in_14"] <= most).all()
    assert (stored["most_deaths_in_17"] + stored["fewest_deaths_in_14"] >= least).all()


def test_two_deaths_in_remission_leave_more_than_none():
    stored = searches.stored("linked").fillna({"longest": float("inf")})
    counted, ended = (
        stored[stored["deaths_in_remission"] == reading].set_index("longest")
        for reading in ("events", "follow-up ends")
    )
    pd.testing.assert_index_equal(counted.index, ended.index)
    assert (ended["pairs"] >= counted["pairs"]).all()
