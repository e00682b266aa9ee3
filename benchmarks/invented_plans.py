"""Invented plans of districts, and their changes from report to report."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

# The matters under each pair of headings, with the answerable departments.
FIELDS = {
    ("推动经济发展", "壮大实体经济"): (
        "工业企业技术改造=发展和改革局 专精特新企业培育=科技局 楼宇经济=商务局 夜间经济=商务局 "
        "总部经济集聚=商务局 科技成果转化=科技局 小微企业融资服务=财政局 军民融合产业=科技局"
    ),
    ("推动经济发展", "优化营商环境"): (
        "企业开办一日办结=市场监督管理局 招投标领域改革=发展和改革局 信用监管=市场监督管理局 "
        "涉企收费清理=财政局 行政审批提速=住房和建设局 知识产权保护=市场监督管理局"
    ),
    ("完善城市功能", "更新城市面貌"): (
        "老旧小区改造=住房和建设局 背街小巷整治=城市管理局 生活垃圾分类=城市管理局 "
        "违法建设拆除=城市管理局 二次供水设施改造=水务局 户外广告规范=城市管理局 "
        "危房解危=住房和建设局 海绵城市=住房和建设局"
    ),
    ("完善城市功能", "守护碧水蓝天"): (
        "黑臭水体治理=水务局 餐饮油烟治理=城市管理局 河湖长制=水务局 湿地修复=园林局 "
        "工地扬尘管控=住房和建设局 节约用水=水务局 古树名木保护=园林局"
    ),
    ("改善民生", "办好人民满意教育"): (
        "学前教育普惠=教育局 课后服务=教育局 集团化办学=教育局 青少年体育=教育局 "
        "教师交流轮岗=教育局 家庭教育指导=教育局"
    ),
    ("改善民生", "织密保障网络"): (
        "高校毕业生就业=人力资源和社会保障局 居家养老服务=民政局 家庭医生签约=卫生健康局 "
        "残疾人康复=民政局 零工市场=人力资源和社会保障局 社会救助=民政局 慢性病管理=卫生健康局 "
        "优抚对象走访=退役军人事务局 惠民演出=文化和旅游局 全民阅读=文化和旅游局"
    ),
    ("加强社会治理", "建设平安城区"): (
        "燃气安全整治=应急管理局 矛盾纠纷调处=司法局 消防通道治理=应急管理局 "
        "食品安全抽检=市场监督管理局 信访积案化解=信访局 防汛备汛=应急管理局 社区矫正=司法局"
    ),
    ("加强社会治理", "建设服务型政府"): (
        "预算绩效管理=财政局 重大政策跟踪审计=审计局 经济普查=统计局 政务公开=司法局 "
        "国有资产盘活=财政局 公共数据共享=统计局 领导接访=信访局"
    ),
}
# Names of roads and schools in all districts; they are never the same thing.
SYLLABLES = (
    "文汇 长春 新华 人民 和平 建国 青年 中山 学府 滨江 迎宾 光明 朝阳 东风 友谊 花园 湖滨 丰收 "
    "创业 解放 桂香 柳林 石桥 竹园 双塔 望江 枫树 银河 翠微 梧桐 北苑 金沙 松涛 白鹭 南屏 玉泉"
).split()
# Organisations above the districts, which are the same everywhere.
FIRMS = (
    "远景科技有限公司 东岳建设集团 长河证券 华泰信托有限公司 青禾农业股份有限公司 云帆物流有限公司 "
    "天璇电子集团 海岳置业有限公司 中南大学 西北大学"
).split()
OF_CITY = "市城建局 市教育局 市规划局".split()
WORKS = "改造工程 拓宽工程 绿化提升工程 排水管网工程 人行天桥 照明提升工程 电力通道工程".split()
PARKS = "产业园 科创园 物流园 孵化基地 加速器 直播基地".split()
# Buildings, what they provide, and the answerable departments.
PLANTS = (
    "小学=学位=教育局 中学=学位=教育局 幼儿园=学位=教育局 养老院=床位=民政局 社区食堂=餐位=民政局 "
    "文体中心=座位=文化和旅游局 农贸市场=摊位=商务局 口袋公园=座椅=园林局 停车场=泊位=城市管理局"
).split()
VERBS = "加快推进 扎实推进 深化 全面加强 统筹推动 持续抓好 大力提升 完善".split()
AIMS = (
    "提升城市品质 增强群众获得感 补齐公共服务短板 健全长效管理机制 形成可复制推广的经验 "
    "守住安全底线 做到应改尽改 切实改善人居环境 打造区域标杆 让群众少跑腿 激发市场活力 "
    "建设示范样板 加强部门联动 完成省市下达的任务 强化源头治理 提高服务水平"
).split()
STEPS = (
    "新建示范点{n}个 组织培训{n}场 走访企业{n}家 惠及居民{n}户 建成服务站{n}处 完成投资{n}亿元 "
    "办理事项{n}件 整治点位{n}处 开展活动{n}场次 培育骨干{n}名 发放补贴{n}万元 出台措施{n}条"
).split()
STATES = "已完成设计。 正在施工。 已完工。 正在办理前期手续。 进展顺利。 已完成招标。".split()
SYNONYMS = tuple(
    tuple(pair.split("/"))
    for pair in (
        "推进/推动 加快/加速 建设/打造 加强/强化 提升/提高 完成/实现 全面/全方位 深化/深入推进 "
        "持续/不断 新建/建成 健全/完善 组织/组织开展 切实/着力 统筹/协同"
    ).split()
)
_FIGURE = re.compile(r"\d+")
_CLAUSE = re.compile(r"[^，；。]+[，；。]?")


@dataclass(frozen=True, slots=True)
class Row:
    """One invented task.

    Attributes:
        task: Its identity in the plan.
        heading: Its first-level and second-level heading.
        promise: The text of the task.
        subject: The subject of the progress.
        departments: The answerable departments.
        organisation: The organisation above the district that it names, if any.
        road: The road it names, if any.
    """

    task: int
    heading: tuple[str, str]
    promise: str
    subject: str
    departments: tuple[str, ...]
    organisation: str = ""
    road: str = ""


@dataclass
class Plan:
    """A plan with the rows of its latest report.

    Attributes:
        rng: The random number generator.
        rows: The rows of the latest report.
        following: The identity of the next new task.
        known: The subjects of all tasks so far, which are unique.
    """

    rng: random.Random
    rows: list[Row] = field(default_factory=list)
    following: int = 1
    known: set[tuple[str, ...]] = field(default_factory=set)

    @classmethod
    def invent(cls, rng: random.Random, size: int) -> Plan:
        """Return a plan of `size` tasks."""
        plan = cls(rng)
        plan.rows = list(plan._new_rows(size))
        plan.rows.sort(key=plan._sort_key)
        return plan

    def advance(self) -> None:
        """Change the rows as the next report does.

        Three per cent of the tasks are dropped and as many are added, 30 per cent are reworded;
        some change their departments, a figure, or their place under the heading.
        """
        rng = self.rng
        kept = [self._change_row(row) for row in self.rows if rng.random() > 0.03]
        kept += self._new_rows(len(self.rows) - len(kept))
        self.rows = sorted(kept, key=self._sort_key)

    def _sort_key(self, row: Row) -> tuple[int, float]:
        return list(FIELDS).index(row.heading), row.task + self.rng.uniform(-2, 2)

    def _change_row(self, row: Row) -> Row:
        rng = self.rng
        promise, departments = row.promise, row.departments
        if rng.random() < 0.3:
            promise = reword(promise, row.organisation, rng)
        if rng.random() < 0.02:
            promise = _FIGURE.sub(lambda it: str(int(it[0]) + rng.randint(1, 9)), promise, count=1)
        if rng.random() < 0.05:
            departments = tuple(
                dict.fromkeys((*departments, rng.choice(_answerable_departments(FIELDS))))
            )[-2:]
        return replace(row, promise=promise, departments=departments)

    def _new_rows(self, size: int) -> Iterator[Row]:
        for _ in range(size):
            yield self._invent_task(self.following)
            self.following += 1

    def _invent_task(self, task: int) -> Row:
        """Invent a task: a third are works at several places, the others are policies."""
        rng = self.rng
        while True:
            kind = rng.randrange(9)
            heading = rng.choice(list(FIELDS))
            departments = rng.sample(_answerable_departments([heading]), 1)
            name, count, firm, road = rng.choice(SYLLABLES), rng.randint(2, 400), "", ""
            about: tuple[str, ...]
            if kind == 0:
                road, work = name + "路", rng.choice(WORKS)
                about = (road, work)
                promise = f"{rng.choice(VERBS[:2])}{road}{work}，全年完成{count * 10}米。"
                heading, departments = ("完善城市功能", "更新城市面貌"), ["住房和建设局"]
            elif kind == 1:
                firm, park = rng.choice((*FIRMS, *OF_CITY)), rng.choice(PARKS)
                about = (firm, name, park)
                promise = f"会同{firm}建设{name}{park}，新增就业{count}人。"
                heading, departments = ("推动经济发展", "壮大实体经济"), ["发展和改革局"]
            elif kind == 2:
                plant, unit, department = rng.choice(PLANTS).split("=")
                about, departments = (name, plant), [department]
                promise = f"建设{name}{plant}，新增{unit}{count}个。"
            else:
                matter, department = rng.choice(_matters_of(heading))
                aim, step = rng.choice(AIMS), rng.choice(STEPS)
                about, departments = (matter, aim), [department]
                promise = f"{rng.choice(VERBS)}{matter}，{step.format(n=count)}，{aim}。"
                if kind > 5:
                    other, last = rng.choice(AIMS), rng.choice(STEPS).format(n=rng.randint(2, 90))
                    promise = promise[:-1] + f"；{last}，{other}。"
            if about not in self.known:
                break
        self.known.add(about)
        if rng.random() < 0.1:
            departments = list(
                dict.fromkeys((*departments, rng.choice(_answerable_departments(FIELDS))))
            )
        subject = firm or road or "".join(about)
        return Row(task, heading, promise, subject, tuple(departments), firm, road)


def reword(text: str, name: str, rng: random.Random) -> str:
    """Replace some words by synonyms, except in a name; drop and reorder some clauses."""
    parts = text.split(name) if name else [text]
    for one, other in SYNONYMS:
        if rng.random() < 0.6:
            parts = [part.replace(one, other) for part in parts]
    clauses = _CLAUSE.findall(name.join(parts))
    if len(clauses) > 2 and rng.random() < 0.3:
        del clauses[rng.randrange(1, len(clauses))]
    if len(clauses) > 2 and rng.random() < 0.2:
        clauses[1:] = rng.sample(clauses[1:], len(clauses) - 1)
    return re.sub(r"[，；。]+$", "。", "".join(clauses).replace("。", "，"))


def _matters_of(heading: tuple[str, str]) -> list[tuple[str, str]]:
    pairs = (entry.partition("=") for entry in FIELDS[heading].split())
    return [(matter, department) for matter, _, department in pairs]


def _answerable_departments(headings: Iterable[tuple[str, str]]) -> list[str]:
    return sorted({department for heading in headings for _, department in _matters_of(heading)})
