"""Correct: what a block asks of the marks of the patients, by hand."""

from secondlook.admissible import CurveFacts
from secondlook.admissible.question import Wanted, pose


def test_between_two_numbers_whose_values_touch_somebody_died():
    """54% is [53.5, 54.5) and 53% [52.5, 53.5); that 51% is lower any bound sees by itself."""
    block = {"n": "100", "survival": {"6": "54", "12": "53", "18": "51"}, "interval": "plain"}
    question = pose(CurveFacts.read("os", block))
    assert [(cell.begins, cell.ends) for cell in question.cells[:3]] == [(0, 6), (6, 12), (12, 18)]
    assert question.wanted == (Wanted(True, 1, 1, own=False),)
