"""Counts that other printed counts bound, sizes behind percents, medians of parts."""

from __future__ import annotations

import math
from collections.abc import Mapping

from papers.morley_2016.data import number, printed_text, said
from papers.morley_2016.percents import BOTH, RESPONSES
from secondlook.claims import Possible, Result
from secondlook.printed import Bounds, admits
from secondlook.proportions import denominators


def bounded_counts() -> Mapping[str, Result]:
    """Hold counts against the number of patients who could be counted."""
    others = number("p2-n") - number("p2-response-count")
    unexplained = number("sct-n") - number("sct-vod-deaths")
    spare = {
        "p2-rituximab": (others, "who did not respond"),
        "sct-vod-deaths": (number("sct-vod-count"), "with VOD"),
        "sct-infection": (
            unexplained - number("sct-alive"),
            "neither dead with VOD nor alive without relapse",
        ),
        "sct-alive": (unexplained - number("sct-infection"), "not dead with VOD or of infection"),
        "p2-enzymes-severe": (
            number("p2-n") - number("p2-enzymes-count"),
            "without enzymes of grade 1 or 2",
        ),
    }
    return {
        claim: Possible(range(most + 1), f"none to all of the {most} patients {who}")
        for claim, (most, who) in spare.items()
    } | _mrd_of_both()


def _mrd_of_both() -> dict[str, Result]:
    """Hold MRD with both schedules against the first 49 patients, who are among the 90."""
    tested, negative = number("p2-mrd-n"), number("p2-mrd-count")
    total = number("both-mrd-n")
    return {
        "both-mrd-count": Possible(
            range(negative, total - (tested - negative) + 1),
            f"from the {negative} without MRD with the single dose to {total} less the "
            f"{tested - negative} with it",
        ),
        "both-mrd-n": Possible(
            range(tested, _responders() + 1),
            f"from the {tested} assessed with the single dose to the {_responders()} who responded",
        ),
    }


def sizes_behind_percents() -> Mapping[str, Result]:
    """Find the sizes of two studies from the percents printed of them."""
    single = number("p2-n")
    both = schedule_sizes()
    toxicity = [printed_text(f"tox-mini-{k}") for k in ("infection", "platelets", "bilirubin")]
    evaluable = denominators([printed_text("mini-vod-percent")], number("mini-n"))
    vod = number("mini-vod-count")
    return {
        "weekly-n": Possible(
            [n - single for n in both], "sizes that fit all percents of both schedules, less 49"
        ),
        "mini-n": Possible(
            denominators(toxicity, 60)["n"].tolist(), "sizes of which 88, 76 and 24% can be"
        ),
        "mini-response-n": Possible(
            [
                n
                for n, found in zip(evaluable["n"], evaluable["counts"], strict=True)
                if vod in found[0]
            ],
            "sizes up to 33 of which 2 are 7%",
        ),
    }


def schedule_sizes() -> list[int]:
    """Return every total of both schedules that prints its five percents from their counts."""
    rates = {number(f"{stem}-count"): printed_text(f"{stem}-percent") for stem in BOTH}
    rates[_responders()] = printed_text("both-response")
    return [
        n
        for n in range(_responders(), 400)
        if all(100 * count / n in admits(percent).rounded for count, percent in rates.items())
    ]


def medians() -> Mapping[str, Result]:
    """Hold the median survival of all against that of the two schedules."""
    single, weekly, both = (said(f"{name}-os") for name in ("single", "weekly", "both"))
    return {
        "both-os": Possible(
            Bounds(min(single, weekly), max(single, weekly), True, True),
            "between the medians of the two groups",
        ),
        "single-os": Possible(
            Bounds(0, both, True, True), "one group's median is no more than that of all"
        ),
        "weekly-os": Possible(
            Bounds(both, math.inf, True, False),
            "the other group's median is no less than that of all",
            shown_as=f"{both} or more",
        ),
    }


def _responders() -> int:
    return sum(number(f"{stem}-count") for stem in RESPONSES)
