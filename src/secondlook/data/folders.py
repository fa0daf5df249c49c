"""The folders of papers: the root that holds them, and ``data/<key>`` of each."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path

from secondlook import plain_yaml

DESCRIPTOR = "datapackage.yaml"
ROOT = "SECONDLOOK_ROOT"
"""Variable that names the root for a program that runs elsewhere; ``--root`` sets it."""
_KEY = re.compile(r"(?=.{1,200}$)[a-z0-9]+(-[a-z0-9]+)*")


class DataError(plain_yaml.Refused):
    """A data file that is missing, was changed, breaks its schema or misses a printed total."""


def root() -> Path:
    """Return the folder that holds ``data/<key>/`` and ``reports/<key>.qmd``.

    It is the nearest one at or above the working directory whose ``data`` has a paper in it, or the
    one that ``--root`` (the variable ``SECONDLOOK_ROOT``) names; none is a DataError.
    """
    if named := os.environ.get(ROOT):
        return Path(named).resolve()
    return _root_above(Path.cwd())


def root_or_here(named: Path | None) -> Path:
    """Return where a paper is begun: in the folder named, in the root, or where one stands."""
    try:
        return named or root()
    except DataError:
        return Path.cwd()


@cache
def _root_above(here: Path) -> Path:
    for above in (here, *here.parents):
        if _has_papers(above / "data"):
            return above
    raise DataError(
        f"no folder with data/<key>/claims.yaml or data/<key>/{DESCRIPTOR} at or above {here}; go "
        "into the folder of your papers, name it with --root DIR, or begin with `secondlook new`"
    )


def is_key(key: object) -> bool:
    """Return whether a paper can have this citation key."""
    return isinstance(key, str) and _KEY.fullmatch(key) is not None


def folder(key: str) -> Path:
    """Return the data folder of one paper; none is a DataError with the keys that exist."""
    data = root() / "data"
    if not (is_key(key) and (data / key).is_dir()):
        known = sorted(each.name for each in data.glob("*") if _is_paper(each))
        raise DataError(
            f"there is no paper {key!r} in {data}; known are {', '.join(known) or 'none'}"
        )
    return data / key


def state(key: str) -> tuple[tuple[str, int, int], ...]:
    """Return what changes when a file of a paper's folder does: path, time and size of each."""
    return tuple(
        file_state(os.path.join(inner, name))
        for inner, _, names in sorted(os.walk(folder(key)))
        for name in sorted(names)
        if name.endswith(".csv") or name in ("claims.yaml", DESCRIPTOR)
    )


def _has_papers(data: Path) -> bool:
    try:
        return any(_is_paper(path) for path in data.iterdir())
    except OSError:
        return False


def _is_paper(path: Path) -> bool:
    return (path / "claims.yaml").is_file() or (path / DESCRIPTOR).is_file()


def file_state(path: str | Path) -> tuple[str, int, int]:
    """Return path, time and size of a file; one that is missing is a DataError."""
    try:
        found = os.stat(path)
    except FileNotFoundError:
        raise DataError(f"{path}: the file is missing") from None
    return str(path), found.st_mtime_ns, found.st_size
