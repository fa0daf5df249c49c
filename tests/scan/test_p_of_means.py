"""The P of means: tests of two and three groups, of pairs, of two times, of SD and SE."""

from __future__ import annotations

import pytest

from secondlook.scan import scan_document
from secondlook.scan.checks.methods import of_parts
from secondlook.scan.document import Document, Paragraph, Table, grid_of
from secondlook.scan.layout import Layout


def judged(
    *rows: list[str], text: str = "", caption: str = "", notes: tuple[str, ...] = (), head: int = 1
) -> dict[tuple[int, int], str]:
    """Return the levels of the P of means of a table in an article with this text."""
    grid = grid_of([[(cell, 1, 1) for cell in row] for row in rows])
    table = Table(0, "Table 1", caption, grid, head, notes)
    document = Document("test", "", (Paragraph("Methods", 1, text),), (table,))
    found = scan_document(document, "test").findings
    return {(f.row or 0, f.column or 0): f.level for f in found if f.check == "mean"}


GROUPS = ["", "Drug (n = 40), mean ± SD", "Placebo (n = 40), mean ± SD", "P"]


def test_a_p_of_groups_of_which_one_is_not_read_is_left_and_a_mark_is_no_part_of_a_mean():
    head = ["", "Low (n = 40)", "Low (n = 40)", "Middle (n = 40)", "Middle (n = 40)",
            "High (n = 40)", "High (n = 40)", "P"]  # fmt: skip
    of = ["", "Mean", "SD", "Mean", "SD", "Mean", "SD", "ANOVA"]

    def asked(last: str, p: str) -> bool:
        row = ["Force (N)", "44.0", "6.0", "44.1", "6.0", last, "6.0", p]
        levels = judged(head, of, ["Age (years)", "50", "9", "51", "9", "52", "9", "0.61"], row,
                        text="Groups were compared by analysis of variance.", head=2)  # fmt: skip
        return levels.get((3, 7)) == "question"

    assert not asked("47.6 *", "0.012")  # 0.0112; of the first two alone 0.94
    assert asked("47.6 *", "0.94")
    assert not asked("47.6 to 48", "0.012")


@pytest.mark.parametrize(
    ("p", "text", "asked"),
    [("0.42", "Student's t test was used.", True), ("0.03", "Student's t test was used.", False),
     ("0.42", "A t test or the Mann-Whitney test was used.", True),
     ("0.09", "Student's t test was used.", True),
     ("0.09", "A t test or the Mann-Whitney test was used.", False),
     ("0.17", "Regression was used.", False), ("0.42", "Regression was used.", True),
     ("0.17", "Mixed models for repeated measures, and t tests, were used.", False),
     ("0.42", "Mixed models for repeated measures, and t tests, were used.", True)],
)  # fmt: skip
def test_a_p_far_from_the_t_test_that_is_named_is_asked(p, text, asked):
    levels = judged(GROUPS, ["Force (N)", "44.0 ± 6.0", "40.9 ± 6.0", p], text=text)
    assert ("question" in levels.values()) == asked
    assert "fails" not in levels.values()


def test_a_footnote_that_tells_of_adjustment_or_ranks_saves_a_p():
    def asked(p: str, note: str, groups: tuple[str, str] = ("44.0 ± 6.0", "40.9 ± 6.0")) -> bool:
        row = ["Force (N)", *groups, p]
        levels = judged(GROUPS, row, text="Student's t test was used.", notes=(note,))
        return "question" in levels.values()

    assert asked("0.12", "P of a t test.")
    assert not asked("0.42", "P adjusted for age.")
    assert asked("0.95", "P adjusted for age.")
    assert asked("0.42", "P of the unpaired t test.")
    assert not asked("0.06", "P of the Wilcoxon test.")
    assert not asked("0.42", "P of the Wilcoxon test.")
    assert asked("0.95", "P of the Wilcoxon test.")
    assert not asked("0.42", "P with the correction of Bonferroni.")
    skewed = ("44.0 ± 60.0", "70.9 ± 60.0")  # P 0.05
    assert asked("0.30", "", skewed)
    assert asked("0.30*", "* One patient had none.", skewed)
    assert not asked("0.30*", "* Data were transformed.", skewed)
    assert not asked("0.99", "P of the Wilcoxon test.", skewed)


def test_the_p_of_two_times_is_that_of_a_paired_test_of_a_correlation_from_0_on():
    head = ["", "Before (n = 30), mean ± SD", "After (n = 30), mean ± SD", "P"]
    rows = [["a", "50.0 ± 9.0", "48.0 ± 9.5", "<0.001"], ["b", "50.0 ± 9.0", "42.0 ± 9.5", "0.90"],
            ["c", "50.0 ± 9.0", "48.0 ± 9.5", "0.40"],
            ["d", "50.0 ± 9.0", "45.0 ± 9.5", "0.25"]]  # fmt: skip
    assert judged(head, *rows, text="A t test was used.") == {
        (2, 3): "question",
        (4, 3): "question",
    }


