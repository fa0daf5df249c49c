"""Processor time of ``secondlook check``: ``python -m benchmarks.check``.

Each paper alone and all together, with nothing stored and then with everything stored and
unchanged; the least of five runs each, in seconds. What another key has signed counts as not
stored, so that each run has a key of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

from benchmarks.render import processor
from secondlook import claims

RUNS = 5


def seconds(folder: str, keys: list[str]) -> float:
    """Run the check of some papers, all if none is named, with the signing key of a folder."""
    before = processor()
    command = [sys.executable, "-m", "secondlook", "check", *keys]
    environment = os.environ | {"XDG_CACHE_HOME": folder}
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
    return processor() - before


def cold_and_unchanged(keys: list[str]) -> tuple[float, float]:
    """Return the least of several runs with nothing stored, and of as many that find it stored."""
    cold, unchanged = [], []
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as folder:
            cold.append(seconds(folder, keys))
            unchanged.append(seconds(folder, keys))
    return min(cold), min(unchanged)


if __name__ == "__main__":
    print(f"{'check':18}{'nothing stored':>16}{'unchanged':>11}")
    papers = claims.keys()
    for keys in (*([key] for key in papers), []):
        cold, unchanged = cold_and_unchanged(keys)
        print(f"{' '.join(keys) or 'all papers':18}{cold:14.2f} s{unchanged:9.2f} s", flush=True)
