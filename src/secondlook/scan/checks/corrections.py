"""What an article tells of corrections of its P, and of tests of one side."""

from __future__ import annotations

import re

from secondlook.scan.cells import any_case
from secondlook.scan.checks.methods import OF_OTHERS, ONE_SIDED
from secondlook.scan.document import Document

ONE_SIDED_BESIDE = any_case(rf"{ONE_SIDED.pattern}|directional|non-?inferior")
_OF_POWER = any_case(r"sample size|\bpower\b|\bcalculat")
RAISED = re.compile(r"false discovery|corrected for|correction for|adjusted p")
"""With one of these in the text, in small letters, a P may be larger than that of its statistic,
some thirtyfold."""
RAISED_OF_PAIRS = re.compile(r"bonferroni|holm\b|hochberg|tukey|dunnett|scheff|sidak")
"""With one of these the P of a comparison of two may be."""
_OTHER = re.compile(r"satterthwaite|kenward|permutation|bootstrap|clustered")
"""With one of these it may be any."""
SENTENCE_END = re.compile(r"[.?!]\s+(?=[A-Z])")


def corrections(document: Document) -> list[bool]:
    """Say whether the text tells of P raised, of those of pairs raised, or of any other."""
    said = document.text.lower()
    return [bool(pattern.search(said)) for pattern in (RAISED, RAISED_OF_PAIRS, _OTHER)]


def one_sided(document: Document) -> bool:
    """Whether the article tells of one-sided tests that were made."""
    told = [p for p in document.paragraphs if not OF_OTHERS.search(p.section)]
    told += document.footnotes
    texts = (paragraph.text for paragraph in told if ONE_SIDED.search(paragraph.text))
    sentences = (sentence for text in texts for sentence in SENTENCE_END.split(text))
    return any(ONE_SIDED.search(s) and not _OF_POWER.search(s) for s in sentences)