def test_what_is_measured_is_a_mean_with_its_sd_though_nothing_says_so():
    head = ["", "Drug (n = 40)", "Placebo (n = 40)", "P"]
    cells = ["27.4 (8.7)", "24.9 (8.5)", "0.5"]  # P 0.20, and 0.84 if these were SE
    text = "A t test was used."
    assert judged(head, ["Breath hold time (s)", *cells], text=text) == {(1, 3): "question"}
    assert not judged(head, ["Responders", *cells], text=text)
    assert not judged(head, ["Breath hold time (s)", "27 (8.7)", "24 (8.5)", "0.5"], text=text)


def test_ns_among_p_with_their_sign_is_a_p_too():
    head = ["", "Drug (n = 40), mean ± SD", "Placebo (n = 40), mean ± SD", ""]
    rows = [[name, "44.0 ± 6.0", "44.1 ± 6.0", "NS"] for name in "abc"]
    rows += [["d", "44.0 ± 6.0", "30.0 ± 6.0", "P < 0.001"]]
    rows += [["e", "44.0 ± 6.0", "30.0 ± 6.0", "NS"]]
    assert judged(head, *rows)[5, 3] == "question"


def test_a_named_paired_test_does_not_save_a_p_of_two_times():
    head = ["", "Before (n = 20)", "After (n = 20)", "P"]
    row = ["Magnesium (mg/day)", "340.8 ± 7.3", "336.3 ± 5.1", "0.406"]  # at most 0.036
    levels = judged(head, row, notes=("Mean ± SD. P of paired t tests.",))
    assert levels == {(1, 3): "question"}
    assert not judged(head, row, notes=("Mean ± SD. P of Wilcoxon's paired test.",))


def test_an_sd_is_headed_without_its_last_point_too():
    head = ["", "Before (n = 20)", "Before (n = 20)", "After (n = 20)", "After (n = 20)", "P"]
    of = ["", "Mean", "S.D.", "Mean", "S.D", "P"]
    rows = [head, of, ["Magnesium (mg/day)", "340.8", "7.3", "319.3", "5.1", "0.406"]]
    assert judged(*rows, text="Paired t tests were used.", head=2) == {(2, 5): "question"}


def test_a_size_that_is_told_in_two_ways_may_be_either():
    def asked(p: str, text: str) -> bool:
        rows = [
            ["", "Balm group", "Cream group", "P"],
            ["Force (N)", "44.0 ± 6.0", "40.9 ± 6.0", p],
        ]
        return "question" in judged(*rows, text=f"Student's t test was used. {text}").values()

    whole = "We saw the balm group (n = 40) and the cream group (n = 40)."
    for p, expected in (("0.024", False), ("0.112", True)):  # of 40; of 20
        assert asked(p, whole) == expected
        assert not asked(p, f"{whole} Men: balm group (n = 20), cream group (n = 20).")


def test_a_paired_p_is_no_ground_to_read_sd_as_se():
    head = ["", "Before (n = 28), mean ± SD", "After (n = 28), mean ± SD", "P"]
    rows = [["a", "3.64 ± 0.38", "3.86 ± 0.41", "0.24"], ["b", "19.2 ± 7.4", "23.4 ± 7.5", "0.46"],
            ["c", "10.2 ± 0.65", "9.24 ± 0.61", "0.41"],
            ["d", "5.2 ± 0.8", "5.1 ± 0.6", "0.77"]]  # fmt: skip
    assert judged(head, *rows)[3, 3] == "question"


@pytest.mark.parametrize(
    ("other", "p", "text", "level"),
    [("Placebo (n = 40)", "P", "t test", "fails"), ("Baseline (n = 40)", "P", "t test", "question"),
     ("Placebo (n = 40)", "P vs baseline", "t test", "question"),
     ("Placebo (n = 40)", "P", "A crossover trial, t test", "question"),
     ("Placebo (n = 40)", "P", "Groups were compared by the Mann-Whitney U test.", "question")],
)  # fmt: skip
def test_a_p_is_accused_of_groups_and_asked_of_what_may_be_the_same_patients(other, p, text, level):
    sound = [(44.0, 48.1, "0.004"), (51.2, 50.0, "0.382"), (30.5, 31.9, "0.308"),
             (62.0, 58.3, "0.008"), (25.4, 26.6, "0.382"), (71.0, 72.9, "0.168"),
             (38.2, 36.0, "0.111"), (55.5, 53.1, "0.082"), (44.0, 45.0, "0.0001")]  # fmt: skip
    rows = [[f"v{a}, mean ± SD", f"{a} ± 6.0", f"{b} ± 6.2", shown] for a, b, shown in sound]
    assert judged(["", "Drug (n = 40)", other, p], *rows, text=text)[9, 3] == level


def test_a_p_that_se_give_is_asked_where_they_are_called_sd():
    sound = [(44.0, 48.1, "0.004"), (51.2, 50.0, "0.382"), (30.5, 31.9, "0.308"),
             (62.0, 58.3, "0.008"), (25.4, 26.6, "0.382"), (71.0, 72.9, "0.168"),
             (38.2, 36.0, "0.111"), (55.5, 53.1, "0.082")]  # fmt: skip
    rows = [[f"v{a}, mean ± SD", f"{a} ± 6.0", f"{b} ± 6.2", shown] for a, b, shown in sound]
    for p, level in (("0.524", "question"), ("0.924", "fails")):
        last = ["Pulse, mean ± SD", "111.5 ± 3.7", "114.8 ± 3.6", p]
        found = judged(["", "Drug (n = 40)", "Placebo (n = 40)", "P"], *rows, last, text="t test")
        assert found[9, 3] == level


