"""Correct: a printed table gives a claim a number, each following from what stands beside it."""

from __future__ import annotations

import re

import pytest

from secondlook import claims
from secondlook.claims import ClaimsError
from secondlook.claims.cells import slug

TABLE_3 = """\
variable,level,dead,alive,p
Sex,female,20 (33.3),18 (39.1),0.54
Sex,male,40 (66.7),28 (60.9),
ECOG,0-1,30 (51.7),26 (57.8),0.54
ECOG,2,28 (48.3),19 (42.2),
ECOG,unknown,2,1,
Hypertension,,12 (20),5 (10.9),0.3
Age,median (range),59 (35-81),61 (40-79),0.2
"""
CLAIMS = """\
tables:
  t3:
    file: table-3
    where: Table 3
    rows: [variable, level]
    groups: [dead, alive]
    cells: n (%)
    n: {dead: n-dead, alive: n-alive}
    adds: [Sex, ECOG]
    missing: unknown
    p: p
    statistics: {Age: [median, min, max]}
claims:
- {id: n-dead, where: Table 3, quantity: n, printed: "60", needs: records}
- {id: n-alive, where: Table 3, quantity: n, printed: "46", needs: records}
"""


@pytest.fixture
def judged(paper):
    def judge(text: str = CLAIMS, table: str = TABLE_3, **more: str):
        paper(text, table_3=table, **more)
        return {each.claim.id: each for each in claims.judge("smith-2001")}

    return judge


def test_every_number_of_a_table_has_an_address_a_place_and_a_result(judged):
    found = judged()
    assert [name for name in found if name.startswith("t3/")] == [
        "t3/sex/female/dead", "t3/sex/female/dead/percent",
        "t3/sex/female/alive", "t3/sex/female/alive/percent", "t3/sex/female/p",
        "t3/sex/male/dead", "t3/sex/male/dead/percent",
        "t3/sex/male/alive", "t3/sex/male/alive/percent",
        "t3/ecog/0-1/dead", "t3/ecog/0-1/dead/percent",
        "t3/ecog/0-1/alive", "t3/ecog/0-1/alive/percent", "t3/ecog/0-1/p",
        "t3/ecog/2/dead", "t3/ecog/2/dead/percent", "t3/ecog/2/alive", "t3/ecog/2/alive/percent",
        "t3/ecog/unknown/dead", "t3/ecog/unknown/alive",
        "t3/hypertension/dead", "t3/hypertension/dead/percent",
        "t3/hypertension/alive", "t3/hypertension/alive/percent", "t3/hypertension/p",
        "t3/age/median-range/dead/median", "t3/age/median-range/dead/min",
        "t3/age/median-range/dead/max", "t3/age/median-range/alive/median",
        "t3/age/median-range/alive/min", "t3/age/median-range/alive/max", "t3/age/median-range/p",
    ]  # fmt: skip
    cell = found["t3/sex/female/dead"]
    assert cell.claim.where == "Table 3, Sex, female, dead"
    assert cell.claim.quantity == "Sex, female, dead: patients"
    assert all(each.as_expected for each in found.values())


def test_a_cell_follows_from_the_other_levels_its_percent_or_its_test(judged):
    found = judged()
    how = {name: each.result.how for name, each in found.items()}
    assert how["t3/sex/female/dead"] == "60 less 40 [n-dead, t3/sex/male/dead]"
    assert how["t3/ecog/2/dead"].startswith("60 less 30 and 2 ")
    assert how["t3/ecog/2/dead/percent"].startswith("28 of 58 (60 − 2), in percent")
    assert how["t3/hypertension/alive"].startswith("the only whole number that is 10.9% of 46 ")
    assert how["t3/age/median-range/dead/min"] == "would need the patients' records"
    assert how["t3/sex/female/p"].startswith(
        "20/40 and 18/28; printed by Fisher (two-sided, digits cut), "
    )
    assert how["t3/hypertension/p"].startswith("12/48 and 5/41; printed by ")
    assert how["t3/ecog/0-1/p"].startswith("30/28 and 26/19; printed by ")


