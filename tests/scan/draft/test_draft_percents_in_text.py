"""*Correct*: a percent in a sentence follows from the count and number that it is of."""

from __future__ import annotations

import pytest
from tests.scan.drafts import ONE_GROUP, SOUND, article, drafted, of_one_group, row, said


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
