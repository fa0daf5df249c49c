"""Two printed numbers: are they the same when rounded, or may one be a misprint of the other."""

from __future__ import annotations

from secondlook.scan.passages import Printed


def equal(number: Printed, other: Printed) -> bool:
    """Whether two numbers are the same when rounded, or a P lies within the bound of another."""
    if not _same_kind(number, other):
        return False
    if number.kind == "p" and number.relation != other.relation:
        return not _apart(number, other)
    if number.value == other.value:
        return True
    return _rounded(number, other) and min(len(number.text), len(other.text)) > 1


def _rounded(number: Printed, other: Printed) -> bool:
    """Whether one of two numbers is what the other may be rounded or cut to."""
    return number.text in other.forms or other.text in number.forms


def same_part(number: Printed, other: Printed) -> bool:
    """Whether both open a statement, or neither does; a percent may stand in brackets."""
    alike = number.kind == other.kind and number.kind in {"/", "%"}
    return alike or (number.part > 0) == (other.part > 0)


def _same_kind(number: Printed, other: Printed) -> bool:
    kinds = {number.kind, other.kind}
    return len(kinds) == 1 or kinds not in ({"%", "n"}, {"%", "/"})


def _apart(number: Printed, other: Printed) -> bool:
    """Whether one P lies beyond the bound that is another."""
    if number.relation and other.relation:
        return False
    bound, exact = (number, other) if number.relation else (other, number)
    if bound.relation in "<≤":
        return exact.value > bound.value
    return exact.value < bound.value


def comparable(number: Printed, other: Printed) -> bool:
    """Whether two numbers may be meant as the same, and are not."""
    if not _same_kind(number, other) or equal(number, other):
        return False
    if number.kind == "p":
        return not (number.relation or other.relation) or _apart(number, other)
    if _rounded(number, other):
        return False
    if "/" in {number.kind, other.kind} and number.decimals + other.decimals:
        return False  # of a fraction both are whole
    short = len(number.text) + len(other.text) < 3
    return not (short or number.relation or other.relation)


def closeness(number: Printed, other: Printed) -> float:
    """Return how likely it is that one number was printed for the other."""
    a, b = number.text, other.text
    slip = _one_slip(a, b) or (
        number.part > 0 and len(a) > 3 and _one_slip(a.replace(".", ""), b.replace(".", ""))
    )
    if number.kind == "p":
        exact = not (number.relation or other.relation)
        return 1.5 * (slip and exact and min(number.telling, other.telling) > 1)
    found = 0.0
    if slip:
        found = 2.5 if number.telling >= 3 else 1.0 + (number.part > 0 and len(a) != len(b))
    low, high = sorted((number.value, other.value))
    apart = (high - low) / high if high else 1.0
    if apart < 0.03 and number.telling >= 3:
        found = max(found, 2.0)
    elif apart < 0.1:
        found = max(found, 1.0)
    elif apart > 0.5 and not (slip and number.part):
        found -= 1.0
    unlike = number.decimals != other.decimals or {number.kind, other.kind} == {"%", ""}
    return found - (0.7 if unlike else 0.0)


def _one_slip(a: str, b: str) -> bool:
    """Whether one digit was changed, dropped or added, or some were exchanged."""
    short, long = sorted((a, b), key=len)
    if len(short) == len(long):
        return sorted(a) == sorted(b) or sum(x != y for x, y in zip(a, b, strict=True)) == 1
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
