"""Who was treated and how: Sections 2 and 3.1, Table 1, CD33."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from papers.kucukciler_2021.data import (
    KEY,
    PATIENTS,
    characteristic,
    cohort,
    described,
    printed_text,
    reference,
    said,
    schedules,
)
from secondlook.claims import Contradicted, Derived, NotDerivable, Possible, Result
from secondlook.data import load
from secondlook.printed import Bounds, admits

ONCE = "the patients' records; the paper says it only here"


def age_conflict() -> bool:
    """Say whether the middle age, by the printed counts 65 or more, contradicts the median."""
    middle = (PATIENTS + 1) // 2
    below_65 = characteristic("Age", "<65", "count")
    return said("t1-age-median") < 65 and below_65 < middle


def cd33_levels() -> NDArray[np.float64]:
    """Return the 20 known CD33 levels, percent of blasts, in order."""
    return np.sort(cohort()["cd33"].dropna().to_numpy(dtype=np.float64))


@dataclass(frozen=True)
class Together:
    """What the known CD33 levels allow for a median and a mean over the same patients.

    Attributes
    ----------
    least
        The least unknown level that lets all 21 have the printed median.
    means
        The mean over all 21 with that level, and with the highest printed one.
    below
        The unknown level below which the mean over all 21 prints as in Table 1.
    possible
        Whether the printed median and the printed mean can be had over the same patients.
    """

    least: int
    means: tuple[float, float]
    below: float
    possible: bool


def cd33_together() -> Together:
    """Seek one set of patients, the known or all, with the median and the mean that are printed."""
    known, mean = cd33_levels(), admits(printed_text("t1-cd33"))
    median = admits(printed_text("res-cd33-median")).rounded
    lowest, highest = int(said("met-cd33-cutoff")) + 1, int(said("res-cd33-max"))
    sets = {level: np.append(known, level) for level in range(lowest, highest + 1)}
    fitting = [level for level, values in sets.items() if np.median(values) in median]
    means = [float(sets[level].mean()) for level in (min(fitting), max(fitting))]
    return Together(
        min(fitting),
        (means[0], means[1]),
        float(mean.either.upper) * PATIENTS - float(known.sum()),
        any(
            np.median(values) in median and float(values.mean()) in mean.either
            for values in [known, *sets.values()]
        ),
    )


def cd33_median_range() -> Bounds:
    """Bound the median CD33 of all 21 patients, whatever the one unknown value is."""
    known = cd33_levels()
    # A 21st value below, between or above the two middle ones of 20 leaves the median in between.
    return Bounds(known[9], known[10], True, True)


def ecog_2_range() -> Bounds:
    """Bound the patients with ECOG 2: of the 16 with 2 or 3, and enough to hold the median of 2."""
    ecog_1 = characteristic("Performance status", "ECOG 1", "count")
    middle = (PATIENTS + 1) // 2
    return Bounds(
        middle - ecog_1, characteristic("Performance status", "ECOG 2–3", "count"), True, True
    )


def median_ecog() -> int:
    """Return the median ECOG status from 5 patients with 1, 9 with 2 and the others with 3."""
    ecog_1 = characteristic("Performance status", "ECOG 1", "count")
    ecog_2 = int(said("res-ecog-2-n"))
    ecog_3 = characteristic("Performance status", "ECOG 2–3", "count") - ecog_2
    scores = np.repeat([1, 2, 3], [ecog_1, ecog_2, ecog_3])
    return int(np.median(scores))


def methods() -> Mapping[str, Result]:
    """Section 2."""
    plan, levels = schedules(), cd33_levels()
    treated = [int(n) for n in plan["patients"].to_numpy()]
    results: dict[str, Result] = {
        "met-patients": Derived(sum(treated), "sum of the patients on the three schedules"),
        "met-centers": _centers(),
        "met-cd33-cutoff": Possible(
            Bounds(0, float(levels.min()), True, False),
            "every cut-off below the lowest level known in Table 4",
        ),
        "met-schedules": Derived(len(plan), "schedules listed in the same section"),
        "met-nccn": Derived(
            reference(13, "version") + Fraction(reference(13, "year"), 10_000),
            "restated: version and year of reference 13",
        ),
        "met-spss": NotDerivable("the analysis files"),
        "met-alpha": NotDerivable("a P value to which it was applied"),
    }
    for letter, days, n in zip("abc", plan["days"], treated, strict=True):
        results[f"met-schedule-{letter}-n"] = Derived(
            PATIENTS - (sum(treated) - n), "21 less the patients on the others"
        )
        for name in ("dose", *(f"day-{day}" for day in str(days).split(", "))):
            results[f"met-schedule-{letter}-{name}"] = (
                Derived(said(f"dis-fractionated-{name}"), "restated: Section 4, on the schedules")
                if letter == "a"
                else NotDerivable("the treatment records")
            )
    return results


def abstract_and_section_3_1() -> Mapping[str, Result]:
    """Count the patients again: the abstract's first sentences and Section 3.1."""
    age = _age()
    risk = _risk()
    return {
        "abs-patients": Derived(len(cohort()), "rows of Table 4"),
        "abs-centers": _centers(),
        "abs-age-median": age,
        "abs-ecog-median": Derived(median_ecog(), "median of 5 with ECOG 1, 9 with 2, 7 with 3"),
        **{f"abs-{name.lower()}": result for name, result in risk.items()},
        "res-patients": Derived(len(cohort()), "rows of Table 4"),
        "res-age-median": age,
        "res-age-min": Derived(said("t1-age-min"), "restated: Table 1; no age is printed"),
        "res-age-max": Derived(said("t1-age-max"), "restated: Table 1; no age is printed"),
        "res-ecog-2-n": Possible(
            ecog_2_range(), "patients with ECOG 2 that Table 1 and a median of 2 allow"
        ),
        "res-ecog-2-percent": Derived(100 * said("res-ecog-2-n") / PATIENTS, "9 of 21, in percent"),
        **{f"res-{name.lower()}": result for name, result in risk.items()},
        "res-auto": Derived(
            described("autologous transplantation"),
            "restated: patients whose relapse is dated in the section's last sentence",
        ),
        "res-allo": Derived(
            described("allogeneic transplantation"),
            "restated: patients whose relapse is dated in the next sentence",
        ),
        "res-allo-relapse": NotDerivable(ONCE),
        "res-auto-again": Derived(
            said("res-auto"), "restated: two patients earlier in the section"
        ),
        "res-auto-relapse-1": NotDerivable(ONCE),
        "res-auto-relapse-2": NotDerivable(ONCE),
    }


