"""What the solver is told of an operator is what the operator does: for any data both come to the same value."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.check_method.data import Data
from scoring.check_method.formulas import FORMULAS
from scoring.check_method.reach import Reach
from scoring.check_method.solver import Solver
from scoring.check_method.trial import Case, Trial
from scoring.condition import MISSING, NOT_APPLICABLE, Absent, Compare, Decision, IsNotApplicable, Value
from scoring.method import Method
from scoring.operators import arithmetic, dates, lists
from scoring.operators.base import AsOfDay, GroupOf, Literal, Named
from scoring.points import divide, ratio
from scoring.scope import Expression, Kind
from scoring.timeline import UNDONE, parse_date
from tests.check_method.editions import FACTS, edition

pytestmark = pytest.mark.once

pytest.importorskip("z3")

MORE = """  甲: {type: 数, unit: 分, better: 无, source: 财政, may_be: [不适用]}
  乙: {type: 数, unit: 分, at_least: -5, better: 无, source: 财政}
  丙: {type: 个数, unit: 个, better: 无, source: 财政}
  级: {type: 选项, choices: [低, 中, 高], better: 无, source: 财政, may_be: [不适用]}
  日: {type: 日期, better: 无, source: 财政, may_be: [未完成, 不适用]}
  期: {type: 日期, at_least: 2023-01-01, at_most: 2023-12-31, better: 无, source: 财政}
"""
LEVEL, DATE = Kind("选项", "", ("低", "中", "高")), Kind("日期")
NUMBERS = st.sampled_from((0, 1, 2, 3, -1, -4, ratio(1, 2), ratio(-7, 3), ratio(5, 2), 100, ratio(12345, 1000)))
MOMENTS = ("2023-03-30", "2023-03-30 17:00", "2023-03-31", "2023-03-31 08:30", "2023-03-31 16:00", "2023-04-02")
DAYS = st.sampled_from([parse_date(each) or 0 for each in MOMENTS])


@cache
def method() -> Method:
    return edition((FACTS, "  试点数:", MORE + "  试点数:")).method


LEAVES = st.one_of(
    st.sampled_from([Named("甲"), Named("乙"), Named("丙", Kind("个数"))]), NUMBERS.map(lambda each: Literal(each))
)
LEVELS = st.just(Named("级", LEVEL))


def trees(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    several = st.lists(inner, min_size=1, max_size=3).map(tuple)
    two = st.tuples(inner, inner)
    absent = st.sampled_from((arithmetic.SKIP, arithmetic.PASS_ON))
    modes = st.sampled_from(("四舍五入", "舍去", "进位"))
    zero = st.one_of(NUMBERS, st.just(NOT_APPLICABLE))
    maybe = st.one_of(st.none(), inner)
    rows = st.tuples(inner, maybe, inner)
    return st.one_of(
        st.builds(arithmetic.Sum, several),
        st.builds(arithmetic.Difference, two),
        st.builds(arithmetic.Product, two),
        st.builds(arithmetic.Ratio, two, if_zero=zero),
        st.builds(arithmetic.Absolute, st.tuples(inner)),
        st.builds(arithmetic.Mean, several, not_applicable=absent),
        st.builds(arithmetic.Mean, two, weights=st.sampled_from(((1, 3), (ratio(1, 2), ratio(1, 3)), (2, 0)))),
        st.builds(arithmetic.Extreme, several, largest=st.booleans(), not_applicable=absent),
        st.builds(arithmetic.Clamp, inner, maybe, maybe),
        st.builds(arithmetic.Rounded, inner, st.integers(0, 2), modes),
        st.builds(arithmetic.First, several),
        st.builds(arithmetic.Lookup, LEVELS, rows, maybe),
        st.builds(arithmetic.Lookup, st.just(GroupOf()), rows, maybe),
        st.builds(lists.CountConditions, st.tuples(two.map(_compared), two.map(_absent))),
    )


def _compared(reads: tuple[Expression, ...]) -> Decision:
    return Decision("a", reads, ("number", "number"), (Compare(0, ">=", 0, 1),))


def _absent(reads: tuple[Expression, ...]) -> Decision:
    return Decision("b", reads, ("number", "number"), (IsNotApplicable(1),))


def both(expression: Expression, values: dict[str, Value]) -> tuple[Value, Value]:
    """What an expression comes to for the solver, and by itself."""
    data = Data(Solver(), Reach(method(), 0))
    amount, solver = data.amount(expression), data.solver
    known = {name: values[name[0]] for name in data.given if name[0] in values}
    claims = list(data.claims)
    for name, value in known.items():
        unknown = data.given[name]
        absent = isinstance(value, Absent)
        claims.append(unknown.absent if absent else solver.no(unknown.absent))
        claims += [] if isinstance(value, Absent) else [unknown.above == solver.number(value)]
    model = solver.find(claims)
    assert model is not None
    assert not data.free
    told: Value = NOT_APPLICABLE
    if not model.holds(amount.absent):
        above, below = model.number(amount.above), 1 if amount.below is None else model.number(amount.below)
        assert above is not None
        assert below is not None
        assert below > 0
        told = divide(above, below)
    return told, expression.value(Trial(data).scope(Case(known, {})))


@settings(max_examples=150)
@given(
    st.recursive(LEAVES, trees, max_leaves=4),
    NUMBERS,
    st.sampled_from((0, 1, 3, ratio(-9, 2), ratio(1, 3))),
    st.sampled_from((0, 1, 7)),
    st.sampled_from((0, 1, 2, NOT_APPLICABLE)),
    st.booleans(),
)
def test_arithmetic(expression: Expression, one: Value, other: Value, count: Value, level: Value, absent: bool) -> None:
    told, so = both(expression, {"甲": NOT_APPLICABLE if absent else one, "乙": other, "丙": count, "级": level})
    assert told == so


LATE = st.builds(
    dates.DaysLate,
    st.one_of(DAYS.map(lambda day: Literal(day, DATE)), st.just(Named("期", DATE))),
    st.just(Named("日", DATE)),
    st.just("自然日"),
    st.sampled_from(("按时", "迟报")),
    st.just("不顺延"),
    DAYS.map(lambda day: Literal(day, DATE)),
)


@settings(max_examples=60)
@given(
    st.one_of(
        LATE,
        st.builds(AsOfDay, st.just(Named("日", DATE)), DAYS.map(lambda day: Literal(day, DATE))),
        st.builds(dates.Days, st.just(Named("期", DATE)), DAYS.map(lambda day: Literal(day, DATE)), st.just("自然日")),
    ),
    st.one_of(DAYS, st.just(UNDONE), st.just(NOT_APPLICABLE)),
    DAYS,
)
def test_dates(expression: Expression, done: Value, due: Value) -> None:
    told, so = both(expression, {"日": done, "期": due})
    assert told == so
    assert so is not MISSING


def test_every_formula_is_tried() -> None:
    tried = {arithmetic.Sum, arithmetic.Difference, arithmetic.Product, arithmetic.Ratio, arithmetic.Absolute}
    tried |= {arithmetic.Mean, arithmetic.Extreme, arithmetic.Clamp, arithmetic.Rounded, arithmetic.First}
    tried |= {arithmetic.Lookup, lists.CountConditions, Literal, GroupOf, AsOfDay, dates.Days, dates.DaysLate}
    assert set(FORMULAS) == tried
