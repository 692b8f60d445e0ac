"""The borders inside scoring/: who may import whom, who owns which library, and what no module may do.

Layers and doors are read from docs/architecture.md, so that the page cannot say one thing and the code another.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[2]
SCORING = ROOT / "scoring"
FILES = sorted(SCORING.rglob("*.py"))
DATA = ["rules", "schemas", "reports", "examples"]

READS_CELLS = SCORING / "reading" / "table.py"  # a spreadsheet's cell arrives as a float and is turned into text there
MOST_LINES, MOST_BYTES = 400, 16 * 1024


@cache
def rows(heading: str) -> list[list[str]]:
    """The cells of the table under a heading of docs/architecture.md, without its two head rows."""
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    section = text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    table = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table[2:]]


@cache
def rungs() -> dict[str, int]:
    """Module or sub-package directly below scoring → its row; a higher number may import a lower one."""
    return {name: rung for rung, row in enumerate(rows("Layers")) for name in re.findall(r"`(\w+)`", row[1])}


@cache
def doors() -> dict[str, str]:
    """Library → the path below scoring/ that alone imports it."""
    return {row[0].strip("`"): row[1].strip("`") for row in rows("Single doors")}


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"), str(file))


def imports(file: Path) -> Iterator[tuple[int, str]]:
    """Every imported name with its line, wherever in the file: late imports are imports too."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{place(file, node.lineno)} imports relatively"
            base = node.module or ""
            if base == "scoring":
                yield from ((node.lineno, f"scoring.{alias.name}") for alias in node.names)
            else:
                yield node.lineno, base


def part(file: Path) -> str:
    """What the layers call this file: its module or its sub-package."""
    return file.relative_to(SCORING).parts[0].removesuffix(".py")


def place(file: Path, line: int) -> str:
    return f"{file.relative_to(ROOT)}:{line}"


def below_commands() -> list[Path]:
    return [file for file in FILES if part(file) != "commands"]


def test_there_is_something_to_check() -> None:
    assert FILES
    assert len(rungs()) > 10
    assert len(doors()) > 10


def test_every_module_has_a_layer() -> None:
    assert {part(file) for file in FILES} - {"__init__"} <= rungs().keys()


def test_imports_point_down() -> None:
    wrong = []
    for file in FILES:
        own = part(file)
        for line, name in imports(file):
            if not name.startswith("scoring.") or own == "__init__" or name == "scoring.__version__":
                continue
            other = name.split(".")[1]
            if other != own and rungs().get(other, sys.maxsize) >= rungs()[own]:
                wrong.append(f"{place(file, line)} {own} imports {other}")
    assert not wrong, "\n".join(wrong)


def test_the_package_itself_imports_nothing() -> None:
    assert not list(imports(SCORING / "__init__.py"))


def test_each_library_has_one_door() -> None:
    wrong = []
    for file in FILES:
        path = file.relative_to(SCORING).as_posix()
        for line, name in imports(file):
            library = name.split(".")[0]
            if library in doors():
                if not path.startswith(doors()[library]):
                    wrong.append(f"{place(file, line)} imports {library}, which enters through {doors()[library]}")
            elif library != "scoring" and library not in sys.stdlib_module_names:
                wrong.append(f"{place(file, line)} imports {library}, which has no door in docs/architecture.md")
    assert not wrong, "\n".join(wrong)


def test_every_runtime_dependency_has_a_door() -> None:
    """And no door leads nowhere: what pyproject.toml asks for is what the doors let in."""
    imported = {"pyyaml": "yaml", "python-calamine": "python_calamine", "durable-rules": "durable_rules_engine"}
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    asked = re.findall(r"^    [\"']([\w-]+)>=", text.partition("\ndependencies = [")[2].partition("\n]")[0], re.M)
    assert asked
    assert {imported.get(name, name) for name in asked} <= doors().keys()


def test_no_float_comes_near_a_score() -> None:
    """Only how alike two names are (`cutoff=` of difflib, for "did you mean") may be one."""
    wrong = []
    for file in below_commands():
        alike = {
            id(keyword.value)
            for node in ast.walk(tree(file))
            if isinstance(node, ast.Call)
            for keyword in node.keywords
            if keyword.arg == "cutoff"
        }
        for node in ast.walk(tree(file)):
            named = isinstance(node, ast.Name) and node.id == "float"
            written = isinstance(node, ast.Constant) and isinstance(node.value, float) and id(node) not in alike
            if (named or written) and file != READS_CELLS:
                wrong.append(f"{place(file, node.lineno)} {ast.unparse(node)}")
    assert not wrong, "\n".join(wrong)


NOT_BELOW_COMMANDS = {"time", "locale", "random", "secrets", "uuid", "platform", "socket", "getpass"}
NOT_READ_BELOW_COMMANDS = {"now", "today", "utcnow", "environ", "getenv", "getlocale", "getpreferredencoding"}


def test_no_clock_locale_environment_or_chance_below_commands() -> None:
    wrong = []
    for file in below_commands():
        wrong += [f"{place(file, line)} imports {name}" for line, name in imports(file) if name in NOT_BELOW_COMMANDS]
        for node in ast.walk(tree(file)):
            read = isinstance(node, ast.Attribute) and node.attr in NOT_READ_BELOW_COMMANDS
            hashed = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "hash"
            if read or hashed:
                wrong.append(f"{place(file, node.lineno)} {ast.unparse(node)}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(SCORING).as_posix())
def test_importing_does_no_work_and_keeps_no_state(file: Path) -> None:
    allowed = (ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign, ast.FunctionDef, ast.ClassDef, ast.If, ast.Try)
    for node in tree(file).body:
        said = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        assert said or isinstance(node, allowed), f"{place(file, node.lineno)} runs when the module is imported"
    for node in ast.walk(tree(file)):
        assert not isinstance(node, ast.Global), f"{place(file, node.lineno)} changes a module's state"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(SCORING).as_posix())
def test_files_stay_small(file: Path) -> None:
    data = file.read_bytes()
    assert len(data) <= MOST_BYTES, f"{len(data)} bytes: would it read better split by noun?"
    assert data.count(b"\n") <= MOST_LINES, f"{data.count(10)} lines: would it read better split by noun?"


def test_data_folders_hold_no_python() -> None:
    assert not [path for name in DATA for path in (ROOT / name).rglob("*") if path.suffix in {".py", ".pyc", ".pyi"}]
