"""What ties a second outcome of some patients to the survival of all: `part_of:` of a block.

A patient of the part enters it after a delay from the start of overall survival. Without the event
of the part he leaves both curves at the same moment, so that his overall time is the delay plus his
time in the part; with it his overall time is that or longer.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from secondlook.inputs import shown
from secondlook.printed import Bounds, admits, parse


@dataclass(frozen=True)
class Link:
    """How the patients of a part hang together with those of the whole; every value as printed.

    Attributes
    ----------
    whole
        The name of the block of all patients.
    delay
        The least time from the start of overall survival to the start of the part.
    latest
        The greatest; None if nothing bounds it.
    alive_with_event
        At most so many patients had the event of the part and live; None for any number.
    dead_without_event
        At most so many died without the event: 0 if death is an event of the part.
    alive_outside
        At least so many patients outside the part live.
    median
        The median overall survival of the part.
    """

    whole: str
    delay: str = "0"
    latest: str | None = None
    alive_with_event: str | None = None
    dead_without_event: str = "0"
    alive_outside: str = "0"
    median: str | None = None

    def __post_init__(self) -> None:
        """Refuse what no patient can have, naming the field and its value."""
        for field in fields(self)[1:]:
            text = getattr(self, field.name)
            if text is None:
                continue
            if not isinstance(text, str):
                raise ValueError(f"{field.name}: {shown(text)} is text: put it in quotes")
            number = parse(text)
            if number.relation != "=" or number.value < 0:
                raise ValueError(f"{field.name}: {text!r} must be an exact number, not below 0")
            if field.name not in ("delay", "latest", "median") and number.value.denominator != 1:
                raise ValueError(f"{field.name}: {text!r} must be a whole number of patients")
        if self.latest is not None and parse(self.latest).value < parse(self.delay).value:
            raise ValueError(f"latest: {self.latest!r} must not lie below the delay {self.delay!r}")

    def count(self, field: str, most: int) -> int:
        """Return a number of patients, `most` where none is given."""
        text = getattr(self, field)
        return most if text is None else min(int(parse(text).value), most)

    @property
    def window(self) -> Bounds | None:
        """The times at which the median of the part prints so; None if it is not printed."""
        return None if self.median is None else admits(self.median).rounded
