"""Every number that an article prints, with what it is, its unit and its place.

A number is digits as papers write them, or an English word below one hundred. Kept out are numbers
that are names: references, addresses, identifiers (CD33, NCT01234567, t(9;22)), the 2 of Table 2.
What a number is follows from the words beside it, in a table from its head, row and neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from secondlook.scan.cells import COUNTED, REAL, any_case, p_value, shares
from secondlook.scan.document import Document
from secondlook.scan.layout import CONTINUOUS, Layout

_WORDS = rf"two[- ]thirds|one[- ]third|a third|a quarter|three[- ]quarters|half|none|{COUNTED}"
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_NUMBER = any_case(
    r"(?=[\d<>≤≥~≈.·\\-]|\b[^\Wcgikpqrwxy])"  # what one begins with: it is looked for everywhere
    rf"(?:(?P<date>\b(?:{_MONTHS})\s\d{{1,2}},?\s\d{{4}}(?!\d)|"
    rf"\b\d{{1,2}}\s(?:{_MONTHS})\s\d{{4}}\b)|"
    r"\bversion\s(?P<version>\d{1,3}(?:\.\d{1,4}){1,3})|"
    r"(?P<rel>(?:[<>≤≥~≈]|\\geq?|\\leq?)\s?|\b(?:at least|at most|more than|less than|"
    r"approximately|about|nearly|almost|over|above|below|under|up to)\s)?"
    rf"(?P<number>(?:(?<![\w.,)\]%\u2013-])-)?{REAL}"
    r"(?:\s?[×x]\s?10\s?\^\s?-?\d{1,3}|[eE]-?\d{1,2}(?!\w))?"
    rf"|\b(?:{_WORDS})\b))"
)
_NAME_BEFORE = any_case(
    r"(?:[A-Za-zα-ω_#@]|(?<!\d)/|[A-Za-zα-ω]-|[A-Za-zα-ω]\^\s?|\bt\(|;|[a-z]\d{0,2}\.)$|"
    r"\b(?:grades?|phase|stages?|type)\s?\d/$|"
    r"\b(?:tables?|tab\.|fig(?:ure)?s?\.?|section|sections|ref\.?|refs\.?|references?|eq\.?|equation|"
    r"appendix|suppl\w*|chapter|version|vol\.?|pp?\.|grades?|phase|type|stage|level|CTCAE|"
    r"study|protocol|no\.|approval|number|NCT|ISRCTN|doi:?|stages?)\s?[A-Z]?(?:\d{0,2}[-–]?|\d{1,2},)\s?"
    r"(?:and\s|or\s|to\s)?$"
)
_NAME_WORD = any_case(r"\b(?:phase|grade|type|stage|level|study)s?\s$")
_NAME_AFTER = re.compile(r"[A-Za-zα-ω_@](?!\b(?<=[dhyx]))|-[A-Za-z]{1,3}\d|\.\d{2,}|/[a-z]{2,}\.")
_ATTACHED_UNITS = re.compile(
    r"(?:mg|g|kg|ml|mL|L|l|h|d|y|yrs?|wk|mo|min|s|mm|cm|m|x|st|nd|rd|th|%|°|µ|μ)\b"
)
_ADDRESS = any_case(
    r"https?://\S+|www\.\S+|\b10\.\d{4,9}/\S+|(?<![^\s@])[^\s@]{1,64}@[^\s@.]{1,60}\.\S{1,60}|"
    r"\bNCT\d+|\bISRCTN\d+|\b\d{4}-\d{4}-\d{4}-\d{3,4}[\dX]?|"
    r"\b(?:doi|PMID|PMCID|ORCID)\b:?\s?\S+"
)
_REFERENCE = re.compile(
    r"\[\s?\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,20}\s?\]|(?=\s?\^)(?<=[a-zA-Z.,;)%\]])"
    r"(?<!\bm)(?<!\bcm)(?<!\bR)(?<!\b[XT])\s?\^\{?\s?\d{1,3}"
    r"(?:\s?[,–-]\s?\d{1,3}){0,20}\s?\}?(?!\w)"
)
_TIME = r"(?:years?|yrs?|months?|mo|weeks?|wks?|days?|hours?|hrs?|h|minutes?|mins?|seconds?|d|y)"
_DOSE = (
    r"(?:(?:milli|micro)?grams?|(?:milli)?lit(?:er|re)s?|mg|µg|μg|mcg|g|IU|U|Gy|mmol|mL|ml)"
    r"(?:/(?:m\^?2|m²|kg|d|day|body|mL|ml|dose|h))*"
)
_AFTER_UNIT = re.compile(
    rf"\s?-?\s?(?:(?P<percent>%|per ?cent\b)|(?P<dose>{_DOSE})(?!\w|/d?L)|(?P<time>{_TIME})\b|"
    r"(?P<measure>(?:g|mg|µmol|mmol|pg|ng)/d?m?L|[×x]\s?10\s?\^?\s?[⁰-⁹\d]+\s?/\s?[µμ]?[Ll]|mmHg|"
    r"kg(?:/m\^?2)?|"
    r"cm|mm|°C|kb|bp|blasts|fold|U/L|IU/L|points?|cycles?|courses?|doses?|times))"
)
_PEOPLE = any_case(
    r"\s?(?:\([^)]{0,25}\)\s?)?(?:[A-Za-z/-]{1,20}\s){0,3}(?:patients?|subjects|participants|women|men|"
    r"children|individuals|adults|persons|cases|people|responders|survivors|deaths)\b"
)
_BEFORE = tuple(
    (kind, reach, any_case(rf"(?:{pattern})$"))
    for kind, reach, pattern in (
        ("p", 20, r"\bp(?:[- ]values?)?\*?\s?[=<>≤≥]?\s?(?:of\s)?"),
        ("limit", 65, r"(?:\bC\.?I\.?|confidence (?:interval|limit)s?)[^()\[\]]{0,14}[(\[]?"
         r"[^()\[\]a-z]{0,14}(?:months?|years?|days?|weeks?)?\s?(?:to|and|-|–)?\s?"),
        ("patients", 10, r"\bn\s?[=:]\s?"),
        ("statistic", 35, r"(?-i:χ\^?2|chi-square|\b[FtzZ])\s?(?:\([^)]{1,12}\))?\s?=\s?"),
        ("sd", 5, r"±\s?"),
        ("quartile", 45, r"\b(?:IQR|interquartile|quartiles?)\b[^().]{0,24}"),
        ("range", 40, r"\brang(?:e|ing|ed)\b[^()]{0,24}"),
        ("median", 85, r"\bmedian\b[^().;\d]{0,70}"),
        ("mean", 85, r"\b(?:mean|average)\b[^().;\d]{0,70}"),
        ("estimate", 45, r"\b(?:(?-i:HR|OR|RR)|(?:hazard|odds|risk|rate) ratio|relative risk)\b"
         r"[^.;\d]{0,25}"),
    )
)  # fmt: skip
"""What a number is by the words before it, and how far these reach back."""
_UNITLESS = ("p", "patients", "statistic")
_TIME_BEFORE = any_case(r"\b(?:days?|months?|weeks?|years?|hour)\s(?:\d{1,3},?\s?(?:and|,)?\s?)*$")
_WITHIN = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("limit", r"\bci\b|confidence"),
        ("sd", r"\bsd\b|standard dev|s\.d\."),
        ("quartile", "iqr|quartile"),
        ("range", r"range|\bmin(?:imum)?\b"),
    )
)
"""What a number in brackets is by the words of its head and label, the first that there is."""
_ALONE = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("median", "median"),
        ("mean", "mean"),
        ("range", r"\branges?\b"),
        ("estimate", r"ratio|\b(?:hr|or|rr)\b"),
    )
)
"""What one is that stands alone."""
_DF_BEFORE = re.compile(r"(?:\b[tFr]|χ\^?2|chi2)\s?\((?:\d{1,4}\s?,\s?)?$")


@dataclass(frozen=True)
class Number:
    """A printed number.

    `kind` is one of percent, count, denominator, patients, mean, sd, median, range, quartile,
    estimate, limit, level, p, statistic, df, time, dose, measure, year, date, version, value.
    """

    text: str
    kind: str
    unit: str
    table: int | None
    row: int | None
    column: int | None
    place: str
    near: str

    def as_dict(self) -> dict[str, object]:
        """Return the number as one row."""
        return asdict(self)


def numbers(document: Document) -> list[Number]:
    """List the numbers of an article: title and text first, then table by table."""
    found = [number for each in document.paragraphs for number in _of_text(each.text, each.place)]
    for layout in document.layouts:
        found += _of_table(layout)
    return found


def _of_text(text: str, place: str, table: int | None = None) -> Iterator[Number]:
    """Give the numbers of a text, each with a few words that locate it and no more than that."""
    for (shown, at), kind, unit in read(text):
        before = " ".join(text[max(0, at - 60) : at].split()[-4:])
        after = " ".join(text[at : at + 60].split()[:4])
        yield Number(shown, kind, unit, table, None, None, place, f"{before} {after}".strip())


def read(text: str) -> Iterator[tuple[tuple[str, int], str, str]]:
    """Find the numbers of a text: (printed text, position), kind, unit."""
    text = _ADDRESS.sub(lambda m: " " * len(m.group()), text)
    text = _REFERENCE.sub(lambda m: " " * len(m.group()), text)
    for match in _NUMBER.finditer(text):
        if (named := match.lastgroup) in ("date", "version"):
            yield (match[named], match.start(named)), named, ""
            continue
        start, end = match.start("number"), match.end("number")
        before, after = text[max(0, start - 120) : start], text[end : end + 60]
        if match["rel"]:
            before = before[: len(before) - len(match["rel"])]
        if _DF_BEFORE.search(before[-20:]) and re.match(r"(?:\s?,\s?\d{1,6})?\s?\)\s?[=<>]", after):
            yield (match["number"], start), "df", ""
            continue
        if _is_name(match["number"], before, after):
            continue
        kind, unit = _kind(match["number"], before + (match["rel"] or ""), after)
        relation = re.sub(r"\\geq?", "≥", re.sub(r"\\leq?", "≤", match["rel"] or ""))
        shown = f"{relation.strip() if len(relation) < 4 else relation}{match['number']}"
        yield (shown, start), kind, unit


def _is_name(number: str, before: str, after: str) -> bool:
    if number[0].isalpha():
        return bool(
            re.match(
                r"-(?!year|month|day|week|hour)[a-z]+ of|\s(?:of the (?:most|first)|another)", after
            )
        )
    before = before[-60:]
    if _NAME_WORD.search(before[-10:]) and (len(number) > 2 or _PEOPLE.match(after)):
        return False
    if _NAME_BEFORE.search(before) and not re.search(r"\b(?:p|n|x)\s?$", before, re.IGNORECASE):
        return True
    return bool(_NAME_AFTER.match(after)) and not _ATTACHED_UNITS.match(after)


def _kind(number: str, before: str, after: str) -> tuple[str, str]:
    ranged = re.match(r"\s?%?\s?(?:-|–|to|and|or|/)\s?[\d.·]+", after)
    told = _AFTER_UNIT.match(after) or (ranged and _AFTER_UNIT.match(after, ranged.end()))
    unit_kind = (told and told.lastgroup) or ""
    unit = told[unit_kind] if told else ""
    if re.match(r"\s?%\s?(?:CI|confidence|C\.I)", after):
        return "level", "%"
    for kind, reach, pattern in _BEFORE:
        may_be = unit_kind != "percent" or kind not in ("median", "mean")
        if may_be and pattern.search(before, max(0, len(before) - reach)):
            return kind, "" if kind in _UNITLESS else unit
    if unit_kind:
        return unit_kind, unit
    if _PEOPLE.match(after):
        return "patients", "patients"
    if timed := _TIME_BEFORE.search(before):
        return "time", timed[0].split()[0]
    if re.fullmatch(r"(?:19|20)\d\d", number):
        return "year", ""
    if re.search(r"\bof(?: the| all)?\s?$|\d\s?/\s?$", before):
        return "denominator", ""
    if "." in number or "·" in number:
        return "value", ""
    return "count", ""


def _of_table(layout: Layout) -> Iterator[Number]:
    table = layout.table
    yield from _of_text(table.caption, f"{table.label}, caption", table.index)
    for note in table.notes:
        yield from _of_text(note, f"{table.label}, footnotes", table.index)
    for r, row in enumerate(table.grid):
        for c, cell in enumerate(row):
            if not cell.first or not cell.text.strip():
                continue
            place = layout.place(r, c)
            for shown, kind, unit in _of_cell(layout, r, c, cell.text):
                yield Number(shown, kind, unit, table.index, r, c, place, layout.context(r))


def _of_cell(layout: Layout, r: int, c: int, text: str) -> Iterator[tuple[str, str, str]]:
    if r < layout.head or c < layout.labels:
        for (shown, _), kind, unit in read(text):
            yield shown, "patients" if kind == "count" and r < layout.head else kind, unit
        return
    if c in layout.p_columns and (p := p_value(text)):
        yield p, "p", ""
        return
    sayings = f"{layout.context(r)} {layout.heads[c]}"
    spoken = [s for s in shares(text) if s.sign or not CONTINUOUS.search(sayings)]
    told = list(read(text))
    inner = 0
    for (shown, at), kind, unit in told:
        share = next((s for s in spoken if s.start <= at < s.start + len(s.text)), None)
        if share is not None:
            bare = shown.replace("·", ".")
            of = inner and bare.replace(",", "") == str(share.over)
            kind = "percent" if bare == share.percent else "denominator" if of else "count"
            inner += 1
        elif kind in {"count", "value", "denominator", "range", "measure", "time"}:
            kind = _of_position(sayings, text, at, kind, len(told))
        yield shown, kind, "%" if kind == "percent" else unit


def _of_position(sayings: str, text: str, at: int, kind: str, several: int) -> str:
    """Say what a number of a cell is from the head, the label and the brackets around it."""
    before, lower = text[:at], sayings.lower()
    behind_sign = "±" in before
    within = len(re.findall(r"[(\[]", before)) > len(re.findall(r"[)\]]", before))
    within = within or (several > 1 and behind_sign)
    if behind_sign:
        lower += " sd"
    for told, pattern in _WITHIN if within else _ALONE:
        if pattern.search(lower):
            return told
    share = "%" in sayings and kind in {"count", "value"} and not re.search(r"\bn\b|no\.", lower)
    return "percent" if share and not (within and several > 1) else kind
