"""The command line: render the site, check the claims, keep the reference notebooks."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Literal, NoReturn

import typer

from secondlook import __version__

# What the commands need beyond this is imported by them, so that --help answers at once.

app = typer.Typer(
    name="secondlook",
    help="A second look at printed results: does every number of a paper hold?",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


ListingFormat = Literal["table", "json", "csv", "markdown", "junit"]
Root = Annotated[
    Path | None,
    typer.Option(
        "--root",
        metavar="DIR",
        help="The folder with data/<key>/; by default the nearest above, or here.",
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option(min=1, metavar="N", help="So many at a time; as processors if not said."),
]
Output = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Where the site goes, instead of _site.")
]


def main() -> None:
    """Run the program; what the system refuses, such as more output to a full disk, is told."""
    try:
        try:
            app()
        finally:
            sys.stdout.flush()
    except OSError as error:
        # What could not be written is not tried again when the interpreter ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        what = error.filename or "the output cannot be written"
        typer.echo(f"secondlook: {what}: {error.strerror}", err=True)
        sys.exit(2)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"secondlook {__version__}")
        raise typer.Exit


@app.callback()
def _program(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Take a second look at printed results."""


@app.command()
def render(
    documents: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[DOCUMENT ...]", help="All documents of the site if none is named."
        ),
    ] = None,
    engine: Annotated[
        Literal["auto", "quarto", "embedded"],
        typer.Option(help="auto takes Quarto if it is on PATH, else the embedded engine."),
    ] = "auto",
    output: Output = None,
    jobs: Jobs = None,
    force: Annotated[
        bool, typer.Option("--force", help="Render also what has not changed.")
    ] = False,
    root: Root = None,
) -> None:
    """Render reports and decks into a site."""
    from secondlook.render.command import render_command

    _stand_in(root)
    code = render_command(
        list(documents or ()), engine=engine, output=output, jobs=jobs or _processors(),
        force=force, root=root,
    )  # fmt: skip
    raise typer.Exit(code)


@app.command()
def preview(
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 8000,
    output: Output = None,
    jobs: Jobs = None,
    root: Root = None,
) -> None:
    """Show the site at http://127.0.0.1, rendered again and reloaded after each save."""
    from secondlook.render.preview import preview_command
    from secondlook.render.problems import RenderError
    from secondlook.render.site import find_root

    _stand_in(root)
    try:
        site = find_root(root or Path.cwd())
    except RenderError as error:
        _refuse(str(error))
    code = preview_command(
        site, output=output.resolve() if output else None, port=port, jobs=jobs or _processors()
    )
    raise typer.Exit(code)


@app.command()
def check(
    keys: Annotated[
        list[str] | None, typer.Argument(metavar="[KEY ...]", help="All papers if none is named.")
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(metavar="WHAT", help="Show only `unexpected` claims, or those of a verdict."),
    ] = None,
    explain: Annotated[
        str, typer.Option(metavar="ID", help="Explain one claim, down to what is printed.")
    ] = "",
    watch: Annotated[
        bool, typer.Option("--watch", help="Check again when a file changes, until stopped.")
    ] = False,
    format: Annotated[
        ListingFormat, typer.Option(help="table for reading; the others for programs.")
    ] = "table",
    root: Root = None,
) -> None:
    """Recompute every claim and compare its verdict with the expected one.

    Ends with 0 if all verdicts are as expected, 1 if not, 2 if something cannot be read.
    """
    from secondlook import claims

    _stand_in(root)
    wanted = {"unexpected", *claims.VERDICTS}
    if unknown := [each for each in only or () if each not in wanted]:
        _refuse(f"--only takes unexpected, {', '.join(claims.VERDICTS)}; not {unknown[0]}")
    try:
        known = claims.keys()
    except ValueError as error:
        _refuse(str(error))
    asked = list(dict.fromkeys(keys or known))
    if unknown := [key for key in asked if key not in known]:
        _refuse(f"no paper {', '.join(unknown)}; there are: {', '.join(known) or 'none'}")
    if watch:
        _watch(keys or [])
    if explain:
        _explain(explain, asked)
    raise typer.Exit(_listed(asked, set(only or ()), format))


