"""Scan one article: read it, list its numbers, check them."""

from __future__ import annotations

import ctypes
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from secondlook.scan.checks import check_document
from secondlook.scan.document import Document, TookTooLong
from secondlook.scan.findings import Finding
from secondlook.scan.numbers import Number, numbers
from secondlook.scan.reading import read

SECONDS = 60
LONGEST = 1_000_000
AGAIN = 1.0
"""Seconds after which a reader that has swallowed an interruption is interrupted again."""


@dataclass(frozen=True)
class Scan:
    """What a scan found in one article."""

    file: str
    title: str
    numbers: list[Number]
    findings: list[Finding]
    unread: list[int] = field(default_factory=list)
    """The numbers of the tables that the text names and that the file holds no text of."""

    def count(self, level: str) -> int:
        """Return the number of findings of a level."""
        return sum(finding.level == level for finding in self.findings)


def scan(path: Path | str, *, seconds: float = SECONDS) -> Scan:
    """Scan an article.

    Raises
    ------
    ValueError
        If the file cannot be read, or takes longer than `seconds`.
    OSError
        If there is no such file.
    """
    if not isinstance(path, str | os.PathLike):
        raise ValueError(f"path is {type(path).__name__}; name a file")
    if not (isinstance(seconds, int | float) and 0 < seconds <= LONGEST):
        raise ValueError(f"seconds is {seconds!r}; give a time up to {LONGEST:,} seconds")
    path = Path(path)
    with at_most(seconds):
        return scan_document(read(path), str(path))


def scan_document(document: Document, file: str) -> Scan:
    """Scan an article that was read already."""
    found = check_document(document)
    return Scan(file, document.title, numbers(document), found, document.unread)


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Interrupt what takes too long: by a signal, or where there is none by another thread."""

    def stop(*_: object) -> None:
        raise TookTooLong(f"given up after {seconds:g} seconds")

    try:
        before = signal.signal(signal.SIGALRM, stop)
    except (ValueError, AttributeError):  # not the main thread, or not a Unix
        with _at_most_in_thread(seconds):
            yield
        return
    signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _at_most_in_thread(seconds: float) -> Iterator[None]:
    """Have a timer raise the error in this thread, which sees it before its next step."""
    this, lock, done = threading.get_ident(), threading.Lock(), False

    def stop() -> None:
        with lock:
            if not done:
                raise_in = ctypes.pythonapi.PyThreadState_SetAsyncExc
                raise_in(ctypes.c_ulong(this), ctypes.py_object(TookTooLong))

    timer = threading.Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        with lock:
            done = True
        timer.cancel()