def test_a_p_value_of_one_row_needs_the_size_of_every_group(judged):
    found = judged(CLAIMS.replace("n: {dead: n-dead, alive: n-alive}", "n: {dead: n-dead}"))
    assert found["t3/hypertension/p"].verdict == "not-derivable"
    assert found["t3/hypertension/p"].claim.quantity == "Hypertension, p: P"
    assert found["t3/sex/female/p"].result.how.startswith("20/40 and 18/28; printed by ")


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        (
            "40 (66.7)", "41 (66.7)",
            {"t3/sex/female/dead", "t3/sex/male/dead", "t3/sex/male/dead/percent"},
        ),
        ("20 (33.3)", "20 (33.4)", {"t3/sex/female/dead/percent"}),
        (
            "12 (20)", "13 (20)",
            {"t3/hypertension/dead", "t3/hypertension/dead/percent", "t3/hypertension/p"},
        ),
        ("(39.1),0.54", "(39.1),0.001", {"t3/sex/female/p"}),
    ],
)  # fmt: skip
def test_a_misprint_is_found_where_it_stands(judged, old, new, wrong):
    found = judged(table=TABLE_3.replace(old, new))
    assert {name for name, each in found.items() if not each.as_expected} == wrong


def test_the_list_says_what_is_otherwise_of_a_cell(judged):
    more = (
        "- {id: t3/sex/female/dead/percent, expect: differs, cause: typography, why: misprint}\n"
        "- {id: t3/age/median-range/dead/median, same: age, where: [Table 3, Abstract]}\n"
        '- {id: age, where: Abstract, quantity: age, printed: "59", needs: records}\n'
    )
    found = judged(CLAIMS + more, TABLE_3.replace("20 (33.3)", "20 (33.4)"))
    assert all(each.as_expected for each in found.values())
    cell = found["t3/sex/female/dead/percent"]
    assert (cell.claim.why, cell.result.how) == (
        "misprint", "20 of 60, in percent [n-dead, t3/sex/female/dead]",
    )  # fmt: skip
    assert found["t3/age/median-range/dead/median"].verdict == "reproduced"
    assert found["t3/age/median-range/dead/median"].claim.where == "Table 3; Abstract"


def test_the_list_says_how_a_word_in_a_cell_reads_and_what_it_cites(judged):
    text = (
        "tables:\n  t3: {file: table-3, where: Table 3, columns: {n: {needs: records}}}\nclaims:\n"
    )
    text += "- {id: t3/rash/n, reads: 0, cites: 7, quantity: rashes}\n"
    text += "- {id: none, where: Text, quantity: none, printed: '0', same: t3/rash/n}\n"
    found = judged(text, "what,n\nFever,3\nRash,none\n")
    rash = found["t3/rash/n"].claim
    assert (rash.printed, rash.reads, rash.cites, rash.quantity) == ("none", "0", "7", "rashes")
    assert found["none"].verdict == "reproduced"


def test_totals_and_plain_counts_and_columns_of_records(judged):
    text = """\
tables:
  t4: {file: table-4, where: Table 4, cells: n, total: all}
  t5:
    file: table-5
    where: Table 5
    groups: [cd33, age]
    columns:
      cd33: {from: 'max(table-5.cd33, case != {row}) - max(table-5.cd33, case != {row}) + low'}
claims:
- {id: low, where: Text, quantity: lowest, printed: "28", from: min(table-5.cd33)}
"""
    found = judged(
        text,
        table_4="grade,a,b,all\nmild,3,4,7\nsevere,5,–,5\n",
        table_5="case,cd33,age\n1,28,60\n2,30,61\n3,,62\n",
    )  # fmt: skip
    verdicts = {name: each.verdict for name, each in found.items()}
    assert verdicts == {
        "low": "reproduced",
        "t4/mild/a": "reproduced", "t4/mild/b": "reproduced", "t4/mild/all": "reproduced",
        "t4/severe/a": "not-derivable", "t4/severe/all": "not-derivable",
        "t5/1/cd33": "reproduced", "t5/1/age": "not-derivable",
        "t5/2/cd33": "differs", "t5/2/age": "not-derivable", "t5/3/age": "not-derivable",
    }  # fmt: skip


