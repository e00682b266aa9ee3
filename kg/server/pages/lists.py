"""The lists that can be browsed: of which things, with which columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# What of the nodes at the end of a path a cell shows: their text, a number, the thing that they
# are (by its name, with a link), the last part of a concept's IRI, the class, or how many they are.
Show = Literal["text", "number", "thing", "code", "class", "count"]


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a list.

    Attributes:
        name: Its name in addresses and in CSV.
        zh: What it is called in Chinese.
        en: What it is called in English.
        path: The path from the thing to its values, as SPARQL has it; empty for the thing itself.
        show: What of them is shown.
        label: What the things at the end of the path are called by.
        choice: Whether the list can be narrowed to one of its values.
        shown: Whether pages show it unless the reader chooses; files always have it.
        unit: Name of the column with its unit, which pages show behind it.
    """

    name: str
    zh: str
    en: str
    path: str
    show: Show = "text"
    label: str = "rdfs:label"
    choice: bool = False
    shown: bool = True
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A list.

    Attributes:
        name: Its name in addresses.
        zh: Its title in Chinese.
        en: Its title in English.
        classes: Its things are of these classes.
        fields: Its columns; the first links to the thing.
        order: The columns by which it is sorted unless the reader chooses; `-` in front: falling.
        where: What else must hold of `?thing`, as SPARQL has it.
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
_OTHER = Field("other_names", "其他写法", "Other names", "skos:altLabel", shown=False)
_CODE = Field("code", "代码", "Code", "dcterms:identifier")


def _district_filter(before: str) -> Field:
    path = f"{before}{_REPORTED}/tkg:jurisdiction"
    return Field("district", "区", "District", path, "thing", choice=True)


def _year_filter(before: str) -> Field:
    return Field("year", "年度", "Year", f"{before}{_REPORTED}/tkg:year", choice=True)


def _department_field(path: str) -> Field:
    return Field("department", "责任部门", "Departments", path, "thing", choice=True)


def _judgement_field(path: str) -> Field:
    return Field("judgement", "判断", "Judgement", path, "code", choice=True)


def _list_of_named(
    name: str, zh: str, en: str, of_class: str, *more: Field, where: str = ""
) -> Listed:
    """Return the list of things that tasks name."""
    fields = (
        _NAME,
        *more,
        Field("tasks", "任务数", "Tasks", "^tkg:mentions", "count"),
        Field("weight", "联系权重", "Weight of its tie", "^tkg:through/tkg:weight", "number"),
        _department_field("^tkg:mentions/tkg:responsible"),
        _district_filter("^tkg:mentions/"),
        _OTHER,
    )
    return Listed(name, zh, en, (f"tkg:{of_class}",), fields, ("-tasks", "name"), where)


