"""Every count against its percent, and every denominator that is printed beside them."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from papers.morley_2016.data import counts, number, printed_text
from papers.percent_parts import count_behind, percent_of, size_behind, some_count
from papers.rate_frames import with_intervals
from secondlook.claims import Alternatives, Derived, Result

# Percents without a count, with the patients that they are of.
ALONE: Mapping[str, str] = {
    "tox-hypotension": "p2-n",
    "tox-mini-infection": "mini-n",
    "tox-mini-platelets": "mini-n",
    "tox-mini-bilirubin": "mini-n",
    "keb-myeloablative": "keb-n",
}
BOTH = ("both-cr", "both-crp", "both-cri", "both-resistant")
# Rows whose denominator follows from other counts (``repeated.sums``).
SIZES_COUNTED = ("sct-vod", "exposed", "unexposed")
RESPONSES = ("both-cr", "both-crp", "both-cri")


def denominators_used() -> dict[str, int]:
    """Return the denominator of each row of counts: stem -> patients.

    As printed beside the count; else the patients of the study that the sentence speaks of. The 23
    transplanted patients are the 22 counted one sentence before.
    """
    both = number("p2-n") + number("weekly-n")
    printed = counts().dropna(subset="n").set_index("stem")["n"].astype(int).to_dict()
    phase_2 = ("p2-fever", "p2-enzymes", "p2-bilirubin", "p2-bilirubin-severe")
    return (
        {str(stem): n for stem, n in printed.items()}
        | {"sct-vod": number("sct-n"), "mini-vod": number("mini-response-n")}
        | dict.fromkeys(phase_2, number("p2-n"))
        | dict.fromkeys(BOTH, both)
    )


def rates() -> pd.DataFrame:
    """Every count with its denominator, percent and exact interval.

    Returns
    -------
    pandas.DataFrame
        The columns of the resource "counts", and of, estimate, lower, upper (proportions, 95%).
    """
    frame, sizes = counts(), denominators_used()
    return with_intervals(frame.assign(of=[sizes[stem] for stem in frame["stem"]]), n="of")


def counts_and_percents() -> Mapping[str, Result]:
    """Hold each count, percent and denominator against the other two."""
    sizes, results = denominators_used(), dict[str, Result]()
    for row in counts().to_dict("records"):
        stem, count, size = str(row["stem"]), int(row["count"]), sizes[str(row["stem"])]
        percent = str(row["percent"])
        results[f"{stem}-count"] = count_behind(percent, size)
        results[f"{stem}-percent"] = percent_of(count, size)
        if not pd.isna(row["n"]) and stem not in SIZES_COUNTED:
            results[f"{stem}-n"] = size_behind(count, percent)
    # The study's size is printed more than once, and 2 of 30 rests on a denominator not named.
    for stem in ("p2-response", "p2-resistant"):
        results[f"{stem}-n"] = _salvage()
    results["giles-n"] = Derived(number("giles-patients"), "restated: the sentence before")
    results["giles-patients"] = Derived(number("giles-n"), "restated: 14 of 119")
    results["mini-vod-percent"] = some_count(number("mini-response-n"))
    return results


def percents_alone() -> Mapping[str, Result]:
    """Hold percents without a count against every whole number of their patients."""
    return {claim: some_count(number(size)) for claim, size in ALONE.items()}


def response_rates() -> Mapping[str, Result]:
    """Overall response: in phase II at each place, and with both schedules."""
    phase_2 = percent_of(number("p2-response-count"), number("p2-n"))
    responders = sum(number(f"{stem}-count") for stem in RESPONSES)
    both = denominators_used()["both-cr"]
    return {
        "abs-orr": phase_2,
        "key-orr": phase_2,
        "exp-orr-low": phase_2,
        "exp-orr-high": Derived(
            float(printed_text("p3-ino-cr")), "80.7% after inotuzumab in phase III"
        ),
        "both-response": Derived(
            100 * responders / both, f"17 + 27 + 8 = {responders} of {both}, in percent"
        ),
    }


def fever() -> Mapping[str, Result]:
    """Fever in the section on toxicity, in percent, from the counts in the results."""
    n, severe = number("p2-n"), number("p2-fever-severe")
    mild = number("p2-fever-count") - severe
    percent = number("tox-fever-severe")
    return {
        "tox-fever-mild": Derived(100 * mild / n, f"29 less {severe} severe: {mild} of {n}"),
        "tox-fever-severe": Alternatives(
            {"Results, third paragraph": 100 * severe / n}, f"{severe} of {n}, in percent"
        ),
        "p2-fever-severe": Alternatives(
            {"Toxicity, first paragraph": round(percent * n / 100)},
            f"{percent}% of {n}, to the nearest patient",
        ),
    }


def _salvage() -> Derived:
    parts = [number(f"p2-salvage-{line}") for line in (1, 2, 3)]
    return Derived(sum(parts), "13 + 24 + 12 by line of salvage")
