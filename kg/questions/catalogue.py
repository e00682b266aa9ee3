"""The catalogue of named questions: one `.rq` file each, with its meaning in front.

A file begins with comment lines: `# title:`, `# meaning:`, a `# parameter NAME:` for each value
that narrows the question, and a `# field NAME:` for each column of the answer, whose names stay the
same from release to release. A parameter NAME gives the variable `?given_NAME` its value as a
term, in the place of `VALUES ?given_NAME { UNDEF }`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from pyoxigraph import Literal, Store

from kg.errors import InputError
from kg.questions.sparql import select
from kg.tables import Answer

_LINE = re.compile(r"# (title|meaning|parameter|field)(?: (\w+))?: (.+)")


@dataclass(frozen=True, slots=True)
class Question:
    """A named question.

    Attributes:
        name: Its name, the file's stem.
        title: Its title, in Chinese and English.
        meaning: What it answers, in one sentence.
        parameters: Values that narrow it: their names and meanings.
        fields: The columns of its answer: their names and meanings.
        sparql: The query.
    """

    name: str
    title: str
    meaning: str
    parameters: Mapping[str, str]
    fields: Mapping[str, str]
    sparql: str


def questions() -> tuple[Question, ...]:
    """Return all questions, by name."""
    return tuple(_parse(path) for path in sorted(Path(__file__).parent.glob("*.rq")))


def question(name: str) -> Question:
    """Return the question of that name.

    Raises:
        InputError: There is none; the message names the nearest.
    """
    path = Path(__file__).parent / f"{name}.rq"
    if not re.fullmatch(r"[a-z-]+", name) or not path.exists():
        names = [path.stem for path in sorted(Path(__file__).parent.glob("*.rq"))]
        near = get_close_matches(name, names, cutoff=0.4) or names
        raise InputError(f"no question “{name}”; did you mean {' or '.join(near)}?")
    return _parse(path)


def ask(store: Store, name: str, given: Mapping[str, str] | None = None) -> Answer:
    """Answer a question of the catalogue.

    Args:
        store: The graph.
        name: The question's name.
        given: Values for its parameters.

    Raises:
        InputError: There is no such question, or it has no such parameter.
    """
    asked = question(name)
    for parameter in given or {}:
        if parameter not in asked.parameters:
            known = ", ".join(asked.parameters) or "none"
            raise InputError(f"question “{name}” has no parameter “{parameter}”; it has: {known}")
    query = asked.sparql
    for key, value in (given or {}).items():
        # The value goes in as a term that the library has written, never as text of the query.
        open_value, bound = f"VALUES ?given_{key} {{ UNDEF }}", f"{Literal(value)}"
        query = query.replace(open_value, f"VALUES ?given_{key} {{ {bound} }}")
    return select(store, query, tuple(asked.fields))


def _parse(path: Path) -> Question:
    text = path.read_text(encoding="utf-8")
    said: dict[str, str] = {}
    parameters: dict[str, str] = {}
    fields: dict[str, str] = {}
    for key, name, value in _LINE.findall(text):
        if key == "parameter":
            parameters[name] = value
        elif key == "field":
            fields[name] = value
        else:
            said[key] = value
    return Question(path.stem, said["title"], said["meaning"], parameters, fields, text)


def listing() -> Answer:
    """Return the catalogue as a table: name, title and meaning of each question."""
    rows = tuple((found.name, found.title, found.meaning) for found in questions())
    return Answer(("name", "title", "meaning"), rows)
