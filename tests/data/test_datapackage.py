"""Correct: each way in which a description can be wrong is refused with its place; hashes hold."""

import re

import pytest
from tests.data.smith import ROWS, rewrite

from secondlook.data import DataError, description, load, seal


def test_a_description_that_is_no_data_package_is_named(paper):
    (paper / "datapackage.yaml").write_text("resources: 3\n")
    with pytest.raises(DataError, match=r"datapackage\.yaml: expected a mapping"):
        description("smith-2001")


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
        ("{name: months, type: number", f"{{name: {'n' * 9_000}, type: float", r"(?s)\A.{1,400}\Z"),
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


def test_a_link_that_leads_out_of_the_folder_is_refused(paper, tmp_path):
    (tmp_path / "secret.csv").write_text(ROWS)
    (paper / "patients.csv").unlink()
    (paper / "patients.csv").symlink_to(tmp_path / "secret.csv")
    with pytest.raises(DataError, match="leads out of the paper's folder"):
        load("smith-2001", "patients")


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


def test_all_faults_of_a_description_are_told_at_once(paper):
    rewrite(paper, "    path: pat", "    hsh: none\n    path: pat", "datapackage.yaml")
    rewrite(paper, "type: number", "type: float", "datapackage.yaml")
    rewrite(paper, "unit: percent", "units: percent", "datapackage.yaml")
    rewrite(paper, "resources:", "x-headline: [a]\nresources:", "datapackage.yaml")
    with pytest.raises(DataError) as raised:
        description("smith-2001")
    told = str(raised.value).split("\n")
    assert len(told) == 4
    for line, message in zip(told, ("x-headline", "'hsh'", "'float'", "'units'"), strict=True):
        assert message in line


def test_a_file_of_another_encoding_is_refused_with_the_line(paper):
    path = paper / "datapackage.yaml"
    path.write_bytes(path.read_bytes().replace(b"the median", b"the m\xe9dian"))
    with pytest.raises(DataError, match="line 13: byte 0xe9 is no UTF-8 text; save the file as"):
        description("smith-2001")
