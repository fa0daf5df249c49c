"""What a cell has to be: the types of a field and its constraints."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

NUMERIC = ("integer", "number", "year")
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_NUMBER = re.compile(r"[-+]?([0-9]{1,30}(\.[0-9]{0,30})?|\.[0-9]{1,30})([eE][-+]?[0-9]{1,2})?")
_TRUTH = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}


class Kind(NamedTuple):
    """A type: whether a cell is of it, its value, and the type of a column in a frame."""

    fits: Callable[[str], bool]
    value: Callable[[str], Any]
    dtype: Any


@dataclass(frozen=True)
class Field:
    """A column: its name, its type and what its cells have to be."""

    name: str
    type: str
    constraints: Mapping[str, Any]


def fault_of(field: Field, cell: str | None) -> str:
    """Return what is wrong with a cell, in words; nothing if it is as its field says."""
    if cell is None:
        return "a value is required" if field.constraints.get("required") else ""
    if not TYPES[field.type].fits(cell):
        return f"it is no {field.type}"
    for name, value in field.constraints.items():
        if name in ("minimum", "maximum"):
            number, limit = Fraction(cell), Fraction(str(value))
            if (number < limit) if name == "minimum" else (number > limit):
                return f"the {name} is {value}"
        if name == "minLength" and len(cell) < value:
            return f"it has fewer than {value} characters"
        if name == "maxLength" and len(cell) > value:
            return f"it has more than {value} characters"
        if name == "enum" and not is_one_of(field, cell, value):
            return f"it is none of {', '.join(str(each) for each in value)}"
    return ""


def is_one_of(field: Field, cell: str | None, values: Iterable[object]) -> bool:
    """Whether a cell holds one of the values that a description names."""
    return cell is not None and any(_is(field, cell, value) for value in values)


def _is(field: Field, cell: str, value: object) -> bool:
    if cell == str(value):
        return True
    if field.type not in NUMERIC or isinstance(value, bool):
        return False
    one, other = _fraction(cell), _fraction(str(value))
    return one is not None and one == other


def _fraction(cell: str) -> Fraction | None:
    return Fraction(cell) if _NUMBER.fullmatch(cell) else None


def _date(cell: str) -> bool:
    try:
        date.fromisoformat(cell)
    except ValueError:
        return False
    return len(cell) == 10


TYPES: Mapping[str, Kind] = {
    "integer": Kind(lambda cell: bool(_INTEGER.fullmatch(cell)), int, "Int64"),
    "number": Kind(lambda cell: bool(_NUMBER.fullmatch(cell)), float, float),
    "year": Kind(lambda cell: bool(re.fullmatch(r"[0-9]{4}", cell)), int, "Int64"),
    "boolean": Kind(lambda cell: cell in _TRUTH, _TRUTH.__getitem__, "boolean"),
    "date": Kind(_date, str, object),
    "string": Kind(lambda cell: True, str, object),
    "any": Kind(lambda cell: True, str, object),
}