def test_a_p_of_1_is_a_corrected_one():
    row = ["Force (N)", "44.0 ± 6.0", "40.9 ± 6.0", "1.000"]
    assert not judged(GROUPS, row, text="Student's t test was used.")


@pytest.mark.parametrize(
    ("t", "p", "asked"), [("-1.50", "0.14", set()), ("-2.50", "0.014", {3, 4})]
)
def test_a_statistic_beside_a_p_that_is_asked_is_asked_too(t, p, asked):
    rows = [[*GROUPS[:3], "t", "P"], ["Force (N)", "44.0 ± 6.0", "43.0 ± 6.0", t, p]]  # t 0.75
    table = Table(0, "Table 1", "", grid_of([[(cell, 1, 1) for cell in row] for row in rows]), 1)
    methods = Paragraph("Methods", 1, "Mixed models were used.")
    found = scan_document(Document("test", "", (methods,), (table,)), "test").findings
    assert {f.column for f in found if f.level == "question"} == asked


def test_a_coefficient_is_no_mean_of_a_group():
    head = ["", "First (n = 40), β (SE)", "Second (n = 40), β (SE)", "P"]
    assert not judged(head, ["Score", "4.0 (1.0)", "1.0 (1.0)", "0.95"], text="A t test was used.")


def test_the_head_of_a_p_may_name_two_of_three_groups():
    head = ["", "Lean (A)", "Obese (B)", "Operated (C)", "A vs. B P", "B vs. C P"]
    rows = [
        head,
        ["Sex (women/men)", "5/5", "6/6", "7/5", "-", "-"],
        ["BMI, mean ± SD", "23.2 ± 2.4", "44.0 ± 3.1", "34.8 ± 6.2", "<0.001", "0.40"],
        ["Age, mean ± SD", "41.1 ± 7.5", "41.6 ± 6.8", "44.7 ± 5.3", "0.87", "0.23"],
        ["Size, mean ± SD", "174.2 ± 9.6", "174.1 ± 12.1", "173.5 ± 13.6", "0.98", "0.91"],
    ]
    levels = judged(*rows, text="A t test was used.")
    assert levels.pop((2, 5)) == "question"
    assert levels == {(r, c): "holds" for r in (2, 3, 4) for c in (4, 5) if (r, c) != (2, 5)}


def test_what_is_called_an_sd_is_asked_wherever_its_p_is_that_of_an_se():
    rows = [GROUPS]
    for i, (a, b, p) in enumerate([(51, 49, "0.36"), (26, 25, "0.64"), (71, 74, "0.17"),
                                   (10, 13, "0.17")]):  # fmt: skip
        rows.append([f"x{i}", f"{a}.00 ± 1.50", f"{b}.00 ± 1.58", p])
    levels = judged(*rows, text="A t test was used.")
    assert sorted(levels.values()) == ["question"] * 4
    rows[0] = ["", "Drug (n = 40)", "Placebo (n = 40)", "P"]
    levels = judged(*rows, text="A t test was used.")
    assert sorted(levels.values()) == ["holds"] * 4  # nothing calls it so


def test_each_group_may_have_the_size_of_the_text_and_an_sd_the_next_column():
    head = ["", "Drug", "Drug", "Placebo", "Placebo", "P"]
    rows = [head, ["", "Mean", "SD", "Mean", "SD", "P"],
            ["Force (N)", "44.0", "6.0", "40.9", "6.0", "0.42"]]  # fmt: skip
    text = "We randomised two groups of 40. A t test was used."
    assert judged(*rows, text=text, head=2) == {(2, 5): "question"}
    assert judged(*rows, text="A t test was used.", head=2) == {}


def test_the_size_of_a_row_is_not_that_of_its_groups():
    rows = [GROUPS, ["Men (n = 22)", "44.0 ± 6.0", "40.9 ± 6.0", "0.42"]]
    assert judged(*rows, text="A t test was used.") == {}
    rows = [GROUPS, ["Men", "44.0 ± 6.0 (n = 12)", "40.9 ± 6.0 (n = 10)", "0.24"]]
    assert judged(*rows, text="A t test was used.") == {(1, 3): "holds"}
    for label, found in (("Men", {}), ("Age < 60", {}), ("Age", {(1, 3): "question"})):
        row = [label, "44.0 ± 6.0", "40.9 ± 6.0", "0.42"]
        assert judged(GROUPS, row, text="A t test was used.") == found


def test_groups_of_other_sizes_or_at_the_start_are_not_of_the_same_patients():
    text = "In this cross-over trial paired t tests were used."
    row = ["Weight (kg)", "44.0 ± 6.0", "40.9 ± 6.0", "0.91"]
    assert judged(GROUPS, row, text=text) == {(1, 3): "question"}
    assert not judged(GROUPS, row, text=text, caption="Baseline characteristics")
    assert not judged(GROUPS, [*row[:3], "0.0005"], text=text)
    sized = ["", "Drug (n = 41), mean ± SD", "Placebo (n = 39), mean ± SD", "P"]
    assert judged(sized, [*row[:3], "0.0005"], text=text) == {(1, 3): "question"}


