"""What ``secondlook scan`` does, apart from its options."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from secondlook.scan import listing
from secondlook.scan.scanning import scan


def scan_command(path: Path, *, format: str, everything: bool) -> int:
    """Scan a file and print what was found; 1 if something does not hold, 2 if it is refused."""
    try:
        found = scan(path)
    except (ValueError, OSError) as error:
        typer.echo(f"secondlook: {path}: {error}", err=True)
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
        typer.echo(write(found), nl=format == "json")
    return 1 if found.count("fails") else 0