def _stand_in(root: Path | None) -> None:
    """Make a folder the root, for this program and for the kernels that it starts."""
    from secondlook import data

    if root is not None:
        if not root.is_dir():
            _refuse(f"--root {root}: there is no such folder")
        os.environ[data.ROOT] = str(root.resolve())


def _processors() -> int:
    return os.cpu_count() or 1


def _watch(keys: list[str]) -> NoReturn:
    from secondlook.claims.watch import watch

    try:
        watch(keys, typer.echo)
    except KeyboardInterrupt:
        raise typer.Exit(0) from None
    raise typer.Exit(0)


def _explain(name: str, asked: list[str]) -> NoReturn:
    from secondlook.claims.explain import explanation, found
    from secondlook.claims.listing import visible

    try:
        text = explanation(*found(name, asked))
    except (ValueError, OSError, ImportError) as error:
        _refuse(str(error))
    typer.echo("\n".join(visible(line) for line in text.split("\n")))
    raise typer.Exit(0)


def _listed(asked: list[str], only: set[str], format: ListingFormat) -> int:
    """Print the claims of papers and return how the program ends."""
    from secondlook.claims import listing

    rows: dict[str, list[dict[str, str | bool]]] = {}
    errors: dict[str, str] = {}
    for key in asked:
        try:
            rows[key] = listing.records(key)
        except (ValueError, OSError, ImportError) as error:
            errors[key] = str(error)
    wrong = sum(not row["as_expected"] for each in rows.values() for row in each)
    total = sum(map(len, rows.values()))
    shown = {
        key: [
            row
            for row in each
            if not only
            or row["verdict"] in only
            or ("unexpected" in only and not row["as_expected"])
        ]
        for key, each in rows.items()
    }
    if format == "table":
        _tables(rows, shown)
        if wrong:
            verb = "is" if wrong == 1 else "are"
            typer.secho(f"{wrong} of {total} verdicts {verb} not as expected", fg="red", bold=True)
            first = next(
                f"{key}:{row['id']}" for key in rows for row in rows[key] if not row["as_expected"]
            )
            typer.echo(f"how the first came about: secondlook check --explain {first}")
        elif rows:
            typer.echo(f"all {total} verdicts are as expected")
    elif format == "junit":
        typer.echo(listing.as_junit(shown, errors))
    else:
        written = {"json": listing.as_json, "csv": listing.as_csv, "markdown": listing.as_markdown}
        typer.echo(written[format](shown))
    for message in errors.values():
        typer.echo(f"secondlook: {listing.visible(message)}", err=True)
    return 2 if errors else 1 if wrong else 0


def _tables(
    rows: dict[str, list[dict[str, str | bool]]], shown: dict[str, list[dict[str, str | bool]]]
) -> None:
    import shutil

    from secondlook.claims.listing import as_table, counts

    # A pipe has no width; a table folded at 80 columns would be hard to search.
    terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if terminal else 140
    colour = terminal and "NO_COLOR" not in os.environ
    for key, each in rows.items():
        if shown[key]:
            typer.echo(as_table(key, shown[key], width=width, colour=colour))
        elif each:
            typer.echo(key)
        summary = ", ".join(f"{count} {verdict}" for verdict, count in counts(each).items())
        typer.echo(f"{len(each)} claims: {summary}\n")


@app.command()
def new(
    key: Annotated[str, typer.Argument(help="The paper's citation key, such as smith-2024.")],
    title: Annotated[str, typer.Option(help="The paper's title.")] = "",
    n: Annotated[int, typer.Option(help="The number of patients of the example.")] = 31,
    root: Root = None,
) -> None:
    """Begin a paper: data, claims and a report that pass, to be filled with the paper's own."""
    from secondlook import data
    from secondlook.new import new_paper

    root = data.root_or_here(root)
    try:
        written = new_paper(key, root=root, title=title, n=n)
    except (ValueError, OSError) as error:
        _refuse(str(error))
    for path in written:
        typer.echo(f"wrote {root / path}")
    typer.echo(f"now: secondlook check {key}, secondlook render reports/{key}.qmd")


