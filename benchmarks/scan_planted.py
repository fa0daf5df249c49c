"""How many planted faults `scan` finds: ``python -m benchmarks.scan_planted FOLDER``.

Where a number of a real article holds, one digit of it is changed, two are exchanged, or its limits
are; the article is checked again, and the finding at that place is read. A change that leaves the
number consistent with what it is held against (a percent that still rounds so, a P within the
rounding of its statistic) is no fault and is not planted.
"""

from __future__ import annotations

import argparse
import math
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pandas as pd

from secondlook import printed
from secondlook.scan import Finding
from secondlook.scan.cells import shares
from secondlook.scan.checks import check_document
from secondlook.scan.document import Document
from secondlook.scan.findings import LEVELS
from secondlook.scan.reading import is_article, read

NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
COMMON = {"percent", "interval"}
RARE = 5
"""Faults of a kind in an article, where few articles print what can be changed."""
Change = tuple[str, str]
"""What is planted, and the new text."""


def other_digit(number: str, rng: random.Random) -> str:
    """Change one digit of a number to another."""
    at = rng.choice([m.start() for m in re.finditer(r"\d", number)])
    digit = rng.choice([d for d in "0123456789" if d != number[at] and (at or d != "0")])
    return number[:at] + digit + number[at + 1 :]


def exchanged(number: str, rng: random.Random) -> str:
    """Exchange two neighbouring digits that differ."""
    pairs = [m.start() for m in re.finditer(r"(?=(\d)(?!\1)\d)", number)]
    if not pairs:
        return number
    at = rng.choice(pairs)
    return number[:at] + number[at + 1] + number[at] + number[at + 2 :]


def put(text: str, number: str, new: str, after: int = 0) -> str:
    """Replace the first occurrence of a number as a whole number of the text."""
    pattern = re.compile(rf"(?<![\d.]){re.escape(number)}(?![\d]|\.\d)")
    return text[:after] + pattern.sub(new, text[after:], count=1)


def of_percent(f: Finding, rng: random.Random) -> Iterator[Change]:
    share = next(iter(shares(f.printed)), None)
    if share is None or not share.count or not f.against.isdecimal() or {*"<,"} & {*share.percent}:
        return
    for kind, alter in (("digit", other_digit), ("exchange", exchanged)):
        new = alter(share.percent, rng)
        if float(new) <= 100 and not allows(new, share.count, int(f.against)):
            yield f"percent, {kind}", put(f.printed, share.percent, new)
        count = alter(str(share.count), rng)
        if not allows(share.percent, int(count), int(f.against)):
            yield f"count, {kind}", put(f.printed, str(share.count), count)


def allows(percent: str, count: int, of: int) -> bool:
    """Whether some number of patients of the group, or one unit more, saves the percent."""
    unit = printed.parse(percent).unit
    value = printed.parse(percent).value
    return any(abs(Fraction(100 * count, n) - value) <= unit for n in range(max(1, count), of + 1))


def of_interval(f: Finding, rng: random.Random) -> Iterator[Change]:
    found = re.findall(NUMBER, f.printed.replace("·", "."))
    if len(found) < 3 or "%" in f.printed or "·" in f.printed:
        return
    value, low, high = found[:3]
    ends = f.printed.find(value) + len(value)
    if off_middle(value, low, high) > 0.05:
        return
    for kind, text, at in (("estimate", value, 0), ("limit", low, ends), ("limit", high, ends)):
        new = other_digit(text, rng)
        three = [new if text is each else each for each in (value, low, high)]
        if off_middle(*three) > 0.25 and low != high:
            start = f.printed.rfind(high) if text is high else at
            yield f"{kind}, digit", put(f.printed, text, new, start)
    if low != high:
        turned = put(f.printed, low, "LOW", ends).replace(high, low)
        yield "limits, exchanged", turned.replace("LOW", high)


def off_middle(value: str, low: str, high: str) -> float:
    """How far the estimate is from the middle of its limits, in halves, on the better scale."""
    e, a, b = (float(text.replace(",", "")) for text in (value, low, high))
    halves = [(e, a, b)]
    if min(e, a, b) > 0:
        halves.append((math.log(e), math.log(a), math.log(b)))
    return min(abs(2 * e - a - b) / max(b - a, 1e-9) if b > a else math.inf for e, a, b in halves)


def of_p(f: Finding, rng: random.Random) -> Iterator[Change]:
    match = re.search(r"(?<!\d)(0?[.·])(\d{2,4})\s*$", f.printed)
    if match and "<" not in f.printed:
        new = other_digit(match[2], rng)
        old, p = float(f"0.{match[2]}"), float(f"0.{new}")
        if abs(old - p) > 0.01 and not 0.8 < (p + 1e-9) / (old + 1e-9) < 1.25:
            yield "P, digit", f.printed[: match.start(2)] + new


