"""A briefing as PDF, set by typst."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any
from xml.etree import ElementTree

from kg.briefing.content import Briefing, Section, column_widths
from kg.charts.files import chinese_font
from kg.charts.svg import FONTS, chart_size, standalone
from kg.palette import LIGHT

# A picture that is higher than this for its width would not fit a page at full width.
_TALLEST = 1.3


def to_pdf(briefing: Briefing) -> bytes:
    """Return a briefing as PDF of A4.

    Raises:
        InputError: typst is not installed, or no font of this machine holds Chinese.
    """
    font = chinese_font()
    import typst

    told = {
        "title": briefing.title,
        "message": briefing.message,
        "figures": briefing.figures,
        "sections": [_section(one, font) for one in briefing.sections],
        "source": briefing.source,
        "english": briefing.english,
        "font": font,
        **{name: LIGHT[name] for name in ("ink", "quiet", "accent", "line")},
    }
    template = files("kg.briefing").joinpath("briefing.typ").read_bytes()
    made = typst.compile(
        template,
        format="pdf",
        sys_inputs={"told": json.dumps(told, ensure_ascii=False)},
    )
    assert isinstance(made, bytes)
    return made


def _section(section: Section, font: str) -> dict[str, Any]:
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
        "chart": None if section.chart is None else _picture(section.chart, section.message, font),
        "table": None
        if table is None
        else {
            "columns": table.columns,
            "rows": table.rows,
            "widths": column_widths(table, 100),
        },
    }


def _picture(chart: ElementTree.Element, alt: str, font: str) -> dict[str, Any]:
    width, height = chart_size(chart)
    svg = standalone(chart).replace(FONTS, font)
    return {"svg": svg, "alt": alt, "tall": height / width > _TALLEST}
