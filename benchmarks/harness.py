"""Time programs against each other fairly: interleaved runs, each in a process of its own.

A task makes one data set a size; every contender gets the same numbers. A contender is a function
``prepare(**columns) -> call``: what it does before it returns ``call`` (imports, conversions to the
types that its package wants) is not timed. Contenders in R are functions of a data frame. One
round runs every contender once, in turn, so that a slow spell of the machine hits all of them;
slow contenders sit out some rounds. Medians are reported, and the ratio to a unit that everyone
can reproduce.

On a busy machine ask for processor time (``clock="cpu"``): every contender here computes in one
thread, and waiting for a core is then nobody's fault.

Peak memory is what one call adds to the resident memory of its process (Linux; else missing).
"""

from __future__ import annotations

import json
import math
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd

HERE = Path(__file__).parent
Columns = dict[str, np.ndarray]
SEED = 1958
LONGEST = 30.0
"""Seconds; a contender whose next call would take longer, by its growth so far, sits out."""
SMALLEST = 10_000
"""Rows from which on growth is told."""


@dataclass(frozen=True)
class Task:
    """What is timed.

    Attributes
    ----------
    name
        In the table.
    make
        ``make(n, rng)``: equally long columns of numbers.
    contenders
        Label to ``module:function``, or to ``file.R:function`` beside this file.
    unit
        The label of the contender that the others are divided by.
    """

    name: str
    make: Callable[[int, np.random.Generator], Columns]
    contenders: Mapping[str, str]
    unit: str


def measure(
    task: Task,
    sizes: list[int],
    *,
    seconds: float,
    clock: Literal["wall", "cpu"],
) -> pd.DataFrame:
    """Time every contender of a task at every size.

    Parameters
    ----------
    task
        What to time.
    sizes
        Numbers of rows, ascending.
    seconds
        About how long to repeat rounds at one size.
    clock
        Elapsed time, or the processor time of the contender's process.

    Returns
    -------
    DataFrame
        One row a contender and size: task, contender, n, seconds (median of one call), rounds,
        units (ratio to the unit), peak_mb, note (why a time is missing).
    """
    workers = {label: Worker(spec, clock) for label, spec in task.contenders.items()}
    rows: list[dict[str, Any]] = []
    history: dict[str, list[tuple[int, float]]] = {label: [] for label in workers}
    try:
        for n in sizes:
            print(f"{task.name}: n = {n}", file=sys.stderr)
            columns = task.make(n, np.random.default_rng([SEED, n]))
            rows += _one_size(task, workers, history, columns, n, seconds)
    finally:
        for worker in workers.values():
            worker.close()
    return pd.DataFrame(rows)


def growth(rows: pd.DataFrame) -> float:
    """Fit the exponent b of seconds = a n^b of a contender by least squares on the logs."""
    timed = rows[rows["seconds"].notna() & (rows["n"] >= SMALLEST)]
    if len(timed) < 2:
        return math.nan
    return float(np.polyfit(np.log(timed["n"]), np.log(timed["seconds"]), 1)[0])


def _one_size(
    task: Task,
    workers: dict[str, Worker],
    history: dict[str, list[tuple[int, float]]],
    columns: Columns,
    n: int,
    seconds: float,
) -> list[dict[str, Any]]:
    notes = {label: worker.absent for label, worker in workers.items()}
    first: dict[str, float] = {}
    peak: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, column in columns.items():
            column.astype("<f8").tofile(Path(folder, f"{name}.f8"))
        for label, worker in workers.items():
            if not notes[label] and _predicted(history[label], n) > LONGEST:
                notes[label] = f"would take more than {LONGEST:g} s"
            if not notes[label]:
                notes[label] = worker.load(folder)
            if not notes[label]:
                first[label], peak[label] = worker.first_run()
    runs = {label: max(1, round(0.02 / max(once, 1e-7))) for label, once in first.items()}
    share = seconds / max(1, len(first))
    rounds = {
        label: int(min(31, max(3, share / max(once * runs[label], 1e-9))))
        for label, once in first.items()
    }
    times: dict[str, list[float]] = {label: [] for label in first}
    longest_series = max(rounds.values(), default=0)
    for turn in range(longest_series):
        order = list(first)
        for label in order[turn % len(order) :] + order[: turn % len(order)]:
            if _takes_part(turn, rounds[label], longest_series):
                times[label].append(workers[label].run(runs[label]))
    median = {label: statistics.median(each) for label, each in times.items()}
    for label, once in median.items():
        history[label].append((n, once))
    return [
        {
            "task": task.name,
            "contender": label,
            "n": n,
            "seconds": median.get(label, math.nan),
            "rounds": rounds.get(label, 0),
            "units": median.get(label, math.nan) / median.get(task.unit, math.nan),
            "peak_mb": peak.get(label, math.nan),
            "note": notes[label],
        }
        for label in workers
    ]


def _takes_part(turn: int, rounds: int, of: int) -> bool:
    """Spread the rounds of a slow contender evenly over those of the fastest."""
    return (turn + 1) * rounds // of > turn * rounds // of


def _predicted(history: list[tuple[int, float]], n: int) -> float:
    """Continue the growth of the last two sizes, taken as linear at least."""
    if not history:
        return 0.0
    last_n, last = history[-1]
    exponent = 1.0
    if len(history) > 1:
        before_n, before = history[-2]
        exponent = max(1.0, math.log(last / before) / math.log(last_n / before_n))
    return last * (n / last_n) ** exponent


class Worker:
    """A process that holds one contender and runs it when told, one line of JSON a command."""

    def __init__(self, spec: str, clock: str) -> None:
        place, _, function = spec.rpartition(":")
        self.absent = ""
        self._clock = clock
        self._process: subprocess.Popen[str] | None = None
        if place.endswith(".R"):
            if shutil.which("Rscript") is None:
                self.absent = "Rscript is not installed"
                return
            command = ["Rscript", "--vanilla", str(HERE / "worker.R"), str(HERE / place), function]
        else:
            command = [sys.executable, "-m", "benchmarks.worker", place, function]
        environment = dict(os.environ, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
        path = [str(HERE.parent), str(HERE.parent / "src"), environment.get("PYTHONPATH", "")]
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, path))
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment,
        )

    def load(self, folder: str) -> str:
        """Hand over the data; return why the contender is absent, or nothing."""
        self.absent = str(self._ask(f"load {folder}").get("absent", ""))
        return self.absent

    def first_run(self) -> tuple[float, float]:
        """Run once; return the seconds and the megabytes that it added at its peak."""
        before = self._memory("VmRSS", reset=True)
        seconds = self.run(1)
        return seconds, self._memory("VmHWM") - before

    def run(self, times: int) -> float:
        """Run so many times; return the seconds of one."""
        return float(self._ask(f"run {times}")[self._clock])

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            assert self._process.stdin is not None
            self._process.stdin.close()
            self._process.wait(timeout=60)

    def _ask(self, command: str) -> dict[str, Any]:
        assert self._process is not None
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(command + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            return {"absent": "its process ended", "wall": math.nan, "cpu": math.nan}
        return json.loads(answer)

    def _memory(self, field: str, reset: bool = False) -> float:
        assert self._process is not None
        proc = Path("/proc", str(self._process.pid))
        try:
            if reset:
                (proc / "clear_refs").write_text("5")
            lines = (proc / "status").read_text().splitlines()
        except OSError:
            return math.nan
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(field))
