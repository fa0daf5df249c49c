"""Correct: whatever a stranger writes ends in a result or in a sentence, and soon.

`make fuzz` runs many random examples; without it a few fixed ones are run, and every input that
once broke a reader, which `tests/fail/` keeps.
"""

from __future__ import annotations

import csv
import hashlib
import io
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.claims.test_arithmetic import Sources

from secondlook import claims, data, plain_yaml, printed
from secondlook.claims import Claim, ClaimsError, Declared
from secondlook.claims.claim import FORMS, read_file
from secondlook.claims.derivation import answer
from secondlook.claims.expression import ExpressionError
from secondlook.claims.functions import COLUMNS, FUNCTIONS, POSSIBLE
from secondlook.plain_yaml import YamlError
from secondlook.render.document import read_document
from secondlook.render.problems import RenderError
from secondlook.scan.draft import drafted_of
from secondlook.scan.listing import as_csv, as_html, as_json, as_markdown
from secondlook.scan.reading import read
from secondlook.scan.scanning import scan_document

FAIL = Path(__file__).parents[1] / "fail"
SECONDS = 5.0
TABLE = b"k,v\n1,2\n2,3\n"
DESCRIPTION = """\
name: smith-2001
resources:
  - name: t
    path: t.csv
    hash: "{hash}"
    x-totals:
      - {{of: rows, printed: "2", holds: {holds}}}
    schema:
      missingValues: [""]
      fields:
        - {{name: k, type: integer}}
        - {{name: v, type: {kind}}}
"""

# Pieces that the languages are made of, so that chance goes deep.
NUMERALS = st.lists(
    st.sampled_from(
        [*"0123456789.,-+%<>≥~e ", "−", "–", "·", "×10", "^", "⁻⁴", "\u202f", "P = ", "about ",
         "hundred", " and ", "twenty", "-one", "st", "½", "٣", "nan", "inf", "1,113"]
    ),
    max_size=8,
).map("".join)  # fmt: skip
WORDS = st.sampled_from(
    [*FUNCTIONS, *COLUMNS, *POSSIBLE, *"abxyz", "c-d", "n/1", "t", "t.v", "t.k", "k", "v", "it",
     "0", "1", "100", '"50"', "and", "or", "not", "in", "(", ")", ",", "+", "-", "*", "/", "=",
     "!=", "<=", "9" * 400, " ", " ", " ", "\n", "'", '"', "é", "{row}", "__class__", ".", ":",
     "lambda"]
)  # fmt: skip
EXPRESSIONS = st.lists(WORDS, max_size=25).map("".join) | st.text(max_size=60)
SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | NUMERALS | EXPRESSIONS | st.dates()
)
NAMES = st.sampled_from(
    ["id", "where", "quantity", "printed", "reads", "expect", "cause", "why", "cites", "also", "if",
     *FORMS, "claims", "tables", "curves", "reasons", "file", "rows", "groups", "cells", "n", "p",
     "adds", "missing", "total", "statistics", "columns", "__line__", "<<"]
)  # fmt: skip
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=6),
    max_leaves=20,
)
FORMS_OF_A_CLAIM = st.one_of(
    EXPRESSIONS.map(lambda text: {"from": text}),
    st.dictionaries(st.sampled_from(["A", "B"]), EXPRESSIONS, min_size=1).map(
        lambda places: {"from": places}
    ),
    EXPRESSIONS.map(lambda text: {"same": text}),
    st.tuples(EXPRESSIONS, EXPRESSIONS).map(lambda two: {"contradicts": two[0], "if": two[1]}),
    st.lists(st.lists(EXPRESSIONS, max_size=3), max_size=3).map(
        lambda rows: {"test": {"table": rows}}
    ),
    TREES.map(lambda tree: {"test": tree}),
    TREES.map(lambda tree: {"columns": tree}),
)
PRINTED = st.sampled_from(
    ["12 (50%)", "12/24", "50%", "n = 24", "N=0", "(n = 24)", "P = 0.03", "P < .001", "1.5 ± 0.3",
     "95% CI 1.2 to 3.4", "HR 2.0 (95% CI, 4 to 1)", "–", "−3", "1e999", "9" * 40, "0/0", "Total",
     "Median survival 12 months (9–16)", "At risk 31 13 3", " of 24 patients ", ". ", "; ", "\n\n",
     " ", "é", "\u202e", "\x00", "=cmd|x", "Table 1. Patients", "male", "female", "a", "b"]
)  # fmt: skip
MARKUP = st.sampled_from(
    ["<table>", "</table>", "<table-wrap><label>Table 1</label>", "</table-wrap>", "<thead>",
     "</thead>", "<tbody>", "<tr>", "</tr>", "<td>", "</td>", "<th>", "</th>", "<p>", "</p>",
     "<td colspan='3'>", "<td rowspan='99999'>", "<td colspan='-1'>", "<sup>", "</sup>", "<sec>",
     "</sec>", "<title>", "</title>", "<caption>", "</caption>", "&amp;", "&nosuch;", "&#0;",
     "<!--", "-->", "]]>", "<![CDATA[", "<?x?>", "<script>", "<w:tbl>", "<w:tr>", "<w:tc>",
     "</w:tc>",
     "<w:p>", "<w:t>", "</w:t>", "</w:p>", "</w:tr>", "</w:tbl>", "|", "|---|---|", "\n| a | b |\n",
     "# ", "```", "::: {#x}", ",", '"', ";", "\t", "\n"]
)  # fmt: skip
ARTICLES = st.lists(PRINTED | MARKUP, max_size=40).map("".join)
FRONT = st.dictionaries(
    st.sampled_from(
        ["title", "subtitle", "author", "date", "lang", "toc", "toc-depth", "execute", "format",
         "css", "bibliography", "code-fold", "fig-width", "html", "revealjs", "timeout", "name",
         "label", "echo", "fig-cap", "tbl-cap", "output", "include-after-body"]
    ),
    TREES,
    max_size=4,
)  # fmt: skip


