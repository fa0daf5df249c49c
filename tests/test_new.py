"""Correct: a paper that `secondlook new` begins passes as it stands; nothing is overwritten."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from secondlook.cli import app
from secondlook.new import new_paper

AWKWARD = 'A: "b" {c} <b>ü</b> $x$ *y* [z](javascript:alert(1)) \\ # @d'


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SECONDLOOK_ROOT", raising=False)
    return tmp_path


def run(*arguments: str):
    return CliRunner().invoke(app, list(arguments))


def verdicts(key: str) -> dict[str, str]:
    result = run("check", key, "--format", "json")
    assert result.exit_code == 0, result.output
    return {row["id"]: row["verdict"] for row in json.loads(result.stdout)}


@pytest.mark.parametrize("n", [6, 7, 31, 400])
def test_a_new_paper_passes_for_any_number_of_patients(root, n):
    assert run("new", "smith-2024", "--n", str(n)).exit_code == 0
    found = verdicts("smith-2024")
    assert len(found) == 16
    assert set(found.values()) == {"reproduced", "not-derivable"}


def test_a_paper_costs_about_forty_lines_and_no_python(root):
    new_paper("smith-2024", root=root)
    lines = [
        len(path.read_text().splitlines()) for path in (root / "data" / "smith-2024").iterdir()
    ]
    assert sum(lines) <= 60
    assert not list(root.rglob("*.py"))


def test_a_title_may_hold_anything(root):
    new_paper("smith-2024", root=root, title=AWKWARD)
    verdicts("smith-2024")
    page = render(root)
    assert "javascript:alert(1)" in page  # to be read, not to be clicked
    assert 'href="javascript' not in page
    assert "<b>ü" not in page


def render(root: Path) -> str:
    result = run("render", "--engine", "embedded", "--jobs", "1")
    assert result.exit_code == 0, result.output
    return (root / "_site" / "reports" / "smith-2024.html").read_text()


def test_a_deck_is_a_file_under_slides_and_looks_as_every_deck(root):
    new_paper("smith-2024", root=root)
    (root / "reports" / "slides" / "smith-2024.qmd").write_text(
        "---\ntitle: Smith\nformat: revealjs\n---\n\n## One slide\n\nIt holds.\n"
    )
    render(root)
    deck = (root / "_site" / "reports" / "slides" / "smith-2024.html").read_text()
    assert "One slide" in deck
    assert "a second look at printed results" in deck  # the footer that all decks share
    assert 'href="reports/slides/smith-2024.html"' in (root / "_site" / "index.html").read_text()


def test_a_second_paper_leaves_the_first_and_the_site_as_they_are(root):
    new_paper("smith-2024", root=root)
    (root / "index.qmd").write_text("mine")
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    written = new_paper("zhang-2025", root=root)
    assert {str(path) for path in written} == {
        *(f"data/zhang-2025/{name}" for name in ("claims.yaml", "datapackage.yaml", "table-1.csv")),
        "reports/zhang-2025.qmd",
    }
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.parametrize("there", ["data/smith-2024", "reports/smith-2024.qmd"])
def test_what_is_there_is_not_written_over(root, there):
    (root / there).mkdir(parents=True)
    result = run("new", "smith-2024")
    assert result.exit_code == 2
    assert "is there already; nothing was written" in result.output
    assert [path for path in root.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    "key", ["Smith 2024", "../x", "smith_2024", "-a", "smith-2024\n", "", "a" * 201]
)
def test_a_key_that_is_none_is_refused_with_an_example(root, key):
    result = run("new", "--", key)
    assert result.exit_code == 2
    assert "smith-2024" in result.output
    assert list(root.iterdir()) == []
