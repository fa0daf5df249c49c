"""Shows *correct*: splitting at a change of state, each rule by hand, and each refusal."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from secondlook.transitions import awkward_transitions, mantel_byar, split_at_transition

COLUMNS = {"duration": "days", "event": "died", "transition_time": "change"}


def patients(*rows):
    return pd.DataFrame(rows, columns=["days", "died", "change"])


def split(frame, **options):
    return split_at_transition(frame, **(COLUMNS | options))


def as_lists(rows):
    return rows[["id", "start", "stop", "event", "state"]].to_numpy().tolist()


def test_a_patient_who_changes_state_gets_two_rows_and_the_death_in_the_second():
    rows = split(patients((8, 1, 3)))
    assert as_lists(rows) == [[0, 0.0, 3.0, False, 0], [0, 3.0, 8.0, True, 1]]


def test_a_patient_who_never_changes_state_gets_one_row():
    assert as_lists(split(patients((8, 1, None)))) == [[0, 0.0, 8.0, True, 0]]


def test_several_changes_and_a_return_to_the_first_state():
    frame = patients((9, 1, 2)).assign(off=5)
    rows = split(frame, transition_time=["change", "off"], states=["before", "on", "before"])
    assert as_lists(rows) == [
        [0, 0.0, 2.0, False, "before"],
        [0, 2.0, 5.0, False, "on"],
        [0, 5.0, 9.0, True, "before"],
    ]


def test_a_change_may_be_skipped():
    frame = patients((9, 1, None)).assign(off=5)
    rows = split(frame, transition_time=["change", "off"], states=["a", "b", "c"])
    assert as_lists(rows) == [[0, 0.0, 5.0, False, "a"], [0, 5.0, 9.0, True, "c"]]
    assert list(rows["state"].cat.categories) == ["a", "b", "c"]


def test_covariates_and_the_patients_names_come_along():
    frame = patients((8, 1, 3)).assign(name="Ada", age=40)
    rows = split(frame, id="name")
    assert rows.columns.tolist() == ["name", "start", "stop", "event", "state", "age"]
    assert rows["age"].tolist() == [40, 40]


@pytest.mark.parametrize(
    ("row", "kind"),
    [((0, 1, None), "no-follow-up"), ((8, 1, 0), "day-zero"), ((8, 1, 8), "at-end"),
     ((8, 1, 9), "after-end"), ((8, 1, 8 + 1e-12), "at-end")],
)  # fmt: skip
def test_an_awkward_row_is_refused_by_position_and_listed(row, kind):
    frame = patients((5, 1, 2), row)
    with pytest.raises(ValueError, match=f"position 1 .*'{kind}'"):
        split(frame)
    listed = awkward_transitions(frame, duration="days", transition_time="change")
    assert listed[["position", "kind"]].to_numpy().tolist() == [[1, kind]]


def test_one_message_names_all_kinds_of_awkward_rows():
    with pytest.raises(ValueError, match=r"positions 0 and 2 .*'at-end'.*position 1 .*'after-end'"):
        split(patients((8, 1, 8), (8, 1, 9), (5, 0, 5)))


@pytest.mark.parametrize(
    ("row", "rules", "expected"),
    [
        ((8, 1, 0), {"day-zero": "from-start"}, [[0, 0.0, 8.0, True, 1]]),
        ((8, 1, 0), {"day-zero": "shift"}, [[0, 0.0, 0.5, False, 0], [0, 0.5, 8.0, True, 1]]),
        ((8, 1, 8), {"at-end": "never"}, [[0, 0.0, 8.0, True, 0]]),
        ((8, 1, 8), {"at-end": "shift"}, [[0, 0.0, 7.5, False, 0], [0, 7.5, 8.0, True, 1]]),
        ((8, 1, 9), {"after-end": "never"}, [[0, 0.0, 8.0, True, 0]]),
        ((0, 1, None), {"no-follow-up": "shift"}, [[0, 0.0, 0.5, True, 0]]),
    ],
)
def test_each_rule_by_hand(row, rules, expected):
    rows = split(patients(row), rules=rules)
    assert as_lists(rows) == expected
    assert rows.attrs["touched"] == {next(iter(rules)): 1}


def test_rows_without_follow_up_can_be_dropped_and_are_counted():
    rows = split(patients((0, 1, None), (4, 1, None)), rules={"no-follow-up": "drop"})
    assert as_lists(rows) == [[1, 0.0, 4.0, True, 0]]
    assert rows.attrs["touched"] == {"no-follow-up": 1}


def test_of_two_changes_at_one_time_the_last_counts():
    frame = patients((9, 1, 4)).assign(off=4)
    names = {"transition_time": ["change", "off"], "states": ["a", "b", "c"]}
    with pytest.raises(ValueError, match=r"position 0 .*'same-time'"):
        split(frame, **names)
    rows = split(frame, **names, rules={"same-time": "last"})
    assert as_lists(rows) == [[0, 0.0, 4.0, False, "a"], [0, 4.0, 9.0, True, "c"]]
    # But for floating-point error, too: the first is later by 5e-17.
    rows = split(patients((9, 1, 0.1 + 0.2)).assign(off=0.3), **names, rules={"same-time": "last"})
    assert as_lists(rows) == [[0, 0.0, 0.3, False, "a"], [0, 0.3, 9.0, True, "c"]]


def test_a_change_that_never_was_comes_before_no_other():
    names = {"transition_time": ["change", "off"], "states": ["a", "b", "c"]}
    rows = split(patients((9, 1, None)).assign(off=0.5), **names)
    assert as_lists(rows) == [[0, 0.0, 0.5, False, "a"], [0, 0.5, 9.0, True, "c"]]


def test_a_rule_that_no_row_needs_touches_nothing():
    rows = split(patients((8, 1, 3)), rules={"at-end": "never", "day-zero": "shift"})
    assert rows.attrs["touched"] == {}


@pytest.mark.parametrize(
    ("frame", "options", "message"),
    [
        (patients((8, 1, 3)), {"rules": {"at-end": "drop"}}, "no rule 'drop' for 'at-end'"),
        (patients((8, 1, 3)), {"states": ["a"]}, "1 labels for 1 changes: it needs 2"),
        (patients((8, 1, -3)), {}, "change is negative at position 0"),
        (patients((np.nan, 1, 3)), {}, "days is missing at position 0"),
        (patients((8, 2, 3)), {}, "died must be boolean or 0/1"),
        (patients((8, 1, "soon")), {}, "change must hold numbers: it does not at position 0"),
        (patients((0.3, 1, 0.3)), {"rules": {"at-end": "shift"}}, "position 0: give the columns"),
        (patients((8, 1, 3)).assign(start=1), {}, "'start', which is the name of another column"),
        (patients((8, 1, 3), (8, 1, 3)).assign(id=7), {"id": "id"}, "several rows at"),
        (patients((8, 1, 3)), {"shift": 0}, "shift is 0; it must be"),
        (patients(), {}, "at least one patient"),
    ],
)
def test_what_cannot_be_split_is_refused(frame, options, message):
    with pytest.raises(ValueError, match=message):
        split(frame, **options)


def test_changes_out_of_order_are_refused():
    frame = patients((9, 1, 5)).assign(off=3)
    with pytest.raises(
        ValueError, match="not one after the other within the follow-up at position 0"
    ):
        split(frame, transition_time=["change", "off"])


@given(
    st.lists(
        st.tuples(st.integers(1, 20), st.booleans(), st.none() | st.integers(0, 25)),
        min_size=1,
        max_size=15,
    )
)
def test_time_and_deaths_are_conserved(rows):
    frame = patients(*rows)
    rules = {"day-zero": "from-start", "at-end": "never", "after-end": "never"}
    done = split(frame, rules=rules)
    assert_allclose((done["stop"] - done["start"]).sum(), frame["days"].sum(), rtol=1e-12)
    assert done["event"].sum() == frame["died"].sum()
    assert (done["start"] < done["stop"]).all()
    if len(set(done["state"])) > 1:
        mantel_byar(done, id="id")
