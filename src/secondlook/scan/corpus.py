"""Scan a folder of articles over the processors, or over a Dask cluster, into one summary table.

A file that cannot be read is a row with its reason, and does not stop the others. Each worker is a
program of its own (``python -m secondlook.scan.corpus``) that is told one path a line and answers
with one row a line: a file that hangs where no limit reaches, or that ends the process, costs its
worker, and a new one goes on.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from secondlook.files import inert, replace, visible
from secondlook.scan.findings import LEVELS
from secondlook.scan.reading import is_article
from secondlook.scan.scanning import SECONDS, scan

if TYPE_CHECKING:
    import pandas as pd

Backend = Literal["processes", "dask"]
GRACE = 10.0
"""Seconds that a worker has beyond the limit: to start, and to say itself that it gave up."""
BLOCK = 20
"""Files that one task of a cluster scans, so that a worker starts once for them."""
MOST_LOOKED = 1_000_000
"""Files and folders that are looked at in search of articles: more are no folder of articles."""


def articles(folder: Path) -> list[Path]:
    """Return the articles of a folder and the folders below it, sorted.

    No link is followed, and no hidden folder opened; what is no regular file is no article, nor is
    what went meanwhile or stands in a folder that may be listed and not entered.

    Raises
    ------
    ValueError
        If the folder holds more than a million files.
    """
    found, looked = [], 0
    for at, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        looked += len(folders) + len(names)
        if looked > MOST_LOOKED:
            raise ValueError(
                f"{folder} holds more than {MOST_LOOKED:,} files; name the folder of the articles"
            )
        found += [path for name in names if is_article(path := Path(at, name))
                  and os.path.isfile(path) and not os.path.islink(path)]  # fmt: skip
    return sorted(found)


def scan_all(
    paths: Iterable[Path],
    *,
    jobs: int = 1,
    backend: Backend = "processes",
    seconds: float = SECONDS,
) -> pd.DataFrame:
    """Scan many articles.

    Parameters
    ----------
    paths
        The files.
    jobs
        Processes at a time, with the backend ``processes``.
    backend
        ``processes`` on this machine, or ``dask`` on the cluster of the current
        ``dask.distributed.Client``, which must see the files under the same paths; this needs the
        extra ``cluster``.
    seconds
        The time after which a file is given up.

    Returns
    -------
    DataFrame
        A row an article, in the order of `paths`: ``file``, ``title``, ``numbers``, ``checked``,
        ``fails``, ``question``, ``holds``, a column of failures a check, ``unread-tables``, how
        many tables the text names and the file has no text of, and ``problem``, the reason why a
        file was not read (empty where it was).
    """
    import pandas as pd  # which a worker does without

    names = [str(path) for path in paths]
    if backend == "dask":
        from joblib import Parallel, delayed, parallel_config

        blocks = [names[at : at + BLOCK] for at in range(0, len(names), BLOCK)]
        with parallel_config("dask"):
            found = Parallel()(delayed(_rows)(block, seconds, 1) for block in blocks)
        rows = [row for block in found for row in block]
    else:
        rows = _rows(names, seconds, jobs)
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    for name in _TEXTS:  # also a file is named by others
        frame[name] = frame[name].map(visible)
    return frame.astype({name: "int64" for name in _COLUMNS if name not in _TEXTS})


CHECKS = (
    "percent", "parts", "p-of-table", "statistic", "interval", "mean", "spread",
    "denominators", "curve", "restated",
)  # fmt: skip
_TEXTS = ("file", "title", "problem")
_COLUMNS = [
    "file", "title", "numbers", "checked", *LEVELS, *(f"fails-{c}" for c in CHECKS),
    "unread-tables", "problem",
]  # fmt: skip


def _rows(names: list[str], seconds: float, jobs: int) -> list[dict[str, Any]]:
    """Scan files, so many at a time, and return their rows in the order of the files."""
    own, workers = threading.local(), list[_Worker]()

    def begin() -> None:
        own.worker = _Worker(seconds)
        workers.append(own.worker)

    try:
        with ThreadPoolExecutor(max(1, min(jobs, len(names))), initializer=begin) as pool:
            return list(pool.map(lambda name: own.worker.row(name), names))
    finally:
        for worker in workers:
            worker.end()


class _Worker:
    """A process that scans one file after another, and can be killed over one of them."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.process: subprocess.Popen[str] | None = None

    def row(self, name: str) -> dict[str, Any]:
        """Return the row of a file, whatever happens over it."""
        process = self.process if self.process and self.process.poll() is None else self._start()
        late = threading.Event()

        def give_up() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(self.seconds + GRACE, give_up)
        timer.start()
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(json.dumps([name, self.seconds]) + "\n")
            process.stdin.flush()
            answer = process.stdout.readline()
        except OSError:
            answer = ""
        finally:
            timer.cancel()
        if answer.endswith("\n"):
            row: dict[str, Any] = json.loads(answer)
            return row
        self.end()
        if late.is_set():
            return _empty(name, f"given up after {self.seconds:g} seconds, and killed")
        return _empty(name, f"the process that read it ended ({process.returncode})")

    def _start(self) -> subprocess.Popen[str]:
        self.end()
        # -P: modules that lie beside the articles are not imported.
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "secondlook.scan.corpus"], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8",
        )  # fmt: skip
        return self.process

    def end(self) -> None:
        """Kill the process, if there is one."""
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process = None


def _serve() -> None:
    """Answer each line on the standard input; what anything else prints is no answer."""
    answers, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        answers.write(json.dumps(_row(*json.loads(line))) + "\n")
        answers.flush()


def _empty(path: str, problem: str) -> dict[str, Any]:
    return dict.fromkeys(_COLUMNS, 0) | {"file": path, "title": "", "problem": problem}


def _row(path: str, seconds: float) -> dict[str, Any]:
    row = _empty(path, "")
    try:
        found = scan(path, seconds=seconds)
    except Exception as error:  # whatever one file provokes must not stop the thousand others
        said = isinstance(error, ValueError | OSError)
        row["problem"] = str(error) if said else f"{type(error).__name__}: {error}"
        return row
    fails = Counter(f.check for f in found.findings if f.level == "fails")
    row |= {"title": found.title, "numbers": len(found.numbers), "checked": len(found.findings)}
    row |= {level: found.count(level) for level in LEVELS}
    row |= {f"fails-{check}": fails[check] for check in CHECKS}
    row["unread-tables"] = len(found.unread)
    return row


def refuse_summary(path: Path) -> None:
    """Refuse a summary that cannot be written, before articles are scanned for it.

    Raises
    ------
    ValueError
        If the suffix is neither ``.csv`` nor ``.parquet``, or pyarrow is not installed for this.
    """
    if path.suffix not in (".csv", ".parquet"):
        raise ValueError(f"{path.name}: a summary is .csv or .parquet")
    if path.suffix == ".parquet" and find_spec("pyarrow") is None:
        raise ValueError("Parquet needs pyarrow: pip install pyarrow, or write .csv")


def write_summary(frame: pd.DataFrame, path: Path) -> None:
    """Write the summary, as Parquet or CSV by its suffix, or refuse it as `refuse_summary` does."""
    refuse_summary(path)
    csv = path.suffix == ".csv"
    replace(path, frame.map(inert).to_csv(index=False) if csv else frame.to_parquet(index=False))


if __name__ == "__main__":
    _serve()
