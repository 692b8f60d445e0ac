"""The pages of the guide for those who edit a method (docs/guide): a page a shape, made of the file that tests it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from scoring.explain.account import EntryAccount, Explanation
from scoring.explain.explainer import Explainer
from scoring.explain.figures import points
from scoring.location import Mapping as Written
from scoring.method import LIST
from scoring.official.articles import Clause, articles, clause_of
from scoring.official.definitions import DERIVED, Definition, definitions
from scoring.official.sentence import terms_of
from scoring.official.terms import Terms
from scoring.points import Rational, plain, unplain
from scoring.reading.yaml_file import read_yaml
from scoring.render.markdown import escaped
from scoring.render.template import render
from scoring.views.document import mapped
from tests.explain.district import Fragment, Memory, wording
from tests.shapes.district import ALONE, whole
from tests.shapes.fragments import ABOUT, ROOT, blocks, shape_files

HERE = Path(__file__).resolve().parent
GUIDE = ROOT / "docs" / "guide"
INDEX = "README.md"

ARTICLES = {
    "groups": ("考核对象",),
    "score": ("总分",),
    "missing": ("未报送和佐证材料",),
    "evidence_reuse": ("未报送和佐证材料",),
    "rounding": ("取位",),
    "standing": ("等次限定", "名次", "等次", "名额", "结果应用"),
    "warnings": ("提示",),
    "published": ("附列数据",),
}
"""Which articles a key of a fragment speaks of."""


MOVED = ("cap", "floor", "conversion", "coefficient", "gate", "veto")
"""Entries that move points after the rule has given them."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a score sheet."""

    name: str
    marks: str
    points: str
    reason: str
    between: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """What one department handed in, and what became of it."""

    name: str
    data: str
    lines: tuple[Line, ...]
    total: str
    rank: str
    grade: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """One vector of a shape, scored; `placed` where its departments are ranked, graded or warned."""

    departments: tuple[Placed, ...]
    placed: bool
    ranked: bool
    graded: bool
    telling: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the guide, before it is laid out."""

    stem: str
    number: str
    name: str
    official: str
    notes: tuple[str, ...]
    rules: str
    clauses: tuple[Clause, ...]
    definitions: tuple[Definition, ...]
    example: Example


def pages() -> list[Page]:
    """A page a shape, in the order of their numbers."""
    return [page(path) for path in shape_files()]


def page(path: Path) -> Page:
    text = path.read_text(encoding="utf-8")
    document, found = read_yaml(path.name, path.read_bytes())
    assert document is not None, found
    pieces = blocks(text)
    rules = {key: piece for key, piece in pieces.items() if key not in ABOUT}
    fragment = Fragment(text)
    terms = terms_of(fragment.edition.method)
    number, _, name = document["shape"].partition(" ")
    return Page(
        stem=path.stem,
        number=f"S{number[1:].lstrip('0')}",
        name=name,
        official=document["official"],
        notes=tuple(line.lstrip("# ") for line in pieces["official"].splitlines() if line.startswith("#")),
        rules="".join(rules.values()),
        clauses=tuple(_clauses(terms, rules)),
        definitions=tuple(each for each in definitions(terms) if each.kind == DERIVED or _selected(each)),
        example=_example(fragment, document),
    )


def laid_out(page_: Page, before: Page | None, after: Page | None) -> str:
    """The page as Markdown. Rules stand in a block of their own; everything else is printed as it was written."""
    values = {each.name: mapped(getattr(page_, each.name), escaped) for each in fields(page_)}
    values |= {"rules": page_.rules, "before": before.stem if before else "", "after": after.stem if after else ""}
    return _filled("page.md.j2", values)


def index(pages_: list[Page]) -> str:
    """The table of contents."""
    texts = ("stem", "number", "name", "official")
    rows = [{key: escaped(getattr(each, key)) for key in texts} for each in pages_]
    return _filled("index.md.j2", {"rows": rows})


def guide() -> dict[str, str]:
    """Every generated file of docs/guide by its name."""
    made = pages()
    around = zip([None, *made[:-1]], made, [*made[1:], None], strict=True)
    return {INDEX: index(made), **{f"{here.stem}.md": laid_out(here, before, after) for before, here, after in around}}


def _filled(name: str, values: Mapping[str, Any]) -> str:
    text, found = render(name, (HERE / name).read_text(encoding="utf-8"), **values)
    assert not found, found
    return text.strip("\n") + "\n"


def _clauses(terms: Terms, rules: Mapping[str, str]) -> Iterator[Clause]:
    """Each node in words, and the articles that the fragment's other keys speak of."""
    method = terms.method
    for node in method.nodes():
        if node.code and node is not method.root:
            yield clause_of(node, terms)
    wanted = {heading for key, headings in ARTICLES.items() if key in rules for heading in headings}
    for article in articles(terms):
        if article.heading in wanted:
            yield from (Clause(f"{article.heading}·{each.lead}", each.executed) for each in article.clauses)


