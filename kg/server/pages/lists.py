"""Definitions of the lists at `/browse`: their classes of things and their columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.kinds import KINDS, Kind

# What a cell shows of the nodes at the end of a path: their text, a number, the things that they
# are (by name, with a link), the last part of a concept's IRI, the class, or their count.
Show = Literal["text", "number", "thing", "code", "class", "count"]


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a list.

    Attributes:
        name: Its name in addresses and in CSV.
        zh: Its label in Chinese.
        en: Its label in English.
        path: The SPARQL path from the thing to its values; empty for the thing itself.
        show: What the cells show of the values.
        label: The property that names the things at the end of the path.
        filterable: Whether the list can be filtered by its values.
        visible: Whether pages show it by default; files always have it.
        unit: Name of the column with its unit, which pages show after the value.
    """

    name: str
    zh: str
    en: str
    path: str
    show: Show = "text"
    label: str = "rdfs:label"
    filterable: bool = False
    visible: bool = True
    unit: str = ""


@dataclass(frozen=True, slots=True)
class ThingList:
    """A list.

    Attributes:
        name: Its name in addresses.
        zh: Its title in Chinese.
        en: Its title in English.
        classes: The classes of its things.
        fields: Its columns; the first one links to the thing.
        order: The columns by which it is sorted by default; with `-` in front, descending.
        where: Further conditions on `?thing` in SPARQL.
    """

    name: str
    zh: str
    en: str
    classes: tuple[str, ...]
    fields: tuple[Field, ...]
    order: tuple[str, ...]
    where: str = ""


_REPORTED = "tkg:reportedIn"
_NAME = Field("name", "名称", "Name", "", "thing")
_OTHER = Field("other_names", "其他写法", "Other names", "skos:altLabel", visible=False)
_CODE = Field("code", "代码", "Code", "dcterms:identifier")
# Titles of lists that are not the labels of the class.
_TITLES = {
    "organization": ("机构", "Organisations"),
    "body": ("其他公共机构", "Other public bodies"),
}


def _district_filter(before: str) -> Field:
    path = f"{before}{_REPORTED}/tkg:jurisdiction"
    return Field("district", "区", "District", path, "thing", filterable=True)


def _year_filter(before: str) -> Field:
    return Field("year", "年度", "Year", f"{before}{_REPORTED}/tkg:year", filterable=True)


def _department_field(path: str) -> Field:
    return Field("department", "责任部门", "Departments", path, "thing", filterable=True)


def _judgement_field(path: str) -> Field:
    return Field("judgement", "判断", "Judgement", path, "code", filterable=True)


def _list_of_named(kind: Kind) -> ThingList:
    """Return a list of things that tasks mention."""
    zh, en = _TITLES.get(kind.key, kind.title)
    where = "FILTER NOT EXISTS { ?thing a tkg:Department }" if kind.key == "body" else ""
    fields = (
        _NAME,
        *((_CODE,) if kind.is_unit else ()),
        Field("tasks", "任务数", "Tasks", "^tkg:mentions", "count"),
        Field("weight", "联系权重", "Weight of its tie", "^tkg:through/tkg:weight", "number"),
        _department_field("^tkg:mentions/tkg:responsible"),
        _district_filter("^tkg:mentions/"),
        _OTHER,
    )
    return ThingList(kind.records, zh, en, (kind.term,), fields, ("-tasks", "name"), where)


