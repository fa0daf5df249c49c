"""Shows *correct*: the Mantel-Byar test by hand, its symmetries, EZR's printed values, refusals."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from statsmodels.duration.survfunc import survdiff
from tests.oracles import read_oracle
from tests.transitions.strategies import both_states, changing_states

from secondlook.inputs import check_labels
from secondlook.survival import log_rank, risk_sets
from secondlook.transitions import mantel_byar
from secondlook.transitions.mantel_byar import at_event_times, count_at_events

BY_HAND = pd.DataFrame(
    {
        "id": [1, 2, 2, 3],
        "start": [0, 0, 2, 0],
        "stop": [4, 2, 5, 6],
        "event": [1, 0, 1, 0],
        "state": ["a", "a", "b", "a"],
    }
)


def test_three_patients_by_hand():
    # At 4: a has two of three at risk and the death. At 5: one of two, the death is in b.
    test = mantel_byar(BY_HAND, id="id")
    assert_allclose(test.observed, [1, 1], rtol=1e-12)
    assert_allclose(test.expected, [2 / 3 + 1 / 2, 1 / 3 + 1 / 2], rtol=1e-12)
    variance = 2 / 9 + 1 / 4
    assert_allclose(test.variance, [[variance, -variance], [-variance, variance]], rtol=1e-12)
    assert_allclose(test.statistic, 1 / 17, rtol=1e-12)
    assert test.df == 1
    assert test.table.columns.tolist() == [
        "stratum", "time", "state", "at_risk", "events", "expected",
    ]  # fmt: skip
    assert test.table["at_risk"].tolist() == [2, 1, 1, 1]
    assert_allclose(test.table["expected"], [2 / 3, 1 / 3, 1 / 2, 1 / 2], rtol=1e-12)
    assert (test.observed.name, test.expected.name) == ("observed", "expected")
    assert repr(test).endswith("variant='hypergeometric')")


def test_the_exact_law_by_hand():
    test = mantel_byar(BY_HAND, variant="exact")
    assert test.law["deaths"].tolist() == [0, 1, 2]
    assert_allclose(test.law["probability"], [1 / 3, 1 / 2, 1 / 6], rtol=1e-12)
    assert_allclose([test.statistic, test.p_value], [1, 1], rtol=1e-12)


def test_the_sum_of_squares_by_hand():
    test = mantel_byar(BY_HAND, variant="sum-of-squares")
    assert_allclose(test.statistic, (1 / 36) / (7 / 6) + (1 / 36) / (5 / 6), rtol=1e-12)


def test_tied_deaths_have_the_hypergeometric_variance():
    # Two deaths among five at risk, two of them in b: variance 2 * 3/4 * 2/5 * 3/5.
    rows = pd.DataFrame({"start": 0, "stop": [3, 3, 4, 4, 4], "event": [1, 1, 0, 0, 0]})
    test = mantel_byar(rows.assign(state=list("abbaa")))
    assert_allclose(test.variance.loc["b", "b"], 2 * 3 / 4 * 2 / 5 * 3 / 5, rtol=1e-12)


def test_who_enters_a_state_when_another_dies_is_not_at_risk_for_that_death():
    rows = pd.DataFrame(
        {"start": [0, 0, 4], "stop": [4, 4, 6], "event": [1, 0, 1], "state": ["a", "a", "b"]}
    )
    at_four = mantel_byar(rows).table.query("time == 4")
    assert at_four["at_risk"].tolist() == [2, 0]


def test_strata_are_compared_within():
    doubled = pd.concat([BY_HAND.assign(centre=1), BY_HAND.assign(centre=2)])
    one, two = mantel_byar(BY_HAND), mantel_byar(doubled, strata="centre")
    assert_allclose(two.expected, 2 * one.expected, rtol=1e-12)
    assert_allclose(two.variance, 2 * one.variance, rtol=1e-12)
    assert_allclose(two.statistic, 2 * one.statistic, rtol=1e-12)


def test_states_that_are_never_occupied_together_tell_nothing():
    rows = pd.DataFrame({"start": [0, 5], "stop": [5, 9], "event": [1, 1], "state": ["a", "b"]})
    test = mantel_byar(rows)
    assert test.df == 0
    assert np.isnan(test.statistic)
    assert np.isnan(test.p_value)
    exact = mantel_byar(rows, variant="exact")
    assert (exact.p_value, exact.df) == (1, 0)


def test_a_state_in_which_nobody_is_at_risk_at_a_death_costs_its_degree_of_freedom():
    unseen = pd.DataFrame({"id": [9], "start": [6], "stop": [8], "event": [0], "state": ["c"]})
    three = mantel_byar(pd.concat([BY_HAND, unseen]))
    assert three.df == 1
    assert_allclose(three.statistic, mantel_byar(BY_HAND).statistic, rtol=1e-12)


@pytest.mark.parametrize("case", read_oracle("ezr")["data_sets"])
def test_the_whole_unit_variants_print_what_ezr_prints(case):
    rows = pd.DataFrame(case["rows"])
    for variant, statistic, p_value in zip(
        ("whole-units", "whole-units-sum-of-squares"),
        case["statistic"],
        case["p_value"],
        strict=True,
    ):
        ours = mantel_byar(rows, variant=variant)
        assert_allclose([ours.statistic, ours.p_value], [statistic, p_value], rtol=1e-9)


def test_with_times_in_whole_units_ezr_agrees_with_the_correct_risk_sets():
    whole = [
        pd.DataFrame(case["rows"])
        for case in read_oracle("ezr")["data_sets"]
        if not np.mod(case["rows"]["stop"], 1).any()
    ]
    assert len(whole) == 6
    for rows in whole:
        ours, theirs = mantel_byar(rows), mantel_byar(rows, variant="whole-units")
        assert_allclose(ours.statistic, theirs.statistic, rtol=1e-12)


def test_an_empty_whole_unit_risk_set_is_refused():
    rows = pd.DataFrame(
        {"start": [0, 0, 2.2], "stop": [1, 2.2, 2.7], "event": [1, 0, 1], "state": [0, 0, 1]}
    )
    with pytest.raises(ValueError, match=r"at time 2\.7 nobody is left in the risk set"):
        mantel_byar(rows, variant="whole-units")


def same(one, other):
    assert_allclose(one.observed.to_numpy(), other.observed.to_numpy(), rtol=1e-12, atol=1e-12)
    assert_allclose(one.expected.to_numpy(), other.expected.to_numpy(), rtol=1e-12, atol=1e-12)
    assert_allclose(one.statistic, other.statistic, rtol=1e-9, atol=1e-12)
    assert one.df == other.df


@given(changing_states(states="abc"), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows, random):
    assume(both_states(rows))
    shuffled = rows.sample(frac=1, random_state=random.randrange(1000))
    same(mantel_byar(rows), mantel_byar(shuffled))


@given(changing_states(states="abc"), st.sampled_from([0.001, 1 / 3, 30.4375]))
def test_the_unit_of_time_does_not_matter(rows, unit):
    assume(both_states(rows))
    scaled = rows.assign(start=rows["start"] * unit, stop=rows["stop"] * unit)
    same(mantel_byar(rows), mantel_byar(scaled))


@given(changing_states(states="abc"))
def test_the_names_of_the_states_do_not_matter(rows):
    assume(both_states(rows))
    renamed = rows.assign(state=rows["state"].map({"a": "z", "b": "y", "c": "x"}))
    one, other = mantel_byar(rows), mantel_byar(renamed)
    assert_allclose(one.statistic, other.statistic, rtol=1e-9, atol=1e-12)
    assert_allclose(
        one.expected.to_numpy(), other.expected.to_numpy()[::-1], rtol=1e-12, atol=1e-12
    )


@given(changing_states(states="abc"), st.data())
def test_splitting_a_row_without_a_change_of_state_does_not_matter(rows, data):
    assume(both_states(rows))
    row = rows.iloc[data.draw(st.integers(0, len(rows) - 1))]
    cut = data.draw(st.floats(row["start"] + 0.01, row["stop"] - 0.01))
    first, second = row.copy(), row.copy()
    first["stop"], first["event"], second["start"] = cut, False, cut
    split = pd.concat([rows.drop(row.name), pd.DataFrame([first, second])])
    same(mantel_byar(rows), mantel_byar(split.infer_objects(), id="id"))


@given(changing_states(states="abc"))
def test_observed_and_expected_deaths_sum_to_the_deaths(rows):
    assume(both_states(rows))
    test = mantel_byar(rows)
    assert test.observed.sum() == rows["event"].sum()
    assert_allclose(test.expected.sum(), rows["event"].sum(), rtol=1e-12, atol=1e-12)
    assert_allclose(test.variance.sum(), 0, rtol=1e-12, atol=1e-12)


@given(changing_states(states="abc", one_row_each=True))
def test_without_changes_of_state_it_is_the_log_rank_test(rows):
    assume(both_states(rows))
    ours, theirs = mantel_byar(rows), log_rank(rows["stop"], rows["event"], rows["state"])
    assert_allclose(ours.expected, theirs.expected, rtol=1e-12, atol=1e-12)
    assert_allclose(ours.statistic, theirs.statistic, rtol=1e-12, atol=1e-12)


@given(changing_states())
def test_the_exact_law_has_the_moments_of_the_test(rows):
    assume(both_states(rows))
    test = mantel_byar(rows, variant="exact")
    deaths, probability = test.law["deaths"], test.law["probability"]
    mean = (deaths * probability).sum()
    assert_allclose(probability.sum(), 1, rtol=1e-12)
    assert_allclose(mean, test.expected.iloc[1], rtol=1e-12, atol=1e-12)
    assert_allclose(
        ((deaths - mean) ** 2 * probability).sum(), test.variance.iloc[1, 1], rtol=1e-12, atol=1e-12
    )


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"state": "a"}, "every row is in state 'a'"),
        ({"stop": [4, 2, 2, 6]}, "start equals stop at position 2"),
        ({"stop": [4, 3, 5, 6]}, "position 2 begin before the same patient's previous row ends"),
        ({"event": [1, 1, 1, 0]}, "position 2 come after the same patient's event"),
        ({"state": ["a", "a", None, "a"]}, "state is missing at position 2"),
    ],
)
def test_contradictory_rows_are_refused_by_position(changed, message):
    with pytest.raises(ValueError, match=message):
        mantel_byar(BY_HAND.assign(**changed), id="id")


def test_a_missing_column_is_named_with_those_that_there_are():
    with pytest.raises(ValueError, match="no column 'stop' in the frame; it has 'id', 'start'"):
        mantel_byar(BY_HAND.rename(columns={"stop": "end"}))


@pytest.mark.parametrize("variant", ["exact", "whole-units"])
def test_variants_for_two_states_refuse_three(variant):
    rows = BY_HAND.assign(state=["a", "a", "b", "c"])
    with pytest.raises(ValueError, match="compares two states; there are 3"):
        mantel_byar(rows, variant=variant)


def test_an_unknown_variant_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match="'cox'; choose hypergeometric, sum-of-squares"):
        mantel_byar(BY_HAND, variant="cox")


@given(changing_states(states="abc"), st.sampled_from([1, 0.1, 1 / 3]))
def test_counting_at_events_alone_agrees_with_the_risk_sets(rows, unit):
    start, stop = rows["start"].to_numpy() * unit, rows["stop"].to_numpy() * unit
    event, state = rows["event"].to_numpy(bool), check_labels(rows["state"], "state", stop, "stop")
    fast = count_at_events(start, stop, event, state)
    slow = at_event_times(risk_sets(stop, event, start=start, group=rows["state"]))
    assert fast.at_risk.tolist() == slow.at_risk.tolist()
    assert fast.events.tolist() == slow.events.tolist()
    assert_allclose(fast.time, slow.time, rtol=1e-7)


def test_times_apart_by_floating_point_error_are_one_time():
    # At 0.3 one enters b, one leaves a and one dies: none of the three may see it as later.
    rows = pd.DataFrame(
        {
            "start": [0, 0, 0.1 + 0.2, 0, 0],
            "stop": [0.3, 0.1 + 0.2, 0.9, 0.1 * 3, 1],
            "event": [1, 0, 1, 0, 0],
            "state": list("aabba"),
        }
    )
    exact = rows.assign(start=[0, 0, 0.3, 0, 0], stop=[0.3, 0.3, 0.9, 0.3, 1])
    assert mantel_byar(rows).table["at_risk"].tolist() == [3, 1, 1, 1]
    same(mantel_byar(rows), mantel_byar(exact))


def test_a_row_that_floating_point_error_alone_gives_a_length_is_refused():
    rows = BY_HAND.assign(start=[0, 0, 4.9999999999, 0])
    with pytest.raises(ValueError, match="rows at position 2 begin and end at times that differ"):
        mantel_byar(rows)


@given(changing_states(states="ab"))
def test_statsmodels_agrees_where_it_has_an_answer(rows):
    assume(both_states(rows))
    ours = mantel_byar(rows)
    assume(ours.df == 1 and ours.variance.iloc[0, 0] > 1e-9)
    statistic, p_value = survdiff(
        rows["stop"].to_numpy(float),
        rows["event"].to_numpy(int),
        rows["state"].to_numpy(),
        entry=rows["start"].to_numpy(float),
    )
    assert_allclose([ours.statistic, ours.p_value], [statistic, p_value], rtol=1e-9, atol=1e-12)
