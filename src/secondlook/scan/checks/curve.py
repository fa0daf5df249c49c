"""Printed survival of one group: its shares alive at some times, its median, their limits.

They are handed to `secondlook.admissible.curve`, which says whether any patients can have them all.
A contradiction is a question: two rows may be of other patients, or of two ways to estimate.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from secondlook.scan.cells import REAL
from secondlook.scan.findings import Finding
from secondlook.scan.layout import Layout

MOST_PATIENTS = 150
"""Beyond these the search can take longer than all other checks together."""
_TRIPLE = re.compile(
    rf"^(?P<e>{REAL})\s?%?(?:\s?[(\[]\s?(?:95\s?%\s?CI:?\s?)?(?P<lo>{REAL})\s?%?\s?(?:-|–|to|,)\s?"
    rf"(?P<hi>{REAL})\s?%?\s?[)\]])?$"
)
_TIME = re.compile(r"(?<![\d.])(\d{1,3})[-\s](?:(y)(?:ea)?rs?|(mo)(?:nth)?s?)\b", re.IGNORECASE)
_UNIT = re.compile(r"\b(?:(y)(?:ea)?rs|(mo)(?:nth)?s)\b", re.IGNORECASE)
_ENDPOINTS = {
    "overall survival": re.compile(r"overall survival|\bOS\b"),
    "progression-free survival": re.compile(r"progression[- ]free survival|\bPFS\b", re.IGNORECASE),
    "disease-free survival": re.compile(r"disease[- ]free survival|\bDFS\b", re.IGNORECASE),
    "event-free survival": re.compile(r"event[- ]free survival|\bEFS\b", re.IGNORECASE),
    "relapse-free survival": re.compile(r"relapse[- ]free survival|\bRFS\b", re.IGNORECASE),
    "survival": re.compile(r"\bsurvival\b", re.IGNORECASE),
}


def check_curves(layout: Layout) -> list[Finding]:
    """Judge the survival that a table prints of each group, endpoint by endpoint."""
    found: dict[tuple[int, str], dict[str, Any]] = defaultdict(lambda: {"survival": {}, "rows": []})
    for r in range(layout.head, len(layout.table.grid)):
        label = layout.context(r)
        endpoint = next((name for name, words in _ENDPOINTS.items() if words.search(label)), None)
        if endpoint is None or re.search(r"follow|ratio|difference", label, re.IGNORECASE):
            continue
        time, unit = _TIME.search(label), _UNIT.search(label)
        for c in range(layout.labels, layout.table.columns):
            match = _TRIPLE.match(layout.table.grid[r][c].text.strip().replace("·", "."))
            if not match or not layout.table.grid[r][c].first:
                continue
            curve = found[c, endpoint]
            printed = f"{match['e']} ({match['lo']}-{match['hi']})" if match["lo"] else match["e"]
            if re.search(r"\bmedian\b", label, re.IGNORECASE):
                if unit and "median" not in curve:
                    curve["median"], curve["every"] = printed, _months(unit)
                    curve["rows"].append(r)
            elif time and "%" in f"{label} {layout.heads[c]} {match.group()}":
                curve["survival"][int(time[1]) * _months(time)] = printed
                curve["rows"].append(r)
    return [
        finding
        for (c, endpoint), curve in found.items()
        if len(curve["rows"]) > 1 and (finding := _judge(layout, c, endpoint, curve)) is not None
    ]


def _months(match: re.Match[str]) -> int:
    return 12 if match[match.lastindex or 0].lower() == "y" else 1


def _judge(layout: Layout, c: int, endpoint: str, curve: dict[str, Any]) -> Finding | None:
    sizes = layout.head_sizes[c]
    if not sizes or sizes[0] > MOST_PATIENTS:
        return None
    from secondlook.admissible import CurveFacts
    from secondlook.admissible import curve as admissible

    every = curve.get("every", 1)  # months of the unit in which the median is printed
    if any(month % every for month in curve["survival"]):
        return None
    block: dict[str, object] = {
        "n": str(sizes[0]),
        "survival": {month // every: text for month, text in curve["survival"].items()},
    }
    if "median" in curve:
        block["median"] = curve["median"]
    try:
        answer = admissible(CurveFacts.read("c", block))
    except ValueError:  # not the survival of a group after all
        return None
    row = curve["rows"][0]
    printed = "; ".join(layout.table.grid[r][c].text.strip() for r in curve["rows"])
    if answer.answer == "attainable":
        reading = f"{sizes[0]} patients can have this {endpoint}"
        return layout.finding("curve", "holds", row, c, printed, str(sizes[0]), "", reading)
    if answer.answer == "unattainable":
        clash = " and ".join(answer.contradiction)
        reading = f"no {sizes[0]} patients have this {endpoint}: {clash}"
        return layout.finding("curve", "question", row, c, printed, str(sizes[0]), "", reading)
    return None
