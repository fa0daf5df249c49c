"""A document that cannot be rendered is told where and why, never rendered wrongly."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Place:
    """A line of a source file, counted from one; zero where the whole file is meant."""

    path: Path
    line: int = 0

    def __str__(self) -> str:
        return f"{self.path.as_posix()}:{self.line}" if self.line else self.path.as_posix()


def tell(text: object, style: str = "red") -> None:
    """Tell the user on standard error, as it is, what went wrong."""
    from rich.console import Console

    console = Console(stderr=True, highlight=False, soft_wrap=True)
    console.print(text, style=style, markup=False)


class RenderError(Exception):
    """A document cannot be rendered; the message opens with file and line.

    `about` is a word of the source that the problem is about, where the line is not known yet.
    """

    def __init__(self, message: str, place: Place | None = None, *, about: str = "") -> None:
        super().__init__(f"{place}: {message}" if place else message)
        self.message = message
        self.place = place
        self.about = about
