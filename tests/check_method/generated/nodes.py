"""Generated nodes: every mechanism with its modifiers, every way of combining, bonuses and deductions."""

from __future__ import annotations

from fractions import Fraction

from tests.check_method.generated.facts import boundaries, condition, operand
from tests.check_method.generated.pen import COUNT, DAYS, POINTS, RATE, Pen, Said

TREATMENTS = ("满分", "零分", "分摊", "折算")
ALIKE = ("平均", "加权", "取高", "取低", "首个适用", "选定")
FULL, BONUS, DEDUCTION = "full_marks", "bonus_up_to", "deduct_up_to"


def indicator(pen: Pen, code: str) -> dict[str, Said]:
    """A first-level indicator with parts, some of which have parts."""
    combine = pen.one(("合计", *ALIKE)) if pen.chance(40) else "合计"
    return whole(pen, code, combine, [f"{code}.{place}" for place in range(1, pen.whole(2, 4))], depth=1)


def whole(pen: Pen, code: str, combine: str, codes: list[str], depth: int) -> dict[str, Said]:
    """A node with parts; what it is worth follows from them."""
    full = Fraction(pen.whole(2, 20))
    if combine == "合计":
        parts = [_part(pen, each, Fraction(pen.whole(1, 12)), depth) for each in codes]
        parts = [twin for part in parts for twin in _twins(pen, part)]
        full = sum(
            (_worth(part) for part in parts if "groups" not in part or part["groups"] == [pen.groups[0]]), Fraction()
        )
    else:
        state, states = pen.one(sorted(pen.names.choices.items()))
        codes = [f"{code}.{place}" for place in range(1, len(states) + 1)] if combine == "选定" else codes
        parts = [leaf(pen, each, full, alone=False) for each in codes]
    said: dict[str, Said] = {"code": code, "name": f"指标{code}", FULL: full, "combine": combine, "parts": parts}
    if combine == "加权":
        shares = ["30%", "70%"] if len(parts) == 2 else ["20%", "30%", "50%"][: len(parts)]
        for part, share in zip(parts, shares if len(parts) > 1 else ["100%"], strict=True):
            part["weight"] = share if len(parts) != 1 else "100%"
    if combine == "选定":
        said["chosen_by"] = state
        for part, name in zip(parts, states, strict=True):
            part["name"] = name
    if pen.chance(20):
        said["needs"] = pen.one((1, 2, "全部"))
    if pen.chance(15) and combine == "合计":
        said["rebase_to"] = full
    if combine == "选定" or pen.chance(30):
        said["not_applicable"] = _treated(pen)
    pen.names.codes.append(code)
    return _modified(pen, said, full, mechanism=False)


def _worth(part: dict[str, Said]) -> Fraction:
    return Fraction(part.get("convert_to", part[FULL]))


def _part(pen: Pen, code: str, full: Fraction, depth: int) -> dict[str, Said]:
    if depth and pen.chance(25):
        return whole(pen, code, pen.one(("合计", *ALIKE)), [f"{code}.1", f"{code}.2"], depth - 1)
    return leaf(pen, code, full)


def _twins(pen: Pen, part: dict[str, Said]) -> list[dict[str, Said]]:
    """Seldom two nodes of the same marks, each for its group."""
    if not pen.chance(15) or "parts" in part or len(pen.groups) < 2:
        return [part]
    other = leaf(pen, f"{part['code']}乙", Fraction(part[FULL]))
    if _worth(part) != _worth(other):
        return [part]
    return [part | {"groups": [pen.groups[0]]}, other | {"groups": pen.groups[1:]}]


def leaf(pen: Pen, code: str, full: Fraction, *, kind: str = FULL, alone: bool = True) -> dict[str, Said]:
    """A criterion with a mechanism. Not `alone`, it has the marks of the whole that it is part of."""
    said: dict[str, Said] = {"code": code, "name": f"指标{code}", kind: full}
    unit = pen.one((RATE, POINTS, COUNT, DAYS))
    said["of"] = operand(pen, unit)
    said |= mechanism(pen, unit, full, kind)
    if pen.chance(25):
        said["exceptions"] = pen.many(lambda: _exception(pen, unit, full, kind), 1, 2)
    said["not_applicable"] = _treated(pen)
    if kind == FULL and alone and pen.chance(10):
        said["convert_to"] = pen.whole(1, 10)
    said = _modified(pen, said, full, mechanism=True)
    pen.names.codes.append(code)
    return said


def _modified(pen: Pen, said: dict[str, Said], full: Fraction, *, mechanism: bool) -> dict[str, Said]:
    if pen.chance(15):
        said["times"] = operand(pen, RATE, 0)
    if mechanism and pen.chance(15):
        said["evidence"] = "必需"
    if pen.chance(15):
        said["rounding"] = {"decimals": pen.whole(0, 2), "mode": pen.one(("四舍五入", "舍去", "进位"))}
    if FULL in said:
        said["cap"] = pen.one(("100%", "100%", "50%", full, "不限", pen.whole(0, 5)))
        said["floor"] = pen.one((0, 0, "不限", -2, "10%"))
    elif BONUS in said:
        said["floor"] = pen.one((0, "不限"))
    else:
        said["cap"] = pen.one((0, "不限"))
    return said


