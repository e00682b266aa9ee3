"""The words of invented documents: random names, dates, figures and sentences."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_FILE = Path(__file__).with_name("wording.yaml")
_WHOLE_NAME = re.compile(r"(?<=[省市])(?=.{2,}[区县市镇乡])")


@cache
def wording() -> Mapping[str, Any]:
    """Return the lists of words and sentences, by name."""
    words: Mapping[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return words


def fill(template: str, government: str, year: int, chance: random.Random) -> str:
    """Return a sentence with government, year and figures filled in.

    >>> fill("{gov}{year}年重点工作", "浙江省青川市柳区", 2023, random.Random(1))
    '青川市柳区2023年重点工作'
    """
    if "{" not in template:
        return template
    month, day = chance.randint(1, 12), chance.randint(1, 28)
    return template.format(
        gov=_WHOLE_NAME.split(government)[-1],
        level=government[-1:] if government[-1:] in "省市区县镇乡" else "市",
        year=year,
        next=year + chance.randint(1, 3),
        month=month,
        day=f"{year}-{month:02}-{day:02}",
        dayofmonth=day,
        hour=chance.randint(8, 18),
        minute=chance.randint(10, 59),
        quarter=chance.choice("一二三四"),
        count=chance.randint(5, 60),
        few=chance.randint(1, 5),
        percent=chance.randint(20, 100),
        thousands=chance.randint(50, 90000),
        money=chance.randint(10, 900) / 10,
        digits=chance.randint(1000000000, 9999999999),
        phone=chance.randint(2000000, 89999999),
        views=chance.randint(100, 9999),
        county=chance.choice(wording()["counties"]),
        person=invent_person(chance),
        source=chance.choice(("市政府办公室", "县人民政府", "市政府督查室", "本网", "区目督办")),
    )


def pick(name: str, government: str, year: int, chance: random.Random, count: int = 1) -> list[str]:
    """Return distinct sentences of a list, filled in."""
    sentences: Sequence[str] = wording()[name]
    chosen = chance.sample(sentences, count)
    return [fill(sentence, government, year, chance) for sentence in chosen]


def invent_person(chance: random.Random) -> str:
    """Return an invented name of a person, sometimes with spaces or a post."""
    surname = chance.choice(wording()["surnames"])
    given = "".join(chance.sample(wording()["given_names"], chance.choice((1, 2, 2, 2))))
    blank = "  " if len(given) == 1 and chance.random() < 0.5 else ""
    post = chance.choice(wording()["posts"]) if chance.random() < 0.12 else ""
    return f"{surname}{blank}{given}{post}"


def invent_schedule(chance: random.Random) -> str:
    """Return a schedule, such as 2月：印发实施方案；6月：开工建设."""
    months = sorted(chance.sample(range(1, 13), chance.randint(2, 4)))
    steps = chance.sample(wording()["schedule_steps"], len(months))
    form = chance.choice(("{}月：", "{}月，", "{}月底前", "{}月底："))
    return "；".join(
        form.format(month) + fill(step, "", 2020, chance)
        for month, step in zip(months, steps, strict=True)
    ) + chance.choice(("。", "；", ""))
