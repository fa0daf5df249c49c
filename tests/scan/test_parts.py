"""Parts that must make a whole: what a table promises, what breaks it, and what saves it."""

from __future__ import annotations

import pytest

from secondlook.scan import scan_document
from secondlook.scan.document import Document, Paragraph, Table, grid_of

Row = list[str]
HEAD = ["", "Drug (n = 40)", "Placebo (n = 38)"]
SEX = ["Sex, n (%)", "", ""]


def parts(*rows: Row, head: int = 1, text: str = "", caption: str = "") -> list[tuple[str, str]]:
    grid = grid_of([[(cell, 1, 1) for cell in row] for row in rows])
    paragraphs = (Paragraph("Methods", 1, text),) if text else ()
    document = Document("test", "", paragraphs, (Table(0, "Table 1", caption, grid, head),))
    found = scan_document(document, "test").findings
    return [(f.level, f.printed) for f in found if f.check == "parts" and f.level != "holds"]


ROWS = [["Deaths", "41", "38", "79"], ["Strokes", "112", "97", "209"], ["Falls", "61", "58", "119"]]


def test_a_total_of_groups_is_held_to_them_where_the_others_of_its_column_add():
    head, wrong = ["", "Drug", "Placebo", "Total"], ["Burns", "35", "32", "70"]
    assert parts(head, *ROWS, wrong) == [("fails", "70")]
    assert parts(head, ROWS[0], wrong, ["Cuts", "9", "8", "16"]) == []  # it may count otherwise
    assert parts(head, *ROWS, ["Sites", "35", "32", "50"]) == []  # some take part in both
    assert parts(head, *ROWS, ["Sites", "35", "32", "70"]) == [("fails", "70")]
    assert parts(head, *ROWS, ["Maximum age", "78", "79", "79"]) == []
    sized = ["", "Drug (n = 79)", "Placebo (n = 120)", "All (n = 199), n (%)"]
    assert parts(sized, *ROWS, wrong) == [("fails", "70")]
    whole = [["Men", "41", "38", "79"], ["Ill", "12", "97", "109"], ["Well", "61", "58", "119"]]
    assert parts(head, *whole, ["Old", "35", "32", "66"], caption="Percent of all") == []


def test_a_total_of_one_patient_tells_nothing_of_what_the_columns_are():
    head = ["", "All, n = 67", "Drug, n = 35", "Placebo, n = 32"]
    single = [["Lymphoma", "1", "0", "1"], ["Cyst", "1", "1", "0"], ["Acinar", "1", "0", "1"]]
    assert parts(head, *single, ["Pancreatitis", "6", "5", "4"]) == [("question", "6")]
    between = [["Pain", "41", "44", "38"], ["Sleep", "52", "57", "46"]]  # percents, as that of all
    assert parts(head, *between) == []


def test_one_row_of_three_that_does_not_add_is_asked():
    head = ["", "None", "Mild", "Grave", "Total"]
    rows = [["Gas", "27", "5", "2", "34"], ["Drip", "27", "5", "0", "32"]]
    assert parts(head, *rows, ["Both", "54", "10", "2", "76"]) == [("question", "76")]
    assert parts(head, *rows[:1], ["Both", "54", "10", "2", "76"]) == []


def test_rates_need_not_add_where_only_counts_do():
    head = ["", *["N", "Bites", "Rate"] * 3]
    rows = [["Gambiae", "56", "2.333", "0.047", "33", "1.375", "0", "122", "0.726", "0.008"],
            ["Ziemanni", "44", "1.833", "0.048", "109", "4.542", "0", "394", "8.298", "0.058"],
            ]  # fmt: skip
    total = ["Total", "100", "4.166", "0.092", "142", "5.917", "0", "516", "9.024", "0.063"]
    assert set(parts(head, *rows, total)) == {("question", "0.092"), ("question", "0.063")}


def test_kinds_that_several_groups_have_are_fewer_than_their_sum():
    head = ["", "Cliff", "Beach", "Dunes", "Total"]
    rows = [["No. Bones", "85", "129", "145", "359"], ["No. Teeth", "41", "38", "52", "131"],
            ["No. Eggs", "61", "58", "73", "192"], ["No. Fins", "12", "9", "7", "28"]]  # fmt: skip
    assert parts(head, *rows, ["No. Species", "15", "14", "16", "28"]) == []
    assert parts(head, *rows, ["No. Species", "15", "14", "16", "46"]) == [("fails", "46")]
    assert parts(head, *rows, ["No. Claws", "15", "14", "16", "43"]) == [("fails", "43")]


def test_those_who_had_both_are_a_group_of_all():
    head = ["", "All patients", "Resection", "Ablation", "Both"]
    rows = [["n", "113", "58", "43", "12"], ["Men", "61", "29", "25", "7"],
            ["Colon", "80", "44", "29", "7"], ["Early", "51", "24", "21", "6"]]  # fmt: skip
    assert parts(head, *rows, ["Single", "58", "37", "19", "0"]) == [("fails", "58")]
    assert parts(head, *rows, ["Single", "56", "37", "19", "0"]) == []


def test_a_total_below_its_parts_is_held_to_them_where_those_of_other_blocks_add():
    first = [["Coronary", "", ""], ["Acute", "141", "191"], ["Sudden", "147", "154"],
             ["Other", "299", "362"], ["Subtotal", "587", "707"]]  # fmt: skip
    second = [["Tumours", "", ""], ["Lung", "127", "133"], ["Gut", "112", "103"],
              ["All others", "120", "109"]]  # fmt: skip
    head = ["", "Drug", "Placebo"]
    assert parts(head, *first, *second, ["Subtotal", "359", "347"]) == [("fails", "347")]
    assert parts(head, *first, *second, ["Subtotal", "359", "345"]) == []
    overlapping = ["Any of these", "300", "290"]
    assert parts(head, *first, *second, overlapping) == []


def test_means_of_scales_add_to_their_total_but_for_rounding():
    head = ["Scale", "Before", "After", "Before, SD", "Later", "Last"]
    rows = [
        ["Pain", "17.71", "19.53", "3.1", "15.22", "16.01"],
        ["Mood", "40.14", "46.56", "9.2", "33.31", "33.30"],
        ["Sleep", "26.32", "26.03", "6.3", "23.40", "23.42"],
    ]
    total = ["Total score", "84.18", "92.11", "12.4", "71.93", "72.73"]
    assert parts(head, *rows, total) == []
    assert parts(head, *rows, [*total[:4], "82.93", total[5]]) == [("fails", "82.93")]


def test_levels_of_sex_that_hold_more_than_the_group_are_accused():
    cut = [["Sex", ""], ["Women", "72 (80 %)"], ["Men", "18 (20 %)"]]
    assert parts(["", "Drug (N = 86)"], *cut) == [("fails", "72 + 18")]
    randomised = "Of these, 90 patients were randomised to it."
    assert parts(["", "Drug (N = 86)"], *cut, text=randomised) == [("question", "72 + 18")]


def test_levels_that_exclude_each_other_in_another_column_do_so_in_this():
    head = ["", "Drug (n = 222), n (%)", "Placebo (n = 212), n (%)"]
    rows = [
        ["Training", "", ""],
        ["Family", "87 (39)", "69 (33)"],
        ["Internal", "99 (45)", "101 (48)"],
    ]
    other = ["Other", "37 (17)", "42 (20)"]
    assert parts(head, ["Education", "", ""], *rows[1:], other) == [("fails", "87 + 99 + 37")]
    wrong = ["Internal", "99 (44.4)", "101 (47.6)"]  # which is of 223
    assert parts(head, *rows[:2], wrong, other) == [("fails", "87 + 99 + 37")]
    # all percents are of the group: one may be both
    assert parts(head, *rows, other) == [("question", "87 + 99 + 37")]
    assert parts(
        head, rows[0], ["1-2", *rows[1][1:]], ["3-4", *rows[2][1:]], ["5-9", *other[1:]]
    ) == [("fails", "87 + 99 + 37")]
    (one,) = parts(*(row[:2] for row in (head, *rows, ["Other", "37 (17)"])))
    assert one[0] == "question"
    assert parts(head, *rows, ["Other", "47 (21)", "42 (20)"]) == [("question", "87 + 99 + 47")]
    assert parts(head, *rows, ["Other", "67 (30)", "42 (20)"]) == []  # several give two answers
    assert parts(head, *rows, ["Other", "67 (17)", "42 (20)"]) == [("question", "87 + 99 + 67")]
    assert parts(head, *rows, ["Other", "67 (30)", "66 (31)"]) == []  # more than one answer


