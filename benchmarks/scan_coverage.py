"""How many numbers `scan` judges of those it should: ``python -m benchmarks.scan_coverage FOLDER``.

A second reader, which shares no rule with the checks, goes through the tables of each article and
takes what is plain from the numbers alone: shares of which most in their column have one size,
estimates in the middle of their limits, a P beside the shares of two groups. Each follows or does
not, and is set against what `scan` says of that place. Where a number follows, `holds` is right, a
question is one too many, and silence means that `scan` did not read the table; where it does not
(for which there may be a good reason), silence is a fault that nobody is told of.
"""

from __future__ import annotations

import argparse
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from joblib import Parallel, delayed
from scipy.stats import chi2_contingency, fisher_exact

from secondlook import data, printed
from secondlook.scan import scan_document
from secondlook.scan.document import Table
from secondlook.scan.findings import LEVELS
from secondlook.scan.reading import is_article, read

RECORD = Path(__file__).parents[1] / "data" / "scan" / "coverage.csv"
SILENT = "silent"
COUNT_PERCENT = re.compile(r"(\d{1,6}) ?[(\[] ?(\d{1,3}(?:[.·]\d+)?) ?%? ?[)\]]")
COUNT, PERCENT = re.compile(r"\d{1,6}"), re.compile(r"\(?(\d{1,3}(?:[.·]\d+)?) ?%?\)?")
DECIMAL = r"(-?\d+[.·]\d+)"
ESTIMATE = re.compile(
    rf"{DECIMAL} ?[(\[](?:95 ?% ?CI:? ?)?{DECIMAL} ?(?:to|[-–—,;]) ?{DECIMAL}[)\]]"
)
P = re.compile(r"(?:[pP] ?)?=? ?(0?[.·]\d{1,5})")
FEWEST, MOST_APART, NEARLY_ALL = 4, 400, 0.8
"""Numbers of a column, sizes that one share may be of, the part of a column that must agree."""
HARDLY_OFF = 0.1
"""Of half an interval: whether an estimate so far from the middle follows is left open."""
ONE, TWO, WITH_LIMITS, OF_TWO = (
    "percent", "percent in the next column", "estimate", "P of two groups",
)  # fmt: skip
CHECK = {ONE: "percent", TWO: "percent", WITH_LIMITS: "interval", OF_TWO: "p-of-table"}


class Number(NamedTuple):
    """A number of a table in one column or two, and whether it follows from the others."""

    kind: str
    row: int
    column: int
    text: str
    follows: bool
    columns: int = 1


class Share(NamedTuple):
    """A count and its percent, as printed."""

    row: int
    count: int
    percent: str
    columns: int = 1

    def sizes(self) -> range:
        """The numbers of patients of which the count is the percent."""
        value, half = float(self.percent), float(printed.parse(self.percent).unit) / 2
        if value <= half:
            return range(0)
        low, high = (100 * self.count / (value + sign * half) for sign in (1, -1))
        sizes = range(max(self.count, math.ceil(low - 1e-9)), math.floor(high + 1e-9) + 1)
        return sizes if len(sizes) < MOST_APART else range(0)


def plain(text: str) -> str:
    """Without marks of footnotes, with a point for each decimal."""
    return re.sub(r"[*†‡§¶]+$", "", text.replace("·", ".")).strip()


def columns_of_shares(table: Table) -> Iterator[tuple[int, list[Share]]]:
    """The shares of each column: in one cell, or a count and to its right the percent."""
    texts = [[plain(cell.line) if cell.first else "" for cell in row] for row in table.grid]
    for column in range(table.columns):
        whole, split = [], []
        for row, cells in enumerate(texts):
            if match := COUNT_PERCENT.fullmatch(cells[column]):
                whole.append(Share(row, int(match[1]), match[2]))
            elif column + 1 < table.columns and COUNT.fullmatch(cells[column]):
                match = PERCENT.fullmatch(cells[column + 1])
                if match and float(match[1]) <= 100 and match[1] != cells[column]:
                    split.append(Share(row, int(cells[column]), match[1], 2))
        yield column, max(whole, split, key=len)


def common_size(shares: Iterable[Share]) -> int | None:
    """The size of nearly all shares of a column; None if there is none."""
    telling = [share for share in shares if share.count and float(share.percent)]
    votes = Counter(size for share in telling for size in share.sizes())
    if len({share[1:3] for share in telling}) < FEWEST or not votes:
        return None
    size, most = votes.most_common(1)[0]
    return size if most >= NEARLY_ALL * len(telling) else None


def estimates(table: Table) -> Iterator[Number]:
    """Estimates whose limits lie around them in one column as intervals do, on some scale."""
    for column in range(table.columns):
        found = []
        for row, cells in enumerate(table.grid):
            if cells[column].first and (match := ESTIMATE.fullmatch(plain(cells[column].line))):
                three = [float(text) for text in match.groups()]
                unit = max(float(printed.parse(text.lstrip("-")).unit) for text in match.groups())
                found.append((row, match[0], off_middle(three, unit)))
        for scale in (0, 1):
            near = [off[scale] == 0 for _, _, off in found]
            if len(found) >= FEWEST and sum(near) >= NEARLY_ALL * len(found):
                for row, text, off in found:
                    if not 0 < min(off) <= HARDLY_OFF:
                        yield Number(WITH_LIMITS, row, column, text, min(off) == 0)
                break


