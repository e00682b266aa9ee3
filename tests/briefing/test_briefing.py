from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest
from docx import Document
from PIL import Image
from pptx import Presentation
from pptx.util import Inches

from kg.briefing.brief import brief
from kg.briefing.content import Briefing
from kg.briefing.files import MEDIA, parse_form, to_file
from kg.errors import InputError
from kg.graph.build import build
from kg.graph.stores.embedded import open_graph
from tests.history.plans import write_plan

CASES = [
    (None, None, "10对部门没有共同任务却相互关联"),
    ("教育局", None, "教育局与"),
    ("发改委", None, "发展和改革局与"),
    ("汉口火车站", None, "部门、"),
    ("教育局", "发展和改革局", "教育局与发展和改革局没有共同任务，却都涉及"),
    ("财政局", "商务局", "共同负责"),
]


def texts(briefing: Briefing) -> list[str]:
    """Return all sentences of reports that a briefing quotes."""
    return [
        quote.sentence.strip("…")
        for section in briefing.sections
        for point in section.points
        for quote in point.quotes
    ]


@pytest.mark.parametrize(("about", "other", "message"), CASES)
def test_a_briefing_says_one_thing_and_shows_its_sentences(
    store: Path, dataset: Path, about: str | None, other: str | None, message: str
) -> None:
    found = brief(open_graph(store), about, other)
    assert message in found.message
    assert found.sections
    assert all(section.message for section in found.sections)
    report = dataset.read_text(encoding="utf-8")
    plain = "".join(report.split())
    quoted = texts(found)
    assert quoted
    for sentence in quoted:
        assert "".join(sentence.split()) in plain, sentence


def test_the_briefing_of_a_plan_has_what_a_meeting_needs(store: Path) -> None:
    found = brief(open_graph(store))
    titles = [section.title for section in found.sections]
    assert titles == [
        "总体进展",
        "目标完成情况",
        "建议对接的部门",
        "部门联系矩阵",
        "谁在等谁",
        "时间节点",
    ]
    assert found.figures[0] == ("106", "项任务")
    waiting = next(section for section in found.sections if section.title == "谁在等谁")
    assert waiting.points[0].text.startswith(
        "教育局 等待 自然资源和规划分局：军事用地权属变更协调完成"
    )
    assert [section.title for section in found.sections if section.chart is not None] == [
        "总体进展",
        "目标完成情况",
        "部门联系矩阵",
    ]


def test_word_has_the_headline_each_section_and_pictures(store: Path) -> None:
    found = brief(open_graph(store))
    document = Document(BytesIO(to_file(found, "docx")))
    lines = [paragraph.text for paragraph in document.paragraphs]
    assert lines[:2] == [found.title, found.message]
    for section in found.sections:
        assert section.title in lines
        for point in section.points:
            assert point.text in lines
            assert all(any(quote.sentence in line for line in lines) for quote in point.quotes)
    assert len(document.inline_shapes) == 3
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells] == [
        "时间",
        "任务",
        "任务要求",
        "状态",
        "责任部门",
    ]
    assert len(table.rows) > 5
    # Word else takes a serif for Chinese.
    assert "微软雅黑" in document.styles["Normal"].element.xml


def test_slides_have_one_message_each_and_sentences_in_their_notes(store: Path) -> None:
    found = brief(open_graph(store), "教育局", "发展和改革局")
    show = Presentation(BytesIO(to_file(found, "pptx")))
    assert show.slide_width == Inches(13.333)
    assert show.slide_height == Inches(7.5)
    slides = list(show.slides)
    notes = "\n".join(slide.notes_slide.notes_text_frame.text for slide in slides)
    assert all(sentence in notes for sentence in texts(found))
    shown = [
        [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        for slide in slides
    ]
    for section in found.sections:
        assert any(section.message.rstrip("。：.:") in words for words in shown)
    # The first slide is the message as a picture, told to those who cannot see it.
    (picture,) = slides[0].shapes
    assert picture._element.nvPicPr.cNvPr.get("descr") == found.message
    for slide in slides:
        for shape in slide.shapes:
            assert shape.left + shape.width <= show.slide_width + 10
            assert shape.top + shape.height <= show.slide_height * 1.06


def test_pdf_has_all_words_in_chinese(store: Path) -> None:
    found = brief(open_graph(store), "教育局")
    with pdfplumber.open(BytesIO(to_file(found, "pdf"))) as pdf:
        words = "".join("".join((page.extract_text() or "").split()) for page in pdf.pages)
        assert pdf.metadata["Title"] == found.title
    for section in found.sections:
        assert section.title in words
    assert "".join(found.message.split()) in words


def test_the_picture_is_of_sixteen_to_nine(store: Path) -> None:
    found = brief(open_graph(store), "汉口火车站")
    image = Image.open(BytesIO(to_file(found, "png")))
    assert image.size == (3200, 1800)
    svg = to_file(found, "svg").decode()
    assert all(part in svg for part in ("汉口火车站", "来源："))


def test_two_reports_are_compared(tmp_path: Path) -> None:
    build(write_plan(tmp_path), tmp_path / "store", jurisdiction="330106")
    graph = open_graph(tmp_path / "store")
    found = brief(graph, "xihu-330106-2021-05", "xihu-330106-2021-12")
    assert "2021年5月→12月" in found.title
    titles = [section.title for section in found.sections]
    assert titles[0] == "变化一览"
    assert "生态环境局" in titles
    (air,) = (it for it in found.sections if it.title == "生态环境局")
    assert any("88.2% → 82.4%" in point.text for point in air.points)
    whole = brief(graph)
    assert any(section.title.endswith("2021年10月→12月的变化") for section in whole.sections)


def test_english_briefings_have_english_words(store: Path) -> None:
    found = brief(open_graph(store), language="en")
    assert found.sections[0].title == "Progress"
    assert "pairs of departments depend on each other" in found.message
    said = " ".join(section.message for section in found.sections)
    assert "tasks" in said
    assert "项任务" not in said


@pytest.mark.parametrize(
    ("about", "other", "told"),
    [
        ("没有这个局", None, "knows no such name"),
        ("教育局", "没有这个局", "knows no such name"),
        ("教育局", "教育局", "the same department"),
        ("jianghan-2019-10", "jianghan-2019-10", "the same report"),
    ],
)
def test_what_cannot_be_told_is_refused_in_a_sentence(
    store: Path, about: str, other: str | None, told: str
) -> None:
    with pytest.raises(InputError, match=told):
        brief(open_graph(store), about, other)


def test_the_command_writes_the_form_that_its_file_tells(store: Path, tmp_path: Path) -> None:
    for form in MEDIA:
        target = tmp_path / f"简报.{form}"
        command = [sys.executable, "-m", "kg.cli", "brief", "教育局", "-o", str(target)]
        told = subprocess.run([*command, "--store", str(store)], capture_output=True, text=True)
        assert told.returncode == 0, told.stderr
        assert "教育局与" in told.stdout
        assert target.stat().st_size > 2000
        assert parse_form(str(target)) == form
    command = [sys.executable, "-m", "kg.cli", "brief", "-o", str(tmp_path / "x.odt")]
    told = subprocess.run([*command, "--store", str(store)], capture_output=True, text=True)
    assert told.returncode == 2
    assert "use one of the extensions .docx, .pptx" in told.stderr
    assert not (tmp_path / "x.odt").exists()
