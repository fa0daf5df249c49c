"""What a draft holds, and its files: tables as CSV with their blocks, claims, the data package."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import chain, count
from typing import Any

import yaml

from secondlook import new
from secondlook.claims.cells import slug
from secondlook.files import inert
from secondlook.scan.cells import value
from secondlook.scan.listing import one_line
from secondlook.scan.survival import Curve, Spot

UNSAID = "to be said"
COUNTS = ("count", "patients", "denominator")
"""Kinds of numbers that count."""
NO_RESULT = "level"
"""The kind of numbers that say how others were made, and are no claims: 95% CI."""
_WORDS = {"p": "P", "sd": "SD", "df": "degrees of freedom", "value": "number"}
_REPORT = {
    "claims": "This is a draft: a program found `{python} len(printed)` printed numbers. "
    "What the paper claims is to be said.",
    "data": "Tables and numbers were drafted from the article by `secondlook scan`, "
    "and are to be read back against it.",
    "more": '\n`{python} verdicts["not-derivable"]` numbers do not follow, or how is to be said.',
}
_TOKEN = re.compile(r"[^\W\d_][\w-]+")
_COMMON = re.compile(
    r"a|all|among|an|and|any|are|as|at|be|been|both|but|by|cases|ci|did|for|from|groups?|"
    r"had|has|have|in|into|is|it|its|mean|median|no|not|numbers?|of|on|or|our|out|"
    r"participants?|patients?|per|percent|range|rate|respectively|same|sd|study|subjects?|"
    r"than|that|the|their|them|there|these|they|this|those|to|total|two|versus|vs|was|we|"
    r"were|mg|kg|m2|ml|cm|which|who|whom|with|within|years?|months?|days?"
)


@dataclass
class Said:
    """A claim of the list, or what the list says of the cell of a declared table."""

    id: str
    fields: dict[str, Any] = field(default_factory=dict)

    @property
    def open(self) -> bool:
        """Whether nothing says yet how the number follows."""
        return self.fields.get("needs") == UNSAID

    def follows(self, body: str, form: str = "from") -> None:
        """Say how the number follows."""
        self.fields.pop("needs", None)
        self.fields[form] = body

    def take_back(self) -> None:
        """Say that how the number follows is still to be said."""
        kept = ("where", "quantity", "printed")
        self.fields = {name: self.fields[name] for name in kept if name in self.fields}
        self.fields["needs"] = UNSAID


@dataclass(frozen=True)
class Mention:
    """A printed number with the words that say what it is of.

    `name` is its claim or address; `words` stand beside it, or are the `label` of its row and the
    `heads` of its column. Of a number of the text, `place` is its paragraph, `start` and `end` are
    where in it, `ours` says whether its sentence is of the study itself, `whole_of` whether it
    stands behind "of", as the whole of a part.
    """

    name: str
    digits: str
    kind: str
    unit: str
    words: frozenset[str]
    label: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()
    place: str = ""
    start: int = 0
    end: int = 0
    ours: bool = True
    whole_of: bool = False

    @cached_property
    def number(self) -> Fraction | None:
        """The value, if the text spells one and bounds none."""
        try:
            return value(self.digits) if self.digits[:1].isalnum() else None
        except ValueError:
            return None

    @property
    def telling(self) -> bool:
        """Whether few numbers of a paper can be this one: it has three digits."""
        return len(re.sub(r"\D", "", self.digits).lstrip("0")) >= 3

    @cached_property
    def whole(self) -> int:
        """The number, if it is a whole one; else 0."""
        number = self.number
        return int(number) if number is not None and number.denominator == 1 else 0


@dataclass(frozen=True)
class OfEach:
    """A column with a number of each patient: where it is, words of its head, row -> its cell."""

    column: str
    words: frozenset[str]
    cells: dict[str, Mention]


@dataclass(frozen=True)
class File:
    """A CSV file and the blocks of ``tables:`` over it."""

    name: str
    label: str
    columns: list[str]
    titles: list[str]
    rows: list[list[str]]
    missing: list[str]
    blocks: dict[str, dict[str, Any]]


class Drafted:
    """What is to be written, and what of it the scan accuses."""

    def __init__(self) -> None:
        self.files: list[File] = []
        self.curves: dict[str, Curve] = {}
        self.listed: dict[str, Said] = {}
        self.changes: dict[str, Said] = {}
        self.accused: set[str] = set()
        self.underived: set[str] = set()
        self.used: Counter[str] = Counter()
        self.places: dict[Spot, list[tuple[str, str]]] = defaultdict(list)
        self.cells: list[Mention] = []
        self.sizes: list[Mention] = []
        self.of_each: list[OfEach] = []
        self.long: dict[str, str] = {}

    def add(
        self, stem: str, kind: str, where: str, quantity: str, text: str, near: str = ""
    ) -> str:
        """Add a claim of the list that is to be said; return its id, with two words from `near`."""
        told = [slug(word)[:14].strip("-") for word in telling(near)[:2]]
        name = base = "-".join(filter(None, [stem, slug(kind), *told]))
        while name in self.listed:
            self.used[base] += 1
            name = f"{base}-{self.used[base] + 1}"
        fields = {"where": where, "quantity": quantity, "printed": one_line(text), "needs": UNSAID}
        self.listed[name] = Said(name, fields)
        return name

    def add_curve(self, curve: Curve) -> None:
        """Add the block of a curve; the numbers that it is made of follow from each other."""
        name = unused(curve.name, self.curves)
        self.curves[name] = curve
        for address, text in curve.numbers.items():
            claims = [
                claim for spot in curve.spots[address] for digits, claim in self.places[spot]
                if digits == text and (claim not in self.listed or self.listed[claim].open)
            ]  # fmt: skip
            for claim in claims[:1]:
                self.said(claim).follows(f"{name}/{address}", "curve")
                if claim in self.listed:
                    self.listed[claim].fields["quantity"] = curve.words(address)
            for claim in claims[1:]:
                self.said(claim).follows(claims[0], "same")

    def drop_curve(self, name: str) -> None:
        """Leave out a curve that cannot be searched, or has no patients, and list its numbers."""
        curve = self.curves.pop(name)
        for said in [*self.listed.values(), *self.changes.values()]:
            if str(said.fields.get("curve", "")).startswith(f"{name}/"):
                said.take_back()
        for text in curve.at_risk:
            self.add(name, "at risk", curve.where, f"number at risk, {curve.endpoint}", text)

    def follow(self, name: str, body: str, form: str = "from") -> None:
        """Say how a number follows, if nothing says so yet."""
        said = self.said(name)
        if said.open or (name in self.underived and not said.fields):
            said.follows(body, form)

    def said(self, name: str) -> Said:
        """Return what the list says of a claim, or of the cell of a table."""
        return self.listed.get(name) or self.changes.setdefault(name, Said(name))

    def texts(self, key: str, title: str, source: str) -> dict[str, str]:
        """Return the files of the paper: path under the root -> text."""
        files = {f"data/{key}/{file.name}.csv": _csv(file) for file in self.files}
        return files | {
            f"data/{key}/datapackage.yaml": self._package(files, key, title, source),
            f"data/{key}/claims.yaml": self._claims(source),
            f"reports/{key}.qmd": new.report(key, title, **_REPORT),
        }

    def _package(self, texts: Mapping[str, str], key: str, title: str, source: str) -> str:
        obtained = f"Drafted by secondlook scan from {source}; to be read back against the article."
        resources = []
        for file in self.files:
            sealed = hashlib.sha256(texts[f"data/{key}/{file.name}.csv"].encode()).hexdigest()
            fields = [{"name": name, "type": "string", "title": told}
                      for name, told in zip(file.columns, file.titles, strict=True)]  # fmt: skip
            resources.append({
                "name": file.name, "path": f"{file.name}.csv", "hash": f"sha256:{sealed}",
                "x-source": {"table": file.label}, "x-obtained": obtained,
                "schema": {"missingValues": file.missing, "fields": fields},
            })  # fmt: skip
        return _yaml({"name": key, "title": title, "resources": resources}, flow=None)

    def _claims(self, source: str) -> str:
        tables = {name: block for file in self.files for name, block in file.blocks.items()}
        curves = {name: curve.block() for name, curve in self.curves.items()}
        said = [*self.listed.values(), *(each for each in self.changes.values() if each.fields)]
        claims = _yaml({"claims": [{"id": each.id, **each.fields} for each in said]}, flow=False)
        source = one_line(source)
        head = (
            f"# Drafted by `secondlook scan` from {source}: every printed number, its place.\n"
            f"# `needs: {UNSAID}` awaits how a number follows; CONTRIBUTING says how to write it.\n"
        )
        blocks = [_yaml({name: held}, flow=None)
                  for name, held in (("tables", tables), ("curves", curves)) if held]  # fmt: skip
        return "\n".join([head, *blocks, claims.replace("\n- id:", "\n\n- id:")])


# libyaml's own writes the same text five times as fast, where it is installed.
class _Plain(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """YAML without anchors; what begins like a number is text in quotes."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = '"' if re.match(r"[-+.\d]", text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Plain.add_representer(str, _text)


