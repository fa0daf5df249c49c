"""Which cells print a count with its percent: every way to print one, and two columns."""

from __future__ import annotations

import pytest
from tests.scan.test_percent import HEAD, SOUND, percents, table

from secondlook.scan import scan_document
from secondlook.scan.document import Document, Table, grid_of


@pytest.mark.parametrize(
    "cell", ["15 (37.5)", "15 (37.5%)", "15 [37.5]", "15/40 (37.5)", "37.5% (15)", "37.5 (15)",
             "15, 37.5%", "15^a (37.5)^b", "15 of 40 (37.5 %)", "15 (37·5)", "15 (37,5%)"],
)  # fmt: skip
def test_every_way_to_print_a_count_with_its_percent_is_read(cell):
    found = percents(HEAD, *SOUND, ["Stroke, n (%)", cell, "3 (7.9)"])
    assert found[4, 1].level == "holds", cell


def test_a_percent_before_its_count_is_read_by_the_label():
    found = percents(
        ["", "Total (n = 60)"], ["Hypertension, % (n)", "55 (33)"], ["Smoker, % (n)", "20 (12)"]
    )
    assert {f.level for f in found.values()} == {"holds"}


def test_a_percent_may_stand_in_the_column_before_its_count_of_a_number():
    head = ["", "Percent", "(Freq./n)"]
    rows = [
        ["None", "11.03", "(145/1315)"],
        ["Some", "18.27", "(59/323)"],
        ["Few", "9.84", "(6/61)"],
    ]
    found = percents(head, *rows, ["Full", "23.65", "(781/3307)"])
    assert [found[r, 2].level for r in (1, 2, 3)] == ["holds"] * 3
    assert found[4, 2].level == "fails"


def test_a_percent_above_or_below_the_bracket_with_its_count_is_read():
    found = percents(
        ["", "Mail (n = 210)"], ["Saw it", "53.8%\n(113/210)"], ["Read it", "93\n(44.3%)"]
    )
    assert {f.level for f in found.values()} == {"holds"}
    assert len(found) == 2


def test_a_count_and_its_percent_stand_under_two_heads_of_one_name():
    rows = [["Never", "1463", "29.71"], ["Sometimes", "1926", "39.11"], ["Always", "1536", "31.22"]]
    found = percents(["", "Total (n = 4925)", "Total (%)"], *rows)
    assert [found[r, 2].level for r in (1, 2, 3)] == ["holds", "holds", "fails"]
    assert not percents(["", "Total (n = 4925)", "Change (%)"], *rows)


def test_a_number_of_patients_beside_a_mean_is_no_share_of_them():
    levels = [
        ["Race", "", ""], ["White", "656", "69.6"], ["Black", "75", "8.0"], ["Asian", "25", "2.7"],
        ["Other", "187", "19.8"], ["Rank", "", ""], ["Enlisted", "819", "86.9"],
        ["Officer", "124", "13.1"], ["Parity", "", ""], ["None", "492", "52.2"],
        ["One or more", "451", "47.8"], ["Single", "72", "7.6"], ["Married", "663", "70.3"],
        ["Divorced", "7", "0.7"], ["Unknown", "201", "21.3"],
    ]  # fmt: skip
    means = [["Age, years", "943", "26.5"], *levels, ["Body Mass Index", "327", "27.2"]]
    found = percents(["Variable", "n", "%"], *means, caption="The sample (N = 943)")
    assert "fails" not in {f.level for f in found.values()}
    assert found[3, 2].level == "holds"


def test_a_count_and_a_percent_with_its_sign_stand_under_one_head():
    told = (["Never", "21", "28%"], ["Daily", "25", "33%"], ["Weekly", "12", "26%"])
    rows = [[("", 1, 1), ("Usual (n = 75)", 1, 2)], *[[(t, 1, 1) for t in row] for row in told]]
    document = Document("test", "", (), (Table(0, "Table 1", "", grid_of(rows), 1),))
    found = [f for f in scan_document(document, "test").findings if f.check == "percent"]
    levels = {f.printed: f.level for f in found}
    assert levels == {"21 | 28%": "holds", "25 | 33%": "holds", "12 | 26%": "question"}


def test_a_sign_before_the_percent_and_a_share_behind_a_slash_are_read():
    found = percents(HEAD, *SOUND, ["Ascent, n/N (%)", "6/40 (% 1.5)", "4 (% 10.5)"])
    assert (found[4, 1].level, found[4, 2].level) == ("question", "holds")
    levels = ["Sex (male/female)", "26 (65)/14 (45)", "24 (63.2)/14 (36.8)"]
    document = Document("test", "", (), (table(HEAD, *SOUND, levels),))
    asked = [f for f in scan_document(document, "test").findings if f.level == "question"]
    assert [f.printed for f in asked if f.check == "percent"] == ["14 (45)"]
    assert percents(HEAD, *SOUND, ["Pressure", "120 (12)/80 (9)", ""]).keys() == {
        (r, c) for r in (1, 2, 3) for c in (1, 2)
    }