@app.command()
def seal(
    keys: Annotated[
        list[str] | None, typer.Argument(metavar="[KEY ...]", help="All papers if none is named.")
    ] = None,
    root: Root = None,
) -> None:
    """Write the hash of each table into its description, once it was read back."""
    from secondlook import claims, data

    _stand_in(root)
    try:
        for key in keys or claims.keys():
            for name in data.seal(key):
                typer.echo(f"sealed {name} of {key}")
    except (ValueError, OSError) as error:
        _refuse(str(error))


@app.command()
def scan(
    article: Annotated[
        Path,
        typer.Argument(
            metavar="ARTICLE",
            help="A file (.nxml, .html, .docx, .md, .txt, .csv, .pdf), or a folder of them.",
        ),
    ],
    format: Annotated[
        Literal["table", "json", "csv", "html", "markdown"],
        typer.Option(help="table for reading, the others for programs and pages."),
    ] = "table",
    all: Annotated[bool, typer.Option("--all", help="List what holds as well.")] = False,
    jobs: Jobs = None,
    summary: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Of a folder, a row an article: .csv or .parquet."),
    ] = None,
    draft: Annotated[
        str | None,
        typer.Option(metavar="KEY", help="Write data/KEY, a ledger to begin with, instead."),
    ] = None,
    root: Root = None,
) -> None:
    """Say which numbers of an article do not agree with each other."""
    from secondlook.scan.command import scan_command

    code = scan_command(
        article,
        format=format,
        everything=all,
        jobs=jobs or _processors(),
        summary=summary,
        key=draft,
        root=root,
    )
    raise typer.Exit(code)


@app.command()
def curve(
    which: Annotated[
        str,
        typer.Argument(
            metavar="KEY/NAME|FILE.yaml", help="A `curves:` block of a paper, or a file with one."
        ),
    ],
    format: Annotated[
        Literal["table", "json"], typer.Option(help="table for reading, json for programs.")
    ] = "table",
    sets: Annotated[
        int, typer.Option(min=0, help="How many data sets that print every number to construct.")
    ] = 0,
    seed: Annotated[int, typer.Option(help="From which they are drawn.")] = 1,
    csv: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where their CSV files go.")
    ] = None,
    figure: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Draw the band of all curves (.svg, .png).")
    ] = None,
    root: Root = None,
) -> None:
    """Ask whether the printed numbers of a survival curve can hold together.

    Exit code 0 if they can, 1 if they cannot, 3 if it is undecided.
    """
    from rich.console import Console

    from secondlook.admissible.command import curve_command

    _stand_in(root)
    if (csv is None) != (sets == 0):
        _refuse("--sets and --csv go together: how many data sets, and where they go")
    try:
        text, code = curve_command(
            which,
            Console(stderr=True),
            as_json=format == "json",
            sets=sets,
            seed=seed,
            folder=csv,
            figure=figure,
        )
    except KeyboardInterrupt:
        _refuse("interrupted; nothing was written")
    except (ValueError, OSError) as error:
        _refuse(str(error))
    typer.echo(text)
    raise typer.Exit(code)


@app.command()
def notebooks(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[KEY ...]", help="All pages of the site if none is named."),
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help="Execute the documents and write their references anew.")
    ] = False,
    root: Root = None,
) -> None:
    """Compare the reference notebooks with their documents, or write them."""
    from secondlook.render.reference_notebooks import notebooks_command

    _stand_in(root)
    raise typer.Exit(notebooks_command(names or (), write=write, root=root))


def _refuse(message: str) -> NoReturn:
    typer.echo(f"secondlook: {message}", err=True)
    raise typer.Exit(2)
