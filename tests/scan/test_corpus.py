"""A folder of articles: one row each, a broken file is a row with its reason."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from secondlook.scan import corpus
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


def test_a_worker_that_hangs_or_ends_is_replaced_and_the_rest_is_scanned(tmp_path, monkeypatch):
    # A program in place of the worker: one name hangs beyond its own limit, one ends the process.
    program = tmp_path / "worker.py"
    program.write_text(
        "import json, os, sys, time\n"
        "for line in sys.stdin:\n"
        "    name, seconds = json.loads(line)\n"
        "    if name == 'hangs': time.sleep(600)\n"
        "    if name == 'ends': os._exit(9)\n"
        f"    row = dict.fromkeys({corpus._COLUMNS!r}, 0)\n"
        "    print(json.dumps(row | {'file': name, 'problem': '', 'holds': 1}), flush=True)\n"
    )
    real = subprocess.Popen
    monkeypatch.setattr(
        "secondlook.scan.corpus.subprocess.Popen",
        lambda command, **more: real([sys.executable, str(program)], **more),
    )
    monkeypatch.setattr(corpus, "GRACE", 5)
    frame = scan_all([Path(n) for n in ("one", "hangs", "two", "ends", "three")], seconds=1)
    assert list(frame["file"]) == ["one", "hangs", "two", "ends", "three"]
    assert list(frame["holds"]) == [1, 0, 1, 0, 1]
    assert frame.loc[1, "problem"] == "given up after 1 seconds, and killed"
    assert frame.loc[3, "problem"] == "the process that read it ended (9)"


def test_a_module_beside_the_articles_is_not_imported(folder, monkeypatch):
    (folder / "json.py").write_text("raise SystemExit('imported')")
    monkeypatch.chdir(folder)
    assert scan_all([Path("a.nxml")]).loc[0, "problem"] == ""
