"""Decks: pandoc's slides in a reveal.js that lies in the built site."""

from __future__ import annotations

import html
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any

from secondlook.render.convert import Parts
from secondlook.render.document import Document
from secondlook.render.page import asset, own_styles
from secondlook.render.site import Site, page_path

_FOLDER = Path("site_libs") / "revealjs-embedded"
_PARTS = (
    *("dist/reveal.js", "dist/reveal.css", "dist/reset.css"),
    *("dist/theme/white.css", "dist/theme/fonts/source-sans-pro", "plugin/notes", "LICENSE"),
)


def write_deck(site: Site, document: Document, parts: Parts) -> str:
    """Put slides into a deck.

    Parameters
    ----------
    site
        The site, for the way to reveal.js.
    document
        The deck.
    parts
        Its HTML.
    """
    options = document.options
    here = page_path(site, document.path)
    library = Path(os.path.relpath(_FOLDER, here.parent)).as_posix()
    return Template(asset("deck.html")).substitute(
        lang=html.escape(str(options.get("lang", "en"))),
        title=html.escape(f"{site.title} – {parts.pagetitle}"),
        library=library,
        css=asset("deck.css") + own_styles(document),
        opening=_opening(parts, options.get("title-slide-attributes")),
        slides=parts.body,
        footer=_footer(options.get("footer")),
        options=json.dumps(_reveal_options(document)),
    )


def install_reveal(output: Path) -> None:
    """Copy reveal.js from its wheel into the site, whole or not at all.

    Parameters
    ----------
    output
        The site.
    """
    target = output / _FOLDER
    if (target / "LICENSE").is_file():
        return
    source = Path(str(files("sphinx_revealjs").joinpath("_static/revealjs")))
    target.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=".revealjs-", dir=target.parent))
    try:
        for part in _PARTS:
            _copy(source / part, staging / part)
        staging.chmod(0o755)
        os.replace(staging, target)
    except OSError:
        # Another job may have put the same folder there first.
        if not (target / "LICENSE").is_file():
            raise
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("*.esm.js", "*.map", "*.eot"))
    else:
        shutil.copyfile(source, target)


def _opening(parts: Parts, given: object) -> str:
    if not parts.title:
        return ""
    lines = [f'<h1 class="title">{parts.title}</h1>']
    lines += [
        f'<p class="{name}">{text}</p>'
        for name, text in (
            ("subtitle", parts.subtitle),
            ("author", parts.author),
            ("date", parts.date),
        )
        if text
    ]
    attributes = "".join(
        f' {html.escape(str(name))}="{html.escape(str(value))}"'
        for name, value in (given.items() if isinstance(given, Mapping) else ())
    )
    return f'<section id="title-slide"{attributes}>{"".join(lines)}</section>'


def _footer(text: object) -> str:
    return f'<div class="footer footer-default">{html.escape(str(text))}</div>' if text else ""


def _reveal_options(document: Document) -> dict[str, Any]:
    options = document.options
    number = options.get("slide-number", False)
    return {
        "width": options.get("width", 1050),
        "height": options.get("height", 700),
        "margin": options.get("margin", 0.1),
        "center": bool(options.get("center", False)),
        "slideNumber": "c/t" if number is True else number,
        "hash": True,
        "hashOneBasedIndex": False,
        "controls": options.get("controls", True),
        "controlsLayout": options.get("controls-layout", "bottom-right"),
        "progress": options.get("progress", True),
        "transition": options.get("transition", "none"),
        "navigationMode": options.get("navigation-mode", "linear"),
        "pdfSeparateFragments": False,
    }
