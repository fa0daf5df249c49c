"""The passages of an article that print numbers: sentences, and rows of tables, with their words.

A passage holds its numbers in order. Those that are printed as one statement, such as a mean with
its SD or an estimate with its limits, share a number of the statement and differ in their part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import count, pairwise

from secondlook.scan.cells import DECIMAL, any_case
from secondlook.scan.document import Document, grouped
from secondlook.scan.layout import Layout

MOST_NUMBERS = 60
"""Numbers of a passage that are read; those behind them are of a list or of raw data."""
_STEM = 6
"""Letters that tell words apart: patient, patients; complete, completed, completion."""

_NUMBER = re.compile(
    rf"(?<![A-Za-z_\d.,^])(?<![A-Za-z]-)(?P<n>[1-9]\d{{0,2}}(?: \d{{3}}){{1,3}}|{DECIMAL})"
    r"(?![\d^]|[.,]\d)"
)
_NO_NUMBER = any_case(
    r"\b9[059](?:\.\d)?\s?%?(?=\s?-?(?:C\.?I|confid|cred|limit))|CI\s?9[05]\s?%|"
    r"\d[\d.]{0,9}\s?[×x]\s?10\s?\^?\s?-?\s?\d{1,3}|"
    r"\[\s?\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,30}\s?\](?=[\s.,;]|$)|\^[\w,*†‡§()-]{1,12}|"
    r"\b(?:tables?|figs?\.?|figures?|refs?\.?|version|phase|type|hour|day|week|month|year|visit|"
    r"grade|stage|group|arm|session)s?\s[A-Z]?\d{1,3}"
    r"(?![.,]?\d)[A-Za-z]?|"
    r"\b0\s?(?:-|–|to)\s?\d{1,3}\s?(?:h|hours?|days?|weeks?|months?|min)\b|"
    r"\b(?:at|after|within|over|by|until)\s(?:the\s)?\d{1,3}(?:th|st|nd|rd)?[\s-]"
    r"(?=h\b|hours?|days?|weeks?|months?|years?|min)|"
    r"(?<![a-z])[Ft]\s?[(\[]\s?\d{1,5}(?:\.\d{1,3})?(?:\s?[,;]\s?\d{1,5}(?:\.\d{1,3})?)?\s?[)\]]"
)
"""The level of an interval, a power of ten, a reference, a mark, the number of a table or time,
a time after start, degrees of freedom."""
_SPREADS = (
    r"(?:C\.?I\.?|(?:confidence )?intervals?|(?:inter-?quartile )?range(?: from)?|ranging from|IQR|"
    r"standard deviation|SD|SE)(?:\s?[(\[](?:CI|IQR|SD)[)\]])?"
)
_OPENS = re.compile(
    r"\s?(?:%|[A-Za-zµμ/°-]{1,12}(?:/[A-Za-z]{1,6})?)?\s{0,15}"
    r"(?:(?P<sd>±|\+/-|\+-|/)|[(\[]\s?[A-Za-z .=:;,%±-]{0,24}|"
    rf"[,;:]?\s{{0,6}}[(\[]?\s{{0,4}}{_SPREADS}[\s:=of,]{{0,5}}[(\[]?)\s?-?\s?$"
)
_SPREAD = any_case(
    r"(?:^|/ )\W*(?:S\.?[DE]M?\.?|standard (?:deviation|error)|IQR|range|"
    r"(?:9[059]\s?%\s?)?(?:C\.?I\.?|confidence interval).{0,12})\W*$"
)
"""The head of a column whose numbers belong to those of the column before."""
_COUNT_FIRST = any_case(r"\(\s?%|, ?%")
"""Of a head or label: the percent stands in brackets, behind its count."""
_GOES_ON = re.compile(r"\s?%?\s?(?:-|–|to|,|;|/|and)\s?-?\s?$")
_UP_TO = re.compile(r"%?[–-]")
_P_BEFORE = any_case(r"\bp(?:[- ]?values?)?\s?(?:[=<>≤≥]|of|was)\s?$")
_P_ROW = any_case(r"\W*p(?:[- ]?values?)?\W*")
_N_BEFORE = re.compile(r"\b[nN]\s?=\s?$")
_RELATION = any_case(
    r"(?P<sign>[<>≤≥~≈])\s?$|\b(?:about|approximately|over|nearly|almost|at least|more than|"
    r"less than|around|up to|than|every|per)\s?$"
)
_PERCENT_BEHIND = re.compile(r"\s?(?:%|per ?cent)")
_MINUS = re.compile(r"(?:^|[(\[=:\s])[-–]\s?$")
_AGAINST = any_case(r"\s?(?:vs?\.?|versus|and|or|to|against)\s")
_OF_ALL = re.compile(r"\s?/\s?\d")
_BY_ALL = re.compile(r"\d\s?/\s?$")
_UNIT = re.compile(
    r"\s?(?P<unit>mmHg|mm Hg|°\s?C|k?g|m[glmlL]|[μµ][gm]|[cmk]?m|mmol|[μµn]mol|Nm|Hz|"
    r"years?|yrs?|months?|weeks?|days?|h|hours?|hrs?|min(?:utes)?|s|points?)(?![A-Za-z])"
)
_SENTENCE = re.compile(r"(?<!\bvs\.)(?:(?<=[a-z)\]%\d^][.?!])|(?<=[A-Z]{2}[.?!]))\s+(?=[A-Z])")
_WORD = re.compile(r"[a-z][a-z0-9]+")
_NAME = re.compile(r"(?:19|20)\d\d|0\d+|\d{7,}")
_TIME = any_case(
    r"\b(?P<n>\d{1,3})(?:st|nd|rd|th)?[\s-]?(?P<unit>h(?:ours?|rs?)?|days?|weeks?|months?|years?)\b|"
    r"\b(?P<unit2>hour|day|week|month|year)s?\s(?P<n2>\d{1,3})\b"
)
_COMMON = re.compile(
    r"(?:the|and|for|with|was|were|that|this|from|than|had|have|has|not|are|but|between|among|both|"
    r"all|any|more|less|did|does|after|before|who|whom|which|each|other|mean|median|values?|number|"
    r"patients|groups?|significant|significantly|respectively|compared|versus|vs|higher|lower|"
    r"differences?|table|showed|found|there|their|these|those|data|total|into|also|in|of|to|at|by|"
    r"on|or|an|as|is|it|we|be|no|sd|se|ci|iqr|range)"
)

_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False)
class Printed:
    """A number of a passage: its digits without groups, and which part of which statement it is.

    `kind` is ``"p"``, ``"%"``, ``"n"`` (behind ``n =``), ``"/"`` (part of a fraction) or empty;
    `relation` the sign or word before it, `unit` that behind it.
    """

    text: str
    kind: str
    relation: str
    statement: int
    part: int
    start: int
    end: int
    column: int | None = None
    unit: str = ""
    negative: bool = False

    @cached_property
    def value(self) -> float:
        """Its value without a sign."""
        return float(self.text)

    @cached_property
    def decimals(self) -> int:
        """Its decimals."""
        return len(self.text.partition(".")[2])

    @cached_property
    def telling(self) -> int:
        """Its digits behind leading zeros; those of a whole number without closing zeros."""
        digits = self.text.replace(".", "").lstrip("0")
        return len(digits if self.decimals else digits.rstrip("0"))

    @property
    def names(self) -> bool:
        """Whether it may be a year, or part of the number of a protocol."""
        return bool(_NAME.fullmatch(self.text))

    @cached_property
    def forms(self) -> frozenset[str]:
        """The digits, and what they are when rounded or cut to fewer."""
        return rounded(self.text)


@dataclass(frozen=True, eq=False)
class Passage:
    """A sentence, or the row of a table: `section` is that of the text or the label of the table.

    `said` is the text of each of its statements, `times` are the times after start that it names.
    """

    order: int
    section: str
    place: str
    text: str
    words: frozenset[str]
    numbers: list[Printed]
    layout: Layout | None = None
    row: int = 0
    heads: dict[int, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def statements(self) -> dict[int, list[Printed]]:
        """The numbers of each statement."""
        return grouped(self.numbers, lambda number: number.statement)

    def statement_of(self, number: Printed) -> list[Printed]:
        """Return the numbers of the statement that a number is part of."""
        return self.statements[number.statement]

    def words_at(self, number: Printed) -> tuple[frozenset[str], frozenset[str]]:
        """Return the words of a sentence or of the label of a row, and those of a column's head."""
        return self.words, self.heads.get(-1 if number.column is None else number.column, _NOTHING)

    def where(self, number: Printed) -> str:
        """Say in words where a number stands."""
        if self.layout is None or number.column is None:
            return self.place
        return self.layout.place(self.row, number.column)

    def shown(self, number: Printed) -> str:
        """Return the text of the statement that a number is part of."""
        if self.layout is not None and number.column is not None:
            return self.layout.grid[self.row][number.column].line.strip()
        told = self.statement_of(number)
        start, end = told[0].start, told[-1].end
        before = re.search(r"(?:\b[pPnN]\s?[=<>≤≥]\s?|[<>≤≥-])$", self.text[:start])
        behind = re.match(r"\s?%", self.text[end:])
        if re.search(r"[(\[]", self.text[start:end]):
            behind = re.match(r"\s?[%A-Za-z/]{0,10}\s?[)\]]", self.text[end:]) or behind
        own = self.text[start:end]
        return f"{before[0] if before else ''}{own}{behind[0] if behind else ''}"


