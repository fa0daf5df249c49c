"""Zaitsev et al. 2020: gemtuzumab ozogamicin in three critically ill patients with refractory AML.

Clinical Oncohematology 13 (1), 67-74 (in Russian; here the English abstract and the references).
https://doi.org/10.21320/2500-2139-2020-13-1-67-74
"""

from __future__ import annotations

from datetime import datetime
from itertools import count

import pandas as pd

from papers import claim_texts
from secondlook.claims import Contradicted, Derived, NotDerivable, Result
from secondlook.data import load
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


def recompute() -> dict[str, Result]:
    """Recompute every claim of the document, one result a claim id."""
    spelled = load(KEY, "doi").set_index("part")["printed"]
    return {
        "title-cases": Derived(patients(), "restated: citation line"),
        "citation-cases": Derived(patients(), "restated: title"),
        **{
            f"citation-{str(part).replace(' ', '-')}": Derived(int(number), "spelled in the DOI")
            for part, number in spelled.items()
        },
        **_dates(),
    }


def patients() -> int:
    """Return the number of patients reported."""
    return int(claim_texts.said(KEY, "title-cases"))


def lowest_rate(n: int) -> float:
    """Return the lower 95% limit (two-sided, Clopper-Pearson) of a rate seen in n of n."""
    return interval(n, n).lower


def needed_to_exclude(rate: float) -> int:
    """Return how many of how many must improve before the 95% interval leaves `rate` out."""
    return next(n for n in count(1) if lowest_rate(n) > rate)


def chances(treated: tuple[int, ...]) -> pd.DataFrame:
    """Return the chance that as many patients as are reported respond, or more.

    Returns
    -------
    pandas.DataFrame
        study, rate (percent, as printed), and a column a number treated, named by it.
    """
    rates = {claim: claim_texts.printed_text(OTHER, claim) for claim in RATES}
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
    listed = load(KEY, "references")
    other = load(OTHER, "references").dropna(subset=["doi"]).set_index("doi")["journal"]
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


def _dates() -> dict[str, Result]:
    """Hold receipt and acceptance against each other and against the year of the issue.

    Dates in the right order agree with each other, but do not give each other.
    """
    texts = {claim: claim_texts.printed_text(KEY, claim) for claim in ("received", "accepted")}
    received, accepted = (datetime.strptime(text, "%B %d, %Y") for text in texts.values())
    if received <= accepted <= datetime(int(claim_texts.said(KEY, "citation-year")), 12, 31):
        needs = "the journal's records; received, accepted, printed are in this order"
        return dict.fromkeys(texts, NotDerivable(needs))
    how = "received, accepted, printed: not in this order"
    return {
        "received": Contradicted(f"accepted {texts['accepted']}", True, how),
        "accepted": Contradicted(f"received {texts['received']}", True, how),
    }
