"""Run the benchmarks: ``python -m benchmarks [TASK ...]``; ``--help`` lists the choices."""

from __future__ import annotations

import argparse
import platform
import sys
from importlib import import_module
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.harness import SMALLEST, growth, measure

MODULES = ["benchmarks.kaplan_meier", "benchmarks.mantel_byar"]


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("tasks", nargs="*", help="parts of the names of tasks; all if none")
    parser.add_argument("--largest", type=int, default=1_000_000, help="the most rows")
    parser.add_argument("--seconds", type=float, default=10.0, help="spent on rounds at one size")
    parser.add_argument("--clock", choices=["wall", "cpu"], default="wall", help="elapsed or used")
    parser.add_argument("--csv", type=Path, help="where to write the measurements")
    chosen = parser.parse_args()
    tables = []
    for module in map(import_module, MODULES):
        for task in module.TASKS:
            if chosen.tasks and not any(part.lower() in task.name.lower() for part in chosen.tasks):
                continue
            sizes = [n for n in module.SIZES if n <= chosen.largest]
            tables.append(measure(task, sizes, seconds=chosen.seconds, clock=chosen.clock))
    if not tables:
        sys.exit("no task has such a name")
    table = pd.concat(tables, ignore_index=True)
    print(f"Python {platform.python_version()}, NumPy {np.__version__}, {platform.machine()}")
    for task, part in table.groupby("task", sort=False):
        for column, title in [
            ("seconds", f"seconds ({chosen.clock}), median of interleaved runs"),
            ("units", "as a multiple of the unit"),
            ("peak_mb", "peak memory of one call, MB"),
        ]:
            wide = part.pivot_table(column, "contender", "n", dropna=False)
            print(f"\n{task}: {title}")
            print(wide.loc[part["contender"].unique()].to_string(float_format="{:.3g}".format))
        print(f"\n{task}: growth exponents from {SMALLEST:,} rows on")
        exponents = part.groupby("contender", sort=False)[["n", "seconds"]].apply(growth)
        print(exponents.to_string(float_format="{:.2f}".format))
        for note in part[part["note"] != ""].itertuples():
            print(f"not timed: {note.contender} at n = {note.n}: {note.note}")
    if chosen.csv:
        table.to_csv(chosen.csv, index=False)


if __name__ == "__main__":
    main()
