"""A test statistic with its degrees of freedom, held against the P printed with it.

P is recomputed over every value that the statistic may have been rounded from. What statcheck
(Nuijten et al. 2016, Behav Res Methods 48, 1205-1226) calls an inconsistency is a question here,
unless the decision at 0.05 changes or the P is far off: corrected degrees of freedom, one-sided
tests and adjusted P values are ordinary, and often told only in the methods.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from scipy import special

from secondlook import printed as numbers
from secondlook.scan.cells import (
    COUNTED,
    DECIMAL,
    MARK,
    any_case,
    numeral,
    p_bounds,
    p_value,
    with_exponents,
)
from secondlook.scan.checks.methods import OF_OTHERS, ONE_SIDED, PEOPLE
from secondlook.scan.document import Document, Paragraph
from secondlook.scan.findings import A_UNIT, Finding, Level, in_text, told_range
from secondlook.scan.layout import Layout, sizes

_KINDS = (
    (
        "chi2",
        r"(?:[χΧ]|\b[Cc]hi|\b[Xx])[-\s_]{0,2}(?:\^?2|²|squared?)?(?:\s?\^2)?"
        r"|\bLR statistic|\bQ(?:-?w(?:ithin)?|-?b(?:etween)?)?|(?<![A-Za-z])i2|\bH",
    ),
    ("F", r"\b[Ff]"),
    ("t", r"\bt"),
    ("z", r"\b[zZ](?![- ]?score)"),
    (
        "r",
        r"\b(?:[rR](?:\s?(?:\^2|²)|[_ ]?s)?|rho|ρ)|"
        r"(?<![Cc]lass )[Cc]orrelation(?: coefficients?)?(?: ?\([rR]s?\))?,?",
    ),
    ("wald", r"\b[Ww]ald"),
)
_DF_NUMBER = r"\d{1,5}(?:[.·]\d{1,3})?"
_PATTERNS = {
    kind: re.compile(
        rf"(?:{name})(?:[- ](?:statistic|value|test))?\s?"
        rf"(?:[(\[]\s?(?P<df1>{DECIMAL})(?:\s?[,;/ ]\s?(?:[nN]\s?=\s?(?P<n>{DECIMAL})|"
        rf"(?P<df2>{DECIMAL})))?\s?[)\]]|(?P<below1>\d{{1,4}}(?:[.·]\d{{1,3}})?)(?:,\s?(?P<below2>{_DF_NUMBER}))?\)?)?\s?(?P<is>[=<>:]|of\b)\s?"
        rf"(?P<value>[–-]?\s?(?:\d{{1,3}},\d{{1,2}}(?!\d|,\d)|{DECIMAL}))"
        rf"(?:\s?[–-]\s?(?P<to>{DECIMAL}))?"
        rf"(?:\s?[,;]?\s?\(?[dD]\.?[fF]\.?\s?[=:]?\s?(?P<df>{_DF_NUMBER})(?:[,/]\s?(?P<more>{_DF_NUMBER}))?\)?)?"
    )
    for kind, name in _KINDS
}
_RELATION = re.compile("[=<>]")
_COMMA = re.compile(r",(?=\d{1,2}$)")
"""A comma before decimals: F = 4,50."""
_EFFECT = (
    rf"(?:95\s?%\s?CI\s?[:=]?\s?-?{DECIMAL}\s?(?:to|[,;–-])\s?-?{DECIMAL}|"
    r"(?:M\.?S\.?E\.?|(?:Cohen['’]s )?d|(?:partial )?(?:[ηƞ]|eta)[-_ ]?p?(?:artial)?\s?(?:\^?2|²|"
    rf"squared)?(?:_?p)?|φ|phi|V|[nN])\s?=\s?-?{DECIMAL})"
)
_P = (
    r"(?:(?:two|2)-(?:tailed|sided) )?[pP](?:\s?-?\s?values?|['’]?s)?\s?(?P<rel>[=<>≤≥])\s?"
    rf"(?P<p>[.]\s\d{{2,3}}|{DECIMAL}(?:[eE]-?\d{{1,3}})?)(?![.]\d)"
)
_P_BEHIND = re.compile(
    rf"(?:\s?[,;]\s?{_EFFECT}){{0,2}}(?:\s?[,;(]){{0,2}}\s?(?:(?:and|with)\s)?{_P}|"
    r"(?:\s?[,;])?,?\s?(?P<ns>n\.?s\b)"
)
_P_BEFORE = re.compile(rf"(?:^|[(\[])\s?{_P}\s?{MARK}\s?[,;]\s?$")
"""A P that begins a bracket or a cell, before its statistic: ``(P = 0.04, t = 2.10)``."""
_P_OF_ALL = re.compile(rf"\b(?:all|both)\s(?:of the\s)?{_P}")
_BEFORE_ALL = re.compile(r"[(\[]|\.\s+(?=[A-Z])|\b[pP]\s?[=<>≤≥]")
"""What those before a P of all of them do not reach beyond."""
_SIZE = re.compile(r"\b[nN]\s?=\s?(\d{1,6})\b")
_ETA = re.compile(
    r"(?P<name>(?:[Pp]artial )?(?:[ηƞ]|\b[Ee]ta)[-_ ]?p?(?:artial)?\s?(?:\^?2|²|squared)(?:_?p)?)"
    rf"\s?=\s?(?P<eta>{DECIMAL})"
)
_SQUARED = re.compile(r"[rR]\s?(?:\^2|²)")
_SPELLED = any_case(rf"\b({COUNTED}) (?:\w+ ){{0,2}}{PEOPLE}\b")
"""A number of patients in words."""
FEWEST_SPELLED = 10
"""Fewer may be all that a protocol spells out."""
LONGEST_P = 30
"""Letters of a P before its statistic."""
_LOST = re.compile(r"^F\s?[(\[][1-9]{2}\d{1,3}[)\]]")
"""Two degrees of freedom that lost their comma."""
_UNSURE = re.compile(rf"[Ww]ald|H|{_LOST.pattern}")
"""A letter that other tests use too, or digits that could be read otherwise."""
_ONE_SIDED_BESIDE = any_case(rf"{ONE_SIDED.pattern}|directional|non-?inferior")
_OF_POWER = any_case(r"sample size|\bpower\b|\bcalculat")
_RAISED = re.compile(r"false discovery|corrected for|correction for|adjusted p")
"""With one of these in the text, in small letters, a P may be larger than that of its statistic,
some thirtyfold."""
_RAISED_OF_PAIRS = re.compile(r"bonferroni|holm\b|hochberg|tukey|dunnett|scheff|sidak")
"""With one of these the P of a comparison of two may be."""
_OF_EQUIVALENCE = re.compile(r"\bequivalen|\btost\b")
"""The statistic beside its P may be that of the test of no difference."""
LONGEST_SENTENCE = 2000
_SENTENCE = re.compile(r"[.?!]\s+(?=[A-Z])")
_OTHER = re.compile(r"satterthwaite|kenward|permutation|bootstrap|clustered")
"""With one of these it may be any."""
MOST_TIMES = 4
"""How often a patient may be measured, so that a correlation is of more than there are."""
FEWEST = 4.0
"""Degrees of freedom that a t without any has at least, where no sizes are told."""
_TRIED: dict[str, list[list[tuple[float, ...]]]] = {
    "chi2": [[(float(d),)] for d in range(1, 11)],
    "F": [[(1e9, 1e9), (1.0, 1e9), *((d, 8.0) for d in (1.0, 2.0, 4.0))]],
}
"""Degrees of freedom that are tried where none are printed, and with those of a list all between.