def passages(document: Document) -> Iterator[Passage]:
    """Give the passages of an article that print numbers, the sentences first."""
    order = count()
    for paragraph in document.paragraphs:
        section = paragraph.section.partition(" > ")[0]
        for text in _SENTENCE.split(paragraph.text):
            if numbers := _numbers(text):
                yield Passage(next(order), section, paragraph.place, text, words(text), numbers)
    for layout in document.layouts:
        heads = {c: words(head) for c, head in enumerate(layout.heads)}
        for r in layout.rows:
            if numbers := list(_of_row(layout, r)):
                name, label = layout.table.label, layout.context(r)
                said = words(label)
                yield Passage(next(order), name, "", label, said, numbers, layout, r, heads)


def rounded(text: str) -> frozenset[str]:
    """Return the digits of a number, and what they are when rounded or cut to fewer."""
    value, forms = float(text), {text}
    for places in range(len(text.partition(".")[2])):
        step = 10.0**-places
        forms |= {f"{value + tie:.{places}f}" for tie in (1e-9, -1e-9, -step / 2)}
    return frozenset(forms)


def words(text: str) -> frozenset[str]:
    """Return the beginnings of the words that say what a text is about."""
    said = frozenset(_WORD.findall(text.lower()))
    return frozenset(word[:_STEM] for word in said if not _COMMON.fullmatch(word))


