"""Which statements are laid beside which, and which of their numbers lie beside each other."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.scan.checks.repeated.test_restated import OTHERS, asked, table
from tests.scan.checks.repeated.test_twins import AGES


def test_a_mean_and_its_sd_in_two_columns_are_one_statement():
    columns = table(0, ["", "Drug", "SD", "Usual", "SD"], ["Time, s", "537", "196", "433", "136"])
    assert asked(columns, text="Time was 537 (196) and 433 (136) s.") == []
    ((printed, _),) = asked(columns, text="Time was 537 (196) and 434 (136) s.")
    assert printed == "434 (136)"


@pytest.mark.parametrize(
    "text",
    ["Colposcopy was done in 279 of the 299, of them 66.9 % in month 2.",  # 279 is told
     "Pain was graded by 2790, and 66.9 % told of it.",  # ten times as many
     "Pain fell by 27.9% (95% CI 20.1 to 35.2), then by 66.9%."],  # no count
)  # fmt: skip
def test_a_number_of_something_else_in_the_sentence_is_no_twin(text: str):
    seen = table(0, ["", "Month 2", "Month 3"], ["Colposcopy", "66.9", "279"])
    assert asked(seen, text=text) == []


def test_a_statement_is_paired_with_the_one_that_says_most_of_it():
    outcome = table(
        0, ["", "Drug", "Usual", "P"], ["Outcome", "3.30 ± 1.35", "3.96 ± 1.10", "0.004"]
    )
    text = "The outcome was 3.30 ± 1.35 and 3.90 ± 1.10 after 4 weeks (P = 0.004)."
    assert asked(outcome, text=text) == [("3.90 ± 1.10", "question")]  # 3.96 is not this 4
    apart = table(0, ["", "n", "Mean", "SD of all"], ["Presses", "2.19", "2.17", "1.14 or 1.11"])
    assert asked(apart, text="Presses were 1.67 (SD 1.05) and 2.17 (SD 1.11).") == []


def test_a_mark_of_a_footnote_parts_no_number_from_its_limits():
    peak = table(
        0, ["", "Low", "High"], ["Peak phosphate", "5.33^b [5.26-5.35]", "4.30 [3.59-4.68]"]
    )
    text = "The peak phosphate was 5.33 [5.26-5.36] and 4.30 [3.59-4.68] mg/dl."
    assert asked(peak, text=text) == [("5.33 [5.26-5.36]", "question")]
    assert asked(peak, text=text.replace("5.36", "5.35")) == []


def test_years_and_numbers_of_protocols_are_no_results():
    text = "The trial (17282/0204/001) was done in 1997-2002."
    again = "The trial (17282/0205/001) was done in 2000-2002."
    assert asked(text=text, abstract=again) == []


RATES = table(
    0,
    [
        "",
        "Survival, 1 year",
        "3 years",
        "5 years",
        "Free of progression, 1 year",
        "3 years",
        "5 years",
    ],
    ["Arm A", "88.9", "82.4", "74.8", "91.7", "88.2", "85.2"],
    ["Arm B", "91.8", "90.2", "82.1", "98.3", "94.5", "86.9"],
    caption="Rates (%)",
)


EVENTS = table(
    1,
    ["", "Drug", "Placebo", "HR (95% CI)", "P"],
    ["Infarction", "470 (5.4)", "569 (6.4)", "0.82 (0.73 to 0.93)", "0.002"],
    ["Stroke", "104 (1.2)", "141 (1.6)", "0.71 (0.55 to 0.91)", "0.007"],
    ["Bleeding", "100 (1.3)", "82 (1.0)", "1.24 (0.92 to 1.66)", "0.16"],
)


@pytest.mark.parametrize(
    ("text", "printed"),
    [("In arm A survival was 88.9%, 82.4%, 74.8%, without progression 91.7%, 88.1%, 85.2%.",
      "88.1%"),
     ("Infarction (5.4% versus 6.4%, P<0.001) was less frequent.", "P<0.001"),
     ("Bleeding was as frequent (HR 1.22; 95% CI 0.92 to 1.66, P=0.16).",
      "1.22; 95% CI 0.92 to 1.66")],
)  # fmt: skip
def test_all_numbers_of_a_claim_are_laid_beside_those_of_its_row(text: str, printed: str):
    assert asked(RATES, EVENTS, text=text + OTHERS) == [(printed, "question")]


@pytest.mark.parametrize(
    "text",
    ["Survival was 91.8%, 90.2% and 82.1% in Arm B.",  # all of it in the next row
     "Infarction (5.4% versus 6.4%, P=0.002) was less frequent.",
     "Infarction (4.9% versus 5.8%, P=0.03) was less frequent per protocol.",
     "The median weight was 71.26 (range 9.82 to 91.1) kg with the drug.",
     "We recorded bleeding in 1.3% in 2011."],
)  # fmt: skip
def test_what_a_row_says_as_well_or_of_something_else_is_no_twin(text: str):
    assert asked(RATES, EVENTS, replace(AGES, index=2, label="Table 3"), text=text + OTHERS) == []


def test_a_limit_is_no_part_of_a_fraction_and_a_planned_size_none_of_a_result():
    events = table(0, ["", "Usual", "Drug"], ["Events", "43.1% (25/58)", "35.0% (21/59)"])
    text = "Events occurred in 43.1% (95% CI 30.2-56.8) and 35.0% (95% CI 23.1-48.4) on the drug."
    assert asked(events, text=text) == []
    size = "We had placebo 108, drug 217 and usual care 217 patients in the forced-dose study{}."
    other = "We had placebo 110, drug 217 and usual care 217 patients in the forced-dose study."
    planned = size.format(" at a significance level of 0.05")
    assert asked(text=other, abstract=planned) == []
    assert asked(text=other, abstract=size.format("")) != []
