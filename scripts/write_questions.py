"""Write docs/questions.md from the catalogue: `python scripts/write_questions.py`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.questions.catalogue import Question, questions

PAGE = Path(__file__).parents[1] / "docs" / "questions.md"
_VALUES = {
    "a": "建设局",
    "b": "应急管理局",
    "department": "建设局",
}
_HEAD = """# Questions

`kg query NAME` answers a question, `kg query --list` lists all questions, `kg query NAME --help`
explains one. Options restrict the answer; `--format table|csv|json|md` sets the format. In a
terminal a long answer is shortened, with a note on what is left out; `--all` shows all of it.
`-o behind.xlsx` writes a file (.csv, .xlsx, .json or .md): CSV begins with a byte order mark, as
Excel expects, and a workbook keeps long codes as text. Names may have any form that is known in the
graph, and departments may be short (科经局). `kg ask` understands the phrasings after “Asked as”
and many others: [ask.md](ask.md). The names of the columns do not change between releases. Ties and
their weights: [ties.md](ties.md). From Python:
`kg.query("store", "tasks", {"department": "建设局"})`.

Slow answers are stored in the folder of the build and reused. For a large graph `kg build` and
`kg add` compute the answers of the questions in advance, so that the first answers are fast too.
"""


def page() -> str:
    """Return the page."""
    return _HEAD + "".join("\n" + "\n".join(_section(found)) + "\n" for found in questions())


def _section(found: Question) -> Iterator[str]:
    given = [_VALUES[name] for name, one in found.parameters.items() if one.required]
    yield f"## {found.name}\n"
    yield f"{found.title}. {found.meaning}\n"
    yield f"```sh\nkg query {' '.join((found.name, *given))} --store store\n```\n"
    yield f"Asked as: {' · '.join(found.phrasings)}\n"
    yield "| parameter | meaning |\n| --- | --- |"
    for name, parameter in found.parameters.items():
        yield f"| `{name if parameter.required else f'--{name}'}` | {parameter.meaning} |"
    yield "\n| column | meaning |\n| --- | --- |"
    for name, meaning in found.fields.items():
        yield f"| `{name}` | {meaning} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
