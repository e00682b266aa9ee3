"""Lists of tasks in texts, in the styles that governments publish, for several districts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import InputError
from kg.model import Department, Group, Report
from kg.reading import read

DISTRICTS = {"芙蓉区": "430102", "越秀区": "440104", "昆都仑区": "150203"}
# The least share of items that must be read correctly.
FLOOR = 0.5
LEAD, RESPOND, HELP = "lead", "responsible", "cooperating"


@dataclass(frozen=True)
class Expected:
    """The facts that a reader expects from an item."""

    number: int
    category: tuple[str, str | None]
    task: str
    departments: list[tuple[str, str | None]]
    groups: list[str] = field(default_factory=list)
    progress: str = ""
    deadline: str = ""


@dataclass(frozen=True)
class Case:
    """A style: a document, and its items."""

    text: str
    expected: list[Expected]


NO = ("", None)
STYLES = {
    "brackets with leaders": Case(
        "{d}2024年重点工作任务分解\n一、产业\n（一）工业\n"
        "1.培育企业12家。（责任领导：甲某某；牵头单位：区经信局、区农业农村局；"
        "责任单位：区商务局、各街道）\n"
        "4．改造厂房3处。（责任领导：乙某；牵头单位：区经信局）\n"
        "二、民生\n7、新建书屋2间。（责任领导：乙某；责任单位：区文旅局）\n",
        [
            Expected(
                1,
                ("产业", "工业"),
                "培育企业12家。",
                [("区经信局", LEAD), ("区农业农村局", LEAD), ("区商务局", RESPOND)],
                ["各街道"],
            ),
            Expected(4, ("产业", "工业"), "改造厂房3处。", [("区经信局", LEAD)]),
            Expected(7, ("民生", None), "新建书屋2间。", [("区文旅局", RESPOND)]),
        ],
    ),
    "lead and cooperating in one bracket": Case(
        "{d}2023年政府工作报告任务分工\n"
        "1.整治河道8公里。（牵头单位：水务局，配合单位：城管局、财政局，各区、县级市）\n"
        "2.种树900棵（牵头单位:园林局;配合单位:水务局）\n",
        [
            Expected(
                1,
                NO,
                "整治河道8公里。",
                [("水务局", LEAD), ("城管局", HELP), ("财政局", HELP)],
                ["各区、县级市"],
            ),
            Expected(2, NO, "种树900棵", [("园林局", LEAD), ("水务局", HELP)]),
        ],
    ),
    "square brackets and two levels of lead": Case(
        "{d}2022年民生实事\n"
        "（一）建门诊4个。[牵头单位：区卫健局；责任单位：区财政局]\n"
        "（二）装电梯60台。(市级牵头单位:市住建局;区级牵头单位:区住建局)\n"
        "（三）办早餐点15个。【牵头单位】区商务局【配合单位】各镇街\n",
        [
            Expected(1, NO, "建门诊4个。", [("区卫健局", LEAD), ("区财政局", RESPOND)]),
            Expected(2, NO, "装电梯60台。", [("市住建局", LEAD), ("区住建局", LEAD)]),
            Expected(3, NO, "办早餐点15个。", [("区商务局", LEAD)], ["各镇街"]),
        ],
    ),
    "verbs behind the names": Case(
        "{d}2024年工作要点\n一、开放\n"
        "1.办展会5场。（区商务局、区贸促会负责）\n"
        "2.引进项目20个。（区招商局牵头，区财政局、各街道配合，2024年9月底前完成）\n"
        "3.清理台账。（区司法局牵头，各县（市、区）政府按职责分工负责）\n"
        "4.修订办法。由区档案局会同区财政局修订。\n",
        [
            Expected(
                1, ("开放", None), "办展会5场。", [("区商务局", RESPOND), ("区贸促会", RESPOND)]
            ),
            Expected(
                2,
                ("开放", None),
                "引进项目20个。",
                [("区招商局", LEAD), ("区财政局", HELP)],
                ["各街道"],
                deadline="2024年9月底前完成",
            ),
            Expected(
                3, ("开放", None), "清理台账。", [("区司法局", LEAD)], ["各县（市、区）政府"]
            ),
            Expected(
                4,
                ("开放", None),
                "修订办法。由区档案局会同区财政局修订。",
                [("区档案局", LEAD), ("区财政局", HELP)],
            ),
        ],
    ),
    "a line of units and a paragraph of progress": Case(
        "{d}2023年实事项目进展（截至8月底）\n"
        "第一项：修缮剧场1座\n责任单位：区文旅局、区财政局\n完成时限：2023年12月\n"
        "完成情况：主体已完工。\n内部正在装修。\n"
        "第二项：新增车位700个\n责任单位：区城管局\n落实情况：\n1.已新增400个；\n2.其余正在施工。\n",
        [
            Expected(
                1,
                NO,
                "修缮剧场1座",
                [("区文旅局", RESPOND), ("区财政局", RESPOND)],
                progress="主体已完工。内部正在装修。",
                deadline="2023年12月",
            ),
            Expected(
                2,
                NO,
                "新增车位700个",
                [("区城管局", RESPOND)],
                progress="1.已新增400个；2.其余正在施工。",
            ),
        ],
    ),
    "the first is the lead from there on": Case(
        "{d}2021年重点工作责任分解\n一、安全\n"
        "1.排查隐患。\n责任单位：区应急局、区住建局\n"
        "2.演练12次。\n责任单位：区应急局、区教育局（列第一位的为牵头单位，下同）\n"
        "3.配齐器材。\n责任单位：区消防大队、各街道\n",
        [
            Expected(
                1, ("安全", None), "排查隐患。", [("区应急局", RESPOND), ("区住建局", RESPOND)]
            ),
            Expected(2, ("安全", None), "演练12次。", [("区应急局", LEAD), ("区教育局", RESPOND)]),
            Expected(3, ("安全", None), "配齐器材。", [("区消防大队", LEAD)], ["各街道"]),
        ],
    ),
    "a heading answers for the lines under it": Case(
        "{d}2022年重点任务清单\n"
        "一、畅通出行（责任单位：区交通局）\n▲修路6公里\n▲架桥1座\n"
        "二、区教育局（1项）\n▲改造操场3个\n",
        [
            Expected(1, ("畅通出行", None), "修路6公里", [("区交通局", RESPOND)]),
            Expected(2, ("畅通出行", None), "架桥1座", [("区交通局", RESPOND)]),
            Expected(3, ("区教育局", None), "改造操场3个", [("区教育局", None)]),
        ],
    ),
    "parts of an item, dashes over numbers that jump": Case(
        "{d}2023年目标任务责任分解方案\n一、富民\n——就业\n"
        "11.稳岗。①发补贴90万元；②办招聘会7场。（责任单位：区人社局）\n"
        "——养老\n35.建站。（1）建站点5个。\n（2）培训护工80名。\n（责任单位：区民政局）\n",
        [
            Expected(
                11,
                ("富民", "就业"),
                "稳岗。①发补贴90万元；②办招聘会7场。",
                [("区人社局", RESPOND)],
            ),
            Expected(
                35,
                ("富民", "养老"),
                "建站。（1）建站点5个。（2）培训护工80名。",
                [("区民政局", RESPOND)],
            ),
        ],
    ),
    "paragraphs without numbers": Case(
        "{d}2024年主要指标\n（一）经济\n生产总值增长5%。（牵头单位：区发改局）\n"
        "零售额增长6%。（牵头单位：区商务局；配合单位：区统计局）\n"
        "（二）就业\n新增就业3000人。责任单位：区人社局\n扶持创业50户。责任单位：区人社局、区工商联\n",
        [
            Expected(1, ("经济", None), "生产总值增长5%。", [("区发改局", LEAD)]),
            Expected(
                2, ("经济", None), "零售额增长6%。", [("区商务局", LEAD), ("区统计局", HELP)]
            ),
            Expected(3, ("就业", None), "新增就业3000人。", [("区人社局", RESPOND)]),
            Expected(
                4, ("就业", None), "扶持创业50户。", [("区人社局", RESPOND), ("区工商联", RESPOND)]
            ),
        ],
    ),
    "labels on lines of their own": Case(
        "{d}2023年重点项目推进情况\n"
        "项目名称：体育馆\n建设主体：某某建设集团有限公司\n分管领导：丙某某\n进展情况：已封顶。\n"
        "项目名称：图书馆\n"
        "牵 头 单 位：区文旅局\n配合单位\n区财政局　区住建局\n当前进展：正在招标。\n",
        [
            Expected(
                1, NO, "体育馆", [("某某建设集团有限公司", RESPOND)], progress="已封顶。"
            ),
            Expected(
                2,
                NO,
                "图书馆",
                [("区文旅局", LEAD), ("区财政局", HELP), ("区住建局", HELP)],
                progress="正在招标。",
            ),
        ],
    ),
    "wrapped lines": Case(
        "                 {d}2024年任务分工\n\n    一、城建\n"
        "    1.推进老旧片区更新改造，完成外墙翻新三十二处，整治背街\n"
        "小巷十一条，新增口袋公园四个，同步完善照明和排水等\n"
        "设施。（责任单位：区住建局、区城管局，各街道、湖西新区管\n委会）\n"
        "                     — 1 —\n"
        "    2.实施河湖水质提升行动，清淤河道四条，新建泵站两座。\n"
        "（责任单位：区水务局）\n",
        [
            Expected(
                1,
                ("城建", None),
                "推进老旧片区更新改造，完成外墙翻新三十二处，整治背街小巷十一条，"
                "新增口袋公园四个，同步完善照明和排水等设施。",
                [("区住建局", RESPOND), ("区城管局", RESPOND), ("湖西新区管委会", RESPOND)],
                ["各街道"],
            ),
            Expected(
                2,
                ("城建", None),
                "实施河湖水质提升行动，清淤河道四条，新建泵站两座。",
                [("区水务局", RESPOND)],
            ),
        ],
    ),
    "units behind the last part": Case(
        "{d}2024年任务清单\n一、工业\n"
        "1.技改\n（1）改造产线6条；\n（2）培训技工70名。\n牵头领导：甲某\n牵头单位：区工信局\n责任单位：各镇街\n"
        "2.会展\n（1）办展3场；\n牵头领导：乙某\n牵头单位：区商务局\n",
        [
            Expected(
                1,
                ("工业", None),
                "技改 （1）改造产线6条；（2）培训技工70名。",
                [("区工信局", LEAD)],
                ["各镇街"],
            ),
            Expected(2, ("工业", None), "会展 （1）办展3场；", [("区商务局", LEAD)]),
        ],
    ),
    "who speaks, and brackets inside": Case(
        "{d}2024年重点工作落实情况\n美化类\n"
        "1.更新街区\n区住建局：已更新街区2片。\n"
        "改革类\n2.减材料40项（区政务局）；减时限（区司法局）。\n区政务局：已减30项。\n",
        [
            Expected(
                1, ("美化类", None), "更新街区", [("区住建局", None)], progress="已更新街区2片。"
            ),
            Expected(
                2,
                ("改革类", None),
                "减材料40项；减时限",
                [("区政务局", None), ("区司法局", None)],
                progress="已减30项。",
            ),
        ],
    ),
    "a remark behind the list": Case(
        "2024年重点任务分解\n（{d}）\n一、城建\n1．修路。\n"
        "  责任单位：区建设局 区财政局 各街道办事处\n"
        "2．架桥。\n  责任单位：区建设局、区水务局（牵头）\n"
        "备注：责任单位排第一位的为牵头单位。2.各单位按职责配合。\n",
        [
            Expected(
                1,
                ("城建", None),
                "修路。",
                [("区建设局", LEAD), ("区财政局", RESPOND)],
                ["各街道办事处"],
            ),
            Expected(2, ("城建", None), "架桥。", [("区建设局", RESPOND), ("区水务局", LEAD)]),
        ],
    ),
    "units on a line behind numbered items, and a second list": Case(
        "附件1\n{d}2024年民生实事任务分解\n"
        "一、就业\n1.新增岗位900个。\n2.办招聘会6场。\n（牵头单位：区人社局）\n"
        "二、学位\n1.新增学位800个。\n（牵头单位：区教育局；配合单位：经开区管委会）\n"
        "附件2\n{d}2024年重点项目清单\n1.艺术馆（建设单位：某某文旅有限公司）\n",
        [
            Expected(
                1,
                ("{d}2024年民生实事任务分解", None),
                "就业 1.新增岗位900个。2.办招聘会6场。",
                [("区人社局", LEAD)],
            ),
            Expected(
                2,
                ("{d}2024年民生实事任务分解", None),
                "学位 1.新增学位800个。",
                [("区教育局", LEAD), ("经开区管委会", HELP)],
            ),
            Expected(
                3,
                ("{d}2024年重点项目清单", None),
                "艺术馆",
                [("某某文旅有限公司", RESPOND)],
            ),
        ],
    ),
    "no department is invented": Case(
        "{d}2022年为民办实事清单\n一、建游园5个。\n二、发放消费券800万元。\n",
        [
            Expected(1, NO, "建游园5个。", []),
            Expected(2, NO, "发放消费券800万元。", []),
        ],
    ),
    "progress without a label": Case(
        "{d}2022年民生实事完成情况\n一、建游园5个。已建成4个，1个正在绿化。\n二、装路灯90盏。全部已完成。\n",
        [
            Expected(1, NO, "建游园5个。", [], progress="已建成4个，1个正在绿化。"),
            Expected(2, NO, "装路灯90盏。", [], progress="全部已完成。"),
        ],
    ),
    "units above bullets of another kind": Case(
        "{d}2022年重点工作台账\n▶区建设局\n▲打通断头路3条。\n▲改造厂房2处。\n▶区商务局\n▲引进首店6家。\n",
        [
            Expected(1, ("区建设局", None), "打通断头路3条。", [("区建设局", None)]),
            Expected(2, ("区建设局", None), "改造厂房2处。", [("区建设局", None)]),
            Expected(3, ("区商务局", None), "引进首店6家。", [("区商务局", None)]),
        ],
    ),
    "units above numbers, behind a label": Case(
        "{d}2022年民生工程完成情况表\n单位：区教育局（1项）\n1.建幼儿园3所。完成情况：均已投用。\n"
        "单位：区民政局\n2.建照料中心2个。完成情况：完成1个。\n",
        [
            Expected(
                1, ("区教育局", None), "建幼儿园3所。", [("区教育局", None)], progress="均已投用。"
            ),
            Expected(
                2, ("区民政局", None), "建照料中心2个。", [("区民政局", None)], progress="完成1个。"
            ),
        ],
    ),
    "look-alike marks": Case(
        "{d}2023年任务分工\n一 企业开办\n"
        "（1）推行联办（牵头单位∶区市监局﹔ 配合单位∶区税务局、区公安分局）\n"
        "（2）压缩时限（牵头单位∶区市监局\n（3）上门服务（牵头单位∶区税务局）\n",
        [
            Expected(
                1,
                ("企业开办", None),
                "推行联办",
                [("区市监局", LEAD), ("区税务局", HELP), ("区公安分局", HELP)],
            ),
            Expected(2, ("企业开办", None), "压缩时限", [("区市监局", LEAD)]),
            Expected(3, ("企业开办", None), "上门服务", [("区税务局", LEAD)]),
        ],
    ),
    "roles in other words": Case(
        "{d}2023年任务分工\n1.建书屋5间（牵头部门为区文旅局，配合部门为区财政局、各镇（街道））\n"
        "2.办展会2场（牵头：区商务局，参与：区科协）\n"
        "3.植树900棵（区园林局牵头 区水务局、各街道配合）\n"
        "4.检查企业80家【区应急管理局、区消防救援大队】\n"
        "5.开办夜校3所\n责任单位：区教体局（区体育局）\n",
        [
            Expected(
                1, NO, "建书屋5间", [("区文旅局", LEAD), ("区财政局", HELP)], ["各镇（街道）"]
            ),
            Expected(2, NO, "办展会2场", [("区商务局", LEAD), ("区科协", HELP)]),
            Expected(3, NO, "植树900棵", [("区园林局", LEAD), ("区水务局", HELP)], ["各街道"]),
            Expected(4, NO, "检查企业80家", [("区应急管理局", None), ("区消防救援大队", None)]),
            Expected(5, NO, "开办夜校3所", [("区教体局", RESPOND)]),
        ],
    ),
    "parts, chapters and sections": Case(
        "{d}2024年任务分工\n第一部分 产业\n第一章 工业\n1.育企业20家（牵头单位：区经信局）\n"
        "第二章 商贸\n2.引首店50家（牵头单位：区商务局）\n"
        "第二部分 民生\n3.建学校2所（牵头单位：区教育局）\n",
        [
            Expected(1, ("产业", "工业"), "育企业20家", [("区经信局", LEAD)]),
            Expected(2, ("产业", "商贸"), "引首店50家", [("区商务局", LEAD)]),
            Expected(3, ("民生", None), "建学校2所", [("区教育局", LEAD)]),
        ],
    ),
    "a label in the letter that labels no unit": Case(
        "{d}2024年目标任务分工\n各部门：\n    现下达目标任务，请认真落实，责任单位：要明确专人。\n"
        "一、指标\n（一）增收8%（牵头单位：区财政局；责任单位：区税务局）\n（二）减排3%（牵头单位：区环保局）\n",
        [
            Expected(
                1, ("指标", None), "增收8%", [("区财政局", LEAD), ("区税务局", RESPOND)]
            ),
            Expected(2, ("指标", None), "减排3%", [("区环保局", LEAD)]),
        ],
    ),
    "where none is named as lead, the responsible unit leads": Case(
        "{d}2024年任务分工\n（说明：无牵头单位的，责任单位即为牵头单位）\n"
        "1.建学校2所（责任单位：区教育局；配合单位：区财政局）\n"
        "2.修路3条（牵头单位：区建设局；责任单位：区交通局）\n",
        [
            Expected(1, NO, "建学校2所", [("区教育局", LEAD), ("区财政局", HELP)]),
            Expected(2, NO, "修路3条", [("区建设局", LEAD), ("区交通局", RESPOND)]),
        ],
    ),
    "who answers in front of each item, a title that tells for whom": Case(
        "{d}2024年重点工作（区级部门）\n1、区财政局：增收8%；\n2、各街道办事处：改造院落30个。\n",
        [
            Expected(1, NO, "增收8%；", [("区财政局", None)]),
            Expected(2, NO, "改造院落30个。", [], ["各街道办事处"]),
        ],
    ),
    "groups as a heading": Case(
        "{d}2023年重点任务\n一、区民政局、区残联\n（一）新建助残站3个。\n"
        "二、各街道办事处\n（一）治理院落60处。\n",
        [
            Expected(
                1,
                ("区民政局、区残联", None),
                "新建助残站3个。",
                [("区民政局", None), ("区残联", None)],
            ),
            Expected(2, ("各街道办事处", None), "治理院落60处。", [], ["各街道办事处"]),
        ],
    ),
    "records whose number is labelled": Case(
        "{d}2023年重点工作完成情况一览表\n\n序号：1\n工作任务：建学校3所\n责任单位：区教育局\n"
        "完成情况：已建成\n\n序号：2\n工作任务：植树900株\n责任单位：区园林局\n完成情况：已植950株\n",
        [
            Expected(1, NO, "建学校3所", [("区教育局", RESPOND)], progress="已建成"),
            Expected(2, NO, "植树900株", [("区园林局", RESPOND)], progress="已植950株"),
        ],
    ),
    "numbers behind stars, labels in boxes": Case(
        "2024年{d}民生实事进展\n★ 实事一：便民停车\n【目标】新增泊位1500个\n【牵头单位】区城管局\n"
        "【进展】已新增1200个\n★ 实事二：颐养\n【目标】新增床位100张\n【牵头单位】区民政局\n"
        "【进展】已新增110张\n",
        [
            Expected(
                1, NO, "便民停车 新增泊位1500个", [("区城管局", LEAD)], progress="已新增1200个"
            ),
            Expected(2, NO, "颐养 新增床位100张", [("区民政局", LEAD)], progress="已新增110张"),
        ],
    ),
    "two numbers on one line": Case(
        "{d}2022年任务分解\n(一) 稳增长\n1. (1) 增收6%。(责任单位:区财政局)\n"
        "(2) 减排7%。(责任单位:区环保局)\n2. (3) 出口增5%。(责任单位:区商务局)\n"
        "(二) 优环境\n3. (4) 旧改10个。(责任单位:区建设局)\n",
        [
            Expected(1, ("稳增长", None), "增收6%。", [("区财政局", RESPOND)]),
            Expected(2, ("稳增长", None), "减排7%。", [("区环保局", RESPOND)]),
            Expected(3, ("稳增长", None), "出口增5%。", [("区商务局", RESPOND)]),
            Expected(4, ("优环境", None), "旧改10个。", [("区建设局", RESPOND)]),
        ],
    ),
    "units behind dashes": Case(
        "{d}政府2024年度任务责任书\n    ——区教育局\n一、新建学校2所。\n二、招师80人。\n"
        "    ——区民政局\n一、新增床位200张。\n",
        [
            Expected(1, ("区教育局", None), "新建学校2所。", [("区教育局", None)]),
            Expected(2, ("区教育局", None), "招师80人。", [("区教育局", None)]),
            Expected(3, ("区民政局", None), "新增床位200张。", [("区民政局", None)]),
        ],
    ),
    "labelled categories and schedules": Case(
        "{d}2024年任务分工表\n任务类别：市容\n重点任务：整治点位80处\n牵头单位：区城管局\n"
        "时间进度：6月底前完成40处；12月底前完成80处\n任务类别：环卫\n重点任务：建示范点20个\n"
        "牵头单位：区城管局\n时间进度：全年推进\n",
        [
            Expected(
                1,
                ("市容", None),
                "整治点位80处",
                [("区城管局", LEAD)],
                deadline="6月底前完成40处；12月底前完成80处",
            ),
            Expected(2, ("环卫", None), "建示范点20个", [("区城管局", LEAD)], deadline="全年推进"),
        ],
    ),
    "what closes a report is no task": Case(
        "{d}2023年民生实事一季度推进情况\n一、就业。增岗900个。一季度增280个。（责任单位：区人社局）\n"
        "二、交通。打通断头路3条。1条完工，2条施工中。（责任单位：区建设局）\n"
        "下一步，各责任单位要倒排工期，确保完成。\n",
        [
            Expected(
                1, NO, "就业。增岗900个。", [("区人社局", RESPOND)], progress="一季度增280个。"
            ),
            Expected(
                2,
                NO,
                "交通。打通断头路3条。",
                [("区建设局", RESPOND)],
                progress="1条完工，2条施工中。",
            ),
        ],
    ),
    "letters number categories and tasks": Case(
        "{d}2024年重点工作安排\nA.经济类\nA1 新增上市3家（区金融办）\n"
        "A2 招商60家（区经信局、各镇街）\nB.社会类\nB1 新建养老院2家（区民政局）\n",
        [
            Expected(1, ("经济类", None), "新增上市3家", [("区金融办", None)]),
            Expected(2, ("经济类", None), "招商60家", [("区经信局", None)], ["各镇街"]),
            Expected(3, ("社会类", None), "新建养老院2家", [("区民政局", None)]),
        ],
    ),
    "a stroke behind the label, annexes below": Case(
        "{d}2023年为民办实事\n一、幼教：建公办园3所。\n责任单位/区教育局\n二、养老：增床150张。\n"
        "责任单位/区民政局\n附件：1.进度安排表\n2.联系人名单\n",
        [
            Expected(1, NO, "幼教：建公办园3所。", [("区教育局", RESPOND)]),
            Expected(2, NO, "养老：增床150张。", [("区民政局", RESPOND)]),
        ],
    ),
    "records with codes": Case(
        "{d}2024年重点任务表\n\n编号：AB-01\n任务：改造院落30个\n牵头：区建设局\n配合：各街道\n"
        "进度：已完工22个\n\n编号：AB-02\n任务：引首店60家\n牵头：区商务局\n进度：51家\n",
        [
            Expected(
                1, NO, "改造院落30个", [("区建设局", LEAD)], ["各街道"], progress="已完工22个"
            ),
            Expected(2, NO, "引首店60家", [("区商务局", LEAD)], progress="51家"),
        ],
    ),
    "ASCII full stops before labels": Case(
        "{d}2023年任务分解\n一、稳增长(2项)\n1.增收6%以上.牵头单位:区财政局;责任单位:区税务局、各街道\n"
        "2.固投增8%.牵头单位:区发改局\n                     - 3 -\n",
        [
            Expected(
                1,
                ("稳增长", None),
                "增收6%以上.",
                [("区财政局", LEAD), ("区税务局", RESPOND)],
                ["各街道"],
            ),
            Expected(2, ("稳增长", None), "固投增8%.", [("区发改局", LEAD)]),
        ],
    ),
    "labelled units over the items": Case(
        "{d}2023年重点任务分工表\n牵头单位：区教育局\n1.建示范园3个。\n2.招师20名。\n"
        "牵头单位：区民政局\n3.建站点15个。\n",
        [
            Expected(1, NO, "建示范园3个。", [("区教育局", LEAD)]),
            Expected(2, NO, "招师20名。", [("区教育局", LEAD)]),
            Expected(3, NO, "建站点15个。", [("区民政局", LEAD)]),
        ],
    ),
    "a heading with units over one labelled task": Case(
        "{d}2024年1-6月民生实事进展情况\n一、就业（区人社局）\n目标任务：增岗1万个。\n进展情况：增6200个。\n"
        "二、教育（区教育局、区建设局）\n目标任务：建校2所。\n进展情况：1.完成主体；2.完成桩基。\n",
        [
            Expected(1, NO, "就业 增岗1万个。", [("区人社局", None)], progress="增6200个。"),
            Expected(
                2,
                NO,
                "教育 建校2所。",
                [("区教育局", None), ("区建设局", None)],
                progress="1.完成主体；2.完成桩基。",
            ),
        ],
    ),
    "bars between labels and what they label": Case(
        "{d}2023年民生实事半年进展\n项目1：医院迁建\n牵头单位 | 区卫健局\n年度目标 | 主体封顶\n"
        "上半年进展 | 完成地下室\n项目2：中学新建\n牵头单位 | 区教育局\n上半年进展 | 正在装修\n",
        [
            Expected(
                1, NO, "医院迁建 主体封顶", [("区卫健局", LEAD)], progress="完成地下室"
            ),
            Expected(2, NO, "中学新建", [("区教育局", LEAD)], progress="正在装修"),
        ],
    ),
    "bars between the parts of an item, headings in boxes": Case(
        "{d}2023年重点工作\n【产业类】\n1.引项目30个｜责任单位：区投促局｜完成时限：12月\n"
        "【民生类】\n2.改造食堂10个｜责任单位：区教育局、区市监局｜完成时限：8月\n",
        [
            Expected(
                1, ("产业类", None), "引项目30个", [("区投促局", RESPOND)], deadline="12月"
            ),
            Expected(
                2,
                ("民生类", None),
                "改造食堂10个",
                [("区教育局", RESPOND), ("区市监局", RESPOND)],
                deadline="8月",
            ),
        ],
    ),
    "brackets behind counted places": Case(
        "{d}2024年项目分解\n1.建幼儿园2所（区教育局）；\n2.改造医院1家（区卫健局）。\n",
        [
            Expected(1, NO, "建幼儿园2所", [("区教育局", None)]),
            Expected(2, NO, "改造医院1家", [("区卫健局", None)]),
        ],
    ),
    "numbered parts of each item": Case(
        "{d}2024年重点任务\n一、抓项目\n（一）目标任务\n开工50个。\n（二）责任单位\n区发改局、各镇街\n"
        "（三）完成情况\n已开工46个。\n二、抓招商\n（一）目标任务\n引进30个。\n（二）责任单位\n区投促局\n"
        "（三）完成情况\n已引进33个。\n",
        [
            Expected(
                1,
                NO,
                "抓项目 开工50个。",
                [("区发改局", RESPOND)],
                ["各镇街"],
                progress="已开工46个。",
            ),
            Expected(
                2, NO, "抓招商 引进30个。", [("区投促局", RESPOND)], progress="已引进33个。"
            ),
        ],
    ),
    "a numbered heading that is also a label": Case(
        "{d}2024年重点任务通报\n一、总体情况\n进展总体良好。\n二、完成情况\n"
        "（一）建学校2所。（责任单位：区教育局）\n（二）修路3条。（责任单位：区建设局）\n",
        [
            Expected(1, ("完成情况", None), "建学校2所。", [("区教育局", RESPOND)]),
            Expected(2, ("完成情况", None), "修路3条。", [("区建设局", RESPOND)]),
        ],
    ),
    "spaced labels, units within items": Case(
        "{d}2024年民生实事\n一、建设服务圈\n内  容：新建中心4个\n"
        "单  位：区民政局、区建设局\n时限：12月底\n"
        "二、建设食堂\n内  容：改造食堂30家\n单  位：区教育局\n时限：8月底\n",
        [
            Expected(
                1,
                NO,
                "建设服务圈 新建中心4个",
                [("区民政局", None), ("区建设局", None)],
                deadline="12月底",
            ),
            Expected(2, NO, "建设食堂 改造食堂30家", [("区教育局", None)], deadline="8月底"),
        ],
    ),
    "marks that tell how far it is": Case(
        "{d}2023年重点任务\n1. 建公园3个（牵头单位：区园林局）\n   √ 已完成\n"
        "2. 打通断头路2条（牵头单位：区建设局）\n   × 未完成：征迁受阻\n",
        [
            Expected(1, NO, "建公园3个", [("区园林局", LEAD)], progress="已完成"),
            Expected(
                2, NO, "打通断头路2条", [("区建设局", LEAD)], progress="未完成：征迁受阻"
            ),
        ],
    ),
}  # fmt: skip


def items_right(found: Report, expected: Sequence[Expected]) -> int:
    """Return how many items are read with their task, units and progress."""
    read_as = Counter(
        (task.task.text, frozenset(unit.name for unit in task.departments), task.progress.text)
        for task in found.tasks
    )
    wanted = Counter(
        (item.task, frozenset(name for name, _ in item.departments), item.progress)
        for item in expected
    )
    return sum((read_as & wanted).values())


def test_most_items_are_read_correctly_in_any_style(tmp_path: Path) -> None:
    right: dict[str, int] = {}
    path = tmp_path / "list.txt"
    for style, case in STYLES.items():
        for district, code in DISTRICTS.items():
            path.write_text(case.text.format(d=district), encoding="utf-8", newline="")
            try:
                report = read(path)
            except InputError:
                continue
            assert report.jurisdiction.code == code, style
            right[style] = right.get(style, 0) + items_right(report, case.expected)
            assert all(task.leaders == () for task in report.tasks)
            for task in report.tasks:
                units: tuple[Department | Group, ...] = (*task.departments, *task.groups)
                for unit in units:
                    evidence = unit.evidence
                    shown = task.department_cell.text[evidence.start : evidence.end]
                    assert shown == evidence.quote
    items = {style: len(case.expected) * len(DISTRICTS) for style, case in STYLES.items()}
    share = sum(right.values()) / sum(items.values())
    missed = {style: items[style] - right.get(style, 0) for style in items}
    print(f"{share:.1%} of {sum(items.values())} items; missed: {missed}")
    assert share > FLOOR
