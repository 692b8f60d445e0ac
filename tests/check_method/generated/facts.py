"""Generated facts: given ones of every type with bounds of every form, and derived ones with every operator."""

from __future__ import annotations

from tests.check_method.generated.pen import COUNT, DAYS, POINTS, RATE, Names, Pen, Said

UNITS = (RATE, POINTS, COUNT)
STATISTICS = ("平均", "中位", "最小", "最大", "合计")


def given(pen: Pen, names: Names, prefix: str, *, field: bool) -> dict[str, Said]:
    """Facts of every type; in a list, its fields."""
    found: dict[str, Said] = {}
    source = {} if field else {"source": "部门"}
    better = {"better": "无"}
    for unit, kind in ((RATE, "数"), (POINTS, "数"), (COUNT, "个数")):
        for place in range(1 if field else 2):
            name = f"{prefix}{ {RATE: '率', POINTS: '数', COUNT: '个'}[unit] }{place}"
            found[name] = {"type": kind, "unit": unit, **better, **source, **_bounds(pen, names.numbers[unit], unit)}
            if not field:
                found[name] |= _excused(pen)
            names.numbers[unit].append(name)
    for place in range(1 if field else 2):
        states = ["是", "否", "部分"][: pen.whole(2, 3)]
        found[f"{prefix}选{place}"] = {"type": "选项", "choices": states, **better, **source, **_excused(pen)}
        names.choices[f"{prefix}选{place}"] = states
    maybe = {"may_be": pen.one((["未完成"], ["未完成", "不适用"], []))}
    if not maybe["may_be"]:
        maybe = {}
    found[f"{prefix}日"] = {"type": "日期", **better, **source, **maybe}
    names.dates.append(f"{prefix}日")
    return found


def _bounds(pen: Pen, others: list[str], unit: str) -> dict[str, Said]:
    """None, numbers, or another fact above."""
    form = pen.whole(0, 3)
    if form == 0:
        return {}
    if form == 3 and others:
        return {"at_most": others[0]}
    low, high = pen.numbers(unit, 2)
    if unit == COUNT:
        return {"at_most": max(high, 1)}
    return {"at_least": low, "at_most": high} if form == 1 else {"at_least": low}


def _excused(pen: Pen) -> dict[str, Said]:
    return {"may_be": "不适用"} if pen.chance(25) else {}


def operand(pen: Pen, unit: str, depth: int = 1) -> Said:
    """A fact's name, seldom a literal, or an operator."""
    named = pen.names.numbers[unit]
    if named and (depth == 0 or pen.chance(60)):
        return pen.one(named)
    return derived(pen, unit, depth - 1) if depth > 0 else pen.number(unit)


def derived(pen: Pen, unit: str, depth: int = 0) -> Said:
    """An operator whose value has the unit."""
    own = {RATE: ("ratio", "share"), POINTS: ("product", "score"), COUNT: ("count", "present")}
    shared = (
        "sum",
        "difference",
        "mean",
        "extreme",
        "limit",
        "rounded",
        "first",
        "lookup",
        "over",
        "across",
        "absolute",
    )
    if unit == DAYS:
        return _dates(pen)
    return _operator(pen, pen.one((*own[unit], *shared)), unit, depth)


def _operator(pen: Pen, key: str, unit: str, depth: int) -> Said:
    def part() -> Said:
        return operand(pen, unit, depth)

    skip = {"not_applicable": pen.one(("略过", "传递"))}
    special = pen.one(("不适用", 0, pen.number(unit)))
    if key == "ratio":
        return {"ratio": [operand(pen, COUNT, depth), operand(pen, COUNT, depth)], "if_zero": special}
    if key == "share":
        among = {"among": _where(pen)} if pen.chance(30) else {}
        by = {"by": pen.one(pen.records.numbers[POINTS])} if pen.chance(0) else {}
        return {"share": {"in": "单", "where": _where(pen), **among, **by}, "if_empty": special}
    if key == "product":
        return {"product": [part(), operand(pen, RATE, depth)]}
    if key == "score" and pen.names.codes:
        return {"score_of": pen.one(pen.names.codes)}
    if key == "count":
        return {"count": {"in": "单"} | ({"where": _where(pen)} if pen.chance(70) else {})}
    if key == "present":
        return {"across": {"of": _measured(pen, RATE), "statistic": "个数", "among": _among(pen)}}
    if key in ("sum", "difference"):
        return {key: [part(), part()]}
    if key == "mean":
        weighted = [{"value": part(), "weight": pen.whole(1, 3)} for _ in range(2)]
        return {"mean": weighted if pen.chance(30) else pen.many(part, 2, 3)} | skip
    if key == "extreme":
        return {pen.one(("largest", "smallest")): pen.many(part, 2, 3)} | skip
    if key == "limit":
        low, high = pen.numbers(unit, 2)
        return {"limit": {"of": part(), "at_least": low, "at_most": high}}
    if key == "rounded":
        return {"rounded": {"of": part(), "decimals": pen.whole(0, 2), "mode": pen.one(("四舍五入", "舍去", "进位"))}}
    if key == "first":
        return {"first": [part(), part()]}
    if key == "lookup":
        by, states = pen.one([*pen.names.choices.items(), ("分组", pen.groups)])
        values = {state: part() for state in states[: pen.whole(1, len(states))]}
        return {"lookup": {"by": by, "values": values} | ({"otherwise": part()} if len(values) < len(states) else {})}
    if key == "over":
        where = {"where": _where(pen)} if pen.chance(50) else {}
        over = {"of": pen.one(pen.records.numbers[unit]), "in": "单", **where}
        return {pen.one(("sum", "mean", "largest", "smallest")): over, "if_empty": special}
    if key == "across":
        if pen.chance(30):
            return {
                "across": {
                    "of": _measured(pen, unit),
                    "statistic": "标准差",
                    "among": _among(pen),
                    "divisor": pen.one(("n", "n-1")),
                    "decimals": 2,
                }
            }
        return {"across": {"of": _measured(pen, unit), "statistic": pen.one(STATISTICS), "among": _among(pen)}}
    return {"absolute": part()}