def test_the_same_patients_have_the_size_of_the_column_before_their_first_mean():
    head = ["", "n", "Before, mean (SD)", "After, mean (SD)", "P"]
    for p, found in (("0.07", {}), ("0.91", {(1, 4): "question"})):
        row = ["Score", "11", "7.1 (1.1)", "6.2 (1.4)", p]
        assert judged(head, row, text="Two groups of 300 patients.") == found


def test_a_p_may_stand_below_its_means_and_beside_two_rows():
    # scipy.stats.ttest_ind_from_stats(44, 6, 40, 40.9, 6, 40): P 0.0235
    head = ["Group", "Force (N), mean ± SD", "Age, mean ± SD"]
    rows = [["Drug (n = 40)", "44.0 ± 6.0", "61.0 ± 9.0"], ["Placebo (n = 40)", "40.9 ± 6.0",
            "61.5 ± 9.0"], ["P value", "0.42", "0.80"]]  # fmt: skip
    text = "Student's t test was used."
    assert judged(head, *rows, text=text) == {(3, 1): "question", (3, 2): "holds"}
    head = ["", "Group", "Day 1, mean ± SD", "P", "Day 9, mean ± SD", "P"]
    rows = [["Force (N)", "Drug (n = 40)", "44.0 ± 6.0", "0.42", "41.0 ± 6.0", "0.94"],
            ["Force (N)", "Placebo (n = 40)", "40.9 ± 6.0", "", "40.9 ± 6.0", ""]]  # fmt: skip
    assert judged(head, *rows, text=text) == {(1, 3): "question", (1, 5): "holds"}


@pytest.mark.parametrize(
    ("told", "asked"),
    [("Of 90 patients, data of 40 patients in each group were analysed.", True),
     ("They were parted into the drug (n = 41) and the placebo group (n = 38).", True),
     ("Eighty patients were randomly divided into two groups.", True),
     ("In all, 80 patients were enrolled.", True), ("We needed 40 patients in each group.", False),
     ("Of the groups, 8 patients in each group were analysed.", False)],
)  # fmt: skip
def test_a_group_whose_size_is_told_by_the_text_only_may_be_smaller(told, asked):
    rows = [["", "Drug, mean ± SD", "Placebo, mean ± SD", "P"],
            ["Force (N)", "44.0 ± 6.0", "40.9 ± 6.0", "0.42"]]  # fmt: skip
    levels = judged(*rows, text=f"{told} A t test was used.")
    assert ("question" in levels.values()) == asked
    assert "fails" not in levels.values()


def test_those_who_left_are_no_size_of_a_group():
    left = "One patient of the drug group and 2 patients of the placebo group withdrew: 3 patients."
    rows = [["", "Drug, mean ± SD", "Placebo, mean ± SD", "P"],
            ["Force (N)", "44.0 ± 6.0", "40.9 ± 6.0", "0.42"],
            ["Grip (N)", "44.0 ± 6.0", "34.9 ± 6.0", "<0.001"]]  # fmt: skip
    found = judged(*rows, text=f"In all, 60 patients were enrolled. {left} A t test was used.")
    assert found == {(1, 3): "question", (2, 3): "holds"}


@pytest.mark.parametrize(
    ("told", "k", "found"),
    [([24, 12], 2, [12]), ([57, 49], 2, [57, 49]), ([106, 57, 49], 2, [49, 57]), ([24, 12], 3, []),
     ([36, 12, 12], 3, [12])],
)  # fmt: skip
def test_sizes_are_those_of_the_groups_with_or_without_their_sum(told, k, found):
    assert of_parts(told, k) == found


def test_the_means_that_a_discussion_cites_are_left():
    text = "There were 85 patients in each group: 3000 ± 893 g and 3100 ± 852 g (p=0.001)."
    for section, asked in (("Results", 1), ("Discussion", 0)):
        document = Document("test", "", (Paragraph(section, 1, text),), ())
        assert (
            len([f for f in scan_document(document, "test").findings if f.check == "mean"]) == asked
        )


