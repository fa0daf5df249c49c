"""Draft the folder of a paper from an article: what was printed, and how it follows as far as seen.

Each table becomes a CSV file as printed with a block of ``tables:``; each number that stands in no
such table becomes a claim with its place. A number follows by what the scan found (a percent of a
denominator, a sum, a test, the same number elsewhere), or it is ``needs: to be said``.

A draft accuses only what the scan accuses. So it is judged before it is written: a claim whose
verdict speaks against the paper without a finding of the scan is taken back to ``to be said``, and
where a verdict is weaker than *reproduced* the draft expects that.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from secondlook import data, new
from secondlook.claims import ClaimsError
from secondlook.claims.ledger import Paper
from secondlook.files import own_folder, replace
from secondlook.scan.checks import check_document
from secondlook.scan.document import Document
from secondlook.scan.draft.drafted import Drafted, abbreviations
from secondlook.scan.draft.sentences import Sentences
from secondlook.scan.draft.tables import OfTable
from secondlook.scan.draft.text import link
from secondlook.scan.listing import one_line
from secondlook.scan.numbers import numbers
from secondlook.scan.reading import read
from secondlook.scan.scanning import SECONDS, at_most
from secondlook.scan.survival import printed_survival

MOST_NUMBERS = 20_000
"""Numbers of one draft; the longest article so far has 3,000."""
ANSWER_SECONDS = 20.0
"""How long one claim of a draft may take to be judged; the search behind a curve can be long."""
MOST_PATIENTS = 150
"""Of a curve in a draft; the search behind one of more takes longer than that."""
MOST_ROUNDS = 12
AGAINST = ("differs", "conflicts", "unattainable")
_EXPECTED = {
    "truncated": ("rounding", "It follows if the last digits were cut instead of rounded."),
    "attainable": ("rounding", "More than one value prints so, or fits what is printed."),
}


def draft(path: Path, key: str, *, root: Path, seconds: float = SECONDS) -> list[Path]:
    """Write the folder and the report of a paper, drafted from an article.

    Parameters
    ----------
    path
        The article; see `secondlook.scan.reading`.
    key
        The paper's citation key, such as ``smith-2024``.
    root
        The folder that holds, or is to hold, ``data/`` and ``reports/``.
    seconds
        The longest that reading and checking may take.

    Returns
    -------
    list of Path
        The files written, relative to the root.

    Raises
    ------
    ValueError
        If the article cannot be read, the key is none, or the paper is there already.
    OSError
        If a file cannot be read or written.
    """
    new.refuse(key, root)
    with at_most(seconds):
        document = read(path)
        drafted = drafted_of(document)
    if not (drafted.listed or drafted.cells):
        raise ValueError("it prints no number, so there is nothing to draft")
    title = one_line(document.title) or "The title of the paper"
    _settle(drafted, key, title, path.name)
    return new.begin(key, drafted.texts(key, title, path.name), root=root)


def drafted_of(document: Document) -> Drafted:
    """List the numbers of the text, then draft the tables, then say how the text follows."""
    found = numbers(document)
    if len(found) > MOST_NUMBERS:
        raise ValueError(f"{len(found):,} numbers; a draft has at most {MOST_NUMBERS:,}")
    findings = check_document(document, curves=False)
    drafted = Drafted()
    drafted.long = abbreviations(document.text)
    curves = [c for c in printed_survival(document, document.layouts) if c.n <= MOST_PATIENTS]
    rows = {spot for c in curves for at, told in c.spots.items() if "at-risk" in at
            for spot in told}  # fmt: skip
    text = Sentences(drafted, document, rows)
    for layout in document.layouts:
        at = layout.table.index
        own = [number for number in found if number.table == at]
        OfTable(drafted, layout, own, [f for f in findings if f.table == at], text.every)
    for curve in curves:
        drafted.add_curve(curve)
    link(text, [f for f in findings if (f.table, f.check, f.level) == (None, "percent", "fails")])
    return drafted


# Judged before it is written ----------------------------------------------------------------------


def _settle(made: Drafted, key: str, title: str, source: str) -> None:
    """Judge the draft, take back what accuses without a finding, expect what is weaker."""
    for _ in range(MOST_ROUNDS):
        with own_folder() as folder:
            for name, text in made.texts(key, title, source).items():
                replace(folder / name, text)
            with rooted(str(folder)):
                if not _revised(made, Paper(key)):
                    return
    raise AssertionError("a draft that is judged anew does not come to rest")  # pragma: no cover


def _revised(made: Drafted, paper: Paper) -> bool:
    try:
        claims = paper.claims
    except ClaimsError as error:
        return _without_block(made, error)
    changed = False
    for name, claim in claims.items():
        declared = claim.declared
        curve = str(declared.body).split("/")[0] if declared and declared.form == "curve" else ""
        try:
            with at_most(ANSWER_SECONDS):
                verdict: str = paper.answer(name).result.verdict(claim.reads)
        except ValueError:
            verdict = "no value"
        if curve and verdict != "attainable":
            made.drop_curve(curve)
            return True
        said = made.said(name)
        twin = made.said(str(said.fields["same"])) if "same" in said.fields else None
        if twin is not None and twin.fields.get("expect") == "truncated" and "from" in twin.fields:
            del said.fields["same"]  # it follows as the other does, and as little
            said.fields |= {name: twin.fields[name] for name in ("from", "expect", "cause", "why")}
            changed = True
            continue
        if verdict == claim.expect or (verdict in AGAINST and name in made.accused):
            continue
        changed = True
        if verdict in _EXPECTED:
            cause, why = _EXPECTED[verdict]
            said.fields |= {"expect": verdict, "cause": cause, "why": why}
        else:
            said.take_back()
    return changed


def _without_block(made: Drafted, error: ClaimsError) -> bool:
    """Leave out the block that the language refuses; its file stays."""
    found = re.search(r"table '(t[\d-]+)'", str(error))
    for file in made.files:
        if found and file.blocks.pop(found[1], None):
            for names in (made.changes, made.listed):
                for name, said in list(names.items()):
                    if name.startswith(f"{found[1]}/"):
                        del names[name]
                    elif f"{found[1]}/" in json.dumps(said.fields):
                        said.take_back()
            return True
    if (curve := re.search(r"curve '([a-z\d-]+)'", str(error))) and curve[1] in made.curves:
        made.drop_curve(curve[1])
        return True
    raise error


@contextmanager
def rooted(folder: str) -> Iterator[None]:
    """Let the papers be those of a folder."""
    before = os.environ.get(data.ROOT)
    os.environ[data.ROOT] = folder
    try:
        yield
    finally:
        if before is None:
            del os.environ[data.ROOT]
        else:
            os.environ[data.ROOT] = before
