"""Reference notebooks: each report executed and kept, so that nbval sees when an output moves.

A reference holds the cells of its ``.qmd``. Inline code is no cell, so after each stretch of prose
that has any a cell prints its values: a number that changes in the prose is seen as well.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace as dataclasses_replace
from pathlib import Path
from typing import Any

from secondlook.files import replace
from secondlook.render.document import Cell, Document, read_document, split_options
from secondlook.render.execution import execute, expressions
from secondlook.render.kernel import Kernels
from secondlook.render.outputs import DRAWING
from secondlook.render.problems import RenderError
from secondlook.render.site import Site, documents, find_root, option_levels, page_path, read_site

FOLDER = Path("tests") / "notebooks"
_SKIP = "nbval-skip"
_ADDRESS = re.compile(r" at 0x[0-9a-f]+")  # of an object in memory: another one at each run
_PICTURES = ("image/png", "image/jpeg", "image/svg+xml")


def notebooks_command(names: Sequence[str] = (), *, write: bool, root: Path | None = None) -> int:
    """Write the references named, all if none is, or say which are stale.

    Returns the exit code: 0, 1 if a reference is stale or a document fails, 2 outside of a project.
    """
    from rich.console import Console

    console = Console(stderr=True, highlight=False, soft_wrap=True)
    try:
        site = read_site(find_root(root or Path.cwd()))
        if write:
            for path in write_references(site, names):
                console.print(f"wrote {path.relative_to(site.root)}")
            return 0
        problems = stale_references(site, names)
    except RenderError as error:
        console.print(f"secondlook: {error}", style="red", markup=False)
        return 2 if error.place is None else 1
    for problem in problems:
        console.print(problem, style="red", markup=False)
    if problems:
        console.print("Look at what changed, then run `secondlook notebooks --write`.")
    return 1 if problems else 0


def write_references(site: Site, names: Sequence[str] = ()) -> list[Path]:
    """Execute pages, all if none is named, and write their references.

    When all are written, a reference without a document is removed.
    """
    import nbformat

    folder = site.root / FOLDER
    wanted = _wanted(site, names)
    with Kernels(heavy=len(wanted) > 1) as kernels:
        for path, document in wanted.items():
            cells = _cells(document)
            executed, _ = execute(_with_cells(document, cells), kernels=kernels)
            notebook = _notebook(cells, [each.outputs for each in executed])
            replace(path, nbformat.writes(notebook) + "\n")
    for path in () if names else folder.glob("*.ipynb"):
        if path not in wanted:
            path.unlink()
    return list(wanted)


def stale_references(site: Site, names: Sequence[str] = ()) -> list[str]:
    """Say in a sentence each which references are missing, stale or without a document."""
    problems = []
    wanted = _wanted(site, names)
    for path, document in wanted.items():
        name = path.relative_to(site.root).as_posix()
        if not path.is_file():
            problems.append(f"{name} is missing: {document.name.as_posix()} has no reference")
            continue
        kept = json.loads(path.read_text(encoding="utf-8"))["cells"]
        moved = _first_difference(_cells(document), kept)
        if moved:
            problems.append(f"{name} is stale: {document.name.as_posix()} {moved}")
    there = () if names else (site.root / FOLDER).glob("*.ipynb")
    extra = [path for path in there if path not in wanted]
    problems += [f"{path.relative_to(site.root).as_posix()} has no document" for path in extra]
    return problems


def _wanted(site: Site, names: Sequence[str]) -> dict[Path, Document]:
    """Return the pages by the path of their reference, those of the names if any are given."""
    pages = {_path(site, document): document for document in _pages(site)}
    known = {path.stem: path for path in pages}
    if unknown := [name for name in names if name not in known]:
        raise RenderError(f"no page {', '.join(unknown)}; there are: {', '.join(known)}")
    return {known[name]: pages[known[name]] for name in names} if names else pages


def _pages(site: Site) -> list[Document]:
    read = [read_document(path, site.root, option_levels(site, path)) for path in documents(site)]
    return [document for document in read if not document.is_deck]


def _path(site: Site, document: Document) -> Path:
    name = page_path(site, document.path).with_suffix("").as_posix().replace("/", "-")
    return site.root / FOLDER / f"{name.removeprefix('reports-')}.ipynb"


def _with_cells(document: Document, cells: Sequence[Cell]) -> Document:
    return dataclasses_replace(document, cells=tuple(cells))


def _cells(document: Document) -> list[Cell]:
    """Give the cells of a document, with a cell that prints the values of the inline code."""
    cells: list[Cell] = []
    for cell in document.cells:
        found = expressions(cell)
        if cell.kind == "markdown":
            cells.append(Cell("prose", cell.source, cell.lines, cell.options))
        else:
            cells.append(cell)
        if found:
            source = "\n".join(f"print({each.code})" for each in found)
            cells.append(Cell("code", source, tuple(each.place for each in found), cell.options))
    return cells


def _notebook(cells: Sequence[Cell], outputs: Sequence[Sequence[Mapping[str, Any]]]) -> Any:
    import nbformat

    written = []
    for number, (cell, shown) in enumerate(zip(cells, outputs, strict=True), start=1):
        if cell.kind == "prose":
            node = nbformat.v4.new_markdown_cell(cell.source)
        else:
            # nbval takes a cell without a count for one that was never run.
            node = nbformat.v4.new_code_cell(
                cell.source, outputs=_without_pictures(shown), execution_count=number
            )
            if cell.options.eval is False or not split_options(cell.source)[1].strip():
                node.metadata["tags"] = [_SKIP]
        node.id = f"cell-{number}"
        written.append(node)
    notebook = nbformat.v4.new_notebook(cells=written)
    notebook.metadata["kernelspec"] = {
        "display_name": "Python 3",
        "language": "python",
        "name": "python3",
    }
    return notebook


def _without_pictures(outputs: Sequence[Mapping[str, Any]]) -> list[Any]:
    """Leave pictures out: nbval ignores them, and their bytes differ between machines."""
    import nbformat

    kept = []
    for output in outputs:
        node = nbformat.from_dict(dict(output))
        for kind in _PICTURES:
            if kind in node.get("data", {}):
                node.data[kind] = ""
                node.metadata.pop(kind, None)
        if "text/markdown" in node.get("data", {}):
            node.data["text/markdown"] = DRAWING.sub(r"data:\1;base64,", node.data["text/markdown"])
        for kind, text in node.get("data", {}).items():
            if isinstance(text, str):
                node.data[kind] = _ADDRESS.sub(" at ADDRESS", text)
        if "execution_count" in node:
            node.execution_count = None
        kept.append(node)
    return kept


def _first_difference(cells: Sequence[Cell], kept: Sequence[Mapping[str, Any]]) -> str:
    for cell, node in zip(cells, kept, strict=False):
        source = node["source"] if isinstance(node["source"], str) else "".join(node["source"])
        kind = "prose" if node["cell_type"] == "markdown" else "code"
        if (cell.kind, cell.source) != (kind, source):
            return f"has changed at line {cell.place.line}"
    if len(cells) != len(kept):
        return f"has {len(cells)} cells, the reference {len(kept)}"
    return ""
