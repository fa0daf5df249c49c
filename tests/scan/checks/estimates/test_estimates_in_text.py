"""Which numbers of the text are read as estimates with which limits and P."""

from __future__ import annotations

from collections import Counter

import pytest
from tests.scan.test_checks import of_text

from secondlook.scan import scan_document
from secondlook.scan.document import Document, Paragraph


@pytest.mark.parametrize(
    ("text", "limits"),
    [("the median was 156 days (95% CI 174.1-269.3) in controls", "174.1 and 269.3"),
     ("it was -3864.1 pg/ml, CI: -8487.3 to -759.2", "-8487.3 and -759.2"),
     ("gained 2.1 kg (95% CI – 0.4 to + 4.6)", "-0.4 and 4.6"),
     ("the difference was –2.01 (95% CI –2.48 to –1.55)", "-2.48 and -1.55"),
     ("more abstinent [RR 7.04 (0.9-57.2)] than", "0.9 and 57.2"),
     ("an odds ratio of 2.3 (P = 0.01; 95% CI 1.2-4.4)", "1.2 and 4.4"),
     ("was 0.31 (95% credible interval 0.11 to 0.52)", "0.11 and 0.52"),
     ("was 0.86 (95.02% CI 0.74 to 0.99)", "0.74 and 0.99"),
     ("odds ratio (OR 1.06, 95% confidence interval (CI 0.477-2.355) P value 0.642)",
      "0.477 and 2.355"),
     ("rose (+3.8 ml.min^-1kg^-1, 95% CI, -5.7, 9.5)", "-5.7 and 9.5"),
     ("was –2.2%, 95% CI: –3.1 –1.2%, p<0.001", "-3.1 and -1.2"),
     ("was 1.2%, 95% CI: –5.4 –7.8%, p = 0.7", "-5.4 and 7.8"),
     ("(2.04 events per year in group A, 95% CI (1.33, 4.14))", "1.33 and 4.14"),
     ("at 4 months (0.24; 95% CI 0.02 to 0.46; p=0.05)", "0.02 and 0.46"),
     ("QTcF was 12.8 ms (90% CI, 10.8 to 14.8 ms)", "10.8 and 14.8"),
     ("a change of 0.6 L/min/m^2 (95% CI 0.4 to 0.8)", "0.4 and 0.8"),
     ("it was -1.7 with a 95% CI of -6.6 to 3.2", "-6.6 and 3.2"),
     ("(OR: 0.407, confidence interval: 0.179-0.926, P = .032)", "0.179 and 0.926"),
     ("on birth weight (Beta –0.002, [–0.88, 0.083])", "-0.88 and 0.083"),
     ("(b = 0.09, SE = 0.11, 95% CI [-0.14, 0.31])", "-0.14 and 0.31"),
     ("was 146.02 (SE: 577.70; 95% CI -1007.40 to 1299.44)", "-1007.40 and 1299.44"),
     ("was 4.6 ± 1.3, 95% CI 1.2-7.9 in", "1.2 and 7.9"),
     ("rose by 225.7 ± 53.5 cells/μl (95% CI 205.9-245.5)", "205.9 and 245.5")],
)  # fmt: skip
def test_an_estimate_is_read_with_its_unit_its_signs_and_its_limits(text, limits):
    assert {f.against for f in of_text(text, "interval") if f.against[0] == "l"} == {
        f"limits {limits}"
    }


@pytest.mark.parametrize(
    "text",
    ["they differed (95% CI, 4.1-17.3)", "t(24) = 2.25, p = 0.04; 95% CI 0.11-3.18",
     "per 1.73 m (95% CI -7.6 to 1.6)", "at 6 months (95% CI 7.4% to 23.2%)",
     "moved 0.027 at day 90 (95% CI -0.1 to 0.2)", "at 12 weeks (95% CI 0.1 to 0.2)",
     "a slope with SE = 0.09 (95% CI 1.1 to 1.4)", "in 46.4%; 95% CI -10.8 to 3.2",
     "it was wide (95.001% CI -3.4 to 17.4)", "a p value of 0.003 and 95% CI of 0.6 to 2.5",
     "in 3 of 5 (95 percent confidence interval, 0.9 to 1.5)",
     "fewer zones (p 0.004) (95% CI 0.15, 0.79)",
     "in 7.0 (3.0-9.0) of them", "at beta 1 (13-21.5 Hz) and beta 2 (22-30 Hz)",
     "2.0 points less. There were 14 in group A, 95% CI (1.33, 4.14))"],
)  # fmt: skip
def test_what_stands_before_limits_and_is_no_estimate_is_left_alone(text):
    assert not [f for f in of_text(text, "interval") if f.against[0] == "l"]


