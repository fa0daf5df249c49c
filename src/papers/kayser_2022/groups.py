"""Ages and bone marrow involvement of a constructed set that gives the printed P values.

The paper prints how many patients had bone marrow involvement, and median and range of the ages,
but not whose they are. ``groups.csv`` gives them to the patients of one set of `constructed`, so
that all this holds and each P is as printed: a witness that these P can stand beside what is
printed of survival, and no patient's data. data/kayser-2022/make/groups.py looks for it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache

import numpy as np

from papers.kayser_2022 import constructed
from papers.kayser_2022.data import KEY, said
from papers.kayser_2022.narrative import COMPLETE, Set, linked_cohort
from secondlook import data, printed
from secondlook.claims import Possible, Result, printed_text
from secondlook.inputs import BoolArray, FloatArray
from secondlook.proportions import fisher_exact
from secondlook.survival import log_rank
from secondlook.transitions.partial_likelihood import maximise, risk_intervals

NO_DIFFERENCE = 0.05
"""Above this P of Fisher's exact test remissions do not differ by bone marrow involvement."""
OLDEST_TRANSPLANTED = 70
"""Nobody of more years is transplanted: assumed, for whose an age is is not printed."""


def tests() -> Mapping[str, Result]:
    """Return the P values by age and by bone marrow involvement in the constructed set."""
    rows, of_set = witness(), "in a constructed set"
    has = "that has what is printed on survival, ages and bone marrow involvement"
    return {
        claim: Possible(p_of(rows), f"{test} {of_set} {has}", found_in=of_set)
        for claim, (test, p_of) in TESTS.items()
    }


@cache
def witness() -> Set:
    """Return the constructed set with the columns age and marrow (1 if involved), verified."""
    table = data.columns(KEY, "groups")
    (name,) = set(table.pop("set").tolist())
    rows = {**constructed.columns()[name], **table}
    if unmet := [*unmet_groups(rows), *unmet_tests(rows)]:
        raise ValueError(f"the groups of the set {name} do not give {', '.join(unmet)}")
    return rows


def unmet_groups(rows: Set) -> Iterator[str]:
    """Give what is printed or assumed of ages and bone marrow involvement that a set has not."""
    yield from unmet_ages(rows)
    yield from unmet_marrow(rows)


def unmet_ages(rows: Set) -> Iterator[str]:
    """Give what is printed or assumed of ages that a set has not."""
    ages = rows["age"]
    found = {
        "met-age-median": np.median(ages),
        "met-age-min": ages.min(),
        "met-age-max": ages.max(),
    }
    yield from (claim for claim, value in found.items() if value != said(claim))
    if ages[np.isfinite(rows["transplant_time"])].max() > OLDEST_TRANSPLANTED:
        yield f"nobody above {OLDEST_TRANSPLANTED} years transplanted"


def unmet_marrow(rows: Set) -> Iterator[str]:
    """Give what is printed of bone marrow involvement that a set has not."""
    marrow, complete = rows["marrow"] == 1, rows["response"] == COMPLETE
    if marrow.sum() != said("res-bm-n"):
        yield "res-bm-n"
    table = [[(one & two).sum() for two in (complete, ~complete)] for one in (marrow, ~marrow)]
    if fisher_exact(table).p_value <= NO_DIFFERENCE:
        yield "no difference in remissions by bone marrow involvement"


def unmet_tests(rows: Set, claims: Iterable[str] = ()) -> Iterator[str]:
    """Give those of the claims, all if none is named, whose P a set does not print."""
    for claim in claims or TESTS:
        text, (_, p_of) = printed_text(KEY, claim), TESTS[claim]
        if any(printed.verdict(text, p) != "reproduced" for p in p_of(rows)):
            yield claim


def by_age(rows: Set) -> Iterator[float]:
    """Give the P of age in a Cox model of overall survival."""
    yield _cox(rows, rows["age"])


def by_old_age(rows: Set) -> Iterator[float]:
    """Give the P of an age from the printed cut-off on in a Cox model of overall survival."""
    yield _cox(rows, rows["age"] >= said("res-age-cut"))


def by_marrow(rows: Set) -> Iterator[float]:
    """Give the P of overall survival by bone marrow involvement, of all and of the 17.

    The sentence before the P is on the 17 in complete remission; whether it is, too, is not said.
    """
    inside = rows["response"] == COMPLETE
    for part in (inside | True, inside):
        yield log_rank(*(rows[name][part] for name in ("time", "event", "marrow"))).p_value


def free_by_marrow(rows: Set) -> Iterator[float]:
    """Give the P of relapse-free survival of the 17 by bone marrow involvement."""
    inside, cohort = rows["response"] == COMPLETE, linked_cohort(rows) | {"marrow": rows["marrow"]}
    free = (cohort[name][inside] for name in ("part_time", "part_event", "marrow"))
    yield log_rank(*free).p_value


def _cox(rows: Set, covariate: FloatArray | BoolArray) -> float:
    """Return the P of one covariate by Wald's test, with Efron's ties, as R prints it."""
    # Of arrays alone: a ledger is judged without the frames of `andersen_gill`, which load slowly.
    column = np.asarray(covariate, dtype=float)[:, np.newaxis]
    start, stratum = np.zeros(len(column)), np.zeros(len(column), dtype=np.int64)
    died = rows["event"] == 1
    fit = maximise(
        risk_intervals(column, start, rows["time"], died, stratum, "efron"), ["covariate"]
    )
    z = float(fit.beta[0]) * math.sqrt(fit.at_maximum.information[0, 0])
    return math.erfc(abs(z) / math.sqrt(2))


TESTS: Mapping[str, tuple[str, Callable[[Set], Iterator[float]]]] = {
    "res-age-p": ("Cox regression on age", by_age),
    "res-age-60-p": ("Cox regression on an age of 60 years or more", by_old_age),
    "res-emd-os-p": ("log-rank test of all, and of the 17 in complete remission,", by_marrow),
    "res-emd-rfs-p": ("log-rank test of the 17 in complete remission", free_by_marrow),
}
"""The test of each claim in words, and what computes its P, under each reading of the sentence."""
