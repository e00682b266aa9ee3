"""The labels of states, judgements, ties, changes and kinds, in Chinese and English.

Those of states and judgements are the preferred labels in `ontology/concepts.ttl`; a test checks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from kg.kinds import LEGEND


class Label(NamedTuple):
    """A name in Chinese and in English."""

    zh: str
    en: str


# From completed to cancelled.
STATES: Mapping[str, Label] = {
    "completed": Label("已完成", "completed"),
    "partly_completed": Label("部分完成", "partly completed"),
    "in_progress": Label("进行中", "in progress"),
    "ongoing": Label("长期推进", "ongoing"),
    "not_started": Label("未开始", "not started"),
    "delayed": Label("推迟", "delayed"),
    "cancelled": Label("已取消", "cancelled"),
}
# From good to bad.
JUDGEMENTS: Mapping[str, Label] = {
    "met": Label("已达到", "met"),
    "on_track": Label("按进度", "on track"),
    "behind": Label("落后", "behind"),
    "not_met": Label("未达到", "not met"),
    "unknown": Label("无法判定", "unknown"),
}
TIES: Mapping[str, Label] = {
    "joint": Label("共同负责", "joint task"),
    "shared": Label("共同涉及", "shared thing"),
    "waiting": Label("等待", "waiting for"),
}
# Changes between two reports, in the order of `kg.history.comparison.KINDS`.
CHANGES: Mapping[str, Label] = {
    "new": Label("新增任务", "New tasks"),
    "vanished": Label("不再列出的任务", "Tasks that vanished"),
    "split": Label("拆分出的任务", "Tasks split from another"),
    "merged": Label("并入其他任务的任务", "Tasks merged into another"),
    "doubtful": Label("有待核实的对应", "Matches to be checked"),
    "status": Label("状态变化", "States that changed"),
    "away": Label("离目标更远", "Targets that moved away"),
    "nearer": Label("离目标更近", "Targets that came nearer"),
    "figure": Label("其他数字变化", "Other figures that changed"),
    "judgement": Label("判定变化", "Judgements that changed"),
    "goal": Label("目标值变化", "Goals that changed"),
    "promise": Label("任务要求文字变化", "Wording of promises that changed"),
    "joined": Label("新列出的部门", "Departments that came in"),
    "left": Label("不再列出的部门", "Departments that are named no more"),
}
KINDS: Mapping[str, Label] = {
    "department": Label("部门", "department"),
    "task": Label("任务", "task"),
    **{kind.key: Label(kind.zh, kind.en) for kind in LEGEND},
    "category": Label("类别", "category"),
    "obstacle": Label("制约因素", "obstacle"),
}
# States of tasks and judgements of targets that need action.
LATE_STATES = ("delayed", "cancelled")
MISSED = ("not_met", "behind")
