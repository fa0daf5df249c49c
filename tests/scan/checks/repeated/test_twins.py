"""Which numbers of one place are asked about as misprints of those of another."""

from __future__ import annotations

import pytest
from tests.scan.checks.repeated.test_restated import OTHERS, SCORES, asked, table

from secondlook.scan import Finding, scan_document
from secondlook.scan.document import Document, Paragraph, Table

FIRST = table(0, ["", "Drug (n = 30)", "Usual (n = 30)"], ["Sleep", "65.13 ± 5.69", "64.03 ± 7.83"])


def test_a_mean_that_another_table_prints_with_another_digit_is_asked_about():
    head = ["", "Drug (n = 30)", "Usual (n = 30)"]
    row = ["Quality of sleep", "65.13 ± 5.69"]
    assert asked(FIRST, table(1, head, [*row, "61.03 ± 7.83"])) == [("61.03 ± 7.83", "question")]
    assert asked(FIRST, table(1, head, [*row, "64.03 ± 7.83"])) == []
    later = ["Quality of sleep", "60.22 ± 4.11", "61.13 ± 7.83"]
    assert asked(FIRST, table(1, head, later)) == []  # two digits: another time
    fewer = ["", "Drug (n = 30)", "Usual (n = 28)"]
    assert asked(FIRST, table(1, fewer, [*row, "61.03 ± 7.83"])) == []
    assert asked(FIRST, table(1, head, ["Pain", "65.13 ± 5.69", "61.03 ± 7.83"])) == []
    both = ["Sleep later", "65.13 ± 5.69", "61.03 ± 7.83"]
    assert asked(FIRST, table(1, head, [*row, "64.03 ± 7.83"], both)) == []


def test_two_rows_of_which_one_group_is_the_same_are_of_the_same():
    row = ["DLCO", "51.0 ± 5.7", "60.6 ± 15.0"]
    head = ["", "Usual (n = 22)", "Drug (n = 20)"]
    baseline = table(0, head, ["DLCO", "52.9 ± 5.6", row[2]])
    later = ["", "Before / Usual", "Before / Drug", "After / Usual", "After / Drug"]
    assert asked(baseline, table(1, later, [*row, "48.5 ± 14.1", "67.8 ± 9.1"])) == [
        ("51.0 ± 5.7", "question")
    ]
    assert asked(baseline, table(1, head, row)) == []  # tables alike tell of others


def test_a_mean_of_the_text_is_held_to_that_of_a_table():
    text = "Sleep was 65.13 ± 5.96 with the drug."
    assert asked(FIRST, text=text) == [("65.13 ± 5.96", "question")]
    assert asked(FIRST, text=text.replace("5.96", "5.66")) == [("65.13 ± 5.66", "question")]
    assert asked(FIRST, text=text.replace("5.96", "5.69")) == []
    assert asked(FIRST, text=text.replace("5.96", "5.7")) == []  # rounded


AGES = table(
    0,
    ["", "Drug (n = 61)", "Placebo (n = 60)", "P"],
    ["Age, years", "52.4 ± 10.5", "51.9 ± 11.7", "0.72"],
    ["Weight, kg", "71.26 ± 9.83", "72.54 ± 8.47", "0.41"],
)


@pytest.mark.parametrize(
    ("text", "printed"),
    [("Weight was 71.26 ± 9.83 and 72.54 ± 8.67 kg (P = 0.41).", "72.54 ± 8.67"),
     ("Weight was 71.26 ± 9.83 and 72.54 ± 8.47 kg (P = 0.14).", "P = 0.14"),
     ("Weight was 71.26 ± 9.83 and 72.54 ± 8.47 kg (P < 0.05).", "P < 0.05"),
     ("Weight was 71.26 and 72.45 kg with the drug and placebo.", "72.45"),
     ("Age on the drug was 52.4 (SD 10.8) years.", "52.4 (SD 10.8)")],
)  # fmt: skip
def test_a_number_beside_those_of_a_row_is_held_to_the_row(text: str, printed: str):
    assert asked(AGES, text=text) == [(printed, "question")]


def test_the_abstract_is_held_to_the_text():
    text = "Symptoms fell in 120 of 152 (79%; 95% CI 72.1 to 85.4) on placebo."
    again = "Symptoms fell on placebo (79%; 95% CI 72.1 to 84.5)."
    ((printed, level),) = asked(text=text, abstract=again)
    assert (printed, level) == ("79%; 95% CI 72.1 to 84.5", "question")
    assert asked(text=text, abstract=again.replace("84.5", "85.4")) == []
    assert asked(text=text, abstract="Of all, 79% (95% CI 61.2 to 90.3) died.") == []


