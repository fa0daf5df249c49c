"""One browser for all the tests of this folder that run in one process, and the rendered site.

Pages that nobody changes stay in ``.secondlook/``: the next run makes anew what has changed since.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from tests.render.conftest import one_warm_process

from secondlook.render.dependencies import FOLDER

from .chromium import Chromium, missing_program

__all__ = ["one_warm_process"]

ROOT = Path(__file__).parents[2]
KEPT = ROOT / FOLDER / "tests"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip, with the reason, what needs a browser where there is none."""
    if reason := missing_program():
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def browser() -> Iterator[Chromium]:
    with Chromium() as chromium:
        yield chromium


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[Callable[[str], str]]:
    """How the pages of the site are opened: as files, or from a server if Quarto made them.

    A browser refuses the scripts of Quarto's pages when they are opened as files.
    """
    if 'content="quarto' not in (site / "index.html").read_text(encoding="utf-8"):
        yield lambda name: (site / name).as_uri()
        return
    handler = partial(_Silent, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield lambda name: f"http://127.0.0.1:{server.server_address[1]}/{name}"
        server.shutdown()


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:
        return


@pytest.fixture(scope="session")
def site() -> Path:
    """The site as the embedded engine renders it, or the one that SECONDLOOK_SITE names."""
    if given := os.environ.get("SECONDLOOK_SITE"):
        return Path(given).resolve()
    command = [sys.executable, "-m", "secondlook", "render", "--engine", "embedded"]
    folder = KEPT / "site"
    pages = [page.relative_to(folder) for page in folder.glob("**/*.html")]
    ours = [page for page in pages if "site_libs" not in page.parts]
    if not all((ROOT / page.with_suffix(".qmd")).is_file() for page in ours):
        shutil.rmtree(folder)  # A document is gone: what it left is no page of this site.
    outcome = subprocess.run(
        [*command, "--output", folder], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    return folder
