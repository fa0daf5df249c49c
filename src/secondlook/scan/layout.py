"""How a table is laid out: what its columns and rows say of the numbers in them.

Nothing here judges. A label of a row may stand in several columns; a row without numbers names
the rows below it; a size stands in a head, in a row of its own, or beside a label.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from secondlook.scan.cells import CALLED, WHOLE, any_case, only_count, p_value, whole
from secondlook.scan.document import Cell, Table, grouped
from secondlook.scan.findings import Finding, Level

_N_IS = re.compile(
    rf"(?:(?<![A-Za-z])[nN](?:o?\.?|_?[1-6])|(?<=[a-z])N)\s?[=:]\s?"
    rf"(\d{{1,3}}(?: \d{{3}})+(?=\s?\))|{WHOLE})(?:\s?/\s?({WHOLE}))?(?!\d|\.\d|%)"
)
_N_ALONE = re.compile(rf"([(\[])\s?[nN]\s({WHOLE})(?=\s?[)\]])")
"""As journals of nutrition print it: (n 12)."""
_PEOPLE = any_case(
    rf"(?<![\d.,])({WHOLE})\s(?!(?:[cm]m|kg)\b)(?:[a-z-]{{1,15}}\s){{0,2}}(?:patients|subjects|participants|women|men|"
    r"children|infants|cases|controls|individuals|persons|people|eyes|adults|girls|boys|mothers|"
    r"pregnancies|tumou?rs|lesions|samples|events|teeth|students|families|hips|knees|volunteers)\b"
)
_BARE = re.compile(
    rf"[(\[]\s?(?:total\s)?(?!(?:19|20)\d\d\b)({WHOLE})\s?[)\]]\s*(?:%|n \(%\)|\(%\))?\s*$"
)
_OF_ALL = any_case(rf"^(?:total|all|overall)(?:,|\s?[=:])?\s({WHOLE})(?:\s?\^\S{{1,3}})?$")
_DONE = (
    "(?:initial|total|included|enrolled|recruited|randomi[sz]ed|assigned|treated|surveyed|"
    "analy[sz]ed|evaluated|evaluable)"
)
_KIND = f"(?:{_DONE} )?"
_NUMBER = r"(?:,? ?\(?(?:n|no\.?)\)?)?"
_SIZE_ROW = any_case(
    rf"^(?:n|n ?=|no\.?|total|total n|total \(n\)|n total|n \(total\)|all|"
    rf"(?:(?:subject )?number|sample size|cohort|{_DONE}){_NUMBER}|"
    rf"{_KIND}(?:#|no?\.?|number)(?: of)? {_KIND}(?:patients|subjects|participants|women|men|cases|"
    rf"children|infants|individuals|adults|eyes|students|volunteers|residents)"
    rf"(?: {_DONE}| \({_DONE}\)| (?:in|per) (?:(?:each|the) )?(?:group|arm))?{_NUMBER}|"
    rf"{_KIND}(?:patients?|subjects?|participants)(?: {_DONE})?{_NUMBER})[:.]?$"
)
_NO_DECIMALS = re.compile(r"\.0+$")
"""A size printed as 64.00, as the means below it."""
_OF_SIZE = re.compile(r"\s?\((?:%|n)\)$")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_NUMBERED = re.compile(r"\d")
_WORD = re.compile(r"\w")
_NAMED = re.compile(r"[A-Za-z]")
_NO_NUMBER = {"-", "–", "—", "NA", "NS"}
"""What stands in place of one."""
_OF_LIMITS = any_case(r"[(\[]?\d\d(?:\.\d)?\s?%\s?(?:C\.?I\b|confidence)")
"""The head of a column of limits, though it begins with a number."""
_HEAD_WITHIN = re.compile(rf"^\D*(?:9\d\s?%)?\s?(?:{CALLED}|\bCI\b)\D*$")
_SIGN = "[*†‡§¶#∗°]"
_MARKED = re.compile(rf"\^\s?([a-i](?![a-z])|\d(?!\d)|{_SIGN}{{1,3}})|({_SIGN}{{1,3}})\s*$")
_NOTE_MARK = rf"(?<=\^)[a-i1-9]|(?<![^;,.\s])[a-i1-9](?=[\s.:=)])|{_SIGN}{{1,3}}"
_NOTE = re.compile(
    rf"(?P<mark>{_NOTE_MARK})\)?(?P<note>.+?)(?={_SIGN}|\^|[;,.]\s?[a-i1-9][\s.:=)]|$)"
)
"""A mark, and the note behind it up to the next one."""
P_ROW = any_case(r"p(?:[- ]?values?)?\W*$")
"""The label of a row of P values."""
_P_HEAD = any_case(
    r"(?:^|[\s(*])p(?:[^\w.,/]|\.?$|[-\s]?values?)|p(?:[-\s]|\. ?)?value|"
    r"^pr(?:ob\.?$|obability$| >)|^(?:asymptotic |exact |statistical )?"
    r"sig(?:nifican(?:ce|t)|\.)?(?: \((?:2|two)-(?:tailed|sided)\))?$"
)
_SAID_P = re.compile(r"\s?[pP]\s?[=<>≤≥]")
TOTAL = any_case(
    r"\b(?!(?<=\()total \d)(?<!% of )(?<!/)"
    r"(?:total|all|overall|both|combined|pooled|entire|whole|(?<!\w )sum(?! \w))\b"
)
_PROGRESSIVE = re.compile(r"(?:^|> |/ )(?:PD\b|[Pp]rogressive disease)")
_STABLE = re.compile(r"(?:^|(?<=> )|(?<=/ ))SD\b(?! ?[=:])")
CONTINUOUS = any_case(
    r"\b(?:mean|median|average|SDs?|SEM?|s\.d\.|IQR|range|quartiles?|inter-?quartile|geometric|"
    r"standard deviations?|standard errors?|percentiles?|coefficients? of variation|min|max)\b|±|"
    r"\bCV ?%|%\s?CV\b"
)
PERCENT = any_case(r"%|\bper ?cent(?:age)?s?\b")
COUNT_PERCENT = any_case(
    r"(?:\b(?:n|no|nos|number|numbers|count|counts|frequency|freq|patients|subjects|participants|"
    r"cases|events?|women|men|children)\b\.?\s{0,2}[,;/]?\s{0,2}(?:and\s)?[(\[]?\s{0,2}"
    r"(?:%|per ?cent|percentages?\b))|%\s{0,2}[(\[]\s?(?:n|no\.?)\s?[)\]]|"
    r"[(\[]n[)\]][^()\[\]]{1,30}[(\[]%[)\]]"
)
PERCENT_COUNT = any_case(
    r"(?:%|\bper ?cent(?:age)?)[^()\[\]%]{0,40}[(\[]\s?(?:n|no\.?|number)\s?[)\]]"
)
EVENTS = any_case(
    r"\b(?:events?|adverse|AEs?|SAEs?|TEAEs?|episodes?|reactions?|complications?|toxicit\w+|"
    r"symptoms?|infections?|admissions|visits?|bleed\w*|falls|seizures)\b"
)
"""A label with one of these may count events and give the percent of the patients who had any."""
UNWANTED = any_case(
    r"adverse|toxicit|side.effects?|complications?|safety(?! (?:population|set|analysis))"
)
"""As a caption does that is of unwanted events."""
ESTIMATED = any_case(
    r"\b(?:weighted|kaplan|meier|actuarial|cumulative|adjusted|imputed|imputation|standardi[sz]ed|"
    r"estimated|estimates?|survival|modell?ed|least[- ]squares?|LS|"
    r"person[- ]?(?:\w+[- ])?(?:years?|days?|weeks?|months?)|"
    r"per (?:100|1000|1,000|10,000|100,000)|incidence rates?|freedom from|event[- ]free|"
    r"relative dose|dose intensity|reduction|change|difference|increase|decrease|improvement|"
    r"bootstrap\w*|incidence densit\w*|extrapolated|costs?)\b|[$€£]"
)
"""A label with one of these may print a percent that is no plain share of a count."""
CATEGORY = re.compile(r"[<>≤≥]|\d\s?(?:-|–|to)\s?\d")
"""A label with one of these names a class of what is measured, and counts who is in it."""
EXCLUSIVE = any_case(
    r"\b(?:sex|gender|stages?|grades?|class|NYHA|ASA|race|ethnicity|marital|ages?|education(?:al)?|"
    r"employment|GOLD|BMI|body mass index|income|parity|severity|smoking status)\b"
)
"""A heading whose levels exclude each other."""
ESTIMATED_THROUGHOUT = any_case(
    r"\bweighted\b|kaplan|\bimputed|multiple imputation|age[- ]standardi[sz]ed|least[- ]squares?|"
    r"actuarial|survey design|sampling weights"
)
"""A caption or footnote with one of these leaves open which percents of the table are meant."""
MEASURED = any_case(
    r"\([^)]{0,12}(?:/|\b(?:years?|yrs?|kg|cm|mm|mg|ml|dl|hours?|days?|weeks?|months?|min|score|"
    r"points?|ratio|index|g|s|IU|U)\b)[^)]{0,12}\)|\b(?:scores?|index|ages?|weight|height|pressure|BMI|"
    r"levels?|predicted|duration|time|dose|volume|length|mg|kg|ml|"
    r"(?:heart|pulse|respirat\w*|breathing|filtration|sedimentation|flow|metabolic|infusion|growth|"
    r"clearance|ventricular|sweat\w*|secretion|max\w*|work|perfusion|oxidation|synthesis|disposal|"
    r"production|turnover|fall|attendance) rates?)\b|"
    r"[µμmnp]?mol/(?:L|mol)\b|\b[mnpµμ]?g/(?:d?L|ml|d?l)\b|"
    r"mmHg|mm Hg|/µ?L\b|\bU/L\b|\bkg/m"
)
"""A label of something measured on a scale, whose brackets may hold an SD that is not announced."""


_CLASS = any_case(
    r"\b(?:low|high|normal|abnormal|elevated|raised|reduced|over|under|obes\w*|hyper\w*|hypo\w*)\b|"
    r"\b(?:m|f|(?:fe)?males?|women|men|girls|boys|yes|no|left|right|positive|negative)\s?/"
)
"""A class of what is measured, or levels beside each other: male/female."""


PAIRS = ({"male", "female"}, {"men", "women"}, {"boys", "girls"}, {"yes", "no"},
          {"present", "absent"}, {"positive", "negative"})  # fmt: skip
"""Labels of two levels that make up their variable."""


def last_word(label: str) -> str:
    """Return the last word of a label, without what it says of its numbers."""
    words = re.findall(r"[a-z]+", re.sub(r"[(\[].*|,.*|%", "", label).lower())
    return words[-1] if words else ""


def measured(label: str) -> bool:
    """Whether a row is of what is measured and no class of it: beside a number stands a mean."""
    own = label.rpartition(" > ")[2]
    return bool(MEASURED.search(own) and not CATEGORY.search(own) and not _CLASS.search(own))


def of_percents(*told: str) -> bool:
    """Whether percents are announced, and no counts with them."""
    said = " ".join(told)
    return bool(PERCENT.search(said) and not COUNT_PERCENT.search(said))


def sizes(text: str, *, head: bool = False) -> list[int]:
    """Return the sizes of a text: ``n = 33``, ``(n 33)``, ``33 women``; ``(33)`` in a head."""
    told = [(m[1], m[2]) for m in _N_IS.finditer(_N_ALONE.sub(r"\1n = \2", text))]
    found = [whole(size) for pair in told for size in pair if size]
    found += [whole(m) for m in _PEOPLE.findall(text)]
    if head and not found and (bare := _BARE.search(text) or _OF_ALL.match(text.strip())):
        found = [whole(bare[1])]
    return [size for size in dict.fromkeys(found) if size > 0]


VISITS = 2
"""As many times the size of a head."""


@dataclass(frozen=True)
class Layout:
    """The table with what its heads and labels say; see the module."""

    table: Table

    @property
    def grid(self) -> tuple[tuple[Cell, ...], ...]:
        """The rows of cells."""
        return self.table.grid

    @property
    def width(self) -> int:
        """The number of columns, of which the first are those of labels."""
        return self.table.columns

    @cached_property
    def head(self) -> int:
        """The number of head rows; where the file marks none, the rows above the first numbers."""
        if self.table.head:
            return self._head_in_body() or self.table.head
        rows = self.grid
        first = next((r for r, row in enumerate(rows) if r and _has_data(row)), 1)
        while first > 1 and not any(cell.text.strip() for cell in rows[first - 1][1:]):
            first -= 1  # it names a block, and is no head
        return min(first, len(rows))

    def _head_in_body(self) -> int:
        """Return the number of head rows where the file marks only the upper ones, else 0.

        Above the first numbers a row then names two columns of numbers or more. One of sizes with
        a label of its own is of a block.
        """
        rows = self.grid
        empty = sum(not any(row[c].text.strip() for row in rows[: self.table.head])
                    for c in range(1, self.width))  # fmt: skip
        for r in range(self.table.head, len(rows) - 1):
            texts = {c: cell.text.strip() for c, cell in enumerate(rows[r]) if cell.first and c}
            named = [c for c, text in texts.items() if text]
            if _has_data(rows[r]):
                return 0
            if len({texts[c] for c in named}) > 1:
                below = [[t for row in rows[r + 1 :] if (t := row[c].text.strip())] for c in named]
                filled = sum(2 * sum(map(_is_number, told)) > len(told) for told in below)
                of_block = rows[r][0].text.strip() and any(sizes(texts[c]) for c in named)
                return r + 1 if 5 * filled >= 4 * len(named) and not of_block else 0
            if named and 2 * empty < self.width - 1:
                return 0
        return 0

    @property
    def rows(self) -> range:
        """The rows below the head."""
        return range(self.head, len(self.grid))

    @property
    def columns(self) -> range:
        """The columns beside the labels."""
        return range(self.labels, self.width)

    def cells(self) -> Iterator[tuple[int, int, Cell]]:
        """Give the cells below the head and beside the labels, one that spans several once."""
        for r in self.rows:
            for c in self.columns:
                if self.grid[r][c].first:
                    yield r, c, self.grid[r][c]

    @cached_property
    def labels(self) -> int:
        """The number of leading columns that hold labels instead of numbers.

        Below the head of the first column, which spans it, one may hold classes: 20-30.
        """
        above, body = self.grid[: self.head], self.grid[self.head :]
        columns = range(1, self.width)
        first = next((c for c in columns if any(row[c].first for row in above)), 1)
        for c in columns[first - 1 :]:
            texts = [row[c].text for row in body if row[c].first and row[c].text.strip()]
            told = sum(1 for text in texts if _is_number(text))
            if texts and told * 2 > len(texts):
                return c
        return 1

    @cached_property
    def heads(self) -> list[str]:
        """The head of each column, from its rows, top first, each text once."""
        above = self.grid[: self.head]
        return _responses(_joined((row[c] for row in above), " / ") for c in range(self.width))

    @cached_property
    def head_sizes(self) -> list[list[int]]:
        """The group sizes in each column's head, the lowest head row first."""
        found = []
        last = self.grid[self.head - 1] if self.head else ()
        years = sum(bool(_YEAR.match(cell.text.strip())) for cell in last) > 1
        # Points, times and the numbers of groups are no sizes.
        alone = [n for cell in last if (n := only_count(cell.text)) is not None]
        scale = alone == sorted({*alone}) and (len(alone) > 3 or alone[:2] == [1, 2])
        for c in range(self.width):
            told: list[int] = []
            for r in reversed(range(self.head)):
                text = self.grid[r][c].text
                told += sizes(text, head=c >= self.labels)
                lone, plain = only_count(text), r == self.head - 1 and not (years or scale)
                if lone and (plain or _SIZE_ROW.match(self.grid[r][0].text.strip())):
                    told.append(lone)
            found.append(list(dict.fromkeys(told)))
        return found

    @cached_property
    def sizes(self) -> dict[int, int]:
        """The group size in the head of each column that has one."""
        return {c: told[0] for c, told in enumerate(self.head_sizes) if told}

    @cached_property
    def size_rows(self) -> dict[int, dict[int, list[int]]]:
        """Rows of the body that give group sizes: row -> column -> sizes."""
        found: dict[int, dict[int, list[int]]] = {}
        for r in self.rows:
            row = self.grid[r]
            names = (row[0].text, self.heading(r))
            named = any(_SIZE_ROW.match(name.strip().rstrip("*†‡^")) for name in names)
            named = named and not self._answers(r)
            told: dict[int, list[int]] = {}
            for c in range(1, self.width):
                text = row[c].text.strip()
                lone = only_count(_NO_DECIMALS.sub("", _OF_SIZE.sub("", text)))
                if named and lone and not self._is_level(r, c, lone):
                    told[c] = [lone]
                elif re.fullmatch(rf"[(\[]?\s*[nN]\s?=\s?{WHOLE}\s*[)\]]?[^±%]{{0,12}}", text):
                    told[c] = sizes(text)
            told = told or self._head_again(r)
            if told and not (named and self._counts_events(told)):
                found[r] = told
        return found

    def _head_again(self, r: int) -> dict[int, list[int]]:
        """Return the sizes of a head that is repeated for another part of the table.

        All that a row says are names with sizes, and no 45.5% (n = 30); those of one word and
        several sizes are no head.
        """
        texts = {c: x.text for c, x in enumerate(self.grid[r]) if c and x.text.strip()}
        named = {c: text for c, text in texts.items() if not _P_HEAD.search(text)}
        if len(named) < 2 or CONTINUOUS.search(self.label(r)):
            return {}
        words = {c: _N_IS.sub("", text) for c, text in named.items()}
        if not all(_N_IS.search(named[c]) and _NAMED.search(words[c]) for c in named):
            return {}
        of_one_word = len(set(words.values())) == 1 < len(set(named.values()))
        return {} if of_one_word else {c: sizes(text) for c, text in named.items()}

    def sizes_above(self, r: int, c: int) -> list[int]:
        """Return the sizes of a column in the last row of them above a row."""
        above = [row[c] for at, row in self.size_rows.items() if at < r and row.get(c)]
        return above[-1] if above else []

    def _counts_events(self, told: dict[int, list[int]]) -> bool:
        """Whether a total is somewhat larger than its head: of visits it is far larger."""
        both = ((told[c], self.head_sizes[c]) for c in told)
        most = max((own[0] / head[0] for own, head in both if own and head), default=0)
        return 1 < most < VISITS

    @cached_property
    def heads_anew(self) -> set[int]:
        """Rows of sizes that are of other groups than the head of the table."""
        return {r for r in self.size_rows if self._names_others(r)}

    def _names_others(self, r: int) -> bool:
        """Whether a row of sizes names another group in each column than its head.

        One that is a whole head, as of a second study, need do so in one.
        """
        row = self.grid[r]
        if len({row[c].text for c in self.size_rows[r]}) < 2:
            return False  # one that spans them all names a block
        names = {c: _N_IS.sub("", row[c].text).strip(" ,;()") for c in self.size_rows[r]}
        if self._head_again(r).keys() >= self.sizes.keys():
            return any(name not in self.heads[c] for c, name in names.items())
        words = [(c, re.findall(r"\w\w+", name)) for c, name in names.items()]
        return all(w and not any(name in self.heads[c] for name in w) for c, w in words)

    def _is_level(self, r: int, c: int, count: int) -> bool:
        """Whether a total has less than a row of its block: a thyroidectomy may be total."""
        section = self.sections[r]
        block = [row for row, s in enumerate(self.sections) if section is not None and s == section]
        others = (only_count(self.grid[row][c].text) for row in block)
        return any(n > count for n in others if n)

    def _answers(self, r: int) -> bool:
        """Whether a row No stands beside one of Yes, and is no number of patients."""
        labels = [row[0].text.strip().lower() for row in self.grid[max(0, r - 1) : r + 2]]
        return "no" in labels and "yes" in labels

    @cached_property
    def lowest(self) -> list[str]:
        """The head of each column alone, without those above it."""
        return [head.rpartition(" / ")[2] for head in self.heads]

    def upper_head(self, c: int) -> str:
        """Return the head of a column without the lowest."""
        return self.heads[c].rpartition(" / ")[0]

    def head_of(self, r: int, c: int) -> str:
        """Return the head of a cell: of its column, or ``aRR (CI)`` within the table above it."""
        return self._heads_within[r].get(c, self.heads[c])

    @cached_property
    def _heads_within(self) -> list[dict[int, str]]:
        """For each row the heads that stand within the table above it, by column."""
        found: list[dict[int, str]] = [{}]
        for r, row in enumerate(self.grid):
            lines = enumerate(cell.line for cell in row) if r >= self.head else ()
            own = {c: line for c, line in lines if _HEAD_WITHIN.search(line)}
            found.append(found[-1] | own if own else found[-1])
        return found

    def label(self, r: int) -> str:
        """Return the label of a row: its label columns from left to right, each text once."""
        return self._row_labels[r]

    @cached_property
    def _row_labels(self) -> list[str]:
        return _responses(_joined(row[: self.labels], " > ") for row in self.grid)

    def last_label(self, r: int) -> str:
        """Return the last part of the label of a row."""
        return self.label(r).rpartition(" > ")[2]

    @cached_property
    def sections(self) -> list[int | None]:
        """For each row the row that names its block: no numbers of its own, or less indented."""
        found: list[int | None] = []
        current: int | None = None
        indents = [row[0].indent for row in self.grid]
        for r, row in enumerate(self.grid):
            if r < self.head or self.is_section(r):
                current = None if r < self.head else r
                found.append(None)
                continue
            if current is not None:
                within = max(indents[current + 1 : r], default=0)
                indented = indents[r] <= indents[current] < within
                beside = self.labels > 1 and not self.grid[current + 1][0].text.strip()
                if indented or (beside and row[0].text.strip()):  # beside which its levels stand
                    current = None
            found.append(current)
            if current is None and indents[r] < max(indents[r + 1 : r + 2], default=0):
                current = r
        return found

    @cached_property
    def tops(self) -> list[int | None]:
        """For each row that which names its variable: a heading, or the label that it shares."""
        grid, found = self.grid, list(self.sections)
        for r in range(self.head + 1, len(grid) if self.labels > 1 else 0):
            shares = not (grid[r][0].text.strip() and grid[r][0].first)
            before = found[r - 1]
            if shares and not self.is_section(r - 1):
                own = before is not None and not self.is_section(before)
                found[r - 1] = found[r] = before if own else r - 1
        return found

    def by_variable(self, rows: Iterable[int]) -> dict[int, list[int]]:
        """Return those rows that are of a variable, by the row that names it."""
        tops = grouped(rows, self.tops.__getitem__)
        return {top: of for top, of in tops.items() if top is not None}

    def variable(self, top: int) -> str:
        """Return the name of a variable: a heading, or the label that stands beside its levels."""
        return self.label(top) if self.is_section(top) else self.grid[top][0].line.strip()

    def parent(self, r: int) -> int | None:
        """Return the nearest row above that is less indented."""
        indent = self.grid[r][0].indent
        above = range(r - 1, self.head - 1, -1) if indent else ()
        return next((s for s in above if self.grid[s][0].indent < indent), None)

    def is_section(self, r: int) -> bool:
        """Whether a row only names what stands below it."""
        row = self.grid[r]
        texts = {cell.text.strip() for cell in row[1:]} - {row[0].text.strip(), "", "-", "–", "—"}
        if not row[0].text.strip():
            return False
        lone = next(iter(texts)) if len(texts) == 1 else ""
        of_p = p_value(lone) is not None and not lone.isdigit()
        return of_p or not any(map(_NUMBERED.search, texts))

    def heading(self, r: int) -> str:
        """Return the label of the block that a row belongs to, if it does to one."""
        section = self.sections[r]
        return "" if section is None else self.label(section)

    def context(self, r: int) -> str:
        """Return the label of a row after that of the block that it belongs to."""
        above = self.heading(r)
        return f"{above} > {self.label(r)}" if above else self.label(r)

    @cached_property
    def p_columns(self) -> list[int]:
        """Columns that hold P values, by their head or that beside it, and by what is there."""
        found = []
        for c in range(1, self.width):
            body = [self.grid[r][c] for r in self.rows]
            told = [cell.text for cell in body if cell.first and _WORD.search(cell.text)]
            all_p = [text for text in told if p_value(text) is not None]
            values = [text for text in all_p if _NUMBERED.search(text)]  # and not NS
            ns = len(all_p) - len(values)  # beside P < 0.01 they are P too
            said = sum(bool(_SAID_P.match(text)) for text in told)
            said = 2 * (said + ns * bool(said)) > len(told)
            behind = (cell.text.strip() for r in self.rows for cell in self.grid[r][c + 1 : c + 2])
            heads = self.heads[c : c + 1 if any(behind) else c + 2]  # also that of an empty column
            named = said or any(map(_P_HEAD.search, heads))
            if named and all_p and (all_p == told or 2 * len(values) >= len(told)):
                found.append(c)
        return found

    def is_total(self, c: int) -> bool:
        """Whether a column is of all groups together."""
        return c in self._totals

    @cached_property
    def _totals(self) -> set[int]:
        """The columns of all groups; beside one of all patients, those who had both are a group.

        They are none if all are of fewer than any other column; nor is one called combined that is
        of fewer than any two.
        """
        heads = [(c, head) for c, head in enumerate(self.heads) if not _P_HEAD.search(head)]
        named = [(c, {found.lower() for found in TOTAL.findall(head)}) for c, head in heads]
        sure = {c for c, found in named if found - {"both"}}
        found = sure or {c for c, found in named if found}
        rows = {c: n[0] for row in self.size_rows.values() for c, n in row.items() if n}
        told = self.sizes or rows
        others = sorted(n for c, n in told.items() if c not in found)
        totals = [told[c] for c in found if c in told]
        few = others and all(n < min(others) for n in totals)
        if few and totals:
            return set()
        group = {c for c, names in named if names <= {"both", "combined", "pooled"}}
        return {c for c in found if not (c in group and 0 < told.get(c, 0) < sum(others[:2]))}

    def continued(self, r: int, c: int) -> bool:
        """Whether a cell goes on in the row below, and is not only followed by a wide one."""
        if r + 1 == len(self.grid):
            return False
        row = self.grid[r + 1]
        while c and not row[c].first and row[c - 1].text == row[c].text:
            c -= 1
        return not row[c].first

    def finding(
        self, check: str, level: Level, r: int, c: int, printed: str, against: str,
        recomputed: str, reading: str, part: int = 0,
    ) -> Finding:  # fmt: skip
        """Return what a check says of a cell."""
        told = self.place(r, c), printed, against, recomputed, reading
        return Finding(check, level, self.table.index, r, c, part, *told)

    @cached_property
    def turned(self) -> Layout:
        """The table read across: each row is a column, headed by its label."""
        grid = tuple(zip(*self.grid, strict=True))
        return Layout(replace(self.table, grid=grid, head=min(self.labels, len(grid))))

    def turned_back(self, finding: Finding) -> Finding:
        """Return what was found in the table read across as of this one."""
        r, c = finding.column or 0, finding.row or 0
        return replace(finding, row=r, column=c, place=self.place(r, c))

    @cached_property
    def told(self) -> str:
        """The caption and the footnotes."""
        return " ".join((self.table.caption, *self.table.notes))

    def noted(self, *texts: str) -> str:
        """Return the footnotes that the marks behind some cells point to, as in 0.04^b or P*."""
        marks = _marks(texts)
        return " ".join(note for mark, note in self._notes if mark in marks)

    def noted_at(self, r: int, c: int) -> str:
        """Return the footnotes that the marks of a cell, its labels and its head point to."""
        grid, section = self.grid, self.sections[r]
        cells = [*grid[r][: self.labels], grid[r][c], *(row[c] for row in grid[: self.head])]
        cells += [] if section is None else [grid[section][0]]
        return self.noted(*(cell.text for cell in cells))

    @cached_property
    def unmarked(self) -> str:
        """The footnotes without those that a mark of the table points to."""
        printed = _marks(cell.text for row in self.grid for cell in row)
        return " ".join(
            _NOTE.sub(lambda m: "" if m["mark"] in printed else m[0], note)
            for note in self.table.notes
        )

    @cached_property
    def _notes(self) -> list[tuple[str, str]]:
        """The footnotes with their marks."""
        notes = (match for note in self.table.notes for match in _NOTE.finditer(note))
        return [(match["mark"], match["note"]) for match in notes]

    def place(self, r: int, c: int) -> str:
        """Say in words where a cell stands, and by a number where others stand under the same."""
        rows, columns = self._alike
        row, column = self.context(r).strip(), self.heads[c]
        told = [
            self.table.label,
            *([_short(row)] if row else []),
            *([f"row {r + 1}"] if not row or rows[row] > 1 else []),
            *([_short(column)] if column else []),
            *([f"column {c + 1}"] if not column or columns[column] > 1 else []),
        ]
        return ", ".join(told)

    @cached_property
    def _alike(self) -> tuple[Counter[str], Counter[str]]:
        """How many rows have the same labels, and how many columns the same heads."""
        rows = (r for r in self.rows if _has_data(self.grid[r]))
        return Counter(self.context(r).strip() for r in rows), Counter(self.heads)


