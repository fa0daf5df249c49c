"""How firmly a paper says that two numbers of a cell are a count with its percent.

By its signs, its label, head and caption; or as cells like it are shares.
"""

from __future__ import annotations

import re

from secondlook.scan.cells import Share, any_case, value
from secondlook.scan.layout import (
    CATEGORY,
    CONTINUOUS,
    COUNT_PERCENT,
    ESTIMATED,
    ESTIMATED_THROUGHOUT,
    PERCENT,
    Layout,
    measured,
)
from secondlook.scan.shares.share import (
    DOUBTFUL,
    LIKE,
    LIKELY,
    SAID,
    SAYS_NOT,
    SURE,
    UNSAID,
    Entry,
    by_column,
    by_row,
    nearly_all,
    nearly_complete,
)

_NAMES = any_case(r"quartiles?|ranges?|percentiles?|min|max")
"""Words that also name a group: the lowest quartile of age."""
_NOT_IN_BRACKETS = any_case(
    r"(?:means?|averages?)?\s?(?:±|\+/-)\s?(?:SDs?|SEMs?|SE|standard \w+)|"
    r"medians?,? (?:[(\[](?:IQRs?|ranges?|inter-?quartile ranges?)[)\]]|and ranges?)"
)
"""How means are told whose SD stands behind a sign, and medians whose limits are two numbers."""
STATISTIC = any_case(r"χ|chi-?square|\bdf\b")
"""A column of statistics, or a cell that holds one, with its degrees of freedom."""
_MONEY = re.compile("[$€£]")


def strength_of(share: Share, layout: Layout, r: int, head: str) -> int:
    """Say how firmly the paper says that this is a count with its percent."""
    label, context = layout.label(r), layout.context(r)
    if (value(share.percent) > 100 and not share.sign) or STATISTIC.search(head):
        return SAYS_NOT
    told = f"{context} / {head}"
    if CATEGORY.search(_MONEY.sub("", label)):  # a class of income is no cost
        told = _MONEY.sub("", told)
    doubtful = ESTIMATED.search(told) or ESTIMATED_THROUGHOUT.search(layout.told)
    of_shares = any(words.search(head) for words in (COUNT_PERCENT, PERCENT))
    of_shares = of_shares or bool(COUNT_PERCENT.search(context))
    of_means = CONTINUOUS.search(_NAMES.sub("", head)) and not of_shares
    if share.sign and not (doubtful or of_means or CONTINUOUS.search(context)):
        return SAID
    if share.sign:
        return DOUBTFUL if share.over is None else UNSAID
    throughout = (layout.heads[0], *layout.table.notes, layout.table.caption)
    if "n" in share.text and not PERCENT.search(" ".join((head, context, *throughout))):
        return SAYS_NOT  # 7.8 (n = 184): a mean and how many it is of
    named = COUNT_PERCENT.search(label) or (share.swapped and PERCENT.match(label))
    if named:
        return DOUBTFUL if doubtful else SAID
    if of_means or CONTINUOUS.search(context):
        level = not of_means and CATEGORY.search(label)  # Age, mean (SD) > 65 to 74
        return DOUBTFUL if level or share.count <= (share.over or 0) else SAYS_NOT
    if doubtful or measured(label):
        return DOUBTFUL
    if COUNT_PERCENT.search(context):
        return UNSAID if PERCENT.search(label) else SAID
    if PERCENT.search(head) and not CONTINUOUS.search(head):
        return SAID
    throughout = tuple(_NOT_IN_BRACKETS.sub("", text) for text in throughout)
    said = any(COUNT_PERCENT.search(t) and not CONTINUOUS.search(t) for t in throughout)
    return SAID if said and not PERCENT.search(label) else UNSAID


def promote_by_neighbours(found: list[Entry]) -> None:
    """Take unlabelled cells for counts with percents where nearly all like them hold as such."""
    open_ = (DOUBTFUL, UNSAID)  # a word beside a fraction leaves open what that is
    for column in (found, *by_column(found).values()):
        alike = [e for e in column if e.count and e.strength in open_[e.over is None :]]
        sure = nearly_all(alike, None, SURE if column is found else LIKE)
        if sure or (column is not found and nearly_complete(alike)):
            for entry in alike:
                entry.promote()
    # More than there are patients may be an SD, as in 33.9% (29) of 12 clinics.
    beyond = {id(e) for e in found if e.beyond}
    over = [e for e in found if e.strength in open_ and e.count <= (e.over or 0)]
    for entry in over if nearly_all(over, None, LIKELY) else ():
        entry.promote()
    for column in by_column(found).values():
        signed = [e for e in column if e.sign and e.strength in open_]
        told = [*signed, *(e for e in column if e.strength == SAID)]
        for entry in signed if nearly_all(told, None, LIKELY) or nearly_complete(told) else ():
            entry.promote()
    for row in by_row(found).values():
        for entry in row:
            others = [e for e in row if e is not entry and e.count]
            sure = any(e.sure for e in others) and all(e.holds for e in others)
            misprinted = value(entry.percent) > 100  # 8 (529.6)
            if (entry.strength in open_ or misprinted) and sure and id(entry) not in beyond:
                entry.promote()
