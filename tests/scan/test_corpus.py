"""A folder of articles: one row each, a broken file is a row with its reason."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from secondlook.scan.corpus import articles, scan_all, write_summary

GOOD = """<article><front><title-group><article-title>{title}</article-title></title-group></front>
<body><sec><title>Results</title><p>Relapse in 7/21 ({percent}%).</p></sec></body></article>"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.nxml").write_text(GOOD.format(title="=cmd()", percent="33.3"))
    (tmp_path / "b.nxml").write_text("<article>")
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "c.nxml").write_text(GOOD.format(title="Third", percent="23.3"))
    (tmp_path / "notes.json").write_text("{}")
    return tmp_path


def test_a_broken_file_does_not_stop_the_others(folder):
    frame = scan_all(articles(folder))
    assert [Path(name).name for name in frame["file"]] == ["a.nxml", "b.nxml", "c.nxml"]
    assert list(frame["fails"]) == [0, 0, 1]
    assert list(frame["problem"] != "") == [False, True, False]
    assert "not well-formed" in frame.loc[1, "problem"]


def test_processes_give_the_same_as_one(folder):
    one, two = scan_all(articles(folder)), scan_all(articles(folder), jobs=2)
    pd.testing.assert_frame_equal(one, two)


def test_the_summary_is_csv_that_no_spreadsheet_computes(folder, tmp_path):
    write_summary(scan_all(articles(folder)), tmp_path / "s.csv")
    assert "'=cmd()" in (tmp_path / "s.csv").read_text()


def test_the_summary_as_parquet_is_the_same_frame(folder, tmp_path):
    pytest.importorskip("pyarrow", reason="Parquet needs pyarrow, which is optional")
    frame = scan_all(articles(folder))
    write_summary(frame, tmp_path / "s.parquet")
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "s.parquet"), frame)


def test_a_summary_of_another_kind_is_refused(folder, tmp_path):
    with pytest.raises(ValueError, match=r"is \.csv or \.parquet"):
        write_summary(scan_all(articles(folder)), tmp_path / "s.xlsx")


@pytest.mark.slow
def test_a_dask_cluster_gives_the_same(folder):
    distributed = pytest.importorskip("dask.distributed", reason="the extra cluster")
    one = scan_all(articles(folder))
    with (
        distributed.LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as c,
        distributed.Client(c),
    ):
        pd.testing.assert_frame_equal(scan_all(articles(folder), backend="dask"), one)
