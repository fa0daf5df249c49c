"""Correct: verdicts that follow by hand from printed text; claims files that are refused."""

import math
import re
import sys
from decimal import Decimal
from fractions import Fraction
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest

from secondlook import claims
from secondlook.claims import (
    Alternatives,
    ClaimsError,
    Contradicted,
    Derived,
    NotDerivable,
    Possible,
    Restated,
    Searched,
)
from secondlook.claims.claim import read_file
from secondlook.printed import Bounds

FILE = """\
- id: orr
  where: Abstract
  quantity: overall response rate, percent of 21
  printed: "52.3"
  expect: truncated
  cause: rounding
  why: the digit was cut
  by: results
- id: deaths
  where: Section 3.2
  quantity: deaths
  printed: "10"
  by: results
  cites: 8
"""


@pytest.mark.parametrize(
    ("result", "text", "verdict"),
    [
        (Derived(Fraction(1100, 21), "11/21"), "52.3", "truncated"),
        (Derived(Fraction(1100, 21), "11/21"), "52.4", "reproduced"),
        (Derived(5.0, "a count"), "6", "differs"),
        (Alternatives({"Table 2": 10, "Table 4": 10}, ""), "10", "reproduced"),
        (Alternatives({"Table 2": 10, "Table 4": 9}, ""), "10", "conflicts"),
        (Alternatives({"Table 2": 10.9, "Table 4": 10}, ""), "10", "truncated"),
        (Contradicted("12 aged 65 or more", True, ""), "59", "conflicts"),
        (Contradicted("9 aged 65 or more", False, ""), "59", "reproduced"),
        (Possible([1, 2, 3], ""), "2", "attainable"),
        (Possible((100 * k / 277 for k in range(278)), ""), "26", "attainable"),
        (Possible([100 * k / 8 for k in range(9)], ""), "26", "unattainable"),
        (Possible([100 * k / 21 for k in range(22)], ""), "80", "truncated"),  # 80.95, cut
        (Possible([], ""), "26", "unattainable"),
        (Possible(Bounds(10, 20, True, True), ""), "20.04", "unattainable"),
        (Possible(Bounds(10, 20, True, True), ""), "20.0", "attainable"),
        (Possible(Bounds(10, 20, True, False), ""), "<10", "unattainable"),
        (Possible(Bounds(10, 20, True, False), ""), "≤10", "attainable"),
        (NotDerivable("the follow-up of each patient"), "7.8", "not-derivable"),
        # Rounding of what it rests on: 52.3 to 52.5 print 52.4 and 52.3, but not 52.6.
        (Derived(52.4, "", Bounds(52.3, 52.5, True, True)), "52.4", "reproduced"),
        (Derived(52.4, "", Bounds(52.3, 52.5, True, True)), "52.3", "attainable"),
        (Derived(52.4, "", Bounds(52.3, 52.5, True, True)), "52.6", "differs"),
        # Cut from 52.36 to 52.5 it may be 52.3, though the value itself neither rounds nor cuts so.
        (Derived(52.45, "", Bounds(52.36, 52.5, True, True)), "52.3", "attainable"),
        (Derived(52.38, "", Bounds(52.36, 52.39, True, True)), "52.3", "truncated"),
        (Derived(52.45, "", Bounds(52.41, 52.5, True, True)), "52.3", "differs"),
        (
            Alternatives({"a": 52.4, "b": 52.4}, "", {"a": Bounds(52.3, 52.5, True, True)}),
            "52.4",
            "reproduced",
        ),
        (
            Alternatives({"a": 52.3, "b": 52.4}, "", {"b": Bounds(52.3, 52.5, True, True)}),
            "52.3",
            "attainable",
        ),
        (Restated("12.8", ""), "12.8", "reproduced"),
        (Restated("Twelve", ""), "12", "reproduced"),
        (Restated("12.83", ""), "12.8", "reproduced"),
        (Restated("12.88", ""), "12.8", "truncated"),
        (Restated("12.8", ""), "12.83", "attainable"),
        (Restated("12.8", ""), "12.93", "conflicts"),
        (Restated("12.8", ""), "12.9", "conflicts"),
        (Restated("July 1, 2013", ""), "2013", "reproduced"),
        (Restated("1st July 2013", ""), "july 2013", "reproduced"),
        (Restated("July 2013", ""), "July 1, 2013", "attainable"),
        (Restated("July 1, 2013", ""), "2012", "conflicts"),
        (Restated("July 1, 2013", ""), "August 2013", "conflicts"),
        (Restated("2013 of 4000", ""), "2013", "conflicts"),
        (Restated("more than 80", ""), ">80", "reproduced"),
        (Restated("more than 80", ""), "80", "conflicts"),
        # A bound and a number within it, two bounds that overlap: both statements can hold.
        (Restated("more than 80", ""), "85", "attainable"),
        (Restated("more than 80", ""), "79", "conflicts"),
        (Restated("85", ""), ">80", "reproduced"),
        (Restated("75", ""), ">80", "conflicts"),
        (Restated("<0.05", ""), "<0.001", "attainable"),
        (Restated("<0.001", ""), "<0.05", "attainable"),
        (Restated("<0.05", ""), ">0.1", "conflicts"),
        (Restated("about 30", ""), "31", "attainable"),
        (Restated("about 30", ""), "41", "conflicts"),
        (Restated("31", ""), "about 30", "reproduced"),
        (Restated("two-thirds  of them", ""), "Two-thirds of them", "reproduced"),
        (Restated("August 15, 2019", ""), "August 16, 2019", "conflicts"),
    ],
)
def test_the_verdict_follows_from_the_printed_text_and_the_result(result, text, verdict):
    assert result.verdict(text) == verdict


