"""What `secondlook curve` costs and finds: ``python -m benchmarks.curves``.

Random cohorts (`tests.admissible.cohorts`) are printed as a paper prints them: at risk at 5 to 12
ticks, S(12) and S(24) with limits, the median with limits, half of them with the number of deaths.
Real cohorts are printed likewise.
Times are those of the processor, so that another program on the machine is nobody's fault; memory
is the most that a process of its own took.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from tests.admissible.cohorts import as_printed, block, cohort, random_case

from secondlook.admissible import CurveFacts, curve
from secondlook.admissible.facts import Triple
from secondlook.figures import nice_ticks
from secondlook.printed import show

SIZES = (31, 50, 100, 200, 300, 500)
SEED = 1958
# Data sets that ship with lifelines: the columns of time and of the event.
REAL = {
    "g3": ("time", "event"),
    "psychiatric_patients": ("T", "C"),
    "leukemia": ("t", "status"),
    "multicenter_aids_cohort_study": ("T", "D"),
    "lymphoma": ("Time", "Censor"),
    "larynx": ("time", "death"),
    "waltons": ("T", "E"),
    "lung": ("time", "status"),
    "rossi": ("week", "arrest"),
    "gbsg2": ("time", "cens"),
    "kidney_transplant": ("time", "death"),
    "canadian_senators": ("diff_days", "observed"),
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.curves", description=__doc__)
    parser.add_argument("--cohorts", type=int, default=20, help="of each size")
    parser.add_argument("--csv", type=Path, help="where to write the measurements")
    parser.add_argument(
        "--inside",
        type=int,
        help="for how many cohorts tests/admissible/test_bound_is_sound.py ran",
    )
    parser.add_argument("--one", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        print(json.dumps(_measured(json.loads(chosen.one))))
        return
    table = pd.DataFrame([_apart(what) for what in _asked(chosen.cohorts)])
    print(summary(table).to_string())
    if chosen.csv:
        asked = {"asked": "inside", "n": max(SIZES), "found": True, "steps": chosen.inside}
        last = [] if chosen.inside is None else [asked]
        kept = pd.concat([table, pd.DataFrame(last)], ignore_index=True)[list(table)].fillna(
            {"ticks": 0, "facts": 0, "undecided": 0, "seconds": 0.0, "megabytes": 0}
        )
        whole = ["n", "ticks", "facts", "steps", "undecided", "megabytes"]
        kept = kept.astype(dict.fromkeys(whole, int))
        kept["found"] = kept["found"].map({True: "yes", False: "no"})
        kept.to_csv(chosen.csv, index=False, lineterminator="\n")


def summary(table: pd.DataFrame) -> pd.DataFrame:
    """Return, by what was asked and by size: median and longest seconds, memory, share found."""
    return table.groupby(["asked", "n"], sort=False).agg(
        cohorts=("n", "size"),
        seconds=("seconds", "median"),
        longest=("seconds", "max"),
        megabytes=("megabytes", "max"),
        found=("found", "mean"),
    )


def _asked(cohorts: int) -> list[dict[str, Any]]:
    """List what is measured; `ticks` is a cohort of which more and more is printed."""
    drawn = [{"n": n, "seed": [SEED, n, number]} for n in SIZES for number in range(cohorts)]
    return [
        *({"asked": "real", "n": 0, "name": name} for name in REAL),
        *({"asked": "random cohorts", **each} for each in drawn),
        *({"asked": "ticks", "n": 100, "seed": [SEED, number], "ticks": ticks}
          for ticks in (3, 6, 12, 24, 48) for number in range(3)),
        *({"asked": "planted", **each} for each in drawn if each["n"] < SIZES[-1]),
    ]  # fmt: skip


def _apart(what: dict[str, Any]) -> dict[str, Any]:
    """Measure in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.curves", "--one", json.dumps(what)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    print(json.dumps(found), file=sys.stderr)
    return found


def _measured(what: dict[str, Any]) -> dict[str, Any]:
    facts = _facts(what)
    row = {"asked": what["asked"], "n": facts.patients, "ticks": len(facts.at_risk) - 1}
    row["facts"] = len(facts.statements())
    began = time.process_time()
    if what["asked"] == "planted":
        row |= _moved(facts, np.random.default_rng(what["seed"]))
    else:
        answer = curve(facts).answer
        row |= {
            "found": answer == "attainable",
            "steps": 0,
            "undecided": int(answer == "undecided"),
        }
    row["seconds"] = round(time.process_time() - began, 3)
    row["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return row


def _facts(what: dict[str, Any]) -> CurveFacts:
    if "name" in what:
        return _printed(*_lifelines(what["name"]))
    if "ticks" not in what:
        return random_case(what["seed"], what["n"])[2]
    rng = np.random.default_rng(what["seed"])
    times, events = cohort(rng, what["n"], "usual")
    printed = block(times, events, rng, followed=True)
    step = times.max() / what["ticks"]
    ticks = [f"{step * tick:.2f}" for tick in range(what["ticks"] + 1)]
    printed["ticks"] = " ".join(["0", *ticks[1:]])
    printed["at_risk"] = " ".join(str(int((times >= float(tick)).sum())) for tick in ticks)
    return CurveFacts.read("os", printed)


def _lifelines(name: str) -> tuple[np.ndarray, np.ndarray]:
    import lifelines.datasets

    time, event = REAL[name]
    frame = getattr(lifelines.datasets, f"load_{name}")()
    frame = frame[frame[time] > 0]
    return frame[time].to_numpy(dtype=float), frame[event].to_numpy().astype(bool)


def _printed(times: np.ndarray, events: np.ndarray) -> CurveFacts:
    """Print a cohort: six ticks, survival with limits at two of them, the median with limits."""
    step = int(nice_ticks(float(times.max()), most=7)[1])
    ticks = list(range(0, int(times.max()) + step, step))
    return CurveFacts.read("os", as_printed(times, events, ticks, ticks[1:3], "log-log"))


def _moved(facts: CurveFacts, rng: np.random.Generator) -> dict[str, Any]:
    """Move one digit of one limit until no data set has it; say whether that is found at once.

    What no data set has is known where all sequences can be listed; among more patients it is taken
    to begin where no data set is found any more.
    """
    at = int(rng.integers(len(facts.survival))) if facts.survival else None
    if at is None:
        return {"found": None, "steps": 0, "undecided": 0}
    time_text, triple = facts.survival[at]
    part = str(rng.choice(["lower", "upper"]))
    step = int(rng.choice([-1, 1]))
    undecided = 0
    for steps in range(1, 60):
        value = int(getattr(triple, part)) + step * steps
        if not 0 <= value <= 100:
            return {"found": None, "steps": steps, "undecided": undecided}
        moved = replace(triple, **{part: show(value, like="1")})
        assert isinstance(moved, Triple)
        survival = (*facts.survival[:at], (time_text, moved), *facts.survival[at + 1 :])
        answer = curve(replace(facts, survival=survival), explain=False).answer
        if answer == "unattainable":
            return {"found": undecided == 0, "steps": steps, "undecided": undecided}
        undecided += answer == "undecided"
    return {"found": None, "steps": steps, "undecided": undecided}


if __name__ == "__main__":
    main()
