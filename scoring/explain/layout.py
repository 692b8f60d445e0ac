"""Sets an explanation as plain text for a terminal: a heading an indicator, wrapped to a width in cells.

In Chinese text a line may end anywhere but before a closing mark and after an opening one; figures, codes and
Latin words stay whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from scoring.explain.account import Basis, EntryAccount, Explanation, Section, StepAccount
from scoring.explain.data import Layer, Used
from scoring.explain.figures import points, signed
from scoring.explain.rulebook import Place
from scoring.explain.wording import Wording
from scoring.render.width import cells

WIDTH = 80
_PIECE = re.compile(r"[A-Za-z0-9_.%/#:]+(?:-[A-Za-z0-9_.]+)*|[^\S　]+|.", re.ASCII | re.DOTALL)
CLOSING = set("，。；：、）】〕》”’！？,.;:)]}%")
UNITS = set("分个名年月日天项条位元")
OPENING = set("（【〔《“‘([{+-×÷=≈")


def as_text(
    explanation: Explanation, wording: Wording, width: int = WIDTH, *, official: bool = False, notice: str = ""
) -> str:
    """The explanation as text; every line ends with a line feed.

    `official` tells a settled result from a preliminary one, `notice` is what is said of data that are made up.
    """
    return "\n".join(Sheet(wording, width).lines(explanation, official=official, notice=notice)) + "\n"


class Sheet:
    """The words of the frame, and the width to keep to."""

    def __init__(self, wording: Wording, width: int) -> None:
        self.wording = wording
        self.width = width
        self.method = ""

    def say(self, key: str, **values: object) -> str:
        return self.wording.fill(f"frame.{key}", **values)

    def lines(self, explanation: Explanation, *, official: bool = False, notice: str = "") -> Iterator[str]:
        department, method = explanation.department, explanation.method
        self.method = method["title"]
        words = {"name": department["name"], "code": department["code"], "year": method["year"]}
        yield from self.flow(self.say("title", **words, official=official))
        yield from self.flow(self.say("method", **method))
        yield from self.flow(notice)
        yield from self.flow(explanation.headline)
        for section in explanation.sections:
            yield from self.section(section)
        if explanation.sections:
            yield from ("", *self.flow(explanation.total_line, hang=4))
        for key in ("grade_steps", "rank_steps", "warnings", "consequences"):
            steps: tuple[StepAccount, ...] = getattr(explanation, key)
            if steps:
                yield from ("", self.heading(self.say(key)))
                for step in steps:
                    yield from self.step(step)

    def heading(self, text: str) -> str:
        return f"── {text} " + "─" * max(0, self.width - cells(text) - 4)

    def section(self, section: Section) -> Iterator[str]:
        subtotal = self.say("section_points", points=points(section.total.value))
        yield from ("", self.heading(f"{section.heading}　{subtotal}"))
        for account in section.accounts:
            yield ""
            yield from self.entry(account)

    def entry(self, account: EntryAccount) -> Iterator[str]:
        head = self.say(
            "entry",
            id=account.id,
            code=account.criterion,
            name=account.heading,
            kind=account.kind,
            stage=account.stage,
            state=account.state,
            self_score=account.self_score,
        )
        amount = self.say("amount", points=signed(account.points))
        gap = self.width - cells(head) - cells(amount)
        yield f"{head}{' ' * gap}{amount}" if gap > 0 else f"{head} {amount}"
        yield from self.flow(account.sentence, 2)
        for calculation in account.preludes:
            yield from self.labelled("prelude", calculation)
        yield from self.labelled("calculation", account.calculation)
        yield from self.labelled("miss", account.miss)
        for note in account.notes:
            yield from self.labelled("note", note)
        for tried in account.tried:
            yield from self.labelled("tried", tried)
        for passed in account.not_held:
            yield from self.labelled("not_held", passed)
        for step in account.steps:
            yield from self.labelled("working", step.text)
            if step.equation:
                yield from self.labelled("equation", f"{step.name}={step.equation}")
        for used in account.data_used:
            yield from self.datum(used)
        yield from self.basis(account.basis)

    def datum(self, used: Used) -> Iterator[str]:
        yield from self.labelled("datum", self.say("used", name=used.name, value=used.value))
        for layer in used.layers:
            yield from self.flow(self.layer(layer), 8, 2)

    def layer(self, layer: Layer) -> str:
        words = {"layer": layer.title, "value": layer.value, "by": layer.by, "on": layer.on, "why": layer.why}
        return self.say("layer", **words, evidence=list(layer.evidence))

    def basis(self, basis: Basis) -> Iterator[str]:
        article = basis.article
        if article:
            own = article.document == self.method
            words = {
                "document": "" if own else article.document,
                "number": article.number,
                "quote": article.quote,
            }
            yield from self.labelled("article", self.say("cited", article=article.article, **words))
        yield from self.labelled("rule", self.say("stands", rule=basis.address, files=list(by_file(basis.places))))

    def step(self, step: StepAccount) -> Iterator[str]:
        yield from self.flow(step.sentence, 2)
        if step.calculation:
            yield from self.labelled("calculation", step.calculation)
        yield from self.basis(step.basis)

    def labelled(self, key: str, text: str) -> Iterator[str]:
        if text:
            label = self.say(f"labels.{key}")
            yield from self.flow(f"{label}{text}", 4, cells(label))

    def flow(self, text: str, indent: int = 0, hang: int = 0) -> Iterator[str]:
        """The text in lines: all set in by `indent`, those after the first by `hang` more."""
        line, margin = " " * indent, " " * (indent + hang)
        used, empty = indent, True
        for piece in pieces(text):
            size = cells(piece)
            if used + size > self.width and not empty:
                yield line.rstrip()
                line, used, piece = margin, len(margin), piece.lstrip(" ")
                size = cells(piece)
            line, used, empty = line + piece, used + size, False
        if not empty:
            yield line.rstrip()


def pieces(text: str) -> Iterator[str]:
    """What may not be torn: figures and words, with the marks that close them and those that open the next."""
    held = ""
    for match in _PIECE.finditer(text):
        piece = match[0]
        tied = piece in CLOSING or (piece in UNITS and held[-1:].isdigit())
        if held and not tied and held[-1] not in OPENING:
            yield held
            held = ""
        held += piece
    if held:
        yield held


def by_file(places: Iterable[Place]) -> Iterator[dict[str, object]]:
    """Places as a reader looks them up: a file with its lines; of a single line the line itself."""
    files: dict[str, list[Place]] = {}
    for place in places:
        files.setdefault(place.file, []).append(place)
    for file, found in files.items():
        numbers = [str(each.line) for each in found if each.line]
        yield {
            "file": file,
            "lines": numbers,
            "text": " ".join(found[0].text.removeprefix("- ").split()) if len(found) == 1 else "",
        }
