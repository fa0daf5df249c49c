"""The versions that a report was made with."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

import pandas as pd

from secondlook.inputs import shown

PACKAGES = ("numpy", "pandas", "scipy", "plotnine", "great-tables")


def versions(*more: str) -> pd.DataFrame:
    """Return package and version of what makes numbers and pictures, and of `more` packages."""
    import secondlook

    rows = [("Python", platform.python_version()), ("secondlook", secondlook.__version__)]
    rows += [(name, _version(name)) for name in (*PACKAGES, *more)]
    return pd.DataFrame(rows, columns=["package", "version"])


def _version(name: object) -> str:
    try:
        return version(str.__str__(name))
    except (PackageNotFoundError, TypeError, ValueError):
        raise ValueError(f"no package {shown(name)} is installed; give its name as text") from None
