"""What tells that two numbers are of other patients, or of another time."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.scan.checks.repeated.test_restated import OTHERS, asked, table
from tests.scan.checks.repeated.test_twins import AGES, FIRST


def test_a_table_of_the_start_is_not_held_to_one_of_the_end():
    head, row = ["", "Drug (n = 30)", "Usual (n = 30)"], ["Sleep", "65.13 ± 5.69", "61.03 ± 7.83"]
    at_first = replace(FIRST, caption="Sleep before treatment")
    assert asked(at_first, table(1, head, row, caption="Sleep and pain before treatment"))
    assert asked(at_first, table(1, head, row, caption="Sleep after treatment")) == []


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


def test_left_is_not_right_and_a_subgroup_not_all():
    head = ["", "Drug", "Usual"]
    first = table(0, head, ["Left eye", "123.2 ± 9.9", "125.1 ± 18.3"])
    assert asked(first, table(1, head, ["Right eye", "120.9 ± 8.1", "125.1 ± 17.9"])) == []
    assert asked(first, table(1, head, ["Left eye", "123.2 ± 9.9", "125.1 ± 18.8"])) != []
    others = ["", "Drug, smokers", "Usual, smokers"]
    limits = table(0, head, ["Weight", "5.92 (5.89, 5.95)", "5.69 (5.66, 5.72)"])
    assert asked(limits, table(1, others, ["Weight", "5.92 (5.88, 5.95)", "5.7"])) == []


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


def test_two_tables_print_other_p_of_the_same_variable():
    later = replace(AGES, index=1, label="Table 2")
    rows = [list(row) for row in later.grid]
    rows[1][3] = replace(rows[1][3], text="0.12")
    assert asked(AGES, replace(later, grid=tuple(map(tuple, rows)))) == []  # at another time
