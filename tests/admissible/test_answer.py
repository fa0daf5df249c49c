"""Correct: what an answer says of each number and of all together, on blocks solved by hand."""

import math

import pytest

from secondlook.admissible import Answer, CurveFacts, Range, curve, data_sets, decide, judged
from secondlook.admissible import answer as answering
from secondlook.admissible.answer import resolved
from secondlook.admissible.verify import unmet


def read(**block):
    return CurveFacts.read("os", block)


def test_without_a_row_of_numbers_at_risk_no_ticks_are_tried():
    assert len(list(resolved(read(n="8", at_risk="8", median="5")))) == 1
    assert len(list(resolved(read(n="8", at_risk="8 5", median="5")))) == len(answering.SPACINGS)


def test_one_limit_alone_asks_for_its_type():
    facts = read(n="8", survival={"5": "80 (50-90)"})
    for kept, kinds in (("os/5", 1), ("os/5/lower", 5), ("os/5/upper", 5)):
        assert len(list(resolved(facts.only([kept])))) == kinds


def test_limits_that_one_type_never_has_say_nothing_of_the_others():
    # One of three died: 67 (30-100) by log limits. No plain limits of three are 30 and 100.
    facts = read(n="3", at_risk="3 2", ticks="9", survival={"8": "67 (30-100)"})
    assert decide(facts.only(["os/8/lower", "os/8/upper"])) == "attainable"
    answer = curve(facts)
    assert [one.interval for one in answer.conventions if one.answer == "attainable"] == ["log"]


def test_infinite_ends_are_null_in_json_and_finite_ones_stay():
    answer = Answer(
        "os", 2, "attainable", (), ranges={"median": Range(3, math.inf, True)},
        data_set=((1.5, 1), (2.0, 0)),
    )  # fmt: skip
    found = answer.to_json()
    assert found["ranges"] == {"median": [3, None]}
    assert found["data_set"] == [{"time": 1.5, "event": 1}, {"time": 2.0, "event": 0}]
    assert (found["sequences"], found["exact"], found["smallest"]) == (None, False, False)


def test_a_number_is_judged_with_the_reason_and_what_a_data_set_gives():
    # Five of eight are at risk at 6, so that S(5) is 5/8 or more; 5/8 is 62.5%.
    facts = read(
        n="8", at_risk="8 5 2", ticks="6", survival={"5": "30", "12": "30"}, where="Fig. 2"
    )
    answer = curve(facts)
    assert (answer.answer, answer.smallest) == ("unattainable", True)
    assert answer.contradiction == ("5 at risk at 6", "S(5) = 30%")
    others = "5 at risk at 6; S(5) = 30%"
    assert {one.address: (one.verdict, one.how) for one in answer.statements} == {
        "os/at-risk/1": ("conflicts", f"no data set has all of: {others}"),
        "os/5": ("conflicts", f"no data set has all of: {others}"),
        "os/at-risk/2": (
            "attainable",
            f"a constructed data set prints it, but not all of: {others}",
        ),
        "os/12": ("attainable", f"a constructed data set prints it, but not all of: {others}"),
    }
    assert {one.where for one in answer.statements} == {"Fig. 2"}
    assert answer["os/at-risk/2"].values == (2.0,)
    assert answer["os/5"].values == ()
    assert (answer.ranges, answer.band, answer.sequences, answer.exact) == ({}, (), None, False)
    assert answer.data_set == ()
    assert judged(facts) == answer.statements


def test_one_number_against_all_others_is_told_so():
    answer = curve(read(n="8", at_risk="8 2", ticks="6", survival={"3": "95", "5": "60"}))
    assert answer["os/3"].how == (
        "all the others hold together, but no data set has all of: S(3) = 95%"
    )
    assert answer["os/3"].where == "os/3"
    assert answer.smallest


def test_without_an_explanation_an_impossible_block_has_no_verdicts():
    answer = curve(read(n="8", at_risk="8 2", ticks="6", survival={"3": "95"}), explain=False)
    assert (answer.answer, answer.contradiction, answer.smallest) == ("unattainable", (), False)
    assert {one.verdict for one in answer.statements} == {"undecided"}


def test_a_question_that_its_bound_alone_decides_asks_for_no_list(monkeypatch):
    """Whoever may list asks for a list only where something is left of the bound."""
    asked = []
    of = answering.listing

    def listing(room, most):
        asked.append(most)
        return of(room, most)

    monkeypatch.setattr(answering, "listing", listing)
    curve(read(n="8", at_risk="8 5", ticks="6", survival={"5": "30"}))
    assert asked == []
    # 87.5% is printed 88%, which only the list sees.
    curve(read(n="8", at_risk="8 7", ticks="4", survival={"3": "87"}))
    assert set(asked) == {answering.MOST_PREFIXES, answering.MOST_PREFIXES // 10}


def test_ranges_of_readings_are_joined_and_only_what_all_have_is_told():
    # At 6 or at 12 two of three are left: one is dead or censored by then.
    facts = read(n="3", at_risk="3 2", survival={"40": "50"})
    answer = curve(facts)
    assert len([one for one in answer.conventions if one.answer == "attainable"]) > 2
    assert "deaths" in answer.ranges
    assert not any(name.startswith(("hazard", "survival just")) for name in answer.ranges)
    assert (answer.ranges["deaths"].lowest, answer.ranges["deaths"].highest) == (1, 2)
    assert answer.sequences == sum(
        curve(read(n="3", at_risk="3 2", ticks=one.ticks, survival={"40": "50"})).sequences
        for one in answer.conventions
        if one.answer == "attainable"
    )


def test_as_many_data_sets_are_made_as_are_asked_for():
    facts = read(n="5", at_risk="5 3", ticks="6", survival={"6": "60"})
    sets = list(data_sets(facts, 4, seed=2))
    assert len(sets) == 4
    for one in sets:
        assert unmet(next(iter(resolved(facts))), *one) == []
    with pytest.raises(
        ValueError, match=r"^no data set that prints every number of 'os' was found"
    ):
        next(data_sets(read(n="8", at_risk="8 5", ticks="6", survival={"5": "30"}), 1, seed=2))


def test_answers_are_equal_whatever_time_they_took():
    facts = read(n="3", at_risk="3 2", ticks="6")
    assert curve(facts) == curve(facts)
    assert Answer("os", 2, "attainable", ()).seconds == 0
