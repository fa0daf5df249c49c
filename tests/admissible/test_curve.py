"""Correct: verdicts that follow by hand, and every data set handed out prints every number."""

import json

import numpy as np
import pytest
from click.testing import CliRunner
from numpy.testing import assert_allclose

from secondlook.admissible import CurveFacts, curve, data_sets, decide, judged
from secondlook.admissible import answer as answering
from secondlook.admissible.answer import resolved
from secondlook.admissible.bound import bound
from secondlook.admissible.listing import MOST_PREFIXES, listing
from secondlook.admissible.question import pose
from secondlook.admissible.verify import unmet
from secondlook.cli import app

KAYSER = {
    "n": "31",
    "at_risk": "31 27 22 19 13 10 5 4 3 3 2 1 1 1 1 0 0",
    "ticks": "3",
    "interval": "log",
    "survival": {"12": "53 (37-76)", "24": "18 (8-43)"},
    "median": "12.8 (9.9-16.2)",
    "follow_up": "29 (21-NR)",
}


def read(**block):
    return CurveFacts.read("os", block)


def test_a_number_that_stands_alone_against_all_others_is_unattainable():
    # Nobody is censored: 6 deaths of 8 leave 2 at risk, and 25 % alive; 40 % goes with neither.
    answer = curve(
        read(n="8", at_risk="8 8 2", ticks="6", deaths="8", survival={"6": "100", "12": "40"})
    )

    assert answer.answer == "unattainable"
    assert answer["os/12"].verdict in ("unattainable", "conflicts")
    assert "S(12) = 40%" in answer.contradiction


def test_one_statement_alone_can_be_impossible():
    # Of eight patients no number dead or censored by 3 leaves 95 %: one death leaves 7/r at most.
    answer = curve(read(n="8", at_risk="8 2", ticks="6", survival={"3": "95"}))

    assert answer.contradiction == ("S(3) = 95%",)
    assert answer["os/3"].verdict == "unattainable"
    assert answer["os/at-risk/1"].verdict == "attainable"


@pytest.mark.parametrize("printed", ["30", "60", "61", "62.5", "75"])
def test_verdicts_alone_are_those_of_the_whole_answer(printed):
    facts = read(n="8", at_risk="8 5 2", survival={"5": printed, "12": "30"}, interval="unknown")

    def verdicts(statements):
        return {one.address: (one.printed, one.verdict, one.how) for one in statements}

    assert verdicts(judged(facts)) == verdicts(curve(facts).statements)


@pytest.mark.parametrize(
    ("printed", "answer"),
    [
        # Two of three have gone by 6, so that S(5) is 1/3, 1/2, 2/3 or 1.
        ("<34", "attainable"), ("<=34", "attainable"), ("<33", "unattainable"),
        (">99", "attainable"), (">=100", "attainable"), (">100", "unattainable"),
        # Plain limits of 1/3 are cut at 0: 1/3 - 1.96 * 0.272 lies below it.
        ("33 (<0.1 to 87)", "attainable"), ("33 (<=0 to >86)", "attainable"),
        ("33 (>0.1 to 87)", "unattainable"), ("33 (0 to <86)", "unattainable"),
    ],
)  # fmt: skip
def test_a_relation_is_taken_at_its_word(printed, answer):
    facts = read(n="3", at_risk="3 1", ticks="6", survival={"5": printed}, interval="plain")
    assert curve(facts).answer == decide(facts) == answer


def test_at_least_a_half_and_then_at_most_a_half_may_be_a_half_throughout():
    facts = read(n="2", deaths="1", survival={"6": ">=50", "12": "<=50"}, last="20",
                 left={"3": "1", "15": "1"})  # fmt: skip
    assert curve(facts).answer == "attainable"


@pytest.mark.parametrize("median", [">5", "<5", ">=5"])
def test_a_median_on_one_side_of_a_time_may_lie_on_a_level_stretch(median):
    facts = read(n="4", median=median, deaths="2", plateau="midpoint", interval="log")
    answer = curve(facts)
    assert answer.answer == "attainable"
    times, events = np.array(answer.data_set).T
    assert unmet(facts, times, events) == []


