"""``secondlook render``: choose the engine, show progress, say where to look."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from secondlook.render.build import Outcome, render_documents
from secondlook.render.problems import RenderError, tell
from secondlook.render.site import Site, documents, find_root, read_site
from secondlook.render.source import shown


def render_command(
    sources: Sequence[Path],
    *,
    engine: str,
    output: Path | None,
    jobs: int,
    force: bool = False,
    root: Path | None = None,
) -> int:
    """Render documents, all if none is named, with the engine `auto`, `quarto` or `embedded`.

    The site is the one that `root` lies in, or the first document, or the working directory.

    Returns the exit code: 0, 1 if a document failed, 2 if there is nothing to render.
    """
    try:
        stood = root or (sources[0].resolve().parent if sources else Path.cwd())
        site = read_site(find_root(stood), output.resolve() if output else None)
        if quarto := _quarto(engine):
            return _with_quarto(quarto, site, sources, output)
        chosen = [source.resolve() for source in sources] or documents(site)
        if not chosen:
            raise RenderError("_quarto.yml names no document that exists")
    except RenderError as error:
        tell(f"secondlook: {error}")
        return 2
    try:
        outcomes = _with_progress(site, chosen, jobs, force)
    except KeyboardInterrupt:
        tell("secondlook: stopped; pages that were not done are as they were")
        return 130
    return _told(outcomes, site)


def _quarto(engine: str) -> str | None:
    if engine == "embedded":
        return None
    found = shutil.which("quarto")
    if engine == "quarto" and not found:
        raise RenderError("no quarto on PATH; install it, or leave out --engine quarto")
    return found


def _with_quarto(program: str, site: Site, sources: Sequence[Path], output: Path | None) -> int:
    names = [os.path.relpath(source.resolve(), site.root) for source in sources]
    # Quarto's kernel is this interpreter, unless somebody chose another one.
    environment = {"QUARTO_PYTHON": sys.executable, **os.environ}
    folder = ["--output-dir", str(output.resolve())] if output else []
    for named in [[name] for name in names] or [[]]:
        command = [program, "render", *named, *folder]
        code = subprocess.run(command, cwd=site.root, env=environment, check=False).returncode
        if code:
            return 1
    made = shown(output or site.output, Path.cwd())
    print(
        f"Rendered into {made}; look at it with `quarto preview`, or through "
        f"`python -m http.server --directory {made}`: "
        "browsers refuse Quarto's scripts in a page that is opened as a file"
    )
    return 0


def _with_progress(site: Site, chosen: Sequence[Path], jobs: int, force: bool) -> list[Outcome]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TextColumn("{task.fields[step]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as display:
        tasks = {
            path: display.add_task(str(shown(path, site.root)), total=1, step="waits", start=False)
            for path in chosen
        }

        def progress(path: Path, step: str, done: int, total: int) -> None:
            if step in ("reads", "unchanged"):
                display.start_task(tasks[path])
            display.update(tasks[path], step=step, completed=done, total=total)
            if step in ("done", "failed", "unchanged"):
                display.stop_task(tasks[path])
                if not console.is_terminal:
                    print(f"{shown(path, site.root).as_posix()}: {step}", flush=True)

        return render_documents(site, chosen, jobs=jobs, force=force, progress=progress)


def _told(outcomes: Sequence[Outcome], site: Site) -> int:
    failed = [each for each in outcomes if each.problem]
    for each in failed:
        tell(f"\n{each.problem}")
    if failed:
        kept = "its former page, if there was one, is still in place"
        tell(f"\n{len(failed)} of {len(outcomes)} not rendered ({kept})", "bold red")
    if pages := [each.page for each in outcomes if each.page]:
        index = site.output / "index.html"
        page = index if len(pages) > 1 and index.is_file() else pages[-1]
        print(f"Open {page.resolve().as_uri()} in your browser")
    return 1 if failed else 0
