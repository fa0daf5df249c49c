"""What a page points at: pictures go into the page, links to documents lead to their pages."""

from __future__ import annotations

import base64
import mimetypes
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from secondlook.render.outputs import Figures
from secondlook.render.pandoc import Node, text, walk
from secondlook.render.problems import RenderError

_FIGURE = "figure:"


def embed_resources(tree: Node, figures: Figures, folder: Path, root: Path) -> Node:
    """Put pictures into the page as data and turn links to ``.qmd`` into links to pages.

    Parameters
    ----------
    tree
        Pandoc's tree.
    figures
        The pictures that cells made.
    folder
        The document's folder.
    root
        The project; an address that starts with ``/`` is looked up here.

    Raises
    ------
    RenderError
        If a picture or a document does not exist.
    """

    def visit(node: Node) -> Any:
        if node["t"] == "Image":
            return _embedded(node, figures, folder, root)
        return _linked(node, folder, root) if node["t"] == "Link" else None

    rebuilt: Node = walk(tree, visit)
    return rebuilt


def data_address(data: bytes, kind: str) -> str:
    """Write data as an address of its own."""
    return f"data:{kind};base64,{base64.b64encode(data).decode('ascii')}"


def file_address(path: Path) -> str:
    """Write a file as an address of its own."""
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return data_address(path.read_bytes(), kind)


def _embedded(node: Node, figures: Figures, folder: Path, root: Path) -> Node:
    (identifier, classes, pairs), caption, (address, title) = node["c"]
    given: Mapping[str, str] = dict(pairs)
    alt = given.get("fig-alt") or given.get("alt")
    kept = [[key, value] for key, value in pairs if key not in ("fig-alt", "alt", "fig-align")]
    if address.startswith(_FIGURE):
        address = _figure_address(*figures[address.removeprefix(_FIGURE)])
    elif "://" not in address and not address.startswith("data:"):
        address = file_address(_existing(address, folder, root))
    else:
        message = f"picture {address} lies on the network; a page must be self-contained"
        raise RenderError(message, about=address)
    inlines = text(alt) if alt else caption
    return {"t": "Image", "c": [[identifier, classes, kept], inlines, [address, title]]}


def _figure_address(kind: str, data: str) -> str:
    if kind == "image/svg+xml" and data.lstrip().startswith("<"):
        return data_address(data.encode("utf-8"), kind)
    return f"data:{kind};base64,{data.replace(chr(10), '')}"


def _linked(node: Node, folder: Path, root: Path) -> Node | None:
    attributes, inlines, (address, title) = node["c"]
    path, mark, fragment = address.partition("#")
    if "://" in address or not path:
        return None
    absolute = path.startswith("/")
    if not path.endswith(".qmd"):
        if not absolute:
            return None
        new = quote(os.path.relpath(root / path.lstrip("/"), folder))
    else:
        target = _existing(path, folder, root)
        new = quote(os.path.relpath(target.with_suffix(".html").resolve(), folder.resolve()))
    return {"t": "Link", "c": [attributes, inlines, [f"{new}{mark}{fragment}", title]]}


def _existing(address: str, folder: Path, root: Path) -> Path:
    name = unquote(address)
    path = root / name.lstrip("/") if name.startswith("/") else folder / name
    if not path.is_file():
        raise RenderError(f"points at {address}, which does not exist", about=address)
    return path
