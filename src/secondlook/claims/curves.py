"""A printed curve declares its numbers: each follows from the data sets that print all the others.

A block of ``curves:`` holds what a paper prints about one survival curve
(:class:`secondlook.admissible.CurveFacts` reads it). Each number beneath the figure, each estimate
and each limit becomes a claim with an address such as ``os/12/lower``, unless a claim of the list
says ``curve: os/12/lower`` and stands for it. What the block takes from elsewhere (patients,
deaths, fates that are told) is no claim of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from secondlook.claims.claim import Claim, ClaimsError, ClaimsFile, Declared, expectation
from secondlook.claims.verdict import Result, Searched, Verdict

if TYPE_CHECKING:
    from secondlook.admissible import CurveFacts
    from secondlook.admissible.answer import Judged

_FROM_ELSEWHERE = ("deaths", "left", "last", "told")


def curve_claims(
    file: ClaimsFile, facts: Callable[[str], CurveFacts], listed: Iterable[Claim]
) -> Iterator[Claim]:
    """Yield the claims of the curves that a claims file declares; `facts` gives those of each."""
    taken = {str(claim.declared.body) for claim in listed if claim.declared.form == "curve"}
    for name, block in file.curves.items():
        with file.faults.at(block.line, name):
            for stated in facts(name).statements():
                kind = stated.address.split("/")[1]
                if kind in _FROM_ELSEWHERE or stated.address in taken:
                    continue
                declared = Declared("curve", stated.address)
                yield Claim(
                    stated.address, str(block["where"]), stated.words, stated.printed,
                    *expectation({}, declared, str(file.path)), declared=declared, line=block.line,
                )  # fmt: skip


def curve_result(facts: CurveFacts, address: str) -> Result:
    """Return what the data sets that agree with a curve say of one of its numbers."""
    statements = _judged(facts)
    if address not in statements:
        known = ", ".join(statements)
        raise ValueError(f"the block {facts.name!r} has no number {address!r}; it has {known}")
    statement = statements[address]
    values = ", ".join(dict.fromkeys(f"{float(value):.4g}" for value in statement.values[:4]))
    verdict: Verdict = "not-derivable" if statement.verdict == "undecided" else statement.verdict
    if verdict == "attainable":
        return Searched(verdict, statement.how, f"{values or 'not reached'} in a constructed set")
    return Searched(verdict, statement.how, statement.verdict)


@cache
def _judged(facts: CurveFacts) -> dict[str, Judged]:
    from secondlook.admissible import judged

    return {statement.address: statement for statement in judged(facts)}


def facts_of(file: ClaimsFile, name: str) -> CurveFacts:
    """Return what a file declares of the curve of this name."""
    block = file.curves.get(name)
    if block is None:
        known = ", ".join(file.curves) or "none"
        raise ValueError(f"there is no curve {name!r}; `curves` has {known}")
    # Imported when a claim needs it: the search is the heaviest part of the library.
    from secondlook.admissible import CurveFacts

    at = f"{file.path}, line {block.line}"
    if not isinstance(block.get("where"), str):
        raise ClaimsError(f"{at}: curve {name!r}: `where` must be text, such as Figure 3")
    try:
        facts = CurveFacts.read(name, block)
    except ValueError as error:
        raise ClaimsError(f"{at}: {error}") from error
    whole = facts.part_of.whole if facts.part_of else None
    if whole == name or whole not in (None, *file.curves):
        others = ", ".join(one for one in file.curves if one != name) or "none"
        raise ClaimsError(
            f"{at}: curve {name!r}: part_of: {whole!r} is no other curve; `curves` has {others}"
        )
    return facts