def test_a_size_that_three_variables_gainsay_is_told_of_once():
    head = ["", "Drug (n = 38)", "Placebo (n = 43)"]
    sex = [
        ["Sex, n (%)", "", ""],
        ["Men", "9 (23.1)", "10 (23.3)"],
        ["Women", "30 (76.9)", "33 (76.7)"],
    ]
    stage = [
        ["Stage, n (%)", "", ""],
        ["I", "13 (33.3)", "20 (46.5)"],
        ["II", "26 (66.7)", "23 (53.5)"],
    ]
    age = [
        ["Age, n (%)", "", ""],
        ["< 60", "17 (43.6)", "21 (48.8)"],
        ["≥ 60", "22 (56.4)", "22 (51.2)"],
    ]
    assert len(parts(head, *sex, *stage)) == 2
    assert parts(head, *sex, *stage, *age).count(("fails", "9 + 30")) == 1
    assert len(parts(head, *sex, *stage, *age)) <= 2  # and one of the head


def test_a_row_may_be_of_another_set_whose_size_the_text_prints():
    head = ["", "A (n = 155)", "B (n = 160)", "C (n = 158)", "D (n = 162)"]
    rows = [
        ["Ethnic group", "", "", "", ""],
        ["White", "112 (71.3)", "113 (70.2)", "107 (67.7)", "118 (72.4)"],
        ["Other", "45 (28.7)", "48 (29.8)", "51 (32.3)", "45 (27.6)"],
    ]
    levels = [level for level, _ in parts(head, *rows)]
    assert "fails" in levels
    told = parts(head, *rows, text="Of these, 639 were available for analyses of safety.")
    assert {level for level, _ in told} == {"question"}
    assert "fails" in [
        level for level, _ in parts(head, *rows, text="Of these, 635 were available.")
    ]


def test_a_filled_first_column_begins_another_variable():
    head = ["", "", "Yes", "No", "Total"]
    rows = [
        ["First", "Negative", "36", "164", "200"], ["", "Positive", "94", "206", "300"],
        ["Second", "Negative", "89", "211", "300"], ["", "Positive", "41", "159", "200"],
        ["All", "", "130", "370", "500"],
    ]  # fmt: skip
    assert parts(head, *rows) == []
    rows[3][4] = "220"
    assert parts(head, *rows) != []


def test_rows_of_another_variable_below_the_levels_are_no_levels():
    head = [*HEAD, "None (n = 35)"]
    rows = [["Sex, n (%)", "", "", ""], ["Female", "21 (52.5)", "20 (52.6)", "15 (42.9)"]]
    other = ["Earlier nausea, n (%)", "16 (40.0)", "9 (23.7)", "8 (22.9)"]
    assert parts(head, *rows, ["Male", "19 (47.5)", "18 (47.4)", "20 (57.1)"], other) == []
    more = ["Male", "19 (47.5)", "18 (47.4)", "22 (59.5)"]
    assert ("fails", "15 + 22") in parts(head, *rows, more, other)


def test_levels_that_exclude_each_other_and_hold_a_little_more_are_asked():
    head, rows = ["", "All (n = 95)"], [["Income, $, n (%)", ""], ["<15,000", "9 (10)"]]
    rows += [["15,000-44,999", "27 (30)"], ["45,000-89,999", "42 (47)"]]
    assert parts(head, *rows, ["≥90,000", "21 (23)"]) == [("question", "9 + 27 + 42 + 21")]
    assert parts(head, *rows, ["≥90,000", "17 (18)"]) == []
    home = [["Residence, n (%)", ""], ["Urban", "234 (95.9)"]]
    assert parts(["", "All (n = 244)"], *home, ["Rural", "20 (3.8)"]) == [("question", "234 + 20")]
    drugs = [["Drugs, n (%)", ""], ["Steroids", "60 (63)"], ["Others", "37 (39)"]]
    assert parts(head, *drugs) == []  # some took both


def test_adverse_events_exclude_nothing():
    head = ["", "Drug (n = 4)", "Placebo (n = 4)"]
    rows = [
        ["Adverse events, n (%)", "", ""],
        ["Rash", "3 (75)", "2 (50)"],
        ["Ache", "2 (50)", "2 (50)"],
    ]
    assert parts(head, *rows) == []


def test_a_pair_of_counts_makes_the_group():
    head = ["", "Drug, n=71", "Placebo, n=72"]
    assert parts(head, ["Sex (male/female)", "39/33", "41/31"]) == [("fails", "39/33")]
    assert parts(head, ["Sex (male/female)", "39/30", "41/31"]) == [("question", "39/30")]
    assert parts(head, ["Pressure (systolic/diastolic)", "139/83", "141/81"]) == []
    per_cent = ["", "Drug, n = 71, %", "Placebo, n = 72"]
    assert parts(per_cent, ["Sex (male/female)", "54/46", "41/31"]) == []


def test_percents_of_levels_add_to_100_as_those_of_other_columns_do():
    head = ["", "A", "B", "C"]
    rows = [["Age (years), %", "", "", ""], ["≤ 24", "35", "39", "37"], ["25-44", "32", "41", "39"]]
    assert parts(head, *rows, ["≥ 45", "45", "20", "25"]) == [("fails", "35 + 32 + 45")]
    assert parts(head, *rows, ["≥ 45", "21", "20", "25"]) == [("question", "35 + 32 + 21")]
    assert parts(head, *rows, ["≥ 45", "45", "30", "25"]) == []
    assert parts(head, *rows, ["≥ 45", "34", "20", "25"]) == []  # 101, of three rounded


def test_percents_of_levels_end_where_the_next_variable_has_none():
    head = ["", "A", "B", "C"]
    rows = [["Sex (%)", "", "", ""], ["Male", "36.8", "26.0", "32.8"]]
    mean = ["GHQ score, mean (SD)", "8.8 (1.1)", "9.3 (1.2)", "9.0 (1.1)"]
    assert parts(head, *rows, ["Female", "72.2", "74.0", "67.2"], mean) == [
        ("fails", "36.8 + 72.2")
    ]
    assert parts(head, *rows, ["Female", "63.2", "74.0", "67.2"], mean) == []


def test_a_total_of_events_is_of_the_events_and_one_of_patients_of_the_patients():
    tops = ["", "Drug (n = 90)", "Drug (n = 90)", "Usual (n = 90)", "Usual (n = 90)",
            "Total (n = 180)", "Total (n = 180)"]  # fmt: skip
    lows = ["", *["Number of events", "Number of patients"] * 3]
    rows = [["Infection", "91", "62", "85", "43", "176", "105"],
            ["Bleeding", "74", "51", "33", "26", "107", "77"],
            ["Fall", "65", "48", "52", "40", "117", "88"]]  # fmt: skip
    wrong = ["Burn", "43", "31", "31", "21", "74", "53"]
    assert parts(tops, lows, *rows, wrong, head=2) == [("fails", "53")]
    assert parts(tops, lows, *rows, [*wrong[:6], "52"], head=2) == []


def test_levels_that_hold_one_another_are_no_parts():
    head = ["", "Drug (n = 51)", "Placebo (n = 51)"]
    rows = [["CD4 count, class, n (%)", "", ""], ["> 200", "29 (56.9)", "27 (52.9)"],
            ["> 350", "16 (31.4)", "16 (31.4)"], ["> 500", "8 (15.7)", "8 (15.7)"]]  # fmt: skip
    assert parts(head, *rows) == []
    rows[1][0], rows[2][0] = "< 350", "350-500"
    assert parts(head, *rows) == [("fails", "29 + 16 + 8")]


def test_a_total_may_stand_above_its_parts_and_be_of_means():
    scales = [
        ["NS (NS total)", "24.33 ± 7.19", "22.83 ± 7.37"],
        ["Excitability", "8.33 ± 2.46", "8.50 ± 2.51"],
        ["Impulsiveness", "16.01 ± 2.64", "14.33 ± 2.71"],
        ["HA (HA total)", "14.25 ± 9.89", "14.92 ± 9.41"],
        ["Worry", "10.00 ± 2.92", "11.80 ± 2.82"],
        ["Fear", "4.25 ± 2.45", "3.12 ± 2.19"],
    ]
    assert parts(["", "A", "B"], *scales) == []
    scales[3][1] = "14.52 ± 9.89"
    assert parts(["", "A", "B"], *scales) == [("question", "14.52")]


