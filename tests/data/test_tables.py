"""Correct: a table holds what its file does, as frame, text, rows and arrays."""

import pandas as pd
import pytest
from tests.data.smith import KEYS

from secondlook.data import DataError, cells, columns, folder, load, load_text, names


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


def test_a_table_that_is_not_there_is_named(paper):
    (paper / "patients.csv").unlink()
    with pytest.raises(DataError, match=r"patients\.csv: the file is missing"):
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
