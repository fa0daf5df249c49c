"""The embedded engine: renders the site where Quarto is not installed.

The way of a document, a module a step:

==========================  ==================================================================
``site``                    ``_quarto.yml``: which documents, which navigation, which options
``lines``                   the document's lines, with its includes in place
``subset``, ``known_keys``  what this engine does not support is refused, with file and line
``document``                front matter and cells (``cell_options``), read by jupytext
``execution``, ``kernel``   the cells run, and with them the inline code (``inline``)
``outputs``                 what a cell shows, as Markdown
``panels``                  callouts, tabsets, folded code
``crossref``                numbers, captions, references
``resources``               pictures go into the page; links to documents lead to pages
``convert``, ``pandoc``     pandoc reads the Markdown and writes HTML
``page``, ``deck``          the frame around it; ``slides`` for what slides need before
``build``                   all of this for many documents; a page is replaced whole or not at all
==========================  ==================================================================

``command`` is ``secondlook render``; ``reference_notebooks`` is ``secondlook notebooks``.
"""
