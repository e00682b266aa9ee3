"""Tables of invented districts; `tests/reading/printing.py` prints them in many styles."""

from __future__ import annotations

import random
from collections.abc import Iterator

from tests.reading.printing import TITLE, Category, Entry, Style, render

__all__ = ["DEPARTMENTS", "TITLE", "Category", "Entry", "Style", "invent", "render"]

_THINGS = """
    老旧小区改造 滨河公园建设 农贸市场升级 智慧停车平台建设 社区食堂试点 排水管网改造 中小学扩建
    托育服务体系建设 产业园区招商 营商环境提升 背街小巷整治 垃圾分类 燃气管道更新 电梯加装
    社区卫生服务中心建设 河道生态修复 口袋公园建设 5G基站布局 公共充电桩建设 非遗保护传承
    创业孵化基地建设 普惠金融服务 消防安全专项整治 基层治理平台建设 文化惠民演出
    养老服务设施建设 知识产权保护 夜间经济街区打造 城市更新单元规划 安置房建设 PM2.5治理
    “一网通办”改革 综合交通枢纽建设
""".split()
_VERBS = (
    "推进",
    "加快",
    "深化",
    "完善",
    "统筹推动",
    "持续抓好",
    "高标准实施",
    "全面落实",
    "稳步开展",
)
_AIMS = """
    提升城市品质 增强群众获得感 补齐公共服务短板 优化发展环境 打造区域标杆 健全长效管理机制
    形成可复制推广的经验 确保年底前见到成效 守住安全底线 做到应改尽改
    切实改善人居环境，让城区更宜居、更美丽 实现“小事不出社区，大事不出街道”
""".split()
_UNITS = """
    个 处 套 户 家 台 公里 万元 亿元 万平方米 场次 人次 座 件
""".split()
_WHERE = """
    望江街道 白石桥社区 文汇路 东风大道 青山湖片区 高新园二期 南岸片区 老城片区 科创走廊
    云峰路与人民路交叉口 临江体育中心 红星家园小区 北站广场
""".split()
_STATES = """
    目前已全部完工 正在办理前期手续 主体结构已封顶 已完成招标并进场施工 预计12月底前投入使用
    已纳入年度计划 完成目标进度的{n}% 同比增长{n}.{m}% 正在征求相关单位意见
    累计完成投资{n}.{m}亿元 受益群众{n}00余人 按计划有序推进 新增就业岗位{n}{m}个
    方案已经区政府常务会议审议通过 各项工作均达到序时进度要求 较去年同期（{n}{m}件）下降{m}.{n}%
""".split()
_STEPS = """
    加强组织领导，成立工作专班，每周调度进展情况 完善制度机制，印发《{t}实施方案》
    强化资金保障，落实专项资金{n}{m}万元 深入{w}开展走访调研，收集意见建议{n}{m}条
    组织企业座谈{m}场，协调解决问题{n}个 对{w}、{v}等{m}个点位进行重点整治
    广泛宣传发动，发放宣传资料{n}00份，营造良好氛围 与省内高校签订合作协议，引入专家团队{m}个
    建立“红黄绿”三色台账，实行销号管理 完成{w}改造提升，新建{u}{n}个，改建{u}{m}处
""".split()
_OBJECTS = ("驿站", "游园", "泊位", "公厕", "阅读空间", "监控点位", "照明设施")
_AREAS = """
    推动经济平稳增长 建设宜居城区 保障和改善民生 深化改革开放 加强社会治理 培育新兴产业
    提升城市功能，塑造滨江风貌 坚持绿色发展，筑牢生态屏障 办好民生实事 建设法治政府
""".split()
_SUBAREAS = """
    壮大实体经济 优化空间布局 提高就业质量 发展优质教育 完善交通网络 推进健康城区建设
    激发消费活力 守护碧水蓝天 加强安全生产 建设数字政府 繁荣文化事业 强化科技创新引领
""".split()
DEPARTMENTS = """
    教育局 民政局 司法局 财政局 商务局 审计局 统计局 信访局 医疗保障局 卫生健康局 应急管理局
    生态环境局 交通运输局 农业农村局 退役军人事务局 市场监督管理局 人力资源和社会保障局
    住房和城乡建设局 工业和信息化局 城市管理局 行政审批服务局 文化广电和旅游局 高新区管委会
    区政府办公室 总工会 妇联 团区委 望江街道办事处 消防救援大队 公安分局 投资促进中心 乡村振兴局
    园林绿化中心
""".split()


def invent(seed: int, size: int, levels: int = 2) -> list[Entry]:
    """Invent a table of `size` rows with that many levels of categories; 0 is no such column."""
    rng = random.Random(seed)
    offices = rng.sample(DEPARTMENTS, 12)
    categories = _invent_categories(rng, size, levels)
    alone = offices * (size // len(offices) + 1)
    entries = []
    for number, category in enumerate(categories, start=1):
        names: tuple[str, ...] = (alone[number - 1],)
        if rng.random() < 0.2:
            names = tuple(rng.sample(offices, rng.choice((2, 2, 3))))
        entries.append(Entry(number, category, _task(rng), _progress(rng), names))
    return entries


def _invent_categories(rng: random.Random, size: int, levels: int) -> Iterator[Category]:
    if not levels:
        yield from [("", None)] * size
        return
    areas, subareas = rng.sample(_AREAS, len(_AREAS)), rng.sample(_SUBAREAS, len(_SUBAREAS))
    current: Category = ("", None)
    for index in range(size):
        if index == 0 or (rng.random() < 0.12 and areas and subareas):
            current = (areas.pop(), subareas.pop() if levels == 2 else None)
        elif levels == 2 and subareas and rng.random() < 0.2:
            current = (current[0], subareas.pop())
        yield current


def _task(rng: random.Random) -> str:
    shape = rng.random()
    thing = rng.choice(_THINGS)
    if shape < 0.2:
        return f"{rng.choice(_VERBS)}{thing}。"
    if shape < 0.4:
        number, unit = rng.randint(2, 400), rng.choice(_UNITS)
        return f"{thing}完成{number}{unit}以上，增长{rng.randint(2, 12)}%左右。"
    text = f"{rng.choice(_VERBS)}{thing}，{rng.choice(_AIMS)}"
    if shape > 0.7:
        text += f"。{rng.choice(_VERBS)}{rng.choice(_THINGS)}、{rng.choice(_THINGS)}"
        text += f"，新建{rng.choice(_OBJECTS)}{rng.randint(2, 90)}个"
    return text + "。"


def _progress(rng: random.Random) -> str:
    shape = rng.random()
    if shape < 0.15:
        return f"截至9月底，{rng.choice(_THINGS)}{_fill(rng, rng.choice(_STATES))}。"
    if shape < 0.5:
        return "".join(
            f"{rng.choice(_WHERE)}{rng.choice(_THINGS)}项目{_fill(rng, rng.choice(_STATES))}。"
            for _ in range(rng.randint(1, 4))
        )
    steps = (
        f"{mark}是{_fill(rng, rng.choice(_STEPS))}，{_fill(rng, rng.choice(_STATES))}。"
        for mark in "一二三四五"[: rng.randint(2, 5)]
    )
    return "".join(steps)


def _fill(rng: random.Random, text: str) -> str:
    return text.format(
        n=rng.randint(11, 98),
        m=rng.randint(2, 9),
        t=rng.choice(_THINGS),
        w=rng.choice(_WHERE),
        v=rng.choice(_WHERE),
        u=rng.choice(_OBJECTS),
    )