Those of the numerator of F may be many: there are many genotypes.
"""
OF_ONE_SIDE = "holds if the test was one-sided, which is not told here"
HALVED = "holds if the P was halved"
OF_MORE = "as others of its column it holds with more degrees of freedom than are printed"
UNSAID = (OF_ONE_SIDE, HALVED, OF_MORE)
ALIKE = 3
"""Tests of a column that hold with more degrees of freedom, before these are doubted."""
GIVEN = "F and its degrees of freedom give it"
OF_ANOTHER = "F and its degrees of freedom give another; is it of another effect, or test?"
_NO_P = re.compile(
    r"(?<![βγ] )\b[pP](?:[- ]values?)?\s?(?:>\s?1(?:\.0{1,3})?|=\s?(?:(?!1\.0+\b)[1-9]\d?\.\d{1,4}|"
    r"0\d{1,4}(?=[\s),;\]]|$)|-\s?0?\.\d{1,4}))(?![\d.,]*\s?[×x*%eE\d/^±])"
)
"""A P of more than one or of less than none: p = 2.51, p = 039, P = -0.427."""
_ABOVE_ONE = re.compile(
    r"(?:[pP]\s?)?[=<>]?\s?(?:0\d{1,4}|[2-9]|\d{2,4}|[1-9]\d?\.\d{1,4})[*†‡§]{0,3}"
)
LEAST_P = 5
"""P values of a column beside which a number above 1 may be one that lost its point."""
_SIGNLESS = re.compile(
    rf"(?P<name>\bt|\b[Zz]|χ\^?2)\s?(?=-?{DECIMAL}\s(?:df\s?\d{{1,3}}\s)?[pP]\s?[=<>])"
)
_P_IN_BRACKETS = re.compile(rf"(?<=\d)\s?\(\s?(?P<is>[<>≤≥=]?)\s?(?P<p>0?[.]\d{{1,6}})\s?{MARK}\)")


@dataclass(frozen=True)
class Statistic:
    """A reported test: its statistic, degrees of freedom and P as printed.

    `one_sided` says that the text tells of one-sided tests; which of its tests are, it need not.
    `most` is the largest number of patients that a correlation without any may be of, `fewest` are
    the degrees of freedom that a t without any has at least; `raised` says that the sentence of the
    test tells of a correction.
    """

    kind: str
    text: str
    df: tuple[float, ...]
    relation: str
    value: str
    p: str
    one_sided: bool
    most: int = 0
    raised: bool = False
    fewest: float = FEWEST

    @property
    def squared(self) -> bool:
        """Whether it is the square of a correlation."""
        return self.kind == "r" and bool(_SQUARED.match(self.text))

    @property
    def signed(self) -> bool:
        """Whether a one-sided test of it exists."""
        return self.kind in {"t", "z", "r"} or (self.kind == "chi2" and self.df == (1.0,))

    def p_range(self, df: tuple[float, ...]) -> tuple[float, float]:
        """Return the least and the largest two-sided P over the rounding of the statistic."""
        number = numbers.parse(self.value)
        half = number.unit / 2
        size = abs(number.value)
        low = float(max(Fraction(0), size - half))
        high = math.inf if self.relation == ">" else float(size + half)
        low = 0.0 if self.relation == "<" else low
        return self._p(high, df), self._p(low, df)

    def _p(self, value: float, df: tuple[float, ...]) -> float:
        if self.kind == "chi2":
            return float(special.chdtrc(df[0], value))
        if self.kind == "F":
            return float(special.fdtrc(df[0], df[1], value))
        if self.kind == "z":
            return 2 * float(special.ndtr(-value))
        if self.kind == "r":
            r = min(math.sqrt(value) if self.squared else value, 1 - 1e-15)
            value = r * math.sqrt(df[0] / (1 - r * r))
        return 2 * float(special.stdtr(df[0], -value))


def statistics(text: str, most: int = 0, one_sided: bool = False) -> Iterator[Statistic]:
    """Find the tests that a text reports with a P, of an article of at `most` so many patients."""
    if not _RELATION.search(text):
        return
    text = with_exponents(text)
    one_sided = one_sided or bool(_ONE_SIDED_BESIDE.search(text))
    of_all = list(_P_OF_ALL.finditer(text))
    for kind, pattern in _PATTERNS.items():
        for match in pattern.finditer(text):
            told = (
                _P_BEHIND.match(text, match.end())
                or _of_all(text, match, of_all)
                or _P_BEFORE.search(text, max(0, match.start() - LONGEST_P), match.start())
            )
            df = _df(kind, match, exact=bool(told["p"])) if told else None
            if told is None or df is None:
                continue
            if kind == "r" and not df:
                size = _SIZE.search(told[0])
                df = (float(size[1]) - 2,) if size and int(size[1]) > 2 else ()
                if not df and most <= 2:
                    continue
            p = f"{told['rel']}{told['p']}".removeprefix("=") if told["p"] else ">.05"
            p = p.replace(" ", "")
            value = _value(match)
            if numbers.parse(p).value > 1 or (kind == "r" and abs(numbers.parse(value).value) > 1):
                continue
            behind = told.start() == match.end()
            said = text[match.start() : told.end()] if behind else f"{match[0]}, {told[0]}"
            around = _sentence(text, match.start()).lower()
            if _OF_EQUIVALENCE.search(around):
                continue
            raised = bool(_RAISED.search(around) or _RAISED_OF_PAIRS.search(around))
            relation = match["is"] if match["is"] in "<>" else "="
            test = Statistic(kind, said.strip(), df, relation, value, p, one_sided, most, raised)
            yield _likeliest(test)
            if match["to"] and p[0] in "<>≤≥":
                yield _likeliest(replace(test, value=match["to"]))


def _value(match: re.Match[str]) -> str:
    """Return the statistic of a match with a point before its decimals and a plain minus."""
    return _COMMA.sub(".", match["value"].replace(" ", "").replace("–", "-").replace("·", "."))


def _sentence(text: str, at: int) -> str:
    """Return the sentence of a text that stands at a place, or what of it is near."""
    first, last = max(0, at - LONGEST_SENTENCE), at + LONGEST_SENTENCE
    start = max((m.end() for m in _SENTENCE.finditer(text, first, at)), default=first)
    end = _SENTENCE.search(text, at, last)
    return text[start : end.start() if end else last]


def _of_all(text: str, match: re.Match[str], of_all: list[re.Match[str]]) -> re.Match[str] | None:
    """Return the P of all tests of a list, if one stands behind it: ``both p < 0.05``."""
    told = next((each for each in of_all if each.start() >= match.end()), None)
    alone = told is None or _BEFORE_ALL.search(text, match.end(), told.start())
    return None if alone else told


def _likeliest(test: Statistic) -> Statistic:
    """Return the test as it agrees best with its P, where its digits can be read in two ways."""
    ways = [test]
    if test.kind == "wald":  # it is the square of z, or z
        ways = [replace(test, kind="chi2", df=(1.0,)), replace(test, kind="z")]
    elif test.kind == "F" and len(test.df) == 1 and _LOST.search(test.text):
        df = f"{test.df[0]:.0f}"  # F(1127), of 1 and 127
        return replace(test, df=(float(df[0]), float(df[1:])))
    elif "," in test.value and "." not in test.value and test.df:
        ways = [replace(test, value=test.value.replace(",", ".")), test]  # F = 2,752
    return min(ways, key=apart)


def apart(test: Statistic) -> float:
    """Return how far a P is from those that any usual degrees of freedom give, in log odds."""
    lower, upper = p_bounds(test.p)
    return min(
        log_odds_apart(least, upper) if upper < least
        else log_odds_apart(most, lower) if most < lower else 0.0
        for least, most in _ranges(test)
    )  # fmt: skip


def _ranges(test: Statistic) -> list[tuple[float, float]]:
    """Return the least and the largest P of each way to take the degrees of freedom."""
    told = ([end for df in way for end in test.p_range(df)] for way in _ways(test))
    return [(min(ends), max(ends)) for ends in told]


def _ways(test: Statistic) -> list[list[tuple[float, ...]]]:
    """Give the printed degrees of freedom, or those tried, with all between those of a list."""
    if test.kind == "z" or len(test.df) == (2 if test.kind == "F" else 1):
        return [[test.df]]
    if test.kind == "r":
        return [[(test.most - 2.0,), (1.0,)]]
    if test.kind == "t":
        return [[(1e9,), (test.fewest,)]]
    return [[(*test.df, 1e9), (*test.df, 4.0)]] if test.df else _TRIED[test.kind]


def _df(kind: str, match: re.Match[str], *, exact: bool) -> tuple[float, ...] | None:
    """Return the degrees of freedom, () where none are printed; None where they do not fit."""
    inside = match["df1"] or match["df"] or ""
    if kind == "F" and re.search(r"[,.]", inside) and not (match["df2"] or match["more"]):
        return _df_of(re.split("[,.]", inside, maxsplit=1))  # F(1,315), and so F(1.315)
    first = match["df1"] or match["df"] or match["below1"]
    df = _df_of([first, match["df2"] or match["more"] or match["below2"]])
    exact = exact and "." in _value(match)
    if df is None:
        return None
    if kind in {"z", "wald"}:
        return ()
    if kind in "tr" and match["below1"] and df[0] < 5:
        return None  # t2 may be a second time
    named = match.string[match.start() : match.start("below1")]
    if kind == "chi2" and match["below1"] and "2" not in named:
        return None  # the 2 of the square stands behind the degrees of freedom
    if kind == "F":
        return df if len(df) == 2 or (df and exact) else None
    if kind == "chi2":
        return df[:1] if len(df) < 2 or df[0] < df[1] else None  # χ2(1, 85) of 85 patients
    alone = not df and exact and (kind == "t" or match["is"] not in "<>")
    return df if len(df) == 1 or alone else None


def _df_of(told: Sequence[str | None]) -> tuple[float, ...] | None:
    df = tuple(float(numbers.parse(text).value) for text in told if text)
    return None if any(d <= 0 for d in df) or len(df) > 2 else df


def consistent(test: Statistic, *, cut: bool = False) -> bool:
    """Whether some value that rounds to the statistic gives a P that prints as it is printed.

    The P is two-sided, or one-sided where the text tells of such; `cut` lets its digits be cut.
    """
    return _prints(test, test.p_range(test.df), cut)


def _prints(test: Statistic, p: tuple[float, float], cut: bool = False) -> bool:
    """Whether some P of a range prints as that of the test."""
    interval = numbers.admits(test.p)
    bounds = interval.truncated if cut else interval.rounded
    of_two = test.signed or test.df[:1] == (1.0,)
    for sides in (2, 1) if test.one_sided and of_two else (2,):
        low, high = (each * sides / 2 for each in p)
        if float(bounds.lower) <= high and low <= float(bounds.upper):
            return True
    return False


def corrections(document: Document) -> list[bool]:
    """Say whether the text tells of P raised, of those of pairs raised, or of any other."""
    said = document.text.lower()
    return [bool(pattern.search(said)) for pattern in (_RAISED, _RAISED_OF_PAIRS, _OTHER)]


def one_sided(document: Document) -> bool:
    """Whether the article tells of one-sided tests that were made."""
    told = [p for p in document.paragraphs if not OF_OTHERS.search(p.section)] + _notes(document)
    texts = (paragraph.text for paragraph in told if ONE_SIDED.search(paragraph.text))
    sentences = (sentence for text in texts for sentence in _SENTENCE.split(text))
    return any(ONE_SIDED.search(s) and not _OF_POWER.search(s) for s in sentences)


def _notes(document: Document) -> list[Paragraph]:
    notes = ((t.label, *each) for t in document.tables for each in enumerate(t.notes, 1))
    return [Paragraph(f"{label}, footnote", i, note) for label, i, note in notes]


def check_statistics(
    document: Document, layouts: Sequence[Layout], told: list[bool], sided: bool = False,
    stated: Collection[int] = (),
) -> list[Finding]:  # fmt: skip
    """Judge every test that the text reports with its P; `told` are the `corrections`.

    A correlation is at most of all groups of a table, or of the largest of the `stated` sizes and
    those of the text; a few times each, where more than one needs that.
    """
    heads = [sum(layout.sizes.values()) for layout in layouts]
    own_texts = [p.text for p in document.paragraphs if not OF_OTHERS.search(p.section)]
    printed = [*heads, *stated, *(n for text in own_texts for n in sizes(text))]
    spelled = (numeral(word) or 0 for text in own_texts for word in _SPELLED.findall(text))
    most = 11 * max([*printed, *(n for n in spelled if n >= FEWEST_SPELLED)], default=0) // 10
    reported: list[tuple[Paragraph, int, Statistic]] = []
    for paragraph in (*document.paragraphs, *_notes(document)):
        own = 0 if OF_OTHERS.search(paragraph.section) else most
        if paragraph.section.startswith("Figure"):
            own = max(map(int, _SIZE.findall(paragraph.text)), default=own)
        tests = enumerate(statistics(paragraph.text, own, sided))
        reported += ((paragraph, *each) for each in tests)
    again = {test.value for *_, test in reported if apart(test) > 0 == apart(_repeated(test))}
    if len(again) > 1:
        reported = [(paragraph, part, _repeated(test)) for paragraph, part, test in reported]
    in_brackets = (test for *_, test in reported if test.kind == "r" and test.df)
    as_df = [(consistent(test), _of_size(test) is not None) for test in in_brackets]
    if as_df.count((False, True)) > max(1, as_df.count((True, False))):  # r(21) of 21 patients
        reported = [(paragraph, part, _of_size(test) or test) for paragraph, part, test in reported]
    found: list[Finding] = []
    for paragraph, part, test in reported:
        level, recomputed, reading = judge(test, *told)
        if level == "fails" and _UNSURE.match(test.text):
            level = "question"
        against = test.text, test.p, recomputed, reading, part
        found.append(in_text("statistic", level, paragraph, *against))
    for layout in layouts:
        fewest = fewest_of(layout, stated)
        in_cells: list[tuple[Finding, Statistic]] = []
        for r, c, text in _of_table(layout):
            for part, each in enumerate(statistics(text, 0, sided)):
                test = replace(each, fewest=fewest)
                level, recomputed, reading = judge(test, *told)
                against = test.text, test.p, recomputed, reading, part
                finding = layout.finding("statistic", level, r, c, *against)
                in_cells.append((finding, test))
        found += _of_more(in_cells)
    return [*once(found), *_effects(document), *_impossible(document, layouts)]


def _repeated(test: Statistic) -> Statistic:
    """Return a correlation as of patients who were measured a few times."""
    return replace(test, most=MOST_TIMES * test.most)


def _of_size(test: Statistic) -> Statistic | None:
    """Return a correlation as of so many patients as its brackets say, if these give its P."""
    if test.kind != "r" or len(test.df) != 1 or test.df[0] <= 2:
        return None
    of = replace(test, df=(test.df[0] - 2,))
    return of if consistent(of) else None


def fewest_of(layout: Layout, stated: Collection[int]) -> float:
    """Return the degrees of freedom that a t of a table has at least.

    Two groups have more than the smaller has patients; half of these may lack a datum.
    """
    return max(FEWEST, min(layout.sizes.values() or stated, default=0) // 2)


def _of_more(told: list[tuple[Finding, Statistic]]) -> Iterator[Finding]:
    """Doubt the degrees of freedom of a column where nearly all that do not hold do so with more.

    They may be the sizes of classes, and the tests of a model of all.
    """
    more = [
        finding.level != "holds" and test.kind == "t" and len(test.df) == 1
        and _prints(test, (test.p_range((1e9,))[0], test.p_range(test.df)[1]))
        for finding, test in told
    ]  # fmt: skip
    off = Counter(finding.column for finding, _ in told if finding.level != "holds")
    columns = Counter(finding.column for (finding, _), m in zip(told, more, strict=True) if m)
    for (finding, _), m in zip(told, more, strict=True):
        often = columns[finding.column]
        doubted = m and often >= ALIKE and 10 * often >= 8 * off[finding.column]
        yield replace(finding, level="question", reading=OF_MORE) if doubted else finding


def once(found: list[Finding], readings: Sequence[str] = UNSAID) -> list[Finding]:
    """Ask once of three and more statistics that the same unsaid thing would explain."""
    for reading in readings:
        asked = [f for f in found if f.reading == reading]
        if len(asked) > 2:
            others = [f for f in found if f.reading != reading]
            found = [*others, replace(asked[0], reading=f"{reading}; so of {len(asked) - 1} more")]
    return found


def _impossible(document: Document, layouts: Sequence[Layout]) -> list[Finding]:
    """Find a P of more than one or of less than none."""
    reading = "a P is between 0 and 1; is its point misplaced, or is it no P?"
    found = [
        in_text("statistic", "question", paragraph, match.group(), "1", "", reading, part)
        for paragraph in (*document.paragraphs, *_notes(document))
        for part, match in enumerate(_NO_P.finditer(with_exponents(paragraph.text)))
    ]
    cells = [(layout, *each) for layout in layouts for each in layout.cells()]
    told = [(layout, r, c, match[0]) for layout, r, c, cell in cells
            for match in _NO_P.finditer(with_exponents(cell.line))]  # fmt: skip
    others = [(layout, *each) for layout in layouts for each in _among_p_values(layout)]
    told += [one for one in others if _ABOVE_ONE.fullmatch(one[3]) and not _NO_P.search(one[3])]
    for layout, r, c, text in told:
        found.append(layout.finding("statistic", "question", r, c, text, "1", "", reading))
    return once(found, [reading])


def _among_p_values(layout: Layout) -> Iterator[tuple[int, int, str]]:
    """Yield what is no P value in a column of which nearly all is one."""
    for c in layout.p_columns:
        cells = [(r, row[c]) for r, row in enumerate(layout.grid) if r >= layout.head]
        told = [(r, x.line.strip()) for r, x in cells if x.first and re.search(r"\d", x.text)]
        other = [(r, text) for r, text in told if p_value(text) is None]
        if len(told) > LEAST_P and len(other) <= max(1, len(told) // 10):
            yield from ((r, c, text) for r, text in other)


def _of_table(layout: Layout) -> Iterator[tuple[int, int, str]]:
    """Return the cells that may hold a test, with the P of the row where they have none."""
    for r, c, cell in layout.cells():
        text = _SIGNLESS.sub(r"\g<name> = ", cell.line.replace("·", "."))
        if "=" not in text:
            continue
        text = _P_IN_BRACKETS.sub(lambda m: f", p {m['is'] or '='} {m['p']}", text)
        p = next((column for column in layout.p_columns if column > c), None)
        if p is not None and not re.search(r"[pP]\s?[=<>]", text):
            value = p_value(layout.grid[r][p].text)
            relation = "" if value and value[0] in "<>≤≥" else "= "
            text = f"{text}, p {relation}{value}" if value else text
        yield r, c, text


def judge(test: Statistic, raised: bool, pairs_raised: bool, other: bool) -> tuple[Level, str, str]:
    """Say whether a statistic gives its P, which P it gives, and how that was read."""
    if _ways(test) != [[test.df]]:
        return _judge_without_df(test, other)
    low, high = test.p_range(test.df)
    recomputed = told_range(low, high)
    if consistent(test):
        return "holds", recomputed, "the statistic gives the P"
    if consistent(test, cut=True):
        return "holds", recomputed, "the digits of the P cut"
    if test.kind == "chi2" and re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", test.value):
        # Below its degrees of freedom a chi-square has a large P, whatever was mistyped.
        grouped = replace(test, value=test.value.replace(".", ""))
        if float(test.value) < test.df[0] and consistent(grouped):
            reading = f"holds of {grouped.value}, if the point groups thousands"
            return "question", recomputed, reading
    if test.signed and consistent(replace(test, one_sided=True)):
        return "question", recomputed, OF_ONE_SIDE
    if numbers.parse(test.p).relation == "=" and _halved(test):
        return "question", recomputed, HALVED
    if test.kind == "F" and consistent(replace(test, df=test.df[::-1])):
        second, first = (f"{df:g}" for df in test.df)
        return "question", recomputed, f"holds with {first} and {second} degrees of freedom"
    if test.kind == "F" and test.df[0] > 1 and _between(test):
        return "question", recomputed, "holds with degrees of freedom corrected for sphericity"
    p = float(numbers.parse(test.p).value)
    near = min(max(p, low), high)
    half = min(max(p, low / 2), high / 2)
    if test.signed and abs(half - p) < abs(near - p):
        near = half
    beyond = abs(near - p) > 1.5 * float(numbers.parse(test.p).unit)
    flips = beyond and _significant(test.p, p) != (near < 0.05)
    far = beyond and log_odds_apart(near, p) > math.log(2)
    both = test.kind == "z" and p < 0.05 and near < 0.05  # a letter that other tests use too
    of_two = test.kind in "tzr" or test.df[0] == 1
    raised = raised or (pairs_raised and of_two)
    larger = near < p < 30 * near
    if test.raised and larger:
        return "holds", recomputed, "the P raised by the correction that is told beside it"
    corrected = other or (raised and larger)
    if (flips or far) and not (corrected or both):
        of = " with its degrees of freedom" if test.kind == "F" else ""
        why = f"the statistic{of} and the P do not agree"
        if flips:
            own, printed = ("above", "below") if near >= 0.05 else ("below", "above")
            why = f"the statistic{of} gives a P {own} 0.05, and the printed one is {printed} it"
        return "fails", recomputed, why
    if not beyond:
        reading = f"{A_UNIT} from the P that the statistic gives"
    elif corrected and (flips or far):
        reading = "the statistic gives another P; corrected, as the text tells of some?"
    elif far:
        reading = "the statistic gives another P; is it of another test?"
    else:
        reading = "the statistic gives a slightly different P; another test?"
    return "question", recomputed, reading


def _judge_without_df(test: Statistic, other: bool) -> tuple[Level, str, str]:
    """Judge a test by the P that any usual degrees of freedom give."""
    ranges = _ranges(test)
    for way, between in zip(_ways(test), ranges, strict=True):
        if _prints(test, between):
            told = f"{way[0][0]:g} degree(s)" if test.kind == "chi2" else "some degrees"
            return "holds", told_range(*between), f"with {told} of freedom, not printed"
    (least, largest), (_, most) = min(ranges), max(ranges)
    half = least / 2, most / 2
    if test.signed and _prints(test, half):
        return "question", told_range(*half), OF_ONE_SIDE
    number = numbers.parse(test.p)
    p, unit = float(number.value), 1.5 * float(number.unit)
    if number.relation == "=" and least - unit <= p <= most + unit:
        reading = f"{A_UNIT} from the P that the statistic gives"
        return "question", told_range(least, largest), reading
    if test.kind == "r":
        reading = f"a correlation of {test.most} measurements has a larger P"
        return "question", told_range(least, most), reading
    if not other and test.relation == "=" and p < least / 4:
        return "fails", told_range(least, largest), "with any degrees of freedom, or more"
    reading = "degrees of freedom are not printed, and no usual ones give this P"
    usual = replace(test, fewest=FEWEST)
    if usual != test and _judge_without_df(usual, other)[0] == "holds":
        reading = f"t gives it only with fewer than {test.fewest:g} degrees of freedom; of others?"
    return "question", told_range(least, most), reading


def _effects(document: Document) -> list[Finding]:
    """Hold an eta squared against the F before it: partial ones are F df1 / (F df1 + df2).

    Others are smaller, unless most of an article are as partial ones. Where most differ, they are
    of something else, and it is asked once.
    """
    found: list[Finding] = []
    for paragraph in document.paragraphs:
        for part, match in enumerate(_ETA.finditer(paragraph.text)):
            before = paragraph.text[max(0, match.start() - 120) : match.start()]
            f = next(reversed(list(_PATTERNS["F"].finditer(before))), None)
            df = _df("F", f, exact=True) if f else None
            if f is None or df is None or re.search(r"\.\s+[A-Z]", before[f.end() :]):
                continue
            test = _likeliest(Statistic("F", f[0], df, "=", _value(f), ">0", False))
            if len(test.df) != 2 or f["is"] in "<>":
                continue
            number = numbers.parse(test.value)
            low, high = (
                float(n / (n + Fraction(test.df[1]) / Fraction(test.df[0])))
                for n in (
                    max(Fraction(0), number.value - number.unit / 2),
                    number.value + number.unit / 2,
                )
            )
            unit = float(numbers.parse(match["eta"]).unit)
            least, most = p_bounds(match["eta"])
            if unit < 1 < least:  # in percent
                continue
            partial = re.search("p", match["name"].lower().removesuffix("squared"))
            fewer = low > most + unit
            other = least - unit > high or (fewer and partial)
            reading = OF_ANOTHER if other else f"{GIVEN}, or more" if fewer else GIVEN
            found.append(in_text(
                "statistic", "question" if other else "holds", paragraph, f"{f[0]}, {match[0]}",
                match["eta"], f"{low:.3f} to {high:.3f}", reading, part,
            ))  # fmt: skip
    if sum(f.reading == GIVEN for f in found) > max(ALIKE, len(found) * 2 // 3):  # all are partial
        another = [replace(f, level="question", reading=OF_ANOTHER) for f in found]
        found = [f if f.reading == GIVEN else a for f, a in zip(found, another, strict=True)]
    asked = [f for f in found if f.level == "question"]
    return once(found, [OF_ANOTHER]) if 2 * len(asked) > len(found) else found


def _halved(test: Statistic) -> bool:
    p = numbers.parse(test.p)
    low, high = test.p_range(test.df)
    most = p.unit if p.value > p.unit else p.unit / 2  # .01 is the half of what prints so
    return abs(low / 2 - float(p.value)) <= most or low / 2 <= p.value <= high / 2


def _between(test: Statistic) -> bool:
    """Whether the P lies between that of the printed and that of the fewest degrees of freedom."""
    fewest = (1.0, max(1.0, test.df[1] / test.df[0]))
    ends = [*test.p_range(test.df), *test.p_range(fewest)]
    number = numbers.parse(test.p)
    unit = float(number.unit)
    return number.relation == "=" and min(ends) - unit <= float(number.value) <= max(ends) + unit


def _significant(text: str, p: float) -> bool:
    return p <= 0.05 if text[0] in "<≤" else p < 0.05 and text[0] not in ">≥"


def log_odds_apart(a: float, b: float, least: float = 1e-9) -> float:
    """Return how far two P are apart in log odds; those below the `least` are alike."""
    a, b = (min(max(x, least), 1 - least) for x in (a, b))
    return abs(math.log(a / (1 - a)) - math.log(b / (1 - b)))
