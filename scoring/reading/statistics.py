"""Reads statistics over departments (横向统计): what `across` says."""

from __future__ import annotations

from typing import Any

from scoring.location import Mapping
from scoring.method import COUNT, NUMBER
from scoring.operators.across import AVERAGE, COMPETITION, Across
from scoring.reading.conditions import decision
from scoring.reading.operands import GROUP, HIGHEST_FIRST, constant, named, tie_breaks
from scoring.reading.operator_place import Place
from scoring.scope import Expression, Kind


def across(place: Place, said: Any) -> Expression:
    """One statistic, listed with the others so that they are settled in their order."""
    among = place.said.get("among", "全部")
    condition = None
    if isinstance(among, Mapping):
        condition = decision(place.draft, place.names, among, place.said.value("among"), f"{place.address}/among")
    statistic = place.text("statistic")
    everyone = statistic == "个数" and "of" not in place.said
    of = named(place.draft, place.names, GROUP, place.said.location) if everyone else place.expression("of")
    breaks = tie_breaks(place.draft, place.names, place.said, place.address)
    found = Across(
        place.address,
        of,
        statistic,
        among if isinstance(among, str) else "条件",
        condition,
        place.said.get("order", HIGHEST_FIRST) == HIGHEST_FIRST,
        str(place.said.get("ties", COMPETITION)),
        constant(place.draft, place.said.get("at", 0), place.said.value("at")),
        str(place.said.get("method", "线性")),
        str(place.said.get("divisor", "n")),
        place.whole("decimals", 6),
        _kind(statistic, place.said.get("ties"), of.kind),
        tuple((each.expression, each.highest_first) for each in breaks),
    )
    place.draft.strata.append(found)
    return found


def _kind(statistic: str, ties: object, of: Kind) -> Kind:
    if statistic == "名次":
        return Kind(NUMBER if ties == AVERAGE else COUNT, "名")
    return Kind(COUNT, "个") if statistic == "个数" else Kind(NUMBER, of.unit)
