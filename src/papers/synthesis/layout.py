"""Frames of finished text for the page that reads all documents together."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd

from papers.synthesis.agreement import compared, shared_references, totals
from papers.synthesis.evidence import UNKNOWN, studies
from papers.synthesis.forests import pooled
from secondlook.proportions import interval
from secondlook.tables import p_text, percent, percent_range

DRUGS = {"GO": "Gemtuzumab ozogamicin", "INO": "Inotuzumab ozogamicin", "none": "No conjugate"}
BASIS = {"percent": "*", "deduced": "**"}


def response_text() -> pd.DataFrame:
    """Lay out responses: a row a study as one document reports it, all text."""
    frame = studies()
    kept = frame[frame["response_printed"].notna()].to_dict("records")
    rows = []
    for study in kept:
        response, limits = _count(study["response_count"], study["response_n"])
        rows.append(
            _named(study)
            | {
                "response": response + _how(study["response_basis"]),
                "interval": limits,
                "printed": _text(study["response_printed"]),
                "verdict": study["response_verdict"],
                "where": _where(study),
            }
        )
    return pd.DataFrame(rows)


def vod_text() -> pd.DataFrame:
    """Lay out survival and VOD: a row a study as one document reports it, all text."""
    frame = studies()
    kept = frame[frame["survival"].notna() | frame["vod_printed"].notna()].to_dict("records")
    rows = []
    for study in kept:
        vod, limits = _count(study["vod_count"], study["vod_n"])
        rows.append(
            _named(study)
            | {
                "survival": _text(study["survival"]),
                "vod": vod,
                "interval": limits,
                "when": _text(study["vod_when"]),
                "verdict": study["vod_verdict"],
                "where": _where(study),
            }
        )
    return pd.DataFrame(rows)


def pooled_text(frame: pd.DataFrame) -> pd.DataFrame:
    """Pool under both models: group, model, patients, estimate, interval, prediction, spread, p."""
    rows = []
    for model in ("binomial-normal", "beta-binomial"):
        for group, found in pooled(frame, model).items():
            rows.append(
                {
                    "group": group,
                    "model": model,
                    "patients": f"{found.events} of {found.patients}",
                    "estimate": percent(found.estimate, 0),
                    "interval": percent_range(found.lower, found.upper, 0),
                    "prediction": percent_range(found.prediction_lower, found.prediction_upper, 0),
                    "p": p_text(found.heterogeneity.homogeneity_p_value),
                }
            )
    return pd.DataFrame(rows).sort_values("group", kind="stable")


def compared_text() -> pd.DataFrame:
    """Numbers that two documents print, those that differ first."""
    frame = compared()
    order = {"no": 0, "not comparable": 1, "yes": 2}
    ranked = frame.sort_values("agree", kind="stable", key=lambda column: column.map(order))
    return pd.DataFrame(
        {
            "agree": ranked["agree"].map(
                {
                    "no": "They differ",
                    "not comparable": "Not the same quantity",
                    "yes": "They agree",
                }
            ),
            "quantity": ranked["topic"] + ": " + ranked["quantity"],
            "first": ranked["printed_1"] + " (" + ranked["document_1"] + ")",
            "second": ranked["printed_2"] + " (" + ranked["document_2"] + ")",
            "reading": ranked["reading"].fillna(""),
        }
    )


def totals_text() -> pd.DataFrame:
    """Claims by document and verdict."""
    return totals().astype(str)


def shared_text() -> pd.DataFrame:
    """Return references that two documents share: reference, cited_by."""
    frame = shared_references()
    cited = frame["document"] + " (" + frame["number"].astype(str) + ")"
    grouped = frame.assign(cited=cited).groupby("reference", sort=False)["cited"].agg(", ".join)
    return grouped.rename("cited_by").reset_index()


def _count(count: object, n: object) -> tuple[str, str]:
    if pd.isna(count) or pd.isna(n):  # type: ignore[call-overload]
        return (UNKNOWN if pd.isna(count) else str(count)), UNKNOWN  # type: ignore[call-overload]
    found = interval(int(count), int(n))  # type: ignore[call-overload]
    return f"{count} of {n}", percent_range(found.lower, found.upper, 0)


def _how(basis: object) -> str:
    return BASIS[basis] if isinstance(basis, str) and basis in BASIS else ""


def _named(study: dict[Hashable, Any]) -> dict[str, str]:
    named = f"{study['study']} ({study['disease']}, {study['setting']})"
    return {"drug": DRUGS[study["drug"]], "study": named, "n": _text(study["n"])}


def _where(study: dict[Hashable, Any]) -> str:
    return f"{study['document']}: {study['place']}"


def _text(value: object) -> str:
    return UNKNOWN if pd.isna(value) else str(value)  # type: ignore[call-overload]