def test_a_p_of_four_groups_is_that_of_the_analysis_of_variance():
    # F = 0.27 with 3 and 130 degrees of freedom, P 0.85
    head = ["Group", "Age (years), mean ± SD"]
    rows = [[f"{name} (n = {n})", cell] for name, n, cell in
            [("A", 33, "49.5 ± 9.4"), ("B", 33, "51.5 ± 10.2"), ("C", 34, "50.7 ± 9.6"),
             ("D", 34, "51.2 ± 9.8")]]  # fmt: skip
    text = "One-way ANOVA was used."
    assert judged(head, *rows, ["P", "0.3841"], text=text) == {(5, 1): "question"}
    assert judged(head, *rows, ["P", "0.85"], text=text) == {(5, 1): "holds"}


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [("It was 3000 ± 893 g in the cases and 3100 ± 852 g in the controls (p=0.088).", True),
     ("It was 3000 ± 893 g in the cases and 3100 ± 852 g in the controls (p=0.46).", False),
     ("It changed from 3000 ± 893 g before to 3100 ± 852 g after (p=0.088).", False),
     ("It was 3000 ± 893 g, and the age 21.0 ± 8.2 years (p=0.088).", False),
     ("Weight was the same (3000 ± 893 vs 3100 ± 852 g; P = 0.088).", True),
     ("It increased less in this group than in the other group (3000 ± 893 vs.3100 ± 852 g, "
      "P = 0.088).", True),
     ("It increased in one group to 3000 ± 893 and in the other group to 3100 ± 852 (p=0.088).",
      True),
     ("It was 3000 ± 893 g in the cases and 3100 ± 852 g in the controls. The difference was "
      "significant (p=0.008).", True),
     ("It was 3000 ± 893 g in the cases and 3100 ± 852 g in the controls. Of 12 items one was "
      "higher (p=0.008).", False),
     ("The controls had 3000 ± 893 to 3100 ± 852 g (p=0.088).", False),
     ("In the subgroup it was 3000 ± 893 g and 3100 ± 852 g (p=0.088).", False)],
)  # fmt: skip
def test_the_p_of_two_means_of_a_sentence(sentence, asked):
    text = f"There were 85 patients in each group. A t test was used. {sentence}"
    paragraph = Paragraph("Results", 1, text)
    found = scan_document(Document("test", "", (paragraph,), ()), "test").findings
    assert [f.level for f in found if f.check == "mean"] == ["question"] * asked


def test_a_p_is_held_against_four_in_five_of_the_groups_and_of_any_fewer_where_none_tells_them():
    # 44.0 and 40.9, SD 6.0: P 0.0235 of 40 a group, 0.043 of 32, 0.13 of 20
    text = "A t test was used."
    for p, asked in (("0.04", False), ("0.07", True), ("0.004", True)):
        levels = judged(GROUPS, ["Force (N)", "44.0 ± 6.0", "40.9 ± 6.0", p], text=text)
        assert ("question" in levels.values()) == asked
    head = ["", "Drug, mean ± SD", "Placebo, mean ± SD", "P"]
    for p, asked in (("0.07", False), ("0.004", True)):
        levels = judged(
            head,
            ["Force (N)", "44.0 ± 6.0", "40.9 ± 6.0", p],
            text=f"We saw all (n = 40; women, n = 12). {text}",
        )
        assert ("question" in levels.values()) == asked


@pytest.mark.parametrize(
    ("mark", "p", "asked"),
    [("^a", "0.09", True), ("^b", "0.09", False), ("^c", "0.42", False), ("^d", "0.42", True),
     ("*", "0.09", False), ("", "0.09", True)],
)  # fmt: skip
def test_the_note_of_its_mark_says_of_which_test_a_p_is(mark, p, asked):
    note = (
        "^aUnpaired t test. ^bMann-Whitney test; ^c Analysis of covariance. ^dP < 0.05. * Wilcoxon."
    )
    for head, cell in ((f"P{mark}", p), ("P", f"{p}{mark}")):
        row = ["Force (N)", "44.0 ± 6.0", "40.9 ± 6.0", cell]  # P 0.024
        text = "Student's t test was used."
        notes = (note,) if mark else ("SD, standard deviation.",)
        levels = judged([*GROUPS[:3], head], row, text=text, notes=notes)
        assert ("question" in levels.values()) == asked


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


def test_a_p_behind_an_adjusted_difference_is_of_it():
    row = ["Force (N)", "44.0 ± 6.0", "40.9 ± 6.0", "2.0 (-1.1 to 5.1)", "0.42"]
    for head, asked in (("Difference (95% CI)", True), ("Adjusted difference (95% CI)", False)):
        levels = judged([*GROUPS[:3], head, "P"], row, text="Student's t test was used.")
        assert ("question" in levels.values()) == asked


def test_what_stands_behind_a_median_or_a_t_is_no_sd():
    text = "Student's t test was used."
    for head, asked in (("mean ± SD", True), ("median ± MAD", False), ("t (df)", False)):
        heads = ["", f"Drug (n = 40), {head}", f"Placebo (n = 40), {head}", "P"]
        levels = judged(heads, ["Force (N)", "44.0 ± 6.0", "40.9 ± 6.0", "0.42"], text=text)
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


def test_a_p_for_trend_or_of_an_interaction_is_none_of_the_means():
    row = ["Force (N)", "44.0 ± 6.0", "40.9 ± 6.0", "0.42"]
    for head, asked in (("P", True), ("P for trend", False), ("Group x time P", False)):
        levels = judged([*GROUPS[:3], head], row, text="Student's t test was used.")
        assert ("question" in levels.values()) == asked
    for caption, asked in (("Groups and interactions", True), ("Adjusted means", False)):
        levels = judged(GROUPS, row, text="Student's t test was used.", caption=caption)
        assert ("question" in levels.values()) == asked


@pytest.mark.parametrize(
    ("text", "caption", "asked"),
    [("A t test was used.", "", True), ("A t test was used.", "Subgroup analysis", True),
     ("A t test was used.", "P values are one-sided.", False)],
)  # fmt: skip
def test_one_sided_p_are_left_and_subgroups_without_sizes(text, caption, asked):
    row = ["Force (N)", "44.0 ± 6.0", "40.9 ± 6.0", "0.42"]
    assert ("question" in judged(GROUPS, row, text=text, caption=caption).values()) == asked
    sized = f"{text} There were 40 patients in each group."
    heads = ["", "Drug, mean ± SD", "Placebo, mean ± SD", "P"]
    levels = judged(heads, row, text=sized, caption=caption)
    assert ("question" in levels.values()) == (not caption)


