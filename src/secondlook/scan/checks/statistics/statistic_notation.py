"""How a statistic, its degrees of freedom and its P are written: ``F(2, 40) = 3.1, p = .06``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from secondlook import printed as numbers
from secondlook.scan.cells import DECIMAL, MARK, with_exponents
from secondlook.scan.checks.methods import ONE_SIDED_BESIDE, RAISED, RAISED_OF_PAIRS, SENTENCE_END
from secondlook.scan.checks.statistics.statistic import Statistic

_KINDS = {
    "chi2": (
        r"(?:[χΧ]|\b[Cc]hi|\b[Xx])[-\s_]{0,2}(?:\^?2|²|squared?)?(?:\s?\^2)?"
        r"|\bLR statistic|\bQ(?:-?w(?:ithin)?|-?b(?:etween)?)?|(?<![A-Za-z])i2|\bH"
    ),
    "F": r"\b[Ff]",
    "t": r"\bt",
    "z": r"\b[zZ](?![- ]?score)",
    "r": (
        r"\b(?:[rR](?:\s?(?:\^2|²)|[_ ]?s)?|rho|ρ)|"
        r"(?<![Cc]lass )[Cc]orrelation(?: coefficients?)?(?: ?\([rR]s?\))?,?"
    ),
    "wald": r"\b[Ww]ald",
}
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
    for kind, name in _KINDS.items()
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
SIZE = re.compile(r"\b[nN]\s?=\s?(\d{1,6})\b")
LONGEST_P = 30
"""Letters of a P before its statistic."""
LOST = re.compile(r"^F\s?[(\[][1-9]{2}\d{1,3}[)\]]")
"""Two degrees of freedom that lost their comma."""
_OF_EQUIVALENCE = re.compile(r"\bequivalen|\btost\b")
"""The statistic beside its P may be that of the test of no difference."""
LONGEST_SENTENCE = 2000


def statistics(text: str, most: int = 0, one_sided: bool = False) -> Iterator[Statistic]:
    """Find the tests that a text reports with a P, of an article of at `most` so many patients."""
    if not _RELATION.search(text):
        return
    text = with_exponents(text)
    one_sided = one_sided or bool(ONE_SIDED_BESIDE.search(text))
    of_all = list(_P_OF_ALL.finditer(text))
    for kind, pattern in _PATTERNS.items():
        for match in pattern.finditer(text):
            told = (
                _P_BEHIND.match(text, match.end())
                or _of_all(text, match, of_all)
                or _P_BEFORE.search(text, max(0, match.start() - LONGEST_P), match.start())
            )
            test = _read(kind, match, told, most, one_sided) if told else None
            if test is None:
                continue
            yield _likeliest(test)
            if match["to"] and test.p[0] in "<>≤≥":
                yield _likeliest(replace(test, value=match["to"]))


def _read(
    kind: str, match: re.Match[str], told: re.Match[str], most: int, one_sided: bool
) -> Statistic | None:
    """Return the test of a statistic and its P; None where these cannot be of one."""
    text, value = match.string, _value(match)
    df = _df(kind, match, exact=bool(told["p"]))
    if df is None:
        return None
    if kind == "r" and not df:
        size = SIZE.search(told[0])
        df = (float(size[1]) - 2,) if size and int(size[1]) > 2 else ()
        if not df and most <= 2:
            return None
    p = f"{told['rel']}{told['p']}".removeprefix("=").replace(" ", "") if told["p"] else ">.05"
    around = _sentence(text, match.start()).lower()
    if numbers.parse(p).value > 1 or _OF_EQUIVALENCE.search(around):
        return None
    if kind == "r" and abs(numbers.parse(value).value) > 1:
        return None
    behind = told.start() == match.end()
    said = text[match.start() : told.end()] if behind else f"{match[0]}, {told[0]}"
    raised = bool(RAISED.search(around) or RAISED_OF_PAIRS.search(around))
    relation = match["is"] if match["is"] in "<>" else "="
    return Statistic(kind, said.strip(), df, relation, value, p, one_sided, most, raised)


def last_f(text: str) -> Statistic | None:
    """Return the last F of a text with both its degrees of freedom, if no sentence ends behind."""
    match = next(reversed(list(_PATTERNS["F"].finditer(text))), None)
    df = _df("F", match, exact=True) if match else None
    if match is None or df is None or re.search(r"\.\s+[A-Z]", text[match.end() :]):
        return None
    test = _likeliest(Statistic("F", match[0], df, "=", _value(match), ">0", False))
    return None if len(test.df) != 2 or match["is"] in "<>" else test


def _value(match: re.Match[str]) -> str:
    """Return the statistic of a match with a point before its decimals and a plain minus."""
    return _COMMA.sub(".", match["value"].replace(" ", "").replace("–", "-").replace("·", "."))


def _sentence(text: str, at: int) -> str:
    """Return the sentence of a text that stands at a place, or what of it is near."""
    first, last = max(0, at - LONGEST_SENTENCE), at + LONGEST_SENTENCE
    start = max((m.end() for m in SENTENCE_END.finditer(text, first, at)), default=first)
    end = SENTENCE_END.search(text, at, last)
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
    elif test.kind == "F" and len(test.df) == 1 and LOST.search(test.text):
        df = f"{test.df[0]:.0f}"  # F(1127), of 1 and 127
        return replace(test, df=(float(df[0]), float(df[1:])))
    elif "," in test.value and "." not in test.value and test.df:
        ways = [replace(test, value=test.value.replace(",", ".")), test]  # F = 2,752
    return min(ways, key=lambda way: way.off)


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
    """Return the degrees of freedom that texts print, None where they cannot be some."""
    df = tuple(float(numbers.parse(text).value) for text in told if text)
    return None if any(d <= 0 for d in df) or len(df) > 2 else df
