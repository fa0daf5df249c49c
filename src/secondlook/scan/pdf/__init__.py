"""Read a PDF: its title and text, and its tables.

- ``article``: the whole, with pdfplumber
- ``words``: words in lines
- ``rules``: the rules that frame a table, and the caption and notes above and below it
- ``columns``, ``rows``: what its words make
- ``tables``: all of it for a page
"""

from secondlook.scan.pdf.article import read_pdf

__all__ = ["read_pdf"]
