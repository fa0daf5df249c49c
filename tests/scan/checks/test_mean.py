"""Which means and SD whole numbers, or zeros and ones, can have."""

from __future__ import annotations

from tests.scan.test_checks import of_table


def means(*rows: list[str], n: int = 9) -> list[tuple[str, str]]:
    found = of_table(["", f"A (n = {n})", "B (n = 20)", "P"], *rows, check="mean")
    return [(f.level, f.reading) for f in found.values()]


def test_whole_numbers_are_accused_if_no_number_of_patients_has_their_mean():
    (found,) = means(["Number of children, mean (SD)", "2.44 (1.01)", "", ""])
    assert found[0] == "holds"  # 22 of 9
    (found,) = means(["Number of children, mean (SD)", "2.14 (1.07)", "", ""])
    assert found == (
        "question",
        "no 9 whole numbers have this mean and SD; holds if 7 of 9 had data",
    )
    assert not means(["Number of children, mean (SD)", "2.38 (1.06)", "", ""])  # 8 of 9 may
    (found,) = means(["Number of children, mean (SD)", "2.47 (1.01)", "", ""])
    assert found == ("fails", "no whole numbers have this mean and SD, of whatever number up to 9")


def test_zeros_and_ones_have_one_sd_where_the_label_says_so():
    label = "Smoker (1 = yes), mean (SD)"
    assert means([label, "0.44 (0.53)", "", ""])[0][0] == "holds"
    assert means([label, "0.44 (0.50)", "", ""])[0][0] == "holds"  # divided by n
    assert means([label, "0.44 (0.35)", "", ""])[0][0] == "fails"
    for other in ("Women, mean (SD)", "Albumin, mean (SD)"):  # a ratio of women, as it may be
        assert not means([other, "0.44 (0.35)", "", ""])


def test_what_stands_behind_a_plus_and_minus_may_be_a_standard_error_if_nothing_says_sd():
    (found,) = means(["Number of embryos", "2.78 ±0.15", "", ""], n=51)
    assert found[0] == "holds"
    (found,) = means(["Number of embryos", "2.46 ±0.15", "", ""])  # no mean of 9 or fewer
    assert found[0] == "fails"
    (found,) = means(["Number of embryos, mean ± SD", "2.78 ±0.15", "", ""], n=51)
    assert found[0] == "fails"
    (found,) = means(["Number of cigarettes, mean (SD)", "2.47 (1.01)", "", ""])
    assert found[0] == "question"
    assert not means(["Number of CD34 cells, mean (SD)", "2.47 (1.01)", "", ""])
    assert not means(["Number of children per woman, mean (SD)", "2.47 (1.01)", "", ""])


def test_what_has_a_unit_is_no_whole_number():
    rows = [["", "A (n = 46)", "B (n = 46)", "P"]]
    rows += [["fentanyl consumption (μg), no. of patients and %", "5.08 ± 9.6", "2.02 ± 5.97", "-"]]
    assert not of_table(*rows, check="mean")
