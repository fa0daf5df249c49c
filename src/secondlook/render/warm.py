"""A process that has imported what documents need, and forks a kernel whenever it is asked to.

Importing pandas, plotnine and their like takes two seconds of processor time; this is paid once
instead of once a document. Of the project itself nothing is imported here, so that each kernel
imports the modules of its document, and only those.

``python -m secondlook.render.warm --heavy`` reads requests from its standard input, a line of JSON
each, and answers each with the number of the process. When the input ends, because the renderer is
done or was killed, it ends all kernels and itself, and removes their folders.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import shutil
import signal
import sys
from contextlib import suppress
from importlib import import_module
from typing import Any

# Not imported here: it takes hold of the IPython that imports it.
INLINE = "module://matplotlib_inline.backend_inline"
_KERNEL = (
    "ipykernel.kernelapp", "ipykernel.zmqshell", "ipykernel.debugger", "pdb", "faulthandler",
    "IPython.core.debugger", "tornado.platform.asyncio",
)  # fmt: skip
_HEAVY = (
    "numpy", "pandas", "scipy.special", "scipy.optimize", "matplotlib.pyplot",
    "matplotlib.backends.backend_agg", "plotnine", "great_tables", "yaml",
)  # fmt: skip
_DIE_WITH_PARENT = 1


def main() -> None:
    """Serve until the input ends."""
    requests, answers = os.fdopen(os.dup(0)), os.fdopen(os.dup(1), "w")
    _silence()
    os.environ["MPLBACKEND"] = INLINE
    # A page needs no debugger, whose import takes longer than the rest of a kernel's start.
    sys.modules["debugpy"] = None  # type: ignore[assignment]
    for name in (*_KERNEL, *(_HEAVY if "--heavy" in sys.argv else ())):
        with suppress(ImportError):
            import_module(name)
    # A kernel lives for some seconds and lets go of little: to look for garbage less often pays.
    gc.set_threshold(50_000, 20, 50)
    gc.freeze()
    kernels: dict[int, str] = {}
    signal.signal(signal.SIGCHLD, lambda *_: _forget_the_dead(kernels))
    for line in requests:
        request = json.loads(line)
        # One that ends at once must be known before it is forgotten.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
        process = os.fork()
        if not process:
            requests.close()
            answers.close()
            _become_kernel(request)
        kernels[process] = request["own"]
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
        answers.write(f"{process}\n")
        answers.flush()
    # From here on nobody else takes note: the first that is killed would shorten the list under
    # way, and what the others started would live on.
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    _forget_the_dead(kernels)
    for process, own in kernels.items():
        with suppress(OSError):
            os.killpg(process, signal.SIGKILL)
            os.waitpid(process, 0)
        shutil.rmtree(own, ignore_errors=True)


def _forget_the_dead(kernels: dict[int, str]) -> None:
    """Take note of those that ended: their numbers may be somebody else's from now on."""
    with suppress(ChildProcessError):
        while (process := os.waitpid(-1, os.WNOHANG)[0]) != 0:
            kernels.pop(process, None)


def _silence() -> None:
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)


def _become_kernel(request: dict[str, Any]) -> None:
    """Run a kernel in this process, which ends with it."""
    status = 1
    try:
        os.setsid()
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
        os.environ.clear()
        os.environ.update(request["environment"], JPY_PARENT_PID=str(os.getppid()))
        os.chdir(request["folder"])
        if "numpy" in sys.modules:
            # Every kernel inherits the same state; a document that sets no seed gets chance.
            sys.modules["numpy"].random.seed()
        from ipykernel.kernelapp import IPKernelApp

        IPKernelApp.launch_instance(argv=request["arguments"])
        status = 0
    finally:
        os._exit(status)


if __name__ == "__main__":
    main()
