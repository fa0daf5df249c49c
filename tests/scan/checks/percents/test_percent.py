"""A count and its percent: which readings save it, and what none saves."""

from __future__ import annotations

import pytest
from tests.scan.test_checks import of_text

from secondlook.scan import Finding, scan_document
from secondlook.scan.document import Document, Paragraph, Table, grid_of
from secondlook.scan.layout import Layout

HEAD = ["", "Drug (n = 40)", "Placebo (n = 38)"]
SOUND = [
    ["Male, n (%)", "21 (52.5)", "18 (47.4)"],
    ["Diabetes, n (%)", "7 (17.5)", "9 (23.7)"],
    ["Smoker, n (%)", "13 (32.5)", "11 (28.9)"],
]
SOUND_ONE = [row[:2] for row in SOUND]


def table(*rows: list[str], head: int = 1, caption: str = "", notes: tuple[str, ...] = ()) -> Table:
    grid = grid_of([[(text, 1, 1) for text in row] for row in rows])
    return Table(0, "Table 1", caption, grid, head, notes)


def percents(*rows: list[str], text: str = "", **more: object) -> dict[tuple[int, int], Finding]:
    paragraphs = (Paragraph("Methods", 1, text),) if text else ()
    document = Document("test", "", paragraphs, (table(*rows, **more),))  # type: ignore[arg-type]
    found = scan_document(document, "test").findings
    return {(f.row or 0, f.column or 0): f for f in found if f.check == "percent"}


def test_percents_of_the_head_hold():
    found = percents(HEAD, *SOUND)
    assert len(found) == 6
    assert {f.level for f in found.values()} == {"holds"}


def test_a_percent_that_no_number_of_patients_gives_is_accused():
    found = percents(HEAD, *SOUND, ["Stroke, n (%)", "15 (41.3)", "3 (7.9)"])
    assert found[4, 1].level == "fails"
    assert "15 of 40 is 37.50 %" in found[4, 1].recomputed
    assert found[4, 2].level == "holds"


def test_a_percent_that_needs_more_patients_than_there_are_is_accused():
    found = percents(HEAD, *SOUND, ["Stroke, n (%)", "3 (7.5)", "3 (7.5)"])
    assert found[4, 2].level == "fails"
    assert "only of 40 patients or more" in found[4, 2].reading


def test_missing_data_that_nothing_states_is_a_question():
    found = percents(HEAD, *SOUND, ["Stroke, n (%)", "3 (8.1)", "3 (7.9)"])
    assert found[4, 1].level == "question"
    assert found[4, 1].reading == "holds if 37 of 40 had data"


def test_missing_data_and_a_rounding_of_a_rounding_together_are_asked():
    """No number of patients gives 39 % to ten of them; 26 would, 38.46 rounded to 38.5 first."""
    head = ["", "Drug (n = 27)", "Placebo (n = 38)"]
    others = ["Male, n (%)", "3 (11)", "2 (5)"], ["Diabetes, n (%)", "21 (78)", "30 (79)"]
    found = percents(head, *others, ["Married, n (%)", "16 (59)", "24 (63)"],
                     ["Schooled, n (%)", "10 (39)", "16 (42)"])  # fmt: skip
    assert found[4, 1].level == "question"
    assert found[4, 1].reading == "holds if 26 of 27 had data, rounded twice"


def test_scores_with_sd_that_nothing_names_are_no_counts():
    head = ["", "<25% (n = 40)", ">75% (n = 12)"]
    rows = [["Male, n (%)", "21 (52.5)", "5 (41.7)"], ["Gout, n (%)", "7 (17.5)", "3 (25.0)"],
            ["Smoker, n (%)", "13 (32.5)", "7 (58.3)"]]  # fmt: skip
    found = percents(head, *rows, ["SAPS II", "39 [18]", "46 [20]"])
    assert "fails" not in {f.level for f in found.values()}
    found = percents(head, *rows, ["Stroke, n (%)", "39 (18)", "46 (20)"])
    assert found[4, 2].level == "fails"


def test_about_a_third_is_no_count():
    assert not percents(["", "A"], ["x", "y"], text="Some 1/3 (32.6%) of all relapsed.")


def test_digits_that_were_cut_hold():
    found = percents(HEAD, *SOUND, ["Stroke, n (%)", "3 (7.5)", "5 (13.1)"])
    assert found[4, 2].level == "holds"
    assert "its digits cut" in found[4, 2].reading


