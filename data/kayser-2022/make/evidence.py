"""Look for what contradicts every combination of kayser-2022 that prints nothing, and say why.

``python data/kayser-2022/make/evidence.py`` writes ``evidence.csv``, in a few minutes. Tests find a
part of it afresh. Run ``secondlook.data.seal("kayser-2022")`` afterwards.

Where a smallest set of statements names no limits, it rules a spacing out whatever the type; where
it names no number at risk, it rules a type out whatever the spacing. Most of it can be redone on
paper. Whoever is at risk later is alive earlier. The share at risk is the share alive times the
share still followed (the product limit of the reverse curve), because every patient who leaves is
an event of exactly one of the two curves. And limits lie symmetrically around their estimate on the
scale that they are made on.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path

import pandas as pd

from papers.kayser_2022 import searches
from papers.kayser_2022.contradictions import ANY, middle_of
from secondlook.admissible import CurveFacts, data_sets
from secondlook.admissible.bound import bound
from secondlook.admissible.contradictory import smallest
from secondlook.admissible.facts import NOT_REACHED, Stated, Triple
from secondlook.admissible.listing import listing
from secondlook.admissible.question import pose
from secondlook.printed import Bounds, admits, parse, show
from secondlook.survival import INTERVAL_TYPES, IntervalType

# How many beginnings of sequences may be listed to show a contradiction, by the number of patients.
MOST_PREFIXES = {"31": 4_000, "17": 200_000}
SEED = 4
SEPARATOR = "; "
LIMITS = "/limits"
MEDIANS = {"median": "median survival", "follow-up": "median follow-up"}


def _words(one: Stated) -> str:
    """Say what is printed, other than a limit, with months."""
    what = one.address.split("/")[1]
    if what.isdigit():
        return f"survival of {one.printed}% at month {what}"
    if what in MEDIANS:
        return f"{MEDIANS[what]} of {one.printed} months"
    return one.words.replace(" at risk at ", " at risk at month ")


class Paired(CurveFacts):
    """Facts of which the two limits of a number are one statement."""

    @classmethod
    def of(cls, facts: CurveFacts) -> Paired:
        """Return the same facts."""
        return cls(**vars(facts))

    @property
    def plain(self) -> CurveFacts:
        """The same facts, each limit a statement of its own."""
        return CurveFacts(**vars(self))

    def statements(self) -> tuple[Stated, ...]:
        """Return the statements in words of the report, limits in pairs."""
        found: dict[str, Stated] = {}
        for one in super().statements():
            base, _, end = one.address.rpartition("/")
            if end not in ("lower", "upper"):
                found[one.address] = Stated(one.address, one.printed, _words(one))
                continue
            what = base.split("/")[1]
            text = f"{one.printed}%" if what.isdigit() else one.printed.replace(NOT_REACHED, "none")
            before = found.get(base + LIMITS)
            pair = text if before is None else f"{before.printed} and {text}"
            of = f"at month {what}" if what.isdigit() else f"months of the {MEDIANS[what]}"
            found[base + LIMITS] = Stated(base + LIMITS, pair, f"limits of {pair} {of}")
        return tuple(found.values())

    def only(self, addresses: Collection[str]) -> Paired:
        """Keep the named statements, and `n`."""
        pairs = {one for one in addresses if one.endswith(LIMITS)}
        bases = [one.removesuffix(LIMITS) for one in pairs]
        ends = {f"{base}/{end}" for base in bases for end in ("lower", "upper")}
        return Paired.of(self.plain.only({*addresses} - pairs | ends))


def facts(what: str, spacing: str, interval: str) -> Paired:
    """Return the facts among which a row of the evidence was looked for.

    They are of ``searches.CURVE`` or ``searches.RELAPSE_FREE``. `ANY` for the months between the
    ticks leaves the numbers at risk out, for the type of interval the limits.
    """
    step = searches.SPACINGS[0] if spacing == ANY else spacing
    # Without limits every type gives the same answer.
    found = searches.facts(what, step, "log" if interval == ANY else interval)
    if spacing == ANY:
        found = replace(found, at_risk=(), ticks=())
    whole = Paired.of(found)
    if interval != ANY:
        return whole
    return whole.only([one.address for one in whole.statements() if LIMITS not in one.address])


def named(what: str, spacing: str, interval: str, row: str) -> Paired:
    """Return the facts that consist of a stored row's statements alone."""
    whole = facts(what, spacing, interval)
    addresses = {one.words: one.address for one in whole.statements()}
    return whole.only([addresses[words] for words in row.split(SEPARATOR)])


def impossible(facts: Paired) -> bool:
    """Say whether the bound, or the list of all sequences, shows that nothing prints so."""
    room = bound(pose(facts.plain))
    found = listing(room, MOST_PREFIXES[facts.n]) if room else None
    return not room or (found is not None and not len(found))


def possible(facts: Paired) -> bool:
    """Say whether a data set that prints the facts is found."""
    try:
        return bool(next(data_sets(facts.plain, 1, SEED)))
    except ValueError:
        return False


Found = tuple[tuple[Stated, ...], bool]


@cache
def look_for(what: str, spacing: str, interval: str) -> Found:
    """Find a smallest contradiction, and whether none is smaller; none if the facts agree."""
    whole = facts(what, spacing, interval)
    if not impossible(whole):
        return (), True
    return smallest(whole, impossible, possible, lambda _: 0)  # type: ignore[arg-type]


