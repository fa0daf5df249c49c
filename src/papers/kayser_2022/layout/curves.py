"""What the search of admissible data sets found about the survival curves."""

from __future__ import annotations

import pandas as pd

from papers.kayser_2022 import reconstruction, scan
from papers.kayser_2022.data import KEY
from secondlook import printed
from secondlook.claims import printed_text
from secondlook.tables import DASH


def spacings() -> pd.DataFrame:
    """Lay out the search: a row a spacing of the ticks, a column an interval type, in sequences."""
    found = scan.stored()
    curve = found[found["facts"] == scan.CURVE].copy()
    curve["sequences"] = [f"{n:,}" if n else "none" for n in curve["sequences"].astype(int)]
    table = curve.pivot_table(
        index="spacing", columns="interval", values="sequences", aggfunc="first", sort=False
    )
    table.index = [f"{spacing:g}" for spacing in table.index]
    return table.reset_index(names="spacing")


def facts_used() -> pd.DataFrame:
    """Say what each kind of fact fixes: facts, sequences, deaths."""
    names = {
        scan.CURVE: "numbers at risk, survival, medians, follow-up",
        scan.DEATHS: "these, and bounds on the deaths from the narrative",
        scan.TOLD: "these, and the patients whose exit is told",
        scan.ALL: "all of them",
        scan.ALL_APART: "all, if the living relapsed patient is not among those in remission",
        scan.RELAPSE_FREE: "relapse-free survival: survival at two times only",
    }
    found = scan.stored()
    found = found[found["sequences"] > 0].set_index("facts")
    return pd.DataFrame(
        [
            {
                "facts": text,
                "sequences": f"{int(found.loc[[name], 'sequences'].max()):,}",
                "deaths": span(
                    int(found.loc[[name], "fewest_deaths"].min()),
                    int(found.loc[[name], "most_deaths"].max()),
                ),
            }
            for name, text in names.items()
        ]
    )


def ranges() -> pd.DataFrame:
    """Write what the admissible sets share: quantity, least, greatest, printed."""
    frame = reconstruction.ranges()
    digits = {"": "0", "%": "0.0", "months": "0.0"}
    said_elsewhere = {"survival at 12 months": "res-os-12", "survival at 24 months": "res-os-24"}
    rows = []
    for quantity, low, high, unit in zip(
        frame["quantity"],
        frame["lowest"].tolist(),
        frame["highest"].tolist(),
        frame["unit"],
        strict=True,
    ):
        end = "%" if unit == "%" else ""
        claim = said_elsewhere.get(str(quantity))
        rows.append(
            {
                "quantity": str(quantity) + (", months" if unit == "months" else ""),
                "least": printed.show(low, like=digits[str(unit)]) + end,
                "greatest": printed.show(high, like=digits[str(unit)]) + end,
                "printed": printed_text(KEY, claim) + "%" if claim else DASH,
            }
        )
    return pd.DataFrame(rows)


def quality() -> pd.DataFrame:
    """Say how closely the printed facts fix each curve: curve, events, printed, mean, widest.

    Widths are those of the band of all admissible curves, in points of percent: at the printed
    times, on average over two years, and at the time where it is widest.
    """
    names: dict[str, reconstruction.Outcome] = {
        "overall survival": "os",
        "relapse-free survival": "rfs",
    }
    rows = []
    for name, outcome in names.items():
        found = reconstruction.found(outcome)
        events, mean = found.deaths(), found.restricted_mean(24)
        band = reconstruction.envelope(outcome).set_index("time")
        width = 100 * (band["survival_highest"] - band["survival_lowest"])
        rows.append(
            {
                "curve": name,
                "events": span(int(events.lowest), int(events.highest)),
                "printed": printed.show(float(width.loc[[12.0, 24.0]].max()), like="0.0"),
                "mean": printed.show(100 * (mean.highest - mean.lowest) / 24, like="0.0"),
                "widest": f"{width.max():.0f} (month {width.idxmax():g})",
            }
        )
    return pd.DataFrame(rows)


def span(low: int, high: int) -> str:
    """Write the ends of a range of counts, once if they agree."""
    return f"{low}" if low == high else f"{low} to {high}"
