"""A claim is one printed number at every place that prints it; ``claims.yaml`` holds them.

The file is a mapping with ``claims:`` (a list), and optionally ``tables:``, ``curves:`` and
``reasons:``; a bare list is read as ``claims:``. What a claim declares is kept as it is written;
`secondlook.claims.derivation` gives it its meaning.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, get_args

from secondlook import plain_yaml
from secondlook.claims import expression
from secondlook.claims.functions import limited
from secondlook.claims.verdict import VERDICTS, Verdict
from secondlook.plain_yaml import Faults, Lined, Refused

Cause = Literal[
    "typography", "rounding", "specification", "arithmetic", "data", "citation", "unknown"
]
CAUSES: tuple[Cause, ...] = get_args(Cause)

FORMS = ("from", "same", "test", "curve", "contradicts", "needs", "by")
"""The fields that say how a claim follows; a claim has one of them, or ``cites`` alone."""

_TEXTS = ("id", "quantity", "printed", "reads", "expect", "cause", "why", "cites")
_FIELDS = (
    "id", "where", "quantity", "printed", "reads", *FORMS, "if", "expect", "cause", "why", "cites"
)  # fmt: skip
_REQUIRED = ("id", "where", "quantity", "printed")
_REASON = ("cause", "why")
KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TABLE_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(/[^\s/]+)+")
_LONGEST = 4000
_BODIES: Mapping[str, tuple[tuple[type, ...], str]] = {
    "from": ((str, dict), "an expression, or a mapping of places to expressions"),
    "same": ((str,), "the id of one claim"),
    "contradicts": ((str, list), "the id of a claim, a list of ids, or a sentence"),
    "test": ((dict,), "a mapping {table: [[a, b], [c, d]]}, or {means: ...}"),
}


_BOUND: tuple[Cause, str] = (
    "specification",
    "It lies within what else is printed, which gives no single value.",
)
_POSSIBLE: Mapping[str, tuple[Cause, str]] = {
    "test": (
        "specification",
        "At least one usual test of the counts prints it; a P value fixes no test.",
    ),
    "means": (
        "specification",
        "A usual test of means that round to the printed ones prints it; they fix no P value.",
    ),
    "curve": (
        "specification",
        "A curve fixes no patient's time; at least one data set prints it with all the others.",
    ),
    "some_count": ("rounding", "Several whole numbers of patients print this percent."),
    **dict.fromkeys(("between", "at_least", "at_most", "one_of"), _BOUND),
    **dict.fromkeys(
        ("lower_limit", "upper_limit"),
        ("specification", "A usual interval prints it; the paper names no kind."),
    ),
}
"""Forms, and words of ``from``, that never give one value: why the best verdict is `attainable`."""


class ClaimsError(Refused):
    """Claims that cannot be read or have no result: file, line, claim, field, and what to do."""


@dataclass(frozen=True)
class Declared:
    """How a claim follows: one of `FORMS`, what that field of its file holds, and its ``if``."""

    form: str
    body: Any
    condition: str | None = None


@dataclass(frozen=True)
class Claim:
    """One printed number, at every place that prints it.

    The fields are those of the file (CONTRIBUTING has the list): `id` may be the address of a cell,
    such as ``t3/sex/female``, `where` has all places, joined by semicolons, `read_as` is the field
    ``reads``. Beside them, `declared` says how it follows, `line` where it is declared; `cell` is
    table, row (from 0) and column of a declared table's cell, and `shares` the column whose cells
    all follow by one statement, if it is one of them.
    """

    id: str
    where: str
    quantity: str
    printed: str
    expect: Verdict = "reproduced"
    cause: Cause | None = None
    why: str | None = None
    cites: str | None = None
    declared: Declared = Declared("needs", "another look at the paper")
    line: int = field(default=0, compare=False)
    read_as: str | None = None
    cell: tuple[str, int, str] | None = None
    shares: str = ""

    @property
    def reads(self) -> str:
        """The number in digits, where a dash or a word is printed in its place."""
        return self.printed if self.read_as is None else self.read_as


@dataclass(frozen=True)
class ClaimsFile:
    """What a claims file holds.

    `claims` are those of the list, in its order, without those of tables and curves; `changes` has,
    by the address of a cell, the fields that its claim has otherwise than the table gives them;
    `faults` those that cannot be read.
    """

    path: Path
    claims: tuple[Claim, ...]
    tables: Mapping[str, Lined]
    curves: Mapping[str, Lined]
    changes: Mapping[str, Mapping[str, Any]]
    faults: Faults


def read_file(path: Path) -> ClaimsFile:
    """Return what a claims file holds."""
    try:
        content = plain_yaml.read(path)
    except plain_yaml.YamlError as error:
        raise ClaimsError(f"{path}: {error}") from error
    except FileNotFoundError:
        raise ClaimsError(f"{path}: there is no claims file") from None
    except OSError as error:
        raise ClaimsError(f"{path}: {error.strerror or error}") from error
    if isinstance(content, list):
        top = Lined(1)
        top["claims"] = content
        content = top
    if not isinstance(content, Lined):
        raise ClaimsError(f"{path}: expected `claims:` with a list of claims (`- id: ...`)")
    sections = {"claims", "tables", "curves", "reasons"}
    if unknown := sorted(set(content) - sections):
        raise ClaimsError(
            f"{path}, line {content.lines.get(unknown[0], 1)}: unknown section {unknown[0]!r}; "
            "there are claims, tables, curves and reasons"
        )
    entries = content.get("claims") or []
    declared = content.get("tables") or content.get("curves")
    if not isinstance(entries, list) or not (entries or declared):
        raise ClaimsError(f"{path}: expected `claims:` with a list of claims (`- id: ...`)")
    faults = Faults()
    tables, curves = (_blocks(content, name, path, faults) for name in ("tables", "curves"))
    reasons = _reasons(content, path, faults)
    first: dict[str, int] = {}
    claims: list[Claim] = []
    changes: dict[str, Mapping[str, Any]] = {}
    line = content.lines.get("claims", 1)
    for entry in entries:
        line, name = (
            (entry.line, str(entry.get("id", ""))) if isinstance(entry, Lined) else (line, "")
        )
        with faults.at(line, name):
            if not isinstance(entry, Lined):
                raise ClaimsError(f"{path}: every claim is a mapping with an id; got {entry!r:.80}")
            at = f"{path}, line {line}, claim {name or '(no id)'!r:.80}"
            fields = _with_reason(_checked(entry, at), reasons, at, faults)
            if name in first:
                raise ClaimsError(
                    f"{path}, line {line}: the id {name!r} is taken by the claim in line "
                    f"{first[name]}; ids are unique in a paper"
                )
            first[name] = line
            if "why" in fields:
                reasons.setdefault(name, {p: fields[p] for p in _REASON if p in fields})
            if "/" in name:
                changes[name] = _change(fields, [*tables, *curves], line, at)
            else:
                claims.append(_claim(fields, line, at))
    return ClaimsFile(path, tuple(claims), tables, curves, changes, faults)


def _checked(entry: Lined, at: str) -> dict[str, Any]:
    """Return the fields of an entry, each of its kind."""
    fields = dict(entry)
    if unknown := [name for name in fields if name not in _FIELDS]:
        # {from: percent(a, n)} is to YAML a field "from" and a field "n)".
        cut = fields[unknown[0]] is None
        raise ClaimsError(
            f"{at}: unknown field {unknown[0]!r}; "
            + ("a text with a comma needs quotes between { }" if cut else "")
            + ("" if cut else f"known are {', '.join(_FIELDS)}")
            + ("; a test is named within `test: {...}`" if unknown[0] == "named" else "")
        )
    for name in ("cites", "reads"):
        if isinstance(fields.get(name), int) and not isinstance(fields[name], bool):
            fields[name] = str(fields[name])
    for name in _TEXTS:
        value = fields.get(name, "-")
        if not isinstance(value, str) or not value.strip():
            raise ClaimsError(
                f"{at}: {name!r} must be text, got {value!r:.80}"
                + ("; put the number in quotes" if name in ("printed", "reads") else "")
            )
        if len(value) > _LONGEST:
            raise ClaimsError(f"{at}: {name!r} has more than {_LONGEST} characters")
    if not fields.get("id"):
        raise ClaimsError(f"{at}: the field 'id' is missing")
    return fields


def _with_reason(
    fields: dict[str, Any], reasons: Mapping[str, Mapping[str, Any]], at: str, faults: Faults
) -> dict[str, Any]:
    """Fill in ``why: =name``: an entry of ``reasons``, or the reason of a claim before."""
    why = fields.get("why", "")
    if not why.startswith("="):
        return fields
    name = why[1:].strip()
    if name not in reasons:
        raise faults.of.get(name) or ClaimsError(
            f"{at}: `why: {why}` names neither an entry of `reasons` nor a claim before with a "
            f"reason; there are: {', '.join(sorted(reasons)) or 'none'}"[:600]
        )
    reason = reasons[name]
    cause = {"cause": reason["cause"]} if "cause" in reason else {}
    return cause | fields | {"why": str(reason["why"])}


def _change(
    fields: Mapping[str, Any], blocks: Sequence[str], line: int, at: str
) -> Mapping[str, Any]:
    """Return what an entry says of a cell of a table or a number of a curve otherwise."""
    if not _TABLE_ID.fullmatch(fields["id"]) or fields["id"].split("/")[0] not in blocks:
        raise ClaimsError(
            f"{at}: an id with slashes is an address in a declared table or curve; there are: "
            f"{', '.join(sorted(blocks)) or 'none'}"
        )
    if "printed" in fields:
        raise ClaimsError(f"{at}: its number stands in table or curve; take `printed` away")
    return {**fields, "line": line, "at": at}


def _claim(fields: Mapping[str, Any], line: int, at: str) -> Claim:
    if missing := [name for name in _REQUIRED if name not in fields]:
        raise ClaimsError(f"{at}: the field {missing[0]!r} is missing")
    if not KEBAB.fullmatch(fields["id"]):
        raise ClaimsError(f"{at}: an id is lower-case words joined by hyphens")
    declared = declared_by(fields, at)
    if declared is None and "cites" in fields:
        one = fields["cites"].isdigit()
        declared = Declared("needs", f"{'reference' if one else 'references'} {fields['cites']}")
    if declared is None:
        raise ClaimsError(
            f"{at}: nothing says how it follows; give it one of {', '.join(FORMS)}, or `cites` "
            "where it is another study's"
        )
    expected = expectation(fields, declared, at)
    return Claim(
        fields["id"], _where(fields["where"], at), fields["quantity"], fields["printed"], *expected,
        fields.get("cites"), declared, line, fields.get("reads"),
    )  # fmt: skip


def expectation(
    fields: Mapping[str, Any], declared: Declared, at: str
) -> tuple[Verdict, Cause | None, str | None]:
    """Return the expected verdict with its cause and reason; refuse one that lacks them.

    Where none is said, it is the verdict of a paper that is right: that follows from the form.
    """
    best, its_cause, its_why = _best(declared, cited="cites" in fields)
    expect: Verdict = fields.get("expect") or best
    cause, why = fields.get("cause"), fields.get("why")
    for what, word, known in (("verdict", expect, VERDICTS), ("cause", cause, (None, *CAUSES))):
        if word not in known:
            names = ", ".join(name for name in known if name)
            raise ClaimsError(f"{at}: unknown {what} {word!r:.80}; known are {names}")
    if expect == best:
        cause, why = cause or its_cause, why or its_why
    elif expect != "reproduced" and not (cause and why):
        raise ClaimsError(
            f"{at}: a claim that is expected to be {expect!r} needs `cause` and `why`"
        )
    return expect, cause, why


def _best(declared: Declared, *, cited: bool) -> tuple[Verdict, Cause | None, str | None]:
    """Return the best verdict that a form can give, with the cause and reason of a lesser one."""
    if declared.form == "needs":
        return "not-derivable", "citation" if cited else "data", None
    form = (
        str(declared.body).partition("(")[0].strip() if declared.form == "from" else declared.form
    )
    if form == "test" and "means" in declared.body:
        form = "means"
    if form in ("lower_limit", "upper_limit") and _names_its_kind(declared.body):
        return "reproduced", None, None
    return ("attainable", *_POSSIBLE[form]) if form in _POSSIBLE else ("reproduced", None, None)


def _names_its_kind(limit: str) -> bool:
    """Whether a limit names the kind of interval that it is of."""
    try:
        *_, kinds = limited(expression.read(limit))
    except ValueError:
        return False  # is told where it is evaluated
    return bool(kinds)


def several(claim: Claim) -> Claim:
    """Return the claim of a count or percent, of which several print what is printed."""
    cause, why = _POSSIBLE["some_count"]
    return replace(claim, expect="attainable", cause=cause, why=why)


def changed(claim: Claim, fields: Mapping[str, Any]) -> Claim:
    """Return the claim of a cell or of a curve's number with what the list says of it otherwise."""
    at = str(fields["at"])
    own = declared_by(fields, at)
    # A cell that follows in a way of its own has no part in the reason of the others.
    before = {} if own else {name: getattr(claim, name) for name in ("expect", "cause", "why")}
    expect, cause, why = expectation({**before, **fields}, own or claim.declared, at)
    return replace(
        claim, where=_where(fields.get("where", claim.where), at), expect=expect, cause=cause,
        why=why, quantity=fields.get("quantity", claim.quantity),
        cites=fields.get("cites", claim.cites), declared=own or claim.declared,
        shares="" if own else claim.shares, read_as=fields.get("reads", claim.read_as),
        line=fields["line"],
    )  # fmt: skip


