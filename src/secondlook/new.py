"""Begin a paper: a folder that passes, to be filled with the paper's own numbers.

``secondlook new smith-2024 --title "..." --n 31`` writes ``data/smith-2024/`` and
``reports/smith-2024.qmd`` under the root, and where there is no root yet the few files that a site
needs. Nothing that is there already is written over, and nothing is left half-written.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shlex
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from fractions import Fraction
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from secondlook import data, printed
from secondlook.files import part_in, remove_leftovers, writing

_MARKUP = re.compile(r"[\\`*_{}\[\]<>$#|~^@]")
_PACKAGE = files("secondlook")
_STYLES = (
    "favicon.svg",
    "site.css",
    "site.html",
    "tables.css",
    "deck.css",
    "deck.html",
    "light.scss",
    "dark.scss",
    "quarto.scss",
)


def new_paper(key: str, *, root: Path, title: str = "", n: int = 31) -> list[Path]:
    """Write a paper that passes and return the files written, relative to the root.

    The root holds, or is to hold, ``data/`` and ``reports/``; `n` are the patients of the example.
    """
    if n < 6:
        raise ValueError(f"the example's five groups need at least 6 patients; got {n}")
    return begin(key, _paper(key, title or "The title of the paper", n), root=root)


def refuse(key: str, root: Path, *, report: str | None = None) -> None:
    """Refuse, with a ValueError, a key that is none, or a paper that is there already.

    A report without its data that says what would be written (`report`; None where that is not
    known yet) is none: a run left it whose disk became read-only, or that was killed.
    """
    if not data.is_key(key):
        raise ValueError(f"a key is lower-case words joined by hyphens (smith-2024); got {key!r}")
    there = root / "reports" / f"{key}.qmd"
    if (root / "data" / key).exists():
        there = root / "data" / key
    elif not there.exists() or (
        there.is_file() and (report is None or there.read_bytes() == report.encode())
    ):
        return
    raise ValueError(f"{there} is there already; nothing was written")


def begin(key: str, written: Mapping[str, str], *, root: Path) -> list[Path]:
    """Place the files of a paper, path under the root -> text, and of a site where there is none.

    Returns the paths. A key that is none, or a paper that is there already, is a ValueError.
    """
    refuse(key, root, report=written[f"reports/{key}.qmd"])
    if not (root / "_quarto.yml").exists():
        site = {path: text for path, text in _site().items() if not (root / path).exists()}
        written = site | dict(written)
    _place(written, root)
    return [Path(path) for path in written]


def going_on(
    written: Iterable[Path], root: Path, named: Path | None, *commands: str
) -> Iterator[str]:
    """Give what to tell of a paper that was begun: its files, and the commands to go on with.

    These name the root again if it was named.
    """
    where = "" if named is None else f" --root {shlex.quote(str(named))}"
    yield from (f"wrote {root / path}" for path in written)
    yield "now: " + ", ".join(f"secondlook {command}{where}" for command in commands)


def _paper(key: str, title: str, n: int) -> dict[str, str]:
    """Return the files of a paper: path under the root -> text."""
    women, complete, partial = 2 * n // 5, n // 3, n // 6
    counts = {
        "women": women,
        "men": n - women,
        "complete": complete,
        "partial": partial,
        "unchanged": n - complete - partial,
        "responders": complete + partial,
    }
    percents = {
        f"{name}_percent": printed.show(Fraction(100 * count, n), like="0.0")
        for name, count in counts.items()
    }
    known: dict[str, object] = {
        "key": key,
        "title": _quoted(title),
        "n": n,
        **counts,
        **percents,
        "response_percent": percents["responders_percent"],
    }
    texts = _texts(_PACKAGE / "template" / "paper")
    table = texts["table-1.csv"].format(**known)
    known["hash"] = hashlib.sha256(table.encode()).hexdigest()
    in_data = {f"data/{key}/{name}": text.format(**known) for name, text in texts.items()}
    claims = 'Of `{python} printed["n"]` patients `{python} printed["orr"]`% responded.'
    entered = "Table 1 was entered from the article and read back against it."
    return in_data | {f"reports/{key}.qmd": report(key, title, claims=claims, data=entered)}


def report(key: str, title: str, *, claims: str, data: str, more: str = "") -> str:
    """Return a report: what the paper claims, what is said of its data, what is `more` to say."""
    return (_PACKAGE / "template" / "report.qmd").read_text(encoding="utf-8").format(
        key=key, name=key.replace("-", " ").title(),
        plain_title=_quoted(_MARKUP.sub(r"\\\g<0>", title)),
        claims=claims, data=data, more=more,
    )  # fmt: skip


def _site() -> dict[str, str]:
    """Return the files that a site needs beside its papers: path under the root -> text."""
    styles, texts = _PACKAGE / "styles", _texts(_PACKAGE / "template" / "site")
    texts["reports/slides/_metadata.yml"] = texts.pop("_metadata.yml")
    return texts | {
        f"styles/{name}": (styles / name).read_text(encoding="utf-8") for name in _STYLES
    }


def _texts(folder: Traversable) -> dict[str, str]:
    return {
        item.name: item.read_text(encoding="utf-8")
        for item in sorted(folder.iterdir(), key=lambda item: item.name)
        if item.is_file()
    }


def _quoted(title: str) -> str:
    """Return a title as YAML reads it back, whatever it holds; JSON's strings are YAML's."""
    return json.dumps(" ".join(title.split()), ensure_ascii=False)


def _place(texts: Mapping[str, str], root: Path) -> None:
    """Put all files into their places, or none: what the system refuses takes the others back."""
    with writing(root):
        root.mkdir(parents=True, exist_ok=True)
        remove_leftovers(root, depth=0)
        waiting = part_in(root)
        waiting.mkdir()
    placed: list[Path] = []
    try:
        for name, text in texts.items():
            with writing(root / name):
                (waiting / name).parent.mkdir(parents=True, exist_ok=True)
                (waiting / name).write_text(text, encoding="utf-8")
        # The data folder goes as a whole, and last: it is what makes the paper one, as
        # _quarto.yml makes a site one.
        parts = {_data_folder(name) or name for name in texts}
        site = ("styles/", "index.qmd", "references.bib", "reports/slides/", "_quarto.yml")
        order = (*site, "reports/", "data/")
        for name in sorted(parts, key=lambda name: [not name.startswith(o) for o in order]):
            with writing(root / name):
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                os.replace(waiting / name, root / name)
            placed.append(root / name)
    except BaseException:
        with suppress(OSError):  # A disk that became read-only keeps what it has.
            for path in placed:
                path.unlink()
        raise
    finally:
        shutil.rmtree(waiting, ignore_errors=True)


def _data_folder(name: str) -> str:
    parts = name.split("/")
    return "/".join(parts[:2]) if parts[0] == "data" else ""
