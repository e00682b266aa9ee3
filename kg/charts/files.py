"""Pictures as files: SVG, and PNG of it where typst is installed (`taskkg[briefing]`)."""

from __future__ import annotations

from importlib.util import find_spec
from xml.etree import ElementTree

from kg.charts.svg import FONTS, chart_size, standalone
from kg.errors import InputError

# Pixels of a PNG for one of the picture: sharp on screens and in print.
_SCALE = 2
_PAGE = """#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: eval(sys.inputs.width))
"""
# Families that hold Chinese, on Windows, macOS and Linux.
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
    """Return whether what makes PNG and PDF is installed."""
    return find_spec("typst") is not None


def to_svg(chart: ElementTree.Element) -> bytes:
    """Return a picture as an SVG file."""
    return standalone(chart).encode()


def to_png(chart: ElementTree.Element) -> bytes:
    """Return a picture as a PNG file, two pixels for each of its own.

    Raises:
        InputError: typst is not installed, or no font of this machine holds Chinese.
    """
    font = chinese_font()
    import typst

    svg = standalone(chart).replace(FONTS, font)
    made = typst.compile(
        _PAGE.encode(),
        format="png",
        ppi=72 * _SCALE,
        sys_inputs={"svg": svg, "width": f"{chart_size(chart)[0]}pt"},
    )
    assert isinstance(made, bytes)
    return made


def chinese_font() -> str:
    """Return the name of a font of this machine that holds Chinese.

    Raises:
        InputError: typst is not installed, or there is no such font.
    """
    try:
        import typst
    except ImportError:
        raise InputError(
            "PNG, PDF: need typst; install it with: pip install taskkg[briefing]"
        ) from None
    known = set(typst.Fonts().families())
    for family in CHINESE:
        if family in known:
            return family
    raise InputError(
        "PNG, PDF: no font of this machine holds Chinese; install one, such as Noto Sans CJK SC"
    )