def declared_by(fields: Mapping[str, Any], at: str) -> Declared | None:
    """Return how a claim follows, from its fields; None if none of them says so."""
    forms = [form for form in FORMS if form in fields]
    if len(forms) > 1:
        raise ClaimsError(f"{at}: {forms[0]!r} and {forms[1]!r}; a claim follows in one way")
    if "if" in fields and forms != ["contradicts"]:
        raise ClaimsError(f"{at}: 'if' goes with 'contradicts'")
    if not forms:
        return None
    form, body = forms[0], fields[forms[0]]
    if form == "contradicts" and "if" not in fields:
        raise ClaimsError(
            f"{at}: 'contradicts' needs 'if': the condition under which both cannot hold"
        )
    if isinstance(body, int) and not isinstance(body, bool):
        body = str(body)
    if len(str(body)) > _LONGEST:
        raise ClaimsError(f"{at}: {form!r} has more than {_LONGEST} characters")
    kinds, said = _BODIES.get(form, ((str,), "text"))
    if not isinstance(body, kinds) or not body:
        raise ClaimsError(f"{at}: {form!r} is {said}; got {body!r:.80}")
    condition = fields.get("if")
    if condition is not None and not isinstance(condition, str):
        raise ClaimsError(f"{at}: 'if' must be text, got {condition!r:.80}")
    return Declared(form, body, condition)


