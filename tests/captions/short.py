"""What the figures and tables of droracle-2025 say."""

from papers.droracle_2025 import shared_denominator


def percents_of_one_source():
    *others, last = shared_denominator.exact_percents()
    yield f"up to {shared_denominator.MOST}"
    yield f"{', '.join(others)} and {last}%"


DRORACLE = {
    ("tbl-sizes", "tbl-cap"): percents_of_one_source,
    ("tbl-behind", "tbl-cap"): lambda: [
        f"citation {shared_denominator.SOURCE}",
        f"counts of {shared_denominator.smallest()} patients",
    ],
}
