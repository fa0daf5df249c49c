"""Scan a folder of articles over the processors, or over a Dask cluster, into one summary table.

A file that cannot be read is a row with its reason, and does not stop the others. The function of
one file returns plain rows, so that processes and machines can hand them over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Literal

import joblib
import pandas as pd

from secondlook.scan.findings import LEVELS
from secondlook.scan.listing import inert
from secondlook.scan.reading import is_article
from secondlook.scan.scanning import SECONDS, scan

Backend = Literal["processes", "dask"]


def articles(folder: Path) -> list[Path]:
    """Return the articles of a folder and the folders below it, sorted; no link is followed."""
    return sorted(
        path
        for path in folder.rglob("*")
        if is_article(path) and path.is_file() and not path.is_symlink()
    )


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
        ``dask.distributed.Client``, which must see the files under the same paths.
    seconds
        The time after which a file is given up.

    Returns
    -------
    DataFrame
        A row an article, in the order of `paths`: ``file``, ``title``, ``numbers``, ``checked``,
        ``fails``, ``question``, ``holds``, a column of failures a check, and ``problem``, the
        reason why a file was not read (empty where it was).
    """
    files = list(paths)
    work = (joblib.delayed(_row)(str(path), seconds) for path in files)
    if backend == "dask":
        with joblib.parallel_config("dask"):
            rows = joblib.Parallel()(work)
    else:
        rows = joblib.Parallel(n_jobs=max(1, min(jobs, len(files) or 1)))(work)
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    return frame.astype({name: "int64" for name in _COLUMNS if name not in _TEXTS})


CHECKS = (
    "percent", "parts", "p-of-table", "statistic", "interval", "mean", "spread", "restated",
)  # fmt: skip
_TEXTS = ("file", "title", "problem")
_COLUMNS = [
    "file", "title", "numbers", "checked", *LEVELS, *(f"fails-{c}" for c in CHECKS), "problem"
]  # fmt: skip


def _row(path: str, seconds: float) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(_COLUMNS, 0)
    row |= {"file": path, "title": "", "problem": ""}
    try:
        found = scan(path, seconds=seconds)
    except Exception as error:  # whatever one file provokes must not stop the thousand others
        row["problem"] = f"{type(error).__name__}: {error}"
        return row
    fails = Counter(f.check for f in found.findings if f.level == "fails")
    row |= {"title": found.title, "numbers": len(found.numbers), "checked": len(found.findings)}
    row |= {level: found.count(level) for level in LEVELS}
    row |= {f"fails-{check}": fails[check] for check in CHECKS}
    return row


def write_summary(frame: pd.DataFrame, path: Path) -> None:
    """Write the summary, as Parquet or CSV by its suffix.

    Raises
    ------
    ValueError
        If the suffix is neither, or Parquet is asked for and pyarrow is not installed.
    """
    writers: dict[str, Callable[[pd.DataFrame], None]] = {
        ".csv": lambda f: f.map(inert).to_csv(path, index=False),
        ".parquet": lambda f: f.to_parquet(path, index=False),
    }
    write = writers.get(path.suffix)
    if write is None:
        raise ValueError(f"{path.name}: a summary is .csv or .parquet")
    try:
        write(frame)
    except ImportError:
        raise ValueError("Parquet needs pyarrow: pip install pyarrow, or write .csv") from None