def times(text: str) -> frozenset[str]:
    """Return the times after start that a text names: ``week 12`` and ``12 weeks`` are the same."""
    return frozenset(
        f"{m['n'] or m['n2']}{(m['unit'] or m['unit2'])[0].lower()}" for m in _TIME.finditer(text)
    )


def _of_row(layout: Layout, r: int) -> Iterator[Printed]:
    statement = read = last = 0
    own = layout.label(r).rpartition(" > ")[2]
    for c in layout.columns:
        cell = layout.grid[r][c]
        if not cell.first or not cell.text or read > MOST_NUMBERS:
            continue
        kind = "p" if c in layout.p_columns or _P_ROW.fullmatch(own) else ""
        sayings = layout.heads[c] + layout.label(r)
        if not kind and "%" in sayings:
            kind = "(%)"
        part = 0
        if _SPREAD.search(layout.heads[c]) and read and last == 0:
            statement, part = statement - 1, 1
        found = _numbers(cell.line, statement, kind, c, part)
        if kind == "(%)" and _COUNT_FIRST.search(sayings):
            found = [replace(n, kind="%" if n.part else n.kind.strip("(%)")) for n in found]
        if found:
            last = found[-1].part
            statement = found[-1].statement + 1
            read += len(found)
        yield from found


def _numbers(
    text: str, statement: int = 0, kind: str = "", column: int | None = None, part: int = 0
) -> list[Printed]:
    """Return the numbers of a text, of which no more than `MOST_NUMBERS` are read."""
    text = text.replace("·", ".")
    told = _NO_NUMBER.sub(lambda match: " " * len(match[0]), text)
    found: list[Printed] = []
    ended, bracket = 0, part > 0
    for match in _NUMBER.finditer(told):
        if len(found) == MOST_NUMBERS:
            break
        before = told[max(0, match.start() - 20) : match.start()]
        own = kind
        if found:
            gap = told[ended : match.start()] if match.start() - ended < 40 else "."
            opens = _OPENS.match(gap)
            if _P_BEFORE.search(before) or _N_BEFORE.search(before):
                statement, part, bracket = statement + 1, 0, False
            elif opens:
                part, bracket = part + 1, not opens["sd"]
            elif (bracket and _GOES_ON.match(gap)) or _UP_TO.fullmatch(gap):
                part += 1
            else:
                statement, part, bracket = statement + 1, 0, False
        if _P_BEFORE.search(before):
            own = "p"
        elif _PERCENT_BEHIND.match(told, match.end()):
            own = "%"
        elif _N_BEFORE.search(before):
            own = "n"
        elif _OF_ALL.match(told, match.end()) or _BY_ALL.search(before):
            own = "/"
        near = _RELATION.search(before)
        relation = (near["sign"] or "~") if near else ""
        digits = re.sub(r"[, \u202f]", "", re.sub("^0,", "0.", match["n"]))
        digits = f"0{digits}" if digits.startswith(".") else digits
        unit = _UNIT.match(told, match.end())
        behind = unit["unit"].replace(" ", "").lower() if unit else ""
        place = statement, part, *match.span(), column
        found.append(Printed(digits, own, relation, *place, behind, bool(_MINUS.search(before))))
        ended = match.end()
    for one, two in pairwise(found):
        if two.kind == "%" and not one.kind and _AGAINST.fullmatch(told[one.end : two.start]):
            found[found.index(one)] = replace(one, kind="%")
    return found
