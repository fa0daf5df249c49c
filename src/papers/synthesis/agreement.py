"""Numbers that two documents print, and references that they share."""

from __future__ import annotations

import pandas as pd

from papers.synthesis.evidence import KEY, verdict_of
from secondlook import claims, datasets, printed


def compared() -> pd.DataFrame:
    """Compare the numbers that two documents print.

    Returns
    -------
    pandas.DataFrame
        The columns of the resource "comparisons", and agree ("yes" if either number prints as the
        other does, "no" if both mean the same quantity and differ, "not comparable" otherwise),
        verdict_1, verdict_2.
    """
    frame = datasets.load(KEY, "comparisons")
    same = [_print_alike(a, b) for a, b in zip(frame["printed_1"], frame["printed_2"], strict=True)]
    return frame.assign(
        agree=[
            "not comparable" if base == "different" else "yes" if alike else "no"
            for base, alike in zip(frame["base"], same, strict=True)
        ],
        verdict_1=_verdicts(frame, "1"),
        verdict_2=_verdicts(frame, "2"),
    )


def shared_references() -> pd.DataFrame:
    """Return references that two documents share: reference, document, number."""
    return datasets.load(KEY, "shared-references")


def totals() -> pd.DataFrame:
    """Count the claims of every document by verdict: document, claims, and a column a verdict."""
    rows, papers = [], claims.keys()
    for key in papers:
        own = [judged.verdict for judged in claims.judge(key) if "/" not in judged.claim.id]
        rows.append(
            {"document": key, "claims": len(own)}
            | {verdict: own.count(verdict) for verdict in claims.VERDICTS}
        )
    return pd.DataFrame(rows)


def _verdicts(frame: pd.DataFrame, which: str) -> list[str]:
    return [
        verdict_of(document, claim)
        for document, claim in zip(frame[f"document_{which}"], frame[f"claim_{which}"], strict=True)
    ]


def _print_alike(one: str, other: str) -> bool:
    values = printed.parse(one).value, printed.parse(other).value
    return "reproduced" in (printed.verdict(one, values[1]), printed.verdict(other, values[0]))
