"""Correct: a printed curve gives a claim a number, decided by the data sets that agree with it."""

from __future__ import annotations

import pytest

from secondlook import claims
from secondlook.admissible.answer import Judged
from secondlook.claims import ClaimsError, curves
from secondlook.claims.ledger import _modules
from secondlook.claims.stored import _closure
from secondlook.data import root

CLAIMS = """\
curves:
  os:
    where: Figure 3
    n: "10"
    at_risk: "10 6 2"
    ticks: "12"
    survival: {12: "70"}
    median: "20"
claims:
- {id: median, where: Abstract, quantity: median survival, printed: "20", curve: os/median,
   expect: attainable, cause: specification, why: a curve fixes no time}
- {id: at-year, where: Abstract, quantity: survival at 12 months, printed: "70", same: os/12}
"""


@pytest.fixture
def judged(paper):
    def judge(text: str = CLAIMS):
        paper(text)
        return {each.claim.id: each for each in claims.judge("smith-2001")}

    return judge


def test_each_number_of_the_block_is_a_claim_unless_the_list_has_it(judged):
    found = judged()
    assert {name: each.verdict for name, each in found.items()} == {
        "median": "attainable", "at-year": "reproduced",
        "os/at-risk/1": "attainable", "os/at-risk/2": "attainable", "os/12": "attainable",
    }  # fmt: skip
    assert all(each.as_expected for each in found.values())
    assert found["os/12"].claim.where == "Figure 3"
    assert found["os/at-risk/1"].claim.quantity == "6 at risk at 12"
    assert found["os/12"].result.how
    # What is stored of the ledger rests on the search.
    sources = _closure(_modules("smith-2001"), root())
    assert {"admissible/bound.py", "claims/functions.py"} <= {
        "/".join(path.parts[-2:]) for path in sources
    }


def test_numbers_that_no_data_set_prints_together_are_not_attainable(judged):
    found = judged(CLAIMS.replace('12: "70"', '12: "40"').replace('"70", same', '"40", same'))
    assert {"unattainable", "conflicts"} & {each.verdict for each in found.values()}
    assert not all(each.as_expected for each in found.values())


def test_the_list_changes_what_is_expected_of_a_number(judged):
    more = "- {id: os/12, expect: unattainable, cause: data, why: for the test}\n"
    assert judged(CLAIMS + more)["os/12"].claim.expect == "unattainable"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("    where: Figure 3\n", "", r"line 3: curve 'os': `where` must be text"),
        ('n: "10"', "n: 10", r"line 3: curve 'os': n: 10: "),
        (
            "curve: os/median",
            "curve: os/mode",
            r"has no number 'os/mode'; it has os/at-risk/1, os/at-risk/2, os/12, os/median$",
        ),
        ("curve: os/median", "curve: pfs/12", "there is no curve 'pfs'; `curves` has os"),
        *(
            (
                "    where: Figure 3\n",
                f"    where: Figure 3\n    part_of: {{whole: {whole}}}\n",
                f"line 3: curve 'os': part_of: '{whole}' is no other curve; `curves` has none",
            )
            for whole in ("pfs", "os")
        ),
        ("claims:\n", "claims:\n- {id: os/13, same: median}\n", "no number of the curve has the"),
    ],
)
def test_a_curve_declared_wrongly_is_refused_with_its_place(judged, old, new, message):
    assert old in CLAIMS
    with pytest.raises(ClaimsError, match=message):
        judged(CLAIMS.replace(old, new, 1))


def test_what_a_block_takes_from_elsewhere_is_no_claim_of_its_own(paper):
    taken = '    deaths: "5"\n    last: "30"\n    left: {3: "9"}\n    told: [{alive: ">=20"}]\n'
    paper(CLAIMS.replace('    median: "20"\n', f'    median: "20"\n{taken}'))
    assert [each.id for each in claims.read("smith-2001")] == [
        "median", "at-year", "os/at-risk/1", "os/at-risk/2", "os/12",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("found", "values", "verdict", "shown"),
    [
        ("undecided", (), "not-derivable", "undecided"),
        ("unattainable", (), "unattainable", "unattainable"),
        ("attainable", (), "attainable", "not reached in a constructed set"),
        (
            "attainable",
            (0.5, 0.5, 1 / 3, 2.0, 9.0),
            "attainable",
            "0.5, 0.3333, 2 in a constructed set",
        ),
    ],
)
def test_what_the_search_says_is_the_result_of_the_claim(
    found, values, verdict, shown, monkeypatch
):
    judged = Judged("os/12", "70", "survival", "Figure 3", found, "a reason", values)
    monkeypatch.setattr(curves, "_judged", lambda _: {"os/12": judged})
    result = curves.curve_result(None, "os/12")
    assert result.verdict("70") == verdict
    assert result.shown("70") == shown
    assert result.how == "a reason"


def test_what_no_file_has_is_named_with_what_there_is(paper):
    both = CLAIMS.replace(
        "curves:\n", "curves:\n  efs: {where: F, n: '9', at_risk: '9 1', ticks: '12'}\n"
    )
    paper(both.replace("curve: os/median", "curve: pfs/12"))
    with pytest.raises(ClaimsError, match=r"no curve 'pfs'; `curves` has efs, os$"):
        claims.judge("smith-2001")
    paper(
        "claims:\n- {id: a, where: T, quantity: q, printed: '1', curve: os/1}\n", key="jones-2002"
    )
    with pytest.raises(ClaimsError, match=r"no curve 'os'; `curves` has none$"):
        claims.judge("jones-2002")


def test_a_curve_and_a_table_are_each_changed_by_their_own_addresses(paper):
    table = "tables:\n  t1: {file: t1, where: Table 1, cells: n, rows: row}\n"
    more = "- {id: os/12, cause: data, why: w, expect: unattainable}\n"
    more += "- {id: t1/a/men, cause: data, why: w, expect: differs}\n"
    paper(table + CLAIMS + more, t1="row,men\na,3\nb,4\n")
    expected = {each.id: each.expect for each in claims.read("smith-2001")}
    assert (expected["os/12"], expected["t1/a/men"]) == ("unattainable", "differs")