def test_a_single_digit_is_told_from_its_neighbours_by_the_list_of_all_sequences():
    # One death of eight leaves 87.5 %, which is printed 88 by either way of rounding.
    block = {"n": "8", "at_risk": "8 7", "ticks": "4"}
    assert curve(read(**block, survival={"3": "88"})).answer == "attainable"
    assert curve(read(**block, survival={"3": "87"})).answer == "unattainable"
    assert curve(read(**block, survival={"3": "87"}, rounding="either")).answer == "attainable"


def test_the_facts_of_kayser_2022_fit_ticks_of_three_months_and_log_limits_only():
    facts = CurveFacts.read("os", KAYSER | {"ticks": "unknown", "interval": "unknown"})

    answer = curve(facts)

    fitting = [one for one in answer.conventions if one.answer != "unattainable"]
    assert [(one.ticks.split()[1], one.interval) for one in fitting] == [("3", "log")]
    assert {(one.ticks.split()[1], one.interval) for one in answer.conventions} > {
        (spacing, kind)
        for spacing in "123456"
        for kind in ("plain", "log", "log-log", "logit", "arcsine")
    }
    assert (answer.ranges["deaths"].lowest, answer.ranges["deaths"].highest) == (20, 23)
    assert (answer.sequences, answer.orders, answer.exact) == (16_472, 4_997_280, True)
    assert round(answer.survival(36).highest, 3) == 0.185


def test_data_sets_print_every_number_and_follow_from_their_seed():
    facts = CurveFacts.read("os", KAYSER)

    first, again = (list(data_sets(facts, 3, seed=5)) for _ in range(2))

    for one, other in zip(first, again, strict=True):
        assert unmet(facts, one.durations, one.events) == []
        assert np.array_equal(one.durations, other.durations)
    assert not np.array_equal(first[0].durations, first[1].durations)


def test_a_paper_of_150_is_answered_and_a_wrong_digit_is_named():
    block = {
        "n": "150",
        "at_risk": "150 120 90 60 30 11 2",
        "ticks": "6",
        "interval": "log",
        "survival": {"12": "68 (60-77)", "24": "44 (35-56)"},
        "median": "20.5 (16.6-26.9)",
    }
    facts = CurveFacts.read("os", block)
    answer = curve(facts)
    assert answer.answer == decide(facts) == "attainable"
    times, events = np.array(answer.data_set).T
    assert unmet(next(iter(resolved(facts))), times, events) == []

    moved = CurveFacts.read("os", block | {"survival": {"12": "68 (60-77)", "24": "44 (28-56)"}})
    wrong = curve(moved)
    assert wrong.answer == decide(moved) == "unattainable"
    assert "lower limit 28% of S(24)" in wrong.contradiction
    assert wrong["os/12"].verdict == "attainable"


def test_an_answer_is_json_without_infinities():
    for block in (KAYSER, {"n": "8", "at_risk": "8 5", "ticks": "6", "survival": {"5": "88"}}):
        answer = curve(CurveFacts.read("os", block))
        found = json.loads(json.dumps(answer.to_json(), allow_nan=False))
        assert [one["verdict"] for one in found["statements"]] == ["attainable"] * len(
            answer.statements
        )
        assert found["statements"][0]["where"] == "os/at-risk/1"
        assert found["ranges"]["deaths"] == [
            answer.ranges["deaths"].lowest,
            answer.ranges["deaths"].highest,
        ]
        assert len(found["data_set"]) == answer.n


def test_the_command_reads_a_file_and_writes_data_sets(tmp_path):
    path = tmp_path / "os.yaml"
    path.write_text(
        'n: "31"\nat_risk: "31 22 13 5 3 2 1 1 0"\nticks: "6"\ninterval: log\n'
        'survival: {12: "53 (37-76)"}\n'
    )
    sets = tmp_path / "sets"
    run = CliRunner().invoke(
        app, ["curve", str(path), "--sets", "2", "--seed", "1", "--csv", str(sets)]
    )
    assert run.exit_code == 0, run.output
    assert "S(12) = 53%" in run.output
    written = sorted(sets.iterdir())
    assert len(written) == 2
    assert written[0].read_text().startswith("patient,time,event,note\n1,")
    assert "constructed, not patient data" in written[0].read_text()

    run = CliRunner().invoke(app, ["curve", str(path), "--format", "json"])
    found = json.loads(run.stdout)
    assert found["answer"] == "attainable"
    assert {"printed", "where", "verdict"} <= set(found["statements"][0])
    assert found["contradiction"] == []


