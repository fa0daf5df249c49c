"""The ten real articles with an answer key that lie beside the checkout, not in it."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest
from benchmarks.scan import scans

from secondlook.scan import Scan

FOLDER = Path(__file__).parents[2].parent / "shared" / "articles"

need_articles = pytest.mark.skipif(
    not (FOLDER / "key.csv").exists(),
    reason="the keyed articles are not beside the checkout (../shared/articles)",
)


@cache
def key(name: str = "key") -> list[dict[str, str]]:
    """The rows of one key file."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def scanned(article: str) -> Scan:
    """The scan of one article; all are scanned once."""
    return scans(FOLDER)[article]
