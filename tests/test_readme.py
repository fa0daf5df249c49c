"""The README, *correct*: what it says was found is what the claims and the search say today."""

from __future__ import annotations

import textwrap
from pathlib import Path

from papers.kucukciler_2021 import survival
from secondlook import claims

README = Path(__file__).parents[1] / "README.md"
BEGIN, END = "<!-- proof: begin -->\n", "\n<!-- proof: end -->"
DISAGREES = ["differs", "conflicts", "unattainable"]


def proof() -> str:
    """Two sentences on the first paper, every number of them computed or read from its claims."""
    ledger = claims.ledger("kucukciler-2021").set_index("id")
    printed = ledger["printed"]
    count = {verdict: int((ledger["verdict"] == verdict).sum()) for verdict in claims.VERDICTS}
    against = sum(count[verdict] for verdict in DISAGREES)
    statements = survival.statements()
    assert not statements.compatible(survival.SIX, survival.TWELVE)
    assert not statements.compatible(survival.TEN, survival.TWELVE)
    least = int(statements.witnesses(survival.TWELVE).n_deaths.min())
    times = survival.PATIENTS
    lines = [
        f"*Küçükçiler 2021* prints {len(ledger)} numbers: {count['reproduced']} follow from what "
        f"the paper prints elsewhere, {count['truncated']} more if digits were cut, {against} do "
        f"not agree with it, {count['attainable']} are possible but not determined, and for "
        f"{count['not-derivable']} nothing printed decides.",
        f"It prints {printed['res-os-6']} % alive at six months and {printed['res-os-12']} % at "
        f"one year, with {printed['res-deaths']} deaths: of all {2**times:,} ways to take its "
        f"{times} survival times as deaths or censorings, none gives both as survival, and "
        f"{printed['res-os-12']} % alone needs at least {least} deaths.",
    ]
    wrapped = textwrap.TextWrapper(width=118, subsequent_indent="  ", break_on_hyphens=False)
    return "\n".join(wrapped.fill(f"- {line}") for line in lines)


def test_what_the_readme_says_was_found_is_what_is_computed():
    text = README.read_text()
    assert text.split(BEGIN)[1].split(END)[0] == proof(), "python -m tests.test_readme rewrites it"


if __name__ == "__main__":
    before, rest = README.read_text().split(BEGIN)
    README.write_text(before + BEGIN + proof() + END + rest.split(END)[1])


def test_the_readme_says_of_each_verdict_what_the_program_says():
    text = README.read_text(encoding="utf-8")
    for verdict, meaning in claims.MEANINGS.items():
        assert f"| `{verdict}` | {meaning[0].lower()}{meaning[1:].rstrip('.')} |" in text
