"""A headless Chromium, driven through chromedriver's WebDriver interface over plain HTTP.

The browser resolves no host name, so that a page which reaches for the network shows it.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from functools import cache
from typing import Any

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND",
]


@cache
def installed_browser() -> str | None:
    """The path of a Chromium that starts: Ubuntu has a command of that name that only points on."""
    return next((path for name in PROGRAMS if (path := _answering(name))), None)


def missing_program() -> str | None:
    """What is not installed, in words with the command that installs it; None if all is there."""
    if not installed_browser():
        return "no Chromium here (Debian: apt-get install chromium chromium-driver)"
    if not _answering("chromedriver"):
        return "no chromedriver here (Debian: apt-get install chromium-driver)"
    return None


@cache
def _answering(name: str) -> str | None:
    path = shutil.which(name)
    if path is None:
        return None
    asked = subprocess.run([path, "--version"], capture_output=True, check=False)
    return path if asked.returncode == 0 else None


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
        self.profile = tempfile.TemporaryDirectory(
            prefix="secondlook-chromium-", ignore_cleanup_errors=True
        )
        port = _free_port()
        self.address = f"http://127.0.0.1:{port}"
        self.driver = subprocess.Popen(
            ["chromedriver", f"--port={port}", "--silent"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._wait_until_ready()
        options = {
            "binary": installed_browser(),
            "args": [*FLAGS, f"--user-data-dir={self.profile.name}"],
        }
        capabilities = {
            "browserName": "chrome",
            "goog:chromeOptions": options,
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
        }
        self.session = ""
        answer = self._ask("POST", "", {"capabilities": {"alwaysMatch": capabilities}})
        self.session = "/" + answer["sessionId"]
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError, RuntimeError):
            self._ask("DELETE", "")
        self.driver.terminate()
        self.driver.wait(timeout=20)
        self.profile.cleanup()

    def open(self, url: str, view: View = DESKTOP) -> None:
        """Open a page and wait until it is laid out; forget what earlier pages logged."""
        self._command(
            "Emulation.setDeviceMetricsOverride",
            width=view.width,
            height=view.height,
            deviceScaleFactor=1,
            mobile=view.width < 600,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if view.dark else "light"}
        still = {"name": "prefers-reduced-motion", "value": "reduce"}
        self._command("Emulation.setEmulatedMedia", features=[scheme, still])
        self._ask("POST", "/url", {"url": "about:blank"})
        self._log("browser")
        self._log("performance")
        self._ask("POST", "/url", {"url": url})
        self.evaluate(
            """
            return Promise.all([document.fonts.ready,
                                ...[...document.images].map(i => i.decode().catch(() => null))])
                .then(() => new Promise(done =>
                    requestAnimationFrame(() => requestAnimationFrame(() => done(null)))));
            """
        )

    def evaluate(self, script: str, *arguments: object) -> Any:
        """Run JavaScript in the page; a promise that it returns is waited for."""
        return self._ask("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def console_errors(self) -> list[str]:
        """What the page reported as an error since it was opened."""
        return [one["message"] for one in self._log("browser") if one["level"] == "SEVERE"]

    def requested_addresses(self) -> list[str]:
        """All that the page asked for since it was opened."""
        events = (json.loads(one["message"])["message"] for one in self._log("performance"))
        return [
            event["params"]["request"]["url"]
            for event in events
            if event["method"] == "Network.requestWillBeSent"
        ]

    def screenshot(self) -> str:
        """The visible part of the page, a PNG in base64."""
        return self._ask("GET", "/screenshot")

    def _log(self, kind: str) -> list[dict[str, Any]]:
        return self._ask("POST", "/se/log", {"type": kind})

    def _command(self, name: str, **params: object) -> Any:
        return self._ask("POST", "/goog/cdp/execute", {"cmd": name, "params": params})

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        request = urllib.request.Request(
            f"{self.address}/session{self.session}{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        try:
            with _DIRECT.open(request, timeout=120) as response:
                return json.load(response)["value"]
        except urllib.error.HTTPError as error:
            problem = json.load(error)["value"]
            raise RuntimeError(f"{problem['error']}: {problem['message']}") from None

    def _wait_until_ready(self) -> None:
        for _ in range(200):
            try:
                with _DIRECT.open(f"{self.address}/status", timeout=5):
                    return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("chromedriver did not start within ten seconds")


# Past a proxy that the environment may name: the driver is on this machine.
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def _free_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return server.getsockname()[1]