def test_limits_that_both_differ_are_asked_where_the_estimate_is_the_same():
    units = table(0, ["", "Drug", "Placebo"], ["Response", "31.2 (20.5-41.9)", "46.4 (41.3-51.4)"])
    text = "The response to the drug was 31.2 units [{}]."
    for limits, level in (("20.5-41.9", []), ("22.1-40.3", ["question"]), ("20-42", [])):
        assert [found[1] for found in asked(units, text=text.format(limits))] == level, limits
    others = "The response of all was 31.2 units [22.1-40.3].", "We gave 31.2 mg [22.1-40.3] of it."
    assert [asked(units, text=other) for other in others] == [[], []]


@pytest.mark.parametrize(
    "limits",
    ["95% confidence interval (CI) 0.79–1.72", "95% confidence interval [CI]: 0.79 to 1.72",
     "95% CI, 0.79–1.72"],
)  # fmt: skip
def test_limits_behind_their_name_and_its_short_form_are_of_the_estimate(limits):
    columns = ["", "Patients", "Hazard ratio", "95% CI", "P"]
    apart = table(0, columns, ["Immediate treatment", "54", "1.15", "0.77–1.72", "0.49"])
    beside = table(0, ["", "Hazard ratio (95% CI)"], ["Immediate treatment", "1.15 (0.77–1.72)"])
    text = f"Immediate treatment was no better (hazard ratio, 1.15; {limits}; P = 0.49)."
    for printed in (apart, beside):
        assert [level for _, level in asked(printed, text=text)] == ["question"]
        assert asked(printed, text=text.replace("0.79", "0.77")) == []


def test_a_count_of_a_sentence_is_held_to_its_cell():
    bought = table(
        0, ["", "Drug", "Usual"], ["Bought a net", "47.8% (2530/5293)", "53.3% (2707/5079)"]
    )
    text = "Fewer bought a net (47.8%; 2503/5293) than usual (53.3%; 2707/5079)."
    assert ("2503/5293", "question") in asked(bought, text=text)
    assert asked(bought, text=text.replace("2503", "2530")) == []


def test_a_misprint_that_the_abstract_repeats_is_held_to_the_table():
    ratios = table(0, ["", "RR (95% CI)"], ["Oxytocin", "0.714 (0.553-0.861)"], ["Pain", "0.90"])
    text = "Less oxytocin was given (RR 0.714, 95% CI 0.563-0.861)."
    again = asked(ratios, text=text, abstract=text)
    assert again == [("0.714, 95% CI 0.563-0.861", "question")] * 2
    assert asked(ratios, text=text.replace("0.563", "0.553"), abstract=text) != []


def test_a_p_that_stands_behind_other_columns_is_that_of_the_row():
    head = ["", "Drug", "Usual", "Ephedrine", "P"]
    rows = [["Pressure", "65.6 ± 12.7", "61.4 ± 11.8", "12.5", "0.018"]]
    rows += [
        [f"{x} rate", "1.1 ± 0.2", "1.2 ± 0.3", "4.4", "0.30"] for x in ("Heart", "Flow", "Lung")
    ]
    pressure = table(0, head, *rows)
    text = "Pressure was 65.6 ± 12.7 vs. 61.4 ± 11.8 (P < 0.001)."
    assert asked(pressure, text=text) == [("P < 0.001", "question")]
    within = ["", "Drug", "P", "Usual", "P"]
    each = table(0, within, ["Pressure", "65.6 ± 12.7", "0.27", "61.4 ± 11.8", "0.018"])
    assert asked(each, text=text.replace("< 0.001", "= 0.44")) == []  # each P is of one group


def test_limits_alone_are_held_to_a_column_of_limits():
    rate = table(0, ["", "Rate", "95% CI"], ["Nausea", "86.2", "83.5-88.7"])
    text = "Nausea was controlled in most (95% CI 83.6-88.7)."
    assert asked(rate, text=text) == [("83.6-88.7", "question")]


PRESSURE = table(
    0,
    ["", "Saline, before", "Saline, after", "Saline, P", "Drug, before", "Drug, after", "Drug, P"],
    ["DBP, mmHg", "68.5 ± 11.8", "61.5 ± 12.1", "<0.001", "65.6 ± 12.7", "61.4 ± 11.8", "0.018"],
)


def test_a_p_is_held_to_that_behind_the_same_numbers_and_no_other_of_the_row():
    text = f"DBP fell with the drug (65.6 ± 12.7 vs. 61.4 ± 11.8; P < 0.001).{OTHERS}"
    assert asked(PRESSURE, text=text) == [("P < 0.001", "question")]
    assert asked(PRESSURE, text=text.replace("P < 0.001", "P = 0.018")) == []
    text = f"DBP fell (68.5 ± 11.8 vs. 61.5 ± 12.1; P < 0.001).{OTHERS}"
    assert asked(PRESSURE, text=text) == []


