"""Finished HTML that a document shows as it is, under either engine."""

from __future__ import annotations

import html as _html
from dataclasses import dataclass, field

from secondlook.verdicts import Verdict

__all__ = ["Markup", "badge"]


@dataclass(frozen=True)
class Markup:
    """HTML that stands in a page as written.

    It shows as a raw block of Markdown: for a ``text/html`` output Quarto would load scripts from
    the network, and pandoc would take tables apart.
    """

    # Without repr a notebook would hold the markup a second time, as text.
    html: str = field(repr=False)

    def _repr_markdown_(self) -> str:
        return f"````{{=html}}\n{self.html}\n````"


def badge(verdict: Verdict | str) -> str:
    """Return the coloured label of a verdict, as HTML."""
    safe = _html.escape(str(verdict))
    return f'<span class="verdict verdict-{safe}">{safe}</span>'