def test_the_command_names_what_it_cannot_read(tmp_path):
    path = tmp_path / "os.yaml"
    path.write_text('n: ">=10"\n')
    run = CliRunner().invoke(app, ["curve", str(path)])
    assert run.exit_code == 2
    assert "curve 'os': n: '>=10'" in run.output
    run = CliRunner().invoke(app, ["curve", "kayser-2022/nobody"])
    assert run.exit_code == 2
    assert "there is no curve 'nobody'; `curves` has os, rfs" in run.output


def test_a_hazard_beside_a_number_that_is_not_printed_is_that_of_every_number_there_may_be():
    def hazards(left):
        block = {"survival": {"20": "40"}, "median": "12.0", "deaths": "7-9"}
        answer = curve(read(n="14", at_risk=f"14 11 {left} 4", ticks="0 5 11.95 20", **block))
        found = [one for name, one in answer.ranges.items() if name.startswith("hazard")]
        return [(one.lowest, one.highest) for one in found]

    each = np.array([found for left in range(4, 12) if (found := hazards(left))])
    assert each.shape[0] > 1
    assert each.shape[1:] == (3, 2)
    hull = np.column_stack((each[:, :, 0].min(axis=0), each[:, :, 1].max(axis=0)))
    assert_allclose(hazards("-"), hull, rtol=1e-12)


def test_what_nothing_else_tells_is_told_by_a_longer_list():
    block = {
        "n": "31",
        "at_risk": "31 22 12 2 2 1 0",
        "ticks": "5",
        "interval": "plain",
        "survival": {"12": "35 (15-54)", "24": "19 (0-39)"},
        "median": "11.0 (6.0-13.0)",
        "follow_up": "12 (9-20)",
        "deaths": "18",
    }
    facts = CurveFacts.read("os", block)
    room = bound(pose(facts))
    assert room
    assert listing(room, MOST_PREFIXES) is None

    assert curve(facts, explain=False).answer == "unattainable"


# What `answer` puts together, on small blocks and by hand


def test_a_block_is_read_in_every_way_that_it_leaves_open():
    def kinds(**block):
        return [(one.ticks[1], one.interval, one.follow_up_interval)
                for one in resolved(read(n="8", at_risk="8 5", **block))]  # fmt: skip

    five = ["plain", "log", "log-log", "logit", "arcsine"]
    limits = {"ticks": "6", "survival": {"5": "80 (50-90)"}}
    assert kinds(**limits) == [("6", kind, kind) for kind in five]
    assert kinds(**limits, follow_up_interval="log") == [("6", kind, "log") for kind in five]
    assert kinds(**limits, interval="logit") == [("6", "logit", "logit")]
    # Without limits every type says the same, and one that is named stays.
    assert kinds(ticks="6", survival={"5": "80"}) == [("6", "log", "log")]
    assert kinds(ticks="6", survival={"5": "80"}, interval="plain") == [("6", "plain", "plain")]
    spaced = kinds(survival={"5": "80"})
    assert [each[0] for each in spaced] == list(answering.SPACINGS)


def test_the_sequences_of_a_small_cohort_are_counted_and_their_band_has_its_columns():
    # Of three one died before 6 months; each of the two after that may have died or been censored.
    answer = curve(read(n="3", at_risk="3 2", ticks="6", survival={"6": "67"}))
    assert (answer.answer, answer.sequences) == ("attainable", 4)
    # None, one or two of the two who are censored may be so at 6; a death comes later.
    assert answer.orders == 3 + 2 + 1 + 1
    assert 0 <= answer.seconds < 600
    assert {one.how for one in answer.statements} == {
        "a constructed data set prints every number of this curve"
    }
    assert (answer.ranges["deaths"].lowest, answer.ranges["deaths"].highest) == (1, 3)
    assert list(answer.envelope()) == ["time", "survival_lowest", "survival_highest"]
    assert_allclose([answer.survival(6).lowest, answer.survival(6).highest], 2 / 3)
    with pytest.raises(ValueError, match=r"^time is -1"):
        answer.survival(-1)
    with pytest.raises(ValueError, match=r"^explain is 'no'; it must be True or False"):
        curve(read(n="3", median="2"), explain="no")
    with pytest.raises(KeyError, match="has no number 'os/7'; it has os/at-risk/1, os/6"):
        answer["os/7"]


