"""Frames of finished text for the report."""

from __future__ import annotations

import pandas as pd

from papers import claim_texts
from papers.zaitsev_2020 import cases, reference_list
from secondlook import printed
from secondlook.tables import percent

# Response to GO alone in relapsed or refractory AML, as kucukciler-2021 prints it of other studies.
OTHER = "kucukciler-2021"
RATES = {
    "dis-phase2-orr": "three phase II studies",
    "dis-mylofrance-orr": "MyloFrance-1",
    "dis-hosono-orr": "Hosono",
    "dis-lyon-orr": "Lyon",
}


def bounds_text() -> pd.DataFrame:
    """Lay out what n of n allow: of, one_sided, two_sided (percent), two posteriors."""
    frame = cases.intervals()
    text = pd.DataFrame(
        {
            "of": [f"{n} of {n}" for n in frame["n"]],
            "one_sided": [percent(value) for value in frame["one_sided"]],
            "two_sided": [percent(value) for value in frame["two_sided"]],
        }
    )
    return text.assign(
        **{name: [_probability(value) for value in frame[name]] for name in cases.PRIORS}
    )


def against_text(treated: tuple[int, ...] = (3, 6, 12)) -> pd.DataFrame:
    """Lay out chances of three responders: study, rate, and a column a number treated."""
    rates = {claim: float(claim_texts.said(OTHER, claim)) for claim in RATES}
    frame = pd.DataFrame(
        {
            "study": list(RATES.values()),
            "rate": [claim_texts.printed_text(OTHER, claim) for claim in rates],
        }
    )
    for n in treated:
        chances = [cases.selected(rate / 100, n) for rate in rates.values()]
        frame[f"of {n}"] = [printed.show(chance, like="0.00") for chance in chances]
    return frame


def faults_text() -> pd.DataFrame:
    """Faults of the reference list: fault, references (their numbers)."""
    frame = reference_list.faults()
    grouped = frame.groupby("fault", sort=False)["number"]
    return pd.DataFrame(
        {
            "fault": list(grouped.groups),
            "references": [", ".join(map(str, numbers)) for _, numbers in grouped],
        }
    )


def _probability(value: float) -> str:
    return ">0.9999" if value > 0.9999 else printed.show(value, like="0.0000")
