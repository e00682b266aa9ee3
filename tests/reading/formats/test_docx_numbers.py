from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph

from kg.reading import read
from kg.reading.formats.load import load
from kg.reading.structure.document import Paragraph as Shown
from kg.reading.structure.document import Table

Level = tuple[str, str] | tuple[str, str, str]


def add_list(word: WordDocument, *levels: Level, link: str = "") -> int:
    """Add a list to a document: the format, text and further XML of each level; return its key."""
    numbering = word.part.numbering_part.element
    key = len(numbering)
    shown = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>'
        f'{"".join(more)}<w:lvlText w:val="{text}"/>'
        f'<w:pPr><w:ind w:left="{420 * at}"/></w:pPr></w:lvl>'
        for at, (style, text, *more) in enumerate(levels)
    )
    head = f"<w:abstractNum {nsdecls('w')} w:abstractNumId='{key}'>{link}"
    numbering.insert(0, parse_xml(f"{head}{shown}</w:abstractNum>"))
    return key


def use(word: WordDocument, key: int, override: str = "") -> int:
    """Add a use of a list to a document, and return its number."""
    numbering = word.part.numbering_part.element
    number = len(numbering)
    content = f'<w:abstractNumId w:val="{key}"/>{override}'
    numbering.append(parse_xml(f"<w:num {nsdecls('w')} w:numId='{number}'>{content}</w:num>"))
    return number


def number(paragraph: Paragraph, number: int, at: int = 0) -> None:
    reference = f'<w:ilvl w:val="{at}"/><w:numId w:val="{number}"/>'
    properties = paragraph._p.get_or_add_pPr()
    properties.append(parse_xml(f"<w:numPr {nsdecls('w')}>{reference}</w:numPr>"))


def texts(path: Path, word: WordDocument) -> list[str]:
    word.save(str(path / "t.docx"))
    return [b.text for b in load(path / "t.docx", "docx").blocks if isinstance(b, Shown)]


@pytest.fixture
def word() -> WordDocument:
    return docx.Document()


Add = Callable[[int, int], None]


@pytest.fixture
def add(word: WordDocument) -> Add:
    """Add a paragraph to a list, at a level of it."""

    def add_paragraph(used: int, at: int = 0) -> None:
        number(word.add_paragraph("工作"), used, at)

    return add_paragraph


def test_numbers_of_official_documents(word: WordDocument, add: Add, tmp_path: Path) -> None:
    levels = (
        ("chineseCountingThousand", "%1、"),
        ("japaneseCounting", "（%2）"),
        ("decimal", "%3."),
    )
    used = use(word, add_list(word, *levels, ("decimalEnclosedCircleChinese", "%4")))
    for at in (0, 1, 2, 2, 3, 1, 2, 0, 1):
        add(used, at)
    assert texts(tmp_path, word) == [
        *("一、工作", "（一）工作", "1. 工作", "2. 工作", "① 工作", "（二）工作", "1. 工作"),
        *("二、工作", "（一）工作"),
    ]


def test_numbers_that_include_upper_levels_and_do_not_restart(
    word: WordDocument, add: Add, tmp_path: Path
) -> None:
    levels = (("chineseCounting", "第%1章"), ("decimal", "%1.%2", "<w:isLgl/>"))
    kept = ("decimal", "%3)", '<w:lvlRestart w:val="0"/>')
    used = use(word, add_list(word, *levels, kept))
    for at in (0, 1, 2, 0, 1, 1, 2):
        add(used, at)
    assert texts(tmp_path, word) == [
        *("第一章 工作", "1.1 工作", "1) 工作", "第二章 工作", "2.1 工作", "2.2 工作", "2) 工作"),
    ]


def test_uses_of_a_list_continue_unless_they_restart(
    word: WordDocument, add: Add, tmp_path: Path
) -> None:
    key = add_list(word, ("decimal", "%1、"))
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{}"/></w:lvlOverride>'
    uses = [use(word, key), use(word, key), use(word, key, anew.format(1))]
    uses.append(use(word, key, anew.format(7)))
    for place in (0, 0, 1, 2, 2, 3, 3, 0):
        add(uses[place], 0)
    assert [text.partition("、")[0] for text in texts(tmp_path, word)] == list("12312789")


def test_numbers_of_styles_and_none(word: WordDocument, tmp_path: Path) -> None:
    styled = '<w:pStyle w:val="{}"/>'
    key = add_list(
        word,
        ("chineseCounting", "%1、", styled.format("Heading1")),
        ("chineseCounting", "（%2）", styled.format("Heading2")),
    )
    used = use(word, key)
    for name in ("Heading 1", "Heading 2"):
        properties = word.styles[name].element.get_or_add_pPr()
        properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="{used}"/></w:numPr>'))
    word.add_heading("民生", 1)
    word.add_heading("教育", 2)
    number(word.add_heading("附则", 1), 0)
    word.add_heading("经济", 1)
    assert texts(tmp_path, word) == ["一、民生", "（一）教育", "附则", "二、经济"]


