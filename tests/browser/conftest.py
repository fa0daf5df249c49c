"""One browser for all the tests of this folder that run in one process, and the rendered site.

Pages that nobody changes stay in ``.secondlook/``: the next run makes anew what has changed since.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import nbformat
import pytest
from tests.render.conftest import one_warm_process

from secondlook.files import replace
from secondlook.render.build import render_documents
from secondlook.render.dependencies import FOLDER
from secondlook.render.document import Document
from secondlook.render.execution import execute
from secondlook.render.reference_notebooks import notebook
from secondlook.render.site import documents, page_path, read_site

from .chromium import Chromium, missing_program

__all__ = ["one_warm_process"]

ROOT = Path(__file__).parents[2]
KEPT = ROOT / FOLDER / "tests" / "site"


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
def rendered() -> Path:
    """The site as the embedded engine renders it, beside each page the notebook it was made from.

    Each document is executed once, for the browser and for the comparison with its reference.
    """
    site = read_site(ROOT, KEPT)
    sources = {site.output / page_path(site, source): source for source in documents(site)}
    for page in site.output.glob("**/*.html"):
        whole = page in sources and page.with_suffix(".ipynb").is_file()
        if not whole and "site_libs" not in page.parts:
            page.unlink()

    def executed_and_kept(document: Document, *settings: Any) -> Any:
        executed, read = execute(document, *settings)
        page = site.output / page_path(site, document.path)
        replace(page.with_suffix(".ipynb"), nbformat.writes(notebook(executed)))
        return executed, read

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("secondlook.render.build.execute", executed_and_kept)
        outcomes = render_documents(site, list(sources.values()), jobs=os.cpu_count() or 1)
    assert [str(each.problem) for each in outcomes if each.problem] == []
    return site.output


@pytest.fixture(scope="session")
def site(request: pytest.FixtureRequest) -> Path:
    """The rendered site, or the one that SECONDLOOK_SITE names."""
    if given := os.environ.get("SECONDLOOK_SITE"):
        return Path(given).resolve()
    return request.getfixturevalue("rendered")