def written(tree: object) -> str:
    """Write a tree as YAML in a way of our own: JSON, but for what JSON has not."""
    import json

    return json.dumps(tree, default=str, ensure_ascii=False)


def within_seconds(begun: float) -> None:
    assert time.process_time() - begun < SECONDS


def one_line(error: Exception) -> None:
    assert str(error)
    assert len(str(error)) < 6000


def names_its_file(error: Exception, name: str = "smith-2001") -> None:
    assert name in str(error)


def read_a_number(text: str) -> None:
    begun = time.process_time()
    try:
        number = printed.parse(text)
    except ValueError as error:
        one_line(error)
    else:
        if number.relation == "=":
            assert printed.verdict(text, number.value) == "reproduced"
            assert printed.parse(printed.show(number.value, like=text)).value == number.value
        else:
            printed.admits(text)
    within_seconds(begun)


def read_a_yaml(text: str) -> None:
    begun = time.process_time()
    try:
        found = plain_yaml.read_text(text)
    except YamlError as error:
        one_line(error)
    else:
        assert isinstance(found, (dict, list, str, int, float, bool, type(None)))
    within_seconds(begun)


def judge_a_file(root: Path, text: str | bytes) -> None:
    load_a_table(root, TABLE)
    path = root / "data" / "smith-2001" / "claims.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode(errors="surrogatepass"))
    begun = time.process_time()
    try:
        read_file(path)
        claims.judge("smith-2001")
    except ClaimsError as error:
        one_line(error)
        names_its_file(error)
    within_seconds(begun)


def load_a_table(root: Path, content: bytes, kind: str = "string") -> None:
    folder = root / "data" / "smith-2001"
    (folder / "t.csv").write_bytes(content)
    sealed = f"sha256:{hashlib.sha256(content).hexdigest()}"
    rows = content.decode("utf-8-sig", errors="replace").count("\n") - 1
    (folder / "datapackage.yaml").write_text(
        DESCRIPTION.format(hash=sealed, kind=kind, holds="true" if rows == 2 else "false")
    )
    try:
        frame = data.load_text("smith-2001", "t")
        typed = data.load("smith-2001", "t")
    except data.DataError as error:
        one_line(error)
        names_its_file(error)
        return
    wanted = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    assert [list(frame.columns), *frame.to_numpy().tolist()] == wanted
    assert len(typed) == len(wanted) - 1


def scan_an_article(folder: Path, text: str, kind: str) -> None:
    path = folder / f"article.{kind}"
    content = text.encode(errors="surrogatepass")
    around = {
        "nxml": b"<article><body>%s</body></article>",
        "docx": b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/'
        b'main"><w:body>%s</w:body></w:document>',
    }
    content = around.get(kind, b"%s") % content
    if kind == "docx":
        with zipfile.ZipFile(path, "w") as packed:
            packed.writestr("word/document.xml", content)
    else:
        path.write_bytes(content)
    begun = time.process_time()
    try:
        document = read(path)
        found = scan_document(document, str(path))
        drafted_of(document)
    except ValueError as error:
        one_line(error)
    else:
        for form in (as_json, as_csv, as_html, as_markdown):
            assert form(found)
    within_seconds(begun)


