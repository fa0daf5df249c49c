"""Correct: a failure names document, cell, line and traceback, and leaves the former page."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest
from click.testing import CliRunner
from tests.render.reading import render_document

from secondlook.cli import app
from secondlook.render.problems import RenderError
from secondlook.render.site import read_site

FAILING = """\
---
title: fails
---

```{python}
#| label: first
rows = [1, 2]
```

```{python}
#| label: tbl-broken
#| tbl-cap: never seen

total = sum(rows)
share = total / (len(rows) - 2)
```
"""


def run(*arguments: str):
    return CliRunner().invoke(app, ["render", "--engine", "embedded", *arguments])


def test_an_error_in_a_cell_is_told_in_full_and_leaves_the_former_page(project, monkeypatch):
    monkeypatch.chdir(project)
    document, page = project / "doc.qmd", project / "_site" / "doc.html"
    document.write_text("---\ntitle: works\n---\n\nThe first version.\n")
    assert run("doc.qmd").exit_code == 0
    before = page.read_text()
    document.write_text(FAILING)

    result = run("doc.qmd")

    assert result.exit_code == 1
    told = result.stderr
    assert "doc.qmd:15: cell `tbl-broken` fails" in told
    assert "share = total / (len(rows) - 2)" in told
    assert "ZeroDivisionError" in told
    assert "former page" in told
    assert page.read_text() == before
    assert [path.name for path in page.parent.iterdir()] == ["doc.html"]


def test_an_error_in_inline_code_names_its_line(project):
    document = project / "doc.qmd"
    document.write_text("A\n\nline with `{python} 1 / 0` in it.\n")
    with pytest.raises(RenderError, match=r"doc.qmd:3: inline code `1 / 0` fails: ZeroDivision"):
        render_document(read_site(project), document)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("__import__('numpy').float64(0.5)", "would print np.float64(0.5)"),
        ("object()", "would print <object at"),
        ("''", "gives empty text"),
    ],
)
def test_inline_code_that_no_reader_should_see_is_refused(project, code, words):
    document = project / "doc.qmd"
    document.write_text(f"A `{{python}} {code}`.\n")
    with pytest.raises(RenderError) as caught:
        render_document(read_site(project), document)
    assert words in str(caught.value)


def test_the_kernel_is_this_interpreter_in_the_documents_folder(project):
    document = project / "doc.qmd"
    document.write_text(
        "`{python} __import__('sys').executable` in `{python} __import__('os').getcwd()`\n"
    )
    page = render_document(read_site(project), document).read_text()
    assert sys.executable in page
    assert str(project.resolve()) in page


def test_a_document_that_fails_keeps_no_other_from_its_page(project, monkeypatch):
    monkeypatch.chdir(project)
    (project / "a.qmd").write_text("See @fig-none.\n")
    (project / "b.qmd").write_text("---\ntitle: b\n---\n\nFine.\n")

    result = run("--jobs", "2")

    assert result.exit_code == 1
    assert "a.qmd:1: no `fig-none`" in result.stderr
    assert (project / "_site" / "b.html").is_file()
    assert not (project / "_site" / "a.html").exists()


def test_the_end_says_where_to_point_the_browser(project, monkeypatch):
    monkeypatch.chdir(project)
    (project / "index.qmd").write_text("---\ntitle: home\n---\n")
    (project / "other.qmd").write_text("---\ntitle: other\n---\n")
    result = run("--output", "elsewhere")
    page = project.resolve() / "elsewhere" / "index.html"
    assert result.exit_code == 0
    assert page.as_uri() in result.stdout


def test_a_missing_document_is_bad_usage_of_one_line(project, monkeypatch):
    monkeypatch.chdir(project)
    result = run("none.qmd", "/")
    assert result.exit_code == 1
    assert "none.qmd: no such document" in result.stderr
    assert "/: " in result.stderr


def test_outside_of_a_project_there_is_nothing_to_render(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run()
    assert result.exit_code == 2
    assert "no _quarto.yml here or above" in result.stderr


def test_quarto_is_asked_for_by_name_only_where_it_is(project, monkeypatch):
    monkeypatch.chdir(project)
    monkeypatch.setenv("PATH", str(project))
    result = CliRunner().invoke(app, ["render", "--engine", "quarto"])
    assert result.exit_code == 2
    assert "no quarto on PATH" in result.stderr


def test_quarto_renders_where_it_is(project, monkeypatch):
    program = project / "quarto"
    program.write_text('#!/bin/sh\necho "$PWD $@" >> asked\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{project}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.chdir(project)
    (project / "doc.qmd").write_text("---\ntitle: x\n---\n")
    result = CliRunner().invoke(app, ["render", "doc.qmd"])
    assert result.exit_code == 0
    assert "--directory _site`" in result.stdout
    assert "file://" not in result.stdout  # its scripts are refused there
    assert (project / "asked").read_text().split() == [str(project.resolve()), "render", "doc.qmd"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGINT")
def test_an_interrupt_ends_the_kernel_and_leaves_nothing(project, tmp_path_factory):
    temporary = tmp_path_factory.mktemp("temporary")
    (project / "doc.qmd").write_text(
        "```{python}\nimport os, pathlib, time\n"
        "pathlib.Path('running').write_text(str(os.getpid()))\ntime.sleep(600)\n```\n"
    )
    program = subprocess.Popen(
        [sys.executable, "-m", "secondlook", "render", "--engine", "embedded"],
        cwd=project,
        env={**os.environ, "TMPDIR": str(temporary)},
        stderr=subprocess.PIPE,
        text=True,
        # A shell that runs this in the background would have it ignore the signal.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    started = project / "running"
    wait_for(lambda: started.is_file() and started.read_text())
    kernel = int(started.read_text())

    program.send_signal(signal.SIGINT)
    _, told = program.communicate(timeout=60)

    assert program.returncode == 130
    assert "stopped" in told
    assert "Traceback" not in told, told
    assert not list(temporary.iterdir())
    assert not (project / "_site").exists()
    wait_for(lambda: not is_alive(kernel))


def wait_for(condition, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
