"""Correct: the smallest contradiction of every family of contradictions, against all subsets.

`smallest` asks two questions about some of the statements: whether it is proved that no data set
prints them, and whether one was found. Here both are answered from a family of sets that cannot
hold together, so that every subset can be tried.
"""

from itertools import combinations

import numpy as np
import pytest

from secondlook.admissible import CurveFacts, contradictory
from secondlook.admissible.contradictory import WIDEST, smallest

TIMES = range(1, 8)
FACTS = CurveFacts.read("os", {"n": "9", "survival": {str(time): "50" for time in TIMES}})
WORDS = {f"os/{time}": f"S({time}) = 50%" for time in TIMES}


class Family:
    """Answers both questions, and remembers what was asked."""

    def __init__(self, *sets, undecided=()):
        self.sets = [frozenset(f"os/{time}" for time in some) for some in sets]
        self.undecided = [frozenset(f"os/{time}" for time in some) for some in undecided]
        self.asked = []

    def holds(self, some):
        return any(one <= some for one in self.sets)

    def impossible(self, facts):
        some = frozenset(one.address for one in facts.statements())
        self.asked.append(some)
        return self.holds(some)

    def possible(self, facts):
        some = frozenset(one.address for one in facts.statements())
        return not any(one <= some for one in self.sets + self.undecided)

    def smallest(self, width=1, facts=FACTS):
        found, sure = smallest(facts, self.impossible, self.possible, lambda _: width)
        assert [WORDS[one.address] for one in found] == [one.words for one in found]
        return {int(one.address[3:]) for one in found}, sure

    def least(self):
        sizes = (size for size in range(8) for some in combinations(WORDS, size)
                 if self.holds(frozenset(some)))  # fmt: skip
        return next(sizes)


@pytest.mark.parametrize("seed", range(30))
def test_no_smaller_set_of_statements_contradicts_itself(seed):
    rng = np.random.default_rng([14, seed])
    family = Family(
        *(rng.choice(TIMES, rng.integers(1, 6), replace=False) for _ in range(rng.integers(1, 6)))
    )
    found, sure = family.smallest()
    assert family.holds(frozenset(f"os/{time}" for time in found))
    assert len(found) == family.least()
    assert sure
    # What follows from an answer is not asked again.
    for at, some in enumerate(family.asked):
        for before in family.asked[:at]:
            assert not (before <= some if family.holds(before) else some <= before)


def test_a_smaller_set_on_which_nothing_is_decided_makes_unsure():
    family = Family({2, 3, 5}, undecided=[{1, 7}])
    found, sure = family.smallest()
    assert (found, sure) == ({2, 3, 5}, False)
    # One as large says nothing about fewer.
    assert Family({2, 3, 5}, undecided=[{1, 6, 7}]).smallest() == ({2, 3, 5}, True)


def test_when_it_takes_too_much_to_ask_the_contradiction_at_hand_has_to_do():
    # What is printed first is left out last: {6, 7} is smaller, and not the first that is met.
    family = Family({1, 2, 3}, {6, 7})
    assert family.smallest(width=WIDEST) == ({1, 2, 3}, False)
    assert family.smallest() == ({6, 7}, True)


def test_numbers_at_risk_are_left_out_after_all_others():
    block = {"n": "9", "at_risk": "9 8 7", "ticks": "6", "survival": {"5": "50", "6": "50"}}
    asked = []

    def impossible(facts):
        asked.append([one.address for one in facts.statements()])
        return False

    smallest(CurveFacts.read("os", block), impossible, lambda _: True, lambda _: WIDEST)
    # Two at a time, then one by one: what is printed last first, the row at the end.
    assert asked == [
        ["os/at-risk/1", "os/at-risk/2"], ["os/5", "os/6"],
        ["os/at-risk/1", "os/at-risk/2", "os/5"], ["os/at-risk/1", "os/at-risk/2", "os/6"],
        ["os/at-risk/1", "os/5", "os/6"], ["os/at-risk/2", "os/5", "os/6"],
    ]  # fmt: skip


def test_a_data_set_is_sought_for_so_many_sets_of_fewer_and_no_more(monkeypatch):
    """Of three of seven there are 21 pairs: all are sought where no larger set is found."""

    def sought(most):
        monkeypatch.setattr(contradictory, "MOST_SOUGHT", most)
        family, every = Family({1, 2, 3}), []

        def possible(facts):
            every.append(len(facts.statements()))
            return len(facts.statements()) == 2

        found, sure = smallest(FACTS, family.impossible, possible, lambda _: 1)
        assert [one.address for one in found] == ["os/1", "os/2", "os/3"]
        return sure, every.count(2), len(every) - every.count(2)

    whole, pairs, larger = sought(21)
    assert (whole, pairs) == (True, 21)
    assert sought(20) == (False, 0, larger)
    assert sought(larger) == (False, 0, larger)
    assert sought(larger - 1) == (False, 0, 0)
