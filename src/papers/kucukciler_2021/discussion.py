"""The introduction and the discussion: numbers of other studies, and of this one repeated."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from papers.kucukciler_2021.data import (
    PATIENTS,
    cohort,
    described,
    printed_text,
    reference,
    said,
    schedules,
)
from papers.percent_parts import some_count
from secondlook.claims import Contradicted, Derived, NotDerivable, Possible, Result
from secondlook.printed import Bounds, admits
from secondlook.proportions import counts_printing

# Reference number -> the borrowed claims on which nothing printed in this paper bears.
BORROWED: Mapping[str, tuple[str, ...]] = {
    "2 and 3": (
        "int-cr-low",
        "int-cr-high",
        "int-relapse",
        "int-survival-horizon",
        "int-survival",
    ),
    "8": (
        "int-cd33",
        "dis-phase2-studies",
        "dis-phase2-n",
        "dis-phase2-dose",
        "dis-phase2-interval",
    ),
    "9": ("int-cbf-go-low", "int-cbf-go-high"),
    "10": ("int-meta-studies",),
    "15": (
        "dis-mylofrance-n",
        "dis-mylofrance-vod",
    ),
    "17": ("dis-hosono-died",),
    "18": ("dis-lyon-n", "dis-lyon-new", "dis-lyon-dfs"),
    "19": (
        "dis-alfa-go",
        "dis-alfa-control",
        "dis-alfa-amendment",
        "dis-alfa-platelets",
        "dis-alfa-day",
    ),
    "20": ("dis-crp",),
    "22": ("dis-sarcoma-n", "dis-sarcoma-high-dose", "dis-sarcoma-low-dose"),
    "23": ("dis-cases-respiratory", "dis-cases-respiratory-stage", "dis-cases-kidney"),
}

# Borrowed percents -> the claims on their patients: those of the study, less those left out.
PERCENTS: Mapping[tuple[str, ...], tuple[str, ...]] = {
    tuple(f"dis-phase2-{what}" for what in ("orr", "neutropenia", "thrombocytopenia", "vod")): (
        "dis-phase2-n",
    ),
    ("dis-mylofrance-orr", "dis-mylofrance-toxicity"): ("dis-mylofrance-n",),
    ("dis-hosono-fever",): ("dis-hosono-n",),
    ("dis-lyon-orr",): ("dis-lyon-n", "dis-lyon-new"),
}

SARCOMA = ("high", "low", "resistant")
EXTRAMEDULLARY = "3 with extramedullary involvement (Table 1) less the two others described"
FRACTIONATED = ("dose", "day-1", "day-4", "day-7")


def borrowed() -> Mapping[str, Result]:
    """Numbers of other studies that stand alone, and years without a reference."""
    results: dict[str, Result] = {
        claim: NotDerivable(f"reference {reference}")
        for reference, claims in BORROWED.items()
        for claim in claims
    }
    results |= {
        claim: NotDerivable("a reference; the paper gives none")
        for claim in ("int-withdrawn", "int-returned")
    }
    results["dis-persistent"] = NotDerivable("the course of the counts")
    return results


def borrowed_percents() -> Mapping[str, Result]:
    """Hold percents of other studies against every whole number of their patients."""
    return {
        claim: _some_count(claim, int(said(all_of[0]) - sum(said(part) for part in all_of[1:])))
        for claims, all_of in PERCENTS.items()
        for claim in claims
    }


def borrowed_and_checked() -> Mapping[str, Result]:
    """Numbers of other studies that follow from others printed beside them."""
    all_recovered = said("dis-cases-recovered") > said("dis-cases-treated")
    sarcoma = {group: said(f"dis-sarcoma-{group}") for group in SARCOMA}
    return {
        "int-cbf-cytarabine": Derived(
            said("int-induction-cytarabine"), 'restated: "7 + 3" at the end of the section'
        ),
        "int-cbf-daunorubicin": Derived(
            said("int-induction-daunorubicin"), 'restated: "7 + 3" at the end of the section'
        ),
        "int-induction-cytarabine": Derived(
            said("int-cbf-cytarabine"), "restated: 7 days of cytarabine, same section"
        ),
        "int-induction-daunorubicin": Derived(
            said("int-cbf-daunorubicin"), "restated: 3 days of daunorubicin, same section"
        ),
        "int-esmo-year": Derived(reference(9, "year"), "year of reference 9"),
        "dis-hosono-n": Derived(_only_n(), "the only number of patients of which 6 are 31.6%"),
        "dis-hosono-responders": Derived(_only_count(), "the only count of 19 that is 31.6%"),
        "dis-hosono-orr": Derived(
            100 * said("dis-hosono-responders") / said("dis-hosono-n"), "6 of 19, in percent"
        ),
        **{
            f"dis-mylofrance-{name}": Derived(
                said(f"met-schedule-a-{name}"), "restated: Section 2.2, the same schedule"
            )
            for name in FRACTIONATED
        },
        **{
            f"dis-fractionated-{name}": Derived(
                said(f"met-schedule-a-{name}"), "restated: Section 2.2, the same schedule"
            )
            for name in FRACTIONATED
        },
        "dis-sarcoma-year": Derived(reference(22, "year"), "year of reference 22"),
        "dis-sarcoma-myeloid": Derived(sum(sarcoma.values()), "2 + 2 + 1 patients described"),
        **{
            f"dis-sarcoma-{group}": Derived(
                said("dis-sarcoma-myeloid") - (sum(sarcoma.values()) - count),
                "5 patients less the others described",
            )
            for group, count in sarcoma.items()
        },
        "dis-cases-year": Derived(reference(23, "year"), "year of reference 23"),
        "dis-cases-n": Derived(
            said("dis-cases-recovered"), 'restated: "all three cases", same place'
        ),
        "dis-cases-treated": Contradicted(
            "recovery after GO in all three cases, next sentence",
            all_recovered,
            "patients who recover after GO have received it",
        ),
        "dis-cases-recovered": Contradicted(
            "GO given to two of the three, sentence before",
            all_recovered,
            "patients who recover after GO have received it",
        ),
    }


def own_results_repeated() -> Mapping[str, Result]:
    """Repeat the discussion's sentences on the study's own patients."""
    patients = cohort().set_index("case")
    fractionated = int(schedules()["patients"].iloc[0])
    others = described("extramedullary disease") - 1
    favorable, adverse = (patients["cytogenetic_risk"] == r for r in ("Favorable", "Adverse"))
    unresponsive = patients[favorable & ~patients["responded"]]
    known = patients.loc[adverse & patients["responded"], "cd33"]
    named = favorable | (adverse & patients["responded"])
    return {
        "dis-fractionated-percent": Derived(
            100 * fractionated / PATIENTS, "14 of 21 on days 1, 4 and 7 (Section 2.2), in percent"
        ),
        "dis-favorable-none": Derived(
            len(unresponsive), "progression with favorable risk, Table 4"
        ),
        "dis-lines": Possible(
            [
                float(patients.loc[rows, "prior_lines"].median())
                for rows in (favorable | adverse, named)
            ],
            "median of Table 4's number over favorable and adverse risk, or over those named",
        ),
        "dis-cd33-favorable": Derived(
            int(patients.loc[favorable, "cd33"].sum()), "restated: Table 4, case 1"
        ),
        **{
            f"dis-cd33-adverse-{i}": Derived(int(level), f"restated: Table 4, case {case}")
            for i, (case, level) in enumerate(known.items(), start=1)
        },
        "dis-cd33-adverse-n": Derived(int(known.notna().sum()), "levels given in the sentence"),
        "dis-skin-first": Derived(said("t1-extramedullary") - others, EXTRAMEDULLARY),
        "dis-skin-second": Derived(said("t1-extramedullary") - others, EXTRAMEDULLARY),
        "dis-testicular": Contradicted(
            f"{said('res-allo')} allogeneic transplantation (Section 3.1)",
            said("res-allo") < 1,
            "patients who could relapse after allogeneic transplantation",
        ),
    }


def _some_count(claim: str, n: int) -> Result:
    """Hold a percent against every count of n; where only one prints so, say how it prints."""
    counts = counts_printing(printed_text(claim), n)
    if len(counts) == 1 and 100 * counts[0] / n not in admits(printed_text(claim)).rounded:
        return Derived(
            Fraction(100 * counts[0], n), f"the only count of {n} that prints so, if cut"
        )
    return some_count(n)


def _only_n() -> int:
    responders = int(said("dis-hosono-responders"))
    return _only([n for n in range(responders, 1000) if 100 * responders / n in _hosono_rate()])


def _only_count() -> int:
    n = int(said("dis-hosono-n"))
    return _only([k for k in range(n + 1) if 100 * k / n in _hosono_rate()])


def _hosono_rate() -> Bounds:
    return admits(printed_text("dis-hosono-orr")).rounded


def _only(found: list[int]) -> int:
    if len(found) != 1:
        raise ValueError(f"expected one whole number, found {found}")
    return found[0]
