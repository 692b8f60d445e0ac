"""The tables of a run: results, indicators in the columns of budget platforms, entries, data, and the dictionary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from scoring.exchange.model import NUMBER, TEXT, WHOLE, Field, Frame
from scoring.points import fixed, unplain
from scoring.views.phrase import plain_text
from scoring.views.view import notices

Json = Mapping[str, Any]
Row = tuple[str, ...]

DECIMALS = 6
"""Platforms keep points as NUMBER(16,6)."""
OWN_DEPARTMENT = "2"
"""考核对象类型: 1 下级财政, 2 本级部门, 3 本级财政."""

RESULTS = (
    Field("fiscal_year", "考核年度"),
    Field("group_name", "分组"),
    Field("dept_code", "部门编码"),
    Field("dept_name", "部门名称"),
    Field("mof_dep_name", "主管处室"),
    Field("visibility", "是否列名", TEXT, "列名或者不列名"),
    Field("assessed", "是否参加考核", TEXT, "是或者否"),
    Field("total", "总分", NUMBER, "取位以后的总分；暂缓评定的没有"),
    Field("exact_total", "未取位总分", TEXT, "不能写尽的写成分数，如 541/6"),
    Field("grade", "等次"),
    Field("rank", "名次", NUMBER, "不参加排名的没有；平均名次可以有小数"),
    Field("unranked_reason", "不参加排名的原因"),
    Field("previous_total", "上年总分", NUMBER),
    Field("previous_rank", "上年名次", NUMBER),
    Field("previous_grade", "上年等次"),
    Field("is_last_inst", "是否终审", WHOLE, "1 已审定，0 未审定"),
)
INDICATORS = (
    Field("fiscal_year", "考核年度"),
    Field("examinee_type_code", "考核对象类型", TEXT, "2 本级部门"),
    Field("dept_code", "部门编码"),
    Field("dept_name", "部门名称"),
    Field("mof_dep_name", "主管处室"),
    Field("parent_id", "上级指标编码"),
    Field("level_no", "级次", WHOLE),
    Field("is_leaf", "是否末级", WHOLE, "1 是，0 否"),
    Field("ind_code", "指标编码"),
    Field("ind_name", "指标名称"),
    Field("ind_desc", "数据来源"),
    Field("kpi_evalstd", "评（扣）分标准"),
    Field("ind_weight", "分值", NUMBER, "不设满分的没有"),
    Field("ind_score", "自评得分", NUMBER, "没有填写的没有"),
    Field("eval_score", "评定得分", NUMBER),
    Field("state", "状态", TEXT, "已评定、不适用、没有数据、无法评定、人工调整"),
    Field("exist_problems", "存在问题", TEXT, "失分的原因"),
    Field("remark", "依据"),
    Field("is_last_inst", "是否终审", WHOLE, "1 已审定，0 未审定"),
    Field("is_deleted", "是否删除", WHOLE, "一律为0"),
)
ENTRIES = (
    Field("dept_code", "部门编码"),
    Field("entry_id", "明细编号"),
    Field("seq", "顺序", WHOLE, "在该部门明细中的先后"),
    Field("ind_code", "指标编码"),
    Field("kind", "种类", TEXT, "award 评定，gate 特殊情形，exemption 免予考核，override 人工调整，cap 封顶等"),
    Field("stage", "阶段"),
    Field("points", "分数", NUMBER, "一个部门的各笔相加即为总分"),
    Field("exact_points", "未取位的分数", TEXT, "不能写尽的写成分数"),
    Field("state", "状态"),
    Field("rule", "规则位置"),
    Field("reads", "所依据的明细", TEXT, "明细编号，用空格隔开"),
    Field("facts", "所用数据项", TEXT, "用顿号隔开"),
)
DATA = (
    Field("dept_code", "部门编码"),
    Field("list_name", "清单", TEXT, "不是清单的没有"),
    Field("record_key", "记录", TEXT, "不是清单的没有"),
    Field("fact", "数据项"),
    Field("unit", "单位"),
    Field("layer", "来源", TEXT, "自报、财政掌握、抽查、复核、复核申请；由程序计算的为“计算”"),
    Field("value", "数据", TEXT, "数写成小数或者分数，比率写成小数"),
    Field("counts", "是否采用", WHOLE, "1 采用，0 被更高来源替代"),
    Field("said_by", "登记人"),
    Field("said_on", "登记日期"),
    Field("why", "事由"),
    Field("evidence", "佐证", TEXT, "佐证编号，用顿号隔开"),
)
RUN = (
    Field("fiscal_year", "考核年度"),
    Field("district", "地区"),
    Field("method", "考核办法"),
    Field("method_number", "文号"),
    Field("status", "状态", TEXT, "初步结果或者正式结果"),
    Field("notice", "说明", TEXT, "办法、数据为样本的，写明；不是样本的没有"),
)
DICTIONARY = (
    Field("frame", "表"),
    Field("frame_title", "表名"),
    Field("field_code", "栏目代码"),
    Field("field_title", "栏目名称"),
    Field("field_type", "类型"),
    Field("field_note", "说明"),
)
UNRANKED = {"unnamed": "不列名", "held": "暂缓评定", "left_out": "不参加排名", "not_assessed": "不参加考核"}
LAYERS = {"申诉改判": "复核申请"}
"""How a layer is called where its word in the data is not the official one."""
STATES = {
    "scored": "已评定",
    "not_applicable": "不适用",
    "missing": "没有数据",
    "not_evaluable": "无法评定",
    "overridden": "人工调整",
}


def frames(assessment: Json, approved: bool, lost: Mapping[tuple[str, str], str]) -> list[Frame]:
    """All tables, the dictionary last; `lost` says by department and code why points were lost."""
    final = "1" if approved else "0"
    found = [
        Frame("result", "考核结果", RESULTS, _plain(_results(assessment, final))),
        Frame("indicator", "指标得分", INDICATORS, _plain(_indicators(assessment, final, lost))),
        Frame("entry", "计分明细", ENTRIES, _plain(_entries(assessment))),
        Frame("datum", "数据及来源", DATA, _plain(_data(assessment))),
        Frame("run", "结果说明", RUN, _plain([_run(assessment, approved)])),
    ]
    told = ((each.name, each.title, one.code, one.title, one.type, one.note) for each in found for one in each.fields)
    return [*found, Frame("dictionary", "数据字典", DICTIONARY, tuple(told))]


def _plain(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Cells of one line each, without what cannot be seen: it would break a table and move a reader's cursor."""
    return tuple(tuple(map(plain_text, row)) for row in rows)