def test_a_column_shares_its_expectation_and_one_cell_can_follow_in_its_own_way(judged):
    text = """\
tables:
  t5:
    file: table-5
    where: Table 5
    columns:
      cd33: {from: "between(low, high)", expect: attainable, cause: data, why: "In the range.",
        quantity: CD33 level}
claims:
- {id: low, where: Text, quantity: lowest, printed: "28", from: min(table-5.cd33)}
- {id: high, where: Text, quantity: highest, printed: "90", from: max(table-5.cd33)}
- {id: t5/1/cd33, same: low}
"""
    found = judged(text, table_5="case,cd33\n1,28\n2,30\n3,90\n")
    cells = {name: each for name, each in found.items() if name.startswith("t5/")}
    assert [each.verdict for each in cells.values()] == ["reproduced", "attainable", "attainable"]
    assert all(each.as_expected for each in cells.values())
    assert [each.claim.why for each in cells.values()] == [None, "In the range.", "In the range."]
    assert cells["t5/2/cd33"].claim.quantity == "2, cd33: CD33 level"


def test_the_rows_of_a_table_add_up(judged):
    text = """\
tables:
  t6: {file: table-6, where: Table 6, n: n, adds: rows}
claims:
- {id: n, where: Text, quantity: patients, printed: "21", needs: records}
"""
    table = "grade,anemia,neutropenia\nNone,5,1\nGrade 1,14,–\nGrade 2,2,20\n"
    found = judged(text, table_6=table)
    assert found["t6/none/anemia"].result.how.startswith("21 less 14 and 2")
    assert {each.verdict for name, each in found.items() if name != "n"} == {"reproduced"}
    wrong = judged(text, table_6=table.replace("Grade 1,14", "Grade 1,13"))
    assert wrong["t6/none/anemia"].verdict == "differs"


@pytest.mark.parametrize("entry", [
    "{from: n, needs: n}", "{expect: attainable}", "{from: n, printed: '3'}",
    "{from: n, expect: likely}", "{from: n, expect: attainable, why: so}", "{from: n, cause: fate}",
])  # fmt: skip
def test_a_column_that_says_what_no_claim_could_is_refused(judged, entry):
    text = f"""\
tables:
  t7: {{file: table-7, where: Table 7, columns: {{a: {entry}}}}}
claims:
- {{id: n, where: Text, quantity: patients, printed: "21", needs: records}}
"""
    with pytest.raises(ClaimsError, match="table 't7'"):
        judged(text, table_7="row,a\nx,3\n")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("file: table-3", "file: table-9", "names no resource of datapackage.yaml"),
        ("    where: Table 3\n", "", "`where` must be text"),
        ("groups: [dead, alive]", "groups: [dead, live]", "no column 'live'; it has variable"),
        ("adds: [Sex, ECOG]", "adds: [Gender]", "no row is of 'Gender'; there are age, ecog"),
        ("missing: unknown", "mising: unknown", "unknown field 'mising'"),
        ("statistics: {Age: [median, min, max]}", "statistics: {}",
         r"'59 \(35-81\)', not 'n \(%\)'; say what its numbers are, as `statistics: {age:"),
        ("[median, min, max]", "[median, min]",
         r"range\), dead\) holds 3 numbers, `statistics` names 2: median, min(\n|$)"),
        ("rows: [variable, level]", "rows: [variable]", "rows 1 and 2 have the same labels"),
        ("claims:\n", "claims:\n- {id: t3/sex/child/dead, same: n}\n", "no cell.*t3/sex/male/dead"),
        ("    p: p\n", "    p: p\n    total: all\n", "`total: all` is none of the groups"),
        ("cells: n (%)", "cells: counts", "`cells` is one of"),
        ("n: {dead: n-dead, alive: n-alive}", "n: [n-dead]", "`n` gives each group .*id"),
        ("dead: n-dead", "died: n-dead", "`n` gives each group .*died"),
        ("{Age: [median, min, max]}", "[Age]", "`statistics` must be a mapping"),
        ("    p: p\n", "    p: p\n    quantity: 5\n", "`quantity` must be text"),
        ("    p: p\n", "    p: p\n    columns: {dead: {needs: x, expect: so}}\n",
         "column 'dead': unknown verdict 'so'; known are reproduced"),
        ("    p: p\n", "    p: p\n    columns: {dead: {needs: x, expect: differs}}\n",
         "column 'dead': a claim that is expected to be 'differs' needs `cause` and `why`"),
        ("adds: [Sex, ECOG]", "adds: {Sex: 1}", "`adds` is a text or a list of texts"),
        ("adds: [Sex, ECOG]", "adds: [Sex, '']", "`adds` is a text or a list of texts"),
        ("adds: [Sex, ECOG]", "adds: [Sex, 5]", "`adds` is a text or a list of texts"),
        ("claims:\n", "claims:\n- {id: t9/sex, expect: reproduced}\n", "there are: t3"),
        ("claims:\n", "claims:\n- {id: t3/sex/male/dead, printed: '4'}\n", "take `printed` away"),
        ("claims:\n", "claims:\n- {id: t3/sex/male/dead, expect: differs}\n", "needs `cause`"),
    ],
)  # fmt: skip
def test_a_table_declared_wrongly_is_refused_with_its_place(judged, old, new, message):
    assert old in CLAIMS
    with pytest.raises(ClaimsError, match=message) as raised:
        judged(CLAIMS.replace(old, new, 1))
    assert "claims.yaml, line " in str(raised.value)


