"""Correct: each way in which a data file can be wrong is refused with a message that names it."""

import os
import re
import time

import pytest
from tests.data.smith import ROWS, rewrite

from secondlook.data import DataError, load, seal
from secondlook.data.csv_file import MOST_FAULTY


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
        (ROWS + "\n", "row 5 is empty; take the line away"),
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
        ("enum: [CR, PR, none]", "minLength: 3", "is 'CR', .*fewer than 3 characters"),
        ("enum: [CR, PR, none]", "maxLength: 3", "is 'none', .*more than 3 characters"),
        ("missingValues:", "primaryKey: cd33\n      missingValues:", "a key is required"),
    ],
)
def test_a_cell_that_breaks_its_schema_is_named_with_the_rule(paper, old, new, message):
    rewrite(paper, old, new, "datapackage.yaml")
    with pytest.raises(DataError, match=message):
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


def test_all_faults_of_a_table_are_told_at_once_in_its_order(paper):
    told = ROWS.replace("2,6.5,PR,unknown", "2,6.5,PR").replace("1,2.5,CR", ",-2.5,CR") + "\n"
    (paper / "patients.csv").write_text(f"{told}4,1,PRR,5\n")
    seal("smith-2001")
    with pytest.raises(DataError) as raised:
        load("smith-2001", "patients")
    wanted = (
        "row 2, column 'case' is missing", "row 2, column 'months' is '-2.5'", "row 3 has 3 cells",
        "row 5 is empty", "row 6, column 'response' is 'PRR'",
    )  # fmt: skip
    lines = str(raised.value).split("\n")
    assert len(lines) == len(wanted)
    assert all(each in line for each, line in zip(wanted, lines, strict=True))


def test_a_table_of_faults_alone_is_read_no_further_than_some(paper):
    (paper / "patients.csv").write_text(ROWS + ",,,\n" * 300_000)
    seal("smith-2001")
    start = time.process_time()
    with pytest.raises(DataError) as raised:
        load("smith-2001", "patients")
    assert len(raised.value.args) == MOST_FAULTY
    assert time.process_time() - start < 3
