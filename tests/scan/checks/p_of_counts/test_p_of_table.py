"""The P of counts: which test prints it, what explains that none does, and what is asked once."""

from __future__ import annotations

import pytest
from tests.scan.checks.p_of_counts.test_counts_with_p import HEAD, WRONG, asked, levels
from tests.scan.test_checks import of_table

from secondlook.scan import scan_document
from secondlook.scan.document import Document, Paragraph, Table, grid_of


@pytest.mark.parametrize(("other", "level"), [(192, "question"), (194, "holds")])
def test_not_significant_is_asked_of_where_every_usual_test_is_below_five_in_a_hundred(
    other, level
):
    head = ["", "A (n=197)", "B (n=198)", "P"]
    rows = [["given", "197 (100.0%)", f"{other} ({other / 1.98:.1f}%)", "NS"],  # of 192: 0.040
            ["sick", "43 (21.8%)", "40 (20.2%)", "NS"]]  # fmt: skip
    assert levels(head, *rows, at=(1, 3)) == level


@pytest.mark.parametrize(("count", "level"), [(28, "question"), (29, "holds")])
def test_a_bound_is_held_to_the_letter(count, level):
    row = ["sick", "17 (21.3%)", f"{count} ({count / 0.8:.1f}%)", "<0.05"]  # Pearson 0.053, 0.036
    assert levels(["", "A (n=80)", "B (n=80)", "P"], row, at=(1, 3)) == level


def test_a_one_sided_p_is_asked_unless_the_article_says_so():
    rows = [["bled", "1 (1.3%)", "0", "0.50"], ["sick", "9 (11.3%)", "8 (10.0%)", "1.00"]]
    assert levels(HEAD, *rows, at=(1, 3)) == "question"
    grid = grid_of([[(text, 1, 1) for text in row] for row in (HEAD, *rows)])
    paragraphs = (Paragraph("Methods", 1, "One-sided tests were used."),)
    document = Document("test", "", paragraphs, (Table(0, "Table 1", "", grid, 1),))
    found = [f for f in scan_document(document, "test").findings if f.check == "p-of-table"]
    assert {f.level for f in found} == {"holds"}


def test_a_column_of_p_values_that_no_usual_test_prints_is_asked_once():
    rows = [[f"Sign {i}, n (%)", f"{i} ({i / 0.8:.1f})", f"{i + 9} ({(i + 9) / 0.8:.1f})", "0.91"]
            for i in range(9, 15)]  # fmt: skip
    found = of_table(HEAD, *rows, check="p-of-table")
    told = {f.reading for f in found.values()}
    assert told == {"usual tests give another P for 6 of the 6 P values of the column"}


@pytest.mark.parametrize(
    ("p", "level"),
    [
        ("0.130", None),
        ("0.097", None),
        ("0.085", "question"),
        ("0.15", "holds"),
        ("0.21", "question"),
    ],
)
def test_a_p_between_those_of_usual_tests_or_near_one_is_not_asked(p, level):
    near = ["pale", "30 (37.5%)", "40 (50.0%)", p]  # chi-square 0.111, Fisher 0.151
    assert levels(HEAD, near, at=(1, 3)) == level


def test_a_p_near_a_usual_test_is_a_slight_question_where_usual_tests_print_others():
    rows = [HEAD, ["pale", "30 (37.5%)", "40 (50.0%)", "0.130"],
            ["sick", "9 (11.3%)", "20 (25.0%)", "0.024"]]  # fmt: skip
    found = of_table(*rows, check="p-of-table")
    assert {at: (f.level, f.slight) for at, f in found.items()} == {
        (1, 3): ("question", True), (2, 3): ("holds", False)
    }  # fmt: skip


@pytest.mark.parametrize(
    ("note", "asked"), [("Test for trend.", False), ("Chi-square test.", True)]
)
def test_a_p_is_of_the_test_that_the_note_of_its_mark_names(note, asked):
    row = ["pale", "30 (37.5%)", "40 (50.0%)", "0.42^a"]
    grid = grid_of([[(text, 1, 1) for text in cells] for cells in (HEAD, row)])
    document = Document("test", "", (), (Table(0, "Table 1", "", grid, 1, (f"^a {note}",)),))
    found = [f for f in scan_document(document, "test").findings if f.check == "p-of-table"]
    assert bool(found) == asked


def test_a_p_that_only_a_z_test_without_pooling_prints_is_asked():
    row = ["sick", "5 (15.6%)", "2 (7.4%)", "0.31"]  # Pearson 0.33, Fisher 0.44
    assert levels(["", "A (n=32)", "B (n=27)", "P"], row, at=(1, 3)) == "question"


def test_a_p_of_one_patient_is_not_accused():
    sure = [[f"v{k}", f"{k} ({k / 0.8 + 0.001:.1f}%)", "20 (25.0%)", p] for k, p in
            ((9, "0.024"), (8, "0.013"), (7, "0.006"), (10, "0.043"), (11, "0.072"), (12, "0.114"),
             (13, "0.171"))]  # fmt: skip
    assert levels(HEAD, *sure, ["last", "1 (1.3%)", "0 (0.0%)", "0.04"], at=(8, 3)) == "question"
    assert levels(HEAD, *sure, ["last", "3 (3.8%)", "4 (5.0%)", "0.04"], at=(8, 3)) == "fails"


