"""Correct: no result of a paper's program is a number or an answer that was typed."""

import ast
from pathlib import Path

import pytest

PAPERS = Path(__file__).parents[2] / "src" / "papers"
KINDS = {"Derived", "Alternatives", "Contradicted", "Possible"}


def is_typed(node):
    """Say whether an expression is made of numbers, truths and signs alone."""
    if isinstance(node, ast.Constant):
        return not isinstance(node.value, str)
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        return bool(node.elts) and all(map(is_typed, node.elts))
    if isinstance(node, ast.Dict):
        return bool(node.values) and all(map(is_typed, node.values))
    if isinstance(node, ast.UnaryOp):
        return is_typed(node.operand)
    return isinstance(node, ast.BinOp) and is_typed(node.left) and is_typed(node.right)


def typed_results(source):
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KINDS:
            values = [*node.args, *(keyword.value for keyword in node.keywords)]
            if any(map(is_typed, values)):
                found.append(f"line {node.lineno}: {ast.unparse(node)[:80]}")
    return found


@pytest.mark.parametrize("path", sorted(PAPERS.rglob("*.py")), ids=lambda path: path.stem)
def test_no_result_is_a_literal(path):
    assert typed_results(path.read_text(encoding="utf-8")) == []


def test_a_literal_is_seen():
    for wrong in (
        "Derived(2015, 'year')",
        "Derived(94 - 22, how)",
        "Contradicted(by, False, how)",
        "Possible([3], how)",
        "Alternatives({'Table 1': 4}, how)",
    ):
        assert typed_results(wrong), wrong
    for right in ("Derived(n - 1, 'n less 1')", "Possible([value], 'how')", "NotDerivable('x')"):
        assert not typed_results(right), right
