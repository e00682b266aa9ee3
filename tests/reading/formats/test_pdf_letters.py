"""Letters of PDFs: drawn twice, rotated, of different heights on one line, and watermarks."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfgen.canvas import Canvas

from kg.errors import InputError
from kg.reading import read
from kg.reading.formats.pdf import pages as pdf
from tests.reading.drawing import FONT, HIGH, ROWS, TITLE, TOP, Draw, draw_table, shown


def plain() -> tuple[list[str], list[list[tuple[str, ...]]]]:
    return [TITLE], [list(ROWS)]


@pytest.mark.parametrize(
    "shifts",
    [((0, 0), (0, 0)), ((0, 0), (0.5, 0)), ((0, 0), (0.4, 0.2), (0.8, 0.4)), ((0, 0), (1, -0.5))],
)
def test_letters_drawn_twice_to_look_bold_are_read_once(
    shifts: tuple[tuple[float, float], ...], tmp_path: Path
) -> None:
    def write(canvas: Canvas, x: float, y: float, text: str) -> None:
        for right, up in shifts:
            canvas.drawString(x + right, y + up, text)

    path = draw_table(tmp_path / "t.pdf", write=write)
    assert shown(pdf.read(path)) == plain()
    # Also on pages without rules.
    unruled = draw_table(tmp_path / "u.pdf", write=write, upright=(), level=())
    words = [word.text for line in pdf.word_lines(unruled)[0] for word in line.words]
    assert "".join(words) == TITLE + "".join("".join(row) for row in ROWS)


def draw_slanted(text: str, size: float, angle: float, x: float = 100, y: float = 640) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, size)
        canvas.translate(x, y)
        canvas.rotate(angle)
        canvas.drawString(0, 0, text)

    return draw


def draw_level(text: str, size: float, gray: float, *places: tuple[float, float]) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(gray)
        canvas.setFont(FONT, size)
        for x, y in places:
            canvas.drawString(x, y, text)

    return draw


TILES = [(x, y) for x in range(10, 560, 110) for y in range(60, 830, 25)]
MARKS = {
    "slanted": draw_slanted("西湖区政府办", 60, 30),
    "slanted and small": draw_slanted("内部资料 2021", 9, 45),
    "steep": draw_slanted("西湖区政府办", 40, 60, 250, 640),
    "large": draw_level("内部资料", 70, 0.3, (120, 690)),
    "large between rules": draw_level("内部", 24, 0.7, (90, 705)),
    "light tiles": draw_level("西湖区 张三 0612", 11, 0.8, *TILES),
}


@pytest.mark.parametrize("mark", MARKS.values(), ids=MARKS.keys())
def test_watermarks_are_not_text(mark: Draw, tmp_path: Path) -> None:
    assert shown(pdf.read(draw_table(tmp_path / "t.pdf", mark))) == plain()


def test_light_and_large_texts_that_cross_nothing_are_kept(tmp_path: Path) -> None:
    def write(canvas: Canvas, x: float, y: float, text: str) -> None:
        canvas.setFillGray(0.6 if text.startswith("已") else 0)
        canvas.drawString(x, y, text)

    # What lies across a light text is no text, but the light text is.
    marks = draw_level("内部资料", 70, 0.8, (180, 690)), draw_level("大标题", 30, 0, (200, 560))
    path = draw_table(tmp_path / "t.pdf", *marks, write=write)
    assert shown(pdf.read(path)) == ([TITLE, "大标题"], [list(ROWS)])


def test_a_scan_under_a_watermark_has_no_text(tmp_path: Path) -> None:
    path = draw_table(
        tmp_path / "t.pdf",
        draw_slanted("内部资料", 60, 45),
        write=lambda *_: None,
        upright=(),
        level=(),
    )
    with pytest.raises(InputError, match="has no text layer"):
        pdf.read(path)


def draw_category(angle: float, lines: tuple[str, ...], first: int, last: int) -> Draw:
    """Draw lines, turned to the left, in the middle of the second column of some rows."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 9)
        canvas.translate(95, TOP - HIGH * (first + last) / 2)
        canvas.rotate(angle)
        for number, line in enumerate(lines):
            canvas.drawCentredString(0, 6 * len(lines) - 9 - 12 * number, line)

    return draw


