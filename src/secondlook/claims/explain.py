"""One claim explained: its place, its derivation down to the print, and what would change it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from secondlook import printed
from secondlook.claims import derivation
from secondlook.claims.claim import Claim, ClaimsError
from secondlook.claims.ledger import Paper, keys, paper_of
from secondlook.claims.value import Rows, Value, nearest, plain
from secondlook.claims.verdict import (
    MEANINGS,
    Alternatives,
    Contradicted,
    Derived,
    NotDerivable,
    Possible,
    Restated,
    Result,
    Verdict,
)

_FARTHEST = 5
"""How far a printed whole number is moved to see whether that would change the verdict."""
_DEEPEST = 6


def found(name: str, asked: Iterable[str]) -> tuple[str, str]:
    """Return the paper and the id of a claim that is named by its id, or as ``key:id``."""
    key, colon, own = name.partition(":")
    if colon and key in keys():
        if own not in paper_of(key).claims:
            raise ClaimsError(f"{key} has no claim {own!r}{nearest(own, paper_of(key).claims)}")
        return key, own
    having = [each for each in asked if name in paper_of(each).claims]
    if len(having) == 1:
        return having[0], name
    if having:
        raise ClaimsError(f"{', '.join(having)} have a claim {name!r}; write {having[0]}:{name}")
    known = [claim for each in asked for claim in paper_of(each).claims]
    raise ClaimsError(f"no paper has a claim {name!r}{nearest(name, known)}")


def explanation(key: str, name: str) -> str:
    """Return what is known of one claim, line by line."""
    own = paper_of(key)
    claim, answer = own.claims[name], own.answer(name)
    verdict = answer.result.verdict(claim.reads)
    meaning = MEANINGS[verdict]
    as_expected = "as expected" if verdict == claim.expect else f"but {claim.expect} is expected"
    lines = [
        f"{key}:{name}",
        f"  where       {claim.where}",
        f"  quantity    {claim.quantity}",
        f"  printed     {claim.printed}{_admitted(claim)}",
        f"  declared    {_declared(claim)}",
        f"  recomputed  {answer.result.shown(claim.reads)}",
        f"  verdict     {verdict}, {as_expected}: {meaning[0].lower()}{meaning[1:]}",
    ]
    if claim.why:
        lines.append(f"  why         {' '.join(claim.why.split())} ({claim.cause})")
    lines.append(f"  how         {answer.result.how}")
    if answer.values:
        lines += ["", "  derivation"]
        lines += [each for value in answer.values for each in _branch(value, own, "    ", "", ())]
    if readings := list(_readings(answer.result, claim)):
        lines += ["", "  readings", *(f"    {each}" for each in readings)]
    lines += [
        "",
        "  what would change it",
        *(f"    {each}" for each in _changes(own, claim, verdict)),
    ]
    return "\n".join(lines)


def _admitted(claim: Claim) -> str:
    try:
        interval = printed.admits(claim.reads)
    except ValueError:
        return ""
    return f"   (rounded from {interval.rounded}, cut from {interval.truncated})"


def _declared(claim: Claim) -> str:
    condition = f", if: {claim.declared.condition}" if claim.declared.condition else ""
    return f"{claim.declared.form}: {_plain(claim.declared.body)}{condition}"


def _plain(body: object) -> str:
    if isinstance(body, Mapping):
        return "{" + ", ".join(f"{name}: {_plain(each)}" for name, each in body.items()) + "}"
    if isinstance(body, list):
        return "[" + ", ".join(_plain(each) for each in body) + "]"
    return str(body)


# The derivation -----------------------------------------------------------------------------------


def _branch(
    value: Value, own: Paper, indent: str, joint: str, above: tuple[str, ...]
) -> Iterator[str]:
    """Yield a value with its parts beneath it; a claim with how it follows in its turn."""
    claim = own.claim(value.source)
    if claim is not None:
        shown = f"{claim.printed}   ({claim.where})"
    else:
        shown = plain(value.value) + ("" if value.parts else f"   {_in_words(value)}".rstrip())
    yield f"{indent}{joint}{value.source} = {shown}"
    beneath = list(value.parts)
    if claim is not None and len(above) < _DEEPEST and value.source not in above:
        beneath = _follows(own, value.source, above)
    inner = indent + {"": "", "├ ": "│ ", "└ ": "  "}[joint]
    for number, part in enumerate(beneath, start=1):
        last = number == len(beneath)
        yield from _branch(part, own, inner, "└ " if last else "├ ", (*above, value.source))


def _follows(own: Paper, name: str, above: tuple[str, ...]) -> list[Value]:
    """Return what a claim rests on in its turn, unless that leads back to where it came from."""
    if name not in own.claims:
        return []
    answer = own.answer(name)
    if answer.rests_on & {*above, name}:
        return []
    return [part for part in answer.values if part.parts or own.claim(part.source) is None]


def _in_words(value: Value) -> str:
    return "" if value.said == plain(value.value) or value.source == value.said else value.said


# Readings, and what would change the verdict ------------------------------------------------------


def _readings(result: Result, claim: Claim) -> Iterator[str]:
    if isinstance(result, Alternatives):
        for place, value in result.values.items():
            alone = Derived(value, "", result.within.get(place))
            yield (
                f"{place}: {alone.shown(claim.reads)}; by this place alone: "
                f"{alone.verdict(claim.reads)}"
            )
    if isinstance(result, Contradicted):
        yield f"against it: {result.by}"
    if isinstance(result, Possible) and isinstance(result.values, tuple):
        try:
            here = printed.parse(claim.reads).value
        except ValueError:
            return
        nearest = sorted(set(result.values), key=lambda value: abs(float(value) - float(here)))[:4]
        if nearest:
            shown = ", ".join(f"{float(value):.6g}" for value in sorted(nearest))
            yield f"the nearest of {len(set(result.values))} possible values: {shown}"


def _changes(own: Paper, claim: Claim, verdict: Verdict) -> list[str]:
    answer = own.answer(claim.id)
    result = answer.result
    if isinstance(result, NotDerivable):
        return [f"{result.needs}, if it were printed"]
    if isinstance(result, Restated):
        return [f"another number there or here; there it is {result.text}"]
    found = []
    if isinstance(result, Derived) and verdict != "reproduced":
        text = printed.show(result.value, like=claim.reads)
        found.append(f"printed as {text} it would be reproduced")
    if claim.declared.form not in ("by", "curve"):
        found += list(_moved(own, claim, verdict))
    if claim.declared.form == "by":
        found.append(f"another result of {claim.declared.body}()")
    if claim.declared.form == "curve":
        name = str(claim.declared.body).split("/")[0]
        found.append(f"another curve {name}; `secondlook curve` shows what it allows")
    nothing = f"no whole number that it rests on, moved by up to {_FARTHEST}, changes the verdict"
    return found or [nothing]


def _moved(own: Paper, claim: Claim, verdict: Verdict) -> Iterator[str]:
    """Yield the least change of each whole number that it rests on which gives another verdict."""
    for name in sorted(own.answer(claim.id).rests_on):
        other = own.claim(name)
        if other is None:
            continue
        try:
            number = printed.parse(other.reads)
        except ValueError:
            continue
        if number.relation != "=" or number.value.denominator != 1:
            continue
        for step in sorted(range(-_FARTHEST, _FARTHEST + 1), key=abs)[1:]:
            value = int(number.value) + step
            if value < 0:
                continue
            moved = _Moved(own, name, replace(other, printed=str(value), read_as=None))
            try:
                now = derivation.answer(claim, claim.declared, moved).result.verdict(claim.reads)
            except ValueError:
                continue
            if now != verdict:
                yield f"{now} if {name} were {value} (printed {other.printed})"
                break


class _Moved:
    """The sources of a paper with one claim printed otherwise."""

    def __init__(self, own: Paper, name: str, claim: Claim) -> None:
        self.own, self.name, self.other = own, name, claim
        self.table: Callable[[str], Rows | None] = own.table
        self.names = own.names
        self.address = own.address

    def claim(self, name: str) -> Claim | None:
        return self.other if name == self.name else self.own.claim(name)