def test_what_is_wrong_in_one_table_hides_neither_its_other_cells_nor_the_claims(judged):
    text = f"""{CLAIMS}- {{id: t3/sex/male/dead, expect: differs}}
- {{id: t3/sex/men/dead, cites: "4"}}
- {{id: men, where: Text, quantity: men, printed: "4", same: t3/ecog/2/dead}}
- {{id: all, where: Text, quantity: all, printed: "4", from: n-dead + n-living}}
- {{id: t4/x/dead, needs: records}}
"""
    text = text.replace("tables:\n", "tables:\n  t4: {file: table-4, where: Table 4}\n")
    table = TABLE_3.replace("28 (48.3)", "28 of 58").replace("5 (10.9)", "five")
    with pytest.raises(ClaimsError) as raised:
        judged(text, table)
    wanted = (
        "line 2, table 't4': `file: table-4` names no resource",
        "line 4, table 't3': the cell of ECOG, 2, dead is '28 of 58'",
        "line 4, table 't3': the cell of Hypertension, alive is 'five'",
        "line 17, claim 't3/sex/male/dead': a claim that is expected to be 'differs'",
        "line 20, claim 'all': in `n-dead \\+ n-living` .*there is no claim.* 'n-living'",
    )
    told = str(raised.value).split("\n")
    assert len(told) == len(wanted)
    for line, message in zip(told, wanted, strict=True):
        assert re.search(message, line)


AGES = """\
variable,level,dead,p
Age,,59 (35-81),0.2
Age,<65,21 (35.0),
Age,65 or older,"39 (65%",
Weeks,Median,4 (1-9),
Weeks,to 4,33 (55.0),0.9
Weeks,over 4,27 (45.0),
"""


def test_a_median_may_stand_among_levels_that_add_up(judged):
    text = CLAIMS.replace("[dead, alive]", "[dead]").replace(", alive: n-alive", "")
    text = text.replace("[Sex, ECOG]", "all").replace("    missing: unknown\n", "")
    names = "{Age/: [median, min, max], weeks/median: [median, min, max]}"
    found = judged(text.replace("{Age: [median, min, max]}", names), AGES)
    assert [name for name in found if name.startswith("t3/age")][:4] == [
        "t3/age/dead/median", "t3/age/dead/min", "t3/age/dead/max", "t3/age/p"
    ]  # fmt: skip
    young = found["t3/age/under-65/dead"]
    assert str(young.claim.declared.body) == "rest(n-dead, t3/age/65-or-older/dead)"
    assert found["t3/age/65-or-older/dead/percent"].verdict == "reproduced"  # no bracket closes it
    assert found["t3/weeks/median/dead/median"].verdict == "not-derivable"
    assert all(each.as_expected for each in found.values())
    with pytest.raises(ClaimsError, match=r"as `statistics: {weeks/median: "):
        judged(text.replace("{Age: [median, min, max]}", "{Age/: [median, min, max]}"), AGES)


def test_a_percent_of_a_group_of_unknown_size_needs_the_size(judged):
    text = CLAIMS.replace("    n: {dead: n-dead, alive: n-alive}\n", "")
    found = judged(text)
    for name in ("t3/sex/male/dead", "t3/sex/male/dead/percent"):
        assert found[name].claim.declared.body == "the size of the group"


