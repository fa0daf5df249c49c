"""Correct: what three of three can say, in closed form; the citation line by hand.

Stable: the number of claims by verdict, and the faults seen in the reference list.
"""

from numpy.testing import assert_allclose

import papers.zaitsev_2020 as paper
from secondlook import claims


def test_every_claim_is_reproduced_but_the_two_dates():
    verdicts = {judged.claim.id: judged.verdict for judged in claims.judge(paper.KEY)}
    open_ones = {claim for claim, verdict in verdicts.items() if verdict == "not-derivable"}
    assert open_ones == {"received", "accepted"}
    assert set(verdicts.values()) == {"reproduced", "not-derivable"}
    assert len(verdicts) == 9


def test_three_of_three_leave_the_cube_root_of_half_the_error_as_lower_limit():
    assert_allclose(paper.lowest_rate(3), 0.025 ** (1 / 3), rtol=1e-12)


def test_six_of_six_exclude_one_half_and_five_of_five_do_not():
    assert 0.5**5 > 0.025 > 0.5**6
    assert paper.needed_to_exclude(0.5) == 6


def test_three_successes_are_likely_if_enough_patients_were_treated():
    found = paper.chances((3, 12)).set_index("rate").loc["26"]
    none_to_two = 0.74**12 + 12 * 0.26 * 0.74**11 + 66 * 0.26**2 * 0.74**10
    assert_allclose([found["3"], found["12"]], [0.26**3, 1 - none_to_two], rtol=1e-12)


def test_the_faults_of_the_reference_list_are_found():
    assert paper.faults().set_index("fault")["references"].to_dict() == {
        "no journal": "13, 14, 23, 31",
        "no DOI": "5, 17",
        'DOI without its first part, "10."': "4, 6, 8, 9, 20, 28",
        '"dol" for "doi"': "6",
        "another journal than its DOI belongs to": "22",
    }