def test_a_head_of_percents_below_one_of_means_says_what_follows():
    head = ["", "Drug (n = 40), mean (SD)", "Placebo (n = 38), mean (SD)"]
    rows = [["Age", "45.1 (15.2)", "44.8 (15.4)"], ["", "n (%)", "n (%)"],
            ["Male", "21 (52.5)", "18 (47.4)"], ["Female", "19 (47.5)", "20 (62.6)"]]  # fmt: skip
    found = percents(head, *rows)
    assert (found[3, 1].level, found[4, 2].level) == ("holds", "fails")
    assert not percents(head, rows[0], ["Score", "21 (5.2)", "18 (4.7)"])


def test_a_count_of_thousands_may_stand_behind_its_percent():
    rows = [["Ill, % (n)", "53 (1,123)"], ["Old, % (n)", "83 (1,758)"],
            ["Sad, % (n)", "70 (1,483)"], ["Tired, % (n)", "41 (869)"],
            ["Well, % (n)", "64 (1,483)"]]  # fmt: skip
    found = percents(["", "Drug (n = 2,118)"], *rows)
    assert [found[r, 1].level for r in range(1, 6)] == [*["holds"] * 4, "fails"]


def test_a_share_below_one_percent_is_read():
    found = percents(HEAD, *SOUND, ["Fever, n (%)", "0 (<1)", "3 (<1)"])
    assert found[4, 2].level != "holds"
    held = percents(
        ["", "Drug (n = 240)"], ["Fever, n (%)", "2 (<1%)"], ["Pain, n (%)", "24 (10%)"]
    )
    assert {f.level for f in held.values()} == {"holds"}
    assert percents(["", "Drug (n = 240)", "P"], ["Steps", "21 (<0.001)", "12 (<0.1)"]) == {}


@pytest.mark.parametrize(
    ("counts", "shares"), [("Frequency", "Percentage"), ("n", "Mean (SD) or %"), ("f", "Valid %")]
)
def test_a_percent_may_stand_in_the_column_after_its_count(counts, shares):
    rows = [["Male", "21", "52.5"], ["Diabetes", "7", "17.5"], ["Married", "17", "42.5"],
            ["Smoker", "13", "36.5"]]  # fmt: skip
    found = percents(["", f"Drug (n = 40) / {counts}", f"Drug (n = 40) / {shares}"], *rows)
    assert [found[r, 2].level for r in (1, 2, 3, 4)] == ["holds"] * 3 + ["fails"]
    both = percents(["", "Drug (n = 40) / n (%)", "Placebo (n = 38) / n (%)"], ["Died", "0", "0"])
    assert both == {}


PAIRED = [["Male", "21", "52.5"], ["Diabetes", "7", "17.5"], ["Married", "17", "42.5"],
          ["Smoker", "13", "32.5"], ["Ill", "26", "65.0"], ["Well", "34", "85.0"],
          ["Old", "3", "7.5"], ["Short", "11", "27.5"], ["Tall", "29", "72.5"]]  # fmt: skip


def test_numbers_may_say_that_two_columns_are_a_count_and_its_percent():
    head = ["Drug (n = 40)", "n"]  # which stands one column off
    found = percents([*head, "%"], *PAIRED, ["Stroke", "15", "41.3"])
    assert [found[r, 2].level for r in range(1, 11)] == [*["holds"] * 9, "fails"]
    turned = [[label, percent, f"({count})"] for label, count, percent in PAIRED]
    found = percents(["", "Drug (n = 40)", "(n)"], *turned, ["Stroke", "41.3", "(15)"])
    assert [found[r, 2].level for r in range(1, 11)] == [*["holds"] * 9, "fails"]
    elsewhere = percents(["", "Drug (n = 90)", "n"], *PAIRED)
    assert elsewhere == {}  # no size of these is printed
    arms = [[label, count, count] for label, count, _ in PAIRED]
    assert percents(["", "Drug (n = 100)", "Placebo (n = 100)"], *arms) == {}


