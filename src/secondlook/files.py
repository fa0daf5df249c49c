"""Files that appear whole or not at all, and the removal of what a killed run left behind."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

_MARK = ".secondlook-part-"
_PART = re.compile(re.escape(_MARK) + r"(\d+)-\d+")
_serial = count(1)
_FORMULA = re.compile(r"\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_NUMBERS = re.compile(r"[-+][\s\d.,·%()\[\];:/–—±-]*")
# Control characters, and those that turn the direction of what follows.
CONTROL = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
_LONGEST_TOLD = 2_000


class NotWritten(OSError):
    """A file or folder that the system refuses to write, and why, as a sentence."""

    def __str__(self) -> str:
        return f"{self.filename} cannot be written: {self.strerror}"


@contextmanager
def writing(target: Path) -> Iterator[None]:
    """Say of a refusal by the system within which file or folder was to be written.

    The system itself names no file when a disk is full.
    """
    try:
        yield
    except OSError as error:
        raise NotWritten(error.errno, error.strerror, str(target)) from error


def replace(target: Path, text: str | bytes) -> None:
    """Write a file so that it is either the former one or the new one, never half of it."""
    part = part_in(target.parent)
    with writing(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            part.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
            os.replace(part, target)
        except BaseException:
            with suppress(OSError):
                part.unlink()
            raise


def replace_folder(target: Path, fill: Callable[[Path], None]) -> None:
    """Put a folder, which `fill` fills, in its place whole; what is there is replaced."""
    part, former = part_in(target.parent), part_in(target.parent)
    try:
        with writing(target):
            part.mkdir(parents=True)
            fill(part)
            try:
                os.replace(part, target)
            except OSError:
                # A folder that is not empty is in the way: the former one, or of another run.
                os.replace(target, former)
                os.replace(part, target)
    finally:
        shutil.rmtree(part, ignore_errors=True)
        shutil.rmtree(former, ignore_errors=True)


def remove_leftovers(folder: Path, *, depth: int = 2) -> None:
    """Remove the parts that runs which are no more left in a folder and so many levels within."""
    if not folder.is_dir():
        return
    for path in [each for level in range(depth + 1)
                 for each in folder.glob("*/" * level + f"{_MARK}*")]:  # fmt: skip
        found = _PART.fullmatch(path.name)
        if found and not is_running(int(found[1])):
            with suppress(OSError):  # On a disk that has become read-only they stay.
                shutil.rmtree(path) if path.is_dir() else path.unlink()


@contextmanager
def own_folder() -> Iterator[Path]:
    """Make a folder for the time being, and remove those of runs that are no more."""
    base = Path(tempfile.gettempdir())
    for former in base.glob("secondlook-*-*"):
        number = former.name.split("-")[1]
        if number.isdigit() and not is_running(int(number)):
            shutil.rmtree(former, ignore_errors=True)
    with writing(base):
        own = tempfile.TemporaryDirectory(
            prefix=f"secondlook-{os.getpid()}-", ignore_cleanup_errors=True
        )
    with own as name:
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


def part_in(folder: Path) -> Path:
    """Name a part of this run, file or folder; the umask decides who may read it, as for any."""
    return folder / f"{_MARK}{os.getpid()}-{next(_serial)}"


def inert(value: object) -> object:
    """Return a value for a CSV that no spreadsheet computes: what begins a formula gets a quote.

    Numbers stay what they are, as ``-0.4 (-1.2)``.
    """
    computed = isinstance(value, str) and _FORMULA.match(value) and not _NUMBERS.fullmatch(value)
    return f"'{value}" if computed else value


def visible(text: object) -> str:
    """Return a text with its control characters as signs that can be seen."""
    return CONTROL.sub(lambda found: f"<{ord(found.group()):02x}>", str(text).replace("\n", " "))


def told(message: str) -> str:
    """Return the lines of a message for a terminal: each says whose it is, and ends in time."""
    lines = map(visible, message.splitlines())
    return "\n".join(
        f"secondlook: {line[:_LONGEST_TOLD]}{' ...' * (len(line) > _LONGEST_TOLD)}"
        for line in lines
    )
