"""What all tests share: where things are, goldens, runs without the rules engine, a Hypothesis that repeats itself."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent
WITHOUT_ENGINE = ROOT / "tests" / "without_engine"
ENGINE = "durable_rules_engine"

# The same examples on every run and machine: a failure that comes and goes teaches nobody.
# `pytest --hypothesis-profile=explore` looks for new ones.
_always = {"deadline": None, "database": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("repeatable", derandomize=True, **_always)
settings.register_profile("explore", max_examples=2000, **_always)
settings.load_profile("repeatable")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the options of this suite."""
    group = parser.getgroup("kaohe")
    group.addoption(
        "--update-golden", action="store_true", help="write what was computed over the goldens; read the diff"
    )
    group.addoption("--without-engine", action="store_true", help="run as if durable-rules were not installed")
    group.addoption("--no-skips", action="store_true", help="a skipped test fails the run, as CI wants it")


def pytest_configure(config: pytest.Config) -> None:
    """Hide the rules engine on request, from this process and from every Python that a test starts."""
    if config.getoption("--without-engine"):
        sys.modules[ENGINE] = None  # type: ignore[assignment]
        paths = [str(WITHOUT_ENGINE), *filter(None, [os.environ.get("PYTHONPATH")])]
        os.environ["PYTHONPATH"] = os.pathsep.join(paths)


def engine_is_here() -> bool:
    """Whether durable-rules can be imported in this run."""
    return importlib.util.find_spec(ENGINE) is not None


def pytest_report_header() -> str:
    """Say which matchers this run has."""
    return "matchers: " + ("durable and plain" if engine_is_here() else "plain only, durable-rules is absent")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests that speak of the engine itself where it is absent; all others must pass there too."""
    if engine_is_here():
        return
    left_out = [item for item in items if item.get_closest_marker("engine")]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if not item.get_closest_marker("engine")]


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """With --no-skips, count a skipped test as a failed run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if session.config.getoption("--no-skips") and reporter and reporter.stats.get("skipped"):
        reporter.write_line("kaohe: --no-skips was given and tests were skipped (see `pytest -rs`)", red=True)
        session.exitstatus = session.exitstatus or pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder beside the checkout that holds published conformance data and layout checkers."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("no ../shared beside this checkout: the conformance data are not part of the project")
    return folder


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with `golden/NAME` beside the test file, or with --update-golden write it there."""

    def compare(name: str, text: str) -> None:
        file = request.path.parent / "golden" / name
        if request.config.getoption("--update-golden"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode())
        else:
            assert file.is_file(), f"{file} is missing; `pytest --update-golden` writes it"
            assert text == file.read_bytes().decode(), f"{file} differs; where that is meant, `pytest --update-golden`"

    return compare


@pytest.fixture(scope="session")
def years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the runs 2022 and 2023 of the example district, scored once; nobody changes them."""
    from scoring.app.score import Order, score
    from scoring.resources import shipped_places

    places, folder = shipped_places(), tmp_path_factory.mktemp("years")
    previous = None
    for edition in ("2022", "2023"):
        inputs = places.examples / edition
        order = Order(edition, inputs, folder / edition, f"examples/{edition}", previous, matcher="plain")
        scored = score(order, places)
        assert scored.written, scored.findings
        previous = folder / edition
    return folder
