"""Rates, tests and curves as finished text: estimates, intervals, P values, months."""

from __future__ import annotations

import math

import pandas as pd

from papers.kucukciler_2021 import comparisons, curves, rates
from papers.kucukciler_2021.survival import statements
from papers.rate_frames import as_text, with_intervals
from secondlook import printed
from secondlook.tables import DASH, p_text, percent, percent_range


def rates_text() -> pd.DataFrame:
    """Rates with exact intervals: part, rate, count (of n), printed, percent, interval."""
    frame = rates.rates()
    text = as_text(frame.assign(printed=frame["printed"].fillna(DASH)))
    return text[["part", "rate", "count", "printed", "percent", "interval"]]


def comparisons_text() -> pd.DataFrame:
    """Responders by group: part, group, count (of n), percent, interval."""
    parts = {
        "Cytogenetic risk": comparisons.response_by_risk(),
        "Prior lines (Table 4's number so read)": comparisons.response_by_lines(),
    }
    groups = pd.concat([frame.assign(part=part) for part, frame in parts.items()])
    counts = groups.rename(columns={"responders": "count"}).reset_index(drop=True)
    text = as_text(with_intervals(counts), decimals=0)
    return text[["part", "group", "count", "percent", "interval"]]


def one_line_against_more() -> tuple[str, str]:
    """Write the responders with one prior line and with more, as "5 of 5"."""
    frame = comparisons.one_line_against_more()
    one, more = (
        f"{count} of {n}"
        for count, n in zip(frame["responders"].tolist(), frame["n"].tolist(), strict=True)
    )
    return one, more


def cut_percent(value: float) -> str:
    """Write a proportion as a percent with one decimal, further digits cut off."""
    return f"{math.floor(1000 * value + 1e-9) / 10:.1f}"


def tests_text() -> pd.DataFrame:
    """Exact tests: comparison, test, patients, p."""
    frame = comparisons.tests()
    return frame.assign(p_value=[p_text(p) for p in frame["p_value"]])


def assumptions_text() -> pd.DataFrame:
    """Read the curves at the printed times: assumption, deaths, at_6, before_6, at_12, means."""
    frame = curves.summary()
    return pd.DataFrame(
        {
            "assumption": frame["assumption"],
            "at_6": [percent(v) for v in frame["at_6"]],
            "before_6": [percent(v) for v in frame["before_6"]],
            "at_12": [percent(v) for v in frame["at_12"]],
            "mean_to_largest": [months(v) for v in frame["mean_to_largest"]],
            "mean_to_last_death": [months(v) for v in frame["mean_to_last_death"]],
            "median": [months(v, 0) for v in frame["median"]],
        }
    )


def readings_text() -> pd.DataFrame:
    """List each statement's readings: statement, reading, assignments, deaths (from, to)."""
    frame = statements().alone
    span = [
        DASH if pd.isna(low) else f"{low} to {high}" if low != high else f"{low}"
        for low, high in zip(frame["fewest_deaths"], frame["most_deaths"], strict=True)
    ]
    return pd.DataFrame(
        {
            "statement": frame["statement"],
            "reading": frame["reading"],
            "assignments": [f"{count:,}" for count in frame["assignments"]],
            "deaths": span,
        }
    )


def interval_types_text() -> pd.DataFrame:
    """One curve, five types of interval: interval, at 6 and 12 months, and of the median."""
    frame = curves.interval_types()
    return pd.DataFrame(
        {
            "interval": frame["interval"],
            **{
                f"at_{month}": [
                    percent_range(low, high)
                    for low, high in zip(
                        frame[f"lower_{month}"], frame[f"upper_{month}"], strict=True
                    )
                ]
                for month in (6, 12)
            },
            "median": [
                f"{months(low, 0)} to {months(high, 0)}"
                for low, high in zip(frame["lower_median"], frame["upper_median"], strict=True)
            ],
        }
    )


def response_comparisons_text() -> pd.DataFrame:
    """Survival by response: comparison, patients, medians, p."""
    frame = curves.response_comparisons()
    return pd.DataFrame(
        {
            "comparison": frame["comparison"],
            "responders": frame["responders"].astype(str),
            "others": frame["others"].astype(str),
            "median_responders": [months(v) for v in frame["median_responders"]],
            "median_others": [months(v) for v in frame["median_others"]],
            "p_value": [p_text(p) for p in frame["p_value"]],
        }
    )


def risk_comparisons_text() -> pd.DataFrame:
    """Survival by risk: assumption, against, medians, p_value, exact."""
    frame = curves.risk_comparisons()
    return pd.DataFrame(
        {
            "assumption": frame["assumption"],
            "against": [
                f"{a} ({n})" for a, n in zip(frame["against"], frame["others"], strict=True)
            ],
            "median_adverse": [months(v) for v in frame["median_adverse"]],
            "median_others": [months(v) for v in frame["median_others"]],
            "p_value": [p_text(p) for p in frame["p_value"]],
            "exact": [p_text(p) for p in frame["exact"]],
        }
    )


def months(value: float, decimals: int = 1) -> str:
    """Write a number of months; one that is not reached is said so."""
    if math.isnan(value):
        return "not reached"
    return printed.show(value, like="0." + "0" * decimals if decimals else "0")
