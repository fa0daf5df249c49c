"""Read a PDF's text and ruled tables, with pdfplumber (the extra ``pdf``)."""

from __future__ import annotations

import io
import re

from secondlook.scan.delimited import paragraphs_of
from secondlook.scan.document import Document, Table, grid_of, tidy

MOST_PAGES = 200
_LABEL = re.compile(
    r"^\s*(table\s+(?:[A-Z]?\d{1,3}|[IVX]{1,5}))[.:]?\s+(\S.{0,300})$", re.IGNORECASE
)


def read_pdf(data: bytes) -> Document:
    """Read a PDF.

    Raises
    ------
    ValueError
        If pdfplumber is not installed, with the command that installs it, or the file is no PDF.
    """
    try:
        import pdfplumber
    except ImportError:
        raise ValueError(
            "a PDF needs pdfplumber: pip install 'secondlook[pdf]', or give the article as XML"
        ) from None
    text: list[str] = []
    tables: list[Table] = []
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            for page in pdf.pages[:MOST_PAGES]:
                told = page.extract_text() or ""
                labels = [m.groups() for line in told.split("\n") if (m := _LABEL.match(line))]
                for found in page.extract_tables():
                    index = len(tables)
                    label, caption = labels.pop(0) if labels else (f"Table {index + 1}", "")
                    rows = [[(tidy(cell or ""), 1, 1) for cell in row] for row in found]
                    tables.append(Table(index, label, caption, grid_of(rows), 0))
                text.append(told)
    except Exception as error:  # pdfminer raises whatever a broken file provokes
        raise ValueError(f"not a readable PDF: {type(error).__name__}: {error}") from None
    paragraphs = tuple(paragraphs_of("\n\n".join(text)))
    title = next((line for page in text for line in map(tidy, page.split("\n")) if line), "")
    return Document("pdf", title, paragraphs, tuple(tables))
