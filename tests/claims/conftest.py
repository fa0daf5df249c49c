"""A stranger's root with one paper, laid out from a claims file and tables as text."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

KEY = "smith-2001"


def described(name: str, text: str) -> str:
    """Describe a table: every column that holds only digits is a whole number."""
    head, *rows = [line.split(",") for line in text.splitlines()]
    fields = []
    for i, column in enumerate(head):
        cells = {row[i] for row in rows} - {"", "–"}
        kind = "integer" if cells and all(cell.isdigit() for cell in cells) else "string"
        fields.append(f"        - {{name: {column}, type: {kind}}}\n")
    digest = hashlib.sha256(text.encode()).hexdigest()
    return (
        f"  - name: {name}\n    path: {name}.csv\n    type: table\n    format: csv\n"
        f'    encoding: utf-8\n    hash: "sha256:{digest}"\n    schema:\n'
        f'      missingValues: ["", "–"]\n      fields:\n{"".join(fields)}'
    )


@pytest.fixture
def paper(tmp_path, monkeypatch) -> Callable[..., Path]:
    """Return a function that writes the paper's files and returns its root."""

    def write(claims: str, key: str = KEY, **tables: str) -> Path:
        folder = tmp_path / "data" / key
        folder.mkdir(parents=True, exist_ok=True)
        described_tables = ""
        for name, text in tables.items():
            name = name.replace("_", "-")
            (folder / f"{name}.csv").write_text(text)
            described_tables += described(name, text)
        resources = described_tables or "  []\n"
        (folder / "datapackage.yaml").write_text(f"name: {key}\nresources:\n{resources}")
        (folder / "claims.yaml").write_text(claims)
        return tmp_path

    monkeypatch.setenv("SECONDLOOK_ROOT", str(tmp_path))
    return write