def _rank(pen: Pen) -> dict[str, Said]:
    ties, order = pen.one(("并列占位", "并列不占位", "平均名次")), pen.one(("由高到低", "由低到高"))
    of = _measured(pen, pen.one(UNITS))
    return {"across": {"of": of, "statistic": "名次", "among": _among(pen), "order": order, "ties": ties}}


def _measured(pen: Pen, unit: str) -> Said:
    return pen.one(pen.names.numbers[unit])


def _among(pen: Pen) -> Said:
    return condition(pen) if pen.chance(15) else pen.one(("全部", "本组"))


def _dates(pen: Pen) -> Said:
    day = pen.one(pen.names.dates)
    count = pen.one(("自然日", "工作日"))
    form = pen.whole(0, 2)
    if form == 0:
        return {"days": {"from": pen.day(), "to": day, "count": count}}
    late = {
        "due_day": pen.one(("按时", "迟报")),
        "if_holiday": pen.one(("顺延", "不顺延")),
        "if_not_done": "2023-12-29",
    }
    due = pen.day()
    if form == 2:
        holiday = pen.one(("顺延", "不顺延"))
        due = {
            "date_after": {
                "from": pen.day(),
                "add": pen.whole(1, 20),
                "count": pen.one(("自然日", "工作日", "月")),
                "first_day": pen.one(("次日起算", "当日起算")),
                "if_holiday": holiday,
            }
        }
    return {"days_late": {"due": due, "done": day, "count": count, **late}}


def _where(pen: Pen) -> Said:
    """A condition on a record."""
    outside, pen.names = pen.names, pen.records
    found = simple(pen)
    pen.names = outside
    return found


def condition(pen: Pen, depth: int = 1) -> Said:
    """Any condition on a department."""
    form = pen.whole(0, 9)
    if depth and form >= 8:
        return {pen.one(("all", "any", "none")): pen.many(lambda: condition(pen, depth - 1), 1, 2)}
    if form == 7:
        return {"group": pen.one(pen.groups)}
    if form == 6:
        return {"evidence_for": pen.one(pen.names.numbers[COUNT]), "is": pen.one(("有", "无"))}
    return simple(pen)


def simple(pen: Pen) -> Said:
    """One fact and its boundaries or state."""
    form = pen.whole(0, 3)
    if form == 0:
        name, states = pen.one(sorted(pen.names.choices.items()))
        return (
            {"fact": name, "is": pen.one([*states, "不适用"])}
            if pen.chance(80)
            else {"fact": name, "one_of": states[:2]}
        )
    if form == 1:
        return {"fact": pen.one(pen.names.dates), pen.one(("by", "before", "from", "after")): pen.day()}
    unit = pen.one(UNITS)
    name = pen.one(pen.names.numbers[unit])
    if form == 2 and len(pen.names.numbers[unit]) > 1:
        return {"fact": name, pen.one(("at_least", "below")): pen.one(pen.names.numbers[unit])}
    return {"fact": name, **boundaries(pen, unit)}


def boundaries(pen: Pen, unit: str) -> dict[str, Said]:
    low, high = pen.numbers(unit, 2)
    form = pen.whole(0, 2)
    if form == 0:
        return {pen.one(("at_least", "above")): low}
    if form == 1:
        return {pen.one(("at_most", "below")): high}
    return {pen.one(("at_least", "above")): low, pen.one(("at_most", "below")): high}


def facts(pen: Pen) -> dict[str, Said]:
    """All facts of an edition."""
    found = given(pen, pen.names, "", field=False)
    fields = {"号": {"type": "文字"}} | given(pen, pen.records, "项", field=True)
    found["单"] = {"type": "清单", "source": "部门", "key": "号", "fields": fields}
    for place in range(pen.whole(1, 4)):
        unit = pen.one((*UNITS, DAYS))
        found[f"派{place}"] = derived(pen, unit, pen.whole(0, 1))
        pen.names.numbers[unit].append(f"派{place}")
    found["位次"] = _rank(pen) | {"unit": COUNT}
    months = {"from": pen.day(), "to": pen.one(pen.names.dates), "partial": pen.one(("不计", "按一档", "按比例"))}
    found["月数"] = {"months": months, "unit": DAYS}
    found["项数"] = {"count": pen.many(lambda: condition(pen), 1, 3), "unit": COUNT}
    pen.names.numbers[COUNT] += ["位次", "项数"]
    pen.names.numbers[DAYS].append("月数")
    return found
