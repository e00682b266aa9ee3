"""The texts of a marked task in a document: with numbers, leads, a title or a plan of their own."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from itertools import pairwise

from training.documents.wording import wording
from training.markup import MarkedTask

# An indicator and its target figure: 地区生产总值增长 | 8%左右.
_INDICATOR = re.compile(
    r"([^\d，。；：]{4,18}?)((?:增长|达到|不低于|控制在|提高到|实现|完成)?[\d.]+.{1,12})"
)
# Parts of a task's text: its number, and the answerable units.
_OWN_NUMBER = re.compile(
    r"^(?:\d{1,3}(?:[、．]|\.(?!\d)|[)）])|[（(][一二三四五六七八九十\d]{1,3}[）)]|[①-⑳]|[一二三四五六七八九十]{1,3}、)\s*"
)
_OWN_UNITS = re.compile(
    r"[（(【〔](?:(?:责任|牵头|主办|承办|落实)(?:单位|部门|科室|主体)[：:]"
    r"|[^（()）。]{2,60}(?:负责|牵头|配合)[^（()）]{0,30}[）)】〕])[^（()）【】]*[）)】〕]?。?$"
)
# Words that mark a step as done, and the figures and clauses of a progress text.
_DONE = re.compile(r"目前，?|截至[^，。]{1,12}，|已经|已|累计|完毕|了")
_FIGURE = re.compile(r"\d+")
_CLAUSE = re.compile(r"[，：:]")


def plan_for(progress: str, chance: random.Random) -> str:
    """Return a plan that fits a progress text.

    >>> plan_for("目前，已建成桥梁，通过验收。", random.Random(1))
    '建成桥梁，通过验收。'
    """
    planned = _FIGURE.sub(lambda f: str(int(f[0][:6]) + chance.randint(1, 9)), progress)
    sentences = re.split(r"(?<=[。；])", _DONE.sub("", planned))
    return "".join(sentences[: chance.randint(1, 3)])


def promise_text(task: MarkedTask) -> str:
    """Return the text of a task without its number and the units at its end."""
    words = _OWN_NUMBER.sub("", task.task.text.strip())
    return _OWN_UNITS.sub("", words).strip() or task.task.text.strip()


def number_sentences(text: str, chance: random.Random) -> str:
    """Return a text with numbered sentences."""
    return number_parts(re.split(r"(?<=[。；])", text), chance)


def lead_sentences(text: str, chance: random.Random) -> str:
    """Return a text whose sentences begin with an aspect or a period: 一季度：…二季度：…."""
    sentences = [part for part in re.split(r"(?<=[。；])", text) if part]
    if len(sentences) < 2 or re.search("季度|方面", text):
        return text
    between = chance.choice(("", "", "\n"))
    if chance.random() < 0.5:
        leads = [f"{period}{chance.choice('：：，')}" for period in wording()["periods"]]
    else:
        leads = [f"{name}方面，" for name in chance.sample(wording()["aspects"], 4)]
    leads += [""] * len(sentences)
    return between.join(lead + sentence for lead, sentence in zip(leads, sentences, strict=False))


def number_parts(parts: Sequence[str], chance: random.Random) -> str:
    """Return the parts of a text with numbers, on separate lines or on one line.

    A single part, and parts that are numbered already, are not changed.
    """
    parts = [part for part in parts if part]
    text = "".join(parts)
    if len(parts) < 2 or _OWN_NUMBER.match(text) or re.search("一是|（一）|①|1[、.．]", text):
        return text
    between = chance.choice(("", "", "\n", " "))
    form = chance.choice(("{n}.", "{n}、", "（{n}）", "（{z}）", "{z}是", "{c}", "{n}）"))
    shown = (
        form.format(n=place + 1, z="一二三四五六七八九十"[place % 10], c=chr(0x2460 + place % 20))
        + sentence
        for place, sentence in enumerate(parts)
    )
    return between.join(shown)


def title_of(task: MarkedTask, words: str, chance: random.Random) -> str:
    """Return a title for a task: the first project that it names, or its first clause."""
    for span in task.task.names:
        if span.kind == "project" and span.end - span.start >= 4:
            title = task.task.text[span.start : span.end]
            return (
                title + chance.choice(("", "", "建设", "项目"))
                if title[-2:] not in ("项目", "工程")
                else title
            )
    first = _CLAUSE.search(words)
    return words[: first.start()] if first and 4 <= first.start() <= 24 else ""


def split_task(words: str) -> tuple[str, str]:
    """Return an indicator and its figure, or a title and its content."""
    if match := _INDICATOR.fullmatch(words.rstrip("。；")):
        return match[1], match[2]
    first = _CLAUSE.search(words)
    if first and 4 <= first.start() <= 24 and len(words) - first.end() > 6:
        return words[: first.start()], words[first.end() :]
    return words, ""


def split_progress(task: MarkedTask, *, plan: bool, problem: bool) -> tuple[str, str, str]:
    """Return progress, next steps and obstacles; those that are not separate are progress.

    Args:
        task: The task.
        plan: Whether next steps are separate.
        problem: Whether obstacles are separate.
    """
    text = task.progress.text
    marks = [*task.progress.stretches, (len(text), "")]
    parts: dict[str, list[str]] = {"progress": [], "plan": [], "problem": []}
    for (start, kind), (end, _) in pairwise(marks):
        part = "progress"
        if kind == "next_step" and plan and start:
            part = "plan"
        elif kind == "obstacle" and problem and start:
            part = "problem"
        parts[part].append(text[start:end].strip())
    return "".join(parts["progress"]), "".join(parts["plan"]), "".join(parts["problem"])
