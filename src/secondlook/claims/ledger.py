"""The ledger of a paper: its claims, what follows for each, and the verdict on each.

``data/<key>/claims.yaml`` stores the claim with the verdict that is *expected* and says how the
number follows; the verdict is computed from the printed text and the result. A verdict that
changes, in either direction, is not as expected.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path
from traceback import extract_tb
from types import ModuleType
from typing import TYPE_CHECKING, Any

from secondlook import data, printed
from secondlook.claims import derivation
from secondlook.claims.cells import cell_claims
from secondlook.claims.claim import Claim, ClaimsError, ClaimsFile, changed, read_file
from secondlook.claims.curves import curve_claims, curve_result, facts_of
from secondlook.claims.expression import ExpressionError
from secondlook.claims.stored import recalled
from secondlook.claims.value import Answer, Rows, nearest
from secondlook.claims.verdict import (
    VERDICTS,
    NotDerivable,
    Restated,
    Result,
    Verdict,
)
from secondlook.data.folders import DESCRIPTOR
from secondlook.plain_yaml import LONGEST_KEY, Faults, Lined, Refused

if TYPE_CHECKING:
    import pandas as pd

    from secondlook.admissible import CurveFacts

_LONGEST_FAILURE = 500
"""Letters of what an analysis says of its failure."""


@dataclass(frozen=True)
class Judged:
    """A claim, the result that was computed for it, and the verdict that follows."""

    claim: Claim
    result: Result
    verdict: Verdict

    @property
    def as_expected(self) -> bool:
        """Whether the computed verdict is the stored expectation."""
        return self.verdict == self.claim.expect


class Paper:
    """The claims and tables of the paper of a citation key, and what follows for each claim."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.file: ClaimsFile = read_file(data.folder(key) / "claims.yaml")
        self._tables: dict[str, Rows | None] = {}
        self._curves: dict[str, CurveFacts] = {}
        self._answers: dict[str, Answer] = {}
        self._unanswered: dict[str, ClaimsError] = {}

    @property
    def claims(self) -> dict[str, Claim]:
        """Id -> claim: those of the list, then those of the tables, then those of the curves.

        A ClaimsError has all that cannot be read, if anything cannot.
        """
        found = self.readable
        self.file.faults.refuse(ClaimsError)
        return found

    @cached_property
    def readable(self) -> dict[str, Claim]:
        """The claims that can be read; the faults of the others are those of the file."""
        found = {claim.id: claim for claim in self.file.claims}
        changes = dict(self.file.changes)
        for claims in (
            cell_claims(self.file, self.table, found),
            curve_claims(self.file, self.curve, found.values()),
        ):
            for claim in claims:
                change = changes.pop(claim.id, None)
                found[claim.id] = claim
                if change is not None:
                    with self.file.faults.at(change["line"], claim.id):
                        found[claim.id] = changed(claim, change)
        for address, change in changes.items():
            with self.file.faults.at(change["line"], address):
                self._refuse_faulty(address)
                what, hint = "number of the curve", ""
                if address.split("/")[0] in self.file.tables:
                    cells = [name for name in found if found[name].cell]
                    what, hint = "cell", nearest(address, cells)
                raise ClaimsError(f"{change['at']}: no {what} has the address {address!r}{hint}")
        with self.file.faults.at(0):
            self._check_headlines(found)
        return found

    def _check_headlines(self, known: Mapping[str, Claim]) -> None:
        """Refuse a headline of the scoreboard that is no claim."""
        path = data.folder(self.key) / DESCRIPTOR
        described = data.description(self.key) if path.is_file() else Lined(0)
        if (named := described.get("x-headlines")) is None:
            return
        at = f"{path}, line {described.lines['x-headlines']}: `x-headlines`"
        if not isinstance(named, list):
            raise ClaimsError(f"{at} is a list of ids of claims; got {named!r:.80}")
        for each in named:
            if not isinstance(each, str) or len(each) > LONGEST_KEY:
                raise ClaimsError(f"{at} is a list of ids of claims; {each!r:.80} is none")
            if each not in known and each not in self.file.faults.of:
                raise ClaimsError(f"{at} names {each!r}, which is no claim{nearest(each, known)}")

    def _refuse_faulty(self, name: str) -> None:
        """Raise the fault of a claim, or of the table or curve that it is of, if it has one."""
        faults = self.file.faults.of
        if fault := faults.get(name) or faults.get(name.split("/")[0]):
            raise fault

    # What a derivation may rest on --------------------------------------------------------------

    def claim(self, name: str) -> Claim | None:
        """Return the claim of this id or address; ``other-key:id`` is one of another paper."""
        other, colon, own = name.partition(":")
        if colon:
            return paper_of(other).claims.get(own) if other in keys() else None
        if name not in self.readable:
            self._refuse_faulty(name)
        return self.readable.get(name)

    def table(self, name: str) -> Rows | None:
        """Return a table of the paper's data with its cells as text, a missing one as None."""
        if name not in self._tables:
            self._tables[name] = (
                Rows(name, *data.cells(self.key, name)) if name in data.names(self.key) else None
            )
        return self._tables[name]

    def curve(self, name: str) -> CurveFacts:
        """Return what the document prints about the curve that it declares by this name."""
        if name not in self._curves:
            self._curves[name] = facts_of(self.file, name)
        return self._curves[name]

    def address(self, table: str, row: int, column: str) -> str | None:
        """Return the address of the cell's claim, if a block of ``tables:`` declares the table."""
        return self._addresses.get((table, row, column))

    @cached_property
    def _addresses(self) -> dict[tuple[str, int, str], str]:
        # The first of a cell's claims is its own; its percent comes after it.
        return {claim.cell: name for name, claim in reversed(self.readable.items()) if claim.cell}

    def names(self) -> Iterable[str]:
        """Return the ids and addresses of the paper and the names of its tables."""
        return [*self.readable, *data.names(self.key)]

    # What follows -------------------------------------------------------------------------------

    def answer(self, name: str) -> Answer:
        """Return what follows for one claim."""
        if name not in self._answers:
            claim = self.readable[name]
            try:
                self._answers[name] = self._answered(claim)
            except Refused:
                raise
            except (ExpressionError, ValueError) as error:
                raise ClaimsError(f"{self.at(claim)}: {error}") from error
        return self._answers[name]

    def at(self, claim: Claim) -> str:
        """Return a claim's name with its place in the file."""
        line = f", line {claim.line}" if claim.line else ""
        return f"{self.file.path}{line}, claim {claim.id!r}"

    def _answered(self, claim: Claim) -> Answer:
        declared = claim.declared
        if declared.form == "by":
            return Answer(self._by(claim, declared.body), frozenset())
        if declared.form == "curve":
            rests_on = frozenset({f"curve({declared.body})"})
            facts = self.curve(str(declared.body).split("/")[0])
            return Answer(curve_result(facts, declared.body), rests_on)
        return derivation.answer(claim, declared, self)

    def _by(self, claim: Claim, name: str) -> Result:
        """Return the result of a function of ``src/papers/<key>``, or its part for the claim."""
        inner, _, function_name = name.rpartition(".")
        folder = data.root() / "src" / "papers" / self.key.replace("-", "_")
        # A module that is missing, and a function that fails, is one fault of many claims.
        for fault in filter(None, map(self._unanswered.get, (inner, name))):
            raise fault
        try:
            module = analyses(self.key, inner)
        except (Exception, SystemExit) as error:  # one that ends has judged nothing
            told = f"fails: {_failure(error, folder)}"
            if isinstance(error, ModuleNotFoundError) and _absent(error, self.key, inner):
                told = f"means a function in {folder}; there is no module {error.name}"
            fault = ClaimsError(f"{self.at(claim)}: `by: {name}` {told}")
            self._unanswered[inner] = fault
            raise fault from error
        function = getattr(module, function_name, None)
        if not callable(function) or function_name.startswith("_"):
            raise ClaimsError(
                f"{self.at(claim)}: `by: {name}`: {module.__name__} has no function "
                f"{function_name!r}"
            )
        try:
            found = called(function)
        except Refused:
            raise
        except (Exception, SystemExit) as error:
            told = f"{self.at(claim)}: `by: {name}` fails: {_failure(error, folder)}"
            self._unanswered[name] = fault = ClaimsError(told)
            raise fault from error
        if isinstance(found, Mapping):
            if left := [str(name) for name in found if self.claim(str(name)) is None]:
                raise ClaimsError(
                    f"{self.file.path}: `by: {name}` gives results for {', '.join(left)}, which "
                    "are no claims"
                )
            if claim.id not in found:
                raise ClaimsError(
                    f"{self.at(claim)}: `by: {name}` gives no result for it; it gives "
                    f"{', '.join(map(str, found))}"[:600]
                )
            found = found[claim.id]
        if not hasattr(found, "verdict") or not hasattr(found, "how"):
            raise ClaimsError(
                f"{self.at(claim)}: `by: {name}` gives {type(found).__name__}, no result such as "
                "secondlook.claims.Derived"
            )
        result: Result = found
        return result