def off_middle(three: list[float], unit: float) -> tuple[float, float]:
    """How far the estimate is at least from the middle, in halves: linear scale, log scale."""
    value, low, high = three
    if high <= low:
        return math.inf, math.inf
    linear = max(0.0, abs(2 * value - low - high) - 2 * unit) / (high - low)
    if low <= unit or value <= 0:
        return linear, math.inf
    slack = unit / 2 * (2 / value + 1 / low + 1 / high)
    log = abs(2 * math.log(value) - math.log(low) - math.log(high))
    return linear, max(0.0, log - slack) / math.log(high / low)


def p_values(
    table: Table, sizes: dict[int, int], shares: dict[int, dict[int, Share]]
) -> Iterator[Number]:
    """A P beside the shares of two groups, where the next row has a P as well or no shares."""
    heads = [" ".join(row[c].line for row in table.grid[:4]) for c in range(table.columns)]
    for column, head in enumerate(heads):
        if not re.search(r"\b[pP]\b", head):
            continue
        for row, cells in enumerate(table.grid):
            match = cells[column].first and P.fullmatch(plain(cells[column].line))
            groups = [c for c in shares if row in shares[c]]
            below = [c for c in shares if row + 1 in shares[c]]
            if not match or len(groups) != 2 or not all(c in sizes for c in groups):
                continue
            if below and not P.fullmatch(plain(table.grid[row + 1][column].line)):
                continue
            two = [(shares[c][row].count, sizes[c] - shares[c][row].count) for c in groups]
            if min(map(sum, zip(*two, strict=True))) == 0 or not all(
                sizes[c] in shares[c][row].sizes() for c in groups
            ):
                continue
            tests = usual(two)
            half, value = float(printed.parse(match[1]).unit) / 2, float(match[1])
            follows = any(abs(p - value) <= half + 1e-9 for p in tests)
            if follows or not 0.8 * min(tests) - half <= value <= 1.25 * max(tests) + half:
                yield Number(OF_TWO, row, column, match[0], follows)


def usual(two: list[tuple[int, int]]) -> list[float]:
    """The P of the usual tests of a two by two table."""
    return [
        chi2_contingency(two, correction=False)[1],
        chi2_contingency(two, correction=True)[1],
        chi2_contingency(two, correction=False, lambda_="log-likelihood")[1],
        fisher_exact(two)[1],
    ]


def numbers(table: Table) -> Iterator[Number]:
    """What the second reader takes from one table."""
    shares, sizes = {}, {}
    for column, each in columns_of_shares(table):
        size = common_size(each)
        shares[column] = {share.row: share for share in each}
        if size is None:
            continue
        sizes[column] = size
        for share in each:
            if share.count > size or float(share.percent) > 100:
                continue  # a mean with its SD, most likely
            off = abs(100 * share.count / size - float(share.percent))
            unit = float(printed.parse(share.percent).unit)
            if size in share.sizes() or off > unit:
                text = f"{share.count} ({share.percent})"
                kind = ONE if share.columns == 1 else TWO
                yield Number(kind, share.row, column, text, size in share.sizes(), share.columns)
    yield from estimates(table)
    yield from p_values(table, sizes, shares)


def compare(path: Path) -> Iterator[tuple[str, bool, str, str]]:
    """Set the numbers of one article against what `scan` says: kind, follows, level, where."""
    document, said = read(path), defaultdict(set)
    for f in scan_document(document, path.name).findings:
        said[f.table, f.row, f.column].add((f.check, f.level))
    for table in document.tables:
        for n in numbers(table):
            cells = [(table.index, n.row, n.column + k) for k in range(n.columns)]
            levels = {level for at in cells for check, level in said[at] if check == CHECK[n.kind]}
            level = next((each for each in LEVELS if each in levels), SILENT)
            yield (
                n.kind,
                n.follows,
                level,
                f"{path.name} [{table.index},{n.row},{n.column}] {n.text}",
            )


def counted(rows: Iterable[tuple[str, bool, str, str]]) -> pd.DataFrame:
    """Count by kind, and whether the number follows, what `scan` says."""
    frame = pd.DataFrame(rows, columns=["number", "follows", "said", "where"])
    frame["follows"] = frame["follows"].map({True: "yes", False: "no"})
    table = pd.crosstab([frame["number"], frame["follows"]], frame["said"])
    table = table.reindex(columns=[*LEVELS, SILENT], fill_value=0)
    return table.sort_index(ascending=[True, False]).reset_index()


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.scan_coverage", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--list", action="store_true", help="list what is silent or asked too much")
    parser.add_argument("--write", action="store_true", help="record the counts")
    chosen = parser.parse_args()
    files = sorted(path for path in chosen.folder.iterdir() if is_article(path))
    each = Parallel(n_jobs=-1)(delayed(lambda path: list(compare(path)))(path) for path in files)
    rows = [row for article in each for row in article]
    table = counted(rows)
    print(table.to_string(index=False))
    for kind, follows, said, where in rows if chosen.list else ():
        if said == SILENT or (follows and said != "holds"):
            print(kind, "follows" if follows else "does not follow", said, where, sep=" | ")
    if chosen.write:
        table.to_csv(RECORD, index=False, lineterminator="\n")
        data.seal("scan")


if __name__ == "__main__":
    main()