def test_a_total_of_which_half_of_the_columns_add_is_asked():
    rows = [["Low", "47", "15", "20", "63", "145"], ["High", "14", "63", "17", "96", "190"]]
    head = ["", "Low", "Mid", "High", "None", "Total"]
    assert parts(head, *rows, ["Total", "61", "78", "37", "160", "336"]) == [
        ("question", "160"), ("question", "336"),
    ]  # fmt: skip


def test_person_years_in_whole_numbers_add_but_for_their_rounding():
    rows = [["Total", "1554", "2492", "381", "437"], ["A", "1001", "2011", "300", "401"],
            ["B", "552", "480", "80", "35"]]  # fmt: skip
    assert parts(["", *["Person-years"] * 4], *rows) == []


def test_men_and_women_in_one_cell_are_all_of_the_group():
    head = ["", "A (n = 65)", "B (n = 65)"]
    assert parts(head, ["Gender, n, male/female", "50/40", "36/29"]) == [("fails", "50/40")]
    row = ["Gender, n, male/female", "50/40", "53/37"]
    assert parts(head, row) == [("question", "50/40"), ("question", "53/37")]
    assert parts(["", "A", "B"], ["Subjects, n", "65", "65"], row) == [
        ("question", "50/40"), ("question", "53/37"),
    ]  # fmt: skip
    assert parts(head, ["Grade 2a/2b", "2/0", "2/2"]) == []
    assert parts(head, ["Race, % white/black/other", "97/2/1", "100/0/0"]) == []


def test_percents_of_levels_that_exclude_each_other_are_asked_where_they_miss_100():
    rows = [["Education (%)", ""], ["low", "73.4"], ["mid", "23.5"], ["high", "5.1"]]
    assert parts(["", "All"], *rows) == [("question", "73.4 + 23.5 + 5.1")]
    assert parts(["", "All"], *rows[:3], ["high", "3.1"]) == []
    assert parts(["", "All"], *rows[:3], ["high", "35.1"]) == []  # what is asked may be several


def test_a_size_printed_elsewhere_is_no_size_of_levels():
    rows = [["Sex, n (%)", ""], ["  Male", "2 (2.9)"], ["  Female", "68 (97.1)"]]
    grid = grid_of([[(text, 1, 1) for text in row] for row in (["", "Drug"], *rows)])
    text = Paragraph("Methods", 1, "The drug group (n = 69) was larger.")
    document = Document("test", "", (text,), (Table(0, "Table 1", "", grid, 1),))
    found = [f for f in scan_document(document, "test").findings if f.check == "parts"]
    assert "fails" not in {f.level for f in found}


def test_more_than_completed_may_have_been_seen_before():
    head = ["", "Drug (n = 30) / pre", "Drug (n = 30) / post"]
    rows = [["False belief (1/0)", "27/7", "20/10"], ["True belief (1/0)", "3/27", "4/26"]]
    assert parts(head, *rows) == [("question", "27/7")]
    head[1] = "Drug (n = 30) / later"
    assert ("question", "27/7") in parts(head, *rows)  # one other column proves little


def test_what_one_cell_prints_beside_each_other_adds_to_the_total_of_its_row_and_column():
    head = ["", "All (n = 38)", "Control (n = 21)", "Feedback (n = 17)"]
    assert parts(head, ["Male/female", "18/20", "10/11", "9/8"]) == [
        ("question", "18"), ("question", "20"),
    ]  # fmt: skip
    assert parts(head, ["Male/female", "19/19", "10/11", "9/8"]) == []
    rows = [["Morning", "0/9", "8/9", "1/9", "9/9"], ["Afternoon", "3/9", "8/8", "2/7", "8/8"]]
    rows += [["Midnight", "4/6", "5/6", "2/4", "6/6"]]
    groups = ["Samples", "A", "B", "C", "D"]
    found = parts(groups, ["Total", "7/24", "21/23", "5/20", "21/21"], *rows)
    assert found == [("question", "21"), ("question", "21")]
    assert parts(groups, ["Total", "7/24", "21/23", "5/20", "23/23"], *rows) == []
    ages = ["Age, range (min/max)", "40-92", "40-92", "40-87"]
    assert parts(head, ages) == []


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        (
            "Ten patients dropped out: 6 for A (3 events, 2 lost), 2 for B, and 3 for C.",
            ["Ten patients dropped out"],
        ),
        ("Eleven patients dropped out: 6 for A (3 events, 2 lost), 2 for B, and 3 for C.", []),
        (
            "In all 52 patients had effects, i.e., 19 patients in A and 32 patients in B.",
            ["52 patients had effects,"],
        ),
        (
            "Fifty-four children aged 10-14 years took part (28 girls and 27 boys).",
            ["Fifty-four children"],
        ),
        ("Fifty-four children aged 10-14 years took part (28 girls and 26 boys).", []),
        ("Fifty-four children aged 10-14 years took part (28 girls and 22 boys).", []),
        ("We saw 504 (328 women, 126 men) in May.", ["504"]),
        ("Of these 833 (531 women and 331 men) came back.", ["833"]),
        ("We saw 504 (328 women, 176 men) in May.", []),
        ("We saw 504 (328 women, 126 men, 50 not known) in May.", []),
        ("Of 54 adults (20 men) 22 and 24 children (19 boys and 5 girls) stayed.", []),
        ("In all 17 had been treated (24.3%; 10 in A and 8 in B).", ["17 had been treated"]),
        ("Of the 180 patients, 125 went on, while 65 were lost.", ["Of the 180 patients,"]),
        ("Of the 180 patients, 125 went on, while 45 were women.", []),  # and 10 were not asked
        ("Of the 94 patients, 28 came late, 52 missed fewer than 2, and 14 died.", []),
        ("We saw 51 patients: 23 in A, 24 in B, and the last 5 in C.", []),
        ("Seen were 1 (8%) PR, 6 (50%) SD, and 5 (42%) PD.", []),
        ("Of 142 clerks, 127 (89%) ended it, and 16 (11%) did not.", ["142"]),
        ("Of 148 clerks, 62 (42%) never did, 39 (26%) once, 46 (31%) often.", []),  # one is left
        ("In all 75 patients were assigned to A (n = 37) or B (n = 36).", ["75 patients"]),
        (
            "Twenty-three patients came in two groups, A (n = 12) and B (n = 10).",
            ["Twenty-three patients"],
        ),
        ("We divided 75 patients, allocated to A (n = 38) or B (n = 37).", []),
        ("Of 90 seen, 75 patients were assigned (A, n = 38; B, n = 37; lost, n = 9).", []),
        ("In all 75 patients were not randomised: deaf (n = 37), or blind (n = 36).", []),
        ("Fifteen patients (9 of group I and 7 of group II) failed to come.", ["Fifteen patients"]),
        ("A total of 257 patients (140 from A, and 105 from B) came.", ["257 patients"]),
    ],
)
def test_what_a_sentence_lists_makes_the_whole_that_it_names(sentence, asked):
    document = Document("test", "", (Paragraph("Results", 1, sentence),), ())
    found = [f for f in scan_document(document, "test").findings if f.check == "parts"]
    assert [f.printed for f in found if f.level == "question"] == asked
    assert "fails" not in {f.level for f in found}


def asked_of(sentence: str) -> list[str]:
    """Return the parts that a question is about."""
    document = Document("test", "", (Paragraph("Results", 1, sentence),), ())
    found = scan_document(document, "test").findings
    return [f.against for f in found if f.check == "parts" and f.level == "question"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *((f"in {name} 1", f"in {name} 2") for name in (
            "group", "arm", "phase", "stage", "grade", "class", "week", "day", "month", "visit",
            "year", "table", "cohort", "site", "stratum #")),
        *((f"for 3 {unit}", f"for 2 {unit}") for unit in (
            "years", "weeks", "days", "hours", "minutes", "mg", "µg", "g", "ml", "IU")),
        ("on days 1, 2 and 3", "at week one"), ("for 1 and 2 weeks", "later"),
    ],
)  # fmt: skip
def test_a_number_that_names_something_or_has_a_unit_is_no_part(one, other):
    assert asked_of(f"We saw 40 women: 26 {one} and 14 {other}.") == []
    assert asked_of(f"We saw 40 women: 26 {one} and 15 {other}.") == ["26 + 15"]


@pytest.mark.parametrize(
    ("whole", "asked"),
    [
        *((whole, True) for whole in (
            "patients", "consecutive blood samples", "early deaths", "adverse events", "new cases",
            "were lost")),
        *((whole, False) for whole in (
            "MET hours", "visits", "visits of patients", "phone calls", "levels",
            "experimental conditions", "questions for patients")),
    ],
)  # fmt: skip
def test_only_people_samples_and_events_are_a_whole(whole, asked):
    assert asked_of(f"In all 6 {whole} (4 for A and 3 for B).") == ["4 + 3"] * asked
    assert asked_of(f"In all 6 {whole} (4 for A and 2 for B).") == []


