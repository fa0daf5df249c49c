"""Correct: a block says what it says, and what it does not know is refused by name."""

import re

import numpy as np
import pytest

from secondlook.admissible import CurveFacts
from secondlook.admissible.facts import NOT_REACHED, Triple

BLOCK = {
    "where": "Figure 3",
    "n": "31",
    "at_risk": "31 27 - 13 3",
    "ticks": "6",
    "survival": {"12": "53 (37-76)", "24": "18% (95% CI 8\u201343)"},
    "median": "12.8 months (9.9 to 16.2)",
    "follow_up": "29 (21-NR)",
    "deaths": "20-23",
    "last": ">40",
    "left": {"0.46": "30"},
    "told": [{"died": "0.4", "who": "early death"}, {"alive": ">=24"}],
}

PERCENTS = "percents are needed, such as 68 for 0.68; write 0.68% if it is so little"
QUOTED = "a printed value is text: put it in quotes"
TOLD = 'write {died: "5"} or {alive: ">24"}, with who: if wanted'
KINDS = "write one of plain, log, log-log, logit, arcsine, unknown"
PLATEAUS = "write one of midpoint, left, right, unknown"
WHOLE = 'name the other block: {whole: os, delay: "0.5"}'
FIELDS = (
    "n, at_risk, ticks, left, survival, median, follow_up, deaths, last, told, interval, "
    "follow_up_interval, level, rounding, plateau, where, unit, part_of"
)


def test_every_number_has_an_address_and_is_a_sentence():
    words = {one.address: one.words for one in CurveFacts.read("os", BLOCK).statements()}

    assert words["os/at-risk/1"] == "27 at risk at 6"
    assert "os/at-risk/2" not in words
    assert words["os/12"] == "S(12) = 53%"
    assert words["os/24/upper"] == "upper limit 43% of S(24)"
    assert words["os/median/lower"] == "lower limit 9.9 of the median"
    assert words["os/follow-up/upper"] == "upper limit not reached of the median follow-up"
    assert words["os/left/0.46"] == "30 at risk at 0.46"
    assert words["os/told/1"] == "a patient died at 0.4 (early death)"
    assert words["os/told/2"] == "a patient alive when last seen at >=24"
    assert {"os/deaths", "os/last", "os/told/2"} < set(words)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12.8", ("12.8", None, None)),
        ("12.8 (9.9-16.2)", ("12.8", "9.9", "16.2")),
        ("12,8 [9,9; 16,2]", ("12,8", "9,9", "16,2")),
        ("12.8 (95% CI: 9.9, NR)", ("12.8", "9.9", NOT_REACHED)),
        ("not reached (9.9-not reached)", (NOT_REACHED, "9.9", NOT_REACHED)),
        ("(9.9-16.2)", (None, "9.9", "16.2")),
        ("NE", (NOT_REACHED, None, None)),
    ],
)
def test_an_estimate_is_read_with_its_limits(text, expected):
    assert CurveFacts.read("os", {"n": "31", "median": text}).median == Triple(*expected)


def test_a_survival_below_one_percent_is_told_by_its_sign():
    block = {"n": "31", "survival": {"60": "0.68%"}}
    assert CurveFacts.read("os", block).survival == (("60", Triple("0.68")),)


@pytest.mark.parametrize(
    ("printed", "bounds"),
    [
        ("<4", (0, 3)),
        (">=12", (12, 31)),
        (">12", (13, 31)),
        ("20-23", (20, 23)),
        ("7", (7, 7)),
        ("at most 4", (0, 4)),
        ("20 to 40", (20, 31)),
        (None, (0, 31)),
    ],
)
def test_a_relation_of_deaths_is_taken_at_its_word(printed, bounds):
    assert CurveFacts.read("os", {"n": "31", "deaths": printed}).death_bounds == bounds