def keys() -> list[str]:
    """Return the citation keys of the papers that have claims, in alphabetical order."""
    return sorted(path.parent.name for path in (data.root() / "data").glob("*/claims.yaml"))


def read(key: str) -> list[Claim]:
    """Return the claims of one paper: those of the list, then those of its tables."""
    return list(paper_of(key).claims.values())


def judge(key: str) -> list[Judged]:
    """Return the claims of one paper, each with its result and its verdict.

    A ClaimsError has all claims that have none, beside all that cannot be read.
    """
    paper, judged = paper_of(key), []
    claims = paper.readable.values()
    faults = Faults(paper.file.faults)
    for claim in claims:
        with faults.at(claim.line):
            result = paper.answer(claim.id).result
            try:
                judged.append(Judged(claim, result, result.verdict(claim.reads)))
            except ValueError as error:
                raise ClaimsError(f"{paper.at(claim)}: {error}") from error
    faults.refuse(ClaimsError)
    return judged


# What rests on what -------------------------------------------------------------------------------


def rows(key: str) -> list[dict[str, Any]]:
    """Return the ledger of one paper as it is stored: a mapping a claim.

    Each has the columns of `ledger`. Computed once, and again when something that it rests on
    changes.
    """
    return list(_stored(key)["rows"])


def identities(key: str) -> list[frozenset[str]]:
    """Return the independent identities that a ledger checks, each as the claims it ties together.

    Claims that derive each other from the same numbers (a total and its parts; a count, its percent
    and their denominator) check one identity, however many of them there are; so do the cells of a
    column that follow by one statement; and a number printed at three places is two checks. What is
    not derivable checks nothing.
    """
    paper = paper_of(key)
    group: dict[str, str] = {}

    def first(name: str) -> str:
        while group.setdefault(name, name) != name:
            name = group[name]
        return name

    found: list[frozenset[str]] = []
    answers = {name: paper.answer(name) for name in paper.claims}
    for name, answer in answers.items():
        if isinstance(answer.result, Restated):
            (other,) = answer.rests_on
            one, two = first(name), first(other)
            if one != two:
                group[one] = two
                found.append(frozenset({name, other}))
    seen: set[frozenset[str]] = set()
    columns: dict[str, frozenset[str]] = {}
    for name, answer in answers.items():
        if isinstance(answer.result, (NotDerivable, Restated)):
            continue
        tied = frozenset({name, *answer.rests_on})
        if shares := paper.claims[name].shares:
            columns[shares] = columns.get(shares, frozenset()) | tied
            continue
        if (same := frozenset(first(each) for each in tied)) not in seen:
            seen.add(same)
            found.append(tied)
    return [*found, *columns.values()]


