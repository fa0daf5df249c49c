"""The tables of a page of a PDF: what lines frame, or what stands between rules as journals print.

A journal draws a rule above the head, one below it and one at the end; some part rows by rules as
well, or the heads of several columns from those of one. Columns are told by the gaps that nearly
all lines of the body keep to. What keeps to none stays text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import itemgetter
from statistics import median
from typing import Any, NamedTuple

from secondlook.scan.document import Rows, grouped, tidy

SPACE = 0.15
"""Of the size of letters, the gap between two from which on they are of two words."""
NEAR = 2.0
"""Points that lines of one place may differ."""
GAP, TOUCHING = 0.6, 0.4
"""Of the size of letters: between columns at least, between words at most."""
SHORTEST, ALIKE, MOST_RULES = 60.0, 4.0, 1_000
"""Points of a rule, how many its ends may lie from those of others, and rules of a page."""
SMALL, STRIP = 0.88, 20.0
"""Of the size of the letters beside them, those of marks; points of a strip of the page."""
LOOSE = 1.15
"""How many times the distance of lines in a row that of rows is, if it tells them apart."""
LEADING, BESIDE = 0.95, 0.7
"""Of the size of the letters: the least distance of lines, and the most of those of one row."""
MOST_OF = 0.8
"""Of the height between rules: what cells that are framed reach over, if the table is of them."""
CROSSING = 0.1
"""Lines of the body that may run over the gap between two columns."""
FEW_WORDS = 4
"""Words of a cell, at most, in most cells of a table that has no caption."""
ADJACENT = 1.6
"""Of the size of letters, the most between a rule and what stands by it."""
HEADS = 4
"""Rows of a table, at most, that its continuation on another page repeats."""
ABOVE, BELOW = 10, 12
"""Lines of a caption and of notes, at most."""
_LABEL = re.compile(
    r"((?:supplementa\w+ |appendix )?table\s+(?:[A-Z]?\d{1,3}|[IVX]{1,5}))\b[.:]?\s*(.*)$",
    re.IGNORECASE | re.DOTALL,
)
_DATA = re.compile(r"[<>=≤≥-]?\s?\d[\d.,/]*\s?(?:%|[(\[±–].*)?$")
_DIGIT = re.compile(r"\d")
_TWO = re.compile(r"\d[)\]%]? *\) +[<>-]?\d")
"""Two columns that nearly touch."""
_GOES_ON = re.compile(r"[(\[±–%]|to\b|and\b|or\b")
_OPEN = re.compile(r"[(\[][^)\]]*$|(?:[±–/,;:-]|\bto|\bto -)\s*$")

Word = dict[str, Any]
Line = list[Word]
Box = tuple[float, float, float, float]
Span = tuple[float, float]
_Cells = dict[tuple[int, int], list[Word]]
"""The words of a line by the columns, from the first to the last, that they stand in."""


class Rule(NamedTuple):
    """A horizontal line."""

    left: float
    right: float
    y: float


@dataclass(frozen=True)
class Found:
    """A table of a page and where it stands, with its caption and notes."""

    label: str
    caption: str
    rows: Rows
    head: int
    notes: tuple[str, ...]
    boxes: tuple[Box, ...]

    @property
    def columns(self) -> int:
        """How many it has."""
        return sum(across for *_, across in self.rows[0])

    def goes_on(self, above: Found) -> bool:
        """Whether it continues a table of the page before."""
        return self.label.lower() == above.label.lower() and self.columns == above.columns

    def with_rows_of(self, other: Found) -> Found:
        """Return the table with the rows of its continuation, whose heads repeat its own."""
        more = [row for row in other.rows if row not in self.rows[:HEADS]]
        return replace(self, rows=[*self.rows, *more], notes=(*self.notes, *other.notes))


def tables(page: Any, words: Sequence[Word]) -> Iterator[Found]:
    """Give the tables of a page in their order."""
    found = [*_framed(page, words)]
    rules = _rules(page)
    runs = list(_tables_of(rules, words))
    runs.sort(key=lambda run: (len(run) < 3, run[0].left - run[0].right))
    taken: list[Box] = []
    for run in (_to_end(run, words) for run in runs):
        # The widest first; two alone may be of the page, or of a box of text.
        box = (run[0].left, run[0].y, run[0].right, run[-1].y)
        within = [each for each in found if _overlap(each.boxes[0], box)]
        high = MOST_OF * (box[3] - box[1])
        framed = any(each.boxes[0][3] - each.boxes[0][1] > high for each in within)
        if framed or any(_overlap(box, other) for other in taken) or (within and len(run) < 3):
            continue  # cells are framed, and not those of its head alone
        ruled = [*_ruled(words, run, box, [rule for rule in rules if _within(rule, box)])]
        found = [each for each in found if not (ruled and each in within)] + ruled
        taken += [box for each in ruled for box in each.boxes]
    yield from sorted(found, key=lambda each: each.boxes[0][1])


def lines(words: Iterable[Word]) -> Iterator[Line]:
    """Give the lines of words from the top, each from the left."""
    for line in _heights(words, "bottom"):
        yield sorted(line, key=itemgetter("x0"))


def _heights(each: Iterable[Word], side: str) -> Iterator[Line]:
    """Give words or strokes from the top, those of one height together."""
    row: Line = []
    for one in sorted(each, key=itemgetter(side)):
        if row and one[side] - row[0][side] > NEAR:
            yield row
            row = []
        row.append(one)
    if row:
        yield row


def level(words: Sequence[Word]) -> list[Word]:
    """Put small letters beside larger ones on their line; raised ones are marked, as ``12.3^a``."""
    strips = grouped(words, lambda word: int(word["bottom"] // STRIP))
    near = {at: [w for k in (-1, 0, 1) for w in strips.get(at + k, ())] for at in strips}
    return [_level(word, near[int(word["bottom"] // STRIP)]) for word in words]


def _level(word: Word, near: Sequence[Word]) -> Word:
    """Return a word on the line of the larger one that touches it, if there is one."""
    size, touching = word["size"], GAP * word["size"]
    beside = [
        (apart, other) for other in near
        if size < SMALL * other["size"]
        and (apart := max(word["x0"] - other["x1"], other["x0"] - word["x1"])) < touching
        and word["top"] < other["bottom"] and other["top"] < word["bottom"]
    ]  # fmt: skip
    if not beside:
        return word
    _, host = min(beside, key=itemgetter(0))
    raised = word["bottom"] < host["bottom"] - 0.1 * host["size"]
    text = f"^{word['text']}" if raised else word["text"]
    return word | {"text": text, "bottom": host["bottom"], "raised": raised}


def text_of(words: Iterable[Word]) -> str:
    """Return words as text; what is raised stands at the word before it."""
    told = ""
    last: Word | None = None
    for word in words:
        joined = last and word.get("raised") and word["x0"] - last["x1"] < 0.3 * last["size"]
        told += word["text"] if joined or not told else f" {word['text']}"
        last = word
    return tidy(told)


def inside(word: Word, box: Box) -> bool:
    """Whether the middle of a word lies in a box."""
    across = box[0] - NEAR <= (word["x0"] + word["x1"]) / 2 <= box[2] + NEAR
    return bool(across and box[1] <= _height(word) <= box[3])


def _height(word: Word) -> float:
    """Return where the middle of a word stands on the page."""
    return float(word["top"] + word["bottom"]) / 2


def _overlap(box: Box, other: Box) -> bool:
    across = box[0] < other[2] and other[0] < box[2]
    return across and box[1] < other[3] and other[1] < box[3]


def _within(rule: Rule, box: Box) -> bool:
    across = box[0] - ALIKE < rule.left and rule.right < box[2] + ALIKE
    return across and box[1] - NEAR < rule.y < box[3] + NEAR


# Rules --------------------------------------------------------------------------------------------


def _rules(page: Any) -> list[Rule]:
    """Return the horizontal lines of a page from the top, those of one height joined."""
    return [
        Rule(*span, row[0]["top"]) for row in _heights(page.horizontal_edges, "top")
        for span in _joined(((edge["x0"], edge["x1"]) for edge in row), NEAR)
    ]  # fmt: skip


def _tables_of(rules: Sequence[Rule], words: Sequence[Word]) -> Iterator[list[Rule]]:
    """Give the rules of one length that frame a table: until a caption stands between them."""
    long = [rule for rule in rules if rule.right - rule.left > SHORTEST][:MOST_RULES]
    captions = [line[0] for line in _parts(words) if _LABEL.match(text_of(line[:3]))]
    while long:
        first = long[0]
        alike = [
            r for r in long if max(abs(r.left - first.left), abs(r.right - first.right)) < ALIKE
        ]
        long = [rule for rule in long if rule not in alike]
        run = alike[:1]
        for above, rule in pairwise(alike):
            between = (first.left, above.y, first.right, rule.y)
            caption = next((word for word in captions if inside(word, between)), None)
            if caption and len(run) > 1:  # it stands above the first rule of its table, or below it
                told = [word for word in words if inside(word, between)]
                top, bottom = min(w["top"] for w in told), max(w["bottom"] for w in told)
                below = caption["top"] < top + NEAR and top - above.y < rule.y - bottom
                ended, run = (run[:-1], run[-1:]) if below else (run, [])
                yield ended
            run.append(rule)
        if len(run) > 1:
            yield run


def _to_end(run: list[Rule], words: Sequence[Word]) -> list[Rule]:
    """Return rules with one below the page, if they are of the head of a table that goes on."""
    if len(run) > 2:
        return run
    top, last = run[0], run[-1]
    box = (top.left, top.y, top.right, last.y)
    within = [w for w in words if inside(w, box)]
    below = [w["bottom"] for w in words if top.left < w["x0"] < top.right and w["top"] > last.y]
    if not within or not below:
        return run
    label, *_ = _caption(words, box)
    of_data = any(map(_DATA.fullmatch, (text_of(part) for part in _parts(within))))
    return run if of_data or not label else [*run, last._replace(y=max(below) + 1)]


def _parts(words: Sequence[Word]) -> Iterator[Line]:
    """Give the parts of lines that stand apart."""
    for line in lines(words):
        yield from _segments(line, 2 * GAP)


def _segments(line: Line, gap: float = GAP) -> list[Line]:
    """Part a line where it leaves a gap, as between columns."""
    parts = [line[:1]]
    for word, following in pairwise(line):
        if following["x0"] - word["x1"] > gap * min(word["size"], following["size"]):
            parts.append([])
        parts[-1].append(following)
    return parts


# Tables -------------------------------------------------------------------------------------------


def _framed(page: Any, words: Sequence[Word]) -> Iterator[Found]:
    """Give the tables of which each cell is framed, or what stands in several lines of one."""
    for found in page.find_tables():
        rows: Rows = []
        for row, told in zip(found.rows, found.extract(x_tolerance_ratio=SPACE), strict=True):
            whole = None not in row.cells and len({round(cell[3]) for cell in row.cells}) == 1
            if whole and any("\n" in cell for cell in told):
                band = [word for word in words if inside(word, row.bbox)]
                columns = [(cell[0], cell[2]) for cell in row.cells]
                head = len(found.rows) > 1 and not rows
                rows += _rows(band, columns, alone=True, head=head)
            else:
                rows.append([(tidy(cell or ""), 1, 1) for cell in told])
        label, caption, above = _caption(words, found.bbox)
        if len(rows[0]) > 1 and _tells(rows) and (label or _short(rows)):
            yield Found(label, caption, rows, 0, (), (found.bbox, *above))


def _ruled(
    words: Sequence[Word], rules: Sequence[Rule], box: Box, every: Sequence[Rule]
) -> Iterator[Found]:
    """Give the table between rules, if what stands there keeps to columns."""
    own = [word for word in words if inside(word, box)]
    between = [(above.y, rule.y) for above, rule in pairwise(rules)]
    bands = [[word for word in own if top <= _height(word) <= end] for top, end in between]
    bands = [band for band in bands if band]
    if not bands:
        return
    label, caption, above = _caption(words, box)
    if not label and len(bands) > 1 and (m := _LABEL.match(text_of(_flat(lines(bands[0]))))):
        label, caption, bands = tidy(m[1]), tidy(m[2]), bands[1:]
    head, body = (bands[0], bands[1:]) if len(bands) > 1 else ([], bands)
    columns = _columns([line for band in body for line in lines(band)])
    if head and (not columns or any(_of_data(line, columns) for line in lines(head))):
        head, body = [], bands  # a rule below the head is missing, or a head on another page
        columns = _columns([line for band in body for line in lines(band)])
    if len(columns) < 2:
        return
    rows = [row for band in body for row in _rows(band, columns, alone=len(body) > 2)]
    merged = [row for row in rows if any(_TWO.search(text) for text, *_ in row[1:])]
    if not _tells(rows) or 3 * len(merged) > len(rows) or not (label or _short(rows)):
        return
    partial = [rule for rule in every if rule.right - rule.left < box[2] - box[0] - ALIKE]
    top = _head(head, columns, partial) if head else []
    notes, below = _notes(words, box)
    yield Found(label, caption, [*top, *rows], len(top), notes, (box, *above, *below))


def _tells(rows: Rows) -> bool:
    """Whether there are rows, and numbers in half of them."""
    filled = [row for row in rows if any(_DIGIT.search(text) for text, *_ in row[1:])]
    return len(rows) > 1 and 2 * len(filled) >= len(rows)


def _short(rows: Rows) -> bool:
    """Whether most cells hold a few words, as those of text in two columns do not."""
    words = [len(text.split()) for row in rows for text, *_ in row[1:] if text]
    return 2 * sum(n > FEW_WORDS for n in words) < len(words)


def _of_data(line: Line, columns: Sequence[Span]) -> bool:
    """Whether most cells of a line hold numbers, or a number with what belongs to it."""
    told = [text_of(words) for (first, _), words in _placed(line, columns).items() if first]
    return len(told) > 1 and 2 * sum(bool(_DATA.match(text)) for text in told) > len(told)


def _flat(parts: Iterable[Line]) -> list[Word]:
    return [word for part in parts for word in part]


def _caption(words: Sequence[Word], box: Box) -> tuple[str, str, list[Box]]:
    """Return the label and the caption that stand above a box, and where."""
    above = [
        part for part in _parts([w for w in words if w["bottom"] < box[1] + NEAR])
        if part[0]["x0"] < box[2] and box[0] < part[-1]["x1"]
    ][-ABOVE:]  # fmt: skip
    told: list[Line] = []
    top = box[1]
    for part in reversed(above):
        size = part[0]["size"]
        if top - part[0]["bottom"] > ADJACENT * size:
            break
        told.insert(0, part)
        top = part[0]["top"]
        if match := _LABEL.match(text_of(_flat(told))):
            place = (min(w["x0"] for w in _flat(told)), top, max(w["x1"] for w in _flat(told)))
            return tidy(match[1]), tidy(match[2]), [(*place, box[1])]
    return "", "", []


def _notes(words: Sequence[Word], box: Box) -> tuple[tuple[str, ...], list[Box]]:
    """Return the notes in small letters below a box, and where they stand."""
    usual = median(word["size"] for word in words)
    left, _, right, bottom = box
    below = [w for w in words if w["top"] > bottom - NEAR and left - ALIKE < w["x0"] < right]
    told: list[str] = []
    low = bottom
    for line in list(lines(below))[:BELOW]:
        size = max(word["size"] for word in line)
        if line[0]["top"] - low > size or size >= usual - 0.3 or line[-1]["x1"] > right + ALIKE:
            break
        told.append(text_of(line))
        low = line[0]["bottom"]
    return tuple(told), [(left, bottom, right, low)] if told else []


# Columns and rows ---------------------------------------------------------------------------------


def _columns(body: Sequence[Line]) -> list[Span]:
    """Return from where to where the columns reach: hardly a line of several has a word between."""
    parted = [[(part[0]["x0"], part[-1]["x1"]) for part in _segments(line)] for line in body]
    several = [parts for parts in parted if len(parts) > 1]
    if not several:
        return []
    size = median(word["size"] for line in body for word in line)
    spans = [span for parts in several for span in parts]
    most = int(len(several) * CROSSING)
    return [part for column in _joined(spans) for part in _parted(column, spans, most, GAP * size)]


def _joined(spans: Iterable[Span], apart: float = 0.0) -> list[Span]:
    """Join what overlaps, or lies less than so far apart."""
    found: list[Span] = []
    for left, right in sorted(spans):
        if found and left - found[-1][1] < apart:
            found[-1] = (found[-1][0], max(found[-1][1], right))
        else:
            found.append((left, right))
    return found


def _parted(column: Span, spans: Sequence[Span], most: int, gap: float) -> list[Span]:
    """Part a column where few lines run over a gap between what many lines fill on either side."""
    own = [span for span in spans if column[0] <= span[0] and span[1] <= column[1]]
    for over in range(1, most + 1):
        for at in sorted({right for _, right in own}):
            left = [span for span in own if span[1] <= at]
            right = [span for span in own if span[0] >= at]
            few = len(own) - len(left) - len(right) <= over
            if not few or min(len(left), len(right)) < 3 * over:
                continue
            first, last = _joined(left), _joined(right)
            if last[0][0] - first[-1][1] > gap / 2:
                return [
                    part for half, told in ((first, left), (last, right))
                    for part in _parted((half[0][0], half[-1][1]), told, most, gap)
                ]  # fmt: skip
    return [column]


def _placed(line: Line, columns: Sequence[Span]) -> _Cells:
    """Say in which columns the words of a line stand; what runs over several is of all of them."""
    cells: _Cells = {}
    for part in _segments(line):
        left, right = part[0]["x0"], part[-1]["x1"]
        over = [c for c, (low, high) in enumerate(columns) if left < high and low < right]
        if over[:1] == [0]:
            over = [0]  # a label that runs over the columns
        if len(over) > 1 and (pieces := _pieces(part, [columns[c] for c in over])):
            for c, piece in zip(over, pieces, strict=True):
                cells.setdefault((c, c), []).extend(piece)
            continue
        if not over:
            middle = (left + right) / 2
            apart = [max(low - middle, middle - high) for low, high in columns]
            over = [apart.index(min(apart))]
        cells.setdefault((over[0], over[-1]), []).extend(part)
    return cells


def _pieces(part: Line, columns: Sequence[Span]) -> list[Line]:
    """Part words that nearly touch by the columns that they stand in; none if one is in two."""
    pieces: list[Line] = [[] for _ in columns]
    for word in part:
        at = [c for c, (low, high) in enumerate(columns) if word["x0"] < high and low < word["x1"]]
        if len(at) != 1:
            return []
        pieces[at[0]].append(word)
    gaps = [b[0]["x0"] - a[-1]["x1"] for a, b in pairwise(pieces)] if all(pieces) else [0.0]
    return pieces if min(gaps) > TOUCHING * part[0]["size"] else []


def _rows(
    band: Sequence[Word], columns: Sequence[Span], *, alone: bool, head: bool = False
) -> Rows:
    """Return the rows between two rules; one that is parted so from the others is one row.

    So is a head, if none of its lines is one of data.

    Lines in one row stand closer than rows, where both are to be seen; else a line goes on where
    the one above leaves a bracket open, or it has no label and begins as none does.
    """
    told = list(lines(band))
    placed = [_placed(line, columns) for line in told]
    closer = _closer(told, placed)
    head = head and not any(_of_data(line, columns) for line in told)
    one = alone and sum(any(last > 0 for _, last in cells) for cells in placed) < 2
    rows = placed[:1]
    for cells, close in zip(placed[1:], closer, strict=True):
        labelled = any(first == 0 for first, _ in cells)
        goes_on = one or close or (not labelled and _ends(rows[-1], cells))
        goes_on = head or (goes_on and not _begins(cells, rows[-1]))
        if goes_on and _joinable(rows[-1], cells):
            for place, words in cells.items():
                rows[-1].setdefault(place, []).extend(words)
        else:
            rows.append(cells)
    return [_row(cells, len(columns)) for cells in rows]


def _closer(told: Sequence[Line], placed: Sequence[_Cells]) -> list[bool]:
    """Say of each line but the first whether it is of the row above by their distance.

    Either that of lines and that of rows are to be told apart, or other cells stand half a line
    above.
    """
    size = median(word["size"] for line in told for word in line)
    gaps = [b[0]["bottom"] - a[0]["bottom"] for a, b in pairwise(told)]
    most = LOOSE * min((gap for gap in gaps if gap > LEADING * size), default=0.0)
    tight = [gap < most for gap in gaps]
    apart = [_begins(cells, above) for above, cells in pairwise(placed)]
    both = sum(a and t for a, t in zip(apart, tight, strict=True))
    spaced = any(gap > most for gap in gaps) and 3 * both <= sum(tight)
    beside = [gap < BESIDE * size and above.keys().isdisjoint(cells)
              for gap, (above, cells) in zip(gaps, pairwise(placed), strict=True)]  # fmt: skip
    return [b or (spaced and t) for b, t in zip(beside, tight, strict=True)]


def _begins(cells: _Cells, above: _Cells) -> bool:
    """Whether a number of a line stands below one that is whole, and so begins a row."""
    told = [(text_of(above.get(place, ())), text_of(words))
            for place, words in cells.items() if place[0] > 0]  # fmt: skip
    return any(_DIGIT.search(a) and _DIGIT.search(b) and not _leads_on(a, b) for a, b in told)


def _ends(above: _Cells, cells: _Cells) -> bool:
    """Whether all of a line ends what the one above leaves open."""
    told = [(text_of(above.get(place, ())), text_of(words)) for place, words in cells.items()]
    return all(a and _leads_on(a, b) for a, b in told)


def _leads_on(above: str, text: str) -> bool:
    """Whether a text ends what the one above it leaves open."""
    return bool(_OPEN.search(above) or _GOES_ON.match(text))


def _joinable(above: _Cells, cells: _Cells) -> bool:
    """Whether no cell would stand in two columns once and in one then."""
    places = above.keys() | cells.keys()
    return all(a == b or a[1] < b[0] or b[1] < a[0] for a in places for b in places)


def _row(cells: _Cells, width: int) -> list[tuple[str, int, int]]:
    row: list[tuple[str, int, int]] = []
    at = 0
    for (first, last), words in sorted(cells.items()):
        row += [("", 1, 1)] * (first - at)
        row.append((text_of(words), 1, last - first + 1))
        at = last + 1
    return row + [("", 1, 1)] * (width - at)


def _head(band: Sequence[Word], columns: Sequence[Span], partial: Sequence[Rule]) -> Rows:
    """Return the rows of the head; rules over some columns part those of several from others."""
    low = min(word["top"] for word in band)
    high = max(word["bottom"] for word in band)
    ends = sorted({round(rule.y) for rule in partial if low < rule.y < high})
    rows: Rows = []
    for top, end in pairwise([low - 1, *ends, high + 1]):
        level = [word for word in band if top <= _height(word) < end]
        below = [rule for rule in partial if abs(rule.y - end) < NEAR]
        cells: _Cells = {}
        for line in lines(level):
            for place, words in _in_head(_segments(line), columns, below):
                cells.setdefault(place, []).extend(words)
        if cells:
            rows.append(_row(cells, len(columns)))
    return rows


def _in_head(
    parts: Sequence[Line], columns: Sequence[Span], below: Sequence[Rule]
) -> Iterator[tuple[tuple[int, int], Line]]:
    """Say over which columns the parts of a line of the head stand: those of the rule below."""
    for rule in below:
        own = [c for c, (low, high) in enumerate(columns)
               if rule.left - NEAR <= (low + high) / 2 <= rule.right + NEAR]  # fmt: skip
        over = [part for part in parts
                if rule.left <= (part[0]["x0"] + part[-1]["x1"]) / 2 <= rule.right]  # fmt: skip
        if own and over and len(own) % len(over) == 0:
            each = len(own) // len(over)  # rules that touch are of as many columns
            for k, part in enumerate(over):
                yield (own[k * each], own[(k + 1) * each - 1]), part
            parts = [part for part in parts if part not in over]
    for part in parts:
        for (first, last), words in _placed(part, columns).items():
            yield from (((c, c), words) for c in range(first, last + 1))