def test_a_label_may_say_that_two_columns_are_a_count_and_its_percent():
    head = ["", "Drug (n = 40)", "Drug (n = 40)"]
    rows = [[f"{label}, n (%)", *row] for label, *row in PAIRED[:3]]
    found = percents(head, *rows, ["Stroke, n (%)", "15", "41.3"], ["Age", "61", "5.2"])
    assert [found[r, 2].level for r in range(1, 5)] == [*["holds"] * 3, "fails"]
    assert len(found) == 4
    rows = [["Sex, n (%)", "", ""], ["Male", "21/40", "(52.5)"], ["Alive", "13/38", "(34.2)"]]
    assert {f.level for f in percents(head, *rows).values()} == {"holds"}


def test_a_percent_between_a_count_and_a_fraction_is_of_the_count():
    rows = [["Male", "21", "52.5%", "8/19"], ["Ill", "7", "17.5%", "2/38"]]
    found = percents(["", "n", "%", "n/N"], *rows, caption="40 patients")
    assert {(at, f.level) for at, f in found.items()} == {((1, 2), "holds"), ((2, 2), "holds")}


def test_a_count_of_thousands_may_stand_before_its_percent():
    rows = [["Early", "10/1,174", "0.4"], ["Late", "8/493", "1.6"], ["Young", "14/1,434", "1.0"],
            ["Old", "14/740", "1.9"], ["Men", "4/927", "0.4"]]  # fmt: skip
    found = percents(["", "Deaths/N", "% Mortality"], *rows)
    assert [found[r, 2].level == "holds" for r in range(1, 6)] == [False, *[True] * 4]


def test_a_percent_may_stand_in_the_line_below_its_count():
    rows = [["Cured", "20/40\n50.0%\n(36 to 64)", "12/38\n31.6%"],
            ["Ill", "10/40\n28.0%\n(15 to 41)", "19/38\n50.0%"]]  # fmt: skip
    found = percents(["", "Drug", "Placebo"], *rows)
    assert [found[r, c].level for r in (1, 2) for c in (1, 2)] == [
        "holds",
        "holds",
        "fails",
        "holds",
    ]


def test_a_number_behind_a_percent_is_what_that_is_of():
    head = ["", "Men / %", "Men / n", "Women / %", "Women / n"]
    rows = [["Low", "83.3", "66", "73.9", "88"], ["Poor", "69.2", "52", "43.1", "65"],
            ["Smoker", "7.4", "68", "12.6", "87"], ["Ill", "11.8", "68", "14.9", "87"]]  # fmt: skip
    assert percents(head, *rows) == {}


def test_beside_means_stands_how_many_have_the_datum():
    head = ["", "n", "Mean ± SD or percent"]
    rows = [["Age", "350", "13.4 ± 0.9"], ["Score", "358", "83.9 ± 13.0"],
            ["Two parents", "362", "78.7"], ["Good health", "333", "71.2"]]  # fmt: skip
    assert not percents(head, *rows)


def test_a_count_and_its_percent_may_stand_on_both_sides_of_a_slash():
    rows = [["Sight", "20/12.5", "20/32"], ["Score (n/%)", "", ""], ["4-5", "27/42.2", "22/37.9"],
            ["6-9", "23/35.9", "21/36.2"], ["10-12", "14/21.9", "15/25.9"],
            ["Left-sided, n/%", "34/53.3", "20/34.5%"]]  # fmt: skip
    found = percents(["", "Surgery (n = 64)", "None (n = 58)"], *rows)
    assert {c: found[6, c].level for c in (1, 2)} == {1: "fails", 2: "holds"}
    assert {found[r, c].level for r in (3, 4, 5) for c in (1, 2)} == {"holds"}
    assert not {r for r, _ in found} - {3, 4, 5, 6}


def test_heads_that_end_in_n_are_of_counts_only_before_bare_percents():
    rows = [["87", "74 %"], ["111", "95 %"], ["0", "100 %"]]
    assert not percents(["", "Negative levels n", "Positive rate n%"], *[["DTI", *r] for r in rows])


@pytest.mark.parametrize(
    ("head", "read"),
    [("% (95% CI)", True), ("Percent [confidence limits]", True), ("Rate (95% CI)", False),
     ("aOR (95% CI)", False), ("%", False)],
)  # fmt: skip
def test_a_percent_with_its_limits_stands_behind_its_count(head, read):
    rows = [["Pain", "927", "180", "19.4 (16.9-22.1)"], ["Fever", "927", "82", "9.8 [7.1; 10.9]"],
            ["Redness", "927", "4", "0.4 (0.1 to 1.1)"]]  # fmt: skip
    found = percents(["Symptom", "N", "n", head], *rows)
    levels = {place: f.level for place, f in found.items()}
    held = {(1, 3): "holds", (2, 3): "question", (3, 3): "holds"}
    assert levels == held if read else not levels
