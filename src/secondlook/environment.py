"""The versions that a report was made with."""

from __future__ import annotations

import platform
from importlib.metadata import version

import pandas as pd

PACKAGES = ("numpy", "pandas", "scipy", "plotnine", "great-tables")


def versions(*more: str) -> pd.DataFrame:
    """Return package and version of what makes numbers and pictures, and of `more` packages."""
    import secondlook

    rows = [("Python", platform.python_version()), ("secondlook", secondlook.__version__)]
    rows += [(name, version(name)) for name in (*PACKAGES, *more)]
    return pd.DataFrame(rows, columns=["package", "version"])