def _treated(pen: Pen) -> Said:
    if pen.chance(20):
        return [{"when": condition(pen), "treatment": pen.one(TREATMENTS)}, {"treatment": pen.one(TREATMENTS)}]
    return pen.one(TREATMENTS)


def _exception(pen: Pen, unit: str, full: Fraction, kind: str) -> dict[str, Said]:
    award = _award(pen, unit, full, kind, row=True)
    return ({"when": condition(pen)} if pen.chance(50) else boundaries(pen, unit)) | award


def mechanism(pen: Pen, unit: str, full: Fraction, kind: str) -> dict[str, Said]:
    form = pen.one(("award", "award", "bands", "cases", "checks"))
    if form == "bands":
        return {"bands": _bands(pen, unit, full, kind)}
    if form == "cases":
        rows = pen.many(lambda: {"when": condition(pen)} | _award(pen, unit, full, kind, row=True), 1, 2)
        return {"cases": [*rows, _award(pen, unit, full, kind, row=True)]}
    if form == "checks":
        return _checks(pen, full, kind)
    return _award(pen, unit, full, kind, row=False)


def _award(pen: Pen, unit: str, full: Fraction, kind: str, *, row: bool) -> dict[str, Said]:
    form = pen.one(("points", "scale", "through", "steps", "fact", *(("deduct",) if row else ())))
    if form == "fact":
        return {"points": operand(pen, POINTS, 0)}
    if form == "scale" and kind != DEDUCTION:
        low, high = pen.numbers(unit, 2)
        ends = (low, high) if pen.chance(50) else (high, low)
        return {"scale": {"zero_at": ends[0], "full_at": ends[1], "outside": _outside(pen)}}
    if form == "through":
        places = pen.numbers(unit, 3)
        anchors = [{"at": at, "points": _points(pen, full, kind)} for at in places]
        return {"scale": {"through": anchors, "outside": _outside(pen)}}
    if form == "scale":
        return _moving(pen, unit, full)
    if form == "steps":
        return _steps(pen, unit, full, kind)
    if form == "deduct":
        return {"deduct": abs(_points(pen, full, kind))}
    return {"points": _points(pen, full, kind)}


def _moving(pen: Pen, unit: str, full: Fraction) -> dict[str, Said]:
    """Anchors that are data of others."""
    of = operand(pen, unit, 0)
    low, high = ({"across": {"of": of, "statistic": each, "among": "全部"}} for each in ("最小", "最大"))
    through = [{"at": low, "points": 0}, {"at": high, "points": -full}]
    return {"scale": {"through": through, "outside": _outside(pen), "if_equal": 0}}


def _outside(pen: Pen) -> str:
    return pen.one(("不再增减", "照此继续"))


def _points(pen: Pen, full: Fraction, kind: str) -> Fraction:
    found = full * pen.whole(0, 4) / 4
    return -found if kind == DEDUCTION else found


def _steps(pen: Pen, unit: str, full: Fraction, kind: str) -> dict[str, Said]:
    rows = []
    for _ in range(pen.whole(1, 2)):
        per = f"{pen.whole(1, 30)}%" if unit == RATE else pen.whole(1, 3)
        row = {pen.one(("above", "below")): pen.number(unit), "per": per, pen.one(("add", "deduct")): pen.whole(1, 3)}
        row["partial"] = pen.one(("不计", "按一档", "按比例"))
        if pen.chance(30):
            row["up_to"] = pen.whole(1, 6)
        if pen.chance(15):
            row["evidence"] = "必需"
        rows.append(row)
    return {"steps": rows, "start": _points(pen, full, kind)}


def _checks(pen: Pen, full: Fraction, kind: str) -> dict[str, Said]:
    rows: list[dict[str, Said]] = []
    for place in range(pen.whole(1, 3)):
        row = {"name": f"第{place}项", "when": condition(pen), pen.one(("add", "deduct")): pen.whole(1, 4)}
        if rows and pen.chance(30):
            row["needs"] = "第0项"
        if pen.chance(15):
            row["evidence"] = "必需"
        rows.append(row)
    return {"checks": rows, "start": _points(pen, full, kind)}


def _bands(pen: Pen, unit: str, full: Fraction, kind: str) -> list[dict[str, Said]]:
    """The whole line in two to four pieces, each end with the piece above or the one below it."""
    cuts = pen.numbers(unit, pen.whole(1, 3))
    rows: list[dict[str, Said]] = [{} for _ in range(len(cuts) + 1)]
    for place, cut in enumerate(cuts):
        below, above = pen.one((("below", "at_least"), ("at_most", "above")))
        rows[place][below] = cut
        rows[place + 1][above] = cut
    return [row | _award(pen, unit, full, kind, row=True) for row in rows]


def adjustment(pen: Pen, code: str, kind: str) -> dict[str, Said]:
    """A bonus or a deduction, with or without parts."""
    full = Fraction(pen.whole(1, 10))
    if pen.chance(50):
        return leaf(pen, code, full, kind=kind)
    parts = [leaf(pen, f"{code}.{place}", Fraction(pen.whole(1, 6)), kind=kind) for place in (1, 2)]
    pen.names.codes.append(code)
    return _modified(pen, {"code": code, "name": f"指标{code}", kind: full, "parts": parts}, full, mechanism=False)
