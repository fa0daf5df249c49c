"""A headless Chromium, driven through a pipe by its DevTools protocol.

There is no port and no driver between, so that it works on a machine without any network. The
browser resolves no host name: a page that reaches for the network shows it.
"""

from __future__ import annotations

import base64
import contextlib
import fcntl
import json
import os
import select
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--headless",
    "--remote-debugging-pipe",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-popup-blocking",
    "--disable-sync",
    "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
SECONDS = 120.0

LAID_OUT = """
return Promise.all([document.fonts.ready,
                    ...[...document.images].map(i => i.decode().catch(() => null))])
    .then(() => new Promise(done =>
        requestAnimationFrame(() => requestAnimationFrame(() => done(null)))));
"""


@cache
def installed_browser() -> str | None:
    """The path of a Chromium that starts: Ubuntu has a command of that name that only points on."""
    for path in filter(None, map(shutil.which, PROGRAMS)):
        if subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0:
            return path
    return None


def missing_program() -> str | None:
    """What is not installed, in words with the command that installs it; None if all is there."""
    if installed_browser():
        return None
    return "no Chromium here (Debian: apt-get install chromium)"


@dataclass(frozen=True)
class View:
    """How a page is looked at."""

    name: str
    width: int
    height: int
    dark: bool = False

    def __str__(self) -> str:
        return f"{self.name}, {'dark' if self.dark else 'light'}"


DESKTOP = View("desktop", 1280, 800)
PHONE = View("phone", 390, 844)
VIEWS = [DESKTOP, PHONE, View("desktop", 1280, 800, dark=True), View("phone", 390, 844, dark=True)]
PROJECTOR = View("projector", 1280, 720)


