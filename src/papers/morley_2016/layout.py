"""Frames of finished text for the report and the deck."""

from __future__ import annotations

import pandas as pd

from papers.morley_2016 import criteria, exposure, percents, phase_three, transplant
from papers.morley_2016.data import criteria as printed_criteria
from papers.morley_2016.data import number, printed_text, survival
from papers.rate_frames import as_text
from secondlook import printed
from secondlook.figures import forest_frame
from secondlook.tables import percent_range

NOT_POOLED = 10**6
VOD: tuple[tuple[str, str, str, str], ...] = (
    ("Inotuzumab, at any time", "Phase III, 15 of 109", "tox-p3-vod", "tox-p3-vod-n"),
    ("Inotuzumab, at any time", "Phase III, 13 of 109", "p3-ino-vod", "tox-p3-vod-n"),
    ("Inotuzumab, at any time", "Mini-hyper-CVD", "mini-vod-count", "mini-response-n"),
    ("Inotuzumab, then SCT", "Phase II", "sct-vod-count", "sct-n"),
    ("Inotuzumab, then SCT", "Phase III", "p3-vod-after", "p3-ino-sct"),
    ("Inotuzumab, then SCT", "Under 18 years", "child-vod", "child-sct"),
    ("Gemtuzumab", "Giles, no SCT", "giles-count", "giles-n"),
    ("Gemtuzumab", "Dana-Farber, then SCT", "exposed-count", "exposed-n"),
    ("No conjugate", "Dana-Farber, SCT", "unexposed-count", "unexposed-n"),
)


def rates_text() -> pd.DataFrame:
    """Lay out counts: section, what, count, printed, percent and its exact interval."""
    frame = percents.rates()
    text = as_text(frame.assign(printed=frame["percent"].astype(str)), n="of", limits=0)
    return text[["section", "what", "count", "printed", "percent", "interval"]]


def tests_text() -> pd.DataFrame:
    """The usual tests of response by level: test, p_value, prints (yes or no), nearest first."""
    frame = exposure.level_tests()
    sides = frame["sides"].map({1: ", one-sided", 2: ""})
    text = pd.DataFrame(
        {
            "test": frame["test"] + sides,
            "p_value": [printed.show(p, like="0.0000") for p in frame["p_value"]],
            "prints": frame["verdict"].map(
                {"reproduced": "yes", "truncated": "only if cut", "differs": "no"}
            ),
            "distance": (frame["p_value"] - float(printed_text("lev-p"))).abs(),
        }
    )
    order = {"yes": 0, "only if cut": 1, "no": 2}
    ranked = text.assign(rank=text["prints"].map(order)).sort_values(["rank", "distance"])
    return ranked[["test", "p_value", "prints"]].reset_index(drop=True)


def arms_text() -> pd.DataFrame:
    """Arms that agree with the printed percents: left_out, inotuzumab, standard, percent."""
    whole = phase_three.arms()
    shown = whole[whole["n_ino"] == whole["n_soc"]].head(1).assign(left_out=0)
    found = phase_three.left_out_at_most(phase_three.MOST_LEFT_OUT)
    frame = pd.concat([shown, found], ignore_index=True)
    return pd.DataFrame(
        {
            "left_out": frame["left_out"].astype(str),
            "inotuzumab": [
                f"{a} of {n}" for a, n in zip(frame["responders_ino"], frame["n_ino"], strict=True)
            ],
            "standard": [
                f"{a} of {n}" for a, n in zip(frame["responders_soc"], frame["n_soc"], strict=True)
            ],
            "percent": [printed.show(value, like="0.0") for value in frame["percent_soc"]],
        }
    )


def survival_text() -> pd.DataFrame:
    """Survival after transplantation: quantity, one column a time, in percent."""
    frame = survival().assign(time=lambda f: f["months"].map("month {}".format))
    wide = frame.set_index(["quantity", "time"])["percent"].unstack().astype("Int64")  # noqa: PD010
    columns = [f"month {month}" for month in sorted(survival()["months"].unique())]
    return wide[columns].reset_index().rename_axis(columns=None)


def constructed_text() -> pd.DataFrame:
    """Return what the constructed patients give: quantity, printed, constructed."""
    names = {
        "keb-efs-6m": "event-free survival, month 6, %",
        "keb-efs": "event-free survival, month 12, %",
        "keb-os": "overall survival, month 12, %",
        "keb-nrm": "non-relapse mortality, month 12, %",
        "keb-vod-deaths": "fatal VOD",
        "keb-vod-day": "median day of fatal VOD",
        "keb-relapse-deaths": "deaths from recurrence",
    }
    found = transplant.found()
    return pd.DataFrame(
        {
            "quantity": list(names.values()),
            "printed": [printed_text(claim) for claim in names],
            "constructed": [
                printed.show(found[claim], like="0.0" if "%" in name else "0")
                for claim, name in names.items()
            ],
        }
    )


def criteria_printed() -> pd.DataFrame:
    """Table 1 as printed: category, blasts, platelets, neutrophils."""
    frame = printed_criteria()
    return pd.DataFrame(
        {
            "category": frame["category"],
            "blasts": frame["blasts"],
            "platelets": [
                f"{sign}{value:g}"
                for sign, value in zip(frame["platelets_relation"], frame["platelets"], strict=True)
            ],
            "neutrophils": [
                f"{sign}{value:.1f}"
                for sign, value in zip(
                    frame["neutrophils_relation"], frame["neutrophils"], strict=True
                )
            ],
        }
    )


def criteria_text() -> pd.DataFrame:
    """Which categories hold: platelets by neutrophils, each below, at or above its bound."""
    frame = criteria.categories()
    text = frame.assign(held=[", ".join(found) or "none" for found in frame["categories"]])
    wide = text.set_index(["platelets", "neutrophils"])["held"].unstack()  # noqa: PD010
    return (
        wide.loc[list(criteria.CELLS), list(criteria.CELLS)].reset_index().rename_axis(columns=None)
    )


def vod_frame() -> pd.DataFrame:
    """Return the frame of the forest plot of VOD, not pooled (see `forest_frame`)."""
    rows = [
        {"group": group, "study": study.split(", 1")[0], "count": number(a), "n": number(n)}
        for group, study, a, n in VOD
    ]
    return forest_frame(pd.DataFrame(rows), least=NOT_POOLED)


def interval_text(stem: str) -> str:
    """Write the exact interval of a row of counts, in percent."""
    row = percents.rates().set_index("stem").loc[[stem]]
    return f"{percent_range(row['lower'].item(), row['upper'].item(), 0)}%"
