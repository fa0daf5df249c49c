"""A paper of one table, and how it is changed."""

from pathlib import Path

from secondlook.data import root, seal

KEYS = sorted(path.parent.name for path in (root() / "data").glob("*/datapackage.yaml"))

DESCRIPTION = """\
name: smith-2001
title: Demonstration
resources:
  - name: patients
    path: patients.csv
    # a comment that sealing keeps
    hash: "sha256:none"
    x-source: {table: "4", page: "5"}
    x-corrections:
      - what: the month of case 2
        readings: [2, 12]
        decision: 2
        reason: the median
        firmness: firm
    x-totals:
      - {of: rows, where: {response: [CR, PR]}, printed: "2", source: Section 3.2}
      - {of: months, printed: "9", source: Table 1}
    schema:
      missingValues: ["", unknown]
      fields:
        - {name: case, type: integer, constraints: {required: true, unique: true}}
        - {name: months, type: number, unit: month, constraints: {minimum: 0}}
        - {name: response, type: string, constraints: {enum: [CR, PR, none]}}
        - {name: cd33, type: integer, unit: percent}
"""
ROWS = "case,months,response,cd33\n1,2.5,CR,88\n2,6.5,PR,unknown\n3,,none,33\n"


def rewrite(paper: Path, old: str, new: str, name: str = "patients.csv") -> None:
    path = paper / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    if name == "patients.csv":
        seal("smith-2001")
