"""*Correct*: the size of a group is declared where something prints it, and what adds up to it."""

from __future__ import annotations

from tests.scan.drafts import ARMS, SOUND, article, drafted, row

from secondlook import claims


def test_a_printed_size_is_that_of_its_column_wherever_its_percents_say_so(root):
    rows = [row("Number in group", "40", "38"), *SOUND]
    found = drafted(article(root, "".join(rows), head=ARMS), root)
    male = found["t1/male-n-percent/placebo/percent"].claim.declared
    assert str(male.body) == "percent(t1/male-n-percent/placebo, t1/number-in-group/placebo)"
    assert all(found[f"t1/male-n-percent/{group}"].verdict == "reproduced"
               for group in ("drug", "placebo"))  # fmt: skip


def test_a_cell_whose_group_has_no_printed_size_needs_it_and_follows_once_it_is_said(root):
    found = drafted(article(root, "".join(SOUND), head=ARMS, text="We treated them."), root)
    assert found["t1/male-n-percent/drug"].claim.declared.body == "the size of the group"
    ledger = root / "data" / "smith-2024" / "claims.yaml"
    text = ledger.read_text().replace("    cells: n (%)\n", "    cells: n (%)\n    n: drug\n", 1)
    text += "\n- {id: drug, where: Methods, quantity: patients, printed: '40', needs: records}\n"
    ledger.write_text(text)
    again = {judged.claim.id: judged for judged in claims.judge("smith-2024")}
    assert again["t1/male-n-percent/drug/percent"].verdict == "reproduced"


def test_levels_and_groups_that_add_up_are_declared_as_such(root):
    rows = [
        row("Stage", "", ""),
        row("I", "10", "9"),
        row("II", "12", "11"),
        row("III", "18", "18"),
    ]
    found = drafted(article(root, "".join([*SOUND, *rows])), root)
    one = found["t1/stage/i/drug"]
    assert one.verdict == "reproduced"
    assert str(one.claim.declared.body).startswith("rest(t1-patients-drug, ")