def test_a_denominator_in_the_cell_leaves_no_other_reading():
    found = percents(HEAD, *SOUND, ["Relapse", "7/21 (33.3%)", "7/21 (23.3%)"])
    assert found[4, 1].level == "holds"
    assert found[4, 2].level == "fails"


def test_a_fraction_is_held_to_its_percent_by_those_beside_it():
    whole = [["Epidural", "65 (16.0)", "97 (23.0)", "70 (25.0)"],
             ["Nitrous oxide", "270 (66.0)", "275 (66.0)", "201 (71.0)"],
             ["Labour", "120 (29.0)", "154 (37.0)", "114 (40.0)"]]  # fmt: skip
    first = ["Operative, primipara", "65/278 (23.4)", "73/285 (25.6)", "51/184 (27.7)"]
    vaginal = ["Vaginal, multipara", "1/134 (0.7)", "2/132 (0.7)", "1/98 (1.0)"]
    head = ["", "A (n=412)", "B (n=417)", "C (n=282)"]
    found = percents(head, first, vaginal, *whole)
    assert [found[2, c].level for c in (1, 2, 3)] == ["holds", "fails", "holds"]
    assert found[2, 2].reading == "not the percent of the fraction printed with it"
    wrong = ["Vaginal, multipara", "1/134 (0.3)", "2/132 (0.7)", "1/98 (0.4)"]
    assert not any(f.level == "fails" for f in percents(head, wrong, *whole).values())


@pytest.mark.parametrize(
    ("label", "sized"),
    [
        ("Patients treated, no.", True),
        ("Number of patients (randomized)", True),
        ("Sample size, n", True),
        ("Number of eyes", True),
        ("Number", True),
        ("Patients with pain", False),
        ("Number of events", False),
        ("Women", False),
    ],
)
def test_a_row_of_the_sizes_of_groups_is_told_by_its_label(label, sized):
    layout = Layout(table(["", "A", "B"], ["Age, mean", "45.5", "53.4"], [label, "66", "58"]))
    assert layout.size_rows == ({2: {1: [66], 2: [58]}} if sized else {})


def test_a_table_whose_percents_mostly_fail_is_not_understood_and_not_accused():
    found = percents(
        HEAD, ["Death, n (%)", "5 (61.3)", "9 (23.1)"], ["Relapse, n (%)", "7 (44.1)", "8 (30.2)"],
        ["Stroke, n (%)", "4 (10.0)", "4 (10.5)"],
    )  # fmt: skip
    assert "fails" not in {f.level for f in found.values()}


def test_weighted_percents_are_not_accused():
    note = ("Percents are weighted.",)
    found = percents(HEAD, *SOUND, ["Stroke, n (%)", "15 (41.3)", "3 (7.9)"], notes=note)
    assert found[4, 1].level == "question"  # the others of the column are not weighted
    rows = [["Men, n (%)", "21 (48.1)"], ["Ill, n (%)", "7 (21.4)"], ["Old, n (%)", "12 (36.3)"]]
    assert percents(HEAD[:2], *rows, notes=note) == {}


def test_a_head_that_counts_clinics_is_no_denominator_of_their_patients():
    rows = [[f"Positive in month {i}, n (%)", f"{900 + 7 * i} ({40 + i})"] for i in range(6)]
    found = percents(["", "Arm A (n = 18)"], *SOUND_ONE, *rows)
    assert "fails" not in {f.level for f in found.values()}


def test_a_count_of_events_may_stand_beside_the_percent_of_patients():
    found = percents(HEAD, *SOUND, ["Infections, n (%)", "15 (20.0)", "3 (7.9)"])
    assert found[4, 1].level == "question"
    assert "of events" in found[4, 1].reading


def test_more_events_than_patients_may_stand_beside_the_percent_of_patients():
    """50 events in 12 of 40, though three that happened oftener are counted in patients."""
    unwanted = [
        ["Any adverse event, n (%)", "24 (60.0)", "19 (50.0)"],
        ["Mild adverse event, n (%)", "22 (55.0)", "18 (47.4)"],
        ["Adverse event of drug, n (%)", "21 (52.5)", "17 (44.7)"],
    ]
    found = percents(HEAD, *unwanted, ["Adverse events, n (%)", "50 (30.0)", "9 (23.7)"])
    assert found[4, 1].level == "question"
    assert found[4, 1].reading == "holds if the count is of events, the percent of patients"
    few = percents(HEAD, *unwanted, ["Adverse events, n (%)", "10 (30.0)", "9 (23.7)"])
    assert few[4, 1].level == "fails"  # more patients than events