FLUIDS = """\
variable,level,dead,alive,p
Fluid,Crystalloid,960 ± 335,930 ± 221,0.39
Fluid,Colloid,"1,204 ± 898","1,907 ± 878",<0.001
Blood,,0 (0–485),125 (0–734),0.10
Sex,female,20 (33.3),18 (39.1),0.54
"""


def test_a_named_test_of_means_is_that_of_the_rows_of_means(judged):
    names = "{Fluid: [mean, sd], Blood: [median, q1, q3]}\n    named: [Pearson chi-square, t test]"
    text = CLAIMS.replace("{Age: [median, min, max]}", names).replace("    missing: unknown\n", "")
    text = text.replace("    adds: [Sex, ECOG]\n", "")
    found = judged(text, FLUIDS)
    assert {name: each.verdict for name, each in found.items() if name.endswith("/p")} == {
        "t3/fluid/crystalloid/p": "unattainable",
        "t3/fluid/colloid/p": "attainable",
        "t3/blood/p": "not-derivable",
        "t3/sex/female/p": "attainable",
    }
    unnamed = judged(text.replace(", t test]", "]"), FLUIDS)
    assert unnamed["t3/fluid/crystalloid/p"].verdict == "not-derivable"


def test_percents_alone_are_of_some_count_and_a_test_can_be_named(judged):
    text = """\
tables:
  t6: {file: table-6, where: Table 6, cells: "%", n: n, groups: all}
  t7: {file: table-7, where: Table 7, rows: v, n: {a: n, b: n}, p: p, named: Fisher}
claims:
- {id: n, where: Text, quantity: patients, printed: "21", needs: records}
"""
    found = judged(text, table_6="v,all\nx,33.3%\ny,33\n", table_7="v,a,b,p\nx,1,9,P = 0.009\n")
    assert {name: each.verdict for name, each in found.items() if name.startswith("t6")} == {
        "t6/x/all": "attainable", "t6/y/all": "attainable",
    }  # fmt: skip
    assert found["t7/x/p"].verdict == "attainable"
    assert "printed by Fisher (two-sided)" in found["t7/x/p"].result.how
    with pytest.raises(ClaimsError, match="not '%'"):
        judged(text, table_6="v,all\nx,7 (33.3)\n", table_7="v,a,b,p\nx,1,9,0.009\n")


def test_the_cells_of_a_column_and_its_mean_are_one_check(judged):
    text = """\
tables:
  t5:
    file: table-5
    where: Table 5
    columns: {months: {from: 'mean * n - sum(table-5.months, case != {row})'}}
claims:
- {id: mean, where: Text, quantity: mean, printed: "4", from: mean(table-5.months)}
- {id: n, where: Text, quantity: patients, printed: "3", from: count(table-5)}
"""
    found = judged(text, table_5="case,months\n1,2\n2,4\n3,6\n")
    assert [each.verdict for each in found.values()] == ["reproduced"] * 5
    # The cells with mean and n, the mean with the cells, n with the number of rows.
    assert len([each for each in claims.identities("smith-2001") if "t5/1/months" in each]) == 2
    assert claims.independent("smith-2001") == 3
    bounded = text.replace("mean * n - sum(table-5.months, case != {row})", "between(0 * n, 2 * n)")
    judged(bounded, table_5="case,months\n1,2\n2,4\n3,6\n")
    assert claims.independent("smith-2001") == 3
    with pytest.raises(ClaimsError, match="the claim's own cell is among these"):
        judged(text.replace(", case != {row}", ""), table_5="case,months\n1,2\n2,4\n3,6\n")


@pytest.mark.parametrize(
    ("label", "address"),
    [("≥65", "from-65"), ("<65", "under-65"), ("Küçük, n (%)", "kucuk-n-percent"), ("–", "")],
)
def test_a_label_becomes_a_part_of_an_address(label, address):
    assert slug(label) == address


def test_a_name_of_a_table_is_told_from_a_number_in_it(judged):
    total = '- {id: all, where: Table 3, quantity: n, printed: "106", from: t3/sex + n-alive}\n'
    with pytest.raises(ClaimsError, match=r"a table or a part of one; .*t3/sex/female/"):
        judged(CLAIMS + total)


