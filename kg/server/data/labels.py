"""Labels of kinds of things and states of tasks on pages, in Chinese and English."""

from __future__ import annotations

from typing import NamedTuple

from kg.kinds import KINDS as NAMED
from kg.kinds import THINGS, plural
from kg.labels import JUDGEMENTS as JUDGED
from kg.labels import STATES
from kg.views.kinds import KINDS as SHOWN


class Word(NamedTuple):
    """The label of a kind of thing or of a state.

    Attributes:
        zh: Its Chinese name.
        en: Its English name.
        plural: Its English name in the plural.
        color: The colour of its mark, or empty.
        path: The shape of its mark as SVG has it, with radius 1, or empty.
    """

    zh: str
    en: str
    plural: str
    color: str = ""
    path: str = ""


_OTHERS = (
    ("report", "报告", "report", "reports"),
    ("indicator", "指标", "indicator", "indicators"),
    ("target", "目标值", "target", "targets"),
    ("observation", "完成值", "observation", "observations"),
    ("assessment", "目标判断", "assessment", "assessments"),
    ("quantity", "数量", "quantity", "quantities"),
    ("date", "日期", "date", "dates"),
    ("tie", "联系", "tie", "ties"),
    *((kind.key, kind.zh, kind.en, plural(kind.en)) for kind in NAMED if kind not in THINGS),
    ("jurisdiction", "行政区", "district", "districts"),
    ("authority", "政府", "government", "governments"),
    ("group", "单位统称", "group of bodies", "groups of bodies"),
    ("step", "下一步", "next step", "next steps"),
    ("state", "任务状态", "state of a task", "states of tasks"),
    ("part", "分项", "part", "parts"),
    ("person", "人员", "person", "people"),
    ("evidence", "依据", "evidence", "evidence"),
    ("cell", "单元格", "cell", "cells"),
    ("responsibility", "职责", "responsibility", "responsibilities"),
    ("curation", "人工决定", "decision", "decisions"),
)

# By the first part of the path of a thing's IRI.
KINDS: dict[str, Word] = {
    kind.name: Word(kind.zh, kind.en, plural(kind.en), kind.color, kind.path) for kind in SHOWN
} | {name: Word(zh, en, many) for name, zh, en, many in _OTHERS}

# By the last part of a state's IRI; style.css has their colours.
STATUSES: dict[str, Word] = {name: Word(*label, label.en) for name, label in STATES.items()}

# By the last part of a judgement's IRI; style.css has their colours.
JUDGEMENTS: dict[str, Word] = {name: Word(*label, label.en) for name, label in JUDGED.items()}

# By the names of a row's cells.
CELLS: dict[str, Word] = {
    name: Word(zh, en, en)
    for name, zh, en in (
        ("category", "类目", "category"),
        ("task", "工作任务", "task"),
        ("progress", "进展情况", "progress"),
        ("departments", "责任部门", "departments"),
    )
}
