"""Printed survival of one group, handed to the search for patients that can have it.

What cannot be is a question: two places may speak of other patients, or the limits were not made
from the curve.
"""

from __future__ import annotations

from secondlook.scan.document import Document
from secondlook.scan.findings import Finding, Level
from secondlook.scan.survival import ENDPOINTS, Curve, printed_survival

MOST_ROOM = 15_000
"""Squares of the patients of all curves that are asked; these take half a second together."""


def check_curves(document: Document) -> list[Finding]:
    """Judge the survival that an article prints of each group, endpoint by endpoint."""
    findings, room = [], MOST_ROOM
    for curve in sorted(printed_survival(document, document.layouts), key=lambda each: each.n):
        room -= curve.n**2
        if room < 0:
            break
        if (finding := _judge(curve)) is not None:
            findings.append(finding)
    return findings


def _judge(curve: Curve) -> Finding | None:
    answer, clash = _asked(curve)
    if answer == "undecided":
        return None
    level: Level = "holds" if answer == "attainable" else "question"
    reading = f"{curve.n} patients can have this {ENDPOINTS[curve.endpoint]}"
    if level == "question":
        reading = f"no {reading}: {' and '.join(clash)}; the patients or methods may be several"
    spot, *_ = next(iter(curve.spots.values()))
    table, row, column = spot if len(spot) == 3 else (None, None, None)
    times = {at: at if at == "median" else f"{at} {curve.unit}" for at in curve.told}
    told = "; ".join(f"{times[at]}: {text}" for at, text in curve.told.items())
    return Finding(
        "curve", level, table, row, column, 0, curve.where, told, str(curve.n), "", reading
    )


def _asked(curve: Curve) -> tuple[str, tuple[str, ...]]:
    """Say whether any patients can have the survival; and if not, what stands against what."""
    # Imported when a curve is found: the search is the heaviest part of the library.
    from secondlook.admissible import CurveFacts, decide
    from secondlook.admissible import curve as admissible

    block = curve.block() | {"rounding": "either"}
    block.pop("at_risk", None)  # nothing tells its times
    try:
        facts = CurveFacts.read(curve.name, block)
    except ValueError:  # not the survival of a group after all
        return "undecided", ()
    decision = decide(facts)
    if decision != "unattainable":
        return decision, ()
    answer = admissible(facts)
    return answer.answer, answer.contradiction
