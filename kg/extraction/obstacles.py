"""What keeps a task from going on: causes of a stop, conditions waited for, permits, problems.

Planners ask for blockers first, so each is a fact of its own, with what it waits for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extraction.plans import told_sentences
from kg.model import Obstacle, ObstacleKind, Task
from kg.sentences import sentence_spans

_NOT_END = r"[^，。；：！？“”]"
# What begins with the words that tell it: it runs on from there.
_FORWARD: tuple[tuple[ObstacleKind, re.Pattern[str]], ...] = (
    # 待军事用地权属变更后继续办理; 待市相关办法明确后
    (
        "waiting",
        re.compile(
            r"(?<![接等招期优善款对看亏])待(?![遇人业命建批处])"
            rf"(?P<what>{_NOT_END}{{2,40}}?)(?:后|时|，|再)(?P<affected>{_NOT_END}{{0,24}})"
        ),
    ),
    # 需市级部门协调
    (
        "waiting",
        re.compile(
            rf"(?<![必急供所按刚军内])需(?!求|要求|要加强)要?(?P<what>{_NOT_END}{{2,24}}?"
            r"(?:协调|解决|审批|批复|支持|明确|同意))"
        ),
    ),
    # 正在办理前期手续
    (
        "procedure",
        re.compile(
            r"(?:正在|均在|仍在|尚在|抓紧|还需)(?:进行|办理|协调|完善|推进|履行)?"
            rf"(?P<what>{_NOT_END}{{0,30}}?(?:手续(?:办理)?|审批|报批|报建))"
        ),
    ),
    ("procedure", re.compile(rf"(?:尚未|还未|仍未)(?P<what>{_NOT_END}{{2,24}})")),
    # 正在协调规划用地属性调整工作
    (
        "procedure",
        re.compile(
            rf"正在协调(?!推进)(?:解决)?(?P<what>{_NOT_END}{{2,30}}?)"
            r"(?:工作|事宜|等|$|(?=[，。；]))"
        ),
    ),
    (
        "problem",
        re.compile(
            rf"(?:存在|面临|遇到|提出的)(?P<what>{_NOT_END}{{0,24}}?(?:困难|瓶颈|障碍|阻力))"
        ),
    ),
)
# What ends with the words that tell it: the cause stands in the words before them.
_BACKWARD: tuple[tuple[ObstacleKind, re.Pattern[str], re.Pattern[str]], ...] = (
    # 某桥因消防需要经市政府同意取消
    (
        "cancelled",
        re.compile(r"(?:予以|被)?(?:取消|终止|停建)|不再实施"),
        re.compile(
            rf"(?P<affected>{_NOT_END}{{0,20}}?)(?:因|由于)(?P<what>{_NOT_END}{{1,24}}?)，?"
            r"(?:经[^，。；]{1,14}(?:同意|批准|研究)后?)?，?(?:已|而)?$"
        ),
    ),
    # 受疫情影响，某活动取消
    (
        "cancelled",
        re.compile(r"(?:予以|被)?(?:取消|终止|停办|停建)"),
        re.compile(
            rf"(?:因|由于|受)(?P<what>{_NOT_END}{{1,24}}?)(?:的?影响|原因)?，"
            rf"(?P<affected>{_NOT_END}{{1,30}}?)$"
        ),
    ),
    # 因征收未完成，该项目暂缓实施; 根据市里安排，年内暂缓
    (
        "postponed",
        re.compile(r"暂缓|推迟|延期|延后|延至|延误|滞后|停工|停滞|无法|未能|不能"),
        re.compile(
            rf"(?:因|由于|受|根据|按照?)(?P<what>{_NOT_END}{{1,40}}?)(?:的?影响|要求|安排|原因)?，?"
            rf"(?P<affected>{_NOT_END}{{0,24}}?)$"
        ),
    ),
    (
        "postponed",
        re.compile(r"延期至|延至|推迟|暂缓"),
        re.compile(rf"(?P<what>{_NOT_END}{{2,30}})$"),
    ),
    # 用地征收问题正在协调
    (
        "problem",
        re.compile(r"(?:等)?(?:问题|困难|矛盾)(?![线导意])"),
        re.compile(
            r"(?P<what>[^，。；：！？“”、（）]{2,20}"
            r"(?:征收|拆迁|动迁|调整|置换|资金|用地|权属|手续|选址|产权)[^，。；、]{0,6})$"
        ),
    ),
)
_LONGEST_CAUSE = 70
_OVERLAPPING = 20
# What is solved stands in nobody's way any more.
_SOLVED = re.compile(r"(?:已|均已|基本)(?:基本)?(?:解决|化解|完成|办结|取得)")


def find_obstacles(task: Task) -> tuple[Obstacle, ...]:
    """Return what keeps a task from going on, in the order of its progress.

    >>> from kg.model import Cell
    >>> row = Task("r", 1, ("", None), Cell(""), Cell("待用地权属变更后继续办理。"), Cell(""), ())
    >>> [(o.kind, o.what, o.affected) for o in find_obstacles(row)]
    [('waiting', '用地权属变更', '继续办理')]
    """
    return (*_find(task), *_labelled(task))


def _labelled(task: Task) -> Iterator[Obstacle]:
    """Yield what the document itself labels as a problem (存在问题：…)."""
    for start, end, what in told_sentences(task, "problem"):
        yield Obstacle("problem", what, "", task.evidence("problem", start, end, "label:problem"))


def _find(task: Task) -> Iterator[Obstacle]:
    text = task.progress.text
    for first, last in sentence_spans(text):
        taken: list[tuple[int, int]] = []
        found: list[Obstacle] = []
        for kind, start, end, what, affected in _told(text, first, last):
            if any(start < b and a < end for a, b in taken[-_OVERLAPPING:]):
                continue
            if _SOLVED.search(text, start, min(last, end + 10)):
                continue
            taken.append((start, end))
            evidence = task.evidence("progress", start, end, f"obstacle:{kind}")
            found.append(Obstacle(kind, what.strip("，、的"), affected.strip("，、"), evidence))
        yield from sorted(found, key=lambda obstacle: obstacle.evidence.start)


def _told(text: str, first: int, last: int) -> Iterator[tuple[ObstacleKind, int, int, str, str]]:
    """Yield what a sentence tells: the kind, the span, what stands in the way and what it holds up."""
    for kind, told, cause in _BACKWARD:
        for match in told.finditer(text, first, last):
            floor = max(first, match.start() - _LONGEST_CAUSE)
            if before := cause.search(text[floor : match.start()]):
                affected = before.groupdict().get("affected") or ""
                yield kind, floor + before.start(), match.end(), before["what"], affected
    for kind, pattern in _FORWARD:
        for match in pattern.finditer(text, first, last):
            affected = match.groupdict().get("affected") or ""
            yield kind, match.start(), match.end(), match["what"], affected
