"""The made-up article of the README: its three planted faults, and nothing else."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.console import Console

from secondlook.cli import app
from secondlook.scan import scan, scan_document
from secondlook.scan.document import Document, Paragraph, Table, grid_of
from secondlook.scan.findings import Finding
from secondlook.scan.listing import as_html, as_json, as_markdown, by_root, print_table
from secondlook.scan.markup import read_markup
from secondlook.scan.reading import read as read_article
from secondlook.scan.scanning import Scan

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "made-up-trial.nxml"
MARKDOWN = EXAMPLE.with_suffix(".md")


def test_the_three_planted_faults_are_found_and_nothing_else():
    found = scan(EXAMPLE)
    assert found.title == "Early walking after knee replacement: a made-up trial"
    fails = [(f.check, f.printed) for f in found.findings if f.level == "fails"]
    assert fails == [
        ("percent", "11 (18.7)"), ("parts", "28"), ("statistic", "t(123) = 2.41, P = 0.17")
    ]  # fmt: skip
    assert found.count("question") == 0


def test_the_readme_shows_what_the_program_prints(monkeypatch):
    monkeypatch.chdir(ROOT)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = readme.split("$ secondlook scan examples/made-up-trial.nxml\n")[1].split("```")[0]
    result = CliRunner().invoke(app, ["scan", "examples/made-up-trial.nxml"])
    assert shown == result.stdout


def test_the_command_prints_every_format_and_says_by_its_exit_code_that_something_fails():
    for format in ("table", "json", "csv", "html", "markdown"):
        result = CliRunner().invoke(app, ["scan", str(EXAMPLE), "--format", format])
        assert result.exit_code == 1, result.output
        assert "11 (18.7)" in result.output
    told = json.loads(CliRunner().invoke(app, ["scan", str(EXAMPLE), "--format", "json"]).output)
    assert set(told) == {"file", "title", "numbers", "findings", "unread_tables"}
    finding = told["findings"][0]
    assert (finding["check"], finding["level"]) == ("percent", "fails")
    assert (finding["table"], finding["row"], finding["column"]) == (0, 3, 1)


def test_one_cause_in_a_table_is_listed_once_and_everything_if_asked(capsys):
    why = "22 of 545 are in no level; their percents are of 523"

    def asked(table: int, row: int, added: str, reading: str = why) -> Finding:
        place = f"Table {table + 1}, row {row}"
        return Finding(
            "parts", "question", table, row, 1, 0, place, added, "545", "523", reading
        )  # fmt: skip

    same = [asked(0, row, f"{row} + 23", why.replace("22", str(row))) for row in range(1, 14)]
    others = [asked(0, 20, "520 + 3", "another reading"), asked(1, 1, "500 + 23")]
    found = Scan("a.txt", "T", [], [*same, *others])
    print_table(found, Console(width=160))
    told = capsys.readouterr().out
    places = [line for line in told.splitlines() if line.startswith("question: ")]
    assert places == [
        "question: Table 1, 13 places", "question: Table 1, row 20", "question: Table 2, row 1"
    ]  # fmt: skip
    assert "    row 8: 8 + 23; held against: 545; recomputed: 523; 8 of 545 are in no" in told
    assert "row 9: " not in told
    assert "    and 5 more; --all lists each" in told
    assert "15 questions" in told
    page = as_markdown(found)
    assert (
        "| question | Table 1, 13 places |  |  |  |  |\n|  | row 1 | 1 + 23 | 545 | 523 |" in page
    )
    assert page.count("| question |") == 3
    print_table(found, Console(width=160), everything=True)
    every = capsys.readouterr().out
    assert every.count("question: ") == 15
    assert "places" not in every
    assert len(json.loads(as_json(found))["findings"]) == 15


def test_questions_of_one_paragraph_name_it_once(capsys):
    place = "Results, paragraph 1"
    r = [
        Finding("statistic", "question", None, None, None, k, place, f"r = 0.{k}", "", "", "one?")
        for k in (4, 5)
    ]
    print_table(Scan("a.txt", "T", [], r), Console(width=160))
    told = capsys.readouterr().out
    assert "question: Results, paragraph 1, 2 numbers\n    one?\n    r = 0.4\n    r = 0.5\n" in told


def test_a_question_of_a_whole_column_names_three_of_its_places(capsys):
    def asked(row: int) -> Finding:
        told = f"Table 1, row {row}", "4", "", "", "9 is the size behind 6 percents of the column"
        return Finding("percent", "question", 0, row, 1, 0, *told)

    print_table(Scan("a.txt", "T", [], [asked(row) for row in range(6)]), Console(width=160))
    told = capsys.readouterr().out
    assert "    row 2: 4\n    and 3 more; --all lists each\n" in told
    print_table(Scan("a.txt", "T", [], [asked(row) for row in range(4)]), Console(width=160))
    assert "    row 3: 4\n" in capsys.readouterr().out


def test_slight_questions_stand_last_and_together(tmp_path, capsys):
    path = tmp_path / "t.csv"
    path.write_text(
        ',Drug (n = 64),Placebo (n = 61)\n"Male, n (%)",21 (32.8),20 (32.7)\n'
        '"Smoker, n (%)",13 (20.3),12 (19.7)\n"Asthma, n (%)",7 (11.0),6 (9.9)\n'
        '"Cancer, n (%)",9 (14.1),11 (18.0)\n"Stroke, n (%)",15 (24.6),14 (23.0)\n'
    )
    found = scan(path)
    asked = [(f.printed, f.slight) for f in found.findings if f.level == "question"]
    assert asked == [("15 (24.6)", False), ("7 (11.0)", True), ("6 (9.9)", True)]
    print_table(found, Console(width=160))
    told = capsys.readouterr().out
    last = told.split("\n\n")[-2].splitlines()
    assert last[0] == "question: slight differences, 2 places"
    assert last[1].startswith("    t, Asthma, n (%), Drug (n = 64): 7 (11.0); recomputed:")
    assert "3 questions (2 slight)" in told


def test_what_is_printed_is_not_told_again_though_it_is_spaced_otherwise(capsys):
    told = "p < 0.001", "<0.001", "P 0.2 to 0.3", "another P"
    finding = Finding("statistic", "fails", None, None, None, 0, "Results", *told)
    print_table(Scan("a.txt", "T", [], [finding]), Console(width=160))
    shown = capsys.readouterr().out
    assert "printed: p < 0.001; recomputed: P 0.2 to 0.3\n" in shown
    assert shown.endswith("A range is of all values that round to what is printed.\n")


def test_a_place_is_named_without_the_marks_of_notes_and_with_its_powers(capsys):
    place = "Table 1, Sex^** > BMI (kg/m^2), 2^nd visit^a,b, 10^9/L"
    told = "15 (55.6)", "31", "15 of 31 is 48.39 %", "another percent"
    finding = Finding("percent", "fails", 0, 4, 3, 0, place, *told)
    found = Scan("a.nxml", "", [], [finding])
    print_table(found, Console(width=100))
    named = "Table 1, Sex > BMI (kg/m²), 2nd visit, 10⁹/L"
    assert named in capsys.readouterr().out
    assert named.replace(">", "&gt;") in as_html(found)
    assert json.loads(as_json(found))["findings"][0]["place"] == place


def test_the_text_is_told_of_in_its_order(tmp_path):
    path = tmp_path / "order.md"
    one = "So (t(30) = 0.40, P = 0.002)."
    path.write_text(f"# T\n\n## Zeta\n\n{one} {one}\n\n## Alpha\n\n{one}\n")
    places = [f.place for f in scan(path).findings if f.level == "fails"]
    assert [place.split(",")[0] for place in places] == ["Zeta", "Zeta", "Alpha"]


def test_an_article_of_which_nothing_can_be_checked_gets_no_clean_bill(tmp_path):
    path = tmp_path / "none.txt"
    path.write_text("Results\n\nThe mean age was 63 years.")
    result = CliRunner().invoke(app, ["scan", str(path)])
    assert result.exit_code == 0
    assert "none of them beside others that it can be checked against\n" in result.stdout
    assert "0 do not hold" not in result.stdout


def test_what_is_accused_is_listed_once_for_a_column_and_one_by_one_in_the_text():
    def fails(table: int | None, column: int | None, place: str) -> Finding:
        return Finding("percent", "fails", table, 1, column, 0, place, "p", "", "", "3 is none")

    cells = [fails(0, 1, "Table 1, a, A"), fails(0, 2, "Table 1, a, B"), fails(0, 1, "Table 1, b")]
    text = [fails(None, None, f"Results, paragraph {n}") for n in (1, 2)]
    assert [len(group) for group in by_root([*cells, *text])] == [2, 1, 1, 1]


def test_a_sound_file_exits_with_0_and_a_refused_one_with_2(tmp_path):
    path = tmp_path / "sound.txt"
    path.write_text("Results\n\nRelapse in 7/21 (33.3%).")
    result = CliRunner().invoke(app, ["scan", str(path)])
    assert result.exit_code == 0
    assert result.stdout.endswith("1 check: 0 do not hold, 0 questions, 1 holds\n")
    (tmp_path / "a.xyz").write_text("")
    assert CliRunner().invoke(app, ["scan", str(tmp_path / "a.xyz")]).exit_code == 2
    nothing = CliRunner().invoke(app, ["scan", str(tmp_path / "nothing.txt")])
    assert nothing.exit_code == 2
    assert nothing.stderr == f"secondlook: there is no file {tmp_path / 'nothing.txt'}\n"


def test_the_same_article_as_markdown_html_and_docx_gives_the_same_findings(tmp_path):
    import pypandoc

    findings = scan(EXAMPLE).findings
    assert scan(MARKDOWN).findings == findings
    for suffix in ("html", "docx"):
        path = tmp_path / f"trial.{suffix}"
        pypandoc.convert_file(
            str(MARKDOWN), suffix, outputfile=str(path), extra_args=["--standalone"]
        )
        assert scan(path).findings == findings, suffix


def test_what_the_readme_does_with_a_draft_can_be_done(tmp_path, monkeypatch):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = readme.split("--draft trial-2026 --root my-papers\n$ cd my-papers\n$ ")[1]
    monkeypatch.chdir(tmp_path)
    command = ["scan", str(EXAMPLE), "--draft", "trial-2026", "--root", "my-papers"]
    assert CliRunner().invoke(app, command).exit_code == 0
    monkeypatch.chdir(tmp_path / "my-papers")
    result = CliRunner().invoke(app, shown.split("\n")[0].split()[1:])
    assert result.exit_code == 1
    assert "2 of" in result.output


def test_a_csv_is_one_table(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(
        ",Drug (n = 40)\n\"Male, n (%)\",21 (52.5)\n\"Smoker, n (%)\",13 (32.5)\n"
        "\"Diabetes, n (%)\",7 (17.5)\n\"Stroke, n (%)\",15 (41.3)\n"
    )  # fmt: skip
    fails = [f for f in scan(path).findings if f.level == "fails"]
    assert [(f.table, f.row, f.column) for f in fails] == [(0, 4, 1)]


def test_every_cell_of_the_page_says_what_it_is_where_a_phone_shows_no_heads():
    page = CliRunner().invoke(app, ["scan", str(EXAMPLE), "--format", "html"]).output
    assert page.count('<td data-head="printed">') == page.count("<tr class=") > 40
    assert page.count("<td>") == 0


def test_a_table_that_only_lays_out_another_is_not_counted():
    rows = "<tr><th></th><th>A (n = 20)</th></tr><tr><td>Male</td><td>10 (50)</td></tr>"
    inner = f"<table>{rows}</table>"
    page = f"<h1>T</h1><table><tr><td><p>Above.</p>{inner}</td></tr></table>"
    read = read_markup(page.encode(), "html")
    assert [(t.label, t.columns, t.grid[1][1].text) for t in read.tables] == [
        ("Table 1", 2, "10 (50)")
    ]
    assert [p.text for p in read.paragraphs] == ["Above."]


def test_a_page_is_read_as_the_article_of_a_journal_is():
    rows = (
        "<tr><th></th><th>A (n = 20)</th></tr><tr><td>Male<sup>a</sup></td><td>10<br>(50)</td></tr>"
    )
    page = (
        "<h1>Title</h1><p>See <a href='t.html'>Table 3</a> and "
        "<a href='http://x.y'>http://x.y/12</a>.</p><section id='r'><div><h2>Results</h2></div>"
        "<div><p>TABLE 3. Patients</p></div></section>"
        f"<table>{rows}</table><table><caption>Others</caption>{rows}</table>"
        f"<h2>References</h2><p>Smith 2012</p><table>{rows}</table>"
    )
    read = read_markup(page.encode(), "html")
    assert (read.kind, read.title) == ("html", "Title")
    assert [(p.section, p.text) for p in read.paragraphs] == [
        ("Text", "See Table 3 and .")
    ]  # fmt: skip
    assert [(t.label, t.caption) for t in read.tables] == [
        ("TABLE 3", "Patients"), ("Table 2", "Others")
    ]  # fmt: skip
    assert [cell.text for cell in read.tables[0].grid[1]] == ["Male^a", "10\n(50)"]


def test_a_table_in_a_division_that_is_called_one_is_read():
    rows = "<tr><th></th><th>A (n = 20)</th></tr><tr><td>Male</td><td>10 (50)</td></tr>"
    wrap = (
        "<div class='table-wrap'><div class='caption'><p>Table 1. Patients</p></div>"
        f"<table>{rows}</table></div>"
    )
    read = read_markup(f"<div class='sec'><h2>Results</h2>{wrap}{wrap}</div>".encode(), "html")
    assert [table.grid[1][1].text for table in read.tables] == ["10 (50)"] * 2


def of_text(*paragraphs: str, tables: tuple[Table, ...] = ()) -> Document:
    told = tuple(Paragraph("Results", i, text) for i, text in enumerate(paragraphs, 1))
    return Document("test", "", told, tables)


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("See Table 2 and (Table 3).", [2, 3]),
        ("See Tables 2, 4 and 6; Table II.", [2, 4, 6]),
        ("See Tables 2-4 and Tables 5 to 6.", [2, 3, 4, 5, 6]),
        ("As Table 2, 36 of 40 had it.", [2]),
        ("See Table 1, Table 1A and tables 1 and 3b.", [3]),
        ("See Supplementary Table 2, online Tables 3 and 4, Table 5 in Additional file 1.", []),
        ("See Table 2 of that trial, Table S2, Table 2.1 and Table 9 (see additional file 2).", []),
    ],
)
def test_tables_that_the_text_names_and_that_are_pictures_are_said_not_to_be_checked(text, unread):
    first = Table(0, "Table 1", "", grid_of([[("a", 1, 1), ("b", 1, 1)]]), 1)
    picture = Table(1, "Table 2", "", (), 0)
    document = of_text(text, tables=(first, picture))
    found = scan_document(document, "a.nxml")
    assert found.unread == json.loads(as_json(found))["unread_tables"] == unread
    for shown in (as_markdown, as_html):
        assert ("not checked" in shown(found)) == bool(unread)


def test_a_table_without_a_number_may_be_the_one_that_is_named():
    parts = Table(0, "(a)", "", grid_of([[("a", 1, 1), ("b", 1, 1)]]), 1)
    assert scan_document(of_text("See Table 2.", tables=(parts,)), "a").unread == []
    assert scan_document(of_text("See Tables 2 and 3.", tables=(parts,)), "a").unread == [2, 3]
    paged = replace(parts, label="Table on page 3")
    assert scan_document(of_text("See Tables 2 and 3.", tables=(paged,)), "a").unread == [2, 3]


def test_pictures_and_titles_of_a_web_page():
    page = (
        "<html><head><meta><title>Trials | A trial\n of teas</title></head>"
        "<body><p>Menu</p><p><img src='a.png' alt='Taylor & Francis < 5'> 12 of 24.</p>"
        "<p><img src='a.png' alt='<alt-text> 3'>7 of 9<img src='a.png' alt='4'> died.</p>"
    )
    read = read_markup(page.encode(), "html")
    assert read.title == "Trials | A trial of teas"
    assert [p.text for p in read.paragraphs] == ["Menu", "12 of 24.", "7 of 9 died."]


def test_each_note_below_the_counts_is_a_paragraph_of_the_page():
    found = Scan("a.nxml", "T", [], [], [2, 3])
    assert as_html(found).count("<p>") == 2
    assert "against\n\nTables 2 and 3 are named" in as_markdown(found)


MANUSCRIPT = """---
title: A trial of *walking*
date: 2024-05-01
abstract: |
  Of 125 patients 64 walked early (11 of 64, 17.2%).
