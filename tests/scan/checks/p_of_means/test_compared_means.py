"""Which P the tests of means give: of two groups, of three and more, of SD and of SE."""

from __future__ import annotations

import math

import pytest
from scipy import stats
from tests.scan.checks.p_of_means.test_p_of_means import GROUPS, judged
from tests.scan.test_checks import of_table


def test_a_p_of_four_groups_is_that_of_the_analysis_of_variance():
    # F = 0.27 with 3 and 130 degrees of freedom, P 0.85
    head = ["Group", "Age (years), mean ± SD"]
    rows = [[f"{name} (n = {n})", cell] for name, n, cell in
            [("A", 33, "49.5 ± 9.4"), ("B", 33, "51.5 ± 10.2"), ("C", 34, "50.7 ± 9.6"),
             ("D", 34, "51.2 ± 9.8")]]  # fmt: skip
    text = "One-way ANOVA was used."
    assert judged(head, *rows, ["P", "0.3841"], text=text) == {(5, 1): "question"}
    assert judged(head, *rows, ["P", "0.85"], text=text) == {(5, 1): "holds"}


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


def test_selenium_is_no_standard_error():
    head = ["", "Se group (n = 40), mean ±", "Placebo (n = 40), mean ±", "P"]
    rows = [["Force (N)", "44.0 ± 6.0", "40.9 ± 6.0", "0.024"]]
    assert judged(head, *rows, text="Se and t tests.") == {(1, 3): "holds"}


@pytest.mark.parametrize(("p", "level"), [("0.86", "holds"), ("0.31", "question")])
def test_five_groups_have_the_p_of_the_analysis_of_variance(p, level):
    # F = 0.32 with 4 and 195 degrees of freedom, P 0.864
    head = ["", *(f"Dose {k} (n = 40), mean ± SD" for k in range(5)), "P"]
    row = ["Age (years)", *(f"{mean} ± 10.0" for mean in ("50.0", "52.0", "51.0", "50.5", "52.0"))]
    assert judged(head, [*row, p], text="One-way ANOVA was used.") == {(1, 6): level}


def test_three_means_have_the_p_of_an_analysis_of_variance():
    def p_of(*means: float) -> float:
        between = sum(20 * (m - sum(means) / 3) ** 2 for m in means) / 2
        return float(stats.f.sf(between / 100, 2, 57))

    trios = [(61, 55, 58), (50, 52, 57), (70, 66, 65), (40, 45, 41)]
    rows = [
        [f"x{i}, mean (SD)", *(f"{m}.0 (10.0)" for m in trio), f"{p_of(*trio):.3f}"]
        for i, trio in enumerate(trios)
    ]
    wrong = ["y, mean (SD)", "60.0 (10.0)", "51.0 (10.0)", "55.0 (10.0)", "0.720"]
    head = ["", "A (n = 20)", "B (n = 20)", "C (n = 20)", "P"]
    found = of_table(head, *rows, wrong, check="mean")
    assert [found[r, 4].level for r in range(1, 6)] == ["holds"] * 4 + ["fails"]
    found = of_table([*head[:4], "Kruskal-Wallis P"], *rows, wrong, check="mean")
    assert found[5, 4].level == "question"


def test_three_groups_are_held_against_an_analysis_of_variance():
    head = ["", *(f"{g} (n = 64), mean ± SD" for g in "ABC"), "P value"]
    means = ["29.0 ± 2.5", "17.0 ± 2.1", "17.1 ± 2.5"]
    assert of_table(head, ["x", *means, "NS"], check="mean")[1, 4].level == "question"
    others = [[f"x{i}", "20.1 ± 2.5", "20.0 ± 2.1", "20.1 ± 2.5", "NS"] for i in range(4)]
    assert of_table(head, *others, ["x", *means, "NS"], check="mean")[5, 4].level == "question"
    means = ["17.3 ± 2.5", "17.0 ± 2.1", "17.1 ± 2.5"]
    assert of_table(head, ["x", *means, "NS"], check="mean")[1, 4].level == "holds"


def test_the_p_of_two_of_three_groups_is_held_against_these():
    head = ["", *(f"{g} (n = 60), mean ± SD" for g in "ABC"), "P value"]
    rows = [head]
    for i in range(8):
        p = 2 * stats.t.sf((0.1 + i / 10) / (3 * math.sqrt(2 / 60)), 118)
        rows += [[f"x{i}", "90.0 ± 3.0", "20.0 ± 3.0", f"{20.1 + i / 10:.1f} ± 3.0", f"{p:.2f}"]]
    rows += [["y", "90.0 ± 3.0", "20.0 ± 3.0", "20.1 ± 3.0", "0.01"]]
    found = of_table(*rows, check="mean")
    levels = {at: f.level for at, f in found.items()}
    assert levels == {(r, 4): "question" if r == 9 else "holds" for r in range(1, 10)}
    assert found[9, 4].against == "20.0 ± 3.0; 20.1 ± 3.0"
