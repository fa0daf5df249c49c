"""The first analysis of the phase III trial: which counts in which arms print its percents."""

from __future__ import annotations

from functools import cache

import pandas as pd

from papers.morley_2016 import KEY, number
from secondlook import claims
from secondlook.claims import Possible
from secondlook.printed import admits
from secondlook.proportions import counts_printing, fisher_exact

# Patients of the first 218 that may be in no denominator; the search stops there.
MOST_LEFT_OUT = 30


@cache
def _inotuzumab_arms() -> tuple[tuple[int, int], ...]:
    """Return responders and patients of every first arm that gives 80.7 and 78.4%."""
    response, mrd = claims.printed_text(KEY, "p3-ino-cr"), claims.printed_text(KEY, "p3-ino-mrd")
    return tuple(
        (responders, n)
        for n in range(number("tox-p3-vod-n"), number("p3-first"))
        for responders in counts_printing(response, n)
        if counts_printing(mrd, responders)
    )


@cache
def _standard_responders() -> tuple[int, ...]:
    """Return every number of responders to standard care of which 28.1% can be without MRD."""
    mrd = claims.printed_text(KEY, "p3-soc-mrd")
    return tuple(b for b in range(1, number("p3-first")) if counts_printing(mrd, b))


def arms(left_out: int = 0) -> pd.DataFrame:
    """Every two arms that give the printed percents, the response to standard care left open.

    Parameters
    ----------
    left_out
        Patients of the first 218 who are in neither denominator.

    Returns
    -------
    pandas.DataFrame
        responders_ino, n_ino, responders_soc, n_soc, percent_soc. The first arm has at least the
        109 patients among whom VOD was counted.
    """
    patients = number("p3-first") - left_out
    rows = [
        (responders, n, others, patients - n)
        for responders, n in _inotuzumab_arms()
        for others in _standard_responders()
        if others <= patients - n
    ]
    frame = pd.DataFrame(rows, columns=["responders_ino", "n_ino", "responders_soc", "n_soc"])
    return frame.assign(percent_soc=100 * frame["responders_soc"] / frame["n_soc"])


def fitting(left_out: int) -> pd.DataFrame:
    """Return the arms that also print the response to standard care."""
    interval, frame = admits(claims.printed_text(KEY, "p3-soc-cr")), arms(left_out)
    fits = [
        value in interval.rounded or value in interval.truncated for value in frame["percent_soc"]
    ]
    return frame[fits].reset_index(drop=True)


def left_out_at_most(most: int) -> pd.DataFrame:
    """Return every pair of arms that prints all four percents with up to `most` patients left out.

    Returns
    -------
    pandas.DataFrame
        left_out, and the columns of `arms`.
    """
    found = [fitting(left_out).assign(left_out=left_out) for left_out in range(most + 1)]
    return pd.concat(found, ignore_index=True)


def equal_arms() -> tuple[int, int, int]:
    """Return responders to inotuzumab and to standard care, and the size of two equal arms.

    The response to standard care is taken from the printed rate without MRD alone: the fewest
    responders of which 28.1% can be free of it.
    """
    frame = arms()
    equal = frame[frame["n_ino"] == frame["n_soc"]].sort_values("responders_soc").iloc[0]
    return int(equal["responders_ino"]), int(equal["responders_soc"]), int(equal["n_ino"])


def arms_that_print() -> pd.DataFrame:
    """Return two arms with everybody in them, and below them those that print all four percents.

    Returns
    -------
    pandas.DataFrame
        The columns of `left_out_at_most`; the first row has equal arms and prints three percents.
    """
    whole = arms()
    equal = whole[whole["n_ino"] == whole["n_soc"]].sort_values("responders_soc").head(1)
    found = left_out_at_most(MOST_LEFT_OUT)
    return pd.concat([equal.assign(left_out=0), found], ignore_index=True)


def results() -> dict[str, Possible]:
    """Hold response, responders without MRD, their P values and sizes against all arms that fit."""
    first, second, n = equal_arms()
    fits = left_out_at_most(MOST_LEFT_OUT)
    missing, smaller = int(fits["left_out"].min()), int(fits["n_soc"].iloc[0])
    mrd = [int(counts_printing(claims.printed_text(KEY, f"p3-{a}-mrd"), k)[0])
           for a, k in (("ino", first), ("soc", second))]  # fmt: skip
    return {
        "p3-ino-cr": _percent(first, n, "two equal arms"),
        # Not all of the first 218 randomised need be in a denominator: some may not be treated.
        "p3-soc-cr": Possible(
            fits["percent_soc"].tolist(),
            "every two arms that give 80.7, 78.4 and 28.1%, the first of 109 or more, with up to "
            f"{MOST_LEFT_OUT} of the 218 in neither",
            shown_as=f"{second} of {smaller} ({missing} not counted); {second} of {n} is "
            f"{100 * second / n:.1f}",
        ),
        "p3-ino-mrd": _percent(mrd[0], first, "the responders of equal arms"),
        "p3-soc-mrd": _percent(mrd[1], second, "the fewest responders of whom 28.1% can be"),
        "p3-cr-p": Possible(
            [
                fisher_exact([[first, n - first], [second, size - second]]).p_value
                for size in (smaller, n)
            ],
            f"Fisher's exact test of {first}/{n} against {second}/{smaller} and {second}/{n}",
            shown_as="<0.0001 (Fisher)",
        ),
        "p3-mrd-p": Possible(
            [fisher_exact([[mrd[0], first - mrd[0]], [mrd[1], second - mrd[1]]]).p_value],
            f"Fisher's exact test of {mrd[0]}/{first} against {mrd[1]}/{second}",
            shown_as="<0.0001 (Fisher)",
        ),
        "p3-first": Possible(
            (fits["n_ino"] + fits["n_soc"] + fits["left_out"]).tolist(),
            f"two arms that give all four percents, and up to {MOST_LEFT_OUT} patients in neither",
        ),
        "tox-p3-vod-n": Possible(
            [
                m
                for m in range(1, number("p3-first"))
                if counts_printing(claims.printed_text(KEY, "p3-ino-cr"), m)
            ],
            "every size of the first arm that gives 80.7%",
        ),
    }


def _percent(count: int, n: int, what: str) -> Possible:
    return Possible([100 * count / n], f"{count} of {n}: {what}", shown_as=f"{count} of {n}")