def test_a_percent_that_no_number_gives_is_asked_though_the_table_prints_no_size():
    found = percents(["", "All, n (%)", "Drug, n (%)"], ["Failure", "10 (26.88)", "2 (5.26)"])
    assert found[1, 1].level == "question"
    assert (1, 2) not in found


def test_what_no_number_of_patients_gives_is_asked_where_few_percents_of_the_table_hold():
    head = ["", "Short (n = 30)", "Long (n = 30)"]
    rows = [["At once", "9 (30)", "0 (0)"], ["Soon", "19 (63.3)", "0 (0)"],
            ["Later", "10 (33.3)", "0 (0)"], ["Ill", "7 (29.2)", "0 (0)"],
            ["Lame", "8 (40)", "0 (0)"]]  # fmt: skip
    found = percents(head, ["Last", "11 (43.3)", "0 (0)"], *rows, caption="Agitation, n (%)")
    assert found[1, 1].level == "question"


def test_a_size_that_only_the_text_states_accuses_only_where_nearly_all_percents_are_of_it():
    def of_48(rows: int) -> str:
        shares = [[f"r{i}, n (%)", f"{i} ({i / 0.48:.1f})"] for i in range(5, 5 + rows)]
        other = ["x, n (%)", "1 (1.2)"]
        found = percents(["", "Drug"], *shares, other, text="There were 48 patients.")
        return found[rows + 1, 1].level

    assert (of_48(5), of_48(15)) == ("question", "fails")


def test_percents_before_their_counts_are_not_accused():
    found = percents(HEAD, *SOUND, ["Alive", "100 (40)", "95 (36)"], ["Dead", "2.5 (1)", "5 (2)"])
    assert {f.level for f in found.values()} == {"holds"}
    assert (5, 1) in found
    assert (4, 1) not in found


def test_a_mean_with_its_error_that_no_label_tells_is_not_accused():
    rows = [[f"Sign {i}", f"{i} ({i / 0.4:.1f})", f"{i} ({i / 0.38:.1f})"] for i in range(3, 15)]
    found = percents(HEAD, *rows, ["Haemoglobin A1c", "23 (1.1)", "21 (2.2)"])
    assert {found[13, 1].level, found[13, 2].level} == {"question"}


def test_a_lone_row_is_understood_by_its_other_groups():
    head = ["", "A (n = 40)", "B (n = 38)", "C (n = 44)"]
    found = percents(head, ["Male, n (%)", "21 (62.5)", "18 (47.4)", "20 (45.5)"])
    assert [found[1, c].level for c in (1, 2, 3)] == ["fails", "holds", "holds"]


def test_a_percent_of_the_column_with_another_count_is_accused_where_only_the_column_says_so():
    head = ["", "All", "Low (n = 32)"]
    counts = (7, 11, 13, 17, 19, 21, 23, 25)
    rows = [[f"Trait {n}", str(n), f"{n}({100 * n / 32:.2f})"] for n in counts]
    found = percents(head, *rows, ["Sex", "", ""], ["Male", "29", "16(56.25)"])
    assert found[10, 2].level == "fails"
    assert {found[r, 2].level for r in range(1, 9)} == {"holds"}


def test_a_denominator_in_the_only_cell_of_a_row_is_judged_by_the_column():
    rows = [["Death", "1/3 (33%)"], ["Shunt", "2/3 (67%)"]]
    found = percents(["", "Low dose"], *rows, ["Surgery", "2/3 (33%)"])
    assert found[3, 1].level == "fails"
    found = percents(["", "Low dose"], ["Surgery", "2/3 (33%)"])
    assert found[1, 1].level == "question"


def test_percents_that_are_thresholds_are_no_shares():
    text = "Adherence of 95% (5 out of 212) was rare, as was 90% (13 out of 212)"
    document = Document("test", "", (Paragraph("Results", 1, f"{text}."),), ())
    assert {f.level for f in scan_document(document, "test").findings} == {"question"}
    one = Paragraph("Results", 1, f"{text}, and 25% (53 of 212) were women.")
    levels = [f.level for f in scan_document(Document("test", "", (one,), ()), "test").findings]
    assert sorted(levels) == ["fails", "fails", "holds"]


@pytest.mark.parametrize(
    ("told", "of"),
    [("101 [9%] of 1161)", 1161), ("22 (9.1%) of 241 of them", 241), ("307/385 or 80%", 385),
     ("19% (n/N=40/207)", 207), ("15% (=18/117)", 117)],
)  # fmt: skip
def test_a_share_of_a_number_is_read_in_many_forms(told, of):
    found = scan_document(
        Document("test", "", (Paragraph("Results", 1, f"It grew (in {told}."),), ()), "test"
    ).findings
    assert [(f.level, f.against) for f in found] == [("holds", str(of))]


