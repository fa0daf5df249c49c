"""Correct: the text of a PDF is read and its numbers are checked."""

from __future__ import annotations

import zlib

import pytest

from secondlook.scan import reading, scan
from secondlook.scan.document import TookTooLong

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


def of_page(*drawn: bytes, more: bytes = b"") -> bytes:
    """Write pages of what is drawn as a PDF, object by object; /S is a font of signs."""
    kids = b" ".join(b"%d 0 R" % (5 + 2 * i) for i in range(len(drawn)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%b] /Count %d >>" % (kids, len(drawn)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Symbol >>",
    ]
    for i, each in enumerate(drawn):
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F 3 0 R /S 4 0 R >> >> >>" % (6 + 2 * i),
            b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(each), more, each),
        ]
    written, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return written + (
        b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<< /Size %d /Root 1 0 R >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table, len(objects) + 1, len(written))
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


def test_a_table_without_a_caption_or_a_rule_below_its_head_is_read(tmp_path):
    document, found = read(tmp_path, journal(label=""))
    assert document.tables[0].label == "Table on page 1"
    assert [f.printed for f in found.findings if f.level == "fails"] == ["15 (41.3)"]
    document, found = read(tmp_path, journal(rules=(722, 610)))
    assert document.tables[0].head == 0  # which is told from its cells
    assert [f.printed for f in found.findings if f.level == "fails"] == ["15 (41.3)"]


def test_columns_that_nearly_touch_stay_text(tmp_path):
    document, found = read(tmp_path, journal(places=(60, 220, 260, 400)))
    assert document.tables == ()
    assert "fails" not in {finding.level for finding in found.findings}
    assert any("52.5" in paragraph.text for paragraph in document.paragraphs)


def page(texts, rules, turned: bool = False) -> bytes:
    """Write a page of texts (left, baseline, size, text) and of rules (left, right, height)."""
    return of_page(drawn_of(texts, rules, turned))


def drawn_of(texts, rules, turned: bool = False) -> bytes:
    """Draw texts and rules, on a page whose text runs up if it is turned."""
    drawn = ["0 1 -1 0 595 0 cm"] if turned else []
    drawn += [f"BT /F {size} Tf {x} {y} Td ({escaped(text)})Tj ET" for x, y, size, text in texts]
    drawn += [f"{left} {y} m {right} {y} l S" for left, right, y in rules]
    return "\n".join(drawn).encode()


def cells(document) -> list[list[str]]:
    (table,) = document.tables
    return [[cell.text for cell in row] for row in table.grid]


FRAME = [(60, 480, 722), (60, 480, 680), (60, 480, 600)]


def test_a_rule_over_some_columns_says_of_which_a_head_is(tmp_path):
    texts = [(60, 730, 9, "Table 2"), (200, 712, 9, "Drug (n = 40)"), (380, 712, 9, "All")]
    texts += [(180, 690, 9, "Before"), (260, 690, 9, "After"), (380, 690, 9, "After")]
    for at, label in enumerate(("Pain, n (%)", "Fever, n (%)", "Nausea, n (%)")):
        y = 665 - 20 * at
        texts += [(60, y, 9, label), (180, y, 9, "10 (25.0)"), (260, y, 9, "20 (50.0)")]
        texts += [(380, y, 9, "30")]
    document, _ = read(tmp_path, page(texts, [*FRAME, (175, 320, 704)]))
    assert cells(document)[:2] == [
        ["", "Drug (n = 40)", "Drug (n = 40)", "All"], ["", "Before", "After", "After"]
    ]  # fmt: skip
    assert document.tables[0].head == 2


def test_a_cell_of_several_lines_is_one_and_a_row_below_another_is_not(tmp_path):
    texts = [(60, 730, 9, "Table 2. Outcomes."), (200, 690, 9, "Drug"), (340, 690, 9, "Placebo")]
    texts += [(60, 666, 9, "Change of pain,"), (200, 666, 9, "-1.2 (-2.0 to"), (340, 666, 9, "0.1")]
    texts += [(60, 656, 9, "mean"), (200, 656, 9, "-0.4)")]
    texts += [(60, 640, 9, "Fever"), (200, 640, 9, "12"), (340, 640, 9, "14")]
    texts += [(60, 624, 9, "Nausea"), (200, 624, 9, "11"), (340, 624, 9, "13")]
    texts += [(60, 608, 9, "Rash"), (200, 608, 9, "9"), (340, 608, 9, "8")]
    document, _ = read(tmp_path, page(texts, FRAME))
    assert cells(document)[1:] == [
        ["Change of pain, mean", "-1.2 (-2.0 to -0.4)", "0.1"], ["Fever", "12", "14"],
        ["Nausea", "11", "13"], ["Rash", "9", "8"],
    ]  # fmt: skip