@pytest.mark.parametrize(
    ("field", "value", "complaint"),
    [
        ("n", ">=10", "this field needs an exact number"),
        ("n", 31, QUOTED),
        ("n", "0", "a whole number is needed, 1 or more, at most 5,000"),
        ("deaths", "about 4", "this field needs an exact number"),
        ("deaths", "<0", "no number of deaths among 31 patients is meant by this"),
        ("told", [{"dead": "5"}], TOLD),
        ("told", [{"Died": "5"}], TOLD),
        ("told", [{"died": "5", "alive": "6"}], TOLD),
        ("told", "5", 'write a list, as [{died: "5"}, {alive: ">24"}]'),
        ("told", [{"died": "<0"}], "a time after 0 is needed"),
        ("survival", {">12": "50"}, "this field needs an exact number"),
        ("survival", {"12": "100.5"}, "percents lie between 0 and 100"),
        ("survival", {"12": "153"}, "percents lie between 0 and 100"),
        ("survival", {"12": "NR"}, "percents lie between 0 and 100"),
        ("survival", {"12": "0.68 (95% CI 0.63-0.74)", "24": ".44"}, PERCENTS),
        ("survival", {"12": "53 (37)"}, 'two limits are needed, as in "12.8 (9.9-16.2)"'),
        ("survival", {"12": "(37"}, 'write it as "12.8 (9.9-16.2)"'),
        ("survival", {12: "53", "12": "50"}, "this time stands twice; keep one of them"),
        ("survival", {"12": "53", "12.0": "50"}, "this time stands twice; keep one of them"),
        ("left", {"6": "1", "6.00": "2"}, "this time stands twice; keep one of them"),
        ("survival", "53", 'write times and values, as {12: "53 (37-76)"}'),
        ("survival", {"0": "53"}, "a time after 0 is needed"),
        ("at_risk", "31 27.5", "a number at risk is whole"),
        ("interval", "Log", KINDS),
        ("rounding", "cut", "write one of rounded, either"),
        ("plateau", "middle", PLATEAUS),
        ("at_risk", "31 27 28", "the row rises from 27 to 28"),
        ("at_risk", "30 27", "the row begins with 30, but n is 31"),
        ("ticks", "0 6", "2 times for 5 numbers at risk"),
        ("level", "0.95", 'write percents, as "95"'),
        ("level", "100", 'write percents, as "95"'),
        ("left", {"0.4": "40"}, "a whole number is needed, 0 or more, at most 31"),
        ("left", {"0.4": "3.5"}, "a whole number is needed, 0 or more, at most 31"),
        ("left", "30", 'write times and values, as {0.46: "30"}'),
        ("left", {"0.4": "-1"}, "it must not lie below 0"),
        ("left", {"0": "30"}, "a time after 0 is needed"),
        ("ticks", "1 2 3 4 5", "times begin with 0 and rise"),
        ("ticks", "0 2 2 4 5", "times begin with 0 and rise"),
        ("ticks", "0", "the distance of ticks must be above 0"),
        ("last", "<0", "a time after 0 is needed"),
        ("unit", 5, QUOTED),
        ("deaths", "4.5", "deaths are whole"),
        ("follow_up_interval", "Log", KINDS),
        ("part_of", {"delay": "0.5"}, WHOLE),
        ("interval", ["log"], KINDS),
        ("plateau", np.array([1, 2]), PLATEAUS),
        ("ticks", np.array([1, 2]), QUOTED),
        ("part_of", "os", WHOLE),
        ("nrisk", "31", f"no such field; there are {FIELDS}"),
    ],
)
def test_what_is_not_in_the_vocabulary_is_refused(field, value, complaint):
    with pytest.raises(ValueError, match=rf"^curve 'os': {field}\b.*: {re.escape(complaint)}$"):
        CurveFacts.read("os", BLOCK | {field: value})


@pytest.mark.parametrize("name", [None, 5, ["os"]])
def test_a_curve_has_a_name_of_text(name):
    with pytest.raises(ValueError, match="the name of a curve is"):
        CurveFacts.read(name, BLOCK)


def test_what_prints_so_goes_by_the_rounding_that_is_stated():
    for rounding, within in (("rounded", "[52.5, 53.5)"), ("either", "[52.5, 54)")):
        facts = CurveFacts.read("os", BLOCK | {"rounding": rounding})
        assert str(facts.admitted("53")) == within
        assert str(facts.admitted(">40")) == "(40, inf)"


def test_all_may_be_alive_at_the_first_time_and_nobody_dies():
    facts = CurveFacts.read("os", {"n": "3", "at_risk": "3 3", "survival": {"6": "100 (100-100)"}})
    assert facts.survival[0][1] == Triple("100", "100", "100")
    assert facts.death_bounds == (0, 3)


def test_the_printed_points_are_proportions():
    points = CurveFacts.read("os", BLOCK).points()
    assert points.to_numpy().tolist() == [[12, 0.53, 0.37, 0.76], [24, 0.18, 0.08, 0.43]]
    assert list(points) == ["months", "survival", "lower", "upper"]


def test_nobody_may_be_left_and_every_field_is_read():
    facts = CurveFacts.read("os", BLOCK | {
        "left": {"40": "0"}, "unit": "months", "ticks": "0 6 12 18 24", "interval": "log",
        "part_of": {"whole": "pfs", "delay": "0.5"},
    })  # fmt: skip
    assert facts.left == (("40", "0"),)
    assert (facts.unit, facts.ticks) == ("months", ("0", "6", "12", "18", "24"))
    assert facts.follow_up_interval == "log"
    assert (facts.part_of.whole, facts.part_of.delay) == ("pfs", "0.5")
    other = CurveFacts.read("os", BLOCK | {"interval": "log", "follow_up_interval": "plain"})
    assert other.follow_up_interval == "plain"


def test_a_step_of_ticks_is_counted_in_decimals():
    half = {"n": "31", "at_risk": "31 27 - 13", "ticks": "0.5", "median": "2"}
    assert CurveFacts.read("os", half).ticks == ("0", "0.5", "1", "1.5")


def test_a_curve_has_a_number_of_patients_and_one_is_enough():
    with pytest.raises(
        ValueError, match=r"^curve 'os': n: None: the number of patients is needed, as printed$"
    ):
        CurveFacts.read("os", {"median": "12"})
    one = CurveFacts.read("os", {"n": "1", "median": "12", "level": "90"})
    assert (one.n, one.level, one.rounding) == ("1", "90", "rounded")


def test_some_of_the_statements_are_facts_again():
    facts = CurveFacts.read("os", BLOCK)
    every = [one.address for one in facts.statements()]

    assert facts.only(every) == facts
    assert [one.address for one in facts.only(every[::2]).statements()] == every[::2]


def test_what_is_unknown_is_as_what_is_left_out():
    said = {"n": "31", "at_risk": "unknown", "ticks": "unknown", "interval": "unknown"}
    assert CurveFacts.read("os", said) == CurveFacts.read("os", {"n": "31"})
