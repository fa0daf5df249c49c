"""*Correct*: the numbers of the text follow from each other and from tables."""

from __future__ import annotations

import pytest
from tests.scan.drafts import (
    ARMS,
    ARTICLE,
    ONE_GROUP,
    SOUND,
    article,
    drafted,
    of_one_group,
    row,
    said,
)


@pytest.mark.parametrize("name", [
    "EudraCT 2013-003440-22", "Protocol Number: 13/0413",
    "the ethics committee, no. 2012/1234-31/2", "tel. +44 20 7188 1234", "phone: (020) 7188 1234",
    "a confidence level of 95%", "the 5% significance level",
])  # fmt: skip
def test_a_name_in_digits_and_a_level_of_confidence_are_no_claims(root, name):
    path = root / "names.txt"
    path.write_text(f"Methods\n\nWe treated 31 patients, {name}. The mean was 12.5 (10-14).\n")
    printed = [judged.claim.printed for judged in drafted(path, root).values()]
    assert printed == ["31", "12.5", "10", "14"]


def test_a_number_behind_this_study_and_a_comma_is_a_number(root):
    assert "13" in {j.claim.printed for j in drafted(
        article(root, "".join(SOUND), text="In this study, 13 patients died."), root).values()
    }  # fmt: skip


@pytest.mark.parametrize("word", ["laherparepvec-treated", "x" * 200, "Ä-ß-表", "a--b", "é", "--a"])
def test_whatever_words_stand_beside_a_number_its_claim_has_an_id(root, word):
    text = f"It helped 30 {word} {word} patients, and 12 ({word}-{word})."
    assert len(said(root, text, "30")) == 1


def test_a_percent_of_some_patients_is_not_of_all(root):
    assert of_one_group(root, "In all, 35.4% of patients in remission died.")["35.4"] == (
        "to be said: not-derivable"
    )


def test_a_percent_in_a_sentence_follows_from_its_count_and_the_patients(root):
    text = "We treated 78 patients. It helped 30 patients (38.5%), and 7 of 21 (33.3%) later."
    found = drafted(article(root, "".join(SOUND), text=text), root)
    said = {j.claim.printed: j for name, j in found.items() if name.startswith("results-percent")}
    assert said["38.5"].verdict == said["33.3"].verdict == "reproduced"
    assert said["33.3"].claim.declared is not None
    assert "denominator" in str(said["33.3"].claim.declared.body)


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("11 of 21 patients (52.4%) responded", "percent(11, 21)"),
        ("52.4% (11/21) responded", "percent(11, 21)"),
        ("a response was seen in 11 (52.4%) of 21 women",
         "percent(11, 21)"),
        ("52.4% of the 21 patients responded",
         "some_count(21)"),
    ],
)  # fmt: skip
def test_a_percent_follows_however_its_sentence_puts_count_and_number(root, text, how):
    (found,) = said(root, f"In the end {text}.", "52.4")
    assert found == (how, "attainable" if "some" in how else "reproduced")


def test_a_count_and_the_number_it_is_of_follow_back_from_their_percent(root):
    text = "It helped 25 out of 36 patients (69.4%)."
    assert said(root, text, "25") == [("count_behind(69.4, 36)", "reproduced")]
    assert said(root, text, "36", "jones-2024")[0][0].startswith("size_behind(")


def test_counts_with_percents_of_a_paragraph_are_of_the_one_number_that_gives_all(root):
    text = "We enrolled 49 adults and 18 others. Fever was seen in 29 (59%), and rash in 27 (55%)."
    assert {how for how, _ in said(root, text, "59")} == {"percent(29, 49)"}
    text = text.replace("27 (55%)", "27 (50%)")
    assert {v for _, v in said(root, text, "50", "jones-2024")} == {"not-derivable"}


