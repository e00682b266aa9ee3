"""Text of a file that is missing from the document is reported."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from docx import Document
from reportlab.pdfgen.canvas import Canvas

from kg.reading import read
from kg.reading.formats.load import load
from kg.reading.structure.document import Paragraph
from tests.reading import odf, office
from tests.reading.drawing import draw_table

HEAD = ["序号", "一级类目", "二级类目", "工作任务", "进展情况", "责任单位"]
ROWS = [HEAD, *([f"{n}", "民生", "教育", f"新建学校{n}所。", "已开工。", "教育局"] for n in "123")]


@pytest.mark.parametrize(
    ("broken", "lost"),
    [
        # Neither browsers nor the parser accept such a row.
        ("<trx><td>9</td><td>改造道路九条</td></trx>", 4),
        ("<tr><td>9</td><p>改造道路</p></tr>", 4),
        ("<!-- 改造道路 --><script>var a = '道路';</script><style>a {}</style>", 0),
        ("<tr><td style='display:none'>改造道路</td></tr>", 0),
        ("<tr><td>&#25913;&#36896;&#36947;&#36335;</td></tr>", 0),
        # At the end of the page.
        ("<!-- 改造道路", 19),
    ],
)
def test_lost_text_of_a_web_page_is_reported(tmp_path: Path, broken: str, lost: int) -> None:
    page = office.write_html(tmp_path / "t.html", ROWS)
    text = page.read_text("utf-8")
    page.write_text(text.replace("</table>", f"{broken}</table>"), encoding="utf-8")
    counts = [note.reason.split()[0] for note in load(page, "html").notes]
    assert counts == ([str(lost)] if lost else [])


def test_whole_documents_lose_nothing(tmp_path: Path) -> None:
    bars = "\n".join(f"|{'|'.join(row)}|" for row in (ROWS[0], ["---"] * 6, *ROWS[1:]))
    (tmp_path / "t.md").write_text(f"# 进展\n\n{bars}\n", encoding="utf-8")
    for path in (
        office.write_html(tmp_path / "t.html", ROWS),
        office.write_docx(tmp_path / "t.docx", ROWS),
        office.write_pdf(tmp_path / "t.pdf", ROWS),
        office.write_xlsx(tmp_path / "t.xlsx", ROWS),
        odf.write_ods(tmp_path / "t.ods", odf.rows_of(ROWS)),
        odf.write_odt(tmp_path / "t.odt", odf.table(odf.rows_of(ROWS))),
        tmp_path / "t.md",
    ):
        assert load(path, path.suffix[1:]).notes == ()


def test_lost_text_of_a_word_document_is_reported(tmp_path: Path) -> None:
    path = office.write_docx(tmp_path / "t.docx", ROWS)
    word = Document(str(path))
    row = word.tables[0].rows[1]._tr
    row.append(row.tc_lst[0].p_lst[0].__copy__())
    row[-1].add_r().text = "改造道路"
    word.save(str(path))
    (note,) = load(path, "docx").notes
    assert note.reason.startswith("4 of ")


def test_letters_off_the_page_are_reported(tmp_path: Path) -> None:
    def far(canvas: Canvas) -> None:
        canvas.drawString(10_000, 500, "abc")

    path = draw_table(tmp_path / "t.pdf", far)
    (note,) = [problem for problem in read(path).problems if "off their page" in problem.reason]
    assert (note.reason, note.line) == ("3 letters are far off their page and are left out", 1)


SHAPE = "<draw:custom-shape><text:p>改造道路</text:p></draw:custom-shape>"


def test_text_in_shapes_of_spreadsheets_is_reported(tmp_path: Path) -> None:
    shapes = f"<table:shapes>{SHAPE}</table:shapes>"
    ods = odf.write_ods(tmp_path / "t.ods", [shapes, *odf.rows_of(ROWS)])
    xlsx = office.write_xlsx(tmp_path / "t.xlsx", ROWS)
    with zipfile.ZipFile(xlsx, "a") as archive:
        archive.writestr(
            "xl/drawings/drawing1.xml",
            '<a:p xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
            "<a:r><a:t>改造道路</a:t></a:r></a:p>",
        )
    for path in (ods, xlsx):
        (note,) = load(path, path.suffix[1:]).notes
        assert note.reason.startswith("4 of ")


def test_text_in_shapes_of_an_open_document_is_reported_but_not_comments(tmp_path: Path) -> None:
    comment = "<office:annotation><text:p>请核实</text:p></office:annotation>"
    for more, lost in ((SHAPE, ["4"]), (f"<text:p>进展{comment}</text:p>", [])):
        body = more + odf.table(odf.rows_of(ROWS))
        path = odf.write_odt(tmp_path / "t.odt", body)
        assert [note.reason.split()[0] for note in load(path, "odt").notes] == lost


def test_indented_paragraphs_of_markdown_are_read_and_images_are_reported(tmp_path: Path) -> None:
    path = tmp_path / "t.md"
    path.write_text(
        "# 进展\n\n    一、新建学校。\n\n```\n二、改造道路。\n```\n\n![示意图](a.png)\n",
        encoding="utf-8",
    )
    document = load(path, "md")
    lines = {block.line: block.text for block in document.blocks if isinstance(block, Paragraph)}
    assert lines == {1: "进展", 3: "一、新建学校。", 6: "二、改造道路。"}
    (note,) = document.notes
    assert note.reason.startswith("3 of ")