def test_marks_stand_at_their_numbers_and_notes_below_the_table(tmp_path):
    texts = [(60, 730, 9, "Table 2. Outcomes."), (200, 690, 9, "Drug"), (340, 690, 9, "Placebo")]
    for at, label in enumerate(("Fever", "Nausea", "Rash")):
        y = 660 - 22 * at
        texts += [(60, y, 9, label), (200, y, 9, "12.5"), (340, y, 9, "14.5")]
    texts += [(218.5, 663, 6, "a"), (60, 590, 7, "Without those who left."), (60, 560, 9, "Text.")]
    document, _ = read(tmp_path, page(texts, FRAME))
    assert cells(document)[1] == ["Fever", "12.5^a", "14.5"]
    assert document.tables[0].notes == ("Without those who left.",)
    assert [paragraph.text for paragraph in document.paragraphs] == ["Text."]


def test_rules_between_all_rows_part_them(tmp_path):
    texts = [(60, 730, 9, "Table 2. Outcomes."), (200, 690, 9, "Drug"), (340, 690, 9, "Placebo")]
    for at, label in enumerate(("Fever or", "Nausea or", "Rash or")):
        y = 666 - 30 * at
        texts += [(60, y, 9, label), (200, y, 9, "12"), (340, y, 9, "14"), (60, y - 10, 9, "chill")]
    rules = [(60, 480, y) for y in (722, 680, 650, 620, 590)]
    document, _ = read(tmp_path, page(texts, rules))
    assert [row[0] for row in cells(document)[1:]] == [
        "Fever or chill",
        "Nausea or chill",
        "Rash or chill",
    ]


def test_rules_around_text_make_no_table(tmp_path):
    texts = [
        (60, 700 - 12 * k, 9, f"Of the {k} patients of this box all were seen") for k in range(6)
    ]
    document, _ = read(tmp_path, page(texts, FRAME))
    assert document.tables == ()
    assert "all were seen" in document.paragraphs[0].text


def test_text_in_two_columns_is_read_one_after_the_other(tmp_path):
    drawn = []
    for at in range(12):
        for x, text in ((60, f"Left line {at} of the page"), (310, f"Right line {at} of the page")):
            drawn.append(f"BT /F 9 Tf {x} {760 - 12 * at} Td ({text})Tj ET")
    document, _ = read(tmp_path, of_page("\n".join(drawn).encode()))
    told = " ".join(paragraph.text for paragraph in document.paragraphs)
    assert told.index("Left line 11") < told.index("Right line 0")


def test_the_columns_of_a_page_need_not_share_their_lines(tmp_path):
    drawn = []
    for at in range(12):
        for x, y, text in ((60, 760, "Left line"), (310, 755, "Right line")):
            drawn.append(f"BT /F 9 Tf {x} {y - 12 * at} Td ({text} {at} of the page)Tj ET")
    document, _ = read(tmp_path, of_page("\n".join(drawn).encode()))
    told = " ".join(paragraph.text for paragraph in document.paragraphs)
    assert told.index("Left line 11") < told.index("Right line 0")


def test_signs_of_another_font_stay_on_their_line_and_parted_words_are_joined(tmp_path):
    drawn = (
        b"BT /F 9 Tf 60 700 Td (The mean difference was )Tj /S 9 Tf (\\055)Tj /F 9 Tf "
        b"(0.41 \\(95% CI )Tj /S 9 Tf (\\055)Tj /F 9 Tf (0.63 to )Tj /S 9 Tf (\\055)Tj "
        b"/F 9 Tf (0.19\\), in all con-)Tj ET\n"
        b"BT /F 9 Tf 60 688 Td (cerned.)Tj ET"
    )
    document, found = read(tmp_path, of_page(drawn))
    (paragraph,) = document.paragraphs
    told = paragraph.text.replace("\u2212", "-")
    assert told == "The mean difference was -0.41 (95% CI -0.63 to -0.19), in all concerned."
    assert [finding.level for finding in found.findings] == ["holds"]


OUTCOMES = [(200, 690, 9, "Drug"), (340, 690, 9, "Placebo"), (60, 666, 9, "Fever"),
            (200, 666, 9, "12"), (340, 666, 9, "14")]  # fmt: skip


def test_a_table_that_is_turned_on_its_page_is_read(tmp_path):
    texts = [(60, 730, 9, "Table 2. Outcomes."), *OUTCOMES]
    texts += [(60, 640, 9, "Rash"), (200, 640, 9, "9"), (340, 640, 9, "8")]
    turned = [(x, y - 300, size, text) for x, y, size, text in texts]
    rules = [(left, right, y - 300) for left, right, y in FRAME]
    document, _ = read(tmp_path, page(turned, rules, turned=True))
    assert cells(document) == [["", "Drug", "Placebo"], ["Fever", "12", "14"], ["Rash", "9", "8"]]


