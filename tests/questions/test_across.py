"""Reports of several districts in one store: same things and different things of the same name."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.graph.build import build
from tests.small import answers

HEAD = "序号,工作类目,工作任务,进展情况,责任部门\n"
WUCHANG = """武昌区2021年政府工作报告任务进展表（截至2021年6月底）,,,,
{head}1,发展,新增就业2万人，与武汉大学共建创新园，引进华为公司、东湖科技公司。,截至6月底，新增就业1.2万人。已与武汉大学签约，报市城建局审批。,人力资源局
2,发展,改造新华路。,新华路已完工。,建设局
3,发展,整治新华路，推进育才小学建设。,育才小学扩建项目已开工。与育才小学合作。,教育局
"""
HANYANG = """汉阳区2021年政府工作报告任务进展表（截至2021年6月底）,,,,
{head}1,发展,新增就业3万人。,截至6月底，新增就业0.8万人。与武汉大学合作，引进华为公司、东湖科技公司，报市城建局审批。,人力资源局
2,发展,改造新华路。,新华路已完工。,城管局
3,发展,在育才小学建设操场。,组织育才小学学生参观。,教育局
"""


@pytest.fixture(scope="module")
def districts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("districts")
    sources = []
    for name, text in (("a.csv", WUCHANG), ("b.csv", HANYANG)):
        (folder / name).write_text(text.format(head=HEAD), encoding="utf-8")
        sources.append(folder / name)
    build(sources, folder / "store")
    return folder / "store"


def test_a_university_and_an_office_of_the_city_are_one_a_school_is_not(districts: Path) -> None:
    found = {row["name"]: row for row in answers(districts, "across")}
    assert found["武汉大学"]["same"] is True
    assert found["市城建局"]["same"] is True
    assert found["育才小学"]["same"] is False
    assert found["华为公司"]["same"] is True
    assert found["东湖科技公司"]["same"] is True
    assert found["武汉大学"]["districts"] == "武昌区、汉阳区"
    assert found["武汉大学"]["departments"] == "武昌区人力资源局、汉阳区人力资源局"
    assert found["武汉大学"]["tasks"] == "hanyang-2021-06/1, wuchang-420106-2021-06/1"
    assert {row["kind"] for row in answers(districts, "across", kind="Project")} <= {"Project"}


def test_streets_and_departments_of_the_same_name_stay_apart(districts: Path) -> None:
    streets = answers(districts, "streets", kind="Road")
    assert [(row["name"], row["departments"]) for row in streets] == [
        ("新华路", "建设局、教育局"),
        ("新华路", "城管局"),
    ]
    assert [(row["name"], row["departments"]) for row in answers(districts, "shared-things")] == [
        ("新华路", "建设局、教育局")
    ]
    assert (
        len([row for row in answers(districts, "departments") if row["department"] == "教育局"])
        == 2
    )


def test_the_same_target_in_several_districts(districts: Path) -> None:
    found = {row["district"]: row for row in answers(districts, "same-targets")}
    assert {row["indicator"] for row in found.values()} == {"新增就业"}
    assert (str(found["武昌区"]["target"]), str(found["武昌区"]["actual"])) == ("2", "1.2")
    assert found["汉阳区"]["judgement"] == "behind"
    assert len(answers(districts, "same-targets", indicator="新增就业")) == 2
