"""Toxicity and deaths from it: the abstract, Section 3.4 and Table 3."""

from __future__ import annotations

from collections.abc import Mapping

from papers.kucukciler_2021.data import PATIENTS, cell, said, toxicity
from secondlook.claims import Contradicted, Derived, Result

CULTURES = ("acinetobacter", "coli", "enterococcus", "no-agent")
LINEAGES = ("anemia", "thrombocytopenia", "neutropenia")
CODES = {"None": "none", "Grade 1": "1", "Grade 2": "2", "Grade 3": "3", "Grade 4": "4"}


def rates() -> Mapping[str, Result]:
    """Percents of the abstract from the counts of Table 3."""
    table = toxicity()
    neutropenia, platelets = (
        cell(table, "Grade 4", lineage) for lineage in ("neutropenia", "thrombocytopenia")
    )
    if neutropenia != platelets:
        raise ValueError(
            f"the abstract gives one percent for two counts that differ: {neutropenia}, {platelets}"
        )
    return {
        "abs-anemia-3": Derived(
            100 * cell(table, "Grade 3", "anemia") / PATIENTS, "7 of 21 (Table 3), in percent"
        ),
        "abs-grade-4": Derived(
            100 * neutropenia / PATIENTS, "17 of 21 (Table 3) for either lineage, in percent"
        ),
    }


def deaths() -> Mapping[str, Result]:
    """Deaths from sepsis by the blood cultures, and from SOS/VOD."""
    found = {agent: said(f"res-sepsis-{agent}") for agent in CULTURES}
    return {
        "abs-sos-death": Derived(said("res-sos-death"), "restated: Section 3.4"),
        "res-sos-death": Derived(said("abs-sos-death"), "restated: abstract"),
        "res-sepsis": Derived(sum(found.values()), "sum over the blood cultures"),
        **{
            f"res-sepsis-{agent}": Derived(
                said("res-sepsis") - (sum(found.values()) - count),
                "5 deaths from sepsis less the other cultures",
            )
            for agent, count in found.items()
        },
    }


def table_3() -> Mapping[str, Result]:
    """Each printed cell of Table 3 as 21 less the others of its column; dashes count none."""
    table = toxicity()
    how = "21 less the column's other grades"
    results: dict[str, Result] = {}
    for lineage in LINEAGES:
        for grade in CODES:
            left = PATIENTS - int(table[lineage].drop(grade).sum())
            results[f"t3-{lineage}-{CODES[grade]}"] = (
                Derived(left, how)
                if cell(table, grade, lineage)
                else Contradicted(f"{left} remain", left != 0, how)
            )
    return results


def grade_4_in_both() -> tuple[int, int]:
    """Return the fewest and the most patients who had grade 4 in neutrophils and platelets."""
    table = toxicity()
    one, other = (cell(table, "Grade 4", name) for name in ("neutropenia", "thrombocytopenia"))
    return max(0, one + other - PATIENTS), min(one, other)
