"""The hash that holds a table to what was entered, and how it is written: ``secondlook seal``."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from secondlook.data.datapackage import resources
from secondlook.data.folders import DESCRIPTOR, DataError, folder
from secondlook.files import replace


def seal(key: str) -> list[str]:
    """Write the hashes of a paper's files into its description; return the names that changed.

    For use after entry, when the rows have been read back against the paper. Comments and layout
    of the description are kept; each resource needs a ``hash:`` line to write to.
    """
    path = folder(key) / DESCRIPTOR
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    changed = []
    for resource in resources(key).values():
        found = digest(resource.path)
        if resource.hash == found:
            continue
        at = resource.entry.lines.get("hash")
        if at is None:
            raise DataError(f"{path}: resource {resource.name!r} needs a line `hash: none`")
        old = lines[at - 1]
        lines[at - 1] = re.sub(
            r"(\bhash\s*:\s*)(\"[^\"]*\"|'[^']*'|[^\s,}]+)", rf'\g<1>"{found}"', old, count=1
        )
        if lines[at - 1] == old:
            raise DataError(f"{path}, line {at}: write the hash on the line of its key")
        changed.append(resource.name)
    replace(path, "".join(lines))
    return changed


def digest(path: Path) -> str:
    """Return the hash of a file as a description holds it: ``sha256:`` and the digits."""
    try:
        return f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
    except FileNotFoundError:
        raise DataError(f"{path}: the file is missing") from None
