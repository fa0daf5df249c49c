"""Correct: what three of three can say, in closed form; the citation line by hand.

Stable: the number of claims by verdict, and the faults seen in the reference list.
"""

from datetime import datetime
from pathlib import Path

import pandas as pd
from numpy.testing import assert_allclose

import papers.zaitsev_2020 as paper
from secondlook import claims


def test_every_verdict_is_the_one_of_the_list():
    listed = pd.read_csv(Path(__file__).with_name(f"{paper.KEY}-verdicts.csv")).set_index("id")
    found = {judged.claim.id: judged.verdict for judged in claims.judge(paper.KEY)}
    assert found == listed["verdict"].to_dict()


def test_received_accepted_and_the_issue_are_in_order():
    dates = [claims.printed_text(paper.KEY, claim) for claim in ("received", "accepted")]
    received, accepted = (datetime.strptime(date, "%B %d, %Y") for date in dates)
    assert received < accepted < datetime(int(claims.said(paper.KEY, "citation-year")), 1, 1)


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
