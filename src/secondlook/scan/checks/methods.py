"""What an article says of its tests and of its groups, searched once for all its tables.

The size of a group that its column does not tell stands behind its name in another table or in the
text; else it is between the least and the largest that the article tells of one of so many groups,
of each of them, or of all that were parted into them.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property, lru_cache

from secondlook.scan.cells import WHOLE, any_case, numeral, whole
from secondlook.scan.checks.mean import SD_WORD, SE
from secondlook.scan.document import Document
from secondlook.scan.groups import LEAST, Groups
from secondlook.scan.layout import sizes

RANK_TEST = any_case(
    r"wilcoxon|\bmann\b|(?<!log)(?<!log[- ])\brank(?:s|ed|[- ]sum)?\b|kruskal|\bKW\b|friedman|"
    r"non-?parametric|permutation"
)
ANOVA = any_case(r"\banova\b|analys[ie]s of variance|kruskal|\bF[- ]test")
REGRESSION = any_case("regression")
CROSSED = any_case(
    r"cross-?over|block design an|matched pairs|within-subject|fellow[- ]eye|contralateral|"
    r"split-(?:mouth|face)"
)
"""With one of these the groups may be of the same patients."""
PAIRED = any_case(r"(?<!un)(?<!un-)\bpaired\b|signed[- ]?rank")
UNPAIRED = any_case(
    r"un-?paired|independent (?:samples?|groups?|\S{0,10}\s?t\b)|two[- ]samples?|anova|kruskal|"
    r"\bmann\b|rank[- ]?sum|analys[ie]s of variance|"
    r"between[- ](?:the )?(?:two )?groups?|(?<!paired )student(?!.{0,20}\bpaired)"
)
"""With this, not all means that are compared are of the same patients."""
T_TEST = any_case(
    r"\bt[- ]?tests?\b|\bstudent|\banova\b|analys[ie]s of variance|\bindependent samples"
)
PEOPLE = (
    r"(?:patients|subjects|participants|women|men|children|infants|neonates|animals|eyes|rats|mice|"
    r"cases|students|nurses|gilts|volunteers|individuals|newborns|adults|people|residents|athletes|"
    r"players|swimmers|dogs|pigs|girls|boys)"
)
_N_IS = re.compile(rf"\b[nN][1-6]?\s?=\s?({WHOLE})")
_COUNTED = any_case(rf"{_N_IS.pattern}|(?<![\d.,])({WHOLE}) (?:\w+ )?{PEOPLE}\b")
_EACH = any_case(
    r"\b(?:two|three|four|2|3|4) (?:equal )?groups? of (?P<a>\w+)\b|"
    r"\b(?:two|three) (?P<b>\d+)-patient groups\b|"
    rf"(?<!-)\b(?P<c>[\w-]+) (?:{PEOPLE}|persons|people)"
    r"(?: \w+){0,3} (?:in|per|to|for|into) (?:each|every|both) (?:\w+ ){0,2}"
    r"(?:groups?|arms?)\b|"
    r"\b(?:each|every|both) (?:groups?|arms?)"
    r"(?: of| had| included| consisted of| contained| comprised)? \(?"
    rf"(?:n ?= ?(?P<d>\d+)|(?P<f>\w+) {PEOPLE})|"
    rf"\bgroups of (?P<g>\w+) {PEOPLE} each|"
    r"\bn ?= ?(?P<e>\d+)\)?,? (?:in|per|for|of)? ?(?:each|either|both|every)"
)
_PARTED = any_case(
    r"(?:random\w*|divided|allocated|assigned|split|classified|separated|categori[sz]ed)\b.{0,80}\b"
    r"(?P<k>two|three|four|2|3|4) (?:\w+ ){0,2}(?:groups|arms)"
)
_TOOK_PART = any_case(
    r"\b(?:enrolled|includ|stud(?:ied|y)|random|recruited|analy[sz]ed|participated|selected)"
)
_NEEDED = any_case(r"\bpower\b|sample size|calculated|required|needed|necessary")
_NO_NAMES = {"a", "n", "N", "p", "P", "of", "no", "the", "and", "with", "number", "patients", "in"}
_OF_GROUPS = any_case(r"\bgroups?\b|\barms?\b")
MODELS = any_case(
    r"ancova|analysis of covariance|mixed[- ](?:effects? )?(?:linear )?model|estimating equations|"
    r"repeated[- ]measures|linear mixed|multilevel|hierarchical"
)
CLUSTERED = any_case(
    r"cluster[- ]?random|random\w+ (?:by |in )?clusters?\b|intra-?cluster|mantel[-– ]haenszel|"
    r"clustering (?:of|with|by|effect|within|in|at)|multi-?level"
)
"""An article with one of these may have P that no test of the counts of one table alone gives."""
ONE_SIDED = any_case(r"\b(?:one|1)[- ]?(?:sided|tailed)\b")
OF_OTHERS = any_case("introduction|background|discussion|comment")
"""A section with one of these tells of other articles, too."""
SENTENCE = re.compile(r"(?<=[a-z)\]%\d])(?<!\bvs)[.;]\s+(?=[A-Z(])(?!P(?:[- ]values?)?\s?[=<>≤≥])")
ONE_SIDED_BESIDE = any_case(rf"{ONE_SIDED.pattern}|directional|non-?inferior")
_OF_POWER = any_case(r"sample size|\bpower\b|\bcalculat")
RAISED = re.compile(r"false discovery|corrected for|correction for|adjusted p")
"""With one of these in the text, in small letters, a P may be larger than that of its statistic,
some thirtyfold."""
RAISED_OF_PAIRS = re.compile(r"bonferroni|holm\b|hochberg|tukey|dunnett|scheff|sidak")
"""With one of these the P of a comparison of two may be."""
_OF_ANY = re.compile(r"satterthwaite|kenward|permutation|bootstrap|clustered")
"""With one of these it may be any."""
SENTENCE_END = re.compile(r"[.?!]\s+(?=[A-Z])")


class Methods:
    """What an article says of its tests and groups, searched once for all its tables."""

    def __init__(self, document: Document, groups: Groups) -> None:
        self.groups = groups
        self.paragraphs = document.paragraphs
        above = [t.grid[: t.head] for t in document.tables]
        self._heads = [[cell.text for row in rows for cell in row if cell.first] for rows in above]
        texts = [p.text for p in document.paragraphs] + [t.caption for t in document.tables]
        self._text = "\n".join(texts)
        self._named: dict[re.Pattern[str], bool] = {}
        self._of_groups: dict[tuple[int, bool], tuple[int, int] | None] = {}
        self._sentences = SENTENCE.split(self._text)

    def names(self, pattern: re.Pattern[str]) -> bool:
        """Whether it names such a test."""
        if pattern not in self._named:
            self._named[pattern] = bool(pattern.search(self._text))
        return self._named[pattern]

    @cached_property
    def _spreads(self) -> list[bool]:
        return [False] if said(self._text) == [False] else [False, True]

    def spreads(self, *texts: str) -> list[bool]:
        """Say what stands behind ±, an SE (True) or an SD: as the texts say, else the article."""
        beside = said(*texts)
        return beside if len(beside) == 1 else self._spreads

    @cached_property
    def told(self) -> set[int]:
        """The sizes that sentences, captions and heads tell as n, and not as needed."""
        texts = [text for text in self._sentences if not _NEEDED.search(text)]
        texts += [text for heads in self._heads for text in heads]
        return {whole(n) for text in texts for n in _N_IS.findall(text)}

    def of_groups(self, k: int, told: str = "", *, roughly: bool = True) -> tuple[int, int] | None:
        """Return the least and the largest size of one of so many groups, told here or at all.

        `roughly` lets it be that of all patients over so many.
        """
        here = of_parts([whole(n) for n in _N_IS.findall(told)], k)
        if here:
            return min(here), max(here)
        if (k, roughly) not in self._of_groups:
            in_heads = [n for sizes in self.in_heads(k) for n in sizes]
            found = in_heads or self._in_sentences(k) or (self._of_all(k) if roughly else [])
            found = [n for n in found if n >= (LEAST if roughly else 2)]
            self._of_groups[k, roughly] = (min(found), max(found)) if found else None
        return self._of_groups[k, roughly]

    def in_heads(self, k: int) -> list[list[int]]:
        """Find the sizes of so many groups in the heads of each table that prints them."""
        told = ([size[0] for text in texts if (size := sizes(text))] for texts in self._heads)
        return [found for each in told if (found := of_parts(each, k))]

    @cached_property
    def names_of_groups(self) -> set[str]:
        """The words of the heads that state a size."""
        told = (text for heads in self._heads for text in heads if sizes(text))
        return set().union(*map(words, told)) - _NO_NAMES

    def _in_sentences(self, k: int) -> list[int]:
        """Find the sizes of so many groups in the text, surer ones first, or that of all."""
        found: dict[int, list[int]] = {1: [], 2: [], 3: []}
        for sentence in self._sentences:
            if not _OF_GROUPS.search(sentence) or _NEEDED.search(sentence):
                continue
            told = (text for match in _EACH.finditer(sentence) for text in match.groups() if text)
            found[1] += [size for text in told if (size := numeral(text)) is not None]
            found[1] += of_parts([whole(n) for n in _N_IS.findall(sentence)], k)
            counted = of_parts([whole(n or m) for n, m in _COUNTED.findall(sentence)], k)
            found[2] += [n for n in counted if min(counted) >= LEAST]  # fewer left the groups
            parted = _PARTED.search(sentence)
            if parted and numeral(parted["k"]) == k:
                found[3] += [n // k for n in _people(sentence)[:1] if n >= 3 * k]
        return found[1] or found[2] or found[3]

    def _of_all(self, k: int) -> list[int]:
        """Find how many took part, of which a group is about the k-th part."""
        told = (s for s in self._sentences if _TOOK_PART.search(s) and not _NEEDED.search(s))
        found = [n for sentence in told for n in _people(sentence) if n >= 5 * k]
        found = [n for n, times in Counter(found).items() if times > 1] or found
        return [min(found) // (2 * k), 3 * max(found) // (2 * k)] if found else []


def words(text: str) -> set[str]:
    """Return the words of a text without capitals, but for single letters: arm A."""
    return {word if len(word) == 1 else word.lower() for word in re.findall(r"[A-Za-z]\w*", text)}


def of_parts(told: list[int], k: int) -> list[int]:
    """Return the sizes of so many groups, if these are they, with or without their sum."""
    if len(told) == k + 1 and 2 * max(told) == sum(told):
        told = sorted(told)[:-1]
    if len(told) == k > 1 and max(told) == k * min(told):
        return [min(told)]  # 24 patients, 12 in each
    return told if len(told) == k else []


def _people(sentence: str) -> list[int]:
    """Return the numbers of patients that a sentence tells of, in digits or words."""
    told = re.findall(rf"\b([\w-]+) (?:\w+ ){{0,3}}?{PEOPLE}\b", sentence)
    return [*sizes(sentence), *filter(None, map(numeral, told))]


def said(*texts: str) -> list[bool]:
    """Say that the numbers are SE, or SD; or that they may be both."""
    se, sd = (any(each) for each in zip(*map(_named, texts), strict=True))
    return [se] if se != sd else [False, True]


@lru_cache(maxsize=4096)
def _named(text: str) -> tuple[bool, bool]:
    """Whether a text, such as a head of many rows, names an SE, and whether an SD."""
    return bool(SE.search(text)), bool(SD_WORD.search(text))


def corrections(document: Document) -> list[bool]:
    """Say whether the text tells of P raised, of those of pairs raised, or of any other."""
    said = document.text.lower()
    return [bool(pattern.search(said)) for pattern in (RAISED, RAISED_OF_PAIRS, _OF_ANY)]


def one_sided(document: Document) -> bool:
    """Whether the article tells of one-sided tests that were made."""
    told = [p for p in document.paragraphs if not OF_OTHERS.search(p.section)]
    told += document.footnotes
    texts = (paragraph.text for paragraph in told if ONE_SIDED.search(paragraph.text))
    sentences = (sentence for text in texts for sentence in SENTENCE_END.split(text))
    return any(ONE_SIDED.search(s) and not _OF_POWER.search(s) for s in sentences)
