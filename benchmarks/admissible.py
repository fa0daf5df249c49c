"""The complete search of admissible orders, and of both curves: what Kayser et al. 2022 print.

``python -m benchmarks.admissible`` measures each search in a process of its own, imports and
reading of the data included, and writes ``data/kayser-2022/cost.csv``, which the methods page
shows.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable

import numpy as np
import pandas as pd

from benchmarks.harness import Columns, Task

Call = Callable[[], object]
ROUNDS = 5


def nothing(n: int, rng: np.random.Generator) -> Columns:
    """The facts are printed: there is nothing to draw."""
    return {"patient": np.arange(n, dtype=float)}


def search(what: str) -> Call:
    from papers.kayser_2022 import facts, linked, scan
    from secondlook.linked import orders

    if what == scan.BOTH:
        return lambda: linked.found(None, deaths_count=True).pairs
    printed = scan.facts(what, facts.SPACING)
    return lambda: orders(printed, facts.INTERVAL).count


def curve(patient: np.ndarray) -> Call:
    return search("curve")


def everything(patient: np.ndarray) -> Call:
    return search("all")


def relapse_free(patient: np.ndarray) -> Call:
    return search("relapse-free")


SIZES = [31]
TASKS = [
    Task(
        "Admissible orders",
        nothing,
        {
            "facts of the curve": "benchmarks.admissible:curve",
            "all facts": "benchmarks.admissible:everything",
            "relapse-free survival": "benchmarks.admissible:relapse_free",
        },
        unit="facts of the curve",
    )
]


def whole_process(what: str) -> dict[str, object]:
    """Return elapsed and processor seconds (medians) and the peak memory of whole processes."""
    elapsed, used, peak = [], [], []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        process = subprocess.Popen([sys.executable, "-m", __spec__.name, what])
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise RuntimeError(f"the search of {what!r} ended with {process.returncode}")
        elapsed.append(time.perf_counter() - begun)
        used.append(usage.ru_utime + usage.ru_stime)
        peak.append(usage.ru_maxrss / 1024)
    return {
        "facts": what,
        "elapsed": round(float(np.median(elapsed)), 2),
        "processor": round(float(np.median(used)), 2),
        "peak": round(max(peak)),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
    }


def main() -> None:
    if len(sys.argv) > 1:
        search(sys.argv[1])()
        return
    from papers.kayser_2022 import scan
    from secondlook.data import folder

    searches = (scan.CURVE, scan.ALL, scan.RELAPSE_FREE, scan.BOTH)
    table = pd.DataFrame([whole_process(what) for what in searches])
    table.to_csv(folder("kayser-2022") / "cost.csv", index=False)
    print(table.to_string(index=False))


if __name__ == "__main__":
    main()
