"""Correct: the text of a PDF is read and its numbers are checked."""

from __future__ import annotations

import pytest

from secondlook.scan import scan

LINES = (
    "A short trial",
    "",
    "Results",
    "",
    "The groups differed (t(28) = 2.20, P = 0.36), and 12 of 40 (30.0%) recovered.",
)


def pdf(lines: tuple[str, ...]) -> bytes:
    """Write a page of text as a PDF, object by object."""
    shown = " T* ".join(
        "({})Tj".format(line.replace("(", r"\(").replace(")", r"\)")) for line in lines
    )
    drawn = f"BT /F 11 Tf 60 780 Td 16 TL {shown} ET".encode()
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(drawn), drawn),
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
