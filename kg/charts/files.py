"""Convert charts to SVG files, or to PNG if typst is installed (`taskkg[briefing]`)."""

from __future__ import annotations

from importlib.util import find_spec
from xml.etree import ElementTree

from kg.charts.svg import FONTS, chart_size, to_standalone_svg
from kg.errors import InputError, optional_imports

# The scale of PNG files.
_SCALE = 2
_PAGE = """#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: eval(sys.inputs.width))
"""
# Font families with Chinese characters on Windows, macOS and Linux.
CHINESE = (
    "Microsoft YaHei",
    "PingFang SC",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "SimHei",
    "SimSun",
    "Hiragino Sans GB",
    "STHeiti",
)


def can_write_png() -> bool:
    """Return whether typst, which creates PNG and PDF, is installed."""
    return find_spec("typst") is not None


def to_svg(chart: ElementTree.Element) -> bytes:
    """Convert a chart to an SVG file."""
    return to_standalone_svg(chart).encode()


def to_png(chart: ElementTree.Element) -> bytes:
    """Convert a chart to a PNG file of twice its size.

    Raises:
        InputError: typst is not installed, or there is no font with Chinese characters.
    """
    font = chinese_font()
    import typst

    svg = to_standalone_svg(chart).replace(FONTS, font)
    content = typst.compile(
        _PAGE.encode(),
        format="png",
        ppi=72 * _SCALE,
        sys_inputs={"svg": svg, "width": f"{chart_size(chart)[0]}pt"},
    )
    assert isinstance(content, bytes)
    return content


def chinese_font() -> str:
    """Return the name of an installed font with Chinese characters.

    Raises:
        InputError: typst is not installed, or there is no such font.
    """
    with optional_imports("PNG, PDF: need typst", "briefing"):
        import typst
    known = set(typst.Fonts().families())
    for family in CHINESE:
        if family in known:
            return family
    raise InputError(
        "PNG, PDF: no font with Chinese characters; install one, such as Noto Sans CJK SC"
    )
