"""Shows *correct*: random data with changing states agree with R's survival and stats packages.

R's part is ``tests/oracles/transitions.R``: event-time tables counted row by row and given to
``mantelhaen.test`` (hypergeometric and exact), the score test of the Cox model with exact ties,
``survfit`` on the rows of each state, ``coxph`` with clusters. The committed file holds 40 data
sets; where R is present, 150 others are compared in one batch, and `make oracle-long` compares
thousands.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose
from tests.oracles import read_oracle, rerun_r

from secondlook.transitions import andersen_gill, mantel_byar, simon_makuch

LIVE, SEED = 150, 2024


class Largest:
    """The largest relative difference of each quantity over a batch."""

    def __init__(self):
        self.by_quantity = {}

    def compare(self, quantity, ours, theirs):
        ours, theirs = np.asarray(ours, dtype=float), np.asarray(theirs, dtype=float)
        assert ours.shape == theirs.shape, quantity
        assert np.array_equal(np.isnan(ours), np.isnan(theirs)), quantity
        scale = np.maximum(np.abs(theirs), 1e-3)
        far = np.nanmax(np.abs(ours - theirs) / scale, initial=0.0)
        self.by_quantity[quantity] = max(self.by_quantity.get(quantity, 0.0), float(far))

    def count(self, quantity):
        key = f"number of data sets: {quantity}"
        self.by_quantity[key] = self.by_quantity.get(key, 0) + 1


def compare_batch(data_sets):
    largest = Largest()
    for case in data_sets:
        rows = pd.DataFrame(case["rows"])
        compare_mantel_byar(largest, rows, case["mantel_byar"])
        compare_simon_makuch(largest, rows, case["simon_makuch"])
        for ties in ("efron", "breslow"):
            compare_andersen_gill(largest, rows, ties, case[ties])
    return largest.by_quantity


def compare_mantel_byar(largest, rows, theirs):
    ours = mantel_byar(rows, strata="stratum")
    largest.compare("observed", ours.observed, theirs["observed"])
    largest.compare("expected", ours.expected, theirs["expected"])
    for quantity in ("statistic", "p_value"):
        if quantity in theirs:
            largest.count(quantity)
            largest.compare(quantity, [getattr(ours, quantity)], [theirs[quantity]])
    if "exact_p" in theirs:
        exact = mantel_byar(rows, strata="stratum", variant="exact")
        largest.compare("exact p", [exact.p_value], [theirs["exact_p"]])
        largest.count("exact p")
    if "cox_score" in theirs:
        largest.compare("Cox score test", [ours.statistic], [theirs["cox_score"]])
        largest.count("Cox score test")


def compare_simon_makuch(largest, rows, theirs):
    curves = simon_makuch(rows)
    assert sorted(curves) == sorted(each["state"] for each in theirs.values())
    for each in theirs.values():
        curve = curves[each["state"]]
        for column in ("time", "survival", "lower", "upper"):
            largest.compare(f"curve: {column}", curve.table[column], each[column])
        alive = np.array(each["survival"]) > 0
        largest.compare(
            "curve: std_error", curve.std_error[alive], np.array(each["std_error"])[alive]
        )
        assert curve.at_risk.tolist() == each["at_risk"]
        assert curve.at(each["ticks"])["at_risk"].tolist() == each["at_ticks"]


def compare_andersen_gill(largest, rows, ties, theirs):
    if theirs is None:
        return
    largest.count(f"Cox, {ties}")
    fit = andersen_gill(rows, ["state", "x"], strata="stratum", ties=ties, cluster="id")
    for column in ("coefficient", "std_error", "robust_std_error"):
        largest.compare(f"Cox: {column}", fit.table[column], theirs[column])
    likelihoods = [fit.log_likelihood_at_zero, fit.log_likelihood]
    largest.compare("Cox: log likelihood", likelihoods, theirs["log_likelihood"])
    largest.compare("Cox: score test", [fit.tests.loc["score", "statistic"]], [theirs["score"]])


def check(by_quantity):
    differences = {k: v for k, v in by_quantity.items() if not k.startswith("number")}
    worst = max(differences, key=differences.get)
    assert_allclose(differences[worst], 0, rtol=0, atol=1e-9, err_msg=worst)


def test_committed_data_sets_agree_with_r_to_nine_digits():
    check(compare_batch(read_oracle("transitions")["data_sets"]))


@pytest.mark.oracle
def test_fresh_data_sets_agree_with_r_to_nine_digits(monkeypatch, record_property):
    monkeypatch.setenv("SECONDLOOK_BATCH", str(LIVE))
    monkeypatch.setenv("SECONDLOOK_SEED", str(SEED))
    data_sets = rerun_r("transitions", "survival")["data_sets"]
    assert len(data_sets) == LIVE
    by_quantity = compare_batch(data_sets)
    for quantity, far in by_quantity.items():
        record_property(quantity, far)
        print(f"{quantity}: {far:.3g}")
    check(by_quantity)
