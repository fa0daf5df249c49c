"""Files that appear whole or not at all, and the removal of what a killed run left behind."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

_MARK = ".secondlook-part-"
_PART = re.compile(re.escape(_MARK) + r"(\d+)-\d+")
_serial = count(1)


def replace(target: Path, text: str) -> None:
    """Write a file so that it is either the former one or the new one, never half of it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = _part(target.parent)
    try:
        part.write_bytes(text.encode("utf-8"))
        os.replace(part, target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def replace_folder(target: Path, fill: Callable[[Path], None]) -> None:
    """Put a folder, which `fill` fills, in its place whole; what is there is replaced."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part, former = _part(target.parent), _part(target.parent)
    try:
        part.mkdir()
        fill(part)
        try:
            os.replace(part, target)
        except OSError:
            # A folder that is not empty is in the way: the former one, or that of another run.
            os.replace(target, former)
            os.replace(part, target)
    finally:
        shutil.rmtree(part, ignore_errors=True)
        shutil.rmtree(former, ignore_errors=True)


def remove_leftovers(folder: Path) -> None:
    """Remove the parts that runs which are no more left in a folder and in those within."""
    if not folder.is_dir():
        return
    for path in [*folder.glob(f"{_MARK}*"), *folder.glob(f"*/{_MARK}*"),
                 *folder.glob(f"*/*/{_MARK}*")]:  # fmt: skip
        found = _PART.fullmatch(path.name)
        if found and not is_running(int(found[1])):
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(True)


@contextmanager
def own_folder() -> Iterator[Path]:
    """Make a folder for the time being, and remove those of runs that are no more."""
    base = Path(tempfile.gettempdir())
    for former in base.glob("secondlook-*-*"):
        number = former.name.split("-")[1]
        if number.isdigit() and not is_running(int(number)):
            shutil.rmtree(former, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=f"secondlook-{os.getpid()}-") as name:
        yield Path(name)


def is_running(process: int) -> bool:
    """Tell whether there is a process of this number."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _part(folder: Path) -> Path:
    """Name a file beside the target; the umask decides who may read it, as for any file."""
    return folder / f"{_MARK}{os.getpid()}-{next(_serial)}"