@pytest.mark.parametrize("said", ["(Continued)", "Outcomes (continued)", "Cont."])
def test_a_table_goes_on_over_the_page(tmp_path, said):
    first = [(60, 730, 9, "Table 2. Outcomes."), *OUTCOMES]
    first += [(60, 640, 9, "Chill"), (200, 640, 9, "5"), (340, 640, 9, "6")]
    again = [*OUTCOMES[:2], (60, 640, 9, "Rash"), (200, 640, 9, "9"), (340, 640, 9, "8")]
    again += [(60, 620, 9, "Nausea"), (200, 620, 9, "3"), (340, 620, 9, "4")]
    drawn = [
        drawn_of(first, FRAME[:2]),
        drawn_of([(60, 730, 9, f"Table 2. {said}"), *again], FRAME),
    ]
    document, _ = read(tmp_path, of_page(*drawn))
    assert [row[0] for row in cells(document)] == ["", "Fever", "Chill", "Rash", "Nausea"]


def test_another_table_with_rules_of_one_length_has_its_caption_below_its_first_rule(tmp_path):
    texts = [(60, 726, 9, "Table 2. Outcomes."), *OUTCOMES]
    texts += [(60, 640, 9, "Rash"), (200, 640, 9, "9"), (340, 640, 9, "8")]
    below = [(x, y - 250, size, text.replace("2.", "3.")) for x, y, size, text in texts]
    rules = [(60, 480, y) for y in (737, 718, 680, 620)]
    rules += [(left, right, y - 250) for left, right, y in rules]
    document, _ = read(tmp_path, page([*texts, *below], rules))
    assert [table.label for table in document.tables] == ["Table 2", "Table 3"]
    assert [len(table.grid) for table in document.tables] == [3, 3]


def test_lines_in_a_framed_row_are_rows(tmp_path):
    texts = [(64, 700, 9, "x"), (184, 700, 9, "Drug"), (284, 700, 9, "Placebo")]
    texts += [(64, 670, 9, "Male"), (184, 670, 9, "12"), (284, 670, 9, "14")]
    texts += [(64, 655, 9, "Female"), (184, 655, 9, "28"), (284, 655, 9, "26")]
    drawn = drawn_of(texts, [(60, 380, y) for y in (720, 690, 640)]).decode()
    drawn += "".join(f"\n{x} 640 m {x} 720 l S" for x in (60, 180, 280, 380))
    document, _ = read(tmp_path, of_page(drawn.encode()))
    assert cells(document)[1:] == [["Male", "12", "14"], ["Female", "28", "26"]]


def test_lines_of_a_framed_head_are_one_row(tmp_path):
    texts = [(184, 708, 9, "Iron (n ="), (284, 708, 9, "P"), (184, 697, 9, "64)")]
    texts += [(284, 697, 9, "value"), (64, 670, 9, "Male"), (184, 670, 9, "12 (18.8)")]
    texts += [(284, 670, 9, "0.43"), (64, 650, 9, "Old"), (184, 650, 9, "9 (14.1)")]
    drawn = drawn_of(texts, [(60, 380, y) for y in (720, 690, 660, 640)]).decode()
    drawn += "".join(f"\n{x} 640 m {x} 720 l S" for x in (60, 180, 280, 380))
    document, _ = read(tmp_path, of_page(drawn.encode()))
    assert cells(document)[:2] == [["", "Iron (n = 64)", "P value"], ["Male", "12 (18.8)", "0.43"]]


def test_what_to_do_is_said_of_a_pdf_that_a_password_locks(tmp_path, monkeypatch):
    pdfplumber = pytest.importorskip("pdfplumber", reason="the extra pdf is not installed")

    def locked(*_: object, **__: object) -> None:
        raise RuntimeError  # pdfminer says nothing either

    monkeypatch.setattr(pdfplumber, "open", locked)
    with pytest.raises(ValueError, match=r"PDF: RuntimeError\(\); if .* a PDF without a password"):
        read(tmp_path, pdf(LINES))


def test_two_columns_of_text_between_rules_are_no_table(tmp_path):
    texts = [(x, 700 - 12 * k, 9, f"of the {k} patients that were seen at the end of it")
             for k in range(12) for x in (60, 310)]  # fmt: skip
    document, _ = read(tmp_path, page(texts, [(60, 540, 722), (60, 540, 540)]))
    assert document.tables == ()


def test_a_stream_that_unpacks_to_too_much_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("secondlook.scan.pdf.article.MEMORY", 100_000_000)
    packing = zlib.compressobj(1)
    packed = b"".join(packing.compress(bytes(10_000_000)) for _ in range(30)) + packing.flush()
    with pytest.raises(ValueError, match=r"not a readable PDF: .*(?:MemoryError|allocate)"):
        read(tmp_path, of_page(packed, more=b"/Filter /FlateDecode"))


def test_a_pdf_that_takes_too_long_is_not_called_unreadable(tmp_path, monkeypatch):
    def endless(_: object) -> list[object]:
        raise TookTooLong

    pytest.importorskip("pdfplumber", reason="the extra pdf is not installed")
    monkeypatch.setattr("secondlook.scan.pdf.article.level", endless)
    with pytest.raises(TookTooLong, match="given up"):
        read(tmp_path, journal())
