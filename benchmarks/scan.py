"""How well `scan` does: ``python -m benchmarks.scan ARTICLES TEXTS``.

ARTICLES holds real articles with an answer key, TEXTS the text of papers that have a ledger here.
``--write`` records the counts in ``data/scan/goals.csv``, from where the methods page prints them;
time is printed and not recorded.
"""

from __future__ import annotations

import argparse
import csv
import re
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

from secondlook import claims, data
from secondlook.claims.ledger import Judged
from secondlook.scan import Finding, Scan, scan
from secondlook.scan.draft import AGAINST, draft, rooted
from secondlook.scan.draft.drafted import words
from secondlook.scan.numbers import numbers
from secondlook.scan.reading import read

RECORD = Path(__file__).parents[1] / "data" / "scan" / "goals.csv"
PLACE = ("table_index", "grid_row", "grid_col", "part")


def key(folder: Path, name: str = "key") -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@cache
def scans(folder: Path) -> dict[str, Scan]:
    return {row["id"]: scan(folder / f"{row['id']}.nxml.gz") for row in key(folder, "manifest")}


def goals(folder: Path, texts: Path) -> pd.DataFrame:
    """Count, goal by goal, how many of how many: columns ``goal``, ``count``, ``of``."""
    found = scans(folder)
    rows = [*percents(folder, found), *p_values(folder, found), *estimates(folder, found)]
    rows += ledgers(texts)
    rows += drafts(texts)
    return pd.DataFrame(rows, columns=["goal", "count", "of"])


def percents(folder: Path, found: dict[str, Scan]) -> Iterator[tuple[str, int, int]]:
    at = {
        (article, f.table, f.row, f.column, f.part): f.level
        for article, each in found.items()
        for f in each.findings
        if f.check == "percent"
    }
    judged = [
        (row, at.get((row["id"], *(int(row[c]) for c in PLACE)), "none")) for row in key(folder)
    ]
    clear = [level for row, level in judged if row["accuse"] != "yes"]
    due = [level for row, level in judged if row["accuse"] == "yes"]
    shares = [level for row, level in judged if row["verdict"] != "not-count-percent"]
    yield "percents accused that the key clears", clear.count("fails"), len(clear)
    yield "percents accused of those that do not hold", due.count("fails"), len(due)
    yield "percents judged", len(shares) - shares.count("none"), len(shares)


def p_values(folder: Path, found: dict[str, Scan]) -> Iterator[tuple[str, int, int]]:
    rows = [row for row in key(folder, "key_pvalues") if row["table"].startswith("Table")]
    accused = {
        (article, f.printed)
        for article, each in found.items()
        for f in each.findings
        if f.check == "p-of-table" and f.level == "fails"
    }
    due = {(row["id"], row["printed_P"]) for row in rows if row["accuse"] == "yes"}
    clear = {(row["id"], row["printed_P"]) for row in rows} - due
    yield "P of counts accused that the key clears", len(accused - due), len(clear)
    yield "P of counts accused of those that do not hold", len(accused & due), len(due)


def estimates(folder: Path, found: dict[str, Scan]) -> Iterator[tuple[str, int, int]]:
    def named(row: dict[str, str]) -> tuple[str, float, float, float]:
        low, high = (
            row.get("ci_low") or row["printed_low"],
            row.get("ci_high") or row["printed_high"],
        )
        value = row.get("estimate") or row["printed_estimate"]
        return row["id"], float(value), float(low), float(high)

    rows = [*key(folder, "key_estimates"), *key(folder, "key_ratios_from_counts")]
    due = {named(row) for row in rows if row["accuse"] == "yes"}
    clear = {named(row) for row in rows} - due
    accused = [
        (article, f)
        for article, each in found.items()
        for f in each.findings
        if f.check == "interval" and f.level == "fails"
    ]
    hits = {d for d in due if any(a == d[0] and prints(f, d) for a, f in accused)}
    false = [f for a, f in accused if not any(a == d[0] and prints(f, d) for d in due)]
    yield "intervals accused that the key clears", len(false), len(clear)
    yield "intervals accused of those that do not hold", len(hits), len(due)


def prints(finding: Finding, row: tuple[str, float, float, float]) -> bool:
    return finding.printed.startswith(f"{row[1]:.2f}".removesuffix(".00"))


def bare(text: str) -> str:
    """The digits or the word of a printed number, however it is introduced."""
    text = str(text).strip().lower().replace("\u2212", "-").replace("·", ".")
    words = "approximately|about|nearly|almost|over|above|below|less than|more than|up to"
    text = re.sub(rf"^(?:at least|at most|{words})\s", "", text)
    return re.sub(r"[\s,]|%$", "", text).lstrip("<>≤≥~=")


