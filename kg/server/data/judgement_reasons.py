"""Translate the reasons of judgements, which are in English in the graph, into Chinese."""

from __future__ import annotations

import re

# The wordings of `kg.extraction.judgement`. The first match counts, so longer patterns come before
# those that they begin with.
_FORMS = tuple(
    (re.compile(pattern), chinese)
    for pattern, chinese in (
        (
            r"(.+) against (.+) is (.+), with (.+) of the year gone",
            r"已完成 \1，目标 \2，为目标的 \3；全年时间已过 \4",
        ),
        (
            r"(.+) against (.+): not reached; by the words of the report \((.+) sure\)",
            r"已完成 \1，目标 \2：未达到；依据文字判断（把握 \3）",
        ),
        (
            r"(.+) against (.+): not reached, and the year is over",
            r"已完成 \1，目标 \2：全年已过，未达到",
        ),
        (
            r"(.+) against (.+): not reached, and the date of the figure is unknown",
            r"已完成 \1，目标 \2：未达到；没有截止日期，无法按时间判断进度",
        ),
        (r"(.+) against (.+): begun, not done", r"已启动 \1，目标 \2：只是启动，尚未完成"),
        (
            r"(.+) against (.+); by the words of the report \((.+) sure\)",
            r"\1，目标 \2；依据文字判断（把握 \3）",
        ),
        (r"by the words of the report \((.+) sure\)", r"依据文字判断（把握 \1）"),
        (r"(.+) against (.+): reached", r"已完成 \1，目标 \2：已达到"),
        (r"(.+) against (.+): below", r"\1，目标 \2：低于目标"),
        (r"(.+) against (.+) at most", r"\1，上限 \2"),
        (r"the progress gives no figure for it", r"进展情况没有写明数值"),
    )
)


def reason_text(text: str, language: str) -> str:
    """Return the reason of a judgement in a language, unchanged if its wording is not known.

    >>> reason_text("10 座 against 10 座: reached", "zh")
    '已完成 10 座，目标 10 座：已达到'
    """
    if language == "zh":
        for pattern, chinese in _FORMS:
            if found := pattern.fullmatch(text):
                return found.expand(chinese)
    return text