def independent(key: str) -> int:
    """Return how many independent checks the ledger of a paper makes; see `identities`."""
    return int(_stored(key)["independent"])


# The ledger as text and as frames -----------------------------------------------------------------

_COLUMNS = ["quantity", "printed", "recomputed", "verdict"]
_NOT_REPRODUCED = ("conflicts", "differs", "unattainable", "truncated", "attainable")


def row(judged: Judged) -> dict[str, str | bool]:
    """Return one judged claim as a row of the ledger."""
    claim, result = judged.claim, judged.result
    return {
        "id": claim.id,
        "where": claim.where,
        "quantity": claim.quantity,
        "printed": claim.printed,
        "recomputed": result.shown(claim.reads),
        "verdict": judged.verdict,
        "expect": claim.expect,
        "as_expected": judged.as_expected,
        "cause": claim.cause or "",
        "why": claim.why or "",
        "how": result.how,
        "cites": claim.cites or "",
    }


def ledger(key: str) -> pd.DataFrame:
    """Return the ledger of one paper: a row a claim, in the order of the claims file.

    Columns ``id, where, quantity, printed, recomputed, verdict, expect, as_expected, cause, why,
    how, cites``, all text but ``as_expected``.
    """
    import pandas as pd

    return pd.DataFrame(rows(key))


