"""The declared subset of Quarto: what lies outside of it is an error with file and line.

Quarto ignores or passes through much of what it does not know. An engine that knows less must not do
so: a layout option that is skipped in silence gives a page that differs from Quarto's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from secondlook.render.lines import Line, fence_after
from secondlook.render.problems import Place, RenderError
from secondlook.render.settings import Settings

CALLOUTS = ("note", "tip", "warning", "important", "caution")
CROSSREFS = ("fig", "tbl", "sec", "eq")
"""Prefixes that get a number here."""
_OTHER_CROSSREFS = (
    "lst thm lem cor prp cnj def exm exr rem sol prf nte tip wrn imp cau dia fst vid".split()
)

_DOCUMENT_KEYS = frozenset(
    "title subtitle author date description pagetitle lang bibliography csl nocite jupyter execute "
    "format toc toc-depth toc-title number-sections number-depth code-fold code-summary css "
    "fig-width fig-height fig-dpi fig-format html-math-method link-citations".split()
)
_EXECUTE_KEYS = frozenset("echo eval include output warning enabled cache freeze daemon".split())
_FORMAT_KEYS = {
    "html": _DOCUMENT_KEYS
    - {"format"}
    | set("theme respect-user-color-scheme embed-resources anchor-sections page-layout".split())
    | set("code-copy code-overflow code-link smooth-scroll highlight-style grid mainfont".split()),
    "revealjs": _DOCUMENT_KEYS
    - {"format"}
    | set("theme slide-number slide-level footer incremental width height margin center".split())
    | set("transition background-transition controls progress hash history".split())
    | set("embed-resources show-notes scrollable auto-stretch navigation-mode center-title-slide".split())
    | set("fig-align code-overflow highlight-style controls-layout chalkboard menu".split()),
}

_CELL_FENCE = re.compile(r"^(?P<indent>[\s>]*)(?P<ticks>`{3,})\s*\{(?P<word>[A-Za-z][\w-]*)(?P<rest>[^}]*)\}")
_SHORTCODE = re.compile(r"(?<!\{)\{\{<\s*/?(?P<word>[\w-]*)")
_INLINE_CODE = re.compile(r"(?P<ticks>`+)(?P<text>.+?)(?<!`)(?P=ticks)(?!`)")
_ATTRIBUTES = re.compile(r"\{[^{}]*\}")
_CALLOUT = re.compile(r"\.callout-(?P<kind>[\w-]+)")
_REFERENCE = re.compile(r"(?<![\w@\\])@(?P<prefix>[A-Za-z]{2,4})-(?P<rest>[\w-]+)")
_LABEL = re.compile(r"\{#(?P<prefix>[a-z]{2,4})-[\w-]+")
_REFUSED_ATTRIBUTES = re.compile(
    r"(?P<word>\blayout(?:-[a-z]+)?\s*=|\.column-(?:margin|page|screen|body)[\w-]*|\.panel-(?!tabset)"
    r"[\w-]+|\.content-(?:visible|hidden)|\.absolute\b|\.aside\b|\.lightbox\b|\bfilename\s*=|"
    r"\bcode-line-numbers\s*=|\.when-[\w-]+|\.unless-[\w-]+|\bbackground-(?:video|iframe)[\w-]*\s*=)"
)


def check_front_matter(settings: Settings) -> None:
    """Refuse front matter that this engine would ignore.

    Raises
    ------
    RenderError
        Naming the key, its line, and what is known.
    """
    _check_keys(settings, "", _DOCUMENT_KEYS)
    execute = settings.values.get("execute")
    if isinstance(execute, dict):
        _check_keys(settings, "execute.", _EXECUTE_KEYS)
    formats = settings.values.get("format", "html")
    names = [formats] if isinstance(formats, str) else list(formats)
    for name in names:
        if name not in _FORMAT_KEYS:
            message = f"format `{name}` is not supported; html and revealjs are"
            raise RenderError(message, settings.place(f"format.{name}"))
        if not isinstance(formats, str) and isinstance(formats[name], dict):
            _check_keys(settings, f"format.{name}.", _FORMAT_KEYS[name])
    if len(names) > 1:
        raise RenderError("one format a document, please", settings.place("format"))


def _check_keys(settings: Settings, prefix: str, known: Iterable[str]) -> None:
    depth = prefix.count(".")
    for key in settings.lines:
        if not key.startswith(prefix) or key.count(".") != depth:
            continue
        name = key.removeprefix(prefix)
        if name not in known:
            raise RenderError(f"`{key}` is not supported by this engine", settings.place(key))


def check_prose(body: Iterable[Line]) -> None:
    """Refuse prose and fences that this engine would render otherwise than Quarto.

    Raises
    ------
    RenderError
        With the line.
    """
    fence = ""
    for line in body:
        if not fence:
            _check_fence(line)
        after = fence_after(fence, line.text)
        if not fence and not after:
            _check_line(_INLINE_CODE.sub(_without_code, line.text), line.place)
        fence = after
    if fence:
        raise RenderError(f"a code fence `{fence}` is never closed", line.place)


def _check_fence(line: Line) -> None:
    match = _CELL_FENCE.match(line.text)
    if match is None:
        return
    word = match["word"]
    if word != "python":
        raise RenderError(f"a cell in {word}; only python cells are supported", line.place)
    if match["indent"] or match["ticks"] != "```":
        message = "a python cell must start with ``` at the margin"
        raise RenderError(message, line.place)
    if match["rest"].strip():
        message = "options of a cell are written as `#|` lines, not on its fence"
        raise RenderError(message, line.place)


def _without_code(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _check_line(text: str, place: Place) -> None:
    shortcode = _SHORTCODE.search(text)
    if shortcode:
        word = shortcode["word"]
        known = "`include`, on a line of its own,"
        raise RenderError(f"shortcode `{word}` is not supported here; only {known} is", place)
    for attributes in _ATTRIBUTES.finditer(text):
        _check_attributes(attributes[0], place)
    for reference in _REFERENCE.finditer(text):
        prefix = reference["prefix"].lower()
        if prefix in _OTHER_CROSSREFS:
            known = ", ".join(f"@{each}-" for each in CROSSREFS)
            raise RenderError(f"cross-reference `@{prefix}-` is not supported; {known} are", place)


def _check_attributes(text: str, place: Place) -> None:
    refused = _REFUSED_ATTRIBUTES.search(text)
    if refused:
        word = refused["word"].rstrip("= ")
        raise RenderError(f"`{word}` is not supported by this engine", place)
    callout = _CALLOUT.search(text)
    if callout and callout["kind"] not in CALLOUTS:
        known = ", ".join(CALLOUTS)
        raise RenderError(f"no callout `{callout['kind']}`; there are: {known}", place)
    label = _LABEL.match(text)
    if label and label["prefix"] in _OTHER_CROSSREFS:
        raise RenderError(f"a label `{label['prefix']}-` is not supported", place)
