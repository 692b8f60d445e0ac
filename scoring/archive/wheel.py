"""The program itself as a wheel (程序安装包), made of the files that it runs from: no network, no build tools.

It installs what runs here, whether that was installed from a wheel or is a checkout. Nothing is compressed, so that no
version of zlib shows: the same program is the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
import zipfile
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

from scoring import __version__
from scoring.resources import shipped_places

NAME = "kaohe"
ENTRY = "[console_scripts]\nkaohe = scoring.commands:main\n"
MADE = (1980, 1, 1, 0, 0, 0)
_WHEEL = "Wheel-Version: 1.0\nGenerator: kaohe\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
_PYTHON = ">=3.10"
_QUOTED = re.compile(r"""^\s*(["'])(.+?)\1,""", re.M)
_EXTRA = re.compile(r";.*\bextra\s*==")


def wheel() -> tuple[str, bytes]:
    """The file name and the content of the wheel."""
    about = f"{NAME}-{__version__}.dist-info"
    files = {
        **_package(),
        f"{about}/METADATA": _metadata().encode(),
        f"{about}/WHEEL": _WHEEL.encode(),
        f"{about}/entry_points.txt": ENTRY.encode(),
    }
    files[f"{about}/RECORD"] = _record(files, f"{about}/RECORD")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, MADE)
            entry.create_system = 3  # as on Unix, wherever it is made
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, content)
    return f"{NAME}-{__version__}-py3-none-any.whl", packed.getvalue()


def requirements() -> list[str]:
    """What the program needs to run, as pip writes it, without its extras."""
    project = Path(__file__).resolve().parents[2] / "pyproject.toml"
    if _is_checkout() and project.is_file():
        text = project.read_text(encoding="utf-8").partition("\ndependencies = [")[2].partition("\n]")[0]
        return [match[2] for match in _QUOTED.finditer(text)]
    try:
        return [each for each in metadata.requires(NAME) or () if not _EXTRA.search(each)]
    except metadata.PackageNotFoundError:
        return []


def _is_checkout() -> bool:
    return shipped_places().rules.parent == Path(__file__).resolve().parents[2]


def _package() -> dict[str, bytes]:
    """The files by their place in the wheel: the package, and its data folders in `_data`."""
    package = Path(__file__).resolve().parents[1]
    shipped = shipped_places()
    files = _below(package, package.name)
    for folder in (shipped.rules, shipped.schemas, shipped.reports, shipped.examples):
        files |= _below(folder, f"{package.name}/_data/{folder.name}")
    return dict(sorted(files.items()))


def _below(folder: Path, name: str) -> dict[str, bytes]:
    found = {}
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        hidden = any(part == "__pycache__" or part.startswith(".") for part in inside.parts)
        if path.is_file() and not hidden and path.suffix not in (".pyc", ".pyo"):
            found[f"{name}/{inside.as_posix()}"] = path.read_bytes()
    return found


def _metadata() -> str:
    lines = ["Metadata-Version: 2.1", f"Name: {NAME}", f"Version: {__version__}", f"Requires-Python: {_PYTHON}"]
    return "\n".join([*lines, *(f"Requires-Dist: {each}" for each in requirements())]) + "\n"


def _record(files: Mapping[str, bytes], own: str) -> bytes:
    """Every file with its digest, as installers check it; the record itself has none."""
    lines = []
    for name, content in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        lines.append(f"{name},sha256={digest},{len(content)}")
    return "\n".join([*lines, f"{own},,"]).encode() + b"\n"
