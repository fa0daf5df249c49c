"""The first analysis of the phase III trial: which counts in which arms print its percents.

Four percents are printed and no count: response to inotuzumab and to standard care, and among the
responders of each those without MRD. Not all patients need be in a denominator, because some may
not have been treated.
"""

from __future__ import annotations

from functools import cache

import pandas as pd

from papers.morley_2016 import KEY, number
from secondlook import claims
from secondlook.claims import Possible
from secondlook.printed import admits
from secondlook.proportions import counts_printing, fisher_exact

# Patients of the first analysis that may be in no denominator; the search stops there.
MOST_LEFT_OUT = 30


@cache
def arms() -> pd.DataFrame:
    """Return every two arms that give three of the percents, the response to standard care open.

    Columns: left_out (patients in neither denominator), responders_ino, n_ino (at least the
    patients among whom VOD was counted), responders_soc, n_soc, percent_soc, and whether that
    prints.
    """
    patients, least = number("p3-first"), number("tox-p3-vod-n")
    text = claims.texts(KEY)
    first = [
        (responders, n)
        for n in range(least, patients)
        for responders in counts_printing(text["p3-ino-cr"], n)
        if counts_printing(text["p3-ino-mrd"], responders)
    ]
    second = [b for b in range(1, patients) if counts_printing(text["p3-soc-mrd"], b)]
    rows = [
        (left_out, responders, n, others, patients - left_out - n)
        for left_out in range(MOST_LEFT_OUT + 1)
        for responders, n in first
        for others in second
        if others <= patients - left_out - n
    ]
    columns = ["left_out", "responders_ino", "n_ino", "responders_soc", "n_soc"]
    frame = pd.DataFrame(rows, columns=columns)
    percents = 100 * frame["responders_soc"] / frame["n_soc"]
    printed = admits(text["p3-soc-cr"])
    prints = [value in printed.rounded or value in printed.truncated for value in percents]
    return frame.assign(percent_soc=percents, prints=prints)


def equal_arms() -> pd.DataFrame:
    """Return two equal arms with everybody in them: one row of `arms`.

    The response to standard care follows from the printed rate without MRD alone: the fewest
    responders of which so many percent can be free of it.
    """
    frame = arms()
    equal = frame[(frame["left_out"] == 0) & (frame["n_ino"] == frame["n_soc"])]
    return equal.nsmallest(1, "responders_soc")


def arms_that_print() -> pd.DataFrame:
    """Return two equal arms, which give three percents, and below them those that give all four."""
    frame = arms()
    return pd.concat([equal_arms(), frame[frame["prints"]]], ignore_index=True)


def results() -> dict[str, Possible]:
    """Hold response, responders without MRD, their P values and sizes against all arms that fit."""
    frame, text = arms(), claims.texts(KEY)
    fits, equal = frame[frame["prints"]], equal_arms().iloc[0]
    first, second, n = (int(equal[name]) for name in ("responders_ino", "responders_soc", "n_ino"))
    missing, smaller = int(fits["left_out"].min()), int(fits["n_soc"].iloc[0])
    mrd_first, mrd_second = (
        int(counts_printing(text[claim], responders)[0])
        for claim, responders in (("p3-ino-mrd", first), ("p3-soc-mrd", second))
    )
    three = ", ".join(text[claim] for claim in ("p3-ino-cr", "p3-ino-mrd", "p3-soc-mrd"))
    everybody = fits["n_ino"] + fits["n_soc"] + fits["left_out"]
    return {
        "p3-ino-cr": _percent(first, n, "two equal arms"),
        "p3-soc-cr": Possible(
            fits["percent_soc"].tolist(),
            f"every two arms that give {three}%, the first of {n} or more, with up to "
            f"{MOST_LEFT_OUT} of the {int(everybody.iloc[0])} in neither",
            shown_as=f"{second} of {smaller} ({missing} not counted); {second} of {n} is "
            f"{100 * second / n:.1f}",
        ),
        "p3-ino-mrd": _percent(mrd_first, first, "the responders of equal arms"),
        "p3-soc-mrd": _percent(mrd_second, second, "the fewest responders of whom it can be"),
        "p3-cr-p": _fisher((first, n), (second, smaller), (second, n)),
        "p3-mrd-p": _fisher((mrd_first, first), (mrd_second, second)),
        "p3-first": Possible(
            everybody.tolist(),
            f"two arms that give all four percents, and up to {MOST_LEFT_OUT} patients in neither",
        ),
        "tox-p3-vod-n": Possible(
            [m for m in range(1, number("p3-first")) if counts_printing(text["p3-ino-cr"], m)],
            f"every size of the first arm that gives {text['p3-ino-cr']}%",
        ),
    }


def _percent(count: int, n: int, what: str) -> Possible:
    return Possible([100 * count / n], f"{count} of {n}: {what}", shown_as=f"{count} of {n}")


def _fisher(one: tuple[int, int], *others: tuple[int, int]) -> Possible:
    found = [fisher_exact([[one[0], one[1] - one[0]], [a, n - a]]).p_value for a, n in others]
    against = " and ".join(f"{a}/{n}" for a, n in others)
    return Possible(
        found,
        f"Fisher's exact test of {one[0]}/{one[1]} against {against}",
        shown_as=", ".join(f"{p:.0e}" for p in found),
    )