def test_a_mean_of_the_percents_of_patients_is_no_share():
    found = percents(["", "Laser", "Usual"], ["Percent lost", "11.6 (13/106)", "16.1 (16/109)"])
    assert found == {}


def test_a_pair_of_doses_is_no_share():
    text = "Doses were 7.5/46 and 15/92. With 15/92 (27.6%) it was more; 15/92 was safe."
    assert percents(HEAD, *SOUND, text=text).keys() == {(r, c) for r in (1, 2, 3) for c in (1, 2)}


def test_a_number_that_nothing_calls_a_share_is_asked_where_two_of_its_row_are_one():
    rows = [["Number of patients", "6", "5", "6"], ["Furosemide", "1 (17)", "1 (17)", "2 (33)"]]
    found = percents(["", "A", "B", "C"], *rows)
    assert [found[2, c].level for c in (1, 2, 3)] == ["holds", "question", "holds"]


def test_percents_with_their_ranks_are_no_shares():
    rows = [[f"Trait {n}", f"{80.1 - 7.3 * n:.1f}% ({n})"] for n in range(1, 8)]
    assert not percents(["", "All (n = 3,189)"], *rows)


TEN = [[f"r{i}, n (%)", f"{i} ({i / 0.4:.1f})"] for i in range(7, 17)]


def test_a_size_of_which_nearly_all_of_the_column_is_leaves_no_larger_one():
    head = ["", "All (n = 97), drug (n = 40)"]
    assert percents(head, *TEN, ["x, n (%)", "12 (27.3)"])[11, 1].level == "fails"  # of 44
    assert percents(head, *TEN[:3], ["x, n (%)", "12 (27.3)"])[4, 1].level == "question"


def test_a_percent_of_no_number_of_patients_needs_no_printed_size():
    def without_size(percent: str, rows: int) -> str:
        shares = [[*row, ""] for row in TEN[:rows]]
        head = ["", "Drug (n = 40), n (%)", "Other, n (%)"]
        return percents(head, *shares, ["x", "", f"39 ({percent})"])[rows + 1, 2].level

    assert without_size("46.7", 10) == "question"
    assert without_size("46.4", 10) == "question"  # of 84, which is printed nowhere


def test_a_count_above_the_group_is_one_if_the_others_of_its_row_are():
    row = ["Stroke", "45 [7.5]", "9 [23.7]"]
    head = [f"{text}, n (%)" if text else "" for text in HEAD]
    assert percents(head, *SOUND, row)[4, 1].level == "fails"
    assert percents(head, *SOUND, ["Stroke", "45 [7.5]", "9 [23.9]"]).keys() == {
        (r, c) for r in (1, 2, 3) for c in (1, 2)
    }


def test_many_events_that_hold_as_patients_leave_one_that_may_be_of_several():
    rows = [[f"infection {i}, n (%)", f"{i} ({i / 0.4:.1f})"] for i in range(7, 17)]
    more = ["falls, n (%)", "39 (60.0)"]  # 24 of 40
    assert percents(["", "Drug (n = 40)"], *rows, more)[11, 1].level == "question"
    fewer = ["falls, n (%)", "19 (60.0)"]
    assert percents(["", "Drug (n = 40)"], *rows, fewer)[11, 1].level == "fails"


@pytest.mark.parametrize(
    ("sentence", "level"),
    [
        ("It came to 95% (8712/3912).", "question"),
        ("It came to 95% (8712/3912), and to 10% (391/3912).", "fails"),
        ("The improvement of 60% (39/65) and of 75% (40/65) was large.", "fails"),
        ("Survival of 60% (39/65) and of 75% (40/65) was good.", "question"),
        (
            "There were 12.4% (6/51) and 3.4% (2/87) in the other group, after a follow-up of more "
            "than a year (HR [95% CI] = 0.185 [0.037-0.915]).",
            "question",
        ),
        # 17 and 2.5 leave 80.5; a half of 2.6 does not
        ("17% (116/696) left, 2.5% (18/696) withdrew, and 80.5% (562/696) came.", "question"),
        ("17% (116/696) left, 2.6% (18/696) withdrew, and 82.5% (562/696) came.", "fails"),
        ("The average completion of the modules was 85.4% (34/40).", "question"),
        (
            "Episodes, several a patient, were handled by GEE. Shocks ended 22% (59/250).",
            "question",
        ),
        ("There were 12.4% (6/51). See the Kaplan-Meier plots.", "question"),
        (
            "There were 12.4% (6/51) with HR HPV types. None of these patients came back to the "
            "clinic during the second year. See the Kaplan-Meier plots.",
            "fails",
        ),
    ],
)
def test_a_share_of_the_text_is_accused_where_another_of_its_number_holds(sentence, level):
    document = Document("test", "", (Paragraph("Results", 1, sentence),), ())
    worst = scan_document(document, "test").findings[0]
    assert worst.level == level


