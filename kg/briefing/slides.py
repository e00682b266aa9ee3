"""A briefing as PowerPoint slides: one message a slide, the sentences in its notes."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from kg.briefing.content import Briefing, Point, Section, Table, column_widths
from kg.charts.files import to_png
from kg.charts.svg import chart_size
from kg.errors import InputError
from kg.palette import LIGHT

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import Slide

_CHINESE = "微软雅黑"
# A slide of 16:9 in inches; its text stands between these edges.
_WIDE, _HIGH, _EDGE = 13.333, 7.5, 0.7
# Lines and rows that can be read from the back of a room.
_POINTS, _ROWS = 6, 9


def to_slides(briefing: Briefing) -> bytes:
    """Return a briefing as slides of 16:9: the message, then a slide for each section.

    Raises:
        InputError: python-pptx or typst is not installed.
    """
    try:
        import pptx
        from pptx.util import Emu, Inches
    except ImportError:
        raise InputError(
            "PowerPoint: needs python-pptx; install it with: pip install taskkg[briefing]"
        ) from None
    show = pptx.Presentation()
    show.slide_width, show.slide_height = Inches(_WIDE), Inches(_HIGH)
    show.core_properties.title = briefing.title
    show.core_properties.author = "taskkg"
    first = _blank(show)
    picture = BytesIO(to_png(briefing.picture))
    image = first.shapes.add_picture(picture, Emu(0), Emu(0), Inches(_WIDE), Inches(_HIGH))
    _describe(image, briefing.message)
    figures = "；".join(f"{value} {label}" for value, label in briefing.figures)
    _notes(first, f"{briefing.title}\n{briefing.message}\n{figures}")
    for section in briefing.sections:
        _add_section(show, section, briefing)
    output = BytesIO()
    show.save(output)
    return output.getvalue()


def _add_section(show: Presentation, section: Section, briefing: Briefing) -> None:
    """Add a slide for a section; of points and a chart each gets a slide of its own."""
    if section.chart is not None:
        slide = _headed(show, section, briefing)
        _place_chart(slide, section)
        _notes(slide, _spoken(section))
    if section.points:
        slide = _headed(show, section, briefing)
        _place_points(slide, section.points[:_POINTS])
        _notes(slide, _spoken(section))
    if section.table:
        slide = _headed(show, section, briefing)
        _place_table(slide, section.table)
        _notes(slide, _spoken(section))


def _headed(show: Presentation, section: Section, briefing: Briefing) -> Slide:
    """Return a new slide with its message as the headline, and where it is from at its foot."""
    slide = _blank(show)
    _text(slide, section.title, _EDGE, 0.35, _WIDE - 2 * _EDGE, 0.4, 14, color="accent")
    _text(slide, section.message, _EDGE, 0.7, _WIDE - 2 * _EDGE, 0.9, 26, bold=True)
    _text(slide, briefing.title, _EDGE, _HIGH - 0.5, _WIDE - 2 * _EDGE, 0.3, 11, color="quiet")
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
    _describe(image, section.message)


def _place_points(slide: Slide, points: tuple[Point, ...]) -> None:
    step = (_HIGH - 2.6) / max(len(points), 1)
    for at, point in enumerate(points):
        top = 1.8 + at * step
        _text(slide, point.text, _EDGE, top, _WIDE - 2 * _EDGE, 0.45, 16, bold=True)
        said = " ".join(f"“{quote.sentence}”（{quote.source}）" for quote in point.quotes[:2])
        shown = said if len(said) <= 150 else f"{said[:149]}…"
        if shown:
            _text(
                slide,
                shown,
                _EDGE + 0.2,
                top + 0.34,
                _WIDE - 2 * _EDGE - 0.2,
                0.45,
                11,
                color="quiet",
            )


def _place_table(slide: Slide, told: Table) -> None:
    from pptx.util import Inches, Pt

    rows = told.rows[:_ROWS]
    shape = slide.shapes.add_table(
        len(rows) + 1,
        len(told.columns),
        Inches(_EDGE),
        Inches(1.75),
        Inches(_WIDE - 2 * _EDGE),
        Inches(0.42 * (len(rows) + 1)),
    )
    table = shape.table
    widths = column_widths(Table(told.columns, rows), _WIDE - 2 * _EDGE)
    for at, width in enumerate(widths):
        table.columns[at].width = Inches(width)
    for at, row in enumerate((told.columns, *rows)):
        for column, value in enumerate(row):
            cell = table.cell(at, column)
            cell.text = value
            for paragraph in cell.text_frame.paragraphs:
                for run in paragraph.runs:
                    run.font.size = Pt(13)
                    _set_font(run)


def _text(
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
    from pptx.dml.color import RGBColor
    from pptx.util import Inches, Pt

    box = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(height))
    frame = box.text_frame
    frame.word_wrap = True
    run = frame.paragraphs[0].add_run()
    run.text = text
    run.font.size, run.font.bold = Pt(size), bold
    run.font.color.rgb = RGBColor(*bytes.fromhex(LIGHT[color][1:]))  # type: ignore[no-untyped-call]
    _set_font(run)


def _set_font(run: Any) -> None:  # noqa: ANN401  (python-pptx has no types for it)
    """Name a font for Chinese: PowerPoint else takes that of the template, which has none."""
    from pptx.oxml.ns import qn

    properties = run._r.get_or_add_rPr()
    for tag in ("a:latin", "a:ea"):
        font = properties.find(qn(tag))
        if font is None:
            font = properties.makeelement(qn(tag), {})
            properties.append(font)
        font.set("typeface", _CHINESE)


def _describe(image: Any, text: str) -> None:  # noqa: ANN401
    """Tell those who cannot see a picture what it shows."""
    image._element.nvPicPr.cNvPr.set("descr", text)


def _notes(slide: Slide, text: str) -> None:
    frame = slide.notes_slide.notes_text_frame
    if frame is not None:
        frame.text = text


def _spoken(section: Section) -> str:
    """Return what is told beside a slide: all its points with their sentences."""
    lines = [section.message]
    for point in section.points:
        lines.append(point.text)
        lines += [f"  “{quote.sentence}”（{quote.source}）" for quote in point.quotes]
    return "\n".join(lines)


def _blank(show: Presentation) -> Slide:
    slide: Slide = show.slides.add_slide(show.slide_layouts[6])
    return slide
