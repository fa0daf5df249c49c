"""The introduction and the discussion: numbers of other studies, and of this one repeated."""

from __future__ import annotations

from collections.abc import Mapping

from papers.kucukciler_2021.data import PATIENTS, cohort, printed_text, said, schedules
from papers.percent_parts import some_count
from secondlook.claims import Contradicted, Derived, NotDerivable, Result
from secondlook.printed import Bounds, admits

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
        "dis-mylofrance-day-1",
        "dis-mylofrance-day-4",
        "dis-mylofrance-day-7",
        "dis-mylofrance-dose",
        "dis-mylofrance-n",
        "dis-mylofrance-vod",
    ),
    "16": (
        "dis-fractionated-dose",
        "dis-fractionated-day-1",
        "dis-fractionated-day-4",
        "dis-fractionated-day-7",
    ),
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
    "23": ("dis-cases-n", "dis-cases-respiratory", "dis-cases-kidney"),
}

# Claim -> patients behind a borrowed percent.
PERCENTS: Mapping[str, int] = {
    "dis-phase2-orr": 277,
    "dis-phase2-neutropenia": 277,
    "dis-phase2-thrombocytopenia": 277,
    "dis-phase2-vod": 277,
    "dis-mylofrance-orr": 57,
    "dis-mylofrance-toxicity": 57,
    "dis-hosono-fever": 19,
    "dis-lyon-orr": 94 - 22,
}

SARCOMA = ("high", "low", "resistant")
EXTRAMEDULLARY = "3 with extramedullary involvement (Table 1) less the two others described"
ADVERSE_RESPONDERS = (3, 4, 19)
FAVORABLE_CASE = 1


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
    return results


def borrowed_percents() -> Mapping[str, Result]:
    """Hold percents of other studies against every whole number of their patients."""
    return {claim: some_count(n) for claim, n in PERCENTS.items()}


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
        "int-esmo-year": Derived(2020, "year of reference 9"),
        "dis-hosono-n": Derived(_only_n(), "the only number of patients of which 6 are 31.6%"),
        "dis-hosono-responders": Derived(_only_count(), "the only count of 19 that is 31.6%"),
        "dis-hosono-orr": Derived(
            100 * said("dis-hosono-responders") / said("dis-hosono-n"), "6 of 19, in percent"
        ),
        "dis-sarcoma-year": Derived(2004, "year of reference 22"),
        "dis-sarcoma-myeloid": Derived(sum(sarcoma.values()), "2 + 2 + 1 patients described"),
        **{
            f"dis-sarcoma-{group}": Derived(
                said("dis-sarcoma-myeloid") - (sum(sarcoma.values()) - count),
                "5 patients less the others described",
            )
            for group, count in sarcoma.items()
        },
        "dis-cases-year": Derived(2020, "year of reference 23"),
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
    lines = patients.loc[[FAVORABLE_CASE, *ADVERSE_RESPONDERS], "prior_lines"]
    unresponsive = patients[(patients["cytogenetic_risk"] == "Favorable") & ~patients["responded"]]
    known = patients.loc[list(ADVERSE_RESPONDERS), "cd33"]
    return {
        "dis-fractionated-percent": Derived(
            100 * fractionated / PATIENTS, "14 of 21 on days 1, 4 and 7 (Section 2.2), in percent"
        ),
        "dis-favorable-none": Derived(
            len(unresponsive), "progression with favorable risk, Table 4"
        ),
        "dis-lines": Contradicted(
            f"Table 4 has {', '.join(str(n) for n in lines)} for cases "
            f"{', '.join(str(case) for case in lines.index)}",
            bool((lines != said("dis-lines")).any()),
            "Table 4's number read as prior lines",
        ),
        "dis-cd33-favorable": Derived(
            int(patients.loc[[FAVORABLE_CASE], "cd33"].sum()), "restated: Table 4, case 1"
        ),
        **{
            f"dis-cd33-adverse-{i}": Derived(int(known[case]), f"restated: Table 4, case {case}")
            for i, case in enumerate(ADVERSE_RESPONDERS, start=1)
        },
        "dis-cd33-adverse-n": Derived(int(known.notna().sum()), "levels given in the sentence"),
        "dis-skin-first": Derived(
            said("t1-extramedullary") - said("dis-skin-second") - 1, EXTRAMEDULLARY
        ),
        "dis-skin-second": Derived(
            said("t1-extramedullary") - said("dis-skin-first") - 1, EXTRAMEDULLARY
        ),
        "dis-testicular": Contradicted(
            f"{said('res-allo')} allogeneic transplantation (Section 3.1)",
            said("res-allo") < 1,
            "patients who could relapse after allogeneic transplantation",
        ),
    }


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
