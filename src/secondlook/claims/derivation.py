"""The declared language: from what a claim declares to its result, exactly, and how it came about.

CONTRIBUTING lists the forms with their results. Values are exact fractions. A number printed with
decimals stands for all values that print so; where the point value does not print as the claim
does, these limits decide if it still may.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from secondlook.claims.claim import Claim, Declared
from secondlook.claims.evaluation import Evaluation, Sources
from secondlook.claims.functions import POSSIBLE, best_of, ends_of
from secondlook.claims.value import Answer, Value, legend, paper_in_words, plain, resting
from secondlook.claims.verdict import (
    Alternatives,
    Contradicted,
    Derived,
    NotDerivable,
    Possible,
    Restated,
)


def answer(claim: Claim, declared: Declared, sources: Sources) -> Answer:
    """Return what follows for a claim from what it declares, unless it is a ``curve`` or ``by``.

    Its own printed number is no source of its own derivation.
    """
    if declared.form == "needs":
        return Answer(NotDerivable(declared.body), frozenset())
    if declared.form == "same":
        return _restated(claim, declared.body, sources)
    if declared.form == "contradicts":
        return _contradicted(claim, declared, sources)
    if declared.form == "test":
        return _tested(claim, declared.body, sources)
    if isinstance(declared.body, Mapping):
        return _alternatives(claim, declared.body, sources)
    return _from(Evaluation(declared.body, sources, claim.id))


def _from(evaluation: Evaluation) -> Answer:
    node = evaluation.tree
    if node.kind == "call" and node.text in POSSIBLE:
        return POSSIBLE[node.text](evaluation, node)
    value = evaluation.value(node)
    result = Derived(value.value, value.said, value.within)
    return evaluation.answer(result, value.rests_on, (value,))


def _alternatives(claim: Claim, body: Mapping[str, object], sources: Sources) -> Answer:
    values: dict[str, Value] = {}
    for place, text in body.items():
        if not isinstance(text, str):
            raise ValueError(f"`from` has an expression for each place; {place!r} has {text!r:.80}")
        evaluation = Evaluation(text, sources, claim.id)
        values[place] = evaluation.value(evaluation.tree)
        evaluation.refuse_a_literal(values[place].rests_on)
    rests_on = resting(values.values())
    how = "; ".join(f"{place}: {value.said}" for place, value in values.items())
    result = Alternatives(
        {place: value.value for place, value in values.items()},
        how + legend(rests_on),
        {place: value.within for place, value in values.items() if value.within is not None},
    )
    return Answer(result, rests_on, tuple(values.values()))


def _restated(claim: Claim, name: str, sources: Sources) -> Answer:
    other = _named(claim, name, sources)
    place = f"{paper_in_words(name)}{other.where}"
    if place == claim.where:
        place = f"at the same place, {other.quantity}"
    return Answer(Restated(other.reads, f"restated: {place}"), frozenset({name}))


def _named(claim: Claim, name: str, sources: Sources) -> Claim:
    """Return the one claim that a field names."""
    evaluation = Evaluation(name, sources, claim.id)
    if evaluation.tree.kind != "name":
        raise evaluation.fail(
            evaluation.tree, "one claim is named here; what is computed stands under `from`"
        )
    return evaluation.named(evaluation.tree)


def _contradicted(claim: Claim, declared: Declared, sources: Sources) -> Answer:
    names = declared.body if isinstance(declared.body, list) else [declared.body]
    said, rests_on = [], set[str]()
    for name in names:
        if not isinstance(name, str):
            raise ValueError(f"`contradicts` names a claim or is a sentence; got {name!r:.80}")
        if " " in name:
            said.append(name)
            continue
        other = _named(claim, name, sources)
        said.append(f"{other.quantity}: {other.printed} ({paper_in_words(name)}{other.where})")
        rests_on.add(name)
    evaluation = Evaluation(declared.condition or "", sources, claim.id, itself=True)
    holds, condition, more = evaluation.holds(evaluation.tree)
    rests_on |= more - {claim.id}
    both = "all" if len(names) > 1 else "both"
    how = (
        f"they cannot {both} hold, since {condition}"
        if holds
        else f"they can {both} hold; they could not if {condition}"
    ) + legend(frozenset(rests_on))
    return Answer(Contradicted("; ".join(said), holds, how), frozenset(rests_on))


def _tested(claim: Claim, body: Mapping[str, object], sources: Sources) -> Answer:
    kind = next((each for each in ("means", "ordered") if each in body), "table")
    if unknown := sorted(set(body) - {kind, "named"}):
        raise ValueError(f"`test` has table, ordered or means, and named, not {unknown[0]!r}")
    rows, named = body.get(kind), body.get("named")
    wanted = [named] if isinstance(named, str) else named
    if kind == "means":
        return _of_means(claim, rows, wanted, sources)
    if not isinstance(rows, list) or not all(isinstance(row, list) and row for row in rows):
        raise ValueError(f"`test: {{{kind}: [[a, b], [c, d]]}}` has a list of rows, a row a group")
    cells = [[Evaluation(str(cell), sources, claim.id) for cell in row] for row in rows]
    values = [[evaluation.value(evaluation.tree) for evaluation in row] for row in cells]
    flat = [value for row in values for value in row]
    rests_on = resting(flat)
    if not rests_on:
        raise ValueError("the cells of `test` are claims or cells, not numbers alone")
    for value in flat:
        if value.value.denominator != 1 or value.value < 0:
            raise ValueError(f"a cell of `test` is a count; {value.source} is {plain(value.value)}")
    table = [[int(value.value) for value in row] for row in values]
    result = p_values(table, claim.reads, wanted, ordered=kind == "ordered")
    return Answer(result, rests_on, tuple(flat))


def p_values(
    table: list[list[int]], p: str, named: object, *, ordered: bool = False
) -> Possible | NotDerivable:
    """Return the P values of the usual tests of a table of counts, each said with its test.

    An exact test that is not computed for so large a table may print the P all the same: where no
    other prints it, that is no evidence against the P.
    """
    from secondlook.proportions.identify import usual_tests

    tests = usual_tests(table, p, ordered=ordered)
    if named is not None:
        known = _known(named, {each.test for each in tests})
        tests = [each for each in tests if each.test in known]
    left_out = [each.test for each in tests if each.exact and each.verdict == "undefined"]
    tests = [each for each in tests if each.verdict != "undefined"]
    found = [
        f"{each.test} ({'two' if each.sides == 2 else 'one'}-sided"
        f"{', digits cut' if each.verdict == 'truncated' else ''})"
        for each in tests
        if each.verdict != "differs"
    ]
    counts = " and ".join("/".join(str(cell) for cell in row) for row in table)
    if not found and left_out:
        return NotDerivable(
            f"the P of {' and '.join(dict.fromkeys(left_out))} for {counts}, which is not computed "
            "for so large a table; no other usual test prints it"
        )
    by = ", ".join(found) if found else f"none of the {len(tests)} usual tests"
    return Possible([each.p_value for each in tests], f"{counts}; printed by {by}")


def _known(named: object, tests: Collection[str]) -> list[str]:
    """Return the tests that are named, each in full or by what stands before its comma."""
    short = {test: test.partition(",")[0] for test in tests}
    known = {*short, *short.values()}
    if not isinstance(named, list) or not {*map(str, named)} <= known:
        raise ValueError(f"`named` is one of {'; '.join(sorted(known))}: got {named!r:.80}")
    return [test for test in tests if test in named or short[test] in named]


def _of_means(claim: Claim, groups: object, named: object, sources: Sources) -> Answer:
    """Return the P of the tests of means, each of which may be any that rounds to what is printed.

    Of several tests it is the one that prints the claim best.
    """
    from secondlook.means import p_ranges

    if not isinstance(groups, list) or not all(
        isinstance(group, list) and len(group) == 3 for group in groups
    ):
        raise ValueError("`test: {means: [[mean, sd, n], [mean, sd, n]]}` has three a group")
    cells = [[Evaluation(str(cell), sources, claim.id) for cell in group] for group in groups]
    values = [[cell.rounded(cell.tree) for cell in group[:2]] for group in cells]
    n = [size.whole(size.tree) for _, _, size in cells]
    flat = [value for row in values for value in row]
    ranges = p_ranges(*ends_of(values), [int(size.value) for size in n])
    if named is not None:
        ranges = {test: ranges[test] for test in _known(named, ranges)}
    best, prints = best_of(ranges, claim.reads)
    told = f"printed by {', '.join(prints)}" if prints else f"not printed by {' or '.join(ranges)}"
    of = " and ".join(f"{m.said} ({sd.said}) of {size.said}"
                      for (m, sd), size in zip(values, n, strict=True))  # fmt: skip
    rests_on = resting([*flat, *n])
    if not rests_on:
        raise ValueError("the means of `test` are claims or cells, not numbers alone")
    return Answer(replace(best, how=f"{of}; {told}"), rests_on, (*flat, *n))
