"""The P of means of a table: which hold, which are asked for, which are accused."""

from __future__ import annotations

import pytest
from scipy import stats
from tests.scan.checks.statistics.test_statistic_columns import judged as judged_statistics
from tests.scan.checks.test_mean import means
from tests.scan.test_checks import of_table

from secondlook.scan import Finding, scan_document
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


def test_ns_among_p_with_their_sign_is_a_p_too():
    head = ["", "Drug (n = 40), mean ± SD", "Placebo (n = 40), mean ± SD", ""]
    rows = [[name, "44.0 ± 6.0", "44.1 ± 6.0", "NS"] for name in "abc"]
    rows += [["d", "44.0 ± 6.0", "30.0 ± 6.0", "P < 0.001"]]
    rows += [["e", "44.0 ± 6.0", "30.0 ± 6.0", "NS"]]
    assert judged(head, *rows)[5, 3] == "question"


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


def test_a_p_behind_an_adjusted_difference_is_of_it():
    row = ["Force (N)", "44.0 ± 6.0", "40.9 ± 6.0", "2.0 (-1.1 to 5.1)", "0.42"]
    for head, asked in (("Difference (95% CI)", True), ("Adjusted difference (95% CI)", False)):
        levels = judged([*GROUPS[:3], head, "P"], row, text="Student's t test was used.")
        assert ("question" in levels.values()) == asked


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


def test_ns_is_asked_of_a_difference_that_rounding_does_not_save():
    text = "A t test was used."
    for cell, asked in (("40.9 ± 6.0", True), ("41.4 ± 6.0", False)):
        levels = judged(GROUPS, ["Force (N)", "44.0 ± 6.0", cell, "ns"], text=text)
        assert ("question" in levels.values()) == asked


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


def test_the_numbers_of_groups_are_no_sizes():
    rows = [["Group", "1", "2", "P"], ["Force (N)", "44.0 ± 6.0", "41.0 ± 6.0", "0.029"]]
    grid = grid_of([[(cell, 1, 1) for cell in row] for row in rows])
    assert not any(Layout(Table(0, "Table 1", "", grid, 1)).head_sizes)


@pytest.mark.parametrize(
    ("t", "n", "asked"),
    # stats.ttest_ind_from_stats(8.36, 1.24, 60, 6.48, 1.11, 60): t = 8.75; of 48 a group 7.83
    [("8.75", "(n = 60)", False), ("6.987", "(n = 60)", True), ("8.10", "", False),
     ("6.987", "", True)],
)  # fmt: skip
def test_a_t_is_held_against_the_means_of_its_groups(t, n, asked):
    head = ["Group", "Score, mean ± SD"]
    rows = [[f"Drug {n}", "8.36 ± 1.24"], [f"Placebo {n}", "6.48 ± 1.11"], ["t", t],
            ["P", "<0.0001"]]  # fmt: skip
    text = "There were 60 patients in each group. Student's t test was used."
    found = judged_statistics(head, *rows, text=text)
    assert (found[3, 1].level == "question" if (3, 1) in found else False) == asked


def test_the_p_of_two_means_holds_by_a_t_test():
    rows = [
        ["", "A (n = 30)", "B (n = 32)", "P"],
        ["Age, mean (SD)", "61.2 (10.1)", "55.0 (9.8)", "0.017"],
    ]
    assert of_table(*rows, check="mean")[1, 3].level == "holds"


def test_a_p_of_two_means_is_accused_where_t_tests_give_all_others():
    rows = []
    for i, (a, b) in enumerate([(61, 55), (50, 52), (70, 66), (40, 45), (80, 79), (65, 71)]):
        p = stats.ttest_ind_from_stats(a, 10, 30, b, 9, 20).pvalue
        rows.append([f"x{i}, mean (SD)", f"{a}.0 (10.0)", f"{b}.0 (9.0)", f"{p:.3f}"])
    wrong = ["y, mean (SD)", "60.0 (10.0)", "51.0 (9.0)", "0.620"]
    assert [level for level, _ in means(*rows, wrong, n=30)] == ["fails"] + ["holds"] * 6
    assert means(*rows[:2], wrong, n=30)[0][0] == "question"
    near = ["y, mean (SD)", "60.0 (10.0)", "56.0 (9.0)", "0.170"]
    assert means(*rows, near, n=30)[-1] == ("holds", "a t test nearly gives it")
    skewed = ["y, mean (SD)", "6.0 (10.0)", "51.0 (9.0)", "0.620"]
    assert means(*rows, skewed, n=30)[0][0] == "question"


def test_ns_is_a_p_above_a_twentieth_and_proves_little():
    rows = [[f"x{i}, mean (SD)", "60.0 (9.0)", "61.0 (9.0)", "NS"] for i in range(8)]
    said = [["y, mean (SD)", "60.0 (9.0)", "71.0 (9.0)", p] for p in ("NS", "<0.001", "0.0001")]
    levels = [level for level, _ in means(*rows, *said * 3, n=30)]
    assert (levels.count("holds"), levels.count("question")) == (14, 3)


def test_an_sd_of_a_fiftieth_of_its_mean_may_be_geometric():
    rows = []
    for i, (a, b) in enumerate([(61, 55), (50, 52), (70, 66), (40, 45), (80, 79), (65, 71)]):
        p = stats.ttest_ind_from_stats(a, 10, 30, b, 9, 20).pvalue
        rows.append([f"x{i}, mean (SD)", f"{a}.0 (10.0)", f"{b}.0 (9.0)", f"{p:.3f}"])
    for sd, level in (("40.0", "fails"), ("3.24", "question")):
        walked = ["METs, mean (SD)", f"1071.0 ({sd})", f"1318.0 ({sd})", "0.238"]
        assert means(*rows, walked, n=30)[0][0] == level


def two_means(p: str, *, caption: str = "", spread: str = "SD") -> dict[tuple[int, int], Finding]:
    rows = [["", f"A (n = 46), mean ± {spread}", f"B (n = 46), mean ± {spread}", "P value"]]
    rows += [["onset (min)", "17.82 ± 1.5", "16.02 ± 1.2", p]]
    return of_table(*rows, check="mean", caption=caption)


@pytest.mark.parametrize(
    ("p", "spread", "caption", "asked"),
    [(">0.05", "SD", "", True), ("NS", "SD", "", True), ("^**P > 0.05", "SD", "", True),
     (">0.05", "SE", "", False), ("<0.001", "SD", "", False),
     ("0.04", "SE", "Outcomes", True), ("0.25", "SE", "Outcomes", False),
     ("0.04", "SE", "Baseline data", True), ("0.10", "SE", "Changes by a mixed model", False),
     (">0.05", "SD", "Adjusted by ANCOVA", False)],
)  # fmt: skip
def test_a_p_that_no_test_of_means_comes_near_is_asked(p, spread, caption, asked):
    levels = {f.level for f in two_means(p, spread=spread, caption=caption).values()}
    assert ("question" in levels) == asked
    assert "fails" not in levels
