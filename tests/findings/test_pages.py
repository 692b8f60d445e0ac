"""For each code of reading, a bad file whose offending line is marked, and a good file.

tests/findings/<CODE>/bad.* and good.*. The first line names the schema, as in real files. An offending line ends with
`# <- CODE`; where no comment can stand, bad.expect lists "LINE CODE" (a cell's name for a workbook), and `as NAME`
where the file is read under another name.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from scoring.finding import SEVERITIES, Finding
from scoring.reading.schema import check_shape
from scoring.reading.secrecy import marked_secret
from scoring.reading.table import read_table
from scoring.reading.yaml_file import read_yaml
from scoring.render.template import render

pytestmark = pytest.mark.once

HERE = Path(__file__).parent
SCHEMAS = HERE.parents[1] / "schemas"
ELSEWHERE = {"K116"}
"""Codes of reading that another stage finds: here stands no file of theirs."""
READING = [code for code in SEVERITIES if code.startswith("K1") or code in ("K390", "K395", "K501", "K502")]
SCHEMA_LINE = re.compile(r"\$schema=\S*?(\w+)\.json")
MARK = re.compile(r"# <- (K\d{3})")


def file_of(code: str, word: str) -> Path:
    (found,) = [each for each in (HERE / code).glob(f"{word}.*") if each.suffix not in (".expect", ".json")]
    return found


def found_in(path: Path, name: str) -> list[Finding]:
    """What reading says of the file, as the stage that reads such files would."""
    raw = path.read_bytes()
    if path.suffix in (".csv", ".xlsx"):
        return read_table(name, raw)[1]
    if path.suffix == ".md":
        return render(name, raw.decode(), 总分="90.00", 部门=["甲", "乙"])[1]
    text = raw.decode("utf-8", errors="replace")
    secret = marked_secret(name, raw)
    if secret:
        return [secret]
    document, found = read_yaml(name, raw)
    named = SCHEMA_LINE.search(text)
    own = path.with_name("schema.json")
    if document is not None and own.is_file():
        return found + check_shape("schema", document, {own.name: own.read_text("utf-8")})
    if document is not None and named:
        return found + check_shape(named.group(1), document, SCHEMAS)
    return found


def expected(path: Path) -> tuple[str, set[tuple[str, str]]]:
    """The name to read a bad file under, and (line or cell, code) of everything that is wrong with it."""
    name, marks = path.name, set[tuple[str, str]]()
    listed = path.with_name("bad.expect")
    if listed.is_file():
        for line in listed.read_text("utf-8").splitlines():
            place, code = line.split()
            if place == "as":
                name = code
            else:
                marks.add((place, code))
    elif path.suffix != ".xlsx":
        for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
            marks |= {(str(number), code) for code in MARK.findall(line)}
    return name, marks


@pytest.mark.parametrize("code", READING)
def test_every_code_of_reading_has_its_two_files(code: str) -> None:
    if code in ELSEWHERE:
        assert not (HERE / code / "bad.yaml").exists()
        return
    assert file_of(code, "bad")
    assert file_of(code, "good")


@pytest.mark.parametrize("code", [each for each in READING if each not in ELSEWHERE])
def test_the_bad_file_is_found_out_where_it_is_marked(code: str) -> None:
    path = file_of(code, "bad")
    name, marks = expected(path)
    assert code in {each for _, each in marks}
    said = {((place := each.location) and (place.cell or str(place.line)), each.code) for each in found_in(path, name)}
    assert said == marks


@pytest.mark.parametrize("code", [each for each in READING if each not in ELSEWHERE])
def test_the_good_file_is_good(code: str) -> None:
    path = file_of(code, "good")
    assert found_in(path, path.name) == []


def test_own_schemas_are_valid_json() -> None:
    for path in HERE.glob("K*/schema.json"):
        json.loads(path.read_text("utf-8"))
