"""The state of a task as a whole, told by the words of its progress cell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.model import Status, StatusValue, Target, Task

# Each state with the words that show it; where several stand, the order below decides.
_DELAYED = re.compile(r"暂缓|推迟|延[至期]|滞后|再行开展|掉[^，。]{0,6}进度")
_DONE = re.compile(
    r"已?全部(?:完成|完工|竣工|安装|改造完|投入)|已(?:于[^，。]{1,12})?(?:完工|竣工|建成|通车|完成(?!第|\d))"
    r"|并?投入使用|圆满|(?:开展并|顺利)完成|成功举办"
)
_OPEN = re.compile(r"正在|尚未|未完成|推进中|筹备|预计|计划|拟|下一步|在建|待")
_STEADY = re.compile(r"持续|不断|强化|加强|常态化|继续|深入|完善|提升|开展")
_SENTENCE = re.compile(r"[^。；]{1,120}[。；]?")


def find_status(task: Task, targets: Sequence[Target]) -> Status | None:
    """Return the state of a task, or None where it tells no progress.

    All targets met make a task completed; postponed parts without any done make it delayed; done
    and open parts side by side make it partly completed when the open ones lie in the future.
    """
    text = task.progress.text
    if not text:
        return None
    done, unfinished = _DONE.search(text), _OPEN.search(text)
    late, steady = _DELAYED.search(text), _STEADY.search(text)
    reached = bool(targets) and all(target.judgement == "met" for target in targets)
    value: StatusValue
    shown: re.Match[str] | None
    if late and not done:
        value, shown = "delayed", late
    elif done and not unfinished:
        value, shown = "completed", done
    elif reached and not unfinished:
        value, shown = "completed", steady
    elif done and unfinished and targets:
        value, shown = "partly_completed", done
    elif unfinished or targets:
        value, shown = "in_progress", unfinished
    else:
        value, shown = "ongoing", steady
    position = shown.start() if shown else 0
    start, end = _around(text, position)
    return Status(value, task.evidence("progress", start, end, f"status:{value}"))


def _around(text: str, position: int) -> tuple[int, int]:
    """Return the sentence that holds a position, at most 120 characters of it."""
    for sentence in _SENTENCE.finditer(text):
        if sentence.start() <= position < sentence.end():
            return sentence.span()
    return 0, min(len(text), 120)
