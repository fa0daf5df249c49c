"""The studies to be pooled: a count and a size each, checked once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from secondlook.proportions.counts import count_of

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Studies:
    """Counts and sizes, both of shape (k,)."""

    counts: FloatArray
    sizes: FloatArray

    @classmethod
    def of(cls, counts: ArrayLike, sizes: ArrayLike) -> Studies:
        """Check and keep the studies.

        Raises
        ------
        ValueError
            Naming the study by its position, if a count or size is not a
            whole number or the count exceeds the size; if there are fewer
            than two studies; if all patients, or none, had the event.
        """
        x, n = np.asarray(counts), np.asarray(sizes)
        if x.ndim != 1 or x.shape != n.shape:
            raise ValueError(
                f"counts has shape {x.shape} and sizes {n.shape}; give one of each for every study."
            )
        if x.size < 2:
            raise ValueError(
                f"There is {x.size} study; pooling needs two. Use proportions.interval for one."
            )
        for position, (count, size) in enumerate(zip(x.tolist(), n.tolist(), strict=True)):
            try:
                count_of(count, size)
            except ValueError as error:
                raise ValueError(f"Study {position}: {error}") from None
        events, patients = x.sum(), n.sum()
        if events in (0, patients):
            raise ValueError(
                f"{int(events)} of {int(patients)} patients had the event: no model can be fitted. "
                "Use proportions.interval on the total, which then assumes one common proportion."
            )
        return cls(x.astype(np.float64), n.astype(np.float64))

    @property
    def k(self) -> int:
        """The number of studies."""
        return int(self.counts.size)