def test_values_that_are_not_all_say_where_they_were_found():
    found = Possible([12.81, 12.84], "constructed sets", found_in="in constructed sets")
    assert found.shown("12.8") == "12.810, 12.840 in constructed sets"
    assert found.verdict("12.8") == "attainable"


def test_every_verdict_has_a_meaning_and_there_are_seven():
    assert claims.VERDICTS == (
        "reproduced", "truncated", "differs", "conflicts", "attainable", "unattainable",
        "not-derivable",
    )  # fmt: skip
    assert tuple(claims.MEANINGS) == claims.VERDICTS
    assert all(meaning.endswith(".") for meaning in claims.MEANINGS.values())


@pytest.mark.parametrize(
    ("result", "message"),
    [
        (lambda: Derived(math.nan, "mean"), r"mean: the value is not a number \(NaN\)"),
        (lambda: Derived("5", "mean"), "one real number; got '5'"),
        (lambda: Derived(np.timedelta64(5), "days"), "one real number; got np.timedelta64"),
        (lambda: Derived(True, "mean"), "one real number; got True"),
        (lambda: Possible([1, math.nan], "search"), "search: a value is not a number"),
        (lambda: Possible([1, None], "search"), "one real number; got None"),
        (lambda: Possible([Decimal("sNaN")], "search"), "one real number; got Decimal"),
        (lambda: Possible(5, "search"), "search: the values are 5; give a list or Bounds"),
        (lambda: Possible("15", "search"), "search: the values are '15'"),
        (lambda: Alternatives({}, "two"), "two: no alternatives were given"),
        (lambda: Alternatives([1, 2], "two"), "two: no alternatives were given"),
        (lambda: Alternatives({"A": math.nan}, "two"), "two: A is not a number"),
        (lambda: Restated(" ", "same"), "same: the text restated is ' '"),
        (lambda: Restated(5, "same"), "same: the text restated is 5"),
        (
            lambda: Contradicted("b", "no", "if"),
            "if: contradicts is 'no'; it must be True or False",
        ),
        (lambda: Derived(3, None), "how is None; give the words that say how"),
        (lambda: Searched("reproduced", ["search"], "x"), r"how is \['search'\]"),
        (lambda: Searched("true", "search", "x"), "search: found is 'true'; give reproduced"),
        (lambda: Bounds(math.nan, 1, True, True), "an end of an interval is not a number"),
        (lambda: Bounds(0, 1, "False", True), "whether an end is closed is 'False'"),
    ],
)
def test_what_is_no_evidence_is_refused_where_it_is_made(result, message):
    with pytest.raises(ValueError, match=message):
        result()


