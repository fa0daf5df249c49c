"""The numbers that a document prints, read from its claims file by the claim's id."""

from __future__ import annotations

from functools import cache

from secondlook import claims_file, datasets, printed


def said(key: str, claim: str) -> int | float:
    """Return the number that a document prints in the claim of this id."""
    value = printed.parse(printed_text(key, claim)).value
    return int(value) if value.denominator == 1 else float(value)


def printed_text(key: str, claim: str) -> str:
    """Return the number of a claim as the document prints it.

    Raises
    ------
    KeyError
        If the document has no claim of this id.
    """
    return texts(key)[claim]


def texts(key: str) -> dict[str, str]:
    """Return every printed number of a document: id of the claim -> text."""
    path = datasets.folder(key) / "claims.yaml"
    return dict(_texts(key, path.stat().st_mtime_ns))


@cache
def _texts(key: str, _modified: int) -> dict[str, str]:
    return {claim.id: claim.printed for claim in claims_file.read(key)}
