"""The questions of the catalogue: a page about all, and each with a form, its answer and files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from urllib.parse import urlencode

from pypinyin import lazy_pinyin
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.errors import InputError
from kg.graph.terms import PREFIXES
from kg.questions.catalogue import Question, bind_parameters, questions, strip_header
from kg.questions.parameters import CLASSES, Parameter, concepts, thing_names
from kg.server import asking, responses
from kg.server.answers import Piece, cells, page_fields
from kg.server.downloads import download, formats
from kg.server.kept import kept
from kg.server.language import language, say
from kg.server.problems import Problem, in_chinese
from kg.server.question_words import GROUPS, LABELS, MEANINGS
from kg.server.snapshot import Snapshot, snapshot
from kg.server.templating import page
from kg.server.words import KINDS
from kg.tables import Answer, Plain, to_json

_ROWS = 100
# A list of names to choose from; with more it is quicker to write one.
_NAMES = 1000
# Cells whose texts are never broken, and those that need room.
_SHORT, _LONG = 16, 30
# What an address may tell beside the question's parameters.
_OTHERS = ("lang", "page", "sort", "column")
# By so many characters texts are put in order; the pinyin of whole sentences takes long.
_ORDERED = 8
_ENDINGS = ("csv", "json", "xlsx")


@dataclass(frozen=True, slots=True)
class Field:
    """A part of a question's form.

    Attributes:
        name: Name of the parameter.
        label: What it is called.
        meaning: What it does, in English.
        required: Whether the question cannot do without it.
        kind: `choice`, `number`, `date` or `text`.
        options: What may be chosen: values and what they are called; proposals for a text.
        value: What was given.
    """

    name: str
    label: str
    meaning: str
    required: bool
    kind: str
    options: tuple[tuple[str, str], ...]
    value: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of an answer.

    Attributes:
        columns: Names of the columns, what they are called, and what they mean, in English.
        rows: Rows, in each for each column its name and what stands in it.
        count: How many rows the answer has.
        number: Number of the page.
        last: Number of the last page.
        shapes: For each column `number`, `short` or `long`, by what stands in it, or nothing.
        choosable: All columns, what they are called, and whether they are shown.
    """

    columns: tuple[tuple[str, str, str], ...]
    rows: list[list[tuple[str, list[Piece]]]]
    count: int
    number: int
    last: int
    shapes: Mapping[str, str]
    choosable: tuple[tuple[str, str, bool], ...]


def catalogue(request: Request) -> Response:
    """Return the page about all questions."""
    variant = f"questions-{language(request)}"
    if known := responses.unchanged(request, variant):
        return known
    found = {one.name: one for one in questions()}
    groups = [
        (
            say(request, group.zh, group.en),
            [_told(request, found[name]) for name in group.questions],
        )
        for group in GROUPS
    ]
    shown = page(request, "questions.html", groups=groups)
    shown.headers.update(responses.cached(request, variant))
    return shown


def question(request: Request) -> Response:
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
    variant = f"question-{language(request)}{ending}"
    if known := responses.unchanged(request, variant):
        return known
    given = given_values(request, asked)
    made = _file(request, asked, given, ending) if ending else _page(request, asked, given)
    if made.status_code == 200:
        made.headers.update(responses.cached(request, variant))
    return made


def given_values(request: Request, asked: Question, but: tuple[str, ...] = ()) -> dict[str, str]:
    """Return what an address gives for a question's parameters; what is left empty is not given.

    Raises:
        Problem: The question has no parameter of that name.
    """
    given = request.query_params
    for name in given:
        if name not in asked.parameters and name not in (*_OTHERS, *but):
            known = ", ".join(asked.parameters) or "none"
            raise Problem(
                400,
                f"This question has no parameter “{name[:40]}”; it has: {known}.",
                zh=f"这个问题没有参数“{name[:40]}”，请从网址中去掉。",
            )
    return {name: given[name].strip() for name in asked.parameters if given.get(name, "").strip()}


def address(
    asked: Question,
    given: Mapping[str, str],
    ending: str = "",
    arranged_by: Sequence[tuple[str, str]] = (),
) -> str:
    """Return the address of a question with values for its parameters, and how it is arranged."""
    query = urlencode([*given.items(), *arranged_by])
    return f"/questions/{asked.name}{ending}" + (f"?{query}" if query else "")


def arrangement(request: Request) -> list[tuple[str, str]]:
    """Return by which column, and with which columns, an address wants an answer."""
    names = ("sort", "column")
    return [pair for pair in request.query_params.multi_items() if pair[0] in names and pair[1]]