@pytest.mark.parametrize("unseen", ["\u200b", "\u00ad", "\ufeff", "\u2060"])
def test_a_sign_that_nobody_sees_makes_no_conflict(unseen):
    for text in ("52.3", "NR", "not reached"):
        for odd in (text + unseen, text[:2] + unseen + text[2:], unseen + text):
            assert Restated(text, "").verdict(odd) == "reproduced"
            assert Restated(odd, "").verdict(text) == "reproduced"
    assert Restated("52.3", "").verdict(f"52.4{unseen}") == "conflicts"
    assert Derived(52.3, "").verdict(f"{unseen}52.3") == "reproduced"


def test_a_value_of_any_kind_of_number_is_kept_as_one():
    for five in (5, 5.0, np.int8(5), np.longdouble(5), Fraction(5), Decimal(5)):
        assert Derived(five, "").verdict("5") == "reproduced"
        assert Possible([five], "").shown("5") == "5"
    assert Derived(Decimal("1e999999"), "").verdict("5") == "differs"


def test_a_result_is_shown_beside_the_printed_text_with_two_more_decimals():
    assert Derived(100 * 11 / 21, "").shown("52.3") == "52.381"
    assert Derived(21.0, "").shown("20") == "21"
    assert Derived(Fraction("3.2021"), "").shown("3.2021") == "3.2021"
    assert (
        Alternatives({"Table 2": 10, "Table 4": 9}, "").shown("10") == "10 (Table 2); 9 (Table 4)"
    )
    assert Possible([1, 2, 3, 4, 5], "").shown("2") == "1 to 5"
    assert Possible([4, 2, 3, 1, 1], "").shown("2") == "1, 2, 3, 4"
    assert Possible(Bounds(1, Fraction(5, 2), True, True), "").shown("2.0") == "1 to 2.5"
    assert Possible([1], "", "some").shown("2") == "some"
    assert Restated("12.83", "").shown("12.8") == "12.83"
    assert Contradicted("nine others", True, "").shown("2") == "nine others"
    low, value, high = Fraction("52.3"), Fraction("52.4"), Fraction("52.5")
    within = Derived(value, "", Bounds(low, high, True, True))
    assert (within.shown("52.3"), within.shown("52.4")) == ("52.4 (52.3 to 52.5)", "52.4")
    assert Derived(math.inf, "").shown("5") == "inf"
    assert Derived(Fraction(1, 3), "").shown("none") == "0.333333"
    assert Possible([], "").shown("2") == "none"
    assert NotDerivable("x").shown("2") == "–"


@pytest.fixture
def paper(tmp_path, monkeypatch):
    """Lay out two papers; the first owns a claim that the second prints as well."""
    for key, text in {
        "smith-2001": FILE,
        "jones-2002": FILE.split("- id: deaths")[0],
    }.items():
        (tmp_path / "data" / key).mkdir(parents=True)
        (tmp_path / "data" / key / "claims.yaml").write_text(text)
        module = ModuleType(key)
        results = {"orr": Derived(100 * 11 / 21, "11 of 21"), "deaths": Derived(9, "rows")}
        if key == "jones-2002":
            del results["deaths"]
        module.results = lambda results=results: results
        monkeypatch.setitem(sys.modules, f"papers.{key.replace('-', '_')}", module)
    monkeypatch.setenv("SECONDLOOK_ROOT", str(tmp_path))
    return tmp_path / "data" / "smith-2001" / "claims.yaml"


def test_the_ledger_has_a_row_a_claim_in_the_order_of_the_file(paper):
    ledger = claims.ledger("smith-2001")
    assert claims.keys() == ["jones-2002", "smith-2001"]
    assert ledger["id"].tolist() == ["orr", "deaths"]
    assert ledger["verdict"].tolist() == ["truncated", "differs"]
    assert ledger["as_expected"].tolist() == [True, False]
    assert ledger["recomputed"].tolist() == ["52.381", "9"]
    assert ledger["cites"].tolist() == ["", "8"]
    assert ledger["cause"].tolist() == ["rounding", ""]


