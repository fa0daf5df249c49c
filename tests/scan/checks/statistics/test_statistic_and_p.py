"""Which P agree with their statistic, which are asked for and which are accused."""

from __future__ import annotations

from tests.scan.test_checks import of_text

from secondlook.scan.checks.statistics.statistic_and_p import OF_ONE_SIDE


def test_each_statistic_that_a_one_sided_test_would_explain_is_asked_about():
    text = "One (Z = 2.10, p = 0.018), two (Z = 2.20, p = 0.014), three (Z = 2.50, p = 0.006)."
    found = of_text(text, "statistic")
    assert [(f.level, f.reading) for f in found] == [("question", OF_ONE_SIDE)] * 3


def test_a_point_groups_thousands_only_where_the_number_is_below_its_degrees_of_freedom():
    (found,) = of_text("The model fitted badly (χ2 = 3.214, df = 125, P < .001).", "statistic")
    assert (found.level, found.reading[:13]) == ("question", "holds of 3214")
    (found,) = of_text("The arms differed (χ2 = 30.214, df = 13, P < .0001).", "statistic")
    assert found.level == "fails"
    (found,) = of_text("The arms differed, t(20) = 1.214, p < .0001.", "statistic")
    assert found.level == "fails"


def test_degrees_of_freedom_in_the_other_order_are_asked():
    (found,) = of_text("There was an effect, F(20, 2) = 5.85, p = 0.010.", "statistic")
    assert (found.level, found.reading) == ("question", "holds with 2 and 20 degrees of freedom")
    (found,) = of_text("There was an effect, F(20, 2) = 5.85, p = 0.003.", "statistic")
    assert found.level == "fails"


def test_a_statistic_may_group_its_thousands_with_a_point():
    (found,) = of_text("They differed (χ2 = 3.771, df = 125, p < 0.001).", "statistic")
    assert (found.level, found.reading[:14]) == ("question", "holds of 3771,")


def test_a_p_of_corrected_degrees_of_freedom_is_a_question():
    (finding,) = of_text("F(9,99) = 2.87; p = 0.103", "statistic")
    assert finding.level == "question"
    assert "sphericity" in finding.reading