def test_a_list_defined_by_a_list_style(word: WordDocument, add: Add, tmp_path: Path) -> None:
    add_list(word, ("decimal", "第%1项"), link='<w:styleLink w:val="items"/>')
    used = use(word, add_list(word, link='<w:numStyleLink w:val="items"/>'))
    add(used, 0)
    add(used, 0)
    assert texts(tmp_path, word) == ["第1项 工作", "第2项 工作"]


def test_bullets_of_symbol_fonts(word: WordDocument, add: Add, tmp_path: Path) -> None:
    fonts = '<w:rPr><w:rFonts w:ascii="{}" w:hAnsi="{}"/></w:rPr>'
    for text, font in (("\uf0d8", "Wingdings"), ("o", "Courier New"), ("–", "宋体")):
        key = add_list(word, ("bullet", text))
        level = word.part.numbering_part.element[0][-1]
        level.append(
            parse_xml(fonts.format(font, font).replace("<w:rPr", f"<w:rPr {nsdecls('w')}"))
        )
        add(use(word, key), 0)
    assert texts(tmp_path, word) == ["➢ 工作", "• 工作", "– 工作"]


def test_numbers_in_cells(word: WordDocument, tmp_path: Path) -> None:
    used = use(word, add_list(word, ("decimal", "%1")))
    parts = use(word, add_list(word, ("decimal", "%1.")))
    dots = use(word, add_list(word, ("bullet", "●")))
    table = word.add_table(rows=4, cols=4)
    for cell, text in zip(
        table.rows[0].cells, ("序号", "工作任务", "进展", "责任单位"), strict=True
    ):
        cell.text = text
    for row in table.rows[1:]:
        number(row.cells[0].paragraphs[0], used)
        row.cells[1].text = "建设道路，"
        for text in ("东路", "2号路"):
            number(row.cells[1].add_paragraph(text), parts)
        row.cells[2].text = "已开工。"
        row.cells[3].text = "区住建局"
        number(row.cells[3].paragraphs[0], dots)
    table.cell(2, 0).merge(table.cell(3, 0))
    word.save(str(tmp_path / "t.docx"))
    [shown] = load(tmp_path / "t.docx", "docx").blocks
    assert isinstance(shown, Table)
    assert [row[0].text.split() for row in shown.rows[1:]] == [["1"], ["2"], ["2"]]
    assert shown.rows[1][1].text == "建设道路，\n1. 东路\n2. 2号路"
    assert shown.rows[1][3].text == "区住建局"


@pytest.mark.parametrize(
    ("styles", "categories"),
    [
        (("List Number", "List Number 2"), [("教育", None), ("教育", None), ("住房", None)]),
        (("List Bullet", "List Number 2"), [("教育", None), ("教育", None), ("住房", None)]),
    ],
)
def test_headings_and_items_with_the_same_style_of_numbers(
    styles: tuple[str, ...],
    categories: list[tuple[str, str | None]],
    word: WordDocument,
    tmp_path: Path,
) -> None:
    heads, items = styles
    word.add_paragraph("锦江区2022年重点任务分工")
    word.add_paragraph("教育", style=heads)
    word.add_paragraph("新建学校2所。（责任单位：区教育局）", style=items)
    word.add_paragraph("改造操场3个。（责任单位：区体育局）", style=items)
    word.add_paragraph("住房", style=heads)
    word.add_paragraph("改造小区8个。（责任单位：区住建局）", style=items)
    word.save(str(tmp_path / "t.docx"))
    report = read(tmp_path / "t.docx", "510104")
    assert [task.category for task in report.tasks] == categories
    assert [task.number for task in report.tasks] == [1, 2, 3]
    assert report.tasks[1].task.text == "改造操场3个。"


def test_parts_of_items_with_the_same_style_of_numbers(word: WordDocument, tmp_path: Path) -> None:
    word.add_paragraph("锦江区2022年重点任务分工")
    for text in ("新建学校。（责任单位：区教育局）", "改造小区。（责任单位：区住建局）"):
        word.add_paragraph(text, style="List Number")
        word.add_paragraph("编制方案。", style="List Number 2")
    assert texts(tmp_path, word)[1:3] == ["1. 新建学校。（责任单位：区教育局）", "1. 编制方案。"]


def test_headings_numbered_with_digits_nest_by_their_levels(
    word: WordDocument, tmp_path: Path
) -> None:
    key = add_list(word, ("decimal", "%1"), ("decimal", "%1.%2"))
    used = use(word, key)
    word.add_paragraph("锦江区2022年重点任务分工")
    number(word.add_heading("民生", 1), used)
    number(word.add_heading("教育", 2), used, 1)
    word.add_paragraph("1.新建学校2所。（责任单位：区教育局）")
    word.add_paragraph("2.改造操场3个。（责任单位：区体育局）")
    word.save(str(tmp_path / "t.docx"))
    report = read(tmp_path / "t.docx", "510104")
    assert [task.category for task in report.tasks] == [("民生", "教育")] * 2
