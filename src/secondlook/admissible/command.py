"""``secondlook curve``: the numbers of one printed curve, asked whether they can hold together."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from secondlook.admissible.answer import Answer, curve, data_sets, resolved
from secondlook.admissible.facts import CurveFacts
from secondlook.admissible.verify import unmet
from secondlook.files import replace

if TYPE_CHECKING:
    from rich.console import Console


def curve_command(
    which: str,
    console: Console,
    *,
    as_json: bool = False,
    sets: int = 0,
    seed: int = 1,
    folder: Path | None = None,
    figure: Path | None = None,
) -> tuple[str, int]:
    """Answer for one block; return what to print and the exit code.

    Parameters
    ----------
    which
        ``KEY/NAME``, a block of a paper of the root, or a YAML file with one block.
    console
        Where progress is shown.
    as_json
        Whether programs are to read the answer.
    sets, seed, folder
        How many data sets are constructed, from which seed, and where their CSV files go.
    figure
        Where the band of all curves is drawn: a file whose ending names its format.

    Raises
    ------
    ValueError, OSError
        If there is no such block, it cannot be read, or no data set is found.
    """
    facts = read_facts(which)
    with _progress(console) as tell:
        answer = curve(facts, progress=tell)
        constructed = []
        if sets and answer.answer == "attainable":
            for number, found in enumerate(data_sets(facts, sets, seed), start=1):
                tell("data sets", number / sets)
                constructed.append(found)
    notes = []
    if sets and not constructed:
        notes.append("No data set prints every number: none is written.")
    if constructed and folder is not None:
        # Written last, and whole: an interrupted search leaves nothing behind.
        for number, found in enumerate(constructed, start=1):
            path = folder / f"{facts.name}-constructed-{number}.csv"
            lines = ["patient,time,event,note"] + [
                f'{patient},{time:.10g},{died:d},"constructed, not patient data"'
                for patient, (time, died) in enumerate(found.rows, start=1)
            ]
            replace(path, "\n".join([*lines, ""]))
            notes.append(f"wrote {path}")
            if len(answer.conventions) > 1:
                # Whoever computes them again has to know by which type of limits.
                read = next(one for one in resolved(facts) if not unmet(one, *found))
                notes[-1] += f": {_reading(' '.join(read.ticks), read.interval)}"
    if figure is not None:
        if answer.band:
            _draw(facts, answer, figure)
        notes.append(f"wrote {figure}" if answer.band else "Nothing to draw: no curve fits.")
    text = "\n".join([shown(answer), *notes])
    if as_json:
        text = json.dumps(answer.to_json(), ensure_ascii=False, indent=1)
    return text, {"attainable": 0, "unattainable": 1, "undecided": 3}[answer.answer]


def _draw(facts: CurveFacts, answer: Answer, path: Path) -> None:
    from secondlook.figures import envelope_figure
    from secondlook.figures.show import svg
    from secondlook.figures.survival import nice_ticks

    unit = facts.unit or "Time"
    # The cuts of the axis lie too near each other to be written.
    ticks = [float(tick) for tick in facts.ticks] or nice_ticks(
        max(row[0] for row in answer.band), months="month" in unit.lower()
    )
    drawn = envelope_figure(answer.envelope(), facts.points(), ticks=ticks, time_unit=unit)
    if path.suffix == ".svg":
        replace(path, svg(drawn)[0])
        return
    buffer = io.BytesIO()
    drawn.save(buffer, format=path.suffix.removeprefix(".") or None, verbose=False)
    replace(path, buffer.getvalue())


def read_facts(which: str) -> CurveFacts:
    """Read ``KEY/NAME`` or a YAML file with one block.

    Raises
    ------
    ValueError
        If there is no such block, with those that there are.
    """
    from secondlook import claims, plain_yaml

    path = Path(which)
    if path.suffix not in (".yaml", ".yml"):
        key, _, name = which.partition("/")
        return claims.curve_facts(key, name)
    if not path.is_file():
        raise ValueError(f"there is no file {which}")
    try:
        blocks = plain_yaml.read(path)
        if isinstance(blocks, Mapping) and "curves" in blocks:
            blocks = blocks["curves"]
        if isinstance(blocks, Mapping) and "n" in blocks:
            blocks = {path.stem: blocks}
        if not isinstance(blocks, Mapping) or len(blocks) != 1:
            raise ValueError("one block of printed numbers is needed, with at least n")
        name, block = next(iter(blocks.items()))
        return CurveFacts.read(str(name), block)
    except ValueError as error:
        raise ValueError(f"{which}: {error}") from error


def shown(answer: Answer) -> str:
    """Write an answer for reading."""
    lines = [f"{answer.name}: {answer.n} patients: {answer.answer} ({answer.seconds:.1f} s)"]
    if answer.contradiction:
        least = "the fewest that do" if answer.smallest else "fewer may do"
        lines.append(f"These cannot hold together ({least}):")
        lines += [f"  - {words}" for words in answer.contradiction]
    if len(answer.conventions) > 1:
        fitting = [one for one in answer.conventions if one.answer != "unattainable"]
        lines.append(f"Of {len(answer.conventions)} readings of what is not printed, fit:")
        lines += [f"  - {_reading(one.ticks, one.interval)}: {one.answer}" for one in fitting]
        lines += [] if fitting else ["  - none"]
    if answer.sequences is not None:
        lines.append(
            f"{answer.sequences:,} sequences of deaths and censorings print every number; they can "
            f"be spread over the time between the printed times in {answer.orders:,} ways."
        )
    width = max((len(one.words) for one in answer.statements), default=0)
    lines.append("Printed:")
    lines += [f"  {one.words:<{width}}  {one.verdict}" for one in answer.statements]
    if answer.ranges:
        lines.append(
            "Left open (no data set lies outside"
            + (", and the ends are taken):" if answer.exact else "):")
        )
        wide = max(len(name) for name in answer.ranges)
        lines += [
            f"  {name:<{wide}}  {one.lowest:.4g} to {one.highest:.4g}"
            for name, one in answer.ranges.items()
        ]
    return "\n".join(lines)


def _reading(ticks: str, interval: str) -> str:
    times = ticks.split()
    return f"limits of type {interval}" + (f", ticks {' '.join(times[:3])} ..." if times else "")


@contextmanager
def _progress(console: Console) -> Iterator[Callable[[str, float], None]]:
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bars:
        task = bars.add_task("reading", total=1.0)

        def tell(what: str, share: float) -> None:
            bars.update(task, description=what, completed=share)

        yield tell
