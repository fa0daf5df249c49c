"""Short frames of finished text for the slides."""

from __future__ import annotations

import pandas as pd

from papers.kayser_2022 import layout
from papers.kayser_2022.data import KEY, said
from secondlook.claims import printed_text


def cohort() -> pd.DataFrame:
    """Describe the cohort: what, patients."""
    rows = [
        ("adults with r/r B-ALL", printed_text(KEY, "met-patients")),
        ("transplanted before", f"{said('abs-prior-hsct')}"),
        ("bone marrow relapse too", f"{said('res-bm-n')}"),
        ("one or two cycles", f"{said('met-cycles-low')}"),
        ("transplanted after", f"{said('res-hsct')}"),
    ]
    return pd.DataFrame(rows, columns=["what", "patients"])


def reported() -> pd.DataFrame:
    """List the paper's main results: result, printed."""
    rows = [
        ("response", f"{printed_text(KEY, 'abs-orr')}%"),
        ("median survival, months", printed_text(KEY, "abs-os-median")),
        ("alive at one year", f"{printed_text(KEY, 'abs-os-12')}%"),
        ("alive at two years", f"{printed_text(KEY, 'abs-os-24')}%"),
        ("transplantation, P", printed_text(KEY, "res-mb-p")),
    ]
    return pd.DataFrame(rows, columns=["result", "printed"])


def spacings() -> pd.DataFrame:
    """Shorten the search: months between ticks, and a column an interval type; a dash for none."""
    return layout.spacings().replace("none", layout.DASH).rename(columns={"spacing": "months"})


def transplantation() -> pd.DataFrame:
    """Shorten the tests in constructed sets: set, observed, expected, P."""
    frame = layout.transplantation_tests()
    names = ["most in favour", "in favour", "neutral", "against", "most against"]
    return pd.DataFrame(
        {
            "set": names,
            "observed": frame["observed"],
            "expected": frame["expected"],
            "P": frame["p"],
        }
    )
