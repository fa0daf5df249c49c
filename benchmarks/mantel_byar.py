"""The Mantel-Byar test on (start, stop] rows, beside other packages' tests with late entry."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from benchmarks.harness import Columns, Task

Call = Callable[[], object]


def transplanted(n: int, rng: np.random.Generator) -> Columns:
    """Continuous times; half of the patients change state, 60 % of all die."""
    patients = (2 * n + 2) // 3
    end = rng.exponential(10, patients)
    change = np.where(np.arange(patients) % 2, end * rng.uniform(0.05, 0.95, patients), end)
    died = rng.random(patients) < 0.6
    moved = change < end
    columns = {
        "start": np.concatenate((np.zeros(patients), change[moved])),
        "stop": np.concatenate((change, end[moved])),
        "event": np.concatenate((died & ~moved, died[moved])).astype(float),
        "state": np.concatenate((np.zeros(patients), np.ones(moved.sum()))),
    }
    return {name: column[:n] for name, column in columns.items()}


def transplanted_in_days(n: int, rng: np.random.Generator) -> Columns:
    """The same in whole days of up to some ten years: heavily tied."""
    columns = transplanted(n, rng)
    start = np.floor(columns["start"] * 36)
    return columns | {"start": start, "stop": np.maximum(np.ceil(columns["stop"] * 36), start + 1)}


def ours(start: np.ndarray, stop: np.ndarray, event: np.ndarray, state: np.ndarray) -> Call:
    import pandas as pd
    import scipy.special  # noqa: F401  loaded by the first test, as statsmodels loads it at import

    from secondlook.transitions import mantel_byar

    frame = pd.DataFrame(
        {"start": start, "stop": stop, "event": event == 1, "state": state.astype(int)}
    )
    return lambda: mantel_byar(frame).p_value


def statsmodels(start: np.ndarray, stop: np.ndarray, event: np.ndarray, state: np.ndarray) -> Call:
    from statsmodels.duration.survfunc import survdiff

    died, group = event.astype(int), state.astype(int)
    return lambda: survdiff(stop, died, group, entry=start)


def argsort(start: np.ndarray, stop: np.ndarray, event: np.ndarray, state: np.ndarray) -> Call:
    return lambda: np.argsort(stop)


SIZES = [100, 1_000, 10_000, 100_000, 1_000_000]
_CONTENDERS = {
    "numpy.argsort": "benchmarks.mantel_byar:argsort",
    "secondlook": "benchmarks.mantel_byar:ours",
    "statsmodels (survdiff, entry)": "benchmarks.mantel_byar:statsmodels",
    "R survival (score test of coxph)": "mantel_byar.R:score_test",
}
TASKS = [
    Task("Mantel-Byar", transplanted, _CONTENDERS, unit="numpy.argsort"),
    Task("Mantel-Byar, tied", transplanted_in_days, _CONTENDERS, unit="numpy.argsort"),
]
