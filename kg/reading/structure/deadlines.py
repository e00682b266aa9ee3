"""Recognise clauses that state a deadline."""

from __future__ import annotations

import re

_DEADLINE = re.compile(
    r"(?:(?:计划|力争|争取|确保|预计|拟|于|在|到)*(?:20\d\d年|今年|明年|当年|年内|年底|年末|\d{1,2}月|[一二三四1-4上下]?(?:季度|半年)|全年)"
    r"[^、；;。局委办部]{0,16}?(?:前|内|底|末|日|月|年|季度|半年)?(?:基本|全面|全部)?(?:完成|建成|竣工|投用|开工|启动|办结|落实|推进|实施)?(?:并(?:长期坚持|持续推进))?"
    r"|(?:并)?(?:持续|长期|常年|全年|年内|贯穿全年|常态化?)(?:推进|坚持|实施|开展|落实|完成)?)"
)


def is_deadline(clause: str) -> bool:
    """Return whether a clause in a list of units is a deadline: 2024年12月底前完成.

    >>> is_deadline("2024年12月底前完成"), is_deadline("持续推进"), is_deadline("区财政局")
    (True, True, False)
    """
    return bool(_DEADLINE.fullmatch(clause.strip()))