def _where(value: Any, at: str) -> str:
    places = value if isinstance(value, list) else [value]
    if not places or any(not isinstance(place, str) or not place.strip() for place in places):
        raise ClaimsError(f"{at}: 'where' must be text or a list of texts, got {value!r:.80}")
    joined = "; ".join(places)
    if len(joined) > _LONGEST:
        raise ClaimsError(f"{at}: 'where' has more than {_LONGEST} characters")
    return joined


def _reasons(content: Lined, path: Path, faults: Faults) -> dict[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    given = _mapping(content, "reasons", path)
    for name, value in given.items():
        reason = {"why": value} if isinstance(value, str) else value
        well = isinstance(reason, dict) and {"why"} <= set(reason) <= {"why", "cause"}
        with faults.at(given.lines[name], name):
            if not well or not all(isinstance(part, str) and part for part in reason.values()):
                raise ClaimsError(
                    f"{path}: the reason {name!r} is a text, or has `cause` and `why`"
                )
            found[name] = reason
    return found


def _blocks(content: Lined, section: str, path: Path, faults: Faults) -> dict[str, Lined]:
    found: dict[str, Lined] = {}
    given = _mapping(content, section, path)
    for name, block in given.items():
        with faults.at(given.lines[name], name):
            if not KEBAB.fullmatch(name) or not isinstance(block, Lined):
                raise ClaimsError(
                    f"{path}: `{section}` has a name in lower case with a mapping for each; got "
                    f"{name!r:.80}: {block!r:.80}"
                )
            found[name] = block
    return found


def _mapping(content: Lined, section: str, path: Path) -> Lined:
    value = content[section] if content.get(section) is not None else Lined(1)
    if not isinstance(value, Lined):
        raise ClaimsError(f"{path}: `{section}` must be a mapping, got {value!r:.80}")
    return value
