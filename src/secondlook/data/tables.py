"""What a paper's tables hold, checked once: as frames, as text, as arrays."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from secondlook.data import csv_file
from secondlook.data.csv_file import Table
from secondlook.data.datapackage import resources
from secondlook.data.folders import DESCRIPTOR, DataError, file_state, folder
from secondlook.data.schema import NUMERIC, TYPES
from secondlook.data.totals import check_totals

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray


def load(key: str, resource: str) -> pd.DataFrame:
    """Return one table of a paper, checked against its hash, its schema and the printed totals.

    One row a printed row, a new copy at each call. ``integer`` and ``year`` fields become nullable
    ``Int64``, ``number`` fields ``float64``, ``boolean`` fields nullable ``boolean``, all others
    text; a missing value is missing in each of them. A DataError names file, row, column and value,
    and what to do.
    """
    import numpy as np
    import pandas as pd

    table, found = _table(key, resource), {}
    for name, field in table.resource.fields.items():
        kind = TYPES[field.type]
        void = np.nan if kind.dtype in (float, object) else None
        cells = [void if cell is None else kind.value(cell) for cell in table.columns[name]]
        found[name] = pd.Series(cells, dtype=kind.dtype)
    return pd.DataFrame(found)


def load_text(key: str, resource: str) -> pd.DataFrame:
    """Return one table of a paper, checked in the same way, with every cell as the text it was."""
    import pandas as pd

    table = _table(key, resource)
    return pd.DataFrame(list(table.rows), columns=list(table.columns), dtype=object)


def cells(key: str, resource: str) -> tuple[tuple[str, ...], list[dict[str, str | None]]]:
    """Return the columns of a table, and its rows with each cell as text, a missing one as None."""
    columns = _table(key, resource).columns
    rows = zip(*columns.values(), strict=True)
    return tuple(columns), [dict(zip(columns, row, strict=True)) for row in rows]


def columns(key: str, resource: str) -> dict[str, NDArray[Any]]:
    """Return one table as arrays: numbers, with NaN for a missing one, else text, with None."""
    import numpy as np

    table, found = _table(key, resource), {}
    for name, cells in table.columns.items():
        kind = table.resource.fields[name].type
        if kind in NUMERIC:
            number = float if kind == "number" or None in cells else int
            found[name] = np.array([np.nan if one is None else number(one) for one in cells])
        else:
            found[name] = np.array(cells, dtype=object)
    return found


def _table(key: str, name: str) -> Table:
    known = resources(key)
    if not isinstance(name, str) or name not in known:
        raise DataError(
            f"{folder(key) / DESCRIPTOR}: there is no resource {name!r}; known are "
            f"{', '.join(sorted(known)) or 'none'}"
        )
    path, line = known[name].path, known[name].entry.line
    if not path.exists():
        raise DataError(f"{path}: the file is missing; line {line} of {DESCRIPTOR} names it")
    return _checked(key, name, file_state(path), file_state(folder(key) / DESCRIPTOR))


@cache
def _checked(
    key: str, name: str, _file: tuple[str, int, int], _description: tuple[str, int, int]
) -> Table:
    table = csv_file.read(resources(key)[name], key)
    check_totals(table)
    return table
