"""Which number of patients can lie behind the percents of one citation."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pandas as pd

from papers.droracle_2025.data import percents, said
from papers.percent_parts import some_count
from secondlook.claims import Derived, Possible, Result
from secondlook.printed import Bounds, admits
from secondlook.proportions import denominators

SOURCE = "5"
MOST = 400
CLAIMS: Mapping[str, str] = {
    "rsp-recent": "overall response in recent studies",
    "adv-liver": "raised liver function tests",
    "adv-fever": "febrile neutropenia",
    "adv-nausea": "nausea or vomiting",
    "adv-headache": "headache",
    "adv-bleeding": "bleeding",
}


def exact_percents() -> list[str]:
    """Return the distinct percents of citation 5 that are not called approximate, as printed."""
    frame = percents()
    kept = frame[(frame["citation"] == SOURCE) & (frame["approximate"] == "no")]
    return [str(text) for text in kept["percent"].drop_duplicates()]


def sizes() -> pd.DataFrame:
    """Return every number of patients up to 400 behind all of them (see `denominators`)."""
    return denominators(exact_percents(), MOST)


def smallest() -> int:
    """Return the smallest number of patients behind all of them, rounded or cut."""
    return int(sizes()["n"].min())


def smallest_by_rounding() -> int:
    """Return the smallest number of patients behind all of them by rounding alone."""
    frame = sizes()
    return int(frame.loc[frame["rounding"], "n"].min())


def behind() -> pd.DataFrame:
    """Return each percent with its count of the smallest number of patients.

    Returns
    -------
    pandas.DataFrame
        outcome, printed, count, value (percent), made_by (rounding or cutting).
    """
    frame, n = percents(), smallest()
    rows = []
    for outcome, text in frame.loc[frame["citation"] == SOURCE, ["outcome", "percent"]].itertuples(
        index=False
    ):
        interval = admits(text)
        for count in range(n + 1):
            value = Fraction(100 * count, n)
            if value in interval.rounded or value in interval.truncated:
                made = "rounding" if value in interval.rounded else "cutting"
                rows.append((outcome, text, count, float(value), made))
    return pd.DataFrame(rows, columns=["outcome", "printed", "count", "value", "made_by"])


def percents_of_one_source() -> Mapping[str, Result]:
    """Hold the percents of citation 5 against every whole number of the smallest size."""
    return dict.fromkeys(CLAIMS, some_count(smallest()))


def response() -> Mapping[str, Result]:
    """Hold about 30% overall against its two parts."""
    total = admits(f"approximately {said('rsp-overall')}").rounded
    parts = {claim: Fraction(said(claim)) for claim in ("rsp-cr", "rsp-crp")}
    return {
        "rsp-overall": Derived(sum(parts.values(), Fraction(0)), "16% + 14%"),
        **{
            claim: Possible(
                Bounds(
                    Fraction(total.lower) - (sum(parts.values()) - value),
                    Fraction(total.upper) - (sum(parts.values()) - value),
                    True,
                    False,
                ),
                "approximately 30% less the other part",
            )
            for claim, value in parts.items()
        },
    }
