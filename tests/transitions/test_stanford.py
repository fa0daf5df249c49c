"""Shows *correct*: the Stanford heart transplant data, a positive control that others published.

Kalbfleisch & Prentice (1980), The Statistical Analysis of Failure Time Data, p. 139, fit six Cox
models to these data; the values here are as printed in survival's own reference output for them
(``tests/jasa.Rout.save``, version 3.5).
"""

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from secondlook import printed
from secondlook.data import load
from secondlook.transitions import (
    andersen_gill,
    awkward_transitions,
    ever_exposed_log_rank,
    mantel_byar,
    split_at_transition,
)

COLUMNS = {"duration": "days", "event": "died", "transition_time": "wait"}
RULES = {"no-follow-up": "shift", "day-zero": "from-start", "at-end": "shift"}


@pytest.fixture(scope="module")
def patients():
    return load("stanford-heart", "patients")


@pytest.fixture(scope="module")
def rows(patients):
    accepted = pd.to_datetime(patients["accepted"])
    patients = patients.assign(
        age=patients["age"] - 48,
        year=(accepted - pd.Timestamp("1967-10-01")).dt.days / 365.25,
    )
    return split_at_transition(patients, **COLUMNS, id="patient", rules=RULES)


def test_the_data_hold_each_kind_of_awkward_row(patients):
    listed = awkward_transitions(patients, duration="days", transition_time="wait")
    assert listed["kind"].value_counts().to_dict() == {
        "day-zero": 2,
        "no-follow-up": 1,
        "at-end": 1,
    }


def test_the_split_rows_are_those_of_survival(rows):
    assert len(rows) == 170
    assert rows["event"].sum() == 75
    assert (rows["state"] == 1).sum() == 69


PRINTED = {
    ("age", "surgery", "transplant", "age:transplant", "surgery:transplant"): (
        ["0.01386", "-0.54652", "0.11572", "0.03473", "-0.29037"],
        ["0.01813", "0.61091", "0.32729", "0.02725", "0.75819"],
    ),
    ("year", "transplant", "year:transplant"): (
        ["-0.2652", "-0.2871", "0.1371"],
        ["0.1051", "0.5137", "0.1409"],
    ),
    ("age", "year", "transplant", "age:transplant", "year:transplant"): (
        ["0.01558", "-0.27413", "-0.59388", "0.03380", "0.20228"],
        ["0.01734", "0.10588", "0.54222", "0.02795", "0.14247"],
    ),
    ("year", "surgery", "transplant", "year:transplant", "surgery:transplant"): (
        ["-0.2541", "-0.2365", "-0.2969", "0.1653", "-0.5499"],
        ["0.1077", "0.6282", "0.5054", "0.1416", "0.7759"],
    ),
    ("age", "surgery", "transplant", "year", "age:transplant", "surgery:transplant"): (
        ["0.01504", "-0.42025", "0.07412", "-0.13631", "0.02691", "-0.29656"],
        ["0.01760", "0.61564", "0.33113", "0.07097", "0.02712", "0.75800"],
    ),
    ("age", "transplant", "surgery", "year", "age:transplant"): (
        ["0.01527", "0.04457", "-0.62113", "-0.13608", "0.02703"],
        ["0.01750", "0.32171", "0.36786", "0.07090", "0.02714"],
    ),
}


@pytest.mark.parametrize("covariates", list(PRINTED))
def test_six_published_models_are_reproduced_to_the_printed_digit(rows, covariates):
    transplant = (rows["state"] == 1).astype(float)
    frame = rows.assign(transplant=transplant)
    for name in covariates:
        if name.endswith(":transplant"):
            frame[name] = frame[name.removesuffix(":transplant")].astype(float) * transplant
    fit = andersen_gill(frame, list(covariates), ties="breslow", cluster="patient")
    coefficients, errors = PRINTED[covariates]
    for column, texts in (("coefficient", coefficients), ("std_error", errors)):
        for text, value in zip(texts, fit.table[column], strict=True):
            assert printed.verdict(text, value) == "reproduced", (column, text, value)
    assert np.isfinite(fit.table["robust_std_error"]).all()


def test_mantel_byar_agrees_with_the_exact_partial_likelihood_of_r(rows):
    # survival 3.5-3: coxph(Surv(start, stop, event) ~ transplant, jasa1, ties = "exact", init = 0,
    # control = coxph.control(iter.max = 0))$score
    assert_allclose(mantel_byar(rows).statistic, 0.1699896252453855, rtol=1e-9)


def test_with_a_day_added_it_agrees_on_the_data_frame_heart_too(patients):
    # The same call on survival's heart, whose times are a day longer, so that nobody changes state
    # on day zero: two patients wait for a day.
    later = patients.assign(days=patients["days"] + 1, wait=patients["wait"] + 1)
    rows = split_at_transition(later, **COLUMNS, rules={"at-end": "shift"})
    assert len(rows) == 172
    assert_allclose(mantel_byar(rows).statistic, 0.175085839672177, rtol=1e-9)


def test_immortal_time_turns_no_difference_into_a_large_one(rows):
    biased, fair = ever_exposed_log_rank(rows, id="patient").log_rank, mantel_byar(rows)
    assert biased.p_value < 1e-6
    assert fair.p_value > 0.5
