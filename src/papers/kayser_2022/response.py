"""Responses, later events, and what became of the patients, as frames."""

from __future__ import annotations

import pandas as pd

from papers.kayser_2022.data import PATIENTS, fates, responses, said
from papers.rate_frames import with_intervals

FIRST = {
    "complete remission": "res-c1-cr",
    "partial remission": "res-c1-pr",
    "stable disease": "res-c1-sd",
    "resistant or progressive disease": "res-c1-pd",
}
SECOND = {
    "complete remission": "res-c2-cr",
    "partial remission": "res-c2-pr",
    "stable, resistant or progressive disease": "res-c2-pd",
    "early death": "res-c2-death",
}


def rates() -> pd.DataFrame:
    """Return counts with exact intervals.

    Columns: part, rate, claim (of the printed percent), count, n, estimate, lower, upper.
    """
    first, second = responses("first cycle"), responses("two cycles")
    both = second["complete remission"] + second["partial remission"]
    assessed = PATIENTS - first["not assessed"]
    once, twice, later = "After the first cycle", "After two cycles", "Later"
    rows = [(once, name, claim, first[name], assessed) for name, claim in FIRST.items()]
    rows += [(twice, name, claim, second[name], PATIENTS) for name, claim in SECOND.items()]
    rows += [
        (twice, "complete or partial", "abs-orr", both, PATIENTS),
        (later, "relapsed, of the responders", "res-relapsed", fates()["relapsed"], both),
        (later, "VOD/SOS", "vod", int(said("vod-n")), PATIENTS),
        (
            *(later, "VOD/SOS after transplantation", "vod-after"),
            *(int(said("vod-after-n")), int(said("res-hsct"))),
        ),
    ]
    return with_intervals(pd.DataFrame(rows, columns=["part", "rate", "claim", "count", "n"]))


def gained() -> dict[str, int]:
    """Return who responded only between the assessments, and of whom.

    Keys: complete, partial (responses after two cycles that those after the first do not explain),
    unassessed (and alive then), others (without response after the first cycle), at_least (of the
    others who must have responded later).
    """
    first, second = responses("first cycle"), responses("two cycles")
    complete = second["complete remission"] - first["complete remission"] - said("res-pr-to-cr")
    partial = second["partial remission"] - said("res-pr-stay")
    unassessed = first["not assessed"] - second["early death"]
    return {
        "complete": int(complete),
        "partial": int(partial),
        "unassessed": unassessed,
        "others": first["stable disease"] + first["resistant or progressive disease"],
        "at_least": int(complete + partial) - unassessed,
    }
