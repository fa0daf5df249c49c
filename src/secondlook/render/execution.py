"""Execute a document: its cells and its inline code in order, in one kernel."""

from __future__ import annotations

import asyncio
import re
import subprocess
import tempfile
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from secondlook.render import kernel
from secondlook.render.cell_options import split_options
from secondlook.render.document import Cell, Document
from secondlook.render.inline import Expression, check_value, expressions, without_expressions
from secondlook.render.problems import RenderError

_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_TRACEBACK_LINE = re.compile(r"^-*>\s*(\d+)|^\s*Cell In\[\d+\], line (\d+)")
_POLL = 0.1


class Stopped(Exception):
    """The user asked for an end."""


@dataclass(frozen=True)
class Executed:
    """A cell and what came of it.

    Attributes
    ----------
    cell
        As read.
    markdown
        Of prose: its text with the inline code replaced by its values.
    outputs
        Of code: the outputs in notebook format.
    """

    cell: Cell
    markdown: str
    outputs: tuple[Mapping[str, Any], ...]


def execute(
    document: Document,
    progress: Callable[[int, int], None] | None = None,
    stop: threading.Event | None = None,
) -> list[Executed]:
    """Run a document from its first cell to its last.

    Parameters
    ----------
    document
        As read; it runs in the document's folder, as Quarto does.
    progress
        Called with (cells done, cells in all).
    stop
        Once set, the kernel is shut down, also in the middle of a cell.

    Raises
    ------
    RenderError
        With document, label, line and traceback of the first cell or inline code that fails.
    Stopped
        After `stop`.
    """
    if not any(cell.kind == "code" or expressions(cell) for cell in document.cells):
        return [Executed(cell, cell.source, ()) for cell in document.cells]
    with tempfile.TemporaryDirectory(prefix="secondlook-") as sockets:
        run = _Run(document, progress or _silent, Path(sockets))
        return asyncio.run(_until(stop or threading.Event(), run))


def _silent(done: int, total: int) -> None:
    return None


async def _until(stop: threading.Event, run: _Run) -> list[Executed]:
    task = asyncio.create_task(run.all())
    while not task.done():
        await asyncio.wait({task}, timeout=_POLL)
        if stop.is_set() and not task.done():
            # Whatever the interrupted cell, or nbclient's watch over the kernel that is being shut
            # down, raises on its way out is of no interest.
            asyncio.get_running_loop().set_exception_handler(lambda _loop, _context: None)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            raise Stopped
    return task.result()


class _Run:
    """The kernel of one document while it lives."""

    def __init__(
        self, document: Document, progress: Callable[[int, int], None], sockets: Path
    ) -> None:
        self.document = document
        self.progress = progress
        execute = document.options.get("execute")
        self.defaults: Mapping[str, Any] = execute if isinstance(execute, Mapping) else {}
        self.client = kernel.client(document.path.parent, sockets)

    async def all(self) -> list[Executed]:
        done: list[Executed] = []
        total = len(self.document.cells)
        # What a kernel has to say about itself is no part of the document.
        streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        environment = kernel.environment(self.document)
        async with self.client.async_setup_kernel(env=environment, **streams):
            await self._execute(kernel.SETUP, self.document.cells[0])
            for cell in self.document.cells:
                done.append(await self._one(cell))
                self.progress(len(done), total)
        return done

    async def _one(self, cell: Cell) -> Executed:
        if cell.kind == "prose":
            return Executed(cell, cell.source, ())
        if cell.kind == "markdown":
            return Executed(cell, await self._inline(cell), ())
        runs = cell.options.eval
        if runs is None:
            runs = self.defaults.get("eval", True) is not False
        _, code = split_options(cell.source)
        if not runs or not code.strip():
            return Executed(cell, "", ())
        return Executed(cell, "", await self._sized(code, cell))

    async def _sized(self, code: str, cell: Cell) -> tuple[Mapping[str, Any], ...]:
        """Run a cell with figures of the size that its options ask for."""
        own = cell.options
        if own.fig_width is None and own.fig_height is None:
            return await self._execute(code, cell)
        usual = kernel.figure_size(self.document)
        size = own.fig_width or usual[0], own.fig_height or usual[1]
        await self._execute(kernel.resize(size), cell)
        outputs = await self._execute(code, cell)
        await self._execute(kernel.resize(usual), cell)
        return outputs

    async def _execute(self, code: str, cell: Cell) -> tuple[Mapping[str, Any], ...]:
        import nbformat
        from nbclient.exceptions import CellExecutionError, DeadKernelError

        node = nbformat.v4.new_code_cell(source=code)
        self.client.nb.cells.append(node)
        try:
            await self.client.async_execute_cell(
                node, len(self.client.nb.cells) - 1, store_history=code is not kernel.SETUP
            )
        except CellExecutionError as error:
            raise _failed(cell, code, _traceback_of(node, error)) from None
        except DeadKernelError:
            raise RenderError(f"the kernel died in {_named(cell)}", cell.place) from None
        return tuple(dict(output) for output in node.outputs)

    async def _inline(self, cell: Cell) -> str:
        found = expressions(cell)
        if not found:
            return cell.source
        asked = {str(number): each.code for number, each in enumerate(found)}
        message = self.client.kc.execute("", user_expressions=asked)
        reply = await self.client.async_wait_for_reply(message)
        results = (reply or {}).get("content", {}).get("user_expressions", {})
        values = [_value(each, results.get(str(number))) for number, each in enumerate(found)]
        return without_expressions(cell.source, values)


def _value(expression: Expression, result: Mapping[str, Any] | None) -> Mapping[str, Any]:
    if result is None or result.get("status") != "ok":
        name = (result or {}).get("ename", "Error")
        value = (result or {}).get("evalue", "no value")
        message = f"inline code `{expression.code}` fails: {name}: {value}"
        raise RenderError(message, expression.place)
    data: Mapping[str, Any] = result["data"]
    check_value(expression, data)
    return data


def _traceback_of(node: Any, error: Exception) -> str:
    for output in node.outputs:
        if output.output_type == "error":
            return _ANSI.sub("", "\n".join(output.traceback))
    return _ANSI.sub("", str(error))


def _named(cell: Cell) -> str:
    return f"cell `{cell.options.label}`" if cell.options.label else "a cell without a label"


def _failed(cell: Cell, code: str, traceback: str) -> RenderError:
    """Name the line that failed, counted in the document rather than in the cell."""
    skipped = cell.source[: cell.source.find(code)].count("\n") if code in cell.source else 0
    match = next(filter(None, map(_TRACEBACK_LINE.search, traceback.split("\n"))), None)
    line = int(next(group for group in match.groups() if group)) if match else 1
    place = cell.lines[min(skipped + line - 1, len(cell.lines) - 1)]
    return RenderError(f"{_named(cell)} fails\n\n{traceback}", place)