def test_a_list_alone_gives_a_data_set():
    facts = read(n="3", at_risk="3 2", ticks="6", survival={"6": "67"})
    (listed,) = answering._ask(facts, widths=(), most=100)
    assert (listed.decision, listed.of) == ("attainable", 1)
    assert unmet(listed.facts, *listed.found) == []
    (left,) = answering._ask(facts, widths=(), thorough=False)
    assert (left.decision, left.found, left.listing) == ("undecided", None, None)


def test_what_neither_search_nor_bound_settles_is_undecided_and_says_so(monkeypatch):
    for name in ("witness", "listing"):
        monkeypatch.setattr(answering, name, lambda *_, **__: None)
    monkeypatch.setattr(answering, "in_parts", lambda *_: ("undecided", None))
    facts = read(n="3", at_risk="3 2", ticks="6", survival={"6": "67"})
    answer = curve(facts)
    assert (answer.answer, decide(facts), answer.sequences) == ("undecided", "undecided", None)
    assert {(one.verdict, one.how, one.values) for one in answer.statements} == {(
        "undecided",
        "neither a data set that prints every number was found nor a proof that none does",
        (),
    )}  # fmt: skip
    with pytest.raises(ValueError, match="no data set that prints every number of 'os' was found"):
        list(data_sets(facts, 1, seed=0))


@pytest.mark.parametrize(
    ("decisions", "together"),
    [
        (["unattainable", "attainable"], "attainable"),
        (["unattainable", "undecided"], "undecided"),
        (["undecided", "attainable", "unattainable"], "attainable"),
        (["unattainable"], "unattainable"),
    ],
)
def test_readings_decide_together(decisions, together):
    assert answering._together(decisions) == together


def test_two_contradictions_are_both_named_and_what_is_left_is_shown():
    # Five of eight are at risk at 6 and at 12: 30 % at 5 and 30 % at 11 are each too low.
    block = {"n": "8", "at_risk": "8 5 5 1", "ticks": "6", "survival": {"5": "30", "17": "15"}}
    both = {**block, "survival": {"5": "30", "11": "30", "17": "15"}}
    one, two = (
        {stated.address: stated.verdict for stated in curve(read(**each)).statements}
        for each in (block, both)
    )
    assert one["os/5"] == "unattainable"  # the others hold together, both rows included
    assert one["os/17"] == one["os/at-risk/2"] == one["os/at-risk/3"] == "attainable"
    assert two["os/5"] == two["os/11"] == "conflicts"
    assert two["os/17"] == two["os/at-risk/3"] == "attainable"


def test_what_is_left_of_endless_contradictions_is_given_up(monkeypatch):
    monkeypatch.setattr(answering, "_fit", lambda _: None)
    monkeypatch.setattr(answering, "_impossible", lambda some, **_: bool(some.statements()))
    facts = read(n="8", at_risk="8 7 6 5 4 3 2", ticks="6", survival={"5": "30"})
    # Each number at risk is a contradiction of its own; four are left out, and no more tried.
    found = answering._rest(facts, {"os/5"})
    assert found == (None, None, {f"os/at-risk/{position}" for position in range(1, 5)})
    # With one number fewer than that nothing is left, and nothing contradicts it.
    facts = read(n="8", at_risk="8 7 6", ticks="6", survival={"5": "30"})
    assert answering._rest(facts, {"os/5"}) == (None, None, {"os/at-risk/1", "os/at-risk/2"})


