"""A column or a row of a table that a statistic alone heads: "t", "χ2 (P)", "F(1, 81)".

Its numbers are held against the P beside them, or in their cells. Where those of most others do not
give theirs it may be of something else, and only what no degrees of freedom give is asked for.
All that no degrees of freedom are printed for is a question.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import takewhile

from secondlook import printed as numbers
from secondlook.scan.cells import DECIMAL, MARK, any_case, only_count, p_value
from secondlook.scan.checks.mean import N_HEAD
from secondlook.scan.checks.statistics.statistic import Statistic, fewest_of
from secondlook.scan.checks.statistics.statistic_and_p import judge
from secondlook.scan.findings import LEVELS, Finding
from secondlook.scan.layout import Layout

_HEADED = {
    "chi2": re.compile(r"[χΧ]|\b[Cc]hi\b|\b[Xx] ?\^?2"),
    "F": re.compile(r"\bF\b(?!.{0,2}prob)"),
    "t": re.compile(r"\bt\b(?! ?max)|\bT\b.{0,2}(?:value|stat|=)|\bT ?/|^T$"),
    "z": re.compile(r"\b[zZ]\b(?!.?score)"),
    "wald": re.compile(r"\b[Ww]ald\b"),
    "r": re.compile(
        r"^(?:[Pp]earson|[Ss]pearman)?(?:['’]?s)? ?(?:[Cc]orrelation ?)?(?:[Cc]oefficients? ?)?"
        r"[(]?(?:r|R|rho|ρ)(?:[_ ]?s)?[)]?(?:[- ]values?)?(?: ?\^[a-z*†‡])?$"
    ),
    "": any_case(
        r"^(?:(?:test )?statistics?|(?:statistical |test )values?|tests?(?: ?\^?[a-d*†])?)$"
    ),
}
_EITHER = {"": ("t", "chi2"), "wald": ("chi2", "z")}
"""What a statistic of this kind is, where only its numbers tell."""
_PLAIN = re.compile(
    r"^(?:t|T(?=[- ])|F|Z|z|Wald|[χΧ] ?\^?2?|[Cc]hi[- ]?squared?)"
    r"(?:[- ](?:tests?|values?|statistics?))?$"
)
LONGEST_HEAD = 25
_WITH_P = any_case(r"\bp\b")
_LEVELS_OF_P = {f"{zero}{level}" for zero in ("0", "") for level in (".05", ".01", ".001", ".0001")}
"""In a column these may stand for what is below them."""
_HEADED_DF = re.compile(r"\b[Ft]\s?[(\[]\s?(\d{1,5})(?:\s?,\s?(\d{1,5}))?\s?[)\]]")
_DF = any_case(r"\bd\.?f\d?\b|degrees of freedom")
_SQUARES = any_case(r"squares?\b|\b(?:SS|MS)\b")
_ERROR = any_case(r"\berror\b|\bresiduals?\b|^within")
CELL_DF = re.compile(r"(?:df ?=? ?)?(\d{1,5}(?:\.\d{1,3})?)(?:\s?[,;]\s?(\d{1,5}(?:\.\d{1,3})?))?")
CELL = re.compile(
    rf"^\s?(?P<value>-?{DECIMAL})\s?{MARK}\s?"
    r"(?:[(\[]\s?(?P<inside>[^()\[\]]{1,20})[)\]]|[,;/|]\s?(?P<behind>[^()\[\]]{1,20}))?"
    rf"\s?{MARK}$"
)
_NOTED = re.compile(r"\^\(?[a-z]")
"""A P with a footnote may be of another test."""
MOST_EFFECTS = 20
"""Degrees of freedom of an effect; more are those of its error."""
FIT = 4
"""Statistics of a column of which more must give their P for the others to be asked for."""
ANY = 10**6
"""Patients of a correlation of which none are told."""


def check_columns(
    layouts: Sequence[Layout], told: list[bool], sided: bool, stated: Collection[int] = ()
) -> list[Finding]:
    """Judge the statistics that the head of their column or row names, as `check_statistics`."""
    findings: list[Finding] = []
    for layout in layouts:
        across = layout.turned
        fewest, turned = (fewest_of(each, stated) for each in (layout, across))
        for c in layout.columns:
            findings += _of_column(layout, c, told, sided, fewest)
        for c in range(across.labels, across.width if across.p_columns else 0):
            findings += map(layout.turned_back, _of_column(across, c, told, sided, turned))
    return findings


def kinds_of(layout: Layout, c: int) -> list[str]:
    """Say which statistics the head of a column names, "" where it does not say of which kind."""
    head = layout.lowest[c]
    other = {"F": "M", "χ": "SD"}.get(head)  # F of women, and an x with a bar
    return [] if c in layout.p_columns or other in layout.lowest else _named(head)


def _named(head: str) -> list[str]:
    if len(head) > LONGEST_HEAD * (2 if _WITH_P.search(head) else 1):
        return []
    return [kind for kind, pattern in _HEADED.items() if pattern.search(head)]


def _of_column(
    layout: Layout, c: int, told: list[bool], sided: bool, fewest: float
) -> list[Finding]:
    """Judge a column of statistics whose head says of which kind they are, if most are read so.

    Their P stands in the cell, or in a column behind or before it, in which more give theirs.
    """
    head = layout.lowest[c]
    in_cell = _holds_p(layout, c)
    behind = next((p for p in layout.p_columns if c < p <= c + 2 and not in_cell), None)
    sides = [behind, c - 1] if c - 1 in layout.p_columns and not in_cell else [behind]
    kinds = _named(head) if in_cell else kinds_of(layout, c)
    read = [(_tested(layout, c, p_at, kinds, told, sided, fewest), p_at) for p_at in sides]
    tested, p_at = max(read, key=lambda each: sum(f.level == "holds" for _, f in each[0]))
    holding = sum(f.level == "holds" for _, f in tested)
    printed_df = all(tests[0].df for tests, _ in tested)
    if holding < 3 or holding * 10 < (5 if printed_df else 7) * len(tested):
        sure = p_at is not None and bool(_PLAIN.match(head))
        return [
            replace(f, level="question")
            for tests, f in tested
            if f.level != "holds" and (sure or FIT < holding >= len(tested) / 2)
            if all(test.off > math.log(2) for test in tests)
        ]
    sure = holding * 10 >= 9 * (len(tested) - 1)
    return [f if sure or f.level == "holds" else replace(f, level="question") for _, f in tested]


def _holds_p(layout: Layout, c: int) -> bool:
    """Whether the cells of a column hold a P as well."""
    return c in layout.p_columns or bool(_WITH_P.search(layout.lowest[c]))


def _tested(
    layout: Layout, c: int, p_at: int | None, kinds: list[str], told: list[bool], sided: bool,
    fewest: float,
) -> list[tuple[list[Statistic], Finding]]:  # fmt: skip
    """Read the statistics of a column with their P, and judge them."""
    head, in_cell = layout.lowest[c], _holds_p(layout, c)
    most = layout.sizes.get(c, ANY)
    all_p = (row[p].text.strip() for row in layout.grid for p in layout.p_columns)
    below = any(text.startswith("<") for text in all_p)
    tested: list[tuple[list[Statistic], Finding]] = []
    for r in range(layout.head, len(layout.grid) if kinds else 0):
        row = layout.grid[r]
        if not row[c].first:
            continue
        match = CELL.match(row[c].line)
        if not match:
            if named := _named(row[c].line):  # a head within the table
                kinds, head = named, row[c].line
            continue
        inside = match["inside"] or match["behind"] or ""
        p = p_value(inside) if in_cell else None
        df = CELL_DF.fullmatch(inside) if _DF.search(head) else _HEADED_DF.search(head)
        if inside and p is None and not _DF.search(head):
            continue
        df = df or _beside(layout, r, c)
        of_p = inside if p or p_at is None or not row[p_at].first else row[p_at].text
        p = p or p_value(of_p)
        if p is None:
            continue
        own = tuple(float(text) for text in df.groups() if text) if df else ()
        if "F" in kinds and len(own) == 1:
            own = (*own, *_of_error(layout, r, c)) if own[0] in range(1, MOST_EFFECTS) else ()
        if kinds == ["r"]:
            if abs(float(numbers.parse(match["value"]).value)) >= 1:
                continue
            own = own or _of_size(layout, r, c)
        texts = [p, f"<{p}"] if p in _LEVELS_OF_P and not below else [p]
        tests = [
            Statistic(kind, row[c].text.strip(), of, "=", number, text, sided, most, fewest=fewest)
            for text in texts
            for number in dict.fromkeys((match["value"], match["value"].replace(",", ".")))
            for each in kinds
            for kind in _EITHER.get(each, (each,))
            for of in [(1.0,) if each == "wald" else own]
            if len(of) <= (2 if kind == "F" else 1)
        ]
        if tests:
            judged = (judge(test, *told) for test in tests)
            level, recomputed, reading = max(judged, key=lambda each: LEVELS.index(each[0]))
            if level == "fails" and _NOTED.search(of_p):
                level = "question"
            name = "χ2" if kinds[0] == "chi2" else kinds[0] or "statistic"
            printed = f"{name} {row[c].text.strip()}, P {p}"
            finding = layout.finding("statistic", level, r, c, printed, p, recomputed, reading)
            tested.append((tests, finding))
    return tested


def _beside(layout: Layout, r: int, c: int) -> re.Match[str] | None:
    """Return the degrees of freedom before a statistic, or before its squares, or behind it."""
    heads = layout.lowest
    before = [at for at in range(c - 1, 0, -1) if not _SQUARES.search(heads[at])]
    only = [at for at in range(1, c) if _DF.search(heads[at])]  # of all statistics that follow
    only = only if only and only[-1] - only[0] < len(only) else []
    for side in (before, range(c + 1, len(heads)), only):
        of_df = sorted(takewhile(lambda at: _DF.search(heads[at]), side))
        cells = ", ".join(layout.grid[r][at].text.strip() for at in of_df)
        if df := CELL_DF.fullmatch(cells):
            return df
    return None


def _of_error(layout: Layout, r: int, c: int) -> tuple[float, ...]:
    """Return the degrees of freedom of the first row below that is of the error and has no F."""
    for s in range(r + 1, len(layout.grid)):
        if _ERROR.search(layout.last_label(s)) and not CELL.match(layout.grid[s][c].line):
            df = _beside(layout, s, c)
            return (float(df[1]),) if df and not df[2] else ()
    return ()


def _of_size(layout: Layout, r: int, c: int) -> tuple[float, ...]:
    """Return the degrees of freedom of a correlation of the size beside it."""
    near = [at for at in (c + 1, c - 1, c + 2) if at < layout.width]
    told = [layout.grid[r][at].text for at in near if N_HEAD.match(layout.lowest[at])]
    return tuple(n - 2.0 for text in told if (n := only_count(text)) and n > 2)[:1]
