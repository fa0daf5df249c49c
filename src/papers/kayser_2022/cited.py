"""Numbers of other studies, in the introduction and the discussion."""

from __future__ import annotations

from collections.abc import Mapping

from papers.kayser_2022.data import KEY, said
from secondlook import claims
from secondlook.claims import Derived, NotDerivable, Possible, Result
from secondlook.data import load
from secondlook.printed import admits

# Numbers of patients behind a percent are sought up to this many.
LARGEST_STUDY = 1000


def borrowed() -> Mapping[str, Result]:
    """Return for each borrowed number on which nothing printed here bears what would be needed."""
    own = checked()
    return {
        claim.id: NotDerivable(f"reference {claim.cites}")
        for claim in claims.read(KEY)
        if claim.cites and claim.id not in own
    } | {"dis-cd22-ema": NotDerivable("the European label")}


def patients_behind(count: int, percent: str) -> list[int]:
    """Return the numbers of patients of which a count is the printed percent, rounded or cut."""
    interval = admits(percent)
    return [
        n
        for n in range(max(count, 1), LARGEST_STUDY + 1)
        if 100 * count / n in interval.rounded or 100 * count / n in interval.truncated
    ]


def checked() -> Mapping[str, Result]:
    """Check the borrowed numbers that follow from others printed beside them."""
    results: dict[str, Result] = {
        "int-os-ino": Derived(said("dis-os-inovate"), "restated: discussion"),
        "dis-os-inovate": Derived(said("int-os-ino"), "restated: introduction"),
        "int-vod-hsct-n": Derived(said("int-vod-ten-again"), "restated: same sentence"),
        "int-vod-ten-again": Derived(said("int-vod-hsct-n"), "restated: same sentence"),
        "int-hsct-n": Possible(
            patients_behind(int(said("int-vod-hsct-n")), _text("int-vod-hsct")),
            "numbers of patients of which ten are the printed percent",
        ),
        "int-vod-hsct": _percent("int-vod-hsct-n", "int-hsct-n"),
    }
    for claim, count in (("int-vod-ino", "int-vod-ino-n"), ("int-vod-soc", "int-vod-soc-n")):
        text = _text(claim)
        sizes = patients_behind(int(said(count)), text)
        results[claim] = Possible(
            [100 * said(count) / n for n in sizes],
            "percent for every number of patients up to 1,000",
            shown_as=f"{said(count)} of {sizes[0]} to {sizes[-1]}",
        )
    for arm in ("ino", "soc"):
        count, of = f"dis-inovate-{arm}-cr-n", f"dis-inovate-{arm}-of"
        results |= {
            f"dis-inovate-{arm}": Derived(said(of), "restated: the denominator, next sentence"),
            of: Derived(said(f"dis-inovate-{arm}"), "restated: the sentence before"),
            count: Derived(_only_count(f"dis-inovate-{arm}-cr", of), "the only count that fits"),
            f"dis-inovate-{arm}-cr": _percent(count, of),
        }
    for level in ("high", "less"):
        count, of = f"dis-cd22-{level}-n", f"dis-cd22-{level}-of"
        results |= {
            f"dis-cd22-{level}": _percent(count, of),
            count: Derived(_only_count(f"dis-cd22-{level}", of), "the only count that fits"),
            of: Possible(
                patients_behind(int(said(count)), _text(f"dis-cd22-{level}")),
                "numbers of patients of which the count is the printed percent",
            ),
        }
    return results


# The first author and the year of the reference that a sentence names, by its claim.
NAMED = {
    "met-cite-andersen": ("Andersen P", 1982),
    "met-cite-makuch": ("Simon R", 1984),
    "dis-cite-loss-first": ("Paul MR", 2019),
    "dis-cite-loss-second": ("Reinert J", 2021),
    "dis-cite-negative": ("Fingrut W", 2019),
    "dis-cite-switch": ("Jacoby E", 2016),
}


def references() -> Mapping[str, Result]:
    """Look the studies that sentences name up in the reference list."""
    table = load(KEY, "references")
    results: dict[str, Result] = {}
    for claim, (author, year) in NAMED.items():
        rows = table[(table["first_author"] == author) & (table["year"] == year)]
        results[claim] = Derived(
            int(rows["number"].item()), f"{author} {year} in the reference list"
        )
    return results


def _percent(count: str, of: str) -> Derived:
    return Derived(100 * said(count) / said(of), f"{said(count)} of {said(of)}, in percent")


def _only_count(percent: str, of: str) -> int:
    """Return the one count of the printed number of patients that rounds to the printed percent."""
    n, rounded = int(said(of)), admits(_text(percent)).rounded
    counts = [count for count in range(n + 1) if 100 * count / n in rounded]
    if len(counts) != 1:
        raise ValueError(f"{_text(percent)}% of {n} patients fits {counts}, not one count")
    return counts[0]


def _text(claim: str) -> str:
    return next(c.printed for c in claims.read(KEY) if c.id == claim)