def test_a_rate_without_a_count_is_of_all_patients_of_a_study_of_one_group(root):
    assert of_one_group(root, "The response rate was 32.3%.")["32.3"] == "some_count: attainable"
    found = of_one_group(root, "The rate was 35.4%. It was 35.4%, we said.", key="b-2024")
    assert found["35.4"] == "some_count: truncated"  # 11 of 31 are 35.48
    for n, other in enumerate(["The median level was 32.3%.", "The power was 32.3%.",
                               "The rate was 32.3% in those with a mutation.",
                               "The response was 32.3% better than expected."]):  # fmt: skip
        assert of_one_group(root, other, key=f"c-{n}")["32.3"].endswith("not-derivable"), other
    found = of_one_group(root, "The rate was less than 32.3%.", key="d-2024")
    assert found["less than 32.3"].endswith("not-derivable")


def test_a_percent_is_that_of_the_count_of_which_the_same_words_are_said(root):
    rows = row("Grade 3 anemia", "10") + row("Grade 4 anemia", "21")
    found = of_one_group(root, "Grade 3 anemia was seen in 32.3% of the patients.", rows)
    assert found["32.3"] == "percent: reproduced"


def test_a_percent_of_another_study_is_of_the_patients_that_its_paragraph_gives(root):
    section = "We did well.</p></sec><sec><title>Discussion</title><p>"
    told = "Smith et al. treated 19 patients. Six patients responded, a rate of 31.6%. Fever: 84%."
    path = article(root, row("None", "31"), text=section + told, abstract=ONE_GROUP)
    found = {j.claim.printed: j for name, j in drafted(path, root).items() if "discuss" in name}
    assert found["31.6"].verdict == "reproduced"
    assert str(found["84"].claim.declared.body).startswith("some_count(discussion-patients")


def test_parts_of_a_sentence_follow_from_their_total_and_others_do_not(root):
    text = "Twelve patients went on (6 in complete, 3 in partial remission, and 3 in relapse)."
    assert said(root, text, "Twelve")[0] == (
        "sum(6, 3, 3)", "reproduced"
    )  # fmt: skip
    text = "Twelve patients went on (6 in complete, 3 in partial remission, and 2 in relapse)."
    assert said(root, text, "6", "jones-2024") == [("to be said", "not-derivable")]


def test_percents_in_brackets_add_up_to_the_one_before(root):
    text = "Response was seen in 84% (complete, 55%; partial, 29%; none, 13%) of them."
    assert said(root, text, "84") == [("sum(55, 29)", "reproduced")]
    assert said(root, text, "13", "jones-2024") == [("to be said", "not-derivable")]


def test_a_sentence_has_parts_of_all_patients_beside_other_numbers(root):
    text = "Up to six cycles (2 cycles, n = 19; 4 cycles, n = 7; 5 cycles, n = 5) were given."
    found = of_one_group(root, text)
    assert {found[n] for n in ("19", "7")} == {"rest: reproduced"}
    found = of_one_group(root, "We saw them after 15, 30, and 45 min, and 45 days.", key="b-2024")
    assert {found[n] for n in ("15", "30")} == {"to be said: not-derivable"}


def test_two_rows_of_one_table_are_alike_by_chance(root):
    rows = [*SOUND, row("Aorta, n (%)", "15 (25%)", "11 (18%)"),
            row("Urology, n (%)", "15 (25%)", "11 (18%)")]  # fmt: skip
    found = drafted(article(root, "".join(rows), head=ARMS), root)
    assert found["t1/aorta-n-percent/drug"].claim.declared.form == "needs"


def test_a_number_of_the_text_is_the_same_as_that_of_its_row_and_column(root):
    text = "Of 78 patients, 21 men with the drug were male, and 18 had never smoked."
    assert said(root, text, "21") == [("21", "reproduced")]
    assert said(root, text, "18", "jones-2024") == [
        ("to be said", "not-derivable")
    ]  # not the males


