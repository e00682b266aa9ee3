"""How many of two sets of 60 questions are answered right that were written from the report alone.

Who wrote them had not seen the code, its phrasings or other questions. When they were first asked,
57 and 58 were right, 2 and 2 wrong; one has been mended by since (几个亿 asks for money).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from kg.answers.answer import Answers
from kg.answers.replies import Refusal
from kg.graph.stores.embedded import open_graph

RIGHT, WRONG = 54, 3


def plain(text: str) -> str:
    return re.sub(r"[\s,，]", "", text).lower()


def judge_reply(answers: Answers, question: dict[str, object]) -> str:
    reply = answers.reply(str(question["question"]))
    if isinstance(reply, Refusal):
        return "right" if question["refuse"] else "refused"
    text = plain(reply.text)
    must = question["must"]
    must_not = question["must_not"]
    assert isinstance(must, list)
    assert isinstance(must_not, list)
    found = all(any(plain(word) in text for word in words) for words in must)
    bad = any(plain(word) in text for word in must_not)
    return "right" if found and not bad and not question["refuse"] else "wrong"


@pytest.mark.parametrize("name", ["questions-1.jsonl", "questions-2.jsonl"])
def test_questions_of_people_who_had_not_seen_the_code(store: Path, name: str) -> None:
    answers = Answers(open_graph(store))
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line) for line in lines]
    results = [judge_reply(answers, question) for question in questions]
    count = Counter(results)
    print(f"{count['right']} right, {count['wrong']} wrong, {count['refused']} refused")
    missed = [q["question"] for q, r in zip(questions, results, strict=True) if r != "right"]
    assert count["right"] >= RIGHT, missed
    assert count["wrong"] <= WRONG, missed


@pytest.mark.parametrize("text", ["", " ", "\n"])
def test_nothing_is_asked(store: Path, text: str) -> None:
    assert isinstance(Answers(open_graph(store)).reply(text), Refusal)
