"""Random cohorts, and their curves printed as a `curves:` block prints them."""

import math

import numpy as np

from secondlook.admissible import CurveFacts
from secondlook.printed import show
from secondlook.survival import follow_up, kaplan_meier

KINDS = ("usual", "ties", "heavy", "none", "tail")


def cohort(rng, n=None, kind=None):
    """Times and deaths: usual censoring, whole months, heavy or no censoring, or all cut at 36."""
    n = n or int(np.exp(rng.uniform(np.log(20), np.log(500))))
    kind = kind or rng.choice(KINDS)
    death = rng.weibull(rng.uniform(0.7, 1.4), n) * rng.uniform(9, 30)
    censored = rng.uniform(rng.uniform(0, 20), rng.uniform(30, 60), n)
    if kind == "none":
        censored = np.full(n, np.inf)
    elif kind == "heavy":
        censored = rng.uniform(0, rng.uniform(6, 20), n)
    elif kind == "tail":
        censored = np.minimum(censored, 36.0)
    time, event = np.minimum(death, censored), death <= censored
    digits, least = (0, 1.0) if kind == "ties" else (1, 0.1)
    return np.maximum(np.round(time, digits), least), event


def block(time, event, rng, interval="log", *, deaths=False, followed=False):
    """Print at risk at 5 to 12 ticks, S(12) and S(24) with limits, the median with limits."""
    step = max(1, math.ceil(time.max() / rng.integers(5, 13)))
    ticks = [step * tick for tick in range(math.ceil(time.max() / step) + 1)]
    found = as_printed(time, event, ticks, (12, 24), interval)
    if deaths:
        found["deaths"] = str(int(event.sum()))
    if followed:
        reverse = follow_up(time, event, interval=interval).quantile(0.5)
        found["follow_up"] = as_text([reverse.estimate, reverse.lower, reverse.upper], "1")
    return found


def as_printed(time, event, ticks, times, interval):
    """A block: at risk at every tick, S(t) with limits at some times, the median with limits."""
    curve = kaplan_meier(time, event, interval=interval)
    survival = {}
    for at in times:
        row = curve.at(float(at)).iloc[0]
        values = [100 * float(row[part]) for part in ("survival", "lower", "upper")]
        if not any(math.isnan(value) for value in values):
            survival[at] = as_text(values, "1")
    quantile = curve.quantile(0.5)
    return {
        "n": str(len(time)),
        "at_risk": " ".join(map(str, curve.at(ticks)["at_risk"])),
        "ticks": str(ticks[1]),
        "interval": interval,
        "survival": survival,
        "median": as_text([quantile.estimate, quantile.lower, quantile.upper], "1.1"),
    }


def as_text(values, like):
    estimate, lower, upper = (
        "NR" if math.isnan(value) else show(value, like=like) for value in values
    )
    return f"{estimate} ({lower}-{upper})"


def random_case(seed, n=None, kind=None):
    """A cohort, its type of interval and its facts, all from a seed."""
    rng = np.random.default_rng(seed)
    time, event = cohort(rng, n, kind)
    interval = str(rng.choice(["log", "log", "log-log", "log-log", "plain", "logit", "arcsine"]))
    printed = block(
        time, event, rng, interval, deaths=rng.random() < 0.5, followed=rng.random() < 0.5
    )
    return time, event, CurveFacts.read("os", printed)
