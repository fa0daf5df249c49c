"""Write the 26 constructed patients: ``python data/morley-2016/make/constructed.py``.

The order of events was found by simulated annealing, from three non-relapse deaths on: the third of
five fatal VODs falls on day 23, so that at least three had died by then. It is an example and not
data. Run ``seal("morley-2016")`` afterwards.
"""

from pathlib import Path

import pandas as pd

# n: dies without relapse; r: relapses; d: the one who relapsed first dies; c: censored free of
# relapse. The bar is at 6 months. Who is left is followed beyond 12 months.
SEQUENCE = "nnnrnnnrrrdnrnnrnrcddr|ndndddcd"
VOD_DAYS = (14, 19, 23, 33, 41)
PATIENTS, LAST_DAY = 26, 400

first, second = SEQUENCE.split("|")
days = [14, 19, 23, 28, 33, 41, *range(50, 50 + 8 * (len(first) - 6), 8)]
days += range(190, 190 + 20 * len(second), 20)
rows: list[dict[str, int | str]] = []
relapsed: list[dict[str, int | str]] = []
for kind, day in zip(first + second, days, strict=True):
    if kind == "d":
        relapsed.pop(0).update(last_day=day, died="yes")
        continue
    end = {"n": "death", "r": "relapse", "c": "censored"}[kind]
    rows.append({
        "event_day": day, "event": end, "last_day": LAST_DAY if kind == "r" else day,
        "died": "yes" if kind == "n" else "no", "vod": "yes" if day in VOD_DAYS else "no",
    })  # fmt: skip
    relapsed += [rows[-1]] if kind == "r" else []
rest = {"event_day": LAST_DAY, "event": "censored", "last_day": LAST_DAY, "died": "no", "vod": "no"}
rows += [rest] * (PATIENTS - len(rows))
frame = pd.DataFrame(rows)
frame.insert(0, "patient", range(1, PATIENTS + 1))
frame.to_csv(Path(__file__).parents[1] / "constructed.csv", index=False, lineterminator="\n")