def beside(key: str, *ids: str) -> pd.DataFrame:
    """Return claims as rows of a table: quantity, printed, recomputed, verdict."""
    for name in ids:
        _claim(key, name)  # refuses a name that is none
    return ledger(key).set_index("id").loc[list(ids), _COLUMNS]


def printed_table(key: str, prefix: str) -> pd.DataFrame:
    """Return the claims whose ids begin so, as "t1-", in the columns of `beside`."""
    frame = ledger(key)
    rows = frame[[isinstance(prefix, str) and name.startswith(prefix) for name in frame["id"]]]
    if rows.empty:
        raise KeyError(f"{key} has no claim whose id begins with {prefix!r}")
    return rows[_COLUMNS].reset_index(drop=True)


def disagreements(key: str, *verdicts: str) -> pd.DataFrame:
    """Return verdict, quantity, printed and why of these verdicts, in their order, once a quantity.

    Without verdicts named, all that are neither reproduced nor without anything that bears on them.
    """
    order = list(verdicts or _NOT_REPRODUCED)
    if unknown := [each for each in order if not isinstance(each, str) or each not in VERDICTS]:
        raise ValueError(f"{unknown[0]!r} is no verdict; there are {', '.join(VERDICTS)}")
    frame = ledger(key)
    kept = frame[frame["verdict"].isin(order)]
    first = kept.drop_duplicates(["quantity", "printed", "verdict"])
    ranked = first.sort_values("verdict", key=lambda v: v.map(order.index), kind="stable")
    return ranked[["verdict", "quantity", "printed", "why"]]


def counted(key: str) -> dict[str, int]:
    """Return how many claims have each verdict, every verdict named."""
    found = [each["verdict"] for each in rows(key)]
    return {name: found.count(name) for name in VERDICTS}


def texts(key: str) -> dict[str, str]:
    """Return every printed number of a document: id of the claim -> text."""
    return _Texts(key, {name: claim.printed for name, claim in paper_of(key).claims.items()})


class _Texts(dict[str, str]):
    """The printed numbers of a document, of which one that is not there is refused as elsewhere."""

    def __init__(self, key: str, texts: Mapping[str, str]) -> None:
        super().__init__(texts)
        self.key = key

    def __missing__(self, name: str) -> str:
        return _claim(self.key, name).printed


def printed_text(key: str, claim: str) -> str:
    """Return the number of a claim as the document prints it."""
    return _claim(key, claim).printed


def said(key: str, claim: str) -> int | float:
    """Return the number that a document prints in the claim of this id."""
    value = printed.parse(_claim(key, claim).reads).value
    return int(value) if value.denominator == 1 else float(value)