def test_a_p_for_non_inferiority_is_not_that_of_no_effect():
    text = "(HR 0.89; 95% CI: 0.78-1.01; P < 0.001 for non-inferiority)"
    assert [f.against for f in of_text(text, "interval")] == ["limits 0.78 and 1.01"]


def test_a_share_with_its_count_is_held_to_its_limits():
    (found,) = of_text("in 70.7% (2,595/3,671, 95% CI 68.5%-71.5%)", "interval")
    assert (found.level, found.against) == ("question", "limits 68.5 and 71.5")


@pytest.mark.parametrize(
    "text",
    ["the effect was small (d=0.09, 95% CI -0.02 to 0.20)",
     "the score was slightly (0.09 unit, 95% CI -0.02 to 0.20) better",
     "the ratio was 0.09 higher (95% CI -0.02 to 0.20)"],
)  # fmt: skip
def test_an_effect_size_is_an_estimate_whatever_its_unit(text):
    assert [f.against for f in of_text(text, "interval")] == ["limits -0.02 and 0.20"]


def test_a_statistic_before_limits_is_no_estimate():
    assert not of_text("it was larger (t=2.31, 95% CI 0.18 to 1.20)", "interval")


@pytest.mark.parametrize(
    ("text", "levels"),
    [("The mean difference was 0.74 (95% CI -1.40 to 2.88) and in the others -0.92 (3.15 to 1.31).",
      ["holds", "question"]),
     ("Mean change (95% CI) in weight (-2.9; -5.7, -1.1) and height (1.63, 1.19-2.07).",
      ["question", "holds"]),
     ("RR 0.74 (95% CI 0.40 to 1.37); the median age was 48 (22.9 to 39.1).", ["holds"]),
     ("It was 0.74 (0.10 to 2.88) then, and with 95% CI less.", []),
     ("RR 0.74 (95% CI 0.40 to 1.37), in doses of 4, 8 and 12 kg.", ["holds"]),
     ("A reduction in mean (95% CI) BMI of 0.27 kg (0.41, 0.13) in all.", ["holds"])],
)  # fmt: skip
def test_a_paragraph_that_announces_limits_once_announces_those_that_follow(text, levels):
    assert Counter(f.level for f in of_text(text, "interval")) == Counter(levels)


def test_a_difference_of_two_percents_is_not_the_second_one():
    assert not of_text("More (95% CI) said so, 29% v 5% (13% to 36%), at nine months.", "interval")


@pytest.mark.parametrize(
    ("text", "level"),
    [("mean Hb (95% CI) was similar (A: 9.4 (9.3-9.6), placebo: 9.6 (9.4-9.8), p = 0.24)", None),
     ("the mean (95% CI) was 9.6 g/dL (9.4-9.8; p = 0.24) in the placebo arm", None),
     ("changes were 1.4 (95% CI 1.2-1.6) and 1.6 (95% CI 1.4-1.8), p = 0.24", None),
     ("the mean difference was 1.6 (95% CI 1.4-1.8; p = 0.24)", "fails"),
     ("mean scores were -1.6 (95% CI -1.8 to -1.4; p = 0.24) lower", "fails")],
)  # fmt: skip
def test_a_p_of_the_means_of_groups_is_not_held_to_the_limits_of_one(text, level):
    found = [f.level for f in of_text(text, "interval") if f.against[0] == "P"]
    assert found == ([level] if level else [])


@pytest.mark.parametrize(
    ("text", "asked"),
    [("at baseline 1.90 mmHg [95% CI 0.63 to 3.24; p < 0.001) lower systolic pressure", True),
     ("an increase of 1.90 kg (95% CI 0.63 to 3.24; p < 0.001)", True),
     ("a median increase of 1.90 kg (95% CI 0.63 to 3.24; p < 0.001)", False),
     ("levels were 1.90 g/L (95% CI 0.63 to 3.24; p < 0.001) in all", False),
     ("the risk was 1.90 (95% CI 0.63 to 3.24; p < 0.001) higher", False)],
)  # fmt: skip
def test_a_measured_change_is_a_difference_and_has_its_p(text, asked):
    assert any(f.level != "holds" for f in of_text(text, "interval")) == asked