class Chromium:
    """One browser with a profile of its own; a context manager that ends what it started."""

    def __enter__(self) -> Chromium:
        program = installed_browser()
        if program is None:
            raise RuntimeError(missing_program())
        self.profile = tempfile.TemporaryDirectory(
            prefix="secondlook-chromium-", ignore_cleanup_errors=True
        )
        self.pipe = _start([program, *FLAGS, f"--user-data-dir={self.profile.name}"])
        target = self.pipe.ask("Target.createTarget", url="about:blank")
        attached = self.pipe.ask("Target.attachToTarget", flatten=True, **target)
        self.pipe.session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.pipe.ask(f"{domain}.enable")
        return self

    def __exit__(self, *_: object) -> None:
        self.pipe.end()
        self.profile.cleanup()

    def open(self, url: str, view: View = DESKTOP) -> None:
        """Open a page and wait until it is laid out; forget what earlier pages reported."""
        self.pipe.ask(
            "Emulation.setDeviceMetricsOverride",
            width=view.width,
            height=view.height,
            deviceScaleFactor=1,
            mobile=view.width < 600,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if view.dark else "light"}
        still = {"name": "prefers-reduced-motion", "value": "reduce"}
        self.pipe.ask("Emulation.setEmulatedMedia", features=[scheme, still])
        self._load("about:blank")
        self.pipe.events.clear()
        self._load(url)
        self.evaluate(LAID_OUT)

    def evaluate(self, script: str, *arguments: object) -> Any:
        """Run the body of a JavaScript function; a promise that it returns is waited for."""
        answer = self.pipe.ask(
            "Runtime.evaluate",
            expression=f"(function () {{{script}\n}})(...{json.dumps(arguments)})",
            awaitPromise=True,
            userGesture=True,
            returnByValue=True,
        )
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"]["exception"]["description"])
        return answer["result"].get("value")

    def console_errors(self) -> list[str]:
        """What the page reported as an error since it was opened."""
        return [message for event in self.pipe.events for message in _errors_in(event)]

    def requested_addresses(self) -> list[str]:
        """All that the page asked for since it was opened."""
        return [
            event["params"]["request"]["url"]
            for event in self.pipe.events
            if event["method"] == "Network.requestWillBeSent"
        ]

    def screenshot(self) -> str:
        """The visible part of the page, a PNG in base64."""
        return self.pipe.ask("Page.captureScreenshot")["data"]

    def printed(self) -> bytes:
        """The page as a PDF."""
        told = self.pipe.ask("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
        return base64.b64decode(told["data"])

    def _load(self, url: str) -> None:
        earlier = len(self.pipe.events)
        answer = self.pipe.ask("Page.navigate", url=url)
        if "errorText" in answer:
            raise RuntimeError(f"{url}: {answer['errorText']}")
        self.pipe.wait_for("Page.loadEventFired", earlier)


def _errors_in(event: dict[str, Any]) -> Iterator[str]:
    params = event["params"]
    match event["method"]:
        case "Runtime.exceptionThrown":
            details = params["exceptionDetails"]
            yield details.get("exception", {}).get("description", details["text"])
        case "Runtime.consoleAPICalled" if params["type"] == "error":
            yield " ".join(str(one.get("value", one.get("description"))) for one in params["args"])
        case "Log.entryAdded" if params["entry"]["level"] == "error":
            yield f"{params['entry']['text']} {params['entry'].get('url', '')}"


class Pipe:
    """The protocol itself: a question has an answer, and events come in between."""

    def __init__(self, process: int, read: int, write: int) -> None:
        self.process, self.read, self.write = process, read, write
        self.session: str | None = None
        self.events: list[dict[str, Any]] = []
        self.asked = 0
        self.rest = b""

    def ask(self, method: str, **params: object) -> dict[str, Any]:
        self.asked += 1
        message: dict[str, Any] = {"id": self.asked, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self.write, data) :]
        while True:
            received = self._receive(method)
            if received.get("id") == self.asked:
                if "error" in received:
                    raise RuntimeError(f"{method}: {received['error']['message']}")
                return received["result"]

    def wait_for(self, event: str, earlier: int) -> None:
        """Wait until an event is among those that follow the `earlier` first ones."""
        while not any(one["method"] == event for one in self.events[earlier:]):
            self._receive(event)

    def end(self) -> None:
        """Ask the browser to close, and end it if it does not."""
        self.session = None
        with contextlib.suppress(OSError, RuntimeError):
            self.ask("Browser.close")
        for _ in range(100):
            if os.waitpid(self.process, os.WNOHANG)[0]:
                break
            select.select([], [], [], 0.1)
        else:
            os.kill(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)
        os.close(self.read)
        os.close(self.write)

    def _receive(self, awaited: str) -> dict[str, Any]:
        while b"\0" not in self.rest:
            if not select.select([self.read], [], [], SECONDS)[0]:
                raise RuntimeError(f"Chromium did not answer within {SECONDS:.0f} s: {awaited}")
            data = os.read(self.read, 1 << 20)
            if not data:
                raise RuntimeError(f"Chromium ended before it answered: {awaited}")
            self.rest += data
        message, self.rest = self.rest.split(b"\0", 1)
        received: dict[str, Any] = json.loads(message)
        if "method" in received:
            self.events.append(received)
        return received


def _start(command: list[str]) -> Pipe:
    """Start Chromium, which reads the protocol from its descriptor 3 and writes it to 4."""
    their_read, our_write = os.pipe()
    our_read, their_write = os.pipe()
    silence = os.open(os.devnull, os.O_RDWR)
    # First out of the way of 3 and 4, which the pipes themselves may have.
    high = [fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 10) for fd in (their_read, their_write)]
    actions = [
        (os.POSIX_SPAWN_DUP2, high[0], 3),
        (os.POSIX_SPAWN_DUP2, high[1], 4),
        (os.POSIX_SPAWN_DUP2, silence, 1),
        (os.POSIX_SPAWN_DUP2, silence, 2),
    ]
    process = os.posix_spawn(command[0], command, os.environ, file_actions=actions)
    for fd in (their_read, their_write, silence, *high):
        os.close(fd)
    return Pipe(process, our_read, our_write)
