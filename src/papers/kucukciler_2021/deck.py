"""Short frames of finished text for the slides."""

from __future__ import annotations

import pandas as pd

from papers.kucukciler_2021.data import PATIENTS, printed_text, said
from papers.kucukciler_2021.rates import rates
from secondlook.tables import percent

# Rate in the report -> its name on a slide, where words are few.
TOXICITIES = {
    "neutropenia, grade 4": "neutropenia, grade 4",
    "thrombocytopenia, grade 4": "thrombocytopenia, grade 4",
    "anemia, grade 3 or 4": "anemia, grade 3–4",
    "death from sepsis": "sepsis death",
    "death from SOS/VOD": "SOS/VOD death",
}


def cohort() -> pd.DataFrame:
    """Describe the cohort: what, patients."""
    rows = [
        ("adults with CD33-positive AML", f"{PATIENTS}"),
        ("ECOG status 2 or 3", printed_text("t1-ecog-2-3")),
        ("adverse cytogenetic risk", printed_text("t1-adverse")),
        ("3 mg/m² on days 1, 4 and 7", f"{said('met-schedule-a-n')}"),
        ("other schedules", f"{said('met-schedule-b-n')} and {said('met-schedule-c-n')}"),
    ]
    return pd.DataFrame(rows, columns=["what", "patients"])


def reported() -> pd.DataFrame:
    """List the paper's main results: result, printed."""
    rows = [
        ("overall response", f"{printed_text('abs-orr')}%"),
        ("alive at six months", f"{printed_text('res-os-6')}%"),
        ("alive at one year", f"{printed_text('res-os-12')}%"),
        ("mean survival, months", printed_text("res-os-mean")),
        ("deaths", printed_text("res-deaths")),
    ]
    return pd.DataFrame(rows, columns=["result", "printed"])


def toxicity() -> pd.DataFrame:
    """Give toxicity rates with exact intervals: event, patients, percent, interval."""
    frame = rates().set_index("rate").loc[list(TOXICITIES)]
    return pd.DataFrame(
        {
            "event": [TOXICITIES[str(name)] for name in frame.index],
            "patients": [f"{c}/{n}" for c, n in zip(frame["count"], frame["n"], strict=True)],
            "percent": [f"{percent(value, 0)}%" for value in frame["estimate"]],
            "interval": [
                f"{percent(low, 0)}–{percent(high, 0)}%"
                for low, high in zip(frame["lower"], frame["upper"], strict=True)
            ],
        }
    )
