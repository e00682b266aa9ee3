"""Invented names, dates, figures and sentences that stand around the tasks of a document."""

from __future__ import annotations

import random
import re

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文欧阳诸葛"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅建国志强文斌晓东海峰立新国庆永胜德福春雷振宇雪松家豪思远一鸣鹏飞继承启航"
_OFFICES = (
    "副市长",
    "副区长",
    "副县长",
    "副主任",
    "局长",
    "常委",
    "市长",
    "区长",
    "县长",
    "书记",
    "同志",
)
_SITES = ("人民政府门户网站", "人民政府网", "政务公开", "人民政府", "政府信息公开")
_CRUMBS = (
    "首页",
    "政务公开",
    "重点领域信息公开",
    "民生实事",
    "规划计划",
    "政府信息公开",
    "执行公开",
    "任务分解和推进",
    "专题专栏",
    "政务动态",
    "公告公示",
    "惠民行动",
    "通知公告",
    "重点工作",
    "督查督办",
)
_FOOTERS = (
    "扫一扫在手机打开当前页",
    "【打印】 【关闭】",
    "分享到：",
    "上一篇：关于做好防汛工作的通知",
    "下一篇：没有了",
    "主办单位：{gov}人民政府办公室",
    "版权所有：{gov}人民政府",
    "网站标识码：{digits}",
    "网站地图 | 联系我们 | 关于本站",
    "备案号：{digits}号",
    "联系电话：0{phone}",
    "责任编辑：{person}",
    "（来源：{gov}政府办）",
    "附件下载",
    "公安机关备案{digits}",
    "技术支持：市大数据中心",
    "您是第{digits}位访客",
    "信息来源：{gov}政府办公室",
    "（待续）",
)
_SALUTATIONS = (
    "各街道办事处，区政府各部门，各有关单位：",
    "各县（市、区）人民政府，市直各单位：",
    "各乡镇人民政府、街道办事处，县直有关单位：",
    "各镇人民政府、各街道办事处，区政府有关部门：",
    "各有关单位：",
)
_LETTERS = (
    "为确保{year}年各项目标任务顺利完成，经{gov}政府研究同意，现将任务分工印发给你们，请结合实际认真贯彻落实。",
    "根据{gov}人民代表大会审议通过的《政府工作报告》，现将重点工作任务分解如下，请各责任单位对照落实。",
    "{year}年，{gov}坚持以人民为中心的发展思想，持续加大民生投入，各项实事进展总体顺利，现将有关情况通报如下：",
    "今年以来，全{level}上下围绕年度目标，倒排工期、挂图作战，{count}项任务有序推进。现将截至{month}月底的进展情况公布如下：",
    "按照督查工作安排，{gov}政府督查室对{count}项重点任务推进情况进行了调度，具体情况如下。",
    "{year}年民生实事项目由{gov}人大会议票决产生，共{count}项，计划总投资{money}亿元。",
    "各责任单位要高度重视，明确分管领导和经办人员，每月5日前将进展情况报政府办公室。",
    "从调度情况看，大部分项目达到时序进度，个别项目推进偏慢，需引起重视。",
    "会议强调，要紧盯重点环节，强化要素保障，推动各项工作提质增效。",
    "截至目前，{count}项任务中已完成{few}项，其余正在按计划推进。",
)
_SUMMARIES = (
    "近日，{gov}政府就{year}年为民办实事项目实施情况发出通报。省级财政及时下达项目资金{money}亿元，有力保障{count}项项目全面完成。",
    "{year}年，我局承担重点工程{few}项，总投资约{money}亿元，其中续建项目{few}个，新建项目{few}个，截至目前累计完成投资{money}亿元，为总投资的{few}%。",
    "{count}项民心工程启动实施后，全{level}上下掀起建设热潮。截至{month}月底，已完成{few}项，占总建设计划的{few}%，第一阶段工作任务基本完成。",
    "{count}件实事，事事关乎民生。{month}月20日获悉，为确保落地质量，{gov}政府将由{few}位领导具体领办，多数实事有了实质性进展。",
    "年度投资目标共计{money}亿元。1—{month}月，完成投资{money}亿元，占年度投资目标{few}%，各民生事项推进有序。",
    "项目覆盖教育、养老、公共设施、环境提升、民生保障等领域",
    "（共{few}大类 {count}个子项目）",
    "一季度，各区市、各有关部门早谋划、快行动，{count}件实事推进有序。现将有关情况通报如下：",
    "截止{year}年12月31日，{gov}“十件实事”所含{count}项工作任务已全部完成，具体情况如下：",
    "为有力推进{count}项民生工程精准实施，保证目标任务高效完成，现就1至{month}月份实施进度通报如下：",
    "（请各牵头单位填写截止到{month}月28日的情况）",
    "涵盖就业、教育科技、医疗健康、孤儿保障、城市服务、交通出行等{few}个方面，分项情况如下：",
    "{gov}政府办将继续定期通报，晒成绩、比进度。望各责任单位紧扣目标任务，确保年度目标圆满完成。",
)
_CLOSINGS = (
    "下一步，各单位要进一步压实责任、加快进度，确保全年任务圆满完成。",
    "请各牵头单位于每季度末将落实情况报{gov}政府督查室，联系电话：{phone}。",
    "以上任务列入年度绩效考核，未按时完成的将予以通报。",
    "特此通报。",
    "本通知自印发之日起施行。",
    "（此件主动公开）",
    "排名第一位的为牵头单位。",
)
_TITLES = (
    "{gov}{year}年民生实事项目进展情况",
    "{gov}{year}年《政府工作报告》重点任务完成情况表",
    "{year}年{gov}重点工作任务分解表",
    "{year}年{gov}十件民生实事{month}月份进展情况",
    "关于{year}年为民办实事项目推进情况的通报",
    "{gov}{year}年上半年重点工作完成情况",
    "{year}年重点项目建设进度表",
    "{gov}{year}年第{quarter}季度民生实事完成情况",
    "{year}年政府工作报告主要目标和任务分工方案",
    "{year}年度重点工作任务清单（截至{month}月底）",
    "{gov}{year}年全面深化改革工作台账",
    "{year}年城建重点工程推进情况",
    "关于印发{gov}{year}年重点工作责任分解的通知",
    "{gov}人民政府{year}年实事工程落实情况公示",
    "{year}年{gov}经济社会发展主要指标完成情况",
)


