"""What ``secondlook scan`` does, apart from its options."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from secondlook.files import NotWritten
from secondlook.scan import listing
from secondlook.scan.scanning import scan


def scan_command(
    path: Path,
    *,
    format: str,
    everything: bool,
    jobs: int,
    summary: Path | None,
    key: str | None,
    root: Path | None,
) -> int:
    """Scan a file or a folder; 1 if something does not hold, 2 if it is refused."""
    if path.is_dir():
        return _folder(path, jobs=jobs, summary=summary)
    if not path.exists():
        click.echo(f"secondlook: there is no file {path}", err=True)
        return 2
    try:
        if key is not None:
            return _draft(path, key, root)
        found = scan(path)
    except NotWritten as error:
        click.echo(f"secondlook: {error}", err=True)
        return 2
    except (ValueError, OSError) as error:
        click.echo(f"secondlook: {path}: {error}", err=True)
        return 2
    except Exception as error:  # a defect of ours must not look like one of the article
        kind = type(error).__name__
        click.echo(
            f"secondlook: {path}: could not be scanned ({kind}: {error}); "
            "this is a defect of secondlook, please report it with the file",
            err=True,
        )
        return 2
    if format == "table":
        from rich.console import Console

        console = Console(width=None if sys.stdout.isatty() else 160)
        listing.print_table(found, console, everything=everything)
    else:
        write = {
            "json": listing.as_json,
            "csv": listing.as_csv,
            "html": listing.as_html,
            "markdown": listing.as_markdown,
        }[format]
        click.echo(write(found), nl=format == "json")
    return 1 if found.count("fails") else 0


def _draft(path: Path, key: str, root: Path | None) -> int:
    from secondlook import data
    from secondlook.scan.draft import draft

    root = data.root_or_here(root)
    for written in draft(path, key, root=root):
        click.echo(f"wrote {root / written}")
    click.echo(f"now: secondlook check {key}")
    return 0


def _folder(folder: Path, *, jobs: int, summary: Path | None) -> int:
    from secondlook.scan.corpus import articles, scan_all, write_summary

    files = articles(folder)
    if not files:
        click.echo(f"secondlook: {folder} holds no article that can be read", err=True)
        return 2
    frame = scan_all(files, jobs=jobs)
    try:
        if summary is not None:
            write_summary(frame, summary)
    except (ValueError, OSError) as error:
        click.echo(f"secondlook: {error}", err=True)
        return 2
    if summary is None:
        click.echo(frame.map(listing.inert).to_csv(index=False), nl=False)
    problems = frame.loc[frame["problem"] != ""]
    for name, problem in zip(problems["file"], problems["problem"], strict=True):
        click.echo(f"secondlook: {name}: {problem}", err=True)
    click.echo(
        f"{len(frame)} articles, {len(problems)} not read: {frame['numbers'].sum()} numbers, "
        f"{frame['checked'].sum()} checks, {frame['fails'].sum()} do not hold",
        err=True,
    )
    return 1 if int(frame["fails"].sum()) else 0
