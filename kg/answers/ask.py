"""One way to ask: a sentence that answers, the table behind it, and how it was understood."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kg.answers.answer import Answers
from kg.answers.replies import Refusal, Reply, cut
from kg.errors import InputError
from kg.graph.protocol import Graph
from kg.questions.ask import LONGEST_QUESTION, Known, Understanding, known, understand
from kg.questions.catalogue import answer
from kg.questions.kept import opener
from kg.tables import Answer, Plain

# Rows of a table that its sentence names.
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer to a plain question.

    Attributes:
        text: The answer in sentences; empty where the question is refused.
        table: The table behind it; None where there is none.
        understood: How the question was understood, in one line.
        refusal: Why it is not answered; None where it is.
        understanding: What the catalogue of questions understands of it.
    """

    text: str
    table: Answer | None
    understood: str
    refusal: Refusal | None
    understanding: Understanding

    def to_json(self) -> str:
        """Return all of it as JSON."""
        question = self.understanding.question
        made = {
            "answer": self.text,
            "understood": self.understood,
            "refusal": self.refusal.en if self.refusal else "",
            "question": question.name if question else None,
            "parameters": dict(self.understanding.parameters),
            "sparql": self.understanding.sparql,
            "fields": self.table.fields if self.table else [],
            "rows": self.table.rows if self.table else [],
        }
        return json.dumps(made, ensure_ascii=False, indent=2, default=str) + "\n"


def ask(store: Graph | str | Path, text: str) -> Answered:
    """Answer a plain question, in its language.

    Args:
        store: The graph, or the folder or address of a store, as for `kg.query`.
        text: The question, in Chinese or English.

    Raises:
        InputError: The question is empty or too long, or names what the graph does not know.
    """
    opened, build = opener(store)
    graph = opened()

    def ask_catalogue(found: Understanding) -> Answer:
        assert found.question is not None
        return answer(opened, build, found.sparql, found.question)

    return answer_question(graph, text, Answers(graph), known(graph), ask_catalogue)


def answer_question(
    graph: Graph,
    text: str,
    answers: Answers,
    among: Known,
    ask_catalogue: Callable[[Understanding], Answer],
) -> Answered:
    """Return one answer of what the tasks and the catalogue say of a question.

    Args:
        graph: The graph.
        text: The question.
        answers: What the tasks say.
        among: What the catalogue compares questions with.
        ask_catalogue: Returns the table of a question of the catalogue.

    Raises:
        InputError: As `ask` does.
    """
    try:
        understanding = understand(graph, text, among)
    except InputError:
        # What the catalogue takes for an unknown name may be words of a question it does not know.
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
        return Answered("", None, "", replied, understanding)
    if question is not None and table is not None:
        given = ", ".join(f"{name} = {value}" for name, value in understanding.parameters.items())
        understood = f"{question.name} ({question.title})" + (f": {given}" if given else "")
        # A state narrows the table further than the sentence.
        if isinstance(replied, Reply) and replied.is_family and "status" not in given:
            words = replied.text
        else:
            words = _in_words(table, answers, text)
        return Answered(cut(words), table, understood, None, understanding)
    assert isinstance(replied, Reply)
    return Answered(replied.text, _table(replied), replied.understood, None, understanding)


def _in_words(table: Answer, answers: Answers, text: str) -> str:
    """Return what a table says in a sentence: its tasks, or its first names."""
    if not table.rows:
        return "没有。 / None."
    if "promise" in table.fields and "task" in table.fields:
        place = table.fields.index("task")
        numbers = [int(str(row[place])) for row in table.rows]
        return answers.about(numbers, answers.read(text)).text
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


def _table(reply: Reply) -> Answer | None:
    """Return the tasks behind an answer as a table, where there are several."""
    if len(reply.tasks) < 2:
        return None
    rows: list[tuple[Plain, ...]] = [
        (task.report, task.number, task.status, "、".join(task.departments)) for task in reply.tasks
    ]
    return Answer(("report", "task", "status", "departments"), tuple(rows))