def of_statistic(f: Finding, rng: random.Random) -> Iterator[Change]:
    yield from of_p(f, rng)
    match = re.search(rf"=\s?-?\s?({NUMBER})", f.printed)
    if match and "." in match[1] and "not printed" not in f.reading:
        new = other_digit(match[1], rng)
        before, after = (float(text.replace(",", "")) + 1e-9 for text in (match[1], new))
        still = after > before and re.search(r"[pP]\s?<", f.printed)  # smaller than the bound too
        if not still and not 0.8 < after / before < 1.25:
            yield "statistic, digit", f.printed[: match.start(1)] + new + f.printed[match.end(1) :]


def of_parts(f: Finding, rng: random.Random) -> Iterator[Change]:
    if "total" in f.reading:
        yield "total, digit", other_digit(f.printed, rng)


def of_mean(f: Finding, rng: random.Random) -> Iterator[Change]:
    if "whole" in f.against:
        mean = re.match(NUMBER, f.printed)
        if mean:
            yield "mean, digit", other_digit(mean[0], rng) + f.printed[mean.end() :]
    else:
        yield from of_p(f, rng)


def of_spread(f: Finding, rng: random.Random) -> Iterator[Change]:
    found = re.findall(NUMBER, f.printed)
    if len(found) == 3 and f.printed.startswith(found[0]):
        new = other_digit(found[0], rng)
        middle, low, high = (float(text.replace(",", "")) for text in (new, *found[1:]))
        if not low <= middle <= high:
            yield "median, digit", new + f.printed[len(found[0]) :]


PLANTS: dict[str, Callable[[Finding, random.Random], Iterator[Change]]] = {
    "percent": of_percent,
    "interval": of_interval,
    "p-of-table": of_p,
    "statistic": of_statistic,
    "parts": of_parts,
    "mean": of_mean,
    "spread": of_spread,
}


def changed(document: Document, f: Finding, new: str) -> Document | None:
    """Return the article with the printed text of a finding replaced, if it stands there once."""
    if f.table is None:
        paragraphs = list(document.paragraphs)
        for at, paragraph in enumerate(paragraphs):
            if paragraph.place == f.place:
                if paragraph.text.count(f.printed) != 1:
                    return None
                text = paragraph.text.replace(f.printed, new)
                paragraphs[at] = replace(paragraph, text=text)
                return replace(document, paragraphs=tuple(paragraphs))
        return None
    table = document.tables[f.table]
    assert f.row is not None
    assert f.column is not None
    cell = table.grid[f.row][f.column]
    if cell.text.count(f.printed) != 1:
        return None
    row = list(table.grid[f.row])
    row[f.column] = replace(cell, text=cell.text.replace(f.printed, new))
    grid = (*table.grid[: f.row], tuple(row), *table.grid[f.row + 1 :])
    tables = list(document.tables)
    tables[f.table] = replace(table, grid=grid)
    return replace(document, tables=tuple(tables))


def outcome(document: Document, f: Finding) -> tuple[str, str]:
    """Return the worst that the checks say of the place and why; ``none`` if they say nothing."""

    def place(finding: Finding) -> tuple[object, ...]:
        if finding.table is None:
            return finding.check, finding.place, finding.part
        return finding.table, finding.row, finding.column

    if f.table is None:
        document = replace(document, tables=())
    elif f.check != "p-of-table":  # whose evidence is all of the article's
        document = replace(document, tables=(document.tables[f.table],))
    said = [(o.level, o.reading) for o in check_document(document) if place(o) == place(f)]
    worst = dict(reversed(said))
    level = next((level for level in LEVELS if level in worst), "none")
    return level, worst.get(level, "")


def plant(path: Path, rng: random.Random, most: int) -> Iterator[tuple[str, ...]]:
    """Plant at most so many faults a kind in one article: check, kind, outcome, why, where.

    Of what few articles print, all is taken that an article has, up to `RARE` of a kind.
    """
    document = read(path)
    sound = [f for f in check_document(document) if f.level == "holds"]
    rng.shuffle(sound)
    used: Counter[tuple[str, str]] = Counter()
    for f in sound:
        if f.check not in PLANTS:
            continue
        for kind, new in PLANTS[f.check](f, rng):
            limit = most if f.check in COMMON else RARE
            if new == f.printed or used[f.check, kind] >= limit:
                continue
            bad = changed(document, f, new)
            if bad is not None:
                used[f.check, kind] += 1
                at = f"{path.name} {f.place} [{f.table},{f.row},{f.column}]"
                yield f.check, kind, *outcome(bad, f), f"{at}: {f.printed} -> {new}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.scan_planted", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=1, help="faults of a kind in an article")
    parser.add_argument("--missed", action="store_true", help="list what was not found")
    chosen = parser.parse_args()
    rng = random.Random(chosen.seed)
    files = sorted(path for path in chosen.folder.iterdir() if is_article(path))
    rng.shuffle(files)
    rows = [row for path in files[: chosen.articles] for row in plant(path, rng, chosen.each)]
    frame = pd.DataFrame(rows, columns=["check", "fault", "outcome", "why", "where"])
    table = pd.crosstab([frame["check"], frame["fault"]], frame["outcome"])
    print(table.to_string())
    if chosen.missed:
        for row in frame.loc[frame["outcome"] != "fails"].itertuples():
            print(row.check, row.fault, row.outcome, row.where, "|", row.why)


if __name__ == "__main__":
    main()
