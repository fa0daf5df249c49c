"""The survival that an article prints of each group: shares alive, medians, numbers at risk.

A number is taken where its sentence, or its row and column, say of which endpoint it is and of
which patients, and where the article prints how many these are. A sentence that names no group
speaks of all patients, if the article has one group only. Numbers that might be of two groups, or
of two endpoints, are left out; so is a curve of which one number is printed in two ways.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from secondlook.claims.cells import slug
from secondlook.scan.cells import REAL, numeral, only_count, value
from secondlook.scan.document import Document
from secondlook.scan.layout import Layout, sizes

ENDPOINTS = {
    "os": "overall survival",
    "pfs": "progression-free survival",
    "dfs": "disease-free survival",
    "efs": "event-free survival",
    "rfs": "relapse-free survival",
    "survival": "survival",
}
_ENDPOINT = (
    r"(?P<os>overall[ -]survival|\bOS\b)|(?P<pfs>progression[- ]free survival|\bPFS\b)|"
    r"(?P<dfs>disease[- ]free survival|\bDFS\b)|(?P<efs>event[- ]free survival|\bEFS\b)|"
    r"(?P<rfs>(?:relapse|recurrence)[- ]free survival|\bRFS\b)|(?P<survival>(?<!free )\bsurvival\b)"
)
_ANY = re.compile(_ENDPOINT, re.IGNORECASE)
_KIND = (
    r"(?:\s?\([A-Za-z]{2,4}\))?(?:\s(?:rates?|probabilit(?:y|ies)|times?|durations?))?"
    r"(?:\s\(95\s?% (?:CI|confidence interval)\))?"
)
_ONE = rf"(?:{re.sub(r'[?]P<.*?>', '?:', _ENDPOINT)}){_KIND}"
_ENDS = rf"(?P<ends>{_ONE}(?:(?:,\s|,?\sand\s)(?:the\s)?(?:median\s)?{_ONE}){{0,3}})"
_UNIT = r"(?:years?|yrs?|months?|mos?|weeks?|days?)"
_T = r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten)"
_TIMES = (
    rf"(?P<times>{_T}(?:[- ]{{0,2}}(?:years?|months?)?\s?,?\s(?:and\s)?{_T}){{0,6}})"
    rf"[- ]{{1,2}}(?P<unit>{_UNIT})"
)
_END = (
    rf"(?:{REAL}|NR|NE|(?:not|upper limit not)(?: yet)? (?:been )?(?:reached|estimable|determined))"
)
_LIMITS = (
    r"\s?[(\[]\s?(?:95\s?%\s?)?(?:CIs?|confidence intervals?)?(?:\s?[(\[]CI[)\]])?\s?[:,=]?\s?"
    rf"(?P<lower>{_END})\s?%?\s?{_UNIT}?\s?(?:-|–|—|to|,)\s?(?P<upper>{_END})\s?%?\s?{_UNIT}?(?=[)\];,])"
    r"[^()\[\]]{0,60}[)\]]?"
)
_VALUE = re.compile(rf"(?P<estimate>{REAL})\s?(?P<unit>%|{_UNIT}\b)?(?:{_LIMITS})?", re.IGNORECASE)
_OF = r"(?P<of>[^.;:()\d]{0,80}?)"
_VERB = (
    r"(?:\s?[:=]\s?|,?\s(?:(?:was|were|is|are|of|reached)\s"
    r"(?:estimated (?:to be|at|as)\s|only\s)?)?)"
)
_HEADS = tuple(
    re.compile(rf"{head}{_OF}{_VERB}(?=\d)", re.IGNORECASE)
    for head in (
        rf"(?<!and )\bmedian {_ENDS}",
        rf"(?<![\d.,-]){_TIMES}\s{_ENDS}",
        rf"{_ENDS}\sat\s{_TIMES}",
        rf"\bat\s{_TIMES},?\s(?:the\s)?(?:rate of\s)?{_ENDS}",
    )
)
_GROUP = re.compile(
    r",?\s(?:in|for|with|among|after)\s(?:the\s|patients\s){0,2}"
    r"(?P<group>[^.,;()]{2,70}?(?:\s?\(n ?= ?\d{1,5}\))?)"
    r"(?=\s\(|[.,;)]|\sand\s|\svs\b|\sversus\s|\scompared\s|\swhereas\s|$)",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"(?:,?\srespectively,?)?\s?(?:in|for|with|of)\s(?:the\s)?(?P<groups>[^.;()\d]{3,90}?)"
    r"(?:\s(?:groups?|arms?)\b|,?\srespectively\b)",
    re.IGNORECASE,
)
"""Groups in the order of their values: "for A and B, respectively", "in the A and B groups"."""
_NO_GROUP = re.compile(r"follow|month|year|confidence|\bP\b|ratio|\d{3}", re.IGNORECASE)
_WHOLE = re.compile(
    r"(?:(?:the|all|our|whole|entire|overall|study|treated|of|in|\d{1,5}|patients|population|cohort|"
    r"group) ){1,8}",
    re.IGNORECASE,
)
_NEXT = re.compile(r",?\s(?:and|vs\.?|versus|compared (?:with|to)|whereas|but)\s(?=\d)|,\s(?=\d)")
_PARTS = ("estimate", "lower", "upper")
_BETWEEN = re.compile(r",?\sand\s|,\s")
_LED = re.compile(
    r"(?:In|Among|For|Of) (?!all,|total|addition|contrast|general|(?:this|our|the present) )"
    r"[^,]{4,90},"
)
_SUBGROUPS = (
    r"sub(?:groups?|sets?|populations?)|cohorts?|those|these|among|(?:non-?)?respond\w+|stage|grade|"
    r"positive|negative|mutat\w+|wild|censor\w+|if|without|"
    r"(?:patients|women|men|children|who|those) (?:with|who|achiev\w+|having|under\w+|aged)"
)
_SUBGROUP = re.compile(rf"\b(?:{_SUBGROUPS})\b", re.IGNORECASE)
"""A sentence with one of these may speak of a part of a group."""
PART = re.compile(
    rf"\b(?:{_SUBGROUPS}|arms?|groups?|versus|vs|compared|respectively|between|alone|when|after|"
    r"(?:patients|women|men|children|who|those) (?:in|treated|receiv\w+)|higher|lower|better|"
    r"worse)\b",
    re.IGNORECASE,
)
"""A sentence with one of these may speak of some patients only."""
_NOT_OURS = re.compile(
    r"\[\s?\d|\bet al\b|assum|hypothe|expected|power|sample size|previous|reported|literature|"
    r"historical|registry|meta-analysis",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"introduction|background|discussion|comment|conclusion|references|statistic|sample|purpose|"
    r"^(?!abstract).*(?:methods|design|patients and|research in context)",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"randomi[sz]|placebo|\b(?:arms?|versus|vs|groups|compared)\b", re.IGNORECASE)
_UNMIXED = re.compile(
    r"(?:^|\b(?:the|and|while|whereas|median|of|estimated|our|years?|yrs?|months?)|[,:;(])\s?$",
    re.IGNORECASE,
)
"""What stands before an endpoint; another word may make another of it: "graft survival"."""
_REMISSION = re.compile(r"leuka?emia|complete remission|\bin remission", re.IGNORECASE)
"""Where it is told of remission, relapse-free survival is of those who came into it."""
_ABSTRACT = re.compile(r"abstract|summary", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_ROW = re.compile(
    r"numbers?\s(?:of\s\w+\s)?at\srisk\b[^0-9A-Za-z]{0,20}((?:\d{1,5}[\s,;]{1,3}){2,60}\d{1,5})",
    re.IGNORECASE,
)
_N_HEAD = re.compile(
    r"^(?:n|no\.?|number|patients)(?: of (?:patients|subjects))?(?: ?\(n\))?$", re.IGNORECASE
)
_CELL_LIMITS = re.compile(
    rf"\s?[(\[]?\s?(?P<lower>{_END})\s?%?\s?(?:-|–|to|,)\s?(?P<upper>{_END})\s?%?\s?[)\]]?$"
)
_CI = re.compile(r"\bCIs?\b|confidence (?:interval|limit)", re.IGNORECASE)
_NO_CI = re.compile(
    r"\brange|\bIQR\b|quartile|\bS[DE]M?\b|standard|(?<!\d)(?!95)\d\d\s?%\s?(?:CI\b|confidence)",
    re.IGNORECASE,
)
"""Brackets behind a number with one of these are no limits of 95 percent."""
_OF_ALL = re.compile(
    r"characteristic|demograph|clinical|efficacy|survival|response|outcome", re.IGNORECASE
)
"""A table with one of these in its caption has the whole group in its columns."""
_N_IS = r"[(\[]?\s?n\s?=\s?[\d,]+\s?[)\]]?"
_NAMELESS = re.compile(
    r"\b(?:arms?|groups?|cohorts?|patients?|the|of|n|no|with|in|for|(?-i:a)|all|who|receiving|treated|"
    rf"treatment|therapy|plus|and)\b|{_N_IS}|[^\w\s-]",
    re.IGNORECASE,
)

LONGEST = 1_500
"""Characters of a sentence that is read; longer ones are lists."""
_Chunks = list[tuple[list[re.Match[str]], str]]
"""The values of each group that a statement prints, and the name of the group."""
Spot = tuple[int, ...]
"""Where a number stands: paragraph and offset, or table, row and column."""


@dataclass
class Curve:
    """What is printed of the survival of one group.

    Attributes
    ----------
    endpoint, group
        A key of `ENDPOINTS`; the words that name the group, none if it is all patients.
    n
        How many they are.
    unit
        ``years`` or the unit in which the median is printed.
    facts
        ``median``, or a time in that unit -> estimate, lower and upper limit as printed.
    at_risk
        The row under the figure.
    spots
        Address in the block, such as ``12/lower`` -> where it is printed.
    where
        The first place, in words.
    """

    endpoint: str
    group: str
    n: int
    where: str
    unit: str = ""
    facts: dict[str, list[str]] = field(default_factory=dict)
    at_risk: str = ""
    spots: dict[str, list[tuple[Spot, str]]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The key of its block: the endpoint, and the words that name the group."""
        told = slug(_NAMELESS.sub(" ", self.group))[:40].strip("-")
        return "-".join(filter(None, (self.endpoint, told)))

    @property
    def size(self) -> int:
        """How many numbers it has beside `n`."""
        return sum(map(len, self.facts.values())) + len(self.at_risk.split()[1:])

    def words(self, address: str) -> str:
        """Say which number of the curve stands at an address such as ``12/lower``."""
        at, _, limit = address.partition("/")
        what = ENDPOINTS[self.endpoint] + (f", {self.group}" if self.group else "")
        told = (
            f"median {what}, {self.unit}"
            if at == "median"
            else f"{what} at {at} {self.unit}, percent"
        )
        return f"{limit} 95% limit of {told}" if limit else told

    @property
    def told(self) -> dict[str, str]:
        """What is printed of the median and at each time, the estimate before its limits."""
        return {at: f"{e} ({'-'.join(limits)})" if limits else e
                for at, (e, *limits) in self.facts.items()}  # fmt: skip

    @property
    def printed(self) -> str:
        """What is printed, on one line."""
        texts = (f"{at if at == 'median' else f'{at} {self.unit}'}: {text}"
                 for at, text in self.told.items())  # fmt: skip
        return "; ".join(texts)

    def block(self) -> dict[str, object]:
        """Return the block of ``curves:``."""
        told = self.told
        block: dict[str, object] = {"where": self.where, "n": str(self.n)}
        if self.unit:
            block["unit"] = self.unit
        if self.at_risk:
            block |= {"at_risk": self.at_risk, "ticks": "unknown"}
        median = told.pop("median", None)
        if told:
            block["survival"] = {int(at): told[at] for at in sorted(told, key=int)}
        if median is not None:
            block["median"] = median
        return block


