"""Read one expression of the declared language: text in, a tree with places out, nothing run.

An expression is arithmetic over the paper's claims, its tables' cells and whole numbers::

    percent(cr + pr, n)        count(table-4, cytogenetic_risk = Adverse, survival >= 6)

Ids keep their hyphens and addresses their slashes, thus a minus and a division have blanks around
them. Length, number of words and depth are bounded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST = 2000
MOST_WORDS = 300
DEEPEST = 25

_TOKEN = re.compile(
    r"""
    (?P<number> \d+ (?! [\w] | [-/:.] \w ) )
  | (?P<name> [^\W_] \w* (?: [-./:] \w+ )* )
  | (?P<text> "[^"]*" | '[^']*' )
  | (?P<sign> <= | >= | != | == | [-+*/()=<>,\u2264\u2265\u2260\u2212\u00d7] )
    """,
    re.VERBOSE,
)
_SIGNS = {"≤": "<=", "≥": ">=", "≠": "!=", "−": "-", "×": "*", "==": "="}
_COMPARISONS = ("=", "!=", "<", "<=", ">", ">=", "in")
_WORDS = ("and", "or", "not", "in")
_LEVELS = (("or",), ("and",), ("not",), _COMPARISONS, ("+", "-"), ("*", "/"), ("-",))
"""Signs that bind alike, from those that bind least."""
_BEFORE = {("not",): "not", ("-",): "negative"}
"""Those that stand before their one part, with the kind that they make."""


class ExpressionError(ValueError):
    """An expression that cannot be read or has no value: what is wrong, what to do, and where."""

    def __init__(self, said: str, start: int, end: int, expression: str = "") -> None:
        super().__init__(said)
        self.said, self.start, self.end, self.expression = said, start, end, expression

    def __str__(self) -> str:
        """Name the expression, the place in it, and what is wrong there."""
        part = self.expression[self.start : self.end]
        shown = f" ({part})" if part and part != self.expression else ""
        return f"in `{self.expression:.200}` at character {self.start + 1}{shown:.80}: {self.said}"


@dataclass(frozen=True)
class Node:
    """A part of an expression, with its operands or arguments and its place.

    Its kind is ``number``, ``text``, ``name``, ``call``, ``group`` (a list in brackets), or the
    sign of an operation: ``+ - * /``, ``= != < <= > >= in``, ``and or not``, ``negative``; its text
    the number's digits, the text without quotes, the name, or the name of what is called.
    """

    kind: str
    text: str
    parts: tuple[Node, ...]
    start: int
    end: int


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int


def read(expression: str) -> Node:
    """Return the tree of an expression; an ExpressionError has the place where it is none.

    Examples
    --------
    >>> read("percent(cr + pr, n)").parts[0].kind
    '+'
    """
    try:
        if len(expression) > LONGEST:
            raise ExpressionError(f"longer than {LONGEST} characters", LONGEST, LONGEST)
        reader = _Reader(_tokens(expression), len(expression))
        node = reader.expression()
        if (rest := reader.next) is not None:
            before = "" if rest.kind == "sign" else "; a sign or a comma is missing before it"
            raise ExpressionError(f"unexpected {rest.text!r}{before}", rest.start, rest.end)
    except ExpressionError as error:
        error.expression = expression
        raise
    return node


def _tokens(expression: str) -> list[_Token]:
    tokens: list[_Token] = []
    at = 0
    while at < len(expression):
        if expression[at].isspace():
            at += 1
            continue
        found = _TOKEN.match(expression, at)
        if found is None or found.lastgroup is None:
            raise ExpressionError(
                f"{expression[at]!r} does not belong here; known are ids, whole numbers, "
                '"texts", the signs + - * / = != < <= > >=, brackets, and, or, not, in',
                at,
                at + 1,
            )
        text = found.group()
        tokens.append(_Token(found.lastgroup, _SIGNS.get(text, text), at, found.end()))
        at = found.end()
        if len(tokens) > MOST_WORDS:
            raise ExpressionError(f"more than {MOST_WORDS} words and signs", at, at)
    return tokens


class _Reader:
    """Reads a level of signs after the other, from those that bind least."""

    def __init__(self, tokens: list[_Token], end: int) -> None:
        self.tokens, self.at, self.end, self.depth = tokens, 0, end, 0

    @property
    def next(self) -> _Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    @property
    def last(self) -> int:
        """The end of what was read, a closing bracket included."""
        return self.tokens[self.at - 1].end

    def accept(self, *texts: str) -> _Token | None:
        token = self.next
        if token is None or token.text not in texts:
            return None
        self.at += 1
        return token

    def expect(self, text: str) -> _Token:
        token = self.accept(text)
        if token is None:
            found = f", not {self.next.text!r}" if self.next else ""
            at = self.next.start if self.next else self.end
            raise ExpressionError(f"{text!r} is missing here{found}", at, at + 1)
        return token

    def expression(self) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            at = self.next.start if self.next else self.end
            raise ExpressionError(f"nested more than {DEEPEST} deep", at, at + 1)
        node = self.level()
        self.depth -= 1
        return node

    def level(self, at: int = 0) -> Node:
        """Return what the signs of a level, and of all that bind closer, hold together."""
        if at == len(_LEVELS):
            return self.atom()
        signs, start = _LEVELS[at], self.next.start if self.next else self.end
        if signs in _BEFORE:
            token, part = self.accept(*signs), self.level(at + 1)
            return Node(_BEFORE[signs], signs[0], (part,), start, self.last) if token else part
        node = self.level(at + 1)
        while token := self.accept(*signs):
            right = self.group() if token.text == "in" else self.level(at + 1)
            node = Node(token.text, token.text, (node, right), start, self.last)
            if signs == _COMPARISONS:  # a < b < c is none
                break
        return node

    def group(self) -> Node:
        opened = self.expect("(")
        parts = self.arguments()
        return Node("group", "", parts, opened.start, self.expect(")").end)

    def arguments(self) -> tuple[Node, ...]:
        if self.next and self.next.text == ")":
            return ()
        parts = [self.expression()]
        while self.accept(","):
            parts.append(self.expression())
        return tuple(parts)

    def atom(self) -> Node:
        token = self.next
        if token is None:
            raise ExpressionError("the expression ends too early", self.end, self.end)
        if self.accept("("):
            node = self.expression()
            self.expect(")")
            return node
        if token.kind == "sign" or (token.kind == "name" and token.text in _WORDS):
            raise ExpressionError(f"unexpected {token.text!r}", token.start, token.end)
        self.at += 1
        if token.kind == "name" and self.next and self.next.text == "(":
            self.expect("(")
            parts = self.arguments()
            return Node("call", token.text, parts, token.start, self.expect(")").end)
        text = token.text[1:-1] if token.kind == "text" else token.text
        return Node(token.kind, text, (), token.start, token.end)
