"""A number that is printed elsewhere, of the same thing, is the same.

Of the same thing are two numbers of one value and kind whose neighbours share the words that tell
them apart.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from secondlook.scan.draft.drafted import COUNTS, Mention
from secondlook.scan.draft.sentences import Sentences
from secondlook.scan.survival import Spot

MOST_ALIKE = 400
"""Mentions of one value compared."""
_NOT_RESTATED = ("year", "date", "version", "df")
_CONTINUOUS = ("median", "mean", "sd", "range", "quartile", "value", "time", "measure", "count")


def in_sequence(text: Sentences) -> None:
    """Say of numbers that three or more in a row stand elsewhere, in the same order.

    A median with its range, an estimate with its limits, the doses and days of a schedule: no
    words are needed to know them. Of few digits it takes four in the text, of the same kinds.
    Two rows of one table may be alike by chance.
    """
    rows: dict[Spot, list[tuple[str, str]]] = defaultdict(list)
    for spot in sorted(text.drafted.places, key=lambda spot: (-len(spot), spot)):
        rows[spot[:-1]] += text.drafted.places[spot]
    runs: list[tuple[list[tuple[str, str]], object]] = [
        (row[at : at + 3], (len(spot), spot[0])) for spot, row in rows.items()
        for at in range(len(row) - 2)
        if len(re.sub(r"\D", "", "".join(digits for digits, _ in row[at : at + 3]))) >= 5
    ]  # fmt: skip
    for place, here in text.paragraphs.items():
        row = [(f"{number.kind} {number.digits}", number.name) for number in here]
        runs += [(row[at : at + 4], place) for at in range(len(row) - 3)]
    seen: dict[tuple[str, ...], tuple[object, tuple[str, ...]]] = {}
    for window, where in runs:
        digits, names = zip(*window, strict=True)
        before, others = seen.setdefault(digits, (where, names))
        if before != where and len({*digits}) >= 3:
            for name, other in zip(names, others, strict=True):
                _both(text, name, other)


def elsewhere(text: Sentences) -> None:
    """Say of a number that it is printed elsewhere, in a table or in the text before."""
    texts = [number for sentence in text.sentences for number in sentence.numbers]
    beside = Counter(word for said in text.beside for word in said)
    usual = {word for word, times in beside.items() if times > max(8, len(text.beside) / 12)}
    abstract = {n.name for s in text.sentences for n in s.numbers if s.abstract}
    alike: dict[object, list[Mention]] = defaultdict(list)
    for mention in [*text.drafted.cells, *texts]:
        if mention.number is not None and mention.kind not in _NOT_RESTATED:
            if not mention.telling:
                mention = replace(mention, words=mention.words - usual)
            alike[mention.number].append(mention)
    _groups(text, texts)
    for mentions in alike.values():
        if len(mentions) > MOST_ALIKE:
            continue  # a number that tells nothing
        mentions.sort(key=lambda each: (not each.label, each.name in abstract))
        for at, mention in enumerate(mentions):
            if mention.label:
                continue
            scored = [(same(mention, other), -i) for i, other in enumerate(mentions[:at])]
            best, i = max(scored, default=(0.0, 0))
            if best > 0:
                _both(text, mention.name, mentions[-i].name)


def _groups(text: Sentences, texts: Sequence[Mention]) -> None:
    """Say of the patients of the study, and of a group of a table, where else they stand."""
    for size in [*([text.every] if text.every else []), *text.drafted.sizes]:
        for number in texts:
            again = number.whole == size.whole >= 20 and number.kind in COUNTS[1:]
            if number.name == size.name or not again or not number.ours:
                continue
            if size is text.every or size.telling or size.words & number.words:
                _both(text, number.name, size.name)
    for here in text.paragraphs.values():
        people = {n.whole: n for n in reversed(here) if n.kind == "patients" and n.whole >= 10}
        for number in here:
            first = people.get(number.whole, number)
            if number.whole_of and first.start < number.start:
                _both(text, number.name, first.name)


def _both(text: Sentences, one: str, other: str) -> None:
    """Say of two numbers that each is the other again."""
    text.drafted.follow(one, other, "same")
    text.drafted.follow(other, one, "same")


def same(one: Mention, other: Mention) -> float:
    """Say how surely two numbers of one value are of the same thing; 0 if they may well not be."""
    kinds = {one.kind, other.kind}
    if len(kinds) > 1 and not (kinds <= {*COUNTS} or kinds <= {*_CONTINUOUS}):
        return 0.0
    if one.unit and other.unit and one.unit.rstrip("s")[:1] != other.unit.rstrip("s")[:1]:
        return 0.0
    shared = len(one.words & other.words)
    if other.label:
        covered = len(other.label & one.words) / len(other.label)
        headed = one.telling or not other.heads or bool(other.heads & one.words)
        return 1 + covered if covered >= 0.6 and headed else 0.0
    beside = one.place == other.place or not (one.ours and other.ours)
    if beside and (not one.telling or one.kind == "dose"):
        return 0.0
    part = shared / max(1, min(len(one.words), len(other.words)))
    enough = part >= 0.25 if one.telling else shared >= 2 and part >= 0.5
    return part if enough else 0.0
