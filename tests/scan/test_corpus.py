"""A folder of articles: one row each, a broken file is a row with its reason."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from secondlook.cli import app
from secondlook.scan import corpus, scan
from secondlook.scan.corpus import articles, scan_all, write_summary

GOOD = """<article><front><title-group><article-title>{title}</article-title></title-group></front>
<body><sec><title>Results</title><p>Relapse in 7/21 ({percent}%).</p></sec></body></article>"""


def filled(tmp_path: Path) -> Path:
    (tmp_path / "a.nxml").write_text(GOOD.format(title="=cmd()", percent="33.3"))
    (tmp_path / "b.nxml").write_text("<article>")
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "c.nxml").write_text(GOOD.format(title="Third", percent="23.3"))
    (tmp_path / "notes.json").write_text("{}")
    return tmp_path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return filled(tmp_path)


@pytest.fixture(scope="module")
def frame(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    """The summary of a folder, by one worker; a test changes neither."""
    return scan_all(articles(filled(tmp_path_factory.mktemp("articles"))))


def paths(frame: pd.DataFrame) -> list[Path]:
    return [Path(name) for name in frame["file"]]


def test_a_broken_file_does_not_stop_the_others(frame):
    assert [Path(name).name for name in frame["file"]] == ["a.nxml", "b.nxml", "c.nxml"]
    assert list(frame["fails"]) == [0, 0, 1]
    assert list(frame["problem"] != "") == [False, True, False]
    assert "not well-formed" in frame.loc[1, "problem"]


def test_processes_give_the_same_as_one(frame):
    pd.testing.assert_frame_equal(scan_all(paths(frame), jobs=2), frame)


def test_the_summary_is_csv_that_no_spreadsheet_computes(frame, tmp_path):
    write_summary(frame, tmp_path / "s.csv")
    assert "'=cmd()" in (tmp_path / "s.csv").read_text()


def test_the_summary_as_parquet_is_the_same_frame(frame, tmp_path):
    pytest.importorskip("pyarrow", reason="Parquet needs pyarrow, which is optional")
    write_summary(frame, tmp_path / "s.parquet")
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "s.parquet"), frame)


def test_a_summary_of_another_kind_is_refused(frame, tmp_path):
    with pytest.raises(ValueError, match=r"is \.csv or \.parquet"):
        write_summary(frame, tmp_path / "s.xlsx")


@pytest.mark.slow
def test_a_dask_cluster_gives_the_same(frame):
    distributed = pytest.importorskip("dask.distributed", reason="the extra cluster")
    with (
        distributed.LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as c,
        distributed.Client(c),
    ):
        pd.testing.assert_frame_equal(scan_all(paths(frame), backend="dask"), frame)


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
    monkeypatch.setattr(corpus, "GRACE", 2)
    frame = scan_all([Path(n) for n in ("one", "hangs", "two", "ends", "three")], seconds=1)
    assert list(frame["file"]) == ["one", "hangs", "two", "ends", "three"]
    assert list(frame["holds"]) == [1, 0, 1, 0, 1]
    assert frame.loc[1, "problem"] == "given up after 1 seconds, and killed"
    assert frame.loc[3, "problem"] == "the process that read it ended (9)"


def test_a_module_beside_the_articles_is_not_imported(folder, monkeypatch):
    (folder / "json.py").write_text("raise SystemExit('imported')")
    monkeypatch.chdir(folder)
    assert scan_all([Path("a.nxml")]).loc[0, "problem"] == ""


def test_links_pipes_and_hidden_folders_are_no_articles(folder):
    (folder / "round").symlink_to(folder)
    (folder / "again.nxml").symlink_to(folder / "a.nxml")
    (folder / "itself.nxml").symlink_to(folder / "itself.nxml")
    os.mkfifo(folder / "pipe.nxml")
    (folder / ".hidden").mkdir()
    (folder / ".hidden" / "d.nxml").write_text("<article/>")
    (folder / "folder.nxml").mkdir()
    for name in ("~$a.docx", "._a.docx", "data.xlsx"):  # Word's and a Mac's, and what is no text
        (folder / name).write_bytes(b"x")
    assert [path.name for path in articles(folder)] == ["a.nxml", "b.nxml", "c.nxml"]


def test_a_manuscript_of_another_word_processor_is_told_of(folder):
    (folder / "old.doc").write_bytes(b"x")
    frame = scan_all(articles(folder))
    assert frame["problem"].iloc[-1].startswith("cannot read .doc; save it as .docx; known: ")


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    start = time.monotonic()
    with pytest.raises(ValueError, match="no regular file but a folder, a pipe or a device"):
        scan(tmp_path / "pipe.txt")
    assert time.monotonic() - start < 5


def test_a_disk_is_no_folder_of_articles(folder, monkeypatch):
    monkeypatch.setattr(corpus, "MOST_LOOKED", 4)
    result = CliRunner().invoke(app, ["scan", str(folder)])
    assert result.exit_code == 2
    assert "holds more than 4 files; name the folder of the articles" in result.output


def test_a_folder_is_told_at_once_what_is_done_with_it(folder):
    result = CliRunner().invoke(app, ["scan", str(folder), "--jobs", "2"])
    assert "scanning 3 files, 2 at a time (--jobs), each for 60 seconds at most" in result.output


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [(["--draft", "smith-2024"], "--draft"), (["--format", "json"], "are of one article"),
     (["--all"], "and not of several"), (["--summary", "s.xlsx"], "is .csv or .parquet")],
)  # fmt: skip
def test_what_is_of_one_article_is_refused_for_a_folder(folder, arguments, reason, monkeypatch):
    monkeypatch.setattr(corpus, "scan_all", lambda *_, **__: pytest.fail("scanned"))
    result = CliRunner().invoke(app, ["scan", str(folder), *arguments])
    assert (result.exit_code, reason in result.output) == (2, True)


def test_several_articles_are_scanned_as_a_folder_is(folder):
    one = str(folder / "a.nxml")
    result = CliRunner().invoke(app, ["scan", one, str(folder), one])
    rows = result.stdout.splitlines()
    assert [Path(row.split(",")[0]).name for row in rows[1:]] == ["a.nxml", "b.nxml", "c.nxml"]
    result = CliRunner().invoke(app, ["scan", one, str(folder / "none.nxml")])
    assert (result.exit_code, "there is no file" in result.output) == (2, True)


def test_a_summary_is_refused_for_one_article(folder):
    result = CliRunner().invoke(app, ["scan", str(folder / "a.nxml"), "--summary", "s.csv"])
    assert (result.exit_code, "--summary is of several articles" in result.output) == (2, True)


def test_names_that_a_terminal_obeys_or_that_are_no_text_stop_nothing(tmp_path):
    for name in ("\x1b]0;x\x07.nxml", "\udcff.nxml", "two\nlines.nxml"):
        (tmp_path / name).write_text("<article>")
    summary = tmp_path / "all.csv"
    result = CliRunner().invoke(app, ["scan", str(tmp_path), "--summary", str(summary)], color=True)
    assert list(pd.read_csv(summary)["file"].map(lambda name: Path(name).name)) == [
        "<1b>]0;x<07>.nxml", "two lines.nxml", "<dcff>.nxml"
    ]  # fmt: skip
    assert not re.search(r"[\x00-\x09\x0b-\x1f\ud800-\udfff]", result.output)


@pytest.mark.parametrize(("names", "code"), [("a", 0), ("ab", 2), ("bb", 2), ("abc", 1)])
def test_the_exit_code_says_whether_all_were_read_and_hold(tmp_path, names, code):
    texts = {"a": GOOD.format(title="", percent="33.3"), "b": "<article>"}
    for at, name in enumerate(names):
        text = texts.get(name, GOOD.format(title="", percent="23.3"))
        (tmp_path / f"{at}.nxml").write_text(text)
    assert CliRunner().invoke(app, ["scan", str(tmp_path)]).exit_code == code