def test_the_levels_of_a_variable_may_be_compared_by_their_ranks():
    # stats.kruskal of 0 to 3, repeated as often as each column says, gives 0.0018738
    rows = [["", "A", "B", "C", "P"], ["Grade 0", "5 (4.7)", "0 (0.0)", "3 (7.0)", "0.0019"],
            ["Grade 1", "26 (24.3)", "15 (13.9)", "9 (20.9)", ""],
            ["Grade 2", "33 (30.8)", "35 (32.4)", "20 (46.5)", ""],
            ["Grade 3", "43 (40.2)", "58 (53.7)", "11 (25.6)", ""]]  # fmt: skip
    assert of_table(*rows, check="p-of-table")[1, 4].reading == (
        "printed by a test of the ranks of the levels"
    )
    rows[1][4] = "0.091"
    assert levels(*rows, at=(1, 4)) == "question"


@pytest.mark.parametrize(("p", "level"), [("1.0", "question"), ("0.6", "holds"), ("0.9", "holds")])
def test_a_tenth_is_no_rounding(p, level):
    row = ["sick, n (%)", "5 (45.5)", "12 (54.5)", p]  # Pearson 0.62, Yates 0.90, Fisher 0.72
    assert levels(["", "A (n=11)", "B (n=22)", "P"], row, at=(1, 3)) == level


def test_the_level_that_others_are_compared_with_has_no_p():
    rows = [["low", "9 (11.3%)", "40 (50.0%)", "1"], ["high", "71 (88.8%)", "40 (50.0%)", "<0.001"]]
    assert levels(HEAD, *rows, at=(1, 3)) is None


def test_a_p_of_more_groups_may_be_of_general_association():
    # chi-square of 2.4199 with 4 degrees of freedom, P 0.6591; times 300/301 P 0.6606
    rows = [["heat, n (%)", "42 (42)", "23 (46)", "25 (50)", "27 (54)", "22 (43.1)", "0.661"]]
    head = ["", "A (n=100)", "B (n=50)", "C (n=50)", "D (n=50)", "E (n=51)", "P"]
    assert levels(head, *rows, at=(1, 6)) == "holds"
    rows[0][-1] = "0.861"
    assert levels(head, *rows, at=(1, 6)) == "question"


@pytest.mark.parametrize(("p", "level"), [("0.42", "question"), ("0.026", "holds")])
def test_bare_numbers_are_counts_where_the_p_of_most_is_theirs(p, level):
    rows = [["sick", "9", "8", "0.80"], ["pale", "20", "12", "0.11"], ["dull", "31", "18", p]]
    assert levels(HEAD, *rows, at=(3, 3)) == level  # Pearson 0.797, 0.109, 0.0258
    rows[0][3] = rows[1][3] = "0.33"
    assert levels(HEAD, *rows, at=(3, 3)) is None


def test_two_rows_that_make_up_the_groups_have_one_p():
    rows = [["fast", "40 (50.0)", "44 (55.0)", "0.57"], ["slow", "40 (50.0)", "36 (45.0)", "0.50"]]
    assert levels(HEAD, *rows, at=(1, 3)) == "question"  # Pearson 0.527, Yates 0.635
    assert levels(HEAD, *rows, at=(2, 3)) == "question"
    rows[0][3] = rows[1][3] = "0.58"
    assert levels(HEAD, *rows, at=(1, 3)) is levels(HEAD, *rows, at=(2, 3)) is None


def test_p_of_a_model_or_of_clusters_are_asked_only_where_usual_tests_print_the_others():
    assert len(asked(HEAD, *WRONG)) == 3
    assert not asked(HEAD, *WRONG, caption="P adjusted for age")
    assert not asked(HEAD, *WRONG, text="The trial was cluster-randomized.")
    assert len(asked(HEAD, *WRONG[:2], text="The trial was cluster-randomized.")) == 2
    right = [["cough", "9 (11.3%)", "20 (25.0%)", "0.024"],
             ["tired", "12 (15.0%)", "30 (37.5%)", "0.001"],
             ["weak", "30 (37.5%)", "40 (50.0%)", "0.111"]]  # fmt: skip
    assert asked(HEAD, WRONG[0], *right, caption="P adjusted for age") == {(1, 3)}
    assert not asked(HEAD, WRONG[0], ["", "", "", "Test for trend"])


def test_bare_counts_are_held_to_their_p_as_closely_as_those_with_percents():
    head, rows = ["", "A (n=120)", "B (n=137)", "P"], [["old", "21", "16", "0.119"]]
    rows += [["ill", "40", "20", "0.001"], ["lame", "60", "70", "0.862"]]
    assert asked(head, *rows) == {(1, 3)}


def test_what_explains_no_p_leaves_it_asked():
    onset = ["Three days post onset (n=80)", "Two weeks post onset (n=80)"]
    assert len(asked(["", *onset, "P"], *WRONG)) == 3  # groups, and not times
    clusters = "The trial was cluster-randomized."
    rows = [[*row[:3], p] for row, p in zip(WRONG, ("0.002", "0.8", "0.3"), strict=True)]
    assert asked(HEAD, *rows, text=clusters) == {(1, 3)}  # smaller than the counts give
    few = [["", "A (n=61)", "B (n=70)", "P"], ["cured", "11 (92)", "8 (73)", "0.571"],
           ["dead", "6 (9.8)", "5 (7.1)", "0.58"]]  # fmt: skip
    found = of_table(*few, check="p-of-table", caption="Data are n (%)")
    assert found[1, 3].against == "11 of 12, 8 of 11"