@pytest.mark.parametrize(
    ("sentence", "level"),
    [
        ("A cure was seen in seven of the 20 patients (29.2%).", "fails"),
        ("A cure was seen in seven of the 20 patients (35%).", "holds"),
        ("Stunting was more frequent then (33/133, 29%).", "fails"),
        ("Few had any (4.8% (5 of 101 patients; placebo)).", "fails"),
        ("Mutations were found in all but one of 74 samples (98.6%).", "question"),
        ("It was adequate if at least 15 of the 22 visits (60%) were kept.", "question"),
        ("In that group it was predominant in 16 cases (90.0%).", "fails"),
        ("One hundred forty six infants (82%) completed it.", None),
        ("A total of 46 were studied: 36 (78.3%) women and 10 (21.70%) men.", "question"),
        ("Of the 133 failures, 79 (47%) patients were examined.", "fails"),
        ("Of the 219 clinics, 168 (78%) controls took part.", "question"),
        ("Of the 168 arms, 79 (47%) patients were examined.", "holds"),
        ("Of the 133 failures, all in 168 men, 79 (47%) patients were examined.", None),
        ("In the second arm sixteen patients (18.6%) had an event.", None),
        ("Of them 3/24 subjects (28%) did not complete it.", "fails"),
        ("It was so in 115/185, 62.7% of controls.", "fails"),
        ("Most were women (52.6%; 488/1029) there.", "fails"),
        ("They found six (28.1%) of 23 men with it.", "fails"),
        ("It was 25.0% [n = 4/16] in the others.", "holds"),
        ("We saw 22 out of 44, 50.0%, in the others.", "holds"),
        ("It was so in 6 of 22 patients, 60% of whom died.", None),
        ("It was so on 40/25 mg (2.2%) in the others.", None),
        ("It was so in the others (17/45; 32.4% versus 37.8%).", None),
        ("Of the 394 infants, 161 (40.8%) had it and 46 (11.7%) had a low score.", "holds"),
        ("Of the 394 infants, 46 (11.9%) had a low score.", "question"),
        ("Of the 394 infants, 46 (21.9%) of one arm had a low score.", None),
        ("Of 458 there, 87.3% came; of these 400, 55% had data.", None),
        ("Sedation was best at a score of 3 (46%) in both.", None),
        ("It was more frequent in one arm ((13/27) 40%).", "fails"),
        ("Fourteen healed (17/30, 66.7% of all with a stocking).", "fails"),
        ("Fourteen healed: 56.7%, 17/30 patients and more.", "holds"),
        ("Three had it (13%, 2/14 in one arm and 1/9 in the other).", None),
        ("It was so in 0.50% (1/206) of the others.", "holds"),
        ("Two thirds of them (n = 21; 69%) came late.", "question"),
        ("Two thirds of them (n = 21 [70%]) came late.", None),
        ("Most were late (<40%, n = 3) or early (>40%, n = 7).", None),
        ("Fewer had read it (68.1%; n = 35) before.", "question"),
        ("Of all, over 60% of the sample (100/163) had further education.", None),
        ("Of all, 60% of the sample (100/163) had further education.", "fails"),
        ("Of all, over 90% of the sample (100/163) had further education.", "question"),
        ("It fell from 3.3% to none, 11 of 6,219 to none, and 3.9% to none.", None),
        ("It was more than in the 4% group (26/36 vs. 16/31).", None),
        ("Few had any at first (74%, 70/94 placebo; 69%, 63/91 drug).", None),
        ("Few had any at first (74%, 71/94 placebo; 69%, 63/91 drug).", "fails"),
        ("More had 112 grade 1 or 2 out of 158, 70.9% of all.", None),
        ("Three recalled it as low (4/68, 4.4%).", "fails"),
        ("Mortality was 39/1000 live births, 94% of them rural.", None),
        ("There were 5 patients (15.6%) of three, and more of four categories.", None),
        ("They found it helpful (35/40, 88.0%).", "question"),
        ("They found it helpful (35/40, 86.0%).", "fails"),
        ("A quarter were serfs, while in 1844/1847, 52% of all were free.", None),
        ("Nearly all answered (1844/1847, 99.8%).", "holds"),
    ],
)
def test_a_percent_of_a_sentence_is_held_to_what_the_sentence_names(sentence, level):
    document = Document("test", "", (Paragraph("Results", 1, sentence),), ())
    found = [f for f in scan_document(document, "test").findings if f.check == "percent"]
    assert [f.level for f in found][:1] == ([level] if level else [])