@dataclass(frozen=True)
class _Fact:
    """One printed estimate with its limits: `time` is None for the median."""

    endpoint: str
    group: str
    n: int | None
    time: int | None
    unit: str
    parts: tuple[str, ...]
    spots: tuple[Spot, ...]
    where: str


def printed_survival(document: Document, layouts: list[Layout]) -> list[Curve]:
    """List the curves that an article prints something of, each with its number of patients."""
    of_tables = [fact for layout in layouts for fact in _of_table(layout)]
    of_text = list(_of_text(document))
    in_remission = any(_REMISSION.search(p.text) for p in document.paragraphs)
    curves: dict[tuple[str, frozenset[str], int], list[_Fact]] = {}
    every = _everybody(document)
    for fact in [*of_tables, *of_text]:
        n = fact.n or (_size(fact.group, layouts) if fact.group else every)
        if not fact.n and in_remission and fact.endpoint in ("dfs", "rfs"):
            n = None
        if n is not None:
            curves.setdefault((fact.endpoint, _named(fact.group), n), []).append(fact)
    found = [curve for (_, _, n), facts in curves.items() if (curve := _curve(n, facts))]
    found = [curve for curve in found if curve.size > 1]
    for row in _rows(document):
        alike = [c for c in found if (c.endpoint, c.n, c.group) == (row.endpoint, row.n, "")
                 and not c.at_risk]  # fmt: skip
        if len(alike) == 1:
            alike[0].at_risk = row.at_risk
            alike[0].spots |= row.spots
        else:
            found.append(row)
    return found


