"""The time that the site takes, as ratios in one run: ``python -m benchmarks.render``.

The contenders are rendered in turn, each in its own process, into folders of their own: Quarto
where it is installed, everything anew, nothing changed, one document changed. Quarto and the first
of ours begin alike: with no result of a paper stored. Processor time counts
that of all processes which a contender started, those included that outlived who started them, so
that the ratios also hold on a busy machine. Last comes a preview: the seconds from a save to the
new page.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from secondlook.render.preview import Preview

ROOT = Path(__file__).parents[1]
CHANGED = Path("reports", "zaitsev-2020.qmd")
ADOPT_ORPHANS = 36  # PR_SET_CHILD_SUBREAPER: kernels whose starter is gone are counted here


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.render", description=__doc__)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="documents at a time")
    parser.add_argument("--one-processor", action="store_true", help="keep to a single processor")
    jobs = parser.parse_args()
    if jobs.one_processor:
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(ADOPT_ORPHANS, 1)
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / "site"
        ignored = shutil.ignore_patterns(".*", "_site", "__pycache__", "tests", "dist")
        shutil.copytree(ROOT, copy, ignore=ignored)
        runs = [
            ("everything anew", lambda: anew(copy, jobs.jobs)),
            ("nothing changed", lambda: embedded(copy, jobs.jobs)),
            ("one document changed", lambda: one_changed(copy, jobs.jobs)),
        ]
        if quarto := shutil.which("quarto"):
            runs.insert(0, ("Quarto", lambda: run(copy, [quarto, "render", "--output-dir", "_q"])))
        shown(runs)
        print(f"{'a save, in the preview':24}{preview(copy):>9.1f}")


def shown(runs: list[tuple[str, Callable[[], None]]]) -> None:
    """Run each contender once and print its times and their ratios to the first."""
    unit: tuple[float, float] | None = None
    print(f"{'':24}{'seconds':>9}{'processor':>11}{'ratio':>8}{'processor':>11}")
    for name, contender in runs:
        begun, used = time.perf_counter(), processor()
        contender()
        spent = time.perf_counter() - begun, processor() - used
        unit = unit or spent
        ratios = f"{spent[0] / unit[0]:>8.3f}{spent[1] / unit[1]:>11.3f}"
        print(f"{name:24}{spent[0]:>9.1f}{spent[1]:>11.1f}{ratios}", flush=True)


def processor() -> float:
    """Return the processor time of all processes that were started and have ended."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def embedded(copy: Path, jobs: int) -> None:
    command = ["-m", "secondlook", "render", "--engine", "embedded", "--jobs", str(jobs)]
    run(copy, [sys.executable, *command])


def anew(copy: Path, jobs: int) -> None:
    shutil.rmtree(copy / ".secondlook", ignore_errors=True)
    embedded(copy, jobs)


def one_changed(copy: Path, jobs: int) -> None:
    change(copy, "More.")
    embedded(copy, jobs)


def change(copy: Path, words: str) -> None:
    with (copy / CHANGED).open("a", encoding="utf-8") as document:
        document.write(f"\n{words}\n")


def preview(copy: Path) -> float:
    """Return the seconds from a save of a small document to its new page."""
    shown = Preview(copy)
    shown.render()
    threading.Thread(target=shown.watch, daemon=True).start()
    time.sleep(1)
    begun = time.perf_counter()
    change(copy, "Saved.")
    page = (shown.output / CHANGED).with_suffix(".html")
    while "Saved." not in page.read_text(encoding="utf-8"):
        time.sleep(0.01)
    spent = time.perf_counter() - begun
    shown.stop()
    return spent


def run(copy: Path, command: list[str]) -> None:
    environment = {
        **os.environ, "PYTHONPATH": str(copy / "src"), "QUARTO_PYTHON": sys.executable,
    }  # fmt: skip
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # As make does.
    done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)


if __name__ == "__main__":
    main()
