"""Response and toxicity rates with exact intervals."""

from __future__ import annotations

import pandas as pd

from papers.kucukciler_2021.data import (
    PATIENTS,
    RISKS,
    cell,
    cohort,
    printed_text,
    response_by_month,
    said,
    schedules,
    toxicity,
)
from papers.kucukciler_2021.response import rate_by_month, responders
from papers.rate_frames import with_intervals
from secondlook.proportions import counts_printing

RATE = tuple[str, str, str | None, int, int]


def rates() -> pd.DataFrame:
    """Every rate that the paper prints or implies, with its Clopper-Pearson interval.

    Returns
    -------
    pandas.DataFrame
        part, rate, claim (id of the printed percent, missing if none is printed), printed, count,
        n, estimate, lower, upper (proportions, 95%).
    """
    rows = [
        {
            "part": part,
            "rate": rate,
            "claim": claim,
            "printed": printed_text(claim) if claim else None,
            "count": count,
            "n": n,
        }
        for part, rate, claim, count, n in [*_response(), *_toxicity(), *_treatment()]
    ]
    return with_intervals(pd.DataFrame(rows))


def beside_the_literature() -> pd.DataFrame:
    """Set the study's response rates beside those that its discussion cites.

    A cited count is the whole number of patients that prints as the cited percent; where several
    do, the one nearest to it.

    Returns
    -------
    pandas.DataFrame
        study, count, n, group.
    """
    found = responders()
    cited = {
        "three phase II studies [8]": ("dis-phase2-orr", int(said("dis-phase2-n"))),
        "MyloFrance-1 [15]": ("dis-mylofrance-orr", int(said("dis-mylofrance-n"))),
        "Hosono et al. [17]": ("dis-hosono-orr", int(said("dis-hosono-n"))),
        "Laurino et al., R/R [18]": (
            "dis-lyon-orr",
            int(said("dis-lyon-n") - said("dis-lyon-new")),
        ),
    }
    rows = [
        ("text and Table 2", found["Table 2, month 1"], PATIENTS, "This study"),
        ("Table 4", found["Table 4"], PATIENTS, "This study"),
        *((study, _nearest(claim, n), n, "Cited") for study, (claim, n) in cited.items()),
    ]
    return pd.DataFrame(rows, columns=["study", "count", "n", "group"])


def _nearest(claim: str, n: int) -> int:
    counts = counts_printing(printed_text(claim), n)
    return min(counts, key=lambda count: abs(100 * count / n - said(claim)))


def _response() -> list[RATE]:
    found, patients, first = responders(), cohort(), response_by_month()
    by_risk = patients.groupby("cytogenetic_risk")["responded"]
    part = "Response"
    return [
        (part, "overall, Table 2", "abs-orr", found["Table 2, month 1"], PATIENTS),
        (part, "overall, Table 4", None, found["Table 4"], PATIENTS),
        *(
            (part, f"those {row.rate}, Table 2", None, int(str(row.count)), int(str(row.n)))
            for row in rate_by_month().iloc[1:].itertuples(name="Rate")
        ),
        (part, "complete", None, cell(first, "Complete response", "month_1"), PATIENTS),
        *(
            (
                part,
                f"{risk.lower()} risk, Table 4",
                None,
                int(by_risk.sum()[risk]),
                int(by_risk.size()[risk]),
            )
            for risk in RISKS
        ),
    ]


def _toxicity() -> list[RATE]:
    table = toxicity()
    part = "Toxicity"
    named = {("anemia", 3): "abs-anemia-3", ("neutropenia", 4): "abs-grade-4"}
    named |= {("thrombocytopenia", 4): "abs-grade-4"}
    single: list[RATE] = [
        (part, f"{lineage}, grade {grade}", claim, cell(table, f"Grade {grade}", lineage), PATIENTS)
        for (lineage, grade), claim in named.items()
    ]
    severe: list[RATE] = [
        (
            part,
            f"{lineage}, grade 3 or 4",
            None,
            cell(table, "Grade 3", lineage) + cell(table, "Grade 4", lineage),
            PATIENTS,
        )
        for lineage in ("anemia", "neutropenia", "thrombocytopenia")
    ]
    deaths: list[RATE] = [
        (part, "death from sepsis", None, int(said("res-sepsis")), PATIENTS),
        (part, "death from SOS/VOD", None, int(said("res-sos-death")), PATIENTS),
    ]
    return single + severe + deaths


def _treatment() -> list[RATE]:
    fractionated = int(schedules()["patients"].iloc[0])
    ecog_2 = int(said("res-ecog-2-n"))
    return [
        (
            "Treatment",
            "3 mg/m² on days 1, 4 and 7",
            "dis-fractionated-percent",
            fractionated,
            PATIENTS,
        ),
        ("Treatment", "ECOG status 2", "res-ecog-2-percent", ecog_2, PATIENTS),
    ]