def table_1() -> Mapping[str, Result]:
    """Table 1 from Table 4 where it can be, from the other rows or the text where it cannot."""
    patients, risk, cd33 = cohort(), _risk(), cd33_levels()
    types = patients["aml_type"].value_counts()
    return {
        "t1-n": Derived(len(patients), "rows of Table 4"),
        "t1-age-median": _age(),
        "t1-age-min": Derived(said("res-age-min"), "restated: Section 3.1; no age is printed"),
        "t1-age-max": Derived(said("res-age-max"), "restated: Section 3.1; no age is printed"),
        "t1-age-young": _age_count(),
        "t1-age-old": _age_count(),
        "t1-female": Derived(PATIENTS - characteristic("Gender", "Male", "count"), "21 less men"),
        "t1-male": Derived(PATIENTS - characteristic("Gender", "Female", "count"), "21 less women"),
        **{
            f"t1-{code.lower()}": Derived(int(types[code]), f"rows of Table 4 with type {code}")
            for code in ("RGA", "MRC", "NOS")
        },
        **{f"t1-{name.lower()}": result for name, result in risk.items()},
        "t1-extramedullary": Derived(
            described("extramedullary disease"), "patients described in the discussion"
        ),
        "t1-ecog-1": Derived(
            PATIENTS - characteristic("Performance status", "ECOG 2–3", "count"),
            "21 less those with ECOG 2 or 3",
        ),
        "t1-ecog-2-3": Derived(
            PATIENTS - characteristic("Performance status", "ECOG 1", "count"),
            "21 less those with ECOG 1",
        ),
        **_prior("t1"),
        "t1-cd33": _cd33("a median", "res-cd33-median"),
        "t1-cd33-min": Derived(int(cd33.min()), "lowest of the 20 levels known in Table 4"),
        "t1-cd33-max": Derived(int(cd33.max()), "highest of the 20 levels known in Table 4"),
    }


def section_3_3() -> Mapping[str, Result]:
    """CD33 before treatment, in the text."""
    cd33 = cd33_levels()
    return {
        "res-cd33-median": _cd33("an unnamed statistic", "t1-cd33"),
        "res-cd33-min": Derived(int(cd33.min()), "lowest of the 20 levels known in Table 4"),
        "res-cd33-max": Derived(int(cd33.max()), "highest of the 20 levels known in Table 4"),
    }


def prior_lines() -> Mapping[str, Result]:
    """Prior lines, in the text of Section 3.2."""
    return _prior("res")


def _age() -> Result:
    old = characteristic("Age", "≥65", "count")
    return Contradicted(
        f"{old} of {PATIENTS} are 65 or more, so the median is at least 65",
        age_conflict(),
        "position of the middle age among the printed counts by age",
    )


def _age_count() -> Result:
    median, middle = said("t1-age-median"), (PATIENTS + 1) // 2
    return Contradicted(
        f"median age {median}, so at least {middle} are {median} or less",
        age_conflict(),
        "position of the middle age among the printed counts by age",
    )


def _risk() -> dict[str, Result]:
    counts = cohort()["cytogenetic_risk"].value_counts()
    return {
        str(name): Derived(int(count), f"rows of Table 4 with {str(name).lower()} risk")
        for name, count in counts.items()
    }


def _prior(prefix: str) -> dict[str, Result]:
    other, place = ("res", "Section 3.2") if prefix == "t1" else ("t1", "Table 1")
    return {
        f"{prefix}-prior-{name}": Derived(said(f"{other}-prior-{name}"), f"restated: {place}")
        for name in ("median", "min", "max")
    }


def _centers() -> Result:
    return Derived(len(load(KEY, "affiliations")), "departments of the authors")


def _cd33(statistic: str, claim: str) -> Result:
    return Contradicted(
        f"{statistic} of {printed_text(claim)} with the same range",
        not cd33_together().possible,
        "median and mean over the known levels, and over all for every unknown one",
    )
