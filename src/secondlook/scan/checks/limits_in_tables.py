"""Where the limits of an estimate stand in a table: in its cell, below it, in columns beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from secondlook.scan.cells import CALLED, DECIMAL, MARK, WHOLE, amount, any_case, p_value
from secondlook.scan.checks.estimate_notation import (
    ALONE,
    ESTIMATE,
    LEVEL,
    LIMITS,
    NUMBER,
    OF_OTHER,
    SAID,
    SHARE,
    SPREAD,
    Found,
    limits_of,
    p_in,
    plain,
)
from secondlook.scan.checks.estimate_scale import COMPARES, IS_RATIO, PERCENTS, RATIO
from secondlook.scan.layout import COUNT_PERCENT, P_ROW, Layout

_SD_BEHIND = re.compile(rf"(?<=[\d*†‡§¶])\s?(?:\(\s?{DECIMAL}\s?\)|±\s?{DECIMAL})\s?$")
_TWO = re.compile(
    rf"(?P<first>(?:{WHOLE}\s?(?:/|of)\s?{WHOLE}|{NUMBER}\s?%?)\s?[(\[]\s?{DECIMAL}\s?%?|{NUMBER}\s?±\s?{DECIMAL})"
    rf"\s?(?:[)\]][,;]?|;|,(?!\d{{3}}))\s?(?:{LEVEL}\s?%\s?)?(?:{CALLED})?[\s:,=]{{0,3}}(?P<limits>[(\[]?\s?-?[.\d].{{3,40}})$"
)
"""A mean and its SD, or a count and its percent, before limits: ``1.4 (0.3), (0.8, 2.0)``."""
_APART = re.compile(
    rf"(?<=[(\[])(\s?{NUMBER})(?:\s(?!-|\d{{3}}(?![\d.]))|/(?=-?\d*\.))(?={NUMBER}\s?[)\]])"
)
"""A blank or a slash between the limits of a cell: ``34.5 (33.7 35.3)``, and none of 1 234."""
NO_ESTIMATE = any_case(
    r"\W*(?:n(?!\W{0,3}%)|S\.?D\.?|S\.?E\.?M?\.?|(?:standard|std\.?) (?:deviation|error))\W*"
    r"(?:95 ?% ?CI\W*)?$"
)
"""A label of what has no limits."""
_P_BEHIND = re.compile(rf"[\s)\]]{{0,2}}[\s,;]{{0,2}}(?P<p>[=<>≤≥]?\s?[01]?\.\d+)[)\]]?{MARK}$")
"""A P behind limits that the head calls so: ``1.40 (0.97-2.01), 0.07``."""
_RANGE = any_case(r"(?<!age )\brange|IQR|quartile|percentile|\bmin\w*\W{1,3}max")
_LIMITS_OF_P = any_case(r"\bp(?:[- ]values?)?\s?[(\[]\s?9\d\s?%\s?(?:CI|conf)")
"""What says that a P stands before limits."""
_OF_P = any_case(r"p[- ]?values?\b|(?:^|/ )p\b")
STATISTIC = re.compile(r"\b[dD]\.?[fF]\b|(?<!\^)\bF\b|degrees of freedom")
"""A head of an F, or of its degrees of freedom."""
_LOWER, _UPPER = (
    any_case(rf"(?:^|/ )(?:.{{0,9}}CI\W*)?(?:{word})\W*(?:limit|bound|end|CI|CL)?.{{0,18}}$")
    for word in (
        "low(?:er)?|inf(?:erior)?|LL|LCL|L",
        "upp(?:er)?|high(?:er)?|sup(?:erior)?|UL|UCL|U",
    )
)


def number_alone(layout: Layout, r: int, c: int) -> str | None:
    """Return the number of a cell that holds nothing else."""
    match = ALONE.match(shown(layout, r, c))
    return match["e"] if match else None


def shown(layout: Layout, r: int, c: int) -> str:
    """Return the text of a cell with its signs and points in one way, once if it spans several."""
    cell = layout.grid[r][c]
    text = re.sub(r"(?<=\d\.) (?=\d)", "", cell.line.strip()) if cell.first else ""
    return _APART.sub(r"\1; ", plain(text))


def limits_in_cell(layout: Layout, r: int, c: int) -> Found | None:
    """Find an estimate with its limits, and maybe its P, in one cell."""
    text, head, label = shown(layout, r, c), layout.head_of(r, c), layout.context(r)
    match = ESTIMATE.search(text)
    said = bool(SAID.search(f"{head} {label} {layout.heads[0]} {layout.told}"))
    two = _TWO.match(text)
    if two and not ALONE.match(two["limits"].rstrip(" )]")):  # 1,788.7 is one number
        closed = two["first"] + ("" if "±" in two["first"] else ")")
        if found := _with_limits(closed, two["limits"]):
            return found._replace(said=said or bool(SAID.search(text)))
    if not match or (not match["says"] and match["end"] is None):
        found = _in_lines(layout, r, c)
        return found and found._replace(said=said)
    before = text[: match.start()]
    if OF_OTHER.search(before):
        return None
    named = RATIO.search(head) or IS_RATIO.search(f"{label} {before}")
    sure = IS_RATIO.search(head) or (named and not SPREAD.search(layout.told))
    end = max(match.end("unit2"), match.end("end"))
    behind = _P_BEHIND.match(text, match.end("unit2")) if re.search(r"\b[pP]\b", head) else None
    return Found(
        text[match.start() : end].rstrip("; ,"), match["e"], *limits_of(match, match["e"]),
        p_in(match) or (p_value(behind["p"]) if behind else None),
        bool(match["says"] or sure or said),
    )  # fmt: skip


def _in_lines(layout: Layout, r: int, c: int) -> Found | None:
    """Find an estimate, its limits and its P below each other in one cell."""
    text = layout.grid[r][c].text
    value, *rest = (part.strip(" ;,") for part in re.split(r"[;\n]+|,\s", text))
    alone = ALONE.match(plain(value))
    if not alone or not layout.grid[r][c].first or not 1 <= len(rest) <= 2:
        return None
    found = _with_limits(alone["e"], plain(rest[0]))
    return found and found._replace(p=p_value(rest[1]) if rest[1:] else None)


def limits_below(layout: Layout, r: int, c: int) -> Found | None:
    """Find the limits of an estimate in the row of limits or in the brackets below it."""
    text, said = shown(layout, r, c), f"{layout.heads[c]} {layout.told}"
    share = SHARE.fullmatch(text.strip())
    if not (share or PERCENTS.search(f"{layout.heads[c]} {layout.context(r)}")):
        text = _SD_BEHIND.sub("", text)
    of_p = _OF_P.search(layout.heads[c])
    if r + 1 == len(layout.grid) or P_ROW.match(layout.last_label(r)):
        return None
    alone = ALONE.match(text.partition("±")[0])
    if limits := 0 if of_p else _row_of_limits(layout, r):
        labelled, text = said + layout.context(r), alone["e"] if alone else text
        return _with_limits(text, shown(layout, limits, c), labelled)
    p = p_value(layout.grid[r + 1][c].text) if of_p and SAID.search(layout.heads[c]) else None
    rows = layout.grid[r + 1 + bool(p) : r + 4]  # brackets may be broken
    below = [row[c].text.strip() for row in rows]
    opened = below and below[0].startswith(("(", "["))
    if not (alone and opened) or (of_p and not p):
        return None
    for i in range(len(below)):
        if found := _with_limits(alone["e"], plain("".join(below[: i + 1]).replace("\n", " "))):
            return found._replace(p=p, said=bool(SAID.search(said)))
    return None


def _row_of_limits(layout: Layout, r: int) -> int | None:
    """Return the row of limits below a row; of an SD, N, range or P one may stand between."""
    for limits in range(r + 1, min(r + 5, len(layout.grid))):
        label = layout.last_label(limits)
        if SAID.match(label.lstrip("(0123456789 %")) or label.endswith(" CI"):
            return limits
        if not (P_ROW.match(label) or NO_ESTIMATE.match(label) or label.lower() == "range"):
            break
    return None


def limit_columns(layout: Layout) -> Iterator[tuple[int, int, bool]]:
    """Give the columns of limits, one or two a pair, from left to right; and if words call them so.

    Two below one head hold one limit each.
    """
    heads = [*layout.heads, ""]
    last = 0
    for c in range(2, layout.width):
        if c <= last or c in layout.p_columns:
            continue
        two = bool(_LOWER.search(heads[c]) and _UPPER.search(heads[c + 1]))
        only = _mostly(layout, c, LIMITS) and not _RANGE.search(heads[c])
        said = SAID.search(f"{heads[c]} {layout.told}" if two else heads[c])
        if two or only or (said and (SAID.search(layout.lowest[c]) or _halves(layout, c))):
            last = c + (two or (not only and _halves(layout, c)))
            yield c, last, bool(said)


def _mostly(layout: Layout, c: int, alone: re.Pattern[str]) -> bool:
    """Whether most numbers of a column stand alone in such a way."""
    texts = [shown(layout, r, c) for r in layout.rows]
    told = [text for text in texts if re.search(r"\d", text)]
    return 2 * sum(bool(alone.match(text)) for text in told) > len(told)


def _halves(layout: Layout, c: int) -> bool:
    """Whether a column and the next one hold one limit each, the lower one first."""
    if c + 1 == layout.width or not _mostly(layout, c, ALONE):
        return False
    rows = layout.rows
    pairs = [[ALONE.match(shown(layout, r, each)) for each in (c, c + 1)] for r in rows]
    told = [amount(low["e"]) <= amount(high["e"]) for low, high in pairs if low and high]
    same = layout.heads[c] == layout.heads[c + 1]
    return all(told) and len(told) >= (1 if same else 3)


def limits_beside(layout: Layout, r: int, c: int, low: int, high: int) -> Found | None:
    """Find the limits of the estimate of a cell in one or two columns of limits."""
    parts = [shown(layout, r, each) for each in dict.fromkeys((low, high))]
    limits = " to ".join(parts)
    if ALONE.match(limits):
        return None  # -2,057 is one limit, its comma a decimal sign
    if "±" in layout.grid[r][c].text and "differ" in layout.lowest[low]:
        return None  # of two means, and not of the one before
    said = f"{layout.heads[c]} {layout.context(r)} {layout.table.caption}"
    return _with_limits(shown(layout, r, c), limits, said)


def _with_limits(text: str, limits: str, said: str = "") -> Found | None:
    """Join limits with the number of a cell; of a count and its percent, with the one inside."""
    match, share = LIMITS.match(limits), SHARE.fullmatch(text.strip())
    alone = ALONE.match(_SD_BEHIND.sub("", text))
    if match and share:
        inside = [amount(match["lo"]) <= amount(share[i]) <= amount(match["hi"]) for i in "ne"]
        sure = share["sure"] or share["sign"] or (all(inside) and COUNT_PERCENT.search(said))
        if inside[0] == inside[1]:
            alone = share if sure and amount(match["hi"]) > 1 else None
        elif inside[1]:
            alone = share
    if not match or not alone:
        return None
    text = text.strip() if alone is share else alone["e"]
    return Found(f"{text} {match.group().strip()}", alone["e"], *limits_of(match, alone["e"]))


def may_be_limits(layout: Layout, r: int, c: int, announced: bool) -> bool:
    """Whether nothing calls what a cell and its limits are a range, an SD, a P or a statistic."""
    head, own, noted = layout.head_of(r, c), layout.lowest[c], layout.noted_at(r, c)
    sure = announced or SAID.search(head) or IS_RATIO.search(own)
    told = head if sure else f"{layout.context(r)} {head}"
    if _RANGE.search(f"{told} {noted if 'median' in noted.lower() else ''}"):
        return False
    if NO_ESTIMATE.match(layout.last_label(r)) or _LIMITS_OF_P.search(f"{head} {layout.told}"):
        return False
    if STATISTIC.search(own):
        return False  # 1.49 (11, 309) is an F with its degrees of freedom
    of_p = _OF_P.search(head)
    return not of_p or bool(COMPARES.search(head) or SAID.search(head, 0, of_p.start()))