def test_parts_that_hold_at_least_so_many_may_overlap():
    assert asked_of("Of the 40 women, 26 had a cyst and 16 had at least one stone.") == []
    assert asked_of("Of the 40 women, 26 had a cyst and 16 had a stone.") == ["26 + 16"]


def test_a_patient_may_have_several_unwanted_events():
    head, name = ["", "Drug (n = 4)", "Placebo (n = 10)"], ["Common, n (%)", "", ""]
    rows = [
        ["Headache", "2 (50)", "4 (40)"],
        ["Rash", "1 (25)", "2 (20)"],
        ["Cough", "2 (25)", "4 (40)"],
    ]
    assert parts(head, name, *rows, caption="Adverse events") == []


def test_two_rows_that_leave_out_nobody_make_the_group():
    rows = [["Men, n", "21", "18"], ["Women, n", "19", "23"]]
    assert parts(HEAD, *rows) == [("fails", "18 + 23")]
    assert parts(HEAD, *rows, text="We randomised 41 patients.") == [("question", "18 + 23")]
    assert parts(HEAD, rows[0], ["Women, n", "18", "19"]) == []  # of some it may not be known
    others = [
        ["Asthmatics (n)", "24", "30"],
        ["Age", "31.2", "32.4"],
        ["Non-asthmatics (n)", "16", "12"],
    ]
    assert parts(HEAD, *others) == [("fails", "30 + 12")]
    assert parts(HEAD, ["Men with pain", "21", "30"], ["Women, n", "19", "22"]) == []
    assert parts(HEAD, ["Smokers", "100", "60"], ["Non-smokers", "0", "40"]) == []  # percents


def test_a_total_of_patients_in_several_groups_is_not_held_to_their_sum():
    head = ["", "First (n = 131)", "Second (n = 131)", "Total (n = 131)"]
    rows = [["Pain, n (%)", "14 (10.7)", "15 (11.5)", "25 (19.1)"],
            ["Fever, n (%)", "5 (3.8)", "4 (3.1)", "8 (6.1)"],
            ["Rash, n (%)", "3 (2.3)", "1 (0.8)", "4 (3.1)"],
            ["Cough, n (%)", "5 (3.8)", "0 (0.0)", "5 (3.8)"],
            ["Nausea, n (%)", "2 (1.5)", "2 (1.5)", "3 (2.3)"]]  # fmt: skip
    assert parts(head, *rows) == []


def test_each_of_several_totals_is_of_the_groups_of_its_name():
    head = ["", "Drug / Ward (n = 27)", "Drug / ICU (n = 20)", "Placebo / Ward (n = 36)",
            "Placebo / ICU (n = 10)", "Total / Ward (n = 63)", "Total / ICU (n = 30)"]  # fmt: skip
    rows = [["Men", "19", "12", "23", "8", "42", "20"], ["Old", "12", "9", "20", "3", "32", "12"],
            ["Ill", "11", "14", "9", "6", "20", "20"]]  # fmt: skip
    rows.append(["Slim", "22", "10", "25", "5", "47", "15"])
    assert parts(head, *rows) == []
    assert parts(head, *rows, ["Well", "7", "4", "9", "2", "18", "6"]) == [("fails", "18")]


def test_a_total_stands_beside_its_groups_also_under_a_head_over_two_columns():
    head = ["", "Yes", "No Total", "No Total"]
    rows = [["Married", "197", "107", "304"], ["Single", "44", "22", "66"],
            ["Muslim", "15", "9", "24"], ["Christian", "219", "114", "333"]]  # fmt: skip
    assert parts(head, *rows, ["Young", "32", "24", "54"]) == [("fails", "54")]


def test_levels_may_stand_beside_the_label_of_their_variable():
    head = ["", "", "Drug (n = 40)", "Placebo (n = 38)"]
    sex = [["Sex", "Male", "21 (52.5)", "20 (52.6)"], ["", "Female", "19 (47.5)", "18 (47.4)"]]
    race = [["Race", "White", "30 (73.2)", "28 (73.7)"], ["", "Other", "11 (26.8)", "10 (26.3)"]]
    assert parts(head, *sex, *race) == [("fails", "30 + 11")]
    assert parts(head, *sex) == []
    percents = [["School", "Low", "7.5%", "7.4%"], ["", "Medium", "46.6%", "45.7%"],
                ["", "High", "48.9%", "46.9%"], ["Age", "<40", "31.0%", "28.6%"]]  # fmt: skip
    assert parts(["", "", "Drug", "Placebo"], *percents) == [("question", "7.5 + 46.6 + 48.9")]


def test_the_size_of_a_head_is_asked_where_three_variables_make_one_other():
    def rows(n: int) -> list[Row]:
        return [["Sex", "", ""], ["Male", "12", "21"], ["Female", str(n - 12), "17"],
                ["Stage", "", ""], ["I", "5", "8"], ["II", "13", "12"], ["III", str(n - 18), "18"],
                ["Smoker", "", ""], ["Yes", "9", "8"], ["No", str(n - 9), "30"]]  # fmt: skip

    head = ["", "Drug (N = 40)", "Placebo (N = 38)"]
    assert parts(head, *rows(41)) == [("question", "40")]
    assert parts(head, *rows(39)) == [("question", "40")]
    assert parts(head, *rows(40)) == []
    assert parts(head, *rows(31)) == []  # nine may lack the datum
    exchanged = ["", "Drug (N = 38)", "Placebo (N = 60)"]
    assert parts(exchanged, *rows(60)) == [("question", "38"), ("question", "60")]


def test_rows_that_hold_more_than_others_make_are_asked_whatever_their_labels_say():
    rows = [
        ["Sex", "", "", ""],
        ["", "Male", "40", "51"],
        ["", "Female", "51", "47"],
        ["Mask worn", "Never", "55", "37"],
        ["in the", "Often", "15", "26"],
        ["ward", "Always", "21", "35"],
        ["Gloves", "Yes", "60", "66"],
        ["", "No", "31", "32"],
    ]
    visor = [["Visor", "Never", "68", "38"], ["", "Often", "23", "64"]]  # fmt: skip
    head = ["", "", "Cases", "Controls"]
    assert parts(head, *rows, *visor) == [("question", "38 + 64")]
    assert parts(head, *rows[:3], *visor) == []  # nothing makes it twice
    assert parts(head, *rows, visor[0], ["", "Often", "23", "60"]) == []  # as all others
    assert parts(head, *rows, visor[0], ["", "Often", "23", "56"]) == [("question", "38 + 56")]
    several = [["Visor", "Never", "68", "38"], ["", "Often", "53", "79"]]
    assert parts(head, *rows, *several) == []
    assert parts(head, *rows, *visor, caption="Adverse events") == []


def test_ranges_that_hold_more_than_the_group_in_both_columns_are_asked():
    rows = [
        ["Sex", "", ""],
        ["Male", "23", "18"],
        ["Female", "17", "20"],
        ["Age", "50.1", "49.3"],
        ["Zones", "", ""],
        ["One", "19", "22"],
        ["Two", "21", "16"],
        ["Months", "5.2", "6.1"],
        ["Smear", "", ""],
        ["Scant", "31", "27"],
        ["Rich", "9", "11"],
        ["ESR", "52.4", "48.5"],
    ]
    ranges = [["Score ≥ 31", "11", "12"], ["Score 20-30", "14", "13"]]
    assert parts(HEAD, *rows, *ranges, ["Score < 20", "16", "14"]) == [
        ("question", "11 + 14 + 16"),
        ("question", "12 + 13 + 14"),
    ]
    assert parts(HEAD, *rows, *ranges, ["Score < 20", "15", "13"]) == []
    signs = [["Fever", "11", "12"], ["Cough", "14", "13"], ["Pain", "16", "14"]]
    assert parts(HEAD, *rows, *signs) == []  # a patient may have two


def of(n: int, all_of: int) -> str:
    return f"{n}/{all_of} ({100 * n / all_of:.1f})"


