"""Reading whole folders: broken forms stop nothing, order means nothing, and no input raises."""

from __future__ import annotations

import hashlib
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.finding import ERROR, Finding
from scoring.method import Method
from scoring.points import Rational, plain
from scoring.reading.intake import read_intake
from scoring.reading.yaml_file import read_yaml
from scoring.submission import Datum, Intake
from tests.intake.folders import (
    CLEAN,
    FORM,
    RECORDS,
    ROOT,
    ROSTER,
    SCHEMAS,
    codes,
    edition_in,
    folder_of,
    method,
    of,
    read,
    schemas,
    try_read,
)

pytestmark = pytest.mark.once

SEED = 20230331
YEARS = ("2023", "2022")
TABBED = FORM.replace("  已办数: 4\n", "\t已办数: 4\n")


def year(name: str) -> tuple[Method, dict[str, bytes]]:
    return edition_in(ROOT / "rules" / name), folder_of(ROOT / "examples" / name)


def content(intake: Intake) -> Intake:
    """All but the bytes it was read from."""
    return replace(intake, files={})


def test_nothing_is_known_without_a_roster() -> None:
    for roster in (None, "", "- 1\n", "departments: [\n", b"\xff\xfe\x00"):
        intake, found = try_read({"roster.yaml": roster})
        assert intake is None
        assert any(each.severity == ERROR for each in found)


@pytest.mark.parametrize(
    "form",
    [
        FORM.replace("facts:\n", "facts：\n"),
        TABBED,
        FORM.replace("facts:", "fact:"),
        FORM.replace("已办数: 4", "已办数: {value: 4, value: 5}"),
        FORM.replace("self_scores: {", "self_scores: [").replace("扣: 0}", "扣: 0]"),
        FORM.encode("gb18030"),
        FORM.encode()[:200] + b"\xff" + FORM.encode()[200:],
        FORM + '坏: "\n',
        "",
        "一段话",
    ],
    ids=str,
)
def test_a_broken_form_is_said_of_its_department_and_stops_no_other(form: str | bytes) -> None:
    clean, _ = read()
    intake, found = read({"submissions/A1.yaml": form})
    mine = of(intake, "A1")
    assert mine.broken
    assert mine.submitted
    assert {each.department for each in found if each.severity == ERROR} == {"A1"}
    assert [of(intake, code) for code in ("A2", "B1")] == [of(clean, code) for code in ("A2", "B1")]


def test_what_could_be_read_of_a_broken_form_counts() -> None:
    intake, _ = read({"submissions/A1.yaml": FORM.replace("self_scores:", "self_score:")})
    assert of(intake, "A1").facts["已办数"].value == 4
    intake, _ = read({"submissions/A1.yaml": FORM.replace("facts:\n", "facts：\n")})
    assert of(intake, "A1").facts["已办数"].value == 4


def test_a_broken_part_of_a_register_breaks_its_department_only() -> None:
    broken = RECORDS.replace("  A2: {facts: {应办数: 5}}", "  A2: {fact: {应办数: 5}}")
    intake, found = read({"records/01.yaml": broken})
    assert [each.department.code for each in intake.submissions if each.broken] == ["A2"]
    assert [each.department for each in found if each.code == "K101"] == ["A2"]


def test_a_register_that_cannot_be_read_is_said_once() -> None:
    intake, found = read({"records/01.yaml": RECORDS.replace("departments:", "departments")})
    assert not any(each.broken for each in intake.submissions)
    assert [each.department for each in found if each.severity == ERROR] == [""]


def test_a_department_of_no_group_is_not_scored_and_its_papers_are_not_strange() -> None:
    intake, found = read({"roster.yaml": ROSTER.replace("group: 乙", "group: 丙")})
    assert [each.department.code for each in intake.submissions] == ["A1", "A2"]
    assert codes(found) == ["K320", "K362"]


