"""The wording of findings (核查问题的用语), read from reports/findings/<language>.yaml, which an officer may edit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from scoring.finding import Finding
from scoring.reading.yaml_file import read_yaml
from scoring.render.template import render


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of one code: `says` and `remedy` are filled with its parameters, `page` explains at length."""

    title: str = ""
    says: str = ""
    remedy: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The entries of one language, the words for our own terms, and the frame around each finding."""

    language: str
    words: Mapping[str, str] = field(default_factory=dict)
    frame: Mapping[str, str] = field(default_factory=dict)
    entries: Mapping[str, Words] = field(default_factory=dict)

    def entry(self, code: str) -> Words:
        return self.entries.get(code, Words())

    def word(self, term: str) -> str:
        """Our term in the words of the language; "number|string" is "a number or text"; another term stays."""
        said = [self.words.get(each, each) for each in term.split("|")]
        return self.words.get("or", "/").join(said)

    def says(self, found: Finding) -> str:
        """What is wrong, in a sentence; the bare parameters where the catalogue does not know the code."""
        said = self.filled(f"{found.code}.says", self.entry(found.code).says, found)
        return said or "; ".join(f"{name}={value}" for name, value in found.params if value)

    def remedy(self, found: Finding) -> str:
        """What to do about it; "" where there is nothing to do."""
        return self.filled(f"{found.code}.remedy", self.entry(found.code).remedy, found)

    def filled(self, name: str, text: str, found: Finding) -> str:
        """One text of the catalogue, on one line. A fault of the catalogue must not hide the finding itself."""
        said, _ = render(name, text, word=self.word, **dict(found.params))
        return " ".join(said.split())

    def framed(self, part: str, **values: object) -> str:
        """One text of the frame; what a damaged catalogue lacks is shown bare."""
        text = self.frame.get(part)
        said, problems = render(f"frame.{part}", text, **values) if text is not None else ("", [])
        return said if text is not None and not problems else " ".join(str(each) for each in values.values() if each)


def load_catalogue(folder: Path, language: str) -> tuple[Catalogue, list[Finding]]:
    """The catalogue of a language in reports/findings, and what is wrong with its file."""
    path = folder / f"{language}.yaml"
    document, found = read_yaml(path.name, path.read_bytes())
    content: Mapping[str, object] = document if document is not None else {}
    entries = {
        code: Words(**{name: _text(said, name) for name in ("title", "says", "remedy", "page")})
        for code, said in content.items()
        if isinstance(said, dict) and code not in ("words", "frame")
    }
    return Catalogue(language, _plain(content, "words"), _plain(content, "frame"), entries), found


def _plain(content: Mapping[str, object], key: str) -> Mapping[str, str]:
    below = content.get(key)
    return {name: _text(below, name) for name in below} if isinstance(below, dict) else {}


def _text(content: Mapping[str, object], key: str) -> str:
    value = content.get(key)
    return value if isinstance(value, str) else "" if value is None else str(value)
