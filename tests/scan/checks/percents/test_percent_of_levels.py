"""A percent against the other levels of its variable."""

from __future__ import annotations

import pytest
from tests.scan.checks.percents.test_percent import HEAD, SOUND, SOUND_ONE, percents


def test_missing_data_are_no_reading_where_the_levels_make_the_whole_group():
    found = percents(
        HEAD, *SOUND, ["Stage, n (%)", "", ""], ["I", "12 (30.0)", "10 (26.3)"],
        ["II", "8 (25.0)", "18 (47.4)"], ["III", "20 (50.0)", "10 (26.3)"],
    )  # fmt: skip
    assert found[6, 1].level == "fails"
    assert found[5, 1].level == found[7, 1].level == "holds"


def test_only_the_levels_of_the_other_columns_are_levels():
    head = ["", "A", "B", "C"]
    rows = [
        ["Vessels, n (%)", "", "", ""],
        ["One", "0 (0)", "1 (5)", "2 (8)"],
        ["Two", "4 (17)", "6 (27)", "8 (33)"],
        ["Three", "17 (81)", "15 (68)", "14 (58)"],
        ["Left main", "3 (13)", "8 (36)", "20 (42)"],
    ]
    size = ["N", "24", "22", "24"]
    assert percents(head, size, *rows)[5, 1].level != "fails"
    rows[3][2:] = ["7 (32)", "4 (17)"]
    rows[4][2:] = ["8 (36)", "10 (42)"]  # now all four make the others
    assert percents(head, size, *rows)[5, 1].level == "fails"


def test_a_level_is_held_to_the_other_where_those_of_another_column_are_of_their_sum():
    rows = [
        ["Nausea, n", "15", "70"],
        ["Age, n (%)", "", ""], ["< 65", "14 (93.3)", "68 (97.1)"], ["65+", "1 (6.7)", "2 (2.9)"],
        ["Sex, n (%)", "", ""],
        ["Male", "9 (60.0)", "30 (42.9)"], ["Female", "6 (40.0)", "40 (57.1)"],
        ["Weight, n (%)", "", ""],
        ["Low", "10 (66.7)", "37 (52.9)"], ["High", "6 (33.3)", "33 (47.1)"],
    ]  # fmt: skip
    found = percents(["", "Drug", "Placebo"], *rows)
    assert found[10, 1].level == "fails"
    assert "leaves 5 of 15, which this percent is" in found[10, 1].reading
    assert {f.level for at, f in found.items() if at != (10, 1)} == {"holds"}


LEVELS = [["Stage", ""], ["I", "12 (26.1)"], ["II", "19 (41.3)"], ["III", "15 (32.6)"]]


def test_levels_of_one_variable_are_of_one_number_though_none_is_printed():
    head = ["", "Drug, n (%)"]
    assert {f.level for f in percents(head, *LEVELS).values()} == {"holds"}
    percent = percents(head, *LEVELS[:3], ["III", "15 (36.2)"])[4, 1]
    assert percent.level == "fails"
    assert "the levels add up to 46" in percent.reading
    count = percents(head, *LEVELS[:3], ["III", "51 (32.6)"])[4, 1]
    assert count.level == "fails"
    assert "15, not 51, is this percent" in count.reading
    moved = percents(head, ["Stage", ""], ["I", "12 (26.09)"], ["II", "19 (41.30)"],
                     ["III", "15 (32.62)"])  # fmt: skip
    assert (4, 1) not in moved


def test_levels_that_one_number_gives_are_not_accused_of_its_missing_patients():
    rows = [["Stage", ""], ["I", "20 (20)"], ["II", "18 (18)"], ["III", "60 (60)"]]
    found = percents(["", "Drug, n (%)"], *rows)
    assert "fails" not in {f.level for f in found.values()}


def test_answers_of_which_several_are_given_are_no_levels():
    rows = [["Drugs taken", ""], ["A", "30 (60.0)"], ["B", "25 (50.0)"], ["C", "20 (41.7)"]]
    found = percents(["", "Drug, n (%)"], *rows)
    assert "fails" not in {f.level for f in found.values()}


