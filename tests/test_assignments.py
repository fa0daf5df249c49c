"""Correct: against plain brute force over every assignment, and against cases solved by hand."""

import itertools
import time

import numpy as np
import pytest
from numpy.testing import assert_allclose

from secondlook.assignments import (
    at_most_deaths,
    deaths_by_time,
    enumerate_assignments,
    event_assignments,
    mean_survival,
    number_of_deaths,
    survival_percent,
)

MONTHS = [2, 1, 6, 3, 18, 16, 1, 22, 6, 1, 2, 4, 5, 8, 4, 1, 3, 2, 2, 2, 1]
SIX, TWELVE, MEAN, DEATHS = "38.5% at 6", "14% at 12", "mean 5.2", "10 deaths"


def printed_statements():
    return [
        survival_percent(SIX, 6, "38.5"),
        survival_percent(TWELVE, 12, "14"),
        mean_survival(MEAN, "5.2"),
        number_of_deaths(DEATHS, 10),
    ]


def product_limit(times, died, at, before=False):
    survival = 1.0
    for t in sorted(set(times)):
        if t > at or (before and t == at):
            break
        at_risk = sum(u >= t for u in times)
        survival *= 1 - sum(d and u == t for u, d in zip(times, died, strict=True)) / at_risk
    return survival


def area_under(times, died, up_to):
    edges = [0, *sorted({t for t in times if t <= up_to})]
    return sum(
        (right - left) * product_limit(times, died, left)
        for left, right in itertools.pairwise(edges)
    )


def test_the_classes_hold_every_assignment_of_the_paper_once():
    classes = enumerate_assignments(MONTHS)
    assert len(classes.deaths) == 31_104
    assert classes.weight.sum() == 2**21


def test_every_assignment_of_a_small_data_set_agrees_with_plain_loops():
    times = [2, 2, 3, 5, 5, 5, 9]
    classes = enumerate_assignments(times)
    row = {tuple(d): i for i, d in enumerate(classes.deaths)}
    seen = np.zeros(len(classes.deaths), dtype=int)
    distinct = sorted(set(times))
    for died in itertools.product([False, True], repeat=len(times)):
        deaths = [sum(d for d, u in zip(died, times, strict=True) if u == t) for t in distinct]
        i = row[tuple(deaths)]
        seen[i] += 1
        for at in (0.5, 2, 4, 5, 9, 12):
            assert_allclose(
                classes.survival_at(at)[i], product_limit(times, died, at), rtol=0, atol=1e-12
            )
            assert_allclose(
                classes.survival_at(at, just_before=True)[i],
                product_limit(times, died, at, before=True),
                rtol=0,
                atol=1e-12,
            )
        assert_allclose(classes.mean()[i], area_under(times, died, 9), rtol=0, atol=1e-12)
        if any(died):
            last = max(t for t, d in zip(times, died, strict=True) if d)
            assert_allclose(
                classes.mean(up_to="last death")[i],
                area_under(times, died, last),
                rtol=0,
                atol=1e-12,
            )
        else:
            assert np.isnan(classes.mean(up_to="last death")[i])
    assert seen.tolist() == classes.weight.tolist()


def test_counts_for_the_paper_agree_with_all_two_million_assignments():
    # One bit a patient, in order of time: deaths at each time are counted from the bits, and the
    # curve is the product over single patients, deaths first, which telescopes to 1 - d / r.
    months = np.sort(MONTHS)
    masks = np.arange(2**21, dtype=np.uint32)
    survival = np.ones(2**21)
    total = np.zeros(2**21, dtype=np.int8)
    area = np.zeros(2**21)
    area_to_last_death = np.zeros(2**21)
    at = {}
    previous = 0
    for t in np.unique(months):
        area += survival * (t - previous)
        at[f"{t}-"] = survival.copy()
        bits = np.flatnonzero(months == t)
        deaths = np.zeros(2**21, dtype=np.int8)
        for bit in bits:
            deaths += ((masks >> np.uint32(bit)) & 1).astype(np.int8)
        at_risk = int(np.sum(months >= t))
        for k in range(len(bits)):
            survival = np.where(deaths > k, survival * (at_risk - k - 1) / (at_risk - k), survival)
        area_to_last_death = np.where(deaths > 0, area, area_to_last_death)
        total += deaths
        at[f"{t}"] = survival.copy()
        previous = t

    def rounds(values, low, high):
        return (values >= low - 1e-11) & (values < high - 1e-11)

    result = event_assignments(MONTHS, printed_statements())
    alone = result.alone.set_index(["statement", "reading"])["assignments"]
    assert alone[SIX, "S(6), cut"] == rounds(100 * at["6"], 38.5, 38.6).sum()
    assert alone[SIX, "S(6−), rounded"] == rounds(100 * at["6-"], 38.45, 38.55).sum()
    assert alone[TWELVE, "S(12), cut"] == rounds(100 * at["8"], 14, 15).sum()
    assert alone[MEAN, "area to the largest time, rounded"] == rounds(area, 5.15, 5.25).sum()
    assert alone[MEAN, "area to the last death, cut"] == rounds(area_to_last_death, 5.2, 5.3).sum()
    assert alone[DEATHS, "exactly"] == (total == 10).sum()
    six = rounds(100 * at["6"], 38.45, 38.6) | rounds(100 * at["6-"], 38.45, 38.6)
    mean = rounds(area, 5.15, 5.3) | rounds(area_to_last_death, 5.15, 5.3)
    twelve = rounds(100 * at["8"], 13.5, 15)
    together = result.subsets.set_index("statements")["assignments"]
    assert together[(SIX, MEAN, DEATHS)] == (six & mean & (total == 10)).sum() == 200
    assert together[(TWELVE, MEAN)] == (twelve & mean).sum()
    assert together[(SIX, TWELVE)] == (six & twelve).sum() == 0
    assert together[(TWELVE, DEATHS)] == (twelve & (total == 10)).sum() == 0