def _curve(n: int, facts: list[_Fact]) -> Curve | None:
    """Put what is printed of one group together; None if two numbers of it are at odds."""
    first = facts[0]
    units = {fact.unit for fact in facts if fact.time is None} or {fact.unit for fact in facts}
    unit = units.pop() if len(units) == 1 else "months"
    curve = Curve(first.endpoint, first.group, n, first.where, unit)
    for fact in facts:
        at = "median"
        if fact.time is not None:
            months = fact.time * (12 if fact.unit == "years" else 1)
            step = 12 if unit == "years" else 1
            if months % step or (unit != fact.unit and {unit, fact.unit} != {"years", "months"}):
                continue
            at = str(months // step if unit in ("years", "months") else fact.time)
        elif fact.unit != unit:
            return None
        before = curve.facts.setdefault(at, [])
        if any(a != b for a, b in zip(before, fact.parts, strict=False)):
            return None
        before += fact.parts[len(before) :]
        for part, text, spot in zip(("", "/lower", "/upper"), fact.parts, fact.spots, strict=False):
            curve.spots.setdefault(at + part, []).append((spot, text))
    return curve if curve.facts else None


# The running text ---------------------------------------------------------------------------------


def _of_text(document: Document) -> Iterator[_Fact]:
    """Yield the facts of the body, then those of the abstract, which says them again."""
    paragraphs = [*enumerate(document.paragraphs)]
    paragraphs.sort(key=lambda at: _ABSTRACT.match(at[1].section) is not None)
    for i, paragraph in paragraphs:
        if _ELSEWHERE.search(paragraph.section) or not _ANY.search(paragraph.text):
            continue
        start, before = 0, paragraph.section
        for sentence in _SENTENCE.split(paragraph.text):
            start = paragraph.text.index(sentence, start)
            if len(sentence) < LONGEST and not _NOT_OURS.search(sentence):
                yield from _of_sentence(sentence, before, (i, start), paragraph.place)
            before = f"{paragraph.section} {sentence}"


def _of_sentence(text: str, before: str, at: tuple[int, int], where: str) -> Iterator[_Fact]:
    """Yield the facts of a sentence: of one group that it names, of several, or of all patients."""
    for kind, head in enumerate(_HEADS):
        for match in filter(_unmixed, head.finditer(text)):
            times: list[int | None] = [*_times(match["times"])] if kind else [None]
            ends = [_endpoint(m) for m in _ANY.finditer(match["ends"])]
            chunks, end = _chunks(text, match, len(times) * len(ends))
            groups = _groups(text, before, match, [group for _, group in chunks], end)
            for (values, _), (group, n) in zip(chunks, groups, strict=False):
                last = values[-1]["unit"] or ""
                for (endpoint, time), found in _arranged(values, ends, times):
                    of_time = time is not None
                    unit = _unit(match["unit"] if of_time else found["unit"] or last)
                    if unit and ((found["unit"] or last) == "%") == of_time:
                        told = _told(time, f"{before} {text}", *found.group(*_PARTS))
                        spots = _spots(found, at)
                        yield _Fact(endpoint, group, n, time, unit, told, spots, where)


def _arranged(
    values: list[re.Match[str]], ends: list[str], times: Sequence[int | None]
) -> Iterable[tuple[tuple[str, int | None], re.Match[str]]]:
    """Say of which endpoint and time each value is: in the order in which survival can fall.

    Two endpoints at two times are listed by endpoint or by time. What does not fall with time in
    one order is listed in the other; where both orders can be, or none, nothing is said. Nor is it
    where more are alive without progression than are alive.
    """
    by_end, by_time = itertools.product(ends, times), itertools.product(times, ends)
    possible = []
    for order in {tuple(by_end): 0, tuple((e, t) for t, e in by_time): 0}:
        told = {at: value(found["estimate"]) for at, found in zip(order, values, strict=True)}
        falls = all(
            told[end, a] >= told[end, b]
            for end in ends for a, b in itertools.combinations(times, 2) if (a or 0) < (b or 0)
        ) and all(
            told.get(("os", time), told[end, time]) >= told[end, time]
            for end in ends if end in ("pfs", "efs") for time in times
        )  # fmt: skip
        if falls and len(told) == len(values):
            possible.append(order)
    return zip(possible[0], values, strict=True) if len(possible) == 1 else ()


def _groups(
    text: str, before: str, head: re.Match[str], named: list[str], end: int
) -> list[tuple[str, int | None]]:
    """Return the name of each group that a statement is of, and its size where that is told.

    None are returned if the statement may be of other patients than those named.
    """
    led = _LED.match(text) if head.start() else None
    of = head["of"].strip() if len(named) == 1 else ""
    told = [phrase for phrase in (*named, led and led[0], of) if phrase]
    if len(told) > len(named) or (len(named) > 1 and not all(named)):
        return []
    rest = f"{before} {text[: head.start()] if not led else ''} {text[end:]}"
    if len(_ANY.findall(head["ends"])) > 1 or (
        head.re is not _HEADS[0] and len([*_times(head["times"])]) > 1
    ):
        text = text.replace("respectively", "")  # one value each endpoint or time
    if _SUBGROUP.search(rest) or (not told and PART.search(f"{before} {text}")):
        return []
    groups: list[tuple[str, int | None]] = []
    for phrase in told or [""]:
        size = re.search(r"\(n ?= ?(\d{1,5})\)", phrase, re.IGNORECASE)
        counted = re.match(r"(?:\w+ ){0,3}?(\d{1,5}) (?:patients|participants|subjects)$", phrase)
        n = size or counted
        group = re.sub(r"\s?\([^)]{0,20}\)|,$|^(?:In|Among|For|Of)\s", "", phrase)
        group = "" if _WHOLE.fullmatch(f"{group} ") else group
        groups.append((group, int(n[1]) if n else None))
    return groups


def _chunks(text: str, head: re.Match[str], many: int) -> tuple[_Chunks, int]:
    """Return the values of each group that a statement prints in turn; where it ends.

    `many` are the values of one group: one for each endpoint and time.
    """
    chunks: _Chunks = []
    at = head.end()
    while True:
        values = _values(text, at)
        if not chunks and many < len(values):
            return _in_order(text, head, values, many)
        if len(values) != many:
            return [], at
        at = values[-1].end()
        group = _GROUP.match(text, at)
        if group is not None and _NO_GROUP.search(group["group"]):
            group = None
        at = group.end() if group else at
        chunks.append((values, group["group"] if group else ""))
        following = _NEXT.match(text, at)
        if following is None:
            return chunks, at
        at = following.end()


def _values(text: str, at: int) -> list[re.Match[str]]:
    """Return the values of one unit that follow each other, up to the last that has the unit."""
    values: list[re.Match[str]] = []
    while found := _VALUE.match(text, at):
        if found["unit"] and any(_unit(found["unit"]) != _unit(v["unit"] or found["unit"])
                                 for v in values):  # fmt: skip
            break
        values.append(found)
        if (between := _BETWEEN.match(text, found.end())) is None:
            break
        at = between.end()
    while values and not values[-1]["unit"]:
        values.pop()
    return values


def _in_order(
    text: str, head: re.Match[str], values: list[re.Match[str]], many: int
) -> tuple[_Chunks, int]:
    """Share out values to the groups that a sentence names in one list, before or behind them."""
    at = values[-1].end()
    listed = _LISTED.match(f"{head['of']} ") or _LISTED.match(text, at)
    names = re.split(
        r",?\s(?:and|vs\.?|versus)\s(?:the\s)?|,\s", listed["groups"] if listed else ""
    )
    if len(names) * many != len(values) or len({*map(_named, names)}) < len(names):
        return [], at
    chunks = [(values[k * many : (k + 1) * many], name) for k, name in enumerate(names)]
    return chunks, max(at, listed.end() if listed and listed.string is text else at)


def _told(
    time: int | None, said: str, estimate: str, lower: str | None, upper: str | None
) -> tuple[str, ...]:
    """Return an estimate and its limits as printed.

    Of a median they are limits only where it is said, and left out if they lie evenly about it:
    such are most often made from its standard error, and not from the curve.
    """
    if _NO_CI.search(said) or (time is None and not _CI.search(said)):
        lower = upper = None
    texts = [text.replace("·", ".") for text in (estimate, lower, upper) if text]
    if len(texts) == 3 and time is None and "N" not in f"{lower}{upper}".upper():
        middle, low, high = map(value, texts)
        digits = max(len(text.partition(".")[2]) for text in texts)
        if abs(low + high - 2 * middle) < Fraction(2, 10**digits):
            return (texts[0],)
    return tuple("NR" if text[0] in "NnUu" else text for text in texts)


def _spots(found: re.Match[str], at: tuple[int, int]) -> tuple[Spot, ...]:
    return tuple((at[0], at[1] + found.start(part)) for part in _PARTS)


def _endpoint(match: re.Match[str]) -> str:
    return next(name for name in ENDPOINTS if match[name])


def _unmixed(match: re.Match[str]) -> bool:
    start = match.start("ends")
    return bool(_UNMIXED.search(match.string[max(0, start - 12) : start]))


def _times(text: str) -> list[int]:
    return [n for word in re.findall(_T, text.lower()) if (n := numeral(word)) is not None]


def _unit(text: str) -> str:
    """Return the name of a unit of time; none if the text is none."""
    units = {"y": "years", "m": "months", "w": "weeks", "d": "days"}
    return units.get(text[:1].lower(), "")


def _named(group: str) -> frozenset[str]:
    """Return the words that tell one group from another."""
    return frozenset(_NAMELESS.sub(" ", group).lower().split())


def _size(group: str, layouts: list[Layout]) -> int | None:
    """Return the size of a group of this name in the heads of the tables, if all say the same."""
    names = _named(group)
    exact: set[int] = set()
    among: set[int] = set()
    for layout in layouts:
        of_all = _OF_ALL.search(layout.table.caption)
        for c, found in enumerate(layout.head_sizes if of_all else []):
            head = _named(layout.heads[c])
            if found and names and names <= head:
                (exact if names == head else among).add(found[0])
    told = exact or among
    return told.pop() if len(told) == 1 else None


def _everybody(document: Document) -> int | None:
    """Return the number of patients of an article with one group, as its abstract gives it."""
    text = " ".join(p.text for p in document.paragraphs if _ABSTRACT.match(p.section))
    told = Counter(n for p in document.paragraphs for n in sizes(p.text))
    usual = [n for n, _ in told.most_common() if n >= 10 and n in sizes(text)][:2]
    unclear = len(usual) > 1 and told[usual[0]] == told[usual[1]]
    return usual[0] if usual and one_group(document) and not unclear else None


def one_group(document: Document) -> bool:
    """Whether the abstract speaks of no second group."""
    told = [p.text for p in document.paragraphs if _ABSTRACT.match(p.section)]
    return bool(told) and not _SEVERAL.search(" ".join(told))


def _rows(document: Document) -> Iterator[Curve]:
    """Yield the rows of numbers at risk that stand under a figure in the text."""
    for i, paragraph in enumerate(document.paragraphs):
        row = _ROW.search(paragraph.text)
        if row is None or not _falls([int(n) for n in re.findall(r"\d+", row[1])]):
            continue
        captions = [p.text for p in document.paragraphs[i : i + 2] if p is paragraph
                    or re.match(r"fig", p.text, re.IGNORECASE)]  # fmt: skip
        endpoints = {_endpoint(m) for m in _ANY.finditer(" ".join(captions))} - {"survival"}
        numbers = [(m[0], (i, row.start(1) + m.start())) for m in re.finditer(r"\d+", row[1])]
        endpoint = endpoints.pop() if len(endpoints) == 1 else "survival"
        spots: dict[str, list[tuple[Spot, str]]] = {
            f"at-risk/{at}": [(spot, text)] for at, (text, spot) in enumerate(numbers) if at
        }
        texts = " ".join(text for text, _ in numbers)
        yield Curve(endpoint, "", int(numbers[0][0]), paragraph.place, at_risk=texts, spots=spots)


def _falls(row: Sequence[int]) -> bool:
    """Whether numbers are those of patients who leave one after the other."""
    return row[0] != 0 and sorted(row, reverse=True) == list(row)


# Tables -------------------------------------------------------------------------------------------


def _of_table(layout: Layout) -> Iterator[_Fact]:
    """Yield the facts of a table, whose groups are its columns or its rows."""
    caption = {_endpoint(m) for m in _ANY.finditer(layout.table.caption)} - {"survival"}
    counted = [c for c in range(1, layout.table.columns) if _N_HEAD.match(layout.heads[c].strip())]
    for r in range(layout.head, len(layout.table.grid)):
        row = layout.context(r)
        for c in range(layout.labels, layout.table.columns):
            cell, head = layout.table.grid[r][c], layout.heads[c]
            text = cell.line.replace("·", ".").strip()
            found = _VALUE.fullmatch(text) if cell.first else None
            in_row, in_head = _statistic(row), _statistic(head)
            if found is None or (in_row is None) == (in_head is None):
                continue
            told, (time, unit) = (row, in_row) if in_row else (head, in_head)  # type: ignore[misc]
            endpoints = {_endpoint(m) for m in _ANY.finditer(told)}
            endpoints = endpoints - {"survival"} or caption or endpoints
            if len(endpoints) != 1 or re.search("follow|ratio|difference", told, re.IGNORECASE):
                continue
            if time is not None and "%" not in f"{row} {head} {text}":
                continue
            if in_row:
                group, told_sizes = head, layout.head_sizes[c]
            else:
                group = row
                lone = [n for k in counted if (n := only_count(layout.table.grid[r][k].text))]
                told_sizes = lone if len(lone) == 1 else []
            if not told_sizes:
                continue
            said = f"{row} {head} {text} {layout.heads[min(c + 1, layout.table.columns - 1)]}"
            if not _CI.search(said) and _CI.search(layout.told):
                said += layout.told
            parts, here = found.group(*_PARTS), (layout.table.index, r, c)
            spots: tuple[Spot, ...] = (here, here, here)
            if in_head and not found["lower"] and c + 1 < layout.table.columns:
                limits = _CELL_LIMITS.match(layout.table.grid[r][c + 1].text)
                if limits and _CI.search(layout.heads[c + 1]):
                    parts, spots = (parts[0], *limits.groups()), (here, *[(*here[:2], c + 1)] * 2)
            group = re.sub(_N_IS, "", group, flags=re.IGNORECASE).strip(" ,;/")
            yield _Fact(
                endpoints.pop(), group, told_sizes[0], time, unit, _told(time, said, *parts), spots,
                layout.place(r, c),
            )  # fmt: skip


def _statistic(label: str) -> tuple[int | None, str] | None:
    """Return the time, None for the median, and its unit, that a row or column is of."""
    if not _ANY.search(label) and "median" not in label.lower():
        return None
    if re.search(r"\bmedian\b", label, re.IGNORECASE):
        unit = re.search(r"\b(?:years|yrs|months?|mo|weeks|days)\b", label, re.IGNORECASE)
        return (None, _unit(unit[0])) if unit else None
    time = re.search(rf"(?<![\d.])({_T})[- ](years?|yrs?|months?|mo)\b", label, re.IGNORECASE)
    return (_times(time[1])[0], _unit(time[2])) if time else None
