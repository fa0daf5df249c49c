"""A drafted ledger is checked at once, and accuses nobody."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from tests.scan.articles import FOLDER, need_articles
from tests.scan.test_numbers import SEEDS, need_seeds

from secondlook.scan.document import Document, Paragraph, Table, grid_of
from secondlook.scan.draft import draft
from secondlook.scan.reading import read

ROWS = [
    ["", "Drug (n = 40)", "P"],
    ["Male, n (%)", "21 (52.5)", "0.30"],
    ["Smoker, n (%)", "13 (32.5)", "0.41"],
    ["Stroke, n (%)", "5 (12.4)", "0.20"],
    ["Age, mean (SD)", "61.2 (12.1)", "<0.001"],
]


def article() -> Document:
    table = Table(0, "Table 1", "", grid_of([[(t, 1, 1) for t in row] for row in ROWS]), 1)
    text = 'There were 40 patients, 21 (52.5%) of them men. = 1 + 2 and "quoted": {x}'
    risk = "Numbers at risk: 40 31 22 10 3"
    paragraphs = (Paragraph("Abstract", 1, text), Paragraph("Results", 1, risk))
    return Document("test", 'A "title": with signs', paragraphs, (table,))


def checked(root: Path) -> list[dict[str, object]]:
    done = subprocess.run(
        [sys.executable, "-m", "secondlook", "check", "--root", str(root), "--format", "json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    told = json.loads(done.stdout)
    return list(told) if isinstance(told, list) else list(told["claims"])


def test_a_draft_is_checked_at_once(tmp_path):
    written = draft(article(), "smith-2024", tmp_path)
    assert {path.name for path in written} == {"datapackage.yaml", "claims.yaml", "table-1.csv"}
    verdicts = {str(row["id"]): row["verdict"] for row in checked(tmp_path)}
    assert verdicts["t1-1-1-2"] == "reproduced"  # 52.5 of 21 and 40
    assert verdicts["t1-4-1"] == "not-derivable"
    assert verdicts["abstract-3"] == "reproduced"  # what the abstract repeats of the table
    assert "fails" not in verdicts.values()


def test_a_draft_writes_over_nothing(tmp_path):
    draft(article(), "smith-2024", tmp_path)
    with pytest.raises(ValueError, match="there already"):
        draft(article(), "smith-2024", tmp_path)


@pytest.mark.parametrize("key", ["../x", "Smith", "a b", ""])
def test_a_draft_stays_in_its_folder(tmp_path, key):
    with pytest.raises(ValueError, match="a key is"):
        draft(article(), key, tmp_path)
    assert list(tmp_path.iterdir()) == []


@need_articles
def test_the_draft_of_a_real_article_finds_most_of_its_percents(tmp_path):
    draft(read(FOLDER / "PMC5346637.nxml.gz"), "kay-2016", tmp_path)
    verdicts = Counter(str(row["verdict"]) for row in checked(tmp_path))
    assert verdicts["reproduced"] >= 60
    assert set(verdicts) <= {"reproduced", "truncated", "not-derivable"}


@need_seeds
def test_drafts_of_the_five_papers_accuse_nobody_and_find_what_the_ledgers_know(tmp_path):
    for path in sorted(SEEDS.glob("*.txt")):
        draft(read(path), path.stem, tmp_path)
    rows = checked(tmp_path)
    verdicts = Counter(str(row["verdict"]) for row in rows)
    assert len(rows) > 1000
    assert not {"differs", "conflicts", "unattainable"} & set(verdicts)
    assert verdicts["reproduced"] + verdicts["truncated"] >= 10