def test_the_ledger_is_shown_in_parts(paper):
    columns = ["quantity", "printed", "recomputed", "verdict"]
    orr = ["overall response rate, percent of 21", "52.3", "52.381", "truncated"]
    deaths = ["deaths", "10", "9", "differs"]
    beside = claims.beside("smith-2001", "deaths", "orr")
    assert (list(beside), beside.to_numpy().tolist()) == (columns, [deaths, orr])
    part = claims.printed_table("smith-2001", "dea")
    assert (list(part), part.to_numpy().tolist()) == (columns, [deaths])
    found = claims.disagreements("smith-2001")
    assert list(found) == ["verdict", "quantity", "printed", "why"]
    assert found["verdict"].tolist() == ["differs", "truncated"]
    assert found["why"].tolist() == ["", "the digit was cut"]
    assert claims.disagreements("smith-2001", "truncated")["quantity"].tolist() == [orr[0]]
    assert claims.counted("smith-2001") == dict.fromkeys(claims.VERDICTS, 0) | {
        "truncated": 1, "differs": 1,
    }  # fmt: skip
    assert claims.texts("smith-2001") == {"orr": "52.3", "deaths": "10"}
    assert claims.printed_text("smith-2001", "orr") == "52.3"
    with pytest.raises(KeyError, match="smith-2001 has no claim 'ors'; the nearest known are orr"):
        claims.texts("smith-2001")["ors"]
    assert claims.said("smith-2001", "orr") == 52.3
    assert (claims.said("smith-2001", "deaths"), type(claims.said("smith-2001", "deaths"))) == (
        *(10, int),
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            '"52.3"',
            "52.3",
            r"claims.yaml, line 1, claim 'orr': 'printed' must be text, got 52.3; put the number",
        ),
        ("  where: Abstract\n", "", "line 1, claim 'orr': the field 'where' is missing"),
        ("  where: Abstract\n", "  were: Abstract\n  where: A\n", "unknown field 'were'"),
        ("quantity: deaths", "quantity: 5", "'quantity' must be text, got 5$"),
        ("  cites: 8\n", "  cites: [8]\n", r"'cites' must be text, got \[8\]$"),
        ("  cites: 8\n", "  reads: 9.5\n", "'reads' must be text, got 9.5; put the number in q"),
        ("expect: truncated", "expect: wrong", "unknown verdict 'wrong'"),
        ("cause: rounding", "cause: malice", "unknown cause 'malice'"),
        ("  why: the digit was cut\n", "", "needs `cause` and `why`"),
        ("id: deaths", "id: orr", "line 9: the id 'orr' is taken by the claim in line 1"),
        ("  by: results\n", "", "nothing says how it follows; give it one of from, same"),
        (
            "  by: results\n",
            "  by: results\n  needs: x\n",
            "'needs' and 'by'; a claim follows in one",
        ),
        ("  by: results\n", "  by: results\n  if: a < b\n", "'if' goes with 'contradicts'"),
        ("  by: results\n", "  contradicts: orr\n", "'contradicts' needs 'if'"),
        ("  by: results\n", "  contradicts: orr\n  if: 5\n", "'if' must be text"),
        ("  by: results\n", "  by: [results]\n", "'by' is text; got"),
        ("  by: results\n", f"  needs: {'x' * 4001}\n", "'needs' has more than"),
        ("  by: results\n", "  same: [a, b]\n", "'same' is the id of one claim; got"),
        ("  by: results\n", "  from: []\n", "'from' is an expression, or a mapping"),
        ("  by: results\n", "  by: nothing\n", "has no function 'nothing'"),
        ("  by: results\n", "  by: __repr__\n", "has no function '__repr__'"),
        (
            "  by: results\n",
            "  by: later.results\n",
            "function in .*/src/papers/smith_2001; there is no module papers.smith_2001.later",
        ),
        ("where: Abstract", "where: [5]", "'where' must be text or a list of texts"),
        ("where: Abstract", f"where: {'x' * 4001}", "'where' has more than 4000 characters"),
        ("why: the digit was cut", f"why: {'x' * 4001}", "'why' has more than 4000 characters"),
        ("why: the digit was cut", "why: =cut", "names neither an entry of `reasons` nor a claim"),
        ("id: deaths", "id: Deaths_1", "lower-case words joined by hyphens"),
        ("  cites: 8\n", "  cites: 8\n  cites: 9\n", "the key 'cites' stands twice"),
        ("  cites: 8\n", "\tcites: 8\n", "indent with blanks, not with a tab"),
        ("  cites: 8\n", "  cites: 8\n  needs: times: all\n", "with a colon, .* in quotes"),
        ("  cites: 8\n", " cites: 8\n", "line 14: .* begins 13 lines above; .* keys stand in one"),
        ("  cites: 8\n", "  cites 8\n", "in what begins 1 line above; a key has a colon and a"),
        ("  cites: 8\n", "  why: {a\n", "line 15: .* begins 1 line above; .* and quote is closed"),
        ("  cites: 8\n", "  why: %\n", "line 14: .*; a text that begins with % stands in quotes"),
        ("  cites: 8\n", "  named: Fisher\n", "a test is named within `test: "),
    ],
)
def test_a_claims_file_that_is_wrong_is_refused_with_its_place(paper, old, new, message):
    text = paper.read_text()
    assert old in text
    paper.write_text(text.replace(old, new))
    with pytest.raises(ClaimsError, match=message.replace("(", r"\(")):
        claims.judge("smith-2001")


