"""What says that two numbers are of other patients, of another analysis, or of another time."""

from __future__ import annotations

import math
from itertools import chain

from secondlook.scan.cells import any_case
from secondlook.scan.checks.misprint import equal
from secondlook.scan.checks.repeats import Pairs, Place
from secondlook.scan.passages import Passage, Printed, times, words

BY = 80
"""Characters around a statement in which it says of which group it is."""
_OF_WHOM = any_case(
    r"(?P<adjusted>\b(?:adjust|unadjusted|crude|multivari|univari))|"
    r"(?P<sub>\b(?:sub-?(?:group|set|study)|per[- ]protocol|complet|responder|sensitivity|imput))|"
    r"(?P<women>\b(?:wom[ae]n|females?|girls)\b)|(?P<men>\b(?:m[ae]n|males?|boys)\b)|"
    r"(?P<left>\b(?:left|lt)\b)|(?P<right>\b(?:right|rt)\b)|"
    r"(?P<change>\b(?:change|difference))"
)
_EITHER = any_case(
    r"(?P<up>\b(?:increas|rose|gain))|(?P<down>\b(?:decreas|reduc|declin|fell|lower))|"
    r"(?P<hazard>\bhazard|(?-i:\bHR\b))|(?P<odds>\bodds|(?-i:\bOR\b))|"
    r"(?P<rate>\b(?:rate|risk) ratio)|(?P<one>\b(?:uni|bi)vari)|(?P<many>\bmultivari)|"
    r"(?P<mean>\bmeans?\b|±)|(?P<median>\bmedian|\bIQR\b)|"
    r"(?-i:(?P<sd>\bS\.?D\b)|(?P<se>\bS\.?E\b|\bSEM\b))|"
    r"(?P<adjusted>\badjust)|(?P<crude>\b(?:unadjust|crude))|"
    r"(?P<treated>\bintent(?:ion)?[- ]to[- ]treat|(?-i:\bm?ITT\b))|"
    r"(?P<kept>\bper[- ]protocol|(?-i:\bPPS?\b))"
)
_FAMILIES = [
    {"up", "down"}, {"adjusted", "crude"}, {"hazard", "odds", "rate"}, {"one", "many"},
    {"mean", "median"}, {"sd", "se"}, {"treated", "kept"},
]  # fmt: skip
"""Of each family a place says one; what another says is of something else."""
_WHEN = any_case(
    r"(?P<before>\b(?:baseline|before|pre-?(?:test|treat|interven|train|op)))|"
    r"(?P<after>\b(?:after|post-?(?:test|treat|interven|train|op)|follow-?up|end ?point))"
)
_GROUP = any_case(r"\b(?:in|for|of) the ([\w-]+) (?:group|arm)\b")


def _same_units(*places: Place) -> bool:
    """Whether what stands before and behind two numbers does not say that they are of two kinds."""
    short, long = sorted((p.statement_of(n) for p, n in places), key=len)
    limits = short[0].text in {n.text for n in long[1:]}
    if places[0][1].part and len(short) == 2 < len(long) and not limits:
        return False  # an SD is no limit
    one, two = ({n.unit for n in p.statement_of(m)} - {""} for p, m in places)
    return not one or not two or bool(one & two)


def words_by(passage: Passage, number: Printed) -> frozenset[str]:
    """Return the words by a statement, which may say of which group it is."""
    told = passage.statement_of(number)
    return words(passage.text[max(0, told[0].start - BY) : told[-1].end + BY])


def of_another_column(place: Place, again: Place, said: frozenset[str], pairs: Pairs = ()) -> bool:
    """Whether what is said names no head of the column, and its P and neighbours are of no row."""
    (here, number), (there, other) = place, again
    head = there.words_at(other)[1]
    if here.layout is not None or not head or head & said or len(there.heads) < 3:
        return False
    equal = {(n.statement, m.statement) for n, m, same in pairs if same}
    placed = {(number.statement + d, other.statement + d) for d in (-1, 1)} <= equal
    return not placed and not any(n.kind == "p" and not n.relation for n, _, same in pairs if same)


def _of_other_columns(*places: Place) -> bool:
    """Whether the heads of the columns of two tables say other sizes, or each what is not there."""
    (here, number), (there, other) = places
    if here.layout is None or there.layout is None:
        return False
    one, two = ({*p.layout.head_sizes[n.column or 0]} for p, n in places if p.layout)
    (label, head), (again, beside) = here.words_at(number), there.words_at(other)
    only_here = head - beside - again - words(there.layout.table.caption)
    only_there = beside - head - label - words(here.layout.table.caption)
    limits = len(here.statement_of(number)) > 2 and only_here
    return bool((one and not one & two) or (only_here and only_there) or limits)


def _both_told(*places: Place) -> bool:
    """Whether one of the two places prints the other number as well."""
    (here, number), (there, other) = places
    both = number.part == 0 and _prints_beside(here, number, other)
    again = number.kind != "p" and _prints_beside(there, other, number)
    return here.layout is None and (both or again)


def _prints_beside(passage: Passage, own: Printed, number: Printed) -> bool:
    """Whether a passage prints a number as such a part of another statement than its own."""
    others = (n for n in passage.numbers if n.statement != own.statement)
    again = any((n.value, n.part) == (number.value, number.part) for n in others)
    return number.telling > 1 and again


def _of_another_mean(*places: Place) -> bool:
    """Whether two numbers stand behind others, such as SD behind means, that are not the same.

    Or one alone does, behind a percent of which it is a limit.
    """
    before = [[n for n in p.statement_of(m) if n.part < m.part][-1:] for p, m in places]
    told = list(chain(*before))
    if len(told) == 2:
        return not equal(*told)
    return bool(told) and {told[0].kind, *(n.kind for _, n in places)} == {"%"}


def weight_of_others(*places: Place) -> float:
    """Return what speaks for other patients, another analysis or another time."""
    another = _of_other_columns(*places) or _of_another_mean(*places)
    if another or not _same_units(*places) or _both_told(*places):
        return math.inf
    contexts = [
        f"{p.layout.context(p.row)} {p.layout.heads[n.column or 0]} {p.layout.table.caption} "
        f"{p.shown(n)}" if p.layout else p.text
        for p, n in places
    ]  # fmt: skip
    of_whom, either, when = (
        [{m.lastgroup for m in pattern.finditer(text)} for text in contexts]
        for pattern in (_OF_WHOM, _EITHER, _WHEN)
    )
    pairs = [[said & family for said in either] for family in _FAMILIES]
    tables = sum(place.layout is not None for place, _ in places)
    if tables == 0:
        pairs.append([{*_GROUP.findall(text)} for text in contexts])
    elif tables == 2:
        pairs.append(when)
    if any(one and other and not one & other for one, other in pairs):
        return math.inf
    one, two = (times(text) for text in contexts)
    return 0.7 * len(of_whom[0] ^ of_whom[1]) + 2.0 * bool(one and two and not one & two)
