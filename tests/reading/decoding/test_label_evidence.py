"""Labels that a document repeats tell the roles of the texts after them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reading.texts import read_text, shown

PARTS = (
    ("青溪大桥工程", "主桥于5月20日合龙，沥青铺装完成98%。", "市交通运输局"),
    ("西水东调二期工程", "已敷设管线6.3公里，泵站基坑支护完成。", "市水务局"),
    ("海工装备基地（二期）", "1号、2号厂房钢结构吊装完成。", "市工信局"),
)
ROWS = [(task, progress, [unit]) for task, progress, unit in PARTS]


@pytest.mark.parametrize(
    "labels",
    [
        ("项目名称：", "形象进度：", "责任单位："),
        ("督办事项：", "办理情况：", "牵头单位："),
        ("我们承诺：", "落实结果：", "承办："),
        ("工作名称    ", "进展情况    ", "主责单位    "),
        (" ├ 任务名称：", " ├ 完成情况：", " └ 责任部门："),
    ],
    ids=["project", "inspection", "promise", "blanks", "tree"],
)
def test_each_part_of_an_item_has_a_label(labels: tuple[str, str, str], tmp_path: Path) -> None:
    blocks = [
        "\n".join(label + text for label, text in zip(labels, part, strict=True)) for part in PARTS
    ]
    text = "青溪市2024年重点工作进展情况\n\n" + "\n\n".join(blocks) + "\n"
    assert shown(read_text(tmp_path, text)) == ROWS


def test_facts_about_a_project_are_neither_its_name_nor_its_progress(tmp_path: Path) -> None:
    blocks = [
        f"项目名称：{task}\n总投资：{number}亿元\n建设地点：高新区\n形象进度：{progress}\n责任单位：{unit}"
        for number, (task, progress, unit) in enumerate(PARTS, 3)
    ]
    text = "青溪市2024年重点项目进展情况\n\n" + "\n\n".join(blocks) + "\n"
    assert shown(read_text(tmp_path, text)) == ROWS


def test_a_rating_after_the_report_is_not_part_of_it(tmp_path: Path) -> None:
    blocks = [
        f"提案第{number}号\n案由：{task}\n提案者：县政协农业委员会\n主办单位：{unit}\n办理情况：{progress}\n办理结果：A类"
        for number, (task, progress, unit) in enumerate(PARTS, 11)
    ]
    text = "青溪县2024年政协提案办理情况\n\n" + "\n\n".join(blocks) + "\n"
    found = read_text(tmp_path, text)
    assert [(progress, units) for _, progress, units in shown(found)] == [
        (progress, units) for _, progress, units in ROWS
    ]


def test_words_before_a_colon_inside_a_report_are_no_labels(tmp_path: Path) -> None:
    text = "青溪市2024年民生实事完成情况\n\n" + "\n".join(
        f"{number}. 新建学校{number}所。\n"
        f"完成情况：已开工{number}所。其中：城区1所主体封顶，乡镇正在招标。"
        for number in (2, 3, 4)
    )
    reports = [progress for _, progress, _ in shown(read_text(tmp_path, text))]
    assert all(progress.endswith("其中：城区1所主体封顶，乡镇正在招标。") for progress in reports)


def test_figures_in_a_sentence_do_not_begin_an_item(tmp_path: Path) -> None:
    text = (
        "青溪市2016年为民办实事项目进展情况的通报\n"
        "一、教育方面。一是新建公办幼儿园50所（市教育局），目前已竣工34所；二是为65所学校配备直饮水设备800台"
        "（市教育局），已安装611台。\n二、医疗方面。一是改造卫生服务站40个（市卫计委），已完成29个；"
        "二是为65岁以上老年人免费体检45万人（市卫计委、市民政局），已体检38.7万人。\n"
    )
    assert [task for task, _, _ in shown(read_text(tmp_path, text))] == [
        "新建公办幼儿园50所",
        "为65所学校配备直饮水设备800台",
        "改造卫生服务站40个",
        "为65岁以上老年人免费体检45万人",
    ]