def test_departments_stand_in_order_of_code_and_facts_in_order_of_the_method() -> None:
    intake, _ = read()
    assert [each.department.code for each in intake.submissions] == ["A1", "A2", "B1"]
    names = list(of(intake, "A1").facts)
    assert names == [name for name in method().facts if name in names]


def test_an_unnamed_and_an_unassessed_department() -> None:
    changed = ROSTER.replace("order: 2}", "order: 2, visibility: unnamed}").replace(
        "order: 3}", "order: 3, assessed: false, reason: 撤并, to: 2023-06-30, successor: A1}"
    )
    intake, found = read({"roster.yaml": changed})
    assert not of(intake, "A2").department.named
    merged = of(intake, "B1").department
    assert (merged.assessed, merged.reason, merged.until, merged.successor) == (False, "撤并", "2023-06-30", "A1")
    assert codes(found).count("K365") == 1


def test_a_fact_of_the_roster() -> None:
    intake, _ = read()
    assert of(intake, "A1").facts["编制数"].value == 30


def test_an_evidence_file_is_hashed_or_its_hash_is_taken() -> None:
    intake, _ = read()
    evidence = of(intake, "A1").evidence["E1"]
    assert (evidence.file, evidence.sha256) == (
        "submissions/佐证/制度.txt",
        hashlib.sha256("制度\n".encode()).hexdigest(),
    )
    assert "submissions/佐证/制度.txt" not in intake.files
    again, found = read({evidence.file: None}, digests={evidence.file: evidence.sha256, "别的.pdf": "0"})
    assert content(again) == content(intake)
    assert codes(found) == ["K320", "K116"] or codes(found) == ["K116", "K320"]


def test_a_secret_form_is_neither_kept_nor_counted() -> None:
    intake, found = read({"submissions/A1.yaml": FORM.replace("经验: 有", "经验: 有  # 秘密★")})
    mine = of(intake, "A1")
    assert mine.broken
    assert not mine.submitted
    assert list(mine.facts) == ["应办数", "质量评分", "编制数"]
    assert "submissions/A1.yaml" not in intake.files
    assert [each.code for each in found if each.department == "A1"] == ["K390"]


def test_a_fact_that_no_rule_uses_is_said_once() -> None:
    used = frozenset(method().facts) - {"经验", "制度健全"}
    _, found = read(used=used)
    assert [(each.params) for each in found if each.code == "K380"] == [
        (("count", "1"), ("name", "经验")),
        (("count", "3"), ("name", "制度健全")),
    ]


def test_findings_bear_the_caller_s_path_and_stand_in_file_order() -> None:
    _, found = read({"x.bin": b"1", "submissions/A1.yaml": FORM.replace("95%", "95")}, prefix="报送2023/")
    files = [each.location.file for each in found if each.location]
    assert files == sorted(files)
    assert all(file.startswith("报送2023/") for file in files)


def test_the_office_is_plain_data() -> None:
    intake, _ = read({"office.yaml": "format: 1\norgan: 样例局\nuses: [甲]\nshow: {scores: true}\nnear_edge: 0.5\n"})
    assert type(intake.office) is dict
    assert intake.office["uses"] == ["甲"]
    assert intake.office["show"] == {"scores": True}


@pytest.mark.parametrize("name", YEARS)
def test_the_examples_are_read_without_an_error(name: str) -> None:
    used_method, files = year(name)
    intake, found = read_intake(files, used_method, SCHEMAS)
    assert intake is not None
    assert len(intake.submissions) == 66
    assert not [each for each in found if each.severity == ERROR]
    assert not any(each.broken for each in intake.submissions)


def shuffled(raw: bytes, chance: random.Random) -> bytes:
    """The same YAML file with its keys and list elements in another order."""
    document, found = read_yaml("", raw)
    assert document is not None
    assert not found
    keys = chance.sample(list(document), len(document))
    return "\n".join(f"{quoted(key)}: {flow(document[key], chance)}" for key in keys).encode()


