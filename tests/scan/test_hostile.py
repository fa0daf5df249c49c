"""Files that want to harm: each is refused with a message, in bounded time and memory."""

from __future__ import annotations

import contextlib
import gzip
import re
import time
import zipfile

import pytest
from click.testing import CliRunner
from tests.scan.test_checks import of_all, of_text

from secondlook.cli import app
from secondlook.scan import Finding, Scan, command, scan, scan_document, scanning
from secondlook.scan.cells import shares
from secondlook.scan.document import (
    MOST_CELLS,
    Document,
    Paragraph,
    Table,
    TookTooLong,
    TooLarge,
    grid_of,
)
from secondlook.scan.draft import drafted_of
from secondlook.scan.jats import read_jats
from secondlook.scan.listing import as_csv, as_html, as_markdown, print_table
from secondlook.scan.markup import read_markup
from secondlook.scan.reading import LARGEST, read
from secondlook.scan.scanning import at_most

ARTICLE = "<article><body><p>{}</p></body></article>"


def test_an_entity_is_refused_before_it_is_expanded():
    bomb = '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;">]>' + ARTICLE.format("&y;")
    with pytest.raises(ValueError, match="declares an XML entity"):
        read_jats(bomb.encode())


def test_an_external_entity_is_not_fetched(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("42 of 50 (84%)")
    evil = f'<!DOCTYPE a [<!ENTITY x SYSTEM "file://{secret}">]>' + ARTICLE.format("&x;")
    with pytest.raises(ValueError, match="declares an XML entity"):
        read_jats(evil.encode())


def test_a_document_type_elsewhere_is_not_fetched_and_its_entities_are_read_as_html():
    text = '<!DOCTYPE article SYSTEM "http://example.invalid/x.dtd">' + ARTICLE.format(
        "7&#160;of&nbsp;9"
    )
    assert read_jats(text.encode()).paragraphs[0].text == "7 of 9"


def test_elements_nested_without_end_are_refused():
    deep = "<article>" + "<sec>" * 100_000
    with pytest.raises(TooLarge, match="nested deeper"):
        read_jats(deep.encode())


@pytest.mark.parametrize("opened", ["<b>", "<blockquote>"])
def test_html_that_nests_too_deep_is_refused(opened: str) -> None:
    with pytest.raises(TooLarge, match="nested deeper"):
        read_markup((opened * 20_000 + "<p>12 of 24</p>").encode(), "html")


def test_divisions_of_html_nest_nothing() -> None:
    (paragraph,) = read_markup(("<div>" * 20_000 + "<p>12 of 24</p>").encode(), "html").paragraphs
    assert paragraph.text == "12 of 24"


def test_what_is_no_xml_is_refused(tmp_path):
    path = tmp_path / "broken.nxml"
    path.write_text("<article><p>")
    with pytest.raises(ValueError, match="not well-formed"):
        read(path)


def test_a_file_of_500_megabytes_is_refused_unread(tmp_path):
    path = tmp_path / "large.nxml"
    with path.open("wb") as file:
        file.truncate(500_000_000)
    start = time.perf_counter()
    with pytest.raises(TooLarge, match="500,000,000 bytes"):
        read(path)
    assert time.perf_counter() - start < 1


def test_a_gzip_that_unpacks_to_too_much_is_refused(tmp_path):
    path = tmp_path / "bomb.nxml.gz"
    path.write_bytes(gzip.compress(b" " * (LARGEST + 10)))
    with pytest.raises(TooLarge, match="unpacks"):
        read(path)


def test_a_docx_that_unpacks_to_too_much_is_refused(tmp_path):
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b" " * (LARGEST + 10))
    with pytest.raises(TooLarge, match="unpacks"):
        read(path)


def test_a_docx_with_a_document_type_is_refused(tmp_path):
    path = tmp_path / "evil.docx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("word/document.xml", '<!DOCTYPE w [<!ENTITY x "y">]><w/>')
    with pytest.raises(ValueError, match="declares a document type"):
        read(path)


def test_what_is_no_docx_is_refused(tmp_path):
    path = tmp_path / "no.docx"
    path.write_bytes(b"PK nothing")
    with pytest.raises(ValueError, match="not a DOCX"):
        read(path)
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("word/document.xml", "<w/>")
    whole = path.read_bytes()
    path.write_bytes(whole[:20] + whole[40:])
    with pytest.raises(ValueError, match="not a DOCX file: it is cut short or damaged"):
        read(path)