---

<!-- version 12: 45 of 50 (30%) -->

# Results

We gave 5 mg/m<sup>2</sup> to 10 of 50 (20%).

Table 1. Patients

<table>
<tr><th>Variable</th><th>Early<br>(n = 64)</th></tr>
<tr><td>Diabetes, n (%)</td><td>11 (18.7)</td></tr>
</table>
"""


@pytest.mark.parametrize("abstract", ["|\n  ", ""])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_markdown_has_its_title_and_abstract_in_front_and_tables_as_html(abstract, end):
    told = MANUSCRIPT.replace("|\n  ", abstract).replace("\n", end)
    read = read_markup(told.encode(), "markdown")
    assert read.title == "A trial of walking"
    assert [(p.place, p.text) for p in read.paragraphs] == [
        ("Abstract, paragraph 1", "Of 125 patients 64 walked early (11 of 64, 17.2%)."),
        ("Results, paragraph 1", "We gave 5 mg/m^2 to 10 of 50 (20%)."),
    ]
    assert [(t.label, t.caption) for t in read.tables] == [("Table 1", "Patients")]
    assert [cell.text for row in read.tables[0].grid for cell in row] == [
        "Variable", "Early\n(n = 64)", "Diabetes, n (%)", "11 (18.7)"
    ]  # fmt: skip


def test_the_same_manuscript_as_a_page_and_as_docx_has_the_same_places(tmp_path):
    import pypandoc

    told = MANUSCRIPT.split("Table 1.")[0]
    read = read_markup(told.encode(), "markdown")
    for suffix in ("html", "docx"):
        path = tmp_path / f"a.{suffix}"
        options = ["--standalone"]
        pypandoc.convert_text(told, suffix, "markdown", outputfile=str(path), extra_args=options)
        page = read_article(path)
        assert page.title == read.title
        assert [p for p in page.paragraphs if "patients" in p.text] == list(read.paragraphs[:1])


def test_front_matter_that_is_no_yaml_is_refused_with_its_line():
    with pytest.raises(ValueError, match=r"YAML.* line 1, column 14: mapping values are not"):
        read_markup(b"---\ntitle: A trial: of walking\n---\n\n7 of 9\n", "markdown")


def test_text_between_two_rules_is_no_front_matter():
    read = read_markup(b"---\n7 of 9 died.\n\n---\n\n3 of 4 lived.\n", "markdown")
    assert [p.text for p in read.paragraphs] == ["7 of 9 died.", "3 of 4 lived."]
