"""A web page of 2025 that answers a clinician's question on gemtuzumab ozogamicin.

Dr.Oracle, last updated on September 5, 2025. Numbers are checked here, not recommended. What the
claims do not declare: which number of patients can lie behind the percents of one citation.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from secondlook import claims
from secondlook.claims import Possible
from secondlook.data import cells, load, load_text
from secondlook.printed import verdict
from secondlook.proportions import counts_printing, denominators, sizes_printing

if TYPE_CHECKING:
    import pandas as pd

KEY, OTHER = "droracle-2025", "kucukciler-2021"
SOURCE = "5"
MOST = 400
OUTCOMES: Mapping[str, str] = {
    "rsp-recent": "overall response in recent studies",
    "adv-liver": "raised liver function tests",
    "adv-fever": "febrile neutropenia",
    "adv-nausea": "nausea or vomiting",
    "adv-headache": "headache",
    "adv-bleeding": "bleeding",
}
RULES: Mapping[str, str] = {
    "rounding": "rounded, all of them",
    "truncation": "cut, all of them",
    "either": "rounded or cut, each by itself",
}


def exact_percents() -> list[str]:
    """Return the distinct percents of citation 5 that are not called approximate, as printed."""
    _, rows = cells(KEY, "percents")
    kept = [row for row in rows if (row["citation"], row["approximate"]) == (SOURCE, "no")]
    return list(dict.fromkeys(str(row["percent"]) for row in kept))


def sizes() -> pd.DataFrame:
    """Return every number of patients up to 400 behind all of them (see `denominators`)."""
    return denominators(exact_percents(), MOST)


def sizes_by_rule() -> pd.DataFrame:
    """Return the first six sizes by the rule of rounding: rule, sizes (as text)."""
    import pandas as pd

    frame, rows = sizes(), []
    for column, rule in RULES.items():
        found = frame.loc[frame[column], "n"].astype(str).tolist()
        rows.append((rule, ", ".join(found[:6]) + (" ..." if len(found) > 6 else "") or "none"))
    return pd.DataFrame(rows, columns=["rule", "sizes"])


def smallest() -> int:
    """Return the smallest number of patients behind all of them, rounded or cut."""
    return int(sizes()["n"].min())


def smallest_by_rounding() -> int:
    """Return the smallest number of patients behind all of them by rounding alone."""
    frame = sizes()
    return int(frame.loc[frame["rounding"], "n"].min())


def behind() -> pd.DataFrame:
    """Return each percent with its count of the smallest number of patients.

    Columns: outcome, printed, count, of, value (percent), made_by (rounding or cutting).
    """
    import pandas as pd

    told, n = load_text(KEY, "percents").query("citation == @SOURCE"), smallest()
    rows = [
        (outcome, text, count, n, 100 * count / n, verdict(text, 100 * count / n))
        for outcome, text in zip(told["outcome"], told["percent"], strict=True)
        for count in counts_printing(text, n)
    ]
    frame = pd.DataFrame(rows, columns=["outcome", "printed", "count", "of", "value", "made_by"])
    return frame.replace({"made_by": {"reproduced": "rounding", "truncated": "cutting"}})


def percents_of_one_source() -> dict[str, Possible]:
    """Hold the percents of citation 5 against every whole number of each size behind all of them.

    The page prints no size: one that is larger may round where the smallest has to cut.
    """
    found = sizes_printing(exact_percents(), MOST)
    first, second, *_ = found
    result = Possible(
        sorted({Fraction(100 * count, n) for n in found for count in range(n + 1)}),
        f"every count, in percent, of {first}, {second} or another of the {len(found)} numbers of "
        f"patients up to {MOST} that all percents of the citation fit, rounded or cut",
        shown_as=f"some count of {first}, {second} or more patients",
    )
    return dict.fromkeys(OUTCOMES, result)


def cited() -> pd.DataFrame:
    """Return what each citation stands behind: citation, statements (how many), of."""
    by_citation = load(KEY, "citations").groupby("citation")["statement"]
    return by_citation.agg(statements="size", of="; ".join).reset_index()


def doses() -> pd.DataFrame:
    """Return the doses of GO alone as two documents print them: document, statement, dose, days."""
    import pandas as pd

    own, other = claims.texts(KEY), claims.texts(OTHER)
    fractionated = [other[f"dis-fractionated-day-{day}"] for day in (1, 4, 7)]
    rows = [
        ("this page", "the standard dose", own["dos-dose"],
         f"{own['dos-day-first']} and {own['dos-day-second']}"),
        ("this page", "lower doses that may be safer", own["spc-low-dose"], "not said"),
        (OTHER, "the first phase II studies", other["dis-phase2-dose"],
         f"every {other['dis-phase2-interval']} weeks"),
        (OTHER, "fractionated; less early mortality and VOD in a meta-analysis",
         other["dis-fractionated-dose"],
         f"{fractionated[0]}, {fractionated[1]} and {fractionated[2]}"),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["document", "statement", "dose", "days"])