def test_a_table_of_ten_thousand_by_ten_thousand_is_refused_before_it_is_made():
    with pytest.raises(TooLarge, match="columns"):
        grid_of([[("x", 10_000, 10_000)]] + [[("", 1, 1)]] * 9_999)
    with pytest.raises(TooLarge, match="cells"):
        grid_of([[("x", 1, 900)]] + [[("", 1, 1)]] * (MOST_CELLS // 900))


def test_a_span_that_is_no_number_counts_as_one():
    row = '<tr><td colspan="99999999999">a</td><td rowspan="x">b</td></tr>'
    table = f"<table-wrap><table>{row}</table></table-wrap>"
    grid = read_jats(f"<article><body>{table}</body></article>".encode()).tables[0].grid
    assert [cell.text for cell in grid[0]] == ["a", "b"]


@pytest.mark.parametrize(
    "text", ["1" * 50_000, "1," * 50_000, "1 (" * 50_000, "12^a" * 50_000, "(" * 50_000,
             "1,111" * 20_000, "n = " * 50_000, "1 / " * 50_000, "* " * 50_000],
)  # fmt: skip
def test_no_pattern_blows_up(text):
    start = time.process_time()
    list(shares(text))
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    "text",
    ["x" * 60_000, "a@" * 30_000, "1 patients (1%) " * 900, "1 of " * 1_500, "[1," * 1_500,
     "95% CI (" * 1_500, "numbers at risk: " + "12 " * 1_500, "12 (34%), " * 1_500,
     "HR, 0.8; 95% CI, 0.6 to 1.1; P = 0.2 " * 300, "(p = 0.03; HR " * 3_000],
)  # fmt: skip
def test_no_text_makes_the_scan_or_the_draft_blow_up(text):
    start = time.process_time()
    document = Document("test", "", (Paragraph("Results", 1, text),), ())
    scan_document(document, "test")
    drafted_of(document)
    assert time.process_time() - start < 3


@pytest.mark.parametrize(
    ("cell", "length"),
    [("{n}/{of} (50)", 300), ("{n} ({p:.1f})", 300), ("{n}.1 ± 2.{n}", 300), ("{n}", 300),
     ("t({of}) = 2.{n}, p = 0.04", 800)],
)  # fmt: skip
def test_no_long_table_makes_the_scan_blow_up(cell, length):
    rows = [["", *(f"{name} (n = 30)" for name in "ABC"), "P", "OR (95% CI)"]]
    for r in range(length):
        cells = (
            cell.format(n=n, of=n + 20, p=n / 0.3) for n in ((7 * r + c) % 30 for c in range(3))
        )
        rows.append([f"Sign {r}", *cells, f"0.{r % 100:02d}", f"1.{r % 9} (0.4-2.{r % 9})"])
    table = Table(0, "Table 1", "", grid_of([[(text, 1, 1) for text in row] for row in rows]), 1)
    start = time.process_time()
    scan_document(Document("test", "", (), (table,)), "test")
    assert time.process_time() - start < 6


def test_a_file_that_takes_too_long_is_given_up(tmp_path, monkeypatch):
    path = tmp_path / "slow.txt"
    path.write_text("slow")
    monkeypatch.setattr("secondlook.scan.scanning.read", lambda _: time.sleep(5))
    with pytest.raises(ValueError, match=r"given up after 0\.2 seconds"):
        scan(path, seconds=0.2)


def test_html_of_an_article_is_not_html_of_the_listing():
    finding = Finding(
        "percent", "fails", 0, 1, 1, 0, "<script>alert(1)</script>", "1 | 2", "", "", ""
    )
    found = Scan("a.nxml", "<img src=x onerror=alert(1)>", [], [finding])
    assert "<script" not in as_html(found)
    assert "<img" not in as_html(found)
    assert "<script" not in as_markdown(found)
    assert "1 \\| 2" in as_markdown(found)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_spreadsheet_computes_nothing(start):
    finding = Finding("percent", "fails", 0, 1, 1, 0, f"{start}cmd|' /C calc'!A0", "", "", "", "")
    assert f"'{start}cmd" in as_csv(Scan("a.nxml", "", [], [finding]))


def test_a_markdown_file_includes_no_other_file(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("42 of 50 (84%)")
    path = tmp_path / "a.md"
    path.write_text(f"# Title\n\n![x]({secret})\n\n```{{.include}}\n{secret}\n```\n")
    assert "84%" not in " ".join(p.text for p in read(path).paragraphs)


def test_a_pdf_without_its_reader_says_what_to_install(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.4 nothing")
    with pytest.raises(ValueError, match=r"secondlook\[pdf\]|not a readable PDF"):
        read(path)


def test_bytes_that_are_no_utf8_are_read(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("Results\n\n7 of 21 (33.3%) caf\xe9".encode("latin-1"))
    assert "café" in read(path).paragraphs[0].text


def test_gzip_that_is_cut_short_is_refused(tmp_path):
    path = tmp_path / "a.nxml.gz"
    path.write_bytes(gzip.compress(ARTICLE.format("x" * 1000).encode())[:40])
    with pytest.raises(ValueError, match="gzip"):
        read(path)


def test_a_thread_of_its_own_gives_up_as_well():
    from concurrent.futures import ThreadPoolExecutor

    def endless() -> None:
        with at_most(0.2):
            while True:
                sum(range(1000))

    with ThreadPoolExecutor(1) as pool, pytest.raises(TookTooLong, match="too long"):
        pool.submit(endless).result(timeout=30)


def test_a_defect_of_a_check_is_told_in_one_line(tmp_path, monkeypatch):
    def broken(path: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(command, "scan", broken)
    path = tmp_path / "a.txt"
    path.write_text("nothing")
    result = CliRunner().invoke(app, ["scan", str(path)])
    assert result.exit_code == 2
    assert "ZeroDivisionError: division by zero" in result.output
    assert "Traceback" not in result.output


def test_a_table_of_a_csv_is_refused_while_it_is_read(tmp_path):
    path = tmp_path / "wide.csv"
    path.write_text(("," * 9_999 + "\n") * 100)
    with pytest.raises(TooLarge, match="more than 200,000 cells"):
        read(path)


def test_more_elements_than_articles_have_are_refused(monkeypatch):
    monkeypatch.setattr("secondlook.scan.jats.MOST_ELEMENTS", 1_000)
    with pytest.raises(TooLarge, match="more than 1,000 elements"):
        read_jats(ARTICLE.format("<x/>" * 1_000).encode())


def test_a_terminal_obeys_no_text_of_an_article(capsys):
    from rich.console import Console

    finding = Finding("percent", "fails", 0, 1, 1, 0, "a\x1b[2J[red]", "\x1b]8;;x", "", "\r", "")
    print_table(Scan("a.txt", "\x1b[31mT[bold]", [], [finding]), Console(width=160))
    told = capsys.readouterr().out
    assert "\x1b" not in told
    assert "\r" not in told
    assert "[red]" in told
    assert "[bold]" in told


@pytest.mark.parametrize("kind", ["nxml", "html", "md", "docx"])
def test_nothing_that_an_article_points_to_is_fetched(tmp_path, kind):
    import http.server
    import threading

    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    at = f"http://127.0.0.1:{server.server_port}/x"
    page = (
        f'<p>7 of 9 <img src="{at}.png"></p><iframe src="{at}"></iframe><embed src="{at}">'
        f'<link rel="stylesheet" href="{at}.css"><script src="{at}.js">document.write("1")</script>'
    )
    path = tmp_path / f"a.{kind}"
    if kind == "docx":
        import pypandoc

        picture = f"![x](x.png){{width=1}}\n\n7 of 9 [y]({at})"
        pypandoc.convert_text(picture, "docx", "markdown", outputfile=str(path))
    else:
        path.write_text({
            "nxml": f'<!DOCTYPE article SYSTEM "{at}.dtd">' + ARTICLE.format("7 of 9"),
            "html": f"<html><body>{page}</body></html>",
            "md": f"7 of 9 ![x]({at}.png)\n\n{page}",
        }[kind])  # fmt: skip
    try:
        assert "7 of 9" in " ".join(paragraph.text for paragraph in read(path).paragraphs)
    finally:
        server.shutdown()
        server.server_close()
    assert asked == []


@pytest.mark.parametrize("seconds", [0, -1, float("inf"), float("nan"), "60", None])
def test_the_longest_time_is_a_number_of_seconds(tmp_path, seconds):
    with pytest.raises(ValueError, match=r"^seconds is .*; give a time up to 1,000,000 seconds"):
        scan(tmp_path / "a.md", seconds=seconds)
    with pytest.raises(ValueError, match="path is NoneType; name a file"):
        scan(None)


def test_digits_of_other_scripts_are_read_as_numbers(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(
        "<p>Of the ٢١ patients ۷ (۳۳٪) died, १२ (57%) did not.</p>"
        "<table><tr><th></th><th>A (n=٢٠)</th></tr><tr><td>sick</td><td>٣ (٢٥٫٠%)</td></tr></table>"
    )
    told = {finding.printed: finding.level for finding in scan(page).findings}
    assert told == {"7 (33%)": "holds", "12 (57%)": "holds", "3 (25.0%)": "question"}


@pytest.mark.parametrize("cell", ["{} ± 3.1", "{}", "1.5 ({} to 3.0)", "{}/40 (50%)", "P = {}"])
def test_a_number_that_begins_with_a_nought_and_a_comma_stops_nothing(cell):
    told = cell.format("0,568.5")
    rows = [["", "Drug (n = 40)", "P"], ["Age", told, "0.5"], ["Male", "20 (50)", told]]
    found = of_all(*rows, text=f"The mean was {told}, P = 0.2.")
    assert [f.level for f in found if f.printed == "20 (50)"] == ["holds"]


def test_a_statistic_of_nought_has_an_effect_of_nought_or_more():
    told = "An effect of group was seen, F(2, 1) = 0, partial η2 = 0.5, and F(1, 20) = 5.00, "
    found = of_text(told + "partial η2 = 0.20.", "statistic")
    assert [f.level for f in found if "η2" in f.printed] == ["holds", "holds"]


def test_levels_of_nobody_whose_percents_make_100_stop_nothing():
    rows = [["", "Drug (n = 40)"], ["Sex, n (%)", ""], ["Male", "0 (50%)"], ["Female", "0 (50%)"]]
    assert {f.level for f in of_all(*rows)} <= {"question"}


def test_several_counts_in_the_cell_of_one_group_alone_stop_nothing():
    head = ["", "A (n=80)", "B (n=80)", "P"]
    rows = [["sick", "9 (11.3%), 4 (5.0%)", "8 (10.0%)", "0.80"]]
    grid = grid_of([[(text, 1, 1) for text in row] for row in (head, *rows)])
    found = scan_document(Document("test", "", (), (Table(0, "Table 1", "", grid, 1),)), "test")
    assert [f.level for f in found.findings if f.check == "percent"] == ["holds"] * 3


def test_a_reader_that_swallows_an_interruption_is_interrupted_again(monkeypatch):
    monkeypatch.setattr(scanning, "AGAIN", 0.05)

    def swallows():
        for _ in range(2):
            with contextlib.suppress(Exception):
                while True:
                    time.sleep(0.01)
        while True:
            time.sleep(0.01)

    with pytest.raises(TookTooLong, match="given up after"), at_most(0.05):
        swallows()


def test_what_a_terminal_obeys_is_no_part_of_an_article(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("A \x1b]0;x\x07 tri\x9bal\n\nResults\n\n12 of \x1b[2J24 (50\x00%) died.\n")
    found = scan(path)
    for told in (found.title, as_csv(found), as_markdown(found), as_html(found)):
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", told)


def test_a_text_that_is_one_paragraph_is_not_its_own_title(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("word " * 100_000)
    assert len(scan(path).title) == 300


def test_a_title_in_front_of_markdown_adds_no_markup(tmp_path):
    path = tmp_path / "a.md"
    path.write_text(
        "---\ntitle: 'A `</article-title>`{=jats} trial'\n---\n\n12 of 24 (50%) died.\n"
    )
    assert read(path).title == "A </article-title>{=jats} trial"


def test_a_message_of_megabytes_and_escapes_is_told_in_a_line(tmp_path, monkeypatch):
    def refused(path: object) -> None:
        raise ValueError("\x1b[2J" + "x" * 1_000_000)

    monkeypatch.setattr(command, "scan", refused)
    path = tmp_path / "a.txt"
    path.write_text("nothing")
    result = CliRunner().invoke(app, ["scan", str(path)], color=True)
    assert "<1b>[2Jxxx" in result.stderr
    assert len(result.stderr) < 2_100
