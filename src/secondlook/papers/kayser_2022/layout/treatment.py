"""Frames of finished text for the report: printed beside re-derived."""

from __future__ import annotations

import pandas as pd

from secondlook import claims, datasets, printed
from secondlook.papers import ledger_frames
from secondlook.papers.claim_texts import printed_text
from secondlook.papers.kayser_2022 import power, reconstruction, scan
from secondlook.papers.kayser_2022.data import KEY, PATIENTS, localizations, responses, said
from secondlook.proportions import interval
from secondlook.tables import percent

DASH = "–"
FIRST = {
    "complete remission": "res-c1-cr",
    "partial remission": "res-c1-pr",
    "stable disease": "res-c1-sd",
    "resistant or progressive disease": "res-c1-pd",
}
SECOND = {
    "complete remission": "res-c2-cr",
    "partial remission": "res-c2-pr",
    "stable, resistant or progressive disease": "res-c2-pd",
    "early death": "res-c2-death",
}


def table_1() -> pd.DataFrame:
    """Table 1 beside what the rest of the paper gives: quantity, printed, recomputed, verdict."""
    ledger = claims.ledger(KEY)
    rows = ledger[ledger["id"].str.startswith("t1-")]
    return rows[["quantity", "printed", "recomputed", "verdict"]].reset_index(drop=True)


def table_2() -> pd.DataFrame:
    """Table 2 with percents of 31 and the sum, which the paper does not print."""
    frame = localizations()
    rows = [
        {"localization": str(name), "patients": str(n), "percent": percent(int(n) / PATIENTS, 0)}
        for name, n in zip(frame["localization"], frame["number"], strict=True)
    ]
    rows.append(
        {"localization": "sum", "patients": str(int(frame["number"].sum())), "percent": DASH}
    )
    return pd.DataFrame(rows)


def response_rates() -> pd.DataFrame:
    """Responses with exact intervals: part, response, count (of n), printed, percent, interval."""
    rows: list[dict[str, str]] = []
    first = responses("first cycle")
    assessed = PATIENTS - first["not assessed"]
    for name, claim in FIRST.items():
        rows.append(_rate("After the first cycle", name, claim, first[name], assessed))
    second = responses("two cycles")
    for name, claim in SECOND.items():
        rows.append(_rate("After two cycles", name, claim, second[name], PATIENTS))
    both = second["complete remission"] + second["partial remission"]
    rows.append(_rate("After two cycles", "complete or partial", "abs-orr", both, PATIENTS))
    relapsed, responders = int(said("res-relapsed-n")), int(said("res-responders"))
    sos, after = int(said("vod-n")), int(said("vod-after-n"))
    rows += [
        _rate("Later", "relapsed, of the responders", "res-relapsed", relapsed, responders),
        _rate("Later", "VOD/SOS", "vod", sos, PATIENTS),
        _rate("Later", "VOD/SOS after transplantation", "vod-after", after, int(said("res-hsct"))),
    ]
    return pd.DataFrame(rows)


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


def told() -> pd.DataFrame:
    """List the patients whose course is told, with times as printed."""
    table = datasets.text(KEY, "told")
    time = [
        f"{time} {unit}s from {origin}" if time else DASH
        for time, unit, origin in zip(
            table["time"], table["unit"], table["measured_from"], strict=True
        )
    ]
    return pd.DataFrame(
        {
            "patient": table["patient"],
            "event": table["event"],
            "time": time,
            "transplanted": table["transplanted"].replace("", DASH),
            "cycles": table["cycles_before"].replace("", DASH),
        }
    )


def _rate(part: str, name: str, claim: str, count: int, n: int) -> dict[str, str]:
    exact = interval(count, n)
    return {
        "part": part,
        "rate": name,
        "count": f"{count} of {n}",
        "printed": printed_text(KEY, claim),
        "percent": percent(exact.estimate),
        "interval": f"{percent(exact.lower)} to {percent(exact.upper)}",
    }


def disagreements() -> pd.DataFrame:
    """Return what is not reproduced, once a quantity: verdict, quantity, printed, why.

    The facts on survival, which the search reproduces together, are left out.
    """
    frame = ledger_frames.disagreements(KEY)
    together = frame["why"].str.startswith("The individual data are not public")
    return frame[~together]


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
                "events": _span(int(events.lowest), int(events.highest)),
                "printed": printed.show(float(width.loc[[12.0, 24.0]].max()), like="0.0"),
                "mean": printed.show(100 * (mean.highest - mean.lowest) / 24, like="0.0"),
                "widest": f"{width.max():.0f} (month {width.idxmax():g})",
            }
        )
    return pd.DataFrame(rows)


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
                "deaths": _span(
                    int(found.loc[[name], "fewest_deaths"].min()),
                    int(found.loc[[name], "most_deaths"].max()),
                ),
            }
            for name, text in names.items()
        ]
    )


def _span(low: int, high: int) -> str:
    return f"{low}" if low == high else f"{low} to {high}"


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


def p_text(value: float) -> str:
    """Write a P value with two decimals, with three below a tenth."""
    if value < 0.001:
        return "<0.001"
    return printed.show(value, like="0.00" if value >= 0.1 else "0.000")


def complete_interval() -> str:
    """Return the exact interval of the complete remissions after two cycles, as text."""
    frame = response_rates()
    rows = frame[(frame["part"] == "After two cycles") & (frame["rate"] == "complete remission")]
    return str(rows["interval"].item())
