"""Who was treated, with what response, and what the text tells of single patients."""

from __future__ import annotations

import pandas as pd

from papers import rate_frames
from papers.kayser_2022.data import KEY, PATIENTS, localizations, responses, said
from secondlook import claims
from secondlook.claims import printed_text
from secondlook.data import load_text
from secondlook.tables import DASH, percent

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


def table_1() -> pd.DataFrame:
    """Table 1 beside what the rest of the paper gives: quantity, printed, recomputed, verdict."""
    return claims.printed_table(KEY, "t1-")


def table_2() -> pd.DataFrame:
    """Table 2 with percents of 31 and the sum, which the paper does not print."""
    frame = localizations()
    rows = [
        {"localization": str(name), "patients": str(n), "percent": percent(int(n) / PATIENTS, 0)}
        for name, n in zip(frame["localization"], frame["number"], strict=True)
    ]
    rows.append(
        {"localization": "sum", "patients": str(int(frame["number"].sum())), "percent": DASH}
    )
    return pd.DataFrame(rows)


def response_rates() -> pd.DataFrame:
    """Responses with exact intervals: part, response, count (of n), printed, percent, interval."""
    rows: list[dict[str, object]] = []
    first = responses("first cycle")
    assessed = PATIENTS - first["not assessed"]
    for name, claim in FIRST.items():
        rows.append(_rate("After the first cycle", name, claim, first[name], assessed))
    second = responses("two cycles")
    for name, claim in SECOND.items():
        rows.append(_rate("After two cycles", name, claim, second[name], PATIENTS))
    both = second["complete remission"] + second["partial remission"]
    rows.append(_rate("After two cycles", "complete or partial", "abs-orr", both, PATIENTS))
    relapsed, responders = int(said("res-relapsed-n")), int(said("res-responders"))
    sos, after = int(said("vod-n")), int(said("vod-after-n"))
    rows += [
        _rate("Later", "relapsed, of the responders", "res-relapsed", relapsed, responders),
        _rate("Later", "VOD/SOS", "vod", sos, PATIENTS),
        _rate("Later", "VOD/SOS after transplantation", "vod-after", after, int(said("res-hsct"))),
    ]
    rates = rate_frames.as_text(rate_frames.with_intervals(pd.DataFrame(rows)))
    return rates[["part", "rate", "count", "printed", "percent", "interval"]]


def complete_interval() -> str:
    """Return the exact interval of the complete remissions after two cycles, as text."""
    frame = response_rates()
    rows = frame[(frame["part"] == "After two cycles") & (frame["rate"] == "complete remission")]
    return str(rows["interval"].item())


def told() -> pd.DataFrame:
    """List the patients whose course is told, with times as printed."""
    table = load_text(KEY, "told-times").merge(load_text(KEY, "told"), on="patient", how="right")
    time = table["time"] + " " + table["unit"] + "s from " + table["measured_from"]
    return pd.DataFrame(
        {
            "patient": table["patient"],
            "event": table["event"].fillna(DASH),
            "time": time.fillna(DASH),
            "transplanted": table["transplanted"].replace("", DASH),
            "vod": table["vod"].replace("", DASH),
            "cycles": table["cycles"].replace("", DASH),
        }
    )


def disagreements() -> pd.DataFrame:
    """Return what is not reproduced, once a quantity: verdict, quantity, printed, why.

    The facts on survival, which the search reproduces together, are left out.
    """
    frame = claims.disagreements(KEY)
    return frame[~frame["why"].str.startswith(("The individual data", "A curve", "Told of one"))]


def _rate(part: str, name: str, claim: str, count: int, n: int) -> dict[str, object]:
    text = printed_text(KEY, claim)
    return {"part": part, "rate": name, "count": count, "n": n, "printed": text}
