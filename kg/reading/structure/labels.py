"""Find labels of the text after them (责任单位：…, 完成时限：…, 进展情况：…, 下一步打算：…).

A label is at the beginning of a line, bracket or clause, and is followed by a colon or is in a
bracket of its own (【责任单位】). The same words in running text are not labels.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from typing import Literal

from kg.reading.structure.brackets import Bracket, hide_brackets, outermost_brackets

LabelKind = Literal["units", "people", "deadline", "progress", "problem", "plan", "task", "other"]

LEAD = "总牵头|牵头|主办|主责|主抓|第一责任|主体责任|汇总"
COOPERATE = "协同配合|协作|配合|协办|协同|协助|参与|参加|会办|支持"
RESPOND = "主要责任|共同责任|具体责任|责任|承办|落实|实施|负责|主管|建设|业主|施工|代建"
ROLE = f"(?:{LEAD}|{COOPERATE}|{RESPOND})"
BODY_NOUN = (
    "(?:单位|部门|主体|科室|处室|机构|地区|区县|县区|县市|市县|镇街|街镇|乡镇|街道|社区|企业)"
)
_LEVEL = "(?:(?:省|市|区|县|旗|州|镇|乡|街|街道|部门|本|各)(?:级|直|本级)|(?:省|市|区|县|旗|州|镇)(?=[牵主责配协承]))"
UNITS = (
    rf"{_LEVEL}?(?:(?:{ROLE}|[（(]{ROLE}[）)])(?:[和及与、/](?={ROLE}))?){{1,4}}{BODY_NOUN}"
    rf"(?:[和及与、/]?{ROLE}{BODY_NOUN})?(?:及(?:责任|负责|联系)人)?"
    rf"|{_LEVEL}?(?:牵头|责任|配合|主办|协办|承办|主责|主抓|参与|参加|协助|协同|协作|负责|落实)"
    rf"|(?:办理|经办){BODY_NOUN}"
)
# Words for people who answer for a task, or filled in the document.
PERSON = (
    "领导(?!小组)(?:同志|干部)?|负责同志|联络员"
    "|(?:负责|责任|联系|办理|[承经督领盯]办|督查|包[保联抓]|填[表报]|审[核签批]|制表|签发|录入|统计|报送)人员?"
)
PEOPLE = (
    rf"[一-鿿]{{0,6}}(?:{PERSON}|联系|市长|区长|县长|旗长|州长|秘书长|领衔(?:代表|委员|人)|提(?:案|出|议)(?:人|者)"
    "|建议人)(?:姓名|及职务|及(?:联系)?电话|和电话)?|(?:联系|办公|监督|咨询)?电话"
)
DEADLINE = (
    "(?:计划|预计|拟|目标|工作|任务|项目)?(?:完成|办结|办理|投入运营|竣工|建成|投用|开工|整改|落实)(?:时限|时间|期限|日期|节点)"
    "(?:要求|节点)?|(?:时限|时间|进度)(?:要求|节点|安排)|(?:工作|推进)?时限|时间节点|(?:时间|完成|推进)进度|时间(?:安排|计划)|工期"
)
_SPAN = r"(?:[\d一二三四上下半全第前本今当年季月份度初中末底截至止到.\-—–~～]{0,16}(?:月份?|季度|半年|年度?|底|日))?"
PROGRESS = (
    rf"{_SPAN}(?:工作|目标|任务|项目|目前|当前|最新|执行|总体|主要|年度|重点|实事|推进|具体|责任)*"
    r"(?:进展|完成|落实|推进|执行|办理|实施|进度|开展|建设)(?:情况|成效|状况|及成效)(?:及成效)?"
    rf"|{_SPAN}(?:目前|当前|工作|最新|项目|形象)?(?:进展|进度)|工作成效|(?:目前|当前)(?:完成)?情况|兑现(?:情况)?"
)
PROBLEM = (
    "(?:目前|当前|主要)?(?:存在|面临|遇到|需要?协调解决)的?(?:主要|困难和|突出)?(?:问题|困难)(?:[及和与、](?:困难|问题|原因|不足))?(?:及原因)?"
    "|(?:困难|问题)(?:[及和与、](?:困难|问题|建议|不足))|存在不足|未完成原因|滞后原因|原因分析"
)
PLAN = "下一?(?:步|阶段|月|季度)的?(?:重点|主要)?(?:工作)?(?:重点)?(?:计划|打算|安排|措施|思路|举措|推进|工作|目标)*"
TASK = (
    "(?:工作|目标|主要|重点|年度|具体|实事|建设|项目|事项|责任|承诺|全年|总体)(?:任务|目标|事项|内容|要求|名称)(?:任务)?"
    "|任务(?:名称|内容)?|承诺|(?:实施|服务)?内容|目标(?:(?:和|与)(?:任务|要求))?|建设(?:内容|规模)[及和与、](?:建设)?(?:规模|内容)|工作(?:措施|举措|标准)|具体(?:措施|举措)"
)
# Supervising units, contacts, facts about a project or proposal, and remarks; none is answerable.
_OTHER = (
    "(?:督办|督查|督导|考核|监督|监管)(?:单位|部门|科室)|联系方式|(?:电子)?邮箱|联系地址|备注|附注|注|说明"
    "|(?:项目|工程|建设)?(?:总|计划|年度|概算)?投资(?:额|规模|估算|计划)?|资金来源"
    "|(?:项目|建设|实施|任务)(?:地点|地址|性质|年限|周期|编号|代码|法人|业主|类型|类别|来源)"
    r"|(?:建议|提案|议案)?编号(?![：:]\s*\d)|是否[一-鿿]{2,4}"
    "|(?:办理|答复|办复)(?:类别|方式|日期|文号)|(?:代表|委员)?满意(?:度|情况)|(?:代表|委员)评价|代表团|界别"
)
_KINDS: tuple[tuple[LabelKind, str], ...] = (
    ("units", UNITS),
    ("people", PEOPLE),
    ("deadline", DEADLINE),
    ("progress", PROGRESS),
    ("problem", PROBLEM),
    ("plan", PLAN),
    ("task", TASK),
    ("other", _OTHER),
)
_ANY_KIND = "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS)
# A verb may take the place of the colon: 牵头单位为区发改局.
_COLON = (
    r"[ \t\u3000\xa0]*(?:[：:｜|]|(?<=单位|部门)[为是](?=[^，。；：]{1,20}?[局委办院会府社队]))"
)
# Where a label may begin.
_BEFORE = r"(?<![^\s。；;，,、.．！!？?：:（(\[【〔［）)\]】｜|])"
_LABEL = re.compile(rf"{_BEFORE}[【\[〔［]?(?:{_ANY_KIND})[】\]〕］]?{_COLON}[ \t\u3000\xa0]*")
_BOXED = re.compile(rf"[【\[〔［](?:{_ANY_KIND})[】\]〕］][ \t\u3000\xa0]*")
# A label followed only by space must be at the beginning of a line.
_SPACED = re.compile(
    rf"(?P<units>{UNITS})(?<=[位门体室构])(?:[ \t\u3000\xa0]+|[/｜|])(?=\S)|(?P<deadline>完成时限|时间节点|完成时间)[ \t\u3000\xa0]+(?=\S)"
)
_ALONE = re.compile(
    rf"(?:{UNITS})(?<=单位|部门)|完成时限|(?:完成|进展|落实|推进)情况|存在的?问题|下一?步(?:工作)?(?:打算|计划|安排|措施)"
)


_IN_LABEL = re.compile(rf"{ROLE}|{'|'.join(pattern for _, pattern in _KINDS)}")


@dataclass(frozen=True, slots=True)
class Label:
    """A label in a text: its kind, its words, and the offsets of its start and of its content.

    The kind is None if the word is not known as a label.
    """

    kind: LabelKind | None
    words: str
    start: int
    end: int


def find_labels(text: str) -> Iterator[Label]:
    """Yield the labels of a text.

    >>> [(label.kind, label.words) for label in find_labels("（责任单位：建设局；完成时限：6月底）")]
    [('units', '责任单位'), ('deadline', '完成时限')]
    >>> list(find_labels("请各责任单位认真落实：一要加快；二要报进展情况。"))
    []
    """
    offset = 0
    spaced = _SPACED.match(text)
    found = merge(_LABEL.finditer(text), _BOXED.finditer(text), key=re.Match.start)
    for match in (spaced, *found) if spaced else found:
        if match.start() >= offset:
            yield _label_from_match(match)
            offset = match.end()


def column_label_kind(heading: str) -> LabelKind | None:
    """Return the kind of label that a column heading would be in running text, or None.

    >>> column_label_kind("完成时限"), column_label_kind("存在问题"), column_label_kind("规格")
    ('deadline', 'problem', None)
    """
    return next((label.kind for label in find_labels(f"{heading}：")), None)


def label_at_start(text: str) -> Label | None:
    """Return the label at the beginning of a line, or None.

    >>> label_at_start("完成情况：已竣工。").kind, label_at_start("已竣工。完成情况：好")
    ('progress', None)
    """
    match = _SPACED.match(text) or _LABEL.match(text) or _BOXED.match(text)
    return _label_from_match(match) if match else None


def hide_plain_brackets(text: str, brackets: Sequence[Bracket]) -> str:
    r"""Return a text with its brackets replaced with NUL characters, except those of labels.

    >>> from kg.reading.structure.brackets import find_brackets
    >>> text = "【责任（配合）单位】水务局（河湖办）"
    >>> hide_plain_brackets(text, find_brackets(text))
    '【责任（配合）单位】水务局\x00\x00\x00\x00\x00'
    """
    return hide_brackets(
        text, [b for b in outermost_brackets(brackets) if not is_label(text[slice(*b.inside)])]
    )


def is_label(text: str) -> bool:
    """Return whether a text is a label, or a role that is part of one."""
    return bool(_IN_LABEL.fullmatch(text))


def _label_from_match(match: re.Match[str]) -> Label:
    for kind, _ in _KINDS:
        words = match.groupdict().get(kind)
        if words is not None:
            return Label(kind, words, match.start(), match.end())
    raise AssertionError(match)
