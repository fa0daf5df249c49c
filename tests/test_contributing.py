"""Correct: what CONTRIBUTING says of a paper is what the program does."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from secondlook.admissible import CurveFacts
from secondlook.claims import CAUSES, VERDICTS, cells, claim
from secondlook.claims.functions import COLUMNS, FUNCTIONS, POSSIBLE
from secondlook.new import new_paper

TEXT = (Path(__file__).parents[1] / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_its_example_is_what_new_writes_and_has_under_sixty_lines(tmp_path):
    new_paper("smith-2024", root=tmp_path, n=31)
    written = [
        tmp_path / "data" / "smith-2024" / "table-1.csv",
        tmp_path / "data" / "smith-2024" / "datapackage.yaml",
        tmp_path / "data" / "smith-2024" / "claims.yaml",
        tmp_path / "reports" / "smith-2024.qmd",
    ]
    part = TEXT[TEXT.index("## Add a paper") : TEXT.index("### Data")]
    blocks = re.findall(r"^(`{3,4})\w+\n(.*?)^\1$", part, re.MULTILINE | re.DOTALL)
    assert [text for _, text in blocks] == [path.read_text() for path in written]
    assert sum(text.count("\n") for _, text in blocks[1:]) < 60


@pytest.mark.parametrize("word", sorted({*FUNCTIONS, *COLUMNS, *POSSIBLE}))
def test_every_word_of_the_language_is_explained(word):
    assert re.search(rf"`[^`\n]*\b{word}\b[^`\n]*`", TEXT), word


CURVE = [field.name for field in fields(CurveFacts) if field.name != "name"]


@pytest.mark.parametrize("field", [*claim._FIELDS, *cells._KEYS, *CURVE, *VERDICTS])
def test_every_field_and_every_verdict_is_explained(field):
    assert re.search(rf"`[^`\n]*\b{field}\b[^`\n]*`", TEXT), field


def test_every_cause_is_named():
    assert all(re.search(rf"\b{cause}\b", TEXT) for cause in CAUSES)
