"""Short frames of finished text for the slides."""

from __future__ import annotations

import pandas as pd

from papers.morley_2016 import exposure, phase_three
from papers.morley_2016.data import number, printed_text, table
from papers.morley_2016.layout import NOT_POOLED
from secondlook import printed
from secondlook.figures import forest_frame

# Test in the report -> its name on a slide, where words are few.
TESTS = {
    "Pearson chi-square": "Pearson χ², uncorrected",
    "Mid-p Fisher": "Fisher, mid-p",
    "Boschloo": "Boschloo",
    "Fisher": "Fisher, exact",
    "Yates chi-square": "χ² with Yates",
}


def reported() -> pd.DataFrame:
    """List the review's main results: result, printed."""
    rows = [
        ("response, phase II", f"{printed_text('abs-orr')}%"),
        (
            "response, phase III",
            f"{printed_text('p3-ino-cr')}% against {printed_text('p3-soc-cr')}%",
        ),
        ("response by drug level", f"P = {printed_text('lev-p')}"),
        ("VOD, phase III", f"{printed_text('p3-ino-vod')} patients"),
        ("VOD after transplantation", f"{printed_text('sct-vod-percent')}%"),
    ]
    return pd.DataFrame(rows, columns=["result", "printed"])


def response() -> pd.DataFrame:
    """Return the frame of the forest plot of response, not pooled (see `forest_frame`)."""
    both = sum(number(f"both-{kind}-count") for kind in ("cr", "crp", "cri"))
    first, _, arm = phase_three.equal_arms()
    rows = [
        ("Phase II, single dose", number("p2-response-count"), number("p2-n")),
        ("Both schedules", both, number("p2-n") + number("weekly-n")),
        ("Phase III, interim", first, arm),
    ]
    return forest_frame(pd.DataFrame(rows, columns=["study", "count", "n"]), least=NOT_POOLED)


def levels() -> pd.DataFrame:
    """Return the frame of the forest plot of response by level of the drug."""
    (high, not_high), (low, not_low) = table("high-level", "low-level")
    rows = [
        ("Above 100 ng/mL", high, high + not_high),
        ("Below", low, low + not_low),
    ]
    return forest_frame(pd.DataFrame(rows, columns=["study", "count", "n"]), least=NOT_POOLED)


def vod() -> pd.DataFrame:
    """Return the frame of the forest plot of VOD, not pooled (see `forest_frame`)."""
    rows = [
        ("Inotuzumab, SCT: phase II", number("sct-vod-count"), number("sct-n")),
        ("Inotuzumab, SCT: phase III", number("p3-vod-after"), number("p3-ino-sct")),
        ("Gemtuzumab, SCT", number("exposed-count"), number("exposed-n")),
        ("Gemtuzumab, no SCT", number("giles-count"), number("giles-n")),
        ("No conjugate, SCT", number("unexposed-count"), number("unexposed-n")),
    ]
    return forest_frame(pd.DataFrame(rows, columns=["study", "count", "n"]), least=NOT_POOLED)


def tests() -> pd.DataFrame:
    """Give the P values of five tests, two-sided: test, P."""
    frame = exposure.level_tests()
    frame = frame[frame["sides"] == 2].set_index("test")
    found = frame.loc[list(TESTS), "p_value"].tolist()
    return pd.DataFrame(
        {
            "test": list(TESTS.values()),
            "P": [printed.show(p, like="0.000") for p in found],
        }
    )
