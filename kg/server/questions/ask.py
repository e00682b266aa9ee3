"""Plain questions: how a question was understood, and its answer or similar questions."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.answers.answer import Answers
from kg.answers.ask import Answered, answer_question
from kg.errors import InputError
from kg.questions.ask import Known, Understanding, known
from kg.questions.catalogue import Question
from kg.server.data.build_cache import cached_for_build
from kg.server.data.snapshot import Snapshot, snapshot
from kg.server.http import responses
from kg.server.http.language import language, say
from kg.server.http.problems import translate_problem
from kg.server.http.templating import render_page
from kg.server.questions import run_query
from kg.server.questions.answer_cells import answer_lookup
from kg.server.questions.answer_table import answer_links, answer_page, question_address
from kg.server.questions.form import form_fields, question_title
from kg.tables import Answer

_TASK = re.compile(r"((?<=任务)\d+|(?<=[Tt]ask )\d+|(?<=tasks )\d+|(?<=\d、)\d+(?=[、）；：\n]|$))")
_EXAMPLES = (
    ("哪些任务延期了？", "which tasks are delayed?"),
    ("哪些目标没有达到？", "which targets are not met?"),
    ("部门之间共同涉及什么？", "what things do departments share?"),
    ("每个部门有多少任务？", "how many tasks does each department have?"),
    ("接下来有哪些时间节点？", "upcoming deadlines"),
)


@responses.cacheable
def ask_page(request: Request) -> Response:
    """Return a page with the answer to the question `?text=`."""
    text = request.query_params.get("text", "").strip()
    answered, wrong = None, ""
    if text:
        try:
            answered = answer_text(request, text)
        except InputError as error:
            wrong = say(request, translate_problem(str(error)) or "请换一种问法。", str(error))
    english = language(request) != "zh"
    context: dict[str, object] = {
        "text": text,
        "wrong": wrong,
        "understood": answered.understood if answered else None,
        "reply": lines_with_links(request, answered.text) if answered else [],
        "refusal": answered.refusal if answered else None,
        "form": "",
        "alternatives": answered.understanding.alternatives if answered else (),
        "examples": [example[english] for example in _EXAMPLES],
        "title_of": lambda question: question_title(request, question),
    }
    if answered and answered.understanding.question and answered.table:
        understood = answered.understanding
        context |= _answer_context(
            request, answered.understanding.question, understood, answered.table
        )
    return render_page(request, "ask.html", **context)


def prepare_answers(build: Snapshot) -> None:
    """Compute and cache what answers to questions about a build need."""
    _cached_understanding(build)
    _cached_answers(build)
    answer_lookup(build)


def _cached_understanding(build: Snapshot) -> Known:
    return cached_for_build(build, "known", lambda build: known(build.graph))


def _cached_answers(build: Snapshot) -> Answers:
    return cached_for_build(build, "answers", lambda build: Answers(build.graph))


def answer_text(request: Request, text: str) -> Answered:
    """Return the answer to a plain question, as `kg ask` gives it.

    Raises:
        InputError: The question is too long, or contains a name that is not in the graph.
    """
    build = snapshot(request)

    def ask_catalogue(understood: Understanding) -> Answer:
        assert understood.question is not None
        return run_query.run_query(request, understood.sparql, tuple(understood.question.fields))

    return answer_question(
        build.graph, text, _cached_answers(build), _cached_understanding(build), ask_catalogue
    )


def lines_with_links(request: Request, text: str) -> list[list[tuple[str, str]]]:
    """Split the lines of an answer into parts, each with an address or an empty text.

    Numbers of tasks have the address of the task, unless several plans have such a task.
    """
    paths: dict[str, set[str]] = {}
    for task in _cached_answers(snapshot(request)).tasks:
        paths.setdefault(str(task.number), set()).add(task.path)
    lines = []
    for line in filter(None, text.split("\n")):
        parts: list[tuple[str, str]] = []
        for place, part in enumerate(_TASK.split(line)):
            found = paths.get(part, set()) if place % 2 else set()
            parts.append((part, f"/task/{next(iter(found))}" if len(found) == 1 else ""))
        lines.append(parts)
    return lines


def _answer_context(
    request: Request, question: Question, understood: Understanding, answer: Answer
) -> dict[str, object]:
    given = understood.parameters
    return {
        "understood": question_title(request, question),
        "narrowed": [
            (field.label, dict(field.options).get(field.value, field.value))
            for field in form_fields(request, question, given)
            if field.value
        ],
        "form": question_address(question, given),
        "answer": answer_page(request, question, answer),
        "sparql": understood.sparql,
        **answer_links(request, question, given),
    }


ROUTES = (Route("/ask", ask_page),)
