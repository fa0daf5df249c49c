"""All documents read together: the studies that they report, pooled, and what they say differently.

A patient enters a pooled group once. Where a row of the resource "studies" may hold the patients of
another row of the same group (its column "within"), it is shown and not pooled. Counts of fatal VOD
alone are not pooled with counts of all VOD.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pandas as pd

from papers.rate_frames import with_intervals
from secondlook import claims, printed
from secondlook.data import load
from secondlook.pooling import PooledProportion, estimate, pool
from secondlook.pooling.pooled import ModelName, PredictionDf
from secondlook.proportions import fisher_exact

KEY = "synthesis"
UNKNOWN = "–"
DRUGS = {"GO": "Gemtuzumab ozogamicin", "INO": "Inotuzumab ozogamicin", "none": "No conjugate"}
GO, INO = "Gemtuzumab, R/R AML", "Inotuzumab, R/R ALL"
DISEASES = {"GO": GO, "INO": INO}
STARS = {"percent": "*", "deduced": "**"}
FATAL_ONLY = "fatal only"
VOD_GROUPS = (
    "GO, no SCT or not said",
    "GO, then SCT",
    "INO, before or without SCT",
    "INO, then SCT",
    "INO, when not said",
    "No conjugate, SCT",
)
LEAST = 3
"""The fewest studies that are pooled."""


def studies() -> pd.DataFrame:
    """Return every study as one document reports it, in its order.

    The columns of the resource "studies"; name (with disease and setting), drug_name, source
    (document and place); and for response and vod: of (" of 277", or nothing without a
    denominator), star, lower, upper (the exact interval, a proportion) and verdict.
    """
    frame = load(KEY, "studies")
    frame = frame.assign(
        name=frame["study"] + " (" + frame["disease"] + ", " + frame["setting"] + ")",
        drug_name=frame["drug"].map(DRUGS),
        source=frame["document"] + ": " + frame["place"],
    )
    for what in ("response", "vod"):
        known = frame[[f"{what}_count", f"{what}_n"]].notna().all(axis=1)
        counts = frame.loc[known, [f"{what}_count", f"{what}_n"]].set_axis(["count", "n"], axis=1)
        rates = with_intervals(counts)
        columns: dict[str, Any] = {
            "of": [f" of {n}" if pd.notna(n) else "" for n in frame[f"{what}_n"]],
            "star": frame[f"{what}_basis"].map(STARS).fillna(""),
            "lower": rates["lower"],
            "upper": rates["upper"],
            "verdict": [
                verdict_of(document, claim)
                for document, claim in zip(frame["document"], frame[f"{what}_claim"], strict=True)
            ],
        }
        frame = frame.assign(**{f"{what}_{name}": column for name, column in columns.items()})
    return frame


def verdict_of(document: str, claim: object) -> str:
    """Return the verdict on a claim of a document; a dash if it has none."""
    rows = claims.rows(document) if document in claims.keys() else []  # noqa: SIM118
    return {row["id"]: str(row["verdict"]) for row in rows}.get(str(claim), UNKNOWN)


def response_studies(*, once: bool = True) -> pd.DataFrame:
    """Return the studies whose response is pooled: group, study, count, n.

    `once` leaves the studies out whose patients may be within another one of the group.
    """
    frame = load(KEY, "studies")
    kept = frame[frame["pool_response"] == "yes"]
    return _grouped(kept.assign(group=kept["drug"].map(DISEASES)), "response", once)


def vod_studies(*, once: bool = True) -> pd.DataFrame:
    """Return the studies whose VOD is shown: group, study, count, n, in the order of the groups.

    `once` leaves the studies out whose patients may be within another one of the group.
    """
    frame = load(KEY, "studies")
    fatal = frame["vod_when"].fillna("").str.contains(FATAL_ONLY)
    kept = frame[frame["pool_vod"].notna() & ~fatal].rename(columns={"pool_vod": "group"})
    ranked = kept.sort_values(
        "group", kind="stable", key=lambda groups: groups.map(VOD_GROUPS.index)
    )
    return _grouped(ranked, "vod", once)


def _grouped(frame: pd.DataFrame, what: str, once: bool) -> pd.DataFrame:
    within = load(KEY, "studies").set_index("study")["within"].dropna().to_dict()
    members = frame.groupby("group")["study"].agg(set).to_dict()

    def counted_twice(study: str, group: str) -> bool:
        while study in within:
            study = within[study]
            if study in members[group]:
                return True
        return False

    twice = [
        counted_twice(study, group)
        for study, group in zip(frame["study"], frame["group"], strict=True)
    ]
    kept = frame[[not (once and each) for each in twice]]
    return pd.DataFrame(
        {
            "group": kept["group"],
            "study": kept["study"].str.replace(", after SCT", ""),
            "count": kept[f"{what}_count"].astype(int),
            "n": kept[f"{what}_n"].astype(int),
        }
    ).reset_index(drop=True)


def pooled(
    frame: pd.DataFrame,
    model: ModelName = "binomial-normal",
    prediction_df: PredictionDf = "k-1",
) -> dict[str, PooledProportion]:
    """Pool each group of three studies or more."""
    return {
        str(group): pool(members["count"], members["n"], model=model, prediction_df=prediction_df)
        for group, members in frame.groupby("group", sort=False)
        if len(members) >= LEAST
    }


def pooled_table(frame: pd.DataFrame) -> pd.DataFrame:
    """Pool each group under both models.

    Columns: group, model, studies, events, patients; estimate, lower, upper; prediction_lower and
    prediction_upper (binomial-normal: t with k - 1 degrees of freedom), wider_lower and wider_upper
    (k - 2; missing for the beta-binomial, which has one prediction); p, Fisher's exact test
    (Freeman and Halton) that all studies of the group have one rate.
    """
    rows = []
    for group, found in pooled(frame).items():
        members = frame[frame["group"] == group]
        table = [[a, n - a] for a, n in zip(members["count"], members["n"], strict=True)]
        p = fisher_exact(table).p_value
        wider = pooled(members, prediction_df="k-2")[group]
        limits = {"wider_lower": wider.prediction_lower, "wider_upper": wider.prediction_upper}
        beta = pooled(members, "beta-binomial")[group]
        rows += [{"group": group, "p": p, **asdict(found), **limits}]
        rows += [{"group": group, "p": p, **asdict(beta)}]
    return pd.DataFrame(rows)


def leave_one_out(frame: pd.DataFrame) -> pd.DataFrame:
    """Pool each group again without each of its studies: group, left_out, estimate."""
    rows = [
        (group, study, estimate(rest["count"], rest["n"]))
        for group, members in frame.groupby("group", sort=False)
        if len(members) >= LEAST
        for study in members["study"]
        for rest in [members[members["study"] != study]]
    ]
    return pd.DataFrame(rows, columns=["group", "left_out", "estimate"])


def compared() -> pd.DataFrame:
    """Compare the numbers that two documents print, those that differ first.

    The columns of the resource "comparisons", and agree ("yes" if either number prints as the other
    does, "no" if both mean the same quantity and differ, "not comparable" otherwise).
    """
    frame = load(KEY, "comparisons")
    same = [_print_alike(a, b) for a, b in zip(frame["printed_1"], frame["printed_2"], strict=True)]
    agree = [
        "not comparable" if base == "different" else "yes" if alike else "no"
        for base, alike in zip(frame["base"], same, strict=True)
    ]
    order = ["no", "not comparable", "yes"]
    return frame.assign(agree=agree).sort_values(
        "agree", kind="stable", key=lambda column: column.map(order.index)
    )


def _print_alike(one: str, other: str) -> bool:
    values = printed.parse(one).value, printed.parse(other).value
    return "reproduced" in (printed.verdict(one, values[1]), printed.verdict(other, values[0]))


def shared_references() -> pd.DataFrame:
    """Return the references that two documents share: reference, cited_by."""
    frame = load(KEY, "shared-references")
    cited = frame["document"] + " (" + frame["number"].astype(str) + ")"
    grouped = frame.assign(cited_by=cited).groupby("reference", sort=False)["cited_by"]
    return grouped.agg(", ".join).reset_index()


def totals() -> pd.DataFrame:
    """Count the claims of every document: document, claims, independent checks, by verdict."""
    rows = []
    for key in claims.keys():  # noqa: SIM118
        own = [row["verdict"] for row in claims.rows(key)]
        rows.append(
            {"document": key, "claims": len(own), "checks": claims.independent(key)}
            | {verdict: own.count(verdict) for verdict in claims.VERDICTS}
        )
    return pd.DataFrame(rows)
