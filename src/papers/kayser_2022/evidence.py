"""Why no other spacing of the ticks and no other type of interval prints the paper's numbers.

For every combination without an admissible order: a smallest set of printed statements that no
data set prints together. Where the statements name no limits, they rule a spacing out whatever the
type; where they name no number at risk, they rule a type out whatever the spacing. Such general
evidence is also looked for by itself, and preferred where nothing smaller is to be had.

``python -m papers.kayser_2022.evidence`` looks for all of it, in a few minutes, and
writes ``data/kayser-2022/evidence.csv``; tests find a part of it afresh and check all of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import product

import pandas as pd

from papers.kayser_2022 import scan
from papers.kayser_2022.data import KEY
from secondlook.data import folder, load_text
from secondlook.linked import Contradiction, SurvivalFacts, contradiction
from secondlook.linked.conventions import without_limits
from secondlook.linked.printed_statements import split_facts, together
from secondlook.survival import INTERVAL_TYPES, IntervalType

__all__ = ["ANY", "facts", "look_for", "named", "statements", "stored"]

ANY = "any"
SEPARATOR = "; "
# Without limits every type gives the same answer.
NO_MATTER: IntervalType = "log"


def facts(what: str, spacing: str, interval: str) -> SurvivalFacts:
    """Return the facts among which a row of the evidence was looked for.

    Parameters
    ----------
    what
        ``scan.CURVE`` or ``scan.RELAPSE_FREE``.
    spacing
        Months between the ticks; `ANY` leaves the numbers at risk out.
    interval
        A type of interval; `ANY` leaves the limits out.
    """
    if what == scan.RELAPSE_FREE:
        return scan.facts(what, "")
    printed = scan.facts(what, scan.SPACINGS[0] if spacing == ANY else spacing)
    if spacing == ANY:
        printed = replace(printed, at_risk="", spacing=None)
    return without_limits(printed) if interval == ANY else printed


def type_of(interval: str) -> IntervalType:
    """Return the type to search under; any will do where no limits are among the facts."""
    return next((known for known in INTERVAL_TYPES if known == interval), NO_MATTER)


def look_for(
    what: str, spacing: str, interval: str, known: Iterable[Contradiction] = ()
) -> Contradiction | None:
    """Find a smallest contradiction, a known one if none is smaller; None if the facts agree."""
    return contradiction(facts(what, spacing, interval), type_of(interval), known=known)


def look_for_all() -> pd.DataFrame:
    """Explain every combination: facts, spacing, interval, statements, smallest."""
    spacings = {one: look_for(scan.CURVE, one, ANY) for one in scan.SPACINGS}
    types = {one: look_for(scan.CURVE, ANY, one) for one in INTERVAL_TYPES}
    rows = [_row(scan.CURVE, spacing, ANY, found) for spacing, found in spacings.items()]
    rows += [_row(scan.CURVE, ANY, interval, found) for interval, found in types.items()]
    for spacing, interval in product(scan.SPACINGS, INTERVAL_TYPES):
        general = (spacings[spacing], types[interval])
        found = _smallest_of(*general)
        if found is None:
            known = [each for each in general if each is not None]
            found = look_for(scan.CURVE, spacing, interval, known)
        rows.append(_row(scan.CURVE, spacing, interval, found))
    for interval in INTERVAL_TYPES:
        found = look_for(scan.RELAPSE_FREE, "", interval)
        rows.append(_row(scan.RELAPSE_FREE, "", interval, found))
    return pd.DataFrame([row for row in rows if row])


def _smallest_of(
    against_spacing: Contradiction | None, against_type: Contradiction | None
) -> Contradiction | None:
    """Return a general contradiction of two statements if none of one statement can exist.

    A single statement is about a number at risk or about limits, never both, and so it was among
    the facts of one of the general searches. Where these end in pairs at least, or find the facts
    to agree, every single statement is possible.
    """
    both = [found for found in (against_spacing, against_type) if found is not None]
    if all(found.smallest and len(found.statements) > 1 for found in both):
        return next((found for found in both if len(found.statements) == 2), None)
    return None


def stored() -> pd.DataFrame:
    """Return the evidence as stored: facts, spacing, interval, statements, smallest."""
    return load_text(KEY, "evidence")


def statements(row: str) -> Iterator[str]:
    """Take the statements of a stored row apart."""
    yield from row.split(SEPARATOR)


def named(what: str, spacing: str, interval: str, row: str) -> SurvivalFacts:
    """Return the facts that consist of a stored row's statements alone."""
    whole = facts(what, spacing, interval)
    parts = split_facts(whole)
    return together((parts[words] for words in statements(row)), whole.n)


def _row(what: str, spacing: str, interval: str, found: Contradiction | None) -> dict[str, object]:
    if found is None:
        return {}
    return {
        "facts": what,
        "spacing": spacing,
        "interval": interval,
        "statements": SEPARATOR.join(found.statements),
        "smallest": found.smallest,
    }


if __name__ == "__main__":
    look_for_all().to_csv(folder(KEY) / "evidence.csv", index=False)
