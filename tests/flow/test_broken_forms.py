"""One broken form of many stops nothing, and nothing is dropped in silence."""

from __future__ import annotations

import pytest

from tests.flow import district

BROKEN = {
    "not YAML at all": b"\xff\xfe\x00broken",
    "an unclosed bracket": 'format: 1\nedition: "2023"\ndepartment: B05\nfacts: {第三方有选聘程序: 是\n'.encode(),
    "a tab": 'format: 1\nedition: "2023"\ndepartment: B05\nfacts:\n\t第三方有选聘程序: 是\n'.encode(),
    "empty": b"",
}


@pytest.mark.parametrize("kind", BROKEN)
def test_the_others_are_scored_and_the_run_is_not_complete(kind: str) -> None:
    made = district.bundle()
    before = district.data(made)
    found = district.assessed(district.edited(made, "submissions/B05.yaml", lambda raw: BROKEN[kind]))
    assert found.assessment is not None
    after = found.assessment.data()
    assert after["status"]["complete"] is False
    assert any(each.severity == "错误" for each in found.findings)
    cards = {card["department"]: card for card in after["scorecards"]}
    for card in before["scorecards"]:
        if card["department"] != "B05":
            assert cards[card["department"]]["entries"] == card["entries"]


def test_a_department_without_a_submission_is_named() -> None:
    made = district.edited(district.bundle(), "submissions/基础数据.csv", without_row)
    found = district.assessed(district.without(made, "submissions/B05.yaml"))
    assert found.assessment is not None
    assert any(each.department == "B05" and each.severity == "错误" for each in found.findings)
    assert found.assessment.complete is False


def without_row(raw: bytes) -> bytes:
    return b"\n".join(line for line in raw.splitlines() if not line.startswith(b"B05,"))


def test_two_submissions_for_one_department_are_both_named() -> None:
    made = district.bundle()
    forms = {**made.forms, "submissions/again.yaml": made.forms["submissions/B05.yaml"]}
    found = district.assessed(type(made)(made.edition, made.rules, forms, made.evidence, made.previous))
    twice = [each for each in found.findings if each.other is not None and each.severity == "错误"]
    assert any("again" in f"{each.location}{each.other}" for each in twice)
