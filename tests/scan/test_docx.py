"""Manuscripts as authors send them: what Word shows of a table is what is read of it."""

from __future__ import annotations

import zipfile

import pytest

from secondlook.scan import scan_document
from secondlook.scan.document import Document
from secondlook.scan.reading import read

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default '
        'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-office'
        'document.wordprocessingml.document.main+xml"/></Types>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
    ),
}


def p(text: str, *, bold: bool = False) -> str:
    properties = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:p><w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def tc(content: str, properties: str = "") -> str:
    inner = content if content.startswith("<w:") else p(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    told = "".join(cell if cell.startswith("<w:tc>") else tc(cell) for cell in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{told}</w:tr>"


def tbl(*rows: str, first: int = 1, grid: int = 0) -> str:
    columns = f"<w:tblGrid>{'<w:gridCol/>' * grid}</w:tblGrid>" if grid else ""
    look = f'<w:tblPr><w:tblLook w:firstRow="{first}"/></w:tblPr>'
    return f"<w:tbl>{look}{columns}{''.join(rows)}</w:tbl>{p('')}"


HEADER = "<w:tblHeader/>"
BY = 'w:id="1" w:author="x" w:date="2026-01-01T00:00:00Z"'
ROWS = (tr("Sex", "A (n = 20)", "B (n = 30)"), tr("Male", "10 (50%)", "12 (40%)"))
WIDE = '<w:gridSpan w:val="3"/>'
BEGINS, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


@pytest.fixture
def manuscript(tmp_path):
    def written(*blocks: str) -> Document:
        path = tmp_path / "a.docx"
        body = f'<w:document xmlns:w="{SPACE}"><w:body>{"".join(blocks)}</w:body></w:document>'
        with zipfile.ZipFile(path, "w") as packed:
            for name, text in (PARTS | {"word/document.xml": body}).items():
                packed.writestr(name, text)
        return read(path)

    return written


def texts(document: Document, table: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row] for row in document.tables[table].grid]


def test_all_columns_are_read_where_the_first_row_is_short(manuscript):
    short = tr("Sex", properties='<w:gridAfter w:val="2"/>')
    read = manuscript(tbl(ROWS[0], short, ROWS[1]))
    assert texts(read) == [
        ["Sex", "A (n = 20)", "B (n = 30)"], ["Sex", "", ""], ["Male", "10 (50%)", "12 (40%)"]
    ]  # fmt: skip
    late = tr("A (n = 20)", "B (n = 30)", properties='<w:gridBefore w:val="1"/>')
    assert texts(manuscript(tbl(late, ROWS[1])))[0] == ["", "A (n = 20)", "B (n = 30)"]


def test_all_columns_are_read_of_a_table_without_a_grid(manuscript):
    wide = tr(tc("Table 2. Patients", WIDE), properties=HEADER)
    (table,) = manuscript(
        tbl(wide, ROWS[0].replace("<w:trPr>", f"<w:trPr>{HEADER}"), ROWS[1])
    ).tables
    assert (table.label, table.caption, table.head, table.columns) == ("Table 2", "Patients", 1, 3)


def test_a_row_that_is_repeated_on_each_page_is_head_only_at_the_top(manuscript):
    marked = [row.replace("<w:trPr>", f"<w:trPr>{HEADER}") for row in ROWS]
    read = manuscript(tbl(*marked), tbl(marked[0], ROWS[1], marked[0], ROWS[1]))
    assert [table.head for table in read.tables] == [1, 1]
    assert [row[0] for row in texts(read, 1)] == ["Sex", "Male", "Sex", "Male"]


def test_rows_beside_a_label_that_the_head_began_are_no_head(manuscript):
    read = manuscript(
        tbl(
            tr(tc("Scale", BEGINS), "", "Loadings"),
            tr(tc("", GOES_ON), "", "Dimension 1"),
            tr(tc("", GOES_ON), "First item", "-0.64"),
            tr(tc("", GOES_ON), "Second item", "-0.94"),
        )
    )
    assert read.tables[0].head == 2
    assert texts(read)[2] == ["Scale", "First item", "-0.64"]
    assert read.layouts[0].label(3) == "Scale > Second item"


def test_what_a_tracked_change_deleted_is_not_read(manuscript):
    gone = tr("Sex", "A (n = 21)", "B", properties=f"<w:del {BY}/>")
    changed = (
        f"<w:p><w:del {BY}><w:r><w:delText>11 (55%)</w:delText></w:r></w:del>"
        f"<w:ins {BY}><w:r><w:t>10 (50%)</w:t></w:r></w:ins></w:p>"
    )
    read = manuscript(tbl(gone), tbl(gone, ROWS[0], tr("Male", tc(changed), "12 (40%)")))
    assert len(read.tables) == 1
    assert texts(read) == [["Sex", "A (n = 20)", "B (n = 30)"], ["Male", "10 (50%)", "12 (40%)"]]


@pytest.mark.parametrize(
    "above",
    [
        p("Table 3. Patients at entry"),
        p("Table 3") + p("Patients at entry"),
        p("Table 3: Patients") + p("at entry"),
        tbl(tr("Table 3. Patients at entry"), first=0),
        p("Text of the article.") + p("Table 3 Patients at entry", bold=True),
    ],
)
def test_a_caption_is_found_above_its_table(manuscript, above):
    (table,) = manuscript(p("Title"), p("Words."), above, tbl(*ROWS)).tables
    assert (table.label, table.caption) == ("Table 3", "Patients at entry")


def test_a_sentence_is_no_caption(manuscript):
    read = manuscript(p("Table of contents"), tbl(*ROWS), p("Table 2 shows them."), tbl(*ROWS))
    assert [(t.label, t.caption) for t in read.tables] == [("Table 1", ""), ("Table 2", "")]
    assert [paragraph.text for paragraph in read.paragraphs][-1] == "Table 2 shows them."


def test_footnotes_are_found_in_the_last_rows_and_below(manuscript):
    read = manuscript(
        tbl(*ROWS, tr(tc("Numbers of patients.", WIDE)), tr("^1 n (%)", "", "")),
        p("Values are n (%)."),
        p("Men were as many as women."),
    )
    assert read.tables[0].notes == ("Numbers of patients.", "^1 n (%)", "Values are n (%).")
    assert len(texts(read)) == 2
    assert [paragraph.text for paragraph in read.paragraphs] == ["Men were as many as women."]


def test_a_figure_in_a_frame_is_no_table(manuscript):
    read = manuscript(tbl(tr("Figure 1. Of 20 patients, 10 were men."), first=0), tbl(*ROWS))
    assert len(read.tables) == 1
    assert read.paragraphs[0].text.startswith("Figure 1.")


def test_a_line_in_bold_is_a_heading_and_tables_follow_the_references(manuscript):
    read = manuscript(
        p("A trial of two drugs", bold=True),
        p("Statistical analysis", bold=True),
        p("We counted."),
        p("Results"),
        p("All were men."),
        p("References", bold=True),
        p("1. Smith A. Of 12 and 24. 2012;3:45-50."),
        p("Table 1. Patients", bold=True),
        tbl(*ROWS),
    )
    assert read.title == "A trial of two drugs"
    assert [(each.section, each.text) for each in read.paragraphs] == [
        ("Statistical analysis", "We counted."), ("Results", "All were men.")
    ]  # fmt: skip
    assert read.tables[0].caption == "Patients"


def test_rows_and_columns_without_a_word_are_left_out(manuscript):
    blank = tr("", "", "", "", "")
    broken = tc(p("Person-") + p("years"))
    read = manuscript(
        tbl(tr("", "", "Deaths", broken, ""), blank, tr("", "Men", "10", "40", ""), blank)
    )
    assert texts(read) == [["", "Deaths", "Person-\nyears"], ["Men", "10", "40"]]
    assert (read.tables[0].head, read.layouts[0].heads[2]) == (1, "Person-years")


def test_totals_that_are_rounded_may_be_off_by_one(manuscript):
    rows = [(100, 120), (2001, 3001), (401, 511), (5004, 7006)]
    told = [tr(f"Year {i}", f"{a:,}", f"{b:,}", f"{a + b + (i == 3):,}")
            for i, (a, b) in enumerate(rows)]  # fmt: skip
    head = tr("", "A", "B", "All")
    note = p("Rounded to the nearest whole month.")
    assert scan_document(manuscript(tbl(head, *told)), "a").count("fails")
    assert not scan_document(manuscript(tbl(head, *told), note), "a").count("fails")


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as .docx without a password"),
        ("a.docx", b"PK\x03\x04 cut short", "if Word opens it, save it there anew"),
        ("a.doc", b"\xd0\xcf", "save it as .docx"),
        ("a.odt", b"PK", "save it as .docx"),
        ("a.xlsx", b"PK", "save each sheet as .csv"),
        ("a.md", b"", "the file is empty"),
    ],
)
def test_what_to_do_is_said_of_a_file_that_cannot_be_read(tmp_path, name, data, told):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ValueError, match=told) as raised:
        read(path)
    assert "\n" not in str(raised.value)
