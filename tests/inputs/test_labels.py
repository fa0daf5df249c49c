"""Correct: what is missing, or reads as another label does, is no group. Each case once was one."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from tests.inputs.hostile import PATIENTS, ROWS

from secondlook import survival, transitions


@pytest.mark.parametrize(
    "twin",
    [
        "a ",
        " a",
        "a\u00a0",
        "a\u200b",
        "a\u202e",
        "A\u030a",
        "a\ufe0f",
        "a\u034f",
        "a\u3164",
        "a\x01",
    ],
)
def test_labels_that_read_the_same_are_no_two_groups(twin):
    label = "\u00c5" if "A" in twin else "a"
    for labels in ([label, twin, "b"], pd.Categorical([label, twin, "b"])):
        with pytest.raises(ValueError, match="which read the same; write them alike"):
            survival.log_rank([1, 2, 3], [1, 1, 1], labels)


@pytest.mark.parametrize("states", [[0, 0], [1, 1.0], ["a", None], [np.nan, 1]])
def test_every_change_leads_to_another_state_that_has_a_name(states):
    with pytest.raises(ValueError, match="name each state, and another one after every change"):
        transitions.split_at_transition(
            PATIENTS, duration="d", event="e", transition_time="t", states=states
        )


@pytest.mark.parametrize(
    "labels",
    [
        ["a", None, "b", "a"],
        ["a", float("nan"), "b", "a"],
        np.array(["a", np.nan, "b", "a"]),
        np.array(["a", None, "b", "a"]),
        pd.Series(["a", None, "b", "a"]),
        pd.Categorical(["a", None, "b", "a"]),
        [1.0, np.nan, 2.0, 1.0],
    ],
)
def test_a_missing_label_is_no_group(labels):
    times = [1, 2, 3, 4]
    with pytest.raises(ValueError, match="group is missing at position 1"):
        survival.log_rank(times, [1] * 4, labels)
    with pytest.raises(ValueError, match="strata is missing at position 1"):
        survival.risk_sets(times, [1] * 4, strata=labels)


@pytest.mark.parametrize("made", ["nan", "NaN", "NaT", "<NA>"])
def test_a_text_that_numpy_makes_of_what_is_missing_is_no_group(made):
    rows = ROWS.assign(state=np.array(["a", made, "b", "a"]))
    for labels in (["a", made, "b", "a"], rows["state"]):
        with pytest.raises(ValueError, match="group is missing at position 1: it is the text"):
            survival.log_rank([1, 2, 3, 4], [1] * 4, labels)
    with pytest.raises(ValueError, match="state is missing at position 1"):
        transitions.mantel_byar(rows)
    assert survival.risk_sets([1, 2], [1, 1], group=["None", "CR"]).groups == ("CR", "None")


def test_labels_that_differ_behind_a_nul_are_not_made_one():
    with pytest.raises(ValueError, match=r"group holds what cannot be a label at position 0"):
        survival.log_rank([1, 2, 3, 4], [1] * 4, ["a\0b", "a\0c", "a\0b", "x"])
    rows = ROWS.assign(id=["p\0a", "p\0b", "p\0b", "p\0c"])
    with pytest.raises(ValueError, match="id holds what cannot be a label at position 0"):
        transitions.mantel_byar(rows, id="id")


@pytest.mark.parametrize("lost", [None, Decimal("sNaN"), "nan", [1], "a\0"])
def test_every_patient_has_a_name_of_its_own_before_rows_are_made(lost):
    for table, id in (
        (PATIENTS.assign(p=["x", lost, "y"]), "p"),
        (PATIENTS.set_axis(pd.Index(["x", "nan", "y"])), None),
    ):
        with pytest.raises(ValueError, match=r"p (is missing|holds)|the patient is missing"):
            transitions.split_at_transition(
                table, duration="d", event="e", transition_time="t", id=id
            )


def test_ids_that_read_the_same_are_no_two_patients():
    rows = ROWS.assign(id=["p", "q", "q\u200b", "r"])
    with pytest.raises(ValueError, match=r"id has the labels 'q' and .* read the same"):
        transitions.mantel_byar(rows, id="id")


def test_labels_of_two_kinds_have_no_order():
    with pytest.raises(ValueError, match="mixes labels that have no order: numbers and texts"):
        survival.log_rank([1, 2], [1, 1], [1, "1"])


def test_labels_may_have_the_other_byte_order_and_not_more_digits_than_a_float():
    swapped = np.array([1, 2, 1], dtype=np.float64).astype(">f8")
    assert survival.risk_sets([1, 2, 3], [1] * 3, group=swapped).groups == (1.0, 2.0)
    with pytest.raises(ValueError, match="group holds what cannot be a label"):
        survival.risk_sets([1, 2], [1, 1], group=[10**400, 1])
