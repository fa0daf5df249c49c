"""Render documents: read, execute, convert, and only then replace the page that was there."""

from __future__ import annotations

import threading
import time
import traceback
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from secondlook.extras import missing
from secondlook.files import NotWritten, remove_leftovers, replace
from secondlook.render.convert import convert
from secondlook.render.dependencies import Memory, note, recording
from secondlook.render.document import read_document
from secondlook.render.execution import Stopped, execute
from secondlook.render.kernel import Kernels
from secondlook.render.pages import install_reveal, write_deck, write_page
from secondlook.render.problems import Place, RenderError
from secondlook.render.site import CONFIG, Site, option_levels, page_path
from secondlook.render.source import shown

Progress = Callable[[Path, str, int, int], object]
"""Called with (document, what is done to it, cells done, cells in all)."""


@dataclass(frozen=True)
class Outcome:
    """What became of a document: a page, or the reason why there is none."""

    source: Path
    page: Path | None
    problem: RenderError | None = None
    made: bool = True


class Renderer:
    """Renders the documents of a site, each anew only if something that it depends on changed.

    `jobs` documents at a time, each in a kernel of its own; `force` renders also what has not
    changed; `progress` is told of each step; `warm` makes ready for kernels before any document
    asks for one.
    """

    def __init__(
        self,
        site: Site,
        *,
        jobs: int = 1,
        force: bool = False,
        progress: Progress = lambda source, step, done, total: None,
        warm: bool = False,
    ) -> None:
        self.site = site
        self.jobs = max(1, jobs)
        self.force = force
        self.tell = progress
        self.stop = threading.Event()
        self._open = ExitStack()
        self._kernels = self._open.enter_context(Kernels()) if warm else None

    def __enter__(self) -> Renderer:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        self._open.close()

    def render(self, sources: Sequence[Path]) -> list[Outcome]:
        """Render documents; one that fails leaves its former page as it was."""
        remove_leftovers(self.site.output)
        memory = Memory(self.site.root, self.site.output)
        remove_leftovers(memory.folder)
        current = {
            source: not self.force and memory.is_current(source, self._page(source))
            for source in sources
        }
        anew = list(current.values()).count(False)
        if anew and self._kernels is None:
            self._kernels = self._open.enter_context(Kernels(heavy=anew > 1))
        # The front page last: what it asks of every paper, their own pages have computed by then.
        order = sorted(sources, key=lambda source: source.name == "index.qmd")
        with ThreadPoolExecutor(max_workers=self.jobs) as pool:
            try:
                futures = {
                    each: pool.submit(self._attempt, each, memory, current[each]) for each in order
                }
                return [futures[each].result() for each in sources]
            except BaseException:
                self.stop.set()
                pool.shutdown(cancel_futures=True)
                raise

    def _page(self, source: Path) -> Path:
        return self.site.output / page_path(self.site, source)

    def _attempt(self, source: Path, memory: Memory, current: bool) -> Outcome:
        if current:
            self.tell(source, "unchanged", 1, 1)
            return Outcome(source, self._page(source), made=False)
        try:
            return Outcome(source, self._made(source, memory))
        except Stopped:
            raise
        except RenderError as error:
            problem = error
        except (NotWritten, ModuleNotFoundError) as error:
            told = str(error) if isinstance(error, NotWritten) else missing(error)
            problem = RenderError(told, Place(shown(source, self.site.root)))
        except Exception as error:
            # A fault of this engine, or of the disk: it concerns this document and no other.
            told = traceback.format_exception_only(error)[-1].strip()
            where = traceback.extract_tb(error.__traceback__)[-1]
            told += f" (in {Path(where.filename).name}, line {where.lineno})"
            problem = RenderError(told, Place(shown(source, self.site.root)))
        self.tell(source, "failed", 1, 1)
        return Outcome(source, None, problem)

    def _made(self, source: Path, memory: Memory) -> Path:
        begun = time.time()
        site, target = self.site, self._page(source)
        self.tell(source, "reads", 0, 1)
        with recording(site.root) as reads:
            note(site.root / CONFIG)
            document = read_document(source, site.root, option_levels(site, source))
        executed, read = execute(
            document,
            lambda done, total: self.tell(source, "runs", done, total),
            self.stop,
            self._kernels,
        )
        self.tell(source, "writes", 1, 1)
        with recording(site.root, reads):
            write = write_deck if document.is_deck else write_page
            text = write(site, document, convert(document, executed))
        # What this engine starts, such as pandoc, is known; what a kernel starts is not.
        reads.opaque.clear()
        reads.add(read)
        if document.is_deck:
            install_reveal(site.output)
        replace(target, text)
        memory.keep(source, text, reads, begun)
        self.tell(source, "done", 1, 1)
        return target


def render_documents(
    site: Site,
    sources: Sequence[Path],
    *,
    jobs: int = 1,
    force: bool = False,
    progress: Progress = lambda source, step, done, total: None,
) -> list[Outcome]:
    """Render documents with the embedded engine, as :class:`Renderer` does."""
    with Renderer(site, jobs=jobs, force=force, progress=progress) as renderer:
        return renderer.render(sources)
