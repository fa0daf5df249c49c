"""The frame around a document: a page with navigation and contents, or a deck of slides."""

from __future__ import annotations

import base64
import filecmp
import hashlib
import html
import json
import os
import re
import shutil
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from string import Template
from typing import Any

from secondlook.files import replace_folder
from secondlook.render.convert import Parts, file_address
from secondlook.render.document import Document
from secondlook.render.problems import Place, RenderError
from secondlook.render.site import CONFIG, Link, Site, page_path, rooted

_SCRIPT = re.compile(r"<script\b[^>]*>(.+?)</script\s*>", re.DOTALL | re.IGNORECASE)
_SPEAKER = re.compile(r"<script>(\\n.+?)<\\?/script>")
_ASSETS = "secondlook.render.assets"


@cache
def asset(name: str) -> str:
    """Read a file that this package ships."""
    return files(_ASSETS).joinpath(name).read_text(encoding="utf-8")


def write_page(site: Site, document: Document, parts: Parts) -> str:
    """Put a document into its page, which needs no other file and no network."""
    options = document.options
    title = parts.pagetitle or site.title
    described = options.get("description", site.description)
    after = _texts_of(document, "include-after-body", "file")
    frame = Template(asset("page.html"))
    own = scripts_within(frame.safe_substitute(script=asset("page.js"), after=after))
    _check_scripts(document, parts, own)
    return frame.substitute(
        policy=_policy(own),
        favicon=_favicon(site),
        script=asset("page.js"),
        after=after,
        lang=html.escape(str(options.get("lang", "en"))),
        title=html.escape(title if title == site.title else f"{title} – {site.title}"),
        description=html.escape(" ".join(str(described).split())),
        css=asset("page.css") + _texts_of(document, "css", "style sheet"),
        navigation=_navigation(site, document.path),
        heading=parts.heading,
        contents=parts.contents,
        body=parts.body,
        footer=html.escape(_footer(site, options)),
    )


def scripts_within(markup: str) -> list[str]:
    """Return the text of each script that stands in some HTML."""
    return [found[1] for found in _SCRIPT.finditer(markup)]


