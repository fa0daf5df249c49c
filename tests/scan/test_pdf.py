"""Correct: the text of a PDF is read and its numbers are checked."""

from __future__ import annotations

import zlib

import pytest

from secondlook.scan import reading, scan

LINES = (
    "A short trial",
    "",
    "Results",
    "",
    "The groups differed (t(28) = 2.20, P = 0.36), and 12 of 40 (30.0%) recovered.",
)


def pdf(lines: tuple[str, ...]) -> bytes:
    """Write a page of text as a PDF."""
    shown = " T* ".join(f"({escaped(line)})Tj" for line in lines)
    return of_page(f"BT /F 11 Tf 60 780 Td 16 TL {shown} ET".encode())


def escaped(text: str) -> str:
    return text.replace("(", r"\(").replace(")", r"\)")


def of_page(drawn: bytes, *, more: bytes = b"") -> bytes:
    """Write a page of what is drawn as a PDF, object by object."""
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F 5 0 R >> >> >>",
        b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(drawn), more, drawn),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    written, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return written + (
        b"xref\n0 6\n0000000000 65535 f \n%btrailer\n<< /Size 6 /Root 1 0 R >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (table, len(written))
    )


def test_the_text_of_a_pdf_is_scanned(tmp_path):
    pytest.importorskip("pdfplumber", reason="the extra pdf is not installed")
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(LINES))
    found = scan(path)
    assert found.title == "A short trial"
    assert {number.text for number in found.numbers} >= {"2.20", "0.36", "12", "40", "30.0"}
    levels = {finding.check: finding.level for finding in found.findings}
    assert levels == {"statistic": "fails", "percent": "holds"}


PLACES = (60, 220, 310, 400)
BODY = (
    ("Male, n (%)", "21 (52.5)", "18 (47.4)", "0.65"),
    ("Diabetes, n (%)", "7 (17.5)", "9 (23.7)", "0.50"),
    ("Smoker, n (%)", "13 (32.5)", "11 (28.9)", "0.73"),
    ("Stroke, n (%)", "15 (41.3)", "9 (23.7)", "0.20"),
)


def journal(
    body=BODY, places=PLACES, label="Table 1. The patients.", rules=(722, 700, 610)
) -> bytes:
    """Write a table with rules above and below its head and at its end, as journals print."""
    rows = [("", "Drug (n = 40)", "Placebo (n = 38)", "P"), *body]
    texts = [(60, 760, 16, "A short trial"), (60, 730, 9, label), (60, 590, 9, "No more was seen.")]
    for at, row in enumerate(rows):
        texts += [(x, 707 - 22 * at, 9, text) for x, text in zip(places, row, strict=True) if text]
    drawn = [f"BT /F {size} Tf {x} {y} Td ({escaped(text)})Tj ET" for x, y, size, text in texts]
    drawn += [f"60 {y} m 480 {y} l S" for y in rules]
    return of_page("\n".join(drawn).encode())


def read(tmp_path, data: bytes):
    pytest.importorskip("pdfplumber", reason="the extra pdf is not installed")
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    return reading.read(path), scan(path)


def test_a_table_with_three_rules_is_read_and_checked(tmp_path):
    document, found = read(tmp_path, journal())
    (table,) = document.tables
    assert document.title == "A short trial"
    assert (table.label, table.caption) == ("Table 1", "The patients.")
    assert [[cell.text for cell in row] for row in table.grid[1:]] == [list(row) for row in BODY]
    assert table.grid[0][1].text == "Drug (n = 40)"
    fails = [(f.row, f.column, f.printed) for f in found.findings if f.level == "fails"]
    assert fails == [(4, 1, "15 (41.3)")]
    assert not any("52.5" in paragraph.text for paragraph in document.paragraphs)


@pytest.mark.parametrize(
    "data",
    [
        journal(label="The patients."),
        journal(rules=(722, 610)),
        journal(places=(60, 220, 260, 400)),
        journal(body=(*BODY[:3], ("", "15 (41.3)", "9 (23.7)", "0.20"))),
    ],
    ids=["no label", "two rules", "columns that nearly touch", "a row without a label"],
)
def test_a_table_that_is_not_safely_read_stays_text(tmp_path, data):
    document, found = read(tmp_path, data)
    assert document.tables == ()
    assert "fails" not in {finding.level for finding in found.findings}
    assert any("52.5" in paragraph.text for paragraph in document.paragraphs)


def test_text_in_two_columns_is_read_one_after_the_other(tmp_path):
    drawn = []
    for at in range(12):
        for x, text in ((60, f"Left line {at} of the page"), (310, f"Right line {at} of the page")):
            drawn.append(f"BT /F 9 Tf {x} {760 - 12 * at} Td ({text})Tj ET")
    document, _ = read(tmp_path, of_page("\n".join(drawn).encode()))
    told = " ".join(paragraph.text for paragraph in document.paragraphs)
    assert told.index("Left line 11") < told.index("Right line 0")


def test_a_stream_that_unpacks_to_too_much_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("secondlook.scan.pdf.MEMORY", 100_000_000)
    packing = zlib.compressobj(1)
    packed = b"".join(packing.compress(bytes(10_000_000)) for _ in range(30)) + packing.flush()
    with pytest.raises(ValueError, match=r"not a readable PDF: .*(?:MemoryError|allocate)"):
        read(tmp_path, of_page(packed, more=b"/Filter /FlateDecode"))
