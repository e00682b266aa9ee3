"""Names of people in documents of all layouts: none is in the report."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.reading import read
from kg.reading.people import has_people_label, strip_post
from kg.reading.review import summary, to_json
from kg.resources import resource
from training.documents.render import RenderedDocument, render_document
from training.markup import MarkedTask, read_marked_tasks

_SEEDS = range(400)


@pytest.fixture(scope="module")
def tasks() -> list[MarkedTask]:
    return list(read_marked_tasks(resource("data", "training")))


def documents(tasks: list[MarkedTask]) -> list[tuple[int, RenderedDocument]]:
    """Return invented documents that name people, with their seeds."""
    found = []
    for seed in _SEEDS:
        chance = random.Random(seed)
        start = chance.randrange(len(tasks))
        government = tasks[start].government
        of_one = [task for task in tasks[start : start + 6] if task.government == government]
        document = render_document(of_one, chance)
        # Without a label or a heading, a name is not recognised as a person.
        if any(span.role == "leader" for span in document.spans) and has_people_label(
            document.text
        ):
            found.append((seed, document))
    return found


def test_no_name_of_a_person_is_kept_in_any_layout(tasks: list[MarkedTask], tmp_path: Path) -> None:
    leaks = []
    checked = 0
    for seed, document in documents(tasks):
        path = tmp_path / f"{seed}.txt"
        path.write_text(document.text, encoding="utf-8")
        names = {
            strip_post(document.text[span.start : span.end])
            for span in document.spans
            if span.role == "leader"
        }
        try:
            report = read(path)
        except InputError as error:
            shown = str(error)
        else:
            shown = summary(report) + to_json(report)
        checked += 1
        leaks += [(seed, name) for name in names if name in shown]
    assert checked > 40
    assert leaks == [], leaks


# Invented names, in the forms in which documents write who is answerable.
NAMES = ("张建国", "李红梅", "王志强", "陈晓燕", "欧阳明", "赵刚")
FORMS = {
    "unit and person in one column": "序号  工作任务  责任单位及责任人  挂钩领导\n"
    "1  新建幼儿园2所  县教育局 王志强  张建国\n2  改造老旧小区6个  县住建局 陈晓燕  李红梅\n",
    "in brackets behind a task": "1.新建幼儿园2所。"
    "（责任领导：县委常委、副县长 张建国；责任单位：县教育局 王志强）\n"
    "2.改造老旧小区6个。（责任领导：副县长李红梅；责任单位：县住建局 陈晓燕）\n",
    "labels on lines": "1.新建幼儿园2所\n牵头领导：张建国\n责任单位：县教育局\n责任人：王志强\n"
    "进展：已开工1所，王志强局长现场督办。\n2.改造老旧小区6个\n牵头领导：李红梅\n责任单位：县住建局\n"
    "责任人：陈晓燕\n进展：已开工2个。\n填报人：赵刚    审核：欧阳明\n",
    "in headings and behind labels": "一、教育（分管领导：张建国）\n"
    "1.新建幼儿园2所。责任单位：县教育局；责任人：王志强。\n"
    "二、住房（分管领导：李红梅）\n2.改造老旧小区6个。责任单位：县住建局；责任人：陈晓燕。\n",
    "in sentences": "1.新建幼儿园2所。由张建国副县长牵头，县教育局负责。\n"
    "2.改造老旧小区6个。由李红梅同志牵头，县住建局负责。\n3.新增停车位600个。由县城管局赵刚局长负责。\n",
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_no_name_of_a_person_is_kept_in_common_forms(form: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(f"乐亭县2024年重点任务分解表\n{form}", encoding="utf-8")
    report = read(path)
    assert len(report.tasks) > 1
    assert [name for name in NAMES if name in repr(report)] == []
    assert {unit.name for task in report.tasks for unit in task.departments} >= {
        "县教育局",
        "县住建局",
    }