def hash_of(script: str) -> str:
    """Return the word of a content security policy that lets a script run."""
    digest = hashlib.sha256(script.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _policy(scripts: Sequence[str], more: str = "") -> str:
    """Write the content security policy of a page: no script but these, nothing from elsewhere.

    Whatever comes out of data, an event handler, a link with code, a script, does not run.
    """
    allowed = " ".join(map(hash_of, scripts))
    return (
        f"default-src 'none'; script-src {allowed}{more}; style-src 'unsafe-inline' 'self' file:; "
        "img-src data: 'self' file:; font-src data: 'self' file:; base-uri 'none'; "
        "form-action 'none'"
    )


def _check_scripts(document: Document, parts: Parts, own: Sequence[str]) -> None:
    """Refuse a script in the output of a cell, which the page's policy would stop in silence."""
    if any(each not in own for each in scripts_within(parts.body)):
        message = "a cell shows a script, which no page runs; give it to `include-after-body`"
        raise RenderError(message, Place(document.name))


def _texts_of(document: Document, key: str, named: str) -> str:
    """Read the files that an option of the document names."""
    texts = []
    for path in map(Path, rooted(document.options.get(key), document.path.parent)):
        try:
            texts.append(path.read_text(encoding="utf-8"))
        except OSError as error:
            told = f"the {named} {path} cannot be read: {error.strerror}"
            raise RenderError(told, Place(document.name)) from None
        except UnicodeDecodeError as error:
            told = f"the {named} {path} is not UTF-8 at byte {error.start}"
            raise RenderError(told, Place(document.name)) from None
    return "\n".join(texts)


def _favicon(site: Site) -> str:
    """Return the address of the site's small picture: itself, or none, which asks for nothing."""
    if not site.favicon:
        return "data:,"
    path = site.root / site.favicon
    if not path.is_file():
        raise RenderError(f"the favicon {site.favicon} is missing", Place(Path(CONFIG)))
    return file_address(path)


def _footer(site: Site, options: Mapping[str, Any]) -> str:
    """Put the day of rendering into the footer."""
    text = site.footer
    if "date-modified" in options:
        text = text.replace("{{< meta date-modified >}}", date.today().isoformat())
    if "{{<" in text:
        told = "the footer has a shortcode other than `meta date-modified`, set to today"
        raise RenderError(told, Place(Path(CONFIG)))
    return text


def _navigation(site: Site, document: Path) -> str:
    here = page_path(site, document)
    brand = f'<a class="brand" href="{_relative("index.html", here)}">{html.escape(site.title)}</a>'
    items = [_item(link, here) for link in site.left]
    right = [_item(link, here) for link in site.right]
    return f'{brand}<ul>{"".join(items)}</ul><ul class="right">{"".join(right)}</ul>'


def _item(link: Link, here: Path) -> str:
    page = link.href.replace(".qmd", ".html") if "://" not in link.href else link.href
    current = ' aria-current="page"' if page == here.as_posix() else ""
    href = page if "://" in page else _relative(page.lstrip("/"), here)
    return f'<li><a href="{html.escape(href)}"{current}>{html.escape(link.text)}</a></li>'


def _relative(target: str, here: Path) -> str:
    path, mark, fragment = target.partition("#")
    return f"{Path(os.path.relpath(path, here.parent)).as_posix()}{mark}{fragment}"


_FOLDER = Path("site_libs") / "revealjs-embedded"
_REVEAL = (
    *("dist/reveal.js", "dist/reveal.css", "dist/reset.css"),
    *("dist/theme/white.css", "dist/theme/fonts/source-sans-pro", "plugin/notes", "LICENSE"),
)


def write_deck(site: Site, document: Document, parts: Parts) -> str:
    """Put slides into a deck."""
    options = document.options
    here = page_path(site, document.path)
    library = Path(os.path.relpath(_FOLDER, here.parent)).as_posix()
    frame = Template(asset("deck.html"))
    reveal = json.dumps(_reveal_options(document)).replace("<", "\\u003c")
    after = _texts_of(document, "include-after-body", "file")
    own = scripts_within(frame.safe_substitute(options=reveal, after=after))
    _check_scripts(document, parts, own)
    policy = _policy([*own, *_scripts_of_the_speaker()], " 'self' file:")
    return frame.substitute(
        policy=f"{policy}; frame-src 'self' file:",
        favicon=_favicon(site),
        options=reveal,
        lang=html.escape(str(options.get("lang", "en"))),
        title=html.escape(f"{site.title} – {parts.pagetitle}"),
        library=library,
        css=asset("deck.css") + _texts_of(document, "css", "style sheet"),
        opening=parts.heading,
        slides=parts.body,
        footer=html.escape(str(options.get("footer", ""))),
        after=after,
    )


def _reveal() -> Path:
    """Return where the wheel that ships reveal.js has it; to import its package takes a while."""
    found = find_spec("sphinx_revealjs")
    if found is None or found.origin is None:
        raise RenderError("sphinx-revealjs, which ships reveal.js, is not installed")
    return Path(found.origin).parent / "_static" / "revealjs"


@cache
def _scripts_of_the_speaker() -> list[str]:
    """Return the script of the speaker's window, which the notes plugin holds as a text."""
    text = (_reveal() / "plugin" / "notes" / "notes.js").read_text(encoding="utf-8")
    return [json.loads(f'"{found[1]}"') for found in _SPEAKER.finditer(text)]


def install_reveal(output: Path) -> None:
    """Copy reveal.js from its wheel into the site, unless it is there as it should be."""
    source = _reveal()
    wanted = {
        path.relative_to(source): path
        for part in _REVEAL
        for path in sorted([source / part, *(source / part).rglob("*")])
        if path.is_file() and not path.name.endswith((".esm.js", ".map", ".eot"))
    }
    target = output / _FOLDER
    if all(_same(path, target / name) for name, path in wanted.items()):
        return

    def fill(folder: Path) -> None:
        for name, path in wanted.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, folder / name)

    replace_folder(target, fill)


def _same(path: Path, other: Path) -> bool:
    return other.is_file() and filecmp.cmp(path, other, shallow=False)


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
