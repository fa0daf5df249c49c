"""Morley and Marks 2016: a review of inotuzumab ozogamicin in acute lymphoblastic leukaemia.

Expert Review of Anticancer Therapy 16 (2), 159-164. https://doi.org/10.1586/14737140.2016.1131614

What its claims do not declare: sizes behind several percents at once (here), the arms of the phase
III trial (`phase_three`), survival after transplantation (`transplant`) and Table 1 as logic
(`criteria`); and the frames of its tables and figures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from papers.rate_frames import with_intervals
from secondlook import claims
from secondlook.claims import Possible
from secondlook.claims.value import enumerated
from secondlook.data import load
from secondlook.printed import admits
from secondlook.proportions import FisherExact, fisher_exact, identify_test, sizes_printing
from secondlook.tables import percent, percent_range

if TYPE_CHECKING:
    import pandas as pd

KEY = "morley-2016"
# What the claims in conflict disagree about: a disagreement meets a claim at each of its places.
DISAGREEMENTS = {
    "severe fever": ("tox-fever-severe", "p2-fever-severe"),
    "CRi in Table 1": ("t1-cri-platelets", "t1-cri-neutrophils"),
    "CRp in Table 1": ("t1-crp-platelets",),
}
BOTH = ("both-cr", "both-crp", "both-cri", "both-resistant")
MINI_TOXICITY = ("tox-mini-infection", "tox-mini-platelets", "tox-mini-bilirubin")
# Group and study in the figure of VOD; the claims that print the patients with VOD and all.
VOD = (
    ("Inotuzumab, at any time", "Phase III", "tox-p3-vod", "tox-p3-vod-n"),
    ("Inotuzumab, time not said", "Mini-hyper-CVD", "mini-vod-count", "mini-response-n"),
    ("Inotuzumab, then SCT", "Phase II", "sct-vod-count", "sct-n"),
    ("Inotuzumab, then SCT", "Phase III", "p3-vod-after", "p3-ino-sct"),
    ("Inotuzumab, then SCT", "Under 18 years", "child-vod", "child-sct"),
    ("Gemtuzumab", "Giles, no SCT", "giles-count", "giles-n"),
    ("Gemtuzumab", "Dana-Farber, then SCT", "exposed-count", "exposed-n"),
    ("No conjugate", "Dana-Farber, SCT", "unexposed-count", "unexposed-n"),
)


def number(claim: str) -> int:
    """Return the whole number that the review prints in the claim of this id."""
    return int(claims.said(KEY, claim))


def rates() -> pd.DataFrame:
    """Return every count beside its percent, with what it is of and its exact interval.

    The columns of the resource "counts", of which `of` is the number of patients here, and
    estimate, lower, upper (proportions, 95%).
    """
    frame = load(KEY, "counts")
    sizes = [sum(number(claim) for claim in of.split(" + ")) for of in frame["of"]]
    return with_intervals(frame.assign(of=sizes), n="of")


def interval_of(stem: str) -> tuple[float, float]:
    """Return the exact interval of one row of `rates`, as proportions."""
    row = rates().set_index("stem").loc[[stem]]
    return row["lower"].item(), row["upper"].item()


def vod() -> pd.DataFrame:
    """Return the rates of VOD that the figure shows: group, study, count, n."""
    import pandas as pd

    rows = [(group, study, number(count), number(n)) for group, study, count, n in VOD]
    return pd.DataFrame(rows, columns=["group", "study", "count", "n"])


def studies(rows: list[tuple[str, int, int]]) -> pd.DataFrame:
    """Return rates as a figure of a slide takes them: study, count, n."""
    import pandas as pd

    return pd.DataFrame(rows, columns=["study", "count", "n"])


def response() -> pd.DataFrame:
    """Return the response rates of a slide; the third count is deduced."""
    from papers.morley_2016.phase_three import equal_arms

    both = sum(number(f"{stem}-count") for stem in BOTH[:3])
    equal = equal_arms()
    return studies([
        ("Phase II, single dose", number("p2-response-count"), number("p2-n")),
        ("Both schedules", both, number("p2-n") + number("weekly-n")),
        ("Phase III, interim", equal.responders_ino, equal.n_ino),
    ])  # fmt: skip


def levels() -> pd.DataFrame:
    """Return response by drug level, for a slide."""
    stems = {"Above 100 ng/mL": "high-level", "Below": "low-level"}
    return studies(
        [(name, number(f"{stem}-count"), number(f"{stem}-n")) for name, stem in stems.items()]
    )


def vod_on_a_slide() -> pd.DataFrame:
    """Return the rates of VOD that a slide has room for, with group and study in one name."""
    kept = vod()
    kept = kept[~kept["group"].str.contains("time") & (kept["study"] != "Under 18 years")]
    return kept.assign(study=kept["group"] + ": " + kept["study"])[["study", "count", "n"]]


def in_words(rates: pd.DataFrame) -> str:
    """Say rates in words, with exact intervals, for an alternative text."""
    return "; ".join(
        f"{row['study']} {row['count']} of {row['n']}, {percent(row['estimate'], 0)}% "
        f"({percent_range(row['lower'], row['upper'], 0)})"
        for row in with_intervals(rates).to_dict("records")
    )


def counted(*stems: str) -> list[list[int]]:
    """Return rows of counts as a table of groups: with the outcome, without it."""
    sizes = [(number(f"{stem}-count"), number(f"{stem}-n")) for stem in stems]
    return [[count, n - count] for count, n in sizes]


def level_tests() -> pd.DataFrame:
    """Return the usual tests of response by drug level, those that print the P value first.

    Columns: test (with "one-sided" where it is), p_value, verdict; see `identify_test`.
    """
    text = claims.printed_text(KEY, "lev-p")
    frame = identify_test(counted("high-level", "low-level"), text)
    order = ["reproduced", "truncated", "differs", "undefined"]
    ranked = frame.assign(
        rank=frame["verdict"].map(order.index),
        distance=(frame["p_value"] - float(text)).abs(),
        test=frame["test"] + frame["sides"].map({1: ", one-sided", 2: ""}),
    ).sort_values(["rank", "distance"])
    return ranked[["test", "p_value", "verdict"]].reset_index(drop=True)


def fisher(*stems: str) -> FisherExact:
    """Compare two groups of counts with Fisher's exact test."""
    return fisher_exact(counted(*stems))


def schedule_sizes() -> list[int]:
    """Return every total of both schedules that prints its five percents from their counts."""
    responders = sum(number(f"{stem}-count") for stem in BOTH[:3])
    counts = {f"{stem}-percent": number(f"{stem}-count") for stem in BOTH}
    counts["both-response"] = responders
    printed = claims.texts(KEY)
    rates = [(admits(printed[claim]).rounded, count) for claim, count in counts.items()]
    return [
        n
        for n in range(responders, 400)
        if all(100 * count / n in rounded for rounded, count in rates)
    ]


def sizes() -> dict[str, Possible]:
    """Find the sizes of two studies, each from several percents together."""
    both, single = schedule_sizes(), number("p2-n")
    toxicity = [claims.printed_text(KEY, claim) for claim in MINI_TOXICITY]
    return {
        "weekly-n": Possible(
            [n - single for n in both],
            f"{' or '.join(map(str, both))}, the only totals that print all percents of both "
            f"schedules, less {single}",
        ),
        "mini-n": Possible(
            sizes_printing(toxicity, 60),
            f"every size up to 60 of which {enumerated([f'{each}%' for each in toxicity])} can be",
        ),
    }
