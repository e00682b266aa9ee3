"""How many of 60 questions are answered right that were written from the report alone.

Who wrote them had not seen the code, its phrasings or other questions.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from kg.answers.answer import Answers
from kg.answers.replies import Refusal
from kg.graph.store import open_graph

QUESTIONS = Path(__file__).with_name("questions.jsonl")
RIGHT, WRONG = 50, 6


def plain(text: str) -> str:
    return re.sub(r"[\s,，]", "", text).lower()


def judged(answers: Answers, question: dict[str, object]) -> str:
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


def test_questions_of_people_who_had_not_seen_the_code(store: Path) -> None:
    answers = Answers(open_graph(store))
    questions = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    results = [judged(answers, question) for question in questions]
    count = Counter(results)
    print(f"{count['right']} right, {count['wrong']} wrong, {count['refused']} refused")
    missed = [q["question"] for q, r in zip(questions, results, strict=True) if r != "right"]
    assert count["right"] >= RIGHT, missed
    assert count["wrong"] <= WRONG, missed


@pytest.mark.parametrize("text", ["", " ", "\n"])
def test_nothing_is_asked(store: Path, text: str) -> None:
    assert isinstance(Answers(open_graph(store)).reply(text), Refusal)
