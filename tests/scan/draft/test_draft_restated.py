"""*Correct*: a number follows from the same number elsewhere, and only from that."""

from __future__ import annotations

from tests.scan.drafts import ARMS, ARTICLE, SOUND, article, drafted, row, said


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