def test_selenium_is_no_standard_error():
    head = ["", "Se group (n = 40), mean ±", "Placebo (n = 40), mean ±", "P"]
    rows = [["Force (N)", "44.0 ± 6.0", "40.9 ± 6.0", "0.024"]]
    assert judged(head, *rows, text="Se and t tests.") == {(1, 3): "holds"}


def test_bounds_do_not_tell_that_the_t_tests_give_most_p():
    odd = ["Pulse", "44.0 ± 6.0", "42.4 ± 6.0", "0.50"]  # P 0.24
    text = "Regression was used."
    bounds = [[name, "44.0 ± 6.0", "43.5 ± 6.0", "NS"] for name in "abcd"]
    exact = [[name, "44.0 ± 6.0", "43.5 ± 6.0", "0.71"] for name in "abcd"]
    assert (5, 3) not in {at for at, level in judged(GROUPS, *bounds, odd, text=text).items()
                          if level == "question"}  # fmt: skip
    assert judged(GROUPS, *exact, odd, text=text)[5, 3] == "question"


def test_ranks_that_the_article_names_may_give_what_is_near():
    def asked(text: str, p: str) -> bool:
        return (
            judged(GROUPS, *rows, ["g", "44.0 ± 6.0", "42.4 ± 6.0", p], text=text)[7, 3]
            == "question"
        )

    cells = [("40.9", "0.024"), ("43.0", "0.458"), ("43.5", "0.710"), ("42.5", "0.267"),
             ("43.9", "0.941"), ("41.2", "0.040")]  # fmt: skip
    rows = [
        [name, "44.0 ± 6.0", f"{mean} ± 6.0", p]
        for name, (mean, p) in zip("abcdef", cells, strict=True)
    ]
    assert asked("A t test was used.", "0.36")
    assert not asked("A t test or the Mann-Whitney test was used.", "0.36")
    assert asked("A t test or the Mann-Whitney test was used.", "0.50")


def test_one_of_several_p_behind_three_groups_may_be_of_two_of_them():
    head = ["", *[f"{name} (n = 20), mean ± SD" for name in ("Water", "Sugar", "Salt")]]
    row = ["Force (N)", "44.0 ± 6.0", "43.0 ± 6.0", "38.0 ± 5.0"]  # F test <0.01; two: P 0.60
    text = "Analysis of variance was used."
    assert judged([*head, "P"], [*row, "0.60"], text=text) == {(1, 4): "question"}
    assert (
        judged([*head, "P 1", "P 2"], [*row, "0.60", "0.002"], text=text).get((1, 4)) != "question"
    )


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [("The survival was 72.3 ± 7.5% with the drug, 81.9 ± 7.0% with placebo (P = 0.177).", False),
     ("Saturation was 72.3 ± 7.5% with the drug, 81.9 ± 7.0% with placebo (P = 0.177).", True),
     ("After a year in both groups, we saw less insulin (9.2 ± 5.4 versus 7.9 ± 5.2, P < 0.001 and "
      "5.7 ± 2.4 versus 5.4 ± 2.2, P = 0.026).", False),
     ("It lost 3.7 ± 3.8 with drug, 2.5 ± 2.6 with placebo (P = 0.33, Mann-Whitney test).", False),
     ("It lost 3.7 ± 3.8 with drug, 2.5 ± 2.6 with placebo (P = 0.33).", True),
     ("It lost 3.7 ± 3.8%, 2.5 ± 2.6 kg (P = 0.33).", False),
     ("It was 45.7/52, SD = 6.2, with drug, 39.5/52, SD = 12.3, with placebo (P = 0.33).", False)],
)  # fmt: skip
def test_a_sentence_says_of_what_its_p_is(sentence, asked):
    text = f"There were 85 patients in each group. A t test was used. {sentence}"
    document = Document("test", "", (Paragraph("Results", 1, text),), ())
    found = scan_document(document, "test").findings
    assert any(f.level == "question" for f in found if f.check == "mean") == asked


def test_ns_is_asked_of_a_difference_that_rounding_does_not_save():
    text = "A t test was used."
    for cell, asked in (("40.9 ± 6.0", True), ("41.4 ± 6.0", False)):
        levels = judged(GROUPS, ["Force (N)", "44.0 ± 6.0", cell, "ns"], text=text)
        assert ("question" in levels.values()) == asked


@pytest.mark.parametrize(
    ("cell", "level"),
    [("p = 0.42", "question"), ("p = 0.02", "holds"), ("2.31; 0.42", "question"),
     ("2.31; 0.023", "holds")],
)  # fmt: skip
def test_a_p_may_stand_between_its_groups_or_behind_its_t(cell, level):
    drug, difference, placebo = GROUPS[1], "Student's t test; P", GROUPS[2]
    row = ["Force (N)", "44.0 ± 6.0", cell, "40.9 ± 6.0"]
    assert judged(["", drug, difference, placebo], row, text="A t test.") == {(1, 2): level}


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


