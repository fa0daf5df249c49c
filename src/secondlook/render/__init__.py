"""The embedded engine: renders the site where Quarto is not installed.

The way of a document, a module a step:

=========================  =====================================================================
``site``                   ``_quarto.yml``: which documents, which navigation, which options
``source``                 the document's lines, includes in place; what this engine refuses
``document``               front matter and cells with their options, read by jupytext
``execution``, ``kernel``  the cells run, and with them the inline code
``outputs``                what a cell shows, as Markdown
``panels``                 callouts, tabsets, folded code, the notes of slides
``crossref``               numbers, captions, references
``convert``, ``pandoc``    pandoc reads the Markdown and writes HTML that needs no other file
``pages``                  the frame around it, of a page or of a deck
``build``                  all of this for many documents; a page is replaced whole or not at all
=========================  =====================================================================

``settings`` reads YAML with the line of every key; ``problems`` says where a document went wrong.
``command`` is ``secondlook render``; ``reference_notebooks`` is ``secondlook notebooks``.
"""
