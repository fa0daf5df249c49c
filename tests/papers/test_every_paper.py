"""Correct: every claim of every paper has the verdict that is expected of it."""

import subprocess
import sys

import pytest

from secondlook import claims

KEYS = tuple(claims.keys())


@pytest.mark.parametrize("key", KEYS)
def test_every_claim_has_the_verdict_that_is_expected(key):
    wrong = [
        (each.claim.id, each.claim.printed, each.verdict, each.claim.expect)
        for each in claims.judge(key)
        if not each.as_expected
    ]
    assert wrong == []


def test_no_paper_is_left_out():
    papers = {"kucukciler-2021", "kayser-2022", "morley-2016", "zaitsev-2020", "droracle-2025"}
    assert papers <= set(KEYS)


def test_no_ledger_needs_what_takes_longer_to_load_than_to_compute():
    heavy = ["pandas", "scipy.stats", "scipy.optimize", "matplotlib"]
    program = (
        "import sys; from secondlook import claims;"
        "[claims.judge(key) for key in claims.keys()];"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout == "[]\n", done.stderr
