"""Correct: each way in which a data file can be wrong is refused with a message that names it."""

import os
import re
from pathlib import Path

import pandas as pd
import pytest

from secondlook.data import (
    DataError,
    cells,
    columns,
    description,
    folder,
    load,
    load_text,
    names,
    root,
    seal,
)

KEYS = sorted(path.parent.name for path in (root() / "data").glob("*/datapackage.yaml"))

DESCRIPTION = """\
name: smith-2001
title: Demonstration
resources:
  - name: patients
    path: patients.csv
    # a comment that sealing keeps
    hash: "sha256:none"
    x-source: {table: "4", page: "5"}
    x-corrections:
      - what: the month of case 2
        readings: [2, 12]
        decision: 2
        reason: the median
        firmness: firm
    x-totals:
      - {of: rows, where: {response: [CR, PR]}, printed: "2", source: Section 3.2}
      - {of: months, printed: "9", source: Table 1}
    schema:
      missingValues: ["", unknown]
      fields:
        - {name: case, type: integer, constraints: {required: true, unique: true}}
        - {name: months, type: number, unit: month, constraints: {minimum: 0}}
        - {name: response, type: string, constraints: {enum: [CR, PR, none]}}
        - {name: cd33, type: integer, unit: percent}
"""
ROWS = "case,months,response,cd33\n1,2.5,CR,88\n2,6.5,PR,unknown\n3,,none,33\n"


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lay out the data folder of one paper, sealed, and make it the data folder in force."""
    folder = tmp_path / "data" / "smith-2001"
    folder.mkdir(parents=True)
    (folder / "datapackage.yaml").write_text(DESCRIPTION)
    (folder / "patients.csv").write_text(ROWS)
    monkeypatch.setenv("SECONDLOOK_ROOT", str(tmp_path))
    assert seal("smith-2001") == ["patients"]
    return folder


def rewrite(paper: Path, old: str, new: str, name: str = "patients.csv") -> None:
    path = paper / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    if name == "patients.csv":
        seal("smith-2001")


def test_a_table_is_read_with_the_types_of_its_schema(paper):
    frame = load("smith-2001", "patients")
    assert frame["case"].tolist() == [1, 2, 3]
    assert frame["months"].isna().tolist() == [False, False, True]
    assert frame["months"].sum() == 9
    assert frame["cd33"].isna().tolist() == [False, True, False]
    assert frame["response"].tolist() == ["CR", "PR", "none"]


def test_the_same_table_can_be_read_as_the_text_it_was(paper):
    assert load_text("smith-2001", "patients")["cd33"].tolist() == ["88", "unknown", "33"]


def test_a_caller_who_changes_a_table_changes_only_their_copy(paper):
    copy = load("smith-2001", "patients")
    copy.loc[0, "months"] = 99
    assert load("smith-2001", "patients").loc[0, "months"] == 2.5


def test_sealing_keeps_the_comments_and_is_done_once(paper):
    assert "# a comment that sealing keeps" in (paper / "datapackage.yaml").read_text()
    assert seal("smith-2001") == []


def test_a_file_that_was_edited_after_entry_is_refused(paper):
    (paper / "patients.csv").write_text(ROWS.replace("2.5", "3.5"))
    with pytest.raises(DataError, match=r"patients\.csv.*not the one that was entered"):
        load("smith-2001", "patients")


def test_a_table_that_was_not_sealed_says_how_to_seal_it(paper):
    path = paper / "datapackage.yaml"
    path.write_text(re.sub(r'hash: "sha256:\w+"', "hash: none", path.read_text()))
    with pytest.raises(DataError, match=r"csv: it is not sealed yet; .* `secondlook seal smith"):
        load("smith-2001", "patients")


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("2.5,CR", "2.5,XX", ["row 2", "column 'response'", "'XX'"]),
        ("6.5", "six", ["row 3", "column 'months'", "'six'"]),
        ("2.5", "-1", ["row 2", "column 'months'", "'-1'"]),
        ("\n3,", "\n,", ["row 4", "column 'case'"]),
        ("\n3,", "\n2,", ["row 4", "column 'case'"]),
        (",33\n", ",33,7\n", ["row 4"]),
        ("cd33", "cd34", ["cd34"]),
    ],
)
def test_a_cell_that_breaks_the_schema_is_named_by_row_column_and_value(paper, old, new, named):
    rewrite(paper, old, new)
    with pytest.raises(DataError) as error:
        load("smith-2001", "patients")
    for part in ["patients.csv", *named]:
        assert part in str(error.value)


def test_every_cell_that_breaks_the_schema_is_named_row_by_row(paper):
    rewrite(paper, "2.5,CR", "soon,CR")
    rewrite(paper, "6.5,PR", "later,SD")
    with pytest.raises(DataError) as error:
        load("smith-2001", "patients")
    told = str(error.value).split("\n")
    assert [re.search(r"row (\d), column '(\w+)' is '(\w+)'", line).groups() for line in told] == [
        ("2", "months", "soon"), ("3", "months", "later"), ("3", "response", "SD")
    ]  # fmt: skip


def test_rows_that_miss_a_printed_total_are_refused(paper):
    rewrite(paper, "2,6.5,PR", "2,6.5,none")
    with pytest.raises(
        DataError, match=r"rows where response = \['CR', 'PR'\] is 1, but the paper prints 2 \(Sec"
    ):
        load("smith-2001", "patients")


def test_a_total_that_the_papers_own_rows_miss_must_say_so_and_must_stay_missed(paper):
    wrong = '{of: months, printed: "8", source: Table 1}'
    rewrite(paper, '{of: months, printed: "9", source: Table 1}', wrong, "datapackage.yaml")
    with pytest.raises(DataError, match="holds: false"):
        load("smith-2001", "patients")
    rewrite(paper, wrong, wrong.replace("}", ", holds: false}"), "datapackage.yaml")
    assert load("smith-2001", "patients")["months"].sum() == 9
    rewrite(paper, 'printed: "8"', 'printed: "9"', "datapackage.yaml")
    with pytest.raises(DataError, match="is 9, but the paper prints 9"):
        load("smith-2001", "patients")


def test_unknown_names_are_refused_with_those_that_exist(paper):
    with pytest.raises(DataError, match=r"no paper 'smith-2002' in .*; known are smith-2001"):
        load("smith-2002", "patients")
    with pytest.raises(DataError, match="no resource 'deaths'; known are patients"):
        load("smith-2001", "deaths")
    with pytest.raises(DataError, match="no paper"):
        folder("../smith-2001")


def test_a_missing_file_is_named(paper):
    (paper / "patients.csv").unlink()
    with pytest.raises(DataError, match=r"patients\.csv: the file is missing; line \d+ of data"):
        load("smith-2001", "patients")


def test_a_description_that_is_no_data_package_is_named(paper):
    (paper / "datapackage.yaml").write_text("resources: 3\n")
    with pytest.raises(DataError, match=r"datapackage\.yaml: expected a mapping"):
        description("smith-2001")


def test_the_root_is_the_nearest_folder_with_a_paper_in_it(paper, tmp_path, monkeypatch):
    monkeypatch.delenv("SECONDLOOK_ROOT")
    inner = tmp_path / "reports" / "slides"
    inner.mkdir(parents=True)
    for here in (tmp_path, inner, paper):
        monkeypatch.chdir(here)
        assert root() == tmp_path
    monkeypatch.chdir("/")
    with pytest.raises(DataError, match="name it with --root DIR"):
        root()


def test_without_papers_the_message_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("SECONDLOOK_ROOT", str(tmp_path / "nowhere"))
    with pytest.raises(DataError, match=r"no paper 'x' in .*nowhere/data; known are none"):
        folder("x")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (ROWS.replace(",", ";"), "row 1, column 1 is 'case;months;response;cd33'"),
        (ROWS.replace(",", "\t"), "the schema says 'case'"),
        (ROWS.replace("months", "months "), r"column 2 is 'months ' \(blanks count\)"),
        (
            ROWS.replace("case,months", "months,case"),
            "stand in the order of the columns",
        ),
        (ROWS.replace("CR", "C\0R"), "line 2 holds a NUL character"),
        (ROWS + "\n", "row 5 has no cells, the schema has 4 fields"),
        (ROWS.replace("CR", '"CR'), "is no CSV: unexpected end of data"),
        (ROWS.replace("CR", '"C"R'), "row 2|line 2 is no CSV"),
        (ROWS.replace("2.5", "1e400"), "row 2, column 'months' is '1e400'"),
        (ROWS.replace("2.5", "nan"), "it is no number"),
        (ROWS.replace("2.5", "2,5"), "row 2 has 5 cells"),
        (ROWS.replace("1,2.5", " 1,2.5"), "column 'case' is ' 1'"),
        (ROWS.replace("88", "9" * 30), "it is no integer"),
        (ROWS.replace("CR", "C" * 10_001), "a cell of over 10000 characters"),
        (ROWS.replace("case,", ""), "row 1, column 1 is 'months'"),
        ("", "row 1 has 0 columns, the schema has 4 fields"),
    ],
)
def test_what_is_checked_is_what_is_returned(paper, content, message):
    (paper / "patients.csv").write_text(content)
    seal("smith-2001")
    with pytest.raises(DataError, match=message):
        load("smith-2001", "patients")


def test_quotes_line_ends_and_a_byte_order_mark_are_read_as_csv_has_them(paper):
    (paper / "patients.csv").write_bytes(b"\xef\xbb\xbf" + ROWS.replace("\n", "\r\n").encode())
    seal("smith-2001")
    assert load("smith-2001", "patients")["response"].tolist() == ["CR", "PR", "none"]
    rewrite(paper, "enum: [CR, PR, none]", "minLength: 2", "datapackage.yaml")
    quoted = 'C""R, at\nlast'
    (paper / "patients.csv").write_text(ROWS.replace("CR", f'"{quoted}"'), newline="")
    rewrite(paper, "- {of: rows, where: {response: [CR, PR]}, printed: \"2\"", '- {of: rows, printed: "3"', "datapackage.yaml")  # fmt: skip  # noqa: E501
    seal("smith-2001")
    assert load("smith-2001", "patients").loc[0, "response"] == 'C"R, at\nlast'


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("    schema:\n", "    schema: http://x/y\n    x-old:\n", "`schema` is a mapping, written"),
        ("title: Demonstration", "profile: https://example.org/x.json", "`profile` is an address"),
        ("    path: pat", "    profile: http://x/y\n    path: pat", "`profile` is an address"),
        ("path: patients.csv", "path: ../patients.csv", "`path` is a file in the paper's folder"),
        ("path: patients.csv", "path: /etc/passwd", "`path` is a file in the paper's folder"),
        ("path: patients.csv", "path: [a.csv, b.csv]", "`path` is a file in the paper's folder"),
        ("path: patients.csv", "path: http://x/a.csv", "`path` is a file in the paper's folder"),
        ("    path: pat", "    dialect: {delimiter: ;}\n    path: pat", "`dialect` is not read"),
        ("    path: pat", "    encoding: latin-1\n    path: pat", "`encoding` can only be utf-8"),
        ('hash: "sha256:', "hash: 5\n    x-old: \"", "`hash` is text"),
        ("    path: pat", "    hsh: none\n    path: pat", "line 4.*unknown 'hsh'; known are name"),
        ("    path: pat", "    x-total: []\n    path: pat", "'x-total' is not read here; "),
        ("    path: pat", "    x-name: a\n    path: pat", "`x-name` is a property of the whole"),
        ("resources:", "x-totals: []\nresources:", "`x-totals` is a property of a resource"),
        ("resources:", "x-headline: [a]\nresources:", "'x-headline' is not read here"),
        ("type: number", "type: float", "line 22.*unknown type 'float'"),
        ("type: number", "type: [number]", "line 22.*unknown type"),
        ("unit: month", "unit: month, of survival", "unknown 'of survival'.*needs quotes"),
        ("minimum: 0", "minimum: zero", "`minimum` is a number"),
        ("minimum: 0", "pattern: '(a+)+'", "unknown 'pattern'"),
        ("required: true", "required: maybe", "`required` is true or false"),
        ("{name: cd33", "{name: case", "two fields are 'case'"),
        ('["", unknown]', "unknown", "`missingValues` is a list"),
        ("where: {response: [CR, PR]}", "where: CR", "`where` is a mapping"),
        ("where: {response: [CR, PR]}", "where: {respnse: CR}", "no column 'respnse'"),
        ("of: months", "of: response", "which has no sum"),
        ("of: months", "of: [months]", r"no column \['months'\]"),
        ('printed: "9"', "printed: 9", "`printed` is text, in quotes"),
        ('printed: "9"', 'printed: "9 to 10"', "cannot read"),
        ('printed: "9"', 'printed: "9", holds: perhaps', "`holds` is true or false"),
        ("  - name: patients", "  - 5\n  - name: patients", "a resource is a mapping"),
        ("name: patients", "name: Patients 1", "a resource's name is in lower case"),
        ("- {of: months", "- 5\n      - {of: months", "x-totals: expected a mapping; got 5"),
        ("reason: the median", "reson: the median", "x-corrections: unknown 'reson'"),
        ("enum: [CR, PR, none]", "minimum: 0", "`minimum` goes with a number, not with string"),
        ("{name: cd33, type: integer, unit: percent}", "cd33", "a field is a mapping with a name"),
        ("fields:", "fields: []\n      x-old:", "schema: no fields|patients.*: no fields"),
        ("resources:", "resources:\n  - {name: patients, path: p.csv, schema: {fields: [{name: a}]}}", "two resources are named 'patients'"),  # noqa: E501
        ("name: smith-2001", "name: &a smith-2001", "line 1"),
    ],
)  # fmt: skip
def test_a_description_that_is_wrong_is_refused_with_its_place(paper, old, new, message):
    text = (paper / "datapackage.yaml").read_text()
    assert old in text
    (paper / "datapackage.yaml").write_text(text.replace(old, new, 1))
    with pytest.raises(DataError, match=message) as error:
        load("smith-2001", "patients")
    assert "datapackage.yaml" in str(error.value)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("enum: [CR, PR, none]", "minLength: 3", "is 'CR', .*fewer than 3 characters"),
        ("enum: [CR, PR, none]", "maxLength: 3", "is 'none', .*more than 3 characters"),
        ("missingValues:", "primaryKey: cd33\n      missingValues:", "a key is required"),
    ],
)
def test_a_cell_that_breaks_its_schema_is_named_with_the_rule(paper, old, new, message):
    rewrite(paper, old, new, "datapackage.yaml")
    with pytest.raises(DataError, match=message):
        load("smith-2001", "patients")


@pytest.mark.parametrize(
    ("written", "message"),
    [("", "needs a line `hash: none`"), ("hash:\n      none", "write the hash on the line of its")],
)
def test_a_hash_has_a_line_to_be_written_on(paper, written, message):
    path = paper / "datapackage.yaml"
    path.write_text(re.sub(r'hash: "sha256:\w+"', written, path.read_text()))
    with pytest.raises(DataError, match=message):
        seal("smith-2001")


def test_a_table_that_is_not_there_is_named(paper):
    (paper / "patients.csv").unlink()
    with pytest.raises(DataError, match=r"patients\.csv: the file is missing"):
        load("smith-2001", "patients")


def test_a_link_that_leads_out_of_the_folder_is_refused(paper, tmp_path):
    (tmp_path / "secret.csv").write_text(ROWS)
    (paper / "patients.csv").unlink()
    (paper / "patients.csv").symlink_to(tmp_path / "secret.csv")
    with pytest.raises(DataError, match="leads out of the paper's folder"):
        load("smith-2001", "patients")


def test_a_pipe_or_a_huge_file_is_refused_at_once(paper):
    (paper / "patients.csv").unlink()
    os.mkfifo(paper / "patients.csv")
    with pytest.raises(DataError, match="not a regular file"):
        load("smith-2001", "patients")
    (paper / "patients.csv").unlink()
    with (paper / "patients.csv").open("wb") as file:
        file.truncate(30_000_000)
    with pytest.raises(DataError, match=r"30,000,000 bytes; at most 20,000,000 are read"):
        load("smith-2001", "patients")


@pytest.mark.parametrize("key", KEYS)
def test_frictionless_reads_the_same_cells_from_every_table_of_the_papers(key):
    frictionless = pytest.importorskip("frictionless")
    package = frictionless.Package.from_descriptor(str(folder(key) / "datapackage.yaml"))
    assert names(key) == [resource.name for resource in package.resources]
    for resource in package.resources:
        assert resource.validate().valid
        columns, rows = cells(key, resource.name)
        other = [list(row.to_dict().values()) for row in resource.read_rows()]
        assert [len(row) for row in rows] == [len(row) for row in other]
        frame = load(key, resource.name)
        assert tuple(frame.columns) == columns
        for number, row in enumerate(other):
            for value, found in zip(row, frame.iloc[number], strict=True):
                missing = found is None or found is pd.NA or found != found
                assert (value is None) == missing, (resource.name, number, row)
                if not missing:
                    kind = str if isinstance(found, str) else type(found)
                    assert kind(value) == found


@pytest.mark.parametrize("key", KEYS)
def test_arrays_hold_what_frames_do(key):
    for name in names(key):
        frame, arrays = load(key, name), columns(key, name)
        assert list(arrays) == list(frame.columns)
        for column, array in arrays.items():
            missing = frame[column].isna().tolist()
            assert [one is None or one != one for one in array.tolist()] == missing
            kinds = (str,) if array.dtype == object else (int, float)
            for one, other, lost in zip(array.tolist(), frame[column], missing, strict=True):
                assert lost or (isinstance(one, kinds) and kinds[-1](one) == kinds[-1](other))
