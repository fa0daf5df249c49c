"""Correct: how a question is divided by its deaths, by hand, and when dividing it ends."""

import numpy as np
import pytest

from secondlook.admissible import CurveFacts, parts
from secondlook.admissible.bound import bound
from secondlook.admissible.parts import in_parts
from secondlook.admissible.question import pose
from secondlook.admissible.witness import HARDEST, WIDTHS, witness

# Of eight four have left by 6, where survival is printed, and two more by 12, where it is not.
BLOCK = {"n": "8", "at_risk": "8 4 2", "ticks": "6", "survival": {"5": "60"}, "interval": "log"}


def whole(**more):
    facts = CurveFacts.read("os", BLOCK | more)
    return facts, bound(pose(facts))


def halves(part):
    return [half.died for half in parts._halves(part)]


def test_a_question_is_divided_where_the_deaths_are_known_least():
    _, room = whole()
    # 60% is 7/8 * 6/7 * 4/5: of the four three died and one was censored between.
    assert room.died == ((3, 3), (3, 3), (3, 5), (3, 7))
    assert halves(room) == [
        ((0, 5), (0, 5), (0, 5), (3, 5)),
        ((0, 7), (0, 7), (0, 7), (6, 7)),
    ]
    # In the last cell there is nothing left to divide, and at 5 the deaths are known.
    assert halves(whole(deaths="4")[1]) == []
    # Nor is anything divided where only a median passes.
    _, room = whole(survival={}, median="9", deaths="5")
    assert any(least < most for least, most in room.died)
    assert halves(room) == []


def test_deaths_up_to_a_printed_time_are_divided_between_what_comes_before_and_after():
    facts = {"n": "20", "at_risk": "20 8", "ticks": "6", "deaths": "10"}
    _, room = whole(**facts, survival={"5": "75"})
    assert [cell.ends for cell in room.question.cells] == [5, 6, np.inf]
    (least, most), *_ = room.died
    assert least < most
    middle = (least + most) // 2
    assert halves(room) == [
        ((least, middle), (least, 10), (10, 10)),
        ((middle + 1, most), (middle + 1, 10), (10, 10)),
    ]


@pytest.fixture
def tried(monkeypatch):
    """How hard and in how many parts a data set is sought, where none is found."""
    widths = []

    def nothing(facts, part, rng, hard):
        widths.append(hard)

    monkeypatch.setattr(parts, "witness", nothing)
    monkeypatch.setattr(parts, "none", lambda _: False)
    return widths


def test_without_a_search_every_part_is_tried_until_nothing_divides_it_and_then_the_whole(tried):
    facts, room = whole(deaths="3-8", survival={"5": "50"})
    assert in_parts(facts, room, np.random.default_rng(1)) == ("undecided", None)
    assert tried[-1] == HARDEST
    assert set(tried[:-1]) == {parts.SHORT}
    assert len(tried) > 3


def test_too_many_parts_are_given_up(tried, monkeypatch):
    facts, room = whole()
    monkeypatch.setattr(parts, "MOST_PARTS", 2)
    assert in_parts(facts, room, np.random.default_rng(1)) == ("undecided", None)
    assert tried == [parts.SHORT] * 2 + [HARDEST]


def test_parts_that_take_too_long_are_given_up(tried, monkeypatch):
    facts, room = whole()
    cost = sum(half.width for half in parts._halves(room))
    monkeypatch.setattr(parts, "WIDEST", cost - 1)
    in_parts(facts, room, np.random.default_rng(1))
    assert tried == [parts.SHORT, HARDEST]
    tried.clear()
    monkeypatch.setattr(parts, "WIDEST", cost)
    in_parts(facts, room, np.random.default_rng(1))
    assert tried == [parts.SHORT] * 2 + [HARDEST]


def test_what_is_found_in_a_part_or_at_last_in_the_whole_is_attainable(monkeypatch):
    facts, room = whole()
    found = witness(facts, room, np.random.default_rng(1), WIDTHS)
    answers = [None, found]
    monkeypatch.setattr(parts, "witness", lambda *_: answers.pop(0))
    monkeypatch.setattr(parts, "none", lambda _: False)
    assert in_parts(facts, room, np.random.default_rng(1)) == ("attainable", found)
    assert answers == []
    monkeypatch.setattr(parts, "MOST_PARTS", 1)
    answers = [None, found]
    assert in_parts(facts, room, np.random.default_rng(1)) == ("attainable", found)


def test_where_no_part_is_left_no_data_set_is(tried, monkeypatch):
    facts, room = whole()
    monkeypatch.setattr(parts, "none", lambda _: True)
    assert in_parts(facts, room, np.random.default_rng(1)) == ("unattainable", None)
    assert tried == [parts.SHORT]
    # The last part that may be asked decides as the others do.
    monkeypatch.setattr(parts, "MOST_PARTS", 2)
    assert in_parts(facts, room, np.random.default_rng(1)) == ("unattainable", None)