def test_the_maximal_sets_are_those_to_which_nothing_can_be_added():
    result = event_assignments(MONTHS, printed_statements())
    possible = {
        frozenset(row.statements) for row in result.subsets.itertuples() if row.assignments > 0
    }
    maximal = {s for s in possible if not any(s < other for other in possible)}
    found = {frozenset(row.statements) for row in result.subsets.itertuples() if row.maximal}
    assert found == maximal == {frozenset({SIX, MEAN, DEATHS}), frozenset({TWELVE, MEAN})}


def test_counts_by_number_of_deaths_add_up_to_the_count_under_any_reading():
    result = event_assignments(MONTHS, printed_statements())
    by_statement = result.by_deaths.groupby("statement")
    assert (by_statement["of"].sum() == 2**21).all()
    assert by_statement["assignments"].sum()[DEATHS] == 352_716
    single = result.subsets.set_index("statements")["assignments"]
    assert by_statement["assignments"].sum()[SIX] == single[(SIX,)]


def test_ten_deaths_at_the_first_two_times_are_one_assignment():
    result = event_assignments(
        MONTHS, [number_of_deaths(DEATHS, 10), deaths_by_time("by month", {1: 5, 2: 5})]
    )
    witness = result.witnesses(DEATHS, "by month")
    assert witness.weight.tolist() == [1]
    assert_allclose(witness.survival_at(6), 11 / 21, rtol=0, atol=1e-12)
    assert_allclose(witness.survival_at(12), 11 / 21, rtol=0, atol=1e-12)


def test_deaths_at_a_time_that_nobody_has_are_impossible():
    result = event_assignments([1, 2], [deaths_by_time("at three", {3: 1})])
    assert not result.compatible("at three")


def test_the_mean_with_every_patient_dead_is_the_plain_mean():
    classes = enumerate_assignments(MONTHS)
    assert_allclose(classes.mean()[-1], 110 / 21, rtol=0, atol=1e-12)
    assert_allclose(classes.mean(up_to="last death")[-1], 110 / 21, rtol=0, atol=1e-12)


def test_the_two_means_part_when_the_patient_with_the_largest_time_is_censored():
    classes = enumerate_assignments([1, 2, 3, 4])
    all_but_the_last = (classes.deaths == [1, 1, 1, 0]).all(axis=1)
    assert_allclose(classes.mean()[all_but_the_last], 2.5, rtol=0, atol=1e-12)
    assert_allclose(classes.mean(up_to="last death")[all_but_the_last], 2.25, rtol=0, atol=1e-12)


def test_a_statement_holds_if_one_of_its_readings_does():
    result = event_assignments(
        [1, 2, 3, 4], [mean_survival("mean", "2.5"), at_most_deaths("one lives", 3)]
    )
    witness = result.witnesses("mean", "one lives")
    assert witness.deaths.tolist() == [[1, 0, 1, 0], [1, 1, 1, 0]]


def test_the_paper_is_examined_in_well_under_a_second():
    started = time.process_time()
    event_assignments(MONTHS, printed_statements())
    assert time.process_time() - started < 0.5


@pytest.mark.parametrize("bad", [[1, 0, 2], [1, -1], [1, float("nan")], [2, float("inf")]])
def test_a_time_that_is_not_positive_is_named_by_its_position(bad):
    with pytest.raises(ValueError, match="position 1"):
        enumerate_assignments(bad)


def test_too_many_classes_are_refused_before_memory_is_taken():
    with pytest.raises(ValueError, match="classes"):
        enumerate_assignments(range(1, 40))


def test_two_statements_of_one_name_are_refused():
    with pytest.raises(ValueError, match="differ"):
        event_assignments([1, 2], [number_of_deaths("a", 1), number_of_deaths("a", 2)])


def test_times_that_differ_by_floating_point_error_only_are_one_time():
    sums, decimals = [0.1 + 0.2, 0.3, 1.0], [0.3, 0.3, 1.0]
    statements = [survival_percent("at", 0.3, "33"), deaths_by_time("two", {0.3: 2})]
    found = [event_assignments(times, statements) for times in (sums, decimals)]
    assert found[0].assignments.patients.tolist() == [2, 1]
    assert [one.compatible("at", "two") for one in found] == [True, True]


def test_a_statement_that_was_not_given_is_refused_by_name():
    with pytest.raises(ValueError, match="no statement is named"):
        event_assignments([1, 2], [number_of_deaths("a", 1)]).compatible("b")
