"""Correct: the reference of the library has every public name, and its words are words."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest
from tests.render.reading import read

from secondlook.pandoc_program import pandoc_program
from secondlook.reference import reference

REPORT = Path(__file__).parents[1] / "reports" / "library.qmd"
MODULES = re.findall(r'"(\w+)"', REPORT.read_text(encoding="utf-8").split("for name in")[1])


@pytest.fixture(scope="module")
def page():
    import subprocess

    text = reference(f"secondlook.{name}" for name in MODULES)
    done = subprocess.run(
        [pandoc_program(), "--from=markdown", "--to=html", "--wrap=none"],
        input=text, capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert done.stderr == ""
    return read(done.stdout)


@pytest.mark.parametrize("name", MODULES)
def test_every_public_function_and_class_of_a_module_is_there(page, name):
    module = importlib.import_module(f"secondlook.{name}")
    wanted = {
        each for each in module.__all__ if isinstance(getattr(module, each), type)
        or hasattr(getattr(module, each), "__code__")
    }  # fmt: skip
    prefix = f"library-{name}-"
    ids = [each.attributes["id"] for each in page.all("h3") if "id" in each.attributes]
    shown = {each.removeprefix(prefix) for each in ids if each.startswith(prefix)}
    assert wanted <= shown


def test_a_parameter_stands_with_what_is_said_of_it(page):
    terms = [each.text for each in page.all("dt")]
    assert "durations" in terms
    assert ":func:" not in page.text
    assert "``" not in page.text


def test_nothing_shows_an_address_of_memory(page):
    assert not re.search(r"0x[0-9a-f]{6,}", page.text)
