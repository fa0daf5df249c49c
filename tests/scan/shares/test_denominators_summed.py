"""Sums of levels or of groups as denominators: what proves them, and what does not."""

from __future__ import annotations

from tests.scan.checks.percents.test_percent import HEAD, SOUND, percents


def test_two_levels_whose_percents_make_100_are_of_their_sum():
    rows = [["Children, n (%)", ""], ["1-2", "116 (72.1)"], ["3 or more", "45 (27.9)"]]
    found = percents(["", "Control (n = 181)"], *rows)
    assert [found[r, 1].level for r in (2, 3)] == ["question", "holds"]  # 116 is 72.05 % of 161
    assert "at most one unit" in found[2, 1].reading
    assert found[3, 1].against == "161"
    sexes = [["Men", "16 (72)", "15 (68)"], ["Women", "6 (28)", "7 (32)"]]
    found = percents(["n (%)", "Drug (n = 220)", "Placebo (n = 22)"], *sexes)
    assert found[1, 1].level == "question"  # of so few of 220 that the head may be wrong


def test_percents_of_a_row_hold_inside_a_table_of_column_percents():
    found = percents(HEAD, *SOUND, ["Severe, n (%)", "30 (42.9)", "40 (57.1)"])
    assert {found[4, 1].level, found[4, 2].level} == {"holds"}
    assert "sum of the row" in found[4, 1].reading


def test_levels_of_which_some_patients_have_no_datum_hold_of_their_sum():
    found = percents(
        HEAD,
        *SOUND,
        ["Race", "", ""],
        ["A", "20 (57.1)", "19 (50.0)"],
        ["B", "15 (42.9)", "19 (50.0)"],
    )
    assert found[5, 1].level == "holds"
    assert "35: the sum of these 2 levels" in found[5, 1].reading


def test_some_columns_of_a_row_may_hold_of_their_own_sum():
    found = percents(
        ["", "Yes (n = 300)", "No (n = 300)", "Mean"],
        ["Asked about work, n (%)", "102 (67.6)", "49 (32.5)", "3.1"],
    )
    assert {c: f.level for (_, c), f in found.items()} == {1: "question", 2: "holds"}
    assert "67.55 %" in found[1, 1].recomputed  # which is 67.5, or rounded twice 67.6


def test_percents_of_all_groups_together_hold():
    head = ["n (%)", "All", "Drug", "Placebo"]
    rows = [["N", "54", "27", "27"], ["Level II", "27 (50.0%)", "14 (25.9%)", "13 (24.1%)"]]
    found = percents(head, *rows)
    assert {f.level for f in found.values()} == {"holds"}
    assert len(found) == 3


def test_events_are_shares_of_the_events_of_the_row():
    arms, kinds = ("Drug (n = 40)", "Placebo (n = 38)"), ("Patients, n (%)", "Events, n (%)")
    head = ["", *(f"{arm} / {kind}" for arm in arms for kind in kinds), "Total"]
    found = percents(head, ["Nausea", "21 (52.5)", "132 (73.7)", "18 (47.4)", "47 (26.3)", "179"])
    assert {f.level for f in found.values()} == {"holds"}


def test_where_most_percents_are_of_their_row_the_others_are_asked():
    rows = [["Male, n (%)", "37 (27.4)", "98 (72.6)"], ["Benign, n (%)", "13 (31.0)", "29 (79.0)"],
            ["Smoker, n (%)", "22 (16.1)", "115 (83.9)"],
            ["Pain, n (%)", "15 (62.5)", "9 (37.5)"]]  # fmt: skip
    found = percents(["", "Low", "High"], *rows)
    assert {found[r, c].level for r in (1, 3, 4) for c in (1, 2)} == {"holds"}
    assert (found[2, 2].level, found[2, 2].against) == ("question", "42")


def test_levels_most_of_which_are_of_their_sum_say_what_the_others_are_not_of():
    rows = [["Nurse", "235 (38.7)"], ["Expert", "4 (7.0)"], ["Doctor", "100 (16.5)"],
            ["Patient", "216 (35.6)"], ["Team", "36 (5.9)"], ["Parent", "16 (2.6)"]]  # fmt: skip
    found = percents(["", "Messages, n (%)"], *rows)
    assert [found[r, 1].level for r in range(1, 7)] == ["holds", "fails", *["holds"] * 4]
    assert found[2, 1].against == "607"


