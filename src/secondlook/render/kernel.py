"""A kernel of this very interpreter, with figures of the size and sharpness that Quarto gives."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from secondlook.files import is_running
from secondlook.render.document import Document
from secondlook.render.warm import INLINE

# Figures at twice the pixels, as Quarto's `fig-format: retina`.
SETUP = """\
import os as _os, sys as _sys
from secondlook.render.dependencies import watch as _watch
_watch(_os.environ["SECONDLOOK_PROJECT"])
_size = float(_os.environ["QUARTO_FIG_WIDTH"]), float(_os.environ["QUARTO_FIG_HEIGHT"])
_dpi = int(_os.environ["QUARTO_FIG_DPI"]) // 2
try:
    import matplotlib.pyplot as _plt
    from matplotlib_inline.backend_inline import set_matplotlib_formats as _formats
    _plt.rcParams["figure.figsize"] = _size
    _plt.rcParams["figure.dpi"] = _dpi
    _plt.rcParams["savefig.dpi"] = "figure"
    _formats("retina")
except ImportError:
    pass
if "plotnine" in _sys.modules:
    # It reads its options from the environment when it is imported, which was before this document.
    from plotnine.options import set_option as _set
    _set("figure_size", _size)
    _set("dpi", _dpi)
    _set("figure_format", "retina")
%reset -f
"""
WHAT_WAS_READ = "__import__('secondlook.render.dependencies', fromlist=['seen']).seen()"
"""Expression whose value :func:`secondlook.render.dependencies.seen` gives, in the kernel."""

_LONGEST_SOCKET = 90
# Quarto's own: inches of width in a page and in a deck, of height, and dots an inch.
_WIDTHS, _HEIGHT, _DPI = (7.0, 10.0), 5.0, 96


def environment(document: Document, own: Path) -> Mapping[str, str]:
    """Give the environment of a kernel; plotnine reads size and resolution from Quarto's names.

    In its `own` folder no settings and no history of the user's reach a page.
    """
    options = document.options
    return {
        **os.environ,
        "SECONDLOOK_PROJECT": str(document.root),
        "IPYTHONDIR": str(own),
        "MPLBACKEND": INLINE,
        "QUARTO_FIG_WIDTH": str(options.get("fig-width", _WIDTHS[document.is_deck])),
        "QUARTO_FIG_HEIGHT": str(options.get("fig-height", _HEIGHT)),
        "QUARTO_FIG_DPI": str(2 * int(options.get("fig-dpi", _DPI))),
        "QUARTO_FIG_FORMAT": "png",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }


class Kernels:
    """Kernels for documents: forked from one process that has imported what most of them need.

    Where processes cannot be forked safely (not on Linux), each kernel is a process of its own. To
    import pandas, plotnine and their like beforehand (`heavy`) pays from the second document on.
    """

    def __init__(self, *, heavy: bool = True) -> None:
        self._heavy = heavy
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Kernels:
        if sys.platform == "linux":
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "secondlook.render.warm"]
                + (["--heavy"] if self._heavy else []),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                # Ctrl-C is for the renderer, which ends its kernels in order.
                start_new_session=True,
            )
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    pipe.close()
            self._process.wait()

    def fork(
        self, arguments: Sequence[str], folder: str, environment: Mapping[str, str], own: Path
    ) -> int:
        """Start a kernel and give the number of its process; 0 if that is not possible here."""
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            return 0
        request = {
            "arguments": [*arguments],
            "folder": folder,
            "environment": {**environment},
            "own": str(own),
        }
        try:
            with self._lock:
                process.stdin.write(json.dumps(request) + "\n")
                process.stdin.flush()
                return int(process.stdout.readline())
        except (OSError, ValueError):
            return 0


class _Forked:
    """A forked kernel, with what ``jupyter_client`` calls of ``subprocess.Popen``."""

    stdin = stdout = stderr = None

    def __init__(self, process: int) -> None:
        self.pid = process

    def poll(self) -> int | None:
        """Return None while the process lives."""
        return None if is_running(self.pid) else 0

    def wait(self) -> int:
        """Wait for the end."""
        while is_running(self.pid):
            time.sleep(0.01)
        return 0

    def send_signal(self, number: int) -> None:
        """Send a signal; who is gone needs none."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End the process at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask the process to end."""
        self.send_signal(signal.SIGTERM)


def client(folder: Path, own: Path, kernels: Kernels | None = None) -> Any:
    """Make a notebook client whose kernel, of `kernels` or else a new process, is not started yet.

    The kernel works in `folder` and has its sockets and settings in the empty folder `own`.
    """
    import nbformat
    from jupyter_client.kernelspec import KernelSpec
    from jupyter_client.manager import AsyncKernelManager
    from jupyter_client.provisioning.local_provisioner import LocalProvisioner
    from nbclient import NotebookClient

    arguments = ["-f", "{connection_file}", "--HistoryManager.enabled=False"]
    spec = KernelSpec(
        argv=[sys.executable, "-P", "-m", "ipykernel_launcher", *arguments],
        display_name="Python 3",
        language="python",
    )

    class Provisioner(LocalProvisioner):
        """Forks the kernel where that is possible."""

        async def launch_kernel(self, cmd: list[str], **settings: Any) -> Any:
            given = cmd[cmd.index("-f") :]
            number = kernels.fork(given, settings["cwd"], settings["env"], own) if kernels else 0
            if not number:
                return await super().launch_kernel(cmd, **settings)
            self.process = _Forked(number)  # type: ignore[assignment]
            self.pid = self.pgid = number
            return self.connection_info

    class ThisInterpreter(AsyncKernelManager):
        """A kernel of the interpreter that runs this code, whatever Jupyter has registered.

        It speaks over sockets in a folder of its own: no two kernels can catch the same port, and
        nobody else on the machine can listen. Windows has no such sockets, and the name of one
        holds about a hundred characters.
        """

        def __init__(self, **given: Any) -> None:
            address = str(own / "kernel")
            local = os.name != "nt" and len(address) < _LONGEST_SOCKET
            places = {"transport": "ipc", "ip": address} if local else {}
            given = {**given, **places, "connection_file": str(own / "kernel.json")}
            super().__init__(**given)
            self.provisioner = Provisioner(kernel_id="", kernel_spec=spec, parent=self)

        @property
        def kernel_spec(self) -> KernelSpec:
            return spec

    return NotebookClient(
        nbformat.v4.new_notebook(),
        kernel_manager_class=ThisInterpreter,
        resources={"metadata": {"path": str(folder)}},
        timeout=None,
    )
