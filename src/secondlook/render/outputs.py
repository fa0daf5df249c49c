"""What a cell shows, as Markdown for pandoc: its code behind a fold, then its outputs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from secondlook.markup import fenced, paragraph, quoted
from secondlook.render.document import CellOptions, split_options
from secondlook.render.execution import ANSI, Executed
from secondlook.render.problems import RenderError

_MIME_TYPES = (
    "text/html", "text/markdown", "image/svg+xml", "image/png", "image/jpeg", "text/latex",
    "text/plain",
)  # fmt: skip
_IMAGES = ("image/svg+xml", "image/png", "image/jpeg")
DRAWING = re.compile(r"data:(image/(?:svg\+xml|png|jpeg));base64,([A-Za-z0-9+/=]+)")
"""A drawing within Markdown, as `show_figure` writes it: its kind and its data."""
# The echo of a figure object beside its picture says nothing.
_ECHO = re.compile(r"^(<.*>|\[<.*>\]|\(.*\)|Text\([-\d].*)$", re.DOTALL)

Figures = dict[str, tuple[str, str]]
"""Name in the Markdown -> (MIME type, data as the notebook holds it)."""


def cell_markdown(
    executed: Executed, options: Mapping[str, Any], figures: Figures, *, deck: bool = False
) -> str:
    """Write one executed cell as Markdown, and put the pictures that it names into `figures`.

    Fenced divs have the classes that Quarto uses; an element with a number is a div with the cell's
    label and a last paragraph of class ``caption``.
    """
    if executed.cell.kind == "markdown":
        return executed.markdown
    own = executed.cell.options
    given = options.get("execute")
    # Slides show no code and no warnings unless they say so, as in Quarto.
    defaults: Mapping[str, Any] = {"echo": not deck, "warning": not deck}
    defaults = {**defaults, **given} if isinstance(given, Mapping) else defaults
    if _choose(own.include, defaults.get("include"), True) is False:
        return ""
    parts = []
    if _choose(own.echo, defaults.get("echo"), True):
        parts.append(_code(executed, own, options))
    shown = _choose(own.output, defaults.get("output"), True)
    warnings = bool(_choose(own.warning, defaults.get("warning"), True))
    if shown is not False:
        parts.append(_outputs(executed, own, figures, asis=shown == "asis", warnings=warnings))
    body = "\n\n".join(part for part in parts if part)
    return _div(".cell", body) if body and shown != "asis" else body


def _choose(own: Any, default: Any, otherwise: Any) -> Any:
    return next((value for value in (own, default) if value is not None), otherwise)


def _code(executed: Executed, own: CellOptions, options: Mapping[str, Any]) -> str:
    _, code = split_options(executed.cell.source)
    if not code.strip():
        return ""
    fold = _choose(own.code_fold, options.get("code-fold"), False)
    summary = _choose(own.code_summary, options.get("code-summary"), "Code")
    attributes = f'fold="{str(fold).lower()}" summary={quoted(str(summary))}'
    return fenced(code, f"{{.python .cell-code {attributes}}}")


def _outputs(
    executed: Executed, own: CellOptions, figures: Figures, *, asis: bool, warnings: bool
) -> str:
    outputs = _kept(executed.outputs, warnings)
    label = own.label or f"cell-{executed.cell.place.line}"
    parts = []
    for number, output in enumerate(outputs, start=1):
        text = _output(output, f"{label}-{number}", own, figures, asis)
        if text:
            kind = output["output_type"]
            name = output["name"] if kind == "stream" else "display"
            parts.append(text if asis else _div(f".cell-output .cell-output-{name}", text))
    body = "\n\n".join(parts)
    caption = own.fig_cap or own.tbl_cap
    if own.kind and not body and own.eval is not False:
        raise RenderError(f"`{own.label}` has a caption but shows nothing", executed.cell.place)
    if caption and body:
        identifier = f"#{own.label} " if own.kind else ""
        kind = own.kind or ("fig" if own.fig_cap else "tbl")
        body += "\n\n" + _div(".caption", paragraph(caption))
        return _div(f"{identifier}.float .float-{kind}", body)
    return body


def _kept(outputs: tuple[Mapping[str, Any], ...], warnings: bool) -> list[Mapping[str, Any]]:
    pictures = any(kind in output.get("data", {}) for output in outputs for kind in _IMAGES)
    kept = []
    for output in outputs:
        if output["output_type"] == "stream" and output["name"] == "stderr" and not warnings:
            continue
        data = output.get("data", {})
        echo = output["output_type"] == "execute_result" and list(data) == ["text/plain"]
        if echo and pictures and _ECHO.match(data["text/plain"].strip()):
            continue
        if echo and data["text/plain"].startswith(("<matplotlib", "[<matplotlib")):
            continue
        kept.append(output)
    return kept


def _output(
    output: Mapping[str, Any], name: str, own: CellOptions, figures: Figures, asis: bool
) -> str:
    if output["output_type"] == "stream":
        text = ANSI.sub("", output["text"])
        return text if asis and output["name"] == "stdout" else _verbatim(text)
    data = output.get("data", {})
    kind = next((each for each in _MIME_TYPES if each in data), None)
    if kind is None:
        return ""
    value = data[kind] if isinstance(data[kind], str) else "".join(data[kind])
    if kind in _IMAGES:
        return _picture(kind, value, output.get("metadata", {}), name, own, figures)
    if kind == "text/html":
        return fenced(value)
    if kind in ("text/markdown", "text/latex"):
        return _without_drawings(value, name, figures)
    return _verbatim(ANSI.sub("", value))


def _picture(
    kind: str,
    value: str,
    metadata: Mapping[str, Any],
    name: str,
    own: CellOptions,
    figures: Figures,
) -> str:
    figures[name] = (kind, value)
    size = metadata.get(kind, {})
    attributes = [f"{each}={size[each]}" for each in ("width", "height") if size.get(each)]
    if own.fig_alt:
        attributes.append(f"fig-alt={quoted(own.fig_alt)}")
    return f"![](figure:{name}){{{' '.join(attributes)}}}" if attributes else f"![](figure:{name})"


def _without_drawings(text: str, name: str, figures: Figures) -> str:
    """Put names in the place of drawings, which pandoc need not carry through."""

    def named(found: re.Match[str]) -> str:
        kind, data = found.groups()
        own = f"{name}-{len(figures) + 1}"
        figures[own] = (kind, data)
        return f"figure:{own}"

    return DRAWING.sub(named, text)


def _div(attributes: str, body: str) -> str:
    return f"::: {{{attributes}}}\n{body}\n:::"


def _verbatim(text: str) -> str:
    return fenced(text.rstrip(), "")
