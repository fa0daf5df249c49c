"""The declared subset of Quarto: what lies outside of it is an error with file and line.

Quarto ignores or passes through much of what it does not know. An engine that knows less must not:
a layout option that is skipped in silence gives a page that differs from Quarto's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from secondlook.render.lines import Line, fence_after
from secondlook.render.problems import Place, RenderError

CALLOUTS = ("note", "tip", "warning", "important", "caution")
CROSSREFS = ("fig", "tbl", "sec", "eq")
"""Prefixes that get a number here."""
_OTHER_CROSSREFS = frozenset(
    {"lst", "thm", "lem", "cor", "prp", "cnj", "def", "exm", "exr", "rem", "sol", "prf"}
    | {"nte", "tip", "wrn", "imp", "cau", "dia", "fst", "vid"}
)

_CELL_FENCE = re.compile(
    r"^(?P<indent>[\s>]*)(?P<ticks>`{3,})\s*\{(?P<word>[A-Za-z][\w-]*)(?P<rest>[^}]*)\}"
)
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
