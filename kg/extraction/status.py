"""The state of a task and of its numbered parts, told by the words of the progress cell.

What a promise asks for decides what its progress can be: one that makes a definite thing (建设, 打通,
完成) is finished some day, a standing duty (加强, 做好) goes on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.model import Status, StatusValue, Target, Task, TaskPart
from kg.sentences import sentence_spans

_CANCELLED = re.compile(
    r"(?:同意|予以|已|因[^，。；]{1,30})(?:取消|终止)|取消(?=[，。；]|$)|不再(?:实施|建设|开展)"
)
_DELAYED = re.compile(r"暂缓|推迟|延[至期](?!长)|滞后|再行开展|掉[^，。]{0,6}进度")
# What is done as a whole: not a count of it, and not a stage before it.
_STAGE = (
    r"(?![^，。；]{0,24}(?:方案|设计|招标|招投标|采购|前期|立项|报建|报批|可行性|项目建议书|概算|勘察|调查|征集|征收|"
    r"动迁|协调|注册|签约|审批|申报|编制|协议|施工|手续|布点|认定|投资))"
)
_DONE = re.compile(
    r"已?(?:全部|全线|整体|均已|现已|已经)(?:[^，。；]{0,6})(?:完成|完工|竣工|通车|投入使用|安装到位|改造完毕|建设完成)"
    r"|已(?:于[^，。]{1,12})?(?:正式)?(?:完工|竣工|建成|(?:全线|全部|正式)?通车|投入使用)"
    rf"|已(?:于[^，。]{{1,12}})?完成(?![第\d]){_STAGE}"
    rf"|并?(?:正式)?投入使用|圆满(?:完成|结束|落幕)|(?:开展并|顺利)完成{_STAGE}|成功(?:举办|承办)"
)
_OPEN = re.compile(
    r"正(?:在|全力|抓紧|进行)|尚未|未完成|推进中|进行中|施工中|剩余|在建|(?<![模草])拟(?![定订])|预计"
    r"|计划(?=[^，。；“”》]{0,12}(?:完成|开工|开标|实施|建设|年|月|完工|落地|启动|列入|依托|就))"
    r"|(?<![接等招期优善款])待(?![遇人业命])|将(?=于)"
)
# What is only announced: a standing duty goes on with it.
_AHEAD = re.compile(r"筹备|下一步|有序推进|稳步推进|按计划推进|将(?=在|与|对|联合|陆续|进一步)")
_STEADY = re.compile(r"持续|不断|强化|加强|常态化|继续|深入|完善|提升|开展|做好")
_LEAD = r"(?:全面|加快|积极|大力|着力|全力|进一步|高[起标品][点准位质]、?|坚持[^，。]{1,8}，[^，。]{1,12}，|支持[^，。]{2,14}合作)*"
# A promise that makes one definite thing.
_FINITE = re.compile(
    rf"(?:^|[。；]){_LEAD}(?:完成|建设|新建|改扩建|扩建|打造|建立|组建|设立|成立|打通|建成|启动|编制|制定|开发|整合建立)"
    rf"|(?:^|[，。；]){_LEAD}(?:创建|争创|申报)"
    r"|(?:^|[，。；])(?:全面)?完成|试点|实现[^，。；]{2,40}(?:全覆盖|联通|贯通|达标)"
    r"|(?:推进|加快|促进|力促|协调)[^，。；]{2,24}(?:项目|工程|示范区|生态圈|平台|园区?|改造|道路)?"
    r"(?:建设(?=[，。；]|$)|落地|开工|改造(?=[，。；]|$))"
)
# Occasions are over once they have been held.
_OCCASION = re.compile(
    r"^(?:组织|举办|承办|召开|协办)[^，。；]*(?:活动|演出|赛|会|展|节|普查)(?=[，。；]|$)"
)
_HELD = re.compile(r"举办|承办|举行|召开")
_TRIAL = re.compile(r"开展[^，。；]{2,20}试点|试点工作[^，。；]{0,6}开展")
_PART = re.compile(r"[一二三四五六七八九十]{1,2}是(?=[^，。；]{2,24}[，。；])")
_LONGEST = 120


def find_status(task: Task, targets: Sequence[Target], parts: Sequence[TaskPart]) -> Status | None:
    """Return the state of a task, or None where it tells no progress.

    Args:
        task: The task.
        targets: Its numeric promises, judged.
        parts: The numbered parts of its progress.
    """
    text = task.progress.text
    if not text.strip():
        return None
    value, shown = _state(task.task.text, text, targets, parts)
    return Status(value, task.evidence("progress", *_around(text, shown), f"status:{value}"))


def _state(
    promise: str, text: str, targets: Sequence[Target], parts: Sequence[TaskPart]
) -> tuple[StatusValue, re.Match[str] | None]:
    """Return the state, and the words that show it.

    Postponed parts without any done make a task delayed; done and open parts side by side of a
    promise that counts them make it partly completed; all targets met complete it, unless they
    are rates of a year that is not over.
    """
    done, unfinished = _DONE.search(text), _OPEN.search(text)
    late, steady = _DELAYED.search(text), _STEADY.search(text)
    if late:
        return ("partly_completed", done) if done else ("delayed", late)
    if (cancelled := _CANCELLED.search(text)) and not (done or unfinished or targets):
        return "cancelled", cancelled
    counted = any(target.unit not in ("%", "个百分点") for target in targets)
    if counted and not unfinished and all(target.judgement == "met" for target in targets):
        return "completed", done or steady
    if done and unfinished and targets:
        return "partly_completed", done
    if unfinished or targets:
        return "in_progress", unfinished
    finite = _FINITE.search(promise) or _TRIAL.search(text)
    ahead = _AHEAD.search(text) if finite else None
    if done and not ahead and all(part.status.value == "completed" for part in parts):
        return "completed", done
    if not ahead and _OCCASION.search(promise) and (held := _HELD.search(text)):
        return "completed", held
    return ("in_progress", ahead or done or steady) if finite else ("ongoing", steady)


def find_parts(task: Task) -> tuple[TaskPart, ...]:
    """Return the numbered parts of the progress (一是 … 二是 …), each with its own state."""
    text = task.progress.text
    parts = []
    for start, end in _parts(text):
        words = text[start:end]
        lead = _PART.match(words)
        title = re.split(r"[，。；]", words[lead.end() if lead else 0 :])[0]
        value, shown = _part_state(words)
        first, last = _around(words, shown)
        evidence = task.evidence("progress", start + first, start + last, f"status:{value}")
        parts.append(TaskPart(title, Status(value, evidence)))
    return tuple(parts)


def _part_state(words: str) -> tuple[StatusValue, re.Match[str] | None]:
    done, unfinished = _DONE.search(words), _OPEN.search(words)
    if late := _DELAYED.search(words):
        return ("partly_completed" if done else "delayed"), late
    if done and unfinished:
        return "partly_completed", unfinished
    if unfinished:
        return "in_progress", unfinished
    if done:
        return "completed", done
    return "ongoing", _STEADY.search(words)


def _parts(text: str) -> list[tuple[int, int]]:
    """Return the spans of the numbered parts; none where fewer than two are numbered."""
    starts = [match.start() for match in _PART.finditer(text)]
    if len(starts) < 2:
        return []
    return list(zip(starts, [*starts[1:], len(text)], strict=True))


def _around(text: str, shown: re.Match[str] | None) -> tuple[int, int]:
    """Return the sentence that holds the words, at most 120 characters of it around them."""
    position = shown.start() if shown else 0
    for start, end in sentence_spans(text):
        if start <= position < end:
            first = max(start, min(position, end - _LONGEST))
            return (start, end) if end - start <= _LONGEST else (first, min(end, first + _LONGEST))
    return 0, min(len(text), _LONGEST)
