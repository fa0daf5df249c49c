"""An eta squared against the F before it."""

from __future__ import annotations

from tests.scan.checks.statistics.test_statistic_notation import levels


def test_an_eta_squared_below_the_partial_one_is_asked_about_where_others_are_partial():
    told = (
        "F(1, 24) = 4.50, p = 0.04, η2 = 0.16",
        "F(1, 30) = 6.00, p = 0.02, η2 = 0.17",
        "F(2, 40) = 5.00, p = 0.01, η2 = 0.20",
        "F(1, 20) = 5.00, p = 0.04, η2 = 0.20",
    )
    others = "; ".join(told)
    assert levels(f"{others}; F(1, 42) = 4.93, p = 0.03, η2 = 0.04.").count("question") == 1
    assert "question" not in levels(f"{others}.")
    assert "question" not in levels(f"{told[0]}; F(1, 42) = 4.93, p = 0.03, η2 = 0.04.")
