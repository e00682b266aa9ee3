"""Convert a briefing to PowerPoint: one message per slide, with the sentences in the notes."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeVar

from kg.briefing.content import Briefing, Point, Section, Table, column_widths
from kg.charts.files import to_png
from kg.charts.svg import chart_size
from kg.errors import optional_imports
from kg.palette import LIGHT

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import Slide

T = TypeVar("T")

_CHINESE = "微软雅黑"
# The width and height of a 16:9 slide and its margin, in inches.
_WIDE, _HIGH, _EDGE = 13.333, 7.5, 0.7
# Maximum number of points and of table rows on a slide.
_POINTS, _ROWS = 3, 9


def to_slides(briefing: Briefing) -> bytes:
    """Convert a briefing to 16:9 slides: the message, then the sections.

    Raises:
        InputError: python-pptx or typst is not installed.
    """
    with optional_imports("PowerPoint: needs python-pptx", "briefing"):
        import pptx
        from pptx.util import Emu, Inches
    show = pptx.Presentation()
    show.slide_width, show.slide_height = Inches(_WIDE), Inches(_HIGH)
    show.core_properties.title = briefing.title
    show.core_properties.author = "taskkg"
    first = _add_blank_slide(show)
    picture = BytesIO(to_png(briefing.picture))
    image = first.shapes.add_picture(picture, Emu(0), Emu(0), Inches(_WIDE), Inches(_HIGH))
    _set_alt_text(image, briefing.message)
    figures = "；".join(f"{value} {label}" for value, label in briefing.figures)
    _set_notes(first, f"{briefing.title}\n{briefing.message}\n{figures}")
    for section in briefing.sections:
        _add_section(show, section, briefing)
    output = BytesIO()
    show.save(output)
    return output.getvalue()


def _add_section(show: Presentation, section: Section, briefing: Briefing) -> None:
    """Add the slides of a section, with separate slides for its chart, points and table."""
    if section.chart is not None:
        slide = _add_titled_slide(show, section, briefing)
        _place_chart(slide, section)
        _set_notes(slide, _notes_text(section))
    for points in _batches(section.points, _POINTS):
        slide = _add_titled_slide(show, section, briefing)
        _place_points(slide, points)
        _set_notes(slide, _notes_text(section))
    if section.table:
        for rows in _batches(section.table.rows, _ROWS):
            slide = _add_titled_slide(show, section, briefing)
            _place_table(slide, Table(section.table.columns, rows))
            _set_notes(slide, _notes_text(section))


def _batches(items: tuple[T, ...], most: int) -> Iterator[tuple[T, ...]]:
    """Yield items in as few batches as possible, of about equal size, at most `most` each.

    >>> list(_batches((1, 2, 3, 4), 3))
    [(1, 2), (3, 4)]
    """
    size = -(-len(items) // -(-len(items) // most)) if items else 1
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _add_titled_slide(show: Presentation, section: Section, briefing: Briefing) -> Slide:
    """Add a slide with the message as the headline and the title of the briefing at the foot."""
    slide = _add_blank_slide(show)
    _add_text_box(slide, section.title, _EDGE, 0.35, _WIDE - 2 * _EDGE, 0.4, 14, color="accent")
    message = section.message.rstrip("。.：:")
    _add_text_box(slide, message, _EDGE, 0.7, _WIDE - 2 * _EDGE, 0.9, 26, bold=True)
    _add_text_box(
        slide, briefing.title, _EDGE, _HIGH - 0.5, _WIDE - 2 * _EDGE, 0.3, 11, color="quiet"
    )
    return slide


def _place_chart(slide: Slide, section: Section) -> None:
    from pptx.util import Inches

    assert section.chart is not None
    width, height = chart_size(section.chart)
    room_wide, room_high = _WIDE - 2 * _EDGE, _HIGH - 2.5
    scale = min(room_wide / width, room_high / height)
    left = (_WIDE - width * scale) / 2
    picture = BytesIO(to_png(section.chart))
    image = slide.shapes.add_picture(
        picture, Inches(left), Inches(1.75), Inches(width * scale), Inches(height * scale)
    )
    _set_alt_text(image, section.message)


def _place_points(slide: Slide, points: tuple[Point, ...]) -> None:
    """Add a text box with points and their sentences."""
    from pptx.util import Inches, Pt

    box = slide.shapes.add_textbox(
        Inches(_EDGE), Inches(1.8), Inches(_WIDE - 2 * _EDGE), Inches(_HIGH - 2.5)
    )
    frame = box.text_frame
    frame.word_wrap = True
    for at, point in enumerate(points):
        line = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        line.space_before = Pt(0 if at == 0 else 16)
        _write(line, point.text, 18, bold=True)
        for quote in point.quotes[:2]:
            said = quote.sentence if len(quote.sentence) <= 70 else f"{quote.sentence[:69]}…"
            below = frame.add_paragraph()
            below.space_before = Pt(3)
            _write(below, f"“{said}”  {quote.source}", 14, color="quiet")


def _place_table(slide: Slide, data: Table) -> None:
    from pptx.util import Inches, Pt

    rows = data.rows
    shape = slide.shapes.add_table(
        len(rows) + 1,
        len(data.columns),
        Inches(_EDGE),
        Inches(1.75),
        Inches(_WIDE - 2 * _EDGE),
        Inches(0.42 * (len(rows) + 1)),
    )
    table = shape.table
    widths = column_widths(Table(data.columns, rows), _WIDE - 2 * _EDGE)
    for at, width in enumerate(widths):
        table.columns[at].width = Inches(width)
    for at, row in enumerate((data.columns, *rows)):
        for column, value in enumerate(row):
            cell = table.cell(at, column)
            cell.text = value
            cell.margin_left = cell.margin_right = Inches(0.06)
            if at == 0:
                cell.fill.solid()  # type: ignore[no-untyped-call]
                cell.fill.fore_color.rgb = _color("accent")
            for paragraph in cell.text_frame.paragraphs:
                for run in paragraph.runs:
                    run.font.size = Pt(12)
                    _set_font(run)


def _add_text_box(
    slide: Slide,
    text: str,
    left: float,
    top: float,
    width: float,
    height: float,
    size: float,
    *,
    bold: bool = False,
    color: str = "ink",
) -> None:
    from pptx.util import Inches

    box = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(height))
    frame = box.text_frame
    frame.word_wrap = True
    _write(frame.paragraphs[0], text, size, bold=bold, color=color)


def _write(
    paragraph: Any,  # noqa: ANN401  (python-pptx has no types for it)
    text: str,
    size: float,
    *,
    bold: bool = False,
    color: str = "ink",
) -> None:
    from pptx.util import Pt

    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.bold = Pt(size), bold
    run.font.color.rgb = _color(color)
    _set_font(run)


def _color(name: str) -> Any:  # noqa: ANN401
    from pptx.dml.color import RGBColor

    return RGBColor(*bytes.fromhex(LIGHT[name][1:]))  # type: ignore[no-untyped-call]


def _set_font(run: Any) -> None:  # noqa: ANN401  (python-pptx has no types for it)
    """Set a font for Chinese, which the template does not have."""
    from pptx.oxml.ns import qn

    properties = run._r.get_or_add_rPr()
    for tag in ("a:latin", "a:ea"):
        font = properties.find(qn(tag))
        if font is None:
            font = properties.makeelement(qn(tag), {})
            properties.append(font)
        font.set("typeface", _CHINESE)


def _set_alt_text(image: Any, text: str) -> None:  # noqa: ANN401
    """Set the alternative text of a picture."""
    image._element.nvPicPr.cNvPr.set("descr", text)


def _set_notes(slide: Slide, text: str) -> None:
    frame = slide.notes_slide.notes_text_frame
    if frame is not None:
        frame.text = text


def _notes_text(section: Section) -> str:
    """Return the notes of a slide: the message and all points with their sentences."""
    lines = [section.message]
    for point in section.points:
        lines.append(point.text)
        lines += [f"  “{quote.sentence}”（{quote.source}）" for quote in point.quotes]
    return "\n".join(lines)


def _add_blank_slide(show: Presentation) -> Slide:
    slide: Slide = show.slides.add_slide(show.slide_layouts[6])
    return slide
