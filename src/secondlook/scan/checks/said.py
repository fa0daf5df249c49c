"""What a sentence says against the P, or the two numbers, that it prints.

``Pain fell significantly (P > 0.05)``, ``did not differ (P = 0.01)``, ``higher with A than with B
(37.4 vs 39.6)``: either may be the slip, and a rule that is not printed may save both, so that all
of these are questions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from secondlook.scan.cells import DECIMAL, p_bounds, value
from secondlook.scan.document import Document
from secondlook.scan.findings import Finding, in_text

Said = tuple[str, str, str]
"""What is printed, against what, and how it was read."""

_P = re.compile(r"\b[pP](?:[- ]?values?)?\s?(?P<p>[=<>≤≥]\s?0?[.·]\d{1,6})(?!\d)")
_SENTENCE = re.compile(r"(?<=[a-z)\]%\d][.?!])\s+(?=[A-Z])")
_SIGNIFICANT = re.compile(r"(?<!clinically )\bsignificant(?:ly)?\b", re.IGNORECASE)
_DENIED = re.compile(
    r"\b(?:(?:not?|nor|never|without)\b[- ](?:\w+ ){0,2}?significan(?:t|ce|tly)\b|"
    r"non-?\s?significan(?:t|tly)\b|unchanged\b|(?:was|were) similar (?:in|between|among|at)\b|"
    r"(?:did|do|does|were|was) not (?:\w+ )?(?:differ|different|change|changed)\b)",
    re.IGNORECASE,
)
_DOUBT = re.compile(
    r"\b(?:not?|nor|non\w*|neither|never|none|without|lack|absence|fail\w*|insignif\w*|margin\w*|"
    r"border\w*|near\w*|almost|trend\w*|toward\w*|approach\w*|close|weak\w*|tend\w*|un\w*|slight\w*|"
    r"similar|comparable|equal\w*|although|though|disappear\w*|lost|only|but|however|while|whereas)\b",
    re.IGNORECASE,
)
_RULE = re.compile(
    r"consider|defin|\bset\b|level of|levels? (?:was|were)|threshold|regarded|deem|criteri|"
    r"cut-?off|indicat|denot|accept|assum|taken|bonferroni|interaction|inferior|equivalen|if\b|"
    r"variables with",
    re.IGNORECASE,
)
"""Words that say when a P counts, or of what other hypothesis it is."""
_TURNS = re.compile(
    r"\b(?:but|while|whereas|although|though|however|except\w*|other than|apart from|only|unlike|"
    r"we|and (?:was|were|had|the|a)|which|significant\w*|95)\b|"
    r"(?<!vs)[.]|[)\]]|^[^(\[]*;|[(\[].{40}",
    re.IGNORECASE,
)
"""What may begin another statement before the P."""
_METHODS = re.compile(r"method|statistic|patients|material|analysis|sample", re.IGNORECASE)
_STRICT = re.compile(
    r"bonferroni|\bholm\b|tukey|false discovery|multiple (?:comparisons|testing)", re.IGNORECASE
)
_MORE = "higher|greater|larger|longer|older"
_UNIT = r"(?:[^\d;()\[\]]|(?<=[A-Za-z])\d){0,12}"
_COMPARED = re.compile(
    rf"\b(?P<word>{_MORE}|lower|smaller|shorter|younger|fewer|less)\s(?:in|with|for|among|at|than)\b"
    rf"(?P<groups>[^.;()\[\]\d]{{1,120}})[(\[]\s?(?P<a>{DECIMAL}){_UNIT}"
    rf"(?:±\s?{DECIMAL}{_UNIT})?\b(?:vs\.?|versus|compared (?:to|with)|against)\s"
    rf"(?P<b>{DECIMAL})"
)
_NOT_BOTH = re.compile(r"\b(?:but|however|no|not|although|while|whereas)\b")


def check_said(document: Document) -> Iterator[Finding]:
    """Ask where the words of a sentence and its P, or its two numbers, do not agree."""
    strict = bool(_STRICT.search(document.text))
    for paragraph in document.paragraphs:
        if not re.search("ignifican|not differ|unchanged|similar| vs| versus", paragraph.text):
            continue
        rules = _METHODS.search(paragraph.section.rpartition(" > ")[2])
        for order, sentence in enumerate(_SENTENCE.split(paragraph.text)):
            found = [] if rules or _RULE.search(sentence) else list(_of_p(sentence, strict))
            for printed, against, reading in (*found, *_of_two(sentence)):
                yield in_text(
                    "statistic", "question", paragraph, printed, against, "", reading, order
                )


def _of_p(sentence: str, strict: bool) -> Iterator[Said]:
    """Hold what is said of a difference to the P behind it; `strict` if 0.05 may not be enough."""
    found = list(_P.finditer(sentence))
    if not found:
        return
    bounds = [p_bounds(p["p"].replace("·", ".").replace(" ", "").removeprefix("=")) for p in found]
    denied, said = (
        next((m for m in reversed(list(words.finditer(sentence, 0, found[0].start())))), None)
        for words in (_DENIED, _SIGNIFICANT)
    )
    reading, words = "", denied or said
    if denied and not strict and bounds[0][1] <= 0.05:
        reading = "the sentence sees no difference, and the P is below 0.05; of another?"
    elif not denied and not _DOUBT.search(sentence) and min(low for low, _ in bounds) >= 0.05:
        reading = "the sentence says significant, and the P is not below 0.05; at another level?"
    if reading and words and not _TURNS.search(sentence[words.end() : found[0].start()]):
        yield sentence[words.start() : found[0].end()], found[0].group(), reading


def _of_two(sentence: str) -> Iterator[Said]:
    """Hold ``higher in A than in B (a vs b)`` to which of the two is higher."""
    for match in _COMPARED.finditer(sentence):
        a, b = value(match["a"]), value(match["b"])
        if a != b and (a > b) != (match["word"] in _MORE) and not _NOT_BOTH.search(match["groups"]):
            reading = f"the first of the two is not {match['word']}; printed in the other order?"
            yield match.group(), f"{match['a']} and {match['b']}", reading
