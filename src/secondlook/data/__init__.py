"""Read ``data/<key>``: tables as printed, held to their hash, their schema and the printed totals.

A paper's folder is a Frictionless Data Package: ``datapackage.yaml`` describes each CSV file. A
file is read once, strictly. Beside the standard's own properties, a resource may have

``x-source``
    the table and page that it was entered from,
``x-obtained``
    how it was entered,
``x-corrections``
    places where the printed text is ambiguous or lost: ``what``, ``readings``, ``decision``,
    ``reason``, ``firmness``,
``x-totals``
    totals that the paper prints: ``of`` (a column to sum, or ``rows`` to count), ``where``
    (column -> value, or a list of values), ``printed``, ``source``; ``holds: false`` where the
    paper's own rows are known to miss it.

Each module holds one idea; what callers need is importable from here.

- ``folders``: the root, and the folder of each paper
- ``schema``: what a cell has to be
- ``datapackage``: what the description says of a table, and ``seal``, which writes its hash
- ``csv_file``: one file, its rows and cells
- ``totals``: what the paper says its rows add up to
- ``tables``: a table, checked, as a frame, as text, as arrays
"""

from secondlook.data.datapackage import description, names, seal
from secondlook.data.folders import ROOT, DataError, folder, is_key, root, root_or_here, state
from secondlook.data.tables import cells, columns, load, load_text

__all__ = [
    "ROOT", "DataError", "cells", "columns", "description", "folder", "is_key", "load",
    "load_text", "names", "root", "root_or_here", "seal", "state",
]  # fmt: skip