def _yaml(content: Any, *, flow: bool | None) -> str:
    how: dict[str, Any] = {"sort_keys": False, "allow_unicode": True, "width": 100}
    return str(yaml.dump(content, Dumper=_Plain, default_flow_style=flow, **how))


def _csv(file: File) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([file.columns, *file.rows])
    return out.getvalue()


# Words --------------------------------------------------------------------------------------------


def cell_text(text: str) -> str:
    """Return a text of a cell; one that a spreadsheet would compute gets an apostrophe."""
    return str(inert(one_line(text)[:5_000]))


def short(text: str) -> str:
    """Return the beginning of a place or label."""
    text = one_line(text)
    return text if len(text) <= 160 else f"{text[:157]}..."


def cut(name: str, most: int) -> str:
    """Cut a name of words and hyphens, behind a word where it has several."""
    parts = name.strip("-").split("-")
    while len(parts) > 1 and len("-".join(parts)) > most:
        parts.pop()
    return "-".join(parts)[:most]


def unused(name: str, taken: Collection[str]) -> str:
    """Return a name, with a number behind it where others have it already."""
    numbered = (f"{name}-{at}" for at in count(2))
    return next(each for each in chain([name], numbered) if each not in taken)


def bare(text: str) -> str:
    """Return the digits of a number without what groups them."""
    return re.sub(r"[,\u202f\s](?=\d{3})", "", text).replace("·", ".").strip()


