"""Claims, what they follow from, and the verdicts on them: one ledger a paper.

:mod:`~secondlook.claims.claim` reads the file, :mod:`~secondlook.claims.cells` the tables that it
declares, :mod:`~secondlook.claims.expression` and :mod:`~secondlook.claims.derivation` are the
declared language, :mod:`~secondlook.claims.verdict` has the kinds of result with their verdicts,
:mod:`~secondlook.claims.ledger` joins them, :mod:`~secondlook.claims.page` shows them.
"""

from secondlook.claims.claim import CAUSES, Cause, Claim, ClaimsError, Declared
from secondlook.claims.ledger import (
    Judged,
    analyses,
    beside,
    counted,
    curve_facts,
    disagreements,
    identities,
    independent,
    judge,
    keys,
    ledger,
    printed_table,
    printed_text,
    read,
    row,
    rows,
    said,
    texts,
)
from secondlook.claims.verdict import (
    MEANINGS,
    VERDICTS,
    Alternatives,
    Contradicted,
    Derived,
    NotDerivable,
    Possible,
    Restated,
    Result,
    Searched,
    Verdict,
)

__all__ = [
    "CAUSES", "MEANINGS", "VERDICTS", "Alternatives", "Cause", "Claim", "ClaimsError",
    "Contradicted", "Declared", "Derived", "Judged", "NotDerivable", "Possible", "Restated",
    "Result", "Searched", "Verdict", "analyses", "beside", "counted", "curve_facts",
    "disagreements", "identities", "independent", "judge", "keys", "ledger", "printed_table",
    "printed_text", "read", "row", "rows", "said", "texts",
]  # fmt: skip
