"""The P of a statistic, over its rounding and over all usual degrees of freedom."""

from __future__ import annotations

import pytest
from scipy import stats
from tests.scan.test_checks import of_text

from secondlook.scan.checks.statistics.statistic import consistent
from secondlook.scan.checks.statistics.statistic_notation import statistics


def test_a_text_that_tells_of_one_sided_tests_saves_half_of_the_p():
    (test,) = statistics("t(28) = 2.20, p = .02, one-tailed")
    assert consistent(test)
    assert of_text("chi2(28) = 2.20, p = .03", "statistic")[0].level == "fails"


def test_p_is_that_of_the_distributions():
    (t,) = statistics("t(28) = 2.20, p = .03")
    low, high = t.p_range(t.df)
    assert low < 2 * stats.t.sf(2.20, 28) < high
    (f,) = statistics("F(2, 28) = 2.20, p = .15")
    low, high = f.p_range(f.df)
    assert low < stats.f.sf(2.20, 2, 28) < high


@pytest.mark.parametrize(
    ("text", "level"),
    [("chi2 = 4.4, p = .001", "fails"), ("chi2 = 4.4, p = .018", "question"),
     ("chi2 = 4.4, p = .300", "question"), ("chi2 = 4.4, p = .11", "holds")],
)  # fmt: skip
def test_a_p_below_that_of_any_degrees_of_freedom_is_accused(text, level):
    assert of_text(f"The groups differed, {text}.", "statistic")[0].level == level


@pytest.mark.parametrize(
    ("text", "level"),
    [("t = 1.94, p < 0.01", "fails"), ("t = 1.94, p < 0.05", "question"),
     ("t = 1.09, p = 0.87", "question"), ("t = 1.09, p = 0.28", "holds"),
     ("t = 3.5, p = 0.01", "holds")],
)  # fmt: skip
def test_a_t_without_degrees_of_freedom_has_a_least_p(text, level):
    assert [f.level for f in of_text(f"They differed ({text}).", "statistic")] == [level]
    assert of_text("Infusion began at t = 4, p < 0.01.", "statistic") == []
