"""Notes on patients who lack a datum: what they explain, and what they do not."""

from __future__ import annotations

import pytest
from tests.scan.test_percent import HEAD, SOUND, percents


def test_a_digit_within_a_word_of_a_footnote_is_no_missing_patient():
    note = "HbA1C: glycated hemoglobin, chi-square test not available"
    found = percents(HEAD, *SOUND, ["Stroke, n (%)", "15 (38.5)", "3 (7.9)"], notes=(note,))
    assert found[4, 1].level == "question"


LESS = ["Working, n (%)", "17 (45.9)", "20 (52.6)"]
"""Of 37 of the 40, and of all 38."""


@pytest.mark.parametrize(
    "note",
    [
        "Sample sizes vary slightly due to missing data.",
        "Percents are of patients with data.",
        "*Missing data in some variables account for lower numbers.",
        "Data on work were missing for four patients.",
    ],
)
def test_a_note_on_missing_data_explains_a_percent_of_fewer(note):
    assert (4, 1) not in percents(HEAD, *SOUND, LESS, notes=(note,))


@pytest.mark.parametrize(
    "note",
    [
        "NA, not available.",
        "Data on work were missing for two patients.",
        "^aData on smoking unavailable for some.",
    ],
)
def test_a_note_on_other_data_or_on_fewer_patients_explains_nothing(note):
    marked = ["Smoker^a, n (%)", "13 (32.5)", "11 (28.9)"]
    found = percents(HEAD, *SOUND[:2], marked, LESS, notes=(note,))
    assert found[4, 1].level == "question"


def test_a_note_is_of_the_row_that_its_mark_stands_in():
    note = "^aMissing data in some patients ^bAs told by the patients"
    rows = [["Lame^a, n (%)", "4 (10.0)", "3 (7.9)"], [f"{LESS[0]}^b", *LESS[1:]]]
    assert percents(HEAD, *SOUND, *rows, notes=(note,))[5, 1].level == "question"
    rows = [["Lame^b, n (%)", "4 (10.0)", "3 (7.9)"], [f"{LESS[0]}^a", *LESS[1:]]]
    assert (5, 1) not in percents(HEAD, *SOUND, *rows, notes=(note,))
