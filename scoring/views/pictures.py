"""Pictures (图表) as figures: how totals spread, where points were lost, who moved since last year.

Over the same roll as text and tables, and only what the office publishes: no totals or score rates where it keeps
scores back, no ranks where it keeps those. What each shows is ready-made here; where it stands on the paper is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scoring.points import Rational, divide, fixed, plain, rounded, unplain
from scoring.views.office import OPEN, Office
from scoring.views.phrase import plain_text
from scoring.views.roll import Member, in_list_order
from scoring.views.sight import PUBLIC

BARS, HEAT, SLOPES = "bars", "heat", "slopes"
MOST_BARS = 14
"""How many bins a group may have; wider ones are taken before there are more."""
WIDTHS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
PANELS, ROWS, LINES = 4, 32, 36
"""How many groups, departments and lines a page holds."""
MOST_ROWS = 144
"""More departments than this are told by group: nobody reads a heat map of many pages."""
SHADES = (100, 90, 80, 70, 60)
"""Score rates from which a cell is lighter, in percent: full marks are white, below the last is darkest."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bin of totals with its count."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Panel:
    """The totals of one group: so many departments, bin by bin, and the edges of the bins."""

    title: str
    edges: tuple[str, ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A score rate as printed, and how dark it is: 0 white to 5; nothing where the indicator left the sheet."""

    text: str
    shade: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A department, or a group, with its score rates."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A department that had a place last year: both places as printed and as heights, 1 up to the lowest."""

    name: str
    before: str
    after: str
    start: int
    end: int
    moved: int


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: what it shows in a sentence for those who cannot see it, and its figures by kind."""

    kind: str
    title: str
    told: str
    heads: tuple[str, ...] = ()
    panels: tuple[Panel, ...] = ()
    rows: tuple[Row, ...] = ()
    lines: tuple[Line, ...] = ()
    notes: tuple[str, ...] = ()


def pictures(seen: Mapping[str, Any], roll: Sequence[Member], audience: str, office: Office) -> tuple[Picture, ...]:
    """Every picture that this audience may have, in the order of the annex."""
    groups = [(each, [one for one in roll if one.group == each["code"]]) for each in seen["groups"]]
    groups = [(group, own) for group, own in groups if own]
    found: list[Picture] = []
    if office.scores:
        found += _spread(groups)
    if office.scores and audience != PUBLIC and office.openness != OPEN:
        found += _heat(groups, seen["method"]["tree"], office)
    if office.ranks:
        found += _moves(groups, seen["groups"])
    return tuple(found)


Groups = Sequence[tuple[Mapping[str, Any], Sequence[Member]]]


def _spread(groups: Groups) -> Iterator[Picture]:
    """Distribution of totals, group by group over the same bins."""
    totals = [each.total for _, own in groups for each in own if each.total is not None]
    if not totals:
        return
    low, width, count = _bins(min(totals), max(totals))
    edges = tuple(str(low + width * place) for place in range(count + 1))
    panels = []
    for group, own in groups:
        counts = [0] * count
        for each in own:
            if each.total is not None:
                counts[min(int((each.total - low) // width), count - 1)] += 1
        bars = tuple(Bar(f"{edges[place]}～{edges[place + 1]}", each) for place, each in enumerate(counts))
        panels.append(Panel(f"{plain_text(group['name'])}（{sum(counts)}个）", edges, bars))
    for number, some in enumerate(_parted(panels, PANELS)):
        told = "；".join(
            f"{each.title}：" + "，".join(f"{bar.label}分{bar.count}个" for bar in each.bars if bar.count)
            for each in some
        )
        yield Picture(
            BARS,
            _continued("总分分布", number),
            f"各组部门总分的分布。{told}。",
            panels=tuple(some),
            notes=("横轴为总分，每档含下限、不含上限，最高一档含上限；柱上的数为部门个数。",),
        )


def _bins(least: Rational, most: Rational) -> tuple[int, int, int]:
    """The lower edge of the first bin, how wide the bins are, and how many; round numbers all."""
    for width in WIDTHS:
        low = int(least // width) * width
        count = max(1, int(-((low - most) // width)))
        if count <= MOST_BARS:
            return low, width, count
    low = int(least // WIDTHS[-1]) * WIDTHS[-1]
    return low, max(1, int(-((low - most) // MOST_BARS))), MOST_BARS


def _heat(groups: Groups, tree: Sequence[Mapping[str, Any]], office: Office) -> Iterator[Picture]:
    """Score rates by first-level indicator: of every department, or of the groups where there are many."""
    nodes = [each for each in tree if each["level"] == 1 and each["kind"] == "award"]
    heads = tuple(plain_text(each["name"]) for each in nodes)
    notes = ("数字为得分率（%），得分率越低颜色越深；“—”为本年度不适用。",)
    if not nodes:
        return
    if sum(len(own) for _, own in groups) > MOST_ROWS:
        rows = [Row(plain_text(group["name"]), _rates(own, nodes)) for group, own in groups]
        told = "各组各项指标的平均得分率，即本组部门得分之和占可得分值之和的比例。"
        for number, some in enumerate(_parted(rows, ROWS)):
            yield Picture(
                HEAT, _continued("各组指标得分率", number), told, heads, rows=tuple(some), notes=(told, *notes)
            )
        return
    for group, own in groups:
        rows = [Row(plain_text(each.short), _rates([each], nodes)) for each in in_list_order(own, office.list_order)]
        for number, some in enumerate(_parted(rows, ROWS)):
            name = plain_text(group["name"])
            yield Picture(
                HEAT,
                _continued(f"{name}各项指标得分率", number),
                f"{name}{len(some)}个部门的各项指标得分率。",
                heads,
                rows=tuple(some),
                notes=notes,
            )


def _rates(own: Sequence[Member], nodes: Sequence[Mapping[str, Any]]) -> tuple[Cell, ...]:
    """The rates of these departments together, cell by cell."""
    found = []
    for node in nodes:
        there = [each for each in own if each.available(node["code"]) > 0]
        reachable = sum(each.available(node["code"]) for each in there)
        if not there or reachable <= 0:
            found.append(Cell("—"))
            continue
        rate = divide(sum(each.points(node["code"]) for each in there) * 100, reachable)
        found.append(Cell(fixed(rate, 0), sum(rounded(rate, 0) < each for each in SHADES)))
    return tuple(found)


def _moves(groups: Groups, placed: Sequence[Mapping[str, Any]]) -> Iterator[Picture]:
    """Ranks against last year, of those that had one in both; of many, those that moved farthest."""
    before = {row["department"]: row.get("previous") for group in placed for row in group["standings"]}
    for group, own in groups:
        both = [(each, before.get(each.code)) for each in own if each.rank is not None]
        pairs = [(each, unplain(str(last["rank"]))) for each, last in both if last and last.get("rank") is not None]
        if not pairs:
            continue
        name, notes = plain_text(group["name"]), ["左为上年名次，右为本年名次；实线上升，虚线下降，细线不变。"]
        if len(pairs) > LINES:
            notes.append(f"本组有上年名次的部门{len(pairs)}个，列出变动最大的{LINES}个。")
            pairs = sorted(pairs, key=_farthest)[:LINES]
        told = f"{name}{len(pairs)}个部门上年和本年的名次。"
        yield Picture(SLOPES, f"{name}名次变动", told, lines=_lines(pairs), notes=tuple(notes))


def _farthest(pair: tuple[Member, Rational]) -> tuple[Rational, int, str]:
    member, before = pair
    moved = before - (member.rank or 0)
    return (moved if moved < 0 else -moved), member.order, member.code


def _lines(pairs: Sequence[tuple[Member, Rational]]) -> tuple[Line, ...]:
    """The lines from last year's order to this year's; heights are places among those shown, so that none overlap."""
    left = sorted(pairs, key=lambda pair: (pair[1], pair[0].order, pair[0].code))
    right = sorted(pairs, key=lambda pair: (pair[0].rank or 0, pair[0].order, pair[0].code))
    starts = {each.code: number for number, (each, _) in enumerate(left, 1)}
    found = []
    for number, (each, last) in enumerate(right, 1):
        rank = each.rank or 0
        moved = (last > rank) - (last < rank)
        found.append(Line(plain_text(each.short), plain(last), plain(rank), starts[each.code], number, moved))
    return tuple(found)


def _parted(found: Sequence[Any], most: int) -> Iterator[Sequence[Any]]:
    """The same in parts of like size, none larger than a page holds."""
    parts = -(-len(found) // most)
    size = -(-len(found) // parts) if parts else 1
    for start in range(0, len(found), size):
        yield found[start : start + size]


def _continued(title: str, number: int) -> str:
    return f"{title}（续{number if number > 1 else ''}）" if number else title
