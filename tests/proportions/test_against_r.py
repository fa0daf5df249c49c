"""Stable: R gives afresh what the committed oracle holds, with which the other tests compare."""

import math

import pytest
from numpy.testing import assert_allclose
from tests.oracles import read_oracle, rerun_r


def assert_same(fresh, committed, place="oracle"):
    if isinstance(committed, dict):
        assert fresh.keys() == committed.keys(), place
        for key in committed:
            assert_same(fresh[key], committed[key], f"{place}.{key}")
    elif isinstance(committed, list):
        assert len(fresh) == len(committed), place
        for position, (a, b) in enumerate(zip(fresh, committed, strict=True)):
            assert_same(a, b, f"{place}[{position}]")
    elif isinstance(committed, float) and math.isfinite(committed):
        assert_allclose(fresh, committed, rtol=1e-10, atol=1e-14, err_msg=place)
    else:
        assert fresh == committed, place


@pytest.mark.oracle
def test_r_afresh_gives_the_committed_values():
    fresh, committed = dict(rerun_r("proportions")), dict(read_oracle("proportions"))
    for values in (fresh, committed):
        values.pop("made_with")
    assert_same(fresh, committed)