def test_a_count_is_accused_where_its_percent_completes_the_variable():
    rows = [["Stage, n (%)", "", ""], ["I", "12 (30.0)", "10 (26.3)"],
            ["II", "9 (22.5)", "10 (42.1)"], ["III", "19 (47.5)", "12 (31.6)"]]  # fmt: skip
    found = percents(HEAD, *SOUND, *rows)
    assert found[6, 2].level == "fails"
    assert "16, not 10, is this percent" in found[6, 2].reading
    missing = percents(HEAD, *SOUND, *rows[:2], ["II", "9 (22.5)", "10 (27.8)"], rows[3])
    assert missing[6, 2].level == "question"


def test_the_second_of_two_levels_is_held_to_the_size_of_the_other_variables():
    stage = [["Stage", ""], *LEVELS[1:], ["Sex", ""], ["Male", "22 (47.8)"]]
    found = percents(["", "Drug, n (%)"], *stage, ["Female", "24 (57.2)"])
    assert found[7, 1].level == "fails"
    assert "the levels add up to 46" in found[7, 1].reading
    found = percents(["", "Drug, n (%)"], *stage, ["Female", "21 (46.7)"])
    assert found[7, 1].level == "question"


def test_two_levels_that_exclude_each_other_are_of_their_sum():
    rows = [["Gender", ""], ["Male", "65 (56)"], ["Female", "44 (40)"]]
    assert percents(["", "n (%)"], *rows)[2, 1].level == "fails"
    rows = [["Drugs", ""], ["Aspirin", "65 (56)"], ["Statin", "44 (40)"]]
    assert percents(["", "n (%)"], *rows) == {}


def test_two_levels_of_the_whole_group_leave_no_data_missing():
    rows = [["Female, n (%)", "12 (32.6)"], ["Male, n (%)", "28 (67.4)"]]
    found = percents(HEAD[:2], *SOUND_ONE, *rows)
    assert {found[4, 1].level, found[5, 1].level} == {"fails"}
    missing = [["Female, n (%)", "12 (32.4)"], ["Male, n (%)", "25 (67.6)"]]
    assert percents(HEAD[:2], *SOUND_ONE, *missing)[4, 1].level == "holds"
    strata = [["Female, n (%)", "12 (100)"], ["Male, n (%)", "28 (100)"]]
    assert "fails" not in {f.level for f in percents(HEAD[:2], *SOUND_ONE, *strata).values()}


def test_levels_of_a_stage_that_make_the_group_leave_no_data_missing():
    rows = [["Stage, n (%)", ""], ["I", "12 (30.0)"], ["II", "8 (25.0)"], ["III", "20 (62.5)"]]
    found = percents(HEAD[:2], *SOUND_ONE, *rows)
    assert {found[6, 1].level, found[7, 1].level} == {"fails"}


def test_the_level_that_is_left_accuses_the_count():
    rows = [
        ["Rank, n (%)", "", ""],
        ["Chief", "18 (45.0)", "20 (52.6)"],
        ["Other", "11 (55.0)", "18 (47.4)"],
    ]
    found = percents(HEAD, *SOUND, *rows)
    assert found[6, 1].level == "fails"
    assert "leaves 22 of 40" in found[6, 1].reading
    alone = [row[:2] for row in rows]
    assert percents(HEAD[:2], *SOUND_ONE, *alone)[6, 1].level == "question"


def test_two_rows_that_make_the_group_by_chance_are_no_levels():
    head = ["", "A (n = 35)", "B (n = 36)"]
    rows = [["Deaths, n (%)", "18 (51.4)", "19 (54.3)"], ["Falls, n (%)", "15 (42.9)", "17 (47.2)"],
            ["Other, n (%)", "", ""], ["Fever", "7 (20.0)", "9 (25.0)"]]  # fmt: skip
    assert percents(head, *rows)[1, 2].level == "question"