TWICE = [
    ("The mean age was 44.4 years, ranging from 8 to 88.",
     "In all 1137 people had a mean age of 44 years, ranging from 18 to 88."),
    ("The rate of parasitaemia was higher (hazard ratio 2.2, 95% CI 1.2-4.0).",
     "The hazard ratio of parasitaemia with iron was 2.2 (95% CI 1.2-4.2)."),
    ("AQoL was poor at first (0.02; 95% CI -0.01 to 0.04) and later (0.05; 95% CI 0.03 to 0.06).",
     "Poor AQoL, first (0.02; 95% CI 0.02 to 0.04) and then later (0.05; 95% CI 0.03 to 0.06)."),
    ("Most women harboured low intensity infections (90.9%).",
     "The cohort held 334 women, most with low intensity infections (90.3%)."),
    ("Clinical response was higher in the PE arm than in the FEC arm (76.06% vs. 59.95%).",
     "Clinical response was higher in the PE arm than in the FEC arm (76.55% vs. 56.95%)."),
]  # fmt: skip


LUMEN = table(
    0,
    ["", "Genoss", "Promus", "P"],
    ["Minimal stent area, after", "6.90 ± 1.77", "7.47 ± 2.47", "0.272"],
    ["Minimal lumen area, after", "6.71 ± 1.74", "7.28 ± 2.41", "0.255"],
    ["Minimal lumen area, later", "6.95 ± 1.98", "7.29 ± 2.34", "0.508"],
)


def test_a_mean_that_was_copied_from_the_next_row_is_asked_about():
    after = "6.95 ± 1.98 vs. 7.47 ± 2.47, P = 0.272"
    later = "6.95 ± 1.98 vs. 7.29 ± 2.34, P = 0.508"
    text = f"Minimal stent area ({after}) and lumen area later ({later}) were alike.{OTHERS}"
    assert asked(LUMEN, text=text) == [("6.95 ± 1.98", "question")]
    assert asked(LUMEN, text=text.replace(after, "6.90 ± 1.77 vs. 7.47 ± 2.47, P = 0.272")) == []


@pytest.mark.parametrize(("abstract", "text"), TWICE)
def test_what_the_abstract_says_as_the_text_does_is_held_to_it(abstract: str, text: str):
    assert asked(text=text + OTHERS, abstract=abstract)


def test_a_p_needs_both_numbers_of_its_pair():
    pair = "Weight was 71.26 ± 9.83 and 72.54 ± 8.47 kg (P = 0.14)."
    assert asked(AGES, text=pair) == [("P = 0.14", "question")]
    assert asked(AGES, text="Weight rose with age on placebo (r = 0.71, P = 0.03).") == []
    assert asked(AGES, text=pair.replace("P = 0.14", "P < 0.41")) == []  # the bound itself


ATROPINE = table(
    0,
    ["", "Drug (n = 30)", "Usual (n = 30)", "P"],
    ["Rescue with atropine", "3 (10)", "4 (13)", "0.503"],
    ["Bradycardia at night", "7 (23)", "2 (7)", "0.145"],
)


def test_a_p_alone_is_held_to_that_of_the_row_of_its_words():
    text = f"Rescue with atropine did not differ between the groups (P = 0.530).{OTHERS}"
    assert asked(ATROPINE, text=text) == [("P = 0.530", "question")]
    assert asked(ATROPINE, text=text.replace("0.530", "0.503")) == []
    assert asked(ATROPINE, text=text.replace("0.530", "0.877")) == []  # of another test
    assert asked(ATROPINE, text=text.replace("Rescue with atropine", "Age of dogs")) == []
    told = f"{text} Without outliers rescue had P = 0.503."
    assert asked(ATROPINE, text=told) == []  # both are told


def test_a_percent_alone_is_held_to_the_one_in_brackets_of_the_row():
    text = f"Slept well: 77.4% on the drug and 55.0% on placebo.{OTHERS}"
    assert asked(SCORES, text=text) == [("77.4%", "question")]
    assert asked(SCORES, text=text.replace("77.4", "77.5")) == []
    assert asked(SCORES, text=text.replace("77.4", "62.9")) == []


def test_a_mean_that_no_other_place_prints_is_held_to_the_row_that_the_sentence_names():
    before = table(0, ["Selenium", "Drug", "Usual", "P"],
                   ["Before radiotherapy", "65.3 (60.7-70.0)", "62.2 (59.4-68.2)", "0.49"],
                   ["Later", "61.9 (55.1-67.0)", "53.8 (49.6-59.9)", "0.12"])  # fmt: skip
    text = "Before radiotherapy selenium was 65.3 ± 13.6 and 63.2 ± 12.7 (p = 0.49)."
    assert asked(before, text=text + OTHERS) == [("63.2 ± 12.7", "question")]
    assert asked(before, text=text.replace("63.2", "62.2") + OTHERS) == []


