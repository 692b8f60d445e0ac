"""Makes a workplace: rules and reports of the office's own, settings, and a skeleton of an input folder."""

from __future__ import annotations

import shutil
from pathlib import Path

from scoring.resources import Places

OFFICE = """# yaml-language-server: $schema=schemas/office.json
# 机关设置。没有填写的，印出时留空并提示，不会自动填写。
format: 1
# organ: 某区财政局
# code: 某财绩
# addressee: 区各预算部门
# retention: 30年
"""
ROSTER = """# yaml-language-server: $schema=../schemas/roster.json
# 名册。本表不得填写国家秘密、工作秘密和不宜公开的敏感信息。
format: 1
edition: "{edition}"
departments:
  - code: D001
    name: 示例部门
    short: 示例部门
    group: {group}
    order: 1
    assessed: true
    visibility: named
"""
FOLDERS = ("submissions", "records", "spot_checks", "reviews", "appeals")


def start(folder: Path, shipped: Places, edition: str, group: str) -> list[str]:
    """Write a workplace into an empty or new folder; the names of what was made. What is there already is kept."""
    made: list[str] = []

    def copy(source: Path, name: str) -> None:
        target = folder / name
        if not target.exists():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns(".*", "__pycache__"))
            made.append(f"{name}/")

    def write(name: str, text: str) -> None:
        target = folder / name
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
            made.append(name)

    folder.mkdir(parents=True, exist_ok=True)
    copy(shipped.rules, "rules")
    copy(shipped.reports, "reports")
    copy(shipped.schemas, "schemas")
    write("office.yaml", OFFICE)
    write(f"input-{edition}/roster.yaml", ROSTER.format(edition=edition, group=group))
    for name in FOLDERS:
        (folder / f"input-{edition}" / name).mkdir(parents=True, exist_ok=True)
    return made
