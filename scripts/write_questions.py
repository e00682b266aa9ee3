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

`kg query NAME` answers a question, `kg query --list` lists all questions, and `kg query NAME
--help` explains one. Options narrow the answer; `--format table|csv|json|md` chooses the format. In
a terminal a long answer is cut, with the number of rows that are missing: `--all` shows all rows.
`-o behind.xlsx` writes a file (.csv, .xlsx, .json or .md): CSV begins with a byte order mark for
Excel, and a workbook keeps codes of many digits unchanged. Names may be given in any form that the
graph knows, and departments in short (科经局). The phrasings after “Asked as” are examples for
`kg ask`, which understands many others: [ask.md](ask.md). The names of columns do not change from
release to release. Ties and their weights are explained in [ties.md](ties.md). From Python:
`kg.query("store", "tasks", {"department": "建设局"})`.

Slow answers are cached in the folder of the build. For a large graph, `kg build` and `kg add`
answer all questions in advance, so that first answers are fast too.
"""


def render_page() -> str:
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
    PAGE.write_text(render_page(), encoding="utf-8")
