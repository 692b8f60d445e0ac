"""What is issued or public holds no trace of unnamed departments, nor of who reviewed."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from scoring.app.assess import Bundle
from scoring.app.publish import CircularOrder, circular
from scoring.resources import shipped_places
from scoring.views import AUDIENCES, Office, Passages, sighted, view
from tests.circular.few import few, written
from tests.flow import district
from tests.flow.test_unnamed import without_departments

pytestmark = pytest.mark.once

FOLDERS = shipped_places()


@dataclass
class Stand:
    """A run as far as a view reads it."""

    assessment: dict[str, Any]
    approval: None = None


def planted(made: Bundle, codes: list[str]) -> Bundle:
    """The bundle with a word planted wherever an unnamed department, or a reviewer, could leave one."""

    def name(tree: Any) -> None:
        for rows in (value.value for key, value in tree.value if key.value == "departments"):
            for row in rows:
                about = {key.value: value for key, value in row.value}
                if about["code"].value in codes:
                    about["name"].value, about["short"].value = (
                        f"{word}{about['code'].value}" for word in ["秘甲", "秘乙"]
                    )

    def sign(tree: Any) -> None:
        for value in (value for key, value in tree.value if key.value == "by"):
            value.value = "复核人戊"

    forms = {**made.forms, "roster.yaml": district.rewrite(made.forms["roster.yaml"], name)}
    for code in codes:
        form = re.sub(r"(项目名称: )", r"\1秘丙", forms[f"submissions/{code}.yaml"].decode())
        forms[f"submissions/{code}.yaml"] = re.sub(r"(title: )", r"\1秘丁", form).encode()
    for path in [each for each in forms if each.startswith(("reviews/", "appeals/"))]:
        forms[path] = district.rewrite(forms[path], sign)
    return Bundle(made.edition, made.rules, forms, made.evidence, made.previous)


Pair = tuple[dict[str, Any], dict[str, Any], list[str]]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The runs `whole`, the example with planted words, and `less`, as if it had never had its unnamed departments."""
    folder = tmp_path_factory.mktemp("runs")
    made = few()
    codes = unnamed(made)
    written(planted(made, codes), folder / "whole")
    written(without_departments(planted(made, codes), codes), folder / "less")
    return folder


def unnamed(made: Bundle) -> list[str]:
    roster = yaml.safe_load(made.forms["roster.yaml"])
    return [each["code"] for each in roster["departments"] if each.get("visibility") == "unnamed"]


@pytest.fixture(scope="module")
def pair(runs: Path) -> Pair:
    """The results of both runs, and the codes of the unnamed departments."""
    whole, less = (json.loads((runs / name / "assessment.json").read_bytes()) for name in ("whole", "less"))
    return whole, less, [each["code"] for each in whole["departments"] if each["visibility"] == "unnamed"]


def test_the_plants_are_there(pair: Pair) -> None:
    whole = json.dumps(pair[0], ensure_ascii=False)
    for word in ("秘甲", "秘乙", "秘丙", "秘丁", "复核人戊"):
        assert word in whole


@pytest.mark.parametrize("audience", ["issued", "public"])
def test_views_are_the_same_as_if_they_had_never_been(pair: Pair, audience: str) -> None:
    whole, less, codes = pair
    assert sighted(whole, audience) == sighted(less, audience)
    assert view(Stand(whole), audience, Office()) == view(Stand(less), audience, Office())
    seen = json.dumps(sighted(whole, audience), ensure_ascii=False)
    assert not re.search("秘[甲乙丙丁]|复核人戊", seen)
    assert not [code for code in codes if f'"{code}"' in seen]


@pytest.mark.parametrize("audience", ["approval", "issued", "public"])
def test_nobody_but_the_leaders_reads_who_reviewed(pair: Pair, audience: str) -> None:
    seen = json.dumps(sighted(pair[0], audience), ensure_ascii=False)
    assert ("复核人戊" in seen) == (audience == "approval")


def test_a_department_sees_itself_and_after_the_approval_the_grades(
    pair: Pair,
) -> None:
    whole, less, _ = pair
    for approved in (False, True):
        seen = sighted(whole, "department", department="B20", approved=approved)
        assert seen == sighted(less, "department", department="B20", approved=approved)
        text = json.dumps(seen, ensure_ascii=False)
        assert not re.search("秘[甲乙丙丁]|复核人戊", text)
        assert [card["department"] for card in seen["scorecards"]] == ["B20"]
        told = [row for group in seen["groups"] for row in group["standings"]]
        assert all(set(row) == {"department", "grade"} for row in told)
        assert bool(told) == approved
        assert {each["code"] for each in seen["departments"]} >= {"B20"}
        assert ("B19" in {each["code"] for each in seen["departments"]}) == approved


def test_the_circular_is_no_edition_for_one_department(
    pair: Pair,
) -> None:
    assert set(AUDIENCES) == {"approval", "issued", "department", "public"}
    with pytest.raises(ValueError, match="own score"):
        view(Stand(pair[0]), "department", Office(), Passages())


@pytest.mark.parametrize("audience", ["issued", "public"])
def test_files_are_the_same_byte_for_byte(runs: Path, tmp_path: Path, audience: str) -> None:
    files = []
    for name in ("whole", "less"):
        out = tmp_path / name
        made = circular(
            CircularOrder(
                runs / name, audience, ("md", "html", "docx"), out=out / "out", passages=out.with_suffix(".yaml")
            ),
            FOLDERS,
        )
        assert not made.findings
        files.append({path.relative_to(out): path.read_bytes() for path in (out / "out").iterdir()})
        files[-1][Path("passages")] = out.with_suffix(".yaml").read_bytes()
        assert len(files[-1]) == 4
    assert files[0] == files[1]


def test_only_the_sentence_that_the_office_asked_for_tells_how_many(
    pair: Pair,
) -> None:
    whole, less, codes = pair
    asked = Office(unnamed_count=True)
    told, not_told = (view(Stand(each), "issued", asked).circular.figures for each in (whole, less))
    assert told.pop("不列名个数") == str(len(codes))
    assert not_told.pop("不列名个数") == ""
    assert told == not_told