def flow(said: object, chance: random.Random) -> str:
    if isinstance(said, dict):
        pairs = chance.sample(list(said), len(said))
        return "{" + ", ".join(f"{quoted(key)}: {flow(said[key], chance)}" for key in pairs) + "}"
    if isinstance(said, list):
        return "[" + ", ".join(flow(each, chance) for each in chance.sample(said, len(said))) + "]"
    if isinstance(said, bool):
        return "true" if said else "false"
    if isinstance(said, str):
        return quoted(said)
    assert isinstance(said, Rational)
    return plain(said)


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def without_texts(intake: Intake) -> str:
    """Everything that counts: 228.50 and 228.5 are written differently and mean the same."""
    return repr(
        replace(
            intake,
            files={},
            submissions=tuple(
                replace(
                    each,
                    facts={name: datum_meaning(datum) for name, datum in each.facts.items()},
                    lists={
                        name: tuple(
                            replace(record, data={key: datum_meaning(datum) for key, datum in record.data.items()})
                            for record in records
                        )
                        for name, records in each.lists.items()
                    },
                )
                for each in intake.submissions
            ),
        )
    )


def datum_meaning(datum: Datum) -> Datum:
    return Datum(tuple(replace(said, text="") for said in datum.layers))


@pytest.mark.parametrize("name", YEARS)
def test_the_order_of_files_keys_departments_and_elements_means_nothing(name: str) -> None:
    chance = random.Random(SEED)
    used_method, files = year(name)
    intake, found = read_intake(files, used_method, SCHEMAS)
    mixed = {
        path: shuffled(files[path], chance) if path.endswith(".yaml") and path != "office.yaml" else files[path]
        for path in chance.sample(sorted(files), len(files))
    }  # the office's own lists are in an order that it chose
    table = next(path for path in files if path.endswith(".csv"))
    head, *rows = files[table].decode("utf-8-sig").splitlines()
    mixed[table] = "\n".join([head, *chance.sample(rows, len(rows))]).encode()
    again, found_again = read_intake(mixed, used_method, SCHEMAS)
    assert intake is not None
    assert again is not None
    assert without_texts(again) == without_texts(intake)

    assert sorted(map(meaning, found_again)) == sorted(map(meaning, found))


def meaning(each: Finding) -> tuple[object, ...]:
    return each.code, each.department, each.params


PIECES = [
    b"\x00", b"\xff", b"\t", b"\n", b":", "：".encode(), b"[", b"}", b"- ", b'"', b"%", b"null", b"true",
    b"1e999", b"9" * 400, b"{a: [", b"&x", b"*x", b"<<: ", "不适用".encode(), "未完成".encode(), b"../../",
    "清单".encode(), b"2023-02-30", b"-1", b"0.95", b"{value: }", b"[[[[", "★".encode(),
]  # fmt: skip


@settings(max_examples=250)
@given(data=st.data())
def test_no_input_raises(data: st.DataObject) -> None:
    """Mutated files of every kind: whatever comes, findings come, and the other departments stand."""
    files = {path: text.encode() for path, text in CLEAN.items()}
    for _ in range(data.draw(st.integers(1, 4))):
        path = data.draw(st.sampled_from(sorted(files)))
        raw = files[path]
        start = data.draw(st.integers(0, len(raw)))
        end = min(len(raw), start + data.draw(st.integers(0, 12)))
        files[path] = raw[:start] + data.draw(st.sampled_from(PIECES)) + raw[end:]
    intake, found = read_intake(files, method(), schemas())
    assert intake is not None or any(each.severity == ERROR for each in found)


@settings(max_examples=60)
@given(st.dictionaries(st.text(max_size=12), st.binary(max_size=60), max_size=5))
def test_no_file_name_raises(extra: dict[str, bytes]) -> None:
    files = {path: text.encode() for path, text in CLEAN.items()}
    folders = ("submissions/", "records/", "", "appeals/")
    endings = (".yaml", ".csv", ".xlsx", "")
    for number, (name, raw) in enumerate(extra.items()):
        files[folders[number % 4] + name + endings[number % 4]] = raw
    read_intake(files, method(), schemas())
