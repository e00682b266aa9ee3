"""Gaps between figures in the text of a task: a total minus what is done."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from kg.answers.tasks import TaskRecord

# An amount with its measure unit, and words that mark it as done.
_AMOUNT = re.compile(
    r"(?P<done>(?:已经?|完成|通过|建成|实现|新增|投用|整改|验收|开工|签约|办结|处置|拆除|发放|安排|拨付|达到?|均)[^\d，。；]{0,10})?"
    r"(?<![\d.])(?P<value>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>[万亿]?[一-鿿])"
    r"(?P<after>[^\d，。；]{0,4}(?:已|完成|完工|建成|开工|投用|验收))?"
)
_YEAR_OR_DAY = re.compile("[年月日号时]|余|多")


def find_gap(text: str, question: str = "") -> str:
    """Return the gap between a total and what is done of it, two figures of one unit in a text.

    Args:
        text: The text.
        question: Selects between several such pairs: the total is a figure of the question, or the
            words before the second figure are in the question.

    >>> find_gap("全区规划站点619个，已完成施工399个")
    '619个减399个，还差220个。'
    >>> find_gap("报建106部，审批通过40部，建成验收15部", "还有几部没批下来")
    '106部减40部，还差66部。'
    """
    found = _find_amounts(text)
    named = find_figures(question)
    pairs = [
        (total, part)
        for place, total in enumerate(found)
        for part in found[place + 1 :]
        if part["unit"] == total["unit"]
        and (part["done"] or part["after"])
        and not (total["done"] or total["after"])
        and (not named or total["value"] in named)
    ]
    asked = set(question)
    pairs.sort(key=lambda pair: -len(asked.intersection(_words_before(pair[1]))))
    return next((gap for total, part in pairs if (gap := _gap_text(total, part))), "")


def find_figures(text: str) -> set[str]:
    """Return the figures in a text that are not part of a word or date, such as the 5 of 5G."""
    return set(re.findall(r"(?<![a-z\d.])\d+(?:\.\d+)?(?![a-z\d.年月日号])", text.lower()))


def _words_before(amount: re.Match[str]) -> str:
    """Return the words before an amount in its clause."""
    return re.split("[，。；、]", amount.string[: amount.start("value")])[-1]


def find_task_gap(task: TaskRecord) -> str:
    """Return the gap between the only promised and the only reported figure of one unit."""
    promised, reported = _find_amounts(task.promise), _find_amounts(task.progress)
    done = [match for match in reported if match["done"] or match["after"]]
    for total in promised:
        unit = total["unit"]
        alike = [match for match in promised if match["unit"] == unit]
        answers = [match for match in done if match["unit"] == unit]
        if len(alike) == len(answers) == 1:
            return _gap_text(total, answers[0])
    return ""


def _find_amounts(text: str) -> list[re.Match[str]]:
    return [match for match in _AMOUNT.finditer(text) if not _YEAR_OR_DAY.match(match["unit"])]


def _gap_text(total: re.Match[str], part: re.Match[str]) -> str:
    whole, done = (Decimal(match["value"].replace(",", "")) for match in (total, part))
    unit = total["unit"]
    return f"{whole}{unit}减{done}{unit}，还差{whole - done}{unit}。" if done < whole else ""


def find_first_gap(sentences: Sequence[str], question: str) -> str:
    """Return the gap in the first sentence that has one, or an empty string."""
    return next((gap for sentence in sentences if (gap := find_gap(sentence, question))), "")