def test_a_claim_without_any_field_that_places_it_is_refused_with_its_line(paper):
    paper.write_text(paper.read_text() + "- quantity: deaths\n  expect: reproduced\n")
    with pytest.raises(
        ClaimsError, match=r"line \d+, claim '\(no id\)': the field 'id' is missing"
    ):
        claims.judge("smith-2001")


def test_results_have_claims_and_claims_results_of_the_right_kind(paper, monkeypatch):
    for results, message in (
        ({"orr": Derived(1, "")}, "gives no result for it; it gives orr"),
        ({"orr": Derived(1, ""), "deaths": 5}, "gives int, no result"),
        (
            {"orr": Derived(1, ""), "deaths": Derived(1, ""), "x": 1},
            "results for x, which are no claims",
        ),
        ({"orr": Derived(1, ""), "deaths": SimpleNamespace(how="")}, "gives SimpleNamespace, no"),
    ):
        module = sys.modules["papers.smith_2001"]
        monkeypatch.setattr(module, "results", lambda results=results: results)
        paper.write_text(paper.read_text() + "\n")
        with pytest.raises(ClaimsError, match=message):
            claims.judge("smith-2001")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("reasons: {cut: {cause: data}}\nclaims: [5]\n", "the reason 'cut' is a text, or has"),
        ("reasons: [cut]\nclaims: [5]\n", "`reasons` must be a mapping"),
        ("tables: {T1: {}}\n", "has a name in lower case with a mapping"),
        ("claim: []\n", "line 1: unknown section 'claim'"),
        ("claims: 5\n", "expected `claims:` with a list"),
    ],
)
def test_a_section_that_is_wrong_is_refused(paper, text, message):
    paper.write_text(text)
    with pytest.raises(ClaimsError, match=message):
        claims.judge("smith-2001")


def test_a_file_that_is_missing_or_no_file_is_named(tmp_path):
    with pytest.raises(ClaimsError, match="there is no claims file"):
        read_file(tmp_path / "claims.yaml")
    with pytest.raises(ClaimsError, match="not a regular file"):
        read_file(tmp_path)


@pytest.mark.parametrize("text", ["", "orr: 1\n", "- 5\n", "- [\n"])
def test_a_file_that_is_no_list_of_claims_is_refused(paper, text):
    paper.write_text(text)
    with pytest.raises(ClaimsError, match=r"claims\.yaml"):
        claims.judge("smith-2001")


def test_a_reason_is_named_instead_of_written_again(paper):
    paper.write_text(
        "reasons:\n  cut: {cause: rounding, why: the digits were cut}\n  plain: no cause\nclaims:\n"
        "- {id: a, where: T, quantity: a, printed: '1', needs: x, why: as it was}\n"
        "- {id: b, where: T, quantity: b, printed: '1', needs: x, why: =a}\n"
        "- {id: c, where: T, quantity: c, printed: '1', same: a, expect: differs, why: =cut}\n"
        "- {id: d, where: T, quantity: d, printed: '1', needs: x, why: =c}\n"
        "- {id: e, where: T, quantity: e, printed: '1', needs: x, cause: unknown, why: =plain}\n"
    )
    found = [(claim.cause, claim.why) for claim in read_file(paper).claims]
    assert found == [
        ("data", "as it was"),
        ("data", "as it was"),
        ("rounding", "the digits were cut"),
        ("rounding", "the digits were cut"),
        ("unknown", "no cause"),
    ]