def test_every_width_is_that_of_the_first_reading_and_too_wide_a_question_is_not_asked(monkeypatch):
    facts = read(n="8", at_risk="8 5", ticks="6", survival={"5": "30"})
    assert answering._width(facts) == pose(facts if facts.interval != "unknown" else
                                           next(resolved(facts))).width  # fmt: skip
    assert answering._impossible(facts)
    monkeypatch.setattr(answering, "WIDEST", answering._width(facts))
    assert answering._impossible(facts)
    monkeypatch.setattr(answering, "WIDEST", answering._width(facts) - 1)
    assert not answering._impossible(facts)
    fitting = read(n="8", at_risk="8 5", ticks="6", survival={"5": "88"})
    assert answering._fit(fitting) is None
    monkeypatch.setattr(answering, "WIDEST", answering._width(fitting))
    assert answering._fit(fitting) is not None


@pytest.mark.parametrize(
    ("block", "decision"),
    [
        # One of eight has left by 6, so that the curve of follow-up is at 7/8 or above.
        ({"at_risk": "8 7", "follow_up": "3"}, "unattainable"),
        ({"at_risk": "8 7", "follow_up": "9"}, "attainable"),
        # Nobody has died by 6 and six are censored: it is at 2/8, and its median was before.
        ({"at_risk": "8 2", "survival": {"6": "100"}, "follow_up": "12"}, "unattainable"),
        ({"at_risk": "8 2", "survival": {"6": "100"}, "follow_up": "4"}, "attainable"),
        # All are left at 6, or one.
        ({"at_risk": "8 8", "median": "3"}, "unattainable"),
        ({"at_risk": "8 1", "median": "3"}, "attainable"),
    ],
)
def test_medians_of_both_curves_follow_from_who_is_left(block, decision):
    assert decide(read(n="8", ticks="6", **block)) == decision


def test_the_reading_that_fits_gives_the_data_set_and_the_others_are_told():
    # Two of eight died: 75 % from 50 (log), 45 (plain), 32 % (log-log).
    facts = read(n="8", at_risk="8 6", ticks="6", survival={"5": "75 (50-100)"}, interval="unknown")
    said = []
    answer = curve(facts, progress=lambda what, share: said.append((what, share)))
    assert [(one.interval, one.answer) for one in answer.conventions] == [
        ("plain", "unattainable"), ("log", "attainable"), ("log-log", "unattainable"),
        ("logit", "unattainable"), ("arcsine", "unattainable"),
    ]  # fmt: skip
    assert answer.answer == "attainable"
    times, events = np.array(answer.data_set).T
    (log,) = [one for one in resolved(facts) if one.interval == "log"]
    assert unmet(log, times, events) == []
    assert answer["os/5"].values == (75.0,)
    assert said == [
        *(("bound and witness", share / 5) for share in range(1, 6)),
        ("ranges", 0.0), ("done", 1.0),
    ]  # fmt: skip
    said.clear()
    curve(read(n="8", at_risk="8 2", ticks="6", survival={"3": "95"}), explain=False,
          progress=lambda what, share: said.append((what, share)))  # fmt: skip
    assert said == [("bound and witness", 1.0), ("contradiction", 0.0), ("done", 1.0)]


def test_survival_at_a_time_is_that_after_its_deaths():
    # Both are at risk at 6 and one is dead just after it.
    answer = curve(read(n="2", at_risk="2 2", ticks="6", survival={"6": "50"}))
    assert (answer.survival(6).lowest, answer.survival(6).highest) == (0.5, 0.5)
    assert (answer.survival(5).lowest, answer.survival(5).highest) == (1.0, 1.0)


def test_a_limit_nearer_than_without_any_censoring_is_impossible_without_numbers_at_risk():
    """The last to go may die or not; a polygon around both held any limit of the one who did not.

    Greenwood's sum is least with nobody censored: (1 - S) / (S n), here 0.0134 or more. Its lower
    limit is 44 on the scale of log, and lower on the others.
    """
    block = {"n": "60", "survival": {12: "55 (45-65)"}, "median": "20"}
    answer = curve(CurveFacts.read("os", block))
    assert answer.answer == "unattainable"
    assert answer.contradiction == ("S(12) = 55%", "lower limit 45% of S(12)")
    assert answer.smallest
    assert answer["os/median"].verdict == "attainable"
