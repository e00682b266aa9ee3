"""Convert a briefing to PDF with typst."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any
from xml.etree import ElementTree

from kg.briefing.content import Briefing, Section, column_widths
from kg.charts.files import chinese_font
from kg.charts.svg import FONTS, chart_size, to_standalone_svg
from kg.palette import LIGHT

# Maximum ratio of height to width of a chart at full page width.
_TALLEST = 1.3


def to_pdf(briefing: Briefing) -> bytes:
    """Convert a briefing to PDF with A4 pages.

    Raises:
        InputError: typst is not installed, or there is no font with Chinese characters.
    """
    font = chinese_font()
    import typst

    data = {
        "title": briefing.title,
        "message": briefing.message,
        "figures": briefing.figures,
        "sections": [_section_data(one, font) for one in briefing.sections],
        "source": briefing.source,
        "english": briefing.english,
        "font": font,
        **{name: LIGHT[name] for name in ("ink", "quiet", "accent", "line")},
    }
    template = files("kg.briefing").joinpath("briefing.typ").read_bytes()
    content = typst.compile(
        template,
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    assert isinstance(content, bytes)
    return content


def _section_data(section: Section, font: str) -> dict[str, Any]:
    table = section.table
    return {
        "title": section.title,
        "message": section.message,
        "points": [
            {
                "text": point.text,
                "quotes": [{"sentence": it.sentence, "source": it.source} for it in point.quotes],
            }
            for point in section.points
        ],
        "chart": None
        if section.chart is None
        else _picture_data(section.chart, section.message, font),
        "table": None
        if table is None
        else {
            "columns": table.columns,
            "rows": table.rows,
            "widths": column_widths(table, 100),
        },
    }


def _picture_data(chart: ElementTree.Element, alt: str, font: str) -> dict[str, Any]:
    width, height = chart_size(chart)
    svg = to_standalone_svg(chart).replace(FONTS, font)
    return {"svg": svg, "alt": alt, "tall": height / width > _TALLEST}