@pytest.mark.parametrize(
    ("cells", "asked"),
    [(["8.5 (1.2)", "8.9 (1.3)"], True), (["85 (1.2)", "89 (1.3)"], False)],
)
def test_a_percent_that_has_decimals_as_its_sd_has_is_a_mean(cells, asked):
    head = ["", "Drug (n = 40)", "Placebo (n = 40)", "P"]
    levels = judged(
        head, ["HbA1c (%)", *cells, "0.95"], text="A t test was used.", notes=("Mean (SD) or n.",)
    )
    assert ("question" in levels.values()) == asked


FORCES = [("40.91", "0.029"), ("43.02", "0.473"), ("43.55", "0.733"), ("42.13", "0.179"),
          ("41.48", "0.073")]  # fmt: skip
"""Means beside 44.03 ± 6.02 with an SD of 6.51, of 40 a group, and P of scipy.stats' t test."""


def rows_of(forces: list[tuple[str, str]], *between: str) -> list[list[str]]:
    return [[name, "44.03 (6.02)", *between, f"{mean} (6.51)", p]
            for name, (mean, p) in zip("abcdefgh", forces, strict=False)]  # fmt: skip


def test_two_numbers_with_decimals_are_means_where_the_tests_give_the_p_of_most():
    head = ["", "Drug (n = 40)", "Placebo (n = 40)", "P"]
    odd = ("40.91", "0.29")
    found = judged(head, *rows_of([*FORCES, odd]))
    assert found[6, 3] == "question"
    assert found[1, 3] == "holds"
    others = [(mean, f"0.{i}1") for i, (mean, _) in enumerate(FORCES, 3)]
    assert not judged(head, *rows_of([*others, odd]))


def test_which_two_of_four_columns_a_p_compares_is_told_by_its_numbers():
    head = ["", "A (n = 40)", "B (n = 40)", "C (n = 40)", "D (n = 40)", "P", "P"]
    rows = [[*row[:2], "30.12 (5.03)", "55.31 (8.07)", *row[2:3], p, row[3]]
            for row, p in zip(rows_of([*FORCES, ("40.91", "0.29")]),
                              ["<0.001"] * 6, strict=True)]  # fmt: skip
    found = judged(head, *rows, notes=("Mean (SD).",))
    assert found[1, 6] == "holds"
    assert found[6, 6] == "question"


CHANGES = [("2.11 (6.04)", "0.033"), ("1.03 (5.21)", "0.218"), ("3.42 (7.77)", "0.008"),
           ("0.52 (4.44)", "0.463"), ("2.74 (6.93)", "0.016")]  # fmt: skip
"""Mean changes of 40 patients, and P of the paired t test: whether they are none."""


def test_the_p_of_a_mean_change_is_that_of_its_sd():
    head = ["", "Before (n = 40)", "After (n = 40)", "Change (n = 40), mean (SD)", "P"]
    rows = [["a", "44.03 (6.02)", "46.14 (6.02)", *change] for change in CHANGES]
    found = judged(head, *rows, ["b", "44.03 (6.02)", "46.77 (6.02)", "2.74 (6.93)", "0.46"])
    assert found[5, 4] == "holds"
    assert found[6, 4] == "question"
    assert judged(head, [*rows[0][:4], "0.91"])[1, 4] == "question"
    assert judged(head, rows[0]) == {(1, 4): "holds"}  # of two times it is that of their change
    head[1:3] = ["Drug (n = 40)", "Placebo (n = 40)"]
    assert not judged(head, [*rows[0][:4], "0.91"])


def test_the_size_of_a_row_stands_in_a_column_beside_the_mean():
    # P 0.029 of 40 a group, and 0.12 of 20
    for heads in (
        ["N", "Drug, mean (SD)", "N", "Placebo, mean (SD)", "P"],
        ["N", "Drug (n = 40) / mean (SD)", "N", "Placebo (n = 40) / mean (SD)", "P"],
    ):
        for n, level in (("20", {(1, 5): "question"}), ("40", {(1, 5): "holds"})):
            row = ["Force (N)", n, "44.03 (6.02)", n, "40.91 (6.51)", "0.029"]
            assert judged(["", *heads], row, text="A t test was used.") == level


def test_the_size_of_each_of_two_rows_stands_beside_its_mean():
    rows = [["Group", "Number", "Mean (SD)", "P"], ["Drug", "20", "44.03 (6.02)", "0.029"],
            ["Placebo", "20", "40.91 (6.51)", ""]]  # fmt: skip
    text = "There were 40 patients in each group. A t test was used."
    assert judged(*rows, text=text) == {(1, 3): "question"}
    rows[1][1] = rows[2][1] = "40"
    assert judged(*rows, text=text) == {(1, 3): "holds"}


@pytest.mark.parametrize(("head", "level"), [("mean (SD) [n]", "question"), ("mean (SD)", "holds")])
def test_the_size_behind_a_mean_is_one_where_its_head_says_so(head, level):
    heads = ["", f"Drug (n = 40), {head}", f"Placebo (n = 40), {head}", "P"]
    row = ["Force (N)", "44.03 (6.02) [20]", "40.91 (6.51) [20]", "0.029"]
    assert judged(heads, row, text="A t test was used.") == {(1, 3): level}