def test_a_share_of_its_cell_is_judged_by_the_column_where_its_row_fails():
    rows = [
        [f"r{n}", f"{n}/59 ({n / 0.59:.0f}%)", f"{n}/57 ({n / 0.57:.0f}%)"] for n in range(20, 26)
    ]
    wrong = ["Smoke", "32/59 (56%)", "27/57 (52%)"]
    head = ["", "Drug (n = 59)", "Usual (n = 57)"]
    assert {percents(head, *rows, wrong)[7, c].level for c in (1, 2)} == {"fails"}
    assert {percents(head, *rows[:2], wrong)[3, c].level for c in (1, 2)} == {"question"}
    other = percents(head, *rows, ["Eat", "16/55 (27%)", "11/57 (19%)"])  # of the 59 of the head
    assert other[7, 1].level == "question"


def test_a_count_in_text_is_not_accused_where_its_paragraph_says_of_what_it_is():
    def levels(text: str) -> list[str]:
        document = Document("test", "", (Paragraph("Results", 1, text),), ())
        found = scan_document(document, "test").findings
        return [f.level for f in found if f.check == "percent"]

    alone = "In 24 of 210 (13.5%) strains it was seen."
    assert levels(alone) == ["fails"]
    assert levels(f"Cultures grew in 178 of 210. {alone}") == ["question"]
    assert levels("Twenty-eight eyes of 14 patients (46%) were treated.") == ["question"]


def test_a_number_of_weeks_counts_no_patients():
    text = (
        "The 61 drug 200 mg every 2 weeks patients (87.1%) and 63 every 4 weeks patients (90.0%)."
    )
    document = Document("test", "", (Paragraph("Results", 1, text),), ())
    assert not [f for f in scan_document(document, "test").findings if f.level != "holds"]


def test_a_size_printed_elsewhere_accuses_nothing():
    text = "We randomised patients to the drug group (n = 40) or to placebo (n = 38)."
    rows = [row[:2] for row in SOUND]
    found = percents(["", "Drug"], *rows, ["Stroke, n (%)", "15 (41.3)"], text=text)
    assert found[4, 1].level == "question"
    found = percents(["", "Drug"], *rows, ["Stroke, n (%)", "13 (35.1)"], text=text)
    assert (4, 1) not in found  # 37 of 40 were followed


def test_the_next_patients_of_a_sentence_are_not_what_a_percent_counts():
    """Ten of twelve patients had four vaccinations (83.3 %)."""
    text = "Ten patients had all four vaccinations (83.3%) and two patients had three."
    assert "fails" not in {f.level for f in of_text(text, "percent")}
    text = "Four patients (83.3%) and two others came."
    assert "fails" in {f.level for f in of_text(text, "percent")}


def test_shares_of_a_table_of_estimates_are_asked_about():
    good = ["386/411 (93.9%)", "379/407 (93.1%)", "201/409 (49.1%)", "356/397 (89.7%)"]
    rows = [["Free of failure", text] for text in (*good, "111/397 (28.0%)", "391/411 (94.2%)")]
    assert percents(["", "Drug"], *rows)[6, 1].level == "fails"
    notes = ("Difference based on Kaplan-Meier estimates.",)
    assert percents(["", "Drug"], *rows, notes=notes)[6, 1].level == "question"


TWO_ARMS = "We gave UFT (n = 29) or watched OBS (n = 31) of 60 patients. "


