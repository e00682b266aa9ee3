from __future__ import annotations

import pytest

from kg.model import Jurisdiction
from kg.reading.author import find_author, has_place

NOBODY = Jurisdiction(None, "")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("绿洲县政府实事项目", "绿洲县"),
        ("关于印发绿洲县2024年重点工作的通知", "绿洲县"),
        ("青川省推动数字经济发展的若干措施", "青川省"),
        ("青川省绿洲市东湾区2024年重点工作", "东湾区"),
        ("绍兴市滨海新区2024年重点工作", "滨海新区"),
        ("绍兴市越城区某某镇2024年民生实事", "某某镇"),
        ("某区2024年任务表", "某区"),
        ("绍兴市高新区2024年重点工作", "高新区"),
        ("桃园县2024年任务表", "桃园县"),
        ("东湖新技术开发区2024年重点工作", "东湖新技术开发区"),
    ],
)
def test_an_unlisted_place_is_recognised_by_its_form(title: str, name: str) -> None:
    assert find_author(title) == Jurisdiction(None, name)
    assert has_place(title)


@pytest.mark.parametrize(
    "title",
    [
        "坚持市场驱动、政府引导",
        "推进市场监管2024年任务",
        "各市2024年任务清单",
        "各县（市、区）人民政府2024年任务",
        "我县2024年重点工作",
        "老旧小区2024年改造任务",
        "文明城市2024年创建任务",
        "中心城区2024年道路整治",
        "特色小镇2024年建设计划",
        "美丽乡村2024年建设计划",
        "省级示范区2024年任务",
        "县域经济2024年发展任务",
        "重点乡镇2024年建设任务",
        "自治区2024年民生实事",
        "本地区2024年重点工作",
        "城乡社区2024年治理任务",
    ],
)
def test_common_words_are_not_places(title: str) -> None:
    assert find_author(title) == NOBODY
    assert not has_place(title)


@pytest.mark.parametrize("part", ["城区", "中心城区", "老旧小区", "各区", "开发园区", "农村社区"])
def test_a_part_of_a_city_is_the_city_s(part: str) -> None:
    assert find_author(f"绍兴市{part}2024年重点工作").code == "330600"


@pytest.mark.parametrize(
    "line",
    [
        "绍兴市人民政府办公室文件",
        "中共绍兴市委",
        "发布机构：绍兴市人民政府办公室",
        "信息来源：绍兴市人民政府",
        "绍兴市人民政府办公室关于印发2024年重点工作的通知",
        "首页 > 绍兴市政府 > 公开",
        "现将《绍兴市2024年重点工作》印发给你们，请认真落实。",
    ],
)
def test_a_letterhead_names_the_author_if_the_title_does_not(line: str) -> None:
    assert find_author("2024年重点工作", f"\n{line}\n").code == "330600"
    assert find_author("越城区2024年重点工作", line).code == "330602"


@pytest.mark.parametrize(
    "line",
    [
        "各市、县（市、区）人民政府，省政府直属各单位：",
        "各县（市、区）人民政府",
        "绍兴市、湖州市人民政府：",
        "越城区人民政府：",
        "绿洲县人民政府：",
        "主送：绍兴市人民政府",
        "抄送：绍兴市委办公室",
        "会议地点：越城区府山街道办事处",
        "今年以来，绍兴市人民政府高度重视。",
        "2024年3月，府山街道2024年项目开工",
        "越城区",
        "与绍兴市合作",
        "现将《绍兴市2024年重点工作》转发给你们。",
        "坚持市场驱动，坚持政府引导",
    ],
)
def test_addressees_and_sentences_are_not_authors(line: str) -> None:
    assert find_author("2024年重点工作", f"\n{line}\n") == NOBODY


def test_the_letterhead_decides_between_places_of_one_name() -> None:
    assert find_author("鼓楼区2024年重点工作", "福州市人民政府").code == "350102"
    assert find_author("鼓楼区2024年重点工作", "青岛市人民政府") == Jurisdiction(None, "鼓楼区")
    assert find_author("鼓楼区2024年重点工作") == Jurisdiction(None, "鼓楼区")


def test_an_unlisted_issuer_is_recognised_by_its_government() -> None:
    line = "绿洲市人民政府办公室关于印发通知"
    assert find_author("2024年重点工作", line) == Jurisdiction(None, "绿洲市")
