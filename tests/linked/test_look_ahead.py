"""Correct: the bounds that prune the search never exclude a value that can be reached."""

from __future__ import annotations

import numpy as np
import pytest

from secondlook.linked.look_ahead import _HIGHEST_LOWER_LIMIT
from secondlook.linked.problem import IntervalScale, limits_of
from secondlook.survival import INTERVAL_TYPES


@pytest.mark.parametrize("kind", INTERVAL_TYPES)
def test_limits_in_a_box_lie_between_the_limits_at_its_bounds(kind):
    rng = np.random.default_rng(11)
    scale = IntervalScale(kind, 0.95)
    for _ in range(500):
        low, high = np.sort(rng.uniform(0.001, 0.999, 2))
        near, far = np.sort(rng.exponential(0.3, 2))
        inside = limits_of(rng.uniform(low, high, 50), rng.uniform(near, far, 50), scale)

        def at(height, spread):
            return [
                float(limit[0])
                for limit in limits_of(np.array([height]), np.array([spread]), scale)
            ]

        peak = np.clip(_HIGHEST_LOWER_LIMIT[kind](scale.z * np.sqrt(np.array([near]))), low, high)
        least = min(at(low, far)[0], at(high, far)[0])
        assert (inside[0] >= least - 1e-12).all()
        assert (inside[0] <= at(peak[0], near)[0] + 1e-12).all()
        assert (inside[1] >= at(low, near)[1] - 1e-12).all()
        assert (inside[1] <= at(high, far)[1] + 1e-12).all()
