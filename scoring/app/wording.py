"""Reads what an office may write around the figures: reports/circular.yaml, office.yaml, hand-written passages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from scoring import location
from scoring.archive import Run
from scoring.finding import ERROR, Finding, Findings, finding
from scoring.location import Location
from scoring.reading.schema import check_shape
from scoring.reading.yaml_dump import dump_yaml
from scoring.reading.yaml_file import read_yaml
from scoring.render.template import render
from scoring.resources import Places, shipped_places
from scoring.views import SLOTS, Passages, passages_of, plain_text

WORDING, INPUT_OFFICE = "circular.yaml", "inputs/office.yaml"
PASSAGES_HEAD = """# 通报中人工填写的段落。程序只在第一次生成通报时建立本文件，以后不改动，重新生成通报时照用。
# 文字写在引号中；要写几段的，改为下面的样子，一行是一段：
#   conduct: |-
#     第一段。
#     第二段。
# conduct 考核开展情况　results 考核结果　requirements 工作要求；problems 主要问题的具体表现，按指标填写，不点名。
"""


def read_checked(name: str, raw: bytes, kind: str, schemas: Path, found: Findings) -> location.Mapping | None:
    """The document where it can be used: it reads and has its shape; what is wrong is added to `found`."""
    document, problems = read_yaml(name, raw)
    if document is not None:
        problems = [*problems, *check_shape(kind, document, schemas)]
    found.extend(problems)
    return None if any(each.severity == ERROR for each in problems) else document


def read_office(
    run: Run, named: Path | None, workplace: Path | None, schemas: Path, found: Findings
) -> tuple[Mapping[str, Any] | None, bytes]:
    """The office's settings with their bytes: the file that was named, else what was scored with, else the workplace's.

    Those of the run come before the workplace's, because they belong to its district.
    """
    own = named if named is not None or INPUT_OFFICE in run.files else workplace
    if own is not None:
        try:
            name, raw = own.as_posix(), own.read_bytes()
        except OSError:
            found.add("K115", Location(own.as_posix()), kind="open", most="")
            return None, b""
    elif INPUT_OFFICE in run.files:
        name, raw = INPUT_OFFICE, run.read(INPUT_OFFICE)
    else:
        return {}, b""
    return read_checked(name, raw, "office", schemas, found), raw


def read_wording(folders: Places, found: Findings) -> tuple[location.Mapping | None, bytes]:
    """The words around the figures of a circular, and the words that no paper uses."""
    return read_words("circular", folders, found)


def read_words(kind: str, folders: Places, found: Findings) -> tuple[location.Mapping | None, bytes]:
    """The words of a kind of paper, which stand in a file of its name."""
    path = report_file(folders, f"{kind}.yaml")
    try:
        raw = path.read_bytes()
    except OSError:
        found.add("K115", Location(path.as_posix()), kind="open", most="")
        return None, b""
    return read_checked(path.as_posix(), raw, kind, folders.schemas, found), raw


def report_file(folders: Places, name: str) -> Path:
    """A file of reports/; a workplace that has none of that name uses the shipped one."""
    own = folders.reports / name
    return own if own.is_file() else shipped_places().reports / name


def read_passages(path: Path, schemas: Path, found: Findings) -> tuple[Passages | None, bytes]:
    """The hand-written passages; none where there is no file yet."""
    if not path.exists():
        return Passages(), b""
    try:
        raw = path.read_bytes()
    except OSError:
        found.add("K115", Location(path.as_posix()), kind="open", most="")
        return None, b""
    document = read_checked(path.as_posix(), raw, "passages", schemas, found)
    return (None if document is None else passages_of(document)), raw


def blank_passages(edition: str, tree: Iterable[Mapping[str, Any]]) -> str:
    """A file with every place empty: the program writes it once, and from then on it is the officer's."""
    lines = [PASSAGES_HEAD, dump_yaml({"format": 1, "edition": edition, **dict.fromkeys(SLOTS, "")})]
    lines.append("problems:\n")
    for node in tree:
        if node["leaf"] and node["kind"] == "award":
            entry = dump_yaml({node["code"]: ""}).rstrip("\n")
            lines.append(f"  {entry}  # {plain_text(node['name'])}\n")
    return "".join(lines)


class Filler:
    """Fills texts of the wording with figures, and keeps what went wrong with the place of the text."""

    def __init__(self, found: Findings) -> None:
        self.found = found

    def __call__(self, words: location.Mapping, key: str, figures: Mapping[str, Any]) -> str:
        """The text under `key`, on one line: a break in the file is no break in the document."""
        text = words[key]
        said, problems = render(f"{WORDING}:{key}", "\n".join(map(str.strip, text.split("\n"))), **figures)
        self.found.extend(replace(each, location=words.value(key)) for each in problems)
        return "".join(map(str.strip, said.split("\n")))


def unused_words(texts: Iterable[str], wording: location.Mapping, own_term: str) -> list[Finding]:
    """Words that no published text should have, where somebody wrote them by hand all the same."""
    whole = "\n".join(texts)
    return [
        finding("K519", found=word, instead=instead)
        for word, instead in wording["unused"].items()
        if word in whole and word != own_term
    ]
