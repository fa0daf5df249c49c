"""The command line: render the site, check the claims, keep the reference notebooks."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from secondlook import __version__

if TYPE_CHECKING:
    from secondlook.claims.listing import Record

# What the commands need beyond this is imported by them, so that --help answers at once.

Option = Callable[[Callable[..., Any]], Callable[..., Any]]


def _path(name: str, metavar: str, what: str) -> Option:
    return click.option(name, type=click.Path(path_type=Path), metavar=metavar, help=what)


def _format(what: str, *names: str) -> Option:
    """Return the option of how to write what was found; the first name is the default."""
    return click.option("--format", type=click.Choice(names), default=names[0], help=what)


_keys = click.argument("keys", nargs=-1, metavar="[KEY]...")
_root = _path(
    "--root", "DIR", "The folder with data/<key>/; by default the nearest above, or here."
)
_output = _path("--output", "DIR", "Where the site goes, instead of _site.")
_jobs = click.option(
    "--jobs", type=click.IntRange(min=1), metavar="N", default=lambda: os.cpu_count() or 1,
    show_default="as processors", help="So many at a time.",
)  # fmt: skip


@click.group(context_settings={"help_option_names": ["-h", "--help"], "show_default": True})
@click.version_option(__version__, message="%(prog)s %(version)s", prog_name="secondlook")
def app() -> None:
    """Take a second look at printed results: whether every number of a paper holds."""


def main() -> None:
    """Run the program; what the system refuses, such as more output to a full disk, is told."""
    try:
        try:
            app(prog_name="secondlook")
        finally:
            sys.stdout.flush()
    except OSError as error:
        # What could not be written is not tried again when the interpreter ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        what = error.filename or "the output cannot be written"
        click.echo(f"secondlook: {what}: {error.strerror}", err=True)
        sys.exit(2)


@app.command()
@click.argument("documents", nargs=-1, type=click.Path(path_type=Path), metavar="[DOCUMENT]...")
@click.option(
    "--engine", type=click.Choice(("auto", "quarto", "embedded")), default="auto",
    help="auto takes Quarto if it is on PATH, else the embedded engine.",
)  # fmt: skip
@_output
@_jobs
@click.option("--force", is_flag=True, help="Render also what has not changed.")
@_root
def render(
    documents: tuple[Path, ...],
    engine: str,
    output: Path | None,
    jobs: int,
    force: bool,
    root: Path | None,
) -> None:
    """Render reports and decks into a site.

    Those named, or all that the site has.
    """
    from secondlook.render.command import render_command

    _stand_in(root)
    code = render_command(
        list(documents), engine=engine, output=output, jobs=jobs, force=force, root=root
    )
    raise click.exceptions.Exit(code)


@app.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8000, help="0 takes a free one.")
@_output
@_jobs
@_root
def preview(port: int, output: Path | None, jobs: int, root: Path | None) -> None:
    """Show the site, rendered again and reloaded after each save.

    It is served at http://127.0.0.1.
    """
    from secondlook.render.preview import preview_command
    from secondlook.render.problems import RenderError
    from secondlook.render.site import find_root

    _stand_in(root)
    with _refusing((RenderError,)):
        site = find_root(root or Path.cwd())
    code = preview_command(site, output=output.resolve() if output else None, port=port, jobs=jobs)
    raise click.exceptions.Exit(code)


@app.command()
@_keys
@click.option(
    "--only", multiple=True, metavar="WHAT",
    help="Show only `unexpected` claims, or those of a verdict.",
)  # fmt: skip
@click.option("--explain", metavar="ID", help="Explain one claim, down to what is printed.")
@click.option("--watch", is_flag=True, help="Check again when a file changes, until stopped.")
@_format("table for reading; the others for programs.", "table", "json", "csv", "markdown", "junit")
@_root
def check(
    keys: tuple[str, ...],
    only: tuple[str, ...],
    explain: str | None,
    watch: bool,
    format: str,
    root: Path | None,
) -> None:
    """Recompute every claim and hold its verdict to the expected one.

    Of the papers named, or of all. Ends with 0 if all verdicts are as expected, 1 if not, 2 if
    something cannot be read.
    """
    from secondlook import claims

    _stand_in(root)
    wanted = {"unexpected", *claims.VERDICTS}
    if unknown := [each for each in only if each not in wanted]:
        _refuse(f"--only takes unexpected, {', '.join(claims.VERDICTS)}; not {unknown[0]}")
    with _refusing():
        known = claims.keys()
    asked = list(dict.fromkeys(keys or known))
    if unknown := [key for key in asked if key not in known]:
        _refuse(f"no paper {', '.join(unknown)}; there are: {', '.join(known) or 'none'}")
    if watch:
        from secondlook.claims.watch import watch as watching

        with suppress(KeyboardInterrupt):
            watching(keys, click.echo)
    elif explain:
        from secondlook.claims.explain import explanation, found
        from secondlook.files import visible

        with _refusing():
            text = explanation(*found(explain, asked))
        click.echo("\n".join(visible(line) for line in text.split("\n")))
    else:
        raise click.exceptions.Exit(_listed(asked, set(only), format))


def _stand_in(root: Path | None) -> None:
    """Make a folder the root, for this program and for the kernels that it starts."""
    from secondlook import data

    if root is not None:
        if not root.is_dir():
            _refuse(f"--root {root}: there is no such folder")
        os.environ[data.ROOT] = str(root.resolve())


def _listed(asked: list[str], only: set[str], format: str) -> int:
    """Print the claims of papers and return how the program ends."""
    from secondlook.claims import listing
    from secondlook.files import told

    rows: dict[str, list[listing.Record]] = {}
    errors: dict[str, str] = {}
    for key in asked:
        try:
            rows[key] = listing.records(key)
        except (ValueError, OSError, ImportError) as error:
            errors[key] = str(error)
    everything = [row for each in rows.values() for row in each]
    wrong = [row for row in everything if not row["as_expected"]]
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
            verb = "is" if len(wrong) == 1 else "are"
            said = f"{len(wrong)} of {len(everything)} verdicts {verb} not as expected"
            click.secho(said, fg="red", bold=True)
            first = f"{wrong[0]['paper']}:{wrong[0]['id']}"
            click.echo(f"how the first came about: secondlook check --explain {first}")
        elif rows:
            click.echo(f"all {len(everything)} verdicts are as expected")
    elif format == "junit":
        click.echo(listing.as_junit(shown, errors))
    else:
        written = {"json": listing.as_json, "csv": listing.as_csv, "markdown": listing.as_markdown}
        click.echo(written[format](shown))
    for message in errors.values():
        click.echo(told(message), err=True)
    return 2 if errors else 1 if wrong else 0


def _tables(rows: dict[str, list[Record]], shown: dict[str, list[Record]]) -> None:
    import shutil

    from secondlook import claims
    from secondlook.claims.listing import as_table

    # A pipe has no width; a table folded at 80 columns would be hard to search.
    terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if terminal else 140
    colour = terminal and "NO_COLOR" not in os.environ
    for key, each in rows.items():
        if shown[key]:
            click.echo(as_table(key, shown[key], width=width, colour=colour))
        elif each:
            click.echo(key)
        counts = claims.counted(key).items()
        summary = ", ".join(f"{count} {verdict}" for verdict, count in counts if count)
        click.echo(f"{len(each)} claims: {summary}\n")


@app.command()
@click.argument("key")
@click.option("--title", default="", show_default=False, help="The paper's title.")
@click.option("--n", type=int, default=31, help="The number of patients of the example.")
@_root
def new(key: str, title: str, n: int, root: Path | None) -> None:
    """Begin a paper: data, claims and a report that pass.

    They are filled with the paper's own. KEY is its citation key, such as smith-2024.
    """
    from secondlook import data
    from secondlook.new import going_on, new_paper

    there = data.root_or_here(root)
    with _refusing():
        written = new_paper(key, root=there, title=title, n=n)
    for line in going_on(written, there, root, f"check {key}", f"render reports/{key}.qmd"):
        click.echo(line)


@app.command()
@_keys
@_root
def seal(keys: tuple[str, ...], root: Path | None) -> None:
    """Write the hash of each table into its description.

    Of the papers named, or of all, once the tables were read back.
    """
    from secondlook import claims, data

    _stand_in(root)
    with _refusing():
        for key in keys or claims.keys():
            for name in data.seal(key):
                click.echo(f"sealed {name} of {key}")


@app.command()
@click.argument("articles", nargs=-1, required=True, type=click.Path(path_type=Path))
@_format(
    "table for reading, the others for programs and pages.",
    "table", "json", "csv", "html", "markdown",
)  # fmt: skip
@click.option("--all", is_flag=True, help="List what holds as well.")
@_jobs
@_path("--summary", "FILE", "Of several, a row an article: .csv or .parquet.")
@click.option("--draft", metavar="KEY", help="Write data/KEY, a ledger to begin with, instead.")
@_root
def scan(
    articles: tuple[Path, ...],
    format: str,
    all: bool,
    jobs: int,
    summary: Path | None,
    draft: str | None,
    root: Path | None,
) -> None:
    """Say which numbers of an article do not agree with each other.

    ARTICLES are a file (.nxml, .html, .docx, .md, .txt, .csv, .pdf), several, or a folder of them.
    """
    from secondlook.scan.command import scan_command

    code = scan_command(
        articles, format=format, everything=all, jobs=jobs, summary=summary, key=draft, root=root
    )
    raise click.exceptions.Exit(code)


@app.command()
@click.argument("which", metavar="KEY/NAME|FILE.yaml")
@_format("table for reading, json for programs.", "table", "json")
@click.option(
    "--sets", type=click.IntRange(min=0), default=0,
    help="How many data sets that print every number to construct.",
)  # fmt: skip
@click.option("--seed", type=int, default=1, help="From which they are drawn.")
@_path("--csv", "DIR", "Where their CSV files go.")
@_path("--figure", "FILE", "Draw the band of all curves (.svg, .png).")
@_root
def curve(
    which: str,
    format: str,
    sets: int,
    seed: int,
    csv: Path | None,
    figure: Path | None,
    root: Path | None,
) -> None:
    """Ask whether the numbers of a survival curve can hold together.

    The curve is a `curves:` block of a paper, KEY/NAME, or the one of a file. Exit code 0 if they
    can, 1 if they cannot, 3 if it is undecided.
    """
    from rich.console import Console

    from secondlook.admissible.command import curve_command

    _stand_in(root)
    if (csv is None) != (sets == 0):
        _refuse("--sets and --csv go together: how many data sets, and where they go")
    with _refusing():
        try:
            text, code = curve_command(
                which, Console(stderr=True), as_json=format == "json", sets=sets, seed=seed,
                folder=csv, figure=figure,
            )  # fmt: skip
        except KeyboardInterrupt:
            _refuse("interrupted; nothing was written")
    click.echo(text)
    raise click.exceptions.Exit(code)


@app.command()
@click.argument("names", nargs=-1, metavar="[KEY]...")
@click.option(
    "--write", is_flag=True, help="Execute the documents and write their references anew."
)
@_root
def notebooks(names: tuple[str, ...], write: bool, root: Path | None) -> None:
    """Compare the reference notebooks with their documents.

    Those named, or all of the site.
    """
    from secondlook.render.reference_notebooks import notebooks_command

    _stand_in(root)
    raise click.exceptions.Exit(notebooks_command(names, write=write, root=root))


@contextmanager
def _refusing(
    kinds: tuple[type[Exception], ...] = (ValueError, OSError, ImportError),
) -> Iterator[None]:
    """Say what cannot be read or written as the program's last sentence."""
    try:
        yield
    except kinds as error:
        from secondlook.extras import missing

        _refuse(missing(error) if isinstance(error, ImportError) else str(error))


def _refuse(message: str) -> NoReturn:
    from secondlook.files import told

    click.echo(told(message), err=True)
    raise click.exceptions.Exit(2)