def _run(assessment: Json, approved: bool) -> Row:
    """Of which method and standing all of it is: figures that leave the bureau must say so wherever they go."""
    method = assessment["method"]
    status = "正式结果" if approved else "初步结果"
    head = (str(method["year"]), assessment["district"]["name"], method["title"], method["number"] or "")
    return (*head, status, "".join(notices(assessment)))


def _results(assessment: Json, final: str) -> Iterator[Row]:
    cards = {each["department"]: each for each in assessment["scorecards"]}
    standings = {row["department"]: row for each in assessment["groups"] for row in each["standings"]}
    unranked = {row["department"]: row for each in assessment["groups"] for row in each["unranked"]}
    names = {each["code"]: each["name"] for each in assessment["groups"]}
    for each in assessment["departments"]:
        card, place = cards.get(each["code"], {}), standings.get(each["code"], {})
        before, left = place.get("previous") or {}, unranked.get(each["code"], {})
        yield (
            str(assessment["method"]["year"]),
            names.get(each["group"], each["group"]),
            each["code"],
            each["name"],
            each["desk"] or "",
            "列名" if each["visibility"] == "named" else "不列名",
            "是" if each["assessed"] else "否",
            card.get("total") or "",
            card.get("exact") or "",
            card.get("grade") or "",
            str(place.get("rank", "") if assessment["method"]["ranking"] else ""),
            left.get("text") or UNRANKED.get(left.get("reason", ""), ""),
            before.get("total") or "",
            str(before.get("rank", "")),
            before.get("grade") or "",
            final,
        )


def _indicators(assessment: Json, final: str, lost: Mapping[tuple[str, str], str]) -> Iterator[Row]:
    departments = {each["code"]: each for each in assessment["departments"]}
    for card in assessment["scorecards"]:
        department = departments[card["department"]]
        for node in assessment["method"]["tree"]:
            told = card["nodes"].get(node["code"])
            if told is None:
                continue
            provision, self_score = node["provision"] or {}, card["self_scores"].get(node["code"])
            yield (
                str(assessment["method"]["year"]),
                OWN_DEPARTMENT,
                department["code"],
                department["name"],
                department["desk"] or "",
                node["parent"] or "",
                str(node["level"]),
                "1" if node["leaf"] else "0",
                node["code"],
                node["name"],
                node["data_source"],
                node["standard"],
                _six(node["marks"]),
                _six(self_score),
                _six(told["points"]),
                STATES.get(told["state"], told["state"]),
                lost.get((card["department"], node["code"]), ""),
                provision.get("article", ""),
                final,
                "0",
            )


def _six(points: str | None) -> str:
    return "" if points is None else fixed(unplain(points), DECIMALS)


def _entries(assessment: Json) -> Iterator[Row]:
    for card in assessment["scorecards"]:
        for number, each in enumerate(card["entries"], 1):
            basis = each["basis"]
            yield (
                card["department"],
                each["id"],
                str(number),
                each["criterion"],
                each["kind"],
                each["stage"],
                each["points"],
                each["exact"] or "",
                STATES.get(each["state"], each["state"]),
                str(basis.get("rule", "")),
                " ".join(each["reads"]),
                "、".join(basis.get("data", ())),
            )


def _data(assessment: Json) -> Iterator[Row]:
    facts = assessment["facts"]
    for card in assessment["scorecards"]:
        for name, datum in card["facts"].items():
            yield from _datum((card["department"], "", "", name, facts[name]["unit"]), datum)
        for name, records in card["lists"].items():
            fields = facts[name].get("fields", {})
            for record in records or ():
                if isinstance(record, Mapping):
                    for field in fields:
                        if field in record and field != facts[name]["key"]:
                            head = (card["department"], name, record["key"], field, fields[field]["unit"])
                            yield from _datum(head, record[field])


def _datum(head: Row, datum: Json) -> Iterator[Row]:
    layers = datum.get("layers", ())
    if not layers:
        yield (*head, "计算" if "working" in datum else "", datum["value"], "1", "", "", "", "")
    for place, each in enumerate(layers, 1):
        counts = "1" if place == len(layers) else "0"
        said = (each.get("by", ""), each.get("on", ""), each.get("why", ""), "、".join(each.get("evidence", ())))
        yield (*head, LAYERS.get(each["layer"], each["layer"]), each["value"], counts, *said)
