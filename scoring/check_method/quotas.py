"""Quotas: places that keep what the article says, and rules of ties and order that fit them (名额)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scoring.check_method.ground import Ground
from scoring.check_method.words import number
from scoring.method import Method, Quota
from scoring.points import Rational, divide, exact, parse, percent
from scoring.reading.draft import close

WITHIN = re.compile(r"不(?:得)?超过[^，。；、%％\d]{0,20}?(?:(\d+(?:\.\d+)?)[%％]|百分之([一二三四五六七八九十]{1,3}))")
DIGITS = {digit: place for place, digit in enumerate("一二三四五六七八九", 1)}
BASES = (*range(50, 100), *range(1, 50))
"""Numbers of ranked departments on which a quota is tried: those of a district first."""


def check_quotas(ground: Ground) -> None:
    """Every quota against its article, the ranking and the other quotas."""
    method = ground.method
    for place, quota in enumerate(method.standing.quotas):
        _text(ground, quota)
        for kind, key in _contradictions(method, quota):
            ground.found.add("K280", ground.places.at(quota.address, key), kind=kind, grade=quota.grade)
        for kind, grade in _idle(method, place, quota):
            ground.found.add("K281", ground.places.at(quota.address), kind=kind, grade=quota.grade, other_grade=grade)
    codes = [group.code for group in method.groups]
    named = [(each.address, each.groups) for each in method.standing.quotas]
    named += [(each.address, each.groups) for each in method.standing.consequences]
    for address, groups in named:
        for code in groups:
            if code not in codes:
                ground.found.add("K218", ground.places.at(address, "groups"), code=code, suggestion=close(code, codes))


def _text(ground: Ground, quota: Quota) -> None:
    """不超过N% in the article: is the share the same, and can rounding or a tie exceed it?"""
    quote = quota.provision.quote if quota.provision is not None else ""
    named = list(_shares(quote))
    if not named:
        return
    if quota.share is None or quota.share not in named:
        ground.found.add(
            "K279",
            ground.places.at(quota.address, "at_most"),
            grade=quota.grade,
            written=str(quota.number) if quota.share is None else _percent(quota.share),
            quoted=_percent(named[0]),
        )
        return
    for base in BASES:
        places = quota.places(base)
        if places > quota.share * base:
            ground.found.add(
                "K278",
                ground.places.at(quota.address, "count"),
                other=ground.places.at(quota.address, "provision"),
                grade=quota.grade,
                count=quota.count,
                quoted=_percent(quota.share),
                base=base,
                exact=number(exact(quota.share * base)),
                places=places,
                found=percent(divide(places, base)),
                fitting=int(quota.share * base),
            )
            break


def _percent(share: Rational) -> str:
    return number(exact(share * 100)) + "%"


def _shares(quote: str) -> Iterator[Rational]:
    """The percentages that a text says are not to be exceeded."""
    for match in WITHIN.finditer(quote):
        if match[1]:
            share = parse(match[1] + "%")
            if share is not None:
                yield share
        else:
            tens, ten, ones = match[2].rpartition("十")
            yield divide((DIGITS.get(tens, 1) * 10 if ten else 0) + DIGITS.get(ones, 0), 100)


def _contradictions(method: Method, quota: Quota) -> Iterator[tuple[str, str]]:
    """Rules that cannot both be kept, with the key that tells it."""
    ranking = method.standing.ranking
    if quota.of is None and ranking is None:
        yield "unranked", "of"
    elif quota.of is None and ranking is not None and ranking.within_group and not quota.within_group:
        yield "within", "within"
    quote = quota.provision.quote if quota.provision is not None else ""
    if quota.tie_at_edge == "均入选" and "不超过" in quote.replace("不得超过", "不超过"):
        yield "tie", "tie_at_edge"


def _idle(method: Method, place: int, quota: Quota) -> Iterator[tuple[str, str]]:
    """A quota that moves nobody, or comes too late for those who fall."""
    scale = method.standing.scale
    if scale and quota.grade == scale[-1]:
        yield "lowest", ""
    if quota.share is not None and quota.share >= 1:
        yield "everyone", ""
    for before in method.standing.quotas[:place]:
        if quota.grade in scale and before.grade in scale and scale.index(before.grade) > scale.index(quota.grade):
            yield "order", before.grade