def _claim(key: str, name: str) -> Claim:
    """Return the claim of this id; a KeyError names those that are most like it."""
    known = paper_of(key).claims
    if not isinstance(name, str):
        raise KeyError(f"{key} has no claim {name!r}: an id is text")
    if name not in known:
        raise KeyError(f"{key} has no claim {name!r}{nearest(name, known)}")
    return known[name]


def curve_facts(key: str, name: str) -> CurveFacts:
    """Return what a document prints about the curve that it declares by this name."""
    if not isinstance(name, str):
        raise ValueError(f"{key} has no curve {name!r}: a name is text")
    return paper_of(key).curve(name)


# Read once, computed once -------------------------------------------------------------------------


def _stored(key: str) -> Mapping[str, Any]:
    """Return the rows of a ledger and the number of its checks, from memory, disk or anew."""
    data.folder(key)  # refuses a key that is none
    return _kept(key, tuple(data.state(each) for each in sorted({key, *keys()})))


@cache
def _kept(key: str, _state: tuple[object, ...]) -> Mapping[str, Any]:
    def computed() -> dict[str, Any]:
        rows = [row(judged) for judged in judge(key)]
        return {"rows": rows, "independent": len(identities(key))}

    return recalled(key, computed, lambda: _modules(key))


def _modules(key: str) -> list[str]:
    """Return the modules that compute a ledger: the language, and the analyses that it calls."""
    own, found = f"papers.{key.replace('-', '_')}", {__name__}
    for claim in paper_of(key).claims.values():
        if claim.declared.form == "by":
            found.add(f"{own}.{claim.declared.body}".rpartition(".")[0])
    return sorted(found)


def paper_of(key: str) -> Paper:
    """Return a paper, read and computed once for as long as its files stay as they are."""
    return _opened(key, data.state(key))


@cache
def _opened(key: str, _state: tuple[object, ...]) -> Paper:
    return Paper(key)


@cache
def called(function: Callable[[], Any]) -> Any:
    """Return what a function of a paper gives, called once a process."""
    return function()


def analyses(key: str, inner: str = "") -> ModuleType:
    """Return the analyses of a paper: the module ``src/papers/<key>`` of the reader's own root.

    The key's hyphens are underscores in its name; `inner` is a module in it, if it is a package.
    """
    source = data.root() / "src"
    name = f"papers.{key.replace('-', '_')}"
    if str(source) not in sys.path:
        sys.path.append(str(source))
    if not _lies_in(import_module(name), source):
        # Another root has a paper of this key, and was there first.
        for loaded in [each for each in sys.modules if f"{each}.".startswith(f"{name}.")]:
            del sys.modules[loaded]
        sys.path.remove(str(source))
        sys.path.insert(0, str(source))
        if not _lies_in(import_module(name), source):
            raise ModuleNotFoundError(f"no module {name} in {source}", name=name)
    return import_module(f"{name}.{inner}" if inner else name)


def _lies_in(module: ModuleType, folder: Path) -> bool:
    file = getattr(module, "__file__", None)
    return file is None or Path(file).resolve().is_relative_to(folder.resolve())


def _failure(error: BaseException, folder: Path) -> str:
    """Say what went wrong in an analysis, and in which line of its own."""
    own = [each for each in extract_tb(error.__traceback__)
           if Path(each.filename).is_relative_to(folder.parent)]  # fmt: skip
    place = f"{own[-1].filename}, line {own[-1].lineno}: " if own else ""
    if isinstance(error, SyntaxError) and error.filename:
        return f"{error.filename}, line {error.lineno}: {error.msg}"
    return f"{place}{type(error).__name__}: {' '.join(str(error).split())[:_LONGEST_FAILURE]}"


def _absent(error: ModuleNotFoundError, key: str, inner: str) -> bool:
    """Whether what is missing is the paper's own module, and not one that it imports."""
    name = f"papers.{key.replace('-', '_')}"
    return f"{name}.{inner}.".startswith(f"{error.name}.")