def _selected(definition: Definition) -> bool:
    """Whether it is a list that nobody hands in, because it is taken from another."""
    return definition.kind == LIST and not definition.source


def _example(fragment: Fragment, document: Written) -> Example:
    """The vector that shows most, the first of those that show as much."""
    found = [_scored(fragment, document, vector) for vector in document["vectors"]]
    return max(found, key=lambda each: (each.telling, -len(each.departments)))


def _scored(fragment: Fragment, document: Written, vector: Written) -> Example:
    alone = "given" in vector
    given = [whole(document.get("base"), each) for each in ([vector["given"]] if alone else vector["district"])]
    run = fragment.run(given)
    explainer = Explainer(run, wording())
    told = [explainer.explain(str(each.get("code", ALONE))) for each in given]
    standing = fragment.edition.method.standing
    departments = tuple(_placed(*each, run) for each in zip(given, told, strict=True))
    return Example(
        departments=departments,
        placed=any(each.steps for each in departments),
        ranked=standing.ranking is not None and not alone,
        graded=bool(standing.grades),
        telling=sum(map(_telling, told)) + sum(2 * line.between for each in departments for line in each.lines),
    )


def _placed(given: Written, told: Explanation, run: Memory) -> Placed:
    code = str(given.get("code", ALONE))
    rows = [row for group in run.assessment["groups"] for row in group["standings"] if row["department"] == code]
    group = f"分组{given['group']}，" if "group" in given else ""
    return Placed(
        name=code,
        data=f"{group}{_data(given)}",
        lines=tuple(_lines(told, run)),
        total=told.printed or "暂缓",
        rank=str(rows[0]["rank"]) if rows else "不排名",
        grade=told.grade or "",
        steps=tuple(
            each.sentence for each in (*told.grade_steps, *told.rank_steps, *told.warnings, *told.consequences)
        ),
    )


def _lines(told: Explanation, run: Memory) -> Iterator[Line]:
    """A line for each criterion, with all that moved it."""
    by_code: dict[str, list[EntryAccount]] = {}
    for section in told.sections:
        for each in section.accounts:
            by_code.setdefault(each.criterion, []).append(each)
    root, *nodes = run.assessment["method"]["tree"]
    for node in (*nodes, root):
        if node["code"] in by_code:
            listed = by_code[node["code"]]
            full = None if node["marks"] is None or node is root else unplain(node["marks"])
            won = sum(each.points for each in listed)
            yield Line(
                name=node["name"] if node["code"] == node["name"] else f"{node['code']} {node['name']}",
                marks="" if full is None else points(full),
                points=points(won),
                reason=" ".join(each.sentence for each in listed),
                between=bool(won) and won != full,
            )


def _telling(told: Explanation) -> int:
    """How much there is to see beyond points: what moved them afterwards, steps beyond the usual ones, warnings."""
    moved = sum(each.kind in MOVED for part in told.sections for each in part.accounts)
    steps = sum(each.step not in ("by_score", "by_value") for each in (*told.grade_steps, *told.rank_steps))
    return moved + 2 * (steps + len(told.warnings) + len(told.consequences))


def _data(given: Written) -> str:
    """What was handed in: facts by name, then lists record by record."""
    facts = [f"{name}{_written(value)}" for name, value in given.get("facts", {}).items()]
    lists = [f"{name}{'、'.join(map(_record, rows)) or '没有记录'}" for name, rows in given.get("lists", {}).items()]
    return "；".join([*(["，".join(facts)] if facts else []), *lists]) or "没有报送数据"


def _record(row: Written) -> str:
    told = [f"{name}{_written(value)}" for name, value in row.items() if name != "evidence"]
    return f"（{'，'.join([*told, *(['有佐证材料'] if row.get('evidence') else [])])}）"


def _written(value: Any) -> str:
    if isinstance(value, Mapping):
        proof = "（有佐证材料）" if value.get("evidence") else ""
        layers = [f"{layer}{_written(each)}" for layer, each in value.items() if layer not in ("value", "evidence")]
        return (_written(value["value"]) if "value" in value else "、".join(layers)) + proof
    if isinstance(value, list):
        return "、".join(map(str, value))
    if isinstance(value, Rational):
        return plain(value)
    return str(value)