def invent_person(chance: random.Random) -> str:
    """Return an invented name of a person, sometimes with blanks or an office."""
    surname = chance.choice(_SURNAMES)
    given = "".join(chance.sample(_GIVEN, chance.choice((1, 2, 2, 2))))
    blank = "  " if len(given) == 1 and chance.random() < 0.5 else ""
    office = chance.choice(_OFFICES) if chance.random() < 0.12 else ""
    return f"{surname}{blank}{given}{office}"


def invent_deadline(year: int, chance: random.Random) -> str:
    """Return until when a task is to be done, in one of the usual forms."""
    month = chance.randint(1, 12)
    return chance.choice(
        (
            f"{year}年{month}月底前", f"{month}月底前", f"{year}年{month}月", f"{month}月30日前", "全年", "年底前",
            "长期坚持", f"{year}年底前", f"{year}.{month}", f"{year}-{year + 1}年", "6月底", "持续推进", f"{year}年12月31日",
        )
    )  # fmt: skip


def invent_remark(heading: str, chance: random.Random) -> str:
    """Return what a further column tells of a task."""
    if chance.random() < 0.1:
        return ""
    if heading == "总投资":
        return chance.choice(
            (
                str(chance.randint(50, 90000)),
                f"{chance.randint(1, 400) / 10}亿元",
                f"{chance.randint(1, 90)}00万元",
            )
        )
    if heading == "是否达到进度要求":
        return chance.choice(("是", "是", "是", "否", "√", "达到", "未达到"))
    if heading == "服务对象":
        return chance.choice(
            ("全市市民", "全区居民", "老年人", "残疾人", "中小学生", "农村居民", "困难群众", "企业")
        )
    if heading == "建设性质":
        return chance.choice(("新建", "续建", "改建", "扩建", "前期"))
    if heading == "监督电话":
        return f"{chance.randint(2000000, 89999999)}"
    if heading in ("完成率", "得分"):
        return f"{chance.randint(20, 100)}{'%' if heading == '完成率' else ''}"
    return chance.choice(
        ("", "", "已销号", "市级项目", "区级", "跨年度项目", "票决项目", "省定任务")
    )


