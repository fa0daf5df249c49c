"""How the numbers of the running text follow from each other and from tables.

A percent follows from its count and the number it is of; parts of a sentence that add up to its
total follow from the rest; a number that is printed elsewhere, of the same thing, is the same. A
count that the percent beside it gives back follows from that, if nothing else gives it.
"""

from __future__ import annotations

from collections.abc import Sequence

from secondlook.scan.draft.parts_in_text import add_up
from secondlook.scan.draft.percents_in_text import Percents, Share
from secondlook.scan.draft.restated import elsewhere, in_sequence
from secondlook.scan.draft.sentences import Sentences
from secondlook.scan.draft.single_patients import summed_up
from secondlook.scan.findings import Finding


def link(text: Sentences, fails: Sequence[Finding]) -> None:
    """Say how the numbers follow; the tables are drafted already."""
    percents, drafted = Percents(text, fails), text.drafted
    shares: list[Share] = []
    for sentence in text.sentences:
        found = list(percents.shares(sentence))
        shares += found
        add_up(text, sentence, {share.size.name for share in found})
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
