"""Words of the administration's language that end a name or do not make one.

Chinese writes no spaces, so a name's left edge is found by what cannot belong to it: punctuation,
counts, prepositions, conjunctions, and the verbs that take the named thing as their object. The
tables are general: words of the language, no names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from kg.extraction.lexicon import lexicon

# Verbs and adverbs that stand before a named thing and never inside its name.
GOVERNING = tuple(
    "推进 推动 启动 实施 完成 开展 举办 举行 承办 召开 参加 组织 制定 制订 制发 印发 出台 修订 编制 编撰 下发 "
    "拟定 起草 落实 贯彻 加快 加强 加大 强化 深化 优化 完善 健全 建立 成立 设立 组建 引进 引入 协助 扶持 "
    "督促 争取 获批 荣获 打造 打通 构建 搭建 创建 争创 申报 推出 推行 探索 开设 开办 依托 围绕 结合 按照 "
    "根据 依据 通过 针对 关于 对于 涉及 包括 包含 邀请 委托 聘请 走访 考察 跟踪 做好 办好 抓好 涵盖 进行 整合 处理 追究 招聘 面向 维修 涂装 基于 抓紧 狠抓 抓住 确保 "
    "力促 力争 力保 促成 带动 拉动 提高 新增 筹建 筹备 谋划 建成 建好 拆除 关停 查处 "
    "签订 签署 达成 利用 运用 发挥 提供 发放 购买 采购 更换 配备 设置 增设 形成 实现 达到 满足 列入 纳入 进入 "
    "投入 接入 报送 上报 提交 下达 拨付 兑现 申请 取得 获得 拥有 选取 推荐 授予 竣工 完工 通车 投用 落户 入驻 负责 "
    "牵头 会同 接洽 重新 积极 全面 全力 大力 进一步 不断 持续 继续 深入 广泛 扎实 切实 稳步 基本 正式 顺利 "
    "率先 首次 重点围绕 努力 认真 逐步 分别 陆续 相继 先后 目前 截至 截止 预计 今年 明年 去年 年内 年底 同时 "
    "此外 另外 其中 其余 其他 其它 以及 及其 并且 而且 因此 由于 为了 因为 一批 一系列 多个 部分 所有 全部 各类 "
    "各种 各项 各个 各级 各 相关 有关 已经 正在 尚未 打好 打造成 立足 瞄准 紧盯 紧扣 突出 坚持 保持 擦亮 推广 "
    "加速 聚力 聚焦 助推 吸引 延伸 拓展 编写 升级为 命名 举措 计划于 拟于 累计 共计 我区 我市 我县 本区 "
    "辖区内 区内 辖区 严格 大力推广 首个 实行 已 已于 拟 协调 指导 支持 鼓励 位于 坐落 对接 同意 现有 "
    "持续打造 加大对 迎接 继续引入 联合 联系 保障 创作 出版 发布 审议 报批 推介 重构 重塑 参与 合作 共同 例如 安装 建有 "
    "扩大 用好 管好 管住 依靠 丰富 聚集 明确 引领 摸底 约谈 学习 调查 发动 促成 "
    "现已 均已 尚未 由 或 并 再 该 此 是 使 让 第一批 首批 二是 一是 三是 四是 五是 六是 七是 八是".split()
)
# Verbs that stand before a named thing, but also inside the name of an undertaking.
ALSO_INSIDE = tuple(
    "建设 新建 续建 修建 兴建 助力 引导 改造 提升 提档升级 升级改造 升级 整治 综合整治 治理 修复 改扩建 改建 扩建 重建 开发 设计 规划 招商 "
    "培育 培训 服务 管理 保护 创新 宣传 检查 巡查 排查 监测 监管 审批 验收 出让 收储 征收 动迁 施工 运营 运行 "
    "试点 应用 联合 合作 建造 处置 处理 清理 传承 展示 使用 调研 接待 评估 认定 研究 促进 连接 连通".split()
)
# Those of them that a name does not begin with.
_LEADING = tuple(
    "建设 新建 续建 修建 兴建 助力 改造 提升 提档升级 升级改造 升级 整治 综合整治 治理 修复 改扩建 改建 扩建 重建 "
    "开发 建造 处置 清理 出让 征收 宣传 检查 排查 应用 展示 促进 连接 使用 接待 调研".split()
)
# Single characters that cut, unless their neighbours make them part of a word or of a name.
_PARTICLES = (
    r"(?<![共中永太人仁祥大义协调总安温缓])和(?![平谐睦美顺信昌兴润合气盛记])",
    r"(?<!参)与(?!会)",
    r"(?<![普涉以])及(?![时格第])",
    r"(?<![高平同中初对优])等(?![级候待])",
    r"(?<!目)的(?!确)",
    r"了(?!解)",
    r"(?<![作认因行变称成华])为(?![民主人])",
    r"(?<![存所现实潜正])在(?![线建校册岗职])",
    r"将(?!军)",
    r"(?<![绝相应核校])对(?![外口标象面])",
    r"从(?![业事])",
    r"(?<![方定面动导意])向(?![阳上日])",
    r"(?<![关对属基])于(?!家)",
    r"至(?![善诚尊])",
    r"到(?!位)",
    r"把",
    r"按(?![摩时照])",
    r"就(?![业近医诊读地餐])",
    r"被",
    r"获(?=全[国省市区]|国家|[省市区]级|第[一二三四五六七八九十\d])",
    r"(?<![自])以(?![来上下内外前后及])",
)
MEASURES = (
    "个百分点 个 条 座 处 家次 家 所 栋 幢 名 人次 人 场次 场 项 件 台 套 部 支 户次 户 起 批 期 块 辆 张 份 "
    "岁 年 元 万元 亿元 % ％ ㎡ 平方米 平方公里 公里 千米 亩 吨 米 次 类 种 册 本 间 层 路 片 根 只 盏 株 棵 天 "
    "小时 门 艘 卷 笔 宗 级 倍 对 万 亿".split()
)
_MEASURE = "|".join(sorted(map(re.escape, MEASURES), key=len, reverse=True))
COUNT = rf"(?:(?<!\d)\d[\d.]*|[两一二三四五六七八九十百]{{1,4}}(?=[个条座处家所项]))余?[万亿]?(?:{_MEASURE})(?!号)"
_DATE = r"(?:20\d\d年)?\d{1,2}月(?:\d{1,2}日|[上中下]旬|底|份|初|末)?(?:前|左右)?|20\d\d(?:年度?|[—-]20\d\d)"
_PUNCTUATION = r"[^\w·•.+&（）()]|_"
# Brackets that belong to a name stand right before its last part: 某某（武汉）有限公司.
_BRACKETS = r"[（(][\w ]{1,12}[）)](?=(?:\w{0,8})(?:公司|集团|项目|工程|中心|医院|校区|博览会))"
# Two verbs with one object: 预防和减少某某专项行动.
_TWO_VERBS = (
    "(?:技术|研究|研发|开发)[及和与](?=应用|推广|开发|示范|服务)|"
    "(?:预防|保护|传承|开发|管理|监测|治理|建设|推广|防范)和"
    "(?=减少|利用|保护|控制|治理|管理|服务|修复|提升|改造|发展|弘扬|应用|处置|化解)"
)
# A verb that is part of a road's, a bank's or an institution's name: 建设大道, 规划局.
_IN_ROAD = (
    r"(?!(?:[东南西北中]|[一二三四五六七八九十]{1,2})?(?:路(?![段口面灯网权])|大道|大街|银行)|赛)"
)
_IN_BODY = (
    r"(?!(?:[东南西北中]|[一二三四五六七八九十]{1,2})?(?:路(?![段口面灯网权])|大道|大街|银行)"
    r"|(?:分?局|院|所|委员?会?|厅|中心|公司|集团|总?站|办公室|协会|学会|联盟|基地|园|区|有限|股份|领导小组|专班"
    r"|联席会议))"
)


def _cutter(words: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?P<keep>{_BRACKETS}|{_TWO_VERBS})|(?P<date>{_DATE})|(?P<count>{COUNT})|(?P<word>{words})"
        rf"|(?P<particle>{'|'.join(_PARTICLES)})|(?P<mark>{_PUNCTUATION}|[（()）])"
    )


_GOVERNING = rf"(?:{lexicon(GOVERNING).pattern}){_IN_ROAD}"
_WIDE = _cutter(_GOVERNING)
_NARROW = _cutter(rf"{_GOVERNING}|(?:{lexicon(ALSO_INSIDE).pattern}){_IN_BODY}")
LEADING_VERB = re.compile(rf"(?:{lexicon(_LEADING).pattern}){_IN_BODY}")


class Chunk(NamedTuple):
    """A stretch of text without anything that cannot stand inside a name.

    Attributes:
        start: Offset of its first character.
        end: Offset behind its last.
        before: The word, count or mark that cuts it off on the left; empty at the text's start.
        after: The same on the right.
        cut: What `before` is: `count`, `date`, `word`, `particle` or `mark`.
    """

    start: int
    end: int
    before: str
    after: str
    cut: str


@lru_cache(maxsize=64)
def chunks(text: str, *, wide: bool = False) -> tuple[Chunk, ...]:
    """Return the stretches of `text` that may hold names, in order.

    Each finder of names asks for the same cell, so the last ones are kept.

    Args:
        text: A cell's text.
        wide: Keep verbs that stand inside the names of undertakings.

    >>> text = "推进青年路公园建设，完成东湖大道改造"
    >>> [text[c.start : c.end] for c in chunks(text)]
    ['青年路公园', '东湖大道']
    >>> [text[c.start : c.end] for c in chunks(text, wide=True)]
    ['青年路公园建设', '东湖大道改造']
    """
    return tuple(_chunks(text, _WIDE if wide else _NARROW))


def _chunks(text: str, cutter: re.Pattern[str]) -> Iterator[Chunk]:
    start, before, cut = 0, "", "mark"
    for match in cutter.finditer(text):
        if match.lastgroup == "keep":
            continue
        if match.start() > start:
            yield Chunk(start, match.start(), before, match.group(), cut)
        start, before, cut = match.end(), match.group(), match.lastgroup or ""
    if start < len(text):
        yield Chunk(start, len(text), before, "", cut)


# Nouns and qualities that many things share. A name has something besides.
_COMMON = frozenset(
    (
        "全 区 市 县 省 街 镇 乡 村 各 本 新 老 旧 大 小 多 高 低 中 好 优 原 主 次 前 后 上 下 内 外 级 型 式 类 化 性 度 "
        "员 人 户 家 处 点 线 面 网 站 库 馆 厅 室 店 厂 场 院 校 园 所 局 部 门 业 企 城 乡村 农 工 商 贸 水 电 气 热 "
        "全区 全市 全省 全国 国家 国际 国内 国外 中国 世界 全球 华中 中部 区域 地区 片区 辖区 城区 中心城区 新区 园区 "
        "街区 社区 小区 街道 乡镇 农村 城镇 城市 市民 居民 群众 市区 街巷 背街小巷 里分 楼宇 楼栋 楼道 楼层 大楼 "
        "大厦 建筑 房屋 住宅 住房 商品房 公寓 写字楼 厂房 校舍 设施 设备 装置 系统 平台 网络 网站 数据 信息 信息化 "
        "智慧 智能 智能化 数字 数字化 互联网 物联网 大数据 人工智能 现代 现代化 传统 先进 高端 高质量 高标准 高品质 "
        "高新 高新技术 技术 科技 科学 创新 创业 创意 创客 众创 孵化 文化 文体 体育 健身 艺术 旅游 文旅 文物 历史 "
        "教育 教学 学前 义务 基础 高中 初中 普通 职业 中小 中小学 幼儿 托幼 民办 公办 示范 示范性 示范区 优质 均衡 "
        "卫生 医疗 医药 健康 养老 居家 福利 救助 救护 慈善 公益 志愿 残疾 残疾人 老年 老年人 妇女 妇幼 儿童 青少年 "
        "青年 大学生 人才 人力 人力资源 劳动 就业 社会 社会保障 保障 民生 民政 惠民 便民 为民 扶贫 帮扶 精准 精准扶贫 "
        "经济 产业 行业 企业 民营 国有 外资 内资 总部 金融 财政 税务 资金 基金 资本 投资 融资 贷款 保险 招商 引资 "
        "商业 商务 商贸 商圈 消费 购物 零售 餐饮 食品 药品 超市 市场 集贸 农贸 菜 物流 供应链 贸易 会展 商品 "
        "工业 制造 制造业 服务 服务业 生产 生产性 加工 能源 节能 环保 生态 环境 绿色 绿化 园林 景观 亮化 美化 净化 "
        "水务 水利 河湖 河流 湖泊 流域 排水 污水 雨水 供水 给水 管网 管道 管廊 综合管廊 防涝 防汛 海绵 大气 土壤 扬尘 "
        "垃圾 分类 垃圾分类 公厕 厕所 环卫 市容 市政 公用 公共 共享 道路 公路 铁路 轨道 交通 公交 地铁 高铁 客运 货运 "
        "停车 停车场 桥梁 天桥 人行 步行 隧道 通道 路网 微循环 干线 干道 主干 主干道 次干道 支路 绿道 山湖 "
        "公安 治安 司法 法律 法治 执法 综治 政法 消防 应急 安全 安全生产 风险 隐患 防控 防范 维稳 平安 警务 法院 检察 "
        "政府 政务 党建 党群 机关 单位 部门 机构 组织 团体 协会 学校 医院 公司 银行 酒店 广场 公园 游园 中心 基地 "
        "中心站 服务站 工作站 事业 管理 监管 监督 监测 监控 检测 检验 检查 审批 行政 登记 办事 便捷 窗口 大厅 对外 "
        "规划 设计 建设 施工 工程 项目 重大 重点 重要 主要 一般 特色 特殊 专项 专业 专业化 专题 综合 统筹 协调 联动 "
        "改革 改造 提升 升级 提档 提质 整治 治理 修复 维修 维护 养护 更新 拆迁 征收 旧城 旧 老旧 棚户 棚户区 危房 "
        "试点 试验 实验 实训 培训 交流 合作 活动 行动 计划 方案 政策 制度 机制 体制 体系 标准 标准化 规范 规范化 目标 "
        "任务 工作 年度 季度 月度 日常 常态 常态化 长效 长期 短期 近期 一期 二期 三期 四期 首期 第一 第二 第三 "
        "培训会 促进会 座谈会 讨论会 论坛 会议 讲座 第三方 创投 会计师 审计师 律师 剩余 体验 阶段 策划 新开 主推 非 5G 4G AI APP VR IT 普惠 普惠性 指挥 中介 直接 商会 一 二 三 四 五 六 七 八 九 十 两 几 若干 部分 其他 相关 有关 以上 以下 周边 沿线 沿岸 沿街 窗口 节点 亮点 "
        "品牌 品质 品位 精品 精细 精细化 质量 水平 能力 力量 队伍 骨干 主题 主体 主导 主要 支柱 新兴 战略 战略性 先导 "
        "优势 核心 关键 骨干 龙头 领军 标杆 典型 案例 成果 成效 问题 困难 需求 资源 资产 知识产权 专利 研发 转化 "
        "应用 运用 利用 使用 开发 开放 共建 共治 共商 互联 互通 互动 自助 自主 自治 自查 志愿者 义工 社工 网格 网格化 "
        "家庭 家政 家电 家具 母婴 孕妇 计生 人口 户籍 流动 低保 低收入 贫困 困难 特困 退役 军人 双拥 国防 民兵 军 "
        "微 高层 多层 低层 地下 地上 地面 空中 立体 露天 室内 室外 户外 露 临时 永久 固定 移动 流动 网上 线上 线下 "
        "省级 市级 区级 国家级 部级 县级 街道级 社区级 村级 首 首个 首批 首家 唯一 最大 最新 最 国字号 一流 知名 著名 "
        "建成 新建 在建 续建 拟建 待建 规划中 竣工 完工 开工 停工 收尾 前期 中期 后期 临江 沿江 滨江 滨水 江滩 城中 "
        "未来 展示 展览 巡查 教师 园长 班主任 骨干教师 网贷 借贷 信贷 宣讲 招聘 洽谈 代办 帮办 自助 消防 租赁 法律服务 司法 养护 "
        "城中村 市中心 中央 老城 古城 新城 城 东 南 西 北 东部 南部 西部 北部 南北 东西 一场 窗 门 出入口 "
        "周 月 日 年 时 期 届 批 号 名 名企 名品 名家 名校 名师 名医 物业 业主 楼 栋 食堂 白领 幼 托 院内 "
        "个体 法人 劳务 纪检 统计 普查 审计 国资 国企 央企 外企 民企 港口 码头 岸线 航运 渔业 林业 畜牧 粮食 "
        "新闻 宣传 媒体 广播 电视 出版 影视 影院 剧院 书店 书吧 书院 图书 博物 展览 演艺 演出 赛事 比赛 竞赛 民俗 "
        "设 置 点位 站点 网点 门店 门面 摊点 店面 旗舰 专卖 连锁 大型 中型 小型 微型 集团 控股 股份 有限 责任 "
        "非遗 遗产 文明 文化遗产 精神 思想 道德 礼仪 信用 诚信 信访 矛盾 纠纷 调解 仲裁 公证 援助 "
        "我 我区 我市 本 该 此 其 每 个 条 座 项 类 种 家 所 人行 过街 无障碍 口袋 便利 应急避难 "
        "嵌入式 辐射式 一站式 一体 一体化 公益性 经营性 功能 形象 地标 地标性 高校 院校 中等 高等 "
        "拥堵 易涝 易堵 疑似 污染 闲置 低效 存量 增量 用地 土地 储备 出让 供应 配套 附属 直属 所属 代表 代表性"
    ).split()
)
# Names made of numerals: 八一二厂, 六七八九集团.
_CODE = re.compile(r"[零〇一二三四五六七八九]{3,4}")
_LONGEST_COMMON = max(map(len, _COMMON))


@lru_cache(maxsize=4096)
def is_common(words: str) -> bool:
    """Return whether `words` are nothing but common nouns and qualities, and so no name.

    >>> is_common("老旧小区"), is_common("青山小区")
    (True, False)
    """
    reached = [True] + [False] * len(words)
    for end in range(1, len(words) + 1):
        reached[end] = any(
            reached[start] and words[start:end] in _COMMON
            for start in range(max(0, end - _LONGEST_COMMON), end)
        )
    return reached[-1]


def is_proper(words: str) -> bool:
    """Return whether `words` can distinguish a named thing: something besides common nouns."""
    return len(words) > 1 and (not is_common(words) or _CODE.fullmatch(words) is not None)


def holds_common(words: str) -> bool:
    """Return whether a common noun or quality of two or more characters stands in `words`.

    >>> holds_common("养老服务"), holds_common("嘉里")
    (True, False)
    """
    return any(
        words[start:end] in _COMMON
        for start in range(len(words))
        for end in range(start + 2, min(len(words), start + _LONGEST_COMMON) + 1)
    )
