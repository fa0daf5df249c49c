"""Execute a document: its cells and its inline code in order, in one kernel.

The value of inline code is written as Markdown the way Quarto does it.
"""

from __future__ import annotations

import ast
import asyncio
import atexit
import json
import re
import subprocess
import threading
import time
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from secondlook.files import own_folder
from secondlook.render import kernel
from secondlook.render.document import Cell, Document, split_options
from secondlook.render.problems import Place, RenderError
from secondlook.render.source import fence_after

_EXPRESSION = re.compile(r"(?<!`)`\{python\}[ \t]([^`\n]+)`")
_BROKEN = re.compile(r"(?<!`)`\{python\}(?![ \t][^`\n]+`)")
_ESCAPED = re.compile(r"([\\`*_{}\[\]()>#+,\-.!])")
_MIME_TYPES = ("text/html", "text/markdown", "text/plain")
_REPR = re.compile(r"<.* at 0x[0-9a-f]+>|np\.\w+\(.*\)|[A-Z]\w*\(\w+=.*\)", re.DOTALL)


@dataclass(frozen=True)
class Expression:
    """One piece of inline code, its line, and whether that is a row of a table."""

    code: str
    place: Place
    in_table: bool = False


def expressions(cell: Cell) -> list[Expression]:
    """List the inline code of a stretch of prose, in order; each is closed on its own line."""
    if cell.kind != "markdown":
        return []
    found: list[Expression] = []
    for (text, live), place in zip(_live_lines(cell.source), cell.lines, strict=True):
        if not live:
            if _EXPRESSION.search(text):
                message = "inline code inside a block of code, where Quarto would run it"
                raise RenderError(message, place)
            continue
        if _BROKEN.search(text):
            message = "inline code must be `{python} expression` on one line, not empty"
            raise RenderError(message, place)
        row = text.lstrip().startswith("|")
        found += [Expression(match[1].strip(), place, row) for match in _EXPRESSION.finditer(text)]
    for each in found:
        _check_syntax(each)
    return found


def without_expressions(source: str, values: Sequence[Mapping[str, Any]]) -> str:
    """Put values, a MIME bundle for each, in the place of the inline code."""
    queue = iter(values)
    return "\n".join(
        _EXPRESSION.sub(lambda _: as_markdown(next(queue)), text) if live else text
        for text, live in _live_lines(source)
    )


def as_markdown(data: Mapping[str, Any], *, escaped: bool = True) -> str:
    """Write the value of an expression as Markdown, or as it is read there, not `escaped`.

    A string loses its quotes and shows its characters as they are; a number shows as Python prints
    it; an object that knows how to show itself as HTML or Markdown does so. `data` is a MIME bundle
    as the kernel sends it.

    Examples
    --------
    >>> as_markdown({"text/plain": "'11 of 21'"})
    '11 of 21'
    >>> as_markdown({"text/plain": "52.4"})
    '52.4'
    """
    kind = next((each for each in _MIME_TYPES if each in data), None)
    text = str(data[kind]) if kind else ""
    if kind == "text/html":
        return f"`{text}`{{=html}}"
    if kind == "text/markdown":
        return text
    if len(text) >= 2 and text[0] == text[-1] and text[0] in "'\"":
        return _ESCAPED.sub(r"\\\1", text[1:-1]) if escaped else text[1:-1]
    return text


def check_value(expression: Expression, data: Mapping[str, Any]) -> None:
    """Refuse a value that no reader should see.

    That is an empty one (Quarto then prints the code itself) or the programmer's form of an object,
    such as ``np.float64(0.5)``.
    """
    text = as_markdown(data)
    plain = not {"text/html", "text/markdown"} & set(data)
    python = str(data.get("text/plain", ""))
    told = ""
    if not text.strip():
        told = "gives empty text"
    elif plain and python[:1] in ("'", '"') and "\\" in python:
        # Quarto prints Python's form of the text, such as 38.5\xa0% for one with a hard space.
        told = f"has a character that Quarto shows as in {python[1:-1]}; give "
        told += "IPython.display.Markdown(...)"
    elif "|" in text and expression.in_table:
        told = "gives a `|`, which ends the cell of its table"
    elif plain and _REPR.fullmatch(python):
        told = f"would print {text}; turn it into text first"
    if told:
        raise RenderError(f"inline code `{expression.code}` {told}", expression.place)


def _live_lines(source: str) -> Iterator[tuple[str, bool]]:
    """Give each line, and whether it lies outside of code blocks."""
    fence = ""
    for text in source.split("\n"):
        after = fence_after(fence, text)
        yield text, not fence and not after
        fence = after


