"""Kaplan-Meier with a standard error, and with pointwise limits, beside other packages."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from benchmarks.harness import Columns, Task

Call = Callable[[], object]


def exponential(n: int, rng: np.random.Generator) -> Columns:
    """Continuous times, 60 % deaths."""
    return {"time": rng.exponential(10, n), "event": (rng.random(n) < 0.6).astype(float)}


def argsort(time: np.ndarray, event: np.ndarray) -> Call:
    return lambda: np.argsort(time)


def ours(time: np.ndarray, event: np.ndarray) -> Call:
    from secondlook.survival import kaplan_meier

    died = event == 1
    return lambda: kaplan_meier(time, died).std_error


def ours_with_limits(time: np.ndarray, event: np.ndarray) -> Call:
    from secondlook.survival import kaplan_meier

    died = event == 1

    def call() -> object:
        curve = kaplan_meier(time, died, interval="log")
        return curve.std_error, curve.lower, curve.upper

    return call


def ours_with_table(time: np.ndarray, event: np.ndarray) -> Call:
    from secondlook.survival import kaplan_meier

    died = event == 1
    return lambda: kaplan_meier(time, died).table


def statsmodels(time: np.ndarray, event: np.ndarray) -> Call:
    from statsmodels.duration.survfunc import SurvfuncRight

    died = event.astype(int)
    return lambda: SurvfuncRight(time, died).surv_prob_se


def lifelines(time: np.ndarray, event: np.ndarray) -> Call:
    from lifelines import KaplanMeierFitter

    died = event == 1
    return lambda: KaplanMeierFitter().fit(time, died).confidence_interval_


def scikit_survival(time: np.ndarray, event: np.ndarray) -> Call:
    from sksurv.nonparametric import kaplan_meier_estimator

    died = event == 1
    return lambda: kaplan_meier_estimator(died, time, conf_type="log-log")


SIZES = [100, 1_000, 10_000, 100_000, 1_000_000]
TASKS = [
    Task(
        "Kaplan-Meier",
        exponential,
        {
            "numpy.argsort": "benchmarks.kaplan_meier:argsort",
            "secondlook (standard error)": "benchmarks.kaplan_meier:ours",
            "secondlook (log limits)": "benchmarks.kaplan_meier:ours_with_limits",
            "secondlook (table)": "benchmarks.kaplan_meier:ours_with_table",
            "statsmodels (standard error)": "benchmarks.kaplan_meier:statsmodels",
            "lifelines (log-log limits)": "benchmarks.kaplan_meier:lifelines",
            "scikit-survival (log-log limits)": "benchmarks.kaplan_meier:scikit_survival",
            "R survival (log limits)": "kaplan_meier.R:survfit_with_limits",
        },
        unit="numpy.argsort",
    )
]
