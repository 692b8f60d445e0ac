"""Marks and weights: do the parts of every level make what is declared, for every group (分值和权重的合计)."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.check_method.ground import Ground, nodes_of
from scoring.check_method.scores import Scores
from scoring.check_method.words import called, number
from scoring.method import AWARD, Node
from scoring.points import Rational, exact


def check_totals(ground: Ground) -> None:
    """Add up marks and weights."""
    for (address, declared, found, parts), group in ground.by_group(wrong_totals):
        ground.found.add(
            "K250",
            ground.places.at(address, "full_marks"),
            declared=number(declared),
            found=number(found),
            less=number(exact(declared - found)) if found < declared else "",
            more=number(exact(found - declared)) if found > declared else "",
            parts=parts,
            group=group,
        )
    for (address, kind, total), group in ground.by_group(lambda scores: _wrong_weights(ground, scores)):
        ground.found.add("K251", ground.places.at(address, "weight"), kind=kind, total=total, group=group)
    for node in ground.method.nodes():
        for part in node.parts:
            unlike = part.marks.full not in (None, node.marks.full) and node.marks.full is not None
            if node.combine != "合计" and unlike and part.marks.kind == node.marks.kind:
                ground.found.add(
                    "K252",
                    ground.places.at(part.address, "full_marks"),
                    other=ground.places.at(node.address, "full_marks"),
                    combine=node.combine,
                    found=number(part.marks.full or 0),
                    whole=number(node.marks.full or 0),
                )


def wrong_totals(scores: Scores) -> Iterator[tuple[str, Rational, Rational, str]]:
    """Nodes whose parts do not add up to their marks: address, marks, sum, and the parts."""
    for node in nodes_of(scores):
        parts = [part for part in scores.parts(node) if part.marks.kind == node.marks.kind]
        if not node.parts or node.combine != "合计" or node.marks.kind != AWARD or node.marks.full is None:
            continue
        marks = [ended(part) for part in parts]
        found = exact(sum(each or 0 for each in marks))
        if found != node.marks.full and None not in marks:
            shown = "、".join(f"{called(part)}（{number(each or 0)}）" for part, each in zip(parts, marks, strict=True))
            yield node.address, node.marks.full, found, shown


def ended(node: Node) -> Rational | None:
    """The marks a node ends with."""
    return node.worth.full


def _written(ground: Ground, address: str, key: str) -> object:
    said = ground.places.written(address)
    return None if said is None else said.get(key)


def _wrong_weights(ground: Ground, scores: Scores) -> Iterator[tuple[str, str, str]]:
    for node in nodes_of(scores):
        parts = [part for part in scores.parts(node) if part.marks.kind == node.marks.kind]
        if node.combine != "加权":
            yield from ((part.address, "unused", "") for part in parts if part.weight is not None)
            continue
        written = [_written(ground, part.address, "weight") for part in parts]
        yield from ((part.address, "missing", "") for part in parts if part.weight is None)
        shares = [isinstance(each, str) for each in written if each is not None]
        if not parts or len(shares) < len(parts):
            continue
        total = exact(sum(part.weight or 0 for part in parts))
        if any(shares) and not all(shares):
            odd = parts[shares.index(not shares[0])]
            yield odd.address, "mixed", ""
        elif all(shares) and total != 1:
            yield parts[-1].address, "sum", number(exact(total * 100)) + "%"
        elif total == 0:
            yield parts[-1].address, "zero", ""
