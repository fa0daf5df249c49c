"""Draft the folder of a paper from an article: its tables, its claims, and how they follow.

- ``paper``: the whole draft, judged before it is written
- ``drafted``: what it holds, and its files
- ``tables``: a table as a CSV file with its blocks, by its ``names`` and ``cells``
- ``sizes``, ``percents``: the sizes of its groups, and what its percents are of
- ``text``: how the numbers of the text follow, by ``sentences``, ``percents_in_text``, ``restated``
- ``single_patients``: the columns of a table of single patients, and what sums them up
"""

from secondlook.scan.draft.paper import AGAINST, draft, drafted_of, rooted

__all__ = ["AGAINST", "draft", "drafted_of", "rooted"]
