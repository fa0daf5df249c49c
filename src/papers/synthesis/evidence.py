"""The evidence table: every study as one document reports it, with the verdict on its number."""

from __future__ import annotations

from functools import cache

import pandas as pd

from secondlook import claims, datasets

KEY = "synthesis"
UNKNOWN = "–"


@cache
def _verdicts(key: str) -> dict[str, str]:
    papers = claims.keys()
    if key not in papers:
        return {}
    ledger = claims.ledger(key)
    names = ledger["id"].str.rpartition("/")[2]
    return dict(zip(names, ledger["verdict"], strict=True))


def verdict_of(document: str, claim: object) -> str:
    """Return the verdict on a claim, also one that another document holds; a dash if there is none.

    A document whose claims are not entered yet has none.
    """
    return _verdicts(document).get(str(claim), UNKNOWN)


def studies() -> pd.DataFrame:
    """Return every study with the verdicts on its response and on VOD.

    Returns
    -------
    pandas.DataFrame
        The columns of the resource "studies", and response_verdict, vod_verdict.
    """
    frame = datasets.load(KEY, "studies")
    return frame.assign(
        response_verdict=[
            verdict_of(d, c)
            for d, c in zip(frame["document"], frame["response_claim"], strict=True)
        ],
        vod_verdict=[
            verdict_of(d, c) for d, c in zip(frame["document"], frame["vod_claim"], strict=True)
        ],
    )
