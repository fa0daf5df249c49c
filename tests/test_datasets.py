"""Correct: each way in which a data file can be wrong is refused with a message that names it."""

from pathlib import Path

import pytest

from secondlook import datasets

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
    folder = tmp_path / "smith-2001"
    folder.mkdir()
    (folder / "datapackage.yaml").write_text(DESCRIPTION)
    (folder / "patients.csv").write_text(ROWS)
    monkeypatch.setenv("SECONDLOOK_DATA", str(tmp_path))
    assert datasets.seal("smith-2001") == ["patients"]
    return folder


def rewrite(paper: Path, old: str, new: str, name: str = "patients.csv") -> None:
    path = paper / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    if name == "patients.csv":
        datasets.seal("smith-2001")


def test_a_table_is_read_with_the_types_of_its_schema(paper):
    frame = datasets.load("smith-2001", "patients")
    assert frame["case"].tolist() == [1, 2, 3]
    assert frame["months"].isna().tolist() == [False, False, True]
    assert frame["months"].sum() == 9
    assert frame["cd33"].isna().tolist() == [False, True, False]
    assert frame["response"].tolist() == ["CR", "PR", "none"]


def test_the_same_table_can_be_read_as_the_text_it_was(paper):
    assert datasets.text("smith-2001", "patients")["cd33"].tolist() == ["88", "unknown", "33"]


def test_a_caller_who_changes_a_table_changes_only_their_copy(paper):
    copy = datasets.load("smith-2001", "patients")
    copy.loc[0, "months"] = 99
    assert datasets.load("smith-2001", "patients").loc[0, "months"] == 2.5


def test_sealing_keeps_the_comments_and_is_done_once(paper):
    assert "# a comment that sealing keeps" in (paper / "datapackage.yaml").read_text()
    assert datasets.seal("smith-2001") == []


def test_a_file_that_was_edited_after_entry_is_refused(paper):
    (paper / "patients.csv").write_text(ROWS.replace("2.5", "3.5"))
    with pytest.raises(datasets.DataError, match=r"patients\.csv.*not the one that was entered"):
        datasets.load("smith-2001", "patients")


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
    with pytest.raises(datasets.DataError) as error:
        datasets.load("smith-2001", "patients")
    for part in ["patients.csv", *named]:
        assert part in str(error.value)


def test_rows_that_miss_a_printed_total_are_refused(paper):
    rewrite(paper, "2,6.5,PR", "2,6.5,none")
    with pytest.raises(datasets.DataError, match=r"is 1, but the paper prints 2 \(Section 3\.2\)"):
        datasets.load("smith-2001", "patients")


def test_a_total_that_the_papers_own_rows_miss_must_say_so_and_must_stay_missed(paper):
    wrong = '{of: months, printed: "8", source: Table 1}'
    rewrite(paper, '{of: months, printed: "9", source: Table 1}', wrong, "datapackage.yaml")
    with pytest.raises(datasets.DataError, match="holds: false"):
        datasets.load("smith-2001", "patients")
    rewrite(paper, wrong, wrong.replace("}", ", holds: false}"), "datapackage.yaml")
    assert datasets.totals("smith-2001")["agrees"].tolist() == [True, False]
    rewrite(paper, 'printed: "8"', 'printed: "9"', "datapackage.yaml")
    with pytest.raises(datasets.DataError, match="is 9, but the paper prints 9"):
        datasets.load("smith-2001", "patients")


def test_totals_and_corrections_are_frames_for_the_report(paper):
    totals = datasets.totals("smith-2001")
    assert totals["where"].tolist() == ["response = ['CR', 'PR']", ""]
    assert totals["total"].tolist() == ["2", "9"]
    corrections = datasets.corrections("smith-2001")
    assert corrections.loc[0, "reason"] == "the median"


def test_unknown_names_are_refused_with_those_that_exist(paper):
    with pytest.raises(datasets.DataError, match="no paper 'smith-2002'; known are smith-2001"):
        datasets.load("smith-2002", "patients")
    with pytest.raises(datasets.DataError, match="no resource 'deaths'; known are patients"):
        datasets.load("smith-2001", "deaths")
    with pytest.raises(datasets.DataError, match="no paper"):
        datasets.folder("../smith-2001")


def test_a_missing_file_is_named(paper):
    (paper / "patients.csv").unlink()
    with pytest.raises(datasets.DataError, match=r"patients\.csv: the file is missing"):
        datasets.load("smith-2001", "patients")


def test_a_description_that_is_no_data_package_is_named(paper):
    (paper / "datapackage.yaml").write_text("resources: 3\n")
    with pytest.raises(datasets.DataError, match=r"datapackage\.yaml"):
        datasets.package("smith-2001")


def test_without_a_data_folder_the_message_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("SECONDLOOK_DATA", str(tmp_path / "nowhere"))
    with pytest.raises(datasets.DataError, match="no paper 'x'"):
        datasets.folder("x")
