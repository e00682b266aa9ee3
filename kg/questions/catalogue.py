"""The catalogue of named questions: one `.rq` file each, with a header of comments.

The header has these lines:

- `# title:` and `# meaning:`;
- `# ask:` for each phrasing of the question, with names of parameters in braces, such as
  `# ask: {thing}归谁管`; `kg.questions.phrasings` compares phrasings with what a user asks;
- `# parameter NAME KIND:` for each parameter (see `kg.questions.parameters` for the kinds);
- `# field NAME:` for each column of the answer; these names do not change between releases;
- `# given NAME ?VARIABLE: PATTERN` for how a parameter restricts the query: if the parameter has a
  value, the variable is bound to it and the pattern is inserted where the query has a line
  `# given`, so that the store evaluates it first.

If the query itself uses the value of a parameter, it has `VALUES ?given_NAME { UNDEF }`, which is
replaced with the value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from kg.errors import InputError
from kg.graph.stores.protocol import Graph
from kg.questions.parameters import Parameter, find_terms
from kg.questions.sparql import select
from kg.questions.stored_answers import graph_opener, load_or_compute
from kg.tables import Answer

_LINE = re.compile(r"# (title|meaning|field)(?: (\w+))?: (.+)")
_ASK = re.compile(r"# ask: (.+)")
_HEADER = re.compile(r"\A(?:#.*\n)+")
_GIVEN = re.compile(r"^# given (\w+)(?: (\?\w+))?(?:: (.+))?$", re.MULTILINE)
_HERE = re.compile(r"^ *# given\n", re.MULTILINE)
_PARAMETER = re.compile(r"# parameter (\w+) ([\w|-]+)( required)?: (.+)")


@dataclass(frozen=True, slots=True)
class Question:
    """A named question.

    Attributes:
        name: Its name, the file's stem.
        title: Its title, in Chinese and English.
        meaning: What it answers, in one sentence.
        phrasings: Ways to ask it, with names of parameters in braces.
        parameters: Its parameters, by name.
        fields: The columns of its answer: their names and meanings.
        sparql: The query.
    """

    name: str
    title: str
    meaning: str
    phrasings: tuple[str, ...]
    parameters: Mapping[str, Parameter]
    fields: Mapping[str, str]
    sparql: str


def questions() -> tuple[Question, ...]:
    """Return all questions, sorted by name."""
    return tuple(_parse_question(path) for path in _question_files())


def question(name: str) -> Question:
    """Return the question with a name.

    Raises:
        InputError: There is no such question; the message lists the nearest names.
    """
    paths = {path.stem: path for path in _question_files()}
    if name not in paths:
        near = get_close_matches(name, paths, cutoff=0.4) or paths
        raise InputError(f"no question “{name}”; did you mean {' or '.join(near)}?")
    return _parse_question(paths[name])


def query(store: Graph | str | Path, name: str, given: Mapping[str, str] | None = None) -> Answer:
    """Answer a question of the catalogue.

    Args:
        store: The graph, or the folder or address of a store; slow answers are stored in the
            folder of the build and reused.
        name: The name of the question.
        given: Values for its parameters.

    Raises:
        InputError: There is no such store or question, the question has no such parameter or lacks
            a required one, or a value is not in the graph; the message lists the nearest names.
    """
    found, given = question(name), given or {}
    check_parameters(found, given)
    open_graph, build = graph_opener(store)
    # Values are looked up in the graph; without values, a stored answer needs no graph.
    sparql = bind_parameters(open_graph(), found, given) if given else found.sparql
    return answer_query(open_graph, build, strip_header(sparql), found)


def answer_query(
    open_graph: Callable[[], Graph], build: Path | None, sparql: str, question: Question
) -> Answer:
    """Answer a question from its query with bound parameters and without header.

    Args:
        open_graph: Opens the graph.
        build: The folder of its build, if it has one.
        sparql: The query.
        question: The question.
    """

    def compute() -> Answer:
        return select(open_graph(), sparql, tuple(question.fields))

    return load_or_compute(build, sparql, compute) if build else compute()


def bind_parameters(store: Graph, question: Question, given: Mapping[str, str]) -> str:
    """Return the query of a question with values for its parameters.

    Raises:
        InputError: As for `query`.
    """
    check_parameters(question, given)
    parameters = question.parameters
    terms = {name: find_terms(store, parameters[name], value) for name, value in given.items()}
    return _insert_values(question.sparql, terms)


def check_parameters(question: Question, given: Collection[str]) -> None:
    """Check that a question has the given parameters, and that no required one is missing.

    Args:
        question: The question.
        given: Names of the parameters that have values.

    Raises:
        InputError: The question has no such parameter, or a required one is missing.
    """
    for name in given:
        if name not in question.parameters:
            known = ", ".join(question.parameters) or "none"
            raise InputError(
                f"question “{question.name}” has no parameter “{name}”; it has: {known}"
            )
    for name, parameter in question.parameters.items():
        if parameter.required and name not in given:
            raise InputError(f"question “{question.name}” needs “{name}”: {parameter.meaning}")


def restrict_to_things(question: Question, name: str, things: Iterable[str]) -> str:
    """Return the query of a question with the IRIs of some things as values of a parameter."""
    return _insert_values(question.sparql, {name: map(NamedNode, things)})


def _insert_values(sparql: str, given: Mapping[str, Iterable[NamedNode | Literal]]) -> str:
    # Terms are serialised by the library, so that no text of a user gets into the query.
    values = {name: f"{{ {' '.join(map(str, terms))} }}" for name, terms in given.items()}
    for name, written in values.items():
        undefined = f"VALUES ?given_{name} {{ UNDEF }}"
        sparql = sparql.replace(undefined, f"VALUES ?given_{name} {written}")
    narrowing = "".join(
        (f"VALUES {variable} {values[name]} " if variable else "") + f"{pattern}\n"
        for name, variable, pattern in _GIVEN.findall(sparql)
        if name in values
    )
    return _HERE.sub(lambda _: narrowing, sparql)


def strip_header(sparql: str) -> str:
    """Return a query without its header of comment lines."""
    return _HERE.sub("", _HEADER.sub("", sparql))


def catalogue_table() -> Answer:
    """Return the catalogue as a table: name, title and meaning of each question."""
    rows = tuple((found.name, found.title, found.meaning) for found in questions())
    return Answer(("name", "title", "meaning"), rows)


def _question_files() -> Iterable[Path]:
    return sorted(Path(__file__).parent.glob("*.rq"))


def _parse_question(path: Path) -> Question:
    text = path.read_text(encoding="utf-8")
    said: dict[str, str] = {}
    fields: dict[str, str] = {}
    for key, name, value in _LINE.findall(text):
        if key == "field":
            fields[name] = value
        else:
            said[key] = value
    parameters = {found.name: found for found in _parse_parameters(text)}
    phrasings = tuple(_ASK.findall(text))
    return Question(path.stem, said["title"], said["meaning"], phrasings, parameters, fields, text)


def _parse_parameters(text: str) -> Iterator[Parameter]:
    for name, kind, required, meaning in _PARAMETER.findall(text):
        yield Parameter(name, tuple(kind.split("|")), meaning, bool(required))
