"""What is installed: one import name with its data inside, and the same command from wheel, editable and checkout."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

DATA = ("rules", "schemas", "reports", "examples")
NOT_COPIED = shutil.ignore_patterns(".git", ".venv*", "__pycache__", ".*_cache", ".hypothesis", "dist", "build")


def python(interpreter: Path | str, *arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
    """Run one Python command; fail with everything that it printed."""
    command = [str(interpreter), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", **options)  # type: ignore[call-overload]
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout."""
    out = tmp_path_factory.mktemp("dist")
    python(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", out, cwd=root)
    return next(out.glob("*.whl"))


def environment(folder: Path) -> Path:
    """A new virtual environment that sees what this one has installed, except the package itself.

    A path file inside a folder that a path file named is not read, so an editable install here stays invisible there.
    """
    python(sys.executable, "-m", "venv", folder)
    interpreter = folder / "bin" / "python"
    where = python(interpreter, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").stdout.strip()
    (Path(where) / "beside.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return interpreter


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with other people's `cli`, `rules`, `reports` and `schemas`, which must not be taken for ours."""
    folder = tmp_path_factory.mktemp("foreign")
    for name in ("cli.py", "rules/__init__.py", "reports/__init__.py", "schemas/__init__.py"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("raise RuntimeError('a foreign module was imported')\n")
    return folder


@pytest.fixture(scope="module", params=["wheel", "editable", "checkout"])
def installed(
    request: pytest.FixtureRequest, root: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[list[str], Path, Path]:
    """A way to have the command: how to call it, its interpreter, and the folder its data must come from."""
    if request.param == "checkout":
        return [sys.executable, str(root / "cli.py")], Path(sys.executable), root
    interpreter = environment(tmp_path_factory.mktemp(request.param))
    what = ["--editable", root] if request.param == "editable" else [request.getfixturevalue("wheel")]
    python(interpreter, "-m", "pip", "install", "-q", "--no-index", "--no-deps", "--no-build-isolation", *what)
    data = root if request.param == "editable" else interpreter.parent.parent
    return [str(interpreter.parent / "kaohe")], interpreter, data


def test_the_wheel_owns_one_import_name(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names} == {"scoring", f"kaohe-{wheel.name.split('-')[1]}.dist-info"}
    assert {name.split("/")[2] for name in names if name.startswith("scoring/_data/")} == set(DATA)
    assert not [name for name in names if name.startswith("scoring/_data/") and name.endswith((".py", ".pyc"))]


def test_the_wheel_carries_every_data_file(wheel: Path, root: Path) -> None:
    packed = {name.removeprefix("scoring/_data/") for name in zipfile.ZipFile(wheel).namelist()}
    there = {path.relative_to(root).as_posix() for name in DATA for path in (root / name).rglob("*") if path.is_file()}
    assert there
    assert there <= packed


def test_it_runs_with_its_own_data_beside_foreign_folders(
    installed: tuple[list[str], Path, Path], foreign: Path, root: Path
) -> None:
    command, interpreter, data = installed
    path = [str(foreign), os.environ.get("PYTHONPATH", "")]
    if interpreter == Path(sys.executable):
        path.insert(0, str(root))
    surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, path))}
    where = python(
        interpreter, "-c", "from scoring.resources import rules; print(rules())", cwd=foreign, env=surroundings
    )
    assert Path(where.stdout.strip()).is_relative_to(data)
    assert "score" in python(*command, "--help", cwd=foreign, env=surroundings).stdout
    python(*command, "check", "2023", cwd=foreign, env=surroundings)


def test_readme_names_what_pip_has_to_install_without_a_compiler(root: Path) -> None:
    """By hand because pip cannot leave one dependency out; so the list is held to pyproject.toml."""
    text = (root / "pyproject.toml").read_text("utf-8").partition("\ndependencies = [")[2].partition("\n]")[0]
    asked = re.findall(r"^    \"([\w-]+)>=", text, re.M)
    assert len(asked) > 5
    for file in ("README.md", "README.zh-CN.md"):
        assert f"pip install {' '.join(asked)}\n" in (root / file).read_text("utf-8")


@pytest.mark.long
def test_the_tests_pass_against_the_wheel_in_a_clean_environment(wheel: Path, root: Path, tmp_path: Path) -> None:
    """Nothing of the checkout but tests and data: `scoring` comes from the wheel, the rest from the registry."""
    checkout = tmp_path / "checkout"
    shutil.copytree(root, checkout, ignore=NOT_COPIED)
    shutil.rmtree(checkout / "scoring")
    (checkout / "cli.py").unlink()
    if (root.parent / "shared").is_dir():
        (tmp_path / "shared").symlink_to(root.parent / "shared")
    python(sys.executable, "-m", "venv", tmp_path / "clean")
    interpreter = tmp_path / "clean" / "bin" / "python"
    python(interpreter, "-m", "pip", "install", "-q", f"{wheel}[test]")
    tests = ["-m", "not long and not once", "--ignore", "tests/project"]
    python(interpreter, "-m", "pytest", "-q", "-n", "2", *tests, cwd=checkout)
