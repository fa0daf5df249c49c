"""The transplanted patients, and what a test of transplantation gives or could have found."""

from __future__ import annotations

import pandas as pd

from papers.kayser_2022 import power, reconstruction, sampled
from papers.kayser_2022.data import said
from papers.kayser_2022.layout.curves import span
from secondlook import printed
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
    """Write the tests of transplantation in the constructed sets: deaths, P, ratio, naive P."""
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
            "ratio": [printed.show(float(value), like="0.00") for value in frame["hazard_ratio"]],
            "naive": [p_text(value) for value in frame["naive_p"]],
        }
    )


def random_sets() -> pd.DataFrame:
    """Write the sets laid at random: deaths, sets, printing, deaths and hazard ratios of these."""
    ranges = sampled.ranges().set_index("sets")
    rows = []
    for row in sampled.by_direction().to_dict("records"):
        name = "fewer deaths" if row["fewer"] else "more deaths"
        least_p, low, high = (
            float(ranges.loc[[name], column].min())
            for column in ("least_p", "least_hazard_ratio", "greatest_hazard_ratio")
        )
        rows.append(
            {
                "deaths": name.replace("deaths", "than expected"),
                "sets": f"{row['sets']:,}",
                "prints": f"{row['prints']} ({percent(row['printing'])}%)",
                "died": span(row["least_died"], row["most_died"]),
                "ratio": f"{printed.show(low, like='0.00')} to {printed.show(high, like='0.00')}",
                "least_p": p_text(least_p),
            }
        )
    return pd.DataFrame(rows)


def random_facts() -> dict[str, str]:
    """Return the numbers of the random sets that the prose names, as text."""
    sets = sampled.stored()
    return {
        "sets": f"{len(sets):,}",
        "cohorts": str(sets["cohort"].nunique()),
        "share": percent(float(sets["prints"].mean())),
    }


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
