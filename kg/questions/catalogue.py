"""The catalogue of named questions: one `.rq` file each, with its meaning in front.

A file begins with comment lines: `# title:`, `# meaning:`, an `# ask:` for each way people put the
question, a `# parameter NAME KIND:` for each value that narrows it, and a `# field NAME:` for each
column of the answer, whose names stay the same from release to release.
`kg.questions.parameters` tells the kinds of parameters. A line `# given NAME ?VARIABLE: PATTERN`
tells how a value narrows the query: where a line of the query says `# given`, the variable gets the
value, and the pattern ties it to what is asked, so that a store begins there and reads little else.
Where the query itself speaks of a value, that stands in place of `VALUES ?given_NAME { UNDEF }`.

In `# ask:` a parameter's name stands in braces where its value is said (`# ask: {thing}归谁管`);
`kg.questions.phrasings` compares these with what somebody asks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from kg.errors import InputError
from kg.graph.protocol import Graph
from kg.questions.kept import kept, opener
from kg.questions.parameters import Parameter, terms
from kg.questions.sparql import select
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
        phrasings: How people put it, names of parameters in braces.
        parameters: Values that narrow it, by name.
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
    """Return all questions, by name."""
    return tuple(_parse(path) for path in _files())


def question(name: str) -> Question:
    """Return the question of that name.

    Raises:
        InputError: There is none; the message names the nearest.
    """
    paths = {path.stem: path for path in _files()}
    if name not in paths:
        near = get_close_matches(name, paths, cutoff=0.4) or paths
        raise InputError(f"no question “{name}”; did you mean {' or '.join(near)}?")
    return _parse(paths[name])


def query(store: Graph | str | Path, name: str, given: Mapping[str, str] | None = None) -> Answer:
    """Answer a question of the catalogue.

    Args:
        store: The graph, or the folder or address of a store; answers that took long are kept in
            a store's folder, and come at once when they are asked for again.
        name: The question's name.
        given: Values for its parameters.

    Raises:
        InputError: There is no such question, it has no such parameter or needs one more, or the
            graph knows no such thing; the message names the nearest. Or there is no such store.
    """
    asked, given = question(name), given or {}
    check(asked, given)
    opened, build = opener(store)
    # Values are looked up in the graph; without any, an answer that is kept needs no graph.
    sparql = bound(opened(), asked, given) if given else asked.sparql
    return answer(opened, build, without_header(sparql), asked)


def answer(opened: Callable[[], Graph], build: Path | None, sparql: str, asked: Question) -> Answer:
    """Answer a question whose query has its values, and no header.

    Args:
        opened: Opens the graph.
        build: The folder of its build, if it has one.
        sparql: The query.
        asked: The question.
    """

    def made() -> Answer:
        return select(opened(), sparql, tuple(asked.fields))

    return kept(build, sparql, made) if build else made()


def bound(store: Graph, asked: Question, given: Mapping[str, str]) -> str:
    """Return the query of a question with values for its parameters.

    Raises:
        InputError: As `query` does.
    """
    check(asked, given)
    found = {name: terms(store, asked.parameters[name], value) for name, value in given.items()}
    return _narrowed(asked.sparql, found)


def check(asked: Question, given: Collection[str]) -> None:
    """Refuse what a question has no parameter for, and the lack of what it needs.

    Args:
        asked: The question.
        given: Names of the parameters that have values.

    Raises:
        InputError: It has no such parameter, or needs one more.
    """
    for name in given:
        if name not in asked.parameters:
            known = ", ".join(asked.parameters) or "none"
            raise InputError(f"question “{asked.name}” has no parameter “{name}”; it has: {known}")
    for name, parameter in asked.parameters.items():
        if parameter.required and name not in given:
            raise InputError(f"question “{asked.name}” needs “{name}”: {parameter.meaning}")


def narrowed(asked: Question, name: str, things: Iterable[str]) -> str:
    """Return the query of a question for some things, which are given to a parameter by IRI."""
    return _narrowed(asked.sparql, {name: map(NamedNode, things)})


def _narrowed(sparql: str, given: Mapping[str, Iterable[NamedNode | Literal]]) -> str:
    # Terms that the library has written, never text of the query.
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


def without_header(sparql: str) -> str:
    """Return a query without the comment lines in front, which are for the catalogue."""
    return _HERE.sub("", _HEADER.sub("", sparql))


def listing() -> Answer:
    """Return the catalogue as a table: name, title and meaning of each question."""
    rows = tuple((found.name, found.title, found.meaning) for found in questions())
    return Answer(("name", "title", "meaning"), rows)


def _files() -> Iterable[Path]:
    return sorted(Path(__file__).parent.glob("*.rq"))


def _parse(path: Path) -> Question:
    text = path.read_text(encoding="utf-8")
    said: dict[str, str] = {}
    fields: dict[str, str] = {}
    for key, name, value in _LINE.findall(text):
        if key == "field":
            fields[name] = value
        else:
            said[key] = value
    parameters = {found.name: found for found in _parameters(text)}
    phrasings = tuple(_ASK.findall(text))
    return Question(path.stem, said["title"], said["meaning"], phrasings, parameters, fields, text)


def _parameters(text: str) -> Iterator[Parameter]:
    for name, kind, required, meaning in _PARAMETER.findall(text):
        yield Parameter(name, tuple(kind.split("|")), meaning, bool(required))
