"""The test cases of statcheck and scrutiny: what these expect, and what the scan says of each."""

from __future__ import annotations

import re
from functools import cache

import pandas as pd

from secondlook.data import load
from secondlook.scan import debit, grim, grimmer
from secondlook.scan.checks.methods import corrections
from secondlook.scan.checks.statistics.statistic import consistent
from secondlook.scan.checks.statistics.statistic_notation import statistics
from secondlook.scan.checks.statistics.statistics_reported import check_statistics
from secondlook.scan.document import Document, Paragraph

TESTS = {
    "test-decisionerror.R": "decisions at 0.05",
    "test-error.R": "inconsistent P",
    "test-grim.R": "GRIM",
    "test-grimmer-map.R": "GRIMMER",
    "test-debit-map.R": "DEBIT",
}
"""What a file of tests is about; the others are about what is read."""


@cache
def cases() -> pd.DataFrame:
    """Return every case: ``program, what, case, theirs, ours``."""
    table = load("methods", "checkers")
    table["what"] = table["source"].map(TESTS).fillna("what is read")
    table["ours"] = [
        _ours(*map(str, row)) for row in table[["source", "case", "theirs"]].to_numpy()
    ]
    return table[["program", "what", "case", "theirs", "ours"]]


def summary() -> pd.DataFrame:
    """Count the cases of a program and a subject: ``program, what, cases, same``."""
    table = cases().assign(same=lambda t: t["theirs"] == t["ours"])
    counted = table.groupby(["program", "what"], sort=False)["same"].agg(["size", "sum"])
    return counted.reset_index().set_axis(["program", "what", "cases", "same"], axis=1)


def different() -> pd.DataFrame:
    """Count the cases in which we part by reason: ``theirs, ours, why, cases, example``."""
    table = cases()
    table = table.loc[table["theirs"] != table["ours"], ["case", "theirs", "ours"]]
    reasons = load("methods", "checkers-why").to_dict("records")
    why = [
        [
            str(reason["why"]) for reason in reasons
            if (reason["theirs"], reason["ours"]) == (row["theirs"], row["ours"])
            and re.search(str(reason["case"]), str(row["case"]))
        ]
        for row in table.to_dict("records")
    ]  # fmt: skip
    table["why"] = [" | ".join(each) for each in why]
    counted = table.groupby(["theirs", "ours", "why"], sort=False)["case"].agg(["size", "first"])
    return counted.set_axis(["cases", "example"], axis=1).reset_index()


def _ours(source: str, case: str, theirs: str) -> str:
    if case.startswith("mean "):
        return "possible" if _possible(source, case) else "impossible"
    found = list(statistics(case))
    if not found:
        return "not read"
    if theirs in ("read", "not read"):
        return "read"
    if theirs == "decision changes":
        paragraph = Paragraph("Results", 1, case)
        document = Document("case", "", (paragraph,), ())
        (finding,) = check_statistics(document, [], corrections(document))
        if "0.05, and the printed one" in finding.reading:
            return theirs
    return "consistent" if consistent(found[0]) else "inconsistent"


def _possible(source: str, case: str) -> bool:
    told = dict(part.split(" ") for part in case.split(", "))
    mean, n = told["mean"], int(told["n"])
    if source == "test-grim.R":
        items, percent = int(told.get("items", 1)), mean.endswith("%")
        return grim(mean.removesuffix("%"), n, items=items, percent=percent)
    return (debit if source == "test-debit-map.R" else grimmer)(mean, told["SD"], n)
