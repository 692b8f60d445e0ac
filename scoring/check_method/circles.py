"""Circles: scores, facts and statistics over departments that come to depend on themselves (循环引用)."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.check_method.ground import Ground
from scoring.location import Location
from scoring.method import Method
from scoring.reading.strata import Dependence, Thing


def check_circles(ground: Ground) -> bool:
    """Say every circle once; whether there is none, so that what depends on what can be followed to its end."""
    found = list(circles(ground.method))
    for circle in found:
        place, other = (_place(ground, thing) for thing in (circle[0], circle[-1]))
        names = "→".join(_called(ground.method, thing) for thing in (*circle, circle[0]))
        ground.found.add("K283", place, other=other if len(circle) > 1 else None, circle=names)
    return not found


def circles(method: Method) -> Iterator[list[Thing]]:
    """Ways from a thing back to itself, one for each knot of the graph."""
    graph = Dependence(method)
    done: set[Thing] = set()
    way: list[Thing] = []
    told: set[frozenset[Thing]] = set()

    def visit(thing: Thing) -> Iterator[list[Thing]]:
        if thing in way:
            circle = way[way.index(thing) :]
            if frozenset(circle) not in told:
                told.add(frozenset(circle))
                yield circle
            return
        if thing in done or not thing[1]:
            return
        way.append(thing)
        for each in graph.below(thing):
            yield from visit(each)
        way.pop()
        done.add(thing)

    for thing in graph.things():
        yield from visit(thing)


def _called(method: Method, thing: Thing) -> str:
    kind, name, _ = thing
    if kind == "node":
        node = next(each for each in method.nodes() if each.address == name)
        return node.code or node.name
    return name if kind == "fact" else name.split("/")[1] if name.startswith("facts/") else name


def _place(ground: Ground, thing: Thing) -> Location | None:
    kind, name, source = thing
    if kind == "fact":
        return ground.places.fact(f"facts/{source}/fields/{name}" if source else f"facts/{name}")
    return ground.places.at(name)