def read_a_report(folder: Path, front: str, options: str) -> None:
    path = folder / "report.qmd"
    lines = "\n".join(f"#| {line}" for line in options.splitlines())
    text = f"---\n{front}\n---\n\n```{{python}}\n{lines}\n1 + 1\n```\n"
    path.write_bytes(text.encode(errors="surrogatepass"))
    begun = time.process_time()
    try:
        assert read_document(path, folder, [])
    except RenderError as error:
        one_line(error)
        names_its_file(error, "report.qmd:")
    within_seconds(begun)


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A root with one paper, in which one file after another is put."""
    root = tmp_path_factory.mktemp("strangers")
    (root / "data" / "smith-2001").mkdir(parents=True)
    patch = pytest.MonkeyPatch()
    patch.setenv(data.ROOT, str(root))
    yield root
    patch.undo()


@given(NUMERALS | st.text(max_size=40))
def test_a_number(text):
    read_a_number(text)


@given(st.text(max_size=200) | TREES.map(written) | st.text("[]{}:-&*!|> \n#'\"ab?,", max_size=80))
def test_a_yaml_text(text):
    read_a_yaml(text)


@given(EXPRESSIONS)
def test_an_expression(text):
    claim = Claim("it", "Text", "it", "52.3")
    begun = time.process_time()
    try:
        found = answer(claim, Declared("from", text), Sources())
    except ExpressionError as error:
        one_line(error)
    else:
        assert found.result.verdict("52.3")
        assert found.result.shown("52.3")
        assert found.rests_on
    within_seconds(begun)


@given(TREES.map(written))
def test_a_claims_file_of_any_shape(root, text):
    judge_a_file(root, text)


@given(st.lists(FORMS_OF_A_CLAIM, min_size=1, max_size=3), NUMERALS)
def test_a_claims_file_with_any_derivation(root, forms, number):
    shared = {"where": "W", "quantity": "q", "expect": "differs", "cause": "data", "why": "w"}
    entries = [
        {"id": name, "printed": text, **shared, "needs": "n"}
        for name, text in (("a", "3"), ("b", number or "5"), ("c-d", "21"))
    ]
    entries += [
        {"id": f"i{i}", "printed": "52.3", **shared, **form} for i, form in enumerate(forms)
    ]
    judge_a_file(root, written({"claims": entries}))


@given(
    st.dictionaries(NAMES, TREES, max_size=2),
    st.fixed_dictionaries(
        {},
        optional={
            "cells": st.sampled_from(["n (%)", "n", "%", "x"]),
            "rows": st.sampled_from(["k", ["k"], [], "x"]),
            "groups": st.sampled_from(["v", ["v"], ["v", "v"], ["k", "v"]]),
            "n": st.sampled_from(["a", "a - a", {"v": "a"}, {"x": "a"}, {"v": ") + ("}]),
            "adds": st.sampled_from(["all", "rows", ["1"], "1"]),
            "missing": st.sampled_from(["1", ["2"]]),
            "total": st.just("v"),
            "p": st.just("v"),
            "statistics": st.sampled_from([{"1": ["mean"]}, {"2": "mean"}, {"1": []}]),
            "columns": st.dictionaries(st.just("v"), FORMS_OF_A_CLAIM),
        },
    ),
)
def test_a_claims_file_with_any_table(root, odd, usual):
    block = {"file": "t", "where": "W"} | odd | usual
    a = {"id": "a", "where": "W", "quantity": "q", "printed": "21", "needs": "n"}
    judge_a_file(root, written({"tables": {"t1": block}, "claims": [a]}))


@given(
    st.binary(max_size=80)
    | st.lists(
        st.sampled_from(
            ["1", "2.5", "", "é", '"', "'", ",", ",", "\n", "\r\n", ";", "\t", "\0", " "]
        ),
        max_size=20,
    ).map(lambda parts: ("k,v\n" + "".join(parts)).encode()),
    st.sampled_from(["string", "integer", "number", "boolean", "date", "year", "any"]),
)
def test_a_table(root, content, kind):
    load_a_table(root, content, kind)


@given(ARTICLES, st.sampled_from(["nxml", "html", "md", "txt", "csv", "docx"]))
def test_an_article(tmp_path_factory, text, kind):
    scan_an_article(tmp_path_factory.getbasetemp(), text, kind)


@given(
    FRONT.map(written) | st.text(max_size=60),
    FRONT.map(lambda tree: "\n".join(f"{key}: {written(each)}" for key, each in tree.items())),
)
def test_the_front_matter_and_the_options_of_a_cell(tmp_path_factory, front, options):
    read_a_report(tmp_path_factory.getbasetemp(), front, options)


@pytest.mark.parametrize("path", sorted((FAIL / "articles").iterdir()), ids=lambda path: path.name)
def test_an_article_that_once_broke_the_scan(tmp_path, path):
    scan_an_article(tmp_path, path.read_text(), path.suffix.removeprefix("."))


@pytest.mark.parametrize("path", sorted((FAIL / "printed").iterdir()), ids=lambda path: path.name)
def test_a_number_that_once_broke_the_reader(path):
    read_a_number(path.read_bytes().decode(errors="surrogateescape"))


@pytest.mark.parametrize("path", sorted((FAIL / "yaml").iterdir()), ids=lambda path: path.name)
def test_a_yaml_text_that_once_broke_the_reader(path):
    read_a_yaml(path.read_text(errors="surrogateescape"))


@pytest.mark.parametrize("path", sorted((FAIL / "claims").iterdir()), ids=lambda path: path.name)
def test_a_claims_file_that_once_broke_the_reader(root, path):
    judge_a_file(root, path.read_bytes())


@pytest.mark.parametrize("path", sorted((FAIL / "csv").iterdir()), ids=lambda path: path.name)
def test_a_table_that_once_broke_the_loader(root, path):
    load_a_table(root, path.read_bytes())
