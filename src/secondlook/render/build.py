"""Render documents: read, execute, convert, and only then replace the page that was there."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

from secondlook.render.convert import convert
from secondlook.render.document import read_document
from secondlook.render.execution import execute
from secondlook.render.pages import install_reveal, write_deck, write_page
from secondlook.render.problems import RenderError
from secondlook.render.site import Site, option_levels, page_path

Progress = Callable[[Path, str, int, int], None]
"""Called with (document, what is done to it, cells done, cells in all)."""


@dataclass(frozen=True)
class Outcome:
    """What became of a document: a page, or the reason why there is none."""

    source: Path
    page: Path | None
    problem: RenderError | None = None


def render_documents(
    site: Site, sources: Sequence[Path], *, jobs: int = 1, progress: Progress | None = None
) -> list[Outcome]:
    """Render documents with the embedded engine.

    Parameters
    ----------
    site
        The project they belong to.
    sources
        Documents.
    jobs
        How many at a time; each has a kernel of its own.
    progress
        Told of each step.

    Returns
    -------
    list of Outcome
        In the order of `sources`. A document that fails leaves its former page as it was.
    """
    tell = progress or _silent
    stop = threading.Event()
    pool = ThreadPoolExecutor(max_workers=max(1, jobs))
    try:
        futures = [pool.submit(_attempt, site, source, tell, stop) for source in sources]
        return [future.result() for future in futures]
    except BaseException:
        stop.set()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def render_document(
    site: Site,
    source: Path,
    progress: Progress | None = None,
    stop: threading.Event | None = None,
) -> Path:
    """Render one document and give the path of its page.

    Raises
    ------
    RenderError
        Naming file and line; the former page is then still in place.
    """
    tell = progress or _silent
    tell(source, "reads", 0, 1)
    document = read_document(source, site.root, option_levels(site, source))
    executed = execute(document, lambda done, total: tell(source, "runs", done, total), stop)
    tell(source, "writes", 1, 1)
    target = site.output / page_path(site, source)
    with as_file(files("secondlook.render.assets").joinpath("parts.html")) as template:
        parts = convert(document, executed, site.root, template)
    text = (
        write_deck(site, document, parts) if document.is_deck else write_page(site, document, parts)
    )
    if document.is_deck:
        install_reveal(site.output)
    replace(target, text)
    tell(source, "done", 1, 1)
    return target


def replace(target: Path, text: str) -> None:
    """Write a file so that it is either the former one or the new one, never half of it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=target.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        # mkstemp makes files that only their owner may read; a page is for a web server too.
        os.chmod(name, 0o644)
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _attempt(site: Site, source: Path, tell: Progress, stop: threading.Event) -> Outcome:
    try:
        return Outcome(source, render_document(site, source, tell, stop))
    except RenderError as problem:
        tell(source, "failed", 1, 1)
        return Outcome(source, None, problem)


def _silent(source: Path, step: str, done: int, total: int) -> None:
    return None
