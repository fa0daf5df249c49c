"""Correct: every claim of every paper has the verdict that is expected of it."""

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