def test_the_numbers_behind_a_stroke_make_the_group_in_each_variable():
    head = ["", "Drug (n = 97), n (%)", "Placebo (n = 82), n (%)"]
    told = {"Sex": (31, 57, 19, 41), "Pain": (22, 40, 12, 44), "Kin": (14, 30, 20, 51),
            "Job": (29, 61, 17, 33), "Cat": (17, 51, 15, 33),
            "Dog": (40, 80, 21, 61)}  # fmt: skip
    rows = [
        row
        for name, (a, m, b, n) in told.items()
        for row in (
            [name, "", ""],
            ["Yes", of(a, m), of(b, n)],
            ["No", of(51 - a, 97 - m), of(41 - b, 82 - n)],
        )
    ]
    assert parts(head, *rows) == []
    assert parts(head, *rows[:-1], ["No", of(11, 17), of(20, 20)]) == [("question", "61 + 20")]
    assert parts(head, *rows[:-1], ["No", of(12, 17), of(20, 21)]) == [("question", "40 + 12")]
    fewer = ["No", of(10, 17), of(20, 21)]
    assert parts(head, *rows[:-1], fewer) == [("question", "40 + 10")]
    few = ["No", of(10, 17), of(18, 21)]
    assert parts(head, *rows[6:-1], few) == []  # one of each may not be known


def test_a_dash_among_counts_is_none_of_them():
    head = ["", "Grade 1", "Grade 2", "Grade 3", "Grade 4", "Died"]
    rows = [["Surgery", "41", "54", "64", "26", "28"], ["Drug", "51", "52", "36", "31", "18"],
            ["Both", "—", "—", "—", "7", "7"]]  # fmt: skip
    assert parts(head, *rows, ["Sum", "92", "106", "100", "64", "53"]) == []
    assert parts(head, *rows, ["Sum", "92", "106", "100", "64", "55"]) == [("fails", "55")]


def test_a_total_is_of_the_groups_under_the_nearest_head():
    tops = ["", "Part 2", "Part 2", "Part 2", "Part 2", "Part 2", "Part 2"]
    phases = ["", "Blind", "Blind", "Blind", "Open", "Open", "Open"]
    arms = ["", "Drug", "Placebo", "Total", "Drug", "Placebo", "Total"]
    rows = [["Ache", "16", "7", "23", "12", "6", "18"], ["Rash", "11", "12", "23", "14", "9", "23"],
            ["Cold", "21", "13", "34", "11", "17", "28"]]  # fmt: skip
    assert parts(tops, phases, arms, *rows, head=3) == []
    rows[2][6] = "29"
    rows += [
        ["Cough", "31", "24", "55", "18", "23", "41"],
        ["Fall", "9", "3", "12", "25", "18", "43"],
    ]
    assert parts(tops, phases, arms, *rows, head=3) == [("fails", "29")]


def test_a_total_of_a_row_may_be_of_two_divisions_of_the_same_people():
    head = ["", "Total (n = 726)", "Wild (n = 579)", "Other (n = 147)", "Low (n = 493)",
            "High (n = 233)"]  # fmt: skip
    rows = [["Male", "400", "317", "83", "280", "120"],
            ["Smoking", "171", "141", "30", "125", "46"],
            ["Drinking", "108", "91", "17", "69", "39"],
            ["Low risk", "152", "115", "37", "98", "54"],
            ["High risk", "140", "114", "26", "102", "38"]]  # fmt: skip
    wrong = ["Married", "149", "118", "31", "94", "52"]
    assert parts(head, *rows, wrong) == [("question", "149")]
    assert parts(head, *rows, [*wrong[:-1], "55"]) == []


def test_a_total_may_be_of_two_divisions():
    rows = [["<25", "25", "34", "41", "20"], [">=25", "242", "168", "74", "157"],
            ["<30", "57", "91", "52", "56"], [">=30", "210", "111", "63", "121"]]  # fmt: skip
    head = ["", "A", "B", "C", "D"]
    assert parts(head, *rows, ["All", "267", "202", "115", "177"]) == []
    rows[1][2] = "186"
    assert parts(head, *rows, ["All", "267", "202", "115", "177"]) == [
        ("fails", "34 + 186"),
    ]


def test_levels_stand_where_their_counts_stand():
    drug, placebo = "Drug (n = 40)", "Placebo (n = 38)"
    head = [["", drug, drug, placebo, placebo], ["", "n", "%", "n", "%"]]
    rows = [["Sex", "", "", "", ""], ["Men", "21", "52.5", "19", "50.0"],
            ["Women", "19", "47.5", "21", "55.3"]]  # fmt: skip
    grid = grid_of([[(cell, 1, 1) for cell in row] for row in (*head, *rows)])
    document = Document("test", "", (), (Table(0, "Table 1", "", grid, 2),))
    found = scan_document(document, "test").findings
    assert [f.column for f in found if f.check == "parts"] == [3, 1]


def test_counts_before_their_number_add_to_a_total_as_others_do():
    head = ["", "Total (%) (n = 356)", "Drug (n = 180)", "Usual (n = 176)"]
    rows = [["Female", "165/356 (46)", "83/180 (46)", "82/176 (47)"],
            ["Married", "252/356 (71)", "125/180 (69)", "127/176 (72)"],
            ["Alone", "131/356 (37)", "67/180 (37)", "64/176 (36)"]]  # fmt: skip
    white = ["White", "329/356 (92)", "164/180 (91)"]
    assert parts(head, *rows, [*white, "166/176 (94)"]) == [("question", "329")]
    assert parts(head, *rows, [*white, "165/176 (94)"]) == []
    fewer = ["White", "329/330 (100)", "164/180 (91)", "165/176 (94)"]  # the size alone is wrong
    assert parts(head, *rows, fewer) == [("question", "330")]


def test_levels_are_held_to_the_size_that_their_percents_are_of():
    def sizes(last: str) -> list[tuple[str, str]]:
        head, sex, age = ["", "Spiral, n (%)", "X-ray, n (%)"], ["Sex", "", ""], ["Age", "", ""]
        rows = [["Male", "600 (60.0)", "480 (60.0)"], ["Female", "400 (40.0)", "320 (40.0)"]]
        ages = [["<55", "310 (31.0)", "248 (31.0)"], ["55-64", "290 (29.0)", "232 (29.0)"],
                ["65 or more", "400 (40.0)", "320 (40.0)"]]  # fmt: skip
        return parts(head, sex, *rows, age, *ages, ["Missing", "0 (0.0)", last])

    assert sizes("1 (0.1)") == [("question", "248 + 232 + 320 + 1")]
    assert sizes("0 (0.0)") == []


SEXES = [["Sex", "", ""], ["Male", "22", "17"], ["Female", "18", "21"]]
KIN = [["Next of kin", "", ""], ["Near", "9", "12"], ["Far", "31", "26"]]


def test_levels_that_lack_somebody_are_asked_where_other_columns_and_variables_lack_nobody():
    town = [["Home", "", ""], ["Town", "16", "20"], ["Village", "15", "8"]]
    assert parts(HEAD, *SEXES, *town, ["Farm", "8", "10"]) == [("question", "16 + 15 + 8")]
    assert parts(HEAD, *SEXES, *town, ["Farm", "9", "10"]) == []
    assert parts(HEAD, *SEXES, *town, ["Farm", "8", "9"]) == []  # of both some did not answer
    assert parts(HEAD, *town, ["Farm", "8", "10"]) == []  # nothing else says who was asked
    same = [["Next of kin", "", ""], ["Near", "9", "12"], ["Far", "30", "26"]]
    assert parts(HEAD, *SEXES, *same, *town, ["Farm", "8", "10"]) == []  # one of both is lost
    share = [["Home, n (%)", "", ""], ["Town", "16 (41.0)", "20 (52.6)"],
             ["Village", "15 (38.5)", "8 (21.1)"], ["Farm", "8 (20.5)", "10 (26.3)"]]  # fmt: skip
    assert parts(HEAD, *SEXES, *share) == []  # percents of 39
    of_all = [["Home, n (%)", "", ""], ["Town", "16 (40.0)", "20 (52.6)"],
              ["Village", "15 (37.5)", "8 (21.1)"], ["Farm", "8 (20.0)", "10 (26.3)"]]  # fmt: skip
    assert parts(HEAD, *SEXES, *of_all) == [("question", "16 + 15 + 8")]


def test_levels_that_hold_far_more_are_asked_where_another_column_shows_that_they_exclude():
    head = ["", "G1 (n=27)", "G2 (n=33)", "G3 (n=31)"]
    race = [["Race", "", "", ""], ["White", "15", "16", "20"], ["Black", "8", "19", "7"]]
    assert parts(head, *race, ["Mixed", "4", "8", "4"]) == [("question", "16 + 19 + 8")]
    assert parts(head, *race, ["Mixed", "9", "8", "4"]) == []  # in one of three alone
    assert parts(head, ["Adverse events", "", "", ""], *race[1:], ["Mixed", "4", "8", "4"]) == []


