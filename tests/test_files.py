"""Correct: a file appears whole or not at all, and a full disk tears, loses and hides nothing."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from click.testing import CliRunner

from secondlook.cli import app
from secondlook.files import NotWritten, replace, replace_folder

FULL = os.strerror(errno.ENOSPC)
ARTICLE = "# A trial\n\n## Results\n\nOf 31 patients 16 (51.6%) responded, 15 (48.4%) did not.\n"


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SECONDLOOK_ROOT", raising=False)
    return tmp_path


@contextmanager
def full_disk(write: int, *, read_only: bool = False) -> Iterator[Callable[[], int]]:
    """Let every write from this one on fail, as on a full disk, which names no file.

    What is given tells how many were asked for. From a disk that became read-only nothing can
    be removed either, as nothing is by a run that is killed.
    """
    asked = 0

    def kept(function):
        def call(*given, **named):
            if asked >= write:
                raise OSError(errno.EROFS, os.strerror(errno.EROFS))
            return function(*given, **named)

        return call

    def guarded(function):
        def call(*given, **named):
            nonlocal asked
            if function.__name__ != "mkdir" or not Path(given[0]).exists():
                asked += 1
                if asked >= write:
                    raise OSError(errno.ENOSPC, FULL)
            return function(*given, **named)

        return call

    with pytest.MonkeyPatch.context() as patch:
        for owner, name in (
            (os, "replace"), (os, "mkdir"), (Path, "write_text"), (Path, "write_bytes")
        ):  # fmt: skip
            patch.setattr(owner, name, guarded(getattr(owner, name)))
        for name in ("unlink", "rmdir") if read_only else ():
            patch.setattr(os, name, kept(getattr(os, name)))
        yield lambda: asked


def run(*arguments: str):
    return CliRunner().invoke(app, list(arguments))


def texts(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in folder.rglob("*")
        if path.is_file() and ".secondlook/" not in path.as_posix()
    }


def faults(*arguments: str, root: Path, begin: int = 1) -> list[tuple[int, str, dict[str, str]]]:
    """Run a command once for each of its writes; exit code, words and files of those that fail."""
    found = []
    for write in count(begin):
        with full_disk(write) as asked:
            result = run(*arguments)
        assert result.exception is None or isinstance(result.exception, SystemExit)
        if asked() < write:
            return found
        found.append((result.exit_code, result.output, texts(root)))
    raise AssertionError


def test_a_new_paper_is_written_whole_or_not_at_all(root):
    found = faults("new", "smith-2024", root=root)
    assert len(found) > 20
    for code, words, files in found[:-1]:
        assert (code, files) == (2, {})
        assert f"cannot be written: {FULL}" in words
        assert len(words.splitlines()) == 1
    assert run("check", "smith-2024").exit_code == 0


def test_a_draft_is_written_whole_or_not_at_all(root):
    article = root / "article.md"
    article.write_text(ARTICLE)
    drafting = ("scan", "article.md", "--draft", "smith-2024")
    with full_disk(10_000) as asked:
        assert run(*drafting).exit_code == 0
    whole = texts(root)
    for write in (1, 4, asked() - 1, asked()):
        for path in ("data", "reports", "styles"):
            subprocess.run(["rm", "-r", path], cwd=root, check=True)
        for name in ("_quarto.yml", "index.qmd", "references.bib"):
            (root / name).unlink()
        with full_disk(write):
            result = run(*drafting)
        assert result.exit_code == 2
        assert f"cannot be written: {FULL}" in result.output
        assert texts(root) == {"article.md": ARTICLE}
        assert run(*drafting).exit_code == 0
        assert texts(root) == whole


@pytest.mark.parametrize(
    "beginning", [("new", "smith-2024"), ("scan", "article.md", "--draft", "smith-2024")]
)
def test_what_a_run_left_that_could_take_nothing_back_the_next_run_completes(
    beginning, root, monkeypatch
):
    """As after a kill, or on a disk that became read-only, between any two moves."""
    (root / "article.md").write_text(ARTICLE)
    with full_disk(10_000) as asked:
        assert run(*beginning).exit_code == 0
    whole = texts(root)
    for write in range(max(1, asked() - 9), asked() + 1):
        for path in root.iterdir():
            if path.name != "article.md":
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        with monkeypatch.context() as patch, full_disk(write, read_only=True):
            patch.setattr(os, "getpid", lambda: 99_999_999)  # of a process that is no more
            assert run(*beginning).exit_code == 2
        again = run(*beginning)
        assert (again.exit_code, texts(root)) == (0, whole), again.output


def test_a_report_of_ones_own_without_data_is_not_written_over(root):
    (root / "reports").mkdir()
    (root / "reports" / "smith-2024.qmd").write_text("mine")
    assert run("new", "smith-2024").exit_code == 2
    assert texts(root) == {"reports/smith-2024.qmd": "mine"}


def test_a_ledger_that_cannot_be_stored_is_told_all_the_same(root):
    run("new", "smith-2024")
    with full_disk(1) as asked:
        told = run("check")
    assert asked()
    assert told.exit_code == 0
    assert told.output == run("check").output


def test_a_page_that_cannot_be_written_is_named_and_leaves_the_former_one(root):
    (root / "_quarto.yml").write_text("project: {type: website, render: ['*.qmd']}\n")
    (root / "a.qmd").write_text("First.\n")
    rendering = ("render", "--engine", "embedded")
    assert run(*rendering).exit_code == 0
    former = (root / "_site" / "a.html").read_text()
    (root / "a.qmd").write_text("Second.\n")
    for write in (1, 2):
        with full_disk(write):
            result = run(*rendering)
        assert result.exit_code == 1
        assert f"a.qmd: {root / '_site' / 'a.html'} cannot be written: {FULL}" in result.output
        assert (root / "_site" / "a.html").read_text() == former
        assert [path.name for path in (root / "_site").iterdir()] == ["a.html"]
    with full_disk(3):
        assert run(*rendering).exit_code == 0  # Only the memory of it has no room.
    assert "Second." in (root / "_site" / "a.html").read_text()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_output_that_has_no_room_is_one_sentence(root):
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "secondlook", "--help"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == f"secondlook: the output cannot be written: {FULL}\n"


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError(errno.EROFS, "Read-only")])
def test_a_file_is_replaced_whole_or_not_at_all(tmp_path, monkeypatch, error):
    target = tmp_path / "page.html"
    target.write_text("former")

    def fails(*_: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", fails)
        with pytest.raises((KeyboardInterrupt, NotWritten)):
            replace(target, "half")
    assert target.read_text() == "former"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_is_replaced_whole_or_not_at_all(tmp_path):
    target = tmp_path / "folder"
    replace_folder(target, lambda folder: (folder / "a").touch())

    def fails(folder: Path) -> None:
        (folder / "b").touch()
        raise OSError(errno.ENOSPC, FULL)

    with pytest.raises(NotWritten, match=f"{target} cannot be written: {FULL}"):
        replace_folder(target, fails)
    assert [path.name for path in tmp_path.rglob("*")] == ["folder", "a"]
