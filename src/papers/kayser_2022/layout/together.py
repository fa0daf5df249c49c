"""Frames of both curves together: what the patients that they share add to each."""

from __future__ import annotations

import pandas as pd

from papers.kayser_2022 import linked, reconstruction
from papers.kayser_2022.layout.curves import span

__all__ = ["facts_together", "together"]

READINGS = {
    "events": "death in remission is an event",
    "follow-up ends": "death in remission ends follow-up",
}


def together() -> pd.DataFrame:
    """Lay out the joint search: part, assumed, sequences, orders, deaths of the 17 and the 14."""
    rows = []
    for row in linked.stored().to_dict("records"):
        bounded = not pd.isna(row["longest"])
        most = "up to " if bounded else ""
        rows.append(
            {
                "part": READINGS[str(row["deaths_in_remission"])],
                "remission": f"within {row['longest']:g} months" if bounded else "at any time",
                "sequences": f"{most}{row['sequences']:,}",
                "orders": f"{most}{row['relapse_free_orders']:,}",
                "in_17": span(row["fewest_deaths_in_17"], row["most_deaths_in_17"]),
                "in_14": span(row["fewest_deaths_in_14"], row["most_deaths_in_14"]),
            }
        )
    return pd.DataFrame(rows)


def facts_together() -> dict[str, str]:
    """Return the numbers of the joint search that the prose names, as text."""
    stored = linked.stored()
    free = stored[stored["longest"].isna()].set_index("deaths_in_remission")
    counts = free.drop(columns="longest").astype(int).to_dict("index")
    usual, literal = counts["events"], counts["follow-up ends"]
    early = reconstruction.found("rfs").censored("12")
    seen = reconstruction.found("os").censored("12")
    sequences = len(reconstruction.found("os").sequences)
    relapse_free = len(reconstruction.found("rfs").sequences)
    bounded = stored[stored["deaths_in_remission"] == "events"].set_index("longest")
    within = bounded["sequences"].to_dict()
    return {
        "all_pairs": f"{sequences * relapse_free:,}",
        "pairs": f"{usual['pairs']:,}",
        "all_sequences": f"{sequences:,}",
        "most_in_17": str(usual["most_deaths_in_17"]),
        "fewest_in_14": str(usual["fewest_deaths_in_14"]),
        "literal_most_in_17": str(literal["most_deaths_in_17"]),
        "literal_fewest_in_14": str(literal["fewest_deaths_in_14"]),
        "early": f"{early.lowest:.0f} or {early.highest:.0f}",
        "seen": f"{seen.lowest:.0f} or {seen.highest:.0f}",
        "within_3": f"{within[3.0]:,}",
        "within_2": f"{within[2.0]:,}",
    }