def test_a_number_is_the_same_only_where_the_words_beside_it_are(root):
    text = (
        "Median survival was 12.8 months overall. Median overall survival of 12.8 months is long."
    )
    assert {verdict for _, verdict in said(root, text, "12.8")} == {"reproduced"}
    text = "Walking speed rose by 12 points. Blood loss fell by 12 points."
    assert {verdict for _, verdict in said(root, text, "12", "jones-2024")} == {"not-derivable"}


def test_numbers_that_stand_in_the_same_order_elsewhere_are_the_same(root):
    rows = "".join([*SOUND, row("Age, median (range)", "61 (43-81)", "62 (50-78)")])
    text = "Of those on the drug, 61 years (from 43 to 81) was the middle age; 43 and 81 are far."
    found = drafted(article(root, rows, text=text), root)
    same = {
        j.claim.printed: str(j.claim.declared.body)
        for name, j in found.items()
        if name.startswith("results") and j.claim.declared.form == "same"
    }
    at = "t1/age-median-range/drug"
    assert same == {"61": f"{at}/median", "43": f"{at}/min", "81": f"{at}/max"}
    assert found[f"{at}/min"].verdict == "reproduced"


def test_an_estimate_with_its_limits_is_that_of_the_table_whatever_is_said_of_the_level(root):
    found = drafted(ARTICLE, root)
    limits = {j.claim.printed: str(j.claim.declared.body) for name, j in found.items()
              if name.startswith("abstract-limit")}  # fmt: skip
    at = "t2-2/walks-without-help-at-day-3-n-percent/risk-ratio"
    assert limits == {"1.03": f"{at}/lower", "1.72": f"{at}/upper"}


def test_two_doses_of_one_paragraph_are_two_doses(root):
    text = "Patients took 650 mg of this drug first. Patients took 650 mg of that drug later."
    assert {verdict for _, verdict in said(root, text, "650")} == {"not-derivable"}


def test_a_denominator_is_the_number_of_patients_before_it(root):
    text = "We enrolled 49 adults. A response came with relief (reported by 9 of 49 adults)."
    assert said(root, text, "49")[1] == ("49", "reproduced")


def test_a_schedule_is_the_same_as_the_one_of_the_same_doses_and_days(root):
    text = "We gave 3 mg on days 1, 4 and 7.</p><p>Later 3 mg on days 1, 4 and 7 were given again."
    assert {v for _, v in said(root, text, "4")} == {"reproduced"}
    text = text.replace("4 and 7 were", "5 and 7 were")
    assert {v for _, v in said(root, text, "7", "jones-2024")} == {"not-derivable"}


def test_an_abbreviation_is_the_words_that_it_stands_for(root):
    text = ("Median overall survival (OS) was 12.8 months. We saw fever. The median OS of 12.8 "
            "months was short.")  # fmt: skip
    assert {v for _, v in said(root, text, "12.8")} == {"reproduced"}


CASES = "".join(row(f"Case {i}", str(cd33), str(months)) for i, (cd33, months) in
                enumerate([(88, 2), (28, 1), (68, 6), (33, 3), (100, 18), (95, 4)], 1))  # fmt: skip


def test_a_range_and_a_mean_are_those_of_the_column_of_single_patients(root):
    head = "<th>Patient</th><th>CD33 level</th><th>Survival, months</th>"
    text = "The CD33 level was 79% (range 28-100). Mean survival was 5.7 months."
    found = drafted(article(root, CASES, head=head, text=text), root)
    by = {j.claim.printed: (str(j.claim.declared.body), j.verdict) for name, j in found.items()
          if name.startswith("results")}  # fmt: skip
    assert by["28"] == ("min(table-1.cd33-level)", "reproduced")
    assert by["5.7"] == ("mean(table-1.survival-months)", "reproduced")
    assert found["t1/case-3/cd33-level"].verdict == "attainable"
    assert found["t1/case-5/survival-months"].verdict == "reproduced"
    assert str(found["t1/case-6/cd33-level"].claim.declared.body).startswith(
        "between(results-range"
    )