def _marks(texts: Iterable[str]) -> set[str]:
    """Return the marks behind some texts that may point to a footnote."""
    return {mark for text in texts for pair in _MARKED.findall(text) for mark in pair if mark}


def _joined(cells: Iterable[Cell], by: str) -> str:
    """Join the texts of cells, each once."""
    return by.join(dict.fromkeys(cell.line.strip() for cell in cells if cell.text.strip()))


def _responses(labels: Iterable[str]) -> list[str]:
    """Write out SD beside PD, which is stable disease and no standard deviation."""
    found = list(labels)
    beside = any(_PROGRESSIVE.search(label) for label in found)
    return [_STABLE.sub("stable disease", label) for label in found] if beside else found


def _has_data(row: tuple[Cell, ...]) -> bool:
    told = (cell.text for cell in row[1:] if cell.first and _NUMBERED.search(cell.text))
    return any(map(_is_number, told))


def _is_number(text: str) -> bool:
    text = text.strip()
    if _OF_LIMITS.match(text):
        return False
    return bool(re.match(r"[<>≤≥~(\[*–-]{0,3}\s?[\d.]", text)) or text in _NO_NUMBER


def _short(text: str) -> str:
    """Cut a long text, which loses none of its last label unless that is long itself."""
    section, between, label = text.rpartition(" > ")
    kept = between + label if len(label) < 60 else ""
    first = section if kept else text
    return text if len(text) <= 90 else f"{first[: 87 - len(kept)].rstrip()}...{kept}"
