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
        ("【承诺】", "【兑现】", "【责任单位】"),
        ("工作任务　", "工作进展　", "责任县市　"),
    ],
    ids=["project", "inspection", "promise", "blanks", "tree", "boxes", "one blank"],
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


def test_quarters_are_words_of_the_report(tmp_path: Path) -> None:
    reports = [
        f"一季度：完成招标，{n}月进场。\n二季度：完成基础工程。\n三季度：主体完工{n}栋。"
        for n in (3, 4)
    ]
    text = "青溪市2024年重点工作台账\n\n" + "\n\n".join(
        f"{number}. {task}\n责任单位：{unit}\n进展情况：\n{report}"
        for number, ((task, _, unit), report) in enumerate(zip(PARTS, reports, strict=False), 1)
    )
    found = [progress.replace(" ", "") for _, progress, _ in shown(read_text(tmp_path, text))]
    assert found == [report.replace("\n", "") for report in reports]


def test_a_label_may_be_spread_or_have_a_blank_instead_of_its_colon(tmp_path: Path) -> None:
    forms = (
        "工作内容：{}\n牵头单位：{}\n完成情况：{}",
        "工 作 内 容：{}\n牵 头 单 位：{}\n完 成 情 况：{}",
        "工作内容 {}\n牵头单位 {}\n完成情况 {}",
    )
    text = "青溪市2024年重点民生项目推进情况\n\n" + "\n\n".join(
        form.format(task, unit, progress)
        for form, (task, progress, unit) in zip(forms, PARTS, strict=True)
    )
    assert shown(read_text(tmp_path, text)) == ROWS


def test_who_proposed_and_the_rating_are_no_part_of_a_proposal(tmp_path: Path) -> None:
    people = ("许明远等11人", "丁安然", "蔡知行等6人")
    text = "青溪市2024年人大代表建议重点件办理情况\n\n" + "\n\n".join(
        f"第{number:03}号  关于建设{task}的建议\n领衔代表：{person}\n主办单位：{unit}\n"
        f"办理结果：A类\n办理情况：{progress}"
        for number, (person, (task, progress, unit)) in enumerate(
            zip(people, PARTS, strict=True), 21
        )
    )
    report = read_text(tmp_path, text)
    assert shown(report) == [(f"关于建设{task}的建议", p, units) for task, p, units in ROWS]
    assert not any(person[:3] in str(report.coverage) for person in people)


def test_units_with_a_label_after_the_progress_are_kept(tmp_path: Path) -> None:
    text = "青溪市2024年重点民生项目推进情况\n\n" + "\n\n".join(
        f"{n}. {task}\n牵头单位：{unit}\n完成情况：{progress}" + "\n配合单位：市财政局" * (n == 2)
        for n, (task, progress, unit) in enumerate(PARTS, 1)
    )
    units = [units for _, _, units in shown(read_text(tmp_path, text))]
    assert units == [["市交通运输局"], ["市水务局", "市财政局"], ["市工信局"]]


def test_an_unusual_unit_after_its_label_is_whole(tmp_path: Path) -> None:
    units = ["城乡建设办", "民生服务办", "综合文化服务中心"]
    text = "青溪镇2024年民生实事完成情况\n\n" + "\n\n".join(
        f"{n}、{task}\n实施情况：{progress}\n责任办公室：{unit}"
        for n, ((task, progress, _), unit) in enumerate(zip(PARTS, units, strict=True), 1)
    )
    assert [found for _, _, found in shown(read_text(tmp_path, text))] == [[u] for u in units]


def test_all_paragraphs_between_two_labels_belong_to_the_first(tmp_path: Path) -> None:
    more = "\n完成投资6.1亿元。"
    text = "青溪市2024年重点项目进展情况\n\n" + "\n\n".join(
        f"{n}. {task}\n进展情况：{progress}{more * (n == 3)}\n责任单位：{unit}"
        for n, (task, progress, unit) in enumerate(PARTS, 1)
    )
    reports = [progress.replace(" ", "") for _, progress, _ in shown(read_text(tmp_path, text))]
    assert reports[2] == PARTS[2][1] + more.strip()
    assert reports[:2] == [progress for _, progress, _ in PARTS[:2]]


def test_months_on_lines_of_their_own_are_one_report(tmp_path: Path) -> None:
    reports = [
        f"1月：{text}；\n　　　　　2月：完成招标；\n　　　　　3月：开工。" for _, text, _ in PARTS
    ]
    blocks = [
        f"工作任务　{task}\n责任部门　{unit}\n工作进展　{report}\n下步计划　加快施工。"
        for (task, _, unit), report in zip(PARTS, reports, strict=True)
    ]
    text = "青溪市2024年重点工作目标任务台账（一季度）\n\n" + "\n\n".join(blocks) + "\n"
    joined = [report.replace("\n　　　　　", "") for report in reports]
    assert [progress for _, progress, _ in shown(read_text(tmp_path, text))] == joined


def test_facts_about_proposals_begin_no_items(tmp_path: Path) -> None:
    blocks = [
        f"编　　号：市十七届人大一次会议第 0{number} 号\n领衔代表：王某某\n承办单位：{unit}\n"
        f"承诺事项：{task}\n落实情况：{progress}\n是否办结：是\n"
        for number, (task, progress, unit) in enumerate(PARTS, 23)
    ]
    text = "青溪市建议答复承诺事项落实情况公开表（2022年度）\n\n" + "━━━━\n".join(blocks)
    assert shown(read_text(tmp_path, text)) == ROWS


def test_a_verb_before_reports_is_no_label_of_units(tmp_path: Path) -> None:
    blocks = [
        f"▲任务：{task}\n　落实：一期投产，{progress}\n　单位：{unit}（牵头），市财政局（配合）"
        for task, progress, unit in PARTS
    ]
    text = "青溪市2020年重点任务落实情况（第三季度）\n\n" + "\n\n".join(blocks) + "\n"
    assert shown(read_text(tmp_path, text)) == [
        (task, f"一期投产，{progress}", [*units, "市财政局"]) for task, progress, units in ROWS
    ]
