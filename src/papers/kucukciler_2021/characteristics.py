"""Who was treated and how: Sections 2 and 3.1, Table 1, CD33."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from papers.kucukciler_2021.data import (
    PATIENTS,
    characteristic,
    cohort,
    said,
    schedules,
)
from secondlook.claims import Contradicted, Derived, NotDerivable, Possible, Result
from secondlook.printed import Bounds

AUTHOR_DEPARTMENTS = 4
ONCE = "the patients' records; the paper says it only here"


def age_conflict() -> bool:
    """Say whether the middle age, by the printed counts 65 or more, contradicts the median."""
    middle = (PATIENTS + 1) // 2
    below_65 = characteristic("Age", "<65", "count")
    return said("t1-age-median") < 65 and below_65 < middle


def cd33_levels() -> NDArray[np.float64]:
    """Return the 20 known CD33 levels, percent of blasts, in order."""
    return np.sort(cohort()["cd33"].dropna().to_numpy(dtype=np.float64))


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
        "met-centers": Derived(AUTHOR_DEPARTMENTS, "departments in the list of affiliations"),
        "met-cd33-cutoff": Possible(
            Bounds(0, float(levels.min()), True, False),
            "every cut-off below the lowest level known in Table 4",
        ),
        "met-schedules": Derived(len(plan), "schedules listed in the same section"),
        "met-nccn": Derived(3.2021, "restated: reference 13 is version 3, 2021"),
        "met-spss": NotDerivable("the analysis files"),
        "met-alpha": NotDerivable("a P value to which it was applied"),
    }
    for letter, days, n in zip("abc", plan["days"], treated, strict=True):
        results[f"met-schedule-{letter}-n"] = Derived(
            PATIENTS - (sum(treated) - n), "21 less the patients on the others"
        )
        results[f"met-schedule-{letter}-dose"] = NotDerivable("the treatment records")
        for day in str(days).split(", "):
            results[f"met-schedule-{letter}-day-{day}"] = NotDerivable("the treatment records")
    return results


def abstract_and_section_3_1() -> Mapping[str, Result]:
    """Count the patients again: the abstract's first sentences and Section 3.1."""
    age = _age()
    risk = _risk()
    return {
        "abs-patients": Derived(len(cohort()), "rows of Table 4"),
        "abs-centers": Derived(AUTHOR_DEPARTMENTS, "departments in the list of affiliations"),
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
            said("res-auto-again"),
            "restated: two relapses are dated in the section's last sentence",
        ),
        "res-allo": Derived(1, "restated: one relapse is dated in the next sentence"),
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
            1 + said("dis-skin-first") + said("dis-skin-second"),
            "patients described in the discussion: 1 + 1 + 1",
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
        "t1-cd33": Possible(
            [float(cd33.mean()), float(np.median(cd33))],
            "mean and median of the 20 levels known in Table 4; Table 1 names no statistic",
        ),
        "t1-cd33-min": Derived(int(cd33.min()), "lowest of the 20 levels known in Table 4"),
        "t1-cd33-max": Derived(int(cd33.max()), "highest of the 20 levels known in Table 4"),
    }


def section_3_3() -> Mapping[str, Result]:
    """CD33 before treatment, in the text."""
    cd33 = cd33_levels()
    return {
        "res-cd33-median": Possible(
            cd33_median_range(),
            "median of all 21 for every value that the unknown level may have",
        ),
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
    lines = cohort()["prior_lines"].to_numpy(dtype=float)
    how = "of the 21 numbers in Table 4, read as prior lines (a reading that rests on this too)"
    return {
        f"{prefix}-prior-median": Derived(float(np.median(lines)), f"median {how}"),
        f"{prefix}-prior-min": Derived(float(lines.min()), f"lowest {how}"),
        f"{prefix}-prior-max": Derived(float(lines.max()), f"highest {how}"),
    }