def test_the_expected_verdict_is_the_best_of_the_form_where_none_is_said(paper):
    text = "claims:\n- {id: n, where: T, quantity: n, printed: '6', needs: x}\n"
    cases = {
        "some_count(n)": ("17", "18"),
        "at_most(n)": ("5", "7"),
        "at_least(n)": ("7", "5"),
        "between(2, n)": ("2", "1"),
        "one_of(n, n + 2)": ("8", "7"),
    }
    for number, (how, (holds, fails)) in enumerate(cases.items()):
        for name, printed in (("holds", holds), ("fails", fails)):
            text += (
                f"- {{id: {name}-{number}, where: T, quantity: q, printed: '{printed}', "
                f"from: '{how}'}}\n"
            )
    for name, p in (("holds", "0.008"), ("fails", "0.5")):
        cells = "[[n + 2, 1], [n - 1, 10]]"
        text += (
            f"- {{id: {name}-p, where: T, quantity: P, printed: '{p}', test: {{table: {cells}}}}}\n"
        )
    paper.write_text(text)
    _, *judged = claims.judge("smith-2001")
    for each in judged:
        assert each.as_expected == each.claim.id.startswith("holds")
        assert each.verdict == ("attainable" if each.as_expected else "unattainable")
        assert None not in (each.claim.cause, each.claim.why)


def test_disagreements_stand_from_the_gravest_to_the_mildest_and_once_a_quantity(paper):
    text = "claims:\n- {id: n, where: T, quantity: n, printed: '6', needs: x}\n"
    for name, printed, how, verdict in (
        ("a", "7.5", "from: rounded(n) / 1", "differs"),
        ("b", "7", "same: n", "conflicts"),
        ("c", "7", "from: at_most(n)", "unattainable"),
        ("d", "6", "same: n", "reproduced"),
        ("e", "5", "from: at_most(n)", "attainable"),
        ("f", "7", "same: n", "conflicts"),
    ):
        more = "" if verdict == "reproduced" else f", expect: {verdict}, cause: data, why: {name}"
        quantity = "b" if name == "f" else name
        text += (
            f"- {{id: {name}, where: T, quantity: {quantity}, printed: '{printed}', {how}{more}}}\n"
        )
    paper.write_text(text)
    assert all(each.as_expected for each in claims.judge("smith-2001"))
    found = claims.disagreements("smith-2001")
    assert found["verdict"].tolist() == ["conflicts", "differs", "unattainable", "attainable"]
    assert found["why"].tolist() == ["b", "a", "c", "e"]


def test_a_word_that_names_no_claim_no_verdict_and_no_paper_is_refused_and_not_an_empty_table(
    paper,
):
    paper.write_text("claims:\n- {id: n, where: T, quantity: n, printed: '6', needs: x}\n")
    with pytest.raises(ValueError, match="'diffres' is no verdict; there are reproduced"):
        claims.disagreements("smith-2001", "diffres")
    with pytest.raises(ValueError, match="is no verdict; there are reproduced"):
        claims.disagreements("smith-2001", np.array("differs"))
    with pytest.raises(KeyError, match="smith-2001 has no claim whose id begins with 't1-'"):
        claims.printed_table("smith-2001", "t1-")
    for ask in (claims.beside, claims.said, claims.printed_text):
        with pytest.raises(KeyError, match="smith-2001 has no claim 'm'"):
            ask("smith-2001", "m")
        for name in (None, b"n", ["n"]):
            with pytest.raises(KeyError, match="an id is text"):
                ask("smith-2001", name)
    for key in (None, 5, "", "../x", "smith-2001" * 30):
        with pytest.raises(ValueError, match="there is no paper"):
            claims.ledger(key)


FAULTY = """\
claims:
- {id: n, where: Abstract, quantity: patients, printed: "21", needs: the records}
- {id: orr, where: Abstract, quantity: response rate, printed: "52", by: results, colour: red}
- {id: cr, where: Abstract, quantity: complete response, printed: 5, needs: the records}
- {id: pr, where: Abstract, quantity: partial response, printed: "6", from: n - of}
- {id: sd, where: Abstract, quantity: stable disease, printed: "some", from: n - 1}
- {id: all, where: Abstract, quantity: responses, printed: "11", from: cr + n}
- {id: pd, where: Abstract, quantity: progression, printed: "1", from: n - 20, why: =orr}
"""