def fill(template: str, government: str, year: int, chance: random.Random) -> str:
    """Return a sentence with its government, year and figures."""
    level = government[-1:] if government[-1:] in "省市区县镇乡" else "市"
    return template.format(
        gov=re.split(r"(?<=[省市])(?=.{2,}[区县市镇乡])", government)[-1],
        level=level,
        year=year,
        month=chance.randint(1, 12),
        quarter=chance.choice("一二三四"),
        count=chance.randint(5, 60),
        few=chance.randint(1, 5),
        money=chance.randint(10, 900) / 10,
        digits=chance.randint(1000000000, 9999999999),
        phone=chance.randint(2000000, 89999999),
        person=invent_person(chance),
    )


def invent_title(government: str, year: int, chance: random.Random) -> str:
    """Return a title of a document."""
    return fill(chance.choice(_TITLES), government, year, chance)


def invent_breadcrumbs(chance: random.Random) -> str:
    """Return the path of a page in a portal."""
    crumbs = chance.sample(_CRUMBS[1:], chance.randint(1, 4))
    mark = chance.choice((" > ", " >> ", "> ", " / ", " "))
    return chance.choice(("当前位置：", "您当前所在的位置： ", "位置：", "")) + mark.join(
        ("首页", *crumbs)
    )


def invent_meta_line(government: str, year: int, chance: random.Random) -> str:
    """Return the line below a title that tells source and date."""
    day = f"{year}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    source = fill(
        chance.choice(("{gov}政府办公室", "{gov}人民政府", "市政府督查室", "本网", "区目督办")),
        government,
        year,
        chance,
    )
    templates = (
        f"来源：{source}  发布时间：{day} {chance.randint(8, 18)}:{chance.randint(10, 59)}  浏览次数：{chance.randint(10, 9000)}  【字体：大 中 小】",
        f"发布日期： {day}", f"发布时间：{day} 来源：{source} 浏览次数：", f"索 引 号 H{chance.randint(100, 999)}/{year}-{chance.randint(10000, 99999)} 成文日期 {day}",
        f"{source} {day}", f"信息索引号： 00{chance.randint(1000000, 9999999)}/{year} 公开方式： 主动公开", f"发布机构：{source}  主题分类：综合政务",
        f"填报单位（盖章）：{source}  时间：{year}年{chance.randint(1, 12)}月", "单位：万元", "字号：[大 中 小]", f"制表时间：{year}年{chance.randint(1, 12)}月{chance.randint(1, 28)}日",
    )  # fmt: skip
    return chance.choice(templates)


def invent_letter(government: str, year: int, chance: random.Random) -> list[str]:
    """Return the paragraphs of a covering letter or of an introduction."""
    lines = [chance.choice(_SALUTATIONS)] if chance.random() < 0.4 else []
    lines += [
        fill(t, government, year, chance) for t in chance.sample(_LETTERS, chance.randint(1, 3))
    ]
    lines += [
        fill(t, government, year, chance)
        for t in chance.sample(_SUMMARIES, chance.choice((0, 1, 1, 2)))
    ]
    if chance.random() < 0.15:
        lines.append(_ranking(chance))
    return lines


