"""Every operator has a span and a direction: one without them would go unproven without a word."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import pytest

import scoring.operators
from scoring.check_method.directions import MOVES
from scoring.check_method.operations import SPANS

pytestmark = pytest.mark.once


def operators() -> Iterator[type]:
    """The classes of the sub-package that are expressions (have a value and show their working)."""
    for module in pkgutil.iter_modules(scoring.operators.__path__, "scoring.operators."):
        for kind in vars(importlib.import_module(module.name)).values():
            own = isinstance(kind, type) and kind.__module__ == module.name
            if own and all(hasattr(kind, name) for name in ("kind", "value", "working")):
                yield kind


def test_every_operator_is_known() -> None:
    every = set(operators())
    assert len(every) > 20
    assert every == set(SPANS)
    assert every <= set(MOVES)