LISTS: dict[str, ThingList] = {
    found.name: found
    for found in (
        ThingList(
            "tasks",
            "任务",
            "Tasks",
            ("tkg:Task",),
            (
                Field("number", "序号", "No.", "tkg:number", "number"),
                Field("promise", "任务要求", "Promise", "tkg:promise"),
                Field("status", "状态", "State", "tkg:status", "code", filterable=True),
                _department_field("tkg:responsible"),
                Field("category", "类目", "Category", "tkg:category", "thing", filterable=True),
                _district_filter(""),
                _year_filter(""),
                Field(
                    "report", "报告", "Report", f"{_REPORTED}/dcterms:identifier", filterable=True
                ),
                Field("progress", "进展情况", "Progress", "tkg:progress", visible=False),
                Field(
                    "thing", "提到的事物", "Things named", "tkg:mentions", "thing", visible=False
                ),
            ),
            ("-year", "district", "number"),
        ),
        ThingList(
            "departments",
            "责任部门",
            "Departments",
            ("tkg:Department",),
            (
                _NAME,
                Field("tasks", "任务数", "Tasks", "^tkg:responsible", "count"),
                Field("ties", "联系数", "Ties", "^tkg:connects", "count"),
                Field("mentions", "正文提到的任务数", "Named in tasks", "^tkg:mentions", "count"),
                Field("district", "区", "District", "^org:hasUnit", "thing", filterable=True),
                _OTHER,
            ),
            ("-tasks", "name"),
        ),
        *map(_list_of_named, KINDS),
        ThingList(
            "indicators",
            "指标",
            "Indicators",
            ("tkg:Indicator",),
            (
                _NAME,
                Field("targets", "目标数", "Targets", "^tkg:indicator", "count"),
                _judgement_field("^tkg:indicator/tkg:judgement"),
                _department_field("^tkg:indicator/^tkg:target/tkg:responsible"),
                _district_filter("^tkg:indicator/^tkg:target/"),
            ),
            ("name",),
        ),
        ThingList(
            "targets",
            "目标值",
            "Targets",
            ("tkg:Target",),
            (
                Field("indicator", "指标", "Indicator", "tkg:indicator", "thing"),
                Field("value", "目标值", "Promised", "tkg:value", "number", unit="unit"),
                Field("unit", "单位", "Unit", "tkg:unit", visible=False),
                Field(
                    "observed",
                    "完成值",
                    "Reported",
                    "tkg:observation/tkg:value",
                    "number",
                    unit="observed_unit",
                ),
                Field(
                    "observed_unit",
                    "完成值单位",
                    "Unit of it",
                    "tkg:observation/tkg:unit",
                    visible=False,
                ),
                _judgement_field("tkg:judgement"),
                Field("task", "任务", "Task", "^tkg:target", "thing", "tkg:number"),
                _department_field("^tkg:target/tkg:responsible"),
                _district_filter("^tkg:target/"),
                _year_filter("^tkg:target/"),
                Field("reason", "判断依据", "Why", "tkg:judgementReason", visible=False),
            ),
            ("judgement", "indicator"),
            "?task tkg:target ?thing .",
        ),
        ThingList(
            "obstacles",
            "制约因素",
            "Obstacles",
            ("tkg:Obstacle",),
            (
                Field("what", "内容", "What", "", "thing"),
                Field("kind", "类型", "Kind", "tkg:obstacleKind", "code", filterable=True),
                Field("task", "任务", "Task", "^tkg:obstacle", "thing", "tkg:number"),
                _department_field("^tkg:obstacle/tkg:responsible"),
                Field("awaits", "等待", "Waits for", "^tkg:through/tkg:awaits", "thing"),
                _district_filter("^tkg:obstacle/"),
                _year_filter("^tkg:obstacle/"),
            ),
            ("task", "what"),
            "?task tkg:obstacle ?thing .",
        ),
        ThingList(
            "categories",
            "工作类目",
            "Categories",
            ("tkg:Category",),
            (
                _NAME,
                Field("above", "上级类目", "Under", "skos:broader", "thing"),
                Field("tasks", "任务数", "Tasks", "^tkg:category", "count"),
                _district_filter("^tkg:category/"),
            ),
            ("-tasks", "name"),
        ),
        ThingList(
            "ties",
            "部门联系",
            "Ties of departments",
            ("tkg:JointTie", "tkg:SharedTie", "tkg:WaitingTie"),
            (
                Field("through", "通过", "Through", "tkg:through", "thing"),
                Field("kind", "方式", "Kind", "", "class", filterable=True),
                Field("weight", "权重", "Weight", "tkg:weight", "number"),
                Field(
                    "department", "部门", "Departments", "tkg:connects", "thing", filterable=True
                ),
                Field("awaits", "等待", "Waits for", "tkg:awaits", "thing"),
                Field("tasks", "任务数", "Tasks", "tkg:task", "count"),
                _district_filter("tkg:task/"),
            ),
            ("-weight", "through"),
        ),
        ThingList(
            "reports",
            "报告",
            "Reports",
            ("tkg:Report",),
            (
                Field("identifier", "编号", "Identifier", "dcterms:identifier"),
                Field("title", "标题", "Title", "dcterms:title"),
                Field("district", "区", "District", "tkg:jurisdiction", "thing", filterable=True),
                Field("year", "年度", "Year", "tkg:year", filterable=True),
                Field("as_of", "截至", "As of", "tkg:asOf"),
                Field("tasks", "任务数", "Tasks", f"^{_REPORTED}", "count"),
            ),
            ("-as_of", "identifier"),
        ),
    )
}