@pytest.mark.parametrize(
    ("sentence", "reading"),
    [
        ("It grew in 25 (89.3%) in the UFT arm.", "it is of 28; the group that is named has 29"),
        ("It grew in 25 (86.2%) in the UFT arm.", None),
        ("It grew in 25 (80.6%) in UFT and OBS, respectively.", None),
        ("Of 28 patients seen it grew in 25 (89.3%) in the UFT arm.", "of what the sentence names"),
        ("It grew in 25 (89.3%) in the UFT arm and not in 3 (10.7%) in the UFT arm.", None),
        ("In the discussion of others it grew 25 (89.3%) in the UFT arm.", None),
        ("There were 113 other tumours (84.3%).", "it is of 134, which the article does not print"),
        ("There were 113 other tumours (84.3%) and 21 cancers (15.7%).", None),
        ("Spared were 36 (60.0%) and 6 (35.38%).", "no whole number of patients gives it"),
        ("It was less in 40.1% (n = 11).", "no whole number of patients gives it"),
        ("Most in grade 6 (35.38%) and stage 2, 37.5% came.", None),
        ("It lasted 11 more weeks (40.1%).", None),
        ("It removed 1 log (90%) of it.", None),
        ("We took 203 eggs from 352 ripe follicles (57.7%).", None),
        ("The CV was 5.0% (n = 18).", None),
        (
            "Relapse-free survival at three years, as the register gave it to the readers of the "
            "journal, was lower in one arm (32.3%, n = 89).",
            None,
        ),
        (
            "Of the 41 patients, 29 (70.8%) came.",
            "at most one unit of the last digit from 29 of 41",
        ),
        (
            "Ninety-four percent were not married (259/573).",
            "not the percent of the fraction printed with it",
        ),
        ("Forty-five percent were not married (259/573).", "reproduced"),
    ],
)
def test_a_percent_of_a_sentence_is_held_to_the_group_that_it_names(sentence, reading):
    section = "Discussion" if "discussion" in sentence else "Results"
    paragraphs = (Paragraph("Methods", 1, TWO_ARMS), Paragraph(section, 1, sentence))
    heads = [["", "UFT (n = 29)", "OBS (n = 31)"], ["Age, mean (SD)", "61 (9)", "60 (8)"]]
    document = Document("test", "", paragraphs, (table(*heads),))
    found = [f for f in scan_document(document, "test").findings if f.check == "percent"]
    assert [f.reading for f in found][:1] == ([reading] if reading else [])


def test_sizes_that_percents_alone_gainsay_are_asked_about():
    def asked(*rows: list[str]) -> list[str]:
        document = Document("test", "", (), (table(*rows),))
        found = scan_document(document, "test").findings
        return [f.printed for f in found if f.check == "denominators" and f.level == "question"]

    told = [
        ["Easy", "98", "96"],
        ["New", "84", "93"],
        ["Shared", "79", "85"],
        ["Private", "90", "87"],
    ]
    assert asked(["", "Alcohol (n = 15) %", "Sugar (n = 115) %"], *told) == []  # most: weighted?
    assert asked(["", "Alcohol (n = 115) %", "Sugar (n = 115) %"], *told) == []


def test_a_share_that_is_none_of_nearly_all_patients_is_asked_where_all_lack_data():
    lacking = [["Thirsty", "30 (76.9)"], ["Tired", "20 (54.1)"], ["Hungry", "16 (42.1)"],
               ["Sleepy", "34 (91.9)"], ["Angry", "28 (71.8)"], ["Sad", "9 (24.3)"],
               ["Calm", "33 (89.2)"], ["Happy", "26 (66.7)"]]  # fmt: skip
    found = percents(["", "Drug (n = 40), n (%)"], *lacking, ["Ill", "26 (44.1)"])
    assert {f.level for f in found.values()} == {"question"}
    assert "data" in found[2, 1].reading or "as are others" in found[2, 1].reading
    assert found[9, 1].level == "question"


def test_a_label_that_says_count_and_percent_needs_no_size_to_be_asked():
    found = percents(["", "Left", "Stayed"], ["Women, n (%)", "14 (77.0)", "148 (76.7)"])
    assert {at: f.level for at, f in found.items()} == {(1, 1): "question"}
    assert percents(["", "Left", "Stayed"], ["Age, years", "14 (77.0)", "148 (76.7)"]) == {}


def test_data_are_missing_of_the_least_size_that_has_as_many():
    rows = [[f"Sign {i}, n (%)", f"{i} ({i / 2.21:.1f})"] for i in (30, 42, 51, 84, 97, 110)]
    found = percents(["", "Drug (n = 456)"], ["N", "221"], *rows, ["Ill, n (%)", "62 (28.6)"])
    assert found[8, 1].reading == "holds if 217 of 221 had data"


