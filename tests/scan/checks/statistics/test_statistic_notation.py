"""How a statistic, its degrees of freedom and its P may be written."""

from __future__ import annotations

import pytest
from tests.scan.test_checks import of_text

from secondlook.scan import scan_document
from secondlook.scan.checks.statistics.statistic_notation import statistics
from secondlook.scan.document import Document, Paragraph


def levels(text: str) -> list[str]:
    """Return the levels of the statistics of a text."""
    document = Document("test", "", (Paragraph("Results", 1, text),), ())
    return [f.level for f in scan_document(document, "test").findings if f.check == "statistic"]


@pytest.mark.parametrize(
    ("text", "said"),
    # stats.f.sf(4.83, 8, 392) = 1.1e-5, stats.f.sf(3.332, 1, 14) = 0.0893
    [("F(8,392) = 4.83, p = 0.05", ["fails"]), ("F(1,315) = 0.278, p = 0.598", ["holds"]),
     ("F = 3.332; df = 1,14, p = 0.573", ["fails"]), ("F = 3.332, df = 1,14, p = 0.089", ["holds"]),
     ("F = 1.1; df = 1; p = 0.31", ["holds"]), ("F = 1.1; df = 1; p = 0.48", ["question"]),
     ("F = 1.1; p = 0.48", []), ("Wald=0.22, P=.64", ["holds"]),
     ("Wald = 2.00, P = .046", ["holds"]), ("Wald=0.22, P=.02", ["question"]),
     ("df = 1,14, p = 2.51", ["question"]),
     ("(p > 1)", ["question"]), ("p = 1.00", []), ("P = 2.5 × 10^-8", []), ("p = 2.5e-8", []),
     ("a ratio N/P = 2.5%", []), ("group P = 10.42 ± 2.81", []),
     # stats.f.sf(3.9, 5, 29) = 0.008, f.sf(2.83, 2, 17) = 0.087, chi2.sf(3.47, 3) = 0.325
     ("F(5, 29) = 3.9 and p < 0.001", ["fails"]), ("F(1, 42) = 3.14, p <. 05", ["fails"]),
     ("F2,17 = 2.83; insulin: F2,17 = 5.31; all p < 0.05", ["fails", "holds"]),
     ("F2,17 = 2.83, p = 0.09; insulin: F2,17 = 5.31; both p < 0.05", ["holds", "holds"]),
     ("F(1127) = 10.98, p < 0.001", ["question"]), ("F(1127) = 11.98, p < 0.001", ["holds"]),
     ("H = 3.47, df = 3, p = 0.092", ["question"]), ("H = 3.47, df = 3, p = 0.325", ["holds"]),
     ("t(133) = 1.23–1.81, p > 0.12", ["question", "holds"]),
     # 16.256 / (16.256 + 29) = 0.359
     ("F (1, 29) = 16.256, p < 0.05, ƞp^2 = 0.259", ["question", "holds"]),
     ("F (1, 29) = 16.256, p < 0.05, ƞp^2 = 0.359", ["holds", "holds"]),
     ("F (1, 29) = 16.256, p < 0.05, η^2 = 0.259", ["holds", "holds"]),
     ("F (1, 29) = 16.256, p < 0.05, ƞp^2 = 25.9", ["holds"])],
)  # fmt: skip
def test_an_f_or_a_wald_statistic_and_a_p_beyond_one(text, said):
    assert levels(f"There was an effect ({text}).") == said


# scipy.stats: 2 t.sf(2.1, 39) = 0.0423, f.sf(4.6, 1, 321) = 0.0327, 2 t.sf(1.94, 50.82) = 0.0580
@pytest.mark.parametrize(
    ("text", "level"),
    [("(P = 0.042*, t = 2.10, Df = 39)", "holds"),
     ("(P = 0.42, t = 2.10, Df = 39)", "fails"),
     ("it rose (P = 0.42, t = 2.10, Df = 39)", "fails"),
     ("(t = 5.27, P < 0.001; t = 2.92, as said)", "holds"),  # the P of the one before
     ("(F = 4.6, d.f. = 1/321, P = 0.033)", "holds"),
     ("(F = 4.6, d.f. = 1/321, P = 0.33)", "fails"),
     ("(t 50.82 = 1.94, P = .058)", "holds"),
     ("(t 50.82 = 1.94, P = .58)", "fails")],
)  # fmt: skip
def test_a_p_may_stand_before_its_statistic_and_degrees_of_freedom_behind(text, level):
    assert [f.level for f in of_text(text, "statistic")] == [level]


