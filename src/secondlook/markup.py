"""What a document shows as it is under either engine: finished HTML, with or without a caption."""

from __future__ import annotations

import html as _html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from secondlook.claims import Verdict

_LABEL = re.compile(r"(fig|tbl)-[a-z0-9]+(-[a-z0-9]+)*")
# What opens a list, a heading, a quotation ... of Markdown where a paragraph begins.
_LIST = re.compile(r"^(\(?\w{1,9})([.)])(?=\s)")
_OPENING = re.compile(r"^([-+*#>|:~=%])")


@dataclass(frozen=True)
class Markup:
    """HTML that stands in a page as written.

    It shows as a raw block of Markdown: for a ``text/html`` output Quarto would load scripts from
    the network, and pandoc would take tables apart. With a `label` and a `caption` it is an
    element with a number, such as ``@tbl-response``.
    """

    # Without repr a notebook would hold the markup a second time, as text.
    html: str = field(repr=False)
    label: str = ""
    caption: str = field(default="", repr=False)

    def _repr_markdown_(self) -> str:
        return captioned(fenced(self.html), self.label, self.caption)


def fenced(text: str, kind: str = "{=html}") -> str:
    """Write HTML, or text of another kind, as a block whose fence is longer than any within.

    Examples
    --------
    >>> print(fenced("<b>x</b>"))
    ````{=html}
    <b>x</b>
    ````
    """
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    ticks = "`" * max(4, longest + 1)
    return f"{ticks}{kind}\n{text}\n{ticks}"


def captioned(markdown: str, label: str, caption: str) -> str:
    """Write an element that Quarto numbers: a div whose last paragraph is the caption.

    Without label and caption the element stands alone.
    """
    if not label:
        return markdown
    return f"::: {{#{label}}}\n{markdown}\n\n{paragraph(caption)}\n:::"


def check_label(label: str, caption: str, kind: str) -> None:
    """Refuse, with a ValueError, a label that no reference finds, or one without caption.

    `kind` is ``"fig"`` or ``"tbl"``, with which the label must begin; label and caption come
    together.
    """
    for name, text in (("label", label), ("caption", caption)):
        if not isinstance(text, str):
            raise ValueError(f"{kind}: {name} is {type(text).__name__}; give text")
    if bool(label) != bool(caption.strip()):
        lacking = "caption" if label else "label"
        raise ValueError(f"{kind}: there is no {lacking}; give both, or neither.")
    if label and not (_LABEL.fullmatch(label) and label.startswith(f"{kind}-")):
        raise ValueError(
            f"The label {label!r} must be like '{kind}-survival': small letters, digits, hyphens."
        )


def quoted(text: str) -> str:
    """Write plain text as the value of an attribute in Markdown."""
    escaped = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def badge(verdict: Verdict | str) -> str:
    """Return the coloured label of a verdict, as HTML."""
    safe = _html.escape(str(verdict))
    return f'<span class="verdict verdict-{safe}">{safe}</span>'


def paragraph(text: str) -> str:
    """Write Markdown on one line that is a paragraph, even if it begins like a list: "(A) ..."."""
    line = " ".join(text.split())
    return _OPENING.sub(r"\\\1", _LIST.sub(r"\1\\\2", line))
