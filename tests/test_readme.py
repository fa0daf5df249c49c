"""The README, *correct*: what it says was found is what the claims and the search say today."""

from __future__ import annotations

import textwrap
from pathlib import Path

from secondlook import claims
from secondlook.papers.kucukciler_2021 import survival

README = Path(__file__).parents[1] / "README.md"
BEGIN, END = "<!-- proof: begin -->\n", "\n<!-- proof: end -->"
DISAGREES = ["differs", "conflicts", "unattainable"]


def proof() -> str:
    """Two sentences on the first paper, every number of them computed or read from its claims."""
    ledger = claims.ledger("kucukciler-2021").set_index("id")
    verdicts = ledger["verdict"]
    statements = survival.statements()
    assert not statements.compatible(survival.SIX, survival.TWELVE)
    assert not statements.compatible(survival.TEN, survival.TWELVE)
    least = int(statements.witnesses(survival.TWELVE).n_deaths.min())
    printed = ledger["printed"]
    return "\n".join(
        textwrap.fill(f"- {line}", width=118, subsequent_indent="  ", break_on_hyphens=False)
        for line in (
            f"*Küçükçiler 2021* prints {len(ledger)} numbers: {(verdicts == 'reproduced').sum()} "
            f"follow from what the paper prints elsewhere, {(verdicts == 'truncated').sum()} more if "
            f"digits were cut, {verdicts.isin(DISAGREES).sum()} do not agree with it, {(verdicts == 'attainable').sum()} are possible but not "
            f"determined, and for {(verdicts == 'not-derivable').sum()} nothing printed decides.",
            f"It prints {printed['res-os-6']} % alive at six months and {printed['res-os-12']} % "
            f"at one year, with {printed['res-deaths']} deaths: of all "
            f"{2**survival.PATIENTS:,} ways to take its {survival.PATIENTS} survival times as "
            f"deaths or censorings, none gives both percents, and {printed['res-os-12']} % alone needs "
            f"at least {least} deaths.",
        )
    )


def test_what_the_readme_says_was_found_is_what_is_computed():
    text = README.read_text()
    assert text.split(BEGIN)[1].split(END)[0] == proof(), "python -m tests.test_readme rewrites it"


if __name__ == "__main__":
    before, rest = README.read_text().split(BEGIN)
    README.write_text(before + BEGIN + proof() + END + rest.split(END)[1])
