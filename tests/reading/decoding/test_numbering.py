"""Numbers decide together whether they are those of tasks or of parts of a text."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from kg.reading.decoding.numbering import weigh_numbers
from kg.tagger.flow import make_flow
from kg.tagger.roles import ROLE_LABELS
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


def weigh(text: str, begins: dict[str, str]) -> dict[str, str]:
    """Return the likeliest role at each word, if the network finds the given ones."""
    flow = make_flow(text)
    labels = np.zeros(len(flow.text), np.int64)
    places = {word: flow.text.index(word) for word in begins}
    for word, place in sorted(places.items(), key=lambda item: item[1]):
        label = ROLE_LABELS.index(f"B-{begins[word]}")
        labels[place] = label
        labels[place + 1 :] = label + 1
    logs = np.full((len(flow.text), len(ROLE_LABELS)), -4.0, np.float32)
    logs[np.arange(len(flow.text)), labels] = -1.0
    weighed = weigh_numbers(flow, logs, labels)
    return {word: ROLE_LABELS[int(weighed[at].argmax())] for word, at in places.items()}


def test_a_line_with_the_mark_of_the_other_items_begins_an_item() -> None:
    begins = {"▲新增": "number", "新增": "task", "638个": "progress", "▲建成": "target"}
    begins |= {"两所": "progress", "▲打造": "number", "打造": "task", "18个": "progress"}
    text = "▲新增托位\n638个。\n▲建成幼儿园\n两所交付。\n▲打造食堂\n18个。\n"
    assert weigh(text, begins)["▲建成"] == "B-number"
    rare = begins | {"▲打造": "target", "▲新增": "target"}
    assert weigh(text, rare)["▲建成"] == "B-target"


def test_circled_numbers_are_parts_of_a_promise_as_in_most_other_items() -> None:
    begins = {"扩大": "task", "首批": "progress", "提升": "task", "①改造": "number", "改造": "task"}
    begins |= {"②接种": "number", "接种": "task", "20个": "progress", "打通": "task"}
    text = "".join(
        f"{title}。\n①{first}；\n②{second}。\n{report}。\n"
        for title, first, second, report in (
            ("扩大学位供给", "新建学校", "更换护眼灯", "首批投用"),
            ("提升医疗服务", "改造卫生站", "接种疫苗", "20个完工"),
            ("打通断头路", "建设辅道", "优化堵点", ""),
        )
    )
    assert weigh(text, begins)["①改造"] != "B-number"


def test_bullets_below_those_of_items_are_inside_the_items(tmp_path: Path) -> None:
    items = [
        ("新建学校3所，新增学位1.2万个", ["3所学校均已开工", "实验学校9月交付，新增学位4000个"]),
        ("新建农村客运候车亭500个", ["建成537个"]),
        ("完成36个小区燃气管道加装", ["36个小区全部完工", "清退瓶装燃气用户2.6万户"]),
        ("新建停车位1000个", ["建成870个，另外130个正在施工"]),
    ]
    lines = [
        "\n".join((f"● {task}", *(f"  － {part}" for part in parts), "  － 责任单位：市住建局"))
        for task, parts in items
    ]
    text = "青溪市2025年民生项目完成进度\n\n" + "\n\n".join(lines) + "\n"
    assert shown(read_text(tmp_path, text)) == [
        (task, "－ ".join(parts), ["市住建局"]) for task, parts in items
    ]
