"""Lines and clauses whose form decides what they are: units as headings, 此项由…承办."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reading.texts import Row, read_text, shown

ITEMS = {
    "市教育局": ["新建幼儿园15所。", "改造中小学食堂40个。"],
    "市住房城乡建设局": ["改造老旧小区279个。", "新建改造供热管网20公里。"],
    "市卫生健康委": ["建设社区卫生服务站12个。"],
}
REPORT = "已完成年度任务的{share}%，其余正在施工。"


@pytest.mark.parametrize(
    "heading", ["{}：", "▍{}", "■ {}", "{}（2项）：", "一、{}（总分20分）", "【{}牵头】"]
)
def test_units_above_their_items(heading: str, tmp_path: Path) -> None:
    lines: list[str] = ["青溪市2024年民生实事承诺事项落实情况", ""]
    rows: list[Row] = []
    for unit, promises in ITEMS.items():
        lines += ["", heading.format(unit)]
        for number, promise in enumerate(promises, 1):
            progress = REPORT.format(share=60 + len(rows))
            lines += [f"    {number}. {promise}", f"    {progress}"]
            rows.append((promise, progress, [unit]))
    assert shown(read_text(tmp_path, "\n".join(lines))) == rows


def test_a_salutation_is_no_heading(tmp_path: Path) -> None:
    text = (
        "青溪市2024年民生实事进展情况\n\n各区政府、市住房城乡建设局：\n"
        "    现将今年民生实事的进展情况通报如下：\n"
        "1. 新建幼儿园15所。\n进展情况：已开工12所。\n责任单位：市教育局\n"
        "2. 改造供热管网20公里。\n进展情况：已完成18公里。\n责任单位：市城管局\n"
    )
    assert [units for _, _, units in shown(read_text(tmp_path, text))] == [
        ["市教育局"],
        ["市城管局"],
    ]


def test_a_government_on_a_line_of_its_own_in_a_list_is_a_unit(tmp_path: Path) -> None:
    parts = (("新建水厂1座。", "水厂已通水。"), ("改造农村公路80公里。", "已完成61公里。"))
    text = "青溪区2024年重点民生项目推进情况\n\n" + "\n\n".join(
        f"工作内容：{task}\n牵头单位：区水利局\n配合单位：区财政局、\n柳河镇人民政府\n完成情况：{progress}"
        for task, progress in parts
    )
    units = [units for _, _, units in shown(read_text(tmp_path, text))]
    assert units == [["区水利局", "区财政局", "柳河镇人民政府"]] * 2


CLAUSES = [
    (
        "提升供水保障。铺设主管网22公里。",
        "铺设主管网22.8公里，水质检测合格。",
        "县水利局",
        "县财政局",
    ),
    ("改善交通环境。打通断头路3条。", "涧河路、新安路已通车。", "县住建局、县交通局", "各镇政府"),
    ("实施危房改造。改造农村危房680户。", "全部竣工入住，补助资金已拨付。", "县住建局", "县民政局"),
]


@pytest.mark.parametrize(
    "clause",
    [
        "此项由{lead}承办，{others}配合。",
        "该项工作由{lead}牵头负责，{others}协助。",
        "该项目由{lead}牵头，{others}配合。",
        "由{lead}负责推进，",
        "年内建设任务由{lead}主抓，{others}协助。",
    ],
)
def test_the_units_are_taken_and_the_clause_is_left_out(clause: str, tmp_path: Path) -> None:
    lines = ["青溪县2016年民生工程办理结果公告", ""]
    rows: list[Row] = []
    for number, (task, progress, lead, others) in zip("一二三", CLAUSES, strict=True):
        lines += [f"{number}是{task}", clause.format(lead=lead, others=others) + progress, ""]
        units = [*lead.split("、"), *([others] if "others" in clause else [])]
        rows.append((task, progress, [unit for unit in units if not unit.startswith("各")]))
    assert shown(read_text(tmp_path, "\n".join(lines))) == rows


def test_a_sentence_with_other_words_between_is_no_such_clause(tmp_path: Path) -> None:
    progress = "资金由县财政局、县教育局及社会各界捐助解决，负责人已落实。"
    lines = [f"{n}. 新建学校{n}所。\n完成情况：{progress}\n责任单位：县教育局" for n in (1, 2, 3)]
    report = read_text(tmp_path, "青溪县2016年民生工程完成情况\n" + "\n".join(lines) + "\n")
    assert [row[1:] for row in shown(report)] == [(progress, ["县教育局"])] * 3


def test_units_in_brackets_after_the_last_sentence_answer_for_the_item(tmp_path: Path) -> None:
    items = [
        ("改造老旧小区9个。", "9个小区全部开工。", "县住建局"),
        ("新建学校2所。", "1所已封顶。", "县教育局"),
        ("打通断头路3条。", "2条已通车。", "县交通局、县自然资源局"),
    ]
    lines = [
        f"{n}. {task}\n{progress}（{units}）" for n, (task, progress, units) in enumerate(items, 1)
    ]
    text = "青溪县2023年民生实事进展情况\n" + "\n".join(lines) + "\n"
    assert shown(read_text(tmp_path, text)) == [
        (task, progress, units.split("、")) for task, progress, units in items
    ]


def test_a_dash_in_a_cell_of_its_own_belongs_to_no_other_cell(tmp_path: Path) -> None:
    heads = ["序号", "工作任务", "牵头单位", "配合单位", "进展情况"]
    rows = [
        ["1", "改造老旧小区9个", "县住建局", "县财政局", "9个小区全部开工。"],
        ["2", "新建学校2所", "县教育局", "/", "主体已封顶。\n正在装修。"],
        ["3", "打通断头路3条", "县交通局", "县公安局", "2条已通车。"],
    ]
    text = "\n".join(["青溪县2023年重点工作进展情况", *heads, *(c for row in rows for c in row)])
    assert [row[1] for row in shown(read_text(tmp_path, text + "\n"))] == [
        "9个小区全部开工。",
        "主体已封顶。正在装修。",
        "2条已通车。",
    ]


def test_a_line_that_the_letter_names_is_a_title(tmp_path: Path) -> None:
    text = (
        "关于印发2018年青溪河保护工作要点的通知\n各县市人民政府：\n"
        "现将《2018年青溪河保护及治理工作要点》印发给你们，请认真贯彻执行。\n\n"
        "2018年青溪河保护及治理工作要点\n\n"
        "2018年是贯彻党的十九大精神的开局之年，要坚持生态优先、绿色发展。\n"
        "（一）完成环湖截污工程。建成污水处理厂4座。牵头单位：州住建局；配合单位：州环保局\n"
        "（二）完成河道清淤21公里。牵头单位：州水利局；配合单位：州财政局\n"
        "（三）种植树木8万株。牵头单位：州林业局；配合单位：州财政局\n"
    )
    assert [row[0] for row in shown(read_text(tmp_path, text))] == [
        "完成环湖截污工程。建成污水处理厂4座。",
        "完成河道清淤21公里。",
        "种植树木8万株。",
    ]


def test_a_sentence_after_the_clause_of_units_may_be_the_deadline(tmp_path: Path) -> None:
    items = [
        ("解决1.9万人饮水安全问题。", "市水利局", "2019年6月底前完成"),
        ("新建学校10所，新增学位8000个。", "市教育局", "2019年12月底前完成"),
        ("免费开展“两癌”检查3万人。", "市卫生健康委", "2019年10月底前完成"),
    ]
    lines = [
        f"（{n}）{task}由{unit}牵头，市财政局配合。{deadline}。\n"
        for n, (task, unit, deadline) in zip("一二三", items, strict=True)
    ]
    text = "青溪市2019年民生实事责任分解方案\n\n" + "\n".join(lines)
    report = read_text(tmp_path, text)
    assert shown(report) == [(task, "", [unit, "市财政局"]) for task, unit, _ in items]
    assert [task.deadline.text for task in report.tasks] == [deadline for *_, deadline in items]


def test_a_line_that_is_only_the_number_of_an_item_begins_it(tmp_path: Path) -> None:
    items = [
        ("新建改建中小学30所。", "30所全部开工。", "省教育厅"),
        ("改造养老服务中心50个。", "开工50个，完工31个。", "省民政厅"),
        ("建设自然村硬化路1万公里。", "累计建成8964公里。", "省交通运输厅"),
    ]
    lines = [
        f"◆ 第{n}件\n【任务】{task}\n【进展】{progress}\n【责任单位】{unit}\n"
        for n, (task, progress, unit) in zip((1, 5, 9), items, strict=True)
    ]
    text = "青溪省2024年为民实事进展\n\n" + "\n".join(lines)
    assert shown(read_text(tmp_path, text)) == [
        (task, progress, [unit]) for task, progress, unit in items
    ]


def test_the_session_and_the_summary_above_the_first_item_are_no_part_of_it(tmp_path: Path) -> None:
    items = [
        ("新建中小学8所。", "6所已竣工投用。", "市教育局"),
        ("改造老旧小区154个。", "累计完工109个。", "市住建局"),
        ("新增停车位5000个。", "已新增5318个。", "市公安局"),
    ]
    lines = [
        f"（{n}）{task}（{unit}承办）{progress}\n"
        for n, (task, progress, unit) in zip("一二三", items, strict=True)
    ]
    text = (
        "关于2021年为民办实事项目办理情况的报告\n\n"
        "——2021年10月27日在青溪市第十七届人民代表大会常务委员会第四十次会议上\n"
        "青溪市发展和改革委员会主任  江远明\n\n主任、各位副主任、各位委员：\n\n一、总体情况\n\n"
        "今年市政府承诺的12件实事，总投资38亿元。截至9月底，完成投资31亿元，4件已提前完成。\n\n"
        "二、具体进展\n\n" + "\n".join(lines)
    )
    assert shown(read_text(tmp_path, text)) == [
        (task, progress, [unit]) for task, progress, unit in items
    ]


def test_units_in_brackets_below_a_blank_line_are_the_heading_of_the_text_below(
    tmp_path: Path,
) -> None:
    items = [
        (
            "实施棚户区改造7653户，10月底前完成主体。",
            "目前已开工7653户，开工率100%。",
            "市住房和城乡建设局",
        ),
        ("改造旅游公路31公里，新建观景台4处。", "截至9月末，完成路面铺筑27公里。", "市交通运输局"),
        ("安置煤矿职工6200人。", "前三季度安置5348人，其余为自主创业。", "市人力资源和社会保障局"),
    ]
    lines = [f"（{unit}）\n　　{task}{progress}\n" for task, progress, unit in items]
    text = "青溪市2016年为民办实事项目进展情况\n\n" + "\n".join(lines)
    assert shown(read_text(tmp_path, text)) == [
        (task, progress, [unit]) for task, progress, unit in items
    ]