def _check_syntax(expression: Expression) -> None:
    try:
        compile(expression.code, "inline code", "eval")
    except SyntaxError as error:
        message = f"inline code `{expression.code}` is no Python expression: {error.msg}"
        raise RenderError(message, expression.place) from None


ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
"""What colours the text of a terminal."""
_TRACEBACK_LINE = re.compile(r"^-*>\s*(\d+)|^\s*Cell In\[\d+\], line (\d+)")
_POLL = 0.1
TIMEOUT = 600
"""Seconds that a cell, or the inline code of a stretch of prose, may take."""
MOST_OUTPUT = 20_000_000
"""Characters that a cell may show."""


class Stopped(Exception):
    """The user asked for an end."""


@dataclass(frozen=True)
class Executed:
    """A cell and what came of it: prose with its values, or outputs in notebook format.

    `values` are what each piece of inline code shows, in order.
    """

    cell: Cell
    markdown: str
    outputs: tuple[Mapping[str, Any], ...]
    values: tuple[str, ...] = ()


def execute(
    document: Document,
    progress: Callable[[int, int], object] = lambda done, total: None,
    stop: threading.Event | None = None,
    kernels: kernel.Kernels | None = None,
) -> tuple[list[Executed], dict[str, list[str]]]:
    """Run a document from its first cell to its last, in its own folder, as Quarto does.

    Returns the cells, and what the kernel read, as :func:`dependencies.seen` tells it. Once `stop`
    is set the kernel ends, also in the middle of a cell, with `Stopped`.

    Raises
    ------
    RenderError
        With document, label, line and traceback of the first cell or inline code that fails, takes
        longer than ``execute: timeout``, or shows more than a page can hold.
    """
    if not any(cell.kind == "code" or expressions(cell) for cell in document.cells):
        return [Executed(cell, cell.source, ()) for cell in document.cells], {}
    with own_folder() as own:
        run = _Run(document, progress, stop or threading.Event(), own, kernels)
        return asyncio.run(run.all())