def test_degrees_of_freedom_that_lost_their_comma_are_two_behind_an_f_as_well():
    assert levels("F = 0.434; df = 1.54; p = 0.513") == ["holds"]  # stats.f.sf(0.434, 1, 54)
    assert levels("F = 0.434; df = 1.54; p = 0.713") == ["fails"]
    assert levels("F(1, 85) = 12.3, p < .0.05") == []  # no P


@pytest.mark.parametrize(
    ("text", "level"),
    # scipy.stats: 0.033, 0.19, 0.035, 0.041, 0.083, 0.0368
    [("χ^2 2 = 6.8, P = .03", "holds"), ("χ^2 2 = 6.8, P = .40", "fails"),
     ("χ^2 1,85 = 1.71, P = .19", "holds"), ("χ^2(1, 85) = 1.71, P = .60", "fails"),
     ("F(1/48) = 4.73, p = 0.035", "holds"), ("t29 = 2.14, two-tailed p = 0.041", "holds"),
     ("F1·4,15·1 = 3·217, P = 0·45", "fails"),
     ("Spearman's ρ = 0.35, n = 36, p = 0.37", "fails"),
     ("r = 0.35, n = 36, 95% CI 0.02 to 0.61, p = 0.036", "holds")],
)  # fmt: skip
def test_degrees_of_freedom_are_read_in_many_forms(text, level):
    assert levels(f"It differed ({text}).") == [level]


def test_a_statistic_stands_behind_a_word_with_a_colon_or_a_decimal_comma():
    assert levels("It differed (χ2: 5.79; P = 0.0016).") == ["fails"]
    assert levels("It differed (F(1, 24) = 4,50, p < 0.05).") == ["holds"]
    assert levels("It differed (F(1, 24) = 4,50, p < 0.005).") == ["fails"]
    assert levels("We saw 61 patients (correlation coefficient: 0.145, P < 0.05).") == ["question"]


@pytest.mark.parametrize(
    "text",
    ["chi2(28) = 2.20, p = .03", "X2(28) = 2.20, p = .03", "chi_2(28) = 2.20, p = .03",
     "chi2(28, N = 129) = 2.2, p = .03", "chi2(1, N = 11,455) = 16.78, p <.001",
     "chi2(1, n = 81) = 3.25, p = 0.07", " chi2 ( 28 ) = 2.20 , p = .03", "chi2(28)=2.20,p=.03",
     "χ^2(28) = 2.20, p = .03", "t ( 28 ) = 2.20 , p = .03", "t(28)=2.20,p=.03",
     "t(28) = 2,000.20, p = .03", "t(28.1) = 2.20, p = .03", "t(28) = 2.20, p = .5e-3",
     "χ^2 = 6.6, df = 5, P = 0.247"],
)  # fmt: skip
def test_every_way_to_print_a_statistic_is_read(text):
    assert len(list(statistics(text))) == 1


@pytest.mark.parametrize("text", ["t(2,28) = 2.20, p = .03", "t(28) = 2.20, p = 1.03"])
def test_what_cannot_be_a_test_is_not_read(text):
    assert list(statistics(text)) == []


@pytest.mark.parametrize("p", ["= 0.112", "< 0.001"])
def test_a_comma_in_an_f_is_a_decimal_sign_where_the_p_says_so(p):
    (found,) = of_text(f"It rose, F(1, 21) = 2,752, p {p}.", "statistic")
    assert found.level == "holds"
