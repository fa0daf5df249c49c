"""What ``secondlook scan`` does, apart from its options."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from secondlook.files import NotWritten, inert, told
from secondlook.scan import listing
from secondlook.scan.reading import SUFFIXES
from secondlook.scan.scanning import SECONDS, scan


def scan_command(
    paths: Sequence[Path],
    *,
    format: str,
    everything: bool,
    jobs: int,
    summary: Path | None,
    key: str | None,
    root: Path | None,
) -> int:
    """Scan a file, several or folders; 1 if something does not hold, else 2 if one is refused."""
    for path in paths:
        if not path.exists():
            return _refused(f"there is no file {path}")
    if len(paths) > 1 or paths[0].is_dir():
        if key is not None or format != "table" or everything:
            return _refused("--draft, --format and --all are of one article, and not of several")
        return _several(paths, jobs=jobs, summary=summary)
    if summary is not None:
        return _refused("--summary is of several articles, and not of one")
    path = paths[0]
    try:
        if key is not None:
            return _draft(path, key, root)
        found = scan(path)
    except NotWritten as error:
        return _refused(str(error))
    except (ValueError, OSError) as error:
        return _refused(f"{path}: {error}")
    except Exception as error:  # a defect of ours must not look like one of the article
        return _refused(
            f"{path}: could not be scanned ({type(error).__name__}: {error}); "
            "this is a defect of secondlook, please report it with the file"
        )
    if format == "table":
        from rich.console import Console

        console = Console(width=None if sys.stdout.isatty() else 160)
        listing.print_table(found, console, everything=everything)
    else:
        others = {"json": listing.as_json, "csv": listing.as_csv, "html": listing.as_html}
        write = others.get(format, listing.as_markdown)
        click.echo(write(found), nl=format == "json")
        if format == "csv" and found.unread:
            click.echo(f"secondlook: {listing.unread(found)}", err=True)
    return 1 if found.count("fails") else 0


def _refused(reason: str) -> int:
    click.echo(told(reason), err=True)
    return 2


def _draft(path: Path, key: str, root: Path | None) -> int:
    from secondlook import data
    from secondlook.new import going_on
    from secondlook.scan.draft import draft

    there = data.root_or_here(root)
    for line in going_on(draft(path, key, root=there), there, root, f"check {key}"):
        click.echo(line)
    return 0


def _several(paths: Sequence[Path], *, jobs: int, summary: Path | None) -> int:
    from secondlook.scan.corpus import articles, refuse_summary, scan_all, write_summary

    try:
        if summary is not None:
            refuse_summary(summary)
        files: dict[Path, None] = {}
        for path in paths:
            found = [path]
            if path.is_dir():
                click.echo(f"looking for articles in {path} and below", err=True)
                found = articles(path)
            if not found:
                known = " ".join(SUFFIXES)
                return _refused(f"{path} holds no article that can be read ({known})")
            files |= dict.fromkeys(found)
    except ValueError as error:
        return _refused(str(error))
    click.echo(
        f"scanning {len(files):,} {'file' if len(files) == 1 else 'files'}, {jobs} at a time "
        f"(--jobs), each for {SECONDS} seconds at most; links and what is hidden are left out",
        err=True,
    )
    frame = scan_all(files, jobs=jobs)
    try:
        if summary is not None:
            write_summary(frame, summary)
    except (ValueError, OSError) as error:
        return _refused(str(error))
    if summary is None:
        click.echo(frame.map(inert).to_csv(index=False), nl=False)
    problems = frame.loc[frame["problem"] != ""]
    for name, problem in zip(problems["file"], problems["problem"], strict=True):
        click.echo(told(f"{name}: {problem}"), err=True)
    click.echo(
        f"{len(frame)} articles, {len(problems)} not read: {frame['numbers'].sum()} numbers, "
        f"{frame['checked'].sum()} checks, {frame['fails'].sum()} do not hold; "
        f"{(frame['unread-tables'] > 0).sum()} name tables that are not in the file",
        err=True,
    )
    return 1 if int(frame["fails"].sum()) else 2 if len(problems) else 0
