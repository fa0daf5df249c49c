"""Check again when a file of a paper changes, and say what that changed."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from secondlook import data
from secondlook.data.folders import file_state
from secondlook.files import visible

_WATCHED = (".yaml", ".csv", ".py")
Verdicts = dict[tuple[str, str], tuple[str, bool]]


def watch(
    keys: Iterable[str],
    say: Callable[[str], None],
    *,
    pause: float = 0.25,
    rounds: int | None = None,
) -> None:
    """Check now, and again after each change of a claims file, a table or an analysis.

    All papers if none is named; `say` takes each line, `pause` are the seconds between two looks,
    of which `rounds` are taken, without end if not said.
    """
    before: Verdicts = {}
    seen: tuple[tuple[str, int, int], ...] | None = None
    while rounds is None or rounds > 0:
        now = tuple(_files(data.root()))
        if now != seen:
            seen = now
            before = _say_changes(_check(keys), before, say)
        rounds = None if rounds is None else rounds - 1
        time.sleep(pause)


def _files(root: Path) -> Iterator[tuple[str, int, int]]:
    for top in (root / "data", root / "src" / "papers"):
        for path in sorted(top.rglob("*")):
            if path.suffix in _WATCHED:
                with suppress(data.DataError, OSError):
                    yield file_state(path)


def _check(keys: Iterable[str]) -> subprocess.CompletedProcess[str]:
    # A process of its own: an analysis that was edited is imported anew.
    command = [sys.executable, "-m", "secondlook", "check", *keys, "--format", "json"]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def _say_changes(
    done: subprocess.CompletedProcess[str], before: Verdicts, say: Callable[[str], None]
) -> Verdicts:
    """Say what is otherwise than before; return the verdicts now."""
    at = time.strftime("%H:%M:%S")
    for line in done.stderr.splitlines():
        say(f"{at}  {visible(line)}")
    if done.returncode not in (0, 1, 2) or not done.stdout.strip():
        return before
    now: Verdicts = {
        (row["paper"], row["id"]): (row["verdict"], row["as_expected"])
        for row in json.loads(done.stdout)
    }
    for (paper, name), (verdict, as_expected) in now.items():
        was = before.get((paper, name))
        if was == (verdict, as_expected) or (not before and as_expected):
            continue
        change = verdict if was is None else f"{was[0]} -> {verdict}"
        wrong = "" if as_expected else "  <- not as expected"
        say(f"{at}  {paper}:{visible(name)}  {change}{wrong}")
    if before:
        for paper, name in before:
            if (paper, name) not in now and done.returncode != 2:
                say(f"{at}  {paper}:{visible(name)}  is gone")
    if done.returncode == 2:
        return before | now
    wrong_ones = sum(not as_expected for _, as_expected in now.values())
    say(f"{at}  {len(now)} claims, {f'{wrong_ones} not' if wrong_ones else 'all'} as expected")
    return now
