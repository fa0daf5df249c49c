"""The first analysis of the phase III trial: which counts in which arms print its percents.

Four percents are printed and no count: response to inotuzumab and to standard care, and among the
responders of each those without MRD. Not all patients need be in a denominator, because some may
not have been treated.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from papers.morley_2016 import KEY, number
from secondlook import claims
from secondlook.claims import Possible
from secondlook.proportions import counts_printing, fisher_exact, sizes_printing

if TYPE_CHECKING:
    import pandas as pd


class Arms(NamedTuple):
    """Two arms, with responders, and the patients in neither denominator."""

    left_out: int
    responders_ino: int
    n_ino: int
    responders_soc: int
    n_soc: int

    @property
    def percent_soc(self) -> float:
        """The response to standard care in percent."""
        return 100 * self.responders_soc / self.n_soc


def _arms(response: str, free: str) -> Iterator[tuple[int, int]]:
    """Give responders and size of every arm with these percents: response, and MRD-free of them."""
    patients, text = number("p3-first"), claims.texts(KEY)
    responders = set(sizes_printing([text[free]], patients))
    for n in sizes_printing([text[response]], patients):
        yield from ((r, n) for r in counts_printing(text[response], n) if r in responders)


@cache
def arms() -> list[Arms]:
    """Return every two arms that give all four percents, whatever their sizes."""
    patients, second = number("p3-first"), list(_arms("p3-soc-cr", "p3-soc-mrd"))
    return [
        Arms(patients - n - m, first, n, others, m)
        for first, n in _arms("p3-ino-cr", "p3-ino-mrd")
        for others, m in second
        if n + m <= patients
    ]


@cache
def equal_arms() -> Arms:
    """Return two equal arms with everybody in them, which give three of the percents.

    The response to standard care follows from the printed rate without MRD alone: the fewest
    responders of which so many percent can be free of it.
    """
    n = number("p3-first") // 2
    arms_of_ino = _arms("p3-ino-cr", "p3-ino-mrd")
    first = next(responders for responders, size in arms_of_ino if size == n)
    return Arms(0, first, n, sizes_printing([claims.texts(KEY)["p3-soc-mrd"]], n)[0], n)


def arms_that_print() -> pd.DataFrame:
    """Return two equal arms, which give three percents, and below them those that give all four."""
    import pandas as pd

    rows = [equal_arms(), *arms()]
    return pd.DataFrame(rows).assign(percent_soc=[row.percent_soc for row in rows])


def results() -> dict[str, Possible]:
    """Hold response, responders without MRD, their P values and sizes against all arms that fit."""
    fits, equal, text = arms(), equal_arms(), claims.texts(KEY)
    first, second, n = equal.responders_ino, equal.responders_soc, equal.n_ino
    missing, smaller = min(each.left_out for each in fits), fits[0].n_soc
    mrd_first, mrd_second = (
        counts_printing(text[claim], responders)[0]
        for claim, responders in (("p3-ino-mrd", first), ("p3-soc-mrd", second))
    )
    three = ", ".join(f"{text[claim]}%" for claim in ("p3-ino-cr", "p3-ino-mrd", "p3-soc-mrd"))
    everybody = [each.n_ino + each.n_soc + each.left_out for each in fits]
    return {
        "p3-ino-cr": _percent(first, n, "one of two equal arms"),
        "p3-soc-cr": Possible(
            [each.percent_soc for each in fits],
            f"two arms of the {everybody[0]} that give {three} and this percent, with {missing} or "
            "more in neither",
            shown_as=f"{second} of {smaller} ({missing} not counted); {second} of {n} is "
            f"{100 * second / n:.1f}",
        ),
        "p3-ino-mrd": _percent(mrd_first, first, "the responders of one of two equal arms"),
        "p3-soc-mrd": _percent(
            mrd_second, second, f"the fewest responders of whom {text['p3-soc-mrd']}% can be"
        ),
        "p3-cr-p": _fisher((first, n), (second, smaller), (second, n)),
        "p3-mrd-p": _fisher((mrd_first, first), (mrd_second, second)),
        "p3-first": Possible(
            everybody,
            f"{fits[0].n_ino} and {fits[0].n_soc} patients of two arms that give all four "
            f"percents, and {fits[0].left_out} in neither",
        ),
        "tox-p3-vod-n": Possible(
            sizes_printing([text["p3-ino-cr"]], number("p3-first") - 1),
            f"every size of the inotuzumab arm, less than the {number('p3-first')} of both, of "
            f"which {text['p3-ino-cr']}% can be",
        ),
    }


def _percent(count: int, n: int, what: str) -> Possible:
    return Possible([100 * count / n], f"{count} of {n}: {what}", shown_as=f"{count} of {n}")


def _fisher(one: tuple[int, int], *others: tuple[int, int]) -> Possible:
    found = [fisher_exact([[one[0], one[1] - one[0]], [a, n - a]]).p_value for a, n in others]
    against = " and ".join(f"{a} of {n}" for a, n in others)
    return Possible(
        found,
        f"Fisher's exact test of {one[0]} of {one[1]} against {against}",
        shown_as=", ".join(f"{p:.0e}" for p in found),
    )
