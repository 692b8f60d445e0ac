"""The wording of explanations (说明用语), read from reports/explain/, which an officer may edit.

One file a mechanism, named like its key in a rule, and a few for what surrounds it. Each text is a template; it is
given ready-made words and figures and computes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scoring.finding import Finding
from scoring.reading.yaml_file import read_yaml
from scoring.render.template import render

FOLDER = "explain"
MOST_KEPT = 1 << 14


@dataclass(slots=True)
class Wording:
    """The texts by file and key ("scale.standard", "modifiers.cap.fact"), and what proved wrong with them."""

    texts: Mapping[str, str]
    findings: list[Finding] = field(default_factory=list)
    said: dict[tuple[str, str], str] = field(default_factory=dict, repr=False)
    """What was said already. Departments are told much the same, and to compare values is quicker than to fill in."""

    def fill(self, key: str, **values: Any) -> str:
        """The text filled in, on one line; "" where there is none. A fault is remembered, once, and leaves a gap."""
        text = self.texts.get(key)
        if not text or "{" not in text:
            return text or ""
        known = self.said.get((key, repr(values)))
        if known is not None:
            return known
        made, problems = render(f"{FOLDER}/{key}", text, **values)
        self.findings.extend(each for each in problems if each not in self.findings)
        if len(self.said) >= MOST_KEPT:
            self.said.clear()
        said = nested("".join(line.strip() for line in made.splitlines()))
        self.said[key, repr(values)] = said
        return said


def nested(text: str) -> str:
    """The text with quotation marks inside others written as ‘’, and as “” again inside those."""
    if "“" not in text and "‘" not in text:
        return text
    found, depth = [], 0
    for sign in text:
        if sign in "“‘":
            found.append("“‘"[depth % 2])
            depth += 1
        elif sign in "”’" and depth:
            depth -= 1
            found.append("”’"[depth % 2])
        else:
            found.append(sign)
    return "".join(found)


def load_wording(*folders: Path) -> Wording:
    """The wording in these folders, the first that has a file prevailing; a workplace may hold only some of them."""
    files: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.yaml")) if folder.is_dir() else ():
            files.setdefault(path.name, path)
    texts: dict[str, str] = {}
    found: list[Finding] = []
    for name, path in sorted(files.items()):
        document, problems = read_yaml(f"{FOLDER}/{name}", path.read_bytes())
        found.extend(problems)
        if document is not None:
            texts.update(flat(path.stem, document))
    return Wording(texts, found)


def flat(prefix: str, said: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """Every text below, by its dotted path."""
    for key, value in said.items():
        if isinstance(value, Mapping):
            yield from flat(f"{prefix}.{key}", value)
        elif isinstance(value, str):
            yield f"{prefix}.{key}", value
