"""Zaitsev et al. 2020: gemtuzumab ozogamicin in three critically ill patients with refractory AML.

Clinical Oncohematology 13 (1), 67-74 (in Russian; here the English abstract and the references).
https://doi.org/10.21320/2500-2139-2020-13-1-67-74
"""

from __future__ import annotations

from itertools import count

import pandas as pd

from secondlook import claims, data
from secondlook.proportions import binomial_test, interval

KEY = "zaitsev-2020"

# Response to GO alone in relapsed or refractory AML, as kucukciler-2021 prints it of other studies.
OTHER = "kucukciler-2021"
RATES = {
    "dis-phase2-orr": "three phase II studies",
    "dis-mylofrance-orr": "MyloFrance-1",
    "dis-hosono-orr": "Hosono",
    "dis-lyon-orr": "Lyon",
}


def patients() -> int:
    """Return the number of patients reported."""
    return int(claims.said(KEY, "title-cases"))


def lowest_rate(n: int) -> float:
    """Return the lower 95% limit (two-sided, Clopper-Pearson) of a rate seen in n of n."""
    return interval(n, n).lower


def needed_to_exclude(rate: float) -> int:
    """Return how many of how many must improve before the 95% interval leaves `rate` out."""
    return next(n for n in count(1) if lowest_rate(n) > rate)


def chances(treated: tuple[int, ...]) -> pd.DataFrame:
    """Return the chance that as many patients as are reported respond, or more.

    Columns: study, rate (percent, as printed), and a column a number treated, named by it.
    """
    rates = {claim: claims.printed_text(OTHER, claim) for claim in RATES}
    return pd.DataFrame({"study": list(RATES.values()), "rate": list(rates.values())}).assign(
        **{
            str(n): [
                binomial_test(patients(), n, float(rate) / 100, alternative="greater").p_value
                for rate in rates.values()
            ]
            for n in treated
        }
    )


def faults() -> pd.DataFrame:
    """Return the faults of the reference list: fault, references (their numbers, as text).

    The journal of a reference is held against the one that kucukciler-2021 prints for its DOI.
    """
    listed = data.load(KEY, "references")
    other = data.load(OTHER, "references").dropna(subset=["doi"]).set_index("doi")["journal"]
    doi, journal = listed["doi"], listed["journal"]
    elsewhere = doi.map(other)
    found = {
        "no journal": journal.isna(),
        "no DOI": doi.isna(),
        'DOI without its first part, "10."': doi.notna() & ~doi.fillna("").str.startswith("10."),
        '"dol" for "doi"': listed["doi_label"] == "dol",
        "another journal than its DOI belongs to": elsewhere.notna()
        & (elsewhere.str.split().str[0] != journal.str.split().str[0]),
    }
    return pd.DataFrame(
        {
            "fault": list(found),
            "references": [
                ", ".join(map(str, listed.loc[rows.fillna(False), "number"]))
                for rows in found.values()
            ],
        }
    )
