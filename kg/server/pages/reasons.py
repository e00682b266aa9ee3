"""The reasons of judgements in Chinese: the graph has them in English."""

from __future__ import annotations

import re

# As `kg.extraction.judgement` puts them.
_FORMS = tuple(
    (re.compile(pattern), chinese)
    for pattern, chinese in (
        (
            r"(.+) against (.+) is (.+), with (.+) of the year gone",
            r"已完成 \1，目标 \2，为目标的 \3；全年时间已过 \4",
        ),
        (
            r"(.+) against (.+): not reached; the words tell it \((.+) sure\)",
            r"已完成 \1，目标 \2：未达到；依据文字判断（把握 \3）",
        ),
        (
            r"(.+) against (.+): not reached, and the year is over",
            r"已完成 \1，目标 \2：全年已过，未达到",
        ),
        (
            r"(.+) against (.+); the words tell it \((.+) sure\)",
            r"\1，目标 \2；依据文字判断（把握 \3）",
        ),
        (r"the words tell it \((.+) sure\)", r"依据文字判断（把握 \1）"),
        (r"(.+) against (.+): reached", r"已完成 \1，目标 \2：已达到"),
        (r"(.+) against (.+): not reached", r"已完成 \1，目标 \2：未达到"),
        (
            r"(.+) against (.+): a rate below the one promised",
            r"\1，目标 \2：比率低于目标值",
        ),
        (r"(.+) against (.+) at most", r"\1，上限 \2"),
        (r"(.+) against (.+), and the report says “(.+)”", r"已完成 \1，目标 \2，报告称“\3”"),
        (r"the report says “(.+)”", r"报告称“\1”"),
        (r"the rest is planned for (.+)", r"其余计划于 \1 完成"),
        (r"the progress tells no value for it", r"进展情况没有写明数值"),
    )
)


def reason(text: str, language: str) -> str:
    """Return the reason of a judgement in a language; as it is where its form is not known.

    >>> reason("9 座 against 10 座: not reached", "zh")
    '已完成 9 座，目标 10 座：未达到'
    """
    if language == "zh":
        for pattern, chinese in _FORMS:
            if found := pattern.fullmatch(text):
                return found.expand(chinese)
    return text
