from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import nsdecls
from docx.table import Table
from lxml import etree

from kg.model import Report
from kg.reading import read
from tests.reading.office import write_docx

HEAD = ("序号", "工作任务", "推进情况", "责任单位")
ROWS = (
    ("1", "新建学校2所。", "已开工。", "区教育局"),
    ("2", "改造道路5条。", "已完工3条。", "区住建局"),
)
_P = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
_BOX = (
    "<w:drawing><wp:inline><a:graphic><wps:wsp><wps:txbx><w:txbxContent>{}</w:txbxContent>"
    "</wps:txbx></wps:wsp></a:graphic></wp:inline></w:drawing>"
)
_OLD_BOX = "<w:pict><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict>"
_NAMES = (
    nsdecls("w", "wp", "a")
    + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    + ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    + ' xmlns:v="urn:schemas-microsoft-com:vml"'
)


def xml(text: str) -> etree._Element:
    """Return an element, with the namespaces declared in its first tag."""
    first, rest = text.split(">", 1)
    closed = first.endswith("/")
    return etree.fromstring(f"{first.rstrip('/')} {_NAMES}{'/' if closed else ''}>{rest}")


def run(text: str, properties: str = "", tag: str = "t") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:{tag}>{text}</w:{tag}></w:r>"


def tracked_change(kind: str, inside: str) -> str:
    return f'<w:{kind} w:id="1" w:author="x" w:date="2022-03-01T00:00:00Z">{inside}</w:{kind}>'


@pytest.fixture
def read_changed(tmp_path: Path) -> Callable[[Callable[[Document, Table], None]], Report]:
    """Write a document with a table, changed in some way, and read it."""

    def write(change: Callable[[Document, Table], None]) -> Report:
        word = docx.Document()
        word.add_paragraph("锦江区2022年重点任务（截至3月底）")
        table = word.add_table(rows=0, cols=len(HEAD))
        for texts in (HEAD, *ROWS):
            for cell, text in zip(table.add_row().cells, texts, strict=True):
                cell.text = text
        change(word, table)
        word.save(str(tmp_path / "t.docx"))
        return read(tmp_path / "t.docx", "510104")

    return write


ReadChanged = Callable[[Callable[[Document, Table], None]], Report]


def test_inserted_text_is_read_and_deleted_text_is_not(read_changed: ReadChanged) -> None:
    def change(word: Document, table: Table) -> None:
        paragraph = table.cell(1, 1).paragraphs[0]._p
        paragraph.append(xml(tracked_change("ins", run("改造食堂6个。"))))
        paragraph.append(xml(tracked_change("del", run("拆除围墙。", tag="delText"))))
        paragraph.append(xml(tracked_change("moveFrom", run("已移走。"))))
        paragraph.append(xml(tracked_change("moveTo", run("已移来。"))))
        paragraph.append(xml(run("看不见。", "<w:vanish/>")))
        row = deepcopy(table.rows[2]._tr)
        row.get_or_add_trPr().append(xml("<w:del w:id='3' w:author='x'/>"))
        table._tbl.append(row)
        word.element.body.insert(1, xml(tracked_change("ins", _P.format("附件说明"))))

    report = read_changed(change)
    assert [task.task.text for task in report.tasks] == [
        "新建学校2所。改造食堂6个。已移来。",
        "改造道路5条。",
    ]
    assert "附件说明" in [text for _, text in report.coverage.rest]


def test_content_controls_links_and_footnotes_in_cells_are_read(read_changed: ReadChanged) -> None:
    def change(_word: Document, table: Table) -> None:
        link = xml(f"<w:hyperlink w:anchor='x'>{run('详见附表')}</w:hyperlink>")
        table.cell(1, 1).paragraphs[0]._p.append(link)
        field = xml(f"<w:fldSimple w:instr='REF x'>{run('三期')}</w:fldSimple>")
        table.cell(2, 1).paragraphs[0]._p.append(field)
        note = "<w:r><w:footnoteReference w:id='1'/></w:r>"
        table.cell(1, 2).paragraphs[0]._p.append(xml(note))
        inline = f"<w:sdt><w:sdtContent>{run('区财政局')}</w:sdtContent></w:sdt>"
        table.cell(1, 3).paragraphs[0]._p.append(xml(run("、")))
        table.cell(1, 3).paragraphs[0]._p.append(xml(inline))
        _wrap(table.cell(2, 2)._tc)
        _wrap(table.rows[2]._tr)
        _wrap(table._tbl)

    report = read_changed(change)
    assert [(t.task.text, t.progress.text) for t in report.tasks] == [
        ("新建学校2所。详见附表", "已开工。"),
        ("改造道路5条。三期", "已完工3条。"),
    ]
    assert [d.name for d in report.tasks[0].departments] == ["区教育局", "区财政局"]


