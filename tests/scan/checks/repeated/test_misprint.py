"""Which numbers are the same when rounded."""

from __future__ import annotations

from tests.scan.checks.repeated.test_restated import asked


def test_a_comma_may_be_the_sign_of_decimals():
    text = "Survival was 78.4% and 82.6% in the groups (P = 0,145)."
    assert asked(text=text, abstract=text.replace("0,145", "0.145")) == []
    assert asked(text=text, abstract=text.replace("0,145", "0.415")) != []