def test_levels_that_hold_more_in_every_column_are_asked_of_classes_and_of_yes_and_no():
    drugs = [["Smoking", "", ""], ["Never", "25", "19"], ["On a drug", "22", "24"]]
    assert parts(HEAD, *SEXES, *KIN, *drugs) == []  # the drug is of another variable
    classes = [["Smoking", "", ""], ["< 5 a day", "25", "19"], ["≥ 5 a day", "22", "24"]]
    assert len(parts(HEAD, *SEXES, *KIN, *classes)) == 2
    answers = [["Smoking", "", ""], ["Yes", "25", "19"], ["No", "22", "24"]]
    assert len(parts(HEAD, *SEXES, *KIN, *answers)) == 2


def test_levels_may_be_followed_by_what_is_no_level():
    house = [["House", "", ""], ["Own", "30", "28"], ["Rented", "10", "10"], ["Old", "12", "9"]]
    assert parts(HEAD, *SEXES, *KIN, *house) == []
    both = [["House", "", ""], ["Own", "12", "8"], ["Rented", "8", "10"], ["Any", "20", "18"]]
    assert parts(HEAD, *SEXES, *KIN, *both) == []
    alike = [["Strength", "", ""], ["Before", "19", "19"], ["After", "19", "19"]]
    assert parts(HEAD, *SEXES, *KIN, *alike) == []


def test_two_rows_that_are_each_others_rest_make_the_group():
    head = ["", "Drug (n = 105)", "Placebo (n = 112)"]
    rows = [["Drained", "41", "50"], ["Not drained", "64", "62"],
            ["Volume ≥ 165", "57", "71"], ["Volume < 165", "48", "41"]]  # fmt: skip
    assert parts(head, *rows, ["Age ≥ 70", "61", "70"], ["Age < 70", "44", "40"]) == [
        ("question", "70 + 40")
    ]
    assert parts(head, *rows, ["Age ≥ 70", "61", "70"], ["Age < 75", "44", "40"]) == []
    assert parts(head, *rows, ["Age ≥ 70", "61", "74"], ["Age < 70", "44", "40"]) == [
        ("fails", "74 + 40")
    ]


def test_a_level_that_nobody_has_may_be_left_blank():
    head = ["", "Month 1 (n = 30)", "Month 3 (n = 30)", "Month 6 (n = 30)"]
    stiff = [["Stiffness", "", "", ""], ["Absent", "16", "14", "15"], ["Mild", "7", "7", "15"],
             ["Severe", "7", "9", ""]]  # fmt: skip
    twist = [["Twisting", "", "", ""], ["Absent", "21", "18", "19"], ["Mild", "5", "7", "11"]]
    assert parts(head, *stiff, *twist, ["Severe", "3", "5", ""]) == [("question", "21 + 5 + 3")]
    assert parts(head, *stiff, *twist, ["Severe", "4", "5", ""]) == []


def test_levels_that_hold_more_than_the_group_are_asked_where_their_percents_are_of_it():
    head = ["", "Small (n = 120)", "Large (n = 137)"]
    stay = [
        ["Stay", "", ""],
        ["1 night", "67 (55.8)", "62 (45.3)"],
        ["2", "38 (31.7)", "56 (40.9)"],
    ]
    team = [["Team", "", ""], ["One", "15 (12.5)", "21 (15.3)"], ["Two", "84 (70.0)", "100 (73.0)"]]
    three = [*stay, *team, ["Both", "21 (17.5)", "18 (13.1)"]]
    assert parts(head, *three) == [("question", "21 + 100 + 18")]
    assert parts(head, *stay, *team, ["Both", "21 (17.5)", "18 (12.9)"]) == []  # not all of 137
    assert parts(head, *stay, *team, ["Both", "21 (17.5)", "16 (11.7)"]) == []


def test_levels_of_other_patients_are_not_asked():
    few = [["Hard to follow", "", ""], ["Yes", "3", "60"], ["No", "17", "39"]]
    assert parts(["", "A (n = 20)", "B (n = 15)"], *few) == []


def test_a_row_of_percents_counts_nobody_though_counts_stand_above():
    rows = [["Quintile, n (%)", "", "", ""], ["First", "26 (22)", "14 (23)", "12 (20)"],
            ["Second", "50 (42)", "20 (33)", "30 (50)"], ["Last", "44 (37)", "26 (43)", "18 (30)"],
            ["Treated before (% yes)", "8", "12", "5"]]  # fmt: skip
    head = ["", "Entire sample (n = 120)", "Control (n = 60)", "Intervention (n = 60)"]
    assert parts(head, *rows) == []


def test_a_single_number_beside_a_label_is_no_p_of_a_heading():
    rows = [["Status", "", ""], ["Alert", "9", "5"], ["Drowsy", "3", "7"], ["Stupor", "", "1"]]
    sex = [["Sex", "", ""], ["Male", "7", "6"], ["Female", "5", "7"]]
    head = ["", "Load (n = 12)", "No load (n = 13)"]
    assert parts(head, *sex, *rows) == []
    assert parts(head, *sex, *rows[:2], ["Drowsy", "3", "6"], rows[3]) == [
        ("question", "5 + 6 + 1")
    ]


def test_what_a_note_tells_to_be_missing_is_not_asked():
    rows = [["Sex", "", ""], ["Male", "40", "30"], ["Female", "60", "50"]]
    rows += [["Side", "", ""], ["Left", "55", "41"], ["Right", "45", "38"]]
    grid = grid_of(
        [[(cell, 1, 1) for cell in row] for row in (["", "A (n = 100)", "B (n = 80)"], *rows)]
    )

    def asked(*notes: str) -> list[str]:
        document = Document("test", "", (), (Table(0, "Table 1", "", grid, 1, notes),))
        found = scan_document(document, "test").findings
        return [f.printed for f in found if f.check == "parts" and f.level != "holds"]

    assert asked("The side was not recorded for one patient.") == []
    assert asked("A, the first group.") == ["41 + 38"]


def test_percents_without_a_sign_are_no_counts_of_groups_and_a_total():
    head = ["Variables", "Drug N = 57", "Control N = 41", "Total N = 98"]
    homes = [["Home", "", "", ""], ["Alone", "6", "15", "10"], ["With others", "94", "85", "90"]]
    sexes = [["Sex", "", "", ""], ["Men", "60", "70", "64"], ["Women", "40", "30", "36"]]
    ages = [["Age", "", "", ""], ["Young", "45", "25", "37"], ["Old", "55", "75", "63"]]
    assert parts(head, *homes, *sexes, *ages) == []


def test_percents_beside_the_size_of_a_group_are_no_counts():
    rows = [
        ["I", "11 (9)", "10", "8"],
        ["II", "83 (67)", "73", "60"],
        ["III", "31 (24)", "17", "32"],
    ]
    head = ["Stage", "All (N = 125) No. (%)", "A (N = 63) {}", "B (N = 62) {}"]
    assert parts([each.format("%") for each in head], *rows) == []
    assert len(parts([each.format("") for each in head], *rows)) == 3


def test_means_in_whole_numbers_add_but_for_their_rounding():
    head = ["", *(f"Month {month}" for month in range(6))]
    rows = [["Total", "127 ± 12", "125 ± 14", "126 ± 13", "124 ± 11", "127 ± 9", "130 ± 9"],
            ["Rest", "73 ± 11", "71 ± 10", "71 ± 10", "72 ± 11", "70 ± 10", "72 ± 9"],
            ["Pulse", "53 ± 12", "54 ± 12", "55 ± 9", "52 ± 9", "57 ± 9", "58 ± 9"]]  # fmt: skip
    assert parts(head, *rows) == []
    rows[0][1] = "129 ± 12"
    assert parts(head, *rows) == [("question", "129")]


def test_a_total_that_is_always_larger_is_of_more_than_is_listed():
    head = ["", "A", "B", "C", "D"]
    acids = [["Acetate", "15.2", "15.7", "10.3", "14.4"], ["Butyrate", "8.7", "8.7", "7.3", "9.9"]]
    assert parts(head, ["Total", "23.9", "24.4", "18.6", "25.9"], *acids) == []
    assert parts(head, ["Total", "23.9", "24.4", "17.6", "25.9"], *acids) == [("question", "25.9")]


def test_a_fraction_is_no_pair_of_levels_and_a_section_may_tell_of_percents():
    head = ["", "A (n = 95)", "B (n = 94)"]
    assert (
        parts(head, ["Cause (%)", "", ""], ["Mixed/organic/mental", "56/28/16", "59/28/13"]) == []
    )
    assert parts(head, ["Sex (male/female)", "56/39", "59/33"]) == [("question", "59/33")]


