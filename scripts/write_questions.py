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

`kg query NAME` answers a question, `kg query --list` lists them all, `kg query NAME --help`
explains one. Each option narrows it; `--format table|csv|json|md` chooses the form. In a
terminal a long answer is cut, and says by how much: `--all` shows all of it. `-o behind.xlsx`
writes a file (.csv, .xlsx, .json or .md): CSV begins with a byte order mark, as Excel wants it, and
a workbook keeps codes of many digits as they are. Names may be given in
any form that the graph knows, and departments in short (科经局). What stands behind “Asked
as” is understood by `kg ask`, in many wordings: [ask.md](ask.md). The columns keep their names from
release to release. What ties are and how they weigh: [ties.md](ties.md). From Python:
`kg.query("store", "tasks", {"department": "建设局"})`.

Answers that took long are kept in the folder of the build, and come at once when they are asked for
again. `kg build` and `kg add` answer the questions of a large graph ahead, so that first answers
come at once too.
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
