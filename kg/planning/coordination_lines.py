"""Describe why two departments should coordinate, in one line of Chinese or English."""

from __future__ import annotations

from kg.labels import KINDS
from kg.network.pairs import Dependency, PairTie

_APART = {
    "headings": ("任务分属不同类目", "their tasks are under different headings"),
    "groups": ("平时不在同一个协作圈", "they belong to different groups"),
}
# Maximum number of names of things in a line.
_NAMED = 3


def waiting_line(waiter: str, awaited: str, what: str, english: bool = False) -> str:
    """Return a line on who waits for whom and for what.

    >>> waiting_line("教育局", "自然资源和规划分局", "用地属性调整")
    '教育局 等待 自然资源和规划分局：用地属性调整'
    """
    return (
        f"{waiter} waits for {awaited}: {what}" if english else f"{waiter} 等待 {awaited}：{what}"
    )


def reason_line(found: Dependency, english: bool = False) -> str:
    """Return a line on why two departments should coordinate.

    It says who waits for whom, what both mention, and why the ties are unexpected.
    """
    parts = [
        waiting_line(_waiter(found, tie), tie.awaits, tie.name, english)
        for tie in found.ties
        if tie.awaits
    ]
    shared = [tie for tie in found.ties if not tie.awaits]
    if shared:
        parts.append(_shared_line(shared, english))
    apart = [_APART[reason][english] for reason in found.apart]
    if apart:
        parts.append(", ".join(apart) if english else "，".join(apart))
    return "; ".join(parts) if english else "；".join(parts)


def _waiter(found: Dependency, tie: PairTie) -> str:
    return next(name for name in found.departments if name != tie.awaits)


def _shared_line(shared: list[PairTie], english: bool) -> str:
    kind = KINDS[shared[0].thing_kind]
    names = [tie.name for tie in shared[:_NAMED]]
    alike = all(tie.thing_kind == shared[0].thing_kind for tie in shared)
    if english:
        what = ", ".join(names)
        more = f" and {len(shared) - len(names)} more" if len(shared) > len(names) else ""
        return f"both mention {what}{more}"
    more = f"等{len(shared)}项" if len(shared) > len(names) else ""
    return f"双方任务都涉及{kind.zh if alike else ''}“{'”“'.join(names)}”{more}"
