"""The marks at the edges of promises and reports."""

from __future__ import annotations

from pathlib import Path

from tests.reading.texts import read_text, shown


def test_dashes_before_a_label_and_marks_of_lines_are_left_out(tmp_path: Path) -> None:
    report = read_text(
        tmp_path,
        "青溪区2025年民心工程推进情况（二季度）\n\n★ 教育提升\n"
        "● 扩建第三小学，新增学位810个——责任部门：教育局、建设局\n▶ 教学楼主体结构完成。\n"
        "● 新增普惠托位240个——责任部门：卫健委\n▶ 已新增托位165个。\n\n★ 城市更新\n"
        "● 新建口袋公园5个\n——责任部门：城管局\n▶ 建成3个，其余正在绿化。\n",
    )
    assert shown(report) == [
        ("扩建第三小学，新增学位810个", "教学楼主体结构完成。", ["教育局", "建设局"]),
        ("新增普惠托位240个", "已新增托位165个。", ["卫健委"]),
        ("新建口袋公园5个", "建成3个，其余正在绿化。", ["城管局"]),
    ]


def test_a_quoted_promise_is_what_the_quotation_marks_contain(tmp_path: Path) -> None:
    items = [
        ("建成除害处理库2.4万平方米", "经济发展局", "6座库已封顶。"),
        ("引进精深加工项目3个以上", "招商局", "已签约2个。"),
        ("组建电商客服基地", "规划建设局", "场地装修完成。"),
    ]
    text = "关于上半年管委会重点工作落实情况的通报\n\n" + "\n".join(
        f"（{number}）关于“{task}”的落实情况。此项工作由{unit}牵头。{progress}"
        for number, (task, unit, progress) in zip("一二三", items, strict=True)
    )
    assert shown(read_text(tmp_path, text)) == [
        (task, progress, [unit]) for task, unit, progress in items
    ]


def test_the_number_of_a_proposal_may_be_in_brackets(tmp_path: Path) -> None:
    items = [
        ("关于打通风情步道断点的提案", "区城管局", "断点3处已打通2处。"),
        ("关于在老旧社区增设助餐点的提案", "区民政局", "新增助餐点6个。"),
        ("关于规范电动自行车停放的提案", "区住建委", "建成充电点位286处。"),
    ]
    text = "青溪区2024年重点提案办理进展情况\n\n" + "\n".join(
        f"【第{number}号】{task}\n主办：{unit}\n办理进展：{progress}\n"
        for number, (task, unit, progress) in zip(("012", "089", "104"), items, strict=True)
    )
    assert shown(read_text(tmp_path, text)) == [
        (task, progress, [unit]) for task, unit, progress in items
    ]


def test_a_bracket_around_a_report_and_its_label_is_left_out(tmp_path: Path) -> None:
    items = [
        ("新增学位5400个。", "4所学校9月1日开学。", "市教育局"),
        ("优化路口100个。", "优化路口134个（含环岛2个）。", "市公安局"),
        ("新建停车位500个。", "建成停车位512个。", "市住建局"),
    ]
    lines = [
        f"{n}、{task}（{unit}）\n［完成情况：{progress}］"
        for n, (task, progress, unit) in enumerate(items, 1)
    ]
    text = "青溪市2018年为民办事承诺事项完成情况\n\n" + "\n".join(lines) + "\n"
    assert [progress for _, progress, _ in shown(read_text(tmp_path, text))] == [
        progress for _, progress, _ in items
    ]
