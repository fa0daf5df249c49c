"""Forest plots. Correct: the frame holds the numbers of interval and pool; the figure draws."""

from decimal import Decimal
from fractions import Fraction

import pandas as pd
import pytest
from numpy.testing import assert_allclose

from secondlook.figures import forest_figure, forest_frame
from secondlook.pooling import pool
from secondlook.proportions import interval

STUDIES = pd.DataFrame(
    [("A", 12, 40, "one"), ("B", 3, 20, "one"), ("C", 0, 9, "one"), ("D", 5, 5, "two")],
    columns=["study", "count", "n", "group"],
)


def test_each_study_has_its_exact_interval_in_percent():
    frame = forest_frame(STUDIES)
    shown = frame[frame["kind"] == "study"]
    assert shown["count"].tolist() == STUDIES["count"].tolist()
    for row in shown.to_dict("records"):
        found = interval(row["count"], row["n"])
        assert_allclose(
            [row["estimate"], row["lower"], row["upper"]],
            [100 * found.estimate, 100 * found.lower, 100 * found.upper],
            rtol=1e-12,
        )
    assert shown["label"].tolist() == ["A  12/40", "B  3/20", "C  0/9", "D  5/5"]
    # 3 of 20: Clopper-Pearson 3.2 to 37.9.
    assert shown["text"].tolist()[1] == "15% (3 to 38)"


def test_a_group_of_three_is_pooled_and_a_single_study_is_not():
    frame = forest_frame(STUDIES)
    assert frame["kind"].tolist() == [
        "heading", "study", "study", "study", "pooled", "prediction", "heading", "study",
    ]  # fmt: skip
    found = pool([12, 3, 0], [40, 20, 9])
    pooled, prediction = (frame[frame["kind"] == k].iloc[0] for k in ("pooled", "prediction"))
    assert (pooled["count"], pooled["n"]) == (15, 69)
    assert_allclose(pooled["estimate"], 100 * found.estimate, rtol=1e-9)
    assert_allclose(pooled["upper"], 100 * found.upper, rtol=1e-9)
    assert_allclose(prediction["lower"], 100 * found.prediction_lower, rtol=1e-9)
    assert pd.isna(prediction["estimate"])
    assert pooled["label"] == "Pooled, 3 studies"


def test_without_groups_there_is_no_heading():
    frame = forest_frame(STUDIES.drop(columns="group"), least=5)
    assert frame["kind"].tolist() == ["study"] * 4
    assert frame["row"].tolist() == [0, 1, 2, 3]


def test_groups_of_nobody_or_everybody_are_shown_and_not_pooled():
    nobody = STUDIES.assign(count=0, group="none")
    assert set(forest_frame(nobody)["kind"]) == {"heading", "study"}


def test_counts_of_any_kind_of_number_give_the_same_frame():
    wanted = forest_frame(STUDIES)
    for kind in ("category", ">i4", "float32", "Int64", object):
        given = STUDIES.astype({"count": kind, "n": kind})
        pd.testing.assert_frame_equal(forest_frame(given), wanted)
    exact = STUDIES.astype(object)
    exact["count"] = [
        Fraction(int(x)) if i % 2 else Decimal(int(x)) for i, x in enumerate(exact["count"])
    ]
    pd.testing.assert_frame_equal(forest_frame(exact), wanted)


def test_the_frame_is_not_changed():
    before = STUDIES.copy()
    frame = forest_frame(STUDIES)
    copy = frame.copy()
    forest_figure(frame)
    pd.testing.assert_frame_equal(STUDIES, before)
    pd.testing.assert_frame_equal(frame, copy)


@pytest.mark.parametrize("wall", [False, True])
def test_the_figure_draws_and_grows_with_its_rows(wall):
    small = forest_figure(forest_frame(STUDIES.tail(1)), wall=wall).draw()
    large = forest_figure(forest_frame(STUDIES), wall=wall).draw()
    assert large.get_size_inches()[0] == small.get_size_inches()[0] == (10.0 if wall else 4.8)
    assert large.get_size_inches()[1] > small.get_size_inches()[1]
    written = [text.get_text() for axes in large.axes for text in axes.texts]
    assert "15% (3 to 38)" in written
    assert "B  3/20" in written


def test_a_name_that_runs_into_its_numbers_is_refused():
    long = STUDIES.head(1).assign(study="A study with a name that no line of a phone can ever hold")
    with pytest.raises(ValueError, match="do not fit on a line"):
        forest_figure(forest_frame(long))


@pytest.mark.parametrize(
    ("studies", "message"),
    [
        (STUDIES.drop(columns="n"), "no column 'n' in the frame"),
        (STUDIES.head(0), "no study"),
        (STUDIES.assign(n=4), "Study 'A': count is 12"),
    ],
)
def test_what_is_no_list_of_studies_is_refused(studies, message):
    with pytest.raises(ValueError, match=message):
        forest_frame(studies)
