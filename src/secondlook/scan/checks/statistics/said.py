"""What a sentence says of a difference against the P that it prints.

``Pain fell significantly (P > 0.05)``, ``did not differ (P = 0.01)``: either may be the slip, and a
rule that is not printed may save both, so that these are questions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from secondlook.scan.cells import any_case, p_bounds
from secondlook.scan.document import Document
from secondlook.scan.findings import Finding, in_text

_P = re.compile(r"\b[pP](?:[- ]?values?)?\s?(?P<p>[=<>≤≥]\s?0?[.·]\d{1,6})(?!\d|\s?level)")
_SPACE = re.compile(r"[\s=]")
_SENTENCE = re.compile(r"(?<=[a-z)\]%\d][.?!])\s+(?=[A-Z])")
_SIGNIFICANT = any_case(r"(?<!clinically )\bsignificant(?:ly)?\b")
_DENIED = any_case(
    r"\b(?:(?:not?|nor|never|without)\b[- ](?:\w+ ){0,2}?significan(?:t|ce|tly)\b|"
    r"non-?\s?significan(?:t|tly)\b|unchanged\b|(?:was|were) similar (?:in|between|among|at)\b|"
    r"(?:did|do|does|were|was) not (?:\w+ )?(?:differ|different|change|changed)\b)"
)
_DOUBT = any_case(
    r"n['’]t\b|\b(?:not?|nor|non\w*|neither|never|none|without|lack|absence|fail\w*|insignif\w*|margin\w*|"
    r"border\w*|near\w*|almost|trend\w*|toward\w*|approach\w*|close|weak\w*|tend\w*|un\w*|slight\w*|"
    r"similar|comparable|equal\w*|although|though|disappear\w*|lost|only|but|however|while|whereas)\b"
)
_RULE = any_case(
    r"consider|defin|\bset\b|level of|levels? (?:was|were)|threshold|regarded|deem|criteri|"
    r"cut-?off|indicat|denot|accept|assum|taken|bonferroni|interaction|inferior|equivalen|if\b|"
    r"variables with"
)
"""Words that say when a P counts, or of what other hypothesis it is."""
_TURNS = any_case(
    r"\b(?:but|while|whereas|although|though|however|except\w*|other than|apart from|only|unlike|"
    r"we|and (?:was|were|had|the|a)|which|significant\w*|95)\b|"
    r"(?<!vs)[.]|[)\]]|^[^(\[]*;|[(\[].{40}"
)
"""What may begin another statement before the P."""
_METHODS = any_case(r"method|statistic|patients|material|analysis|sample")


def check_said(document: Document, corrected: Sequence[bool]) -> Iterator[Finding]:
    """Ask where a P above 0.05 is said to be significant, or one below, not `corrected`, is not."""
    for paragraph in document.paragraphs:
        if not re.search("ignifican|not differ|not change|unchanged|similar", paragraph.text):
            continue
        if _METHODS.search(paragraph.section.rpartition(" > ")[2]):
            continue
        for order, sentence in enumerate(_SENTENCE.split(paragraph.text)):
            found = list(_P.finditer(sentence))
            if not found or _RULE.search(sentence):
                continue
            first = found[0]
            before = sentence, 0, first.start()
            denied, said = ([*words.finditer(*before)][-1:] for words in (_DENIED, _SIGNIFICANT))
            bounds = [p_bounds(_SPACE.sub("", p["p"]).replace("·", ".")) for p in found]
            if denied and not any(corrected) and bounds[0][1] <= 0.05:
                reading = "it sees no difference, and the P is below 0.05; of another?"
            elif said and not (denied or _DOUBT.search(sentence)) and min(bounds)[0] >= 0.05:
                reading = "it says significant, and the P is not below 0.05; at another level?"
            else:
                continue
            (words,) = denied or said
            if not _TURNS.search(sentence[words.end() : first.start()]):
                printed = sentence[words.start() : first.end()]
                told = (printed, first[0], "", reading, order)
                yield in_text("statistic", "question", paragraph, *told)
