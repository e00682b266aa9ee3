"""Write docs/answers.md: `python scripts/write_answers.py STORE`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from kg.answers.answer import Answers
from kg.answers.replies import Refusal
from kg.graph.stores.embedded import open_graph

PAGE = Path(__file__).parents[1] / "docs" / "answers.md"
_QUESTIONS = (
    "汉江大道通车了没有，哪天的事",
    "招商引资还差多少",
    "首批平安小区还欠几个",
    "黄孝河综合管廊怎么停下来了",
    "家庭医生签约归哪个局管",
    "园林局今年要办哪几件",
    "财政局有没有拖后腿的",
    "任务最多的前三名是哪些部门",
    "不止一个部门负责的任务有几项",
    "园林局和建设局要不要碰头",
    "哪些事在等审批",
    "万松那边今年有什么事",
    "哪些任务提到蚂蚁金服",
    "GDP目标多少，现在多少，跟得上吗",
    "11月15日有什么节点",
    "第91条讲的是什么",
    "哪条路牵扯的部门最多",
    "xibeihu归谁管",
    "Which tasks name Wuhan University (武汉大学)?",
    "教育局局长的电话是多少",
)
_LONGEST = 400
_HEAD = """# Twenty questions and their answers

Made by `python scripts/write_answers.py STORE` from the report that ships; long answers are cut.
How to ask: [ask.md](ask.md).
"""


def render_page(store: str | Path) -> str:
    """Return the page.

    Args:
        store: A store with the report that ships with the package.
    """
    answers = Answers(open_graph(store))
    return _HEAD + "".join(
        "\n" + "\n".join(_section(answers, question)) + "\n" for question in _QUESTIONS
    )


def _section(answers: Answers, question: str) -> Iterator[str]:
    yield f"## {question}\n"
    reply = answers.reply(question)
    if isinstance(reply, Refusal):
        yield f"*Not answered: {reply.en}.*"
        return
    kept = reply.text[:_LONGEST]
    text = kept if kept == reply.text else f"{kept.rpartition(chr(10))[0] or kept}\n…"
    yield "```text\n" + text + "\n```\n"
    yield f"Understood as {reply.understood}."


if __name__ == "__main__":
    PAGE.write_text(render_page(sys.argv[1]), encoding="utf-8")
