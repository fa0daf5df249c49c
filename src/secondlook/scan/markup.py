"""Read HTML, DOCX and Markdown: pandoc makes one tree of them, and this walks it."""

from __future__ import annotations

import json
import re
import subprocess
from typing import Any

from secondlook.scan.document import (
    Document,
    Paragraph,
    Rows,
    Table,
    TooLarge,
    grid_of,
    tidy,
)

SECONDS = 30
MEMORY = "1G"
_BACK = re.compile(r"^(?:references|bibliography|literature cited)\b", re.IGNORECASE)
_LABELLED = re.compile(
    r"^(table\s+[A-Z]?\d{0,3}[a-z]?|table\s+[IVX]{1,5})\b[.:]?\s*", re.IGNORECASE
)


def read_markup(data: bytes, kind: str) -> Document:
    """Read a document that pandoc knows.

    Raises
    ------
    ValueError
        If pandoc cannot read it within the limits of time and memory, or it nests deeper than
        articles do (`TooLarge`).
    """
    walk = _Walk()
    try:
        tree = _tree(data, kind)
        walk.blocks(tree["blocks"])
        meta = tree.get("meta", {}).get("title", {})
        title = tidy(_inline(meta.get("c", []))) if meta.get("t") == "MetaInlines" else ""
    except RecursionError:
        raise TooLarge("elements are nested deeper than an article's are") from None
    paragraphs = tuple(walk.paragraphs)
    title = title or walk.title or (paragraphs[0].text if paragraphs else "")
    return Document(kind, title, paragraphs, tuple(walk.tables))


def _tree(data: bytes, kind: str) -> dict[str, Any]:
    import pypandoc

    reader = {"markdown": "markdown-raw_html-raw_tex-yaml_metadata_block"}.get(kind, kind)
    command = [
        pypandoc.get_pandoc_path(), "+RTS", f"-M{MEMORY}", "-RTS", "--sandbox", "--from", reader,
        "--to", "json",
    ]  # fmt: skip
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise ValueError(f"pandoc did not read it in {SECONDS} seconds") from None
    if done.returncode:
        told = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise ValueError(f"pandoc cannot read it: {told[0] if told else 'no reason given'}")
    tree: dict[str, Any] = json.loads(done.stdout)
    return tree


class _Walk:
    """Collect paragraphs and tables in the order of the document."""

    def __init__(self) -> None:
        self.paragraphs: list[Paragraph] = []
        self.tables: list[Table] = []
        self.path: list[tuple[int, str]] = []
        self.count = 0
        self.dropped = False
        self.title = ""

    def blocks(self, blocks: list[dict[str, Any]]) -> None:
        for block in blocks:
            self.block(block["t"], block.get("c"))

    def block(self, kind: str, content: Any) -> None:
        if kind == "Header":
            level, _, inlines = content
            heading = tidy(_inline(inlines))
            if level == 1 and not self.title and not self.paragraphs:
                self.title = heading  # the first heading of all, above everything, is the title
                return
            self.path = [(depth, text) for depth, text in self.path if depth < level]
            self.path.append((level, heading))
            self.count = 0
            self.dropped = any(_BACK.match(text) for _, text in self.path)
        elif self.dropped:
            return
        elif kind in {"Para", "Plain"}:
            self.paragraph(_inline(content))
        elif kind == "LineBlock":
            self.paragraph("\n".join(_inline(line) for line in content))
        elif kind in {"BlockQuote"}:
            self.blocks(content)
        elif kind in {"Div", "Figure"}:
            self.blocks(content[-1])
        elif kind in {"BulletList", "OrderedList"}:
            for item in content if kind == "BulletList" else content[1]:
                self.blocks(item)
        elif kind == "DefinitionList":
            for term, definitions in content:
                self.paragraph(_inline(term))
                for definition in definitions:
                    self.blocks(definition)
        elif kind == "Table":
            self.table(content)

    def paragraph(self, text: str) -> None:
        for line in tidy(text).split("\n"):
            if line:
                self.count += 1
                section = " > ".join(text for _, text in self.path) or "Text"
                self.paragraphs.append(Paragraph(section, self.count, line))

    def table(self, content: list[Any]) -> None:
        _, caption, _, head, bodies, foot = content
        printed = [*head[1], *(row for body in bodies for row in body[2] + body[3]), *foot[1]]
        within = [block for _, row in printed for *_, blocks in row for block in blocks]
        if any(block["t"] == "Table" for block in within):
            self.blocks(within)  # it only lays out what stands in it
            return
        caption_text = tidy(_plain(caption[1]).replace("\n", " "))
        index = len(self.tables)
        label = f"Table {index + 1}"
        if not caption_text and self.paragraphs and _LABELLED.match(self.paragraphs[-1].text):
            caption_text = self.paragraphs[-1].text
        if found := _LABELLED.match(caption_text):
            label, caption_text = found[1], caption_text[found.end() :]
        grid = grid_of(_rows(printed))
        self.tables.append(Table(index, label, caption_text, grid, len(head[1])))


def _rows(rows: list[Any]) -> Rows:
    return [
        [(tidy(_plain(blocks)), int(down), int(across)) for _, _, down, across, blocks in cells]
        for _, cells in rows
    ]


def _plain(blocks: list[dict[str, Any]]) -> str:
    walk = _Walk()
    walk.blocks(blocks)
    return "\n".join(paragraph.text for paragraph in walk.paragraphs)


def _inline(inlines: list[dict[str, Any]]) -> str:
    return "".join(_text(item["t"], item.get("c")) for item in inlines)


def _text(kind: str, content: Any) -> str:
    if kind == "Str":
        return str(content)
    if kind in {"Space", "SoftBreak"}:
        return " "
    if kind == "LineBreak":
        return "\n"
    if kind == "Superscript":
        inner = _inline(content).strip()
        return f"^{inner}" if inner else ""
    if kind in {"Emph", "Strong", "Strikeout", "Subscript", "SmallCaps", "Underline"}:
        return _inline(content)
    if kind in {"Quoted", "Span"}:
        return _inline(content[-1])
    if kind == "Link":
        shown = _inline(content[1])
        return "" if shown.startswith(("http:", "https:", "www.")) else shown
    if kind == "Code":
        return str(content[1])
    if kind == "Math":
        return str(content[1]).replace("\\", " ")
    return ""
