"""Correct: a file is held to the hash that sealing wrote."""

import re

import pytest
from tests.data.smith import ROWS

from secondlook.data import DataError, load, seal


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
    ("written", "message"),
    [("", "needs a line `hash: none`"), ("hash:\n      none", "write the hash on the line of its")],
)
def test_a_hash_has_a_line_to_be_written_on(paper, written, message):
    path = paper / "datapackage.yaml"
    path.write_text(re.sub(r'hash: "sha256:\w+"', written, path.read_text()))
    with pytest.raises(DataError, match=message):
        seal("smith-2001")
