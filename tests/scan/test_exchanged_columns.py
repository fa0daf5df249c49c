"""Rows and columns that changed places."""

from __future__ import annotations

from tests.scan.test_percent import HEAD, SOUND, percents


def test_a_row_in_another_order_of_columns_is_accused():
    head = ["", "A (n = 100)", "B (n = 60)", "C (n = 30)", "D (n = 20)"]
    found = percents(
        head,
        ["Men, n (%)", "50 (50)", "45 (75)", "21 (70)", "13 (65)"],
        ["Asthma, n (%)", "11 (11)", "7 (12)", "5 (17)", "3 (15)"],
        ["Heart disease, n (%)", "18 (18)", "13 (22)", "8 (27)", "9 (45)"],
        ["Smokers among the men, n (%)", "29 (64)", "17 (81)", "9 (69)", "31 (62)"],
    )
    assert {found[4, c].level for c in range(1, 5)} == {"fails"}
    assert "as in column B (n = 60)" in found[4, 1].reading


def test_a_head_that_stands_one_column_off_is_not_accused():
    found = percents(
        ["", "", "A (n = 33)", "B (n = 32)"],
        ["Male", "20 (60.6%)", "23 (71.9%)", ""],
        ["Bulky", "11 (33.3%)", "10 (31.3%)", ""],
        ["ZAP-70", "17 (51.5%)", "17 (53.1%)", ""],
        ["CD38", "12 (36.4%)", "18 (56.3%)", ""],
    )
    assert "fails" not in {f.level for f in found.values()}


def test_two_columns_that_changed_places_are_accused():
    head = ["", "A (n = 384)", "B (n = 162)", "C (n = 992)"]
    found = percents(
        head,
        ["Women, n (%)", "240 (63%)", "98 (60%)", "589 (59%)"],
        ["Stroke, n (%)", "25 (7%)", "6 (4%)", "23 (2%)"],
        ["Cancer, n (%)", "68 (18%)", "25 (15%)", "142 (14%)"],
        ["Asthma, n (%)", "348 (91%)", "928 (94%)", "146 (90%)"],
    )
    assert [found[4, c].level for c in (1, 2, 3)] == ["holds", "fails", "fails"]


def test_two_arms_whose_percents_changed_places_are_accused():
    found = percents(HEAD, *SOUND, ["Gene, n (%)", "20 (52.6)", "20 (50.0)"])
    assert "fails" in {found[4, 1].level, found[4, 2].level}


def test_levels_of_two_arms_that_each_make_the_size_of_the_other_are_asked_about():
    rows = [
        ["Sex", "", ""],
        ["Male", "26 (68.4)", "22 (55.0)"],
        ["Female", "12 (31.6)", "18 (45.0)"],
    ]
    found = percents(HEAD, *SOUND, *rows)
    assert {found[r, c].level for r in (5, 6) for c in (1, 2)} == {"question"}
    assert "its levels make 38, the size of Placebo (n = 38)" in found[5, 1].reading
    rows[1][2], rows[2][2] = "20 (52.6)", "18 (47.4)"
    assert percents(HEAD, *SOUND, *rows)[5, 1].level == "holds"  # two may lack the datum


def test_sizes_that_stand_above_the_wrong_columns_are_asked_about():
    rows = [["Male", "20 (52.6)", "25 (62.5)"], ["Female", "18 (47.4)", "15 (37.5)"],
            ["Low", "7 (18.4)", "14 (35.0)"], ["High", "31 (81.6)", "26 (65.0)"]]  # fmt: skip
    rows = [["Sex, n (%)", "", ""], *rows[:2], ["Income, n (%)", "", ""], *rows[2:]]
    found = percents(HEAD, *rows)
    assert [found[r, 1].level for r in (2, 3, 5, 6)] == ["question"] * 4