@pytest.mark.parametrize("angle", [90, 270])
@pytest.mark.parametrize("lines", [("民生保障",), ("民生", "保障"), ("民生2021",)])
def test_text_of_rotated_cells_is_in_reading_order(
    angle: float, lines: tuple[str, ...], tmp_path: Path
) -> None:
    rows = [(number, "", *rest) for number, *rest in ROWS]
    rows[0] = (rows[0][0], "类别", *rows[0][2:])
    edges = (40, 80, 110, 290, 440, 550)

    def draw(canvas: Canvas) -> None:
        for left, right in ((40, 80), (110, 550)):
            canvas.line(left, TOP - 2 * HIGH, right, TOP - 2 * HIGH)

    path = draw_table(
        tmp_path / "t.pdf",
        draw,
        draw_category(angle, lines, 1, 3),
        draw_category(angle, ("经济",), 3, 4),
        rows=rows,
        edges=edges,
        upright=edges,
        level=(0, 1, 3, 4),
    )
    found = read(path, "330106")
    text = "".join(lines)
    assert [task.category[0] for task in found.tasks] == [text, text, "经济"]


def test_text_in_a_font_for_vertical_writing_is_one_line(tmp_path: Path) -> None:
    registerFont(UnicodeCIDFont("HeiseiMin-W3", isVertical=True))

    def draw(canvas: Canvas) -> None:
        canvas.setFont("HeiseiMin-W3", 9)
        canvas.drawString(70, 700, "教育")

    rows = [(number, *rest) if number != "2" else ("", *rest) for number, *rest in ROWS]
    expected = [row if row[0] else ("教育", *row[1:]) for row in rows]
    path = draw_table(tmp_path / "t.pdf", draw, rows=rows)
    assert shown(pdf.read(path)) == ([TITLE], [expected])


def write_in_pieces(
    pattern: str, size: float, rise: float
) -> Callable[[Canvas, float, float, str], None]:
    """Return a function that writes a text, with matches of a pattern in another font and size.

    Args:
        pattern: The pattern.
        size: The size of matches, relative to the rest of the text.
        rise: How far matches are raised, in sizes of the rest of the text.
    """

    def write(canvas: Canvas, x: float, y: float, text: str) -> None:
        whole = canvas._fontsize
        for piece in re.split(f"({pattern})", text):
            own = bool(re.fullmatch(pattern, piece))
            font, high = ("Helvetica", size * whole) if own else (FONT, whole)
            canvas.setFont(font, high)
            canvas.drawString(x, y + own * rise * whole, piece)
            x += stringWidth(piece, font, high)
        canvas.setFont(FONT, whole)

    return write


@pytest.mark.parametrize("size", [0.4, 0.5, 0.75, 1.5, 2])
def test_letters_of_different_heights_are_on_one_line(size: float, tmp_path: Path) -> None:
    path = draw_table(tmp_path / "t.pdf", write=write_in_pieces(r"[\d.%]+", size, 0))
    assert shown(pdf.read(path)) == plain()


@pytest.mark.parametrize(("size", "rise"), [(0.58, 0.33), (0.65, 0.45), (0.83, 0.4), (0.65, -0.2)])
def test_raised_and_lowered_letters_are_on_the_line(
    size: float, rise: float, tmp_path: Path
) -> None:
    rows = [*ROWS, ("4", "绿地5万米2，碳氧2降。", "已绿化3万米2。", "区园林局")]
    write = write_in_pieces(r"(?<=[米氧])2", size, rise)
    path = draw_table(tmp_path / "t.pdf", rows=rows, write=write)
    assert shown(pdf.read(path)) == ([TITLE], [rows])


def test_drawn_letters_are_not_rules(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        # Like the outline of a letter that is 90 points high.
        for shift in (0, 120):
            outline = canvas.beginPath()
            outline.moveTo(150 + shift, 660)
            for x, y in ((200, 660), (230, 700), (230, 750), (150, 750), (150, 660)):
                outline.lineTo(x + shift, y)
            canvas.drawPath(outline)

    assert shown(pdf.read(draw_table(tmp_path / "t.pdf", draw))) == plain()
