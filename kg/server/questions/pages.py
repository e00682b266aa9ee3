"""Pages of the catalogue's questions: the list, and each question with form, answer and files."""

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
from kg.server.questions.answer_cells import CellPart, answer_cells, visible_fields
from kg.server.questions.answer_table import answer_links, answer_page, arrange_answer
from kg.server.questions.form import form_fields, given_values, question_title
from kg.server.questions.labels import GROUPS, LABELS, MEANINGS
from kg.tables import Answer, Plain, to_json

_ENDINGS = ("csv", "json", "xlsx")


@responses.cacheable
def catalogue_page(request: Request) -> Response:
    """Return the page that lists all questions."""
    by_name = {question.name: question for question in questions()}
    groups = [
        (
            say(request, group.zh, group.en),
            [_question_line(request, by_name[name]) for name in group.questions],
        )
        for group in GROUPS
    ]
    return render_page(request, "questions.html", groups=groups)


@responses.cacheable
def question_page(request: Request) -> Response:
    """Return a question with its form and answer, or its answer as a file (`NAME.csv`).

    Raises:
        Problem: There is no such question or format, or a value for a file is wrong.
    """
    name, _, ending = request.path_params["name"].partition(".")
    question = next((one for one in questions() if one.name == name), None)
    if question is None or ending not in ("", *_ENDINGS):
        raise Problem(
            404,
            "There is no such question; see /questions for a list.",
            zh="没有这个问题，请从页首的“查询”中选择。",
        )
    given = given_values(request, question)
    return (
        _answer_file(request, question, given, ending)
        if ending
        else _render_question(request, question, given)
    )


def _render_question(request: Request, question: Question, given: Mapping[str, str]) -> Response:
    wrong, sparql, answer = "", "", None
    if all(name in given for name, one in question.parameters.items() if one.required):
        try:
            sparql = without_header(bound(snapshot(request).graph, question, given))
        except InputError as error:
            wrong = say(
                request, translate_problem(str(error)) or "所填的值图谱里没有。", str(error)
            )
        else:
            found = run_query.run_query(request, sparql, tuple(question.fields))
            answer = answer_page(request, question, found)
    made = render_page(
        request,
        "question.html",
        title=question_title(request, question),
        meaning=say(request, MEANINGS[question.name], question.meaning),
        fields=form_fields(request, question, given),
        wrong=wrong,
        sparql=sparql,
        answer=answer,
        **answer_links(request, question, given),
    )
    made.status_code = 400 if wrong else 200
    return made


def _answer_file(
    request: Request, question: Question, given: Mapping[str, str], ending: str
) -> Response:
    try:
        sparql = without_header(bound(snapshot(request).graph, question, given))
    except InputError as error:
        raise Problem(400, f"{error}.", zh=translate_problem(str(error))) from None
    answer = arrange_answer(request, run_query.run_query(request, sparql, tuple(question.fields)))
    if ending == "json":
        name = f'attachment; filename="{question.name}.json"'
        headers = {"Content-Disposition": name}
        return Response(to_json(answer), media_type="application/json", headers=headers)
    english = language(request) != "zh"
    headings = tuple(LABELS[name][english] for name in answer.fields)
    if ending == "xlsx":
        # A workbook is for people: labels as on pages instead of codes.
        names = visible_fields(answer.fields)
        headings = tuple(LABELS[name][english] for name in names)
        answer = Answer(
            names,
            tuple(_row_in_words(row, values) for row, values in _rows_with_values(request, answer)),
        )
    return table_file(answer, question.name, ending, headings, question_title(request, question))


def _rows_with_values(
    request: Request, answer: Answer
) -> Iterator[tuple[list[tuple[str, list[CellPart]]], Mapping[str, Plain]]]:
    """Yield the rows of an answer as pages show them, each with its plain values."""
    for row, values in zip(answer_cells(request, answer), answer.rows, strict=True):
        yield row, dict(zip(answer.fields, values, strict=True))


def _row_in_words(
    row: list[tuple[str, list[CellPart]]], values: Mapping[str, Plain]
) -> tuple[Plain, ...]:
    """Return a row with the texts of its cells; cells with only a number stay numbers."""
    cells: list[Plain] = []
    for name, parts in row:
        text = "".join(part.text for part in parts)
        value = values[name]
        is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
        cells.append(value if is_number and text == str(value) else text or None)
    return tuple(cells)


def _question_line(request: Request, question: Question) -> tuple[str, str, str]:
    meaning = say(request, MEANINGS[question.name], question.meaning)
    return f"/questions/{question.name}", question_title(request, question), meaning


ROUTES = (Route("/questions", catalogue_page), Route("/questions/{name}", question_page))
