"""Units whose place in the text decides what they are: labels, salutations, headings, posts."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.model import Report
from kg.reading.decoding.context_roles import correct_roles
from kg.reading.decoding.segments import Segment
from kg.reading.structure.flat_document import flatten_lines
from kg.tagger.roles import Role
from tests.reading.texts import read_text, shown


def units_of(report: Report) -> list[list[str]]:
    return [
        [d.name for d in task.departments] + [g.name for g in task.groups] for task in report.tasks
    ]


def promises(report: Report) -> list[str]:
    return [task.task.text for task in report.tasks]


ITEMS = (
    "1．改造老旧小区6个。\n完成情况：已开工5个，竣工2个。\n责任科室：城建办、桥南社区\n\n"
    "2．新建社区食堂2处。\n完成情况：1处已营业。\n责任科室：民生办\n\n"
    "3．整治背街小巷12条。\n完成情况：全部完工。\n责任科室：城管办\n"
)


@pytest.mark.parametrize(
    "above",
    [
        "填报单位：桥南街道办事处\n\n",
        "区委、区政府：\n    现将今年重点工作的完成情况报告如下，请审阅。\n\n",
        "来源：桥南街道办事处\n\n",
    ],
    ids=["reporting unit", "salutation", "source"],
)
def test_a_unit_above_the_list_does_not_shift_the_units_of_the_items(
    above: str, tmp_path: Path
) -> None:
    report = read_text(tmp_path, f"桥南街道2024年重点工作完成情况\n{above}{ITEMS}")
    assert units_of(report) == [["城建办", "桥南社区"], ["民生办"], ["城管办"]]


def test_units_that_are_headings_belong_to_the_items_below(tmp_path: Path) -> None:
    report = read_text(
        tmp_path,
        "青溪市2023年重点任务上半年进展（按责任部门排列）\n\n一、市发改局\n"
        "1. 固定资产投资增长8%以上。\n进展：1—6月增长9.7%。\n"
        "2. 编制完成产业布局规划\n进展：初稿已形成，正在征求意见。\n\n二、市教育局\n"
        "3. 竣工教育项目4个。\n进展：9个项目全部开工，2个竣工验收。\n\n三、市水利局\n"
        "4. 完成水利投资11亿元。\n进展：上半年完成投资5.86亿元。\n",
    )
    assert units_of(report) == [["市发改局"], ["市发改局"], ["市教育局"], ["市水利局"]]
    assert not any("局" in str(task.category) for task in report.tasks)


def test_units_in_brackets_behind_a_heading_belong_to_the_items_below(tmp_path: Path) -> None:
    report = read_text(
        tmp_path,
        "青溪市2023年民生实事完成情况\n\n一、优质教育共享（责任单位：市教育局）\n"
        "1．新建学校6所。\n完成情况：6所学校建成投用。\n"
        "2．改造教室照明1100间。\n完成情况：改造1126间，已通过检测。\n\n"
        "二、饮用水安全（责任单位：市水利局、市水务集团）\n"
        "3．更新供水管网45公里。\n完成情况：改造管网47.3公里。\n",
    )
    assert promises(report) == ["新建学校6所。", "改造教室照明1100间。", "更新供水管网45公里。"]
    assert units_of(report) == [["市教育局"], ["市教育局"], ["市水利局", "市水务集团"]]
    assert report.tasks[2].category[0] == "饮用水安全"


def test_numbered_lines_above_several_promises_are_headings(tmp_path: Path) -> None:
    report = read_text(
        tmp_path,
        "青溪省2024年重点工作责任分工\n\n一、着力扩大有效需求\n\n（一）促进消费提质扩容\n\n"
        "开展促消费活动，培育夜间消费集聚区10个。（省商务厅牵头，省财政厅配合）\n\n"
        "新建县级物流配送中心40个，实现全覆盖（省商务厅牵头，省供销社配合）。\n\n（二）扩大有效投资\n\n"
        "实施重点项目2500个，完成投资1.8万亿元。（省发展改革委牵头，省统计局配合）\n\n"
        "新开工高速公路项目8个，通车里程突破8300公里。（省交通运输厅牵头，省财政厅配合）\n",
    )
    assert [task.category[1] for task in report.tasks] == [
        *["促进消费提质扩容"] * 2,
        *["扩大有效投资"] * 2,
    ]
    assert units_of(report)[1] == ["省商务厅", "省供销社"]


def test_a_name_of_a_unit_on_two_lines_is_one(tmp_path: Path) -> None:
    report = read_text(
        tmp_path,
        "青溪市2023年重点工作进展情况\n\n序号 工作任务 责任单位 进展情况\n\n1\n新增城镇就业3200人\n"
        "市人力资源\n和社会保障局\n已新增2100人。\n\n2\n改造老旧小区6个\n市住房和城乡\n建设局\n全部开工。\n",
    )
    assert units_of(report)[0] == ["市人力资源和社会保障局"]


def test_a_list_by_leaders_names_nobody(tmp_path: Path) -> None:
    report = read_text(
        tmp_path,
        "青溪县2023年领导包抓重点工作进展情况\n\n★县委常委、副县长  赵某某（负责城建）\n"
        "1、实施棚户区改造1260户\n责任单位：县住建局  城关镇\n进展情况：签订协议1178户。\n"
        "2、建成供热站二期。\n责任单位：县住建局\n进展情况：锅炉安装完毕。\n\n"
        "★副县长  刘某某（负责教育）\n"
        "3、新建幼儿园12所\n责任单位：县教体局\n进展情况：竣工10所。\n",
    )
    assert units_of(report) == [["县住建局", "城关镇"], ["县住建局"], ["县教体局"]]


@pytest.mark.parametrize(
    "below",
    [
        "（市效能办  供稿）\n",
        "\n市教育局\n2024年11月12日\n",
        "\n市督查办公室        第 2 页 共 2 页\n",
    ],
    ids=["contributor", "signature", "footer"],
)
def test_the_unit_below_the_list_is_not_that_of_the_last_item(below: str, tmp_path: Path) -> None:
    report = read_text(tmp_path, f"桥南街道2024年重点工作完成情况\n{ITEMS}{below}")
    assert units_of(report) == [["城建办", "桥南社区"], ["民生办"], ["城管办"]]


def test_a_signature_is_no_unit_where_no_task_has_one(tmp_path: Path) -> None:
    items = "".join(line + "\n" for line in ITEMS.split("\n") if not line.startswith("责任科室"))
    report = read_text(tmp_path, f"桥南街道2024年重点工作完成情况\n{items}\n桥南街道办事处\n")
    assert units_of(report) == [[], [], []]


def test_the_units_of_a_section_stand_in_brackets_below_its_heading(tmp_path: Path) -> None:
    report = read_text(
        tmp_path,
        "青溪市2024年城建惠民任务推进情况的通报\n\n一、道路与桥梁\n"
        "（本节各项由市住建局牵头，市公安局、市城投集团配合）\n"
        "（一）新建改造城市道路14条。\n推进实况。14条道路已全部完成招标，11条进场施工。\n"
        "（二）维修加固老桥2座。\n推进实况。两座桥均已封闭施工，桥面铺装凿除完毕。\n"
        "二、供热与供水\n（以下任务均由市公用局负责）\n"
        "（三）改造供热管网42公里。\n推进实况。已完成29公里，撤并小锅炉房9座。\n"
        "（四）改造一户一表1.5万户。\n推进实况。已改造6120户。\n",
    )
    assert promises(report) == [
        "新建改造城市道路14条。",
        "维修加固老桥2座。",
        "改造供热管网42公里。",
        "改造一户一表1.5万户。",
    ]
    assert units_of(report) == [["市住建局", "市公安局", "市城投集团"]] * 2 + [["市公用局"]] * 2
    assert not any("实况" in task.progress.text for task in report.tasks)


def test_kinds_of_places_that_share_their_office_are_one_group(tmp_path: Path) -> None:
    items = "\n".join(
        f"{n}．{task}\n完成情况：{said}\n责任单位：省医保局，各州、市人民政府"
        for n, (task, said) in enumerate(
            (("建成医共体100个。", "已建成61个。"), ("改造医院8所。", "已开工。")), 1
        )
    )
    report = read_text(tmp_path, f"青溪省2024年重点工作完成情况\n{items}\n")
    assert units_of(report) == [["省医保局", "各州、市人民政府"]] * 2


def test_the_sentence_that_names_the_units_is_no_part_of_the_report(tmp_path: Path) -> None:
    rows = (
        ("新建体育健身中心120个。", "省体育局", "中心完工97个，在建23个。"),
        ("免费检查适龄妇女20万人。", "省妇联", "已检查18.3万人，发放救助金312万元。"),
        ("改造农村公路5000公里。", "省交通厅", "已改造5412公里，完成投资6.9亿元。"),
    )
    text = "\n".join(
        f"{number}、{task}\n    该项工作由{unit}负责。{said}"
        for number, (task, unit, said) in zip("一二三", rows, strict=True)
    )
    report = read_text(tmp_path, f"青溪省2024年为民办实事进展情况通报\n{text}\n")
    assert [task.progress.text for task in report.tasks] == [said for _, _, said in rows]
    assert units_of(report) == [[unit] for _, unit, _ in rows]


def test_the_unit_above_the_title_answers_for_no_item(tmp_path: Path) -> None:
    report = read_text(
        tmp_path,
        "青溪市住房和城乡建设局\n2020年工作总结（任务落实部分）\n\n一、住有所居\n\n"
        "○年初任务：改造老旧小区288个。\n●落实情况：开工改造296个，完工241个。\n\n"
        "○年初任务：筹集租赁住房1.5万套。\n●落实情况：筹集1.93万套。\n\n二、建管并重\n\n"
        "○年初任务：新增地下管廊12公里。\n●落实情况：新增廊体12.7公里。\n",
    )
    assert len(promises(report)) == 3
    assert units_of(report) == [[], [], []]


def test_the_unit_that_runs_the_website_answers_for_no_item(tmp_path: Path) -> None:
    report = read_text(
        tmp_path,
        f"桥南街道2024年重点工作完成情况\n{ITEMS}\n【打印本页】【关闭窗口】\n\n"
        "主办单位：青溪市交通运输局    地址：青溪市建设路8号\n",
    )
    assert units_of(report) == [["城建办", "桥南社区"], ["民生办"], ["城管办"]]


def test_supporters_and_ratings_of_proposals_are_no_promises(tmp_path: Path) -> None:
    items = [
        ("关于扩建口岸的建议", "（等6名代表）", "市陆港集团", "A类（已解决）", "新增装卸线3条。"),
        ("关于新建高中的建议", "", "市教育局", "B类（正在解决）", "项目建议书已批复。"),
        ("关于整治停车的建议", "（等12名代表）", "市公安局", "A类（已解决）", "新增泊位326个。"),
    ]
    text = "青溪市人民政府\n关于重点建议办理情况的公示\n\n" + "\n".join(
        f"建议编号：第{number}号\n建议标题：{title}\n领衔代表：王某某{others}\n主办单位：{unit}\n"
        f"办理类别：{rating}\n办理情况：{progress}\n"
        for number, (title, others, unit, rating, progress) in enumerate(items, 1)
    )
    report = read_text(tmp_path, text)
    assert [(t.task.text, t.progress.text, t.departments[0].name) for t in report.tasks] == [
        (title, progress, unit) for title, _, unit, _, progress in items
    ]


def test_a_group_with_a_comma_in_its_brackets_is_one(tmp_path: Path) -> None:
    report = read_text(
        tmp_path,
        "青溪市2024年重点工作任务分解\n"
        "1．改造农村公路80公里。（牵头单位：市交通局；责任单位：各县（区、市）人民政府）\n"
        "2．新建水厂3座。（牵头单位：市水利局；责任单位：沿河各乡镇（街道））\n"
        "3．新建学校2所。（牵头单位：市教育局；责任单位：各县（区、市）人民政府）\n",
    )
    groups = [[group.name for group in task.groups] for task in report.tasks]
    assert groups == [
        ["各县（区、市）人民政府"],
        ["沿河各乡镇（街道）"],
        ["各县（区、市）人民政府"],
    ]


def test_kinds_of_places_that_are_concerned_are_one_group() -> None:
    document = flatten_lines(["有关市、县（区）人民政府"])
    parts = [Segment("unit", 0, 3, 0.9), Segment("unit", 4, 12, 0.9)]
    assert list(correct_roles(document, parts)) == [Segment("unit", 0, 12, 0.9)]


def test_a_second_paragraph_after_a_label_goes_on_with_the_report(tmp_path: Path) -> None:
    items = [
        ("建设高标准农田15万亩。", "15.2万亩全部完成，通过市级验收。"),
        ("改造棚户区620户、老旧小区9个。", "棚改签约620户，资金全部拨付到位。"),
        ("新建县中医院综合楼。", "基础工程和地下一层主体已完成。"),
    ]
    more = "\n    老旧小区改造惠及居民3100户，更新屋面防水4.6万平方米。"
    lines = [
        f"（{'一二三'[n]}）报告内容：{task}\n落实情况：{progress}{more if n == 1 else ''}"
        for n, (task, progress) in enumerate(items)
    ]
    report = read_text(tmp_path, "青溪县2019年主要任务落实情况\n" + "\n".join(lines) + "\n")
    assert [(task, progress) for task, progress, _ in shown(report)] == [
        (task, progress + (more.strip() if n == 1 else ""))
        for n, (task, progress) in enumerate(items)
    ]


def test_a_problem_without_a_label_belongs_to_the_report() -> None:
    lines = ["一期已达产。", "受价格影响，企业放缓了采购节奏。"]
    document = flatten_lines(lines)
    end = len(lines[0])
    report, problem = (
        Segment("progress", 0, end, 0.9),
        Segment("problem", end + 1, end + 1 + len(lines[1]), 0.9),
    )
    assert [s.role for s in correct_roles(document, [report, problem])] == ["progress", "progress"]


def test_units_that_are_the_heading_of_contents_only_are_no_title(tmp_path: Path) -> None:
    items = [
        ("市环保局", "治理大气污染。完成深度治理项目32个。", "32个项目全部完成。"),
        ("市水务局", "实施滦河左岸生态治理6.5公里，建设橡胶坝1座。", "治理完成6.5公里，坝已蓄水。"),
        ("市教育局", "优化资源布局。招聘教师200名。", "公开招聘教师216名。"),
    ]
    lines = [
        f"{'一二三'[n]}、{unit}\n\n{task}\n\n　　——完成情况：{progress}\n"
        for n, (unit, task, progress) in enumerate(items)
    ]
    report = read_text(tmp_path, "青溪市2017年重点工作完成情况汇总\n\n" + "\n".join(lines))
    assert shown(report) == [(task, progress, [unit]) for unit, task, progress in items]


def test_text_between_the_numbers_of_two_items_continues_the_report() -> None:
    lines = [
        "（五）",
        "建设养老机构50个。",
        "建成50个。",
        "大院建成318个。",
        "（六）",
        "完成99个项目。",
    ]
    document = flatten_lines(lines)
    roles: list[Role] = ["number", "task", "progress", "task", "number", "task"]
    segments, start = [], 0
    for line, role in zip(lines, roles, strict=True):
        segments.append(Segment(role, start, start + len(line), 0.9))
        start += len(line) + 1
    found = [segment.role for segment in correct_roles(document, segments)]
    assert found == ["number", "task", "progress", "progress", "number", "task"]
