"""Correct: ages and bone marrow involvement of a constructed set give the printed P, in R as well.

What the paper prints is entered here a second time, from its text.
"""

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose
from tests.oracles import read_oracle, rerun_r
from tests.papers.generators import generator

from papers.kayser_2022 import constructed, groups
from secondlook import claims
from secondlook.data import folder
from secondlook.proportions import fisher_exact

KEY, ORACLE = "kayser-2022", "kayser_groups"
# 0.83, 0.2, 0.08 and 0.2, as they are rounded.
PRINTED = {
    "res-age-p": (0.825, 0.835),
    "res-age-60-p": (0.15, 0.25),
    "res-emd-os-p": (0.075, 0.085),
    "res-emd-rfs-p": (0.15, 0.25),
}


def _prints_as_in_the_paper(found):
    assert found.keys() == PRINTED.keys()
    for claim, (least, most) in PRINTED.items():
        assert all(least < p < most for p in found[claim]), claim


def test_r_finds_every_printed_p():
    found = read_oracle(ORACLE)["p"]
    _prints_as_in_the_paper(found)
    for claim, (_, p_of) in groups.TESTS.items():
        assert_allclose(list(p_of(groups.witness())), found[claim], rtol=1e-9)


@pytest.mark.oracle
def test_r_finds_them_afresh():
    _prints_as_in_the_paper(rerun_r(ORACLE, "survival")["p"])


def test_the_groups_are_as_printed():
    stored = pd.read_csv(folder(KEY) / "groups.csv")
    assert (len(stored), stored["marrow"].sum()) == (31, 16)
    assert stored["age"].agg(["median", "min", "max"]).tolist() == [31, 19, 81]
    assert 60 not in set(stored["age"])
    sets = pd.read_csv(folder(KEY) / "constructed.csv")
    both = stored.merge(sets, on=["set", "patient"])
    assert both.loc[both["transplant_time"].notna(), "age"].max() <= 70


def test_the_set_is_a_constructed_one_that_prints_the_p_of_transplantation():
    rows = groups.witness()
    assert constructed.as_printed(rows) == []
    assert 0.185 < constructed.mantel_byar_of(rows).p_value < 0.195


def test_remissions_do_not_differ_by_bone_marrow_involvement():
    rows = pd.DataFrame(dict(groups.witness()))
    table = pd.crosstab(rows["marrow"], rows["response"] == "complete remission")
    assert fisher_exact(table).p_value > 0.05


def test_what_a_set_lacks_of_its_groups_is_named():
    rows, first = groups.witness(), np.arange(31) == 0
    older, fewer = {**rows, "age": rows["age"] + 1}, {**rows, "marrow": rows["marrow"] * ~first}
    assert list(groups.unmet_groups(older)) == ["met-age-median", "met-age-min", "met-age-max"]
    assert list(groups.unmet_groups(fewer)) == ["res-bm-n"]
    remissions = {**rows, "marrow": (rows["response"] != "complete remission").astype(int)}
    assert list(groups.unmet_groups(remissions))[-1].startswith("no difference in remissions")
    oldest = {**rows, "transplant_time": np.where(rows["age"] == 81, 3.0, rows["transplant_time"])}
    assert list(groups.unmet_groups(oldest)) == ["nobody above 70 years transplanted"]


def test_a_set_without_the_printed_p_is_told():
    rows = groups.witness()
    other = {**rows, "age": rows["age"][::-1], "marrow": rows["marrow"][::-1]}
    assert "res-age-p" in list(groups.unmet_tests(other))
    assert list(groups.unmet_tests(other, ["res-emd-os-p"])) == ["res-emd-os-p"]


def test_the_claims_are_attainable_by_this_set_and_say_so():
    found = claims.ledger(KEY).set_index("id").loc[list(PRINTED)]
    assert set(found["verdict"]) == {"attainable"}
    assert all("in a constructed set" in text for text in (*found["recomputed"], *found["how"]))


def test_what_is_drawn_has_what_is_printed_of_the_groups():
    make, rng = generator(KEY, "groups"), np.random.default_rng(3)
    for _ in range(20):
        ages, marrow = make.draw_ages(rng), make.draw_marrow(rng)
        assert (np.median(ages), ages.min(), ages.max(), marrow.sum()) == (31, 19, 81, 16)
        assert 60 not in ages
