"""A claim is one printed number at one place; its verdict is computed, never typed.

``data/<key>/claims.yaml`` stores the claim with the verdict that is *expected*;
``papers.<module>.recompute`` gives a result for each; :func:`compare` pairs the two and
computes the verdict from the printed text and the result. A verdict that changes, in either
direction, fails a test.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Literal, get_args

from secondlook.verdicts import (
    VERDICTS,
    Alternatives,
    Contradicted,
    Derived,
    NotDerivable,
    Possible,
    Result,
    Verdict,
)

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "CAUSES",
    "VERDICTS",
    "Alternatives",
    "Claim",
    "ClaimsError",
    "Contradicted",
    "Derived",
    "Judged",
    "NotDerivable",
    "Possible",
    "Result",
    "Verdict",
    "compare",
    "judge",
    "keys",
    "ledger",
    "recompute",
]

Cause = Literal[
    "typography", "rounding", "specification", "arithmetic", "data", "citation", "unknown"
]
CAUSES: tuple[Cause, ...] = get_args(Cause)


class ClaimsError(ValueError):
    """Claims that cannot be read, or claims and results that do not pair."""


@dataclass(frozen=True)
class Claim:
    """One number at one place of a paper.

    Attributes
    ----------
    id
        Unique in the paper, in kebab-case.
    where
        Section, table, row and column: precise enough to find the number.
    quantity
        What the number says, with its unit and denominator.
    printed
        The number as printed, as text.
    expect
        The verdict that the comparison is expected to give.
    cause, why
        The kind of reason, and the reason, wherever `expect` is not ``"reproduced"``.
    cites
        Number of the reference that the paper borrows the number from, if it does.
    also
        Other documents that print the same claim: key of the document -> place in it.
    """

    id: str
    where: str
    quantity: str
    printed: str
    expect: Verdict
    cause: Cause | None = None
    why: str | None = None
    cites: str | None = None
    also: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Judged:
    """A claim, the result that was computed for it, and the verdict that follows."""

    claim: Claim
    result: Result
    verdict: Verdict

    @property
    def as_expected(self) -> bool:
        """Whether the computed verdict is the stored expectation."""
        return self.verdict == self.claim.expect


def compare(claims: Iterable[Claim], results: Mapping[str, Result]) -> list[Judged]:
    """Pair claims with results and compute the verdict of each.

    Raises
    ------
    ClaimsError
        Naming every claim without a result and every result without a claim.
    """
    claims = list(claims)
    ids = [claim.id for claim in claims]
    without_result = [key for key in ids if key not in results]
    without_claim = sorted(set(results) - set(ids))
    if without_result or without_claim:
        parts = []
        if without_result:
            parts.append(f"claims without a result: {', '.join(without_result)}")
        if without_claim:
            parts.append(f"results without a claim: {', '.join(without_claim)}")
        raise ClaimsError(
            "; ".join(parts) + " (every claim needs one entry in recompute(), and every entry one "
            "claim in claims.yaml)"
        )
    return [_judge(claim, results[claim.id]) for claim in claims]


def keys() -> list[str]:
    """Return the citation keys of the papers that have claims, in alphabetical order."""
    from secondlook import datasets

    return sorted(path.parent.name for path in datasets.root().glob("*/claims.yaml"))


def recompute(key: str) -> Mapping[str, Result]:
    """Run the recomputation of one paper."""
    from secondlook import datasets

    # The analyses of a paper lie beside its data, in the reader's own root.
    beside = str(datasets.root().parent / "src")
    if beside not in sys.path:
        sys.path.append(beside)
    module = import_module(f"papers.{key.replace('-', '_')}")
    results: Mapping[str, Result] = module.recompute()
    return results


def judge(key: str) -> list[Judged]:
    """Read the claims of one paper, recompute them and compare.

    Claims of other papers that name this one under ``also`` follow the paper's own, with the place
    where this paper prints them.

    Raises
    ------
    ClaimsError
        If the file cannot be read, or claims and results do not pair, naming paper and claim.
    """
    from secondlook import claims_file

    own = claims_file.read(key)
    try:
        judged = compare(own, recompute(key))
    except ClaimsError as error:
        raise ClaimsError(f"{key}: {error}") from error
    for other in keys():
        if other == key:
            continue
        shared = [claim for claim in claims_file.read(other) if key in dict(claim.also)]
        if shared:
            results = recompute(other)
            judged += [
                _judge(claims_file.elsewhere(claim, key, other), results[claim.id])
                for claim in shared
            ]
    return judged


def ledger(key: str) -> pd.DataFrame:
    """Return the ledger of one paper: a row a claim, in the order of the claims file.

    Returns
    -------
    DataFrame
        Columns ``id, where, quantity, printed, recomputed, verdict, expect, as_expected, cause,
        why, how, cites``, all text but ``as_expected``.
    """
    import pandas as pd

    return pd.DataFrame([row(judged) for judged in judge(key)])


def row(judged: Judged) -> dict[str, str | bool]:
    """Return one judged claim as a row of the ledger."""
    claim, result = judged.claim, judged.result
    return {
        "id": claim.id,
        "where": claim.where,
        "quantity": claim.quantity,
        "printed": claim.printed,
        "recomputed": result.shown(claim.printed),
        "verdict": judged.verdict,
        "expect": claim.expect,
        "as_expected": judged.as_expected,
        "cause": claim.cause or "",
        "why": claim.why or "",
        "how": result.how,
        "cites": claim.cites or "",
    }


def _judge(claim: Claim, result: Result) -> Judged:
    try:
        return Judged(claim, result, result.verdict(claim.printed))
    except ValueError as error:
        raise ClaimsError(f"claim {claim.id}: {error}") from error
