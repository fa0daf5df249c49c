"""A kernel of this very interpreter, with figures of the size and sharpness that Quarto gives."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from secondlook.render.document import Document

# Figures at twice the pixels, as Quarto's `fig-format: retina`.
SETUP = """\
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
_LONGEST_SOCKET = 90
_PAGE_WIDTH, _SLIDE_WIDTH, _HEIGHT, _DPI = 7.0, 10.0, 5.0, 96


def figure_size(document: Document) -> tuple[float, float]:
    """Give the size of a document's figures in inches, where a cell does not say its own."""
    options = document.options
    width = _SLIDE_WIDTH if document.is_deck else _PAGE_WIDTH
    return float(options.get("fig-width", width)), float(options.get("fig-height", _HEIGHT))


def resize(size: tuple[float, float]) -> str:
    """Write the code that sets the size of the figures to come."""
    return _FIGURE_SIZE.format(size=size)


def environment(document: Document) -> Mapping[str, str]:
    """Give the environment of a kernel; plotnine reads size and resolution from Quarto's names."""
    width, height = figure_size(document)
    return {
        **os.environ,
        "QUARTO_FIG_WIDTH": str(width),
        "QUARTO_FIG_HEIGHT": str(height),
        "QUARTO_FIG_DPI": str(2 * int(document.options.get("fig-dpi", _DPI))),
        "QUARTO_FIG_FORMAT": "png",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }


def client(folder: Path, sockets: Path) -> Any:
    """Make a notebook client whose kernel is not started yet.

    Parameters
    ----------
    folder
        Where the kernel works.
    sockets
        An empty folder for the kernel's sockets.
    """
    import nbformat
    from jupyter_client.kernelspec import KernelSpec
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient

    class ThisInterpreter(AsyncKernelManager):
        """A kernel of the interpreter that runs this code, whatever Jupyter has registered.

        It speaks over sockets in a folder of its own: no two kernels can catch the same port, and
        nobody else on the machine can listen. Windows has no such sockets, and the name of one
        holds about a hundred characters.
        """

        def __init__(self, **arguments: Any) -> None:
            address = str(sockets / "kernel")
            local = os.name != "nt" and len(address) < _LONGEST_SOCKET
            places = {"transport": "ipc", "ip": address} if local else {}
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
