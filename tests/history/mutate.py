"""A later report of the same plan, made of an earlier one, and which of its rows are which task."""

from __future__ import annotations

import random
import re
from dataclasses import replace

from kg.model import Cell, Report, Task

# Words that offices replace by each other from one report to the next.
_SYNONYMS = (
    ("推进", "推动"),
    ("加快", "加速"),
    ("完成", "实现"),
    ("建设", "打造"),
    ("加强", "强化"),
    ("提升", "提高"),
    ("开展", "组织开展"),
    ("全面", "全方位"),
    ("落实", "贯彻落实"),
    ("积极", "大力"),
    ("确保", "保证"),
    ("深入", "深度"),
    ("新建", "建成"),
    ("支持", "扶持"),
    ("优化", "改善"),
)
_SENTENCE = re.compile(r"[^。；，]+[。；，]?")


def mutate_report(report: Report, seed: int) -> tuple[Report, dict[int, int]]:
    """Return a later report, and for each of its rows the row of the earlier one.

    A tenth of the rows is dropped, rows change places and are numbered anew, half are reworded by
    synonyms, some lose or turn round a clause, some lose a department or name another one.
    """
    rng = random.Random(seed)
    kept = [task for task in report.tasks if rng.random() > 0.1]
    # Rows under one heading stay together, but change their order.
    kept.sort(key=lambda task: task.number + rng.uniform(-4, 4))
    names = [task.departments for task in report.tasks]
    tasks, truth = [], {}
    for number, task in enumerate(kept, 1):
        departments = task.departments
        if rng.random() < 0.1:
            departments = rng.choice(names)
        elif rng.random() < 0.3:
            departments = departments[:1]
        words = _reword(task.task.text, rng) if rng.random() < 0.5 else task.task.text
        tasks.append(replace(task, number=number, task=Cell(words), departments=departments))
        truth[number] = task.number
    return replace(report, identifier=f"{report.plan}-12", tasks=tuple(tasks)), truth


def _reword(text: str, rng: random.Random) -> str:
    for one, other in _SYNONYMS:
        if rng.random() < 0.7:
            text = text.replace(one, other)
    clauses = _SENTENCE.findall(text)
    if len(clauses) > 2 and rng.random() < 0.4:
        del clauses[rng.randrange(len(clauses))]
    if len(clauses) > 1 and rng.random() < 0.3:
        rng.shuffle(clauses)
    return "".join(clauses)


def scores(found: dict[int, int], truth: dict[int, int]) -> tuple[float, float]:
    """Return precision and recall of matches, given as later rows by earlier ones."""
    right = sum(truth.get(row) == number for row, number in found.items())
    return right / len(found) if found else 1.0, right / len(truth) if truth else 1.0


def rows(*tasks: tuple[int, str, str]) -> tuple[Task, ...]:
    """Return tasks, each with a number, a wording and a department."""
    from kg.model import Department, Evidence

    return tuple(
        Task(
            document="r",
            number=number,
            category=("", None),
            task=Cell(words),
            progress=Cell(""),
            department_cell=Cell(name),
            departments=(
                Department(
                    name, Evidence("r", number, "departments", 0, len(name), name, "column")
                ),
            )
            if name
            else (),
        )
        for number, words, name in tasks
    )
