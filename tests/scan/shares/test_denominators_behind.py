"""The size that the percents of a column share, which no head prints, or another than it prints."""

from __future__ import annotations

import pytest
from tests.scan.checks.percents.test_percent import percents


@pytest.mark.parametrize(
    ("note", "level"),
    [("N = 38.", "holds"), ("Safety set.", "question"), ("At day 38.", "question")],
)
def test_of_one_more_than_the_size_behind_the_others_is_no_accusation(note, level):
    rows = [[f"Sign {n}", f"{n} ({n / 0.37:.0f})"] for n in (3, 6, 9, 11, 12, 13, 16, 22, 25, 28)]
    found = percents(["n (%)", "All"], *rows, ["Success", "30 (79)"], notes=(note,))
    assert found[11, 1].level == level


def test_the_size_behind_a_column_accuses_what_no_number_gives():
    rows = [[f"Trait {n}, n (%)", f"{n} ({n / 0.59:.1f})"] for n in (8, 14, 27, 30, 42)]
    found = percents(["", "Drug"], *rows, ["Other, n (%)", "37 (72.7)"])
    assert found[6, 1].level == "fails"
    assert "59 is the size behind 5 percents" in found[6, 1].reading
    found = percents(["", "Drug"], *rows, ["Other, n (%)", "37 (72.5)"])
    assert found[6, 1].level == "question"


def test_percents_under_no_size_hold_of_the_one_that_they_share():
    rows = [[f"Trait {n}, n (%)", f"{n} ({n / 0.59:.1f})"] for n in (8, 14, 27, 30, 42)]
    found = percents(["", "Drug"], *rows, text="Of these, 59 patients came.")
    assert {f.level for f in found.values()} == {"holds"}
    assert {f.level for f in percents(["", "Drug"], *rows).values()} == {"holds"}


@pytest.mark.parametrize(("text", "level"), [("We asked doctors (n = 18).", "fails"), ("", None)])
def test_what_is_of_no_size_of_its_column_may_be_of_one_that_the_text_states(text, level):
    """Practices of one doctor, two or three make 10; their 18 doctors have no head."""
    rows = [["1, n (%)", "3 (30)"], ["2, n (%)", "6 (60)"], ["3, n (%)", "1 (10)"],
            ["", ""], ["Men, n (%)", "12 (67)"], ["Local, n (%)", "10 (56)"],
            ["Registered, n (%)", "11 (61)"], ["Fellow, n (%)", "15 (61)"],
            ["Diploma, n (%)", "2 (11)"], ["Other, n (%)", "7 (39)"]]  # fmt: skip
    found = percents(["", "Group 1"], ["Number of doctors", ""], *rows, text=text)
    assert getattr(found.get((9, 1)), "level", None) == level


RISKS = [["Smoker, n (%)", "41 (45.6)", "38 (42.2)"], ["Drinker, n (%)", "35 (38.9)", "32 (35.6)"],
         ["Diabetes, n (%)", "23 (25.6)", "22 (24.4)"],
         ["Stroke, n (%)", "36 (40.0)", "41 (45.6)"]]  # fmt: skip


@pytest.mark.parametrize(
    "heads", [[["", "Drug (n = 65)", "Placebo (n = 65)"]],
              [["", "Drug", "Placebo"], ["Initial subjects, n", "65", "65"]]],
)  # fmt: skip
def test_a_column_whose_percents_all_are_of_another_size_than_its_head_is_asked_about(heads):
    found = percents(*heads, *RISKS)
    asked = [f.reading for f in found.values() if f.level == "question"]
    assert (len(found), len(asked)) == (8, 8)  # which the listing says once for each column
    assert all("90 the size behind 4 percents of the column" in reading for reading in asked)
    larger = [[cell.replace("65", "95") for cell in row] for row in heads]
    fewer = percents(*larger, *RISKS)  # five lack data
    assert [f.level for f in fewer.values()] == ["question"] * 8
    assert {f.against for f in found.values()} == {"90"}
    stated = percents(["", "Drug", "Placebo"], *RISKS, text="There were 90 patients in a group.")
    assert {f.level for f in stated.values()} == {"holds"}


def test_a_column_that_needs_more_patients_than_its_head_has_is_asked_about():
    rows = [["Ill, n (%)", "28 (66.7)"], ["Fever, n (%)", "13 (31.0)"], ["Pain, n (%)", "6 (14.3)"],
            ["Age, years", "40 (12.1)"], ["Cough, n (%)", "10 (23.8)"]]  # fmt: skip
    found = percents(["", "Drug (n = 41)"], *rows)
    assert found[1, 1].level == "question"
    fewer = [
        ["Ill, n (%)", "26 (66.7)"],
        ["Fever, n (%)", "12 (32.4)"],
        ["Pain, n (%)", "5 (13.9)"],
    ]
    lacking = percents(["", "Drug (n = 41)"], *fewer)
    assert lacking[3, 1].reading == "holds if 36 of 41 had data"
    assert {f.level for f in lacking.values()} == {"question"}


def test_a_size_that_the_article_states_is_likelier_than_one_beside_it():
    """These are of 107 as well as of 108."""
    rows = [["Pain, n (%)", "48 (44%)"], ["Anxiety, n (%)", "81 (75%)"],
            ["Sadness, n (%)", "79 (73%)"], ["Distress, n (%)", "99 (92%)"]]  # fmt: skip
    found = percents(["", "Baseline"], *rows)
    assert {f.against for f in found.values()} == {"107"}
    found = percents(["", "Baseline"], *rows, text="We asked 108 patients.")
    assert {(f.level, f.against) for f in found.values()} == {("holds", "108")}