def invent_page_table(government: str, year: int, chance: random.Random) -> str:
    """Return the table at the top of a portal's page that tells index number, date and publisher."""
    pairs = [
        ("索引号", f"{chance.randint(10**9, 10**10)}/{year}-{chance.randint(1000, 99999)}"),
        ("组配分类", chance.choice(("民生实事", "规划计划", "重点工作"))),
        ("主题分类", chance.choice(("政务公开", "综合政务"))),
        ("公开方式", "主动公开"),
        ("公开范围", "面向全社会"),
        ("发布机构", fill(chance.choice(("{gov}政府办公室", "区发改局", "市住建局", "县教体局")), government, year, chance)),
        ("发文日期", f"{year}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"),
        ("文号", ""),
    ]
    chosen = chance.sample(pairs, chance.randint(2, 6))
    between, end = chance.choice(((" | ", " |\n"), ("： ", "\n"), ("\n\n", "\n\n"), (" |\n", " |\n")))
    return "".join(f"{name}{between}{value}{end}" for name, value in chosen)


def invent_other_table(chance: random.Random) -> str:
    """Return a table that holds no tasks: prices, posts, parameters, ranks."""
    kind = chance.randrange(4)
    between, end = chance.choice(((" | ", " |\n"), ("\n", "\n"), ("\n\n", "\n\n"), ("\t", "\n"), (" ", "\n")))
    counties = ("青山县", "临河区", "云溪县", "石桥镇", "枫林区", "东湖区", "白沙县", "柳园镇")
    heads, make = (
        (("序号", "名称", "规格", "单位", "单价（元）"), lambda n: (str(n), chance.choice(("大米", "面粉", "鸡蛋", "猪肉", "白菜", "水泥", "钢材", "柴油")), chance.choice(("一级", "散装", "5kg", "42.5")), chance.choice(("斤", "吨", "袋")), f"{chance.randint(10, 9000) / 10}")),
        (("姓名", "职务", "联系电话"), lambda n: (invent_person(chance), chance.choice(("局长", "副主任", "科长", "书记")), str(chance.randint(2000000, 89999999)))),
        (("参数", "指标要求", "备注"), lambda n: (chance.choice(("功率", "电压", "尺寸", "分辨率", "重量", "内存")), f"≥{chance.randint(1, 900)}", "")),
        (("排名", "县（市、区）", "得分", "完成率"), lambda n: (str(n), chance.choice(counties), f"{chance.randint(600, 999) / 10}", f"{chance.randint(40, 100)}%")),
    )[kind]  # fmt: skip
    rows = [heads, *(make(number) for number in range(1, chance.randint(4, 12)))]
    return "".join(between.join(row) + end for row in rows)


def _ranking(chance: random.Random) -> str:
    """Return the ranking of some counties: a numbered list that holds no tasks."""
    counties = chance.sample(
        ("青山县", "临河区", "云溪县", "石桥镇", "枫林区", "东湖区", "白沙县", "柳园镇"), 5
    )
    mark = chance.choice(("、", ".", "."))
    return "；".join(f"{place}{mark}{name}" for place, name in enumerate(counties, 1)) + "。"


def invent_end(government: str, year: int, chance: random.Random) -> list[str]:
    """Return what stands behind the tasks: closing sentences, signature, foot of a page."""
    lines = [
        fill(t, government, year, chance)
        for t in chance.sample(_CLOSINGS, chance.choice((0, 0, 1, 2)))
    ]
    if chance.random() < 0.3:
        lines += [
            fill("{gov}人民政府办公室", government, year, chance),
            f"{year}年{chance.randint(1, 12)}月{chance.randint(1, 28)}日",
        ]
    if chance.random() < 0.4:
        lines += [
            fill(t, government, year, chance) for t in chance.sample(_FOOTERS, chance.randint(1, 4))
        ]
    return lines