def test_what_excludes_each_other_in_one_column_does_so_in_the_next():
    rows = [["First", "3 (15%)", "1 (5%)"], ["Second", "5 (24%)", "5 (24%)"],
            ["Third", "7 (35%)", "10 (48%)"], ["Fourth", "6 (30%)", "5 (24%)"]]  # fmt: skip
    found = percents(["Tooth", "Drug", "Placebo"], *rows)
    assert {found[r, 2].level for r in range(1, 5)} == {"holds"}
    assert [found[r, 1].level for r in (1, 3, 4)] == ["question"] * 3
    assert found[3, 1].against == "21"
    rows[2][2] = "12 (58%)"
    assert not percents(["Tooth", "Drug", "Placebo"], *rows)


def test_all_of_a_group_are_no_level_beside_some_of_them():
    rows = [["Started", "330 (56%)", "594 (100%)", "457 (77%)", "263 (44%)"],
            ["Changed", "56 (15%)", "2 (<1%)", "37 (8%)", "22 (8%)"]]  # fmt: skip
    found = percents(["", "A, n (%)", "B, n (%)", "C, n (%)", "D, n (%)"], *rows)
    assert {at for at, f in found.items() if f.level == "holds"} <= {(1, 2), (2, 2)}


def test_the_total_of_a_row_is_of_the_groups_that_have_a_number_in_it():
    head = ["", "A (n = 41)", "B (n = 57)", "C (n = 83)", "All (n = 181)"]
    rows = [["Male, n (%)", "21 (51.2)", "23 (40.4)", "47 (56.6)", "91 (50.3)"],
            ["Calls, n (%)", "NA", "13 (22.8)", "31 (37.3)", "44 (31.4)"]]  # fmt: skip
    assert percents(head, *rows)[2, 4].level == "holds"
    rows[1][1] = "0 (0.0)"
    assert percents(head, *rows)[2, 4].level != "holds"


def test_levels_of_which_one_is_misprinted_still_say_what_the_others_are_of():
    rows = [["Class, n (%)", ""], ["I", "19 (7.6)"], ["II", "155 (61.3)"], ["III", "75 (29.9)"],
            ["IV", "2 (0.8)"]]  # fmt: skip
    found = percents(["", "Long (n = 450)"], *SOUND_450, *rows)
    assert {found[r, 1].level for r in (5, 7, 8)} == {"holds"}
    assert found[6, 1].level == "fails"


SOUND_450 = [["Male, n (%)", "402 (89.3)"], ["Diabetes, n (%)", "272 (60.4)"],
             ["Smoker, n (%)", "327 (72.7)"]]  # fmt: skip


def test_all_levels_but_one_say_of_what_they_are():
    counts = {"Officer": "2 (5%)", "Nurse": "1 (2%)", "Midwife": "4 (10%)", "Aide": "5 (12%)",
              "Cleaner": "7 (17%)", "Driver": "8 (19%)", "Technician": "15 (26%)"}  # fmt: skip
    rows = [["Work", ""], *([name, told] for name, told in counts.items())]
    found = percents(["", "All, n (%)"], *rows)
    assert [at for at, f in found.items() if f.level != "holds"] == [(8, 1)]


def test_two_levels_of_four_are_no_whole_where_the_next_is_of_all_of_them():
    health = [["Health", "", ""], ["Good", "15", "20.3"], ["Fair", "28", "37.8"],
              ["Poor", "24", "32.4"], ["Bad", "7", "9.5"]]  # fmt: skip
    rows = [["Relationship", "", ""], ["Partner", "35", "52.2"], ["Mother", "28", "37.3"],
            ["Father", "4", "6.0"], ["Other", "7", "9.5"], *health]  # fmt: skip
    found = percents(["Caregivers", "N", "Percent"], *rows, caption="Caregivers (N = 74)")
    assert found[2, 2].level == "question"  # 52.2 and 6.0 are of 67, which is all but the last
    assert {found[r, 2].level for r in (5, 7, 8, 9, 10)} == {"holds"}