class _Run:
    """The kernel of one document while it lives."""

    def __init__(
        self,
        document: Document,
        progress: Callable[[int, int], object],
        stop: threading.Event,
        own: Path,
        kernels: kernel.Kernels | None,
    ) -> None:
        self.document = document
        self.progress = progress
        self.stop = stop
        self.own = own
        execute = document.options.get("execute")
        self.defaults: Mapping[str, Any] = execute if isinstance(execute, Mapping) else {}
        self.limit = float(self.defaults.get("timeout", TIMEOUT))
        self.client = kernel.client(document.path.parent, own, kernels)

    async def all(self) -> tuple[list[Executed], dict[str, list[str]]]:
        done: list[Executed] = []
        total = len(self.document.cells)
        # What a kernel has to say about itself is no part of the document.
        streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        environment = kernel.environment(self.document, self.own)
        started = False
        try:
            async with self.client.async_setup_kernel(env=environment, **streams):
                started = True
                await self._execute(kernel.SETUP, self.document.cells[0])
                for cell in self.document.cells:
                    done.append(await self._one(cell))
                    self.progress(len(done), total)
                (read,) = await self._asked([kernel.WHAT_WAS_READ], self.document.cells[-1])
        except (RuntimeError, OSError) as error:
            if started:
                raise
            # nbclient would look for the kernel once more when the interpreter ends.
            atexit.unregister(self.client._cleanup_kernel)
            told = f"no kernel starts ({error}); is there room in {self.own.parent}?"
            raise RenderError(told, Place(self.document.name)) from None
        return done, json.loads(ast.literal_eval(read["data"]["text/plain"]))

    async def _one(self, cell: Cell) -> Executed:
        if cell.kind == "markdown":
            return await self._inline(cell)
        runs = cell.options.eval
        if runs is None:
            runs = self.defaults.get("eval", True) is not False
        _, code = split_options(cell.source)
        if not runs or not code.strip():
            return Executed(cell, "", ())
        return Executed(cell, "", await self._execute(code, cell))

    async def _execute(self, code: str, cell: Cell) -> tuple[Mapping[str, Any], ...]:
        import nbformat
        from nbclient.exceptions import CellExecutionError, DeadKernelError

        node = nbformat.v4.new_code_cell(source=code)
        self.client.nb.cells.append(node)
        index = len(self.client.nb.cells) - 1
        try:
            await self._within_limits(
                self.client.async_execute_cell(node, index, store_history=code != kernel.SETUP),
                cell,
                _named(cell),
            )
        except CellExecutionError as error:
            raise _failed(cell, code, _traceback_of(node, error)) from None
        except DeadKernelError:
            raise RenderError(f"the kernel died in {_named(cell)}", cell.place) from None
        if any(output.output_type == "error" for output in node.outputs):
            # Showing a value failed, such as drawing a figure; to the kernel the cell went well.
            raise _failed(cell, code, _traceback_of(node, Exception()))
        return _joined(node.outputs)

    async def _inline(self, cell: Cell) -> Executed:
        found = expressions(cell)
        if not found:
            return Executed(cell, cell.source, ())
        results = await self._asked([each.code for each in found], cell)
        values = [_value(each, result) for each, result in zip(found, results, strict=True)]
        shown = tuple(as_markdown(each, escaped=False) for each in values)
        return Executed(cell, without_expressions(cell.source, values), (), shown)

    async def _asked(self, codes: Sequence[str], cell: Cell) -> list[Mapping[str, Any]]:
        """Return what the kernel says of some expressions."""
        asked = {str(number): code for number, code in enumerate(codes)}
        message = self.client.kc.execute("", user_expressions=asked)
        named = f"the inline code after line {cell.place.line}"
        reply = await self._within_limits(self.client.async_wait_for_reply(message), cell, named)
        results = (reply or {}).get("content", {}).get("user_expressions", {})
        return [results.get(each, {}) for each in asked]

    async def _within_limits(self, work: Coroutine[Any, Any, Any], cell: Cell, named: str) -> Any:
        """Wait for the kernel: no longer than the limit, not once it is dead or told too much."""
        task = asyncio.ensure_future(work)
        end = time.monotonic() + self.limit
        try:
            while not task.done():
                await asyncio.wait({task}, timeout=_POLL)
                if task.done():
                    break
                if self.stop.is_set():
                    raise Stopped
                if time.monotonic() > end:
                    told = f"{named} runs longer than {self.limit:g} seconds"
                    raise RenderError(f"{told}; `execute: timeout` sets the limit", cell.place)
                if not await self.client.km.is_alive():
                    raise RenderError(f"the kernel died in {named}", cell.place)
                self._check_size(cell, named)
        finally:
            if not task.done():
                # What the interrupted cell, or nbclient's watch over the kernel that is being shut
                # down, raises on its way out is of no interest.
                asyncio.get_running_loop().set_exception_handler(lambda _loop, _context: None)
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
                await self.client.km.shutdown_kernel(now=True)
        result = task.result()
        self._check_size(cell, named)
        return result

    def _check_size(self, cell: Cell, named: str) -> None:
        outputs = self.client.nb.cells[-1].outputs if self.client.nb.cells else []
        size = sum(len(str(each)) for output in outputs for each in _texts(output))
        if size > MOST_OUTPUT:
            megabytes = MOST_OUTPUT // 1_000_000
            raise RenderError(f"{named} shows more than {megabytes} megabytes", cell.place)


def _joined(outputs: Sequence[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    """Join what a stream gives in pieces: where it is cut depends on time alone."""
    joined: list[dict[str, Any]] = []
    for output in outputs:
        last = joined[-1] if joined else {}
        if output["output_type"] == "stream" and last.get("name") == output["name"]:
            last["text"] += output["text"]
        else:
            joined.append(dict(output))
    return tuple(joined)


def _texts(output: Mapping[str, Any]) -> list[Any]:
    return [output.get("text", ""), *output.get("data", {}).values()]


def _value(expression: Expression, result: Mapping[str, Any]) -> Mapping[str, Any]:
    if result.get("status") != "ok":
        name, value = result.get("ename", "Error"), result.get("evalue", "no value")
        message = f"inline code `{expression.code}` fails: {name}: {value}"
        raise RenderError(message, expression.place)
    data: Mapping[str, Any] = result["data"]
    check_value(expression, data)
    return data


def _traceback_of(node: Any, error: Exception) -> str:
    for output in node.outputs:
        if output.output_type == "error":
            return ANSI.sub("", "\n".join(output.traceback))
    return ANSI.sub("", str(error))


def _named(cell: Cell) -> str:
    return f"cell `{cell.options.label}`" if cell.options.label else "a cell without a label"


def _failed(cell: Cell, code: str, traceback: str) -> RenderError:
    """Name the line that failed, counted in the document rather than in the cell."""
    skipped = cell.source[: cell.source.find(code)].count("\n") if code in cell.source else 0
    match = next(filter(None, map(_TRACEBACK_LINE.search, traceback.split("\n"))), None)
    line = int(next(group for group in match.groups() if group)) if match else 1
    place = cell.lines[min(skipped + line - 1, len(cell.lines) - 1)]
    return RenderError(f"{_named(cell)} fails\n\n{traceback}", place)
