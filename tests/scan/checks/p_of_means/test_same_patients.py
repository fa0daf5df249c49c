"""Which means are of the same patients, whose P is that of a paired test."""

from __future__ import annotations

import pytest
from tests.scan.checks.p_of_means.test_p_of_means import GROUPS, judged


def test_the_p_of_two_times_is_that_of_a_paired_test_of_a_correlation_from_0_on():
    head = ["", "Before (n = 30), mean ± SD", "After (n = 30), mean ± SD", "P"]
    rows = [["a", "50.0 ± 9.0", "48.0 ± 9.5", "<0.001"], ["b", "50.0 ± 9.0", "42.0 ± 9.5", "0.90"],
            ["c", "50.0 ± 9.0", "48.0 ± 9.5", "0.40"],
            ["d", "50.0 ± 9.0", "45.0 ± 9.5", "0.25"]]  # fmt: skip
    assert judged(head, *rows, text="A t test was used.") == {
        (2, 3): "question",
        (4, 3): "question",
    }


def test_a_named_paired_test_does_not_save_a_p_of_two_times():
    head = ["", "Before (n = 20)", "After (n = 20)", "P"]
    row = ["Magnesium (mg/day)", "340.8 ± 7.3", "336.3 ± 5.1", "0.406"]  # at most 0.036
    levels = judged(head, row, notes=("Mean ± SD. P of paired t tests.",))
    assert levels == {(1, 3): "question"}
    assert not judged(head, row, notes=("Mean ± SD. P of Wilcoxon's paired test.",))


def test_groups_of_other_sizes_or_at_the_start_are_not_of_the_same_patients():
    text = "In this cross-over trial paired t tests were used."
    row = ["Weight (kg)", "44.0 ± 6.0", "40.9 ± 6.0", "0.91"]
    assert judged(GROUPS, row, text=text) == {(1, 3): "question"}
    assert not judged(GROUPS, row, text=text, caption="Baseline characteristics")
    assert not judged(GROUPS, [*row[:3], "0.0005"], text=text)
    sized = ["", "Drug (n = 41), mean ± SD", "Placebo (n = 39), mean ± SD", "P"]
    assert judged(sized, [*row[:3], "0.0005"], text=text) == {(1, 3): "question"}


@pytest.mark.parametrize(
    ("first", "second", "note", "asked"),
    [("Baseline", "Infusion", "", False), ("Placebo", "Infusion", "", True),
     ("Placebo", "Infusion", "P of paired t tests.", False),
     ("Placebo", "Infusion", "P of paired t tests. P2 of unpaired t tests.", True),
     ("Drug / Randomization", "Drug / One year", "", False),
     ("Baseline / n = 40", "Infusion / n = 40", "", False),
     ("Drug / baseline", "Drug / endpoint", "", False)],
)  # fmt: skip
def test_two_columns_of_one_group_have_the_p_of_a_paired_test(first, second, note, asked):
    head = ["", f"{first} (n = 40), mean ± SD", f"{second} (n = 40), mean ± SD", "P"]
    head[1:3] = [f"{each}, mean ± SD" for each in (first, second)]
    row = ["Force (N)", "44.0 ± 6.0", "40.9 ± 6.0", "0.001"]  # P 0.024 apart
    text = "There were 40 patients in each group. A t test was used."
    levels = judged(
        head, row, ["Pulse", "64.0 ± 6.0", "66.9 ± 6.0", "0.002"], text=text, notes=(note,)
    )
    assert ("question" in levels.values()) == asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [("Paired t tests were used.", False), ("Paired and unpaired t tests were used.", True),
     ("Student's t test was used, and the paired t test.", True),
     ("Student's t test for paired samples was used.", False)],
)  # fmt: skip
def test_an_article_that_names_a_paired_test_alone_has_no_groups(text, asked):
    rows = [["Force (N)", "44.0 ± 6.0", "40.9 ± 6.0", "0.001"]]
    assert ("question" in judged(GROUPS, *rows, text=text).values()) == asked


def test_a_size_under_the_name_of_each_group_tells_of_no_pairs():
    rows = [["", "Drug", "Placebo", "Sham", "P"], ["", *["(n = 40), mean ± SD"] * 3, ""]]
    text = "Analysis of variance was used."
    for p, level in (("0.44", "question"), ("0.031", "holds")):
        row = ["Change (%)", "-1.22 ± 2.42", "-2.75 ± 2.83", "-2.45 ± 2.83", p]
        assert judged(*rows, row, text=text, head=2) == {(2, 4): level}


def test_a_word_of_crossing_does_not_pair_groups_whose_own_t_test_gives_the_p():
    # scipy.stats.ttest_ind_from_stats: P 0.0235, 0.46 and 0.71; the last is not given
    text = "A t test was used. Cross-over was not allowed."
    cells = [("40.9", "0.024"), ("43.0", "0.458"), ("43.5", "0.71"), ("40.9", "0.10")]
    rows = [["a", "44.0 ± 6.0", f"{mean} ± 6.0", p] for mean, p in cells]
    assert judged(GROUPS, *rows, text=text)[4, 3] == "question"
    assert judged(GROUPS, rows[3], text=text) == {}


def test_three_periods_of_the_same_patients_may_have_a_smaller_p_but_no_larger():
    # F = 2.45 with 2 and 57 degrees of freedom, P 0.095, apart
    head = ["", *[f"{name} (n = 20), mean ± SD" for name in ("Water", "Sugar", "Salt")], "P"]
    row = ["Force (N)", "44.0 ± 6.0", "40.9 ± 6.0", "40.4 ± 5.0"]
    for text, p, asked in (("cross-over", "0.001", False), ("cross-over", "0.60", True),
                           ("parallel", "0.001", True)):  # fmt: skip
        levels = judged(head, [*row, p], text=f"Analysis of variance. It was a {text} trial.")
        assert ("question" in levels.values()) == asked


@pytest.mark.parametrize(("p", "asked"), [("0.92", True), ("0.0001", False)])
def test_two_times_of_one_group_have_the_size_of_its_label(p, asked):
    rows = [["", "Before, mean ± SD", "After, mean ± SD", "P"], ["Drug (n = 31)", "", "", ""],
            ["Errors", "74.3 ± 8.9", "67.8 ± 8.3", p]]  # fmt: skip
    levels = judged(*rows, text="A paired t test was used.")
    assert ("question" in levels.values()) == asked
