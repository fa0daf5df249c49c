"""Correct: a caption or alternative text that is typed holds no number, for nothing computes it.

Quarto runs no code in the options of a cell. What a figure or a table shows in numbers is said by
`secondlook.figures.show_figure` and `secondlook.tables.show_table`, whose captions code makes.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
OPTIONS = ("fig-cap", "fig-alt", "tbl-cap")
_CELL = re.compile(r"^```\{python\}\n((?:#\| [^\n]*\n)*)(.*?)^```$", re.MULTILINE | re.DOTALL)
# What names a table or a level of confidence is no number of a figure.
_NAMES = re.compile(
    r"\b(?:Tables?|Figures?) \d+\b|\b95% (?:lower )?(?:limits?|intervals?)\b"
    r"|\bfive-percent level\b|\bP < 0\.05|\btwo-sided\b|\bone half\b"
)
_NUMBER = re.compile(
    r"\d|\b(?:half|quarter|fifth|a third)\b"
    r"|\b(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-[a-z]+)?\b"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]+teen)\b",
    re.IGNORECASE,
)
DOCUMENTS = sorted([*ROOT.glob("*.qmd"), *ROOT.glob("reports/**/*.qmd")])


def cells(document):
    """Return the options and the code of each cell of a document."""
    source = document.read_text(encoding="utf-8")
    return [
        (yaml.safe_load(re.sub("^#[|] ", "", found[1], flags=re.MULTILINE)) or {}, found[2])
        for found in _CELL.finditer(source)
    ]


def number_in(text):
    return _NUMBER.search(_NAMES.sub("...", text))


@pytest.mark.parametrize("document", DOCUMENTS, ids=[path.stem for path in DOCUMENTS])
def test_no_typed_caption_holds_a_number(document):
    typed = [options.get(name, "") for options, _ in cells(document) for name in OPTIONS]
    assert [text for text in typed if number_in(text)] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=[path.stem for path in DOCUMENTS])
def test_every_figure_has_an_alternative_text(document):
    """`show_figure` demands one; a figure that is the value of its cell has it as an option."""
    without = [
        options.get("label")
        for options, code in cells(document)
        if "_figure(" in code and "show_figure(" not in code and not options.get("fig-alt")
    ]
    assert without == []


def test_a_number_in_a_typed_caption_is_seen():
    assert number_in("Two curves, from Table 4.")
    assert number_in("About a third.")
    assert number_in("19% at the end.")
    assert not number_in("The paper's Table 4 with 95% intervals.")
