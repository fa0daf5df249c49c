"""Correct: what goes wrong in one document is named, stops no other, and leaves no wrong page."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from tests.render.reading import read, render_document

from secondlook.render import execution, source
from secondlook.render.build import render_documents
from secondlook.render.pages import scripts_within
from secondlook.render.problems import RenderError
from secondlook.render.site import documents, read_site


def problem_of(project: Path, text: str) -> str:
    document = project / "doc.qmd"
    document.write_text(text, encoding="utf-8")
    with pytest.raises(RenderError) as caught:
        render_document(read_site(project), document)
    return str(caught.value)


def page_of(project: Path, text: str) -> str:
    document = project / "doc.qmd"
    document.write_text(text, encoding="utf-8")
    return render_document(read_site(project), document).read_text(encoding="utf-8")


BROKEN = """\
```{python}
import matplotlib.pyplot as plt
```

```{python}
#| label: broken
plt.plot([1, 2])
plt.title(r"$\\frac{$")
```
"""


def test_a_figure_that_cannot_be_drawn_fails_its_cell(project):
    told = problem_of(project, BROKEN)
    assert told.startswith("doc.qmd:")
    assert "cell `broken` fails" in told
    assert "frac" in told


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("---\nfig-width: 1000000\n---\n", "doc.qmd:2", "at most 50"),
        ("---\nfig-height: -1\n---\n", "doc.qmd:2", "above 0, at most 50"),
        ("---\ntoc-depth: many\n---\n", "doc.qmd:2", "a whole number above zero"),
        ("---\ntoc: 'false'\n---\n", "doc.qmd:2", "must be true or false, not 'false'"),
        ("---\ntitle: 2021\n---\n", "doc.qmd:2", "must be text, in quotes"),
        ("---\ntitle: [a, b]\n---\n", "doc.qmd:2", "must be text, in quotes"),
        ("---\nauthor: {first: A}\n---\n", "doc.qmd:2", "a name or a list of names"),
        ("---\ncss: 5\n---\n", "doc.qmd:2", "the name of a file"),
        ("---\nexecute:\n  timeout: soon\n---\n", "doc.qmd:3", "a number above 0"),
        ("---\nexecute: 5\n---\n", "doc.qmd:2", "`execute` must be a mapping, not 5"),
        ("---\nformat: 5\n---\n", "doc.qmd:2", "`format` must be html or revealjs, or a mapping"),
        ("---\ntitle: x\nlang: &a {b: *a}\n---\n", "doc.qmd:3", "anchors and aliases (& and *) ar"),
        (f"---\ntitle: {'[' * 500}\n---\n", "doc.qmd:2", "nested more than 40 deep"),
        ("---\ntoc-depth: " + "9" * 5000 + "\n---\n", "doc.qmd:2", "a whole number above zero"),
        ("---\nauthor: !!binary x\n---\n", "doc.qmd:2", "tags (tag:yaml.org,2002:binary) are not"),
        ("---\ntitle: [x\n---\n", "doc.qmd:3", "this is not YAML that is read here: "),
        ("---\ncode-fold: maybe\n---\n", "doc.qmd:2", "true, false or show"),
        ("\n```{python}\n#| label: fig a\n1\n```\n", "doc.qmd:3", "'fig a' may have letters"),
        ("\n`{python} '38.5\\u00a0%'`\n", "doc.qmd:2", r"shows as in 38.5\xa0%"),
        ("\n`{python} 'a\\nb'`\n", "doc.qmd:2", r"shows as in a\nb"),
        ("| a |\n|---|\n| `{python} 'x|y'` |\n", "doc.qmd:3", "ends the cell of its table"),
        ("```{python}\n1\n```\n\n`{python} __import__('os')._exit(1)`\n", "doc.qmd:", "died in"),
        ("```{python}\nimport os; os._exit(1)\n```\n", "doc.qmd:", "the kernel died"),
    ],
)
def test_what_is_odd_is_refused_with_its_line(project, text, place, words):
    told = problem_of(project, text)
    assert told.startswith(place)
    assert words in told


def test_an_included_file_brings_no_front_matter(project):
    (project / "_part.qmd").write_text("---\ntitle: other\n---\n\nText.\n")
    told = problem_of(project, "---\ntitle: own\n---\n\n{{< include _part.qmd >}}\n")
    assert told.startswith("_part.qmd:1: an included file has front matter")


def test_authors_are_a_list_of_names(project):
    page = read(page_of(project, "---\ntitle: x\nauthor: [A, {name: B}]\n---\n"))
    assert page.one("p", class_="byline").text == "A, B"


@pytest.mark.parametrize("caption", ["(A) Overall survival. (B) Response.", "1. x", "- x", "# x"])
def test_a_typed_caption_that_begins_like_a_list_is_a_caption(project, caption):
    cell = f'```{{python}}\n#| label: tbl-a\n#| tbl-cap: "{caption}"\n1 + 1\n```\n'
    page = read(page_of(project, cell))
    assert page.one("figcaption").text == f"Table 1: {caption}"


def test_text_of_a_string_that_is_markup_in_a_table_is_the_same_in_prose(project):
    assert read(page_of(project, "`{python} 'x|y'`\n")).one("main").text == "x|y"


def test_a_cell_that_never_ends_is_stopped(project):
    text = "---\nexecute:\n  timeout: 1\n---\n\n```{python}\nwhile True:\n    pass\n```\n"
    told = problem_of(project, text)
    assert told.startswith("doc.qmd:7: a cell without a label runs longer than 1 seconds")
    text = "---\nexecute:\n  timeout: 1\n---\n\n`{python} __import__('time').sleep(60)`\n"
    assert "runs longer than 1 seconds" in problem_of(project, text)


def test_includes_that_grow_without_end_are_stopped(project, monkeypatch):
    monkeypatch.setattr(source, "MOST_LINES", 1000)
    for number in range(12):
        twice = f"{{{{< include _{number + 1}.qmd >}}}}\n" * 2
        (project / f"_{number}.qmd").write_text(twice if number < 11 else "x\n")
    assert "more than 1,000 lines" in problem_of(project, "{{< include _0.qmd >}}\n")


def test_includes_that_lie_too_deep_are_stopped(project, monkeypatch):
    monkeypatch.setattr(source, "DEEPEST", 5)
    for number in range(9):
        (project / f"_{number}.qmd").write_text(f"{{{{< include _{number + 1}.qmd >}}}}\n")
    assert "deeper than 5 files" in problem_of(project, "{{< include _0.qmd >}}\n")


def test_an_output_without_end_is_stopped(project, monkeypatch):
    monkeypatch.setattr(execution, "MOST_OUTPUT", 1_000_000)
    code = "for _ in range(10_000):\n    print('x' * 10_000, flush=True)"
    told = problem_of(project, f"```{{python}}\n#| label: flood\n{code}\n```\n")
    assert "cell `flood` shows more than 1 megabytes" in told


def run(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "secondlook", "render", "--engine", "embedded", *arguments],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_fault_stops_its_own_document_only(project, monkeypatch):
    (project / "style.css").write_bytes(b"\xff\xfe")
    (project / "a.qmd").write_text("---\ncss: style.css\n---\n")
    (project / "b.qmd").write_text("Fine.\n")
    (project / "c.qmd").write_bytes(b"\xff")
    outcome = run(project)
    assert outcome.returncode == 1
    assert re.search(
        r"a\.qmd: the style sheet \S+style\.css is not UTF-8 at byte 0", outcome.stderr
    )
    assert "c.qmd: not UTF-8 at byte 0" in outcome.stderr
    assert "2 of 3 not rendered" in outcome.stderr
    assert (project / "_site" / "b.html").is_file()


def test_a_fault_of_the_engine_names_the_document(project, monkeypatch):
    (project / "a.qmd").write_text("A.\n")
    (project / "b.qmd").write_text("B.\n")

    def fails(document, *_):
        if document.path.stem == "a":
            raise KeyError("unforeseen")
        return [execution.Executed(cell, cell.source, ()) for cell in document.cells], {}

    monkeypatch.setattr("secondlook.render.build.execute", fails)
    site = read_site(project)
    first, second = render_documents(site, documents(site))
    assert str(first.problem).startswith("a.qmd: KeyError: 'unforeseen' (in test_faults.py, line ")
    assert second.problem is None


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_an_output_that_is_a_file_is_said(project, kind):
    (project / "a.qmd").write_text("A.\n")
    (project / "out").write_text("")
    outcome = run(project, "--output", "out" if kind == "file" else "out/below")
    assert outcome.returncode in (1, 2)
    assert "out" in outcome.stderr
    assert "Traceback" not in outcome.stderr


def test_a_project_whose_documents_are_no_list_is_refused(tmp_path):
    (tmp_path / "_quarto.yml").write_text('project:\n  render: "*.qmd"\n')
    with pytest.raises(RenderError, match=r"_quarto.yml:2: `project.render` must be a list"):
        read_site(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no umask")
def test_pages_and_folders_follow_the_umask(project):
    (project / "a.qmd").write_text("---\nformat: revealjs\n---\n\n## A\n")
    former = os.umask(0o027)
    try:
        page = render_document(read_site(project), project / "a.qmd")
    finally:
        os.umask(former)
    modes = {
        path.relative_to(page.parent).as_posix(): stat.S_IMODE(path.stat().st_mode)
        for path in page.parent.rglob("*")
    }
    folders = {name: mode for name, mode in modes.items() if (page.parent / name).is_dir()}
    assert set(folders.values()) == {0o750}
    assert {mode for name, mode in modes.items() if name not in folders} == {0o640}


def test_a_torn_reveal_is_repaired(project):
    (project / "a.qmd").write_text("---\nformat: revealjs\n---\n\n## A\n")
    page = render_document(read_site(project), project / "a.qmd")
    script = page.parent / "site_libs" / "revealjs-embedded" / "dist" / "reveal.js"
    whole = script.read_bytes()
    script.write_bytes(whole[:100])
    with (project / "a.qmd").open("a") as file:
        file.write("\nMore.\n")
    render_document(read_site(project), project / "a.qmd")
    assert script.read_bytes() == whole
    names = [path.name for path in page.parent.rglob(".*")]
    assert names == []


def test_a_script_that_a_cell_shows_is_refused(project):
    code = "from secondlook.markup import Markup\nMarkup('<script>alert(1)</script>')"
    assert "a cell shows a script" in problem_of(project, f"```{{python}}\n{code}\n```\n")


def test_the_policy_of_a_page_names_its_scripts_and_no_other(project):
    text = page_of(project, "Text.\n")
    policy = read(text).one("meta", **{"http-equiv": "Content-Security-Policy"})
    allowed = re.findall(r"'sha256-[^']+'", policy.attributes["content"])
    assert len(allowed) == len(scripts_within(text)) == 2
    assert "script-src 'sha256-" in policy.attributes["content"]
    assert "unsafe-inline" not in policy.attributes["content"].split("style-src")[0]
