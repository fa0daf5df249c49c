"""*Correct*: parts of a sentence follow from their total, and others do not."""

from __future__ import annotations

from tests.scan.drafts import of_one_group, said


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
