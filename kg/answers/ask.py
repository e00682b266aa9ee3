"""One way to ask: a sentence that answers, the table behind it, and how it was understood."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from kg.answers.answer import Answers, Refusal
from kg.answers.replies import Reply, cut
from kg.graph.protocol import Graph
from kg.questions.ask import Understanding, known, understand
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
        refusal: Why it is not answered; empty where it is.
        understanding: What the catalogue of questions understands of it.
    """

    text: str
    table: Answer | None
    understood: str
    refusal: str
    understanding: Understanding

    def to_json(self) -> str:
        """Return all of it as JSON."""
        question = self.understanding.question
        made = {
            "answer": self.text,
            "understood": self.understood,
            "refusal": self.refusal,
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
    understanding = understand(graph, text, known(graph))
    table = None
    if understanding.question is not None:
        table = answer(opened, build, understanding.sparql, understanding.question)
    return to_answered(text, understanding, Answers(graph), table)


def to_answered(
    text: str, understanding: Understanding, answers: Answers, table: Answer | None
) -> Answered:
    """Return one answer of what the catalogue and the tasks say of a question.

    Args:
        text: The question.
        understanding: What the catalogue understands of it.
        answers: What the tasks say.
        table: The answer of the catalogue, where it understands the question.
    """
    replied = answers.reply(text)
    question = understanding.question
    if isinstance(replied, Refusal) and (table is None or not table.rows):
        return Answered("", None, "", replied.reason, understanding)
    if question is not None and table is not None:
        given = ", ".join(f"{name} = {value}" for name, value in understanding.parameters.items())
        understood = f"{question.name} ({question.title})" + (f": {given}" if given else "")
        # A state narrows the table further than the sentence.
        if isinstance(replied, Reply) and replied.is_family and "status" not in given:
            words = replied.text
        else:
            words = _in_words(table, answers, text)
        return Answered(cut(words), table, understood, "", understanding)
    assert isinstance(replied, Reply)
    return Answered(replied.text, _table(replied), replied.understood, "", understanding)


def _in_words(table: Answer, answers: Answers, text: str) -> str:
    """Return what a table says in a sentence: its tasks, or its first names."""
    if not table.rows:
        return "没有。 / None."
    if "promise" in table.fields and "task" in table.fields:
        place = table.fields.index("task")
        return answers.about([int(str(row[place])) for row in table.rows], text).text
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