def links(request: Request, asked: Question, given: Mapping[str, str]) -> dict[str, object]:
    """Return what a page needs to lead from an answer to its files, its orders and the editor."""
    chosen = arrangement(request)
    sort = dict(chosen).get("sort", "")

    def sorted_by(name: str) -> str:
        order = ("sort", f"-{name}" if sort == name else name)
        return address(asked, given, "", [order, *(it for it in chosen if it[0] != "sort")])

    return {
        "given": list(given.items()),
        "action": f"/questions/{asked.name}",
        "sort": sort,
        "sorted_by": sorted_by,
        "page_address": lambda number: address(
            asked, given, "", [*chosen, ("page", str(number))] if number > 1 else chosen
        ),
        "downloads": [
            (
                {"csv": "CSV", "xlsx": "Excel", "json": "JSON"}[one],
                address(asked, given, f".{one}", chosen),
            )
            for one in (*formats(), "json")
        ],
        "editor": f"/sparql?{urlencode({'question': asked.name, **given})}",
    }


def arranged(request: Request, answer: Answer) -> Answer:
    """Return an answer as an address wants it: `?sort=` by a column, `?column=` some columns only.

    A column that the answer does not have changes nothing: another question may have it.
    """
    rows = list(answer.rows)
    sort = request.query_params.get("sort", "")
    name, falling = sort.removeprefix("-"), sort.startswith("-")
    if name in answer.fields:
        at = answer.fields.index(name)
        told = [row for row in rows if row[at] is not None]
        numbers = all(isinstance(row[at], int | Decimal) for row in told)

        def key(row: tuple[Plain, ...]) -> tuple[Decimal, str]:
            value = row[at]
            if numbers and isinstance(value, int | Decimal):
                return Decimal(value), ""
            return Decimal(0), " ".join(lazy_pinyin(str(value)[:_ORDERED])) + str(value)

        rows = sorted(told, key=key, reverse=falling) + [row for row in rows if row[at] is None]
    chosen = set(request.query_params.getlist("column"))
    # What stands with a value goes with it.
    beside = {"target": ("comparator", "unit"), "actual": ("actual_unit",)}
    chosen |= {name for one in tuple(chosen) for name in beside.get(one, ())}
    kept = [
        at
        for at, name in enumerate(answer.fields)
        if not chosen & set(answer.fields) or name in chosen
    ]
    return Answer(
        tuple(answer.fields[at] for at in kept),
        tuple(tuple(row[at] for at in kept) for row in rows),
    )


def shown(request: Request, asked: Question, answer: Answer) -> Shown:
    """Return the page of an answer that an address asks for by `?page=`.

    Raises:
        Problem: There is no such page.
    """
    last = max(1, ceil(len(answer.rows) / _ROWS))
    told = request.query_params.get("page", "1")
    if not (told.isdecimal() and len(told) < 9 and 1 <= int(told) <= last):
        raise Problem(
            404,
            f"There is no such page of this answer; it has {last}.",
            zh=f"结果共 {last} 页，没有这一页。",
        )
    number = int(told)
    # Which report says it is no question where there is one.
    one_report = len(snapshot(request).about.get("reports", ())) < 2
    hidden = {"report"} if one_report and len(answer.fields) > 1 else set()
    every = [name for name in page_fields(answer.fields) if name not in hidden]
    answer = arranged(request, answer)
    part = Answer(answer.fields, answer.rows[(number - 1) * _ROWS : number * _ROWS])
    second = language(request) != "zh"
    columns = tuple(
        (name, LABELS[name][second], asked.fields[name])
        for name in page_fields(answer.fields)
        if name not in hidden
    )
    shapes = {name: _shape([row[at] for row in part.rows]) for at, name in enumerate(answer.fields)}
    choosable = tuple((name, LABELS[name][second], name in answer.fields) for name in every)
    rows = [[cell for cell in row if cell[0] not in hidden] for row in cells(request, part)]
    return Shown(columns, rows, len(answer.rows), number, last, shapes, choosable)


def _shape(values: Sequence[Plain]) -> str:
    if all(not isinstance(value, str | bool) for value in values):
        return "number"
    longest = max(len(str(value or "")) for value in values)
    return "short" if longest <= _SHORT else "long" if longest > _LONG else ""


def fields(request: Request, asked: Question, given: Mapping[str, str]) -> list[Field]:
    """Return the form of a question, filled with what is given."""
    return [_field(request, one, given.get(one.name, "")) for one in asked.parameters.values()]


