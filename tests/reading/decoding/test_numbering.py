"""Numbers decide together whether they are those of tasks or of parts of a text."""

from __future__ import annotations

from pathlib import Path

from tests.reading.texts import read_text, shown

ITEMS = [
    ("8所区级医院急诊室实施改造", "已完成5所，其余正在施工。"),
    ("重点工程配套住房竣工60万平方米", "已有24万平方米结构封顶，其余正加紧基础施工。"),
    ("临江、白沙、新桥各建一所寄宿制高中", "临江动迁已基本完成，白沙方案正在组织专家论证。"),
    ("为6万户老式住宅加装消防设施", "喷淋设施已安装16807户，占计划的28%。"),
]


def test_an_item_begins_with_its_promise_although_the_report_is_in_the_same_sentence(
    tmp_path: Path,
) -> None:
    lines = [f"（{n}）{task}，{progress}" for n, (task, progress) in enumerate(ITEMS, 1)]
    report = read_text(tmp_path, "青溪市2023年实事项目进展情况\n" + "\n".join(lines) + "\n")
    assert [(task, progress) for task, progress, _ in shown(report)] == ITEMS


def test_the_last_number_inside_a_report_begins_no_task(tmp_path: Path) -> None:
    parts = "1.左线掘进1872米，占87%。2.桩基完成236根。3.完成投资5.1亿元。"
    text = "青溪市2023年重点项目进展情况\n" + "".join(
        f"\n{n}、{name}\n进展情况：{parts}\n责任单位：市住建局\n"
        for n, name in enumerate(("板樟山隧道", "洪湾互通立交", "金琴快线北延段"), 1)
    )
    assert [progress for _, progress, _ in shown(read_text(tmp_path, text))] == [parts] * 3
