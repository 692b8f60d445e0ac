"""The only door to PyYAML: strict reading of rule and input files, with a place for every key and value.

PyYAML's own reading turns `no`, `12:30` and `012` into other things, accepts duplicate keys and lets anchors hide
what a rule says. Here a file means what an officer sees: plain numbers are exact numbers, `true` and `false` are
yes and no, everything else is text, and whatever could be read two ways is a finding.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import yaml

from scoring import points
from scoring.finding import Finding, Findings
from scoring.location import Location, Mapping, Mark, Sequence, Source
from scoring.reading.encoding import decoded
from scoring.reading.line_faults import Fault, fault_finding
from scoring.reading.lookalikes import Mended, scan, suspect

MOST_BYTES = 32 * 1024 * 1024
DEEPEST = 60
LONGEST_NUMBER = 60

_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?", re.ASCII)
_LINE_END = re.compile(r"\r\n|\r|\n")
_Parser: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # in C where it was built; only its events are used


def read_yaml(name: str, raw: bytes) -> tuple[Mapping | None, list[Finding]]:
    """The mapping that the file holds, and everything about its writing that needs mending.

    None where nothing can be made of the file. `name` is what findings call the file. Never raises.
    """
    found = Findings()
    if len(raw) > MOST_BYTES:
        found.add("K115", Location(name), kind="large", most=MOST_BYTES // 1024 // 1024)
        return None, found.found
    text = decoded(name, raw, found)
    if text is None:
        return None, found.found
    lines = _LINE_END.split(text)
    source = Source(name, lines)
    mended = scan(lines) if suspect(text) else Mended(lines, {}, [])
    document, built, broken = _build(source, mended)
    if broken and not mended.origins:  # a colon without its space is plain ASCII, and shows only now
        mended = scan(lines)
        if mended.origins:
            document, built, _ = _build(source, mended)
    found.extend(fault_finding(source, each) for each in _first_of_each(mended.faults))
    found.extend(built)
    return document, found.found


def scalar(text: str) -> Any:
    """What an unquoted text means: an exact number, true or false, nothing, or itself in Unicode's composed form."""
    if _NUMBER.fullmatch(text) and len(text) <= LONGEST_NUMBER:
        return points.parse(text)
    if text in ("true", "false"):
        return text == "true"
    if text in ("", "null"):
        return None
    return composed(text)


