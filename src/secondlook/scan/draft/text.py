"""How the numbers of the running text follow from each other and from tables.

A percent follows from its count and the number it is of; parts of a sentence that add up to its
total follow from the rest; a number that is printed elsewhere, of the same thing, is the same. A
count that the percent beside it gives back follows from that, if nothing else gives it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from secondlook.scan.draft.drafted import COUNTS, Mention
from secondlook.scan.draft.percents_in_text import Percents, Share
from secondlook.scan.draft.restated import elsewhere, in_sequence
from secondlook.scan.draft.sentences import Sentence, Sentences
from secondlook.scan.draft.single_patients import summed_up
from secondlook.scan.findings import Finding

MOST_PARTS = 12
"""Parts of a sum."""
_OPENED = re.compile(r"\s?%?\s?[(\[][^)\]]*")


def link(text: Sentences, fails: Sequence[Finding]) -> None:
    """Say how the numbers follow; the tables are drafted already."""
    percents, drafted = Percents(text, fails), text.drafted
    shares: list[Share] = []
    for sentence in text.sentences:
        found = list(percents.shares(sentence))
        shares += found
        _add_up(text, sentence, {share.size.name for share in found})
    of_cells = summed_up(text)
    in_sequence(text)
    elsewhere(text)
    for name, body in of_cells:
        drafted.follow(name, body)
    for share in shares:
        percent, count, size = share.percent.name, share.count.name, share.size.name
        drafted.follow(count, f"count_behind({percent}, {size})")
        if share.size.place and share.size is not text.every:
            drafted.follow(size, f"size_behind({count}, {percent})")


def _add_up(text: Sentences, sentence: Sentence, sizes: Collection[str]) -> None:
    """Say of parts that add up to a total before or behind them, or to everybody."""
    every, drafted = text.every, text.drafted
    counts = [n for n in sentence.numbers if n.kind in COUNTS and n.whole]
    counts = [n for n in counts if n.name not in sizes]
    spans = sorted(  # the first total and the fewest parts, those behind it before others
        (at, j - i, i < at, i) for i, j in _runs(counts) for at in (i - 1, j)
        if 0 <= at < len(counts)
    )  # fmt: skip
    runs = [(counts[at], counts[i : i + parts]) for at, parts, _, i in spans]
    if every is not None and sentence.ours and every not in counts[:MOST_PARTS]:
        people = [n for n in counts if n.kind == "patients" and n.whole < every.whole]
        runs.append((every, counts[: MOST_PARTS + 1]))
        runs += [(every, people[i:j]) for i, j in _runs(people)]
    said, percents = sentence.text, [n for n in sentence.numbers if n.kind == "percent"]
    runs += [
        (percents[i - 1], percents[i:j]) for i, j in _runs(percents)
        if i and _OPENED.fullmatch(said, percents[i - 1].end, percents[i].start)
        and not re.search(r"[)\]]", said[percents[i].start : percents[j - 1].start])
    ]  # fmt: skip
    for total, parts in runs:
        if len(parts) < 2 or sum(n.whole or n.number or 0 for n in parts) != total.number:
            continue
        few = total.kind != "percent" and total.whole < (20 if total is every else 10)
        told = total is every or any(n.kind in ("patients", "percent") for n in (total, *parts))
        if (few and len(parts) < 3) or not told:
            continue  # hours, doses, and other numbers that add up by chance
        for part in parts:
            others = [total.name, *(n.name for n in parts if n is not part)]
            drafted.follow(part.name, f"rest({', '.join(others)})")
        drafted.follow(total.name, f"sum({', '.join(n.name for n in parts)})")
        return


def _runs(numbers: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """Give from where to where numbers stand that may be the parts of a total."""
    for first in range(len(numbers)):
        for end in range(first + 2, min(first + MOST_PARTS, len(numbers)) + 1):
            yield first, end
