"""Tables of indicators, with target and current figures."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

from kg.tagger.roles import Role
from training.documents.rows import Contents, Row
from training.markup import MarkedTask, MarkedUnit

_VALUE = re.compile(r"[\d.,]+[^\d，。；、（）]{0,6}$")
_BOUNDS = ("", "", "", "不低于", "控制在", "增长", "达到", "提高到")
_WORDS = ("与经济增长同步", "完成市下达目标", "与市保持同步", "位居全市前列", "完成省定任务")
_ANSWERS = ("正常推进中", "年度指标", "已完成", "数据尚未公布", "按年度统计", "—")


def make_indicator_rows(
    tasks: Sequence[MarkedTask], contents: Contents, chance: random.Random
) -> list[Row]:
    """Return a row for each numeric target of marked tasks; the list may be empty."""
    rows: list[Row] = []
    for task in tasks:
        for indicator, value, answer in _figures(task, chance):
            number = len(rows) + 1
            rows.append(
                Row(
                    number,
                    task.category.split(" / ")[0],
                    indicator,
                    value,
                    progress=answer if contents.progress else "",
                    units=_units(task.units) if contents.units else (),
                )
            )
    return rows


def _figures(task: MarkedTask, chance: random.Random) -> Iterator[tuple[str, str, str]]:
    """Yield the indicator, the promised and the reported figure of each target of a task."""
    for target in task.targets:
        value = _VALUE.search(target.promise)
        if value is None:
            continue
        promised = chance.choice(_BOUNDS) + value.group()
        promised += chance.choice(("", "", "左右", "以上", "以内"))
        if chance.random() < 0.1:
            promised = chance.choice(_WORDS)
        answer = _VALUE.search(target.report or "")
        reported = answer.group() if answer else chance.choice(_ANSWERS)
        if chance.random() < 0.1:
            reported = chance.choice(_ANSWERS)
        yield target.indicator, promised, reported


def _units(units: Sequence[MarkedUnit]) -> tuple[tuple[str, Role], ...]:
    return tuple((unit.name, "unit") for unit in units)