def test_a_percent_that_several_counts_print_makes_its_count_attainable(judged):
    table = "variable,patients\nFever,6 (1)\nRash,300 (50.0)\nCough,60 (10)\n"
    block = "tables:\n  t3: {file: table-3, where: Table 3, cells: n (%), n: {patients: n}}\n"
    size = 'claims:\n- {id: n, where: Text, quantity: n, printed: "600", needs: records}\n'
    found = judged(block + size, table)
    verdicts = {name: each.verdict for name, each in found.items() if each.as_expected}
    # 1% of 600 is 3 to 9, rounded; 50.0% is 300 alone; 10% is 57 to 63.
    assert verdicts == {
        "n": "not-derivable",
        "t3/fever/patients": "attainable", "t3/fever/patients/percent": "reproduced",
        "t3/rash/patients": "reproduced", "t3/rash/patients/percent": "reproduced",
        "t3/cough/patients": "attainable", "t3/cough/patients/percent": "reproduced",
    }  # fmt: skip
    assert found["t3/fever/patients"].claim.cause == "rounding"
    assert found["t3/fever/patients"].claim.why.startswith("Several whole numbers of patients")
    assert judged(block + size, table.replace("6 (1)", "16 (1)"))["t3/fever/patients"].verdict == (
        "unattainable"
    )


def test_rows_that_do_not_exclude_each_other_are_tested_each_alone(judged):
    table = (
        "variable,level,dead,alive,p\nIllness,asthma,12 (20),5 (10.9),0.3\n"
        "Illness,diabetes,20 (33.3),18 (39.1),0.54\nSide,left,9 (15),7 (15.2),0.9\n"
        "Side,right,51 (85),40 (87),\nMRD,negative,30 (51.7),26 (57.8),0.54\nMRD,unknown,2,1,\n"
    )
    block = CLAIMS.replace("adds: [Sex, ECOG]", "adds: MRD").replace(
        "    statistics: {Age: [median, min, max]}\n", ""
    )
    how = {name: each.result.how for name, each in judged(block, table).items()}
    assert how["t3/illness/asthma/p"].startswith("12/48 and 5/41; printed by ")
    assert how["t3/illness/diabetes/p"].startswith(
        "20/40 and 18/28; printed by Fisher (two-sided, digits cut)"
    )
    # One P for two rows of which nobody says that they add up: no test is known of it.
    assert how["t3/side/left/p"] == "would need the patients' records"
    # Who is not known is in no row of the test.
    assert how["t3/mrd/negative/p"].startswith("30/28 and 26/19; printed by ")


def test_cells_that_follow_by_one_statement_are_one_check(judged):
    text = """\
tables:
  t5: {file: table-5, where: Table 5, rows: case, columns: {cd33: {from: low + spread}}}
  t6: {file: table-6, where: Table 6, total: all}
claims:
- {id: low, where: Text, quantity: lowest, printed: "28", needs: records}
- {id: spread, where: Text, quantity: spread, printed: "2", needs: records}
- {id: again, where: Text, quantity: lowest, printed: "28", same: low}
"""
    judged(text, table_5="case,cd33\n1,30\n2,30\n", table_6="grade,a,b,all\nmild,3,4,7\n")
    # The restatement, the column, and a total with its parts.
    assert [sorted(each) for each in claims.identities("smith-2001")] == [
        ["again", "low"],
        ["t6/mild/a", "t6/mild/all", "t6/mild/b"],
        ["low", "spread", "t5/1/cd33", "t5/2/cd33"],
    ]
    assert claims.independent("smith-2001") == 3


def test_signs_of_footnotes_are_no_part_of_a_number_and_a_word_is_no_p_value(judged):
    table = TABLE_3.replace("20 (33.3)", "20 (33.3)*").replace("28 (60.9),", "28 (60.9) †‡,")
    table = table.replace("0.54\nSex,male", "0.54§\nSex,male").replace(",0.3\n", ",n.s.\n")
    found = judged(table=table)
    assert all(each.as_expected for each in found.values())
    assert found["t3/sex/female/dead/percent"].claim.printed == "33.3"
    assert found["t3/sex/female/p"].claim.printed == "0.54"
    assert "t3/hypertension/p" not in found
    for word in ("NS", "N/R", "n.a.", "not significant", "Not reported"):
        assert "t3/hypertension/p" not in judged(table=TABLE_3.replace(",0.3\n", f",{word}\n"))
    with pytest.raises(ClaimsError, match=r"alive is '-', not .*; if it means none, put '-' under"):
        judged(table=TABLE_3.replace("5 (10.9)", "-"))
    with pytest.raises(ClaimsError, match=r"cannot read '0\.0\.3' as one printed number"):
        judged(table=TABLE_3.replace(",0.3\n", ",0.0.3\n"))


