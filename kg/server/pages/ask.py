"""Plain questions: what was understood, and the answer, or what may have been meant."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.answers.answer import Answers
from kg.answers.ask import AskResult, answer_question
from kg.errors import InputError
from kg.questions.ask import Matcher, Understanding, build_matcher
from kg.questions.catalogue import Question
from kg.server import asking, responses
from kg.server.answers import places_of
from kg.server.kept import kept_of
from kg.server.language import language, say
from kg.server.pages.questions import address, fields, links, shown, titled
from kg.server.problems import in_chinese
from kg.server.snapshot import Snapshot, snapshot
from kg.server.templating import page
from kg.tables import Answer

_TASK = re.compile(r"((?<=任务)\d+|(?<=[Tt]ask )\d+|(?<=tasks )\d+|(?<=\d、)\d+(?=[、）；：\n]|$))")
_EXAMPLES = (
    ("哪些任务延期了？", "which tasks are delayed?"),
    ("哪些目标没有达到？", "which targets are not met?"),
    ("部门之间共同涉及什么？", "what things do departments share?"),
    ("每个部门有多少任务？", "how many tasks does each department have?"),
    ("接下来有哪些时间节点？", "upcoming deadlines"),
)


def ask(request: Request) -> Response:
    """Return the answer to the question that `?text=` asks."""
    variant = f"ask-{language(request)}"
    if unchanged := responses.unchanged(request, variant):
        return unchanged
    text = request.query_params.get("text", "").strip()
    answered, wrong = None, ""
    if text:
        try:
            answered = answer_text(request, text)
        except InputError as error:
            wrong = say(request, in_chinese(str(error)) or "请换一种问法。", str(error))
    second = language(request) != "zh"
    told: dict[str, object] = {
        "text": text,
        "wrong": wrong,
        "understood": answered.understood if answered else None,
        "reply": linked_lines(request, answered.text) if answered else [],
        "refusal": answered.refusal if answered else None,
        "form": "",
        "alternatives": answered.understanding.alternatives if answered else (),
        "examples": [example[second] for example in _EXAMPLES],
        "titled": lambda asked: titled(request, asked),
    }
    if answered and answered.understanding.question and answered.table:
        found = answered.understanding
        told |= _answered(request, answered.understanding.question, found, answered.table)
    made = page(request, "ask.html", **told)
    made.headers.update(responses.cached(request, variant))
    return made


def prepare(found: Snapshot) -> None:
    """Work out what answers to questions about a build need, before anybody asks."""
    _known(found)
    _answers(found)
    places_of(found)


def _known(found: Snapshot) -> Matcher:
    return kept_of(found, "known", lambda build: build_matcher(build.graph))


def _answers(found: Snapshot) -> Answers:
    return kept_of(found, "answers", lambda build: Answers(build.graph))


def answer_text(request: Request, text: str) -> AskResult:
    """Return the answer to a plain question, as `kg ask` gives it.

    Raises:
        InputError: The question is too long, or names what the graph does not know.
    """
    found = snapshot(request)

    def ask_catalogue(understood: Understanding) -> Answer:
        assert understood.question is not None
        return asking.answer(request, understood.sparql, tuple(understood.question.fields))

    return answer_question(found.graph, text, _answers(found), _known(found), ask_catalogue)


def linked_lines(request: Request, text: str) -> list[list[tuple[str, str]]]:
    """Return the lines of an answer in parts, each with the address of the task that it numbers.

    Other parts, and numbers that several plans have, have an empty address.
    """
    paths: dict[str, set[str]] = {}
    for task in _answers(snapshot(request)).tasks:
        paths.setdefault(str(task.number), set()).add(task.path)
    lines = []
    for line in filter(None, text.split("\n")):
        parts: list[tuple[str, str]] = []
        for place, part in enumerate(_TASK.split(line)):
            found = paths.get(part, set()) if place % 2 else set()
            parts.append((part, f"/task/{next(iter(found))}" if len(found) == 1 else ""))
        lines.append(parts)
    return lines


def _answered(
    request: Request, asked: Question, found: Understanding, answer: Answer
) -> dict[str, object]:
    given = found.parameters
    return {
        "understood": titled(request, asked),
        "narrowed": [
            (field.label, dict(field.options).get(field.value, field.value))
            for field in fields(request, asked, given)
            if field.value
        ],
        "form": address(asked, given),
        "answer": shown(request, asked, answer),
        "sparql": found.sparql,
        **links(request, asked, given),
    }


ROUTES = (Route("/ask", ask),)