def test_levels_of_which_a_patient_may_have_several_hold_more_than_the_group():
    rows = [
        ["Sex, n (%)", "", ""],
        ["Men", "21 (52.5)", "18 (47.4)"],
        ["Women", "19 (47.5)", "20 (52.6)"],
        ["Race^a, n (%)", "", ""],
        ["White", "30 (75.0)", "27 (71.1)"],
        ["Black", "11 (27.5)", "12 (31.6)"],
    ]

    def asked(*notes: str) -> list[str]:
        grid = grid_of([[(cell, 1, 1) for cell in row] for row in (HEAD, *rows)])
        document = Document("test", "", (), (Table(0, "Table 1", "", grid, 1, notes),))
        found = scan_document(document, "test").findings
        return [f.printed for f in found if f.check == "parts" and f.level != "holds"]

    assert asked("^aPatients may have chosen more than one.") == []
    assert asked("^aAs they said themselves.") == ["30 + 11", "27 + 12"]


def test_levels_that_make_a_number_of_their_column_are_of_that():
    head = ["Item", "Level", "A, n (%)", "B, n (%)"]
    # fmt: off
    rows = [["Sex", "Men", "981 (50)", "1115 (53)"], ["", "Women", "971 (50)", "991 (47)"],
            ["", "Total", "1952", "2106"], ["Illness, n (%)", "<5 years", "1089 (56)", "673 (32)"],
            ["", "5-10 years", "718 (37)", "778 (37)"], ["", ">10 years", "145 (7)", "655 (31)"]]
    # fmt: on
    assert parts(head, *rows) == []


def test_numbers_of_patients_beside_percents_are_none():
    head = ["", "Men, %", "n", "Women, %", "n"]
    rows = [
        ["Country, %", "", "", "", ""],
        ["Home", "92.2", "59", "96.4", "80"],
        ["Other", "7.8", "5", "3.6", "3"],
    ]
    assert parts(head, *rows) == []
    rows = [["Country, %", "", ""], ["Home", "92.2", "95.4"], ["Other", "7.8", "3.6"]]
    assert parts(["", "A, %", "B, %"], *rows) == [("question", "95.4 + 3.6")]


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("In all, 51 patients had clots (27 in veins, 14 in men and 13 in women).", False),
        ("In all, 99 patients had clots (59 in arteries, 43 in veins, 4 in both).", False),
        ("In all, 99 patients had clots (59 in arteries, 43 in veins).", True),
    ],
)
def test_parts_may_overlap(sentence, asked):
    assert bool(parts(["", "A"], ["x", "y"], text=sentence)) is asked


def test_drugs_and_times_are_no_levels():
    sound = [
        ["Sex, n (%)", "", ""],
        ["Men", "21 (52.5)", "18 (47.4)"],
        ["Women", "19 (47.5)", "20 (52.6)"],
        ["Side, n (%)", "", ""],
        ["Left", "25 (62.5)", "21 (55.3)"],
        ["Right", "15 (37.5)", "17 (44.7)"],
    ]

    def asked(name: str, *labels: str) -> bool:
        levels = [
            [label, n, k] for label, n, k in zip(labels, ("16", "23"), ("16", "22"), strict=True)
        ]
        return bool(parts(HEAD, *sound, [name, "", ""], *levels))

    assert not asked("Medication", "Aspirin", "Statin")
    assert not asked("Zinc", "2 weeks", "6 weeks")
    assert asked("Zinc", "little", "much")


def test_what_makes_the_number_behind_it_is_of_that():
    head = ["", "A, n/N (%)", "B, n/N (%)"]
    rows = [
        ["Sex", "", ""],
        ["Men", "200/354 (56.5)", "3000/5026 (59.7)"],
        ["Women", "154/354 (43.5)", "2026/5026 (40.3)"],
        ["Side", "", ""],
        ["Left", "281/354 (79.4)", "3871/5012 (77.2)"],
        ["Right", "73/354 (20.6)", "1141/5012 (22.8)"],
    ]
    assert parts(head, *rows) == []


@pytest.mark.parametrize(("size", "asked"), [("(n = 54)", False), ("", True)])
def test_a_head_within_a_table_prints_the_size_of_what_is_below_it(size, asked):
    def block(name: str, label: str, *rows: Row) -> list[list[tuple[str, int, int]]]:
        return [
            [(name, 1, 1), ("", 1, 1), (label, 1, 3), ("Sensitivity", 1, 1)],
            [("", 1, 2), ("Yes", 1, 1), ("No", 1, 1), ("Total", 1, 1), ("95% CI", 2, 1)],
            [("Swab", 1, 2), ("Yes", 1, 1), ("No", 1, 1), ("Total", 1, 1)],
            *([(cell, 1, 1) for cell in ("", *row)] for row in rows),
        ]

    grid = grid_of([
        *block("A.", "Nose (n = 53)", ["Yes", "6 (11.3%)", "0 (0.0%)", "6 (11.3%)", ""],
               ["No", "1 (1.9%)", "46 (86.8%)", "47 (88.7%)", "85.71%"],
               ["Total", "7 (13.2%)", "46 (86.8%)", "53 (100%)", "0.42, 1.00"]),
        *block("B.", f"Throat {size}", ["Yes", "6 (11.1%)", "1 (1.9%)", "7 (13.0%)", "85.71%"],
               ["No", "1 (1.9%)", "46 (85.2%)", "47 (87.0%)", "0.42, 1.00"],
               ["Total", "7 (13.0%)", "47 (87.0%)", "54 (100%)", ""]),
    ])  # fmt: skip
    document = Document("test", "", (), (Table(0, "Table 1", "", grid, 0),))
    found = [f.printed for f in scan_document(document, "test").findings
             if f.check == "parts" and f.level != "holds"]  # fmt: skip
    assert found == ["7 + 47"] * asked


SYMPTOMS = [
    ["Overall", "6.413 ± 2.5", "-1.852 ± 2.1"], ["Itch", "1.481 ± 0.7", "-0.371 ± 0.7"],
    ["Pain", "2.852 ± 0.8", "-0.630 ± 0.9"], ["Rash", "2.080 ± 0.7", "-0.851 ± 1.0"],
]  # fmt: skip


def test_what_is_called_a_total_adds_in_one_column_and_is_asked_in_the_other():
    head = ["Score", "Before", "Change"]
    assert parts(head, *SYMPTOMS) == []
    wrong = [["Overall", "6.113 ± 2.5", "-1.852 ± 2.1"], *SYMPTOMS[1:]]
    assert parts(head, *wrong) == [("question", "6.113")]
    wrong = [["Overall", "6.413 ± 2.5", "-1.652 ± 2.1"], *SYMPTOMS[1:]]
    assert parts(head, *wrong) == [("question", "-1.652")]
    assert parts(["Score", "Mean", "Standard deviation"], *wrong) == []


WALKS = [["Walking", "212.31", "181.94", "203.16"], ["Fast", "112.10", "71.52", "100.02"],
         ["Slow", "100.21", "110.42", "103.14"]]  # fmt: skip


def test_a_row_that_is_called_no_total_may_be_one():
    head = ["Minutes", "A", "B", "C"]
    assert parts(head, *WALKS) == []
    assert parts(head, ["Walking", "212.31", "181.94", "205.16"], *WALKS[1:]) == [
        ("question", "205.16")
    ]
    assert parts(head, ["Walking", "212.31", "180.94", "205.16"], *WALKS[1:]) == []
    assert parts(head, ["Walking", "212.31", "181.94", "55.16"], *WALKS[1:]) == []


@pytest.mark.parametrize(
    ("name", "all_of_c", "asked"),
    [("By age", "203", True), ("By cause", "203", False), ("By cause", "209", True)],
)
def test_a_patient_may_be_in_several_parts_of_what_is_called_no_total(name, all_of_c, asked):
    rows = [["Ill", "2120", "1811", all_of_c], [name, "", "", ""], ["One", "1121", "711", "103"],
            ["Other", "999", "1100", "103"]]  # fmt: skip
    assert (("question", all_of_c) in parts(["", "A", "B", "C"], *rows)) == asked


def test_a_mean_is_no_total_of_counts():
    rows = [["Age", "69 ± 3", "68 ± 3", "71 ± 4"], ["Eye", "35", "34", "31"],
            ["Ear", "34", "34", "30"]]  # fmt: skip
    assert parts(["", "A", "B", "C"], *rows) == []


