"""What is found of an article in its PDF: ``python -m benchmarks.scan_pdf FOLDER [FOLDER ...]``.

Where the PDF of its publisher stands beside an article (``smith.nxml``, ``smith.pdf``) it is read;
else Chromium prints the article in the styles of journals: rules above and below the head
and at the end, between all rows, cells that hardly keep apart, text in two columns. Of what `scan`
says of the article itself, in tables and in sentences, it is counted what it says of the PDF again,
and what it says of the PDF alone: an accusation there is an error of the reader of PDFs.
"""

from __future__ import annotations

import argparse
import html
import re
import tempfile
from collections import Counter
from collections.abc import Sequence
from itertools import chain, takewhile
from pathlib import Path

import pandas as pd
from joblib import Parallel, delayed
from tests.browser.chromium import Chromium

from secondlook import data
from secondlook.scan import Scan, scan_document
from secondlook.scan.document import Cell, Document, Table
from secondlook.scan.reading import is_article, read

RECORD = Path(__file__).parents[1] / "data" / "scan" / "printed.csv"
PAGE = """body { font: 9.5pt/1.3 serif; margin: 0 } h1 { font-size: 16pt }
table { border-collapse: collapse; border: solid; border-width: 1px 0; font-size: 8pt;
line-height: 1.15; margin-top: 1em; width: 100%; break-inside: avoid }
thead { border-bottom: .8px solid } caption { text-align: left; font-size: 8.5pt }
td, th { padding: 1.5px 7px; text-align: left; vertical-align: top }
th[colspan] { border-bottom: .6px solid; border-left: 6px solid white }
.notes { font-size: 7pt } sup { line-height: 0 } @page { size: A4; margin: 18mm }"""
STYLES = {
    "three rules": "",
    "centred": "td + td, th + th { text-align: center } table { font-family: sans-serif }",
    "narrow": "td, th { padding: .3px 4px } table { width: auto }",
    "a rule a row": "td { border-bottom: .4px solid #999 }",
    "two columns": "div { column-count: 2; column-gap: 7mm }",
}


def page_of(document: Document, style: str) -> str:
    """Return an article as a page."""
    parts = [f"<h1>{_shown(document.title)}</h1><div>"]
    section = ""
    for paragraph in document.paragraphs:
        if paragraph.section != section:
            section = paragraph.section
            parts.append(f"<h2>{_shown(section.rpartition(' > ')[2])}</h2>")
        parts.append(f"<p>{_shown(paragraph.text)}</p>")
    parts += ["</div>", *map(_table, document.tables)]
    return f"<meta charset=utf-8><style>{PAGE}{STYLES[style]}</style>{''.join(parts)}"


def _shown(text: str) -> str:
    marked = re.sub(r"\^(\w+|[*†‡§¶]+)", r"<sup>\1</sup>", html.escape(text))
    return marked.replace("\n", "<br>")


def _table(table: Table) -> str:
    rows = []
    for r, row in enumerate(table.grid):
        cells = ""
        for c, cell in enumerate(row):
            if cell.first:
                across = _span(row[c + 1 :], cell)
                down = _span([below[c] for below in table.grid[r + 1 :]], cell)
                tag = "th" if r < table.head else "td"
                spans = f" colspan={across}" * (across > 1) + f" rowspan={down}" * (down > 1)
                cells += f"<{tag}{spans}>{_shown(cell.text)}</{tag}>"
        rows.append(f"<tr>{cells}</tr>")
    head, body = "".join(rows[: table.head]), "".join(rows[table.head :])
    notes = "".join(f"<p class=notes>{_shown(note)}</p>" for note in table.notes)
    caption = f"<b>{_shown(table.label)}.</b> {_shown(table.caption)}"
    parts = f"<caption>{caption}</caption><thead>{head}</thead><tbody>{body}</tbody>"
    return f"<table>{parts}</table>{notes}"


def _span(following: Sequence[Cell], cell: Cell) -> int:
    """Return over how many places a cell spans."""
    return 1 + sum(1 for _ in takewhile(lambda x: not x.first and x.text == cell.text, following))


def compared(path: Path) -> list[dict[str, object]]:
    """Return by style how many findings of an article its PDF gives, and which more."""
    document = read(path)
    own = scan_document(document, str(path))
    if (beside := path.with_suffix(".pdf")).exists():
        try:
            return [_of_pdf(own, "as published", beside)]
        except ValueError as error:
            print(error)
            return []
    rows = []
    with tempfile.TemporaryDirectory() as folder, Chromium() as browser:
        source, pdf = Path(folder) / "article.html", Path(folder) / "article.pdf"
        for style in STYLES:
            source.write_text(page_of(document, style), encoding="utf-8")
            browser.open(source.as_uri())
            pdf.write_bytes(browser.printed())
            rows.append(_of_pdf(own, style, pdf))
    return rows


def _of_pdf(own: Scan, style: str, pdf: Path) -> dict[str, object]:
    """Count what an article's own findings and those of its PDF have in common."""
    again = scan_document(read(pdf), str(pdf))
    known = {_plain(f.printed) for f in own.findings if f.level == "fails"}
    wrong = [f for f in again.findings if f.level == "fails" and _plain(f.printed) not in known]
    for f in wrong:
        print(f"{own.file} ({style}): {f.place}: {f.printed}: {f.reading}")
    (tables, sentences), (in_tables, in_sentences) = map(_counted, (own, again))
    return {
        "style": style, "articles": 1,
        "findings": tables.total(), "again": (tables & in_tables).total(),
        "sentences": sentences.total(), "sentences_again": (sentences & in_sentences).total(),
        "accused": len(wrong),
    }  # fmt: skip


def _counted(found: Scan) -> list[Counter[tuple[str, str]]]:
    """Return the findings in tables and those in sentences."""
    return [
        Counter((f.check, _plain(f.printed)) for f in found.findings if (f.table is None) is told)
        for told in (False, True)
    ]


def _plain(text: str) -> str:
    return re.sub(r"[\s^]", "", text).replace("–", "-")


def main() -> None:
    """Print the counts by style."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--jobs", type=int, default=-1)
    parser.add_argument("--write", action="store_true", help="record the counts")
    options = parser.parse_args()
    articles = (p for folder in options.folders for p in sorted(folder.iterdir()))
    paths = [p for p in articles if is_article(p) and p.suffix != ".pdf"]
    each = Parallel(n_jobs=options.jobs)(delayed(compared)(path) for path in paths)
    table = pd.DataFrame(chain.from_iterable(each)).groupby("style", sort=False).sum().reset_index()
    print(table.to_string(index=False))
    if options.write:
        table.to_csv(RECORD, index=False, lineterminator="\n")
        data.seal("scan")


if __name__ == "__main__":
    main()
