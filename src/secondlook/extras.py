"""Which extra brings a package that is not installed."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, requires

_REQUIRED = re.compile(r"(?P<package>[\w-]+).*;.*extra\s*==\s*['\"](?P<extra>(?!all\b)\w+)")


def missing(error: ImportError) -> str:
    """Say what to install where an import failed; what the error says, if no extra brings it."""
    module = (error.name or "").partition(".")[0].replace("_", "-")
    try:
        required = requires("secondlook") or ()
    except PackageNotFoundError:  # imported from a folder that was never installed
        required = ()
    for each in filter(None, map(_REQUIRED.match, required)):
        if each["package"].replace("_", "-").removesuffix("-binary") == module:
            return f"it needs {module}: pip install 'secondlook[{each['extra']}]'"
    return str(error)
