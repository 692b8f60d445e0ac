"""Reads an explanation back: a parser that knows nothing of the program, only of labels, figures and + - × ÷."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

TOKEN = re.compile(r"\d+(?:\.\d+)?%?|[-+×÷/()]")
HEAD = re.compile(r"^(\S+#\d+)　.*?([+-]\d[\d.]*)$")
LABEL = re.compile(r"^ {4}(\S{2,3})：(.*)$")


def evaluate(text: str) -> Fraction:
    """The value of a calculation."""
    tokens = TOKEN.findall(text)
    assert "".join(tokens) == text, text
    return _sum(tokens, len(tokens))


def _sum(tokens: list[str], whole: int) -> Fraction:
    value = _product(tokens)
    while tokens and tokens[0] in "+-":
        value = value + _product(tokens) if tokens.pop(0) == "+" else value - _product(tokens)
    assert whole == 0 or not tokens, tokens
    return value


def _product(tokens: list[str]) -> Fraction:
    value = _single(tokens)
    while tokens and tokens[0] in "×÷/":
        value = value * _single(tokens) if tokens.pop(0) == "×" else value / _single(tokens)
    return value


def _single(tokens: list[str]) -> Fraction:
    token = tokens.pop(0)
    if token == "-":
        return -_single(tokens)
    if token == "(":
        value = _sum(tokens, 0)
        assert tokens.pop(0) == ")"
        return value
    return Fraction(token[:-1]) / 100 if token.endswith("%") else Fraction(token)


def half_up(value: Fraction, decimals: int) -> Fraction:
    scaled = value * 10**decimals
    size = (2 * abs(scaled).numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(size if scaled >= 0 else -size, 10**decimals)


def decimals(figure: str) -> int:
    """How many decimals a printed figure has, as a number: a percentage has two more."""
    return len(figure.rstrip("%").partition(".")[2]) + (2 if figure.endswith("%") else 0)


def value_of(calculation: str) -> Fraction:
    """What a calculation comes to as it is written; all that stands between its equals signs is equal."""
    exact, _, rounded = calculation.partition("≈")
    values = {evaluate(part) for part in exact.split("=")}
    assert len(values) == 1, calculation
    (value,) = values
    if not rounded:
        return value
    figure = re.match(r"-?[\d.]+%?", rounded)
    assert figure
    printed = evaluate(figure[0])
    assert half_up(value, decimals(figure[0])) == printed, calculation
    return printed


@dataclass
class Read:
    """One entry as it was read: the points at its right edge, its sentence, its labelled lines."""

    id: str
    points: Fraction
    sentence: str = ""
    labelled: dict[str, list[str]] = field(default_factory=dict)


def entries(text: str) -> Iterator[Read]:
    """The entries of an explanation, in the order of the page."""
    current: Read | None = None
    label = ""
    for line in text.splitlines():
        head = HEAD.match(line)
        if head:
            if current is not None:
                yield current
            current, label = Read(head[1], Fraction(head[2])), ""
            continue
        if not line.startswith("  "):
            if current is not None and line:
                yield current
                current = None
            continue
        if current is None:
            continue
        labelled = LABEL.match(line)
        if labelled:
            label = labelled[1]
            current.labelled.setdefault(label, []).append(labelled[2])
        elif not label:
            current.sentence += line.strip()
        elif line.startswith(" " * 10):
            current.labelled[label][-1] += line.strip()
    if current is not None:
        yield current


def total(text: str) -> str:
    """The calculation of the line that adds all entries up."""
    match = re.search(r"^\S*各条相加[^：]*：(.*?)(?:\n\n|\Z)", text, re.DOTALL | re.MULTILINE)
    assert match
    return "".join(line.strip() for line in match[1].splitlines())
