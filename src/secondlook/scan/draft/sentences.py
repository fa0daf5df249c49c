"""The numbers of the running text as claims, sentence by sentence."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from secondlook.claims.cells import slug
from secondlook.scan.cells import any_case
from secondlook.scan.document import Document, Paragraph, is_abstract
from secondlook.scan.draft.drafted import (
    COUNTS,
    NO_RESULT,
    Drafted,
    Mention,
    bare,
    cut,
    quantity,
    short,
    telling,
    words,
)
from secondlook.scan.numbers import read
from secondlook.scan.survival import Spot, one_group

WINDOW = 9
"""Words before and behind a number, up to the next number, that may tell what it is of."""
_END = re.compile(r"[.!?]\s+(?=[A-Z])")
OVER = re.compile(r"\s?/\s?|(?:\s[A-Za-z-]{1,20}){0,2}\s(?:out\s)?of\s(?:the |all |these |those )?")
_NO_RESULT = any_case(
    r"(?<![\w.,])\d+(?:[-–]\d+){2,}(?![\w%])|\b\d{1,2}/\d{1,2}/\d{4}\b|"
    r"\b(?:tel|telephone|phone|fax|mobile)\b[.:]?\s{0,2}[+(]?\d[\d\s()./–-]{6,20}\d|"
    r"\+\d{1,3}[ -]\(?\d{2,4}\)?[ -]?\d{3}[\d -]{2,12}|"
    r"\b(?:numbers?|no\.|d?nr\.?|ref\.?|reference|code|id|protocol|approval|permit|EudraCT)"
    r"[\s:#(]{1,3}[A-Z]{0,6}\d+(?:[-–/][A-Z]{0,4}\d+)+|"
    r"\b(?:significance|confidence) levels? (?:of|was|at|=)(?: set)?(?: at)? \d+(?:\.\d+)?\s?%|"
    r"\b\d+(?:\.\d+)?\s?% (?:significance |confidence )levels?\b"
)
"""Names in digits (EudraCT, registries, committees, telephones, dates), and levels."""
_ELSEWHERE = any_case(r"introduction|background|discussion|comment|references")
_OURS = any_case(r"\b(?:our|we|this|present|current)\b")
_PEOPLE = re.compile(r"\b(?:patients|participants|subjects|women|men|children|adults|infants)\b")
_SAID_AFTER = (*COUNTS, "percent", "dose")
"""What these numbers are of is more often said behind them than before."""


@dataclass
class Sentence:
    """A sentence: its paragraph's text, its numbers, whether it is of the study itself."""

    text: str
    start: int
    end: int
    place: str
    abstract: bool
    ours: bool
    numbers: list[Mention] = field(default_factory=list)

    def parted(self, at: int, by: re.Pattern[str]) -> bool:
        """Whether nothing but this stands between a number and the next, if there are both."""
        if not 0 <= at < len(self.numbers) - 1:
            return False
        first, second = self.numbers[at : at + 2]
        return by.fullmatch(self.text, first.end, second.start) is not None


class Sentences:
    """The numbers of the running text, all and by paragraph."""

    def __init__(self, drafted: Drafted, document: Document, at_risk: Collection[Spot]) -> None:
        self.drafted, self.at_risk = drafted, at_risk
        self.sentences: list[Sentence] = []
        self.beside: list[frozenset[str]] = []
        self.paragraphs: dict[str, list[Mention]] = defaultdict(list)
        for at, paragraph in enumerate(document.paragraphs):
            self._list(at, paragraph)
        self.every, self.one_group = self._everybody(), one_group(document)

    def _list(self, index: int, paragraph: Paragraph) -> None:
        """Make a claim of each number of a paragraph that is not part of a row at risk."""
        text, here = paragraph.text, _sentences_of(paragraph)
        place = here[0].place
        stem = cut(slug(re.sub(r"[\d.]+", " ", paragraph.section.split(" > ")[0])), 26) or "text"
        told = [number for number in read(text) if (index, number[0][1]) not in self.at_risk]
        names = [match.span() for match in _NO_RESULT.finditer(text)]
        at = behind = 0
        for i, ((shown, start), kind, unit) in enumerate(told):
            while start > here[at].end:
                at += 1
            sentence = here[at]
            sign = next(k for k in range(len(shown)) if text.startswith(shown[k:], start))
            begin, end = max(sentence.start, behind), start + len(shown) - sign
            until = min([sentence.end, *(number[0][1] for number in told[i + 1 : i + 2])])
            beside = text[begin:start].split()[-WINDOW:] + text[end:until].split()[:WINDOW]
            said = words(" ".join(beside), self.drafted.long)
            self.beside.append(said)
            last, behind = behind, end
            if kind == NO_RESULT or any(first <= start < past for first, past in names):
                continue
            before = text[sentence.start : start][-90:]
            near, after = before[-60:].split()[-4:], text[end:until].split()[:3]
            of = kind in _SAID_AFTER and re.match(r"\s?%?\s[A-Za-z]", text[end:until])
            known = [*(telling(" ".join(after)) if of else ()), *telling(before)[-2:]]
            name = self.drafted.add(
                stem, kind, f"{place}, sentence {at + 1}",
                quantity(kind, unit, " ".join([*near, "…", *after]).strip(" …")), shown,
                " ".join(known),
            )  # fmt: skip
            self.drafted.places[index, start].append((bare(shown), name))
            if kind == "count" and _PEOPLE.search(text, end, until):
                kind = "patients"
            sentence.numbers.append(Mention(
                name, bare(shown), kind, unit, said, place=place, start=start, end=end,
                ours=sentence.ours, whole_of=OVER.fullmatch(text, last, start) is not None,
            ))  # fmt: skip
        here = [sentence for sentence in here if sentence.numbers]
        self.sentences += here
        self.paragraphs[place] += [number for sentence in here for number in sentence.numbers]

    def _everybody(self) -> Mention | None:
        """Return the number of patients of the abstract that the text gives most often."""
        people = [(s, n) for s in self.sentences for n in s.numbers if n.kind in COUNTS[1:]]
        times = Counter(number.whole for _, number in people)
        sizes = [n for s, n in people if s.abstract and n.kind == "patients" and n.whole >= 10]
        return max(sizes, key=lambda n: (times[n.whole], -sizes.index(n)), default=None)


def _sentences_of(paragraph: Paragraph) -> list[Sentence]:
    """Return the sentences of a paragraph, without their numbers yet."""
    text, section = paragraph.text, short(paragraph.section)
    place = f"{section}, paragraph {paragraph.number}"
    ends = [match.start() for match in _END.finditer(text)] + [len(text)]
    spans = zip([0, *(end + 1 for end in ends)], ends, strict=False)
    elsewhere = _ELSEWHERE.search(section)
    return [
        Sentence(text, *span, place, is_abstract(section),
                 not elsewhere or bool(_OURS.search(text, *span))) for span in spans
    ]  # fmt: skip
