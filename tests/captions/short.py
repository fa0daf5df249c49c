"""What the figures and tables of zaitsev-2020 and droracle-2025 say."""

from papers.droracle_2025 import shared_denominator
from papers.zaitsev_2020 import cases
from secondlook.proportions import interval


def three_of_three():
    n = cases.patients()
    for count in (n, 10, 30):
        yield f"{count} of {count} from {100 * interval(count, count).lower:.0f} to 100"


def percents_of_one_source():
    *others, last = shared_denominator.exact_percents()
    yield f"up to {shared_denominator.MOST}"
    yield f"{', '.join(others)} and {last}%"


ZAITSEV = {
    ("tbl-bounds", "tbl-cap"): lambda: [f"{len(cases.PRIORS)} priors"],
    ("tbl-against", "tbl-cap"): lambda: [f"{cases.patients()} responders or more", "2021"],
    ("fig-three", "fig-cap"): lambda: [f"{cases.patients()} of {cases.patients()}", "30 of 30"],
    ("fig-three", "fig-alt"): three_of_three,
}
DRORACLE = {
    ("tbl-sizes", "tbl-cap"): percents_of_one_source,
    ("tbl-behind", "tbl-cap"): lambda: [
        f"citation {shared_denominator.SOURCE}",
        f"counts of {shared_denominator.smallest()} patients",
    ],
}
