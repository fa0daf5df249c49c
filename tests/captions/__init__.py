"""The captions and alternative texts of the documents, and the numbers that stand in them.

Quarto runs no code in the options of a cell, so that these texts are typed. What stands in them is
computed again here: a module a document has, for each text with a number, the phrases that the
figure's own frame gives.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import yaml

from secondlook.printed import parse

ROOT = Path(__file__).parents[2]
OPTIONS = ("fig-cap", "fig-alt", "tbl-cap")
Text = tuple[str, str]
"""The label of a cell and the name of the option."""
Phrases = dict[Text, Callable[[], Iterable[str]]]

_CELL = re.compile(r"^```\{python\}\n((?:#\| [^\n]*\n)*)(.*?)^```$", re.MULTILINE | re.DOTALL)
_WORDS = re.compile(
    r"\b(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-[a-z]+)?\b"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]+teen)\b",
    re.IGNORECASE,
)
_NAMES = re.compile(
    r"\b(?:Tables?|Figures?) \d+\b"
    r"|\b95% (?:lower )?(?:limits?|intervals?)\b|\bfive-percent level\b|\bP < 0\.05"
    r"|\btwo-sided\b|\bone half\b"
)
_NUMBER = re.compile(r"\d|\b(?:half|quarter|fifth|a third)\b", re.IGNORECASE)


def documents() -> list[str]:
    """Return the documents, as paths from the root without suffix."""
    found = [*ROOT.glob("*.qmd"), *ROOT.glob("reports/**/*.qmd")]
    return sorted(str(path.relative_to(ROOT).with_suffix("")) for path in found)


def cells(document: str) -> list[tuple[dict[str, str], str]]:
    """Return the options and the code of each cell of a document."""
    source = (ROOT / document).with_suffix(".qmd").read_text(encoding="utf-8")
    return [
        (yaml.safe_load(re.sub("^#[|] ", "", found[1], flags=re.MULTILINE)) or {}, found[2])
        for found in _CELL.finditer(source)
    ]


def captions(document: str) -> dict[Text, str]:
    """Return the captions and alternative texts of a document."""
    return {
        (options["label"], name): options[name]
        for options, _ in cells(document)
        for name in OPTIONS
        if name in options
    }


def in_digits(text: str) -> str:
    """Write number words from two on as digits."""
    return _WORDS.sub(lambda word: str(parse(word[0]).value), text)


def numbers_left(text: str, phrases: Iterable[str]) -> str:
    """Return what is left of a text without these phrases if a number is in it, else nothing.

    What names a table or a level of confidence is no number. Number words may stand for digits.

    Raises
    ------
    AssertionError
        If a phrase does not stand in the text.
    """
    rest = in_digits(_NAMES.sub("...", text))
    for phrase in map(in_digits, phrases):
        whole = re.compile(rf"(?<![\d.]){re.escape(phrase)}(?!\d|\.\d)", re.IGNORECASE)
        assert whole.search(rest), f"the figure says {phrase!r}, the text {rest!r}"
        rest = whole.sub("...", rest)
    return rest if _NUMBER.search(rest) else ""
