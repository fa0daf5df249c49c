"""Correct: the root and the papers in it are found, or what is missing is said."""

import pytest

from secondlook.data import DataError, folder, root


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