def telling(text: str) -> list[str]:
    """Return the words that few numbers share, in order."""
    return [word for word in _TOKEN.findall(text.lower()) if not _COMMON.fullmatch(word)]


def words(text: str, long: Mapping[str, str] | None = None) -> frozenset[str]:
    """Return what tells a number from others: the stems of the words that few numbers share.

    `long` holds the words that abbreviations of the article stand for; either counts as one word.
    """
    for short, told in (long or {}).items():
        if told.lower() in text.lower():
            text = re.sub(re.escape(told), short, text, flags=re.IGNORECASE)
    return frozenset(word.rstrip("s")[:7] for word in telling(text))


def abbreviations(text: str) -> dict[str, str]:
    """Return what abbreviations stand for: "overall survival (OS)"."""
    found: dict[str, str] = {}
    for match in re.finditer(r"\(([A-Z][A-Za-z]{1,7})(?=[);,])", text):
        before = re.findall(r"[A-Za-z]+", text[max(0, match.start() - 120) : match.start()])
        letters = ".*?".join(match[1].lower())
        for k in range(2, len(match[1]) + 3):
            told = " ".join(before[-k:])
            if told[:1].lower() == match[1][0].lower() and re.match(letters, told.lower()):
                found.setdefault(match[1], told)
                break
    return found


def quantity(kind: str, unit: str, near: str) -> str:
    """Say what a number is, with the few words that locate it."""
    named = _WORDS.get(kind, kind)
    what = f"{named}, {unit}" if unit and unit not in (named, "%") else named
    near = one_line(near)[:120]
    return f"{what}: {near}" if near else what
