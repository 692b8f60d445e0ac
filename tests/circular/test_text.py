"""The text of the example's circular: structure, marks, words that are not used, the golden."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scoring.app.publish import Published
from tests.circular.paper import Paper

pytestmark = pytest.mark.once

Publish = Callable[..., Published]

UNUSED = re.findall(
    r"\S+",
    """
    一票否决 表彰 先进单位 授予称号 倒数 垫底 最差 罚分 系统自动扣分 申诉 上诉 财政打分 最终分 数据缺失 空值 N/A 默认值
    报错 异常 bug 崩溃 大于等于 小于 贵单位 您 ！ 贯彻落实情况
    """,
)


def test_golden(papers: dict[str, str], golden: Callable[[str, str], None]) -> None:
    for name in ("2023年度考核通报（送审稿）.md", "2023年度考核送审说明.md"):
        golden(name, papers[name])


def test_structure(paper: Paper) -> None:
    assert [each for each in paper.headings if re.match("[一二三四五六]、", each)] == [
        "一、考核开展情况",
        "二、考核结果",
        "三、考核办法调整情况",
        "四、存在的主要问题",
        "五、工作要求",
    ]
    assert paper.headings[0] == "澄岚区财政局关于2023年度部门预算绩效管理工作考核情况的通报"
    assert "各区级预算部门，各街道办事处、镇人民政府：" in paper.paragraphs
    assert paper.headings[-5:] == [
        "区级部门",
        "街道和镇",
        "附件2　2023年度部门预算绩效管理工作考核指标得分情况表",
        "区级部门",
        "街道和镇",
    ]
    assert "附件：1.2023年度部门预算绩效管理工作考核结果一览表" in paper.paragraphs


def test_without_a_year_before_the_sections_close_ranks(papers: dict[str, str]) -> None:
    text = papers["2022年度考核通报（送审稿）.md"]
    assert "考核办法调整情况" not in text
    assert "## 三、存在的主要问题" in text
    assert "附加分" not in text


def test_a_draft_says_so_and_has_no_number_and_no_date(paper: Paper) -> None:
    assert paper.paragraphs[0] == "送审稿"
    assert "澄财绩〔2024〕×号" in paper.paragraphs
    assert "2024年×月×日" in paper.paragraphs
    assert "2024年6月5日" not in paper.text


def test_after_the_approval_number_and_date_stand(run: Path, publish: Publish, approve: Callable[[Path], None]) -> None:
    approve(run)
    made = publish(run, "issued", letterhead="full")
    (path,) = made.files
    text = path.read_text("utf-8")
    assert path.name == "2023年度考核通报（印发稿）.md"
    assert "送审稿" not in text
    assert "澄财绩〔2024〕6号" in text
    assert "\n2024年6月5日\n" in text
    assert made.findings == []


def test_every_output_says_that_method_and_data_are_samples(papers: dict[str, str], data: dict[str, Any]) -> None:
    assert len(papers) == 6
    for text in papers.values():
        assert "本办法为重构的样本" in text
        assert data["district"]["note"] in text


def test_words_that_are_not_used(papers: dict[str, str]) -> None:
    for text in papers.values():
        assert [word for word in UNUSED if word in text] == []
        assert re.findall(r"(?<![\d.])0(?:个|项|处|部门)", text) == []
        assert re.findall(r"(?<!\d)(?:个部门|项|处)调整|，，|。。|；。|：。|、。|（）|None|\{\{", text) == []


def test_public_never_has_the_detail_annex(papers: dict[str, str]) -> None:
    text = papers["2023年度考核通报（公开稿·送审稿）.md"]
    assert "指标得分情况" not in text
    assert "附件：2023年度部门预算绩效管理工作考核结果一览表" in text
    assert "各部门得分、名次和等次见附件。" in text


def test_the_draft_for_the_leaders_is_what_will_be_issued(papers: dict[str, str]) -> None:
    assert papers["2023年度考核通报（送审稿）.md"] == papers["2023年度考核通报（印发稿·送审稿）.md"]


def test_the_text_is_not_too_long(paper: Paper) -> None:
    start, end = paper.lines.index("## 一、考核开展情况"), paper.lines.index("澄岚区财政局")
    assert len("".join(paper.lines[start:end])) < 4000
