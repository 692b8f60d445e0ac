"""Whole small editions, generated from the language: every mechanism, modifier and way of combining (生成的办法)."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from tests.check_method.generated.facts import condition, facts
from tests.check_method.generated.nodes import BONUS, DEDUCTION, FULL, adjustment, indicator, leaf
from tests.check_method.generated.pen import Pen, Said, flow

CALENDAR = """format: 1
covers: {from: 2022-01-01, by: 2025-12-31}
holidays: [2023-04-05, 2023-06-22]
workdays: [2023-04-23]
"""


@st.composite
def editions(draw: st.DrawFn) -> dict[str, str]:
    """The files of an edition."""
    pen = Pen(draw)
    pen.groups = ["甲", "乙"][: pen.whole(1, 2)]
    declared = facts(pen)
    indicators = [indicator(pen, str(place)) for place in range(1, pen.whole(2, 3))]
    bonus = [adjustment(pen, "加", BONUS)] if pen.chance(40) else []
    deductions = [adjustment(pen, "扣", DEDUCTION)] if pen.chance(40) else []
    full = sum((Fraction(each[FULL]) for each in indicators), Fraction())
    files = {
        "facts.yaml": f"format: 1\nfacts: {flow(declared)}\n",
        "indicators/01.yaml": f"format: 1\nindicators: {flow(indicators)}\n",
        "calendar.yaml": CALENDAR,
        "method.yaml": "format: 1\n"
        + "".join(
            f"{key}: {flow(each)}\n" for key, each in _method(pen, full, [*indicators, *bonus, *deductions]).items()
        ),
    }
    if bonus or deductions:
        said = {"bonus": bonus, "deductions": deductions}
        files["adjustments.yaml"] = "format: 1\n" + "".join(
            f"{key}: {flow(each)}\n" for key, each in said.items() if each
        )
    return files


def _method(pen: Pen, full: Fraction, nodes: list[dict[str, Said]]) -> dict[str, Said]:
    award, total = pen.one((("不取位", "不取位"), (2, 2), (1, 0), (2, "不取位")))
    bounds = pen.one(({"cap": "不限", "floor": 0}, {"cap": "100%", "floor": 0}, {"cap": "不限", "floor": "不限"}))
    aside = [leaf(pen, "外", Fraction(5))] if pen.chance(20) else []
    return {
        "edition": "2023",
        "name": "生成的办法",
        "issuer": "区财政局",
        "year": 2023,
        "period": {"from": "2023-01-01", "by": "2023-12-31"},
        "status": "样本",
        "groups": [{"code": code, "name": code} for code in pen.groups],
        "score": {
            "code": "总分",
            "name": "总分",
            FULL: full,
            "rebase_to": full,
            "parts": [each["code"] for each in nodes],
        }
        | bounds,
        **({"aside": aside} if aside else {}),
        "missing": {"treatment": pen.one(("零分", "暂缓"))},
        "evidence_reuse": {"treatment": pen.one(("提示", "只计一次"))},
        "rounding": {"award": award, "total": total, "print": 2, "mode": pen.one(("四舍五入", "舍去", "进位"))},
        "standing": _standing(pen),
    }


def _standing(pen: Pen) -> dict[str, Said]:
    of = pen.one(("总分", "未取位总分"))
    middle, high = sorted(pen.draw(st.sets(st.integers(1, 90), min_size=2, max_size=2)))
    bands = [
        {"at_least": high, "grade": "优"},
        {"at_least": middle, "below": high, "grade": "良"},
        {"below": middle, "grade": "差"},
    ]
    said: dict[str, Said] = {"grades": {"of": of, "bands": bands}}
    within = pen.one(("全部", "本组"))
    if pen.chance(40):
        effect = pen.one(({"grade_at_most": "差"}, {"total": 0}, {"bars": ["优"]}))
        said["limits"] = [{"name": "限定", "when": condition(pen), **effect}]
    if pen.chance(80):
        breaks = [{"score_of": pen.one(pen.names.codes), "order": pen.one(("由高到低", "由低到高"))}]
        ties = pen.one(("并列占位", "并列不占位", "平均名次"))
        order = pen.one(("由高到低", "由高到低", "由低到高"))
        said["rank"] = {"of": of, "order": order, "within": within, "ties": ties} | (
            {"tie_breaks": breaks} if pen.chance(50) else {}
        )
        share = {"at_most": "30%", "base": "参评", "count": pen.one(("舍去", "四舍五入", "进位"))}
        quota = pen.one((share, {"at_most": pen.whole(0, 3)}))
        if pen.chance(60):
            edge = pen.one(("均不入选", "均入选"))
            said["quotas"] = [
                {"grade": pen.one(("优", "良")), "within": within, "of": of, "tie_at_edge": edge, **quota}
            ]
    return said
