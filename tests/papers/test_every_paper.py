"""Correct: every claim of every paper has one result, and the verdict that is expected of it."""

from functools import cache

import pytest

from secondlook import claims

KEYS = tuple(claims.keys())
recompute = cache(claims.recompute)


@pytest.mark.parametrize("key", KEYS)
def test_every_claim_has_one_result_and_every_result_one_claim(key):
    ids = [claim.id for claim in claims.read(key)]
    assert sorted(ids) == sorted(recompute(key))


@pytest.mark.parametrize("key", KEYS)
def test_every_claim_has_the_verdict_that_is_expected(key):
    judged = claims.compare(claims.read(key), recompute(key))
    wrong = [
        (each.claim.id, each.claim.printed, each.verdict, each.claim.expect)
        for each in judged
        if not each.as_expected
    ]
    assert wrong == []


def test_no_paper_is_left_out():
    papers = {"kucukciler-2021", "kayser-2022", "morley-2016", "zaitsev-2020", "droracle-2025"}
    assert papers <= set(KEYS)
