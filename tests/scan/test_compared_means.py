"""Which P the tests of means give: of two groups, of three and more, of SD and of SE."""

from __future__ import annotations

import pytest
from tests.scan.test_p_of_means import GROUPS, judged


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
