"""From the response after two cycles to what became of the patients, as a flow."""

from __future__ import annotations

import pandas as pd

from papers.kayser_2022.data import fates, responses, said

STAGES = ["after two cycles", "later"]
COLORS = {
    "early death": "#3A3A3A",
    "no response": "#D5DADF",
    "partial remission": "#6FAFD8",
    "complete remission": "#0072B2",
    "not told": "#F2E3B6",
    "relapsed and died": "#D9B48F",
    "died in remission": "#6B6B6B",
    "in partial remission": "#6FAFD8",
    "in complete remission": "#0072B2",
}


def untold() -> int:
    """Count the responders of whom the paper does not say that they died or are in remission.

    One relapsed and lives; the paper may count this patient (a molecular relapse) among those in
    remission, or not: hence one of the untold may be alive after a relapse.
    """
    told = fates()
    return int(said("res-responders")) - (sum(told.values()) - int(said("res-relapsed-alive")))


def deaths_left(deaths: int) -> int:
    """Count the deaths among patients whose fate is not told, if so many died in all."""
    told = said("res-died-early") + said("res-died-remission") + said("res-relapsed-n")
    return deaths - int(told - said("res-relapsed-alive"))


def columns() -> pd.DataFrame:
    """Return the two columns of the flow: stage, state, group, patients, from the bottom up."""
    second, told = responses("two cycles"), fates()
    none = second["stable, resistant or progressive disease"]
    rows = [
        (1, "early death", "early death", second["early death"]),
        (1, "no response", "no response", none),
        (1, "partial remission", "response", second["partial remission"]),
        (1, "complete remission", "response", second["complete remission"]),
        (2, "early death", "early death", second["early death"]),
        (2, "no response", "no response", none),
        (2, "not told", "not told", untold()),
        (2, "relapsed and died", "relapsed", told["relapsed"] - int(said("res-relapsed-alive"))),
        (2, "died in remission", "died in remission", told["died in remission"]),
        (2, "in partial remission", "remission", told["still in partial remission"]),
        (2, "in complete remission", "remission", told["still in complete remission"]),
    ]
    return pd.DataFrame(rows, columns=["stage", "state", "group", "patients"])


def streams() -> pd.DataFrame:
    """Return what moves between the columns: stage, source, target, patients."""
    held = columns().groupby(["stage", "group"])["patients"].sum()
    rows = [(1, "early death", "early death"), (1, "no response", "no response")]
    rows += [
        (1, "response", target)
        for target in ("not told", "relapsed", "died in remission", "remission")
    ]
    return pd.DataFrame(
        [(*row, int(held[(2, row[2])])) for row in rows],
        columns=["stage", "source", "target", "patients"],
    )