def test_all_that_is_wrong_with_a_claims_file_is_told_at_once_in_its_order(paper):
    paper.write_text(FAULTY)
    with pytest.raises(ClaimsError) as raised:
        claims.judge("smith-2001")
    wanted = (
        r"line 3, claim 'orr': unknown field 'colour'",
        r"line 4, claim 'cr': 'printed' must be text, got 5; put the number in quotes",
        r"line 5, claim 'pr': .*there is no claim, cell or table 'of'",
        r"line 6, claim 'sd': cannot read 'some' as one printed number",
    )
    told = str(raised.value).split("\n")
    assert len(told) == len(wanted), "what rests on a fault is no further one"
    for line, message in zip(told, wanted, strict=True):
        assert re.search(rf"claims\.yaml, {message}", line)


def test_of_many_faults_twenty_are_told_and_the_others_counted(paper):
    entry = '- {{id: a-{}, where: Abstract, quantity: a, printed: "1", from: b}}\n'
    paper.write_text("claims:\n" + "".join(entry.format(at) for at in range(25)))
    with pytest.raises(ClaimsError) as raised:
        claims.judge("smith-2001")
    told = str(raised.value).split("\n")
    assert len(told) == 21
    assert "'a-19'" in told[19]
    assert told[20] == "and 5 more"


BROKEN = """\
import math
def one():
    return math.sqrt(-1)
def two(x):
    return x
"""
CLAIMS = """\
claims:
- {id: a, where: Abstract, quantity: a, printed: "1", by: one}
- {id: b, where: Abstract, quantity: b, printed: "1", by: one}
- {id: c, where: Abstract, quantity: c, printed: "1", by: two}
- {id: d, where: Abstract, quantity: d, printed: 5, needs: it}
"""


def _told_of(root, module, monkeypatch):
    """Return what is told of `CLAIMS` where the analyses are this text."""
    key = "unknown-1999"
    (root / "data" / key).mkdir(parents=True)
    (root / "data" / key / "claims.yaml").write_text(CLAIMS)
    (root / "data" / key / "datapackage.yaml").write_text("x-headlines: [a]\n")
    if module is not None:
        (root / "src" / "papers").mkdir(parents=True)
        (root / "src" / "papers" / "unknown_1999.py").write_text(module)
    monkeypatch.setenv("SECONDLOOK_ROOT", str(root))
    monkeypatch.setattr(sys, "path", [*sys.path])
    for name in [each for each in sys.modules if f"{each}.".startswith("papers.")]:
        monkeypatch.delitem(sys.modules, name)
    with pytest.raises(ClaimsError) as raised:
        claims.judge(key)
    return str(raised.value).replace(str(root), "").split("\n")


FILE_OF = "/data/unknown-1999/claims.yaml, line"
MODULE = "/src/papers/unknown_1999.py, line"


@pytest.mark.parametrize(
    ("module", "told"),
    [
        (None, [f"{FILE_OF} 2, claim 'a': `by: one` means a function in /src/papers/unknown_1999; "
                "there is no module papers"]),
        ("def one(:", [f"{FILE_OF} 2, claim 'a': `by: one` fails: {MODULE} 1: invalid syntax"]),
        ("import no_such", [f"{FILE_OF} 2, claim 'a': `by: one` fails: {MODULE} 1: "
                            "ModuleNotFoundError: No module named 'no_such'"]),
        (BROKEN, [f"{FILE_OF} 2, claim 'a': `by: one` fails: {MODULE} 3: ValueError: math domain "
                  "error",
                  f"{FILE_OF} 4, claim 'c': `by: two` fails: TypeError: two() missing 1 required "
                  "positional argument: 'x'"]),
        ("import sys\nsys.exit(0)", [f"{FILE_OF} 2, claim 'a': `by: one` fails: {MODULE} 2: "
                                     "SystemExit: 0"]),
        ("def one(): raise ValueError('a\\nb' + 'c' * 10_000)\ntwo = one",
         [f"{FILE_OF} {line}: `by: {name}` fails: {MODULE} 1: ValueError: a b{'c' * 497}"
          for line, name in (("2, claim 'a'", "one"), ("4, claim 'c'", "two"))]),
    ],
)  # fmt: skip
def test_an_analysis_that_fails_is_one_fault_with_its_line(tmp_path, monkeypatch, module, told):
    found = _told_of(tmp_path, module, monkeypatch)
    *first, last = found
    assert "line 5, claim 'd': 'printed' must be text" in last
    assert [each.removesuffix(".unknown_1999") for each in first] == told
