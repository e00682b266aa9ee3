"""Any table gives a report or an error message, and no text of it is lost."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.reading import read
from kg.reading.assemble import assemble
from kg.reading.structure.document import Document, GridCell, Paragraph, Table
from kg.reading.tables.grid import read_grid

TEXTS = st.one_of(
    st.sampled_from(
        "序号 工作任务 项目名称 进展情况 1–10月推进情况 责任单位 牵头单位 配合单位 备注 责任领导 "
        "类别 1 2 3 2. 一、 （二）民生 区教育局 区教育局、民政局 新建学校2所。 "
        "已开工 注：下同 80%".split()
    ),
    st.text(max_size=6),
    st.just(""),
)
CELLS = st.builds(GridCell, TEXTS, st.integers(1, 3), st.booleans())


@st.composite
def tables(draw: st.DrawFn) -> Table:
    width = draw(st.integers(1, 5))
    rows = draw(st.lists(st.tuples(*[CELLS] * width), max_size=7))
    if draw(st.booleans()):
        heads = ["工作任务", "责任单位", "进展情况", "序号", "类别"]
        rows.insert(0, tuple(GridCell(text, 1) for text in heads[:width]))
    return Table(tuple(rows), draw(st.sampled_from(["", "民生", "Sheet1"])))


@given(
    st.lists(st.one_of(tables(), st.builds(Paragraph, TEXTS, st.integers(1, 3))), max_size=4),
    st.sampled_from(["line", "row", "page"]),
    st.booleans(),
)
def test_any_grid_gives_a_report_or_an_error(
    blocks: list[Table | Paragraph], unit: str, with_people: bool
) -> None:
    found = read_grid(Document(tuple(blocks), unit=unit), with_people=with_people)

    with suppress(InputError):
        report = assemble(Path("t"), found.title, found.tasks, found.coverage, None, found.month)
        assert 0 <= report.coverage.placed <= report.coverage.characters
        for task in report.tasks:
            for department in task.departments:
                evidence = department.evidence
                quote = task.department_cell.text[evidence.start : evidence.end]
                # Names have no white space.
                assert "".join(quote.split()) == department.name


@given(
    rows=st.lists(st.lists(TEXTS, max_size=5), max_size=6),
    suffix=st.sampled_from([".csv", ".tsv", ".md", ".html"]),
)
def test_any_text_file_gives_a_report_or_an_error(
    rows: list[list[str]], suffix: str, tmp_path_factory: object
) -> None:
    folder = tmp_path_factory.getbasetemp()  # type: ignore[attr-defined]
    path = Path(folder) / f"any{suffix}"
    part = {".csv": ",", ".tsv": "\t", ".md": " | ", ".html": "</td><td>"}[suffix]
    ends = ("<tr><td>", "</td></tr>") if suffix == ".html" else ("", "")
    lines = [f"{ends[0]}{part.join(row)}{ends[1]}" for row in rows]
    text = "\n".join(lines)
    path.write_bytes((f"<table>{text}</table>" if suffix == ".html" else text).encode())
    with suppress(InputError):
        read(path)
