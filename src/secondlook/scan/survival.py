"""The survival that an article prints of each group: shares alive, medians, numbers at risk.

A number is taken where its sentence, or its row and column, say of which endpoint it is and of
which patients, and where the article prints how many these are. A sentence is taken where it
speaks of all patients, in an article with one group only. Numbers that might be of two groups, or
of two endpoints, are left out; so is a curve of which one number is printed in two ways.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import chain, product
from typing import NamedTuple

from secondlook.claims.cells import slug
from secondlook.scan.cells import REAL, any_case, numeral, value
from secondlook.scan.document import Document, is_abstract
from secondlook.scan.layout import Layout, sizes

ENDPOINTS = {
    "os": "overall survival",
    "pfs": "progression-free survival",
    "dfs": "disease-free survival",
    "efs": "event-free survival",
    "rfs": "relapse-free survival",
    "survival": "survival",
}
LONGEST = 1_500
"""Characters of a sentence that is read; longer ones are lists."""
Spot = tuple[int, ...]
"""Where a number stands: paragraph and offset, or table, row and column."""

_ENDPOINT = (
    r"(?P<os>overall[ -]survival|\bOS\b)|(?P<pfs>progression[- ]free survival|\bPFS\b)|"
    r"(?P<dfs>disease[- ]free survival|\bDFS\b)|(?P<efs>event[- ]free survival|\bEFS\b)|"
    r"(?P<rfs>(?:relapse|recurrence)[- ]free survival|\bRFS\b)|(?P<survival>(?<!free )\bsurvival\b)"
)
_UNIT = r"(?:years?|yrs?|months?|mos?|weeks?|days?)"
_PARTS = ("estimate", "lower", "upper")
_TIME = r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten)"
_LIMIT = rf"(?:{REAL}|N[RE]|(?:upper limit )?not (?:yet |been )*(?:reached|estimable|determined))"


_ANY = any_case(_ENDPOINT)
_VALUE = any_case(
    rf"(?P<estimate>{REAL})\s?(?P<unit>%|{_UNIT}\b)?"
    r"(?:\s?[(\[]\s?(?:95\s?%\s?)?(?:CIs?|confidence intervals?)?(?:\s?[(\[]CI[)\]])?\s?[:,=]?\s?"
    rf"(?P<lower>{_LIMIT})\s?%?\s?{_UNIT}?\s?(?:-|–|—|to|,)\s?(?P<upper>{_LIMIT})\s?%?\s?"
    rf"{_UNIT}?(?=[)\];,])[^()\[\]]{{0,60}}[)\]]?)?"
)
_CI = any_case(r"\bCIs?\b|confidence (?:interval|limit)")
_NO_CI = any_case(
    r"\brange|\bIQR\b|quartile|\bS[DE]M?\b|standard|(?<!\d)(?!95)\d\d\s?%\s?(?:CI\b|confidence)"
)
"""Brackets behind a number with one of these are no limits of 95 percent."""

_END = (
    rf"(?:{re.sub('[?]P<.*?>', '?:', _ENDPOINT)})(?:\s?\([A-Za-z]{{2,4}}\))?"
    r"(?:\s(?:rates?|probabilit(?:y|ies)|times?|durations?))?"
    r"(?:\s\(95\s?% (?:CI|confidence interval)\))?"
)
_ENDS = rf"(?P<ends>{_END}(?:(?:,\s|,?\sand\s)(?:the\s)?{_END}){{0,3}})"
_TIMES = (
    rf"(?P<times>{_TIME}(?:[- ]{{0,2}}(?:years?|months?)?\s?,?\s(?:and\s)?{_TIME}){{0,6}})"
    rf"[- ]{{1,2}}(?P<unit>{_UNIT})"
)
_HEADS = [
    any_case(
        rf"{head}(?:\s?[:=]\s?|,?\s(?:(?:was|were|is|are|of|reached)\s"
        r"(?:estimated (?:to be|at|as)\s|only\s)?)?)(?=\d)"
    )
    for head in (
        rf"(?<!and )\bmedian (?P<ends>{_END})(?P<times>)(?P<unit>)",
        rf"(?<![\d.,-]){_TIMES}\s{_ENDS}",
        rf"(?:^|\b(?:the|and|while|whereas|of|estimated|our)\s|[,:;(]\s?){_ENDS}\sat\s{_TIMES}",
        rf"\bat\s{_TIMES},?\s(?:the\s)?(?:rate of\s)?{_ENDS}",
    )
]
"""What stands before values. Another word before an endpoint makes another one: graft survival."""
_AND = any_case(r",?\s(?:and|vs\.?|versus|compared (?:with|to)|whereas|but)\s(?=\d)|,\s(?=\d)")
_OF_SOME = any_case(
    r",?\s(?:in|for|with|among|after)\s(?!(?:(?:the|all|our|whole|entire|overall|study|treated|"
    r"\d{1,5}) ){0,5}(?:patients|population|cohort|group)\b)"
)
"""What stands behind values, and is not of all patients."""
_LED = re.compile(
    r"(?:In|Among|For|Of) (?!all,|total|addition|contrast|general|(?:this|our|the present) )"
    r"[^,]{4,90},"
)
"""What opens a sentence may name some of the patients."""
PART = any_case(
    r"\b(?:sub(?:groups?|sets?|populations?)|cohorts?|those|these|among|(?:non-?)?respond\w+|stage|"
    r"grade|positive|negative|mutat\w+|wild|censor\w+|if|without|arms?|groups?|versus|vs|compared|"
    r"respectively|between|alone|when|after|higher|lower|better|worse|"
    r"(?:patients|women|men|children|who|those) (?:with|who|achiev\w+|having|under\w+|aged|in|"
    r"treated|receiv\w+))\b"
)
"""A sentence with one of these may speak of some patients only."""
_NOT_OURS = any_case(
    r"\[\s?\d|\bet al\b|assum|hypothe|expected|power|sample size|previous|reported|literature|"
    r"historical|registry|meta-analysis"
)
_ELSEWHERE = any_case(
    r"introduction|background|discussion|comment|conclusion|references|statistic|sample|purpose|"
    r"^(?!abstract).*(?:methods|design|patients and|research in context)"
)
_SEVERAL = any_case(r"randomi[sz]|placebo|\b(?:arms?|versus|vs|groups|compared)\b")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_ROW = any_case(
    r"numbers?\s(?:of\s\w+\s)?at\srisk\b[^0-9A-Za-z]{0,20}((?:\d{1,5}[\s,;]{1,3}){2,60}\d{1,5})"
)
_N_IS = any_case(r"[(\[]?\s?n\s?=\s?[\d,]+\s?[)\]]?")
_NAMELESS = any_case(
    r"\b(?:arms?|groups?|cohorts?|patients?|the|of|n|no|with|in|for|(?-i:a)|all|who|receiving|treated|"
    rf"treatment|therapy|plus|and)\b|{_N_IS.pattern}|[^\w\s-]"
)


@dataclass
class Curve:
    """What is printed of the survival of one group.

    Attributes
    ----------
    endpoint, group
        A key of `ENDPOINTS`; the words that name the group, none if it is all patients.
    n
        How many they are.
    where
        The first place, in words.
    unit
        ``years`` or the unit in which the median is printed.
    numbers
        Address in the block, such as ``median``, ``12/lower`` or ``at-risk/3`` -> what is printed.
    spots
        The same address -> where it is printed.
    """

    endpoint: str
    group: str
    n: int
    where: str
    unit: str = ""
    numbers: dict[str, str] = field(default_factory=dict)
    spots: dict[str, list[Spot]] = field(default_factory=lambda: defaultdict(list))

    @property
    def name(self) -> str:
        """The key of its block: the endpoint, and the words that name the group."""
        return _name(self.endpoint, self.group)

    @property
    def told(self) -> dict[str, str]:
        """What is printed of the median and at each time, the estimate before its limits."""
        told = {at: text for at, text in self.numbers.items() if "/" not in at}
        for at in told:
            if f"{at}/lower" in self.numbers:
                told[at] += f" ({self.numbers[f'{at}/lower']}-{self.numbers[f'{at}/upper']})"
        return told

    @property
    def at_risk(self) -> list[str]:
        """The row under the figure, without the patients at its beginning."""
        return [text for at, text in self.numbers.items() if at.startswith("at-risk/")]

    def words(self, address: str) -> str:
        """Say which number of the curve stands at an address such as ``12/lower``."""
        at, _, limit = address.partition("/")
        what = ", ".join(filter(None, (ENDPOINTS[self.endpoint], self.group)))
        of_time = f"{what} at {at} {self.unit}, percent"
        told = f"median {what}, {self.unit}" if at == "median" else of_time
        return f"{limit} 95% limit of {told}" if limit else told

    def block(self) -> dict[str, object]:
        """Return the block of ``curves:``."""
        told, n = self.told, str(self.n)
        median = told.pop("median", None)
        block: dict[str, object] = {"where": self.where, "n": n, "unit": self.unit}
        if self.at_risk:
            block |= {"at_risk": " ".join([n, *self.at_risk]), "ticks": "unknown"}
        block["survival"] = {int(at): told[at] for at in sorted(told, key=int)}
        return {key: held for key, held in (block | {"median": median}).items() if held}


class _Fact(NamedTuple):
    """A printed estimate and its limits, each with its place: `time` is None for the median."""

    endpoint: str
    group: str
    n: int | None
    time: int | None
    unit: str
    parts: list[tuple[str, Spot]]
    where: str


def printed_survival(document: Document, layouts: list[Layout]) -> list[Curve]:
    """List the curves that an article prints something of, each with its number of patients."""
    every = _everybody(document)
    curves: dict[tuple[str, int], list[_Fact]] = defaultdict(list)
    for fact in chain(*map(_of_table, layouts), _of_text(document) if every else ()):
        if n := fact.n or every:
            curves[_name(fact.endpoint, fact.group), n].append(fact)
    found = {at: curve for at, facts in curves.items() if (curve := _curve(at[1], facts))}
    _add_rows(document, found)
    return [*found.values()]


def _name(endpoint: str, group: str) -> str:
    told = slug(_NAMELESS.sub(" ", group))[:40].strip("-")
    return "-".join(filter(None, (endpoint, told)))


def _curve(n: int, facts: list[_Fact]) -> Curve | None:
    """Put what is printed of one group together, if it is several numbers and none at odds."""
    units = {fact.unit for fact in facts}
    unit = units.pop() if len(units) == 1 else "months"
    curve = Curve(facts[0].endpoint, facts[0].group, n, facts[0].where, unit)
    for fact in facts:
        time = fact.time
        if fact.unit != unit:
            if time is None or fact.unit != "years":
                return None
            time *= 12
        at = "median" if time is None else str(time)
        for part, (text, spot) in zip(("", "/lower", "/upper"), fact.parts, strict=False):
            if curve.numbers.setdefault(at + part, text) != text:
                return None
            curve.spots[at + part].append(spot)
    return curve if len(curve.numbers) > 1 else None


def _everybody(document: Document) -> int | None:
    """Return the number of patients of an article with one group, as its abstract gives it."""
    if not one_group(document):
        return None
    own = {n for n in sizes(_abstract(document)) if n >= 10}
    told = Counter(n for p in document.paragraphs for n in sizes(p.text) if n in own)
    (n, times), (_, others) = [*told.most_common(2), (0, 0), (0, 0)][:2]
    return n if times > others else None


def one_group(document: Document) -> bool:
    """Whether the abstract speaks of no second group."""
    text = _abstract(document)
    return bool(text) and not _SEVERAL.search(text)


def _abstract(document: Document) -> str:
    return " ".join(p.text for p in document.paragraphs if is_abstract(p.section))


def _endpoints(text: str) -> set[str]:
    return {m.lastgroup or "" for m in _ANY.finditer(text)}


# The running text ---------------------------------------------------------------------------------


def _of_text(document: Document) -> Iterator[_Fact]:
    """Yield the facts of the body, then those of the abstract, which says them again."""
    paragraphs = enumerate(document.paragraphs)
    for i, paragraph in sorted(paragraphs, key=lambda at: is_abstract(at[1].section)):
        if _ELSEWHERE.search(paragraph.section) or not _ANY.search(paragraph.text):
            continue
        start, before = 0, paragraph.section
        for sentence in _SENTENCE.split(paragraph.text):
            start = paragraph.text.index(sentence, start)
            if len(sentence) < LONGEST and not _NOT_OURS.search(sentence):
                for head in chain(*(each.finditer(sentence) for each in _HEADS)):
                    yield from _of_head(head, before, (i, start), paragraph.place)
            before = f"{paragraph.section} {sentence}"


def _of_head(head: re.Match[str], before: str, at: tuple[int, int], where: str) -> Iterator[_Fact]:
    """Yield what is printed behind a head, of all patients: nothing if it may be of others.

    There is one value for each endpoint and time, listed by the one or the other. What is free of
    relapse or disease is of those who came into remission, and so left out.
    """
    text, ends = head.string, [m.lastgroup or "" for m in _ANY.finditer(head["ends"])]
    times = [numeral(word) for word in re.findall(_TIME, head["times"].lower())] or [None]
    values = [*_values(text, head.end())]
    said = text.replace("respectively", "") if len(values) > 1 else text
    unit = values[-1]["unit"]
    if (
        unit is None or (unit == "%") is not bool(head["times"])
        or _OF_SOME.match(text, values[-1].end())
        or (head.start() and _LED.match(text)) or PART.search(f"{before} {said}")
    ):  # fmt: skip
        return
    shares = [value(found["estimate"]) for found in values]
    orders = {(*product(ends, times),), tuple((end, at) for at, end in product(times, ends))}
    whole = (order for order in orders if len(order) == len(values))
    possible = [order for order in whole if _falls(dict(zip(order, shares, strict=True)))]
    for (end, time), found in zip(possible[0], values, strict=True) if len(possible) == 1 else ():
        spots = [(at[0], at[1] + found.start(part)) for part in _PARTS]
        parts = _parts(time, f"{before} {text}", found.group(*_PARTS), spots)
        if end not in ("dfs", "rfs"):
            yield _Fact(end, "", None, time, _unit(head["unit"] or unit), parts, where)


def _falls(shares: dict[tuple[str, int | None], Fraction]) -> bool:
    """Whether the shares of each endpoint fall with time."""
    return all(
        more >= less for (end, time), more in shares.items()
        for (other, later), less in shares.items() if end == other and (time or 0) < (later or 0)
    )  # fmt: skip


def _values(text: str, at: int) -> Iterator[re.Match[str]]:
    """Yield the values that stand there in a row."""
    while found := _VALUE.match(text, at):
        yield found
        parted = _AND.match(text, found.end())
        if not parted:
            break
        at = parted.end()


def _parts(
    time: int | None, said: str, texts: Sequence[str | None], spots: Sequence[Spot]
) -> list[tuple[str, Spot]]:
    """Return an estimate and its limits as printed, each with its place.

    Of a median they are limits only where it is said, and left out if they lie evenly about it:
    such are most often made from its standard error, and not from the curve.
    """
    found = ["NR" if text[0] in "NnUu" else text.replace("·", ".") for text in texts if text]
    limited = len(found) == 3 and not _NO_CI.search(said)
    if limited and time is None and "NR" not in found:
        middle, low, high = map(value, found)
        digits = max(len(text.partition(".")[2]) for text in found)
        limited = abs(low + high - 2 * middle) >= Fraction(2, 10**digits)
    limited = limited and (time is not None or _CI.search(said) is not None)
    return [*zip(found, spots, strict=False)][: 3 if limited else 1]


# Figures and tables -------------------------------------------------------------------------------


def _add_rows(document: Document, curves: dict[tuple[str, int], Curve]) -> None:
    """Add the rows of numbers at risk that stand under a figure in the text, to their curves."""
    for i, paragraph in enumerate(document.paragraphs):
        if not (row := _ROW.search(paragraph.text)):
            continue
        numbers = [*re.finditer(r"\d+", row[1])]
        caption = " ".join(p.text for p in document.paragraphs[i : i + 2] if p is paragraph
                           or re.match(r"fig", p.text, re.IGNORECASE))  # fmt: skip
        endpoints = _endpoints(caption) - {"survival"}
        endpoint = endpoints.pop() if len(endpoints) == 1 else "survival"
        counts = [int(number[0]) for number in numbers]
        if not counts[0] or counts != sorted(counts, reverse=True):
            continue
        own = Curve(endpoint, "", counts[0], paragraph.place)
        curve = curves.setdefault((endpoint, counts[0]), own)
        if curve.at_risk:
            continue
        for at, number in enumerate(numbers[1:], 1):
            curve.numbers[f"at-risk/{at}"] = number[0]
            curve.spots[f"at-risk/{at}"] = [(i, row.start(1) + number.start())]


def _of_table(layout: Layout) -> Iterator[_Fact]:
    """Yield the facts of a table, whose groups are its columns."""
    for r, c, cell in layout.cells():
        row, head, size = layout.context(r), layout.heads[c], layout.head_sizes[c][:1]
        found = _VALUE.fullmatch(cell.line.strip()) if size else None
        if found is None or (at := _statistic(row)) is None:
            continue
        time, unit = at
        endpoints = _endpoints(row) - {"survival"} or _endpoints(row)
        said = f"{row} {head} {found[0]}"
        if (
            len(endpoints) != 1 or re.search("follow|ratio|difference", row, re.IGNORECASE)
            or (time is not None and "%" not in said)
        ):  # fmt: skip
            continue
        said += "" if _CI.search(said) else layout.told
        spots = [(layout.table.index, r, c)] * len(_PARTS)
        parts = _parts(time, said, found.group(*_PARTS), spots)
        group = _N_IS.sub("", head).strip(" ,;/")
        yield _Fact(endpoints.pop(), group, size[0], time, unit, parts, layout.place(r, c))


def _statistic(label: str) -> tuple[int | None, str] | None:
    """Return the time, None for the median, and its unit, that a row is of."""
    if re.search(r"\bmedian\b", label, re.IGNORECASE):
        unit = re.search(r"\b(?:years|yrs|months?|mo|weeks|days)\b", label, re.IGNORECASE)
        return (None, _unit(unit[0])) if unit else None
    time = re.search(rf"(?<![\d.])({_TIME})[- ](years?|yrs?|months?|mo)\b", label, re.IGNORECASE)
    return (numeral(time[1]), _unit(time[2])) if time else None


def _unit(text: str) -> str:
    return {"y": "years", "m": "months", "w": "weeks", "d": "days"}[text[0].lower()]
