"""The evidence for spacing and interval type in words that a reader can check."""

from __future__ import annotations

import re

import pandas as pd

from papers.kayser_2022 import evidence, scan
from papers.kayser_2022.by_hand import by_hand, middle_of
from secondlook import printed
from secondlook.survival import INTERVAL_TYPES, IntervalType
from secondlook.tables import DASH

PHRASES = (
    (r"(\d+) at risk at (\S+)", r"\1 at risk at month \2"),
    (r"S\((\S+)\) = (\S+)", r"survival of \2 at month \1"),
    (r"limits (\S+) and (\S+) of S\((\S+)\)", r"limits of \1 and \2 at month \3"),
    (r"limits (\S+) and (.+) of the median (\S+)", r"limits of \1 and \2 months of the median \3"),
    (r"median (\S+) ([\d.]+)", r"median \1 of \2 months"),
)
KEYS = ["facts", "spacing", "interval"]
WHATEVER_TYPE, WHATEVER_TICKS = "Whatever the type of interval", "Whatever the ticks"
ONE_ONLY, RELAPSE_FREE = "One combination, by fewer statements", "Relapse-free survival"


def contradictions() -> pd.DataFrame:
    """List the evidence: part, assumed, statements that contradict each other, and why.

    A combination has a row of its own only where its evidence is smaller than that against its
    spacing and that against its type.
    """
    table = evidence.stored()
    whole = table[(table["spacing"] == evidence.ANY) | (table["interval"] == evidence.ANY)]
    curve = (table["facts"] == scan.CURVE) & ~table["statements"].isin(whole["statements"])
    shown = pd.concat([whole, table[curve], table[table["facts"] == scan.RELAPSE_FREE]])
    shown = shown.assign(part=[_part(*key) for key in shown[KEYS].itertuples(index=False)])
    # Types against which the same statements stand share a row.
    shared = shown.groupby(["part", "spacing", "statements", "smallest"], sort=False)
    rows = []
    for (part, spacing, found, smallest), group in shared:
        intervals = group["interval"].tolist()
        proven = "" if smallest == "True" else " (perhaps not the smallest set)"
        rows.append(
            {
                "part": part,
                "assumed": _assumed(str(spacing), intervals),
                "statements": in_words(str(found)) + proven,
                "why": why(group["facts"].iloc[0], str(spacing), intervals, str(found)) or DASH,
            }
        )
    return pd.DataFrame(rows)


def why(what: str, spacing: str, intervals: list[str], statements: str) -> str:
    """Say by hand why stored statements contradict each other; empty if not short."""
    named = evidence.named(what, spacing, intervals[0], statements)
    return by_hand(named, [evidence.type_of(interval) for interval in intervals])


def why_not(spacing: str) -> str:
    """Say by hand why the ticks are not so many months apart."""
    table = evidence.stored()
    rows = table[(table["spacing"] == spacing) & (table["interval"] == evidence.ANY)]
    return why(scan.CURVE, spacing, [evidence.ANY], str(rows["statements"].item()))


def in_words(statements: str) -> str:
    """Write the statements of a stored row in words, with months."""
    return "; ".join(_in_words(one) for one in evidence.statements(statements))


def middles() -> pd.DataFrame:
    """Set the middles of printed limits beside the estimates: type, os-12, os-24, rfs-12, rfs-24.

    Percents; a row a type of interval, last what is printed.
    """
    stated = {
        f"{name}-{fact.time}": fact
        for name, what in (("os", scan.CURVE), ("rfs", scan.RELAPSE_FREE))
        for fact in scan.facts(what, scan.SPACINGS[0]).survival
    }
    rows: list[dict[str, str]] = [
        {"type": str(interval)}
        | {key: _between(fact.limits, interval) for key, fact in stated.items() if fact.limits}
        for interval in INTERVAL_TYPES
    ]
    last = {"type": "printed"} | {key: str(fact.estimate) for key, fact in stated.items()}
    return pd.DataFrame([*rows, last])


def _between(limits: tuple[str, str], interval: IntervalType) -> str:
    bounds = middle_of(limits, interval)
    if bounds is None:
        return DASH
    return " to ".join(printed.show(float(end), like="0.0") for end in (bounds.lower, bounds.upper))


def _in_words(statement: str) -> str:
    for pattern, words in PHRASES:
        if re.fullmatch(pattern, statement):
            return re.sub(pattern, words, statement)
    raise ValueError(f"no words are known for the statement {statement!r}")


def _part(what: str, spacing: str, interval: str) -> str:
    if what == scan.RELAPSE_FREE:
        return RELAPSE_FREE
    if interval == evidence.ANY:
        return WHATEVER_TYPE
    return WHATEVER_TICKS if spacing == evidence.ANY else ONE_ONLY


def _assumed(spacing: str, intervals: list[str]) -> str:
    months = "month" if spacing == "1" else "months"
    ticks = f"ticks of {spacing} {months}" if spacing not in ("", evidence.ANY) else ""
    *others, last = intervals
    types = f"{', '.join(others)} or {last}" if others else last
    limits = f"{types} limits" if last != evidence.ANY else ""
    return ", ".join(filter(None, (ticks, limits)))
