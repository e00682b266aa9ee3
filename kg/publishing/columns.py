"""The tables of a bundle: their columns, and the paths of their values in the graph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.kinds import PLACES

# What a cell shows of the nodes at the end of a path: their values, the last parts of their IRIs
# (codes of concepts), their most specific classes, or their number.
Show = Literal["value", "code", "kind", "count"]
Datatype = Literal["anyURI", "string", "integer", "decimal"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        name: Its heading.
        zh: Its description in Chinese.
        en: Its description in English.
        path: The path from the thing of a row to the values: properties separated by `/`, with `^`
            before inverse ones, and a language tag after `@`; empty for the thing itself.
        datatype: The XSD type of the values.
        many: Whether a cell may have several values, separated by `SEPARATOR`.
        show: What is shown of each node.
        table: The table whose first column the values refer to.
    """

    name: str
    zh: str
    en: str
    path: str
    datatype: Datatype = "string"
    many: bool = False
    show: Show = "value"
    table: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a bundle: one row for each thing whose most specific class is one of `classes`.

    Attributes:
        name: Its name, and that of its file.
        zh: Its title in Chinese.
        en: Its title in English.
        classes: The classes of the things.
        columns: The columns; the first is the key.
        order: The columns by which rows are sorted.
        only: A path and a class: only things whose path leads to a thing of that class.
    """

    name: str
    zh: str
    en: str
    classes: tuple[str, ...]
    columns: tuple[Column, ...]
    order: tuple[str, ...] = ("name",)
    only: tuple[str, str] | None = None


SEPARATOR = "；"

_IRI = Column("iri", "标识", "IRI", "", "anyURI")
_NAME = Column("name", "名称", "Name", "skos:prefLabel")
_OTHER = Column("other_names", "其他写法", "Other names", "skos:altLabel", many=True)


def _task_count(name: str, zh: str, en: str, path: str) -> Column:
    return Column(name, zh, en, path, "integer", show="count")


def _department_column(name: str, zh: str, en: str, path: str) -> Column:
    return Column(name, zh, en, f"{path}/skos:prefLabel", many=True)


_TASKS = _task_count("tasks", "提到它的任务数", "Tasks that mention it", "^tkg:mentions")
_DEPARTMENTS = _department_column(
    "departments",
    "相关任务的责任部门",
    "Departments responsible for these tasks",
    "^tkg:mentions/tkg:responsible",
)
_KIND = Column("kind", "种类", "Kind", "", show="kind")
_CODE = Column("code", "行政区划代码", "Administrative code", "dcterms:identifier")
_NAMED = (_IRI, _NAME, _OTHER, _TASKS, _DEPARTMENTS)


def _task_columns(path: str) -> tuple[Column, Column]:
    """Return the columns for the task at the end of a path, and for its number."""
    return (
        Column("task", "任务标识", "Task", path, "anyURI", table="tasks"),
        Column("number", "任务序号", "Number of the task", f"{path}/tkg:number", "integer"),
    )


LINKS = Table(
    "links",
    "任务与事物的联系及其原文",
    "Links of tasks and things, with the words that show them",
    ("tkg:Evidence",),
    (
        _IRI,
        *_task_columns("tkg:task"),
        Column("thing", "事物标识", "Thing", "tkg:supports", "anyURI"),
        Column("name", "事物名称", "Name of the thing", "tkg:supports/skos:prefLabel"),
        Column("kind", "种类", "Kind", "tkg:supports", show="kind"),
        Column("cell", "所在栏", "Column of the report", "oa:hasSource/tkg:column"),
        Column("quote", "原文", "Words", "oa:hasSelector/oa:exact"),
        Column("sentence", "所在句", "Sentence", "tkg:sentence"),
        Column("line", "源文件行号", "Line of the source", "tkg:sourceLine", "integer"),
        Column("rule", "识别规则", "Rule that found it", "tkg:rule/rdfs:label"),
        Column("confidence", "置信度", "Confidence", "tkg:confidence", "decimal"),
    ),
    order=("task", "thing", "iri"),
    only=("tkg:supports", "tkg:NamedThing"),
)

TABLES = (
    Table(
        "tasks",
        "任务",
        "Tasks",
        ("tkg:Task",),
        (
            _IRI,
            Column("report", "报告", "Report", "tkg:reportedIn/dcterms:identifier", many=True),
            Column("number", "序号", "Number", "tkg:number", "integer"),
            Column(
                "category_above",
                "上级类目",
                "Category above",
                "tkg:category/skos:broader/skos:prefLabel",
            ),
            Column("category", "类目", "Category", "tkg:category/skos:prefLabel"),
            Column("promise", "任务要求", "Promise", "tkg:promise"),
            Column("progress", "进展情况", "Progress", "tkg:progress"),
            Column("status", "状态代码", "Status", "tkg:status", show="code"),
            Column("status_zh", "状态", "Status in Chinese", "tkg:status/skos:prefLabel@zh"),
            _department_column(
                "departments", "责任部门", "Responsible departments", "tkg:responsible"
            ),
            _department_column("lead", "牵头部门", "Lead department", "tkg:lead"),
            _department_column(
                "cooperating", "配合部门", "Cooperating departments", "tkg:cooperating"
            ),
            Column("obstacles", "制约因素", "Obstacles", "tkg:obstacle/rdfs:label", many=True),
        ),
        order=("report", "number"),
    ),
    Table(
        "departments",
        "责任部门",
        "Departments",
        ("tkg:Department",),
        (
            _IRI,
            _NAME,
            _OTHER,
            Column("authority", "所属区", "District", "^org:hasUnit/rdfs:label"),
            _task_count(
                "tasks", "负责的任务数", "Tasks that it is responsible for", "^tkg:responsible"
            ),
            _task_count(
                "mentions", "正文提到它的任务数", "Tasks whose text mentions it", "^tkg:mentions"
            ),
        ),
    ),
    Table("projects", "项目", "Projects", ("tkg:Project",), _NAMED),
    Table(
        "places",
        "地点",
        "Places",
        tuple(kind.term for kind in PLACES),
        (*_NAMED, _KIND, _CODE),
        order=("kind", "name"),
    ),
    Table(
        "organizations",
        "单位",
        "Organisations, and public bodies without tasks",
        ("tkg:Organization", "tkg:PublicBody"),
        (*_NAMED, _KIND),
    ),
    Table("policies", "政策文件", "Policies", ("tkg:Policy",), _NAMED),
    Table("events", "活动", "Events", ("tkg:Event",), _NAMED),
    Table(
        "targets",
        "目标值",
        "Targets",
        ("tkg:Target",),
        (
            _IRI,
            *_task_columns("^tkg:target"),
            Column("indicator", "指标", "Indicator", "tkg:indicator/rdfs:label"),
            Column("comparator", "比较关系", "Comparator", "tkg:comparator", show="code"),
            Column("value", "目标值", "Value", "tkg:value", "decimal"),
            Column("unit", "单位", "Unit", "tkg:unit"),
            Column(
                "standard_value",
                "标准单位数值",
                "In standard units",
                "tkg:standardValue",
                "decimal",
            ),
            Column("ucum", "标准单位（UCUM）", "Standard unit (UCUM)", "tkg:ucum"),
            Column("judgement", "判断代码", "Judgement", "tkg:judgement", show="code"),
            Column(
                "judgement_zh", "判断", "Judgement in Chinese", "tkg:judgement/skos:prefLabel@zh"
            ),
            Column("reason", "判断依据", "Reason of the judgement", "tkg:judgementReason"),
            Column("observed", "完成值", "Observed", "tkg:observation/tkg:value", "decimal"),
            Column("observed_unit", "完成值单位", "Unit of it", "tkg:observation/tkg:unit"),
            Column("as_of", "截至", "As of", "tkg:observation/tkg:asOf"),
            Column(
                "quote", "目标原文", "Words of the target", "^tkg:supports/oa:hasSelector/oa:exact"
            ),
            Column(
                "observed_quote",
                "完成值原文",
                "Words of the observation",
                "tkg:observation/^tkg:supports/oa:hasSelector/oa:exact",
            ),
        ),
        order=("task", "indicator"),
    ),
    LINKS,
)
