"""Correct: the scale of a covariate does not matter."""

from __future__ import annotations

import pandas as pd
import pytest
from numpy.testing import assert_allclose

from secondlook import transitions


@pytest.mark.parametrize("scale", [1e-200, 1e200])
def test_a_cox_model_does_not_mind_the_scale_of_a_covariate(scale):
    rows = pd.DataFrame(
        {
            "start": 0,
            "stop": [1, 2, 3, 4, 5],
            "event": 1,
            "x": [2, 1, 2, 3, 1],
            "y": [0, 1, 0, 0, 1],
        }
    )
    expected = transitions.andersen_gill(rows, ["x", "y"])
    found = transitions.andersen_gill(rows.assign(x=scale * rows["x"]), ["x", "y"])
    assert_allclose(found.table["z"], expected.table["z"], rtol=1e-9)
    assert_allclose(
        found.table.loc["x", "coefficient"] * scale, expected.table.loc["x", "coefficient"]
    )


def test_a_large_covariate_beside_an_indicator_hides_nothing():
    rows = pd.DataFrame(
        {
            "start": 0, "stop": [1, 2, 3, 4, 5], "event": 1,
            "big": [2e11, 1e11, 2e11, 3e11, 1e11], "y": [0, 1, 0, 0, 1],
        }
    )  # fmt: skip
    assert transitions.andersen_gill(rows, ["big", "y"]).table["coefficient"].notna().all()
