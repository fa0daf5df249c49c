"""Reference notebooks: each report executed and kept, so that the tests see when an output moves.

A reference holds the cells of its ``.qmd``. Inline code is no cell, so after each stretch of prose
that has any a cell prints its values: a number that changes in the prose is seen as well. No
number of a report is left out of what the tests compare.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from secondlook.files import replace
from secondlook.render.document import Cell, Document, read_document
from secondlook.render.execution import Executed, execute, expressions
from secondlook.render.kernel import Kernels
from secondlook.render.outputs import DRAWING
from secondlook.render.problems import RenderError, tell
from secondlook.render.site import Site, documents, find_root, option_levels, page_path, read_site

FOLDER = Path("tests") / "notebooks"
_NO_OUTPUT = "# reference: no output"  # of a cell that shows no number
_PICTURES = ("image/png", "image/jpeg", "image/svg+xml")
_VOLATILE = (
    (re.compile(r" at 0x[0-9a-f]+"), " at ADDRESS"),
    (re.compile(r'(<td headers="[^"]*-version"[^>]*>)[^<]*'), r"\1VERSION"),
    (DRAWING, r"data:\1;base64,"),
)


def notebooks_command(names: Sequence[str] = (), *, write: bool, root: Path | None = None) -> int:
    """Write the references named, all if none is, or say which are stale.

    Returns the exit code: 0, 1 if a reference is stale or a document fails, 2 outside of a project.
    """
    try:
        site = read_site(find_root(root or Path.cwd()))
        if write:
            for path in write_references(site, names):
                tell(f"wrote {path.relative_to(site.root)}", "")
            return 0
        problems = stale_references(site, names)
    except RenderError as error:
        tell(f"secondlook: {error}")
        return 2 if error.place is None else 1
    for problem in problems:
        tell(problem)
    if problems:
        tell("Look at what changed, then run `secondlook notebooks --write`.", "")
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
            executed, _ = execute(document, kernels=kernels)
            replace(path, nbformat.writes(notebook(executed)) + "\n")
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
        moved = _first_difference(document, kept)
        if moved:
            problems.append(f"{name} is stale: {document.name.as_posix()} {moved}")
    there = () if names else (site.root / FOLDER).glob("*.ipynb")
    extra = [path for path in there if path not in wanted]
    problems += [f"{path.relative_to(site.root).as_posix()} has no document" for path in extra]
    return problems


def _wanted(site: Site, names: Sequence[str]) -> dict[Path, Document]:
    """Return the pages by the path of their reference, those of the names if any are given."""
    read = (read_document(path, site.root, option_levels(site, path)) for path in documents(site))
    pages = {_path(site, document): document for document in read if not document.is_deck}
    known = {path.stem: path for path in pages}
    if unknown := [name for name in names if name not in known]:
        raise RenderError(f"no page {', '.join(unknown)}; there are: {', '.join(known)}")
    return {known[name]: pages[known[name]] for name in names} if names else pages


def _path(site: Site, document: Document) -> Path:
    name = page_path(site, document.path).with_suffix("").as_posix().replace("/", "-")
    return site.root / FOLDER / f"{name.removeprefix('reports-')}.ipynb"


def _cells(cell: Cell) -> list[tuple[str, str]]:
    """Give the cells of a notebook for one of a document, each by its type and source.

    After prose with inline code a cell prints its values.
    """
    found = expressions(cell)
    prints = [("code", "\n".join(f"print({each.code})" for each in found))] if found else []
    return [(cell.kind, cell.source), *prints]


def notebook(executed: Sequence[Executed]) -> Any:
    """Return the notebook, as ``nbformat`` holds it, of a document that was executed."""
    from nbformat import v4

    written: list[Any] = []
    for each in executed:
        printed = "".join(f"{value}\n" for value in each.values)
        shown = each.outputs or [v4.new_output("stream", text=printed)] * bool(printed)
        for kind, source in _cells(each.cell):
            if kind == "markdown":
                node = v4.new_markdown_cell(source)
            else:
                kept = () if _NO_OUTPUT in source else shown
                node = v4.new_code_cell(source, outputs=[_settled(output) for output in kept])
                node.execution_count = len(written) + 1
            node.id = f"cell-{len(written) + 1}"
            written.append(node)
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return v4.new_notebook(cells=written, metadata={"kernelspec": kernel})


def _settled(output: Mapping[str, Any]) -> Any:
    """Leave out of an output what differs between runs and machines: pictures and versions."""
    import nbformat

    node = nbformat.from_dict(dict(output))
    for kind, text in node.get("data", {}).items():
        if kind in _PICTURES:
            node.data[kind] = ""
            node.metadata.pop(kind, None)
        elif isinstance(text, str):
            for pattern, instead in _VOLATILE:
                text = pattern.sub(instead, text)
            node.data[kind] = text
    if "execution_count" in node:
        node.execution_count = None
    return node


def _first_difference(document: Document, kept: Sequence[Mapping[str, Any]]) -> str:
    wanted = [(cell, each) for cell in document.cells for each in _cells(cell)]
    for (cell, each), node in zip(wanted, kept, strict=False):
        if each != (node["cell_type"], "".join(node["source"])):
            return f"has changed at line {cell.place.line}"
    if len(wanted) != len(kept):
        return f"has {len(wanted)} cells, the reference {len(kept)}"
    return ""