LISTS: dict[str, Listed] = {
    found.name: found
    for found in (
        Listed(
            "tasks",
            "任务",
            "Tasks",
            ("tkg:Task",),
            (
                Field("number", "序号", "No.", "tkg:number", "number"),
                Field("promise", "任务要求", "Promise", "tkg:promise"),
                Field("status", "状态", "State", "tkg:status", "code", choice=True),
                _department_field("tkg:responsible"),
                Field("category", "类目", "Category", "tkg:category", "thing", choice=True),
                _district_filter(""),
                _year_filter(""),
                Field("report", "报告", "Report", f"{_REPORTED}/dcterms:identifier", choice=True),
                Field("progress", "进展情况", "Progress", "tkg:progress", shown=False),
                Field("thing", "提到的事物", "Things named", "tkg:mentions", "thing", shown=False),
            ),
            ("-year", "district", "number"),
        ),
        Listed(
            "departments",
            "责任部门",
            "Departments",
            ("tkg:Department",),
            (
                _NAME,
                Field("tasks", "任务数", "Tasks", "^tkg:responsible", "count"),
                Field("ties", "联系数", "Ties", "^tkg:connects", "count"),
                Field("mentions", "正文提到的任务数", "Named in tasks", "^tkg:mentions", "count"),
                Field("district", "区", "District", "^org:hasUnit", "thing", choice=True),
                _OTHER,
            ),
            ("-tasks", "name"),
        ),
        _list_of_named("projects", "项目", "Projects", "Project"),
        _list_of_named("places", "地点", "Places", "Place"),
        _list_of_named("roads", "道路", "Roads", "Road"),
        _list_of_named("subdistricts", "街道", "Subdistricts", "Subdistrict", _CODE),
        _list_of_named("communities", "社区", "Communities", "Community", _CODE),
        _list_of_named("organizations", "机构", "Organisations", "Organization"),
        _list_of_named(
            "bodies",
            "其他公共机构",
            "Other public bodies",
            "PublicBody",
            where="FILTER NOT EXISTS { ?thing a tkg:Department }",
        ),
        _list_of_named("policies", "政策文件", "Policies", "Policy"),
        _list_of_named("events", "活动", "Events", "Event"),
        Listed(
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
        Listed(
            "targets",
            "目标值",
            "Targets",
            ("tkg:Target",),
            (
                Field("indicator", "指标", "Indicator", "tkg:indicator", "thing"),
                Field("value", "目标值", "Promised", "tkg:value", "number", unit="unit"),
                Field("unit", "单位", "Unit", "tkg:unit", shown=False),
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
                    shown=False,
                ),
                _judgement_field("tkg:judgement"),
                Field("task", "任务", "Task", "^tkg:target", "thing", "tkg:number"),
                _department_field("^tkg:target/tkg:responsible"),
                _district_filter("^tkg:target/"),
                _year_filter("^tkg:target/"),
                Field("reason", "判断依据", "Why", "tkg:judgementReason", shown=False),
            ),
            ("judgement", "indicator"),
            "?task tkg:target ?thing .",
        ),
        Listed(
            "obstacles",
            "制约因素",
            "Obstacles",
            ("tkg:Obstacle",),
            (
                Field("what", "内容", "What", "", "thing"),
                Field("kind", "类型", "Kind", "tkg:obstacleKind", "code", choice=True),
                Field("task", "任务", "Task", "^tkg:obstacle", "thing", "tkg:number"),
                _department_field("^tkg:obstacle/tkg:responsible"),
                Field("awaits", "等待", "Waits for", "^tkg:through/tkg:awaits", "thing"),
                _district_filter("^tkg:obstacle/"),
                _year_filter("^tkg:obstacle/"),
            ),
            ("task", "what"),
            "?task tkg:obstacle ?thing .",
        ),
        Listed(
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
        Listed(
            "ties",
            "部门联系",
            "Ties of departments",
            ("tkg:JointTie", "tkg:SharedTie", "tkg:WaitingTie"),
            (
                Field("through", "通过", "Through", "tkg:through", "thing"),
                Field("kind", "方式", "Kind", "", "class", choice=True),
                Field("weight", "权重", "Weight", "tkg:weight", "number"),
                Field("department", "部门", "Departments", "tkg:connects", "thing", choice=True),
                Field("awaits", "等待", "Waits for", "tkg:awaits", "thing"),
                Field("tasks", "任务数", "Tasks", "tkg:task", "count"),
                _district_filter("tkg:task/"),
            ),
            ("-weight", "through"),
        ),
        Listed(
            "reports",
            "报告",
            "Reports",
            ("tkg:Report",),
            (
                Field("identifier", "编号", "Identifier", "dcterms:identifier"),
                Field("title", "标题", "Title", "dcterms:title"),
                Field("district", "区", "District", "tkg:jurisdiction", "thing", choice=True),
                Field("year", "年度", "Year", "tkg:year", choice=True),
                Field("as_of", "截至", "As of", "tkg:asOf"),
                Field("tasks", "任务数", "Tasks", f"^{_REPORTED}", "count"),
            ),
            ("-as_of", "identifier"),
        ),
    )
}