def kinds_that_fit(quantity: str) -> set[str]:
    """What a number may be, from the words of a ledger on its quantity; empty: not told."""
    words = quantity.lower()
    if re.match(r"p[, ]|p value|p$", words):
        return {"p"}
    if "limit" in words:
        return {"limit"}
    fitting = set()
    for pattern, kinds in (
        (r"percent", {"percent"}),
        (r"cd33", {"count"}),  # the column of Table 4 does not say that its levels are percents
        (r"threshold|lowest|highest|range|upper end|lower end",
         {"range", "limit", "quartile", "percent", "time", "dose", "measure", "value", "count"}),
        (r"median", {"median"}),
        (r"mg|dose", {"dose"}),
        (r"years|months|days|\bday\b|hours|minutes|weeks|month|week|duration",
         {"time", "median", "mean", "year", "count", "value", "range", "sd"}),
        (r"patients|deaths|responders|responses|women|men|cases|number",
         {"patients", "count", "denominator", "median", "range"}),
        (r"ratio", {"estimate"}),
        (r"version", {"version"}),
        (r"date|year of|years?$", {"date", "year", "time"}),
    ):  # fmt: skip
        if re.search(pattern, words):
            fitting |= kinds
    return fitting


def ledgers(seeds: Path) -> list[tuple[str, int, int]]:
    """Count the printed numbers of the ledgers that the scan of the papers' text finds."""
    printed = recalled = told = right = 0
    for key in (path.stem for path in sorted(seeds.glob("*.txt"))):
        kinds: dict[str, Counter[str]] = defaultdict(Counter)
        for number in numbers(read(seeds / f"{key}.txt")):
            kinds[bare(number.text)][number.kind] += 1
        for claim in claims.read(key):
            if not re.search(r"[\da-z]", claim.printed):
                continue
            printed += 1
            at = kinds.get(bare(claim.printed))
            if at is None:
                continue
            recalled += 1
            fitting = kinds_that_fit(claim.quantity)
            if not fitting:
                continue
            told += 1
            kind = next((k for k in at if k in fitting and at[k] > 0), None)
            if kind is not None:
                right += 1
                at[kind] -= 1  # each number answers for one claim
    return [
        ("numbers of five ledgers found", recalled, printed),
        ("kinds of these that are right", right, told),
    ]


def told(claim: claims.Claim) -> frozenset[str]:
    """The words that a claim says of its number and place."""
    where = [claim.where] if isinstance(claim.where, str) else claim.where
    return words(re.sub("[/-]", " ", " ".join([*where, claim.quantity, claim.id])))


def matched(ledger: list[Judged], draft: list[Judged]) -> Iterator[tuple[Judged, Judged]]:
    """Pair claims that print the same, those first of which the same is said; each once."""
    alike: dict[str, tuple[list[Judged], list[Judged]]] = defaultdict(lambda: ([], []))
    for k, each in enumerate((ledger, draft)):
        for judged in each:
            alike[bare(judged.claim.printed)][k].append(judged)
    for ours, theirs in alike.values():
        order = [(i / len(ours), k / max(1, len(theirs)))
                 for i in range(len(ours)) for k in range(len(theirs))]  # fmt: skip
        said = [len(told(a.claim) & told(b.claim)) for a in ours for b in theirs]
        score = np.array([n - abs(i - k) for n, (i, k) in zip(said, order, strict=True)])
        pairs = linear_sum_assignment(score.reshape(len(ours), len(theirs)), maximize=True)
        yield from ((ours[i], theirs[k]) for i, k in zip(*pairs, strict=True))


@cache
def drafts(seeds: Path) -> list[tuple[str, int, int]]:
    """Draft the papers anew from their text, and hold each verdict against that of the ledger."""
    printed = found = whole = agree = accused = 0
    for key in (path.stem for path in sorted(seeds.glob("*.txt"))):
        ledger = claims.judge(key)
        against = {bare(each.claim.printed) for each in ledger if each.verdict in AGAINST}
        with tempfile.TemporaryDirectory() as folder, rooted(folder):
            draft(seeds / f"{key}.txt", key, root=Path(folder))
            drafted = claims.judge(key)
        accused += sum(
            each.verdict in AGAINST and bare(each.claim.printed) not in against for each in drafted
        )
        printed += len(ledger)
        for ours, theirs in matched(ledger, drafted):
            found += 1
            whole += theirs.verdict != "not-derivable"
            agree += theirs.verdict == ours.verdict
    return [
        ("numbers of five ledgers in a draft from the text", found, printed),
        ("of these with how they follow", whole, printed),
        ("of these with the verdict of the ledger", agree, printed),
        ("of these accused where the ledger accuses none", accused, printed),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.scan", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--write", action="store_true", help="record the counts")
    chosen = parser.parse_args()
    table = goals(chosen.folder, chosen.texts)
    print(table.to_string(index=False))
    seconds = []
    for row in key(chosen.folder, "manifest"):
        start = time.process_time()
        scan(chosen.folder / f"{row['id']}.nxml.gz")
        seconds.append(time.process_time() - start)
    print(f"processor seconds an article: {min(seconds):.2f} to {max(seconds):.2f}")
    if chosen.write:
        table.to_csv(RECORD, index=False, lineterminator="\n")
        data.seal("scan")


if __name__ == "__main__":
    main()
