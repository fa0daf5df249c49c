"""Correct: a package that is not installed is named, with what installs it."""

from __future__ import annotations

import sys

import pytest
from click.testing import CliRunner

from secondlook.cli import app
from secondlook.extras import missing
from secondlook.pandoc_program import pandoc_program


@pytest.fixture(autouse=True)
def _forgotten():
    pandoc_program.cache_clear()
    yield
    pandoc_program.cache_clear()


@pytest.mark.parametrize(
    ("module", "extra"),
    [("pypandoc", "engine"), ("great_tables.html", "report"), ("pdfplumber", "pdf")],
)
def test_the_extra_of_a_missing_package_is_named(module, extra):
    error = ModuleNotFoundError(f"No module named {module!r}", name=module)
    package = module.split(".")[0].replace("_", "-")
    assert missing(error) == f"it needs {package}: pip install 'secondlook[{extra}]'"


def test_of_another_package_the_error_says_itself():
    assert missing(ModuleNotFoundError("No module named 'x'", name="x")) == "No module named 'x'"
    assert missing(ImportError("cannot import name 'y'")) == "cannot import name 'y'"


@pytest.mark.parametrize("suffix", ["html", "docx", "md"])
def test_a_scan_without_pandoc_says_what_to_install(tmp_path, monkeypatch, suffix):
    monkeypatch.setitem(sys.modules, "pypandoc", None)
    page = tmp_path / f"a.{suffix}"
    page.write_text("<p>7 of 9</p>")
    told = CliRunner().invoke(app, ["scan", str(page)])
    assert told.exit_code == 2
    assert (
        told.stderr == f"secondlook: {page}: it needs pypandoc: pip install 'secondlook[engine]'\n"
    )


def test_rendering_without_the_engine_says_what_to_install(tmp_path, monkeypatch):
    assert CliRunner().invoke(app, ["new", "smith-2024", "--root", str(tmp_path)]).exit_code == 0
    monkeypatch.setitem(sys.modules, "jupytext", None)
    command = ["render", str(tmp_path / "reports/smith-2024.qmd"), "--engine", "embedded"]
    told = CliRunner().invoke(app, command)
    assert told.exit_code == 1
    assert "qmd: it needs jupytext: pip install 'secondlook[engine]'\n" in told.stderr
