"""The transplanted patients, and what a test of transplantation gives or could have found."""

from __future__ import annotations

import pandas as pd

from secondlook import printed
from secondlook.papers.kayser_2022 import power, reconstruction
from secondlook.papers.kayser_2022.data import said
from secondlook.tables import p_text, percent


def transplanted() -> pd.DataFrame:
    """Set the two printed splits of the transplanted by cycles side by side: place, low, high."""
    rows = [
        ("abstract", "abs-cycles-low", "abs-cycles-high"),
        ("section on survival", "res-cycles-low", "res-cycles-high"),
        ("section on veno-occlusive disease", "vod-cycles-low", "vod-cycles-high"),
    ]
    return pd.DataFrame(
        [
            (place, str(said(low)), str(said(high)), str(said(low) + said(high)))
            for place, low, high in rows
        ],
        columns=["place", "low", "high", "sum"],
    )


def transplantation_tests() -> pd.DataFrame:
    """Write the tests of transplantation in the constructed sets: set, deaths, and two P values."""
    names = {
        "favours-most": "most in favour that was found",
        "favours-as-printed": "in favour, at the printed P",
        "neutral": "neutral",
        "against-as-printed": "against, at the printed P",
        "against-most": "most against that was found",
    }
    frame = reconstruction.transplantation_tests().set_index("set").loc[list(names)]
    return pd.DataFrame(
        {
            "set": list(names.values()),
            "observed": [f"{value:.0f}" for value in frame["observed"]],
            "expected": [f"{value:.1f}" for value in frame["expected"]],
            "p": [p_text(value) for value in frame["p"]],
            "naive": [p_text(value) for value in frame["naive_p"]],
        }
    )


def detectable() -> pd.DataFrame:
    """Write the effects that would be found in 80% of cohorts: setting, protective, harmful."""
    frame = power.detectable()
    return pd.DataFrame(
        {
            "assumes": frame["assumes"],
            "protective": [printed.show(float(v), like="0.00") for v in frame["protective"]],
            "harmful": [printed.show(float(v), like="0.0") for v in frame["harmful"]],
            "size": [percent(float(v)) for v in frame["size"]],
        }
    )