def composed(text: str) -> str:
    """Text in Unicode's composed form (NFC), so that what looks the same is the same."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _build(source: Source, mended: Mended) -> tuple[Mapping | None, list[Finding], bool]:
    """The document in the working copy, what is wrong with it, and whether its syntax is broken."""
    builder = _Builder(source, mended.origins)
    found = builder.found
    try:
        return builder.document("\n".join(mended.lines)), found.found, False
    except _TooDeep as deep:
        found.add("K107", source.at(deep.mark), kind="deep", most=DEEPEST)
    except yaml.YAMLError as error:
        kind, mark = _said(error)
        place = builder.mark(mark, mark) if mark and mark.line < len(mended.lines) else Mark(len(mended.lines), 0, 1)
        if mended.lines[place.line - 1].lstrip().startswith(":"):
            kind = "key_empty"
        if kind in _NOT_USED:
            found.add("K108", source.at(place), kind=kind, found=_word_at(source.at(place)))
        elif not any(fault.line == place.line for fault in mended.faults):
            found.add("K107", source.at(place), kind=kind, most="")
        return None, found.found, True
    return None, found.found, False


def _first_of_each(faults: list[Fault]) -> Iterator[Fault]:
    """One fault of each kind a line: ten Chinese commas in a row are one thing to mend."""
    seen: set[tuple[int, str, str]] = set()
    for fault in faults:
        if (fault.line, fault.code, fault.kind) not in seen:
            seen.add((fault.line, fault.code, fault.kind))
            yield fault


def _word_at(place: Location) -> str:
    """The signs from a place up to the next blank."""
    return (place.text[max(place.column - 1, 0) :].split() or [""])[0]


class _TooDeep(Exception):
    """Raised inside this file only: brackets within brackets beyond anything that a person writes."""

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self.mark = mark


class _Builder:
    """Turns the parser's events into Mappings and Sequences; events, because nodes have forgotten the anchors."""

    def __init__(self, source: Source, origins: dict[int, list[int]]) -> None:
        self.source = source
        self.origins = origins
        self.found = Findings()
        self.events: Iterator[Any] = iter(())

    def document(self, text: str) -> Mapping | None:
        self.events = _events(text)
        document: Mapping | None = None
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if event.version or event.tags:
                    self.refuse("directive", event)
                if documents > 1:
                    self.refuse("documents", event)
                    return document
            elif isinstance(event, (yaml.NodeEvent)):
                document = self.top(event)
        if not documents:
            self.found.add("K115", Location(self.source.file), kind="empty", most="")
        return document

    def top(self, event: Any) -> Mapping | None:
        value, mark = self.value(event, 1)
        if isinstance(value, Mapping):
            return value
        shown = "list" if isinstance(value, list) else "empty" if value is None else "text"
        if not isinstance(event, yaml.AliasEvent):
            place = self.source.at(mark)
            self.found.add("K111", place, expected="object", found=shown, key="", title="", text="", description="")
        return None

    def value(self, event: Any, depth: int) -> tuple[Any, Mark]:
        """The value that begins with `event`, and its mark."""
        mark = self.mark(event.start_mark, event.end_mark)
        if depth > DEEPEST:
            raise _TooDeep(mark)
        if isinstance(event, yaml.AliasEvent):
            self.refuse("alias", event)
            return None, mark
        if event.anchor is not None:
            self.refuse("anchor", event)
        if event.tag is not None:
            self.refuse("tag", event)
        if isinstance(event, yaml.ScalarEvent):
            return (composed(event.value) if event.style else scalar(event.value)), mark
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(event, depth)
        return self.mapping(event, depth)

    def sequence(self, start: Any, depth: int) -> tuple[Sequence, Mark]:
        made = Sequence(self.source, Mark(0, 0, 1))
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                made.mark = self.mark(start.start_mark, event.end_mark)
                break
            made.put(*self.value(event, depth + 1))
        return made, made.mark

    def mapping(self, start: Any, depth: int) -> tuple[Mapping, Mark]:
        made = Mapping(self.source, Mark(0, 0, 1))
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                made.mark = self.mark(start.start_mark, event.end_mark)
                break
            key, key_at = self.key(event, depth)
            behind = next(self.events)
            value, value_at = self.value(behind, depth + 1)
            if key is None:
                continue
            if value is None and ":" in key and start.flow_style and not event.style:
                self.found.add("K102", self.source.at(key_at), kind="tight", found=":", instead=": ")
            elif key in made:
                self.found.add("K106", self.source.at(key_at), other=made.key(key), kind="key", key=key)
            else:
                made.put(key, value, key_at, value_at)
        return made, made.mark

    def key(self, event: Any, depth: int) -> tuple[str | None, Mark]:
        """A key is text as it stands: codes like 2.1 are names, not numbers."""
        mark = self.mark(event.start_mark, event.end_mark)
        if not isinstance(event, yaml.ScalarEvent):
            self.value(event, depth + 1)
            if not isinstance(event, yaml.AliasEvent):
                self.found.add("K107", self.source.at(mark), kind="key_not_text", most="")
            return None, mark
        if event.anchor is not None:
            self.refuse("anchor", event)
        if event.tag is not None:
            self.refuse("tag", event)
        if event.value == "<<" and not event.style:
            self.refuse("merge", event)
            return None, mark
        if not event.value.strip():
            self.found.add("K107", self.source.at(mark), kind="key_empty", most="")
            return None, mark
        return composed(event.value), mark

    def refuse(self, kind: str, event: Any) -> None:
        """YAML's ways of saying one thing in another place, or several files in one, are not used here."""
        mark = self.mark(event.start_mark, event.end_mark)
        place = self.source.at(mark)
        self.found.add("K108", place, kind=kind, found=_word_at(place))

    def mark(self, start: Any, end: Any) -> Mark:
        """The parser's span in the working copy, as a span of the file."""
        first = self.column(start.line, start.column)
        if end.line == start.line:
            last = self.column(end.line, end.column)
        else:
            line = self.source.lines[start.line] if start.line < len(self.source.lines) else ""
            last = len(line.rstrip())
        return Mark(start.line + 1, first + 1, max(1, last - first))

    def column(self, line: int, column: int) -> int:
        origin = self.origins.get(line + 1)
        if origin is None:
            return int(column)
        return origin[min(column, len(origin) - 1)]


def _events(text: str) -> Iterator[Any]:
    parser = _Parser(text)
    try:
        while parser.check_event():
            yield parser.get_event()
    finally:
        parser.dispose()


# The parsers' messages, in C and in Python, and what each tells an officer. Where the line that the parser stops at
# is not the line at fault, the place where it began is shown.
_NOT_USED = ("anchor", "alias", "tag", "directive")
_SAID = (
    (r"scanning an anchor", "anchor", True),
    (r"scanning an alias", "alias", True),
    (r"(scanning|parsing) a tag|undefined tag handle", "tag", True),
    (r"directive|incompatible YAML", "directive", True),
    (r"could not find expected ':'", "no_colon", True),
    (r"mapping values are not allowed", "second_colon", False),
    (r"unexpected end of stream", "open_quote", True),
    (r"document separator", "open_quote", True),
    (r"expected ',' or", "open_bracket", True),
    (r"flow (sequence|mapping|node)", "open_bracket", True),
    (r"cannot start any token", "odd_start", False),
    (r"unknown escape|expected escape|hexadecimal", "escape", False),
    (r"sequence entries are not allowed", "dash", False),
    (r"expected '-' indicator|expected key|expected <block end>|block (mapping|collection)", "indent", False),
)


def _said(error: yaml.YAMLError) -> tuple[str, Any]:
    """Why the parser stopped, in our own kinds, and where."""
    problem, context = getattr(error, "problem", None) or "", getattr(error, "context", None) or ""
    mark, began = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    for pattern, kind, at_beginning in _SAID:
        if re.search(pattern, f"{problem} {context}"):
            return kind, (began if at_beginning and began else mark)
    return "other", mark or began
