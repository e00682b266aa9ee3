"""The questions of the catalogue: a page about all, and each with a form, its answer and files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.errors import InputError
from kg.questions.catalogue import Question, bound, questions, without_header
from kg.server.data.snapshot import snapshot
from kg.server.http import responses
from kg.server.http.language import language, say
from kg.server.http.problems import Problem, translate_problem
from kg.server.http.templating import render_page
from kg.server.parts.table_files import table_file
from kg.server.questions import run_query
from kg.server.questions.answer_cells import Piece, answer_cells, visible_fields
from kg.server.questions.answer_table import answer_links, answer_page, arrange_answer
from kg.server.questions.form import form_fields, given_values, question_title
from kg.server.questions.labels import GROUPS, LABELS, MEANINGS
from kg.tables import Answer, Plain, to_json

_ENDINGS = ("csv", "json", "xlsx")


@responses.cacheable
def catalogue_page(request: Request) -> Response:
    """Return the page about all questions."""
    found = {one.name: one for one in questions()}
    groups = [
        (
            say(request, group.zh, group.en),
            [_question_line(request, found[name]) for name in group.questions],
        )
        for group in GROUPS
    ]
    return render_page(request, "questions.html", groups=groups)


@responses.cacheable
def question_page(request: Request) -> Response:
    """Return a question with its form and answer, or its answer as a file (`NAME.csv`).

    Raises:
        Problem: There is no such question or file, or a file is asked for with wrong values.
    """
    name, _, ending = request.path_params["name"].partition(".")
    asked = next((one for one in questions() if one.name == name), None)
    if asked is None or ending not in ("", *_ENDINGS):
        raise Problem(
            404,
            "There is no such question; /questions lists them.",
            zh="没有这个问题，请从页首的“查询”中选择。",
        )
    given = given_values(request, asked)
    return (
        _answer_file(request, asked, given, ending)
        if ending
        else _render_question(request, asked, given)
    )


def _render_question(request: Request, asked: Question, given: Mapping[str, str]) -> Response:
    wrong, sparql, answer = "", "", None
    if all(name in given for name, one in asked.parameters.items() if one.required):
        try:
            sparql = without_header(bound(snapshot(request).graph, asked, given))
        except InputError as error:
            wrong = say(
                request, translate_problem(str(error)) or "所填的值图谱里没有。", str(error)
            )
        else:
            found = run_query.run_query(request, sparql, tuple(asked.fields))
            answer = answer_page(request, asked, found)
    made = render_page(
        request,
        "question.html",
        title=question_title(request, asked),
        meaning=say(request, MEANINGS[asked.name], asked.meaning),
        fields=form_fields(request, asked, given),
        wrong=wrong,
        sparql=sparql,
        answer=answer,
        **answer_links(request, asked, given),
    )
    made.status_code = 400 if wrong else 200
    return made


def _answer_file(
    request: Request, asked: Question, given: Mapping[str, str], ending: str
) -> Response:
    try:
        sparql = without_header(bound(snapshot(request).graph, asked, given))
    except InputError as error:
        raise Problem(400, f"{error}.", zh=translate_problem(str(error))) from None
    answer = arrange_answer(request, run_query.run_query(request, sparql, tuple(asked.fields)))
    if ending == "json":
        name = f'attachment; filename="{asked.name}.json"'
        headers = {"Content-Disposition": name}
        return Response(to_json(answer), media_type="application/json", headers=headers)
    second = language(request) != "zh"
    headings = tuple(LABELS[name][second] for name in answer.fields)
    if ending == "xlsx":
        # For people: what pages say, in words and without codes.
        names = visible_fields(answer.fields)
        headings = tuple(LABELS[name][second] for name in names)
        answer = Answer(
            names,
            tuple(_row_in_words(row, told) for row, told in _rows_with_values(request, answer)),
        )
    return table_file(answer, asked.name, ending, headings, question_title(request, asked))


def _rows_with_values(
    request: Request, answer: Answer
) -> Iterator[tuple[list[tuple[str, list[Piece]]], Mapping[str, Plain]]]:
    """Yield the rows of an answer as pages show them, each with its plain values."""
    for row, values in zip(answer_cells(request, answer), answer.rows, strict=True):
        yield row, dict(zip(answer.fields, values, strict=True))


def _row_in_words(
    row: list[tuple[str, list[Piece]]], told: Mapping[str, Plain]
) -> tuple[Plain, ...]:
    """Return a row in words; numbers that stand alone stay numbers."""
    made: list[Plain] = []
    for name, pieces in row:
        text = "".join(piece.text for piece in pieces)
        value = told[name]
        is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
        made.append(value if is_number and text == str(value) else text or None)
    return tuple(made)


def _question_line(request: Request, asked: Question) -> tuple[str, str, str]:
    meaning = say(request, MEANINGS[asked.name], asked.meaning)
    return f"/questions/{asked.name}", question_title(request, asked), meaning


ROUTES = (Route("/questions", catalogue_page), Route("/questions/{name}", question_page))