def test_a_place_that_is_long_keeps_the_label_of_its_row():
    block = "Adverse events of any cause that were seen by the end of the trial or reported later"
    rows = [[block, "", ""], ["Nausea, n (%)", "15 (41.3)", "3 (7.9)"]]
    found = percents(HEAD, *SOUND, *rows)
    assert found[5, 1].place.split(", ", 1)[1].startswith("Adverse events of any cause")
    assert "... > Nausea, n (%), Drug" in found[5, 1].place


def test_a_fraction_of_more_than_all_may_be_a_decimal_and_is_asked():
    rows = [["Girls", "19 (31/1)", "18 (29/5)"], ["Boys", "42 (68/9)", "43 (70/5)"],
            ["Hernia", "31 (50/8)", "39 (63/9)"], ["Urogenital", "22 (36)", "16 (26/6)"],
            ["Abdomen", "4 (6/6)", "2 (3/3)"], ["Breast", "2 (3/3)", "0 (0)"]]  # fmt: skip
    found = percents(["", "A (n = 61) n (%)", "B (n = 61) n (%)"], *rows)
    assert found[1, 1].level == "question"
    assert "fails" not in {f.level for f in found.values()}


@pytest.mark.parametrize(("cell", "asked"), [("11 (22.0)", False), ("11 (12.1)", True)])
def test_a_size_of_which_no_percent_is_may_count_others_but_not_nearly(cell, asked):
    """Of 50 of the 101 no head speaks; of 91 ten lack the datum."""
    rows = [[*row, ""] for row in SOUND]
    found = percents([*HEAD, "Month 6 (n = 101)"], *rows, ["Often, n (%)", "", "", cell])
    assert ((4, 3) in found) == asked


def test_nothing_is_asked_of_a_column_that_is_far_from_its_size():
    rows = [["Died, n (%)", "46 (33)"], ["again, n (%)", "32 (30)"], ["later, n (%)", "21 (28)"],
            ["last, n (%)", "9 (17)"]]  # fmt: skip
    assert not percents(["", "Old (n = 220)"], *rows)
    assert percents(["", "Old (n = 220)"], *rows[:1])[1, 1].level == "question"


def test_no_share_is_shown_of_fewer_than_are_counted():
    found = percents(HEAD, *SOUND, ["Patients tested, n (%)", "20293 (30.0)", "11 (28.9)"])
    assert "%" not in found[4, 1].recomputed


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("Most had status 1 or 2 (53%).", False),
        ("Many had type 2 diabetes (85.6%).", False),
        ("We saw 2 patients (53%).", True),
        ("The interassay variability was 4.4% (n = 8).", False),
    ],
)
def test_a_number_that_names_something_is_no_count(sentence, asked):
    document = Document("test", "", (Paragraph("Results", 1, sentence),), ())
    assert bool(scan_document(document, "test").findings) is asked


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        # of 40: 37.5 %; 2 of 3 in a list of 35: 5.7 %
        ("40 came. They were 25 women (62.5%) and 15 men (38.5%).", ["15 men (38.5%)"]),
        ("They were 25 women (62.5%) and 15 men (37.5%).", []),
        ("Success was seen in 25 (62.5%) compared with 15 (38.5%).", []),  # of 40 and of 39
        ("It was high in 19 people (54%), medium in 12 (34%) and low in 4 (12%).", ["4 (12%)"]),
        ("It was high in 19 people (54%), medium in 12 (34%) and low in 4 (11%).", []),
        # all are of 378, not of their sum
        ("Scans were made in 329 (87%) twice, in 43 (11%) before and in 5 (1.3%) after.", []),
        # 81 of 534 are 15.2 %, the others are of 534
        ("534 told why: no time (n = 158, 29.5%), no wish (n = 99, 18.5%) or none "
         "(n = 81, 16.1%).", ["n = 81, 16.1%"]),
        ("A total of 15 (38.5%) men and 25 (62.5%) women came.", ["15 (38.5%)"]),
    ],
)  # fmt: skip
def test_one_percent_of_a_list_is_not_of_what_the_others_are_of(sentence, asked):
    document = Document("test", "", (Paragraph("Results", 1, sentence),), ())
    found = scan_document(document, "test").findings
    assert [f.printed for f in found if f.check == "percent" and f.level != "holds"] == asked


def test_a_percent_of_each_of_two_groups_is_none_of_the_fraction_before_it():
    told = "They were told by 266 of 301 subjects; 87.1% of the treated and 91.0% of the others."
    document = Document("test", "", (Paragraph("Results", 1, told),), ())
    assert not [f for f in scan_document(document, "test").findings if f.check == "percent"]
