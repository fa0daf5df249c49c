"""Stable: each report's executed reference still belongs to its document.

`tests/browser/test_site.py` compares every output with what the documents give today.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from secondlook.render.reference_notebooks import (
    notebooks_command,
    stale_references,
    write_references,
)
from secondlook.render.site import read_site

ROOT = Path(__file__).parents[2]


def test_every_report_has_a_reference_of_its_present_sources():
    problems = stale_references(read_site(ROOT))
    assert not problems, "\n".join([*problems, "look at what changed, then `make notebooks`"])


@pytest.fixture
def site(tmp_path):
    (tmp_path / "_quarto.yml").write_text("project: {render: ['*.qmd']}\n")
    (tmp_path / "a.qmd").write_text(
        "---\ntitle: a\n---\n\n"
        "```{python}\nx = 20\nx + 1\n```\n\n"
        "The answer is `{python} x + 22`.\n\n"
        "```{python}\n#| eval: false\nraise RuntimeError\n```\n\n"
        "```{python}\n# reference: no output\nx\n```\n"
    )
    return read_site(tmp_path)


def cells_of(path: Path) -> list[dict]:
    return json.loads(path.read_text())["cells"]


def test_a_reference_holds_the_outputs_and_the_values_of_the_prose(site):
    (path,) = write_references(site)
    first, prose, values, *silent = cells_of(path)
    assert path == site.root / "tests" / "notebooks" / "a.ipynb"
    assert first["outputs"][0]["data"] == {"text/plain": ["21"]}
    assert prose["cell_type"] == "markdown"
    assert values["source"] == ["print(x + 22)"]
    assert values["outputs"][0]["text"] == ["42\n"]
    assert [cell["outputs"] for cell in silent] == [[], []]
    assert stale_references(site) == []


def test_writing_twice_gives_the_same_file(site):
    (path,) = write_references(site)
    first = path.read_bytes()
    write_references(site)
    assert path.read_bytes() == first


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("x = 20", "x = 21"), "has changed at line 6"),
        (("The answer", "An answer"), "has changed at line 10"),
        (("x + 22", "x + 23"), "has changed at line 10"),
    ],
)
def test_a_change_of_the_document_makes_its_reference_stale(site, change, told):
    write_references(site)
    document = site.root / "a.qmd"
    document.write_text(document.read_text().replace(*change))
    assert stale_references(site) == [f"tests/notebooks/a.ipynb is stale: a.qmd {told}"]


def test_missing_and_left_over_references_are_named(site, monkeypatch):
    monkeypatch.chdir(site.root)
    assert notebooks_command(write=False) == 1
    folder = site.root / "tests" / "notebooks"
    folder.mkdir(parents=True)
    (folder / "gone.ipynb").write_text("{}")
    assert stale_references(site) == [
        "tests/notebooks/a.ipynb is missing: a.qmd has no reference",
        "tests/notebooks/gone.ipynb has no document",
    ]
    assert notebooks_command(write=True) == 0
    assert [path.name for path in folder.iterdir()] == ["a.ipynb"]
    assert notebooks_command(write=False) == 0


def test_one_page_by_its_name_leaves_the_others_alone(site, monkeypatch):
    monkeypatch.chdir(site.root)
    (site.root / "b.qmd").write_text("---\ntitle: b\n---\n\n```{python}\nobject()\n```\n")
    site = read_site(site.root)
    folder = site.root / "tests" / "notebooks"
    folder.mkdir(parents=True)
    (folder / "a.ipynb").write_text("{}")
    (folder / "gone.ipynb").write_text("{}")
    assert notebooks_command(["b"], write=True) == 0
    assert sorted(path.name for path in folder.iterdir()) == ["a.ipynb", "b.ipynb", "gone.ipynb"]
    assert (folder / "a.ipynb").read_text() == "{}"
    assert notebooks_command(["b"], write=False) == 0
    assert notebooks_command(["c"], write=False) == 2
    text = (folder / "b.ipynb").read_text()
    assert "object at ADDRESS" in text
    assert "0x" not in text