def _wrap(element: etree._Element) -> None:
    """Put an element into a content control."""
    control = xml("<w:sdt><w:sdtPr/><w:sdtContent/></w:sdt>")
    parent = element.getparent()
    assert parent is not None
    parent.replace(element, control)
    control[-1].append(element)


def test_text_boxes_are_read_once(read_changed: ReadChanged) -> None:
    def change(word: Document, _table: Table) -> None:
        shown = _P.format("填报：区府办")
        twice = (
            f"<mc:AlternateContent><mc:Choice Requires='wps'>{_BOX.format(shown)}</mc:Choice>"
            f"<mc:Fallback>{_OLD_BOX.format(shown)}</mc:Fallback></mc:AlternateContent>"
        )
        old = _OLD_BOX.format(_P.format("填报：区委办"))
        word.element.body.insert(1, xml(f"<w:p><w:r><w:t>附件1</w:t>{twice}</w:r></w:p>"))
        word.element.body.insert(2, xml(f"<w:p><w:r>{old}</w:r></w:p>"))

    report = read_changed(change)
    texts = [text for _, text in report.coverage.rest]
    assert texts.count("填报：区府办") == 1
    assert {"附件1", "填报：区委办"} <= set(texts)


def test_tables_in_cells_and_tables_around_tables_are_read(read_changed: ReadChanged) -> None:
    def change(word: Document, table: Table) -> None:
        inner = table.cell(1, 1).add_table(rows=2, cols=1)
        inner.cell(0, 0).text, inner.cell(1, 0).text = "其中：小学1所", "中学1所"
        frame = word.add_table(rows=1, cols=1)
        frame.cell(0, 0).paragraphs[0].text = "锦江区政府办公室"
        frame.cell(0, 0)._tc.append(table._tbl)

    report = read_changed(change)
    assert [task.task.text for task in report.tasks] == [
        "新建学校2所。 其中：小学1所 中学1所",
        "改造道路5条。",
    ]
    assert "锦江区政府办公室" in [text for _, text in report.coverage.rest]


def test_symbols_are_read_as_their_fonts_show_them(read_changed: ReadChanged) -> None:
    def change(_word: Document, table: Table) -> None:
        symbol = "<w:r><w:sym w:font='{}' w:char='{}'/></w:r>"
        fonts = "<w:rFonts w:ascii='{0}' w:hAnsi='{0}'/>"
        for place, added in (
            ((1, 1), symbol.format("Symbol", "F0A3") + run("8所")),
            ((1, 2), symbol.format("Wingdings 2", "0052") + run("是")),
            ((2, 1), run("a", fonts.format("Symbol")) + run("a", fonts.format("Arial"))),
            ((2, 2), symbol.format("Wingdings", "F024") + symbol.format("宋体", "2264")),
        ):
            paragraph = table.cell(*place).paragraphs[0]._p
            for child in xml(f"<w:p>{added}</w:p>"):
                paragraph.append(child)

    report = read_changed(change)
    assert [(task.task.text, task.progress.text) for task in report.tasks] == [
        ("新建学校2所。≤8所", "已开工。☑是"),
        ("改造道路5条。αa", "已完工3条。\ufffd≤"),
    ]
    [note] = [problem for problem in report.problems if "special font" in problem.reason]
    assert (note.line, note.text) == (4, "已完工3条。\ufffd≤")


def test_line_breaks_inside_words_and_numbers_of_a_cell(read_changed: ReadChanged) -> None:
    def change(_word: Document, table: Table) -> None:
        table.cell(1, 1).text = "改造人\n民路，种树1\n200棵。"
        table.cell(1, 3).text = "区教育局\n区住\n建局"
        table.cell(2, 1).text = "1.改造东路。\n2.改造西路。"

    report = read_changed(change)
    assert [task.task.text for task in report.tasks] == [
        "改造人民路，种树1200棵。",
        "1.改造东路。 2.改造西路。",
    ]
    assert [d.name for d in report.tasks[0].departments] == ["区教育局", "区住建局"]


def strict(data: bytes) -> bytes:
    """Return a part of a document in the namespaces of ISO 29500 Strict."""
    old = rb"http://schemas\.openxmlformats\.org/(officeDocument|wordprocessingml|drawingml)/2006/"
    return re.sub(old, rb"http://purl.oclc.org/ooxml/\1/", data)


@pytest.mark.parametrize(
    ("renamed", "changed_part"),
    [
        (str, strict),
        (str.upper, bytes),
        (lambda name: name.replace("word/", "Word\\"), bytes),
    ],
)
def test_packages_in_unusual_spelling(
    renamed: Callable[[str], str], changed_part: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    path = write_docx(tmp_path / "t.docx", (HEAD, *ROWS))
    other = tmp_path / "other.docx"
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(other, "w") as made:
        for part in archive.infolist():
            made.writestr(renamed(part.filename), changed_part(archive.read(part)))
    tasks = read(path, "510104").tasks
    assert len(tasks) == 2
    assert read(other, "510104").tasks == tasks
