"""Transplantation: what the printed P leaves open.

Shares of sampled sets depend on the law they are drawn from (admissible orders equally likely,
transplantations uniform within their bounds); they describe that law and are no probabilities
about the paper's patients.
"""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import pandas as pd

from secondlook import printed
from secondlook.admissible import orders, sample
from secondlook.papers.claim_texts import printed_text
from secondlook.papers.kayser_2022 import constructed
from secondlook.papers.kayser_2022.construct import LATEST_TRANSPLANT
from secondlook.papers.kayser_2022.data import KEY
from secondlook.papers.kayser_2022.facts import INTERVAL, overall_survival
from secondlook.papers.kayser_2022.transplants import lay_transplants, score
from secondlook.transitions import ever_exposed_log_rank, split_at_transition

__all__ = ["direction", "naive", "sampled"]

SEED = 2022
CONTRASTING = ("favours-as-printed", "neutral", "against-as-printed")


@cache
def _sampled() -> pd.DataFrame:
    rng = np.random.default_rng(SEED)
    drawn = sample(orders(overall_survival(), INTERVAL), 60, rng).frame
    rows = []
    for number, patients in drawn.groupby("set"):
        time, event = patients["time"].to_numpy(), patients["event"].to_numpy().astype(bool)
        for _ in range(50):
            laid = lay_transplants(time, event, rng, latest=LATEST_TRANSPLANT)
            if laid is None:
                continue
            found = score(laid)
            p = math.erfc(abs(found.z) / math.sqrt(2))
            rows.append(
                {
                    "set": number,
                    "p": p,
                    "fewer_deaths": found.observed < found.expected,
                    "died_after": int(found.observed),
                    "prints": printed.verdict(printed_text(KEY, "res-mb-p"), p) == "reproduced",
                }
            )
    return pd.DataFrame(rows)


def sampled() -> pd.DataFrame:
    """Return a row a sampled set: set, p, fewer_deaths, died_after, prints (P as printed)."""
    return _sampled().copy()


def direction() -> pd.DataFrame:
    """Return, by direction, how many sampled sets there are and how many print the paper's P.

    Returns
    -------
    DataFrame
        fewer_deaths (than expected after transplantation), sets, prints, share (of `prints` among
        all sampled sets), least_died and most_died (deaths after transplantation among those that
        print the P; missing if there are none).
    """
    rows = []
    for fewer, group in sampled().groupby("fewer_deaths", sort=False):
        those = group[group["prints"]]
        rows.append(
            {
                "fewer_deaths": bool(fewer),
                "sets": len(group),
                "prints": len(those),
                "share": len(those) / len(sampled()),
                "least_died": those["died_after"].min(),
                "most_died": those["died_after"].max(),
            }
        )
    return pd.DataFrame(rows)


def naive() -> pd.DataFrame:
    """Return the P of each constructed set beside that of the comparison that immortal time biases.

    Returns
    -------
    DataFrame
        set, mantel_byar, ever_exposed (the log-rank test of ever against never transplanted).
    """
    rows = []
    for name, frame in constructed.sets().items():
        biased = ever_exposed_log_rank(_rows(frame), id="patient").log_rank
        test = constructed.mantel_byar_of(frame)
        rows.append({"set": name, "mantel_byar": test.p_value, "ever_exposed": biased.p_value})
    return pd.DataFrame(rows)


def _rows(frame: pd.DataFrame) -> pd.DataFrame:
    return split_at_transition(
        frame,
        duration="time",
        event="event",
        transition_time="transplant_time",
        id="patient",
    )