def titled(request: Request, asked: Question) -> str:
    """Return the title of a question in the page's language."""
    zh, _, en = asked.title.partition(" / ")
    return say(request, zh, en)


def _page(request: Request, asked: Question, given: Mapping[str, str]) -> Response:
    wrong, sparql, answer = "", "", None
    if all(name in given for name, one in asked.parameters.items() if one.required):
        try:
            sparql = strip_header(bind_parameters(snapshot(request).graph, asked, given))
        except InputError as error:
            wrong = say(request, in_chinese(str(error)) or "所填的值图谱里没有。", str(error))
        else:
            found = asking.answer(request, sparql, tuple(asked.fields))
            answer = shown(request, asked, found)
    made = page(
        request,
        "question.html",
        title=titled(request, asked),
        meaning=say(request, MEANINGS[asked.name], asked.meaning),
        fields=fields(request, asked, given),
        wrong=wrong,
        sparql=sparql,
        answer=answer,
        **links(request, asked, given),
    )
    made.status_code = 400 if wrong else 200
    return made


def _file(request: Request, asked: Question, given: Mapping[str, str], ending: str) -> Response:
    try:
        sparql = strip_header(bind_parameters(snapshot(request).graph, asked, given))
    except InputError as error:
        raise Problem(400, f"{error}.", zh=in_chinese(str(error))) from None
    answer = arranged(request, asking.answer(request, sparql, tuple(asked.fields)))
    if ending == "json":
        name = f'attachment; filename="{asked.name}.json"'
        headers = {"Content-Disposition": name}
        return Response(to_json(answer), media_type="application/json", headers=headers)
    second = language(request) != "zh"
    headings = tuple(LABELS[name][second] for name in answer.fields)
    if ending == "xlsx":
        # For people: what pages say, in words and without codes.
        names = page_fields(answer.fields)
        headings = tuple(LABELS[name][second] for name in names)
        answer = Answer(names, tuple(_words(row, told) for row, told in _rows(request, answer)))
    return download(answer, asked.name, ending, headings, titled(request, asked))


def _rows(
    request: Request, answer: Answer
) -> Iterator[tuple[list[tuple[str, list[Piece]]], Mapping[str, Plain]]]:
    """Yield the rows of an answer as pages show them, each with its plain values."""
    for row, values in zip(cells(request, answer), answer.rows, strict=True):
        yield row, dict(zip(answer.fields, values, strict=True))


def _words(row: list[tuple[str, list[Piece]]], told: Mapping[str, Plain]) -> tuple[Plain, ...]:
    """Return a row in words; numbers that stand alone stay numbers."""
    made: list[Plain] = []
    for name, pieces in row:
        text = "".join(piece.text for piece in pieces)
        value = told[name]
        is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
        made.append(value if is_number and text == str(value) else text or None)
    return tuple(made)


def _told(request: Request, asked: Question) -> tuple[str, str, str]:
    meaning = say(request, MEANINGS[asked.name], asked.meaning)
    return f"/questions/{asked.name}", titled(request, asked), meaning


def _field(request: Request, parameter: Parameter, value: str) -> Field:
    kind, *_ = parameter.kinds
    second = language(request) != "zh"
    options: tuple[tuple[str, str], ...] = ()
    shape = {"integer": "number", "date": "date"}.get(kind, "text")
    if kind == "class":
        shape = "choice"
        options = tuple((one, KINDS[one.lower()][second]) for one in CLASSES)
    elif kind in PREFIXES:
        shape = "choice"
        found = kept(request, ("concepts", kind), lambda build: concepts(build.graph, kind))
        options = tuple((code, labels[second]) for code, labels in found.items())
    elif shape == "text":
        proposed = kept(request, ("names", parameter.kinds), lambda build: _names(build, parameter))
        # What was given by its IRI is shown by its name.
        value = proposed.get(value, value)
        labels = sorted(set(proposed.values()))
        options = tuple((one, one) for one in labels) if len(labels) <= _NAMES else ()
    label = LABELS[parameter.name][second]
    return Field(
        parameter.name, label, parameter.meaning, parameter.required, shape, options, value
    )


def _names(found: Snapshot, parameter: Parameter) -> Mapping[str, str]:
    """Return for the IRI of each thing that a parameter takes its shortest name."""
    shortest: dict[str, str] = {}
    for label, iris in thing_names(found.graph, parameter.kinds).items():
        for iri in iris:
            if not label.isdecimal() and len(label) < len(shortest.get(iri, label + "…")):
                shortest[iri] = label
    return shortest


ROUTES = (Route("/questions", catalogue), Route("/questions/{name}", question))
