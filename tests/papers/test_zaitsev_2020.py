"""Correct: what three of three can say, in closed form; the citation line by hand.

Stable: the number of claims by verdict, and the faults seen in the reference list.
"""

from numpy.testing import assert_allclose

from papers.zaitsev_2020 import cases, reference_list
from secondlook import claims

KEY = "zaitsev-2020"


def test_every_claim_is_reproduced_but_the_two_dates():
    assert [j.verdict for j in claims.judge(KEY)] == ["reproduced"] * 7 + ["not-derivable"] * 2


def test_three_of_three_leave_the_cube_root_of_the_error_as_lower_bound():
    found = cases.bounds()
    assert_allclose(found.one_sided, 0.05 ** (1 / 3), rtol=1e-12)
    assert_allclose(found.two_sided, 0.025 ** (1 / 3), rtol=1e-12)
    assert f"{found.one_sided:.3f} {found.two_sided:.3f}" == "0.368 0.292"


def test_a_uniform_prior_gives_fifteen_to_one_for_a_rate_above_one_half():
    first = cases.intervals().iloc[0]
    assert_allclose(first["uniform, Beta(1, 1)"], 1 - 0.5**4, rtol=1e-12)


def test_a_harm_that_nobody_had_can_still_be_common():
    assert_allclose(cases.upper_limit_of_harm(), 1 - 0.025 ** (1 / 3), rtol=1e-9)


def test_three_successes_are_likely_if_enough_patients_were_treated():
    assert_allclose(cases.against(0.26), 0.26**3, rtol=1e-12)
    none_to_two = 0.74**12 + 12 * 0.26 * 0.74**11 + 66 * 0.26**2 * 0.74**10
    assert_allclose(cases.selected(0.26, 12), 1 - none_to_two, rtol=1e-12)
    assert cases.needed(0.5) == 5


def test_the_faults_of_the_reference_list_are_found():
    faults = reference_list.faults().groupby("fault")["number"].apply(list).to_dict()
    assert faults == {
        "no journal": [13, 14, 23, 31],
        "no DOI": [5, 17],
        'DOI without its first part, "10."': [4, 6, 8, 9, 20, 28],
        '"dol" for "doi"': [6],
    }