def evidence() -> pd.DataFrame:
    """Explain every combination that prints nothing: the columns of ``evidence.csv``.

    General evidence comes first, against a spacing whatever the type and against a type whatever
    the spacing, and stands for the combination unless fewer statements are found against that.
    """
    rows = [_row(searches.CURVE, one, ANY) for one in searches.SPACINGS]
    rows += [_row(searches.CURVE, ANY, one) for one in INTERVAL_TYPES]
    for spacing, interval in product(searches.SPACINGS, INTERVAL_TYPES):
        cases = [(spacing, ANY), (ANY, interval), (spacing, interval)]
        found = [look_for(searches.CURVE, *case) for case in cases]
        against = [one for one in found if one[0]]
        if against:
            fewest = min(against, key=lambda one: len(one[0]))
            rows.append(_row(searches.CURVE, spacing, interval, fewest))
    rows += [_row(searches.RELAPSE_FREE, "", interval) for interval in INTERVAL_TYPES]
    return pd.DataFrame([row for row in rows if row])


def _row(what: str, spacing: str, interval: str, found: Found | None = None) -> dict[str, object]:
    statements, smallest_one = found or look_for(what, spacing, interval)
    if not statements:
        return {}
    return {
        "facts": what,
        "spacing": spacing,
        "interval": interval,
        "statements": SEPARATOR.join(one.words for one in statements),
        "smallest": smallest_one,
    }


def explained(table: pd.DataFrame) -> pd.DataFrame:
    """Add why, by hand, to rows of evidence: one reason for all types that the same rules out."""
    reasons = {
        (what, spacing, row): by_hand(
            named(what, spacing, group["interval"].iloc[0], row),
            [kind for kind in INTERVAL_TYPES if kind in group["interval"].tolist()],
        )
        for (what, spacing, row), group in table.groupby(["facts", "spacing", "statements"])
    }
    keys = table[["facts", "spacing", "statements"]].itertuples(index=False, name=None)
    return table.assign(why=[reasons[key] for key in keys])


def by_hand(facts: CurveFacts, intervals: Sequence[IntervalType] = ()) -> str:
    """Return in a sentence or two why no data set prints the facts; empty if no rule shows it.

    `facts` are the statements of one contradiction, together, times in months; `intervals` the
    types of limits that are to be ruled out, if limits are among the statements.
    """
    ticks = [
        (float(parse(tick).value), int(number))
        for tick, number in zip(facts.ticks[1:], facts.at_risk[1:], strict=True)
        if number != "-"
    ]
    survival = [(at, one) for at, one in facts.survival if one != Triple()]
    if any(one.lower for _, one in survival):
        alone = not ticks and facts.median == facts.follow_up == Triple()
        return _no_middle(facts, intervals) if intervals and alone else ""
    followed = facts.follow_up.estimate
    limits = facts.follow_up.lower or facts.follow_up.upper
    if facts.median != Triple() or len(ticks) != 1 or len(survival) > 1 or (followed and limits):
        return ""
    tick, left = ticks[0]
    if not survival:
        gone = followed and not left and tick <= admitted(followed).lower
        sentence = f"If nobody is left at month {tick:g}, nobody has been followed for longer."
        return sentence if gone else ""
    ((month, one),) = survival
    at, alive = float(parse(month).value), admitted(one.estimate or "")
    share = f"{left} of {facts.n}"
    if followed is not None:
        return _too_few(share, 100 * left / facts.patients, tick, at, alive, admitted(followed))
    if at > tick or 100 * left / facts.patients <= alive.upper:
        return ""
    return (
        f"{share} are {tenths(100 * left / facts.patients)}%: at least so many are alive at month "
        f"{tick:g}, and were at month {month}."
    )


def _no_middle(facts: CurveFacts, intervals: Sequence[IntervalType]) -> str:
    for _, one in facts.survival:
        if one.estimate is None or one.lower is None:
            continue
        stated = admitted(one.estimate)
        middles = {interval: middle_of(one, interval) for interval in intervals}
        said = [
            f"{tenths(float(between.lower))} to {tenths(float(between.upper))}% ({interval})"
            for interval, between in middles.items()
            if between and (between.lower > stated.upper or between.upper < stated.lower)
        ]
        if len(said) == len(intervals):
            return f"In the middle of these limits lies {', '.join(said)}."
    return ""


def _too_few(
    left: str, percent: float, tick: float, at: float, alive: Bounds, median: Bounds
) -> str:
    """Say why so many at risk do not go with those alive at a month and a median follow-up."""
    seen = f"{left}, {tenths(percent)}%, are at risk at month {tick:g}"
    # What counts is S just before the tick, which is no lower than S at it or later.
    followed = 100 * percent / float(alive.lower)
    if at >= tick and tick <= median.lower and followed < 50:
        return (
            f"{seen}. With at least {tenths(float(alive.lower))}% alive, at most "
            f"{tenths(followed)}% of these can still be followed: the median follow-up would lie "
            f"before month {tick:g}."
        )
    most = float(alive.upper) / 2
    if at <= median.upper < tick and percent > most:
        return (
            f"From month {float(median.upper):g} on at most {tenths(float(alive.upper))}% are "
            f"alive and at most half of these still followed, {tenths(most)}%; but {seen}."
        )
    return ""


def admitted(text: str) -> Bounds:
    """Return the values that round to what is printed."""
    return admits(text).rounded


def tenths(value: float) -> str:
    """Write a percent with one decimal."""
    return show(value, like="0.0")


if __name__ == "__main__":
    path = Path(__file__).parents[1] / "evidence.csv"
    explained(evidence()).to_csv(path, index=False, lineterminator="\n")
