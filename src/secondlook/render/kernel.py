"""Execute a document: one kernel of this very interpreter, its cells and inline code in order."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from secondlook.render.cell_options import split_options
from secondlook.render.document import Cell, Document
from secondlook.render.inline import Expression, check_value, expressions, without_expressions
from secondlook.render.problems import Place, RenderError

_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_TRACEBACK_LINE = re.compile(
    r"^-*>\s*(\d+)|^Cell In\[\d+\], line (\d+)|<ipython-input[^>]*>, line (\d+)"
)

# Figures at twice the pixels, as Quarto's `fig-format: retina`; closing figures at the end of each
# cell is what the inline backend does by itself.
_SETUP = """\
import os as _os
try:
    import matplotlib.pyplot as _plt
    from matplotlib_inline.backend_inline import set_matplotlib_formats as _formats
    _size = float(_os.environ["QUARTO_FIG_WIDTH"]), float(_os.environ["QUARTO_FIG_HEIGHT"])
    _plt.rcParams["figure.figsize"] = _size
    _plt.rcParams["figure.dpi"] = int(_os.environ["QUARTO_FIG_DPI"]) // 2
    _plt.rcParams["savefig.dpi"] = "figure"
    _formats("retina")
except ImportError:
    pass
%reset -f
"""
_FIGURE_SIZE = """\
import matplotlib.pyplot as _plt
_plt.rcParams["figure.figsize"] = {size}
try:
    from plotnine.options import set_option as _set
    _set("figure_size", {size})
    del _set
except ImportError:
    pass
del _plt
"""


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
    document: Document, progress: Callable[[int, int], None] | None = None
) -> list[Executed]:
    """Run a document from its first cell to its last.

    Parameters
    ----------
    document
        As read; it runs in the document's folder, as Quarto does.
    progress
        Called with (cells done, cells in all).

    Raises
    ------
    RenderError
        With document, label, line and traceback of the first cell or inline code that fails.
    """
    if not any(cell.kind == "code" or expressions(cell) for cell in document.cells):
        return [Executed(cell, cell.source, ()) for cell in document.cells]
    with tempfile.TemporaryDirectory(prefix="secondlook-") as sockets:
        return asyncio.run(_Run(document, progress or _silent, Path(sockets)).all())


def _silent(done: int, total: int) -> None:
    return None


class _Run:
    """The kernel of one document while it lives."""

    def __init__(
        self, document: Document, progress: Callable[[int, int], None], sockets: Path
    ) -> None:
        self.document = document
        self.progress = progress
        options = document.options
        execute = options.get("execute")
        self.defaults: Mapping[str, Any] = execute if isinstance(execute, Mapping) else {}
        deck = document.is_deck
        self.size = (
            float(options.get("fig-width", 10 if deck else 7)),
            float(options.get("fig-height", 5)),
        )
        self.dpi = int(options.get("fig-dpi", 96))
        self.client = _client(document.path.parent, sockets)

    async def all(self) -> list[Executed]:
        done: list[Executed] = []
        total = len(self.document.cells)
        # What a kernel has to say about itself is no part of the document.
        streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        async with self.client.async_setup_kernel(env=self._environment(), **streams):
            await self._execute(_SETUP, self.document.cells[0])
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
        sized = cell.options.fig_width is not None or cell.options.fig_height is not None
        if sized:
            width = cell.options.fig_width or self.size[0]
            height = cell.options.fig_height or self.size[1]
            await self._execute(_FIGURE_SIZE.format(size=(width, height)), cell)
        outputs = await self._execute(code, cell)
        if sized:
            await self._execute(_FIGURE_SIZE.format(size=self.size), cell)
        return Executed(cell, "", outputs)

    async def _execute(self, code: str, cell: Cell) -> tuple[Mapping[str, Any], ...]:
        import nbformat
        from nbclient.exceptions import CellExecutionError, DeadKernelError

        node = nbformat.v4.new_code_cell(source=code)
        self.client.nb.cells.append(node)
        try:
            await self.client.async_execute_cell(
                node, len(self.client.nb.cells) - 1, store_history=code is not _SETUP
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

    def _environment(self) -> dict[str, str]:
        width, height = self.size
        # The names are Quarto's: plotnine reads its size and resolution from them.
        return {
            **os.environ,
            "QUARTO_FIG_WIDTH": str(width),
            "QUARTO_FIG_HEIGHT": str(height),
            "QUARTO_FIG_DPI": str(2 * self.dpi),
            "QUARTO_FIG_FORMAT": "png",
            "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        }


def _client(folder: Path, sockets: Path) -> Any:
    import nbformat
    from jupyter_client.kernelspec import KernelSpec
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient

    class ThisInterpreter(AsyncKernelManager):
        """A kernel of the interpreter that runs this code, whatever Jupyter has registered.

        It speaks over sockets in a folder of its own: no two kernels can catch the same port, and
        nobody else on the machine can listen. Windows has no such sockets.
        """

        def __init__(self, **arguments: Any) -> None:
            places = {} if os.name == "nt" else {"transport": "ipc", "ip": str(sockets / "kernel")}
            super().__init__(**{**arguments, **places})

        @property
        def kernel_spec(self) -> KernelSpec:
            command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
            return KernelSpec(argv=command, display_name="Python 3", language="python")

    return NotebookClient(
        nbformat.v4.new_notebook(),
        kernel_manager_class=ThisInterpreter,
        resources={"metadata": {"path": str(folder)}},
        timeout=None,
    )


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
    line = 1
    for text in traceback.split("\n"):
        match = _TRACEBACK_LINE.search(text)
        if match:
            line = int(next(group for group in match.groups() if group))
            break
    index = min(skipped + line - 1, len(cell.lines) - 1)
    place: Place = cell.lines[index]
    return RenderError(f"{_named(cell)} fails\n\n{traceback}", place)