def test_a_row_is_the_total_of_those_of_its_name_in_other_blocks():
    block = [["Early", "3.02 ± 0.7", "2.12 ± 0.9"], ["Late", "4.01 ± 0.2", "3.03 ± 0.8"]]
    other = [["Early", "6.87 ± 2.3", "6.27 ± 2.4"], ["Late", "11.61 ± 0.9", "7.33 ± 1.9"]]
    total = [["Early", "9.89 ± 2.9", "8.39 ± 2.9"], ["Late", "15.62 ± 1.0", "10.36 ± 2.2"]]
    rows = [["Preparation", "", ""], *block, ["Reading", "", ""], *other, ["Points", "", ""]]
    assert parts(["", "A", "B"], *rows, *total) == []
    total[1][2] = "10.96 ± 2.2"
    assert parts(["", "A", "B"], *rows, *total) == [("question", "10.96")]


def test_sizes_behind_a_name_show_that_its_rows_add():
    rows = [["All", "", ""], ["Drug (n = 48)", "18", "27"], ["None (n = 46)", "19", "26"],
            ["Ill", "", ""], ["Drug (n = 30)", "12", "14"], ["None (n = 31)", "16", "14"],
            ["Well", "", ""], ["Drug (n = 18)", "4", "13"], ["None (n = 15)", "3", "12"],
            ]  # fmt: skip
    assert parts(["", "Worse", "Same"], *rows) == [("question", "18")]


def test_sizes_in_rows_of_their_own_add_to_those_of_all():
    head = ["", "Drug", "Placebo", "Total"]
    rows = [["Age", "59.2", "56.7", "57.9"], ["", "N = 57", "N = 31", "N = 88"],
            ["Weight", "79.2", "76.7", "77.9"], ["", "N = 61", "N = 36", "N = 97"],
            ["Height", "169.2", "166.7", "167.9"], ["", "N = 59", "N = 37", "N = 96"],
            ["Pulse", "69.2", "66.7", "67.9"], ["", "N = 54", "N = 36", "N = 84"],
            ]  # fmt: skip
    assert parts(head, *rows) == [("fails", "84")]
    rows[-1][1:] = ["N = 84", "N = 84", "N = 84"]  # of both
    assert parts(head, *rows) == []


def test_a_blank_cell_beside_a_total_counts_nobody_where_others_do_not():
    head = ["", "A", "B", "C", "Total"]
    rows = [["Aids", "16", "15", "11", "42"], ["Notes", "14", "14", "", "28"],
            ["Alarms", "26", "15", "19", "60"], ["Lists", "33", "23", "", "56"],
            ["Maps", "20", "31", "17", "68"], ["Bells", "8", "9", "7", "24"]]  # fmt: skip
    assert parts(head, *rows) == []
    assert parts(head, *rows, ["Rooms", "15", "14", "", "27"]) == [("fails", "27")]
    rows[1][4], rows[3][4] = "31", "60"  # something was not told
    assert parts(head, *rows, ["Rooms", "15", "14", "", "27"]) == []


def test_yes_and_no_in_one_cell_are_not_more_than_the_group():
    head = ["", "A (n = 62)", "B (n = 59)"]
    row = ["Drinking (yes/no)", "43/37", "46/30"]
    assert parts(head, row) == [("question", "43/37"), ("question", "46/30")]
    assert parts(head, ["Drinking (yes/no)", "23/27", "26/30"]) == []  # some did not answer


def test_classes_below_the_head_of_the_first_column_are_labels():
    rows = [[("Adherence", 1, 2), ("A (n = 50)", 1, 1), ("B (n = 50)", 1, 1)]]
    for label, *cells in (["100%", "42 (84)", "37 (74)"], ["80-99%", "2 (4)", "8 (16)"],
                          ["<79%", "6 (12)", "12 (24)"]):  # fmt: skip
        first = [("Class of doses", 3, 1)] if label == "100%" else []
        rows.append([*first, *((text, 1, 1) for text in (label, *cells))])
    table = Table(0, "Table 1", "", grid_of(rows), 1)
    found = scan_document(Document("test", "", (), (table,)), "test").findings
    assert ("question", "37 + 8 + 12") in {(f.level, f.printed) for f in found}


def test_a_total_that_prints_the_sum_behind_its_percent_is_not_accused():
    head = ["", "A (n = 34)", "B (n = 34)", "All (n = 68)"]
    rows = [["Men", "47.1 (16)", "44.1 (15)", "45.6 (31)"],
            ["Old", "97.1 (33)", "91.2 (31)", "94.1 (64)"],
            ["Tall", "38.2 (13)", "47.1 (16)", "42.6 (29)"],
            ["Asthma", "61.8 (21)", "52.9 (18)", "57.4 (39)"]]  # fmt: skip
    assert parts(head, *rows, ["Ill", "45.5 (15)", "48.5 (16)", "47 (31)"]) == []
    assert parts(head, *rows, ["Ill", "45.5 (15)", "48.5 (16)", "47 (32)"]) != []


def test_kinds_in_several_rows_are_fewer_together_than_their_sum():
    head = ["", "Samples", "Patients", "Isolates", "Days", "Species"]
    rows = [["Blood", "812", "733", "241", "903", "15"],
            ["Urine", "655", "541", "329", "611", "14"],
            ["Total", "1467", "1274", "570", "1514", "24"]]  # fmt: skip
    levels = {level for level, printed in parts(head, *rows) if printed == "24"}
    assert "fails" not in levels
    other = [*head[:-1], "Deaths"]
    assert ("fails", "24") in parts(other, *rows)


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("It was done in 55 women, 22 women in the study group and 23 women in the control group.",
         ["22 + 23"]),
        ("It was done in 45 women, 22 women in the study group and 23 women in the control group.",
         []),
        ("Group 1 included 14 participants (number of females = 11; males = 4).", ["11 + 4"]),
        ("Group 1 included 15 participants (number of females = 11; males = 4).", []),
        ("75 persons were randomized into the drug (n = 37) and control (n = 36) groups.",
         ["37 + 36"]),
        ("Of 83 women screened, 25 in the drug group and 52 in the control group were seen.", []),
        ("Among the 155 infections, 72 (46%) were of type A, 81 (52%) of B, and 3 (2%) of C.",
         ["72 + 81 + 3"]),
    ],
)  # fmt: skip
def test_counts_of_each_group_or_sex_make_those_of_all(sentence, asked):
    assert asked_of(sentence) == asked


def test_levels_of_far_more_than_the_group_are_asked_about_where_all_others_are_within_it():
    head = ["", "Stayed (n = 1561)", "Left (n = 197)", "Lost (n = 124)"]
    others = [
        ["Spouse", "", "", ""], ["Yes", "1533 (98.2)", "193 (98.5)", "115 (92.7)"],
        ["No", "28 (1.8)", "3 (1.5)", "9 (7.3)"],
        ["Smoking", "", "", ""], ["Never", "1190 (76.2)", "136 (69.4)", "58 (47.2)"],
        ["Ever", "371 (23.8)", "60 (30.6)", "65 (52.8)"],
        ["Drugs", "", "", ""], ["Some", "134 (8.6)", "16 (8.1)", "28 (22.8)"],
        ["None", "1425 (91.4)", "181 (91.9)", "95 (77.2)"],
    ]  # fmt: skip
    income = [["Income", "", "", ""], ["Low", "109 (9.0)", "59 (15.5)", "59 (54.1)"],
              ["High", "1109 (91.0)", "321 (84.5)", "50 (45.9)"]]  # fmt: skip
    assert ("question", "59 + 321") in parts(head, *others, *income)
    twice = [income[0], *([*row[:3], "118 (54.1)" if row[0] == "Low" else "100 (45.9)"]
                          for row in income[1:])]  # fmt: skip
    assert ("question", "59 + 321") not in parts(head, *others, *twice)  # several a patient
    assert ("question", "59 + 321") not in parts(head, *others[:3], *income)


def test_an_ethnicity_is_asked_beside_the_race():
    def levels(name: str) -> list[str]:
        rows = [["Race", "", ""], ["White", "16 (32)", "20 (40)"], ["Black", "32 (64)", "27 (54)"],
                [name, "1 (2)", "1 (2)"], ["Other", "2 (4)", "3 (6)"]]  # fmt: skip
        told = parts(["", "Drug (n = 50)", "Placebo (n = 50)"], *rows)
        return [level for level, _ in told if level != "holds"]

    assert levels("Hispanic/Latino") == ["question", "question"]
    assert levels("Asian") == ["fails", "fails"]
