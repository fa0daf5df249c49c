"""Numbers that are printed twice, parts of a sum, and years of the references."""

from __future__ import annotations

from collections.abc import Mapping

from papers.morley_2016.data import endpoints, number, printed_text, references, said
from secondlook.claims import Alternatives, Contradicted, Derived, Result

# Claim -> the claim that prints the same number at another place.
TWINS: Mapping[str, str] = {
    "dos-interval-low": "tox-phase1-low",
    "dos-interval-high": "tox-phase1-high",
    "tox-phase1-low": "dos-interval-low",
    "tox-phase1-high": "dos-interval-high",
    "dos-interval-from": "dos-interval-low",
    "dos-interval-to": "dos-interval-high",
    "dos-phase1-n": "tox-phase1-n",
    "tox-phase1-n": "dos-phase1-n",
    "tox-infusion": "p2-infusion",
    "p2-infusion": "tox-infusion",
    "tox-p3-liver": "p3-ino-liver",
    "p3-ino-liver": "tox-p3-liver",
    "p2-rituximab-n": "p2-n",
    "sct-restated": "sct-n",
    "weekly-others": "p2-n",
    **{
        f"{one}-{part}": f"{other}-{part}"
        for one, other in (("dos-weekly", "weekly"), ("weekly", "dos-weekly"))
        for part in ("first", "next", "day-1", "day-8", "day-15")
    },
}
# Parts of a sum that their percent gives (``percents.counts_and_percents``).
COUNTED_BY_PERCENT = ("exposed-count", "unexposed-count")
PLACES: Mapping[str, str] = {
    "abs": "Abstract",
    "dos": "Dosing",
    "tox": "Toxicity",
    "p2": "Results, first paragraph",
    "sct": "Results, second paragraph",
    "weekly": "Results, fourth paragraph",
    "p3": "Global phase III trial",
}


def restated() -> Mapping[str, Result]:
    """Repeat each number from the other place that prints it."""
    return {
        claim: Derived(said(twin), f"restated: {PLACES[twin.split('-')[0]]}")
        for claim, twin in TWINS.items()
    }


def sums() -> Mapping[str, Result]:
    """Parts and totals: salvage lines, transplanted patients, children, the Dana-Farber study."""
    results: dict[str, Result] = {}
    for total, *parts in (
        ("p2-n", "p2-salvage-1", "p2-salvage-2", "p2-salvage-3"),
        ("sct-n", "sct-remission", "sct-active"),
        ("child-n", "child-none", "child-cr"),
        ("dana-patients", "dana-exposed", "unexposed-n"),
        ("dana-vod", "exposed-count", "unexposed-count"),
    ):
        values = [number(part) for part in parts]
        results[total] = Derived(sum(values), " + ".join(map(str, values)))
        for part in parts:
            if part in COUNTED_BY_PERCENT:
                continue
            others = [number(other) for other in parts if other != part]
            results[part] = Derived(
                number(total) - sum(others),
                " less ".join(str(value) for value in (number(total), *others)),
            )
    results["dana-n"] = Derived(number("dana-exposed") + number("unexposed-n"), "14 + 48")
    results["exposed-n"] = Derived(number("dana-exposed"), "restated: one sentence before")
    results["sct-vod-n"] = Derived(number("sct-n"), "patients transplanted, one sentence before")
    return results


def from_the_references() -> Mapping[str, Result]:
    """Years and ages that the reference list repeats, and what the sentence itself names."""
    listed = references().set_index("number")
    age = str(listed.loc[17, "age"])
    return {
        "mini-year": Derived(int(listed["year"].loc[17]), "year of reference 17"),
        "p3-year": Derived(int(listed["year"].loc[16]), "year of reference 16"),
        "mini-age": Contradicted(
            f"the title of reference 17 has {age} years",
            age != printed_text("mini-age"),
            "restated: reference list",
        ),
        "p3-endpoints": Derived(len(endpoints()), "endpoints that the sentence names"),
        "lev-above": _levels(),
        "lev-below": _levels(),
    }


def phase_three_cases() -> Mapping[str, Result]:
    """VOD during treatment and after transplantation against both printed totals.

    Nothing printed says whether 13 or 15 patients had VOD, so that neither total may vouch for a
    part.
    """
    totals = {"Toxicity": number("tox-p3-vod"), "Phase III trial": number("p3-ino-vod")}
    return {
        claim: Alternatives(
            {place: total - number(other) for place, total in totals.items()},
            f"{' or '.join(str(total) for total in totals.values())} less {number(other)}",
        )
        for claim, other in (("p3-vod-during", "p3-vod-after"), ("p3-vod-after", "p3-vod-during"))
    }


def _levels() -> Contradicted:
    return Contradicted(
        "both groups are divided at 100 ng/mL",
        number("lev-above") != number("lev-below"),
        "the two groups of the sentence",
    )
