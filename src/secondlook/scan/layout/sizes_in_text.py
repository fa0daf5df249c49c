"""The sizes of groups that a text says: ``n = 33``, ``(n 33)``, ``33 women``."""

from __future__ import annotations

import re

from secondlook.scan.cells import WHOLE, any_case, whole

N_IS = re.compile(
    rf"(?:(?<![A-Za-z])[nN](?:o?\.?|_?[1-6])|(?<=[a-z])N)\s?[=:]\s?"
    rf"(\d{{1,3}}(?: \d{{3}})+(?=\s?\))|{WHOLE})(?:\s?/\s?({WHOLE}))?(?!\d|\.\d|%)"
)
_N_ALONE = re.compile(rf"([(\[])\s?[nN]\s({WHOLE})(?=\s?[)\]])")
"""As journals of nutrition print it: (n 12)."""
_PEOPLE = any_case(
    rf"(?<![\d.,])({WHOLE})\s(?!(?:[cm]m|kg)\b)(?:[a-z-]{{1,15}}\s){{0,2}}(?:patients|subjects|participants|women|men|"
    r"children|infants|cases|controls|individuals|persons|people|eyes|adults|girls|boys|mothers|"
    r"pregnancies|tumou?rs|lesions|samples|events|teeth|students|families|hips|knees|volunteers)\b"
)
_BARE = re.compile(
    rf"[(\[]\s?(?:total\s)?(?!(?:19|20)\d\d\b)({WHOLE})\s?[)\]]\s*(?:%|n \(%\)|\(%\))?\s*$"
)
_OF_ALL = any_case(rf"^(?:total|all|overall)(?:,|\s?[=:])?\s({WHOLE})(?:\s?\^\S{{1,3}})?$")


def sizes(text: str, *, head: bool = False) -> list[int]:
    """Return the sizes of a text: ``n = 33``, ``(n 33)``, ``33 women``; ``(33)`` in a head."""
    told = [(m[1], m[2]) for m in N_IS.finditer(_N_ALONE.sub(r"\1n = \2", text))]
    found = [whole(size) for pair in told for size in pair if size]
    found += [whole(m) for m in _PEOPLE.findall(text)]
    if head and not found and (bare := _BARE.search(text) or _OF_ALL.match(text.strip())):
        found = [whole(bare[1])]
    return [size for size in dict.fromkeys(found) if size > 0]
