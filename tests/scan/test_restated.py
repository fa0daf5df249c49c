"""The same quantity at two places: which differences are asked about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from secondlook.scan import scan_document
from secondlook.scan.document import Document, Paragraph, Table, grid_of


def table(index: int, *rows: list[str], caption: str = "") -> Table:
    grid = grid_of([[(text, 1, 1) for text in row] for row in rows])
    return Table(index, f"Table {index + 1}", caption, grid, 1)


def asked(*tables: Table, text: str = "", abstract: str = "") -> list[tuple[str, str]]:
    told = (("Abstract", abstract), ("Results", text))
    paragraphs = tuple(Paragraph(section, 1, text) for section, text in told if text)
    found = scan_document(Document("test", "", paragraphs, tables), "test").findings
    return [(f.printed, f.level) for f in found if f.check == "restated" and f.level != "holds"]


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


def test_a_table_of_the_start_is_not_held_to_one_of_the_end():
    head, row = ["", "Drug (n = 30)", "Usual (n = 30)"], ["Sleep", "65.13 ± 5.69", "61.03 ± 7.83"]
    at_first = replace(FIRST, caption="Sleep before treatment")
    assert asked(at_first, table(1, head, row, caption="Sleep and pain before treatment"))
    assert asked(at_first, table(1, head, row, caption="Sleep after treatment")) == []


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


@pytest.mark.parametrize(
    "text",
    ["Weight was 71.26 ± 9.83 and 72.54 ± 8.47 kg (P = 0.41).",
     "Weight was 71.3 ± 9.8 and 72.5 ± 8.5 kg (P > 0.05).",
     "Weight fell from 77.10 ± 9.12 to 72.54 ± 8.47 kg (P = 0.03).",  # P of another pair
     "Overall, the mean age was 52.4 (SD 11.2) years.",  # of both groups
     "Age was 52.4 years (95% CI 49.7 to 55.0) with the drug.",  # limits are no SD
     "After 12 weeks of the drug women weighed 71.26 ± 9.38 kg in a subgroup.",
     "We assumed a weight of 71.26 ± 9.38 kg with the drug.",
     "Weight was 71.26 ± 9.38 kg with the drug [, ]."],
)  # fmt: skip
def test_what_may_be_of_others_is_not_asked_about(text: str):
    weeks = replace(AGES, caption="Patients at week 4")
    assert asked(weeks, text=text) == []


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


def test_left_is_not_right_and_a_subgroup_not_all():
    head = ["", "Drug", "Usual"]
    first = table(0, head, ["Left eye", "123.2 ± 9.9", "125.1 ± 18.3"])
    assert asked(first, table(1, head, ["Right eye", "120.9 ± 8.1", "125.1 ± 17.9"])) == []
    assert asked(first, table(1, head, ["Left eye", "123.2 ± 9.9", "125.1 ± 18.8"])) != []
    others = ["", "Drug, smokers", "Usual, smokers"]
    limits = table(0, head, ["Weight", "5.92 (5.89, 5.95)", "5.69 (5.66, 5.72)"])
    assert asked(limits, table(1, others, ["Weight", "5.92 (5.88, 5.95)", "5.7"])) == []


def test_a_misprint_that_the_abstract_repeats_is_held_to_the_table():
    ratios = table(0, ["", "RR (95% CI)"], ["Oxytocin", "0.714 (0.553-0.861)"], ["Pain", "0.90"])
    text = "Less oxytocin was given (RR 0.714, 95% CI 0.563-0.861)."
    again = asked(ratios, text=text, abstract=text)
    assert again == [("0.714, 95% CI 0.563-0.861", "question")] * 2
    assert asked(ratios, text=text.replace("0.563", "0.553"), abstract=text) != []


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


def test_a_comma_may_be_the_sign_of_decimals():
    text = "Survival was 78.4% and 82.6% in the groups (P = 0,145)."
    assert asked(text=text, abstract=text.replace("0,145", "0.145")) == []
    assert asked(text=text, abstract=text.replace("0,145", "0.415")) != []


def test_a_statement_is_paired_with_the_one_that_says_most_of_it():
    outcome = table(
        0, ["", "Drug", "Usual", "P"], ["Outcome", "3.30 ± 1.35", "3.96 ± 1.10", "0.004"]
    )
    text = "The outcome was 3.30 ± 1.35 and 3.90 ± 1.10 after 4 weeks (P = 0.004)."
    assert asked(outcome, text=text) == [("3.90 ± 1.10", "question")]  # 3.96 is not this 4
    apart = table(0, ["", "n", "Mean", "SD of all"], ["Presses", "2.19", "2.17", "1.14 or 1.11"])
    assert asked(apart, text="Presses were 1.67 (SD 1.05) and 2.17 (SD 1.11).") == []


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


def test_a_mark_of_a_footnote_parts_no_number_from_its_limits():
    peak = table(
        0, ["", "Low", "High"], ["Peak phosphate", "5.33^b [5.26-5.35]", "4.30 [3.59-4.68]"]
    )
    text = "The peak phosphate was 5.33 [5.26-5.36] and 4.30 [3.59-4.68] mg/dl."
    assert asked(peak, text=text) == [("5.33 [5.26-5.36]", "question")]
    assert asked(peak, text=text.replace("5.36", "5.35")) == []


def test_limits_alone_are_held_to_a_column_of_limits():
    rate = table(0, ["", "Rate", "95% CI"], ["Nausea", "86.2", "83.5-88.7"])
    text = "Nausea was controlled in most (95% CI 83.6-88.7)."
    assert asked(rate, text=text) == [("83.6-88.7", "question")]


def test_years_and_numbers_of_protocols_are_no_results():
    text = "The trial (17282/0204/001) was done in 1997-2002."
    again = "The trial (17282/0205/001) was done in 2000-2002."
    assert asked(text=text, abstract=again) == []


OTHERS = "".join(f" A form of {n}.5 pages was sent." for n in range(211, 241))
"""Sentences of something else: in an article the words that two places share are rare."""

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


def test_a_mean_of_all_is_not_held_to_those_of_the_groups():
    for mean in ("53.9", "52.1", "71.9"):
        assert asked(AGES, text=f"The average age, years, was {mean} (SD 9.1) in all.") == []
    assert asked(AGES, text="Age, years, was 53.9 (SD 9.1) before and 54.1 (SD 9.1) later.") == []


@pytest.mark.parametrize(
    ("cell", "text", "count"),
    [("1.8 ± 0.8 (0.5-3.4)", "Tumor diameter was 1.8 ± 0.8 (range, 0.5-3.6) cm.", 0),  # of all
     ("1.8 ± 0.8 (0.5-3.4)", "Tumor diameter with the drug was 1.8 ± 0.8 (0.5-3.5) cm.", 1),
     ("51.2 (26-78)", "Tumor diameter was 52.3 (26-78) mm.", 0),  # between the groups
     ("51.2 (26-78)", "Tumor diameter with the drug was 52.3 (26-78) mm.", 1)],
)  # fmt: skip
def test_what_the_text_says_of_all_is_not_held_to_a_group(cell: str, text: str, count: int):
    other = "1.9 ± 0.8 (0.5-3.6)" if "±" in cell else "54.0 (34-69)"
    tumors = table(0, ["", "Drug", "Placebo", "P"], ["Tumor diameter", cell, other, "0.76"])
    assert len(asked(tumors, text=text)) == count


@pytest.mark.parametrize(
    ("again", "count"),
    [("5.40 ± 1.41", 1), ("1.88 ± 1.13", 0)],  # the SD of another mean is another
)
def test_an_sd_is_held_to_that_of_the_same_mean(again: str, count: int):
    text = "Falls from the balance beam were {} on the first day after fatigue."
    found = asked(text=text.format(again), abstract=text.format("5.40 ± 1.14"))
    assert len(found) == count


@pytest.mark.parametrize(("abstract", "text"), TWICE)
def test_what_the_abstract_says_as_the_text_does_is_held_to_it(abstract: str, text: str):
    assert asked(text=text + OTHERS, abstract=abstract)


@pytest.mark.parametrize(
    ("abstract", "text"),
    [("Most women harboured low intensity infections (69.4%).",  # between those of the groups
      "Low intensity infections were harboured by 68.4% and 70.4% of the women."),
     ("Scores of pain decreased to 20.4 in the month after training.",
      "Scores of pain increased to 20.7 in the month after training."),
     ("Most women harboured low intensity infections for 14.4 months.",
      "Most women harboured low intensity infections of 14.8 mm."),
     ("Infections fell in the drug group (odds ratio 1.04; 95% CI 1.03-1.06; risk 0.75).",
      "For the placebo group infections fell (odds ratio 1.04; 95% CI 1.01-1.06; risk 0.75)."),
     ("Fatal falls were as many (hazard ratio 0.67; 95% CI 0.33-1.34).",
      "Fatal falls were as many (rate ratio 0.66; 95% CI 0.33-1.34)."),
     ("Infections (0-15 min) were 47.3%, and (0-30 min) 39.9%.",
      "Cultures (0-15 min) were 45.2%, and (0-30 min) 39.2%."),
     ("The adjusted odds ratio of inguinal hernia of smokers was 2.31 in hospital.",
      "The unadjusted odds ratio of inguinal hernia of smokers was 2.75 in hospital.")],
)  # fmt: skip
def test_words_of_another_group_way_or_unit_are_not_of_the_same(abstract: str, text: str):
    assert asked(text=text + OTHERS, abstract=abstract) == []


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


def test_those_who_kept_to_the_protocol_are_not_all_who_were_treated():
    row = ["FEV1 (mL)", "1539 (453)", "1587 (445)"]
    all_treated = table(0, ["", "Drug", "Usual"], row, caption="The intent-to-treat population")
    text = "In the {} the mean FEV1 was 1539 (457) mL with the drug and 1603 (450) mL without."
    assert asked(all_treated, text=text.format("PP population") + OTHERS) == []
    assert asked(all_treated, text=text.format("clinic") + OTHERS) == [("1539 (457)", "question")]


def test_what_a_sentence_prints_beside_a_number_is_another():
    volume = table(0, ["", "Saline", "Drug"], ["Volume, L", "4.36 ± 0.152", "4.41 ± 0.16"])
    text = "The volume (L) with saline was {} L after exercise (P = 0.106)."
    assert asked(volume, text=text.format("4.36 ± 0.152 L before and 4.46 ± 0.152")) == []
    assert asked(volume, text=text.format("4.46 ± 0.152")) == [("4.46 ± 0.152", "question")]
    assert asked(volume, text=text.format("4.46 ± 0.16")) == []  # two digits alike are a chance


def test_a_limit_is_no_part_of_a_fraction_and_a_planned_size_none_of_a_result():
    events = table(0, ["", "Usual", "Drug"], ["Events", "43.1% (25/58)", "35.0% (21/59)"])
    text = "Events occurred in 43.1% (95% CI 30.2-56.8) and 35.0% (95% CI 23.1-48.4) on the drug."
    assert asked(events, text=text) == []
    size = "We had placebo 108, drug 217 and usual care 217 patients in the forced-dose study{}."
    other = "We had placebo 110, drug 217 and usual care 217 patients in the forced-dose study."
    planned = size.format(" at a significance level of 0.05")
    assert asked(text=other, abstract=planned) == []
    assert asked(text=other, abstract=size.format("")) != []


def test_a_p_needs_both_numbers_of_its_pair():
    pair = "Weight was 71.26 ± 9.83 and 72.54 ± 8.47 kg (P = 0.14)."
    assert asked(AGES, text=pair) == [("P = 0.14", "question")]
    assert asked(AGES, text="Weight rose with age on placebo (r = 0.71, P = 0.03).") == []
    assert asked(AGES, text=pair.replace("P = 0.14", "P < 0.41")) == []  # the bound itself


def test_two_tables_print_other_p_of_the_same_variable():
    later = replace(AGES, index=1, label="Table 2")
    rows = [list(row) for row in later.grid]
    rows[1][3] = replace(rows[1][3], text="0.12")
    assert asked(AGES, replace(later, grid=tuple(map(tuple, rows)))) == []  # at another time


SCORES = table(
    0,
    ["", "Drug (n = 40)", "Placebo (n = 40)", "P"],
    ["Score of pain, mean ± SD", "20.63 ± 5.58", "24.53 ± 5.74", "0.009"],
    ["Rescued, n (%)", "17 (42.5)", "25 (62.5)", "0.073"],
    ["Slept well, n (%)", "31 (77.5)", "22 (55.0)", "0.034"],
)


@pytest.mark.parametrize(
    ("text", "printed"),
    [("The score of pain was 20.63 ± 5.58 with placebo and 24.53 ± 5.74 with the drug.",
      "20.63 ± 5.58"),
     ("The score of pain differed between placebo and drug (20.63 ± 5.58 vs. 24.53 ± 5.74).",
      "20.63 ± 5.58"),
     ("Pain was scored (placebo: 20.63 ± 5.58 points, drug: 24.53 ± 5.74 points).",
      "20.63 ± 5.58"),
     ("On the drug, 62.5% were rescued and 77.5% slept well.", ""),
     ("On the drug, 77.5% were rescued and 42.5% slept well.", "77.5%")],
)  # fmt: skip
def test_numbers_that_a_sentence_exchanges_are_asked_about(text: str, printed: str):
    assert asked(SCORES, text=text + OTHERS) == ([(printed, "question")] if printed else [])


@pytest.mark.parametrize(
    "text",
    ["The score of pain was 20.63 ± 5.58 with the drug and 24.53 ± 5.74 with placebo.",
     "Compared with placebo, the drug had a lower score of pain (20.63 ± 5.58 vs. 24.53 ± 5.74).",
     "Pain was scored (drug: 20.63 ± 5.58 points, placebo: 24.53 ± 5.74 points).",
     "The score of pain was higher on placebo (20.63 ± 5.58 in the drug and 24.53 ± 5.74).",
     "Of placebo 17 and of the drug 25 tablets were left over.",  # counts of something else
     "The score of hunger of placebo and drug was 42.5% and 62.5%."],  # of another row
)  # fmt: skip
def test_numbers_said_in_the_order_of_the_table_are_not_exchanged(text: str):
    assert asked(SCORES, text=text + OTHERS) == []


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


def sized(drug: int, placebo: int, *, index: int = 0) -> Table:
    head = ["", f"Drug (n = {drug})", f"Placebo (n = {placebo})"]
    return table(index, head, ["Weight, kg", "71.2", "72.5"])


@pytest.mark.parametrize(
    ("text", "printed"),
    [("We assigned 59 patients to the drug and 61 to placebo.", ["drug 59, placebo 61"]),
     ("All had the drug (n = 59) or placebo (n = 61).", ["drug 59, placebo 61"]),
     ("All had the drug (n = 60) or placebo (n = 60).", ["drug 60, placebo 60"]),
     ("All had the drug (n = 61) or placebo (n = 59).", []),
     ("Data were complete on the drug (n = 58) and placebo (n = 59).", []),  # some were lost
     ("We assigned 68 patients to the drug and 66 to placebo.", []),
     ("We assigned 29 boys to the drug and 30 to placebo.", []),  # a part of all
     ("Pain fell in 61 of the drug, and in 59 mg of placebo.", []),
     ("They got the drug (by mouth, twice, n = 59) or placebo (by mouth, n = 61).",
      ["drug 59, placebo 61"]),
     ("They got the drug (by mouth, n = 61) or placebo (by mouth, n = 59).", []),
     ("Half of the 59 on the drug were women.", [])],
)  # fmt: skip
def test_groups_as_large_together_and_otherwise_divided_are_asked_about(text, printed):
    assert [text for text, _ in asked(sized(61, 59), text=text)] == printed


def test_the_sizes_of_groups_are_held_to_other_heads_and_notes():
    assert asked(sized(61, 59), sized(60, 60, index=1)) == [("drug 60, placebo 60", "question")]
    assert asked(sized(61, 59), sized(60, 59, index=1)) == []
    note = replace(sized(63, 62), notes=("Complete in 61 of the drug and 59 of placebo.",))
    assert asked(note, sized(59, 61, index=1)) == [("drug 59, placebo 61", "question")]
    assert asked(note, sized(61, 59, index=1)) == []


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


BODY = " ".join(f"In centre {n} it was {n + 0.5} per thousand." for n in range(20, 90))
"""Numbers enough for an article of its own."""


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("A total of 1570 patients were randomized.", ["1570"]),
        ("A total of 1570 patients were randomized (ISRCTN1570).", []),
        ("Pain fell by 24.37 points (P = 0.013).", ["24.37", "P = 0.013"]),
        ("Pain fell by 24.37 points (P < 0.013).", ["24.37"]),
        ("Pain fell by 24.5 points; 63.5% had none.", []),  # which are printed
        ("Of 208 patients, 33 were lost.", []),  # in words
    ],
)
def test_what_only_the_abstract_prints_is_asked_about(told: str, said: list[str]):
    words = f"{BODY} Two hundred and eight patients came."
    assert asked(text=words, abstract=told) == [(each, "question") for each in said]
    assert asked(text="Patients came.", abstract=told) == []  # the article prints nothing


def test_what_follows_from_two_numbers_of_a_row_or_from_a_size_is_no_number_of_its_own():
    row = table(0, ["", "Drug (n = 245)", "Usual (n = 240)"], ["Died, n", "113", "124"])
    told = "Of 485 patients, 46.1% and 51.7% died, in all 237, and 132 lived."
    assert asked(row, text=BODY, abstract=told) == []
    assert asked(row, text=BODY, abstract=told.replace("46.1", "46.7")) == [("46.7%", "question")]


def test_several_numbers_of_an_abstract_alone_are_asked_about_once():
    told = "It fell by 24.37. It rose by 25.38. It was 26.39 at last. All had 27.41."
    assert asked(text=BODY, abstract=told) == [("24.37", "question")]


def test_an_abstract_is_held_to_a_statement_of_few_digits():
    row = table(0, ["", "Drug (n = 51)", "Usual (n = 49)"], ["Energy", "8.3 (2.2)", "5.4 (2.8)"])
    said = [("8.3 (2.5)", "question")]
    assert asked(row, abstract="Energy was 8.3 (2.5) with the drug.") == said
    assert asked(row, text="Sleep was 8.3 (2.5) with the drug.") == []


@pytest.mark.parametrize(
    ("label", "row", "found"),
    [
        ("Involvement", ["-3.87", "-5.21 to -2.52", "-5.69"], True),
        ("Involvement", ["-3.87", "-5.21 to -2.52", "-5.96"], False),
        ("Total > Engagement", ["-3.87", "-5.21 to -2.52", "-5.69"], False),  # the same, again
        ("Cured", ["12 (34.6%)", "17 (38.9%)", "11 (31.2%)"], False),  # the same patients
    ],
)
def test_a_row_that_repeats_another_is_asked_about(label: str, row: list[str], found: bool):
    other = row if "(" in row[0] else ["-3.87", "-5.21 to -2.52", "-5.69"]
    rows = table(0, ["", "B", "95% CI", "t"], ["Engagement", *other], [label, *row])
    assert bool([each for each in asked(rows) if " | " in each[0]]) == found