def test_groups_whose_labels_print_their_sizes_are_no_levels():
    """21 and 24 make 45 by chance, which is the size of the second."""
    rows = [["Day 28-56", "", ""], ["A low (n = 42)", "10 (24%)", "31 (74%)"],
            ["B low (n = 45)", "13 (29%)", "31 (69%)"], ["Day 1-56", "", ""],
            ["A low (n = 42)", "18 (43%)", "21 (53%)"],
            ["B high (n = 45)", "18 (40%)", "24 (53%)"]]  # fmt: skip
    found = percents(["Group, n (%)", "Progression", "Stable"], *rows)
    assert (found[5, 2].level, found[6, 2].level) == ("question", "holds")


def test_a_level_of_the_group_is_not_asked_about_where_the_others_are_of_more():
    school = [["School, n (%)", ""], ["  none", "50 (31.2)"], ["  some", "71 (44.4)"]]
    found = percents(["", "Drug (n = 159)"], *school, ["  all", "39 (24.5)"])
    assert found[4, 1].level == "holds"  # the others are of 160


def test_a_level_that_alone_is_of_the_group_is_asked_about():
    income = [["Income, n (%)", ""], ["  low", "12 (33.3)"], ["  middle", "16 (44.4)"]]
    found = percents(HEAD[:2], *SOUND_ONE, *income, ["  high", "8 (20.0)"])
    assert (found[7, 1].level, found[7, 1].printed) == ("question", "8 (20.0)")
    assert found[7, 1].reading == "it is of 40, and the levels beside it are of 36"
    found = percents(HEAD[:2], *SOUND_ONE, *income, ["  high", "8 (22.2)"])
    assert found[7, 1].reading == "reproduced; of 36: the sum of these 3 levels"
    among = ["  of those, low", "12 (33.3)"], ["  of those, middle", "16 (44.4)"]
    found = percents(HEAD[:2], *SOUND_ONE, income[0], *among, ["  high", "8 (20.0)"])
    assert found[7, 1].level == "holds"
    several = ["  saves", "24 (60.0)"]  # so many more that they are no levels
    assert percents(HEAD[:2], *SOUND_ONE, *income, several)[7, 1].level == "holds"


@pytest.mark.parametrize("note", ["", "The number of events (percentage of patients)."])
def test_kinds_of_events_that_add_up_to_the_group_by_chance_are_no_levels(note):
    names = ["Nasopharyngitis", "Alopecia", "Fatigue", "Arthralgia", "Headache", "Nausea",
             "Pruritus", "Epistaxis", "Cheilitis", "Acne", "Sweating", "Exfoliation"]  # fmt: skip
    told = ["2 (7)", "1 (4)", "3 (11)", "2 (7)", "2 (7)", "2 (7)", "3 (11)", "4 (11)", "3 (11)",
            "1 (4)", "3 (11)", "3 (11)"]  # fmt: skip
    rows = [[f"{name}, n (%)", each] for name, each in zip(names, told, strict=True)]
    caption = "Adverse events, safety population"
    found = percents(["", "Drug (n = 27)"], *rows, caption=caption, notes=(note,))
    assert {f.level for f in found.values()} == {"holds"}


def test_what_the_others_leave_of_a_hundred_is_not_accused():
    def worst(percent: str) -> str:
        rows = [["Place", ""], ["Home", "21 (12.4)"], ["School", "5 (2.96)"],
                ["Street", "68 (40.2)"], ["Field", f"75 ({percent})"]]  # fmt: skip
        found = percents(["", "Drug (n = 169)"], *rows)
        return found[5, 1].level if (5, 1) in found else "holds"

    assert worst("44.44") != "fails"
    assert worst("44.94") == "fails"


def test_percents_of_the_men_whose_number_is_not_printed():
    rows = [["Male", "16", "73"], ["Female", "21", "84"], ["Male", "12", "55"],
            ["Female", "13", "52"], ["Male", "2", "9"], ["Female", "3", "12"]]  # fmt: skip
    found = percents(["", "n", "%"], *rows)
    assert "fails" not in {f.level for f in found.values()}