def test_a_size_may_be_an_expression_and_a_percent_alone_is_called_one(judged):
    table = "variable,patients\nFever,300 (50.0)\n"
    block = "tables:\n  t3: {file: table-3, where: Table 3, cells: n (%), n: {patients: a + b}}\n"
    sizes = "claims:\n" + "".join(
        f'- {{id: {name}, where: Text, quantity: n, printed: "300", needs: records}}\n'
        for name in "ab"
    )
    found = judged(block + sizes, table)
    assert found["t3/fever/patients"].result.how.startswith(
        "the only whole number that is 50.0% of 600 (300 + 300)"
    )
    alone = judged(block.replace("n (%)", "'%'") + sizes, "variable,patients\nFever,50.0%\n")
    assert alone["t3/fever/patients"].claim.quantity == "Fever, patients: percent"
    assert alone["t3/fever/patients"].verdict == "attainable"


def test_a_sign_in_a_label_is_spelled_in_its_address():
    labels = ["CD33+", "<65", "≤65", ">65", "≥65", "50%", "Größe", "a / b"]
    assert [slug(label) for label in labels] == [
        "cd33plus", "under-65", "to-65", "over-65", "from-65", "50percent", "groe", "a-b",
    ]  # fmt: skip


def test_a_mean_with_its_sd_is_no_count_with_its_percent(judged):
    table = TABLE_3.replace("median (range),59 (35-81),61 (40-79)", "mean (SD),59 (12),61 (14)")
    found = judged(CLAIMS.replace("{Age: [median, min, max]}", "{Age: [mean, sd]}"), table)
    assert found["t3/age/mean-sd/dead/sd"].claim.printed == "12"
    assert found["t3/age/mean-sd/p"].verdict == "not-derivable"


def test_an_empty_label_is_no_part_of_a_place_or_an_address(judged):
    found = judged()
    assert found["t3/hypertension/dead"].claim.where == "Table 3, Hypertension, dead"
    table = TABLE_3.replace("Hypertension,,", "–,Hypertension,")
    assert judged(table=table)["t3/hypertension/dead"].claim.where == "Table 3, Hypertension, dead"


def test_a_size_that_is_no_claim_is_one_fault(paper):
    paper(
        "tables:\n  t1: {file: table-1, where: Table 1, cells: n (%), n: all, adds: all}\n",
        table_1="sex,patients\nmale,9 (45.0)\nfemale,11 (55.0)\n",
    )
    with pytest.raises(ClaimsError) as raised:
        claims.judge("smith-2001")
    assert str(raised.value).endswith("line 2, table 't1': `n` names 'all', which is no claim")


def test_the_line_of_a_cell_that_the_list_changes_is_that_of_the_list(paper):
    paper(
        "tables:\n  t1: {file: table-1, where: Table 1}\n"
        "claims:\n- {id: t1/male/patients, from: 5 * none}\n",
        table_1="sex,patients\nmale,9\nfemale,11\n",
    )
    with pytest.raises(ClaimsError, match=r"line 4, claim 't1/male/patients': .* no claim"):
        claims.judge("smith-2001")


@pytest.mark.parametrize(
    ("headlines", "message"),
    [("[al]", "names 'al', which is no claim; the nearest known are all"),
     ("all", "is a list of ids of claims; got 'all'"),
     ("[[all]]", r"is a list of ids of claims; \['all'\] is none"),
     ("[{all: 1}]", r"is a list of ids of claims; \{'all': 1\} is none"),
     (f"[{'a' * 100_000}]", "is a list of ids of claims; 'a{79} is none$")],
)  # fmt: skip
def test_a_headline_of_the_package_is_a_claim(paper, headlines, message):
    root = paper('claims:\n- {id: all, where: A, quantity: all, printed: "9", needs: it}\n')
    path = root / "data" / "smith-2001" / "datapackage.yaml"
    path.write_text(f"{path.read_text()}x-headlines: {headlines}\n")
    with pytest.raises(ClaimsError, match=rf"package.yaml, line 4: `x-headlines` {message}"):
        claims.judge("smith-2001")
