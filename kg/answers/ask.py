"""Ask a question in plain language; the result has sentences, a table and the interpretation."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kg.answers.answer import Answers
from kg.answers.replies import Refusal, Reply, truncate
from kg.errors import InputError
from kg.graph.stores.protocol import Graph
from kg.questions.ask import LONGEST_QUESTION, Matcher, Understanding, build_matcher, understand
from kg.questions.catalogue import answer_query
from kg.questions.stored_answers import graph_opener
from kg.tables import Answer, Plain

# How many rows of a table its sentence names.
_NAMED = 3


@dataclass(frozen=True, slots=True)
class AskResult:
    """The answer to a plain-language question.

    Attributes:
        text: The answer in sentences; empty if the question is refused.
        table: The table behind the answer, or None.
        understood: How the question was understood, in one line.
        refusal: Why the question is not answered; None if it is answered.
        understanding: The match with a question of the catalogue.
    """

    text: str
    table: Answer | None
    understood: str
    refusal: Refusal | None
    understanding: Understanding

    def to_json(self) -> str:
        """Return the result as JSON."""
        question = self.understanding.question
        fields = {
            "answer": self.text,
            "understood": self.understood,
            "refusal": self.refusal.en if self.refusal else "",
            "question": question.name if question else None,
            "parameters": dict(self.understanding.parameters),
            "sparql": self.understanding.sparql,
            "fields": self.table.fields if self.table else [],
            "rows": self.table.rows if self.table else [],
        }
        return json.dumps(fields, ensure_ascii=False, indent=2, default=str) + "\n"


def ask(store: Graph | str | Path, text: str) -> AskResult:
    """Answer a plain-language question in its own language.

    Args:
        store: The graph, or the folder or address of a store, as for `kg.query`.
        text: The question, in Chinese or English.

    Raises:
        InputError: The question is empty or too long, or names something that is not in the graph.
    """
    open_graph, build = graph_opener(store)
    graph = open_graph()

    def ask_catalogue(found: Understanding) -> Answer:
        assert found.question is not None
        return answer_query(open_graph, build, found.sparql, found.question)

    return answer_question(graph, text, Answers(graph), build_matcher(graph), ask_catalogue)


def answer_question(
    graph: Graph,
    text: str,
    answers: Answers,
    among: Matcher,
    ask_catalogue: Callable[[Understanding], Answer],
) -> AskResult:
    """Combine the answers of the tasks and of the catalogue to a question.

    Args:
        graph: The graph.
        text: The question.
        answers: Answers questions from the tasks.
        among: The names and phrasings that the catalogue compares questions with.
        ask_catalogue: Returns the table of a question of the catalogue.

    Raises:
        InputError: As `ask` does.
    """
    try:
        understanding = understand(graph, text, among)
    except InputError:
        # A name that the catalogue does not know may be words of a question outside the catalogue.
        if not text.strip() or len(text) > LONGEST_QUESTION:
            raise
        replied = answers.reply(text)
        if isinstance(replied, Refusal) or not replied.is_family:
            raise
        understanding = Understanding(None, {}, "", 0.0, ())
    else:
        replied = answers.reply(text)
    question = understanding.question
    table = ask_catalogue(understanding) if question else None
    if isinstance(replied, Refusal) and (table is None or not table.rows):
        return AskResult("", None, "", replied, understanding)
    if question is not None and table is not None:
        given = ", ".join(f"{name} = {value}" for name, value in understanding.parameters.items())
        understood = f"{question.name} ({question.title})" + (f": {given}" if given else "")
        # With a state, the table is narrower than the sentence.
        if isinstance(replied, Reply) and replied.is_family and "status" not in given:
            words = replied.text
        else:
            words = _describe_table(table, answers, text)
        return AskResult(truncate(words), table, understood, None, understanding)
    assert isinstance(replied, Reply)
    return AskResult(replied.text, _tasks_table(replied), replied.understood, None, understanding)


def _describe_table(table: Answer, answers: Answers, text: str) -> str:
    """Return a sentence on a table: its tasks, or the first names in it."""
    if not table.rows:
        return "没有。 / None."
    if "promise" in table.fields and "task" in table.fields:
        place = table.fields.index("task")
        numbers = [int(str(row[place])) for row in table.rows]
        return answers.list_tasks(numbers, answers.read(text)).text
    skipped = ("report", "kind")
    column = next(
        (
            at
            for at, (field, value) in enumerate(zip(table.fields, table.rows[0], strict=True))
            if isinstance(value, str) and field not in skipped
        ),
        0,
    )
    names = list(dict.fromkeys(str(row[column]) for row in table.rows))
    shown = "、".join(names[:_NAMED]) + ("……" if len(names) > _NAMED else "")
    return f"{len(table.rows)}：{shown}"


def _tasks_table(reply: Reply) -> Answer | None:
    """Return the tasks behind an answer as a table, or None for fewer than two."""
    if len(reply.tasks) < 2:
        return None
    rows: list[tuple[Plain, ...]] = [
        (task.report, task.number, task.status, "、".join(task.departments)) for task in reply.tasks
    ]
    return Answer(("report", "task", "status", "departments"), tuple(rows))