@pytest.mark.parametrize(("mark", "asked"), [("^a", True), ("", False)])
def test_no_model_gives_a_p_whose_note_names_a_t_test(mark, asked):
    rows = [GROUPS, ["Force (N)", "44.0 ± 6.0", "42.0 ± 6.0", f"0.35{mark}"]]  # 0.14
    levels = judged(*rows, text="A mixed model was used.", notes=("^a t test of two groups.",))
    assert ("question" in levels.values()) == asked


def test_two_rows_whose_p_fit_each_other_alone_are_exchanged():
    text = "A t test was used, and of what was skewed the rank sum test."
    rows = [
        ["a", "1.60 ± 0.90", "1.60 ± 0.95", "0.02"],
        ["b", "1.60 ± 0.90", "2.10 ± 0.95", "0.99"],
    ]
    assert judged(GROUPS, *rows, text=text) == {(1, 3): "question", (2, 3): "question"}
    rows[0][3] = "0.31"
    assert not judged(GROUPS, rows[0], text=text)


@pytest.mark.parametrize(
    ("label", "asked"), [("Baseline", True), ("Preoperative", True), ("Week 12", False)]
)
def test_no_model_adjusts_what_is_measured_at_the_start(label, asked):
    text = "A t test and, of what changed, a mixed model for repeated measures were used."
    levels = judged(GROUPS, ["Force (N)", "", "", ""], [label, "44.0 ± 6.0", "42.0 ± 6.0", "0.35"],
                    text=text)  # 0.14  # fmt: skip
    assert ("question" in levels.values()) == asked


def test_the_p_of_a_coefficient_is_not_that_of_a_mean_change():
    rows = [["a", *change] for change in CHANGES]
    odd = ["b", "2.74 (6.93)", "0.46"]
    assert judged(["", "Change (n = 40), mean (SD)", "P"], *rows, odd)[6, 2] == "question"
    assert not judged(["", "β (n = 40), mean (SD)", "P"], *rows, odd)


@pytest.mark.parametrize(("p", "level"), [("0.86", "holds"), ("0.31", "question")])
def test_five_groups_have_the_p_of_the_analysis_of_variance(p, level):
    # F = 0.32 with 4 and 195 degrees of freedom, P 0.864
    head = ["", *(f"Dose {k} (n = 40), mean ± SD" for k in range(5)), "P"]
    row = ["Age (years)", *(f"{mean} ± 10.0" for mean in ("50.0", "52.0", "51.0", "50.5", "52.0"))]
    assert judged(head, [*row, p], text="One-way ANOVA was used.") == {(1, 6): level}


@pytest.mark.parametrize(("p", "level"), [("0.025", "holds"), ("0.42", "question")])
def test_the_p_of_two_mean_changes_is_that_of_the_groups(p, level):
    head = ["", "Drug, mean change ± SD (n = 40)", "Placebo, mean change ± SD (n = 40)", "P"]
    row = ["Weight (kg)", "4.0 ± 6.0", "0.9 ± 6.1", p]
    assert judged(head, row, text="A t test was used.") == {(1, 3): level}


def test_a_size_within_a_cell_is_none_of_the_rows_below_and_a_count_none_of_the_means():
    rows = [GROUPS, ["Age", "62.0 ± 9.0", "60.0 ± 9.0", "0.32"],
            ["Plasma (ml)", "n = 3, 400 ± 200", "n = 2, 400 ± 282", "0.99"],
            ["Force (N)", "44.0 ± 6.0", "41.0 ± 6.0", "0.029"]]  # fmt: skip
    assert judged(*rows, text="A t test was used.") == {(1, 3): "holds", (3, 3): "holds"}
    heads = ["", "Drug (n = 40)", "Placebo (n = 40)", "P"]
    row = ["Smoker, n (%)", "20 (50.0)", "31 (75.5)", "0.36"]
    assert not judged(heads, row, notes=("Mean (SD) or n (%)",), text="A t test was used.")


def test_the_p_of_a_correlation_is_not_that_of_two_means():
    rows = [["", "Protein, mean ± SD (n = 40)", "Days, mean ± SD (n = 40)", "P^a"],
            ["Drug", "148.4 ± 43.0", "110.0 ± 15.0", "0.37"]]  # fmt: skip
    assert not judged(*rows, notes=("^a Pearson's test",), text="A t test was used.")


@pytest.mark.parametrize(("p", "asked"), [("0.92", True), ("0.0001", False)])
def test_two_times_of_one_group_have_the_size_of_its_label(p, asked):
    rows = [["", "Before, mean ± SD", "After, mean ± SD", "P"], ["Drug (n = 31)", "", "", ""],
            ["Errors", "74.3 ± 8.9", "67.8 ± 8.3", p]]  # fmt: skip
    levels = judged(*rows, text="A paired t test was used.")
    assert ("question" in levels.values()) == asked


def test_the_numbers_of_groups_are_no_sizes():
    rows = [["Group", "1", "2", "P"], ["Force (N)", "44.0 ± 6.0", "41.0 ± 6.0", "0.029"]]
    grid = grid_of([[(cell, 1, 1) for cell in row] for row in rows])
    assert not any(Layout(Table(0, "Table 1", "", grid, 1)).head_sizes)