RATIOS = table(
    0,
    ["", "Odds ratio (95% CI)"],
    ["Age", "1.9 (1.5 to 2.2)"],
    ["Weight", "0.93 (0.91 to 0.95)"],
    ["Height", "1.85 (0.91 to 3.75)"],
    ["Pulse", "0.7 (0.4 to 2.3)"],
    ["Diet", "0.8 (0.4 to 2.3)"],
)


@pytest.mark.parametrize(
    ("text", "printed"),
    [("It was 1.9 (95% CI 1.4 to 2.2).", "1.9 (95% CI 1.4 to 2.2)"),
     ("It was 1.8 (95% CI 1.5 to 2.2).", "1.8 (95% CI 1.5 to 2.2)"),
     ("It was 0.94 (95% CI 0.91 to 0.95).", "0.94 (95% CI 0.91 to 0.95)"),
     ("It was 1.85 (95% CI 0.91 to 3.8).", ""),  # rounded
     ("It was 1.9 (95% CI 1.4 to 2.6).", ""),  # one is the same, and may be of anything
     ("It was 1.9 (95% CI 7.4 to 2.2).", ""),  # far from the other
     ("It was 1.9 (95% CI 1.3 to 2.2), and then 1.9 (1.4 to 2.2).", ""),  # of one of two
     ("It was 0.7 (95% CI 0.4 to 2.3).", "")],  # the table prints both
)  # fmt: skip
def test_an_estimate_with_limits_is_known_by_all_its_numbers_but_one(text: str, printed: str):
    assert asked(RATIOS, text=text) == ([(printed, "question")] if printed else [])


def test_an_estimate_that_one_table_prints_as_the_text_does_is_not_held_to_another():
    head, text = ["", "Odds ratio (95% CI)"], "It was 0.7 (95% CI 0.4 to 2.3)."
    crude, adjusted = (
        table(i, head, ["Age", told], ["Sex", "1.2 (0.8 to 2.9)"])
        for i, told in enumerate(("0.7 (0.4 to 2.3)", "0.8 (0.4 to 2.3)"))
    )
    assert asked(adjusted, text=text) == [("0.7 (95% CI 0.4 to 2.3)", "question")]
    assert "0.7 (95% CI 0.4 to 2.3)" not in dict(asked(crude, adjusted, text=text))


def test_an_abstract_is_held_to_a_statement_of_few_digits():
    row = table(0, ["", "Drug (n = 51)", "Usual (n = 49)"], ["Energy", "8.3 (2.2)", "5.4 (2.8)"])
    said = [("8.3 (2.5)", "question")]
    assert asked(row, abstract="Energy was 8.3 (2.5) with the drug.") == said
    assert asked(row, text="Sleep was 8.3 (2.5) with the drug.") == []


def article(*texts: tuple[str, str], tables: tuple[Table, ...] = ()) -> list[Finding]:
    paragraphs = tuple(Paragraph(section, 1, text) for section, text in texts)
    found = scan_document(Document("test", "", paragraphs, tables), "test").findings
    return [f for f in found if f.check == "restated" and f.level != "holds"]


ABSTRACT = "Fewer fell (odds ratio 0.45, 95% CI 0.28-0.75; p = 0.002)."


@pytest.mark.parametrize(
    ("results", "asked"),
    [("Fewer fell (odds ratio 0.45 [95% CI 0.27-0.75], p = 0.002).", 1),
     ("Fewer fell (odds ratio 0.45 [95% CI 0.28-0.75], p = 0.002).", 0),
     ("Fewer fell (odds ratio 0.45 [95% CI 0.28-0.75], p = 0.02).", 1),
     ("Fewer fell (odds ratio 0.45 [95% CI 0.31-0.88], p = 0.002).", 0)],
)  # fmt: skip
def test_an_estimate_that_is_repeated_with_one_other_digit_is_asked(results, asked):
    assert len(article(("Abstract", ABSTRACT), ("Results", results))) == asked


def test_a_median_or_mean_that_is_repeated_with_one_other_digit_is_asked():
    first = "At week 4 it was 78.0 [70.0-85.0] and age 45.2 ± 10.4"
    again = "at week 4 it was 78.0 [70.0-85.5] and age 45.2 ± 11.4"
    assert len(article(("Abstract", first), ("Results", again))) == 2
    assert len(article(("Results", first), ("Results", again))) == 2
    alone = "age 45.2 ± 10.4"  # another group may have the same mean
    assert article(("Results", alone), ("Results", alone.replace("10.4", "11.4"))) == []
