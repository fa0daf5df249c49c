"""Read an article, find the numbers that it prints, and say which of them do not agree.

- ``document``: an article: paragraphs and tables as grids
- ``reading``: from a file, by ``jats``, ``markup`` (with pandoc), ``delimited`` or ``pdf``
- ``cells``: what a cell or clause says: a count with its percent, a P value
- ``layout``: how a table is laid out: heads, blocks, group sizes, footnotes
- ``numbers``: every printed number: what it is, its unit, its place
- ``survival``: what is printed of each survival curve
- ``checks``: the checks, one a file
- ``findings``: what a check says of a number
- ``scanning``: all of it for one file
- ``listing``: the findings as table, JSON, CSV, HTML, Markdown
"""

from secondlook.scan.checks.possible import debit, grim, grimmer
from secondlook.scan.findings import Finding
from secondlook.scan.scanning import Scan, scan, scan_document

__all__ = ["Finding", "Scan", "debit", "grim", "grimmer", "scan", "scan_document"]
