"""What three of three patients with the same outcome can say, and what not."""

from __future__ import annotations

import pandas as pd

from papers.zaitsev_2020.data import number
from secondlook.proportions import (
    Unanimous,
    binomial_test,
    interval,
    patients_needed,
    posterior,
    unanimous,
)

# Name -> the two parameters of a Beta prior for the rate of response.
PRIORS = {"uniform, Beta(1, 1)": (1.0, 1.0), "Jeffreys, Beta(1/2, 1/2)": (0.5, 0.5)}


def patients() -> int:
    """Return the number of patients."""
    return number("title-cases")


def bounds(n: int | None = None) -> Unanimous:
    """Return the lower bounds of a rate of which `n` of `n` are seen (3 of 3 by default)."""
    return unanimous(patients() if n is None else n)


def intervals() -> pd.DataFrame:
    """Exact and Bayesian limits for n of n patients.

    Returns
    -------
    pandas.DataFrame
        n, one_sided, two_sided (95% lower limits of the rate), and for each prior the posterior
        probability that the rate exceeds one half.
    """
    rows = []
    for n in (patients(), 5, 10, 20, 30):
        found = unanimous(n)
        rows.append(
            {"n": n, "one_sided": found.one_sided, "two_sided": found.two_sided}
            | {
                name: posterior(n, n, prior=prior).probability_above(0.5)
                for name, prior in PRIORS.items()
            }
        )
    return pd.DataFrame(rows)


def against(rate: float) -> float:
    """Return the probability that all patients respond where the rate is `rate`.

    It is the one-sided P value of three responses of three.
    """
    n = patients()
    return binomial_test(n, n, rate, alternative="greater").p_value


def needed(rate: float) -> int:
    """Return how many of how many have to respond before `rate` is excluded (one-sided, 5%)."""
    return patients_needed(rate)


def upper_limit_of_harm() -> float:
    """Return the upper 95% limit of a harm that none of the patients had (Clopper-Pearson)."""
    return interval(0, patients()).upper


def selected(rate: float, treated: int) -> float:
    """Return the chance that at least three of `treated` patients respond at a rate.

    Successes are reported more readily than failures: three reported successes need not be three
    patients in a row.
    """
    return binomial_test(patients(), treated, rate, alternative="greater").p_value