@pytest.mark.parametrize(
    ("text", "levels"),
    [("the dose of DHA (N = 83; 95% CI 0.95–1.28) was", []),
     ("role function (P trend = .005, 95% CI 0.10-0.58)", []),
     ("the rate in 6 of 27 (95% CI 0.08 to 0.42) was", []),
     ("it was (t 1231=4.769, P<.001, 95% CI -0.41 to 4.43)", []),
     ("stay was shorter (10.5 vs. 8.6 days, 95% CI 0.6–3.3)", []),
     ("the change was -0.2% (95% CI -0.003 to -0.001)", ["holds"]),
     ("a 2.05-unit improvement (95% CI -3.5 to -0.6) was", ["holds"]),
     ("the difference was 0.63 (95% CI -0.02 to 0.15)", ["fails"]),
     ("survival was 156 days (95% CI 174.1–269.3)", ["question"])],
)  # fmt: skip
def test_limits_that_do_not_hold_a_number_may_be_of_another(text, levels):
    assert [f.level for f in of_text(text, "interval")] == levels


@pytest.mark.parametrize(
    ("behind", "asked"),
    [("P = 0.005", True), ("P = 0.005, test for interaction", False),
     ("P = 0.005 at ten years (log rank test)", False)],
)  # fmt: skip
def test_the_p_of_another_test_is_not_held_to_limits(behind, asked):
    found = of_text(f"risk rose (odds ratio 1.22; 95% CI 1.02-1.46; {behind}) there", "interval")
    assert any(f.level == "question" for f in found) == asked


def test_the_p_behind_the_second_of_two_means_compares_them():
    text = "the mean was -0.28 [95% CI -0.36 to -0.20]) versus control (mean -0.46 [95% CI {}])"
    for limits in ("-0.57 to -0.35; P = 0.02", "-0.57 to -0.35; P = 0.9"):
        assert {f.level for f in of_text(f"({text.format(limits)}.", "interval")} == {"holds"}
    text = "the mean change was larger (4.6, 95% CI 1.2-7.9 vs. -0.2, 95% CI -3.2-2.8, P = 0.03)"
    assert {f.level for f in of_text(text, "interval")} == {"holds"}


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("with P values of 0.0017 (HR = 1.74 [95% CI: 1.39, 2.09])", "question"),
        ("fewer died (P = 0.02; HR = 0.53; 95% CI: 0.30-0.92)", "holds"),
        ("fewer died (P = 0.20; adjusted odds ratio 0.53; 95% CI: 0.30-0.92)", "question"),
        ("(OR 0.9, 95% CI 0.5-1.6, P = 0.72, OR 0.53, 95% CI: 0.30-0.92)", None),  # of the first
    ],
)
def test_a_p_that_opens_the_brackets_of_an_estimate_is_its_own(text: str, level: str | None):
    found = {f.printed[:4]: f for f in of_text(text, "interval") if f.against.startswith("P ")}
    last = [f.level for printed, f in found.items() if printed != "0.9,"]
    assert last == ([level] if level else [])


def test_a_p_with_two_signs_is_no_estimate():
    told = "It was lower (p < = .001, 95% CI = -0.18 to -0.08) by 0.13 a week."
    document = Document("test", "", (Paragraph("Results", 1, told),), ())
    assert not [f for f in scan_document(document, "test").findings if f.check == "interval"]


@pytest.mark.parametrize(
    "text",
    ["the rate ratio was 2.91 (95% C.I.: 0.87 to 7.20) for men",
     "the rate ratio was 2.91 (95% confidence interval [CI] 0.87-7.20) for men",
     "the rate ratio was 2.91 (CI 95%: 0.87-7.20) for men"],
)  # fmt: skip
def test_limits_are_read_however_they_are_announced(text):
    assert [f.against for f in of_text(text, "interval")] == ["limits 0.87 and 7.20"]


def test_limits_with_commas_of_thousands_are_read_once():
    text = "Titres (95% CI) were 1,147.8 [891.5; 1,477.7] and 1,831.1 [1,441.2; 2,326.6]."
    assert {f.level for f in of_text(text, "interval")} == {"holds"}
