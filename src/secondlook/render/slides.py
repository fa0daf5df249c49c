"""What slides need before pandoc writes them."""

from __future__ import annotations

from secondlook.render.pandoc import Node, attributes


def notes_before_pauses(blocks: list[Node], slide_level: int) -> list[Node]:
    """Move the speaker's notes to the front of their slide.

    What follows a pause becomes a fragment, and reveal.js shows notes that lie in a fragment only
    once it is on the screen; the speaker needs them from the start.

    Parameters
    ----------
    blocks
        The blocks of a deck.
    slide_level
        Level of the headings that start a slide.
    """
    result: list[Node] = []
    slide: list[Node] = []
    for block in blocks:
        if _starts_slide(block, slide_level):
            result += _notes_first(slide)
            slide = []
        slide.append(block)
    return result + _notes_first(slide)


def _starts_slide(block: Node, slide_level: int) -> bool:
    if block["t"] == "HorizontalRule":
        return True
    return bool(block["t"] == "Header" and block["c"][0] <= slide_level)


def _notes_first(slide: list[Node]) -> list[Node]:
    notes = [block for block in slide if _is_notes(block)]
    rest = [block for block in slide if not _is_notes(block)]
    starts = bool(rest) and rest[0]["t"] in ("Header", "HorizontalRule")
    return [*rest[:1], *notes, *rest[1:]] if starts else [*notes, *rest]


def _is_notes(block: Node) -> bool:
    return bool(block["t"] == "Div" and "notes" in attributes(block)[1])
